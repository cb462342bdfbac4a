using Hele.Civic.Kernel;
using Hele.Civic.Organizations;
using Hele.Civic.People;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Files;
using Hele.Civic.Platform.Notices;
using Hele.Civic.Platform.Sealing;
using Hele.Civic.Platform.Storage;
using Hele.Civic.Thanks;
using Hele.TestKit;
using Hele.Tests.Figures;
using Hele.Tests.Grids;
using Hele.Tests.Organizations;
using Hele.Tests.Platform;
using Microsoft.EntityFrameworkCore;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Xunit;

namespace Hele.Tests.Thanks;

/// <summary>Pennants and thanks: praise isn't made up, a second person checks it, the giver decides what anybody hears of it and takes it back.</summary>
public class ThanksTests
{
    /// <summary>Every state × every act against the table.</summary>
    [Fact]
    public void EveryStateAndAct_FollowsTheTable()
    {
        foreach (var state in Enum.GetValues<ThanksState>())
        {
            foreach (var act in ThanksRecord.LifeCycle.Acts.Where(a => a != ThanksRecord.Enter))
            {
                var thanks = In(state, act);
                var problem = Do(thanks, act);
                if (ThanksRecord.LifeCycle.Find(state, act) is { } line)
                {
                    Assert.Null(problem);
                    Assert.Equal(line.To, thanks.State.ToString());
                }
                else
                {
                    Assert.True(problem?.Code == "thanks.not-now", $"{act} from {state}");
                    Assert.Equal(state, thanks.State);
                }
            }
        }
    }

