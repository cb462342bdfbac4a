using System.Security.Cryptography;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Platform.Figures;

/// <summary>A period that was closed by an act. Before that a late entry counts, marked; afterwards the frozen values stand.</summary>
public sealed class ClosedPeriod : Owned
{
    public required DateOnly From { get; init; }
    public required DateOnly To { get; init; }
    public required DateTimeOffset ClosedAt { get; init; }

    /// <summary>Size of the log when it was closed: the values rest on exactly these entries.</summary>
    public required long LogSize { get; init; }

    public Period Period => new(From, To);
}

/// <summary>A figure as it stood when its period was closed.</summary>
public sealed class FrozenFigure : Owned
{
    public required Guid ClosedPeriodId { get; init; }
    public required string FigureId { get; init; }

    /// <summary>Version of the definition it was made with.</summary>
    public required int Version { get; init; }

    public required long Value { get; init; }

    /// <summary>SHA-256 over the ids of the records, in order.</summary>
    public required byte[] RecordsHash { get; init; }

    /// <summary>The hash of a list of record ids: sixteen bytes each, big-endian, sorted.</summary>
    public static byte[] HashOf(IEnumerable<Guid> records)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var bytes in records.Select(r => r.ToByteArray(true)).OrderBy(b => Convert.ToHexString(b), StringComparer.Ordinal))
            hash.AppendData(bytes);
        return hash.GetHashAndReset();
    }
}

/// <summary>Closes a fixed period: every figure is computed once more and frozen with the hash of its records.</summary>
public sealed class ClosePeriod(Writer writer, ModuleList modules)
{
    public static readonly Permission Permission = new("period.close", ("结账", "Close a period"), [Role.Secretary]);
    public static readonly EventKind Closed = new("period.closed", ("统计期结账", "Closed the period"));
    public static readonly EventKind Frozen = new("figure.frozen", ("数字定格", "Froze a figure"));

    public static readonly Problem NotFixed = new("period.not-fixed", ("只能对整年、半年、季度或月份结账。", "Only a whole year, half-year, quarter or month can be closed."), nameof(Input.Period));
    public static readonly Problem NotOver = new("period.not-over", ("这个统计期还没有结束，不能结账。", "The period isn't over yet, so it can't be closed."), nameof(Input.Period));
    public static readonly Problem AlreadyClosed = new("period.already-closed", ("这个统计期已经结账。", "The period is closed already."), nameof(Input.Period), ProblemKind.Conflict);

    public sealed record Input(DateOnly From, DateOnly To)
    {
        public Period Period => new(From, To);
    }

    public Task<Outcome> Run(Act act, Input input, CancellationToken cancel = default) => writer.Write(act, Permission.Code, input, async scope =>
    {
        if (input.To < input.From || !input.Period.IsFixed)
            return NotFixed;
        if (input.To >= scope.Today)
            return NotOver;
        if (await scope.Db.Set<ClosedPeriod>().AnyAsync(p => p.From == input.From && p.To == input.To))
            return AlreadyClosed;
        var period = scope.Add(new ClosedPeriod { From = input.From, To = input.To, ClosedAt = scope.Now, LogSize = scope.LogSize }, Closed);
        foreach (var figure in modules.Figures)
        {
            var ids = await figure.Records(scope.Db, input.Period).Select(r => r.Id).ToListAsync();
            scope.Add(new FrozenFigure { ClosedPeriodId = period.Id, FigureId = figure.Id, Version = figure.Version, Value = ids.Count, RecordsHash = FrozenFigure.HashOf(ids) }, Frozen);
        }
        return Outcome.Ok($"{input.From:yyyy-MM-dd}..{input.To:yyyy-MM-dd}");
    }, cancel);
}

/// <summary>A figure for a period as it is shown: the value that stands, and beside it what came later.</summary>
/// <param name="Value">The number that stands: the frozen one once the period is closed.</param>
/// <param name="Live">What the records say now.</param>
/// <param name="ClosedAt">When the period was closed; null while it is open.</param>
/// <param name="Late">Records written after the period's end (补录); while the period is open they count, marked.</param>
/// <param name="AsOf">The state of the log it was computed from.</param>
/// <param name="LogSize">Entries in the log at that moment; the checkpoint of this size covers the figure.</param>
/// <param name="Corrected">True when the frozen record list is no longer the one the records give for that moment.</param>
public sealed record FigureValue(Figure Figure, Period Period, long Value, long Live, DateTimeOffset? ClosedAt, int Late, DateTimeOffset AsOf, long LogSize, bool Corrected);

/// <summary>Reads figures within a scope.</summary>
public sealed class FigureReader(ReadSession read, ModuleList modules, TimeProvider clock)
{
    public Figure? Find(string id) => modules.Figure(id);

    public IReadOnlyList<Figure> All => modules.Figures;

    public async Task<FigureValue> Value(Figure figure, Period period, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        var records = figure.Records(db, period);
        var live = await records.LongCountAsync(cancel);
        var head = await db.Set<LogHead>().Select(h => (long?)h.Size).FirstOrDefaultAsync(cancel) ?? 0;
        var frozen = await (from f in db.Set<FrozenFigure>()
                            join p in db.Set<ClosedPeriod>() on f.ClosedPeriodId equals p.Id
                            where f.FigureId == figure.Id && p.From == period.From && p.To == period.To
                            select new { f.Value, f.RecordsHash, p.ClosedAt, p.LogSize }).SingleOrDefaultAsync(cancel);
        if (frozen is null)
        {
            var end = period.End;
            var late = await records.CountAsync(r => r.LoggedAt >= end, cancel);
            return new FigureValue(figure, period, live, live, null, late, clock.Now(), head, false);
        }
        var all = await records.Select(r => new { r.Id, r.LoggedAt }).ToListAsync(cancel);
        var before = all.Where(r => r.LoggedAt <= frozen.ClosedAt).Select(r => r.Id);
        var corrected = !FrozenFigure.HashOf(before).AsSpan().SequenceEqual(frozen.RecordsHash);
        return new FigureValue(figure, period, frozen.Value, live, frozen.ClosedAt, all.Count(r => r.LoggedAt > frozen.ClosedAt), frozen.ClosedAt, frozen.LogSize, corrected);
    }

    /// <summary>The records behind a figure, newest first.</summary>
    public async Task<IReadOnlyList<FigureRecord>> Records(Figure figure, Period period, int skip, int take, CancellationToken cancel = default) =>
        await figure.Records(await read.Db(cancel), period).OrderByDescending(r => r.On).ThenByDescending(r => r.Id).Skip(skip).Take(take).ToListAsync(cancel);
}
