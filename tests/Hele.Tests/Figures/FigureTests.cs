using Hele.Civic.Appeals;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Figures;
using Hele.Civic.Platform.Journal;
using Hele.TestKit;
using Hele.Tests.Appeals.Verdicts;
using Hele.Tests.Platform;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Hele.Tests.Figures;

public class FigureTests
{
    private static readonly Period October = Period.Month(2026, 10), November = Period.Month(2026, 11);

    private static readonly Period[] Periods =
        [October, November, Period.Month(2026, 12), Period.Quarter(2026, 4), Period.HalfYear(2026, 2), Period.Year(2026), Period.Month(2026, 9), new(new(2026, 10, 20), new(2026, 11, 9))];

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task List_RandomCourse_EveryFigureCountsWhatItLists(TestDatabase kind)
    {
        foreach (var seed in Enumerable.Range(1, TestRun.Size(2, 20)))
        {
            await using var hele = await TestInstallation.Create(kind);
            await hele.RandomAutumn(seed, TestRun.Size(45, 150));
            var rows = await hele.Read(async db => (Appeals: await db.Set<Appeal>().ToListAsync(), Answers: await db.Set<AppealAnswer>().ToListAsync(), Verdicts: await db.Set<AppealVerdict>().ToListAsync(),
                Notes: await db.Set<AppealNote>().ToListAsync(), Referrals: await db.Set<AppealReferral>().ToListAsync(), Urgencies: await db.Set<AppealUrgency>().ToListAsync(), Leaves: await db.Set<JournalRow>().GroupBy(j => j.RowId).Select(g => new { g.Key, Leaf = g.Min(j => j.LeafIndex) }).ToDictionaryAsync(g => g.Key, g => g.Leaf)));
            var late = 0;
            foreach (var period in Periods)
            {
                foreach (var figure in AppealFigures.All)
                {
                    var value = await hele.Value(figure, period);
                    var records = await hele.Records(figure, period);
                    Assert.Equal(value.Value, records.Count);
                    Assert.Equal(records.Count, records.Select(r => r.Id).Distinct().Count());
                    Assert.Equal(records.OrderByDescending(r => r.On).Select(r => r.On), records.Select(r => r.On));
                    Assert.False(value.Corrected);
                    Assert.Equal(value.Live, Expected(figure, period));
                    if (figure.Kind == FigureKind.Flow)
                        Assert.All(records, r => Assert.True(period.Contains(r.On)));
                    if (value.ClosedAt is { } closed)
                    {
                        Assert.All(records, r => Assert.True(r.LoggedAt < closed));
                        Assert.Equal(value.Live, value.Value + value.Late - value.Gone);
                        late += value.Late + value.Gone;
                    }
                    var paged = new List<FigureRecord>();
                    for (var skip = 0; skip < records.Count; skip += 7)
                        paged.AddRange(await hele.Query<FigureReader, IReadOnlyList<FigureRecord>>(f => f.Records(figure, period, skip, 7)));
                    Assert.Equal(records, paged);
                }
                var now = await hele.Numbers(period);
                Assert.Equal(now["appeals.judged"], now["appeals.satisfied"] + now["appeals.dissatisfied"]);
                Assert.Equal(now["appeals.open"], now["appeals.unanswered"] + now["appeals.unjudged"]);
            }
            foreach (var figure in AppealFigures.All)
            {
                var trend = await hele.Query<FigureReader, IReadOnlyList<(Period Period, long Value)>>(f => f.Trend(figure, Periods));
                foreach (var (period, value) in trend)
                    Assert.Equal((await hele.Value(figure, period)).Value, value);
            }
            Assert.True(late > 0, "The course has no late entry: it tests less than it says.");
            Assert.Contains(rows.Appeals, a => a.Round > 1);
            Assert.Contains(rows.Verdicts, v => v.ContestedOn is not null);
            Assert.Contains(rows.Urgencies, u => u.RespondedAt > u.RespondBy);
            Assert.True(rows.Notes.Count > 3 && rows.Referrals.Count > 0, "The course has too few of the ways beside the straight one.");

            // What an appeal waited for on a day, by walking through its course in the order of the log; null for nothing.
            string? Waits(Appeal a, DateOnly day)
            {
                IEnumerable<(Guid Id, string? For)> course = rows.Answers.Where(x => x.AppealId == a.Id && x.AnsweredOn <= day).Select(x => (x.Id, (string?)"verdict"))
                    .Concat(rows.Verdicts.Where(v => v.AppealId == a.Id && v.JudgedOn <= day).Select(v => (v.Id, v.Satisfied || v.EndsInDisagreement ? null : "answer")))
                    .Concat(rows.Referrals.Where(r => r.AppealId == a.Id && r.ReferredOn <= day).Select(r => (r.Id, (string?)"answer")))
                    .Concat(rows.Notes.Where(n => n.AppealId == a.Id && n.SaidOn <= day && n.Kind is (NoteKind.Contested or NoteKind.Resumed or NoteKind.NotSolved)).Select(n => (n.Id, (string?)"answer")))
                    .Concat(rows.Notes.Where(n => n.AppealId == a.Id && n.SaidOn <= day && n.Kind is (NoteKind.Refused or NoteKind.Upheld or NoteKind.Withdrawn)).Select(n => (n.Id, (string?)null)))
                    // The autumn contests a verdict only while the matter stands where it led.
                    .Concat(rows.Notes.Where(n => n.AppealId == a.Id && n.SaidOn <= day && n.Kind == NoteKind.VerdictContested).Select(n => (n.Id, (string?)"verdict")));
                return a.FiledOn > day ? null : course.OrderBy(s => rows.Leaves[s.Id]).Select(s => s.For).LastOrDefault("answer");
            }

            // The same numbers, told once more in other words from the rows alone.
            long Expected(Figure figure, Period period)
            {
                int Noted(NoteKind kind) => rows.Notes.Count(n => n.Kind == kind && period.Contains(n.SaidOn));
                return figure.Id switch
                {
                    "appeals.filed" => rows.Appeals.Count(a => period.Contains(a.FiledOn)),
                    "appeals.answered" => rows.Answers.Count(x => period.Contains(x.AnsweredOn)),
                    "appeals.judged" => rows.Verdicts.Count(v => v.ContestedOn is null && period.Contains(v.JudgedOn)),
                    "appeals.satisfied" => rows.Verdicts.Count(v => v.ContestedOn is null && v.Satisfied && period.Contains(v.JudgedOn)),
                    "appeals.dissatisfied" => rows.Verdicts.Count(v => v.ContestedOn is null && !v.Satisfied && period.Contains(v.JudgedOn)),
                    "appeals.disagreed" => rows.Verdicts.Count(v => v.ContestedOn is null && v.EndsInDisagreement && period.Contains(v.JudgedOn)),
                    "appeals.struck" => rows.Verdicts.Count(v => v.ContestedOn is { } on && period.Contains(on)),
                    "appeals.refused" => Noted(NoteKind.Refused),
                    "appeals.withdrawn" => Noted(NoteKind.Withdrawn),
                    "appeals.not-lasting" => Noted(NoteKind.NotSolved),
                    "appeals.urgent" => rows.Urgencies.Count(u => period.Contains(u.BegunOn) && !(u.EndedAt <= u.RespondBy)),
                    "appeals.urgent-in-time" => rows.Urgencies.Count(u => period.Contains(u.BegunOn) && u.RespondedAt is { } at && at - u.BegunAt <= TimeSpan.FromHours(2)),
                    "appeals.open" => rows.Appeals.Count(a => Waits(a, period.To) is not null),
                    "appeals.unanswered" => rows.Appeals.Count(a => Waits(a, period.To) == "answer"),
                    "appeals.unjudged" => rows.Appeals.Count(a => Waits(a, period.To) == "verdict"),
                    _ => throw new InvalidOperationException($"No expectation for {figure.Id}."),
                };
            }
        }
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Act_OneRecord_ChangesExactlyTheDependentFigures(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, zhao) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Zhao));
        await hele.Finished(liu, zhao, satisfied: false);
        hele.MoveTo(2026, 11, 10);
        var before = await hele.Numbers(October);
        var code = "";

        await Changes(async () => code = await hele.FileAppeal(liu), ("appeals.filed", 1), ("appeals.open", 1), ("appeals.unanswered", 1));
        await Changes(() => hele.Accept(zhao, code));
        await Changes(() => hele.Answer(zhao, code), ("appeals.answered", 1), ("appeals.unanswered", -1), ("appeals.unjudged", 1));
        await Changes(() => hele.Judge(liu, code, satisfied: false), ("appeals.judged", 1), ("appeals.dissatisfied", 1), ("appeals.unanswered", 1), ("appeals.unjudged", -1));
        await Changes(() => hele.Answer(zhao, code), ("appeals.answered", 1), ("appeals.unanswered", -1), ("appeals.unjudged", 1));
        await Changes(() => hele.Judge(liu, code, satisfied: true), ("appeals.judged", 1), ("appeals.satisfied", 1), ("appeals.open", -1), ("appeals.unjudged", -1));
        await Changes(() => hele.Accept(zhao, "2222-2222-2222"));
        await Changes(async () => code = await hele.FileAppeal(liu, "另一件"), ("appeals.filed", 1), ("appeals.open", 1), ("appeals.unanswered", 1));
        await Changes(() => hele.Refuse(zhao, code), ("appeals.refused", 1), ("appeals.open", -1), ("appeals.unanswered", -1));
        await Changes(() => hele.Contest(liu, code), ("appeals.open", 1), ("appeals.unanswered", 1));
        await Changes(async () => await hele.ReviewRefusal(await hele.Viewer(TestPeople.Ma), code, true));
        await Changes(() => hele.WithdrawAppeal(liu, code), ("appeals.withdrawn", 1), ("appeals.open", -1), ("appeals.unanswered", -1));
        await Changes(() => hele.Resume(liu, code), ("appeals.open", 1), ("appeals.unanswered", 1));
        await Changes(() => hele.Accept(zhao, code));
        await Changes(() => hele.Answer(zhao, code), ("appeals.answered", 1), ("appeals.unanswered", -1), ("appeals.unjudged", 1));
        await Changes(() => hele.AskAbove(liu, code), ("appeals.unanswered", 1), ("appeals.unjudged", -1));
        await Changes(async () => await hele.FileAppeal(await hele.Viewer(TestPeople.Liu, TestInstallation.Other)));

        await Changes(async () => code = await hele.FileAppeal(liu, "井盖没了", "safety"), ("appeals.filed", 1), ("appeals.open", 1), ("appeals.unanswered", 1), ("appeals.urgent", 1));
        await Changes(() => hele.WithdrawAppeal(liu, code), ("appeals.withdrawn", 1), ("appeals.open", -1), ("appeals.unanswered", -1), ("appeals.urgent", -1));
        await Changes(() => hele.Resume(liu, code), ("appeals.open", 1), ("appeals.unanswered", 1), ("appeals.urgent", 1));
        await Changes(() => hele.Accept(zhao, code), ("appeals.urgent-in-time", 1));

        var entered = await hele.TakeDown(await hele.Viewer(TestPeople.Ma), new(2026, 11, 10));
        await Changes(() => hele.Accept(zhao, entered));
        await Changes(() => hele.Answer(zhao, entered), ("appeals.answered", 1), ("appeals.unanswered", -1), ("appeals.unjudged", 1));
        await Changes(async () => await hele.Telephoned(await hele.Viewer(TestPeople.Zhou), entered, true), ("appeals.judged", 1), ("appeals.satisfied", 1), ("appeals.open", -1), ("appeals.unjudged", -1));
        await Changes(async () => await hele.ContestByPaper(await hele.Read(db => db.Set<AppealVerdict>().Where(v => v.PaperCode != null).Select(v => v.PaperCode!).SingleAsync())),
            ("appeals.judged", -1), ("appeals.satisfied", -1), ("appeals.open", 1), ("appeals.unjudged", 1), ("appeals.struck", 1));

        // Nothing of November reaches the end of October, open or not.
        Assert.Equal(before, await hele.Numbers(October));

        async Task Changes(Func<Task> act, params (string Figure, int By)[] expected)
        {
            var was = await hele.Numbers(November);
            await act();
            var now = await hele.Numbers(November);
            Assert.Equal(expected.OrderBy(e => e.Figure), now.Where(n => n.Value != was[n.Key]).Select(n => (n.Key, (int)(n.Value - was[n.Key]))).OrderBy(e => e.Key));
        }
    }

    /// <summary>A code leads whoever holds it to the matter's state. Seen to fail: struck verdicts told it.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Records_OfAMatterAboutConduct_TellNoCode(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        await hele.RandomAutumn(1, 45);
        NumberSteps.Ok(await Appeals.Callbacks.CallbackSteps.Draw(hele, await hele.Viewer(TestPeople.Feng), new(2026, 10, 1), new(2026, 11, 30)));
        await new BehindTheBack(hele).Run($"""UPDATE "Appeals" SET "Kind" = '{FileConduct.Kind}'""");
        foreach (var figure in AppealFigures.All.Concat(CallbackFigures.All))
            Assert.All(await hele.Records(figure, Period.Year(2026)), r => Assert.Equal("", r.Code));
        Assert.NotEmpty(await hele.Records(AppealFigures.Struck, Period.Year(2026)));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Close_ThenLateEntries_TheFrozenValueStandsAndTheyAreListedBeside(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, zhao, zhou, ma) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Zhao), await hele.Viewer(TestPeople.Zhou), await hele.Viewer(TestPeople.Ma));
        await hele.Finished(liu, zhao, satisfied: true);
        var waiting = await hele.FileAppeal(liu);
        NumberSteps.Ok(await hele.Accept(zhao, waiting));
        NumberSteps.Ok(await hele.Answer(zhao, waiting));
        hele.MoveTo(2026, 11, 3);
        var early = await hele.TakeDown(zhou, new(2026, 10, 31));
        Assert.Equal(1, (await hele.Value(AppealFigures.Filed, October)).Late);
        hele.MoveTo(2026, 11, 5);
        var open = await hele.Numbers(October);
        NumberSteps.Ok(await hele.Close(ma, October));
        var frozen = new Dictionary<string, FigureValue>();
        var lists = new Dictionary<string, IReadOnlyList<FigureRecord>>();
        foreach (var figure in AppealFigures.All)
        {
            frozen[figure.Id] = await hele.Value(figure, October);
            lists[figure.Id] = await hele.Records(figure, October);
            Assert.Equal(open[figure.Id], frozen[figure.Id].Value);
            Assert.Equal((0, 0, false), (frozen[figure.Id].Late, frozen[figure.Id].Gone, frozen[figure.Id].Corrected));
        }
        Assert.Equal((3, 1, 2), ((int)open["appeals.filed"], (int)open["appeals.satisfied"], (int)open["appeals.open"]));

        // The clock stands still: an entry of the very instant of the closing came after it.
        var late = await hele.TakeDown(zhou, new(2026, 10, 30));
        hele.MoveTo(2026, 11, 20);
        NumberSteps.Ok(await hele.JudgeOnPaper(zhou, waiting, satisfied: true, new(2026, 10, 31)));
        await hele.Finished(liu, zhao, satisfied: false);

        foreach (var figure in AppealFigures.All)
        {
            var value = await hele.Value(figure, October);
            var was = frozen[figure.Id];
            Assert.Equal((was.Value, was.ClosedAt, was.AsOf, was.LogSize, false), (value.Value, value.ClosedAt, value.AsOf, value.LogSize, value.Corrected));
            Assert.Equal(lists[figure.Id], await hele.Records(figure, October));
        }
        Assert.Equal(1, (await hele.Value(AppealFigures.Filed, October)).Late);
        Assert.Equal(late, Assert.Single((await hele.Changes(AppealFigures.Filed, October)).Added).Code);
        Assert.Equal(1, (await hele.Value(AppealFigures.Satisfied, October)).Late);
        var unfinished = await hele.Changes(AppealFigures.Open, October);
        Assert.Equal(waiting, Assert.Single(unfinished.Gone).Code);
        Assert.Equal(late, Assert.Single(unfinished.Added).Code);
        Assert.DoesNotContain(unfinished.Added, r => r.Code == early);
        // The quarter isn't closed: there the late entry counts.
        Assert.Equal(5, (await hele.Value(AppealFigures.Filed, Period.Quarter(2026, 4))).Value);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Close_ThenARecordIsChangedBehindTheProgram_TheValueStandsAndSaysThatItWasCorrected(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, ma) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Ma));
        await hele.FileAppeal(liu);
        hele.MoveTo(2026, 11, 5);
        NumberSteps.Ok(await hele.Close(ma, October));
        await new BehindTheBack(hele).One("""UPDATE "Appeals" SET "FiledOn" = '2026-09-30'""");
        var value = await hele.Value(AppealFigures.Filed, October);
        Assert.Equal((1L, true), (value.Value, value.Corrected));
        Assert.False((await hele.Value(AppealFigures.Answered, October)).Corrected);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Close_PeriodNotOverNotFixedOrClosedAlready_IsRefused(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var ma = await hele.Viewer(TestPeople.Ma);
        Assert.Equal(ClosePeriod.NotOver.Code, Assert.Single((await hele.Close(ma, October)).Problems).Code);
        Assert.Equal(ClosePeriod.NotFixed.Code, Assert.Single((await hele.Close(ma, new(new(2026, 9, 2), new(2026, 9, 20)))).Problems).Code);
        NumberSteps.Ok(await hele.Close(ma, Period.Month(2026, 9)));
        Assert.Equal(ClosePeriod.AlreadyClosed.Code, Assert.Single((await hele.Close(ma, Period.Month(2026, 9))).Problems).Code);
        var line = Assert.Single(await hele.Query<FigureReader, IReadOnlyList<ClosedPeriodLine>>(f => f.ClosedPeriods()));
        Assert.Equal((Period.Month(2026, 9), TestPeople.Ma.PostTitle), (line.Period, line.ByPost));
        var head = await hele.Read(async db => (await db.Set<Hele.Civic.Platform.Journal.LogHead>().SingleAsync()).Size);
        Assert.Equal(head, line.LogSize);
    }
}
