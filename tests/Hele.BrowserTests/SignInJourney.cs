using Hele.Civic.Kernel;
using Hele.Civic.Platform.Accounts;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Hele.BrowserTests;

/// <summary>The ways in: an authenticator app, a passkey, a code on the phone.</summary>
public class SignInJourney(BrowserFixture browser, DemoServer demo, EmptyServer real)
{
    [Fact]
    public async Task Clerk_SetsUpAnApp_AndSignsInWithIt()
    {
        const string password = "早市的豆腐脑要趁热喝才香";
        await using var clerk = await Journey.Begin(browser, real.Opened, "sign-in-app", Screen.Phone);
        await SignIn(clerk, real.ClerkPassword);
        await clerk.SeesTitle("修改密码");
        await clerk.Page.Locator("#Input_OldPassword").FillAsync(real.ClerkPassword);
        await clerk.Page.Locator("#Input_NewPassword").FillAsync(password);
        await clerk.Page.Locator("#Input_Repeat").FillAsync(password);
        await clerk.Press("修改密码");
        await clerk.Sees("请先设置两步验证");
        await clerk.Look("must-set-up");
        var secret = await AddApp(clerk);
        await clerk.Click("已经保存，继续");
        await clerk.Go("/account/security");
        await clerk.Look("security");
        clerk.Expects(409);
        await clerk.Press("移除验证器");
        await clerk.Sees("岗位人员必须保留一种两步验证");
        await clerk.Look("kept");
        await SignOut(clerk);

        await SignIn(clerk, password);
        await clerk.SeesTitle("第二步：确认是您本人");
        await clerk.Look("second");
        clerk.Expects(400);
        await clerk.Type("验证码或恢复码", "000000");
        await clerk.Press("继续");
        await clerk.Sees("验证码不对，或已经用过");
        await clerk.Look("second-refused");
        // Each code is good once, and the one that confirmed the set-up was it: the next step's is accepted a step early.
        await clerk.Type("验证码或恢复码", Totp.Code(secret, Step() + 1));
        await clerk.Press("继续");
        await Expect(clerk.Page.Locator("header .who")).ToHaveTextAsync("周丽华");
        await clerk.Go("/account/sessions");
        await clerk.Sees("密码和验证器");
        await clerk.Look("sessions");
    }

    [Fact]
    public async Task Resident_SignsInWithACodeOnThePhone()
    {
        var person = Journey.Person("ouyang-jing");
        await using var resident = await Journey.Begin(browser, demo.Address, "sign-in-phone", Screen.Phone);
        await resident.Go("/sign-in");
        await resident.Click("用手机号");
        await resident.Look("number");
        resident.Expects(400);
        await resident.Type("手机号", "12345");
        await resident.Press("发验证码");
        await resident.Sees("电话号码不对");
        await Expect(resident.Field("手机号")).ToHaveValueAsync("12345");
        await resident.Look("number-refused");
        await resident.Type("手机号", person.Phone!);
        await resident.Press("发验证码");
        await resident.SeesTitle("输入验证码");
        await resident.Sees("这是演示，没有发短信");
        await resident.Look("code");
        var code = await resident.Page.Locator(".notice code").InnerTextAsync();
        await resident.Type("验证码", code);
        await resident.Press("登录");
        await Expect(resident.Page.Locator("header .who")).ToHaveTextAsync(person.Name);
        await resident.Look("in");
    }

