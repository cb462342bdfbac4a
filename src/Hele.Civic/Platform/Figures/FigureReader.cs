using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Platform.Figures;

/// <summary>A figure for a period as it is shown: the value that stands, and beside it what came later.</summary>
/// <param name="Value">The number that stands: the frozen one once the period is closed.</param>
/// <param name="Live">What the records say now.</param>
/// <param name="ClosedAt">When the period was closed; null while it is open.</param>
/// <param name="Late">
/// Records that came later (补录). While the period is open: written after its end, and counted, marked. Once it is closed: written after the
/// closing, and not counted.
/// </param>
/// <param name="AsOf">The state of the log it was computed from.</param>
/// <param name="LogSize">Entries in the log at that moment; the checkpoint of this size covers the figure.</param>
/// <param name="Corrected">True when the records known at the closing no longer give the list that was frozen.</param>
public sealed record FigureValue(Figure Figure, Period Period, long Value, long Live, DateTimeOffset? ClosedAt, int Late, DateTimeOffset AsOf, long LogSize, bool Corrected)
{
    /// <summary>Closed periods only: records that were counted and would not be now, because of what was entered later (a state that had ended already).</summary>
    public int Gone { get; init; }

    /// <summary>Closed periods only: the figure was frozen by an earlier definition than today's.</summary>
    public bool Redefined { get; init; }

    /// <summary>
    /// Closed periods only: the figure joined the program after the closing, so none was frozen and none is made up now. <see cref="Value"/> is nought, there are no records that stand, and nothing is said of it.
    /// </summary>
    public bool Unrecorded { get; init; }

    /// <summary>As it is read, in its measure; a dash where none was recorded.</summary>
    public string Text => Unrecorded ? "\u2014" : Figure.Told(Value);

    /// <summary>The records that stand are those written before this instant.</summary>
    public DateTimeOffset KnownBefore => ClosedAt ?? Figure.Ever;
}

/// <summary>How the figures of a period stand.</summary>
/// <param name="ClosedAt">When it was closed; null while it is open.</param>
/// <param name="AsOf">What they are as of: the closing, or now.</param>
/// <param name="LogSize">The checkpoint of this size covers them.</param>
public sealed record FigureBasis(DateTimeOffset? ClosedAt, DateTimeOffset AsOf, long LogSize);

/// <summary>What was entered after a period ended (open) or was closed (closed).</summary>
/// <param name="Added">Records that were not known then.</param>
/// <param name="Gone">Records that were counted then and are not now.</param>
public sealed record FigureChanges(IReadOnlyList<FigureRecord> Added, IReadOnlyList<FigureRecord> Gone);

/// <summary>A closed period, for the list.</summary>
/// <param name="ByPost">The title of the post that closed it.</param>
public sealed record ClosedPeriodLine(Period Period, DateTimeOffset ClosedAt, long LogSize, string? ByPost);

/// <summary>Reads figures within a scope.</summary>
public sealed class FigureReader(ReadSession read, ModuleList modules, TimeProvider clock)
{
    public Figure? Find(string id) => modules.Figure(id);

    public IReadOnlyList<Figure> All => modules.Figures;

    public async Task<FigureValue> Value(Figure figure, Period period, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        var present = figure.Records(db, period);
        if (await Closed(period, cancel) is not { } closed)
        {
            var (value, late) = await figure.TotalAndLate(present, period.End, cancel);
            return new FigureValue(figure, period, value, value, null, late, clock.Now(), await Head(db, cancel), false);
        }
        if (await Frozen(db, closed, figure, cancel) is not { } frozen)
            return new FigureValue(figure, period, 0, await figure.Total(present, cancel), closed.ClosedAt, 0, closed.ClosedAt, await SizeOf(db, closed, cancel), false) { Unrecorded = true };
        var known = await figure.Records(db, period, closed.ClosedAt).Select(r => r.Id).ToListAsync(cancel);
        var now = await present.Select(r => r.Id).ToListAsync(cancel);
        var live = figure.Adds is null ? now.Count : await figure.Total(present, cancel);
        var corrected = !FrozenFigure.HashOf(known).AsSpan().SequenceEqual(frozen.RecordsHash);
        return new FigureValue(figure, period, frozen.Value, live, closed.ClosedAt, now.Except(known).Count(), closed.ClosedAt, await SizeOf(db, closed, cancel), corrected)
        {
            Gone = known.Except(now).Count(),
            Redefined = frozen.Version != figure.Version,
        };
    }

