using Hele.Civic.Appeals;
using Hele.TestKit;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Hele.Tests.Pages.Appeals;

/// <summary>The screens through which the community takes matters down, as their readers use them.</summary>
public class WaysInPageTests(TestHosts hosts) : IClassFixture<TestHosts>
{
    [Fact]
    public async Task Paste_FillsTheForm_AndKeepsNoTelephoneNumber()
    {
        var host = await hosts.On(TestDatabase.Sqlite);
        var zhou = await host.As(TestPeople.Zhou);
        var page = (await (await HtmlPage.Get(zhou, "/appeals/intake")).Form("#paste form").Fill("Input.Pasted", "3号楼张姐 2026/10/29 21:12\n楼道灯又不亮了！电话13812345678").Submit()).Expect(200);
        var form = page.Form("main form[data-once]");
        Assert.Equal(("3号楼张姐", "2026-10-29", "楼道灯又不亮了", "Chat"), (form["Input.AppellantName"], form["Input.ToldOn"], form["Input.Title"], form["Input.Channel"]));
        Assert.DoesNotContain("13812345678", page.VisibleText, StringComparison.Ordinal);
        (await form.Fill("Input.Kind", "facilities").Fill("Input.Place", "3号楼").Submit()).ExpectRedirect("/appeals/*");
    }

    [Fact]
    public async Task Intake_OfANameTheRegisterKnows_AsksWhichOneItIs()
    {
        var host = await hosts.On(TestDatabase.Sqlite);
        var (zhou, liu) = (await host.As(TestPeople.Zhou), await host.As(TestPeople.Liu));
        const string title = "同名的人反映的事";
        var asked = (await (await HtmlPage.Get(zhou, "/appeals/intake")).Form("main form[data-once]").Fill("Input.Channel", "Phone").Fill("Input.AppellantName", TestPeople.Liu.Name).Fill("Input.Kind", "noise")
            .Fill("Input.Title", title).Fill("Input.Place", "院里").Fill("Input.Text", "吵。").Submit()).Expect(400);
        Assert.Single(asked.Problems, p => p.Contains("同名", StringComparison.Ordinal));
        var code = await host.Hele.PersonCode(TestPeople.Liu);
        (await asked.Form("main form[data-once]").Fill("Input.Person", code).Submit()).ExpectRedirect("/appeals/*");
        Assert.Contains(title, (await HtmlPage.Get(liu, "/")).VisibleText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OnTheSpot_IsOneScreen_AndKeepsWhatWasTyped()
    {
        var host = await hosts.On(TestDatabase.Sqlite);
        var zhao = await host.As(TestPeople.Zhao);
        var refused = (await (await HtmlPage.Get(zhao, "/appeals/on-the-spot")).Form("main form").Fill("Input.Kind", "facilities").Fill("Input.Title", "灯泡坏了").Submit()).Expect(400);
        Assert.Equal(2, refused.Problems.Count);
        var form = refused.Form("main form");
        Assert.Equal("灯泡坏了", form["Input.Title"]);
        var done = await form.Fill("Input.Done", "换了灯泡").Fill("Input.Place", "2单元").Submit();
        var matter = await done.Follow();
        Assert.Contains("换了灯泡", matter.VisibleText, StringComparison.Ordinal);
        Assert.Equal(AppealState.Answered, await host.Hele.Read(db => db.Set<Appeal>().Where(a => a.Title == "灯泡坏了").Select(a => a.State).SingleAsync()));
        await HtmlPage.Get(await host.As(TestPeople.Liu), "/appeals/on-the-spot", 404);
    }

    [Fact]
    public async Task Order_ShowsItsNumberAndDeadline_AndTheReplyIsKept()
    {
        var host = await hosts.On(TestDatabase.Sqlite);
        var (zhou, zhao) = (await host.As(TestPeople.Zhou), await host.As(TestPeople.Zhao));
        var answer = await (await HtmlPage.Get(zhou, "/appeals/intake")).Form("main form[data-once]").Fill("Input.Channel", "Order").Fill("Input.OrderSource", "Hotline").Fill("Input.OrderNumber", "DH-77").Fill("Input.OrderReplyBy", "2026-11-02")
            .Fill("Input.Kind", "parking").Fill("Input.Title", "工单的事").Fill("Input.Place", "南门").Fill("Input.Text", "占道。").Submit();
        answer.ExpectRedirect("/appeals/*");
        var code = await host.Hele.Read(db => db.Set<Appeal>().Where(a => a.Title == "工单的事").Select(a => a.PublicCode).SingleAsync());
        var path = "/appeals/" + code;
        await (await HtmlPage.Get(zhao, path)).Form("#accept form").Submit();
        await (await HtmlPage.Get(zhao, path)).Form("#answer form").Fill("Answer.Text", "车主已挪车。").Submit();
        var page = await HtmlPage.Get(zhao, path);
        Assert.Contains("DH-77", page.VisibleText, StringComparison.Ordinal);
        Assert.Equal("车主已挪车。", page.Form("#reply form")["Reply.Text"]);
        await page.Form("#reply form").Submit();
        Assert.Empty((await HtmlPage.Get(zhao, path)).Texts("#reply"));
    }

    [Fact]
    public async Task Name_Withheld_IsOnNoPageOfWhoHandlesIt_UntilTheySayWhatFor()
    {
        var host = await hosts.On(TestDatabase.Sqlite);
        var (chen, zhao) = (await host.As(TestPeople.Chen), await host.As(TestPeople.Zhao));
        (await (await HtmlPage.Get(chen, "/appeals/new")).Form("main form").Fill("Input.Kind", "noise").Fill("Input.Title", "不留名的事").Fill("Input.Place", "院里").Fill("Input.Text", "吵。").Check("Input.WithholdName").Submit()).ExpectRedirect("/appeals/*");
        var path = "/appeals/" + await host.Hele.Read(db => db.Set<Appeal>().Where(a => a.Title == "不留名的事").Select(a => a.PublicCode).SingleAsync());
        foreach (var shown in new[] { path, path + "/receipt", "/appeals", "/" })
            Assert.DoesNotContain(TestPeople.Chen.Name, (await HtmlPage.Get(zhao, shown)).VisibleText, StringComparison.Ordinal);
        await (await HtmlPage.Get(zhao, path)).Form("#name form").Fill("Name.Text", "要上门听声音").Submit();
        Assert.Contains(TestPeople.Chen.Name, (await HtmlPage.Get(zhao, path)).VisibleText, StringComparison.Ordinal);
        Assert.Contains("要上门听声音", (await HtmlPage.Get(chen, path)).VisibleText, StringComparison.Ordinal);
    }
}
