using AngleSharp.Dom;
using Hele.Civic.Appeals;
using Hele.Civic.Platform.Rules;
using Hele.TestKit;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Hele.Tests.Pages.Numbers;

/// <summary>What the page of all rules says about who sets a value, and about telling people of an emergency.</summary>
public class RulePageTests
{
    private const string Notice = "柳荫街道2026年第8号通知";

    private static IElement Row(HtmlPage rules, string subject) => rules.Document.QuerySelectorAll(".rules tbody tr").Single(r => r.QuerySelector("th")!.TextContent.Trim() == subject);

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Rule_TheStreetSets_IsReadInTheCommunityAndSetInTheStreet(TestDatabase kind)
    {
        await using var host = await TestHost.Start(kind);
        var (ma, tang, visitor) = (await host.SignIn(TestPeople.Ma), await host.SignIn(TestPeople.Tang), host.Browser("en"));
        var before = Row(await HtmlPage.Get(ma, "/rules"), "诉求答复(街道)");
        Assert.Null(before.QuerySelector("a"));
        Assert.Contains("5个工作日", before.TextContent);
        Assert.Contains("可修改，由柳荫街道决定", before.TextContent);
        Assert.NotNull(Row(await HtmlPage.Get(ma, "/rules"), "诉求受理").QuerySelector("a"));
        Assert.Contains($"可由地方规定另定，由{await Name(TestInstallation.District)}决定", Row(await HtmlPage.Get(ma, "/rules"), "低保审核确认").TextContent);

        // Neither the page nor a post that was made up for it.
        await HtmlPage.Get(ma, "/rules/" + AppealRules.AnswerByStreet, 404);
        var form = (await HtmlPage.Get(ma, "/rules/" + AppealRules.Accept)).Form("main form");
        using var made = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["__RequestVerificationToken"] = form["__RequestVerificationToken"]!, ["op"] = form["op"]!, ["Input.Amount"] = "9", ["Input.From"] = "2026-10-30", ["Input.Citation"] = "会议",
        });
        using var refused = await ma.PostAsync("/rules/" + AppealRules.AnswerByStreet, made, TestContext.Current.CancellationToken);
        Assert.Equal(404, (int)refused.StatusCode);
        Assert.Empty(await host.Hele.Read(db => db.Set<LocalRule>().ToListAsync()));

        var theirs = await HtmlPage.Get(tang, "/rules");
        Assert.Null(Row(theirs, "诉求受理").QuerySelector("a"));
        Assert.Contains("可修改，由各社区决定", Row(theirs, "诉求受理").TextContent);
        var page = await HtmlPage.Get(tang, Row(theirs, "诉求答复(街道)").QuerySelector("a")!.GetAttribute("href")!);
        (await page.Form("main form").Fill("Input.Amount", "3").Fill("Input.From", "2026-10-30").Fill("Input.Citation", Notice).Submit()).ExpectRedirect();

        var after = Row(await HtmlPage.Get(ma, "/rules"), "诉求答复(街道)");
        Assert.Contains("3个工作日", after.TextContent);
        Assert.Contains(Notice, after.TextContent);
        Assert.Contains("may be changed, set by " + await Name(TestInstallation.Street, english: true), Row(await HtmlPage.Get(visitor, "/rules"), "Appeal answered (sub-district)").TextContent);

        // The same on the page of a matter that went up: the clock there is the street's.
        var (liu, zhou) = (await host.SignIn(TestPeople.Liu), await host.SignIn(TestPeople.Zhou));
        var code = await PageSteps.FileAppeal(liu, "水泵天天停");
        await PageSteps.Accept(zhou, code);
        await PageSteps.ReferUp(zhou, code, "换泵要用维修资金，社区没有这个权限。");
        Assert.Contains(Notice, (await HtmlPage.Get(liu, "/appeals/" + code)).Text("aside"));

        Task<string> Name(int place, bool english = false) => host.Hele.Read(db => db.Jurisdictions.Where(j => j.Id == place).Select(j => english ? j.NameEn : j.Name).SingleAsync());
    }

    /// <summary>Own reasons of refusal: from a later day on, a shipped one worded anew, one ended, one added; what was told stays as it was told, in the community only.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Reason_TheSecretarySets_IsGivenFromItsDay_AndWhatWasToldStays(TestDatabase kind)
    {
        await using var host = await TestHost.Start(kind);
        var (ma, zhou, liu, visitor) = (await host.SignIn(TestPeople.Ma), await host.SignIn(TestPeople.Zhou), await host.Hele.Viewer(TestPeople.Liu), host.Browser());
        var clerk = await host.Hele.Viewer(TestPeople.Zhou);
        var (before, after) = (await host.Hele.FileAppeal(liu, "换物业"), await host.Hele.FileAppeal(liu, "门口画车位"));
        Assert.True((await host.Hele.Get<RefuseAppeal>().Run(clerk, clerk.Act(AppealAccess.Refuse, Guid.NewGuid()), new(before, "owners", "要由业主一起定。"))).Accepted);

        // By links from the page everybody reads; who may not set them finds no link and no page.
        Assert.False((await HtmlPage.Get(zhou, "/rules")).Has("#refusals a"));
        await HtmlPage.Get(zhou, "/rules/reasons", 404);
        await HtmlPage.Get(ma, "/rules/reasons/none", 404);
        var rules = await HtmlPage.Get(ma, "/rules");
        var shipped = rules.Texts("#refusals tbody th");
        var edit = await HtmlPage.Get(ma, rules.Document.QuerySelectorAll("#refusals tbody a").Single(a => a.TextContent.Contains("业主共同决定")).GetAttribute("href")!);
        var wrong = await edit.Form("main form").Fill("Input.Title", "业主的事").Fill("Input.Instead", " ").Fill("Input.From", "2026-10-30").Submit();
        Assert.Equal(3, wrong.Expect(400).Problems.Count);
        Assert.Equal("业主的事", wrong.Form("main form")["Input.Title"]);
        (await wrong.Form("main form").Fill("Input.Title", "要业主大会定的事").Fill("Input.Instead", "请找业委会主任，电话贴在门口。").Fill("Input.Citation", "2026年居民会议第3号决定").Fill("Input.From", "2026-11-02").Submit()).ExpectRedirect("/rules/reasons/owners");
        var added = await (await HtmlPage.Get(ma, "/rules/reasons")).Form("main form").Fill("Input.Title", "车位由停车公司管").Fill("Input.Instead", "请打停车公司电话。").Fill("Input.Citation", "街道2026年通知").Fill("Input.From", "2026-11-02").Submit();
        var own = added.ExpectRedirect("/rules/reasons/own-*").Location!.Segments[^1];
        (await (await HtmlPage.Get(ma, "/rules/reasons/petition")).Form("#end form").Fill("End.Citation", "街道2026年通知").Fill("End.From", "2026-11-02").Submit()).ExpectRedirect();

        // Not yet: everybody reads that it will be.
        var today = await HtmlPage.Get(visitor, "/rules");
        Assert.Equal(shipped, today.Texts("#refusals tbody th"));
        Assert.Contains("要业主大会定的事：从2026年11月2日起", today.Text("#refusals .notice"));
        Assert.Contains("appeal.refusal-reason-missing", (await host.Hele.Get<RefuseAppeal>().Run(clerk, clerk.Act(AppealAccess.Refuse, Guid.NewGuid()), new(after, own, "归停车公司。"))).Problems.Select(p => p.Code));

        host.Hele.Clock.MoveTo(Civic.Kernel.China.At(new(2026, 11, 2), new(9, 0)));
        var now = await HtmlPage.Get(visitor, "/rules");
        Assert.Equal(shipped.Count, now.Texts("#refusals tbody th").Count);
        Assert.Contains("要业主大会定的事", now.Text("#refusals"));
        Assert.Contains("车位由停车公司管", now.Text("#refusals"));
        Assert.Contains("本辖区规定", now.Text("#refusals"));
        Assert.DoesNotContain("信访程序", now.Text("#refusals"));
        Assert.DoesNotContain("车位由停车公司管", (await HtmlPage.Get(host.Browser(place: TestInstallation.Other), "/rules")).VisibleText);
        Assert.True((await host.Hele.Get<RefuseAppeal>().Run(clerk, clerk.Act(AppealAccess.Refuse, Guid.NewGuid()), new(after, own, "归停车公司。"))).Accepted);
        var browser = await host.SignIn(TestPeople.Liu);
        var told = (await HtmlPage.Get(browser, "/appeals/" + after)).Text("#refusal");
        Assert.Contains("车位由停车公司管", told);
        Assert.Contains("请打停车公司电话。", told);
        Assert.Contains("要由业主共同决定的事项", (await HtmlPage.Get(browser, "/appeals/" + before)).Text("#refusal"));
        Assert.True((await host.Hele.Get<Civic.Platform.Journal.LogVerification>().Run()).IsGreen);
    }

    /// <summary>How decisions are made: the method in force with its steps and its source; the secretary adopts another one for later, and the others only read it.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Method_TheSecretaryAdopts_StandsForEverybodyWithItsStepsAndSource(TestDatabase kind)
    {
        await using var host = await TestHost.Start(kind);
        var (ma, zhou, visitor, english) = (await host.SignIn(TestPeople.Ma), await host.SignIn(TestPeople.Zhou), host.Browser(), host.Browser("en"));
        var before = await HtmlPage.Get(visitor, "/rules");
        Assert.Equal("依法协商、决定、公开", before.Text("#methods > h3"));
        Assert.Contains("已核对原文", before.Text("#methods > .hint"));
        Assert.False((await HtmlPage.Get(zhou, "/rules")).Has("#methods .links a"));
        await HtmlPage.Get(zhou, "/rules/method", 404);
        Assert.False((await HtmlPage.Get(await host.SignIn(TestPeople.Tang), "/rules")).Has("#methods"));

        var form = await HtmlPage.Get(ma, (await HtmlPage.Get(ma, "/rules")).Document.QuerySelector("#methods .links a")!.GetAttribute("href")!);
        var wrong = await form.Form("main form").Fill("Input.Method", "solicit-deliberate-disclose").Fill("Input.From", "2026-10-30").Fill("Input.Citation", "居民代表会议决定").Submit();
        Assert.Single(wrong.Expect(400).Problems);
        Assert.Equal("居民代表会议决定", wrong.Form("main form")["Input.Citation"]);
        (await wrong.Form("main form").Fill("Input.From", "2026-11-02").Submit()).ExpectRedirect("/rules*");
        Assert.Contains("一征三议两公开：从2026年11月2日起（居民代表会议决定）", (await HtmlPage.Get(visitor, "/rules")).Text("#methods .notice"));
        Assert.Equal("依法协商、决定、公开", (await HtmlPage.Get(visitor, "/rules")).Text("#methods > h3"));

        host.Hele.Clock.MoveTo(Civic.Kernel.China.At(new(2026, 11, 2), new(9, 0)));
        var now = await HtmlPage.Get(visitor, "/rules");
        Assert.Equal("一征三议两公开", now.Text("#methods > h3"));
        Assert.Contains("依据：居民代表会议决定", now.Text("#methods"));
        Assert.Contains("未核对原文", now.Text("#methods > .hint"));
        Assert.Equal("征求意见：至少7日", now.Text("#methods > .table-wrap tbody tr:first-child td:last-child"));
        Assert.DoesNotMatch(@"\p{IsCJKUnifiedIdeographs}", (await HtmlPage.Get(english, "/rules")).Text("#methods").Replace("居民代表会议决定", "", StringComparison.Ordinal));
        Assert.Equal("依法协商、决定、公开", (await HtmlPage.Get(host.Browser(place: TestInstallation.Other), "/rules")).Text("#methods > h3"));
    }

    [Theory]
    [InlineData("zh", "电话号码", "告知", "和乐的默认值；《个人信息保护法》第44条", "系统默认值", "不可修改")]
    [InlineData("en", "Telephone number", "Told", "Default of Hele; PIPL, art. 44", "a default of Hele's", "fixed")]
    public async Task Telling_OfAnEmergency_StandsWithItsSource(string language, string what, string told, string source, string status, string editable)
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite);
        var page = await HtmlPage.Get(host.Browser(language), "/rules");
        Assert.Equal([what, told, editable], new[] { "th", "td:nth-of-type(1)", "td:nth-of-type(3)" }.Select(c => page.Text("#telling tbody tr " + c)));
        Assert.Equal($"{source} {status}", page.Text("#telling tbody tr td:nth-of-type(2)"));
        Assert.True(page.Has("nav a[href='#telling']"));
        if (language == "en")
            Assert.DoesNotMatch(@"\p{IsCJKUnifiedIdeographs}", page.Text("#telling"));
    }
}
