using CsCheck;
using Hele.Civic.Appeals;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;
using Hele.TestKit;
using Microsoft.EntityFrameworkCore;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Xunit;

namespace Hele.Tests.Appeals;

public class AppealLifeCycleTests
{
    private static readonly Rule Rule = ReferenceData.Rules.InForce(AppealRules.AnswerByGrid, new DateOnly(2026, 10, 30));
    private static readonly Due Due = Deadline.Count(new DateOnly(2026, 10, 30), 1, RuleUnit.WorkDay, RuleKind.Max, ReferenceData.Calendar);

    /// <summary>Every state × every act against the table: what the table has leads where it says, all else is refused and changes nothing.</summary>
    [Fact]
    public void EveryStateAndAct_FollowsTheTable()
    {
        foreach (var state in Enum.GetValues<AppealState>())
        {
            foreach (var act in Appeal.LifeCycle.Acts.Where(a => a is not (Appeal.File or Appeal.OnTheSpot or Appeal.FilePast)))
            {
                var appeal = In(state);
                var (round, due) = (appeal.Round, appeal.DueOn);
                var problem = Do(appeal, act);
                if (Appeal.LifeCycle.Find(state, act) is { } line)
                {
                    Assert.Null(problem);
                    Assert.Equal(line.To, appeal.State.ToString());
                    Assert.Equal(line.DeadlineRule is not null, appeal.DueOn is not null);
                    // What only goes from one to another doesn't start a clock again.
                    if (line.From == line.To)
                        Assert.Equal((round, due), (appeal.Round, appeal.DueOn));
                }
                else
                {
                    Assert.Equal("appeal.not-now", problem?.Code);
                    Assert.Equal((state, round, due), (appeal.State, appeal.Round, appeal.DueOn));
                }
            }
        }
    }

    [Fact]
    public void EveryState_IsReachedAndNamed_AndOnlyAnUpheldRefusalIsAnEnd()
    {
        Assert.All(Enum.GetNames<AppealState>(), s => Assert.Contains(Appeal.LifeCycle.Lines, l => l.To == s));
        Assert.Equal(["RefusalUpheld"], Appeal.LifeCycle.States.Where(s => Appeal.LifeCycle.Lines.All(l => l.From != s)));
        Assert.All(Appeal.LifeCycle.States, s => Assert.NotEmpty(Appeal.LifeCycle.StateTitle(s).En));
        // A clock runs exactly where something is left to do, the resident's verdict apart.
        Assert.All(Enum.GetValues<AppealState>(), s => Assert.Equal(Appeal.Closed.Contains(s) || s == AppealState.Answered, In(s).DueOn is null));
    }

