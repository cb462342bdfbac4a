using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Hele.BrowserTests;

/// <summary>The security administrator: a post takes two people, its work goes on when it ends, and whoever left is out.</summary>
public class AdministratorJourney(BrowserFixture browser, DemoServer demo)
{
    [Fact]
    public async Task Post_ProposedConfirmedHandedOverAndEnded_AndTheLeaverIsOut()
    {
        const string post = "第九网格网格员", title = "九网格的垃圾桶盖掉了";
        await using var he = await Journey.Begin(browser, demo.Address, "administrator", Screen.Desk);
        await using var ma = await Journey.Begin(browser, demo.Address, "administrator-secretary", Screen.Phone);
        await using var tian = await Journey.Begin(browser, demo.Address, "administrator-leaver", Screen.Phone);
        await he.SignIn("he-lin");
        await he.Look("home");
        await he.Click("岗位");
        await he.SeesTitle("岗位");
        await he.Look("posts");

        // She proposes; what was wrong keeps what she typed.
        await he.Click("提出任用");
        await he.Type("给谁？写全名", "田吉祥");
        await he.Press("查找");
        await he.Sees("登记里没有这个姓名的人");
        await he.Look("nobody-of-this-name");
        await he.Type("给谁？写全名", "田𠮷祥");
        await he.Press("查找");
        await he.Look("found");
        await he.Click("选田𠮷祥");
        await he.Type("岗位怎么称呼", post);
        he.Expects(400);
        await he.Press("提出");
        await Expect(he.Page.Locator(".summary")).ToContainTextAsync("请选择角色");
        await Expect(he.Field("岗位怎么称呼")).ToHaveValueAsync(post);
        await he.Look("proposal-refused");
        await he.Choose("网格员");
        await he.Type("理由", "九网格新设，居民代表会议定的");
        await he.Button("提出").DblClickAsync();
        await he.Sees("这是您自己提出的");
        await he.Look("proposed");
        await Expect(he.Page.Locator("#decide")).ToHaveCountAsync(0);

        // Another confirms, on the phone.
        await ma.SignIn("ma-jianjun");
        await ma.Go("/posts");
        await ma.Look("waiting");
        await ma.Click(post);
        await ma.Look("to-decide");
        await ma.Choose("同意");
        await ma.Press("确定");
        await ma.Sees("已确认任用");
        await ma.Look("confirmed");

        // The new grid worker works: files and takes on a matter.
        await tian.SignIn("tian-jixiang");
        await tian.Go("/appeals/new");
        await tian.Choose("环境卫生");
        await tian.Type("什么事", title);
        await tian.Type("详细情况", "垃圾桶的盖子掉了，招苍蝇，请换一个。");
        await tian.Next();
        await tian.Type("具体位置", "河西巷东口");
        await tian.Next();
        await tian.Press("提交");
        await tian.Click("查看办理情况");
        await tian.Press("受理这件诉求");
        await tian.Sees("已受理");

        // It can't end while that hangs on it; with a successor it goes over.
        await he.Click("岗位");
        await he.Click(post);
        await he.Look("hanging");
        await he.Page.Locator("#end summary").ClickAsync();
        await he.Type("理由", "搬到别的城市了");
        he.Expects(409);
        await he.Press("移交并终止");
        await Expect(he.Page.Locator("#end .summary")).ToContainTextAsync("还有1件");
        await he.Look("still-hangs");
        await he.Page.Locator("#Ending_Successor").SelectOptionAsync(new SelectOptionValue { Label = "网格员（赵敏）" });
        await he.Press("移交并终止");
        await he.Sees("已移交并终止");
        await he.Look("ended");

        // The leaver is out with the next click, and keeps what is their own.
        await tian.Go("/appeals", 404);
        await tian.Look("leaver-out");
        await tian.Go("/");
        await tian.Click(title);
        await Expect(tian.Page.Locator("main .timeline")).ToContainTextAsync(post);
        await Expect(tian.Page.Locator("main .timeline")).ToContainTextAsync("移交给接手的岗位");
        await tian.Look("own-matter");
    }

    [Fact]
    public async Task Administrators_FindNoMatterAndNoRegister()
    {
        foreach (var administrator in new[] { "sun-wei", "he-lin" })
        {
            await using var journey = await Journey.Begin(browser, demo.Address, "no-content-" + administrator, Screen.Desk);
            await journey.SignIn(administrator);
            foreach (var path in new[] { "/appeals", "/appeals/intake", "/dashboard", "/report", "/data-requests", "/break-glass/new" })
                await journey.Go(path, 404);
            await journey.Look("not-theirs");
        }
    }

    [Fact]
    public async Task Emergency_WithoutAReason_IsRefusedAndSaysWhatHappensWithIt()
    {
        await using var zhao = await Journey.Begin(browser, demo.Address, "break-glass", Screen.Phone);
        await zhao.SignIn("zhao-min");
        await zhao.Go("/break-glass");
        await zhao.Look("list");
        await zhao.Click("应急查看一项");
        await zhao.Look("form");
        await zhao.Type("什么紧急情况", "急");
        zhao.Expects(400);
        await zhao.Press("打开这一项");
        await Expect(zhao.Page.Locator(".summary")).ToContainTextAsync("至少10个字");
        await zhao.Look("refused");
    }
}
