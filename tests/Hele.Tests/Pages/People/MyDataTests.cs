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
    public async Task MyData_WithManyRows_SaysWhyOnceAndFoldsThemBehindTheirNumber(TestDatabase kind)
    {
        var host = await hosts.On(kind);
        var (browser, viewer, _) = await Resident(host, "zhuge-many");
        for (var i = 1; i <= 5; i++)
            await host.Hele.FileAppeal(viewer, $"第{i}盏路灯不亮");
        var page = await HtmlPage.Get(browser, "/account/data");
        var appeals = page.Document.QuerySelectorAll(".held").Single(h => h.TextContent.Contains("第1盏", StringComparison.Ordinal));
        Assert.Equal("诉求（5条）", Assert.Single(appeals.QuerySelectorAll("details:not([open]) > summary")).TextContent);
        Assert.Equal(5, appeals.QuerySelectorAll("details li").Length);
        Assert.All(Enumerable.Range(1, 5), i => Assert.Contains($"第{i}盏路灯不亮", page.Text("#held")));
        // Purpose, basis, retention with its rule, and what keeps them: once for the five.
        foreach (var said in new[] { "办理诉求并反馈结果", "作为居务档案保存", "期限：事项日期起30年", "要求删除时依法保留" })
            Assert.Equal(2, page.Text("#held").Split(said).Length);
        Assert.True(page.Document.QuerySelectorAll(".held").First(h => h.TextContent.Contains("人员登记", StringComparison.Ordinal)).QuerySelectorAll("details[open]").Length == 1);

        var english = host.Browser("en-GB");
        await TestHost.SignIn(english, "zhuge-many", TestPeople.Password);
        Assert.Contains("Appeals (5)", (await HtmlPage.Get(english, "/account/data")).Text("#held"));
        // The files say it at each value, as before.
        var json = JsonDocument.Parse((await page.Form("export").Submit()).Expect(200).Source).RootElement;
        Assert.All(json.GetProperty("held").EnumerateArray().SelectMany(h => h.GetProperty("fields").EnumerateArray()), f => Assert.NotEqual("", f.GetProperty("purpose").GetString()));
        var document = (await page.Form("document").Submit()).Expect(200);
        Assert.All(Enumerable.Range(1, 5), i => Assert.Contains($"第{i}盏路灯不亮", document.VisibleText));
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
    public async Task Document_ToReadAndPrint_HasEverythingEscapedAndNoScript(TestDatabase kind)
    {
        var host = await hosts.On(kind);
        var (browser, viewer, code) = await Resident(host, "zhuge-document");
        var clerk = await host.Hele.Viewer(TestPeople.Zhou);
        const string evil = "<script>alert(1)</script>&\"'";
        Assert.True((await host.Hele.Get<CorrectPerson>().Run(clerk, clerk.Act(PeopleAccess.Correct, Guid.NewGuid()), new(code, "诸葛<b>小明", "院\"12号", null))).Accepted);
        await host.Hele.Get<OpenPersonPhone>().Run(clerk, clerk.Act(PeopleAccess.OpenPhone, Guid.NewGuid(), evil), code);
        Assert.True((await host.Hele.Get<AskAboutData>().Run(viewer, viewer.Act(PeopleAccess.OwnData, Guid.NewGuid()), new(code, DataRequestKind.Explanation, evil))).Accepted);
        await host.Hele.Get<CheckSeals>().Run(new Act { OperationId = Guid.NewGuid(), AccountId = SystemAccount.Id, JurisdictionId = TestInstallation.Hexi }, null, TestContext.Current.CancellationToken);

        var file = await (await HtmlPage.Get(browser, "/account/data")).Form("document").Submit();
        Assert.False(file.Expect(200).Has("script") || file.Has("b") || file.Has("img") || file.Has("link"));
        Assert.Equal("zh", file.Document.DocumentElement.GetAttribute("lang"));
        Assert.Contains(Number, file.VisibleText);
        Assert.Contains("诸葛<b>小明", file.VisibleText);
        // Among what is held, among the requests, and as the reason of a look.
        Assert.Equal(3, file.Texts("td").Count(t => t.Contains(evil, StringComparison.Ordinal)));
        Assert.Contains("《个人信息保护法》第19条", file.VisibleText);
        Assert.Contains("个人信息保护法", file.VisibleText);
        Assert.Contains("第18条、第45条", file.VisibleText);
        // The look this file is, and the program's own, stand in it.
        Assert.Contains("导出", file.Texts("td"));
        Assert.Contains("系统", file.Texts("td"));
        Assert.Equal(1, await host.Hele.Read(db => db.Set<ViewRecord>().CountAsync(r => r.SubjectId == viewer.PersonId && r.Way == Way.Export)));

        var english = host.Browser("en-GB");
        await TestHost.SignIn(english, "zhuge-document", TestPeople.Password);
        var page = await (await HtmlPage.Get(english, "/account/data")).Form("document").Submit();
        Assert.Equal("en", page.Document.DocumentElement.GetAttribute("lang"));
        Assert.Contains("What is held", page.VisibleText);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Correction_ByThePersonAndByTheGuardian_SavesAndKeepsWhatWasTypedWhenRefused(TestDatabase kind)
    {
        var host = await hosts.On(kind);
        var (browser, viewer, code) = await Resident(host, "zhuge-correct");
        var refused = await (await HtmlPage.Get(browser, "/account/data")).Form("#correct form").Fill("Correct.Name", "").Fill("Correct.Address", "新院3号").Submit();
        refused.Expect(400);
        Assert.Equal("新院3号", refused.Form("#correct form")["Correct.Address"]);
        Assert.True(refused.Has("#correct[open]"));
        (await refused.Form("#correct form").Fill("Correct.Name", "诸葛明").Fill("Correct.Phone", "13988887777").Submit()).ExpectRedirect("/account/data");
        var row = await host.Hele.Read(db => db.Set<Person>().SingleAsync(p => p.Id == viewer.PersonId));
        Assert.Equal(("诸葛明", "新院3号", "139****7777"), (row.Name, row.Address, row.PhoneMasked));

        var ward = await Sealing.SealingTests.Register(host.Hele, "诸葛小宝", "13988886666");
        var clerk = await host.Hele.Viewer(TestPeople.Zhou);
        Assert.True((await host.Hele.Get<KeepGuardianship>().Run(clerk, clerk.Act(PeopleAccess.KeepGuardianship, Guid.NewGuid()), new(code, ward, "父亲，已看户口簿"))).Accepted);
        var of = await HtmlPage.Get(browser, "/account/data?of=" + ward);
        Assert.Equal("13988886666", (await of.Form("phone").Submit()).Expect(200).Text("#full-phone"));
        (await of.Form("#correct form").Fill("Correct.Name", "诸葛大宝").Submit()).ExpectRedirect("/account/data?of=" + ward);
        Assert.Equal("诸葛大宝", await host.Hele.Read(db => db.Set<Person>().Where(p => p.PublicCode == ward).Select(p => p.Name).SingleAsync()));
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
