using Hele.Planning.Streets;

namespace Hele.Planning.Partition;

/// <summary>What isn't divided: a whole building, or several that stay together.</summary>
/// <param name="Households">0 or more, as the other two.</param>
/// <param name="Members">Party members.</param>
/// <param name="Care">People in need of care.</param>
/// <param name="Compound">Number of the compound it stands in; -1: none.</param>
/// <param name="Today">Number (0, 1, …) of the grid it belongs to today; -1: none.</param>
/// <param name="Locked">Stays in the grid it belongs to today.</param>
/// <param name="Entrances">Where one goes in; without any it joins the streets at its place.</param>
public sealed record Lot(string Id, GeoPoint Place, int Households, int Members = 0, int Care = 0, int Compound = -1, int Today = -1, bool Locked = false, IReadOnlyList<GeoPoint>? Entrances = null);

/// <summary>Two lots between which one walks without passing a third.</summary>
/// <param name="Weight">What parting them costs, 0 to <see cref="LotGraph.MostWeight"/>: high inside a compound and over a short walk, low across a big road.</param>
/// <param name="Metres">The walk from one to the other; 0 and more.</param>
/// <param name="BigRoad">A big road lies between them.</param>
public readonly record struct LotEdge(int A, int B, int Weight, double Metres, bool BigRoad = false);
