namespace Hele.Planning.Roster;

/// <summary>
/// What a plan costs, the dearest first: one day over a gap outweighs every change, one change (of an existing plan) every contact more than needed, that every face new to a recipient, that all unevenness, that all walking.
/// </summary>
/// <param name="GapDays">Days by which longest gaps are exceeded, over all rhythms.</param>
/// <param name="Changes">Contacts that differ from the plan before (0 where there is none).</param>
/// <param name="NewFaces">Pairs of recipient and visitor who don't know each other yet.</param>
/// <param name="Unevenness">Sum over visitors of the square of their load in twentieths of what they can give: least when all give the same share. Smaller differences aren't told apart.</param>
public readonly record struct PlanCost(int GapDays, int Changes, int Contacts, int NewFaces, int Unevenness, int WalkingMinutes) : IComparable<PlanCost>
{
    public int CompareTo(PlanCost other) =>
        (GapDays, Changes, Contacts, NewFaces, Unevenness, WalkingMinutes).CompareTo((other.GapDays, other.Changes, other.Contacts, other.NewFaces, other.Unevenness, other.WalkingMinutes));

    public static PlanCost operator -(PlanCost a, PlanCost b) => new(a.GapDays - b.GapDays, a.Changes - b.Changes, a.Contacts - b.Contacts, a.NewFaces - b.NewFaces, a.Unevenness - b.Unevenness, a.WalkingMinutes - b.WalkingMinutes);
}

public enum ReasonCode
{
    /// <summary>It was promised so.</summary>
    Promised,
    /// <summary>It has begun or is over: nothing is decided about it any more.</summary>
    Past,
    /// <summary>Of so many visitors (<see cref="Reason.Of"/>) no more than come (<see cref="Reason.Number"/>) have the skills.</summary>
    OnlyWithSkill,
    /// <summary>Of those with the skills (Of) no more than come (Number) have room that day.</summary>
    OnlyFree,
    /// <summary>The next best would change so many contacts (Number) of the plan before.</summary>
    Kept,
    /// <summary>The next best would bring so many more (Number) new faces.</summary>
    Familiar,
    /// <summary>The next best would make loads more uneven by Number (see <see cref="PlanCost.Unevenness"/>).</summary>
    LoadEvened,
    /// <summary>The next best would walk so many minutes (Number) more.</summary>
    LessWalking,
    /// <summary>The next best would do as well.</summary>
    Equal,
}

/// <summary>Why, with the numbers that the code explains.</summary>
public readonly record struct Reason(ReasonCode Code, int Number = 0, int Of = 0);

/// <summary>Why these visitors and no others, with the rest of the plan as it is.</summary>
/// <param name="Reasons">The one that decided first, then what else speaks for it.</param>
/// <param name="WithSkill">Visitors who have the skills.</param>
/// <param name="Free">Of those, who has room that day (alone or with another, where two come), those who come included.</param>
/// <param name="NextBest">Who would have come instead; empty when nobody can.</param>
/// <param name="Difference">What the plan would cost more with them; never less than nothing.</param>
public sealed record Explanation(IReadOnlyList<Reason> Reasons, int WithSkill, int Free, IReadOnlyList<int> NextBest, PlanCost? Difference);

/// <summary>A call or visit: when, to whom, by whom, and why by them.</summary>
/// <param name="Visitors">One, or two in the order of their numbers.</param>
/// <param name="WalkingBefore">Minutes each of them walks to it; none to a call.</param>
public sealed record PlannedContact(int Recipient, int Rhythm, DateTime Start, int Minutes, IReadOnlyList<int> Visitors, IReadOnlyList<int> WalkingBefore, bool Promised, Explanation Why)
{
    /// <summary>The same people at the same time for the same rhythm.</summary>
    public bool Same(PlannedContact other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return (Recipient, Rhythm, Start) == (other.Recipient, other.Rhythm, other.Start) && Visitors.SequenceEqual(other.Visitors);
    }
}

public enum UnmetCode
{
    /// <summary>The gap was too long before the first day that could be planned.</summary>
    AlreadyOverdue,
    /// <summary>Fewer visitors than must come have the skills.</summary>
    NobodyHasSkill,
    /// <summary>The recipient isn't there long enough on any day of the gap.</summary>
    NeverHome,
    /// <summary>Nobody with the skills is free while the recipient is there, on any day of the gap.</summary>
    NobodyFree,
    /// <summary>Somebody would be free, but what else is planned or what they can give leaves no room.</summary>
    NoRoom,
}

/// <summary>A gap that can't be held.</summary>
/// <param name="After">The contact before it.</param>
/// <param name="Until">The next contact, or the day after the roster's last.</param>
/// <param name="DaysOver">Days beyond the longest gap.</param>
/// <param name="WithSkill">Visitors who have the skills.</param>
public sealed record UnmetNeed(int Recipient, int Rhythm, DateOnly After, DateOnly Until, int DaysOver, UnmetCode Why, int WithSkill);

public enum BrokenCode
{
    /// <summary>A named visitor hasn't the skills.</summary>
    NoSkill,
    /// <summary>A named visitor isn't free then.</summary>
    NotFree,
    /// <summary>The recipient isn't there then.</summary>
    NotHome,
    /// <summary>A named visitor or the recipient has another promise then, or the visitor can't walk there and back in their free time, or has given all they can.</summary>
    Clash,
    /// <summary>Nobody can come as the second.</summary>
    NoSecond,
}

/// <summary>A promise (by number) that can't be kept; its rhythm is planned as if it hadn't been made.</summary>
public sealed record BrokenPromise(int Promise, BrokenCode Why);

/// <param name="Minutes">Of contacts and walking.</param>
/// <param name="Share">Of what they can give in these days.</param>
public sealed record VisitorLoad(int Visitor, int Contacts, int Minutes, int WalkingMinutes, double Share);

/// <param name="Longest">The longest gap of the rhythm in days, from the last contact before the roster to the day after it.</param>
public sealed record LongestGapOf(int Recipient, int Rhythm, int Longest, int Allowed);

/// <summary>Who visits or calls whom and when.</summary>
/// <param name="Contacts">By start, then recipient and rhythm.</param>
/// <param name="Spread">The largest share that a visitor gives less the smallest.</param>
public sealed record RosterPlan(RosterProblem Problem, IReadOnlyList<PlannedContact> Contacts, IReadOnlyList<UnmetNeed> Unmet, IReadOnlyList<BrokenPromise> Broken, IReadOnlyList<VisitorLoad> Loads,
    IReadOnlyList<LongestGapOf> Gaps, double Spread, PlanCost Cost);

public enum ChangeCode
{
    /// <summary>A visitor isn't free then any more, or lacks a skill that is needed now.</summary>
    VisitorNotFree,
    /// <summary>The recipient isn't there then any more.</summary>
    RecipientAway,
    /// <summary>The rhythm changed or ended.</summary>
    RhythmChanged,
    /// <summary>A promise was made for it.</summary>
    NowPromised,
    /// <summary>It could have stayed, but another needed its place.</summary>
    MadeRoom,
    /// <summary>Needed for a gap that would have been exceeded.</summary>
    Needed,
}

/// <summary>What is different from the plan before: moved (both), dropped (no After) or added (no Before), and why.</summary>
public sealed record RosterChange(PlannedContact? Before, PlannedContact? After, ChangeCode Why);

/// <param name="Changes">By time.</param>
public sealed record Replanned(RosterPlan Plan, IReadOnlyList<RosterChange> Changes);