    /// <summary>The state has one writer. Seen to fail: a second assignment in TakeBack.</summary>
    [Fact]
    public void State_IsAssignedInOnePlaceOnly()
    {
        using var assembly = AssemblyDefinition.ReadAssembly(typeof(ThanksRecord).Assembly.Location);
        Assert.Equal(["Move"], assembly.MainModule.GetTypes().SelectMany(t => t.Methods).Where(m => m.HasBody)
            .Where(m => m.Body.Instructions.Any(i => i.OpCode.Code is Code.Call or Code.Callvirt && i.Operand is MethodReference { Name: "set_State" } set && set.DeclaringType.Name == nameof(ThanksRecord))).Select(m => m.Name));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Given_FromASatisfiedAppeal_IsWrittenOnce_SealedAndLinked(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, chen) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Chen));
        var appeal = await hele.SatisfiedAppeal(liu);
        var operation = OperationIds.New();
        var code = GridSteps.Ok(await hele.Give(liu, appeal: appeal, operation: operation));
        Assert.True((await hele.Give(liu, appeal: appeal, operation: operation)).Replayed);
        // Once for one matter; of their own accord the same once more from a form opened anew is asked about.
        var free = GridSteps.Ok(await hele.Give(liu, operation: OperationIds.New()));
        Assert.Equal(free, (await hele.Give(liu, operation: OperationIds.New())).SentBefore);
        Assert.Equal([ThanksProblems.ThankedAlready], (await hele.Give(liu, appeal: appeal, text: "再谢一次")).Problems);
        Assert.Equal([ThanksProblems.AppealUnknown], (await hele.Give(chen, appeal: appeal)).Problems);
        Assert.Equal([ThanksProblems.NotSatisfied], (await hele.Give(chen, appeal: await hele.FileAppeal(chen))).Problems);

        var thanks = await hele.Thanks(code);
        Assert.Equal((ThanksKind.Letter, ThanksDoor.Web, ThanksState.Waiting, (Guid?)liu.PersonId, "刘某", ThanksShown.Surname, null), (thanks.Kind, thanks.Door, thanks.State, thanks.GiverId, thanks.GiverMasked, thanks.Shown, thanks.EnteredByPostId));
        Assert.NotNull(thanks.AppealId);
        Assert.Equal([(await hele.Viewer(TestPeople.Zhao)).PersonId], thanks.To.Select(t => t.PersonId));
        Assert.DoesNotContain("刘大勇", System.Text.Encoding.UTF8.GetString(thanks.GiverNameSealed!));
        Assert.Equal(["thanks.given"], await hele.EventsOfThanks(code));
        Assert.Empty((await hele.Verify()).Findings);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Typing_WhatDoesNotFit_IsSaidFieldByField(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (zhou, liu) = (await hele.Viewer(TestPeople.Zhou), await hele.Viewer(TestPeople.Liu));
        Assert.Equal(["thanks.kind-missing", "thanks.door-missing", "thanks.day-wrong", "thanks.giver-unknown", "thanks.appeal-unknown", "thanks.text-missing", "thanks.shown-missing", "thanks.whom-missing"],
            (await hele.Record(zhou, "Grid:2222-3333-4444", null, null, " ", "曲长明", "2222-3333-4444", shown: null, on: hele.Today.AddDays(1), appeal: "2026-999999")).Problems.Select(p => p.Code));
        Assert.Equal([ThanksProblems.DoorDoesntFit], (await hele.Record(zhou, door: ThanksDoor.Phone)).Problems);
        Assert.Equal([ThanksProblems.DoorMissing], (await hele.Record(zhou, door: ThanksDoor.Web)).Problems);
        Assert.Equal([ThanksProblems.NameMissing], (await hele.Record(zhou, name: " ")).Problems);
        Assert.Equal([ThanksProblems.NoNameToShow], (await hele.Record(zhou, anonymous: true)).Problems);
        // The name is sealed: it may not lie beside it in the words, whoever writes them.
        Assert.Equal("thanks.name-in-text", Assert.Single((await hele.Record(zhou, text: "曲长明送来锦旗")).Problems).Code);
        Assert.Equal("thanks.name-in-text", Assert.Single((await hele.Give(liu, text: "我是刘大勇，谢谢", anonymous: true, shown: ThanksShown.No)).Problems).Code);
        Assert.Equal("thanks.text-too-long", Assert.Single((await hele.Give(liu, text: new string('谢', 501))).Problems).Code);
        Assert.Equal([ThanksProblems.OnePhoto], (await hele.Give(liu, photos: [await hele.Photo(1), await hele.Photo(2)])).Problems);
        foreach (var whom in new[] { "", "Nobody:1", "Holder:2222-3333-4444", "Holder", "1:2222-3333-4444" })
            Assert.Equal([ThanksProblems.WhomMissing], (await hele.Give(liu, whom)).Problems);
        Assert.Equal(0, await hele.Read(db => db.Set<ThanksRecord>().CountAsync()));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task WhoeverIsThanked_NeitherEntersNorGivesNorChecks_NorDoesTheirStandIn(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (zhao, zhou, ma, feng, liu, chen) = (await hele.Viewer(TestPeople.Zhao), await hele.Viewer(TestPeople.Zhou), await hele.Viewer(TestPeople.Ma), await hele.Viewer(TestPeople.Feng), await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Chen));
        var (one, _, _, _) = await OrganizationTests.Ground(hele, ma);
        var worker = await hele.Worker("方小云", "第一网格网格员", one);
        var committee = await hele.Body(ma, BodyKind.ResidentsCommittee, "河西社区居民委员会");
        GridSteps.Ok(await hele.Sit(ma, committee, SeatKind.Member, await hele.CodeOf(TestPeople.Zhou)));
        var team = await hele.Body(ma, BodyKind.ServiceTeam, "第一网格服务团队", [one]);
        GridSteps.Ok(await hele.Sit(ma, team, SeatKind.Volunteer, await hele.CodeOf(TestPeople.Chen)));

        // To oneself: one's post, oneself in it, the body one sits in, the grid one works or volunteers for.
        foreach (var (staff, whom) in new[] { (zhao, await hele.Whom(TestPeople.Zhao)), (zhao, await hele.Whom(TestPeople.Zhao, ThankedKind.Post)), (zhou, "Body:" + committee), (worker, "Grid:" + one), (worker, $"Holder:{await hele.PostCode(worker)}") })
            Assert.Equal([ThanksProblems.OwnThanks], (await hele.Record(staff, whom)).Problems);
        Assert.Equal([ThanksProblems.GiverIsThanked], (await hele.Give(chen, "Grid:" + one)).Problems);
        Assert.Equal([ThanksProblems.GiverIsThanked], (await hele.Record(zhou, "Body:" + team, name: "", giver: await hele.CodeOf(TestPeople.Chen))).Problems);

        // Entered by a colleague, neither who is thanked nor who entered it checks it; somebody else does.
        var code = GridSteps.Ok(await hele.Record(zhou, await hele.Whom(TestPeople.Ma)));
        foreach (var (viewer, bar) in new[] { (ma, ThanksProblems.OwnThanks), (zhou, ThanksProblems.EnteredIt) })
        {
            foreach (var outcome in new[] { await hele.PublishThanks(viewer, code), await hele.KeepThanks(viewer, code), await hele.RejectThanks(viewer, code) })
                Assert.Equal(bar.Code, Assert.Single(outcome.Problems).Code);
        }
        foreach (var stranger in new[] { liu, zhao, await hele.Viewer(TestPeople.Sun), await hele.Viewer(TestPeople.He), await hele.Viewer(TestPeople.Ma, TestInstallation.Other) })
            Assert.Equal([ThanksProblems.NotFound], (await hele.PublishThanks(stranger, code)).Problems);
        GridSteps.Ok(await hele.PublishThanks(feng, code));

        // While the supervisor stands in for the secretary, it is another's.
        GridSteps.Ok(await hele.Away(ma, await hele.CodeOf(TestPeople.Ma), hele.Today, hele.Today.AddDays(3), await hele.CodeOf(TestPeople.Feng)));
        Assert.Equal(["thanks.stands-in"], (await hele.PublishThanks(feng, code, "换一种说法。")).Problems.Select(p => p.Code));
        Assert.Equal([ThanksProblems.StandsIn], (await hele.Record(feng, await hele.Whom(TestPeople.Ma))).Problems);
        // What is public can be taken down by whoever sees that it must be.
        GridSteps.Ok(await hele.KeepThanks(zhou, code, "写了不该公开的事。"));
        Assert.Empty((await hele.Verify()).Findings);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task MayAndVisible_SayTheSame_AndTheThankedSeeItOnceItIsChecked(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (zhao, zhou, ma, feng, liu, chen) = (await hele.Viewer(TestPeople.Zhao), await hele.Viewer(TestPeople.Zhou), await hele.Viewer(TestPeople.Ma), await hele.Viewer(TestPeople.Feng), await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Chen));
        var codes = new List<string>
        {
            GridSteps.Ok(await hele.Give(liu)), GridSteps.Ok(await hele.Give(chen, await hele.Whom(TestPeople.Zhou))), GridSteps.Ok(await hele.Record(zhao, await hele.Whom(TestPeople.Ma))),
            GridSteps.Ok(await hele.Record(zhou, giver: await hele.CodeOf(TestPeople.Liu), name: "")), GridSteps.Ok(await hele.Record(zhou, anonymous: true, shown: ThanksShown.No)),
        };
        GridSteps.Ok(await hele.PublishThanks(feng, codes[3]));
        GridSteps.Ok(await hele.KeepThanks(ma, codes[4], null));
        GridSteps.Ok(await hele.RejectThanks(feng, codes[2]));
        var all = await hele.Read(db => db.Set<ThanksRecord>().ToListAsync());
        foreach (var viewer in new Viewer?[] { null, liu, chen, zhao, zhou, ma, feng, await hele.Viewer(TestPeople.Sun), await hele.Viewer(TestPeople.He), await hele.Viewer(TestPeople.Ma, TestInstallation.Other) })
            Assert.Equal(all.Where(t => ThanksAccess.May(viewer, t, ThanksAccess.See)).Select(t => t.PublicCode).Order(), await hele.Read(db => ThanksAccess.Visible(viewer, db.Set<ThanksRecord>()).Select(t => t.PublicCode).OrderBy(c => c).ToListAsync()));
        async Task<List<string>> Seen(Viewer viewer) => await hele.Read(db => ThanksAccess.Visible(viewer, db.Set<ThanksRecord>()).Select(t => t.PublicCode).OrderBy(c => c).ToListAsync());
        // The grid worker: what was checked and is for them, and what they wrote down; not what still waits.
        Assert.Equal(new[] { codes[2], codes[3], codes[4] }.Order(), await Seen(zhao));
        Assert.Equal(new[] { codes[0], codes[3] }.Order(), await Seen(liu));
        Assert.Equal(5, (await Seen(feng)).Count);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Public_IsWhatWasReviewedAndAgreedTo_AndNothingElse(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (zhou, feng, ma, liu) = (await hele.Viewer(TestPeople.Zhou), await hele.Viewer(TestPeople.Feng), await hele.Viewer(TestPeople.Ma), await hele.Viewer(TestPeople.Liu));
        var code = GridSteps.Ok(await hele.Record(zhou, text: Text("甲")));
        var quiet = GridSteps.Ok(await hele.Record(zhou, text: Text("乙"), shown: ThanksShown.No));
        Assert.Empty(await hele.PublicThanks());
        Assert.Equal("thanks.public-text-missing", Assert.Single((await hele.PublishThanks(feng, code, " ")).Problems).Code);
        // A number, a flat, somebody of the register: said once, and theirs to answer for.
        foreach (var personal in new[] { "请打13711118888", "3单元302室的老人", "陈静说好" })
            Assert.Equal("thanks.looks-personal", Assert.Single((await hele.PublishThanks(feng, code, personal)).Problems).Code);
        Assert.Equal([ThanksProblems.NoConsent], (await hele.PublishThanks(feng, quiet)).Problems);
        Assert.Equal([ThanksProblems.NoPhoto], (await hele.PublishThanks(feng, code, photo: true)).Problems);
        Assert.Equal("thanks.reason-missing", Assert.Single((await hele.KeepThanks(feng, code, " ")).Problems).Code);
        var operation = OperationIds.New();
        GridSteps.Ok(await hele.PublishThanks(feng, code, operation: operation));
        Assert.True((await hele.PublishThanks(feng, code, operation: operation)).Replayed);
        GridSteps.Ok(await hele.KeepThanks(feng, quiet, null));

        var shown = Assert.Single(await hele.PublicThanks());
        Assert.Equal((ThanksSteps.PublicText, "网格员", "曲某", (string?)null, (DateOnly?)null), (shown.Text, shown.Thanked.Name, shown.Giver, shown.Photo, shown.CorrectedOn));
        foreach (var (search, found) in new[] { ("曲长明", 0), ("甲", 0), ("赵敏", 0), ("当天就换好", 1), ("网格员", 1) })
            Assert.Equal(found, (await hele.PublicThanks(search)).Count);
        Assert.Empty(await hele.PublicThanks(kind: ThanksKind.Letter));
        // Corrected it says so; the second person who was the first may do it, who entered it may not.
        Assert.Equal([ThanksProblems.EnteredIt], (await hele.PublishThanks(zhou, code, "灯修好了。")).Problems);
        GridSteps.Ok(await hele.PublishThanks(ma, code, "灯修好了。"));
        Assert.Equal(("灯修好了。", (DateOnly?)hele.Today), ((await hele.PublicThanks())[0].Text, (await hele.PublicThanks())[0].CorrectedOn));
        // Which way a name is shown is the giver's, at any time.
        GridSteps.Ok(await hele.SayShown(zhou, code, ThanksShown.Unnamed, speaksFor: true));
        Assert.Null((await hele.PublicThanks())[0].Giver);
        GridSteps.Ok(await hele.KeepThanks(ma, code, "写了不该公开的事。"));
        Assert.Empty(await hele.PublicThanks());
        Assert.True(await hele.Query<ThanksQueries, bool>(q => q.WasPublic(code)));
        Assert.False(await hele.Query<ThanksQueries, bool>(q => q.WasPublic(quiet)));
        Assert.Equal(["thanks.recorded", "thanks.published", "thanks.corrected", "thanks.consent-changed", "thanks.taken-down"], await hele.EventsOfThanks(code));
        Assert.Equal([ThanksProblems.NotFound], (await hele.SayShown(liu, code, ThanksShown.No)).Problems);
        Assert.Empty((await hele.Verify()).Findings);

        static string Text(string mark) => $"秘密{mark}：老伴住院那几天，天天送饭。";
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task GiversNo_TakesItOutOfPublic_AndAYesIsLookedAtAgain(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (feng, liu, zhao, zhou) = (await hele.Viewer(TestPeople.Feng), await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Zhao), await hele.Viewer(TestPeople.Zhou));
        var code = GridSteps.Ok(await hele.Give(liu));
        GridSteps.Ok(await hele.PublishThanks(feng, code));
        Assert.Equal([ThanksProblems.ShownAlready], (await hele.SayShown(liu, code, ThanksShown.Surname)).Problems);
        Assert.Equal([ThanksProblems.ShownMissing], (await hele.SayShown(liu, code, null)).Problems);
        GridSteps.Ok(await hele.SayShown(liu, code, ThanksShown.No));
        Assert.Empty(await hele.PublicThanks());
        Assert.Equal(ThanksState.Kept, (await hele.Thanks(code)).State);
        Assert.Equal([ThanksProblems.NoConsent], (await hele.PublishThanks(feng, code)).Problems);
        GridSteps.Ok(await hele.SayShown(liu, code, ThanksShown.Unnamed));
        Assert.Equal(ThanksState.Waiting, (await hele.Thanks(code)).State);
        Assert.Empty(await hele.PublicThanks());
        // It was found true before: it goes on counting, and those who are thanked go on seeing it.
        Assert.Single(await hele.Records(ThanksFigures.Received, Period.Month(2026, 10)));
        Assert.Single(await hele.Read(db => ThanksAccess.Visible(zhao, db.Set<ThanksRecord>()).ToListAsync()));
        // Whoever is thanked takes down a giver's no, never a yes.
        Assert.Equal(["thanks.own-thanks"], (await hele.SayShown(zhao, code, ThanksShown.Surname, speaksFor: true)).Problems.Select(p => p.Code));
        GridSteps.Ok(await hele.SayShown(zhou, code, ThanksShown.Surname, speaksFor: true));
        Assert.Empty((await hele.Verify()).Findings);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task TakenBack_ItsWordsNameAndPhotoAreDestroyed_AndTheLogStillVerifies(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (feng, liu, zhou, zhao) = (await hele.Viewer(TestPeople.Feng), await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Zhou), await hele.Viewer(TestPeople.Zhao));
        var appeal = await hele.SatisfiedAppeal(liu);
        var code = GridSteps.Ok(await hele.Give(liu, appeal: appeal, photos: await hele.Photo()));
        GridSteps.Ok(await hele.PublishThanks(feng, code, photo: true));
        var photo = (await hele.PublicThanks())[0].Photo!;
        Assert.NotNull(await hele.Read(db => hele.Get<StoredFiles>().OpenPublic(db, photo, small: false)));
        Assert.Equal([ThanksProblems.NotFound], (await hele.TakeBack(await hele.Viewer(TestPeople.Chen), code)).Problems);
        GridSteps.Ok(await hele.TakeBack(liu, code));

        Assert.Empty(await hele.PublicThanks());
        var thanks = await hele.Thanks(code);
        Assert.Equal((ThanksState.Withdrawn, "", null, null, null, (DateOnly?)hele.Today), (thanks.State, thanks.Text, thanks.PublicText, thanks.GiverNameSealed, thanks.GiverMasked, thanks.EndedOn));
        Assert.Null(await hele.Read(db => hele.Get<StoredFiles>().OpenPublic(db, photo, small: true)));
        Assert.Null(await hele.Read(db => hele.Get<StoredFiles>().Open(db, feng, photo, small: false)));
        Assert.Equal((0, FileState.Erased), (await hele.Read(db => db.Set<FileBytes>().CountAsync()), await hele.Read(db => db.Set<StoredFile>().Select(f => f.State).SingleAsync())));
        Assert.Empty(await hele.Records(ThanksFigures.Received, Period.Month(2026, 10)));
        Assert.Equal(["thanks.not-now"], (await hele.TakeBack(liu, code)).Problems.Select(p => p.Code));
        Assert.Equal(["thanks.not-now"], (await hele.SayShown(liu, code, ThanksShown.Unnamed)).Problems.Select(p => p.Code));
        Assert.Empty((await hele.Verify()).Findings);
        // Taken back, the matter may be thanked for anew; and at the counter somebody takes a giver's word down.
        GridSteps.Ok(await hele.Give(liu, appeal: appeal));
        var counter = GridSteps.Ok(await hele.Record(zhou));
        Assert.Equal([ThanksProblems.NotFound], (await hele.TakeBack(zhao, counter, speaksFor: true)).Problems);
        var keys = await hele.Read(db => db.Set<SubjectKey>().CountAsync());
        GridSteps.Ok(await hele.TakeBack(zhou, counter, speaksFor: true));
        Assert.Equal(keys - 1, await hele.Read(db => db.Set<SubjectKey>().CountAsync()));
        Assert.Empty((await hele.Verify()).Findings);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Name_IsOpenedWithAPurpose_ByWhoChecks_AndTheGiverReadsIt(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (zhou, feng, liu, zhao, ma) = (await hele.Viewer(TestPeople.Zhou), await hele.Viewer(TestPeople.Feng), await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Zhao), await hele.Viewer(TestPeople.Ma));
        var code = GridSteps.Ok(await hele.Give(liu));
        Task<Opened> Open(Viewer viewer, string of, string? why) => hele.Get<OpenGiver>().Run(viewer, viewer.Act(ThanksAccess.OpenGiver, Guid.NewGuid(), why), of);
        Assert.Equal("thanks.why-missing", Assert.Single((await Open(feng, code, " ")).Problems).Code);
        Assert.Equal(["刘大勇"], (await Open(feng, code, "打电话核对")).Values);
        var look = await hele.Read(db => db.Set<ViewRecord>().SingleAsync());
        Assert.Equal((liu.PersonId, "ThanksRecords", "GiverNameSealed", "打电话核对"), (look.SubjectId, look.RowTable, look.Columns, look.Reason));
        // Not for a grid worker, not for a resident; never for who is thanked; and without a name there is none.
        Assert.False((await Open(zhao, code, "想知道")).IsOpen);
        Assert.False((await Open(liu, code, "想知道")).IsOpen);
        Assert.False((await Open(ma, GridSteps.Ok(await hele.Record(zhou, await hele.Whom(TestPeople.Ma))), "想知道")).IsOpen);
        Assert.False((await Open(feng, GridSteps.Ok(await hele.Give(liu, anonymous: true, shown: ThanksShown.Unnamed)), "核对")).IsOpen);
        Assert.Equal([ThanksSteps.Giver], (await Open(feng, GridSteps.Ok(await hele.Record(zhou)), "核对")).Values);
        Assert.Empty((await hele.Verify()).Findings);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Waiting_IsInTheDayOfWhoMayCheckIt_AndTheThankedAreToldAfterwards(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (zhou, feng, ma, zhao, liu) = (await hele.Viewer(TestPeople.Zhou), await hele.Viewer(TestPeople.Feng), await hele.Viewer(TestPeople.Ma), await hele.Viewer(TestPeople.Zhao), await hele.Viewer(TestPeople.Liu));
        var code = GridSteps.Ok(await hele.Record(zhou, await hele.Whom(TestPeople.Ma), giver: await hele.CodeOf(TestPeople.Liu), name: ""));
        async Task<int> Day(Viewer viewer) => (await hele.Query<DayQueries, IReadOnlyList<DayItem>>(q => q.Of(viewer))).Count(i => i.Record == typeof(ThanksRecord));
        async Task<int> Told(Viewer viewer) => (await hele.Query<NoticeQueries, NoticeBoard>(q => q.Board(viewer))).Unread.SelectMany(d => d.Lines).Count(l => l.Record == typeof(ThanksRecord) && l.Title is not null);
        Assert.Equal((1, 0, 0, 0), (await Day(feng), await Day(zhou), await Day(ma), await Day(zhao)));
        Assert.Equal((0, 0), (await Told(ma), await Told(liu)));
        GridSteps.Ok(await hele.PublishThanks(feng, code));
        Assert.Equal(0, await Day(feng));
        Assert.Equal((1, 1, 0), (await Told(ma), await Told(liu), await Told(zhao)));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Figures_CountWhatWasCheckedByItsDay_AndAClosedPeriodStands(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (zhou, feng, liu) = (await hele.Viewer(TestPeople.Zhou), await hele.Viewer(TestPeople.Feng), await hele.Viewer(TestPeople.Liu));
        var september = new DateOnly(2026, 9, 20);
        var pennant = GridSteps.Ok(await hele.Record(zhou, on: september));
        var letter = GridSteps.Ok(await hele.Give(liu));
        var spoken = GridSteps.Ok(await hele.Record(zhou, kind: ThanksKind.Spoken, door: ThanksDoor.Phone, text: "电话里说修得好。"));
        var made = GridSteps.Ok(await hele.Record(zhou, text: "听人转述。"));
        async Task<(int All, int Pennants, int Letters, int Spoken)> Counted(int month, DateTimeOffset? before = null) =>
            await hele.Read(async db => (await ThanksFigures.Received.Records(db, Period.Month(2026, month), before).CountAsync(), await ThanksFigures.Pennants.Records(db, Period.Month(2026, month), before).CountAsync(),
                await ThanksFigures.Letters.Records(db, Period.Month(2026, month), before).CountAsync(), await ThanksFigures.Spoken.Records(db, Period.Month(2026, month), before).CountAsync()));
        Assert.Equal((0, 0, 0, 0), await Counted(10));
        foreach (var code in new[] { pennant, letter, spoken })
            GridSteps.Ok(await hele.PublishThanks(feng, code));
        GridSteps.Ok(await hele.RejectThanks(feng, made));
        Assert.Equal((1, 1, 0, 0), await Counted(9));
        Assert.Equal((2, 0, 1, 1), await Counted(10));
        // As it was known before the next day, a thing taken back then still counted.
        var known = hele.Clock.Now().AddMinutes(1);
        hele.Clock.MoveTo(known.AddDays(1));
        GridSteps.Ok(await hele.TakeBack(liu, letter));
        Assert.Equal((1, 0, 0, 1), await Counted(10));
        Assert.Equal((2, 0, 1, 1), await Counted(10, known));
        Assert.Equal((0, 0, 0, 0), await Counted(10, TestInstallation.Start));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Erasure_OfTheGiver_TakesTheirThanksOutOfPublic_AndOfTheThankedKeepsThem(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (feng, liu, zhou) = (await hele.Viewer(TestPeople.Feng), await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Zhou));
        var code = GridSteps.Ok(await hele.Give(liu, photos: await hele.Photo()));
        GridSteps.Ok(await hele.PublishThanks(feng, code, photo: true));
        var about = await hele.Read(async db => { var rows = new List<string>(); foreach (var a in Civic.Modules.All.AboutPeople.Where(a => a.Entity == typeof(ThanksRecord))) rows.Add($"{a.Title.Zh} {await a.Of(db, zhou.PersonId).CountAsync()} {await a.Of(db, liu.PersonId).CountAsync()}"); return rows; });
        Assert.Equal(["我的感谢 0 1", "对我的感谢 0 0"], about);
        GridSteps.Ok(await hele.Get<ErasePerson>().Run(new Act { OperationId = Guid.NewGuid(), AccountId = SystemAccount.Id, JurisdictionId = TestInstallation.Hexi }, new(await hele.CodeOf(TestPeople.Liu))));
        Assert.Empty(await hele.PublicThanks());
        var thanks = await hele.Thanks(code);
        Assert.Equal((ThanksState.Withdrawn, "", null, null, null), (thanks.State, thanks.Text, thanks.GiverId, thanks.GiverMasked, thanks.PublicText));
        Assert.Empty((await hele.Verify()).Findings);
    }

    private static ThanksRecord In(ThanksState state, string act)
    {
        var thanks = new ThanksRecord { Kind = ThanksKind.Pennant, Door = ThanksDoor.Counter, Text = "x", Thanked = ThankedKind.Grid, IsAnonymous = false, ReceivedOn = new(2026, 10, 30), LoggedAt = TestInstallation.Start };
        // Open and close are one sentence of the giver's; which of them it is depends on what was said before.
        thanks.Agree(act == ThanksRecord.Open ? ThanksShown.No : ThanksShown.Unnamed);
        Assert.Null(state switch
        {
            ThanksState.Public => Do(thanks, ThanksRecord.Publish),
            ThanksState.Kept => Do(thanks, ThanksRecord.Keep),
            ThanksState.Rejected => Do(thanks, ThanksRecord.Reject),
            ThanksState.Withdrawn => Do(thanks, ThanksRecord.Withdraw),
            _ => null,
        });
        return thanks;
    }

    private static Problem? Do(ThanksRecord thanks, string act)
    {
        var (post, on, at) = (Guid.NewGuid(), new DateOnly(2026, 10, 30), TestInstallation.Start);
        return act switch
        {
            ThanksRecord.Publish => thanks.MakePublic("x", false, post, on, at),
            ThanksRecord.Keep => thanks.KeepIt("x", post, on, at),
            ThanksRecord.Reject => thanks.RejectIt("x", post, on, at),
            ThanksRecord.Correct => thanks.CorrectTo("y", false, post, on),
            ThanksRecord.TakeDown => thanks.TakeItDown("x", post),
            ThanksRecord.Withdraw => thanks.TakeBack(on, at),
            // Said of one that is neither public nor kept it changes what was agreed and no state: not the table's business.
            ThanksRecord.Close => thanks.State == ThanksState.Public ? thanks.SayShown(ThanksShown.No) : ThanksProblems.NotNow,
            _ => thanks.State == ThanksState.Kept ? thanks.SayShown(ThanksShown.Unnamed) : ThanksProblems.NotNow,
        };
    }
}
