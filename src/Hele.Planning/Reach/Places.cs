using Hele.Planning.Streets;

namespace Hele.Planning.Reach;

/// <summary>A building and how many households live in it. It joins the streets at its entrances; without any, at its own place.</summary>
/// <param name="Households">0 or more.</param>
public sealed record Building(string Id, GeoPoint Place, int Households = 1, IReadOnlyList<GeoPoint>? Entrances = null);

/// <summary>A point where somebody can be found, at the hours at which somebody answers.</summary>
public sealed record ServicePoint(string Id, GeoPoint Place, WeekHours Answers, bool Closed = false)
{
    public bool AnswersAt(WeekMoment at) => !Closed && Answers.IsOpen(at);
}

/// <summary>How a place hangs on the network: where on which edge, and the straight way there.</summary>
public readonly record struct Joint(int Edge, int Millimetres, int StubMillimetres, GeoPoint From, GeoPoint Place)
{
    public double StubMetres => StubMillimetres / 1000.0;
    internal Hook Hook => new(Edge, Millimetres, StubMillimetres);
}

/// <summary>Of a joint what a search needs.</summary>
readonly record struct Hook(int Edge, int Millimetres, int StubMillimetres);

/// <summary>Where a building stands to the points.</summary>
public enum Standing
{
    /// <summary>Somebody who answers is reached within the limit.</summary>
    Covered,
    /// <summary>The next point where somebody answers is further than the limit.</summary>
    Beyond,
    /// <summary>No way leads to any point where somebody answers.</summary>
    NoWay,
    /// <summary>No street near enough.</summary>
    NotJoined,
}
