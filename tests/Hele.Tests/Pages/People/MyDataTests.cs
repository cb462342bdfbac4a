using System.Text.Json;
using Hele.Civic.People;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Sealing;
using Hele.TestKit;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Hele.Tests.Pages.People;

/// <summary>A resident sees what is held, who looked, asks for deletion, and is gone once somebody else has granted it.</summary>
public class MyDataTests(TestHosts hosts) : IClassFixture<TestHosts>
{
    private const string Number = "13611112222";

    private static async Task<(HttpClient Browser, Viewer Viewer, string Code)> Resident(TestHost host, string signIn)
    {
        var hele = host.Hele;
        var outcome = await hele.Get<RegisterPerson>().Run(new Act { OperationId = Guid.NewGuid(), AccountId = SystemAccount.Id, JurisdictionId = TestInstallation.Hexi },
            new("诸葛小明", "柳荫路12号院2号楼", signIn, TestPeople.PasswordHash, false, null, null, null, Number));
        var account = await hele.Read(db => db.Accounts.SingleAsync(a => a.SignInName == signIn));
        var browser = host.Browser();
        await TestHost.SignIn(browser, signIn, TestPeople.Password);
        return (browser, (await hele.Get<Viewers>().Load(account.Id, account.Stamp))!, outcome.Code!);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task MyData_OfAResident_ShowsWhatIsHeldWhyAndWhoLooked(TestDatabase kind)
    {
        var host = await hosts.On(kind);
        var (browser, _, code) = await Resident(host, "zhuge-one");
        var page = await HtmlPage.Get(browser, "/account/data");
        Assert.Contains("诸葛小明", page.VisibleText);
        Assert.Contains("136****2222", page.VisibleText);
        Assert.Contains("个人信息保护法", page.VisibleText);
        Assert.Contains("还没有人看过", page.Text("#looked"));
        Assert.DoesNotContain(Number, page.Source);

        var zhou = await host.Hele.Viewer(TestPeople.Zhou);
        await host.Hele.Get<OpenPersonPhone>().Run(zhou, zhou.Act(PeopleAccess.OpenPhone, Guid.NewGuid(), "约上门修灯"), code);
        var looked = (await HtmlPage.Get(browser, "/account/data")).Text("#looked");
        Assert.Contains("社区工作者", looked);
        Assert.Contains("约上门修灯", looked);

        var opened = await (await HtmlPage.Get(browser, "/account/data")).Form("phone").Submit();
        Assert.Equal(Number, opened.Expect(200).Text("#full-phone"));
        Assert.Contains("本人或监护人", opened.Text("#looked"));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Export_GivesAllOfItAndIsItselfALook(TestDatabase kind)
    {
        var host = await hosts.On(kind);
        var (browser, viewer, _) = await Resident(host, "zhuge-two");
        var file = await (await HtmlPage.Get(browser, "/account/data")).Form("export").Submit();
        var json = JsonDocument.Parse(file.Expect(200).Source).RootElement;
        Assert.Equal(Number, json.GetProperty("phone").GetString());
        Assert.Contains(json.GetProperty("held").EnumerateArray(), h => h.GetProperty("fields").EnumerateArray().Any(f => f.GetProperty("value").GetString() == "柳荫路12号院2号楼"));
        Assert.Equal(Way.Export, await host.Hele.Read(db => db.Set<ViewRecord>().Where(r => r.SubjectId == viewer.PersonId).Select(r => r.Way).SingleAsync()));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Deletion_AskedAndGranted_SignsTheResidentOutForGood(TestDatabase kind)
    {
        var host = await hosts.On(kind);
        var (browser, viewer, code) = await Resident(host, "zhuge-three");
        var refused = await (await HtmlPage.Get(browser, "/account/data")).Form("ask").Fill("Input.Kind", "Correction").Submit();
        refused.Expect(400);
        Assert.Contains("请写清楚要更正或说明的是哪一项。", refused.Problems);
        var asked = await (await HtmlPage.Get(browser, "/account/data")).Form("ask").Fill("Input.Kind", "Deletion").Fill("Input.Text", "我搬走了").Submit();
        asked.ExpectRedirect("/account/data");
        Assert.Contains("待答复", (await HtmlPage.Get(browser, "/account/data")).Text("#requests"));
        var request = await host.Hele.Read(db => db.Set<DataRequest>().Where(r => r.PersonId == viewer.PersonId).Select(r => r.PublicCode).SingleAsync());

        var staff = await host.As(TestPeople.Ma);
        var form = (await HtmlPage.Get(staff, $"/data-requests?Input.Code={request}")).Form($"#r-{request} form");
        (await form.Fill("Input.Grant", "true").Fill("Input.Answer", "已按您的要求删除").Submit()).ExpectRedirect("/data-requests");

        Assert.Equal("", await host.Hele.Read(db => db.Set<Person>().Where(p => p.PublicCode == code).Select(p => p.Name).SingleAsync()));
        (await HtmlPage.Get(browser, "/account/data", 302)).ExpectRedirect("/sign-in*");
        Assert.Contains("（已删除）", (await HtmlPage.Get(staff, "/data-requests")).VisibleText);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task MyData_OfAWard_IsTheGuardiansAndNobodyElses(TestDatabase kind)
    {
        var host = await hosts.On(kind);
        var (browser, _, code) = await Resident(host, "zhuge-four");
        var ward = await Sealing.SealingTests.Register(host.Hele, "诸葛宝宝", null);
        var clerk = await host.Hele.Viewer(TestPeople.Zhou);
        Assert.True((await host.Hele.Get<KeepGuardianship>().Run(clerk, clerk.Act(PeopleAccess.KeepGuardianship, Guid.NewGuid()), new(code, ward, "父亲，已看户口簿"))).Accepted);
        Assert.Contains("诸葛宝宝", (await HtmlPage.Get(browser, "/account/data?of=" + ward)).VisibleText);
        await HtmlPage.Get(await host.As(TestPeople.Chen), "/account/data?of=" + ward, 404);
        await HtmlPage.Get(await host.As(TestPeople.Zhou), "/account/data?of=" + ward, 404);
        await HtmlPage.Get(browser, "/account/data?of=" + await Sealing.SealingTests.Register(host.Hele, "别人", null), 404);
    }
}
