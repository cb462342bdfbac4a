using System.Runtime.Intrinsics;

namespace Hele.Planning.Search;

/// <summary>
/// The vertices that a contraction takes out last, each a neighbour of many others, with the times between all of them. Where it takes hundreds of searches to look for ways around such a vertex, here a glance says it: taking
/// vertices out changes no time between those that stay, so an arc is needed just where no third one lies on a shortest way between its ends. As steps take a millisecond at least, the arcs that are needed give all times.
/// </summary>
sealed class ContractionCore
{
    /// <summary>As many columns are read at once; rows are filled up to a multiple of it.</summary>
    const int Lanes = 8;

    readonly Dictionary<int, int> number = [];
    /// <summary>[number][number]: <see cref="WalkGraph.Never"/> to itself, to those taken out, and where no way leads.</summary>
    int[][] times;
    int[] vertices;
    int left;

    /// <param name="left">The vertices that are left, ascending.</param>
    /// <param name="arcs">Their arcs to each other, by their order.</param>
    public ContractionCore(int[] left, IReadOnlyList<Arc[]> arcs, CancellationToken cancel)
    {
        (vertices, this.left) = (left, left.Length);
        for (var i = 0; i < left.Length; i++)
            number[left[i]] = i;
        times = new int[left.Length][];
        for (var i = 0; i < left.Length; i++)
        {
            times[i] = Row(left.Length);
            foreach (var arc in arcs[i])
                times[i][number[arc.Head]] = arc.Time;
        }
        Close(cancel);
    }

    /// <summary>From the times of arcs to the times of shortest ways: everybody is taken out, the one with the fewest neighbours first, which become neighbours of each other; then everybody comes back, the last first, and goes by them.</summary>
    void Close(CancellationToken cancel)
    {
        var n = times.Length;
        var near = new List<int>[n];
        var fewest = new PriorityQueue<int, (int, int)>(n);
        for (var i = 0; i < n; i++)
        {
            near[i] = [.. Enumerable.Range(0, n).Where(j => times[i][j] < WalkGraph.Never)];
            fewest.Enqueue(i, (near[i].Count, i));
        }
        var (order, steps) = (new List<int>(n), new int[n][]);
        while (fewest.TryDequeue(out var v, out var said))
        {
            if (steps[v] != null || said.Item1 != near[v].Count)
                continue;
            cancel.ThrowIfCancellationRequested();
            order.Add(v);
            var around = near[v];
            steps[v] = [.. around.Select(u => times[v][u])];
            for (var k = 0; k < around.Count; k++)
            {
                var (a, row, toIt) = (around[k], times[around[k]], steps[v][k]);
                near[a].Remove(v);
                for (var l = 0; l < around.Count; l++)
                {
                    var b = around[l];
                    if (b == a)
                        continue;
                    if (row[b] == WalkGraph.Never)
                        near[a].Add(b);
                    row[b] = Math.Min(row[b], toIt + steps[v][l]);
                }
                fewest.Enqueue(a, (near[a].Count, a));
            }
        }
        // In the order of their return the rows to those that are back are one stretch of memory.
        var place = new int[n];
        for (var i = 0; i < n; i++)
            place[order[n - 1 - i]] = i;
        foreach (var row in times)
            Array.Fill(row, WalkGraph.Never);
        for (var p = 0; p < n; p++)
        {
            cancel.ThrowIfCancellationRequested();
            var v = order[n - 1 - p];
            var row = times[p];
            for (var k = 0; k < near[v].Count; k++)
            {
                var by = place[near[v][k]];
                Through(row, times[by], steps[v][k], p);
                row[by] = Math.Min(row[by], steps[v][k]);
            }
            for (var q = 0; q < p; q++)
                times[q][p] = row[q];
            row[p] = WalkGraph.Never;
        }
        vertices = [.. order.AsEnumerable().Reverse().Select(v => vertices[v])];
        for (var i = 0; i < n; i++)
            number[vertices[i]] = i;
    }

    /// <summary>The earlier of the known times and those by another, for the first so many columns, and some beyond.</summary>
    static void Through(int[] row, int[] by, int step, int count)
    {
        var steps = Vector256.Create(step);
        var never = Vector256.Create(WalkGraph.Never);
        for (var i = 0; i < count; i += Lanes)
            Vector256.Min(Vector256.Min(Vector256.LoadUnsafe(ref row[i]), never), Vector256.LoadUnsafe(ref by[i]) + steps).StoreUnsafe(ref row[i]);
    }

    static int[] Row(int length)
    {
        var row = new int[(length + Lanes - 1) / Lanes * Lanes];
        Array.Fill(row, WalkGraph.Never);
        return row;
    }

    /// <summary>Whether an arc of this time is needed: it is as short as any way, and nobody lies between.</summary>
    public bool Needs(int from, Arc arc)
    {
        var (a, b) = (times[number[from]], number[arc.Head]);
        return a[b] == arc.Time && !AnyBetween(a, times[b], arc.Time);
    }

    /// <summary>The arcs that would be needed without a vertex between these neighbours of it.</summary>
    public void Find(int vertex, ReadOnlySpan<Arc> around, List<(int From, int To, int Time)> shortcuts)
    {
        var v = number[vertex];
        Span<int> numbers = around.Length <= 512 ? stackalloc int[around.Length] : new int[around.Length];
        for (var i = 0; i < around.Length; i++)
            numbers[i] = number[around[i].Head];
        for (var i = 0; i + 1 < around.Length; i++)
        {
            var from = times[numbers[i]];
            // Without it: the vertex itself lies between them all.
            (var toIt, from[v]) = (from[v], WalkGraph.Never);
            for (var j = i + 1; j < around.Length; j++)
                if (around[i].Time + around[j].Time is var through && through == from[numbers[j]] && !AnyBetween(from, times[numbers[j]], through))
                    shortcuts.Add((around[i].Head, around[j].Head, through));
            from[v] = toIt;
        }
    }

    /// <summary>The vertex is out.</summary>
    public void TakeOut(int vertex)
    {
        number.Remove(vertex, out var v);
        for (var i = 0; i < times.Length; i++)
            times[i][v] = WalkGraph.Never;
        vertices[v] = -1;
        if (--left <= times.Length / 2)
            Shrink();
    }

    void Shrink()
    {
        var kept = Enumerable.Range(0, vertices.Length).Where(i => vertices[i] >= 0).ToArray();
        var smaller = new int[kept.Length][];
        for (var i = 0; i < kept.Length; i++)
        {
            smaller[i] = Row(kept.Length);
            for (var j = 0; j < kept.Length; j++)
                smaller[i][j] = times[kept[i]][kept[j]];
        }
        (times, vertices) = (smaller, [.. kept.Select(i => vertices[i])]);
        for (var i = 0; i < vertices.Length; i++)
            number[vertices[i]] = i;
    }

    static bool AnyBetween(int[] from, int[] to, int time)
    {
        var sought = Vector256.Create(time);
        for (var i = 0; i < from.Length; i += Lanes)
            if (Vector256.EqualsAny(Vector256.LoadUnsafe(ref from[i]) + Vector256.LoadUnsafe(ref to[i]), sought))
                return true;
        return false;
    }
}
