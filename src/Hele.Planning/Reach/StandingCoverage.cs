using Hele.Planning.Search;
using Hele.Planning.Streets;

namespace Hele.Planning.Reach;

/// <summary>What one change of a point did to a coverage.</summary>
/// <param name="Changed">Buildings whose nearest point or seconds are others now, by number.</param>
public sealed record CoverageChange(IReadOnlyList<int> Gained, IReadOnlyList<int> Lost, IReadOnlyList<int> Changed, long CoveredHouseholds, int CoveredBuildings);

/// <summary>
/// A coverage that stays while points are moved, added, closed and re-timed: a change costs a search around that point, not around all of them. It keeps every point's own reach, so
/// that it also knows who else answers where one closes. One limit, one hour, one group. Not thread-safe: one per hand on the map.
/// </summary>
public sealed class StandingCoverage
{
    readonly ReachIndex index;
    readonly PointSearch search;
    readonly List<ServicePoint> points = [];
    readonly List<Reached[]> reach = [];
    /// <summary>Head of each building's list of (point, time) in the pool; -1: none.</summary>
    readonly int[] first;
    readonly long[] best;
    readonly List<Link> pool = [];
    int free = -1;

    struct Link
    {
        public long Key;
        public int Next;
    }

    internal StandingCoverage(ReachIndex index, IReadOnlyList<ServicePoint> start, int limitSeconds, WeekMoment at, CancellationToken cancel)
    {
        (this.index, LimitSeconds, At) = (index, limitSeconds, at);
        search = index.SearchAt(at);
        first = new int[index.Buildings.Count];
        Array.Fill(first, -1);
        best = new long[first.Length];
        Array.Fill(best, long.MaxValue);
        foreach (var point in start)
        {
            cancel.ThrowIfCancellationRequested();
            Add(point);
        }
    }

    public WalkingProfile Profile => index.Profile;
    public WeekMoment At { get; }
    public int LimitSeconds { get; }
    public IReadOnlyList<ServicePoint> Points => points;
    public int CoveredBuildings { get; private set; }
    public long CoveredHouseholds { get; private set; }

    public bool IsCovered(int building) => best[building] != long.MaxValue;
    public int? Milliseconds(int building) => IsCovered(building) ? NearSearch.TimeOf(best[building]) : null;
    /// <summary>Whole seconds, rounded up.</summary>
    public int? Seconds(int building) => Milliseconds(building) is { } ms ? (ms + 999) / 1000 : null;
    public int? Point(int building) => IsCovered(building) ? NearSearch.LabelOf(best[building]) : null;

    /// <summary>Every point from which the building is reached within the limit, nearest first.</summary>
    public IReadOnlyList<(int Point, int Milliseconds)> PointsOf(int building)
    {
        var keys = new List<long>();
        for (var i = first[building]; i >= 0; i = pool[i].Next)
            keys.Add(pool[i].Key);
        keys.Sort();
        return [.. keys.Select(k => (NearSearch.LabelOf(k), NearSearch.TimeOf(k)))];
    }

    /// <summary>The buildings that only this point covers: what is lost when it closes.</summary>
    public IReadOnlyList<int> OnlyBy(int point) =>
        [.. reach[point].Where(r => pool[first[r.Building]].Next < 0).Select(r => r.Building).Order()];

    /// <summary>One more point; its number is the last of <see cref="Points"/>.</summary>
    public CoverageChange Add(ServicePoint point)
    {
        points.Add(point);
        reach.Add([]);
        return Replace(points.Count - 1, point);
    }

    public CoverageChange Move(int point, GeoPoint to) => Replace(point, points[point] with { Place = to });
    public CoverageChange Retime(int point, WeekHours answers) => Replace(point, points[point] with { Answers = answers });
    /// <summary>Nobody answers there any more. The number stays; <see cref="Reopen"/> undoes it.</summary>
    public CoverageChange Close(int point) => Replace(point, points[point] with { Closed = true });
    public CoverageChange Reopen(int point) => Replace(point, points[point] with { Closed = false });

    /// <summary>What a change would do, without doing it.</summary>
    public CoverageChange Try(int point, GeoPoint to)
    {
        var before = points[point];
        var change = Move(point, to);
        Replace(point, before);
        return change;
    }

    CoverageChange Replace(int number, ServicePoint point)
    {
        var old = reach[number];
        points[number] = point;
        var now = point.AnswersAt(At) && index.Join(point.Place) is { } joint ? search.Within(joint, LimitSeconds).ToArray() : [];
        Array.Sort(now, (x, y) => x.Building.CompareTo(y.Building));
        reach[number] = now;
        List<int> gained = [], lost = [], changed = [];
        foreach (var (building, before, after) in Merge(old, now))
        {
            if (before == after)
                continue;
            var was = best[building];
            if (before >= 0)
                Unlink(building, NearSearch.KeyOf(before, number));
            if (after >= 0)
                LinkTo(building, NearSearch.KeyOf(after, number));
            if (best[building] == was)
                continue;
            changed.Add(building);
            if (was == long.MaxValue)
                gained.Add(building);
            else if (best[building] == long.MaxValue)
                lost.Add(building);
        }
        CoveredBuildings += gained.Count - lost.Count;
        foreach (var b in gained)
            CoveredHouseholds += index.Buildings[b].Households;
        foreach (var b in lost)
            CoveredHouseholds -= index.Buildings[b].Households;
        return new(gained, lost, changed, CoveredHouseholds, CoveredBuildings);
    }

    /// <summary>Both lists by building: what it was and what it is, -1 where it isn't in one.</summary>
    static IEnumerable<(int Building, int Before, int After)> Merge(Reached[] old, Reached[] now)
    {
        var (i, j) = (0, 0);
        while (i < old.Length || j < now.Length)
        {
            var (a, b) = (i < old.Length ? old[i].Building : int.MaxValue, j < now.Length ? now[j].Building : int.MaxValue);
            if (a < b)
                yield return (a, old[i++].Milliseconds, -1);
            else if (b < a)
                yield return (b, -1, now[j++].Milliseconds);
            else
                yield return (a, old[i++].Milliseconds, now[j++].Milliseconds);
        }
    }

    void LinkTo(int building, long key)
    {
        var link = new Link { Key = key, Next = first[building] };
        if (free >= 0)
        {
            var slot = free;
            free = pool[slot].Next;
            pool[slot] = link;
            first[building] = slot;
        }
        else
        {
            first[building] = pool.Count;
            pool.Add(link);
        }
        best[building] = Math.Min(best[building], key);
    }

    void Unlink(int building, long key)
    {
        int previous = -1, i = first[building];
        while (pool[i].Key != key)
            (previous, i) = (i, pool[i].Next);
        var next = pool[i].Next;
        if (previous < 0)
            first[building] = next;
        else
            pool[previous] = pool[previous] with { Next = next };
        pool[i] = new() { Next = free };
        free = i;
        if (best[building] != key)
            return;
        best[building] = long.MaxValue;
        for (i = first[building]; i >= 0; i = pool[i].Next)
            best[building] = Math.Min(best[building], pool[i].Key);
    }
}

public sealed partial class ReachIndex
{
    /// <summary>A coverage to change points in.</summary>
    public StandingCoverage Stand(IReadOnlyList<ServicePoint> points, int limitSeconds, WeekMoment at, CancellationToken cancel = default)
    {
        CheckLimit(limitSeconds);
        return new(this, points, limitSeconds, at, cancel);
    }
}
