using System.Collections.Concurrent;
using Hele.Civic.Grids;
using Hele.Civic.Platform;
using Hele.Civic.ServiceCircles;
using Hele.Planning.Partition;
using Hele.Planning.Streets;
using Partitioner = Hele.Planning.Partition.Partitioner;

namespace Hele.Civic.GridPlanning;

/// <summary>What a community wishes of its grids, by public codes.</summary>
/// <param name="Grids">How many; null: as the sizes ask for, or as there are today.</param>
/// <param name="EvenHouseholds">Balanced by households; <paramref name="EvenOlder"/>: by older people, too.</param>
/// <param name="KeepToday">Starts from today's grids and moves as few households as possible.</param>
/// <param name="Locked">Buildings that stay where they are.</param>
/// <param name="Apart">Pairs that must not be in one grid.</param>
public sealed record PlanWish(int? Grids, int? Least, int? Most, bool EvenHouseholds, bool EvenOlder, bool KeepToday, int? MostMoved, IReadOnlyList<string> Locked, IReadOnlyList<(string A, string B)> Apart)
{
    /// <summary>How far from the mean a grid may lie, percent, where a wish doesn't say; what a wish can say.</summary>
    public const int UsualWithin = 10;

    public static readonly IReadOnlyList<int> Withins = [3, UsualWithin, 20];

    /// <summary>Balanced by full Party members, too, as far as branches stated them.</summary>
    public bool EvenMembers { get; init; }

    /// <summary>How far from the mean of households a grid may lie, above or below, and above those of older people and of Party members, in percent of it.</summary>
    public int Within { get; init; } = UsualWithin;

    /// <summary>The same wish is the same text.</summary>
    public string Key => FormattableString.Invariant($"{Grids}|{Least}|{Most}|{EvenHouseholds}|{EvenOlder}|{EvenMembers}|{Within}|{KeepToday}|{MostMoved}|{string.Join(',', Locked.Order(StringComparer.Ordinal))}|{string.Join(',', Apart.Order())}");
}

/// <summary>The buildings that stand on the map as lots, with their neighbours.</summary>
/// <param name="Placed">The buildings, in the order of the graph's lots.</param>
/// <param name="HasStreets">Neighbours are those one walks to; else those near each other, compound by compound, which is no walk.</param>
public sealed record PlanLots(LotGraph Graph, IReadOnlyList<PlanLot> Placed, bool HasStreets)
{
    private readonly Dictionary<string, int> _numbers = Placed.Select((l, i) => (l.Code, i)).ToDictionary(x => x.Code, x => x.i);

    public int? NumberOf(string building) => _numbers.TryGetValue(building, out var number) ? number : null;
}

/// <summary>
/// Makes the neighbourhood of a community's buildings once, and keeps it until streets or buildings change; asks the engine beside the requests, one community's wish after the other, and keeps the answers. All it
/// keeps is a copy of what the database says: losing it costs time and nothing else.
/// </summary>
public sealed class PlanEngine(TimeProvider clock) : IDisposable
{
    /// <summary>The engine counts whole numbers, and a building's members are a share of a branch's: it counts them in hundredths.</summary>
    private const int MemberParts = 100;

    /// <summary>Households are what a grid is sized by: members, who are reckoned and lie unevenly, count a quarter of them.</summary>
    private const double MemberWeight = 0.25;

    private const int LotsKept = 8;

    /// <summary>How far apart buildings of different compounds may stand to be neighbours where no streets are known, metres.</summary>
    public const double NearMetres = 400;

    private readonly ConcurrentDictionary<int, (StreetNetwork Network, string Stand, PlanLots Lots)> _lots = new();
    private readonly System.Runtime.CompilerServices.ConditionalWeakTable<PlanLots, ConcurrentDictionary<string, PlannedOutlines>> _outlines = [];
    private readonly ConcurrentDictionary<int, (long Size, DateOnly On, PlanGround Ground, PlanLots Lots)> _grounds = new();

    /// <summary>The questions of all communities.</summary>
    public KeptAnswers<Proposals> Answers { get; } = new(kept: 40, atOnce: 4, clock);

