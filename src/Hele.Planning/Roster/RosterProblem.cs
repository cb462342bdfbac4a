using Hele.Planning.Streets;

namespace Hele.Planning.Roster;

public enum ContactKind
{
    /// <summary>By telephone, from wherever the visitor is; a walk may stop for it.</summary>
    Call,
    /// <summary>At the recipient's door.</summary>
    Visit,
}

/// <summary>From a moment until, without, another; local time.</summary>
public readonly record struct Stretch(DateTime From, DateTime Until);

/// <summary>Somebody who visits and calls.</summary>
/// <param name="Base">The place they leave from and come back to within each free time.</param>
/// <param name="Free">When they are free, week by week.</param>
/// <param name="WeekMinutes">What they can give in seven days, walking included; a plan never asks more.</param>
public sealed record Visitor(int Base, WeekHours Free, int WeekMinutes)
{
    /// <summary>Numbers that the caller gives a meaning.</summary>
    public IReadOnlyCollection<int> Skills { get; init; } = [];
    /// <summary>Free besides the weekly hours.</summary>
    public IReadOnlyList<Stretch> AlsoFree { get; init; } = [];
    /// <summary>Not free, whatever else is said.</summary>
    public IReadOnlyList<Stretch> Absences { get; init; } = [];
}

/// <summary>How often somebody is to hear from or see a visitor. The rule is the longest gap, never a count.</summary>
/// <param name="LongestGap">In days: 1 is every day; 3 that a contact on Monday is followed by one on Thursday at the latest.</param>
/// <param name="Last">The last contact before the roster begins: the gap counts over that border.</param>
/// <param name="Minutes">How long a contact takes.</param>
public sealed record Rhythm(ContactKind Kind, int LongestGap, DateOnly Last, int Minutes)
{
    /// <summary>One or two visitors at the same time.</summary>
    public int People { get; init; } = 1;
    /// <summary>What everybody who comes must be able to do.</summary>
    public IReadOnlyCollection<int> Skills { get; init; } = [];
    /// <summary>Of a call: a visit on the same day does as well.</summary>
    public bool MetByVisit { get; init; }
}

/// <summary>Somebody who is visited and called.</summary>
/// <param name="Home">When they are at home, or answer the telephone.</param>
public sealed record Recipient(int Place, WeekHours Home, IReadOnlyList<Rhythm> Rhythms)
{
    /// <summary>Not there: in hospital, away.</summary>
    public IReadOnlyList<Stretch> Away { get; init; } = [];
    /// <summary>The visitors (by number) whom they know.</summary>
    public IReadOnlyCollection<int> Familiar { get; init; } = [];
}

/// <summary>A contact that was promised: who comes to whom for which rhythm, and when. Of two who come, one or both may be named.</summary>
public sealed record Promise(int Recipient, int Rhythm, DateTime Start, IReadOnlyList<int> Visitors);

/// <summary>
/// What a roster is made for: days from the first on, people, promises, and walking times. Hours are local and to the minute; a free time ends at midnight at the latest. Immutable; a changed one is made with <c>with</c>.
/// </summary>
public sealed record RosterProblem
{
    /// <summary>Longer rosters than nine weeks would plan what nobody knows yet.</summary>
    public const int MostDays = 63;
    const int MostPlaces = 2000;

    public required DateOnly First { get; init; }
    public required int Days { get; init; }
    public required IReadOnlyList<Visitor> Visitors { get; init; }
    public required IReadOnlyList<Recipient> Recipients { get; init; }
    public IReadOnlyList<Promise> Promises { get; init; } = [];
    /// <summary>Milliseconds from place to place, square; below 0 where nobody can walk. The shortest way counts, even over a third place. <c>ReachIndex.Matrix</c> gives such times.</summary>
    public required int[,] Walking { get; init; }

