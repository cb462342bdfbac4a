using System.Text.RegularExpressions;
using Hele.Evidence;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Hele.BrowserTests;

/// <summary>The supervisor sees everything, changes nothing, and needn't believe the server.</summary>
public class SupervisorJourney(BrowserFixture browser, DemoServer demo)
{
    [Fact]
    public async Task Matters_SeenByTheSupervisor_OfferNoAct()
    {
        await using var supervisor = await Journey.Begin(browser, demo.Address, "supervisor", Screen.Desk);
        await supervisor.SignIn("feng-shuzhen");
        await supervisor.Look("home");
        await supervisor.Click("诉求");
        await Expect(supervisor.Page.Locator("main").GetByText("代居民登记")).ToHaveCountAsync(0);
        await supervisor.Look("list");
        foreach (var title in new[] { "暖气试压漏水", "国庆几天没人收旧沙发" })
        {
            await supervisor.Find("/appeals", title);
            await supervisor.Click(title);
            await supervisor.SeesTitle(title);
            await Expect(supervisor.Page.Locator("main form")).ToHaveCountAsync(0);
            await supervisor.Look("matter");
        }

        await supervisor.Go("/appeals/intake", 404);
        await supervisor.Look("counter-not-hers");
    }

    [Fact]
    public async Task Receipt_CheckedByTheSupervisor_HoldsAndAChangedOneDoesNot()
    {
        await using var supervisor = await Journey.Begin(browser, demo.Address, "supervisor-log", Screen.Desk);
        await supervisor.SignIn("feng-shuzhen");
        await supervisor.Click("诉求");
        await supervisor.Page.Locator("main tbody a").Last.ClickAsync();
        await supervisor.Click("回执");
        await supervisor.SeesTitle("诉求回执");
        var file = await supervisor.Page.RunAndWaitForDownloadAsync(() => supervisor.Click("下载证明文件"));
        var path = await file.PathAsync();
        var proof = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);

        await supervisor.Click("这能证明什么、不能证明什么");
        await supervisor.SeesTitle("记录如何防篡改");
        await supervisor.Look("log");
        await supervisor.Field("证明文件的全文").FillAsync(proof);
        await supervisor.Press("检查");
        await supervisor.Sees("证明成立");
        await supervisor.Sees("校验点与现在的日志一致");
        await supervisor.Look("holds");

        // One letter of a hash is another one.
        var at = proof.LastIndexOf("\nc ", StringComparison.Ordinal) is var c and >= 0 ? proof.IndexOf(' ', c + 3) + 5 : proof.Length / 2;
        var changed = string.Concat(proof.AsSpan(0, at), proof[at] == 'A' ? "B" : "A", proof.AsSpan(at + 1));
        await supervisor.Field("证明文件的全文").FillAsync(changed);
        await supervisor.Press("检查");
        await supervisor.Sees("证明不成立");
        await supervisor.Look("changed");

        // Nor need she believe this page: the kit and the page that checks it go home with her, with what hangs on the notice board.
        await supervisor.Go("/log");
        var folder = Directory.CreateTempSubdirectory("hele-kit-").FullName;
        var kit = Path.Combine(folder, "kit.zip");
        await (await supervisor.Page.RunAndWaitForDownloadAsync(() => supervisor.Page.Locator("#offline a[href$='/kit']").ClickAsync())).SaveAsAsync(kit);
        var verifier = Path.Combine(folder, VerifierPage.FileName);
        await (await supervisor.Page.RunAndWaitForDownloadAsync(() => supervisor.Click("下载核验页"))).SaveAsAsync(verifier);
        await supervisor.Click("打印一张贴在公告栏上");
        await supervisor.Look("sheet");
        await supervisor.PrintLook("sheet-on-paper");
        var size = Regex.Replace(await supervisor.Page.Locator(".sheet .count").InnerTextAsync(), "[^0-9]", "");
        var board = size + " " + string.Join(' ', await supervisor.Page.Locator(".digits b").AllInnerTextsAsync());
        await using (var home = await browser.Open())
        {
            await home.Page.GotoAsync("file://" + verifier);
            await home.Page.SetInputFilesAsync("#file", kit);
            await home.Page.FillAsync("#pins", board);
            await home.Page.GetByRole(AriaRole.Button, new() { Name = "核验", Exact = true }).ClickAsync();
            await Expect(home.Page.Locator("#result h2")).ToHaveTextAsync("证明成立");
            await Expect(home.Page.Locator("#result")).ToContainTextAsync($"您另存的校验点（{size} 条）成立");
            home.AssertQuiet();
        }

        // As a file, and nothing at all.
        await supervisor.Go("/log");
        await supervisor.Page.Locator("#Input_File").SetInputFilesAsync(path);
        await supervisor.Press("检查");
        await supervisor.Sees("证明成立");
        await supervisor.Go("/log");
        supervisor.Expects(400);
        await supervisor.Press("检查");
        await Expect(supervisor.Page.Locator(".summary")).ToContainTextAsync("请粘贴证明文件的全文");
        await supervisor.Look("nothing-pasted");
    }
}
