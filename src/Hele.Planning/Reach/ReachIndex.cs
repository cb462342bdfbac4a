using Hele.Planning.Search;
using Hele.Planning.Streets;

namespace Hele.Planning.Reach;

/// <summary>
/// The buildings of a place hung on its streets, for one group of walkers: answers who reaches which point in how many seconds at which hour, by which path. Immutable after
/// <see cref="Build"/>; any number of threads may ask. What it prepares for an hour (which gates are shut) it keeps for the next question.
/// </summary>
public sealed partial class ReachIndex
{
    readonly BuildingJoints joints;
    readonly Dictionary<string, Prepared> prepared = [];
    readonly Lock preparing = new();
    /// <summary>Prepared hours kept at once; the gates of one place make few different states.</summary>
    const int StatesKept = 8;

    ReachIndex(StreetNetwork network, WalkingProfile profile, IReadOnlyList<Building> buildings, BuildingJoints joints, IReadOnlyList<int> notJoined, double joinMetres)
        => (Network, Profile, Buildings, this.joints, NotJoined, JoinMetres) = (network, profile, buildings, joints, notJoined, joinMetres);

    public StreetNetwork Network { get; }
    public WalkingProfile Profile { get; }
    public IReadOnlyList<Building> Buildings { get; }
    /// <summary>Buildings (by number) near which no street passes that the group walks.</summary>
    public IReadOnlyList<int> NotJoined { get; }
    /// <summary>The longest straight way from a place to a street.</summary>
    public double JoinMetres { get; }

    /// <summary>Hangs every building on the nearest edge that the group walks, at each of its entrances or, without any, at its place.</summary>
    /// <param name="joinMetres">No place is joined to a street further away than this.</param>
    /// <exception cref="ArgumentOutOfRangeException">A building that isn't on earth, or has fewer than no households.</exception>
    public static ReachIndex Build(StreetNetwork network, WalkingProfile profile, IReadOnlyList<Building> buildings, double joinMetres = 200, IProgress<double>? progress = null, CancellationToken cancel = default)
    {
        if (!(joinMetres is > 0 and <= 5000))
            throw new ArgumentOutOfRangeException(nameof(joinMetres), joinMetres, "The way to the street lies between 0 and 5000 m.");
        var list = new List<(int, Hook)>();
        var missing = new List<int>();
        for (var b = 0; b < buildings.Count; b++)
        {
            if (b % 1024 == 0)
            {
                cancel.ThrowIfCancellationRequested();
                progress?.Report(b / (double)buildings.Count);
            }
            var building = buildings[b];
            ArgumentOutOfRangeException.ThrowIfNegative(building.Households, nameof(buildings));
            var before = list.Count;
            foreach (var door in DoorsOf(building))
                if (JoinTo(network, profile, door, joinMetres) is { } joint)
                    list.Add((b, joint.Hook));
            if (list.Count == before)
                missing.Add(b);
        }
        progress?.Report(1);
        return new(network, profile, buildings, new(list, buildings.Count, network.EdgeCount), missing, joinMetres);
    }

    static IReadOnlyList<GeoPoint> DoorsOf(Building building) => building.Entrances is { Count: > 0 } doors ? doors : [building.Place];

    static Joint? JoinTo(StreetNetwork network, WalkingProfile profile, GeoPoint place, double metres) =>
        network.Nearest(place, profile, metres) is { } p ? new(p.Edge, p.Millimetres, p.StubMillimetres, place, p.Place) : null;

    readonly System.Collections.Concurrent.ConcurrentDictionary<GeoPoint, Joint?> joined = [];
    const int JointsKept = 1 << 16;

    /// <summary>How any place would hang on the streets; null where none is near enough. Points are asked about again and again: their joints are remembered.</summary>
    public Joint? Join(GeoPoint place)
    {
        if (joined.TryGetValue(place, out var known))
            return known;
        if (joined.Count >= JointsKept)
            joined.Clear();
        return joined[place] = JoinTo(Network, Profile, place, JoinMetres);
    }

