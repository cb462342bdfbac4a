using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;

namespace Hele.Civic.Platform;

/// <summary>Something that waits for whoever holds a post. It goes when its record says so; nobody ticks it.</summary>
/// <param name="Record">The entity behind it, whose page it opens.</param>
/// <param name="Code">Its public code.</param>
/// <param name="What">What there is to do.</param>
/// <param name="Due">The day by which; null when none runs.</param>
/// <param name="Helps">It is a colleague's and late: this one is next in line to help.</param>
public sealed record DayItem(Type Record, string Code, Bilingual Title, string? Where, Bilingual What, DateOnly? Due, bool Helps = false)
{
    /// <summary>Of a record that people named: its name is the same in both languages.</summary>
    public DayItem(Type record, string code, string title, string? where, Bilingual what, DateOnly? due, bool helps = false) : this(record, code, new Bilingual(title, title), where, what, due, helps)
    {
    }

    /// <summary>The instant by which, where hours count: such a thing stands before all others.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>It can't wait for a day or an hour.</summary>
    public bool AtOnce { get; init; }

    /// <summary>From when on it is this viewer's too; null for now.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    public bool IsLate(DateTimeOffset now) => DueAt is { } at ? at < now : Due < China.DateIn(now);
}

/// <summary>What a module knows to wait for a viewer today.</summary>
public delegate Task<IReadOnlyList<DayItem>> DaySource(HeleDb db, Viewer viewer, DateOnly today, CancellationToken cancel);

/// <summary>我的一天: all that waits for somebody, from every module, the most pressing first.</summary>
public sealed class DayQueries(ReadSession read, ModuleList modules, TimeProvider clock)
{
    public async Task<IReadOnlyList<DayItem>> Of(Viewer viewer, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        var items = new List<DayItem>();
        foreach (var source in modules.Days)
            items.AddRange(await source(db, viewer, clock.Today(), cancel));
        var now = clock.Now();
        return [.. items.Where(i => i.NotBefore is not { } from || from < now).OrderByDescending(i => i.AtOnce).ThenBy(i => i.DueAt ?? DateTimeOffset.MaxValue).ThenBy(i => i.Due ?? DateOnly.MaxValue).ThenBy(i => i.Helps).ThenBy(i => i.Code, StringComparer.Ordinal)];
    }
}
