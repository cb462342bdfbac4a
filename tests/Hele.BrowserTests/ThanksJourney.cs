using Hele.Civic.Kernel;
using Hele.Civic.Platform.Journal;
using Hele.TestKit;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Hele.BrowserTests;

/// <summary>A resident says thanks after their verdict, a second person checks it, anybody reads it; then the giver takes it back.</summary>
public class ThanksJourney(BrowserFixture browser, DemoServer demo)
{
    [Fact]
    public async Task Thanks_FromTheVerdictToThePublicPage_AndOutOfItAgain()
    {
        const string words = "晚上下楼再也不用摸黑，老父亲也敢出门了。", wording = "楼道灯当天就换好了，老人晚上敢出门了。";
        await using var host = await TestHost.Start(TestDatabase.Sqlite, listens: true, from: China.At(new DateOnly(2026, 5, 12), new TimeOnly(10, 0)), arguments: ["--environment", "Development"]);
        var (resident, worker) = (await host.Hele.Viewer(TestPeople.Liu), await host.Hele.Viewer(TestPeople.Zhao));
        var appeal = await host.Hele.FileAppeal(resident);
        Assert.True((await host.Hele.Accept(worker, appeal)).Accepted);
        Assert.True((await host.Hele.Answer(worker, appeal)).Accepted);

        string path;
        await using (var liu = await SignIn(TestPeople.Liu, Screen.Phone))
        {
            await liu.Look("home");
            await liu.Go("/appeals/" + appeal);
            await liu.Page.Locator("#judge label.choice:has(input[value=true])").ClickAsync();
            await liu.Press("提交评价");
            await liu.Click("想对办这件事的人说声感谢");
            await liu.SeesTitle("表达感谢");
            await liu.Look("form");
            liu.Expects(400);
            await liu.Press("送出感谢");
            await liu.Sees("请写为什么事感谢");
            await liu.Look("form-refused");
            await liu.Type("为什么事感谢", words);
            await liu.Choose("可以公开，写成");
            await liu.Press("送出感谢");
            await liu.Sees("等另一个人核对");
            await liu.Look("sent");
            path = new Uri(liu.Page.Url).AbsolutePath;
        }
        await using (var zhou = await SignIn(TestPeople.Zhou, Screen.Desk))
        {
            await zhou.Sees("核对居民的感谢，决定公不公开");
            await zhou.Go(path);
            await zhou.Look("check");
            await zhou.Type("公开的说法", wording);
            await zhou.Press("核对无误，公开");
            await zhou.Sees("公开的是这段话");
            await zhou.Look("published");
        }
        await using (var visitor = await Journey.Begin(browser, host.Address, "thanks-visitor", Screen.Phone))
        {
            await Place(visitor);
            await visitor.Go("/thanks");
            await visitor.Sees(wording);
            await visitor.Look("list");
            await visitor.Click(wording);
            await visitor.Sees("刘某");
            await visitor.Look("public");
            await visitor.PrintLook("public-printed");
            await Expect(visitor.Page.GetByText(words)).ToHaveCountAsync(0);
        }
        await using (var liu = await SignIn(TestPeople.Liu, Screen.Phone))
        {
            await liu.Go(path);
            await liu.Page.Locator("#change summary").ClickAsync();
            await liu.Look("change");
            await liu.Press("撤回这条感谢");
            await liu.Sees("内容、姓名和照片都已销毁");
            await liu.Look("taken-back");
        }
        await using (var visitor = await Journey.Begin(browser, host.Address, "thanks-visitor-after", Screen.Desk))
        {
            await Place(visitor);
            await visitor.Go(path);
            await visitor.Sees("这一条已经不公开了");
            await visitor.Look("gone");
            await visitor.Go("/thanks");
            await visitor.Sees("还没有公开的锦旗和感谢");
            await visitor.Look("empty");
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
            var journey = await Journey.Begin(browser, host.Address, $"thanks-{person.SignIn}", screen);
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
    public async Task ThanksPages_InElderModeAndInEnglish_FitTheScreen(Screen screen, string language)
    {
        await using var clerk = await Journey.Begin(browser, demo.Address, $"thanks-elder-{screen}-{language}", screen, language: language);
        await clerk.SignIn("zhou-lihua");
        await clerk.Page.Locator("header form[action='/elder-mode'] button").ClickAsync();
        foreach (var path in new[] { "/thanks", "/thanks/records", "/thanks/record", "/thanks/records?State=Waiting", "/thanks/records?State=Withdrawn" })
        {
            await clerk.Go(path);
            if (path.Contains('?', StringComparison.Ordinal))
                await clerk.Page.Locator("main tbody th a").First.ClickAsync();
            if (language == "en-GB")
                await English.Check(clerk);
            await clerk.Look(path.Trim('/').Replace('/', '-').Replace('?', '-').Replace('=', '-'));
        }
    }
}