    /// <summary>The joints of a building: one for each entrance that has a street near it, in the order of their edges.</summary>
    public IReadOnlyList<Joint> JointsOf(int building) =>
        [.. DoorsOf(Buildings[building]).Select(door => JoinTo(Network, Profile, door, JoinMetres)).OfType<Joint>().OrderBy(j => j.Edge).ThenBy(j => j.Millimetres)];

    internal Prepared At(WeekMoment at)
    {
        var shut = Network.Hours.Select(h => !h.IsOpen(at)).ToArray();
        var state = string.Concat(shut.Select(s => s ? '1' : '0'));
        lock (preparing)
        {
            if (!prepared.TryGetValue(state, out var ready))
            {
                if (prepared.Count == StatesKept)
                    prepared.Clear();
                prepared[state] = ready = new(new(Network, Profile, shut), joints);
            }
            return ready;
        }
    }

    internal BuildingJoints Joints => joints;

    /// <summary>
    /// Who reaches a point where somebody answers at that hour, which one first, in how many seconds; and of the others how far the next such point is.
    /// </summary>
    /// <param name="limitSeconds">0 to 100,000.</param>
    /// <param name="next">False: how far beyond the limit the next point is isn't asked, and nothing beyond it is searched.</param>
    public Coverage Cover(IReadOnlyList<ServicePoint> points, int limitSeconds, WeekMoment at, bool next = true, CancellationToken cancel = default)
    {
        CheckLimit(limitSeconds);
        var ready = At(at);
        var where = new Joint?[points.Count];
        for (var p = 0; p < points.Count; p++)
            where[p] = points[p].AnswersAt(at) ? Join(points[p].Place) : null;
        return new(this, points, limitSeconds, at, where, Earliest(ready, where, next ? WalkGraph.Never : limitSeconds * 1000, cancel, out var settled)) { Settled = settled };
    }

    internal static void CheckLimit(int seconds)
    {
        if (seconds is < 0 or > 100_000)
            throw new ArgumentOutOfRangeException(nameof(seconds), seconds, "A limit lies between 0 and 100,000 seconds.");
    }

    static int Outward(Prepared ready, Joint?[] where, int limit, long[] keys, CancellationToken cancel)
    {
        var search = ready.Lend();
        try
        {
            for (var p = 0; p < where.Length; p++)
                if (where[p] is { } joint)
                    ready.Seed(search, joint.Hook, p);
            search.Run(limit, cancel);
            foreach (var v in search.Reached)
            {
                var key = search.Key(v);
                for (var d = ready.FirstDoor[v]; d < ready.FirstDoor[v + 1]; d++)
                {
                    var door = ready.Doors[d];
                    var there = key + NearSearch.KeyOf(door.Time, 0);
                    if (there < keys[door.Building] && NearSearch.TimeOf(there) <= limit)
                        keys[door.Building] = there;
                }
            }
            return search.Settled;
        }
        finally
        {
            ready.GiveBack(search);
        }
    }

    /// <summary>For each building the key (time and point) of its earliest point.</summary>
    internal long[] Earliest(Prepared ready, Joint?[] where, int limit, CancellationToken cancel, out int settled)
    {
        var keys = new long[Buildings.Count];
        Array.Fill(keys, long.MaxValue);
        cancel.ThrowIfCancellationRequested();
        // Where the hierarchy is there already, two passes over it answer for any number of points; else a search outward from them. The answers are the same.
        if (ready.Planned is { } plan)
        {
            plan.Earliest(where, limit, keys);
            settled = plan.Contraction.Position.Length;
        }
        else
            settled = Outward(ready, where, limit, keys, cancel);
        for (var p = 0; p < where.Length; p++)
        {
            if (where[p] is not { } joint)
                continue;
            ready.Beside(joint.Hook, (building, time) =>
            {
                if (time <= limit)
                    keys[building] = Math.Min(keys[building], NearSearch.KeyOf(time, p));
            });
        }
        return keys;
    }
}
