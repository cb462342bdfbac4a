using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Hele.BrowserTests;

/// <summary>A resident raises something, keeps the receipt, sees what became of it and has the last word.</summary>
public class ResidentJourney(BrowserFixture browser, DemoServer demo)
{
    [Fact]
    public async Task Appeal_OnAnOldPhone_IsFiledAnsweredAndJudgedTwice()
    {
        const string title = "单元门关不严";
        await using var resident = await Journey.Begin(browser, demo.Address, "resident", Screen.Phone);
        await resident.Go("/");
        await resident.Look("home");
        await resident.SignIn("liu-dayong");
        await resident.Look("home-signed-in");
        await resident.Link("我要反映").ClickAsync();
        await resident.SeesTitle("我要反映");
        await resident.Look("form");

        // Nothing is chosen: it is said before the next step is shown.
        await resident.Press("下一步");
        await resident.Sees("请选择是哪一类事情");
        await resident.Choose("公共设施");
        await resident.Type("什么事", title);
        await resident.Type("详细情况", "七号楼二单元的门，\n闭门器坏了，晚上冷风直往楼道里灌。");
        await resident.Press("下一步");
        await resident.Look("form-where");
        await resident.Press("下一步");
        await resident.Sees("请写在哪里");

        // The browser's back button goes a step back, and all that was typed stays.
        await resident.Type("具体位置", "钢窗厂小区7号楼2单元");
        await resident.Press("下一步");
        await resident.Look("form-check");
        await resident.Page.GoBackAsync();
        await resident.Page.GoBackAsync();
        await Expect(resident.Field("什么事")).ToHaveValueAsync(title);
        await Expect(resident.Page.GetByLabel("公共设施")).ToBeCheckedAsync();
        await resident.Press("下一步");
        await resident.Press("下一步");

        // Something of the kind stands in public nearby: it is asked once whether it is the same, and what was typed stays.
        resident.Expects(400);
        await resident.Press("提交");
        await resident.Sees("附近已经有人反映过，是不是同一件？");
        await resident.Look("form-near");
        await resident.Choose("都不是，我的是另一件");

        // An impatient thumb presses twice.
        await resident.Button("提交").DblClickAsync();
        await resident.SeesTitle("诉求回执");
        var code = resident.Code();
        await Expect(resident.Page.Locator("figure.qr code")).ToHaveTextAsync(code);
        await Expect(resident.Page.Locator("figure.qr img")).ToBeVisibleAsync();
        await resident.Look("receipt");
        var proof = await resident.Page.RunAndWaitForDownloadAsync(() => resident.Click("下载证明文件"));
        var text = await File.ReadAllTextAsync(await proof.PathAsync(), TestContext.Current.CancellationToken);
        Assert.StartsWith("hele-receipt/1\n", text);
        Assert.Equal($"hele-{code}.txt", proof.SuggestedFilename);

        await resident.Page.Locator("a.brand").ClickAsync();
        await Expect(resident.Page.Locator(".matters li", new() { HasText = title })).ToHaveCountAsync(1);
        await resident.Look("my-appeals");

        await Staff("zhao-min", code, "闭门器已经换了新的，门能自己关上了。");
        await resident.Page.ReloadAsync();
        await resident.Page.Locator(".matters li", new() { HasText = title }).GetByRole(AriaRole.Link, new() { Name = "请您评价" }).ClickAsync();
        await resident.Look("to-judge");

        // Not satisfied needs a word, and opens it again.
        await resident.Choose("不满意");
        resident.Expects(400);
        await resident.Press("提交评价");
        await Expect(resident.Page.Locator("#judge .problem")).ToContainTextAsync("请写一句哪里不满意");
        await resident.Look("judge-refused");
        await resident.Type("想说的话", "门是关上了，可声音大得整栋楼都听见。");
        await resident.Press("提交评价");
        await resident.Sees("谢谢您的评价");
        await resident.Look("reopened");

        await Staff("zhao-min", code, "给门框加了缓冲条，声音小了，您再听听。", again: true);
        await resident.Page.ReloadAsync();
        await resident.Choose("满意");
        await resident.Button("提交评价").DblClickAsync();
        await resident.Sees("这件事办结了");
        await Expect(resident.Page.Locator("main .timeline > li")).ToHaveCountAsync(6);
        await resident.Look("closed");
    }

