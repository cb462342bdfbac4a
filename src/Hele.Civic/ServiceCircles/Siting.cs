using Hele.Civic.Grids;
using Hele.Civic.Kernel;
using Hele.Civic.Platform;
using Hele.Planning.Streets;

namespace Hele.Civic.ServiceCircles;

/// <summary>What is sought of the places of service points.</summary>
public enum SitingAim
{
    /// <summary>So many points, and as many people as possible within the limit.</summary>
    Most,
    /// <summary>Everybody within the limit, with as few new points as possible.</summary>
    All,
    /// <summary>So many points, and as little walking as possible of all together.</summary>
    Walks,
    /// <summary>So many points, and whoever walks longest walks as little as possible.</summary>
    Farthest,
    /// <summary>So many of today's points given up, and as few people as possible lost.</summary>
    Closing,
}

/// <summary>What one household (of older people: one person) of each group counts, 0 to <see cref="Most"/>; whole numbers, so that an answer can be proved.</summary>
public sealed record SitingWeights(int Adult, int Older, int Child, int Wheelchair)
{
    public const int Most = 100;

    /// <summary>Households at an adult's pace, and every older person once more at theirs.</summary>
    public static readonly SitingWeights Usual = new(1, 1, 0, 0);

    public int Of(WalkerGroup group) => group switch { WalkerGroup.Older => Older, WalkerGroup.Child => Child, WalkerGroup.Wheelchair => Wheelchair, _ => Adult };

    public bool IsNothing => Adult + Older + Child + Wheelchair == 0;
}

/// <summary>A question about where service points should be.</summary>
/// <param name="At">Of today's points those count where somebody answers at this hour; at a new one somebody always does.</param>
public sealed record SitingAsk(SitingAim Aim, WeekMoment At)
{
    public const int MostNumber = 20, MostCost = 1_000_000, MostNamed = 50;

    /// <summary>New points, or points at all where today's may be given up, or points to close; 1 to <see cref="MostNumber"/>. <see cref="SitingAim.All"/> doesn't ask it.</summary>
    public int Number { get; init; } = 1;

    /// <summary>Today's points may be given up for others.</summary>
    public bool Anew { get; init; }

    public SitingWeights Weights { get; init; } = SitingWeights.Usual;

    /// <summary>Buildings, by code, beside which there must be no point, and beside which there must be one.</summary>
    public IReadOnlyList<string> Never { get; init; } = [];

    public IReadOnlyList<string> Always { get; init; } = [];

    /// <summary>How much one point serves at most, in what <see cref="Weights"/> count; null: as many as come. Only of <see cref="SitingAim.Most"/>.</summary>
    public int? Capacity { get; init; }

    /// <summary>What new points may cost together; null: nothing is said of money.</summary>
    public int? Budget { get; init; }

    /// <summary>What a new point costs beside a building, where it isn't 1.</summary>
    public IReadOnlyDictionary<string, int> Costs { get; init; } = new Dictionary<string, int>();

    /// <summary>The same question is the same text.</summary>
    public string Key => FormattableString.Invariant($"{Aim}|{At}|{Number}|{Anew}|{Weights}|{string.Join(',', Never)}|{string.Join(',', Always)}|{Capacity}|{Budget}|{string.Join(',', Costs.Select(c => $"{c.Key}={c.Value}"))}");
}

/// <summary>A place in an answer: a point of today, or one beside a building.</summary>
/// <param name="Point">Code of today's point; null for a new one.</param>
/// <param name="Building">Code of the building a new one is beside.</param>
/// <param name="Cost">What it costs; 0 for one of today's.</param>
public sealed record SitingPlace(string? Point, string? Building, string Name, Position At, int Cost);

/// <summary>How many of a group are within the limit; households, of older people persons.</summary>
public sealed record SitingCount(WalkerGroup Group, long Within, long All);

/// <summary>Points that may be chosen together, and what they come to.</summary>
/// <param name="Places">All that are open, today's first.</param>
/// <param name="GivenUp">Today's that aren't.</param>
/// <param name="Weighted">Weight of all who are within the limit.</param>
/// <param name="Served">The weight that is served where a point serves only so many; null where it serves as many as come.</param>
/// <param name="MeanSeconds">An adult's walk to the nearest point, the mean over households that reach one; null where there are none.</param>
/// <param name="FarthestSeconds">The longest walk of those that count and reach a point, at their group's pace.</param>
/// <param name="FarthestFrom">The building it begins at.</param>
public sealed record SitingOption(IReadOnlyList<SitingPlace> Places, IReadOnlyList<SitingPlace> GivenUp, IReadOnlyList<SitingCount> Groups, long Weighted, long? Served, int? MeanSeconds, int? FarthestSeconds, string? FarthestFrom, long Cost)
{
    public IEnumerable<SitingPlace> New => Places.Where(p => p.Point is null);
}

/// <summary>How a question fares: answered, under way, or, where neither is there, waiting for others that are.</summary>
/// <param name="Run">What it tells is how near the best so far comes to what no choice can better, 0 to 1.</param>
public sealed record SitingAsked(SitingAnswer? Answer, KeptRun<SitingAnswer>? Run);

/// <summary>An answer with what it rests on.</summary>
/// <param name="Today">The points of today that answer at the hour.</param>
/// <param name="Options">The best first, then others nearly as good; none where there is no answer.</param>
/// <param name="IsProven">There is no better choice among the candidates, or provably none at all; recomputed by a checker that shares nothing with the search.</param>
/// <param name="Gap">By what share a better one may still be better; 0 when proven.</param>
/// <param name="Candidates">Places tried; of <paramref name="Places"/> buildings on the map.</param>
/// <param name="Unreached">Buildings whose people no candidate reaches, by any choice.</param>
/// <param name="ByBuildings">No household is registered, so that buildings are counted.</param>
/// <param name="Named">The buildings that the question names, as places.</param>
/// <param name="Weight">What all who count weigh together.</param>
public sealed record SitingAnswer(SitingAsk Ask, CircleRules Rules, SitingOption Today, IReadOnlyList<SitingOption> Options, bool IsProven, double Gap, int Candidates, int Places, int Unreached, bool ByBuildings, IReadOnlyList<SitingPlace> Named, long Weight);
