using Hele.Civic.Appeals;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Sealing;
using Hele.Civic.Platform.Storage;
using Hele.TestKit;
using Hele.Tests.Appeals.Verdicts;
using Hele.Tests.Figures;
using Hele.Tests.Platform;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Hele.Tests.Appeals.Callbacks;

/// <summary>Whoever supervises draws some verdicts and rings the residents.</summary>
public class CallbackTests
{
    private static readonly DateOnly First = new(2026, 10, 1), Last = new(2026, 10, 31);

    [Fact]
    public void Pick_IsTheSameForTheSameSeedAndList_InWhateverOrderItCame()
    {
        var lines = Enumerable.Range(1, 40).Select(i => $"2026-{i:D6}/1").ToList();
        var picked = CallbackDraw.Pick("seed", lines, 4);
        Assert.Equal(4, picked.Distinct().Count());
        Assert.Equal(picked, CallbackDraw.Pick("seed", Enumerable.Reverse(lines), 4));
        Assert.NotEqual(picked, CallbackDraw.Pick("another", lines, 4));
        // Written down once, so that a draw of today can be done again in ten years.
        Assert.Equal("2026-000003/1", CallbackDraw.Pick("seed", ["2026-000001/1", "2026-000002/1", "2026-000003/1"], 1)[0]);
        Assert.Equal([0, 1, 1, 2, 10], new[] { (0, 10), (1, 10), (10, 10), (11, 10), (100, 10) }.Select(x => CallbackDraw.HowMany(x.Item1, x.Item2)));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Draw_OfAPeriodThatIsOver_Once_ByTheSupervisionOnly_AndCanBeDoneAgain(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, zhao, zhou, feng) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Zhao), await hele.Viewer(TestPeople.Zhou), await hele.Viewer(TestPeople.Feng));
        for (var i = 0; i < 12; i++)
            await hele.Finished(liu, zhao, satisfied: true);
        Assert.Equal(["callback.period-not-over"], Codes(await hele.Draw(feng, First, Last)));
        hele.MoveTo(2026, 11, 2);
        Assert.Equal(["callback.period-odd"], Codes(await hele.Draw(feng, Last, First)));
        Assert.Equal(["callback.not-found"], Codes(await hele.Draw(zhou, First, Last)));
        Assert.Equal(["callback.nothing-there"], Codes(await hele.Draw(feng, new(2026, 9, 1), new(2026, 9, 30))));
        Ok(await hele.Draw(feng, First, Last));
        Assert.Equal(["callback.drawn-already"], Codes(await hele.Draw(feng, Last, Last)));
        var round = await hele.Read(db => db.Set<CallbackRound>().SingleAsync());
        Assert.Equal((12, 10, 32), (round.Listed, round.Share, round.Seed.Length));
        Assert.Equal(2, await hele.Read(db => db.Set<Callback>().CountAsync()));
        // Verdicts of later days change nothing; one that is taken away behind the program is found.
        await hele.Finished(liu, zhao, satisfied: true);
        Assert.True((await Round(hele, feng, round.PublicCode)).IsTheSame);
        await new BehindTheBack(hele).Run("""UPDATE "AppealVerdicts" SET "JudgedOn" = '2026-09-30' WHERE "JudgedOn" = '2026-10-30'""");
        Assert.False((await Round(hele, feng, round.PublicCode)).IsTheSame);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Call_ThatDiffers_StrikesTheVerdictAndTheResidentJudgesAgain(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (zhao, zhou, feng) = (await hele.Viewer(TestPeople.Zhao), await hele.Viewer(TestPeople.Zhou), await hele.Viewer(TestPeople.Feng));
        var code = await hele.TakeDown(await hele.Viewer(TestPeople.Ma), new(2026, 10, 30));
        Ok(await hele.Accept(zhao, code));
        Ok(await hele.Answer(zhao, code));
        Ok(await hele.Telephoned(zhou, code, true));
        hele.MoveTo(2026, 11, 20);
        Ok(await hele.Draw(feng, First, Last));
        var call = await hele.Read(db => db.Set<Callback>().Select(c => c.PublicCode).SingleAsync());
        Assert.Equal(["callback.result-missing"], Codes(await hele.Call(feng, call, "draw")));
        Assert.Equal(["callback.words-missing"], Codes(await hele.Call(feng, call, Callback.Differ)));
        Assert.Equal(["callback.not-found"], Codes(await hele.Call(zhou, call, Callback.Agree)));
        Ok(await hele.Call(feng, call, Callback.Miss));
        // The days in which the resident can contest it are over; what they say on the telephone counts all the same.
        Ok(await hele.Call(feng, call, Callback.Differ, "没修好，没人问过我"));
        Assert.Equal(["callback.called-already"], Codes(await hele.Call(feng, call, Callback.Agree)));
        var row = await hele.Read(db => db.Set<Callback>().SingleAsync());
        Assert.Equal((CallState.Differs, 2, new DateOnly(2026, 11, 20)), (row.State, row.Attempts, row.CalledOn));
        Assert.Equal(AppealState.Answered, await hele.State(code));
        var note = await hele.Read(db => db.Set<AppealNote>().SingleAsync(n => n.Kind == NoteKind.VerdictContested));
        Assert.Equal((Channel.Phone, feng.Posts[0].PostId, "没修好，没人问过我"), (note.Channel, note.PostId, note.Text));
        var october = Period.Month(2026, 10);
        var november = Period.Month(2026, 11);
        Assert.Equal((0, 1, 1, 1), ((await hele.Value(AppealFigures.Satisfied, october)).Value, (await hele.Value(CallbackFigures.Drawn, november)).Value, (await hele.Value(CallbackFigures.Reached, november)).Value, (await hele.Value(CallbackFigures.Differing, november)).Value));
        Assert.True((await hele.Get<LogVerification>().Run()).IsGreen);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Phone_OpensForTheSupervisionWhileTheCallWaits_AndTheResidentReadsIt(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, zhao, zhou, feng) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Zhao), await hele.Viewer(TestPeople.Zhou), await hele.Viewer(TestPeople.Feng));
        await hele.GivePhone(TestPeople.Liu, "13811112222");
        await hele.Finished(liu, zhao, satisfied: true);
        hele.MoveTo(2026, 11, 2);
        Ok(await hele.Draw(feng, First, Last));
        var call = await hele.Read(db => db.Set<Callback>().Select(c => c.PublicCode).SingleAsync());
        Assert.False((await Open(zhou)).IsOpen);
        Assert.Equal("13811112222", (await Open(feng)).Values[0]);
        var look = await hele.Read(db => db.Set<ViewRecord>().SingleAsync());
        Assert.Equal((liu.PersonId, CallbackAccess.Call.Code), (look.SubjectId, look.Purpose));
        Ok(await hele.Call(feng, call, Callback.Agree));
        Assert.False((await Open(feng)).IsOpen);

        Task<Opened> Open(Viewer viewer) => hele.Get<OpenCallPhone>().Run(viewer, viewer.Act(CallbackAccess.Call, Guid.NewGuid()), call);
    }

    private static async Task<RoundView> Round(TestInstallation hele, Viewer viewer, string code) => (await hele.Query<CallbackQueries, RoundView?>(q => q.Round(viewer, code)))!;

    private static void Ok(Outcome outcome) => NumberSteps.Ok(outcome);

    private static string[] Codes(Outcome outcome) => [.. outcome.Problems.Select(p => p.Code)];
}

internal static class CallbackSteps
{
    public static Task<Outcome> Draw(this TestInstallation hele, Viewer viewer, DateOnly from, DateOnly to) => hele.Get<DrawCallbacks>().Run(viewer, viewer.Act(CallbackAccess.Draw, Guid.NewGuid()), new(from, to));

    public static Task<Outcome> Call(this TestInstallation hele, Viewer viewer, string code, string result, string? text = null) => hele.Get<RecordCall>().Run(viewer, viewer.Act(CallbackAccess.Call, Guid.NewGuid()), new(code, result, text));
}