    /// <summary>How the figures of a period stand, whichever they are.</summary>
    public async Task<FigureBasis> Basis(Period period, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        return await Closed(period, cancel) is { } closed ? new(closed.ClosedAt, closed.ClosedAt, await SizeOf(db, closed, cancel)) : new(null, clock.Now(), await Head(db, cancel));
    }

    /// <summary>The records behind the value that stands, newest first: of a closed period those that were known at its closing; none where none was recorded.</summary>
    /// <param name="viewer">Whose list it is; null for nobody's, as the command line's: codes that not everybody may open stay out.</param>
    public async Task<IReadOnlyList<FigureRecord>> Records(Figure figure, Period period, int skip, int take, CancellationToken cancel = default, Viewer? viewer = null)
    {
        var db = await read.Db(cancel);
        var closed = await Closed(period, cancel);
        if (closed is not null && await Frozen(db, closed, figure, cancel) is null)
            return [];
        return await Told(db, figure, viewer, await figure.Records(db, period, closed?.ClosedAt).OrderByDescending(r => r.On).ThenByDescending(r => r.Id).Skip(skip).Take(take).ToListAsync(cancel), cancel);
    }

    /// <summary>How many records are behind the value that stands.</summary>
    public async Task<int> Count(Figure figure, Period period, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        var closed = await Closed(period, cancel);
        return closed is not null && await Frozen(db, closed, figure, cancel) is null ? 0 : await figure.Records(db, period, closed?.ClosedAt).CountAsync(cancel);
    }

    /// <summary>The records with the codes that this reader may open.</summary>
    private static async Task<List<FigureRecord>> Told(HeleDb db, Figure figure, Viewer? viewer, List<FigureRecord> records, CancellationToken cancel)
    {
        if (figure.Opens is not { } opens || records.Count == 0)
            return records;
        var codes = records.Select(r => r.Code).Distinct().ToList();
        var open = viewer is null ? [] : (await opens(db, viewer).Where(c => codes.Contains(c)).ToListAsync(cancel)).ToHashSet(StringComparer.Ordinal);
        return records.ConvertAll(r => open.Contains(r.Code) ? r : r with { Code = "" });
    }

    /// <summary>What came after the period's end, or after its closing.</summary>
    public async Task<FigureChanges> Changes(FigureValue value, CancellationToken cancel = default, Viewer? viewer = null)
    {
        if (value.Unrecorded)
            return new([], []);
        var db = await read.Db(cancel);
        var (then, now) = (value.Figure.Records(db, value.Period, value.ClosedAt ?? value.Period.End), value.Figure.Records(db, value.Period));
        return new(await Without(now, then), await Without(then, now));

        async Task<List<FigureRecord>> Without(IQueryable<FigureRecord> records, IQueryable<FigureRecord> others)
        {
            var ids = others.Select(r => r.Id);
            return await Told(db, value.Figure, viewer, await records.Where(r => !ids.Contains(r.Id)).OrderByDescending(r => r.On).ThenByDescending(r => r.Id).ToListAsync(cancel), cancel);
        }
    }

