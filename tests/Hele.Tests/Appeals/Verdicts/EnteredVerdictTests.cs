using Hele.Civic.Appeals;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Notices;
using Hele.Civic.Platform.Storage;
using Hele.TestKit;
using Hele.Tests.Figures;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Hele.Tests.Appeals.Verdicts;

/// <summary>Verdicts that somebody enters for a resident, and what happens when they aren't the resident's word.</summary>
public class EnteredVerdictTests
{
    private static readonly Period October = Period.Month(2026, 10);

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ByPhone_ByWhoeverHandledIt_IsRefused_ByAColleagueIsMarkedAndCanBeContestedForAFortnight(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (zhao, zhou, ma) = (await hele.Viewer(TestPeople.Zhao), await hele.Viewer(TestPeople.Zhou), await hele.Viewer(TestPeople.Ma));
        var code = await Answered(hele, zhao);
        Assert.Equal(["appeal.handler-cant-judge"], Codes(await hele.Telephoned(zhao, code, true)));
        Ok(await hele.Telephoned(zhou, code, true));
        var verdict = await hele.Read(db => db.Set<AppealVerdict>().SingleAsync());
        Assert.Equal((Channel.Phone, zhou.Posts[0].PostId, new DateOnly(2026, 11, 13)), (verdict.Channel, verdict.EnteredByPostId, verdict.ContestUntil));
        Assert.Equal(14, verdict.PaperCode!.Length);

        // What the resident says themselves needs no paper.
        var own = await hele.Finished(await hele.Viewer(TestPeople.Liu), zhao, satisfied: true);
        Assert.Null(await hele.Read(db => db.Set<AppealVerdict>().Where(v => db.Set<Appeal>().Any(a => a.Id == v.AppealId && a.PublicCode == own)).Select(v => v.PaperCode).SingleAsync()));

        hele.MoveTo(2026, 11, 14);
        Assert.Equal(["appeal.contest-too-late"], Codes(await hele.ContestByPaper(verdict.PaperCode)));
        Assert.Equal(["appeal.contest-too-late"], Codes(await hele.ContestVerdict(ma, code, atCounter: true)));
        Assert.Equal(AppealState.Satisfied, (await hele.State(code)));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Satisfied_ContestedWithThePaper_IsStruckNotDeleted_AndTheResidentJudgesAgain(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (zhao, zhou, feng) = (await hele.Viewer(TestPeople.Zhao), await hele.Viewer(TestPeople.Zhou), await hele.Viewer(TestPeople.Feng));
        var code = await Answered(hele, zhao);
        Ok(await hele.Telephoned(zhou, code, true, "好了，谢谢"));
        var before = await hele.Numbers(October);
        Assert.Equal((1, 1, 0, 0, 0), (before["appeals.judged"], before["appeals.satisfied"], before["appeals.open"], before["appeals.unjudged"], before["appeals.struck"]));

        Assert.Equal(["appeal.not-found"], Codes(await hele.ContestByPaper("2222-3333-4444")));
        var paper = (await hele.Read(db => db.Set<AppealVerdict>().SingleAsync())).PaperCode!;
        Ok(await hele.ContestByPaper(paper, "没有人给我打过电话，还在漏"));
        Assert.Equal(["appeal.nothing-to-contest"], Codes(await hele.ContestByPaper(paper)));

        var struck = await hele.Read(db => db.Set<AppealVerdict>().SingleAsync());
        Assert.Equal((true, "好了，谢谢", new DateOnly(2026, 10, 30)), (struck.Satisfied, struck.Remark, struck.ContestedOn));
        var row = await hele.Read(db => db.Set<Appeal>().SingleAsync());
        Assert.Equal((AppealState.Answered, null, null), (row.State, row.AskAgainOn, row.DueOn));
        var after = await hele.Numbers(October);
        Assert.Equal((0, 0, 1, 1, 1), (after["appeals.judged"], after["appeals.satisfied"], after["appeals.open"], after["appeals.unjudged"], after["appeals.struck"]));
        Assert.Equal(["appeal.taken-down", "appeal.accepted", "appeal.answered", "appeal.judged-satisfied", "appeal.verdict-contested"], await hele.Events(code));

        // Their own word, in the same round, counts.
        Ok(await hele.Telephoned(zhou, code, false, "还在漏"));
        var again = await hele.Numbers(October);
        Assert.Equal((1, 0, 1, 1), (again["appeals.judged"], again["appeals.satisfied"], again["appeals.dissatisfied"], again["appeals.open"]));
        Assert.Equal(AppealState.Reopened, await hele.State(code));
        Assert.True((await hele.Get<LogVerification>().Run()).IsGreen);
        Assert.Empty(await hele.Read(db => db.Set<Notice>().Where(n => n.Kind == AppealEvents.VerdictStruck.Code && n.PersonId != feng.PersonId).ToListAsync()));
        Assert.Single(await hele.Read(db => db.Set<Notice>().Where(n => n.Kind == AppealEvents.VerdictStruck.Code && n.PersonId == feng.PersonId).ToListAsync()));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task AtTheCounter_NeitherWhoHandledItNorWhoEnteredIt_TakesTheContestDown(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, zhao, zhou, ma, chen) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Zhao), await hele.Viewer(TestPeople.Zhou), await hele.Viewer(TestPeople.Ma), await hele.Viewer(TestPeople.Chen));
        var code = await hele.FileAppeal(liu);
        Ok(await hele.Accept(zhao, code));
        Ok(await hele.Answer(zhao, code));
        Ok(await hele.Telephoned(zhou, code, false, "没听清"));
        Assert.Equal(["appeal.handler-cant-speak"], Codes(await hele.ContestVerdict(zhao, code, atCounter: true)));
        Assert.Equal(["appeal.enterer-cant-contest"], Codes(await hele.ContestVerdict(zhou, code, atCounter: true)));
        Assert.Equal(["appeal.not-found"], Codes(await hele.ContestVerdict(chen, code)));
        Ok(await hele.ContestVerdict(ma, code, "我说的是满意", atCounter: true));
        var note = await hele.Read(db => db.Set<AppealNote>().SingleAsync(n => n.Kind == NoteKind.VerdictContested));
        Assert.Equal((Channel.Counter, ma.Posts[0].PostId, "我说的是满意"), (note.Channel, note.PostId, note.Text));
        // Dissatisfied had opened it again; now no clock runs, and the struck verdict is none of the rounds that end in disagreement.
        var row = await hele.Read(db => db.Set<Appeal>().SingleAsync());
        Assert.Equal((AppealState.Answered, null), (row.State, row.DueOn));
        Ok(await hele.Judge(liu, code, satisfied: false));
        Assert.Equal(AppealState.Reopened, await hele.State(code));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Contested_AfterTheMatterWentOn_IsStruckAndTheMatterStaysWhereItIs(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, zhao, zhou) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Zhao), await hele.Viewer(TestPeople.Zhou));
        var code = await hele.FileAppeal(liu);
        Ok(await hele.Accept(zhao, code));
        Ok(await hele.Answer(zhao, code));
        Ok(await hele.Telephoned(zhou, code, false, "没听清"));
        Ok(await hele.Answer(zhao, code));
        Ok(await hele.Judge(liu, code, satisfied: true));
        Ok(await hele.ContestVerdict(liu, code));
        Assert.Equal((AppealState.Satisfied, "appeal.old-verdict-contested"), (await hele.State(code), (await hele.Events(code))[^1]));
        var numbers = await hele.Numbers(October);
        Assert.Equal((1, 1, 0, 0), (numbers["appeals.judged"], numbers["appeals.satisfied"], numbers["appeals.dissatisfied"], numbers["appeals.open"]));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Contested_AfterTheMonthClosed_LeavesTheFrozenFigureAndShowsWhatIsGone(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (zhao, zhou, ma) = (await hele.Viewer(TestPeople.Zhao), await hele.Viewer(TestPeople.Zhou), await hele.Viewer(TestPeople.Ma));
        var code = await Answered(hele, zhao);
        Ok(await hele.Telephoned(zhou, code, true));
        hele.MoveTo(2026, 11, 5);
        Ok(await hele.Close(ma, October));
        Ok(await hele.ContestVerdict(ma, code, atCounter: true));
        var value = await hele.Value(AppealFigures.Satisfied, October);
        Assert.Equal((1, false, code), ((int)value.Value, value.Corrected, Assert.Single((await hele.Changes(AppealFigures.Satisfied, October)).Gone).Code));
        // On the last day of October it was closed as far as anybody could say, and so it stays; in November it is open.
        Assert.Equal((0, 1), ((await hele.Value(AppealFigures.Open, October)).Value, (await hele.Value(AppealFigures.Open, Period.Month(2026, 11))).Value));
    }

    /// <summary>The paper's code is in the hands of whoever entered the verdict: signed in, neither they nor a handler get anywhere with it.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ContestByPaper_BySomebodyWhoEnteredOrHandledIt_IsRefused(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (zhao, zhou, ma) = (await hele.Viewer(TestPeople.Zhao), await hele.Viewer(TestPeople.Zhou), await hele.Viewer(TestPeople.Ma));
        var code = await Answered(hele, zhao);
        Ok(await hele.Telephoned(zhou, code, true));
        var paper = (await hele.Read(db => db.Set<AppealVerdict>().Select(v => v.PaperCode).SingleAsync()))!;
        Assert.Equal(["appeal.enterer-cant-contest"], Codes(await hele.ContestByPaper(paper, viewer: zhou)));
        Assert.Equal(["appeal.handler-cant-speak"], Codes(await hele.ContestByPaper(paper, viewer: zhao)));
        Assert.Equal(["appeal.staff-take-it-down"], Codes(await hele.ContestByPaper(paper, viewer: ma)));
        Assert.Equal(AppealState.Satisfied, await hele.State(code));
        Ok(await hele.ContestByPaper(paper));
    }

    /// <summary>Struck, a satisfied verdict is none that somebody is asked about four weeks later.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Contested_NobodyIsAskedAgainWhetherItHolds(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, zhao, zhou) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Zhao), await hele.Viewer(TestPeople.Zhou));
        var code = await hele.FileAppeal(liu);
        Ok(await hele.Accept(zhao, code));
        Ok(await hele.Answer(zhao, code));
        Ok(await hele.Telephoned(zhou, code, true));
        Assert.Equal(1, await Asked());
        Ok(await hele.ContestVerdict(liu, code));
        Assert.Equal(0, await Asked());
        hele.MoveTo(2026, 11, 28);
        Assert.DoesNotContain((await hele.Query<NoticeQueries, NoticeBoard>(q => q.Board(liu))).Unread.SelectMany(d => d.Lines), l => l.Sentence.Zh.StartsWith("您评价过满意", StringComparison.Ordinal));
        Assert.True((await hele.Get<LogVerification>().Run()).IsGreen);

        Task<int> Asked() => hele.Read(db => db.Set<Notice>().CountAsync(n => n.Kind == "appeal.judged-satisfied"));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Contested_WaitsForTheSupervision_UntilItSaysWhatItFound(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (zhao, zhou, ma, feng) = (await hele.Viewer(TestPeople.Zhao), await hele.Viewer(TestPeople.Zhou), await hele.Viewer(TestPeople.Ma), await hele.Viewer(TestPeople.Feng));
        var code = await Answered(hele, zhao);
        Ok(await hele.Telephoned(zhou, code, true));
        Assert.Equal(["appeal.nothing-to-contest"], Codes(await hele.LookInto(feng, code, "问过了")));
        Ok(await hele.ContestVerdict(ma, code, atCounter: true));
        Assert.Equal([code], await Waiting(hele, feng));
        Assert.Equal(["appeal.not-found"], Codes(await hele.LookInto(zhou, code, "我自己看过了")));
        Assert.Equal(["appeal.finding-missing"], Codes(await hele.LookInto(feng, code, " ")));
        Ok(await hele.LookInto(feng, code, "打错了电话，接的是邻居。已请社区改用登记的号码。"));
        Assert.Empty(await Waiting(hele, feng));
        Assert.Equal("appeal.contest-looked-into", (await hele.Events(code))[^1]);
    }

    private static async Task<List<string>> Waiting(TestInstallation hele, Viewer viewer) =>
        (await hele.Query<Civic.Platform.DayQueries, IReadOnlyList<Civic.Platform.DayItem>>(q => q.Of(viewer))).Where(i => i.What.Zh.StartsWith("代录的评价", StringComparison.Ordinal)).Select(i => i.Code).ToList();

    private static async Task<string> Answered(TestInstallation hele, Viewer handler)
    {
        var code = await hele.TakeDown(await hele.Viewer(TestPeople.Ma), new(2026, 10, 30));
        Ok(await hele.Accept(handler, code));
        Ok(await hele.Answer(handler, code));
        return code;
    }

    private static void Ok(Outcome outcome) => NumberSteps.Ok(outcome);

    private static string[] Codes(Outcome outcome) => [.. outcome.Problems.Select(p => p.Code)];
}