    /// <summary>The state has one writer. Seen to fail: a second assignment in AnswerOnce.</summary>
    [Fact]
    public void State_IsAssignedInOnePlaceOnly()
    {
        using var assembly = AssemblyDefinition.ReadAssembly(typeof(Appeal).Assembly.Location);
        var writers = assembly.MainModule.GetTypes().SelectMany(t => t.Methods).Where(m => m.HasBody)
            .Where(m => m.Body.Instructions.Any(i => i.OpCode.Code is Code.Call or Code.Callvirt && i.Operand is MethodReference { Name: "set_State" } set && set.DeclaringType.Name == nameof(Appeal)))
            .Select(m => m.Name);
        Assert.Equal(["Enter"], writers);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Deadlines_CountWorkingDaysFromTheRules(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, zhao, zhou) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Zhao), await hele.Viewer(TestPeople.Zhou));

        // Friday 2026-10-30: one working day ends on Monday, three on Wednesday.
        var byGrid = await hele.FileAppeal(liu);
        Assert.Equal(new DateOnly(2026, 11, 2), await DueOn(hele, byGrid));
        await hele.Accept(zhao, byGrid);
        Assert.Equal(new DateOnly(2026, 11, 2), await DueOn(hele, byGrid));
        var byCommunity = await hele.FileAppeal(liu);
        await hele.Accept(zhou, byCommunity);
        Assert.Equal(new DateOnly(2026, 11, 4), await DueOn(hele, byCommunity));
        await hele.Answer(zhou, byCommunity);
        Assert.Null(await DueOn(hele, byCommunity));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task PaperVerdict_ByWhoeverHandledIt_IsRefused_ByAColleagueIsMarked(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (zhao, zhou, ma) = (await hele.Viewer(TestPeople.Zhao), await hele.Viewer(TestPeople.Zhou), await hele.Viewer(TestPeople.Ma));
        var filed = await hele.Get<FileAppeal>().Run(zhou.Act(AppealAccess.TakeDown, Guid.NewGuid()),
            new("sanitation", "3号楼下水道外溢", "楼前下水道往外冒，味道很大。", "12号院3号楼", "王桂兰", new DateOnly(2026, 10, 29)) { Channel = Channel.Counter });
        var code = filed.Code!;
        await hele.Accept(zhao, code);
        await hele.Answer(zhou, code);

        foreach (var handler in new[] { zhao, zhou })
            Assert.Equal("appeal.handler-cant-judge", Assert.Single((await Paper(hele, handler, code)).Problems).Code);
        Assert.True((await Paper(hele, ma, code)).Accepted);

        var verdict = await hele.Read(db => db.Set<AppealVerdict>().SingleAsync());
        Assert.Equal((Channel.Paper, ma.Posts[0].PostId), (verdict.Channel, verdict.EnteredByPostId));
        var events = await hele.Read(db => db.Set<JournalRow>().Where(r => r.Kind == "appeal.taken-down").SingleAsync());
        Assert.Equal(new DateOnly(2026, 10, 29), events.OnDate);
    }

    /// <summary>For random viewers and records, the query shows exactly what the decision allows.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Visible_EqualsFilteringByMay_ForAnyViewer(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        foreach (var jurisdiction in new[] { TestInstallation.Hexi, TestInstallation.Other })
        {
            foreach (var person in new[] { TestPeople.Liu, TestPeople.Chen })
                for (var i = 0; i < 4; i++)
                    await hele.FileAppeal(await hele.Viewer(person, jurisdiction), kind: i % 2 == 0 ? "facilities" : "neighbours");
        }
        // Matters about conduct: nobody named, a clerk named, a supervisor named; one taken down.
        foreach (var jurisdiction in new[] { TestInstallation.Hexi, TestInstallation.Other })
        {
            var (liu, feng) = (await hele.Viewer(TestPeople.Liu, jurisdiction), await hele.Viewer(TestPeople.Feng, jurisdiction));
            await hele.FileConduct(liu);
            await hele.FileConduct(liu, TestPeople.Zhou);
            await hele.FileConduct(liu, TestPeople.Feng);
            Assert.True((await hele.TakeDownConduct(feng, TestPeople.Zhou)).Accepted);
        }
        var people = new List<Guid> { Guid.Empty, Guid.NewGuid() };
        var posts = new List<Guid> { Guid.NewGuid() };
        foreach (var j in new[] { 1, 2 })
            posts.AddRange((await hele.Viewer(TestPeople.Feng, j)).Posts.Select(p => p.PostId));
        foreach (var j in new[] { 1, 2 })
            foreach (var p in TestPeople.All)
                people.Add((await hele.Viewer(p, j)).PersonId);
        await using var lease = await hele.Database.Read([1, 2]);
        var all = await lease.Db.Set<Appeal>().ToListAsync();
        Assert.Equal(24, all.Count);
        Assert.Contains(all, a => a.PastCommunity);

        var viewers =
            from jurisdiction in Gen.Int[1, 3]
            from person in Gen.Int[0, people.Count - 1].Select(i => people[i])
            from roles in Gen.Int[0, Enum.GetValues<Role>().Length - 1].Select(i => (Role)i).List[0, 2]
            select new Viewer(Guid.NewGuid(), jurisdiction, person, "x", [.. roles.Select(r => new HeldPost(r == Role.Supervisor ? posts[(int)(person.GetHashCode() & 0x7fff) % posts.Count] : Guid.NewGuid(), jurisdiction, r))]);
        viewers.Sample(viewer =>
        {
            var visible = AppealAccess.Visible(viewer, lease.Db.Set<Appeal>()).Select(a => a.Id).ToHashSet();
            var may = all.Where(a => AppealAccess.May(viewer, a, AppealAccess.See)).Select(a => a.Id).ToHashSet();
            return visible.SetEquals(may);
        }, iter: 300, threads: 1);
        Assert.Empty(await AppealAccess.Visible(null, lease.Db.Set<Appeal>()).ToListAsync());
    }

    private static Task<Outcome> Paper(TestInstallation hele, Viewer viewer, string code) =>
        hele.Get<JudgeAppeal>().Run(viewer, viewer.Act(AppealAccess.EnterVerdict, Guid.NewGuid()), new(code, true, null, OnPaper: true, new DateOnly(2026, 10, 30)));

    private static Task<DateOnly?> DueOn(TestInstallation hele, string code) => hele.Read(db => db.Set<Appeal>().Where(a => a.PublicCode == code).Select(a => a.DueOn).SingleAsync());

    /// <summary>An appeal brought into a state by its own acts.</summary>
    private static Appeal In(AppealState state)
    {
        var appeal = new Appeal
        {
            PublicCode = "x", Year = 2026, Serial = 1, Kind = "other", Title = "x", Text = "x", Place = "x", Channel = Channel.Web, FiledOn = new(2026, 10, 30), FiledAt = DateTimeOffset.UnixEpoch,
        };
        appeal.StartClock(Rule, Due);
        string[] way = state switch
        {
            AppealState.Filed => [],
            AppealState.Refused => [Appeal.Refuse],
            AppealState.Contested => [Appeal.Refuse, Appeal.Contest],
            AppealState.RefusalUpheld => [Appeal.Refuse, Appeal.Contest, Appeal.Uphold],
            AppealState.Accepted => [Appeal.Accept],
            AppealState.ReferredUp => [Appeal.Accept, Appeal.ReferUp],
            AppealState.Answered => [Appeal.Accept, Appeal.Answer],
            AppealState.Reopened => [Appeal.Accept, Appeal.Answer, Appeal.JudgeDissatisfied],
            AppealState.Disagreed => [Appeal.Accept, Appeal.Answer, Appeal.JudgeDisagreed],
            AppealState.Withdrawn => [Appeal.Withdraw],
            AppealState.Merged => [Appeal.MergeInto],
            _ => [Appeal.Accept, Appeal.Answer, Appeal.JudgeSatisfied],
        };
        foreach (var act in way)
            Assert.Null(Do(appeal, act));
        Assert.Equal(state, appeal.State);
        return appeal;
    }

    private static Problem? Do(Appeal appeal, string act) => act switch
    {
        Appeal.Accept => appeal.AcceptBy(Guid.NewGuid(), new(2026, 10, 30), Rule, Due),
        Appeal.Answer => appeal.AnswerOnce(),
        Appeal.Refuse => appeal.RefuseIt(),
        Appeal.Contest => appeal.ContestIt(Rule, Due),
        Appeal.Overrule => appeal.OverruleBy(Guid.NewGuid(), new(2026, 10, 30), Rule, Due),
        Appeal.Uphold => appeal.UpholdRefusal(),
        Appeal.HandBack or Appeal.PassOn => appeal.HandOnTo(act, Guid.NewGuid()),
        Appeal.ReferUp => appeal.ReferToAbove(byResident: false, Rule, Due),
        Appeal.AskAbove => appeal.ReferToAbove(byResident: true, Rule, Due),
        Appeal.AnswerFromAbove => appeal.AnswerOnceFromAbove(),
        Appeal.ReturnFromAbove => appeal.ComeBack(Rule, Due, Guid.NewGuid(), new(2026, 10, 30)),
        Appeal.JudgeSatisfied => appeal.JudgeWell(new(2026, 11, 27), new(2026, 12, 11)),
        Appeal.JudgeDissatisfied => appeal.JudgeBadly(Rule, Due),
        Appeal.JudgePast => appeal.JudgeToAbove(Rule, Due),
        Appeal.ContestPast => appeal.ContestToAbove(Rule, Due),
        Appeal.JudgeDisagreed => appeal.JudgeAsDisagreement(),
        Appeal.BringIn => appeal.HandleJointly(Rule, Due),
        Appeal.ContestVerdict => appeal.TakeVerdictBack(Guid.NewGuid()),
        Appeal.ContestJoined => appeal.StandSatisfiedAgain(new(2026, 11, 27), new(2026, 12, 11)),
        Appeal.SayStillSolved => appeal.SayItHolds(),
        Appeal.SayNotSolved => appeal.SayItDoesNotHold(Guid.NewGuid(), Rule, Due),
        Appeal.StateOwn => appeal.AddStatement(own: true),
        Appeal.StateForCommunity => appeal.AddStatement(own: false),
        Appeal.Withdraw => appeal.TakeBack(above: false, new(2026, 11, 29)),
        Appeal.WithdrawFromAbove => appeal.TakeBack(above: true, new(2026, 11, 29)),
        Appeal.MergeInto => appeal.MergeWithAnother(),
        Appeal.SplitOff or Appeal.SplitBack => appeal.SplitFromOther(act, Guid.NewGuid(), Rule, Due),
        Appeal.StepBack => appeal.StepBackFrom(new(2026, 11, 2)),
        Appeal.JoinedSatisfied => appeal.JoinerIsSatisfied(),
        Appeal.JoinedCloses => appeal.JudgeWell(new(2026, 11, 27), new(2026, 12, 11), joined: true),
        Appeal.JoinedDissatisfied => appeal.JoinerIsDissatisfied(Guid.NewGuid(), Rule, Due),
        Appeal.JoinedDisagreed => appeal.JudgeAsDisagreement(joined: true),
        Appeal.Resume => appeal.ResumeIt(Rule, Due),
        _ => throw new ArgumentOutOfRangeException(nameof(act), act, "not an act of an appeal"),
    };
}