    /// <summary>Chromium's virtual authenticator makes the key and signs; the server checks both.</summary>
    [Fact]
    public async Task Passkey_Registered_SignsInWithoutPassword()
    {
        var person = Journey.Person("chen-hao");
        var address = new UriBuilder(demo.Address) { Host = "localhost" }.Uri;
        await using var resident = await Journey.Begin(browser, address, "sign-in-passkey", Screen.Desk);
        var cdp = await resident.Page.Context.NewCDPSessionAsync(resident.Page);
        await cdp.SendAsync("WebAuthn.enable");
        var authenticator = (await cdp.SendAsync("WebAuthn.addVirtualAuthenticator", new() { ["options"] = new Dictionary<string, object>
        {
            ["protocol"] = "ctap2", ["transport"] = "internal", ["hasResidentKey"] = true, ["hasUserVerification"] = true, ["isUserVerified"] = true, ["automaticPresenceSimulation"] = true,
        } }))!.Value.GetProperty("authenticatorId").GetString()!;
        await resident.SignIn(person.SignIn);
        await resident.Go("/account/security");
        await resident.Type("给它起个名字", "我的电脑");
        await resident.Press("添加通行密钥");
        await resident.SeesTitle("登录与安全");
        await resident.Sees("请保存恢复码");
        await resident.Sees("我的电脑");
        await resident.Look("registered");
        await Expect(resident.Page.Locator("[data-trouble]")).ToBeHiddenAsync();
        // The same device once more is refused by the browser itself: the server named it.
        await resident.Type("给它起个名字", "再来一个");
        await resident.Press("添加通行密钥");
        await resident.Sees("没有成功");
        await SignOut(resident);

        // A password alone is no longer enough.
        await resident.Go("/sign-in");
        await resident.Page.Locator($"form:has(input[value='{person.SignIn}']) button").ClickAsync();
        await resident.SeesTitle("第二步：确认是您本人");
        await resident.Look("second");
        await resident.Go("/sign-in");
        await Expect(resident.Page.Locator("[data-trouble]")).ToBeHiddenAsync();
        await resident.Look("sign-in");
        await resident.Press("用通行密钥");
        await Expect(resident.Page.Locator("header .who")).ToHaveTextAsync(person.Name);
        await resident.Go("/account/sessions");
        await Expect(resident.Page.Locator("main tbody")).ToContainTextAsync("通行密钥");
        await SignOut(resident);

        // Whoever holds the device but is not its owner: the device says so, and the server would not take less.
        await cdp.SendAsync("WebAuthn.setUserVerified", new() { ["authenticatorId"] = authenticator, ["isUserVerified"] = false });
        await resident.Go("/sign-in");
        await resident.Press("用通行密钥");
        await resident.Sees("没有成功");
        await cdp.SendAsync("WebAuthn.setUserVerified", new() { ["authenticatorId"] = authenticator, ["isUserVerified"] = true });
        await resident.Press("用通行密钥");
        await Expect(resident.Page.Locator("header .who")).ToHaveTextAsync(person.Name);

        // As she was found.
        await resident.Go("/account/security");
        await resident.Press("移除通行密钥“我的电脑”");
        await resident.Sees("通行密钥已移除");
    }

    [Fact]
    public async Task Passkey_InABrowserWithoutScript_IsExplained()
    {
        await using var visitor = await Journey.Begin(browser, demo.Address, "sign-in-no-script", Screen.Phone, script: false);
        await visitor.Go("/sign-in");
        await visitor.Sees("这个浏览器用不了的话");
        await Expect(visitor.Page.Locator("form[data-passkey]")).ToBeHiddenAsync();
        await visitor.Look("page");
    }

    /// <summary>From the page of one's own sign-in to recovery codes; returns the app's secret.</summary>
    internal static async Task<byte[]> AddApp(Journey journey)
    {
        await journey.Click("设置验证器");
        await journey.SeesTitle("设置验证器");
        await journey.Look("app");
        var secret = FromBase32((await journey.Page.Locator("figure.qr code").InnerTextAsync()).Replace(" ", ""));
        await journey.Type("现在显示的6位数字", Totp.Code(secret, Step()));
        await journey.Press("确认设置");
        await journey.Sees("请保存恢复码");
        await Expect(journey.Page.Locator(".codes code")).ToHaveCountAsync(SecondFactors.RecoveryCodes);
        await journey.Look("recovery-codes");
        return secret;
    }

    /// <summary>The world's clock, as the app's.</summary>
    private static long Step() => new SystemClock().GetUtcNow().ToUnixTimeSeconds() / 30;

    private static async Task SignIn(Journey journey, string password)
    {
        await journey.Go("/sign-in");
        await journey.Page.Locator("#Input_Name").FillAsync(EmptyServer.Clerk);
        await journey.Page.Locator("#Input_Password").FillAsync(password);
        await journey.Press("登录");
    }

    private static async Task SignOut(Journey journey)
    {
        await journey.Go("/");
        await journey.Page.Locator("summary:has(.who)").First.ClickAsync();
        await journey.Page.Locator("form[action='/sign-out'] button").ClickAsync();
        await Expect(journey.Page.Locator("header a.tool.strong")).ToBeVisibleAsync();
    }

    private static byte[] FromBase32(string text)
    {
        var bits = string.Concat(text.Select(c => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c), 2).PadLeft(5, '0')));
        return [.. bits.Chunk(8).Where(c => c.Length == 8).Select(c => Convert.ToByte(new string(c), 2))];
    }
}