    [Fact]
    public async Task Appeal_SentAgainAfterTheBackButton_IsOneAppeal()
    {
        const string title = "小游园的长椅断了一根木条";
        await using var resident = await Journey.Begin(browser, demo.Address, "resident-back", Screen.Phone);
        await resident.SignIn("sun-yumei");
        await resident.Link("我要反映").ClickAsync();
        await Fill(resident, title);
        await resident.Press("提交");
        await resident.SeesTitle("诉求回执");
        var code = resident.Code();
        await resident.Page.GoBackAsync();
        await resident.SeesTitle("我要反映");
        await resident.Look("back");
        await Expect(resident.Page.Locator("[data-recap]")).ToContainTextAsync(title);
        await resident.Press("提交");
        await resident.SeesTitle("诉求回执");
        Assert.Equal(code, resident.Code());

        // Back again, and something else in the same form: it asks instead of guessing.
        await resident.Page.GoBackAsync();
        await resident.SeesTitle("我要反映");
        await resident.Press("上一步");
        await resident.Sees("第2步，共3步");
        await resident.Press("上一步");
        await resident.Type("详细情况", "断了两根。");
        await resident.Next();
        await resident.Next();
        resident.Expects(409);
        resident.Expects(400);
        await resident.Press("提交");
        await resident.Sees("已经提交过一次");
        await resident.Look("sent-before");

        await resident.Go("/");
        await Expect(resident.Page.Locator(".matters li", new() { HasText = title })).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Appeal_WithoutScript_GoesTheSameWay()
    {
        const string title = "快递车堵住了院门";
        await using var resident = await Journey.Begin(browser, demo.Address, "resident-noscript", Screen.Phone, script: false);
        await resident.SignIn("he-xiaowen");
        await resident.Link("我要反映").ClickAsync();
        await resident.Type("什么事", title);
        resident.Expects(400);
        await resident.Press("提交");
        await Expect(resident.Page.Locator(".summary li")).ToHaveCountAsync(3);
        await Expect(resident.Field("什么事")).ToHaveValueAsync(title);
        await resident.Look("form-refused");
        await Fill(resident, title);
        await resident.Button("提交").DblClickAsync();
        await resident.SeesTitle("诉求回执");
        await resident.Look("receipt");
        var code = resident.Code();
        await Staff("zhao-min", code, "和快递站说好了，车停到东边空地。");
        await resident.Page.Locator("a.brand").ClickAsync();
        await Expect(resident.Page.Locator(".matters li", new() { HasText = title })).ToHaveCountAsync(1);
        await resident.Page.Locator(".matters li", new() { HasText = title }).GetByRole(AriaRole.Link, new() { Name = "请您评价" }).ClickAsync();
        await resident.Choose("满意");
        await resident.Press("提交评价");
        await resident.Sees("这件事办结了");
        await resident.Look("closed");
    }

    [Fact]
    public async Task Appeal_WithoutScriptSentAgainAfterTheBackButton_AsksFirst()
    {
        const string title = "花坛边的栏杆松了";
        await using var resident = await Journey.Begin(browser, demo.Address, "resident-noscript-back", Screen.Phone, script: false);
        await resident.SignIn("he-xiaowen");
        await resident.Link("我要反映").ClickAsync();
        await Fill(resident, title);
        await resident.Press("提交");
        await resident.SeesTitle("诉求回执");
        var code = resident.Code();
        await resident.Page.GoBackAsync();
        await resident.SeesTitle("我要反映");
        await Expect(resident.Field("什么事")).ToHaveValueAsync(title);
        resident.Expects(409);
        await resident.Press("提交");
        await resident.Sees("完全一样");
        await resident.Look("same-content");
        await resident.Link("打开已提交的").ClickAsync();
        await resident.SeesTitle("诉求回执");
        Assert.Equal(code, resident.Code());
        await resident.Go("/");
        await Expect(resident.Page.Locator(".matters li", new() { HasText = title })).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Appeal_InElderMode_HasBigLettersAndBigTargets()
    {
        await using var resident = await Journey.Begin(browser, demo.Address, "resident-elder", Screen.Phone);
        await resident.Go("/");
        await resident.Page.GetByRole(AriaRole.Button, new() { Name = "大字", Exact = true }).ClickAsync();
        await Expect(resident.Page.Locator("html.elder")).ToHaveCountAsync(1);
        await resident.Look("home");
        await resident.Page.Locator("header a.tool.strong").ClickAsync();
        await resident.Look("sign-in");
        await resident.SignIn("wu-xiuying");
        await resident.Look("my-appeals");
        await resident.Link("我要反映").ClickAsync();
        await resident.Look("form");
        Assert.True(await resident.Field("什么事").EvaluateAsync<double>("e => parseFloat(getComputedStyle(e).fontSize)") >= 24, "text of at least 18 pt");
        Assert.True((await resident.Button("下一步").BoundingBoxAsync())!.Height >= 60, "targets of at least 60 px");
        await Fill(resident, "六号楼的电梯老是停在三楼不动，按了也没有反应，老人孩子上下楼很不方便请来看看");
        await resident.Press("提交");
        await resident.SeesTitle("诉求回执");
        await resident.Look("receipt");
        await resident.Click("查看办理情况");
        await resident.Look("matter");
        await resident.Page.GetByRole(AriaRole.Button, new() { Name = "普通字", Exact = true }).ClickAsync();
        await Expect(resident.Page.Locator("html.elder")).ToHaveCountAsync(0);
        await Expect(resident.Page.Locator("main h1")).ToContainTextAsync("六号楼的电梯");
    }

    [Fact]
    public async Task Appeal_InEnglish_SpeaksEnglishFromTheFirstPageToTheReceipt()
    {
        await using var resident = await Journey.Begin(browser, demo.Address, "resident-en", Screen.Phone, language: "en-GB");
        await resident.SignIn("ouyang-jing");
        await English.Check(resident);
        await resident.Look("home");
        await resident.Link("Raise an appeal").ClickAsync();
        await English.Check(resident);
        await resident.Press("Next");
        await resident.Sees("Choose what kind");
        await English.Check(resident);
        await resident.Look("form-step-refused");
        await resident.Choose("Parking");
        await resident.Page.Locator("#Input_Title").FillAsync("Cars on the pavement");
        await resident.Page.Locator("#Input_Text").FillAsync("Every evening three cars stand on the pavement at the south gate.");
        await resident.Next();
        await English.Check(resident);
        await resident.Page.Locator("#Input_Place").FillAsync("South gate");
        await resident.Next();
        await English.Check(resident);
        await resident.Press("Send");
        await resident.SeesTitle("Receipt of an appeal");
        await English.Check(resident);
        await resident.Look("receipt");
        await resident.Page.Locator($"main a[href='/appeals/{resident.Code()}']").First.ClickAsync();
        await resident.SeesTitle("Cars on the pavement");
        await English.Check(resident);
        await resident.Look("matter");
    }

    [Fact]
    public async Task Appeal_OfSomebodyElse_LooksAsIfItDidNotExist()
    {
        await using var neighbour = await Journey.Begin(browser, demo.Address, "resident-stranger", Screen.Phone);
        await neighbour.SignIn("li-na");
        await using var clerk = await Journey.Begin(browser, demo.Address, "resident-stranger-clerk", Screen.Desk);
        await clerk.SignIn("zhou-lihua");
        await clerk.Find("/appeals", "供暖都开始了");
        await clerk.Click("供暖都开始了家里还是十五六度");
        await neighbour.Go("/appeals/" + clerk.Code(), 404);
        await neighbour.SeesTitle("找不到这一页");
        await neighbour.Go("/appeals", 404);
        await neighbour.Look("not-found");
    }

    [Fact]
    public async Task OldMatters_AskedAgainRefusedOrInDisagreement_SayWhatTheResidentCanDo()
    {
        await using (var liu = await Journey.Begin(browser, demo.Address, "resident-again", Screen.Phone))
        {
            await liu.SignIn("liu-dayong");
            await liu.Page.Locator(".matters li", new() { HasText = "窨井反味" }).GetByRole(AriaRole.Link, new() { Name = "还好着吗？" }).ClickAsync();
            await liu.SeesTitle("窨井反味开不了窗");
            await liu.Look("asked");
            await liu.Choose("又没解决");
            liu.Expects(400);
            await liu.Press("告诉社区");
            await liu.Look("asked-refused");
            await liu.Type("想说的话", "昨天又返味了，比原先轻一点。");
            await liu.Press("告诉社区");
            await liu.Sees("这件事会重新办理");
            await liu.Look("reopened");
            await liu.Press("请上一级看看");
            await liu.Sees("已请街道来看");
            await liu.Look("asked-above");
            await liu.Page.Locator("#withdraw summary").ClickAsync();
            await liu.Look("withdrawing");
            await liu.Press("撤回");
            await liu.Sees("这件事已经撤回");
            await liu.Look("withdrawn");
        }
        foreach (var (who, title, what) in new[] { ("he-xiaowen", "房东不退押金", "还可以找哪里"), ("li-na", "西门为什么白天也锁着", "双方的意见") })
        {
            await using var resident = await Journey.Begin(browser, demo.Address, "resident-" + who, Screen.Phone);
            await resident.SignIn(who);
            await resident.Click(title);
            await resident.Sees(what);
            await resident.Look("end");
        }
    }

    private static async Task Fill(Journey resident, string title)
    {
        await resident.Choose("其他");
        await resident.Type("什么事", title);
        await resident.Type("详细情况", "这几天一直这样，请社区来看看。");
        await resident.Next();
        await resident.Type("具体位置", "纺织西街27号院");
        await resident.Next();
    }

    /// <summary>A member of staff accepts and answers it, on a phone of their own.</summary>
    private async Task Staff(string signIn, string code, string answer, bool again = false)
    {
        await using var staff = await Journey.Begin(browser, demo.Address, "resident-staff", Screen.Phone);
        await staff.SignIn(signIn);
        await staff.Go("/appeals/" + code);
        if (!again)
        {
            await staff.Press("受理这件诉求");
            await staff.Sees("已受理");
        }

        await staff.Type("做了什么，结果怎样", answer);
        await staff.Press("送出答复");
        await staff.Sees("答复已送出");
        await staff.Look(again ? "answered-again" : "answered");
    }
}
