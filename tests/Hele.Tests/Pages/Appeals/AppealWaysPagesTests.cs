using Hele.Civic.Appeals;
using Hele.Civic.Kernel;
using Hele.TestKit;
using Hele.Tests.Appeals;
using Hele.Tests.Figures;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Hele.Tests.Pages.Appeals;

/// <summary>The ways beside the straight one as people walk them on the pages, without script.</summary>
public class AppealWaysPagesTests(TestHosts hosts) : IClassFixture<TestHosts>
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Refusal_IsToldWithWhereToGo_ContestedOnce_AndUpheldBySomebodyElse(TestDatabase kind)
    {
        var host = await hosts.On(kind);
        var (liu, zhou, ma) = (await host.As(TestPeople.Liu), await host.As(TestPeople.Zhou), await host.As(TestPeople.Ma));
        var code = await PageSteps.FileAppeal(liu, "想装电梯");

        var empty = (await (await Page(zhou, code)).Form("#refuse form").Submit()).Expect(400);
        Assert.Equal(["请选择不予受理的原因。", "请向居民说明理由，用平常的话。"], empty.Problems);
        await host.Hele.Went(await (await Page(zhou, code)).Form("#refuse form").Fill("Refuse.Why", "owners").Fill("Refuse.Text", "要业主自己表决。").Submit(), code, AppealState.Refused, "appeal.refused");

        var told = await Page(liu, code);
        Assert.Contains("要由业主共同决定的事项", told.Text("#refusal"), StringComparison.Ordinal);
        Assert.Contains("您可以这样办：请向业主委员会提出", told.Text("#refusal"), StringComparison.Ordinal);
        Assert.Contains("《民法典》第278条（已核对原文）", told.Text("#refusal"), StringComparison.Ordinal);
        await host.Hele.Went(await told.Form("#refusal form").Fill("Contest.Text", "我只问怎么召集。").Submit(), code, AppealState.Contested, "appeal.contested");
        Assert.False((await Page(liu, code)).Has("#refusal form"));

        // Who refused it sees why there is no form; the first page of the others asks for a review.
        Assert.Contains("要请一位同事复核", (await Page(zhou, code)).VisibleText, StringComparison.Ordinal);
        Assert.False((await Page(zhou, code)).Has("#review"));
        Assert.Contains("想装电梯", (await HtmlPage.Get(ma, "/")).VisibleText, StringComparison.Ordinal);
        var review = (await Page(ma, code)).Form("#review form");
        await host.Hele.Went(await review.Fill("Review.Accept", "false").Fill("Review.Text", "看过了，仍要业主表决。").Submit(), code, AppealState.RefusalUpheld, "appeal.upheld");

        var end = await Page(liu, code);
        Assert.Contains("看过了，仍要业主表决。", end.Text("#refusal"), StringComparison.Ordinal);
        Assert.Contains("12345", end.Text("#onward"), StringComparison.Ordinal);
        Assert.Contains("《信访工作条例》", end.Text("#onward"), StringComparison.Ordinal);
        Assert.False(end.Has("main form"));
        Assert.Equal(["要业主自己表决。", "我只问怎么召集。", "看过了，仍要业主表决。"], end.Texts(".timeline blockquote"));
        Assert.DoesNotContain("想装电梯", (await HtmlPage.Get(host.Browser(), "/appeals/public")).Source, StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Resident_WithdrawsAndTakesUpAgain_AndAsksTheLevelAbove(TestDatabase kind)
    {
        var host = await hosts.On(kind);
        var (liu, zhao) = (await host.As(TestPeople.Liu), await host.As(TestPeople.Zhao));
        var code = await PageSteps.FileAppeal(liu, "雨水管断了");
        await host.Hele.Went(await (await Page(liu, code)).Form("#withdraw form").Fill("Withdraw.Text", "物业答应修").Submit(), code, AppealState.Withdrawn, "appeal.withdrawn");
        var withdrawn = await Page(liu, code);
        Assert.Contains("2026年11月30日前可以重新提出", withdrawn.Text("#withdrawn"), StringComparison.Ordinal);
        Assert.False((await Page(zhao, code)).Has("#withdrawn form"));
        await host.Hele.Went(await withdrawn.Form("#withdrawn form").Submit(), code, AppealState.Filed, "appeal.resumed");

        Assert.True((await Page(liu, code)).Has("#above"));
        await PageSteps.Accept(zhao, code);
        Assert.False((await Page(zhao, code)).Has("#above"));
        await host.Hele.Went(await (await Page(liu, code)).Form("#above form").Submit(), code, AppealState.ReferredUp, "appeal.referred-up");
        var above = await Page(liu, code);
        Assert.Contains("这件事现在在柳荫街道", above.VisibleText, StringComparison.Ordinal);
        Assert.Contains("居民本人请柳荫街道看看", above.Text(".timeline"), StringComparison.Ordinal);
        Assert.False(above.Has("#above"));
        var referral = await HtmlPage.Get(await host.As(TestPeople.Tang), "/referrals/" + await host.Hele.ReferralOf(code));
        Assert.Contains("居民本人请街道看看", referral.VisibleText, StringComparison.Ordinal);
        Assert.DoesNotContain("刘大勇", referral.Source, StringComparison.Ordinal);

        await host.Hele.Went(await above.Form("#withdraw form").Submit(), code, AppealState.Withdrawn, "appeal.withdrawn-from-above");
        Assert.Contains("居民已撤回", (await HtmlPage.Get(await host.As(TestPeople.Tang), "/referrals/" + await host.Hele.ReferralOf(code))).Texts(".state"));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task HandOn_FromTheGridToTheSecretaryAndBack_ShowsTheReasonAndTheSameDeadline(TestDatabase kind)
    {
        var host = await hosts.On(kind);
        var (liu, zhao, zhou) = (await host.As(TestPeople.Liu), await host.As(TestPeople.Zhao), await host.As(TestPeople.Zhou));
        var code = await PageSteps.FileAppeal(liu, "物业不肯修");
        await PageSteps.Accept(zhao, code);
        var (ma, grid) = (await host.Hele.PostCode(await host.Hele.Viewer(TestPeople.Ma)), await host.Hele.PostCode(await host.Hele.Viewer(TestPeople.Zhao)));
        var form = (await Page(zhao, code)).Form("#hand-on form");
        await host.Hele.Went(await form.Fill("HandOn.To", ma).Fill("HandOn.Text", "要和物业谈。").Submit(), code, AppealState.Accepted, "appeal.handed-back");
        Assert.False((await Page(zhao, code)).Has("#hand-on"));
        var seen = await Page(liu, code);
        Assert.Contains("社区党委书记", seen.Text(".facts"), StringComparison.Ordinal);
        Assert.Contains("2026年11月2日", seen.Text(".facts"), StringComparison.Ordinal);
        Assert.Contains("网格员，转给社区党委书记", seen.Text(".timeline"), StringComparison.Ordinal);
        await host.Hele.Went(await (await Page(zhou, code)).Form("#hand-on form").Fill("HandOn.To", grid).Fill("HandOn.Text", "谈好了，请跟着看。").Submit(), code, AppealState.Accepted, "appeal.passed-on");
        Assert.Contains("2026年11月2日", (await Page(liu, code)).Text(".facts"), StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Disagreement_ShowsBothViewsAndTheWaysOnward_InPublicOnlyTheState(TestDatabase kind)
    {
        var host = await hosts.On(kind);
        var (liu, zhao, zhou) = (await host.As(TestPeople.Liu), await host.As(TestPeople.Zhao), await host.As(TestPeople.Zhou));
        var code = await PageSteps.FileAppeal(liu, "西门白天锁着");
        await PageSteps.Accept(zhao, code);
        await PageSteps.Answer(zhao, code, "修路，九月底再开。");
        await PageSteps.Judge(liu, code, false, "不影响走人");
        await PageSteps.Answer(zhao, code, "物业派不出人。");
        await host.Hele.Went(await PageSteps.Judge(liu, code, false, "金丝雀：就是图省事"), code, AppealState.Disagreed, "appeal.judged-disagreed");

        await (await Page(zhou, code)).Form("#disagreement form").Fill("Statement.Text", "排班表贴在公告栏。").Submit();
        await (await Page(liu, code)).Form("#disagreement form").Fill("Statement.Text", "八月就该开。").Submit();
        var page = await Page(liu, code);
        Assert.Equal(["物业派不出人。", "排班表贴在公告栏。", "金丝雀：就是图省事", "八月就该开。"], page.Texts("#disagreement blockquote"));
        Assert.False(page.Has("main form"));
        foreach (var way in new[] { "街道", "12345", "信访", "人民调解" })
            Assert.Contains(way, page.Text("#onward"), StringComparison.Ordinal);
        // What the public sees of it is reviewed first; of the views only the state stands there then.
        NumberSteps.Ok(await host.Hele.Publish(await host.Hele.Viewer(TestPeople.Ma), code, "小区西门白天锁着", "修路期间先关着。"));
        var list = await HtmlPage.Get(host.Browser(), "/appeals/public");
        Assert.Contains(list.Texts("tbody tr"), r => r.Contains("小区西门白天锁着", StringComparison.Ordinal) && r.Contains("分歧公开", StringComparison.Ordinal));
        Assert.DoesNotContain("金丝雀", list.Source, StringComparison.Ordinal);
        Assert.Contains("分歧公开", (await HtmlPage.Get(zhou, "/appeals?state=Disagreed")).Texts(".state"));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task LookAgain_OnTheFirstPageWhileItsDaysLast_AnsweredByTheResidentOrTakenDown(TestDatabase kind)
    {
        await using var host = await TestHost.Start(kind);
        var (liu, zhao, zhou) = (await host.As(TestPeople.Liu), await host.As(TestPeople.Zhao), await host.As(TestPeople.Zhou));
        var codes = new List<string>();
        foreach (var title in new[] { "窨井反味", "门禁坏了", "喇叭太响" })
        {
            codes.Add(await PageSteps.FileAppeal(liu, title));
            await PageSteps.Accept(zhao, codes[^1]);
            await PageSteps.Answer(zhao, codes[^1], "办好了。");
            await PageSteps.Judge(liu, codes[^1], true);
        }
        Assert.False((await HtmlPage.Get(liu, "/")).Has(".matters .asks"));
        host.Hele.MoveTo(2026, 11, 27);
        // Four weeks are longer than any session.
        (liu, zhao, zhou) = (await Again(TestPeople.Liu), await Again(TestPeople.Zhao), await Again(TestPeople.Zhou));
        Assert.Equal(3, (await HtmlPage.Get(liu, "/")).Texts(".matters .asks .button").Count(t => t == "还好着吗？"));

        await host.Hele.Went(await (await Page(liu, codes[0])).Form("#again form").Fill("Again.StillSolved", "false").Fill("Again.Text", "又有味了").Submit(), codes[0], AppealState.Reopened, "appeal.not-solved");
        await host.Hele.Went(await (await Page(liu, codes[1])).Form("#again form").Fill("Again.StillSolved", "true").Submit(), codes[1], AppealState.Satisfied, "appeal.still-solved");
        Assert.False((await Page(liu, codes[1])).Has("#again"));
        Assert.False((await Page(zhao, codes[2])).Has("#spoken"));
        var spoken = (await Page(zhou, codes[2])).Form("#spoken form");
        await host.Hele.Went(await spoken.Fill("Spoken.Act", Appeal.SayNotSolved).Fill("Spoken.Text", "打电话来说又响了").Submit(), codes[2], AppealState.Reopened, "appeal.not-solved");
        Assert.Contains("居民本人的意思，社区工作者代录", (await Page(liu, codes[2])).Text(".timeline"), StringComparison.Ordinal);
        Assert.Equal(1, (await host.Hele.Numbers(Period.Month(2026, 11)))["appeals.open"] - 1);
        Assert.Equal(2, await host.Hele.Read(db => db.Set<AppealNote>().CountAsync(n => n.Kind == NoteKind.NotSolved)));

        async Task<HttpClient> Again(TestPerson person)
        {
            var client = host.Browser();
            await TestHost.SignIn(client, person.SignIn, TestPeople.Password);
            return client;
        }
    }

    [Fact]
    public async Task Words_SentTooLate_StayOnThePage()
    {
        var host = await hosts.On(TestDatabase.Sqlite);
        var (liu, zhou, ma) = (await host.As(TestPeople.Liu), await host.As(TestPeople.Zhou), await host.As(TestPeople.Ma));
        var code = await PageSteps.FileAppeal(liu, "两个人同时办");
        var refuse = (await Page(zhou, code)).Form("#refuse form").Fill("Refuse.Why", "owners").Fill("Refuse.Text", "写了很久的说明");
        await PageSteps.Accept(ma, code);
        var late = (await refuse.Submit()).Expect(409);
        Assert.Contains("写了很久的说明", late.Text("#kept"), StringComparison.Ordinal);
        Assert.Equal(AppealState.Accepted, (await host.Hele.Row(code)).State);
    }

    private static Task<HtmlPage> Page(HttpClient client, string code) => HtmlPage.Get(client, "/appeals/" + code);
}
