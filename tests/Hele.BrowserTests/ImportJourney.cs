using System.Text;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Hele.BrowserTests;

/// <summary>A clerk brings in a ledger: says what a column is, is told which row is wrong, puts it right, imports it whole and takes it back whole.</summary>
public class ImportJourney(BrowserFixture browser, DemoServer demo)
{
    private const string Compound = "银杏里9号院", File = "楼栋台账2026.csv", Heading = "几层楼";

    [Fact]
    public async Task Clerk_ImportsALedger_AfterPuttingARowRight_AndTakesItBack()
    {
        foreach (var typed in new[] { Compound, File, Heading, "很高", "传错了社区" })
            Known.Typed(typed);
        await using var clerk = await Journey.Begin(browser, demo.Address, "imports", Screen.Desk);
        await clerk.SignIn("zhou-lihua");
        await Upload(clerk, "很高");

        // Two headings it knows, one it doesn't.
        await clerk.SeesTitle("每一列是什么");
        await Expect(clerk.Page.Locator("select[name='Column.1']")).ToHaveValueAsync("building");
        await Expect(clerk.Page.Locator("select[name='Column.2']")).ToHaveValueAsync("");
        await clerk.Page.Locator("select[name='Column.2']").SelectOptionAsync("floors");
        await clerk.Look("columns");
        await clerk.Press("看预览");

        await clerk.Sees("有1行不对，还不能导入");
        await Expect(clerk.Page.Locator("#rows")).ToContainTextAsync("很高");
        await Expect(clerk.Page.Locator("form[action*='handler=Import']")).ToHaveCountAsync(0);
        await clerk.Look("a-wrong-row");
        await clerk.Press("不导入了，清除文件");

        await Upload(clerk, "5");
        await clerk.Sees("照上次的选好");
        await Expect(clerk.Page.Locator("select[name='Column.2']")).ToHaveValueAsync("floors");
        await clerk.Press("看预览");
        await clerk.Look("preview");
        await clerk.Press("全部导入（新登记2行，有变化0行）");
        await Expect(clerk.Page.Locator("#undo")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await Expect(clerk.Page.Locator("main")).ToContainTextAsync("2行");
        await clerk.Look("imported");
        var done = clerk.Page.Url;
        await Search(clerk);
        await Expect(Found(clerk)).ToHaveCountAsync(2);

        await clerk.Page.GotoAsync(done);
        await clerk.Press("撤销这次导入");
        clerk.Expects(400);
        await clerk.Sees("请写明为什么撤销");
        await clerk.Type("为什么撤销", "传错了社区");
        await clerk.Press("撤销这次导入");
        await clerk.Sees("已撤销");
        await clerk.Look("taken-back");
        await Search(clerk);
        await Expect(Found(clerk)).ToHaveCountAsync(0);
    }

    private static ILocator Found(Journey clerk) => clerk.Page.Locator("main tbody th a").Filter(new() { HasTextRegex = new(Compound + "[12]号楼") });

    /// <summary>By the form: words that are looked for don't stand in an address.</summary>
    private static async Task Search(Journey clerk)
    {
        await clerk.Go("/buildings");
        await clerk.Type("找小区或楼号", Compound);
        await clerk.Press("查找");
    }

    private static async Task Upload(Journey clerk, string floors)
    {
        await clerk.Menu("导入");
        await clerk.Click("上传文件");
        await clerk.Choose("楼栋台账");
        await clerk.Page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload
        {
            Name = File, MimeType = "text/csv",
            Buffer = Encoding.UTF8.GetBytes($"小区,楼号,{Heading}\r\n{Compound},1号楼,6\r\n{Compound},2号楼,{floors}\r\n"),
        });
        await clerk.Press("上传");
    }
}
