using Hele.Planning.Search;
using Hele.Planning.Streets;

namespace Hele.Planning.Reach;

/// <summary>A building that a point is reached from, in how many milliseconds.</summary>
public readonly record struct Reached(int Building, int Milliseconds)
{
    /// <summary>Whole seconds, rounded up.</summary>
    public int Seconds => (Milliseconds + 999) / 1000;
}

/// <summary>Scratch for one thread: bounded searches from single points, one after the other.</summary>
public sealed class PointSearch
{
    readonly Prepared ready;
    readonly NearSearch search;
    readonly int[] best;
    Reached[] found = new Reached[64];
    int count;

    internal PointSearch(Prepared ready, int buildings)
    {
        this.ready = ready;
        search = new(ready.Graph);
        best = new int[buildings];
    }

    /// <summary>Vertices that the last search settled.</summary>
    public int Settled => search.Settled;
    internal long Bytes => search.Bytes + 4L * best.Length + 8L * found.Length;

    /// <summary>The buildings from which the joint is reached within the limit, each once, in no particular order. Valid until the next call.</summary>
    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
    public ReadOnlySpan<Reached> Within(Joint point, int limitSeconds, CancellationToken cancel = default)
    {
        ReachIndex.CheckLimit(limitSeconds);
        var limit = limitSeconds * 1000;
        count = 0;
        search.Clear();
        ready.Seed(search, point.Hook, 0);
        search.Run(limit, cancel);
        foreach (var v in search.Reached)
        {
            var time = search.Time(v);
            for (var d = ready.FirstDoor[v]; d < ready.FirstDoor[v + 1]; d++)
            {
                ref readonly var door = ref ready.Doors[d];
                if (time + door.Time <= limit)
                    Offer(door.Building, time + door.Time);
            }
        }
        if (ready.AnyBeside(point.Hook))
            Beside(point, limit);
        for (var i = 0; i < count; i++)
        {
            // The scratch holds the time plus one: nothing has to be filled beforehand.
            found[i] = new(found[i].Building, best[found[i].Building] - 1);
            best[found[i].Building] = 0;
        }
        return found.AsSpan(0, count);
    }

    void Beside(Joint point, int limit) => ready.Beside(point.Hook, (building, time) =>
    {
        if (time <= limit)
            Offer(building, time);
    });

    void Offer(int building, int time)
    {
        ref var known = ref best[building];
        if (known == 0)
        {
            if (count == found.Length)
                Array.Resize(ref found, count * 2);
            found[count++] = new(building, 0);
            known = time + 1;
        }
        else if (time + 1 < known)
            known = time + 1;
    }
}

public sealed partial class ReachIndex
{
    /// <summary>Scratch for searches from single points at an hour; one per thread.</summary>
    public PointSearch SearchAt(WeekMoment at) => new(At(at), Buildings.Count);
}
