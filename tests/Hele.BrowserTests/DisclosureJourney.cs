using Hele.Civic.Disclosures;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Journal;
using Hele.TestKit;
using Hele.Web.Hosting;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Hele.BrowserTests;

/// <summary>The clerk writes what must be disclosed, the supervisor checks it, a visitor reads it and objects, it is corrected in sight; a posting of names is up for its days and gone the day after.</summary>
public class DisclosureJourney(BrowserFixture browser, DemoServer demo)
{
    [Fact]
    public async Task Board_FromTheDeskToTheVisitor_AndGoneWhenItsTimeIsOver()
    {
        const string name = "胡桂芝", objection = "打印纸怎么要三百多？", asked = "打印纸的金额对不对。", answer = "查过凭证，写错了一位，更正为138.50元。", why = "打印纸的金额写错了。";
        await using var host = await TestHost.Start(TestDatabase.Sqlite, listens: true, from: China.At(new DateOnly(2026, 10, 12), new TimeOnly(9, 30)), arguments: ["--environment", "Development"]);
        string path;
        await using (var zhou = await SignIn(TestPeople.Zhou, Screen.Desk))
        {
            await zhou.Go("/board/catalogue");
            await zhou.Look("catalogue");
            await zhou.Go("/disclosures/new?kind=office-fund");
            await zhou.Look("form");
            await zhou.Type("标题", "第三季度办公经费收支");
            await zhou.Type("上期结余（元）", "一千五");
            await zhou.Type("明细", "2026-07-05 | 街道拨付办公经费 | 12000\n2026-08-11 | 打印纸 | | 318.50 | JF2608-01");
            zhou.Expects(400);
            await zhou.Press("写好了，送去核对");
            await zhou.Sees("请填金额");
            await zhou.Look("form-refused");
            await zhou.Type("上期结余（元）", "1500");
            await zhou.Press("写好了，送去核对");
            await zhou.Sees("等另一个人核对");
            path = new Uri(zhou.Page.Url).AbsolutePath;
            await zhou.Look("waiting");
        }
        await using (var feng = await SignIn(TestPeople.Feng, Screen.Phone))
        {
            await feng.Sees("核对要公开的内容");
            await feng.Go(path);
            await feng.Look("check");
            await feng.Press("核对无误");
            await feng.Sees("核对过了，可以公布");
        }
        await using (var zhou = await SignIn(TestPeople.Zhou, Screen.Phone))
        {
            await zhou.Go(path);
            await zhou.Look("publish");
            await zhou.Press("从今天起公布");
            await zhou.Sees("已公布");
            await zhou.Look("published");
        }
        await using (var visitor = await Journey.Begin(browser, host.Address, "board-visitor", Screen.Phone))
        {
            await Place(visitor);
            await visitor.Go("/board");
            await visitor.Look("board");
            await visitor.Click("第三季度办公经费收支");
            await visitor.Sees("期末结余：13,181.50元");
            await visitor.Look("up");
            await visitor.Page.Locator("#object summary").ClickAsync();
            await visitor.Type("哪里不对", objection);
            await visitor.Look("object");
            await visitor.Press("提交异议");
            await visitor.Sees("异议已收到");
            await visitor.Look("objected");
            await visitor.Go("/board/" + path.Split('/')[^1] + "/sheet");
            await visitor.Look("sheet");
            await visitor.PrintLook("sheet-printed");
        }
        await using (var zhou = await SignIn(TestPeople.Zhou, Screen.Desk))
        {
            await zhou.Sees("公开答复异议");
            await zhou.Go(path);
            await zhou.Page.Locator("#objections summary").ClickAsync();
            await zhou.Page.Locator("#Answer_Asked").FillAsync(asked);
            await zhou.Page.Locator("#Answer_Answer").FillAsync(answer);
            await zhou.Look("answer");
            await zhou.Press("公开答复");
            await zhou.Sees("已公开答复");
            await zhou.Page.Locator("#propose summary").ClickAsync();
            await zhou.Page.Locator("#propose textarea[name='Edit.Form.Lines']").FillAsync("2026-07-05 | 街道拨付办公经费 | 12000\n2026-08-11 | 打印纸 | | 138.50 | JF2608-01");
            await zhou.Page.Locator("#propose input[name='Edit.Form.Reason']").FillAsync(why);
            await zhou.Look("propose");
            await zhou.Press("送去核对");
            await zhou.Sees("等待核对的更正");
            await zhou.Look("proposed");
        }
        await using (var feng = await SignIn(TestPeople.Feng, Screen.Desk))
        {
            await feng.Go(path);
            await feng.Press("核对无误，公布更正");
            await feng.Sees("已公布更正");
        }
        string posting;
        await using (var zhou = await SignIn(TestPeople.Zhou, Screen.Phone))
        {
            await zhou.Go("/disclosures/new?kind=low-income");
            await zhou.Type("初审意见", "拟同意，报区民政局审核。");
            await zhou.Type("明细", $"{name} | 2 | 680");
            await zhou.Look("posting-form");
            await zhou.Press("写好了，送去核对");
            await zhou.Sees("内容封存着");
            await zhou.Look("posting-waiting");
            posting = new Uri(zhou.Page.Url).AbsolutePath;
        }
        await using (var feng = await SignIn(TestPeople.Feng, Screen.Phone))
        {
            await feng.Go(posting);
            await feng.Type("用途", "核对");
            await feng.Press("查看内容");
            await feng.Sees(name);
            await feng.Look("posting-opened");
            await feng.Press("核对无误");
        }
        await using (var zhou = await SignIn(TestPeople.Zhou, Screen.Desk))
        {
            await zhou.Go(posting);
            await zhou.Press("从今天起公布");
            await zhou.Sees("已公布");
        }
        var posted = "/board/" + posting.Split('/')[^1];
        await using (var visitor = await Journey.Begin(browser, host.Address, "board-visitor-names", Screen.Phone))
        {
            await Place(visitor);
            await visitor.Go(posted);
            await visitor.Sees(name);
            await visitor.Look("posting");
            await visitor.Go("/board/" + path.Split('/')[^1]);
            await visitor.Sees(why);
            await Expect(visitor.Page.Locator("del")).ToContainTextAsync("318.50");
            await visitor.Look("corrected");
        }
        // Seven days on, and a minute: whatever tidies up hasn't come yet.
        host.Hele.Clock.MoveTo(China.At(new DateOnly(2026, 10, 20), new TimeOnly(0, 1)));
        await using (var visitor = await Journey.Begin(browser, host.Address, "board-visitor-after", Screen.Phone))
        {
            await Place(visitor);
            await visitor.Go(posted);
            await visitor.Sees("公示期已满，内容不再公开");
            await Expect(visitor.Page.GetByText(name)).ToHaveCountAsync(0);
            await visitor.Look("over");
            await visitor.Go("/board");
            await Expect(visitor.Page.GetByText("低保初审意见公示").And(visitor.Page.Locator("main th a"))).ToHaveCountAsync(0);
            await visitor.Go("/board?Past=true");
            await visitor.Look("archive");
        }
        await host.Hele.Get<Housekeeping>().Once();
        await using (var ma = await SignIn(TestPeople.Ma, Screen.Desk))
        {
            await ma.Go(posting);
            await ma.Type("用途", "街道来函查询");
            await ma.Press("查看内容");
            await ma.Sees(name);
            await ma.Look("archive-opened");
        }
        Assert.True((await host.Hele.Get<LogVerification>().Run()).IsGreen);

        static async Task Place(Journey visitor)
        {
            await visitor.Go("/");
            await visitor.Press("河西社区");
            await visitor.SeesTitle("河西社区");
        }

        async Task<Journey> SignIn(TestPerson person, Screen screen)
        {
            var journey = await Journey.Begin(browser, host.Address, $"board-{person.SignIn}", screen);
            await journey.Go("/sign-in");
            await journey.Page.Locator("#Input_Name").FillAsync(person.SignIn);
            await journey.Page.Locator("#Input_Password").FillAsync(TestPeople.Password);
            await journey.Page.Locator("main form button.button").First.ClickAsync();
            await Expect(journey.Page.Locator("header .who")).ToHaveTextAsync(person.Name);
            return journey;
        }
    }