    /// <exception cref="ArgumentException">With what is wrong, and where.</exception>
    internal void Check()
    {
        static ArgumentException Bad(string what) => new(what);
        if (Days is < 1 or > MostDays)
            throw Bad($"A roster is for 1 to {MostDays} days, not {Days}.");
        if (Walking is null || Visitors is null || Recipients is null || Promises is null)
            throw Bad("Walking times, visitors, recipients and promises must be given.");
        var places = Walking.GetLength(0);
        if (Walking.GetLength(1) != places || places > MostPlaces)
            throw Bad($"Walking times aren't square or of more than {MostPlaces} places: {places} by {Walking.GetLength(1)}.");
        void Spans(IReadOnlyList<Stretch>? spans, string whose)
        {
            foreach (var span in spans ?? throw Bad($"{whose} must be given."))
                if (span.Until <= span.From)
                    throw Bad($"{whose} end before they begin: {span.From:s} to {span.Until:s}.");
        }
        for (var v = 0; v < Visitors.Count; v++)
        {
            var visitor = Visitors[v] ?? throw Bad($"Visitor {v} is missing.");
            if ((uint)visitor.Base >= (uint)places)
                throw Bad($"Visitor {v} leaves from a place that isn't there: {visitor.Base}.");
            if (visitor.Free is null || visitor.Skills is null)
                throw Bad($"Visitor {v} has no free hours or no list of skills.");
            if (visitor.WeekMinutes is < 1 or > 7 * 1440)
                throw Bad($"Visitor {v} gives {visitor.WeekMinutes} minutes a week, not 1 to {7 * 1440}.");
            Spans(visitor.AlsoFree, $"Visitor {v}'s free times");
            Spans(visitor.Absences, $"Visitor {v}'s absences");
        }
        for (var r = 0; r < Recipients.Count; r++)
        {
            var recipient = Recipients[r] ?? throw Bad($"Recipient {r} is missing.");
            if ((uint)recipient.Place >= (uint)places)
                throw Bad($"Recipient {r} lives at a place that isn't there: {recipient.Place}.");
            if (recipient.Home is null || recipient.Rhythms is null || recipient.Familiar is null)
                throw Bad($"Recipient {r} has no hours at home, rhythms or familiar visitors.");
            if (recipient.Familiar.Any(v => (uint)v >= (uint)Visitors.Count))
                throw Bad($"Recipient {r} knows a visitor who isn't there.");
            Spans(recipient.Away, $"Recipient {r}'s absences");
            for (var i = 0; i < recipient.Rhythms.Count; i++)
            {
                var rhythm = recipient.Rhythms[i] ?? throw Bad($"Rhythm {i} of recipient {r} is missing.");
                if (rhythm.LongestGap < 1)
                    throw Bad($"Rhythm {i} of recipient {r} has a longest gap of {rhythm.LongestGap} days.");
                if (rhythm.Last >= First)
                    throw Bad($"Rhythm {i} of recipient {r}: the last contact, {rhythm.Last:O}, isn't before the roster begins.");
                if (rhythm.Minutes is < 1 or > 1440)
                    throw Bad($"Rhythm {i} of recipient {r} takes {rhythm.Minutes} minutes.");
                if (rhythm.People is not (1 or 2))
                    throw Bad($"Rhythm {i} of recipient {r} is for {rhythm.People} people, not one or two.");
                if (!Enum.IsDefined(rhythm.Kind) || rhythm.Skills is null)
                    throw Bad($"Rhythm {i} of recipient {r} has no kind or no list of skills.");
                if (rhythm.MetByVisit && rhythm.Kind != ContactKind.Call)
                    throw Bad($"Rhythm {i} of recipient {r}: only a call is met by a visit.");
            }
        }
        var promised = new HashSet<(int, int, DateTime)>();
        for (var p = 0; p < Promises.Count; p++)
        {
            var promise = Promises[p] ?? throw Bad($"Promise {p} is missing.");
            if ((uint)promise.Recipient >= (uint)Recipients.Count || (uint)promise.Rhythm >= (uint)Recipients[promise.Recipient].Rhythms.Count)
                throw Bad($"Promise {p} is to somebody, or for a rhythm, that isn't there.");
            var day = DateOnly.FromDateTime(promise.Start).DayNumber - First.DayNumber;
            if (day < 0 || day >= Days)
                throw Bad($"Promise {p} is for a day outside the roster: {promise.Start:s}.");
            if (promise.Visitors is not { Count: > 0 } named || named.Count > Recipients[promise.Recipient].Rhythms[promise.Rhythm].People
                || named.Any(v => (uint)v >= (uint)Visitors.Count) || named.Distinct().Count() != named.Count)
                throw Bad($"Promise {p} names nobody, too many, or a visitor who isn't there.");
            if (!promised.Add((promise.Recipient, promise.Rhythm, promise.Start.Date)))
                throw Bad($"Promise {p} is the second for one rhythm on one day.");
        }
    }
}
