using Hele.Civic.Appeals;
using Hele.TestKit;
using Hele.Tests.Appeals;
using Hele.Tests.Figures;
using Hele.Tests.Grids;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Hele.Tests.Pages.Appeals;

/// <summary>Whoever is about to file what a neighbour has filed is asked, joins, judges and leaves, on the pages.</summary>
public class JoiningPagesTests
{
    [Fact]
    public async Task NewMatter_NearAPublicOne_IsAskedAbout_AndJoinedInsteadOfFiled()
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite);
        var (building, code) = await Near(host.Hele);
        var (chen, zhao, liu) = (await host.As(TestPeople.Chen), await host.As(TestPeople.Zhao), await host.As(TestPeople.Liu));
        var before = await host.Hele.Count();

        // Another kind, or a kind that isn't listed, is filed without a question.
        (await (await PageSteps.AppealForm(chen, kind: "neighbours")).Fill("Input.Building", building).Submit()).ExpectRedirect("/appeals/*");

        var asked = (await (await PageSteps.AppealForm(chen, "灯坏了")).Fill("Input.Building", building).Submit()).Expect(400);
        Assert.Contains("附近已经有人反映过同类的事", asked.VisibleText, StringComparison.Ordinal);
        Assert.Contains("公开的标题，我加入", asked.VisibleText, StringComparison.Ordinal);
        Assert.DoesNotContain("不公开的标题", asked.Source, StringComparison.Ordinal);
        var form = asked.Form("main form");
        Assert.Equal(("灯坏了", PageSteps.Text), (form["Input.Title"], form["Input.Text"]));
        Assert.Equal(before + 1, await host.Hele.Count());

        var published = (await host.Hele.Publication(code)).PublicCode;
        var joined = await (await form.Fill("Input.Same", published).Submit()).Follow();
        Assert.Equal(before + 1, await host.Hele.Count());
        Assert.Contains("公开的标题", joined.VisibleText, StringComparison.Ordinal);
        Assert.Contains(PageSteps.Text, joined.VisibleText, StringComparison.Ordinal);
        Assert.DoesNotContain("不公开的标题", joined.Source, StringComparison.Ordinal);
        Assert.Contains("公开的标题", (await HtmlPage.Get(chen, "/")).Text(".matters"), StringComparison.Ordinal);
        await HtmlPage.Get(liu, joined.Url.AbsolutePath, 404);
        var own = await HtmlPage.Get(liu, "/appeals/" + code);
        Assert.Contains("另有1位居民加入", own.VisibleText, StringComparison.Ordinal);
        Assert.DoesNotContain(PageSteps.Text, own.Source, StringComparison.Ordinal);
        Assert.Contains(PageSteps.Text, (await HtmlPage.Get(zhao, "/appeals/" + code)).VisibleText, StringComparison.Ordinal);

        await PageSteps.Answer(zhao, code, "换好了");
        var page = await HtmlPage.Get(chen, joined.Url.AbsolutePath);
        Assert.Contains("请写一句哪里不满意", (await page.Form("#judge form").Fill("Verdict.Satisfied", "false").Submit()).Expect(400).VisibleText, StringComparison.Ordinal);
        await page.Form("#judge form").Fill("Verdict.Satisfied", "false").Fill("Verdict.Remark", "又灭了").Submit();
        Assert.Equal(AppealState.Reopened, (await host.Hele.Row(code)).State);
        (await (await HtmlPage.Get(chen, joined.Url.AbsolutePath)).Form("#leave form").Submit()).ExpectRedirect("/");
        await HtmlPage.Get(chen, joined.Url.AbsolutePath, 404);
    }

    [Fact]
    public async Task NewMatter_SaidToBeAnother_IsFiled()
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite);
        var (building, _) = await Near(host.Hele);
        var chen = await host.As(TestPeople.Chen);
        var asked = await (await PageSteps.AppealForm(chen, "灯坏了")).Fill("Input.Building", building).Submit();
        (await asked.Form("main form").Fill("Input.Same", "another").Submit()).ExpectRedirect("/appeals/*");
    }

    [Fact]
    public async Task Counter_TakesTheJoiningDown_AndAColleagueTheVerdict()
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite);
        var (building, code) = await Near(host.Hele);
        var (zhou, zhao) = (await host.As(TestPeople.Zhou), await host.As(TestPeople.Zhao));
        var asked = (await (await HtmlPage.Get(zhou, "/appeals/intake")).Form("main form[enctype]").Fill("Input.Channel", "Counter").Fill("Input.AppellantName", "王桂兰").Fill("Input.Kind", "facilities").Fill("Input.Title", "灯坏了")
            .Fill("Input.Building", building).Fill("Input.Text", "楼上也黑").Submit()).Expect(400);
        (await asked.Form("main form[enctype]").Fill("Input.Same", (await host.Hele.Publication(code)).PublicCode).Submit()).ExpectRedirect("/appeals/public/*");
        await PageSteps.Answer(zhao, code, "换好了");
        var page = await HtmlPage.Get(zhou, "/appeals/" + code);
        Assert.Contains("楼上也黑", page.VisibleText, StringComparison.Ordinal);
        var join = (await host.Hele.Read(db => db.Set<AppealJoin>().SingleAsync())).PublicCode;
        (await page.Form("#joined-paper form").Fill("JoinedPaper.Join", join).Fill("JoinedPaper.Satisfied", "true").Submit()).ExpectRedirect($"/appeals/joined/{join}/verdict");
        Assert.False((await HtmlPage.Get(zhao, "/appeals/" + code)).Has("#joined-paper"));
    }

    [Fact]
    public async Task PublicPage_LeadsANeighbourIn_AndNobodyTwice()
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite);
        var (_, code) = await Near(host.Hele);
        var path = "/appeals/public/" + (await host.Hele.Publication(code)).PublicCode;
        var (chen, liu, zhao) = (await host.As(TestPeople.Chen), await host.As(TestPeople.Liu), await host.As(TestPeople.Zhao));
        Assert.Contains(path + "/too", (await HtmlPage.Get(chen, path)).Source, StringComparison.Ordinal);
        var page = await HtmlPage.Get(chen, path + "/too");
        Assert.DoesNotContain("不公开的标题", page.Source, StringComparison.Ordinal);
        var joined = await (await page.Form("main form").Fill("Input.Text", "我家门口也黑").Submit()).Follow();
        Assert.Contains("我家门口也黑", joined.VisibleText, StringComparison.Ordinal);
        Assert.Contains("您已经加入过这件事", (await (await HtmlPage.Get(chen, path + "/too")).Form("main form").Submit()).Expect(409).VisibleText, StringComparison.Ordinal);
        Assert.Contains("这件就是您自己反映的", (await (await HtmlPage.Get(liu, path + "/too")).Form("main form").Submit()).Expect(409).VisibleText, StringComparison.Ordinal);
        // Closed, it can be read and not joined.
        await PageSteps.Answer(zhao, code, "换好了");
        NumberSteps.Ok(await host.Hele.Judge(await host.Hele.Viewer(TestPeople.Liu), code, true));
        Assert.DoesNotContain(path + "/too", (await HtmlPage.Get(chen, path)).Source, StringComparison.Ordinal);
        Assert.False((await HtmlPage.Get(chen, path + "/too")).Has("main form[method=post]"));
    }

    [Fact]
    public async Task Merge_FromTheMattersPage_LeadsTheFilerToTheOther_AndSplitsAgain()
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite);
        var (earlier, later) = await MergingTests.Two(host.Hele);
        var (zhou, chen, liu, feng) = (await host.As(TestPeople.Zhou), await host.As(TestPeople.Chen), await host.As(TestPeople.Liu), await host.As(TestPeople.Feng));
        Assert.Contains("先来的标题", (await HtmlPage.Get(zhou, "/appeals/" + later)).Text("#same"), StringComparison.Ordinal);
        Assert.False((await HtmlPage.Get(chen, "/appeals/" + later)).Has("#same"));
        Assert.False((await HtmlPage.Get(feng, "/appeals/" + later)).Has("#same"));
        await HtmlPage.Get(chen, "/appeals/" + later + "/same", 404);

        var page = await HtmlPage.Get(zhou, "/appeals/" + later + "/same");
        Assert.Contains("请选择并入哪一件", (await page.Form("#merge form").Submit()).Expect(400).VisibleText, StringComparison.Ordinal);
        (await page.Form("#merge form").Fill("Merge.Into", earlier).Submit()).ExpectRedirect("/appeals/" + later);
        Assert.Contains("先来的标题", (await HtmlPage.Get(zhou, "/appeals/" + later)).Text("#merged-into"), StringComparison.Ordinal);

        var own = await HtmlPage.Get(chen, "/appeals/" + later);
        Assert.Contains("编号和回执不变", own.Text("#merged"), StringComparison.Ordinal);
        Assert.DoesNotContain("先来的标题", own.Source, StringComparison.Ordinal);
        var join = (await host.Hele.Read(db => db.Set<AppealJoin>().SingleAsync())).PublicCode;
        Assert.Contains("/appeals/joined/" + join, own.Source, StringComparison.Ordinal);
        var other = await HtmlPage.Get(chen, "/appeals/joined/" + join);
        Assert.Contains("公开的标题", other.VisibleText, StringComparison.Ordinal);
        Assert.DoesNotContain("先来的标题", other.Source, StringComparison.Ordinal);
        Assert.False(other.Has("#leave"));
        Assert.DoesNotContain("晚来的标题", (await HtmlPage.Get(liu, "/appeals/" + earlier)).Source, StringComparison.Ordinal);
        // Whoever handles the earlier one is led to the later, which keeps its filer's name.
        var handled = await HtmlPage.Get(zhou, "/appeals/" + earlier);
        Assert.Contains("/appeals/" + later, handled.Source, StringComparison.Ordinal);

        var split = await HtmlPage.Get(zhou, "/appeals/" + later + "/same");
        Assert.Contains("请写为什么分开", (await split.Form("#into form").Submit()).Expect(400).VisibleText, StringComparison.Ordinal);
        (await split.Form("#into form").Fill("Split.Text", "是两处").Submit()).ExpectRedirect("/appeals/" + later);
        Assert.Contains("是两处", (await HtmlPage.Get(chen, "/appeals/" + later)).VisibleText, StringComparison.Ordinal);
        await HtmlPage.Get(chen, "/appeals/joined/" + join, 404);
    }

    /// <summary>A matter of Liu's in a building, accepted by Zhao and made public by Ma as of its compound.</summary>
    private static async Task<(string Building, string Code)> Near(TestInstallation hele)
    {
        var (ma, liu, zhao) = (await hele.Viewer(TestPeople.Ma), await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Zhao));
        var building = await hele.Building(ma, await hele.Compound(ma), "1号楼", GridSteps.At(20, 20), entrances: 4);
        var filed = await hele.Get<FileAppeal>().Run(liu.Act(AppealAccess.File, Guid.NewGuid()), new("facilities", "不公开的标题", "不公开的正文", "") { Building = building });
        NumberSteps.Ok(filed);
        NumberSteps.Ok(await hele.Accept(zhao, filed.Code!));
        NumberSteps.Ok(await hele.Publish(ma, filed.Code!, "公开的标题", place: PublicPlaceLevel.Compound));
        return (building, filed.Code!);
    }
}