    [Theory]
    [InlineData(Screen.Phone, "zh-CN")]
    [InlineData(Screen.Desk, "zh-CN")]
    [InlineData(Screen.Phone, "en-GB")]
    public async Task BoardPages_InElderModeAndInEnglish_FitTheScreen(Screen screen, string language)
    {
        await using var clerk = await Journey.Begin(browser, demo.Address, $"board-elder-{screen}-{language}", screen, language: language);
        await clerk.SignIn("zhou-lihua");
        await clerk.Page.Locator("header form[action='/elder-mode'] button").ClickAsync();
        foreach (var path in new[] { "/board", "/board?Past=true", "/board/catalogue", "/disclosures", "/disclosures/new", "/disclosures/new?kind=office-fund", "/disclosures/new?kind=low-income", "/board?Kind=office-fund", "/disclosures?State=Withdrawn", "/disclosures?State=Waiting" })
        {
            await clerk.Go(path);
            if (path.Contains("Kind=", StringComparison.Ordinal) || path.Contains("State=", StringComparison.Ordinal))
                await clerk.Page.Locator("main tbody th a").First.ClickAsync();
            if (language == "en-GB")
                await English.Check(clerk);
            await clerk.Look(path.Trim('/').Replace('/', '-').Replace('?', '-').Replace('=', '-'));
        }
    }
}