    /// <summary>The values that stand for several periods, in their order; for a chart. A period that was closed before the figure joined the program has none and is left out.</summary>
    public async Task<IReadOnlyList<(Period Period, long Value)>> Trend(Figure figure, IReadOnlyList<Period> periods, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        // With each closed period the value that was frozen for the figure, or null.
        var closed = !OneJurisdiction ? [] : (await (from p in db.Set<ClosedPeriod>()
                                                     select new { p.From, p.To, Value = db.Set<FrozenFigure>().Where(f => f.ClosedPeriodId == p.Id && f.FigureId == figure.Id).Select(f => (long?)f.Value).SingleOrDefault() }).ToListAsync(cancel))
            .ToDictionary(p => new Period(p.From, p.To), p => p.Value);
        List<(DateOnly On, int Count)>? days = null;
        if (figure is { Kind: FigureKind.Flow, Adds: null } && periods.Count > 0)
        {
            // One question for the whole row: a flow's records lie in exactly the periods that hold their dates.
            var span = new Period(periods.Min(p => p.From), periods.Max(p => p.To));
            days = (await figure.Records(db, span).GroupBy(r => r.On).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(cancel)).ConvertAll(d => (d.Key, d.Count));
        }
        var row = new List<(Period, long)>();
        foreach (var period in periods)
        {
            if (!closed.TryGetValue(period, out var value))
                row.Add((period, days?.Where(d => period.Contains(d.On)).Sum(d => d.Count) ?? await figure.Total(figure.Records(db, period), cancel)));
            else if (value is not null)
                row.Add((period, value.Value));
        }
        return row;
    }

    /// <summary>The periods that were closed, newest first.</summary>
    public async Task<IReadOnlyList<ClosedPeriodLine>> ClosedPeriods(CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        var periods = await db.Set<ClosedPeriod>().OrderByDescending(p => p.To).ThenBy(p => p.From).ToListAsync(cancel);
        var by = await (from r in db.Set<JournalRow>()
                        join p in db.Set<Post>() on r.PostId equals p.Id
                        where r.RowTable == "ClosedPeriods"
                        select new { r.RowId, p.Title }).ToDictionaryAsync(r => r.RowId, r => r.Title, cancel);
        var lines = new List<ClosedPeriodLine>();
        foreach (var period in periods)
            lines.Add(new(period.Period, period.ClosedAt, await SizeOf(db, period, cancel), by.GetValueOrDefault(period.Id)));
        return lines;
    }

    /// <summary>The earliest business date of any record behind any figure; null while there is none.</summary>
    public async Task<DateOnly?> FirstDay(CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        var (from, today) = (new DateOnly(1902, 1, 1), clock.Today());
        DateOnly? first = null;
        foreach (var figure in modules.Figures.Where(f => f.Kind == FigureKind.Flow && !f.ReachesBack).TakeWhile(_ => first != from))
        {
            // Only what lies before the earliest so far: an index tells that there is nothing, without reading the figure's records.
            var before = new Period(from, first?.AddDays(-1) ?? today);
            first = await figure.Records(db, before).MinAsync(r => (DateOnly?)r.On, cancel) ?? first;
        }
        return first;
    }

    // Closings belong to one jurisdiction; a sum over several is never closed.
    private bool OneJurisdiction => read.Scope.Count == 1;

    private async Task<ClosedPeriod?> Closed(Period period, CancellationToken cancel) => !OneJurisdiction ? null
        : await (await read.Db(cancel)).Set<ClosedPeriod>().SingleOrDefaultAsync(p => p.From == period.From && p.To == period.To, cancel);

    private static Task<FrozenFigure?> Frozen(HeleDb db, ClosedPeriod closed, Figure figure, CancellationToken cancel) =>
        db.Set<FrozenFigure>().SingleOrDefaultAsync(f => f.ClosedPeriodId == closed.Id && f.FigureId == figure.Id, cancel);

    private static async Task<long> Head(HeleDb db, CancellationToken cancel) => await db.Set<LogHead>().Select(h => (long?)h.Size).FirstOrDefaultAsync(cancel) ?? 0;

    /// <summary>The checkpoint that first covers the closing and the frozen values.</summary>
    private static async Task<long> SizeOf(HeleDb db, ClosedPeriod closed, CancellationToken cancel)
    {
        var leaf = await db.Set<JournalRow>().Where(r => r.RowTable == "ClosedPeriods" && r.RowId == closed.Id).MinAsync(r => r.LeafIndex, cancel);
        return await LogService.GroupSizeOf(db, closed.JurisdictionId, leaf, cancel);
    }
}
