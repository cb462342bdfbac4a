namespace Hele.Planning.Roster;

/// <summary>Somebody who walks one round: from a place that they leave at a time, to a place, with skills (any numbers).</summary>
public sealed record RoundCarer(int Start, int End, double Leaves, IReadOnlyCollection<int> Skills);

/// <summary>A visit of one carer: where, which skill it needs, how long it takes, not before when, and after when it is late. The unit of time is the problem's own.</summary>
public sealed record RoundVisit(int Place, int Skill, double Duration, double Earliest, double Latest);

/// <summary>Two visits that hang together: the second begins between <paramref name="MinGap"/> and <paramref name="MaxGap"/> after the first begins. Both 0: at the same moment.</summary>
/// <param name="TwoCarers">Nobody does both.</param>
public sealed record VisitPair(int First, int Second, double MinGap, double MaxGap, bool TwoCarers = true);

/// <summary>What a unit of all walking, of all lateness together and of the largest lateness costs.</summary>
public readonly record struct RoundWeights(double Travel, double Late, double LargestLate);

/// <summary>
/// The rounds of one day: every visit by one carer who has its skill, each carer's round from start to end, no visit before its earliest, pairs within their gap. Lateness is allowed and costs.
/// The model is the home health care routing and scheduling problem of Mankowska, Meisel and Bierwirth (2014). Immutable.
/// </summary>
public sealed class RoundsProblem
{
    readonly double[,] travel;

    /// <param name="travel">From place to place, in the unit of time; square.</param>
    /// <exception cref="ArgumentException">A place, skill or visit that isn't there, a time that isn't a number, a visit in two pairs, a visit whose skill nobody has, a pair that no two carers can do.</exception>
    public RoundsProblem(double[,] travel, IReadOnlyList<RoundCarer> carers, IReadOnlyList<RoundVisit> visits, IReadOnlyList<VisitPair> pairs, RoundWeights weights)
    {
        ArgumentNullException.ThrowIfNull(travel);
        ArgumentNullException.ThrowIfNull(carers);
        ArgumentNullException.ThrowIfNull(visits);
        ArgumentNullException.ThrowIfNull(pairs);
        var places = travel.GetLength(0);
        if (travel.GetLength(1) != places)
            throw new ArgumentException($"Travel isn't square: {places} by {travel.GetLength(1)}.", nameof(travel));
        foreach (var t in travel)
            if (!(t >= 0 && double.IsFinite(t)))
                throw new ArgumentException($"Not a travel time: {t}.", nameof(travel));
        foreach (var weight in new[] { weights.Travel, weights.Late, weights.LargestLate })
            if (!(weight >= 0 && double.IsFinite(weight)))
                throw new ArgumentException($"Not a weight: {weight}.", nameof(weights));
        for (var c = 0; c < carers.Count; c++)
        {
            if (carers[c] is not { Skills: not null } carer)
                throw new ArgumentException($"Carer {c} is missing, or has no list of skills.", nameof(carers));
            if ((uint)carer.Start >= (uint)places || (uint)carer.End >= (uint)places)
                throw new ArgumentException($"Carer {c} starts or ends at a place that isn't there.", nameof(carers));
            if (!double.IsFinite(carer.Leaves))
                throw new ArgumentException($"Carer {c} leaves at a time that isn't one.", nameof(carers));
        }
        for (var v = 0; v < visits.Count; v++)
        {
            if (visits[v] is not { } visit)
                throw new ArgumentException($"Visit {v} is missing.", nameof(visits));
            if ((uint)visit.Place >= (uint)places)
                throw new ArgumentException($"Visit {v} is at a place that isn't there: {visit.Place}.", nameof(visits));
            if (!(visit.Duration >= 0 && double.IsFinite(visit.Duration) && double.IsFinite(visit.Earliest) && double.IsFinite(visit.Latest)))
                throw new ArgumentException($"Visit {v} has a time that isn't one.", nameof(visits));
            if (!carers.Any(c => c.Skills.Contains(visit.Skill)))
                throw new ArgumentException($"Nobody has the skill {visit.Skill} of visit {v}.", nameof(visits));
        }
        var paired = new HashSet<int>();
        foreach (var pair in pairs)
        {
            if (pair is null || (uint)pair.First >= (uint)visits.Count || (uint)pair.Second >= (uint)visits.Count)
                throw new ArgumentException("A pair names a visit that isn't there.", nameof(pairs));
            if (!paired.Add(pair.First) || !paired.Add(pair.Second))
                throw new ArgumentException($"A visit of the pair {pair.First}, {pair.Second} is in a pair already.", nameof(pairs));
            if (!(pair.MinGap >= 0 && pair.MaxGap >= pair.MinGap && double.IsFinite(pair.MaxGap)))
                throw new ArgumentException($"Not a gap: {pair.MinGap} to {pair.MaxGap}.", nameof(pairs));
            var (one, other) = (visits[pair.First].Skill, visits[pair.Second].Skill);
            if (pair.TwoCarers && !carers.Index().Where(c => c.Item.Skills.Contains(one)).Any(c => carers.Index().Any(d => c.Index != d.Index && d.Item.Skills.Contains(other))))
                throw new ArgumentException($"No two carers have the skills {one} and {other} of the pair {pair.First}, {pair.Second}.", nameof(pairs));
        }
        this.travel = (double[,])travel.Clone();
        (Carers, Visits, Pairs, Weights) = ([.. carers.Select(c => c with { Skills = [.. c.Skills] })], [.. visits], [.. pairs], weights);
    }

