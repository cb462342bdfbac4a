using System.Security.Cryptography;
using Hele.Civic.Appeals;
using Hele.Civic.Kernel;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Figures;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;
using Hele.TestKit;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Hele.Tests.Figures;

/// <summary>How a figure is read, apart from what any module counts: on the day and the instant where one period ends, and before and after its closing.</summary>
public class FigureReaderTests
{
    private static readonly Period September = Period.Month(2026, 9), October = Period.Month(2026, 10), November = Period.Month(2026, 11);

    /// <summary>What was filed in the period.</summary>
    private static readonly Figure Filed = Make("test.filed", FigureKind.Flow, (db, period, before) => from a in db.Set<Appeal>()
        where a.FiledAt < before && a.FiledOn >= period.From && a.FiledOn <= period.To
        select new FigureRecord { Id = a.Id, Code = a.PublicCode, On = a.FiledOn, LoggedAt = a.FiledAt });

    /// <summary>Everything filed until the period's last day.</summary>
    private static readonly Figure Standing = Make("test.standing", FigureKind.State, (db, period, before) => from a in db.Set<Appeal>()
        where a.FiledAt < before && a.FiledOn <= period.To
        select new FigureRecord { Id = a.Id, Code = a.PublicCode, On = a.FiledOn, LoggedAt = a.FiledAt });

    /// <summary>A sum: each adds what its serial number says, told in tens.</summary>
    private static readonly Figure Serials = Make("test.serials", FigureKind.Flow, (db, period, before) => from a in db.Set<Appeal>()
        where a.FiledAt < before && a.FiledOn >= period.From && a.FiledOn <= period.To
        select new FigureRecord { Id = a.Id, Code = a.PublicCode, On = a.FiledOn, LoggedAt = a.FiledAt, Amount = a.Serial }) with { Adds = new(10, 1) };

    /// <summary>What nobody has accepted yet: one that counted goes when it is accepted.</summary>
    private static readonly Figure Waiting = Make("test.waiting", FigureKind.State, (db, period, before) => from a in db.Set<Appeal>()
        where a.FiledAt < before && a.FiledOn <= period.To && (a.AcceptedOn == null || a.AcceptedOn > period.To || before < Figure.Ever)
        select new FigureRecord { Id = a.Id, Code = a.PublicCode, On = a.FiledOn, LoggedAt = a.FiledAt });

    private static readonly ModuleList Modules = new([new Counting([Filed, Standing, Serials, Waiting])]);

    // ── a value of it, without a database ──

    [Fact]
    public void Told_IsInItsMeasure_WithItsDigits()
    {
        Assert.Equal(("1,234", 1234m), (Filed.Told(1234), Filed.InMeasure(1234)));
        Assert.Equal(("123.5", 123.5m), (Serials.Told(1235), Serials.InMeasure(1235)));
        var area = Filed with { Adds = new(1_000_000, 2) };
        Assert.Equal(("1.23", 1.234567m, "0.00", "2,000.00"), (area.Told(1_234_567), area.InMeasure(1_234_567), area.Told(0), area.Told(2_000_000_000)));
    }

    [Fact]
    public void Value_NotRecorded_IsADash_AndKnownUntilItsClosing()
    {
        var closing = new DateTimeOffset(2026, 11, 5, 1, 0, 0, TimeSpan.Zero);
        var value = new FigureValue(Serials, October, 1235, 1235, null, 0, closing, 9, false);
        Assert.Equal(("123.5", Figure.Ever), (value.Text, value.KnownBefore));
        Assert.Equal(("—", closing), ((value with { Unrecorded = true }).Text, (value with { ClosedAt = closing }).KnownBefore));
        Assert.True(Figure.Ever > closing.AddYears(1000));
    }

