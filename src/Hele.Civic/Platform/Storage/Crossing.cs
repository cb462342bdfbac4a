using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;

namespace Hele.Civic.Platform.Storage;

/// <summary>Which way an act crosses: into the jurisdiction above, or into one directly below.</summary>
public enum CrossingWay { Up, Down }

/// <summary>
/// The declaration of an operation that writes in a second jurisdiction. Modules list theirs (<see cref="HeleModule.Crossings"/>); the writer
/// lets no other operation cross, and none record the events of one that does.
/// </summary>
/// <param name="Operation">Stable name of the operation.</param>
/// <param name="Goes">What crosses, said to a reader.</param>
/// <param name="BelowCode">The column of the records above that holds the code of the jurisdiction below: of several below, it names the other side.</param>
/// <param name="Ties">What holds the two sides together. The events named here are those the act records, once each.</param>
public sealed record Crossing(string Operation, CrossingWay Way, Bilingual Goes, string BelowCode, IReadOnlyList<CrossingTie> Ties)
{
    /// <summary>Events of records that stay on their own side and say nothing to the other: any number of them, and nothing to compare.</summary>
    public IReadOnlySet<EventKind> Aside { get; init; } = new HashSet<EventKind>();

    public IReadOnlySet<EventKind> Above { get; } = Ties.Select(t => t.Above).ToHashSet();
    public IReadOnlySet<EventKind> Below { get; } = Ties.Select(t => t.Below).ToHashSet();
}

/// <summary>
/// Two records that one crossing act leaves behind, one on each side. The entries share the act and its time; what else must agree is said here, and
/// <c>hele verify</c> compares it.
/// </summary>
/// <param name="Above">The event of the record above.</param>
/// <param name="Below">The event of the record below.</param>
/// <param name="States">The states the act leaves the two records in, where they have one.</param>
/// <param name="Same">Columns that say the same on both sides. Each is written once and never changed: it is compared as it stands.</param>
public sealed record CrossingTie(EventKind Above, EventKind Below, (Enum Above, Enum Below)? States, params (string Above, string Below)[] Same)
{
    /// <summary>Where a record keeps its state.</summary>
    public const string StateColumn = "State";
}

/// <summary>
/// The inside of a crossing act. Each side is an act scope of its own: its rows, events and log, read and written behind its own fence. At any
/// time one side is open; going to the other writes what was changed on this one, so records are not carried over, only values are.
/// Nothing stands until both sides do.
/// </summary>
public sealed class CrossingScope
{
    private readonly WriteSession _session;
    private readonly string _operation;
    private readonly Act _here, _there;
    private readonly DateTimeOffset _now;

    internal CrossingScope(WriteSession session, string operation, Act act, int other, DateTimeOffset now)
    {
        (_session, _operation, _here, _now) = (session, operation, act, now);
        // Their person and their post are of this side; on the other they are the same account, and no more.
        _there = act with { JurisdictionId = other, PersonId = null, PostId = null };
    }

    /// <summary>The side that is open; null before the first.</summary>
    internal ActScope? Open { get; private set; }

    /// <summary>Opens the acting side: the jurisdiction of the act itself.</summary>
    public Task<ActScope> Here() => Turn(_here);

    /// <summary>Opens the other side. Its records are loaded there; the actor has no person and no post in it.</summary>
    public Task<ActScope> There() => Turn(_there);

    private async Task<ActScope> Turn(Act side)
    {
        if (Open is not null && Open.Act.JurisdictionId == side.JurisdictionId)
            return Open;
        if (Open is not null)
            await _session.WriteSide(Open, _operation);
        await _session.Turn(side.JurisdictionId);
        return Open = new ActScope(_session.Db, side, _now, China.DateIn(_now), _session.LogSize(side.JurisdictionId));
    }
}
