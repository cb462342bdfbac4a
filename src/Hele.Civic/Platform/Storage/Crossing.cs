using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;

namespace Hele.Civic.Platform.Storage;

/// <summary>Which way an act crosses: into the jurisdiction above, or into one directly below.</summary>
public enum CrossingWay { Up, Down }

/// <summary>
/// The declaration of an operation that writes in a second jurisdiction. Modules list theirs (<see cref="HeleModule.Crossings"/>); the writer
/// lets no other operation cross.
/// </summary>
/// <param name="Operation">Stable name of the operation.</param>
/// <param name="Goes">What crosses, said to a reader.</param>
public sealed record Crossing(string Operation, CrossingWay Way, Bilingual Goes);

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