    /// <summary>Written down on the day itself, by China's day, isn't late; a minute after its midnight is.</summary>
    [Fact]
    public void LateEntry_IsOneWrittenOnALaterDayInChina()
    {
        var day = new DateOnly(2026, 10, 30);
        FigureRecord At(DateTimeOffset at) => new() { Id = Guid.NewGuid(), Code = "x", On = day, LoggedAt = at };
        Assert.False(At(China.At(day)).IsLateEntry);
        Assert.False(At(China.EndOf(day).AddSeconds(-1)).IsLateEntry);
        Assert.True(At(China.EndOf(day)).IsLateEntry);
        Assert.False(At(China.At(day.AddDays(-1))).IsLateEntry);
        Assert.Equal(1, At(China.At(day)).Amount);
    }

    /// <summary>The hash of a list of records is anybody's to compute again: sixteen bytes each as they are written, smallest first.</summary>
    [Fact]
    public void Hash_OfRecords_IsThatOfTheirSortedIds()
    {
        Guid[] ids = [new("ff000000-0000-0000-0000-000000000001"), new("01020304-0506-0708-090a-0b0c0d0e0f10"), new("01020304-0506-0708-090a-0b0c0d0e0f0f")];
        var expected = SHA256.HashData(Convert.FromHexString("0102030405060708090A0B0C0D0E0F0F" + "0102030405060708090A0B0C0D0E0F10" + "FF000000000000000000000000000001"));
        Assert.Equal(expected, FrozenFigure.HashOf(ids));
        Assert.Equal(expected, FrozenFigure.HashOf(ids.Reverse()));
        Assert.NotEqual(expected, FrozenFigure.HashOf(ids[..2]));
        Assert.Equal(SHA256.HashData([]), FrozenFigure.HashOf([]));
    }

    // ── an open period ──

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task OpenPeriod_CountsItsDays_AndMarksWhatCameAfterItsLastInstant(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var zhou = await hele.Viewer(TestPeople.Zhou);
        hele.Clock.MoveTo(October.End.AddMinutes(-1));
        var inTime = await TakeDown(hele, zhou, October.To);
        Assert.Equal((1, 1, 0), await Of(hele, Filed, October));
        hele.Clock.MoveTo(October.End);
        var late = await TakeDown(hele, zhou, October.To);
        var next = await TakeDown(hele, zhou, November.From);
        Assert.Equal((2, 2, 1), await Of(hele, Filed, October));
        Assert.Equal((1, 1, 0), await Of(hele, Filed, November));
        Assert.Equal((2, 2, 1), await Of(hele, Standing, October));
        Assert.Equal((3, 3, 0), await Of(hele, Standing, November));
        Assert.Equal((3, 3, 1), await Of(hele, Serials, October));
        Assert.Equal((3, 3, 0), await Of(hele, Serials, November));
        var earlier = await TakeDown(hele, zhou, October.To.AddDays(-1));
        Assert.Equal((3, 3, 2), await Of(hele, Filed, October));
        Assert.Equal((7, 7, 2), await Of(hele, Serials, October));
        Assert.Equal((0, 0, 0), await Of(hele, Filed, September));
        Assert.Equal((0, 0, 0), await Of(hele, Serials, September));

        var head = (await hele.Read(db => db.Set<LogHead>().SingleAsync())).Size;
        var value = await Read(hele, r => r.Value(Filed, October));
        Assert.Equal((Filed, October, null, hele.Clock.Now(), head, false, false, false, 0), (value.Figure, value.Period, value.ClosedAt, value.AsOf, value.LogSize, value.Corrected, value.Unrecorded, value.Redefined, value.Gone));
        Assert.Equal(new FigureBasis(null, hele.Clock.Now(), head), await Read(hele, r => r.Basis(October)));
        Assert.Equal(3, await Read(hele, r => r.Count(Filed, October)));
        var changes = await Read(hele, async r => await r.Changes(await r.Value(Filed, October)));
        Assert.Equal([late, earlier], changes.Added.Select(c => c.Code));
        Assert.Empty(changes.Gone);
        var standing = (await Read(hele, r => r.Records(Standing, November, 0, 9))).Select(r => r.Code).ToList();
        Assert.Equal((next, earlier, 4), (standing[0], standing[3], standing.Count));
        Assert.Contains(inTime, standing);
    }

