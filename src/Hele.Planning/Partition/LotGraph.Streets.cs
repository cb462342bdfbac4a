using Hele.Planning.Reach;
using Hele.Planning.Search;
using Hele.Planning.Streets;

namespace Hele.Planning.Partition;

/// <summary>What makes two neighbours belong together.</summary>
public sealed record LotTies
{
    public static readonly LotTies Default = new();
    /// <summary>The walk (metres) over which a tie is half as strong as next door; 1 to 10,000.</summary>
    public double HalfMetres { get; init => field = value is >= 1 and <= 10_000 ? value : throw new ArgumentOutOfRangeException(nameof(HalfMetres), value, "From 1 to 10,000 m."); } = 60;
    /// <summary>How much stronger inside one compound; 1 to 100.</summary>
    public double Compound { get; init => field = value is >= 1 and <= 100 ? value : throw new ArgumentOutOfRangeException(nameof(Compound), value, "From 1 to 100."); } = 5;
    /// <summary>What is left of a tie across a big road; 0 to 1.</summary>
    public double AcrossBigRoad { get; init => field = value is >= 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(nameof(AcrossBigRoad), value, "From 0 to 1."); } = 0.2;
    /// <summary>No lot joins a street further away than this; 0 to 5,000 m.</summary>
    public double JoinMetres { get; init; } = 200;
    /// <summary>Lots of one compound further apart than this aren't taken for neighbours by the compound alone.</summary>
    public double CompoundMetres { get; init; } = 150;
    /// <summary>When one walks: gates that are shut then let nobody through.</summary>
    public WeekMoment At { get; init; } = new(3, 12);
    /// <summary>What separates like a big road and isn't among the streets: a river, a railway, a road nobody walks. Lines of two places and more.</summary>
    public IReadOnlyList<IReadOnlyList<GeoPoint>> Dividers { get; init; } = [];

    internal const double NextDoor = 1000;

    internal int Weight(double metres, bool compound, bool road) =>
        (int)Math.Clamp(Math.Round(NextDoor * HalfMetres / (HalfMetres + metres) * (compound ? Compound : 1) * (road ? AcrossBigRoad : 1)), 1, LotGraph.MostWeight);
}

public sealed partial class LotGraph
{
    /// <summary>
    /// Lots and their neighbours along the streets: each piece of street belongs to the lot from which it is reached first, and where two such pieces meet their lots are neighbours (the
    /// Voronoi cells of the network; Okabe et al. 2008). Inside a compound one also walks between lots that have no third between them, whether or not the map knows the path.
    /// Neighbours walk private ways too. A big road, or a divider, lies between two lots where the straight line from one to the other crosses it.
    /// </summary>
    /// <exception cref="ArgumentException">As the constructor; a divider that isn't on earth.</exception>
    public static LotGraph FromStreets(StreetNetwork network, WalkingProfile profile, IReadOnlyList<Lot> lots, LotTies? ties = null, CancellationToken cancel = default)
    {
        ties ??= LotTies.Default;
        _ = new LotGraph(lots, []);
        var index = ReachIndex.Build(network, profile with { Private = PrivateWays.Always }, [.. lots.Select(l => new Building(l.Id, l.Place, l.Households, l.Entrances))], ties.JoinMetres, cancel: cancel);
        var walks = new Dictionary<(int, int), double>();
        void Meet(int a, int b, double metres)
        {
            if (a == b)
                return;
            var pair = a < b ? (a, b) : (b, a);
            if (!walks.TryGetValue(pair, out var known) || metres < known)
                walks[pair] = metres;
        }
        AlongStreets(index, ties.At, Meet, cancel);
        var plain = new LotGraph(lots, []);
        plain.InsideCompounds(ties.CompoundMetres, Meet, cancel);
        var roads = new Roads(network, ties.Dividers);
        var edges = walks.Select(w => (w.Key.Item1, w.Key.Item2, Metres: w.Value)).OrderBy(w => w).Select(w =>
        {
            var (a, b) = (lots[w.Item1], lots[w.Item2]);
            var road = roads.Between(a.Place, b.Place);
            return new LotEdge(w.Item1, w.Item2, ties.Weight(w.Metres, a.Compound >= 0 && a.Compound == b.Compound, road), w.Metres, road);
        }).ToList();
        return new(lots, edges) { NotJoined = index.NotJoined };
    }

    static void AlongStreets(ReachIndex index, WeekMoment at, Action<int, int, double> meet, CancellationToken cancel)
    {
        var ready = index.At(at);
        var (graph, network, speed) = (ready.Graph, index.Network, index.Profile.MillimetresPerSecond / 1e6);
        var search = ready.Lend();
        try
        {
            for (var j = 0; j < index.Joints.Count; j++)
                ready.Seed(search, index.Joints.At(j), index.Joints.BuildingOf(j));
            search.Run(cancel: cancel);
            for (var e = 0; e < network.EdgeCount; e++)
            {
                if (graph.EdgeTime[e] < 0)
                    continue;
                var (a, b) = network.Ends(e);
                // Along the edge: who holds its end A, who hangs on it, who holds its end B. Times in milliseconds, each with where on the edge it starts.
                var (owner, reach, where) = graph.Blocked(a) || search.Time(a) >= WalkGraph.Never ? (-1, 0L, 0L) : (search.Label(a), search.Time(a), 0L);
                void Next(int lot, long stub, long place)
                {
                    if (owner >= 0)
                        meet(owner, lot, (reach + stub + place - where) * speed);
                    (owner, reach, where) = (lot, stub, place);
                }
                var (from, to) = index.Joints.On(e);
                for (var j = from; j < to; j++)
                    Next(index.Joints.BuildingOf(j), index.Profile.Milliseconds(index.Joints.At(j).StubMillimetres), graph.TimeToA(e, index.Joints.At(j).Millimetres));
                if (!graph.Blocked(b) && search.Time(b) < WalkGraph.Never)
                    Next(search.Label(b), search.Time(b), graph.EdgeTime[e]);
            }
        }
        finally
        {
            ready.GiveBack(search);
        }
    }