    /// <summary>The ground as it was kept, when nothing was written there since and it is still the same day.</summary>
    /// <param name="size">Entries in the community's log: every change of a record is one.</param>
    public (PlanGround Ground, PlanLots Lots)? Known(int jurisdiction, long size, DateOnly today) =>
        _grounds.TryGetValue(jurisdiction, out var known) && known.Size == size && known.On == today ? (known.Ground, known.Lots) : null;

    public void Keep(int jurisdiction, long size, DateOnly today, PlanGround ground, PlanLots lots)
    {
        if (_grounds.Count >= LotsKept)
            _grounds.Clear();
        _grounds[jurisdiction] = (size, today, ground, lots);
    }

    public PlanLots Lots(int jurisdiction, PlanGround ground, CircleGround streets, CancellationToken cancel = default)
    {
        var stand = ground.Rules.BranchLeast.Amount + "|" + string.Join(';', ground.Lots.Select(l => $"{l.Code},{l.Compound},{l.At},{l.Grid},{l.Households},{l.Older},{Members(ground, l)}"));
        if (_lots.TryGetValue(jurisdiction, out var known) && ReferenceEquals(known.Network, streets.Network) && known.Stand == stand)
            return known.Lots;
        var placed = ground.Lots.Where(l => l.At is not null).ToList();
        var compounds = placed.Select(l => l.Compound).Distinct().Select((c, i) => (c, i)).ToDictionary(x => x.c, x => x.i);
        var grids = ground.Grids.Select((g, i) => (g.Code, i)).ToDictionary(x => x.Code, x => x.i);
        var lots = placed.ConvertAll(l => new Lot(l.Code, CircleEngine.At(l.At!.Value), l.Households, Members(ground, l), l.Older, compounds[l.Compound], l.Grid.Length > 0 ? grids[l.Grid] : -1));
        var made = new PlanLots(streets.HasStreets && lots.Count > 0 ? Drawable(LotGraph.FromStreets(streets.Network, WalkingProfile.Adult, lots, cancel: cancel), ground) : new LotGraph(lots, Near(placed, lots)), placed, streets.HasStreets);
        if (_lots.Count >= LotsKept)
            _lots.Clear();
        _lots[jurisdiction] = (streets.Network, stand, made);
        return made;
    }

    private static int Members(PlanGround ground, PlanLot lot) => (int)Math.Round(ground.Members.GetValueOrDefault(lot.Code) * MemberParts, MidpointRounding.AwayFromZero);

    /// <summary>The engine's wish for these lots. Buildings that stand nowhere on the map stay where they are and are in no graph.</summary>
    public static PartitionWish Wish(PlanWish wish, PlanLots lots)
    {
        var apart = wish.Apart.Select(p => (A: lots.NumberOf(p.A), B: lots.NumberOf(p.B))).Where(p => p.A is not null && p.B is not null && p.A != p.B).Select(p => (p.A!.Value, p.B!.Value)).Distinct().ToList();
        var locked = wish.Locked.Select(lots.NumberOf).Where(n => n is { } v && lots.Graph.Lots[v].Today >= 0).Select(n => n!.Value).Distinct().ToList();
        var within = wish.Within / 100.0;
        return new()
        {
            Grids = wish.Grids, LeastHouseholds = wish.Least, MostHouseholds = wish.Most, Apart = apart, Locked = locked, KeepToday = wish.KeepToday, MostMovedHouseholds = wish.MostMoved,
            Households = new(wish.EvenHouseholds ? 1 : 0, within), Below = within, Members = new(wish.EvenMembers ? MemberWeight : 0, within), Care = new(wish.EvenOlder ? 1 : 0, within),
            // Which grid has too few for a branch of its own the stand says: it knows of branches that grids share.
            LeastMembers = 0,
        };
    }

    /// <summary>Proposals, asked for or found again; what is told is the part of the work done. Null when too many are under way.</summary>
    public KeptRun<Proposals>? Ask(int jurisdiction, PlanLots lots, PlanWish wish) =>
        Answers.Ask(jurisdiction, $"{System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(lots)}|{wish.Key}", (progress, cancel) => Partitioner.Propose(lots.Graph, Wish(wish, lots), progress, cancel));