internal static class VerdictSteps
{
    public static Task<Outcome> Telephoned(this TestInstallation hele, Viewer colleague, string code, bool satisfied, string? remark = null) =>
        hele.Get<JudgeAppeal>().Run(colleague, colleague.Act(AppealAccess.EnterVerdict, Guid.NewGuid()), new(code, satisfied, remark) { ByPhone = true });

    public static Task<Outcome> ContestByPaper(this TestInstallation hele, string paper, string? text = null, Viewer? viewer = null) =>
        hele.Get<ContestVerdict>().Run(viewer, Act.Unnamed(Guid.NewGuid(), TestInstallation.Hexi), new("", text) { Paper = paper });

    public static Task<Outcome> ContestVerdict(this TestInstallation hele, Viewer viewer, string code, string? text = null, bool atCounter = false) =>
        hele.Get<ContestVerdict>().Run(viewer, viewer.Act(atCounter ? AppealAccess.SpeakFor : AppealAccess.ContestVerdict, Guid.NewGuid()), new(code, text, atCounter));

    public static Task<Outcome> LookInto(this TestInstallation hele, Viewer viewer, string code, string? text) =>
        hele.Get<LookIntoVerdict>().Run(viewer, viewer.Act(AppealAccess.LookIntoVerdict, Guid.NewGuid()), new(code, text));

    public static Task<AppealState> State(this TestInstallation hele, string code) => hele.Read(db => db.Set<Appeal>().Where(a => a.PublicCode == code).Select(a => a.State).SingleAsync());

    public static Task<List<string>> Events(this TestInstallation hele, string code) => Pages.PageSteps.Events(hele, code);
}
