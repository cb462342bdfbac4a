using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Hele.BrowserTests;

/// <summary>The secretary: every number opens its records, and the report is made of such numbers.</summary>
public partial class SecretaryJourney(BrowserFixture browser, DemoServer demo)
{
    private const int LeafedThrough = 500;

    [Fact]
    public async Task Dashboard_ANumberPressed_OpensItsRecordsAndAMatter()
    {
        await using var secretary = await Journey.Begin(browser, demo.Address, "secretary", Screen.Desk);
        await secretary.SignIn("ma-jianjun");
        await secretary.Look("home");
        await secretary.Click("数字");
        await secretary.SeesTitle("数字");
        await secretary.Look("dashboard");
        await secretary.Click("上月");
        await Expect(secretary.Page.Locator("main h1").Locator("xpath=..")).ToContainTextAsync("2026年9月");
        await secretary.Look("dashboard-month");
        var figure = secretary.Page.Locator("main .figures a").First;
        var value = int.Parse(Number().Match(await figure.InnerTextAsync()).Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
        await figure.ClickAsync();
        await Expect(secretary.Page.Locator("#records tbody tr")).ToHaveCountAsync(value);
        await secretary.Look("figure");
        await secretary.Page.Locator("#records tbody a").First.ClickAsync();
        await secretary.Sees("办理经过");
        await secretary.Look("matter");
    }

    [Fact]
    public async Task Report_EveryNumberInIt_OpensAListWithThatManyRecords()
    {
        await using var secretary = await Journey.Begin(browser, demo.Address, "secretary-report", Screen.Desk);
        await secretary.SignIn("ma-jianjun");
        await secretary.Click("工作报告");
        await secretary.SeesTitle("工作报告");
        await secretary.Look("this-year");
        await secretary.Page.Locator("#period").SelectOptionAsync(new SelectOptionValue { Label = "2026年第一季度" });
        await secretary.Press("查看");
        await Expect(secretary.Page.Locator(".report")).ToBeVisibleAsync();
        await secretary.Look("quarter");
        await secretary.PrintLook("quarter-on-paper");
        var report = secretary.Page.Url;
        var links = await secretary.Page.Locator(".basis tbody td a").EvaluateAllAsync<string[][]>("all => all.map(a => [a.textContent.trim(), a.getAttribute('href')])");
        Assert.NotEmpty(links);
        var inText = await secretary.Page.Locator(".report a[href^='/figures/']").EvaluateAllAsync<string[]>("all => all.map(a => a.getAttribute('href'))");
        Assert.NotEmpty(inText);
        Assert.All(inText, href => Assert.Contains(links, l => l[1] == href));
        foreach (var (text, href) in links.Select(l => (l[0], l[1])).DistinctBy(l => l.Item2))
        {
            await secretary.Go(href);
            // A sum is told in its measure: its records' amounts give it.
            if (text.Contains('.', StringComparison.Ordinal))
            {
                var amounts = (await Records(href)).Skip(1).Select(line => decimal.Parse(line.Split(',')[3], CultureInfo.InvariantCulture)).ToList();
                var told = Number().Match(text).Value;
                Assert.Equal(told, amounts.Sum().ToString("F" + (told.Length - told.IndexOf('.', StringComparison.Ordinal) - 1).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));
                continue;
            }
            // Leafing through thousands of households shows nothing more than the file of the same list.
            var number = int.Parse(Number().Match(text).Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
            if (number > LeafedThrough)
            {
                await Expect(secretary.Page.Locator("#records tbody tr").First).ToBeVisibleAsync();
                Assert.Equal(number, (await Records(href)).Length - 1);
                continue;
            }
            var records = 0;
            while (true)
            {
                records += await secretary.Page.Locator("#records tbody tr:not(:has(.empty))").CountAsync();
                var next = secretary.Page.Locator("#records a[rel=next]");
                if (await next.CountAsync() == 0)
                    break;
                await next.ClickAsync();
            }

            Assert.Equal(number, records);
        }

        await secretary.Go(new Uri(report).PathAndQuery);

        async Task<string[]> Records(string figure) => (await (await secretary.Page.APIRequest.GetAsync(new Uri(demo.Address, figure.Replace("?", "/records.csv?", StringComparison.Ordinal)).ToString())).TextAsync())
            .Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
    }

    [Fact]
    public async Task LocalLimit_SetForLater_StandsInTheRulesWithItsSource()
    {
        await using var secretary = await Journey.Begin(browser, demo.Address, "secretary-rule", Screen.Desk);
        await secretary.SignIn("ma-jianjun");
        await secretary.Click("规则与期限");
        await secretary.SeesTitle("规则与期限");
        await secretary.Look("rules");
        await secretary.Click("诉求联合办理");
        await secretary.Look("set");
        secretary.Expects(400);
        await secretary.Type("新的期限", "10");
        await secretary.Page.Locator("#Input_From").FillAsync("2026-12-01");
        await secretary.Press("设定");
        await Expect(secretary.Page.Locator(".summary")).ToContainTextAsync("请写明依据");
        await Expect(secretary.Field("新的期限")).ToHaveValueAsync("10");
        await secretary.Type("依据", "居民代表会议2026年10月30日决定");
        await secretary.Press("设定");
        await secretary.Sees("已设定");
        await secretary.Look("set-done");
        await secretary.Click("规则与期限");
        await secretary.Sees("将要改变的期限");
        await Expect(secretary.Page.Locator("main .notice", new() { HasText = "将要改变的期限" })).ToContainTextAsync("居民代表会议2026年10月30日决定");
        await secretary.Look("rules-coming");
    }

    [Fact]
    public async Task Period_Closed_StandsFastAndSaysSo()
    {
        await using var secretary = await Journey.Begin(browser, demo.Address, "secretary-close", Screen.Desk);
        await secretary.SignIn("ma-jianjun");
        await secretary.Click("数字");
        await secretary.Click("统计期结账");
        await secretary.SeesTitle("统计期结账");
        await secretary.Look("periods");
        await secretary.Page.Locator("#Input_Period").SelectOptionAsync("2026-07");
        await secretary.Press("结账");
        await Expect(secretary.Page.Locator("main tbody", new() { HasText = "2026年7月" })).ToContainTextAsync("社区党委书记");
        await secretary.Look("closed");
        await secretary.Click("2026年7月");
        await secretary.Sees("报告按结账时的数字");
        await secretary.Look("report-closed");
    }

    [Fact]
    public async Task Numbers_OnThePhone_FitTheHand()
    {
        await using var secretary = await Journey.Begin(browser, demo.Address, "secretary-phone", Screen.Phone);
        await secretary.SignIn("ma-jianjun");
        foreach (var (path, what) in new[] { ("/dashboard", "dashboard"), ("/figures/appeals.filed", "figure"), ("/report", "report"), ("/rules", "rules"), ("/periods", "periods"), ("/log", "log") })
        {
            await secretary.Go(path);
            await secretary.Look(what);
        }

        await secretary.Page.GetByRole(AriaRole.Button, new() { Name = "大字", Exact = true }).ClickAsync();
        await Expect(secretary.Page.Locator("html.elder")).ToHaveCountAsync(1);
        foreach (var (path, what) in new[] { ("/", "home-elder"), ("/dashboard", "dashboard-elder"), ("/appeals", "list-elder"), ("/report", "report-elder") })
        {
            await secretary.Go(path);
            await secretary.Look(what);
        }
    }

    [GeneratedRegex(@"[\d,]+(\.\d+)?")]
    private static partial Regex Number();
}
