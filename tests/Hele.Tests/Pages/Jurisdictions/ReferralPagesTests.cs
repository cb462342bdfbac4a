using Hele.Civic.Appeals;
using Hele.TestKit;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Hele.Tests.Pages.Jurisdictions;

/// <summary>A matter goes up and comes down through the pages, without script.</summary>
public class ReferralPagesTests(TestHosts hosts) : IClassFixture<TestHosts>
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Matter_ReferredUpAndAnswered_IsSeenByTheResidentAndJudged(TestDatabase kind)
    {
        var host = await hosts.On(kind);
        var (liu, zhou, tang) = (await host.As(TestPeople.Liu), await host.As(TestPeople.Zhou), await host.As(TestPeople.Tang, TestInstallation.Street));
        var code = await PageSteps.FileAppeal(liu, "水泵天天停");
        Assert.False((await HtmlPage.Get(zhou, "/appeals/" + code)).Has("#refer"));
        await PageSteps.Accept(zhou, code);
        Assert.False((await HtmlPage.Get(liu, "/appeals/" + code)).Has("#refer"));

        var empty = (await PageSteps.ReferUp(zhou, code, "")).Expect(400);
        Assert.Equal("请写为什么要请街道办，社区已经做了什么。", Assert.Single(empty.Problems));
        await host.Hele.Went(await PageSteps.ReferUp(zhou, code, "换泵要用维修资金，社区没有这个权限。"), code, AppealState.ReferredUp, "appeal.referred-up");

        var seen = await HtmlPage.Get(liu, "/appeals/" + code);
        Assert.Contains("这件事现在在柳荫街道", seen.VisibleText);
        Assert.Contains("上报柳荫街道：换泵要用维修资金，社区没有这个权限。", seen.VisibleText);
        Assert.Contains("街道答复期限", seen.VisibleText);

        Assert.Contains("件等答复。", (await HtmlPage.Get(tang, "/")).VisibleText);
        var referral = await host.Hele.ReferralOf(code);
        var above = await (await HtmlPage.Get(tang, "/referrals")).Click("水泵天天停");
        Assert.Contains("河西社区", above.VisibleText);
        Assert.Contains(PageSteps.Text, above.VisibleText);
        Assert.DoesNotContain("刘大勇", above.Source);
        var text = await PageSteps.AnswerFromAbove(tang, referral, "");
        Assert.Equal("请写答复：做了什么，结果怎样。居民会看到全文。", Assert.Single(text.Expect(400).Problems));
        (await PageSteps.AnswerFromAbove(tang, referral, "街道盖了章，新泵装好。")).ExpectRedirect("/referrals/" + referral);

        var answered = await HtmlPage.Get(liu, "/appeals/" + code);
        Assert.Contains("答复单位：柳荫街道", answered.Text("#judge"));
        await host.Hele.Went(await PageSteps.Judge(liu, code, satisfied: false, "又停了"), code, AppealState.Reopened, "appeal.judged-dissatisfied");
        // Dissatisfaction opens it in the community; above it stays answered, and nothing about the verdict is told there.
        var after = await HtmlPage.Get(tang, "/referrals/" + referral);
        Assert.Contains("已答复社区", after.VisibleText);
        Assert.DoesNotContain("又停了", after.Source);
        Assert.True((await HtmlPage.Get(zhou, "/appeals/" + code)).Has("#refer"));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Return_WithItsReason_IsSeenByTheCommunity_AndALateAnswerKeepsWhatWasTyped(TestDatabase kind)
    {
        var host = await hosts.On(kind);
        var (liu, zhou, tang) = (await host.As(TestPeople.Liu), await host.As(TestPeople.Zhou), await host.As(TestPeople.Tang, TestInstallation.Street));
        var code = await PageSteps.FileAppeal(liu, "围墙裂了");
        await PageSteps.Accept(zhou, code);
        await PageSteps.ReferUp(zhou, code, "墙不是社区的。");
        var referral = await host.Hele.ReferralOf(code);
        var late = (await HtmlPage.Get(tang, "/referrals/" + referral)).Form("#answer form").Fill("Answer.Text", "正在查权属。");

        Assert.Equal(2, (await PageSteps.ReturnFromAbove(tang, referral, "", "")).Expect(400).Problems.Count);
        (await PageSteps.ReturnFromAbove(tang, referral, "NotThisLevel", "请找铁路房产段。")).ExpectRedirect("/referrals/" + referral);

        Assert.Equal(AppealState.Accepted, (await host.Hele.Row(code)).State);
        Assert.Contains("不属于本级：请找铁路房产段。", (await HtmlPage.Get(zhou, "/appeals/" + code)).VisibleText);
        var refused = (await late.Submit()).Expect(409);
        Assert.Contains("正在查权属。", refused.Source);
        Assert.Contains("情况已经变了", refused.VisibleText);
    }

    /// <summary>The same form twice goes up once; fields that are not asked for (a target, an owner, a state) change nothing.</summary>
    [Fact]
    public async Task Refer_SentTwiceWithExtraFields_GoesUpOnce()
    {
        var host = await hosts.On(TestDatabase.Sqlite);
        var (liu, zhou) = (await host.As(TestPeople.Liu), await host.As(TestPeople.Zhou));
        var code = await PageSteps.FileAppeal(liu, "两次上报");
        await PageSteps.Accept(zhou, code);
        var form = (await HtmlPage.Get(zhou, "/appeals/" + code)).Form("#refer form").Fill("Refer.Reason", "请街道办。").Force("Refer.Other", "2").Force("JurisdictionId", "2").Force("State", "Satisfied");
        (await form.Submit()).ExpectRedirect();
        (await form.Submit()).ExpectRedirect();
        Assert.Equal(1, await host.Hele.Read(db => db.Set<Referral>().CountAsync(r => r.OriginCode == code), TestInstallation.Street));
        Assert.Equal(AppealState.ReferredUp, (await host.Hele.Row(code)).State);
    }

    [Fact]
    public async Task Communities_ForOfficersOnly_SaysWhyNothingOpens_AndHasNoSortLinks()
    {
        var host = await hosts.On(TestDatabase.Sqlite);
        foreach (var stranger in new[] { await host.As(TestPeople.Liu), await host.As(TestPeople.Ma), await host.As(TestPeople.Feng) })
            foreach (var path in new[] { "/communities", "/communities/appeals.filed", "/referrals" })
                await HtmlPage.Get(stranger, path, 404);
        var lu = await host.As(TestPeople.Lu, TestInstallation.District);
        await HtmlPage.Get(lu, "/referrals", 404);
        foreach (var officer in new[] { await host.As(TestPeople.Tang, TestInstallation.Street), lu })
        {
            var page = await HtmlPage.Get(officer, "/communities");
            Assert.Equal(["河西社区 999101001001", "柳荫社区 999101001002", "合计"], page.Texts("main tbody th"));
            Assert.Contains("数字背后的记录只有社区自己能看", page.VisibleText);
            Assert.Empty(page.Document.QuerySelectorAll("main table a"));
            Assert.DoesNotContain("sort=", page.Source);
            Assert.Contains("居民在统计期内提出的诉求", (await HtmlPage.Get(officer, "/communities/appeals.filed")).VisibleText);
            foreach (var missing in new[] { "/communities/appeals.open", "/communities?period=2026-10", "/communities?period=2026-Q4", "/communities?period=x", "/figures/appeals.filed", "/dashboard", "/appeals", "/appeals/new" })
                await HtmlPage.Get(officer, missing, 404);
        }
    }
}
