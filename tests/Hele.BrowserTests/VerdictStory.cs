using Hele.Civic.Kernel;
using Hele.Civic.Platform.Journal;
using Hele.TestKit;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Hele.BrowserTests;

/// <summary>
/// A verdict entered by telephone that isn't the resident's: the paper that goes with it, its code opened on an old phone without signing in, and the supervision that asks how it came.
/// </summary>
public class VerdictStory(BrowserFixture browser)
{
    [Fact]
    public async Task VerdictByPhone_IsHandedOutOnPaper_ContestedWithoutSigningIn_AndLookedInto()
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite, listens: true, from: China.At(new DateOnly(2026, 5, 12), new TimeOnly(10, 0)), arguments: ["--environment", "Development"]);
        var (liu, zhao) = (await host.Hele.Viewer(TestPeople.Liu), await host.Hele.Viewer(TestPeople.Zhao));
        var code = await host.Hele.FileAppeal(liu);
        Assert.True((await host.Hele.Accept(zhao, code)).Accepted);
        Assert.True((await host.Hele.Answer(zhao, code)).Accepted);

        string paper;
        await using (var zhou = await SignIn(TestPeople.Zhou))
        {
            await zhou.Go("/appeals/" + code);
            await zhou.Page.Locator("#paper summary").ClickAsync();
            await zhou.Page.Locator("#paper label.choice", new() { HasText = "电话里" }).ClickAsync();
            await zhou.Page.Locator("#paper label.choice:has(input[value=true])").ClickAsync();
            await zhou.Look("form");
            await zhou.Page.Locator("#paper button.button").ClickAsync();
            await zhou.SeesTitle("代录评价回执");
            await zhou.Sees("电话");
            paper = (await zhou.Page.Locator(".qr code").InnerTextAsync()).Trim();
            await zhou.Look("paper");
            await zhou.PrintLook("paper-printed");
        }
        await using (var somebody = await Journey.Begin(browser, host.Address, "verdict-somebody", Screen.Phone))
        {
            await somebody.Go("/appeals/entered/" + paper);
            await somebody.Sees("满意");
            await somebody.Look("entered");
            await somebody.Page.Locator("#contest textarea").FillAsync("没有人给我打过电话。");
            await somebody.Press("这不是我的意思，提出异议");
            await somebody.Sees("已划去");
            await somebody.Look("struck");
        }
        await using (var feng = await SignIn(TestPeople.Feng))
        {
            await feng.Sees("代录的评价居民有异议，了解情况");
            await feng.Look("day");
            await feng.Go("/appeals/" + code);
            await feng.Type("了解到的情况", "号码登记错了，接电话的是邻居。");
            await feng.Look("finding");
            await feng.Press("记下");
            await feng.Sees("号码登记错了");
            await feng.Look("found");
        }
        await using (var own = await SignIn(TestPeople.Liu, Screen.Phone))
        {
            await own.Go("/appeals/" + code);
            await own.Sees("请您评价这次答复");
            await own.Sees("已划去");
            await own.Look("own");
        }
        Assert.True((await host.Hele.Get<LogVerification>().Run()).IsGreen);

        async Task<Journey> SignIn(TestPerson person, Screen screen = Screen.Desk)
        {
            var journey = await Journey.Begin(browser, host.Address, "verdict-" + person.SignIn, screen);
            await journey.Go("/sign-in");
            await journey.Page.Locator("#Input_Name").FillAsync(person.SignIn);
            await journey.Page.Locator("#Input_Password").FillAsync(TestPeople.Password);
            await journey.Page.Locator("main form button.button").First.ClickAsync();
            await Expect(journey.Page.Locator("header .who")).ToHaveTextAsync(person.Name);
            return journey;
        }
    }
}