    /// <summary>Newest day first, and of one day in an order that doesn't change from page to page.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Records_ArePagedNewestFirst(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var zhou = await hele.Viewer(TestPeople.Zhou);
        foreach (var day in (int[])[28, 30, 29, 30, 28])
            await TakeDown(hele, zhou, new(2026, 10, day));
        var all = await Read(hele, r => r.Records(Filed, October, 0, 99));
        Assert.Equal([30, 30, 29, 28, 28], all.Select(r => r.On.Day));
        Assert.Equal(all.OrderByDescending(r => r.On).ThenByDescending(r => r.Id.ToString()), all);
        Assert.Equal(all.Skip(1).Take(3), await Read(hele, r => r.Records(Filed, October, 1, 3)));
        Assert.Empty(await Read(hele, r => r.Records(Filed, October, 5, 3)));
        Assert.Empty(await Read(hele, r => r.Records(Filed, October, 0, 0)));
    }

    /// <summary>A code leads to its record: whoever may not open it, and nobody in particular, is told that it counts and not which it is.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Codes_AreToldToWhoMayOpenThem(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, chen) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Chen));
        var (his, hers) = (await hele.FileAppeal(liu), await hele.FileAppeal(chen, "水管漏水"));
        var own = Filed with { Opens = (db, viewer) => db.Set<Appeal>().Where(a => a.AppellantId == viewer!.PersonId).Select(a => a.PublicCode) };
        foreach (var (viewer, sees) in new (Viewer?, string[])[] { (liu, [his]), (chen, [hers]), (null, []) })
        {
            var records = await Read(hele, r => r.Records(own, October, 0, 9, viewer: viewer));
            Assert.Equal(2, records.Count);
            Assert.Equal(sees, records.Select(r => r.Code).Where(c => c != ""));
            hele.Clock.MoveTo(October.End);
            var changes = await Read(hele, async r => await r.Changes((await r.Value(own, October)) with { ClosedAt = DateTimeOffset.UnixEpoch }, viewer: viewer));
            Assert.Equal(sees, changes.Added.Select(r => r.Code).Where(c => c != ""));
        }
        // Where everybody who reads figures may open all, all is told, to the command line too.
        Assert.Equal(new[] { his, hers }.Order(), (await Read(hele, r => r.Records(Filed, October, 0, 9))).Select(r => r.Code).Order());
    }

    // ── closing, and after it ──

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Close_IsForFixedPeriodsThatAreOver_Once(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        hele.Clock.MoveTo(October.End.AddTicks(-1));
        Assert.Equal([ClosePeriod.NotFixed], (await Close(hele, new(2026, 9, 1), new(2026, 9, 29))).Problems);
        Assert.Equal([ClosePeriod.NotFixed], (await Close(hele, new(2026, 9, 30), new(2026, 9, 1))).Problems);
        Assert.Equal([ClosePeriod.NotOver], (await Close(hele, October.From, October.To)).Problems);
        hele.Clock.MoveTo(October.End);
        var size = (await hele.Read(db => db.Set<LogHead>().SingleAsync())).Size;
        Assert.Equal("2026-10-01..2026-10-31", (await Close(hele, October.From, October.To)).Code);
        Assert.Equal([ClosePeriod.AlreadyClosed], (await Close(hele, October.From, October.To)).Problems);
        var row = await hele.Read(db => db.Set<ClosedPeriod>().SingleAsync());
        Assert.Equal((October, hele.Clock.Now(), size), (row.Period, row.ClosedAt, row.LogSize));

        // Those that begin or end on the same day are others.
        hele.MoveToDay(2027, 1, 1);
        foreach (var other in (Period[])[Period.Quarter(2026, 4), Period.Month(2026, 12), Period.Year(2026)])
            Assert.True((await Close(hele, other.From, other.To)).Accepted);
        var lines = await Read(hele, r => r.ClosedPeriods());
        Assert.Equal([Period.Year(2026), Period.Quarter(2026, 4), Period.Month(2026, 12), October], lines.Select(l => l.Period));
        Assert.All(lines, l => Assert.Equal(TestPeople.Ma.PostTitle, l.ByPost));
        Assert.Equal(October.End, lines[3].ClosedAt);
        // Each is covered by the checkpoint that was the first to hold it.
        Assert.Equal((await hele.Read(db => db.Set<LogHead>().SingleAsync())).Size, lines[0].LogSize);
        Assert.True(lines[3].LogSize < lines[1].LogSize);
        Assert.True(lines[3].LogSize > size);
    }

    /// <summary>The value that was frozen stands, whatever comes: what came later and what would no longer count stand beside it.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ClosedPeriod_StandsAsItWasKnown(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (zhou, zhao) = (await hele.Viewer(TestPeople.Zhou), await hele.Viewer(TestPeople.Zhao));
        var (one, two) = (await TakeDown(hele, zhou, new(2026, 10, 29)), await TakeDown(hele, zhou, new(2026, 10, 30)));
        hele.MoveToDay(2026, 11, 5);
        Assert.True((await Close(hele, October.From, October.To)).Accepted);
        var (closedAt, size) = (hele.Clock.Now(), (await hele.Read(db => db.Set<LogHead>().SingleAsync())).Size);
        foreach (var (figure, value) in new[] { (Filed, 2), (Standing, 2), (Serials, 3), (Waiting, 2) })
        {
            Assert.Equal((value, value, 0), await Of(hele, figure, October));
            var row = await hele.Read(db => db.Set<FrozenFigure>().SingleAsync(f => f.FigureId == figure.Id));
            Assert.Equal((value, 1), (row.Value, row.Version));
            Assert.Equal(FrozenFigure.HashOf((await Read(hele, r => r.Records(figure, October, 0, 9))).Select(r => r.Id)), row.RecordsHash);
        }

        // The clock stands still: of the very instant of the closing, and so after it.
        var late = await TakeDown(hele, zhou, new(2026, 10, 31));
        hele.MoveToDay(2026, 11, 20);

        Assert.Equal((2, 3, 1), await Of(hele, Filed, October));
        Assert.Equal((2, 3, 1), await Of(hele, Standing, October));
        Assert.Equal((3, 6, 1), await Of(hele, Serials, October));
        var stands = await Read(hele, r => r.Value(Filed, October));
        Assert.Equal((closedAt, closedAt, size, false, 0, false, false), (stands.ClosedAt, stands.AsOf, stands.LogSize, stands.Corrected, stands.Gone, stands.Redefined, stands.Unrecorded));
        Assert.Equal(new FigureBasis(closedAt, closedAt, size), await Read(hele, r => r.Basis(October)));
        Assert.Equal([two, one], (await Read(hele, r => r.Records(Filed, October, 0, 9))).Select(r => r.Code));
        Assert.Equal(2, await Read(hele, r => r.Count(Filed, October)));
        var changes = await Read(hele, async r => await r.Changes(await r.Value(Filed, October)));
        Assert.Equal(([late], []), (changes.Added.Select(r => r.Code).ToArray(), changes.Gone.Select(r => r.Code).ToArray()), Lists);
        // In the quarter around it, which is open, it counts.
        Assert.Equal((3, 3, 0), await Of(hele, Filed, Period.Quarter(2026, 4)));

        // Accepted on a day before the period was over, entered only now.
        await hele.Accept(zhao, one);
        var waiting = Waiting with { Query = (db, period, before) => Waiting.Query(db, period, before).Where(r => before < Figure.Ever || r.Code != one) };
        var value2 = await Read(hele, r => r.Value(waiting, October));
        Assert.Equal((2, 2, 1, 1, false), (value2.Value, value2.Live, value2.Late, value2.Gone, value2.Corrected));
        var gone = await Read(hele, async r => await r.Changes(value2));
        Assert.Equal(([late], [one]), (gone.Added.Select(r => r.Code).ToArray(), gone.Gone.Select(r => r.Code).ToArray()), Lists);
    }

    /// <summary>A list that isn't the one that was frozen is said, also when it is as long; and a definition that is another than then.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ClosedPeriod_SaysWhenItsListOrItsDefinitionIsAnother(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var zhou = await hele.Viewer(TestPeople.Zhou);
        var (one, two) = (await TakeDown(hele, zhou, new(2026, 10, 29)), await TakeDown(hele, zhou, new(2026, 10, 30)));
        var first = Filed with { Query = (db, period, before) => Filed.Query(db, period, before).Where(r => r.Code == one) };
        var modules = new ModuleList([new Counting([first])]);
        hele.MoveToDay(2026, 11, 5);
        Assert.True((await Close(hele, October.From, October.To, modules)).Accepted);

        var same = await Read(hele, r => r.Value(first, October));
        Assert.Equal((1, false, false), (same.Value, same.Corrected, same.Redefined));
        var other = await Read(hele, r => r.Value(Filed with { Query = (db, period, before) => Filed.Query(db, period, before).Where(r => r.Code == two) }, October));
        Assert.Equal((1, true, false), (other.Value, other.Corrected, other.Redefined));
        var newer = await Read(hele, r => r.Value(first with { Version = 2 }, October));
        Assert.Equal((1, false, true), (newer.Value, newer.Corrected, newer.Redefined));
    }

    /// <summary>Closed before the figure joined: there is none and none is made up, neither as value nor in a list nor in a row.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ClosedPeriod_WithoutTheFigure_HasNone(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        await TakeDown(hele, await hele.Viewer(TestPeople.Zhou), new(2026, 10, 29));
        hele.MoveToDay(2026, 11, 5);
        Assert.True((await Close(hele, October.From, October.To, new ModuleList([new Counting([Standing])]))).Accepted);

        var value = await Read(hele, r => r.Value(Filed, October));
        Assert.Equal((true, false, 0L, 1L, 0, 0, hele.Clock.Now(), hele.Clock.Now(), "—"), (value.Unrecorded, value.Corrected, value.Value, value.Live, value.Late, value.Gone, value.ClosedAt!.Value, value.AsOf, value.Text));
        Assert.Equal(1, (await Read(hele, r => r.Value(Serials, October))).Live);
        Assert.Empty(await Read(hele, r => r.Records(Filed, October, 0, 9)));
        Assert.Equal(0, await Read(hele, r => r.Count(Filed, October)));
        Assert.Equal(1, await Read(hele, r => r.Count(Standing, October)));
        var changes = await Read(hele, r => r.Changes(value with { ClosedAt = DateTimeOffset.UnixEpoch }));
        Assert.Equal((0, 0), (changes.Added.Count, changes.Gone.Count));
        Assert.Equal([(November, 0L)], await Read(hele, r => r.Trend(Filed, [October, November])));
        Assert.Equal([(October, 1L), (November, 1L)], await Read(hele, r => r.Trend(Standing, [October, November])));
    }

    /// <summary>A chart says what the pages say, closed or open, in its own order.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Trend_SaysWhatThePagesSay(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var zhou = await hele.Viewer(TestPeople.Zhou);
        foreach (var day in (DateOnly[])[September.To, October.From, October.To.AddDays(-1)])
            await TakeDown(hele, zhou, day);
        hele.MoveToDay(2026, 11, 2);
        Assert.True((await Close(hele, September.From, September.To)).Accepted);
        await TakeDown(hele, zhou, September.To);
        await TakeDown(hele, zhou, November.From);

        Period[] periods = [November, September, October, Period.Quarter(2026, 4), Period.Month(2026, 8)];
        foreach (var (figure, expected) in new (Figure, long[])[] { (Filed, [1, 1, 2, 3, 0]), (Standing, [5, 1, 4, 5, 0]), (Serials, [5, 1, 5, 10, 0]) })
        {
            var row = await Read(hele, r => r.Trend(figure, periods));
            Assert.Equal(periods.Zip(expected), row);
            foreach (var (period, value) in row)
                Assert.Equal((await Read(hele, r => r.Value(figure, period))).Value, value);
        }
        Assert.Empty(await Read(hele, r => r.Trend(Filed, [])));
        Assert.Equal([(August(), 0L)], await Read(hele, r => r.Trend(Filed, [August()])));

        static Period August() => Period.Month(2026, 8);
    }

    /// <summary>Closings belong to one community: over two of them a period is open, and counts both. Seen to fail: a row of periods that both had closed couldn't be read.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task OverTwoCommunities_NothingIsClosed(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        foreach (var place in (int[])[TestInstallation.Hexi, TestInstallation.Other])
            await TakeDown(hele, await hele.Viewer(TestPeople.Zhou, place), new(2026, 10, 29));
        hele.MoveToDay(2026, 11, 5);
        foreach (var place in (int[])[TestInstallation.Hexi, TestInstallation.Other])
            Assert.True((await Close(hele, October.From, October.To, place: place)).Accepted);
        await TakeDown(hele, await hele.Viewer(TestPeople.Zhou), new(2026, 10, 30));

        var value = await Read(hele, r => r.Value(Filed, October), TestInstallation.Hexi, TestInstallation.Other);
        Assert.Equal((3, 3, null), (value.Value, value.Live, value.ClosedAt));
        Assert.Null((await Read(hele, r => r.Basis(October), TestInstallation.Hexi, TestInstallation.Other)).ClosedAt);
        Assert.Equal(3, (await Read(hele, r => r.Records(Filed, October, 0, 9), TestInstallation.Hexi, TestInstallation.Other)).Count);
        Assert.Equal([(October, 3L)], await Read(hele, r => r.Trend(Filed, [October]), TestInstallation.Hexi, TestInstallation.Other));
        Assert.Equal([(October, 1L)], await Read(hele, r => r.Trend(Filed, [October])));
        // With no community at all there is nothing, and no log that would cover it.
        var nowhere = await Read(hele, r => r.Value(Filed, October), []);
        Assert.Equal((0L, 0L), (nowhere.Value, nowhere.LogSize));
    }

    /// <summary>How far back the choice of periods goes: the first day of anything that happened, but not what reaches back by nature, nor what merely stands.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task FirstDay_IsTheEarliestOfAllThatHappened(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        Assert.Null(await Read(hele, r => r.FirstDay()));
        var zhou = await hele.Viewer(TestPeople.Zhou);
        await TakeDown(hele, zhou, new(2026, 10, 30));
        await TakeDown(hele, zhou, new(2026, 10, 28));
        Assert.Equal(new DateOnly(2026, 10, 28), await Read(hele, r => r.FirstDay()));

        var earlier = On(Filed, new(2026, 5, 4));
        foreach (var (figures, first) in new (Figure[], DateOnly)[]
        {
            ([Filed, earlier], new(2026, 5, 4)),
            ([earlier, Filed], new(2026, 5, 4)),
            ([earlier, On(Filed, new(2026, 5, 3)), Filed], new(2026, 5, 3)),
            ([Filed, earlier with { ReachesBack = true }], new(2026, 10, 28)),
            ([Filed, earlier with { Kind = FigureKind.State }], new(2026, 10, 28)),
            ([Filed, On(Filed, hele.Today.AddDays(1))], new(2026, 10, 28)),
            ([On(Filed, hele.Today)], hele.Today),
            // The earliest day there can be: nothing lies before it.
            ([On(Filed, new(1902, 1, 1)), Filed], new(1902, 1, 1)),
        })
            Assert.Equal(first, await FirstDay([.. figures]));
        Assert.Null(await FirstDay(On(Filed, hele.Today.AddDays(1))));

        async Task<DateOnly?> FirstDay(params Figure[] figures)
        {
            await using var session = Session(hele, TestInstallation.Hexi);
            return await new FigureReader(session, new([new Counting([.. figures.Select((f, i) => f with { Id = $"test.{i}" })])]), hele.Clock).FirstDay();
        }

        // The same records, each as if it had happened on that day.
        static Figure On(Figure figure, DateOnly day) => figure with
        {
            Query = (db, period, before) => from a in db.Set<Appeal>() where a.FiledAt < before && period.From <= day && day <= period.To
                                            select new FigureRecord { Id = a.Id, Code = a.PublicCode, On = day, LoggedAt = a.FiledAt },
        };
    }

    [Fact]
    public void Figures_AreFoundByTheirId()
    {
        var reader = new FigureReader(null!, Modules, TimeProvider.System);
        Assert.Same(Serials, reader.Find("test.serials"));
        Assert.Null(reader.Find("test.none"));
        Assert.Equal([Filed, Standing, Serials, Waiting], reader.All);
    }

    // ── short ways ──

    private sealed class Counting(IReadOnlyList<Figure> figures) : HeleModule
    {
        public override Bilingual Title => ("数", "Counting");
        public override IEnumerable<Figure> Figures => figures;
    }

    private static Figure Make(string id, FigureKind kind, FigureQuery query) => new(id, 1, ("数", "Number"), ("数", "number"), ("件", "cases"), kind, query);

    private static readonly EqualityComparer<(string[], string[])> Lists = EqualityComparer<(string[], string[])>.Create((a, b) => a.Item1.SequenceEqual(b.Item1) && a.Item2.SequenceEqual(b.Item2));

    private static ReadSession Session(TestInstallation hele, params int[] places)
    {
        var session = new ReadSession(hele.Database);
        session.Allow(places);
        return session;
    }

    private static async Task<T> Read<T>(TestInstallation hele, Func<FigureReader, Task<T>> question, params int[]? places)
    {
        await using var session = Session(hele, places ?? []);
        return await question(new FigureReader(session, Modules, hele.Clock));
    }

    private static Task<T> Read<T>(TestInstallation hele, Func<FigureReader, Task<T>> question) => Read(hele, question, TestInstallation.Hexi);

    private static async Task<(int Value, int Live, int Late)> Of(TestInstallation hele, Figure figure, Period period)
    {
        var value = await Read(hele, r => r.Value(figure, period));
        return ((int)value.Value, (int)value.Live, value.Late);
    }

    private static async Task<string> TakeDown(TestInstallation hele, Viewer clerk, DateOnly told) => (await hele.Get<FileAppeal>().Run(
        clerk.Act(AppealAccess.TakeDown, Guid.NewGuid()), new("facilities", "单元门关不上", "单元门的闭门器坏了，风一吹就响。", "12号院5号楼", "王桂兰", told) { Channel = Channel.Counter })).Code!;

    private static async Task<Outcome> Close(TestInstallation hele, DateOnly from, DateOnly to, ModuleList? modules = null, int place = TestInstallation.Hexi) =>
        await new ClosePeriod(hele.Get<Writer>(), modules ?? Modules).Run((await hele.Viewer(TestPeople.Ma, place)).Act(ClosePeriod.Permission, Guid.NewGuid()), new(from, to));
}

file static class Moving
{
    public static void MoveToDay(this TestInstallation hele, int year, int month, int day) => hele.Clock.MoveTo(China.At(new DateOnly(year, month, day), new TimeOnly(9, 0)));
}
