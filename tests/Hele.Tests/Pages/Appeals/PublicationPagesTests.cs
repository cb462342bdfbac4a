using System.Net;
using System.Xml.Linq;
using Hele.Civic.Appeals;
using Hele.Civic.Platform.Access;
using Hele.TestKit;
using Hele.Tests.Appeals;
using Hele.Tests.Figures;
using Hele.Tests.Grids;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Hele.Tests.Pages.Appeals;

/// <summary>What the public sees, through the pages, the map's data and the feed.</summary>
public class PublicationPagesTests
{
    /// <summary>Every text of a matter that a person could be known by carries a mark; no public answer of the server has any of them.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Marks_InEverythingPrivate_StandInNothingPublic(TestDatabase kind)
    {
        await using var host = await TestHost.Start(kind);
        var hele = host.Hele;
        var (zhou, zhao, ma) = (await hele.Viewer(TestPeople.Zhou), await hele.Viewer(TestPeople.Zhao), await hele.Viewer(TestPeople.Ma));
        var compound = await hele.Compound(ma);
        var building = await hele.Building(ma, compound, "1号楼", GridSteps.At(20, 20), entrances: 4);
        NumberSteps.Ok(await hele.Assign(ma, await hele.Grid(ma, "第一网格", GridSteps.Square(0, 0)), building));
        string[] marks = ["金丝雀", "13900001111", "9单元909", "DH-CANARY-7", "刘大勇", "王鸟", "114.3044", "36.1044"];
        var filed = await hele.Get<FileAppeal>().Run(zhou.Act(AppealAccess.TakeDown, Guid.NewGuid()), new("facilities", "标题金丝雀", "正文金丝雀13900001111", "9单元909金丝雀", "王鸟")
        {
            Channel = Channel.Order, OrderSource = OrderSource.Hotline, OrderNumber = "DH-CANARY-7", OrderReplyBy = new DateOnly(2026, 11, 9), Building = building, Position = "114.3044321 36.1044321",
        });
        NumberSteps.Ok(filed);
        var code = filed.Code!;
        NumberSteps.Ok(await hele.Accept(zhao, code));
        NumberSteps.Ok(await hele.Answer(zhao, code, "王鸟您好，答复金丝雀，打13900001111"));
        NumberSteps.Ok(await hele.Get<JudgeAppeal>().Run(ma, ma.Act(AppealAccess.EnterVerdict, Guid.NewGuid()), new(code, false, "评价金丝雀", OnPaper: true, new(2026, 10, 30))));
        NumberSteps.Ok(await hele.HandOn(zhao, code, await hele.PostCode(ma), "转交金丝雀"));
        NumberSteps.Ok(await hele.HideText(zhao, code, reason: "隐藏金丝雀"));
        var hidden = await hele.FileAppeal(await hele.Viewer(TestPeople.Liu), "纠纷金丝雀", "neighbours");
        var declined = await hele.FileAppeal(await hele.Viewer(TestPeople.Liu), "不公开的金丝雀");
        NumberSteps.Ok(await hele.Accept(zhao, declined));
        NumberSteps.Ok(await hele.KeepFromPublic(ma, declined, "原因金丝雀"));

        // Before the review there is nothing; after it only what the reviewer wrote.
        foreach (var reviewed in new[] { false, true })
        {
            if (reviewed)
                NumberSteps.Ok(await hele.Publish(ma, code, "下水管漏水", "管子换好了。", PublicPlaceLevel.Compound));
            var page = reviewed ? (await hele.Publication(code)).PublicCode : "2222-3333-4444";
            foreach (var english in new[] { false, true })
            {
                var anybody = host.Browser();
                if (english)
                    anybody.DefaultRequestHeaders.Add("Accept-Language", "en");
                foreach (var path in new[] { "/", "/appeals/public", "/appeals/public?words=漏水", "/appeals/public?words=金丝雀", "/appeals/public?kind=neighbours", "/appeals/public?kind=facilities&state=Reopened", "/appeals/public?place=柳荫路12号院",
                    "/appeals/public/map", "/appeals/public/map.json", "/appeals/public/feed/" + TestInstallation.HexiCode, "/appeals/public/" + page, "/appeals/public?code=" + code, "/map.json", "/grids", "/log" })
                {
                    var said = await Body(anybody, path);
                    foreach (var mark in path.Contains("words=金丝雀", StringComparison.Ordinal) ? marks.Skip(1) : marks)
                        Assert.False(said.Contains(mark, StringComparison.Ordinal), $"{path} says {mark}");
                    foreach (var receipt in path.Contains("code=", StringComparison.Ordinal) ? [hidden] : new[] { code, hidden, declined })
                        Assert.False(said.Contains(receipt, StringComparison.Ordinal), $"{path} has the code of a receipt");
                    var shows = reviewed && path is "/appeals/public" or "/appeals/public?words=漏水" or "/appeals/public?place=柳荫路12号院" || (reviewed && path.Contains("/feed/", StringComparison.Ordinal)) || path.EndsWith(page, StringComparison.Ordinal);
                    if (reviewed && shows)
                        Assert.Contains("下水管漏水", said, StringComparison.Ordinal);
                }
            }
        }
        var map = await Body(host.Browser(), "/appeals/public/map.json");
        Assert.Contains("柳荫路12号院：1件", map, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reviewer_PublishesOnThePage_AndAnybodyFindsIt()
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite);
        var (liu, zhao, ma, zhou) = (await host.As(TestPeople.Liu), await host.As(TestPeople.Zhao), await host.As(TestPeople.Ma), await host.As(TestPeople.Zhou));
        var code = await PageSteps.FileAppeal(liu, "三单元的灯不亮");
        await PageSteps.Accept(zhao, code);
        await PageSteps.Answer(zhao, code, "刘大勇您好，灯换好了。");
        var home = await HtmlPage.Get(ma, "/");
        Assert.Contains("审核能不能公开", home.VisibleText, StringComparison.Ordinal);
        await HtmlPage.Get(liu, $"/appeals/{code}/publication", 404);
        await HtmlPage.Get(zhao, $"/appeals/{code}/publication", 404);

        var page = await HtmlPage.Get(ma, $"/appeals/{code}/publication");
        Assert.Contains("刘大勇", page.Text(".notice"), StringComparison.Ordinal);
        Assert.Contains("三单元", page.Text(".notice"), StringComparison.Ordinal);
        var form = page.Form("#publish form");
        Assert.Equal(("三单元的灯不亮", "刘大勇您好，灯换好了。", "Community"), (form["Publish.Title"], form["Publish.Answer"], form["Publish.Place"]));
        var refused = (await form.Submit()).Expect(400);
        Assert.Contains("可能有个人信息", refused.VisibleText, StringComparison.Ordinal);
        Assert.Equal("三单元的灯不亮", refused.Form("#publish form")["Publish.Title"]);
        (await refused.Form("#publish form").Fill("Publish.Title", "楼道灯不亮").Fill("Publish.Answer", "灯换好了。").Submit()).ExpectRedirect($"/appeals/{code}/publication");
        Assert.DoesNotContain("审核能不能公开", (await HtmlPage.Get(ma, "/")).VisibleText, StringComparison.Ordinal);

        var anybody = host.Browser();
        var list = await HtmlPage.Get(anybody, "/appeals/public");
        var detail = await list.Click("楼道灯不亮");
        Assert.Contains("灯换好了。", detail.Text("blockquote"), StringComparison.Ordinal);
        Assert.Contains("记录如何防篡改", detail.VisibleText, StringComparison.Ordinal);
        Assert.Contains("已公开", (await HtmlPage.Get(liu, "/appeals/" + code)).Text(".facts"), StringComparison.Ordinal);

        // Corrected, it says so; taken down, it is as if it had never been there.
        await (await HtmlPage.Get(ma, $"/appeals/{code}/publication")).Form("#publish form").Fill("Publish.Title", "两处楼道灯不亮").Submit();
        Assert.Contains("更正过", (await HtmlPage.Get(anybody, detail.Url.AbsolutePath)).Text("#corrected"), StringComparison.Ordinal);
        await (await HtmlPage.Get(zhou, $"/appeals/{code}/publication")).Form("#keep form").Fill("Keep.Reason", "原因金丝雀").Submit();
        await HtmlPage.Get(anybody, detail.Url.AbsolutePath, 404);
        var told = (await HtmlPage.Get(liu, "/appeals/" + code)).Text(".facts");
        Assert.Contains("已撤下原因金丝雀", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Feed_IsAtom_AndUnchangedIsAnsweredWithALine()
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite);
        var (liu, ma) = (await host.Hele.Viewer(TestPeople.Liu), await host.Hele.Viewer(TestPeople.Ma));
        var code = await host.Hele.FileAppeal(liu);
        NumberSteps.Ok(await host.Hele.Accept(ma, code));
        NumberSteps.Ok(await host.Hele.Publish(ma, code, "路灯 <b>不亮</b>"));
        var anybody = host.Browser();
        var path = "/appeals/public/feed/" + TestInstallation.HexiCode;
        using var first = await anybody.GetAsync(path);
        Assert.Equal("application/atom+xml", first.Content.Headers.ContentType!.MediaType);
        XNamespace atom = "http://www.w3.org/2005/Atom";
        var feed = XDocument.Parse(await first.Content.ReadAsStringAsync()).Root!;
        var entry = Assert.Single(feed.Elements(atom + "entry"));
        Assert.Equal("路灯 <b>不亮</b>", entry.Element(atom + "title")!.Value);
        Assert.EndsWith((await host.Hele.Publication(code)).PublicCode, entry.Element(atom + "link")!.Attribute("href")!.Value, StringComparison.Ordinal);
        anybody.DefaultRequestHeaders.IfNoneMatch.Add(first.Headers.ETag!);
        Assert.Equal(HttpStatusCode.NotModified, (await anybody.GetAsync(path)).StatusCode);
        NumberSteps.Ok(await host.Hele.KeepFromPublic(ma, code));
        Assert.Equal(HttpStatusCode.OK, (await anybody.GetAsync(path)).StatusCode);
        await HtmlPage.Get(host.Browser(), "/appeals/public/feed/" + TestInstallation.StreetCode, 404);
    }

