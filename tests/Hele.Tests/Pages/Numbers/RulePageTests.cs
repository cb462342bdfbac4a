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
