using Hele.Civic.Appeals;
using Hele.Civic.Kernel;
using Hele.Civic.People.Posts;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Rules;
using Hele.Civic.Platform.Storage;
using Hele.Tests.Figures;
using Hele.Tests.Platform;
using Hele.TestKit;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Hele.Tests.Appeals;

/// <summary>The ways of an appeal beside the straight one: refused and contested, withdrawn, handed on, asked above, ended in disagreement, asked about again.</summary>
public class AppealWaysTests
{
    private static readonly Period October = Period.Month(2026, 10);

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Refuse_NeedsAReasonInForceAndWords_AndFiledStaysFiled(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, zhou) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Zhou));
        var code = await hele.FileAppeal(liu);
        Assert.Equal(["appeal.refusal-reason-missing", "appeal.refusal-text-missing"], Codes(await hele.Refuse(zhou, code, "no-such", " ")));
        Assert.Equal(["appeal.note-too-long"], Codes(await hele.Refuse(zhou, code, "owners", new string('长', AppealNote.TextLength + 1))));
        foreach (var stranger in new[] { liu, await hele.Viewer(TestPeople.Feng), await hele.Viewer(TestPeople.Ma, TestInstallation.Other) })
            Assert.Equal(["appeal.not-found"], Codes(await hele.Refuse(stranger, code)));

        Ok(await hele.Refuse(zhou, code));
        var (state, due) = await At(hele, code);
        Assert.Equal((AppealState.Refused, null), (state, due));
        Assert.Equal(["appeal.not-now"], Codes(await hele.Refuse(zhou, code)));
        Assert.Equal(["appeal.not-now"], Codes(await hele.Accept(zhou, code)));
        var numbers = await hele.Numbers(October);
        Assert.Equal((1, 1, 0, 0, 0), (numbers["appeals.filed"], numbers["appeals.refused"], numbers["appeals.open"], numbers["appeals.unanswered"], numbers["appeals.unjudged"]));
        var note = await hele.Read(db => db.Set<AppealNote>().SingleAsync());
        Assert.Equal(("owners", zhou.Posts[0].PostId, NoteKind.Refused), (note.Reason, note.PostId, note.Kind));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Contest_GoesToSomebodyElse_WhoAcceptsOrUpholdsWithWords(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, chen, zhou, ma, zhao) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Chen), await hele.Viewer(TestPeople.Zhou), await hele.Viewer(TestPeople.Ma), await hele.Viewer(TestPeople.Zhao));
        var (accepted, upheld) = (await hele.FileAppeal(liu), await hele.FileAppeal(liu, "装电梯"));
        foreach (var code in new[] { accepted, upheld })
        {
            Ok(await hele.Refuse(zhou, code));
            Assert.Equal(["appeal.contest-text-missing"], Codes(await hele.Contest(liu, code, "")));
            Assert.Equal(["appeal.not-found"], Codes(await hele.Contest(chen, code)));
            Ok(await hele.Contest(liu, code));
            Assert.Equal(["appeal.not-now"], Codes(await hele.Contest(liu, code)));
            Assert.Equal(["appeal.refuser-cant-review"], Codes(await hele.ReviewRefusal(zhou, code, true)));
        }
        // Three working days from Friday: it is open, waits for staff, and is late when nobody looks.
        Assert.Equal((AppealState.Contested, new DateOnly(2026, 11, 4)), await At(hele, accepted));
        Assert.Equal(2, (await hele.Numbers(October))["appeals.open"]);
        Assert.Equal(2, (await hele.Query<DayQueries, IReadOnlyList<DayItem>>(q => q.Of(ma))).Count(i => i.What.En == "Review the refusal"));

        Assert.Equal(["appeal.review-missing"], Codes(await hele.ReviewRefusal(ma, upheld, null)));
        Assert.Equal(["appeal.refusal-text-missing"], Codes(await hele.ReviewRefusal(ma, upheld, false, "")));
        Ok(await hele.ReviewRefusal(ma, upheld, false));
        Ok(await hele.ReviewRefusal(zhao, accepted, true, null));
        Assert.Equal((AppealState.RefusalUpheld, null), await At(hele, upheld));
        Assert.Equal((AppealState.Accepted, new DateOnly(2026, 11, 2)), await At(hele, accepted));
        Assert.Equal(zhao.Posts[0].PostId, (await Row(hele, accepted)).HandlerPostId);
        Assert.Equal(["appeal.not-now"], Codes(await hele.Contest(liu, upheld)));
        var numbers = await hele.Numbers(October);
        Assert.Equal((2, 2, 1, 1), (numbers["appeals.filed"], numbers["appeals.refused"], numbers["appeals.open"], numbers["appeals.unanswered"]));
    }

    /// <summary>Who refused it in another post is still who refused it.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Review_ByTheRefuserInASecondPost_IsRefused(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, zhou) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Zhou));
        var code = await hele.FileAppeal(liu);
        Ok(await hele.Refuse(zhou, code));
        Ok(await hele.Contest(liu, code));
        var second = zhou with { Posts = [new HeldPost(zhou.Posts[0].PostId, zhou.JurisdictionId, Role.Secretary)] };
        Assert.Equal(["appeal.refuser-cant-review"], Codes(await hele.ReviewRefusal(second, code, true)));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Withdraw_WhileNotClosed_AndTakenUpAgainWithinTheDays(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, chen, zhao) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Chen), await hele.Viewer(TestPeople.Zhao));
        var code = await hele.FileAppeal(liu);
        Ok(await hele.Accept(zhao, code));
        Ok(await hele.Answer(zhao, code));
        Assert.Equal(["appeal.not-found"], Codes(await hele.WithdrawAppeal(chen, code)));
        Ok(await hele.WithdrawAppeal(liu, code, "已经自己修好了"));
        Assert.Equal((AppealState.Withdrawn, null), await At(hele, code));
        var numbers = await hele.Numbers(October);
        Assert.Equal((1, 1, 0, 0, 1), (numbers["appeals.filed"], numbers["appeals.answered"], numbers["appeals.open"], numbers["appeals.unjudged"], numbers["appeals.withdrawn"]));
        Assert.Equal(["appeal.not-found"], Codes(await hele.Resume(chen, code)));

        // The thirtieth day is a Sunday: the last day rolls to Monday 30 November.
        Assert.Equal(new DateOnly(2026, 11, 30), (await Row(hele, code)).ResumeUntil);
        hele.MoveTo(2026, 11, 30);
        Ok(await hele.Resume(liu, code));
        var row = await Row(hele, code);
        Assert.Equal((AppealState.Filed, new DateOnly(2026, 12, 1), (Guid?)null, (DateOnly?)null), (row.State, row.DueOn!.Value, row.HandlerPostId, row.ResumeUntil));
        var november = await hele.Numbers(Period.Month(2026, 11));
        Assert.Equal((1, 1, 0), (november["appeals.open"], november["appeals.unanswered"], november["appeals.unjudged"]));
        Ok(await hele.Accept(zhao, code));
        Ok(await hele.Answer(zhao, code));
        Ok(await hele.Judge(liu, code, true));
        Assert.Equal(["appeal.not-now"], Codes(await hele.WithdrawAppeal(liu, code)));

        var late = await hele.FileAppeal(liu, "另一件");
        Ok(await hele.WithdrawAppeal(liu, late));
        hele.MoveTo(2026, 12, 31);
        Assert.Equal(["appeal.resume-too-late"], Codes(await hele.Resume(liu, late)));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Withdraw_AtTheCounter_IsMarked_AndNotByWhoHandledIt(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (zhao, zhou, feng) = (await hele.Viewer(TestPeople.Zhao), await hele.Viewer(TestPeople.Zhou), await hele.Viewer(TestPeople.Feng));
        var code = await hele.TakeDown(zhou, new(2026, 10, 30));
        Ok(await hele.Accept(zhao, code));
        Assert.Equal(["appeal.handler-cant-speak"], Codes(await hele.WithdrawAppeal(zhao, code, atCounter: true)));
        Assert.Equal(["appeal.not-found"], Codes(await hele.WithdrawAppeal(feng, code, atCounter: true)));
        Ok(await hele.WithdrawAppeal(zhou, code, "王桂兰来说，不用办了", atCounter: true));
        var note = await hele.Read(db => db.Set<AppealNote>().SingleAsync());
        Assert.Equal((NoteKind.Withdrawn, Channel.Counter, zhou.Posts[0].PostId), (note.Kind, note.Channel, note.PostId));
        Ok(await hele.Resume(zhou, code, atCounter: true));
        // Taking a resident's word down is no handling: the same colleague may enter what the resident says of the answer.
        Ok(await hele.Accept(zhao, code));
        Ok(await hele.Answer(zhao, code));
        NumberSteps.Ok(await hele.JudgeOnPaper(zhou, code, true, new(2026, 10, 30)));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task HandOn_GoesToOnePaidPost_AndTheClockRunsOn(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, zhao, zhou, ma, feng) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Zhao), await hele.Viewer(TestPeople.Zhou), await hele.Viewer(TestPeople.Ma), await hele.Viewer(TestPeople.Feng));
        var (grid, clerk, secretary, supervisor) = (await hele.PostCode(zhao), await hele.PostCode(zhou), await hele.PostCode(ma), await hele.PostCode(feng));
        var code = await hele.FileAppeal(liu);
        Ok(await hele.Accept(zhao, code));
        var due = (await Row(hele, code)).DueOn;

        Assert.Equal(["appeal.taker-missing", "appeal.hand-on-reason-missing"], Codes(await hele.HandOn(zhao, code, "", "")));
        foreach (var unfit in new[] { supervisor, grid, "2222-2222-2222" })
            Assert.Equal(["appeal.taker-missing"], Codes(await hele.HandOn(zhao, code, unfit)));
        hele.MoveTo(2026, 11, 2);
        Ok(await hele.HandOn(zhao, code, secretary));
        var row = await Row(hele, code);
        Assert.Equal((AppealState.Accepted, due, (Guid?)ma.Posts[0].PostId, AppealRules.AnswerByGrid), (row.State, row.DueOn, row.HandlerPostId, row.DueRule));
        // It is no longer the grid worker's to hand back; and who had it can't enter the resident's verdict.
        Assert.Equal(["appeal.not-in-your-hands"], Codes(await hele.HandOn(zhao, code, clerk)));
        Ok(await hele.HandOn(zhou, code, grid));
        Assert.Equal((zhao.Posts[0].PostId, due), ((await Row(hele, code)).HandlerPostId!.Value, (await Row(hele, code)).DueOn));
        Assert.Equal(["appeal.not-found"], Codes(await hele.HandOn(feng, code, clerk)));
        Assert.Equal(["appeal.filed", "appeal.accepted", "appeal.handed-back", "appeal.passed-on"], await Events(hele, code));
        Ok(await hele.Answer(zhao, code));
        foreach (var hand in new[] { zhao, zhou, ma })
            Assert.Equal(["appeal.handler-cant-judge"], Codes(await hele.JudgeOnPaper(hand, code, true, new(2026, 11, 2))));
        Assert.Equal(["appeal.not-now"], Codes(await hele.HandOn(zhou, code, secretary)));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task AskAbove_ByTheResident_FromHandlingOrAnswered_OnceWhileItLiesThere(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, chen, zhao, tang) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Chen), await hele.Viewer(TestPeople.Zhao), await hele.Viewer(TestPeople.Tang, TestInstallation.Street));
        var code = await hele.FileAppeal(liu);
        Ok(await hele.Accept(zhao, code));
        Ok(await hele.Answer(zhao, code));
        Assert.Equal(["appeal.not-found"], Codes(await hele.AskAbove(chen, code)));
        Assert.Equal(["appeal.not-found"], Codes(await hele.AskAbove(zhao, code)));
        Ok(await hele.AskAbove(liu, code));
        Assert.Equal(["appeal.not-now"], Codes(await hele.AskAbove(liu, code, "再请一次")));
        Assert.Equal(["appeal.not-now"], Codes(await hele.ReferUp(zhao, code)));
        var numbers = await hele.Numbers(October);
        Assert.Equal((1, 1, 0), (numbers["appeals.open"], numbers["appeals.unanswered"], numbers["appeals.unjudged"]));

        var referral = await hele.Read(db => db.Set<Referral>().SingleAsync(), TestInstallation.Street);
        Assert.Equal((true, null, ReferralState.Received), (referral.ByResident, referral.Reason, referral.State));
        var sent = await hele.Read(db => db.Set<AppealReferral>().SingleAsync());
        Assert.Equal((true, null, (Guid?)null, 1), (sent.ByResident, sent.Reason, sent.PostId, sent.Round));
        Ok(await hele.AnswerFromAbove(tang, referral.PublicCode));
        Assert.Equal(1, (await hele.Numbers(October))["appeals.unjudged"]);
        Ok(await hele.AskAbove(liu, code, "街道说的没有做"));
        await Sound(hele, 3);
    }

    /// <summary>The resident's button is there at any time: before anybody accepts, and while a refusal waits for a second person, who may not be there at all. What comes back has somebody who handles it.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task AskAbove_BeforeAcceptance_AndWhileARefusalIsContested_GoesUp_AndComesBackToAPost(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, zhao, zhou, tang) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Zhao), await hele.Viewer(TestPeople.Zhou), await hele.Viewer(TestPeople.Tang, TestInstallation.Street));
        var (urgent, contested) = (await hele.FileAppeal(liu, "井盖没了", "safety"), await hele.FileAppeal(liu, "换物业"));
        Ok(await hele.Refuse(zhou, contested));
        Assert.Equal(["appeal.not-now"], Codes(await hele.AskAbove(liu, contested)));
        Ok(await hele.Contest(liu, contested));
        foreach (var code in new[] { urgent, contested })
        {
            Assert.Contains(Appeal.AskAbove, (await hele.Query<AppealQueries, AppealView?>(q => q.Find(liu, code)))!.Acts);
            Assert.DoesNotContain(Appeal.AskAbove, (await hele.Query<AppealQueries, AppealView?>(q => q.Find(zhao, code)))!.Acts);
            Ok(await hele.AskAbove(liu, code));
        }
        // Nobody here had time to respond, and nobody here is to.
        Assert.Equal(0, (await hele.Numbers(October))["appeals.urgent"]);
        Assert.Equal((2, 2), ((int)(await hele.Numbers(October))["appeals.open"], (int)(await hele.Numbers(October))["appeals.unanswered"]));
        Ok(await hele.AnswerFromAbove(tang, await hele.ReferralOf(contested)));
        Ok(await hele.Judge(liu, contested, satisfied: true));
        Ok(await hele.ReturnFromAbove(tang, await hele.ReferralOf(urgent)));
        var back = await Row(hele, urgent);
        Assert.Equal((AppealState.Accepted, zhao.Posts[0].PostId), (back.State, back.HandlerPostId));
        Assert.NotNull(back.AcceptedOn);
        Assert.Contains(await hele.Query<DayQueries, IReadOnlyList<DayItem>>(q => q.Of(zhao)), i => i.Code == urgent);
        Ok(await hele.Answer(zhao, urgent));
        await Sound(hele, 4);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Withdraw_WhileItLiesAbove_ClosesBothSidesInOneAct(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, zhao, tang) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Zhao), await hele.Viewer(TestPeople.Tang, TestInstallation.Street));
        var code = await hele.FileAppeal(liu);
        Ok(await hele.Accept(zhao, code));
        Ok(await hele.ReferUp(zhao, code));
        var operation = Guid.NewGuid();
        Ok(await hele.WithdrawAppeal(liu, code, "不用了", operation: operation));
        Assert.True((await hele.WithdrawAppeal(liu, code, "不用了", operation: operation)).Replayed);
        var above = await hele.Read(db => db.Set<Referral>().SingleAsync(), TestInstallation.Street);
        Assert.Equal((ReferralState.Withdrawn, new DateOnly(2026, 10, 30)), (above.State, above.ClosedOn));
        Assert.Equal((AppealState.Withdrawn, null), await At(hele, code));
        Assert.Equal(["referral.not-now"], Codes(await hele.AnswerFromAbove(tang, above.PublicCode)));
        await Sound(hele, 2);

        // Taken up again it lies here: withdrawing it then is this community's alone.
        Ok(await hele.Resume(liu, code));
        Ok(await hele.WithdrawAppeal(liu, code, "真的不用了"));
        Assert.Equal("appeal.withdrawn", (await Events(hele, code))[^1]);
        await Sound(hele, 2);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Judge_DissatisfiedAsOftenAsTheRuleSays_EndsAsOpenDisagreementWithBothViews(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, zhao, zhou) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Zhao), await hele.Viewer(TestPeople.Zhou));
        var code = await hele.Finished(liu, zhao, satisfied: false);
        Assert.Equal(AppealState.Reopened, (await Row(hele, code)).State);
        Ok(await hele.Answer(zhao, code));
        Ok(await hele.Judge(liu, code, false, "还是老样子"));
        Assert.Equal((AppealState.Disagreed, null), await At(hele, code));
        Assert.Equal("appeal.judged-disagreed", (await Events(hele, code))[^1]);
        Assert.Equal([false, true], await hele.Read(db => db.Set<AppealVerdict>().OrderBy(v => v.Round).Select(v => v.EndsInDisagreement).ToListAsync()));
        var numbers = await hele.Numbers(October);
        Assert.Equal((2, 2, 0, 1, 0, 0), (numbers["appeals.judged"], numbers["appeals.dissatisfied"], numbers["appeals.satisfied"], numbers["appeals.disagreed"], numbers["appeals.open"], numbers["appeals.unanswered"]));

        Assert.Equal(["appeal.statement-missing"], Codes(await hele.State(liu, code, "")));
        Ok(await hele.State(liu, code, "我要的是换线，不是换灯泡"));
        Ok(await hele.State(zhou, code, "线路改造已列入明年计划", forCommunity: true));
        Assert.Equal(["appeal.stated-already"], Codes(await hele.State(liu, code, "再说一次")));
        Assert.Equal(["appeal.stated-already"], Codes(await hele.State(zhao, code, "再说一次", forCommunity: true)));
        Assert.Equal(["appeal.not-found"], Codes(await hele.State(liu, code, "替社区说", forCommunity: true)));
        foreach (var outcome in new[] { await hele.Answer(zhao, code), await hele.AskAbove(liu, code), await hele.WithdrawAppeal(liu, code), await hele.Judge(liu, code, true) })
            Assert.Equal(["appeal.not-now"], Codes(outcome));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Judge_WithTheCommunitysOwnNumberOfRounds_FollowsIt(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, zhao, ma) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Zhao), await hele.Viewer(TestPeople.Ma));
        Ok(await hele.Get<SetLocalRule>().Run(ma.Act(SetLocalRule.Permission, Guid.NewGuid()), new(AppealRules.Rounds, 1, new(2026, 10, 30), "居民代表会议决定")));
        var code = await hele.Finished(liu, zhao, satisfied: false);
        Assert.Equal(AppealState.Disagreed, (await Row(hele, code)).State);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task LookAgain_FourWeeksLater_NoReopensWithItsClock_SilenceIsNothing(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, chen, zhao) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Chen), await hele.Viewer(TestPeople.Zhao));
        var (undone, holds, silent) = (await hele.Finished(liu, zhao, true), await hele.Finished(liu, zhao, true), await hele.Finished(liu, zhao, true));
        Assert.Equal(["appeal.not-asked-now"], Codes(await hele.LookAgain(liu, undone, false)));
        // 28 days from Friday 30 October is Friday 27 November; fourteen more end on 11 December.
        var row = await Row(hele, undone);
        Assert.Equal((new DateOnly(2026, 11, 27), new DateOnly(2026, 12, 11)), (row.AskAgainOn!.Value, row.AskAgainUntil!.Value));
        hele.MoveTo(2026, 11, 27);
        Assert.Equal(3, (await Own(hele, liu)).Count(l => l.AsksAgain(new(2026, 11, 27))));
        Assert.Equal(["appeal.not-found"], Codes(await hele.LookAgain(chen, undone, false)));
        Assert.Equal(["appeal.still-solved-missing"], Codes(await hele.LookAgain(liu, undone, null)));
        Assert.Equal(["appeal.remark-missing"], Codes(await hele.LookAgain(liu, undone, false, "")));
        Ok(await hele.LookAgain(liu, undone, false));
        Ok(await hele.LookAgain(liu, holds, true));
        Assert.Equal((AppealState.Reopened, new DateOnly(2026, 11, 30)), await At(hele, undone));
        Assert.Equal((AppealState.Satisfied, null), await At(hele, holds));
        Assert.Equal(["appeal.not-asked-now"], Codes(await hele.LookAgain(liu, holds, true)));

        hele.MoveTo(2026, 12, 12);
        Assert.DoesNotContain(await Own(hele, liu), l => l.AsksAgain(new(2026, 12, 12)));
        Assert.Equal(["appeal.not-asked-now"], Codes(await hele.LookAgain(liu, silent, false)));
        // Satisfied it stays by the resident's own earlier word; nothing is counted from silence.
        var (november, october) = (await hele.Numbers(Period.Month(2026, 11)), await hele.Numbers(October));
        Assert.Equal((3, 3, 0), (october["appeals.judged"], october["appeals.satisfied"], october["appeals.open"]));
        Assert.Equal((0, 1, 1, 1), (november["appeals.judged"], november["appeals.not-lasting"], november["appeals.open"], november["appeals.unanswered"]));

        Ok(await hele.Answer(zhao, undone));
        Ok(await hele.Judge(liu, undone, true));
        Assert.Equal(0, (await hele.Numbers(Period.Month(2026, 12)))["appeals.open"]);
    }

    /// <summary>A closed matter doesn't hang on its post; what comes back is somebody's all the same.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task LookAgain_AfterTheHandlersPostEnded_GoesToTheSecretary(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, zhao, ma, he) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Zhao), await hele.Viewer(TestPeople.Ma), await hele.Viewer(TestPeople.He));
        var code = await hele.Finished(liu, zhao, true);
        NumberSteps.Ok(await hele.Get<EndPost>().Run(he, he.Act(PostAccess.End, Guid.NewGuid()), new(await hele.PostCode(zhao), "调离", null)));
        hele.MoveTo(2026, 11, 27);
        Ok(await hele.LookAgain(liu, code, false));
        var row = await Row(hele, code);
        Assert.Equal((AppealState.Reopened, (Guid?)ma.Posts[0].PostId, AppealRules.AnswerByCommunity), (row.State, row.HandlerPostId, row.DueRule));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task EachWay_AtTheCounter_IsTheResidentsOwnAct(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (zhao, zhou, ma) = (await hele.Viewer(TestPeople.Zhao), await hele.Viewer(TestPeople.Zhou), await hele.Viewer(TestPeople.Ma));
        var refused = await hele.TakeDown(zhou, new(2026, 10, 30));
        Ok(await hele.Refuse(zhao, refused));
        Assert.Equal(["appeal.handler-cant-speak"], Codes(await hele.Contest(zhao, refused, atCounter: true)));
        Ok(await hele.Contest(zhou, refused, atCounter: true));

        hele.MoveTo(2026, 10, 30, 10);
        var asked = await hele.TakeDown(ma, new(2026, 10, 30));
        Ok(await hele.Accept(zhao, asked));
        Ok(await hele.AskAbove(zhou, asked, "老人想请街道看看", atCounter: true));
        var sent = await hele.Read(db => db.Set<AppealReferral>().SingleAsync());
        Assert.Equal((true, zhou.Posts[0].PostId), (sent.ByResident, sent.PostId));

        hele.MoveTo(2026, 10, 30, 11);
        var judged = await hele.TakeDown(zhou, new(2026, 10, 30));
        Ok(await hele.Accept(zhao, judged));
        Ok(await hele.Answer(zhao, judged));
        NumberSteps.Ok(await hele.JudgeOnPaper(zhou, judged, true, new(2026, 10, 30)));
        hele.MoveTo(2026, 11, 27);
        // Nobody sees a question on a page: the staff are to ask, until it is answered.
        Assert.Contains(await hele.Query<DayQueries, IReadOnlyList<DayItem>>(q => q.Of(ma)), l => l.Code == judged && l.Record == typeof(Appeal));
        Ok(await hele.LookAgain(zhou, judged, true, atCounter: true));
        Assert.DoesNotContain(await hele.Query<DayQueries, IReadOnlyList<DayItem>>(q => q.Of(ma)), l => l.Code == judged && l.Record == typeof(Appeal));
        Assert.Equal([NoteKind.Contested, NoteKind.StillSolved], await hele.Read(db => db.Set<AppealNote>().Where(n => n.Channel == Channel.Counter && n.PostId == zhou.Posts[0].PostId).OrderBy(n => n.LoggedAt).Select(n => n.Kind).ToListAsync()));
    }

    [Fact]
    public void RefusalReasons_EachHasWhereToGo_AndSaysHowItIsKnown()
    {
        Assert.True(RefusalReasons.All.Count >= 5);
        Assert.All(RefusalReasons.All, r =>
        {
            Assert.True(r.Code.Length <= AppealNote.ReasonLength);
            Assert.All(new[] { r.Title, r.Instead, r.Source }, text => Assert.True(text.Zh.Length > 0 && text.En.Length > 0 && text.En.All(c => c < 0x2E80)));
        });
        Assert.Null(RefusalReasons.On("owners", new(2024, 12, 31), ""));
        Assert.Equal(["street", "hotline", "petition", "mediation"], WaysOnward.All.Select(w => w.Code));
    }

    private static async Task Sound(TestInstallation hele, long crossings)
    {
        var report = await hele.Verify();
        Assert.True(report.Findings.Count == 0, report.Text());
        Assert.Equal(crossings, report.Crossings);
    }

    private static Task<IReadOnlyList<AppealLine>> Own(TestInstallation hele, Viewer viewer) => hele.Query<AppealQueries, IReadOnlyList<AppealLine>>(q => q.Own(viewer));

    private static Task<Appeal> Row(TestInstallation hele, string code) => hele.Read(db => db.Set<Appeal>().SingleAsync(a => a.PublicCode == code));

    private static async Task<(AppealState State, DateOnly? Due)> At(TestInstallation hele, string code) => await Row(hele, code) is var row ? (row.State, row.DueOn) : default;

    private static Task<List<string>> Events(TestInstallation hele, string code) => Pages.PageSteps.Events(hele, code);

    private static IEnumerable<string> Codes(Outcome outcome) => outcome.Problems.Select(p => p.Code);

    private static void Ok(Outcome outcome) => NumberSteps.Ok(outcome);
}