    [Fact]
    public async Task HiddenText_IsHiddenOnThePages_AndTheSupervisorReadsIt()
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite);
        var (liu, zhao, zhou, feng) = (await host.As(TestPeople.Liu), await host.As(TestPeople.Zhao), await host.As(TestPeople.Zhou), await host.As(TestPeople.Feng));
        var code = await PageSteps.FileAppeal(liu, "骂人的标题");
        await PageSteps.Accept(zhao, code);
        var form = (await HtmlPage.Get(zhao, $"/appeals/{code}/keeping")).Form("#hide form");
        var refused = (await form.Fill("Hide.What", "text").Submit()).Expect(400);
        (await refused.Form("#hide form").Fill("Hide.Reason", "侮辱邻居").Submit()).ExpectRedirect();
        foreach (var path in new[] { "/appeals/" + code, $"/appeals/{code}/receipt", $"/appeals/{code}/keeping", "/appeals", "/" })
            Assert.DoesNotContain("骂人的标题", (await HtmlPage.Get(zhou, path)).Source, StringComparison.Ordinal);
        Assert.Contains("已隐藏：侮辱邻居（网格员，2026年10月30日）", (await HtmlPage.Get(zhou, "/appeals/" + code)).VisibleText, StringComparison.Ordinal);
        foreach (var reader in new[] { liu, zhao, feng })
            Assert.Contains("骂人的标题", (await HtmlPage.Get(reader, "/appeals/" + code)).VisibleText, StringComparison.Ordinal);
        Assert.Contains("骂人的标题", (await HtmlPage.Get(feng, "/appeals/hidden")).VisibleText, StringComparison.Ordinal);
        await HtmlPage.Get(zhou, "/appeals/hidden", 404);
        await (await HtmlPage.Get(zhou, $"/appeals/{code}/keeping")).Form("#hidden form").Submit();
        Assert.Contains("骂人的标题", (await HtmlPage.Get(zhou, "/appeals/" + code)).VisibleText, StringComparison.Ordinal);
    }

    private static async Task<string> Body(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path);
        return WebUtility.HtmlDecode(System.Text.RegularExpressions.Regex.Unescape(System.Text.RegularExpressions.Regex.Replace(await answer.Content.ReadAsStringAsync(), @"\\(?!u[0-9A-Fa-f]{4})", "/")));
    }
}