    /// <summary>The cut of a proposal. Buildings that stand nowhere on the map stay where they are.</summary>
    public static PlanCut CutOf(PlanGround ground, PlanLots lots, GridPlan plan)
    {
        var keys = new Dictionary<int, string>();
        var opened = 0;
        foreach (var grid in plan.Grids)
            keys[grid.Number] = grid.Today >= 0 && grid.Today < ground.Grids.Count ? ground.Grids[grid.Today].Code : PlanCut.New(++opened);
        return PlanCut.Of(ground.Lots.Select(l => new KeyValuePair<string, string>(l.Code, lots.NumberOf(l.Code) is { } number && plan.Assignment[number] is >= 0 and var g ? keys[g] : l.Grid)));
    }

    /// <summary>The outlines of a cut, worked out once for as long as the ground is the same.</summary>
    public PlannedOutlines Outlines(PlanGround ground, PlanLots lots, PlanCut cut)
    {
        var made = _outlines.GetOrCreateValue(lots);
        if (made.Count >= 300)
            made.Clear();
        return made.GetOrAdd(cut + "|" + ground.Outline, _ => ground.Outlines(cut));
    }

    /// <summary>What the engine says of a cut drawn by anybody: pieces, borders, walks.</summary>
    public static (GridPlan Plan, IReadOnlyList<string> Keys) Judge(PlanLots lots, PlanWish wish, PlanCut cut)
    {
        var keys = cut.Keys;
        var numbers = keys.Select((k, i) => (k, i)).ToDictionary(x => x.k, x => x.i);
        return (Partitioner.Judge(lots.Graph, Wish(wish with { Grids = Math.Clamp(keys.Count, 1, lots.Graph.Lots.Count), Locked = [], Least = null, Most = null }, lots),
            [.. lots.Placed.Select(l => cut.GridOf.GetValueOrDefault(l.Code) is { Length: > 0 } key ? numbers[key] : -1)]), keys);
    }

    /// <summary>
    /// Of the neighbours on foot those whose ground adjoins, so that a grid of neighbours can be drawn with one outline. Where that would part what one walks between, the shortest walks are kept that join it again.
    /// </summary>
    private static LotGraph Drawable(LotGraph walked, PlanGround ground)
    {
        var adjoining = ground.Drawing.Adjoining();
        bool Adjoin(LotEdge e) => string.CompareOrdinal(walked.Lots[e.A].Id, walked.Lots[e.B].Id) < 0 ? adjoining.Contains((walked.Lots[e.A].Id, walked.Lots[e.B].Id)) : adjoining.Contains((walked.Lots[e.B].Id, walked.Lots[e.A].Id));
        var edges = walked.Edges.Where(Adjoin).ToList();
        var island = new LotGraph(walked.Lots, edges).Island.ToArray();
        foreach (var edge in walked.Edges.OrderBy(e => e.Metres).ThenBy(e => e.A).ThenBy(e => e.B))
        {
            if (island[edge.A] == island[edge.B])
                continue;
            edges.Add(edge);
            var (from, to) = (island[edge.B], island[edge.A]);
            for (var v = 0; v < island.Length; v++)
                if (island[v] == from)
                    island[v] = to;
        }
        return new(walked.Lots, edges);
    }

    /// <summary>Without streets: buildings between which no third stands (Gabriel 1969), within a compound and, less strongly, between near ones. It is no walk, and the page says so.</summary>
    private static List<LotEdge> Near(List<PlanLot> placed, List<Lot> lots)
    {
        var edges = new List<LotEdge>();
        for (var a = 0; a < placed.Count; a++)
        {
            for (var b = a + 1; b < placed.Count; b++)
            {
                var metres = Geo.Metres(placed[a].At!.Value, placed[b].At!.Value);
                var together = lots[a].Compound == lots[b].Compound;
                if (metres > NearMetres && !together)
                    continue;
                var between = false;
                for (var c = 0; c < placed.Count && !between; c++)
                {
                    if (c == a || c == b)
                        continue;
                    var (x, y) = (Geo.Metres(placed[a].At!.Value, placed[c].At!.Value), Geo.Metres(placed[c].At!.Value, placed[b].At!.Value));
                    between = (x * x) + (y * y) < metres * metres;
                }
                if (!between)
                    edges.Add(new(a, b, (int)Math.Clamp(1000 * 60 / (60 + metres) * (together ? 5 : 1), 1, LotGraph.MostWeight), metres));
            }
        }
        return edges;
    }

    public void Dispose() => Answers.Dispose();
}