    /// <summary>Lots of one compound between which no third of it lies (Gabriel 1969): none in the circle over their line.</summary>
    void InsideCompounds(double metres, Action<int, int, double> meet, CancellationToken cancel)
    {
        foreach (var compound in Enumerable.Range(0, Lots.Count).Where(v => Lots[v].Compound >= 0).GroupBy(v => Lots[v].Compound))
        {
            cancel.ThrowIfCancellationRequested();
            var all = compound.ToArray();
            for (var i = 0; i < all.Length; i++)
                for (var j = i + 1; j < all.Length; j++)
                {
                    var (a, b) = (all[i], all[j]);
                    var square = Square(a, b);
                    if (square <= metres * metres && !all.Any(c => c != a && c != b && Square(a, c) + Square(c, b) < square))
                        meet(a, b, Math.Sqrt(square));
                }
        }
    }

    internal double Square(int a, int b)
    {
        var (x, y) = (East[a] - East[b], North[a] - North[b]);
        return x * x + y * y;
    }

    /// <summary>The pieces of big roads and dividers, by squares of the ground.</summary>
    sealed class Roads
    {
        const double Cell = 100;
        readonly Dictionary<(int, int), List<int>> cells = [];
        readonly List<(double AX, double AY, double BX, double BY)> pieces = [];
        readonly Plane plane;

        public Roads(StreetNetwork network, IReadOnlyList<IReadOnlyList<GeoPoint>> dividers)
        {
            var lines = new List<IReadOnlyList<GeoPoint>>();
            for (var e = 0; e < network.EdgeCount; e++)
                if ((network.FlagsOf(e) & WayFlags.BigRoad) != 0)
                    lines.Add(network.Shape(e));
            foreach (var line in dividers)
                lines.Add(line.All(p => p.IsOnEarth) ? line : throw new ArgumentException("A divider has a place that isn't on earth.", nameof(dividers)));
            plane = new(lines.Count > 0 && lines[0].Count > 0 ? lines[0][0] : default);
            foreach (var line in lines)
                for (var i = 1; i < line.Count; i++)
                {
                    var ((ax, ay), (bx, by)) = (plane.Of(line[i - 1]), plane.Of(line[i]));
                    foreach (var cell in Cells(ax, ay, bx, by))
                    {
                        if (!cells.TryGetValue(cell, out var list))
                            cells[cell] = list = [];
                        list.Add(pieces.Count);
                    }
                    pieces.Add((ax, ay, bx, by));
                }
        }

        /// <summary>Every square that the line passes, stepping by less than one, with those around: a few too many do no harm.</summary>
        static HashSet<(int, int)> Cells(double ax, double ay, double bx, double by)
        {
            var found = new HashSet<(int, int)>();
            var steps = (int)Math.Min(1000, Math.Max(Math.Abs(bx - ax), Math.Abs(by - ay)) / (Cell / 2)) + 1;
            for (var i = 0; i <= steps; i++)
            {
                var (x, y) = (ax + (bx - ax) * i / steps, ay + (by - ay) * i / steps);
                found.Add(((int)Math.Floor(x / Cell), (int)Math.Floor(y / Cell)));
                found.Add(((int)Math.Floor((x + Cell / 2) / Cell), (int)Math.Floor((y + Cell / 2) / Cell)));
                found.Add(((int)Math.Floor((x - Cell / 2) / Cell), (int)Math.Floor((y - Cell / 2) / Cell)));
                found.Add(((int)Math.Floor((x + Cell / 2) / Cell), (int)Math.Floor((y - Cell / 2) / Cell)));
                found.Add(((int)Math.Floor((x - Cell / 2) / Cell), (int)Math.Floor((y + Cell / 2) / Cell)));
            }
            return found;
        }

        public bool Between(GeoPoint a, GeoPoint b)
        {
            if (pieces.Count == 0)
                return false;
            var ((ax, ay), (bx, by)) = (plane.Of(a), plane.Of(b));
            foreach (var cell in Cells(ax, ay, bx, by))
                if (cells.TryGetValue(cell, out var list))
                    foreach (var i in list)
                    {
                        var p = pieces[i];
                        if (Side(ax, ay, bx, by, p.AX, p.AY) * Side(ax, ay, bx, by, p.BX, p.BY) <= 0 && Side(p.AX, p.AY, p.BX, p.BY, ax, ay) * Side(p.AX, p.AY, p.BX, p.BY, bx, by) < 0)
                            return true;
                    }
            return false;
        }

        static int Side(double ax, double ay, double bx, double by, double x, double y) => Math.Sign((bx - ax) * (y - ay) - (by - ay) * (x - ax));
    }
}
