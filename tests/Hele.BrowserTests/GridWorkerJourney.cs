using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Hele.BrowserTests;

/// <summary>The grid worker in the courtyard: what waits, taken and answered, also when a colleague is faster.</summary>
public class GridWorkerJourney(BrowserFixture browser, DemoServer demo)
{
    /// <summary>Least burden: what isn't saying something is at most three taps, counted in the page.</summary>
    [Fact]
    public async Task OnTheSpot_FromTheFirstPage_TakesAtMostThreeTapsBeyondWhatIsSaid()
    {
        await using var zhao = await Journey.Begin(browser, demo.Address, "grid-worker-spot", Screen.Phone);
        await zhao.SignIn("zhao-min");
        await zhao.Page.AddInitScriptAsync("""
            document.addEventListener("click", (e) => {
              if (e.isTrusted && !e.target.closest("label, input, select, textarea")) sessionStorage.taps = Number(sessionStorage.taps || 0) + 1;
            }, true);
            """);
        await zhao.Go("/");
        var clock = System.Diagnostics.Stopwatch.StartNew();
        await zhao.Click("当场办好了");
        await zhao.SeesTitle("当场办好了");
        clock.Stop();
        await zhao.Look("form");
        clock.Start();
        await zhao.Choose("公共设施");
        await zhao.Type("什么事", "二楼的声控灯不亮");
        await zhao.Type("怎么办好的", "灯头松了，拧紧就亮。");
        await zhao.Page.Locator("#Input_Building").SelectOptionAsync(new SelectOptionValue { Index = 3 });
        await zhao.Press("记下");
        await zhao.Sees("记好了");
        clock.Stop();
        await zhao.Look("done");
        // Measured by script: from the first page to the record, without the looks this test takes.
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10), $"{clock.Elapsed.TotalSeconds:0.0} s");
        Assert.InRange(int.Parse(await zhao.Page.EvaluateAsync<string>("sessionStorage.taps"), System.Globalization.CultureInfo.InvariantCulture), 1, 3);
    }

    [Fact]
    public async Task TodaysWork_TwoAtOnce_LosesNothingAndSaysWhoWasFaster()
    {
        const string title = "路灯一闪一闪的";
        await using var zhao = await Journey.Begin(browser, demo.Address, "grid-worker", Screen.Phone);
        await using var zhou = await Journey.Begin(browser, demo.Address, "grid-worker-colleague", Screen.Desk);
        await zhao.SignIn("zhao-min");
        await zhao.Sees("我的一天");
        await zhao.Look("today");
        await zhao.Click(title);
        await zhao.SeesTitle(title);
        await zhao.Look("matter");

        // Both have the page open; the colleague accepts first.
        await zhou.SignIn("zhou-lihua");
        await zhou.Find("/appeals", title);
        await zhou.Click(title);
        await zhou.Press("受理这件诉求");
        await zhou.Sees("已受理");
        zhao.Expects(409);
        await zhao.Press("受理这件诉求");
        await zhao.Sees("情况已经变了");
        await Expect(zhao.Page.Locator("main .notice").First).ToContainTextAsync("社区工作者");
        await zhao.Look("accepted-by-a-colleague");

        // The same with an answer: what was typed stays on the page.
        const string slow = "线路接头松了，已经联系路灯所，明天上午来换。";
        await zhao.Type("做了什么，结果怎样", slow);
        await zhou.Type("做了什么，结果怎样", "路灯所今天下午来修，修好了我再告诉您。");
        await zhou.Press("送出答复");
        await zhou.Sees("答复已送出");
        await zhou.Look("answered");
        await zhao.Press("送出答复");
        await zhao.Sees("内容留在这里");
        await Expect(zhao.Page.Locator("#kept")).ToHaveValueAsync(slow);
        await zhao.Look("answer-kept");

        // An empty answer is no answer; the matter is another one of the demo's.
        await zhao.Click("诉求办理");
        await zhao.Look("list");
        await zhao.Click("楼道里堆的纸箱子");
        zhao.Expects(400);
        await zhao.Press("送出答复");
        await Expect(zhao.Page.Locator(".problem")).ToContainTextAsync("请写答复");
        await zhao.Look("answer-refused");
        await zhao.Type("做了什么，结果怎样", "和这一家说通了，纸箱今天全部清走，楼道通了。");
        await zhao.Button("送出答复").DblClickAsync();
        await zhao.Sees("答复已送出");
        await Expect(zhao.Page.Locator("main .timeline > li", new() { HasText = "纸箱今天全部清走" })).ToHaveCountAsync(1);
        await zhao.Look("done");
    }
}
