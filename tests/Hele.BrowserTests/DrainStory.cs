using Hele.Civic.Kernel;
using Hele.Civic.Platform.Journal;
using Hele.TestKit;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Hele.BrowserTests;

/// <summary>
/// A resident of 72 without a telephone, over a holiday: told at the counter on Thursday 30 April, referred up the same day, due on Monday 11 May because
/// Saturday the 9th is worked, answered on the 8th, judged at the door on paper, opened again, and satisfied on the 14th.
/// </summary>
public class DrainStory(BrowserFixture browser)
{
    private static DateTimeOffset On(int month, int day, int hour = 10) => China.At(new DateOnly(2026, month, day), new TimeOnly(hour, 0));

    [Fact]
    public async Task Drain_ToldAtTheCounter_GoesUpComesBackAndIsJudgedTwiceOnPaper()
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite, listens: true, from: On(4, 30, 9), arguments: ["--environment", "Development"]);
        string code;
        await using (var zhou = await SignIn(TestPeople.Zhou))
        {
            await zhou.Menu("登记");
            await zhou.Type("替谁登记", "孟广兰");
            await zhou.Choose("环境卫生");
            await zhou.Type("什么事", "3号楼下水道往外冒");
            await zhou.Type("具体位置", "柳荫路12号院3号楼东头");
            await zhou.Type("详细情况", "楼前的下水道从昨天起往外冒，走路都下不去脚，味道很大。");
            await zhou.Press("登记并出回执");
            await zhou.SeesTitle("诉求回执");
            code = zhou.Code();
            await zhou.Sees("孟广兰（代为登记）");
            await Expect(zhou.Page.Locator("figure.qr img")).ToBeVisibleAsync();
            await zhou.Look("receipt");
            await zhou.PrintLook("receipt-on-paper");
        }

        // The grid can't solve it; the community's secretary refers it up the same day.
        await using (var zhao = await SignIn(TestPeople.Zhao, Screen.Phone))
        {
            await zhao.Click("3号楼下水道往外冒");
            await zhao.Press("受理这件诉求");
            await zhao.Page.Locator("#hand-on summary").ClickAsync();
            await zhao.Choose("马建军");
            await zhao.Page.Locator("#hand-on textarea").FillAsync("主管道在市政那一段，院里疏通不了。");
            await zhao.Page.Locator("#hand-on button.button").ClickAsync();
            await zhao.Sees("已转出");
            await zhao.Look("handed-back");
        }
        await using (var ma = await SignIn(TestPeople.Ma))
        {
            await ma.Click("3号楼下水道往外冒");
            await ma.Page.Locator("#refer summary").ClickAsync();
            await ma.Type("为什么要请街道办", "市政管道堵塞，社区请人疏通过院内，没有用。");
            await ma.Page.Locator("#refer button.button").ClickAsync();
            await ma.Sees("已上报街道");
            // Five working days from Thursday: not 7 May (the holiday is none), not 12 May (Saturday the 9th is worked).
            await Expect(ma.Page.Locator("aside")).ToContainTextAsync("2026年5月11日");
            await ma.Look("referred");
        }

        host.Hele.Clock.MoveTo(On(5, 8));
        await using (var tang = await SignIn(TestPeople.Tang))
        {
            await tang.Menu("上报事项");
            await tang.Click("3号楼下水道往外冒");
            await tang.Page.Locator("#answer textarea").FillAsync("市政管道已经疏通，路面也冲洗了。");
            await tang.Page.Locator("#answer button.button").ClickAsync();
            await tang.Sees("已答复");
            await tang.Look("answered-above");
        }

        // Whoever handled it has no form for the verdict; the clerk who only took it down asks at the door.
        await using (var ma = await SignIn(TestPeople.Ma))
        {
            await ma.Go("/appeals/" + code);
            await Expect(ma.Page.Locator("#paper")).ToHaveCountAsync(0);
        }
        await using (var zhou = await SignIn(TestPeople.Zhou))
        {
            await zhou.Sees("请居民评价（打电话或上门）");
            // The same title also stands among what waits to be reviewed for the public.
            await zhou.Page.Locator($"main a[href='/appeals/{code}']").First.ClickAsync();
            await Paper(zhou, "不满意", "还是有味。");
            await zhou.Sees("居民纸质评价，社区工作者代录");
            await zhou.Sees("不满意，重新办理");
            await zhou.Look("reopened");
        }
        host.Hele.Clock.MoveTo(On(5, 12));
        await using (var ma = await SignIn(TestPeople.Ma))
        {
            await ma.Sees("居民不满意，重新办理");
            await ma.Click("3号楼下水道往外冒");
            await ma.Type("做了什么，结果怎样", "请市政把井底的淤泥清了，换了防臭井盖。");
            await ma.Press("送出答复");
            await ma.Sees("答复已送出");
        }
        host.Hele.Clock.MoveTo(On(5, 14));
        await using (var zhou = await SignIn(TestPeople.Zhou))
        {
            // The same title also stands among what waits to be reviewed for the public.
            await zhou.Page.Locator($"main a[href='/appeals/{code}']").First.ClickAsync();
            await Paper(zhou, "满意", null);
            await zhou.Sees("居民满意，办结");
            await zhou.Look("closed");

            // The figure opens to this appeal's second verdict alone; the other stays in judged, filed and answered stand beside it.
            Assert.Equal(["5月14日"], await Days("appeals.satisfied", "2026-05"));
            Assert.Equal(["5月14日", "5月8日"], await Days("appeals.judged", "2026-05"));
            Assert.Equal(["5月8日"], await Days("appeals.dissatisfied", "2026-05"));
            Assert.Equal(["5月12日", "5月8日"], await Days("appeals.answered", "2026-05"));
            Assert.Equal(["4月30日"], await Days("appeals.filed", "2026-04"));
            await zhou.Go("/figures/appeals.satisfied?period=2026-05");
            await zhou.Look("figure");
            await zhou.Page.Locator($"main a[href='/appeals/{code}']").First.ClickAsync();
            await zhou.SeesTitle("3号楼下水道往外冒");

            async Task<string[]> Days(string figure, string period)
            {
                await zhou.Go($"/figures/{figure}?period={period}");
                var rows = zhou.Page.Locator("main table tbody tr", new() { Has = zhou.Page.Locator($"a[href='/appeals/{code}']") });
                var texts = await rows.AllInnerTextsAsync();
                Assert.Equal(await zhou.Page.Locator("main table tbody tr a[href^='/appeals/']").CountAsync(), texts.Count);
                return [.. texts.Select(t => System.Text.RegularExpressions.Regex.Match(t, @"\d+月\d+日").Value)];
            }
        }
        Assert.True((await host.Hele.Get<LogVerification>().Run()).IsGreen);

        async Task<Journey> SignIn(TestPerson person, Screen screen = Screen.Desk)
        {
            var journey = await Journey.Begin(browser, host.Address, "drain-" + person.SignIn, screen);
            await journey.Go("/sign-in");
            await journey.Page.Locator("#Input_Name").FillAsync(person.SignIn);
            await journey.Page.Locator("#Input_Password").FillAsync(TestPeople.Password);
            await journey.Page.Locator("main form button.button").First.ClickAsync();
            await Expect(journey.Page.Locator("header .who")).ToHaveTextAsync(person.Name);
            return journey;
        }

        static async Task Paper(Journey clerk, string verdict, string? words)
        {
            await clerk.Page.Locator("#paper summary").ClickAsync();
            await clerk.Page.Locator("#paper label.choice", new() { HasText = "在纸上或当面" }).ClickAsync();
            await clerk.Page.Locator($"#paper label.choice:has(input[value={(verdict == "满意" ? "true" : "false")}])").ClickAsync();
            if (words is not null)
                await clerk.Page.Locator("#paper textarea").FillAsync(words);
            await clerk.Page.Locator("#paper button.button").ClickAsync();
            await clerk.Sees("评价已录入");
            await clerk.Click("查看办理情况");
        }
    }
}