    public IReadOnlyList<RoundCarer> Carers { get; }
    public IReadOnlyList<RoundVisit> Visits { get; }
    public IReadOnlyList<VisitPair> Pairs { get; }
    public RoundWeights Weights { get; }
    public int Places => travel.GetLength(0);
    public double Travel(int from, int to) => travel[from, to];

    /// <summary>
    /// The earliest starts that these rounds allow, which no other starts beat in any lateness, and what they cost; null when the pairs can't be kept in this order (each would wait for the other).
    /// </summary>
    /// <param name="rounds">For each carer the visits in their order; every visit once.</param>
    /// <exception cref="ArgumentException">Not a round for each carer, a visit missing, twice, or with somebody who hasn't its skill; both of a pair with one carer where it needs two.</exception>
    public RoundsPlan? Schedule(IReadOnlyList<IReadOnlyList<int>> rounds)
    {
        ArgumentNullException.ThrowIfNull(rounds);
        if (rounds.Count != Carers.Count)
            throw new ArgumentException($"{rounds.Count} rounds for {Carers.Count} carers.", nameof(rounds));
        var seen = new bool[Visits.Count];
        for (var c = 0; c < rounds.Count; c++)
            foreach (var v in rounds[c])
            {
                if ((uint)v >= (uint)seen.Length || seen[v])
                    throw new ArgumentException($"Visit {v} isn't there or stands twice.", nameof(rounds));
                if (!Carers[c].Skills.Contains(Visits[v].Skill))
                    throw new ArgumentException($"Carer {c} hasn't the skill of visit {v}.", nameof(rounds));
                seen[v] = true;
            }
        if (Array.IndexOf(seen, false) is >= 0 and var missing)
            throw new ArgumentException($"Visit {missing} is in no round.", nameof(rounds));
        var carerOf = new int[seen.Length];
        for (var c = 0; c < rounds.Count; c++)
            foreach (var v in rounds[c])
                carerOf[v] = c;
        foreach (var pair in Pairs)
            if (pair.TwoCarers && carerOf[pair.First] == carerOf[pair.Second])
                throw new ArgumentException($"The pair {pair.First}, {pair.Second} needs two carers.", nameof(rounds));
        var search = new RoundsState(this);
        search.Load(rounds);
        return search.Time() ? search.ToPlan() : null;
    }
}

/// <summary>The rounds of a day with their starts and what they cost.</summary>
/// <param name="Rounds">For each carer the visits in their order.</param>
/// <param name="Starts">When each visit begins, by its number.</param>
public sealed record RoundsPlan(IReadOnlyList<IReadOnlyList<int>> Rounds, IReadOnlyList<double> Starts, double Travel, double Late, double LargestLate, double Cost);
