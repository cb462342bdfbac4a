using Hele.Civic.Platform.Journal;
using Hele.TestKit;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Hele.BrowserTests;

/// <summary>A complaint about a grid worker on its way: past them and their colleagues to the supervisor, and back to whoever made it.</summary>
public class ConductJourney(BrowserFixture browser)
{
    [Fact]
    public async Task Complaint_HandledByTheSupervisor_IsNothingToWhoeverItNames()
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite, listens: true, arguments: ["--environment", "Development"]);
        const string words = "楼道灯的事找了三次，他说找别人去，话很难听。";
        await using var liu = await SignIn(host, TestPeople.Liu, Screen.Phone);
        await liu.Go("/appeals/new");
        await liu.Click("对工作人员有意见");
        await liu.SeesTitle("对工作人员有意见");
        liu.Expects(400);
        await liu.Press("提交");
        await liu.Sees("请选择反映的是谁");
        await liu.Look("nothing-said");

        // A lead is told where it goes, and what was typed stays in the form.
        await liu.Choose(TestPeople.Zhao.Name);
        await liu.Choose("违纪违法线索");
        await liu.Type("发生了什么", words);
        liu.Expects(409);
        await liu.Press("提交");
        await liu.Sees("拨打12388");
        await Expect(liu.Field("发生了什么")).ToHaveValueAsync(words);
        await liu.Look("lead");
        await liu.Choose("服务态度");
        await liu.Press("提交");
        await liu.SeesTitle("诉求回执");
        await liu.Look("receipt");
        var code = liu.Code();

        foreach (var person in new[] { TestPeople.Zhao, TestPeople.Zhou, TestPeople.Ma })
        {
            await using var other = await SignIn(host, person, Screen.Phone);
            await Expect(other.Page.Locator($"a[href*='{code}']")).ToHaveCountAsync(0);
            await other.Go("/appeals?Kind=conduct");
            await Expect(other.Page.Locator("main tbody tr")).ToHaveCountAsync(0);
            await other.Go("/appeals/" + code, 404);
        }

        await using (var feng = await SignIn(host, TestPeople.Feng, Screen.Desk))
        {
            await feng.Look("supervisor-day");
            await feng.Page.Locator($"main a[href$='/appeals/{code}']").First.ClickAsync();
            await feng.Sees(words);
            await Expect(feng.Page.Locator("main")).Not.ToContainTextAsync(TestPeople.Liu.Name);
            await feng.Look("supervisor-matter");
            await feng.Press("受理这件诉求");
            await feng.Sees("已受理");
            await feng.Type("做了什么，结果怎样", "和他当面谈过，他向您道歉；今后先登记再答复。");
            await feng.Look("supervisor-answering");
            await feng.Press("送出答复");
            await feng.Sees("答复已送出");
            await feng.Look("supervisor-answered");
        }

        await liu.Go("/appeals/" + code);
        await liu.Sees("他向您道歉");
        await liu.Look("answered");
        await liu.Choose("满意");
        await liu.Press("提交评价");
        await liu.Sees("居民满意，办结");
        await liu.Look("closed");
        Assert.True((await host.Hele.Get<LogVerification>().Run()).IsGreen);
    }

    private async Task<Journey> SignIn(TestHost host, TestPerson person, Screen screen)
    {
        var journey = await Journey.Begin(browser, host.Address, "conduct-" + person.SignIn, screen);
        await journey.Go("/sign-in");
        await journey.Page.Locator("#Input_Name").FillAsync(person.SignIn);
        await journey.Page.Locator("#Input_Password").FillAsync(TestPeople.Password);
        await journey.Page.Locator("main form button.button").First.ClickAsync();
        await Expect(journey.Page.Locator("header .who")).ToHaveTextAsync(person.Name);
        return journey;
    }
}
