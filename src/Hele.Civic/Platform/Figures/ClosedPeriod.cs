using System.Security.Cryptography;
using System.Text.Json.Serialization;
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

    /// <summary>What was written before this instant is in the frozen values, what was written at or after it is late.</summary>
    public required DateTimeOffset ClosedAt { get; init; }

    /// <summary>Size of the log when the closing act began.</summary>
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
        /// <summary>Not part of what the idempotency hash reads: a period leads on to the one before it, without end.</summary>
        [JsonIgnore]
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
            var records = figure.Records(scope.Db, input.Period, scope.Now);
            var ids = await records.Select(r => r.Id).ToListAsync();
            scope.Add(new FrozenFigure { ClosedPeriodId = period.Id, FigureId = figure.Id, Version = figure.Version, Value = figure.Adds is null ? ids.Count : await figure.Total(records), RecordsHash = FrozenFigure.HashOf(ids) }, Frozen);
        }
        return Outcome.Ok($"{input.From:yyyy-MM-dd}..{input.To:yyyy-MM-dd}");
    }, cancel);
}
