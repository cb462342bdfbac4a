using System.Runtime.Intrinsics;
using Hele.Planning.Search;
using Hele.Planning.Streets;

namespace Hele.Planning.Reach;

/// <summary>Milliseconds from every building to every point, whatever the distance.</summary>
public sealed class ReachMatrix(int points, int buildings)
{
    /// <summary>No way leads there.</summary>
    public const int None = -1;
    readonly int[][] rows = [.. Enumerable.Range(0, points).Select(_ => new int[buildings])];

    public int Points => points;
    public int Buildings => buildings;
    public int this[int point, int building] => rows[point][building];
    public ReadOnlySpan<int> Row(int point) => rows[point];
    internal int[] Write(int point) => rows[point];
}

/// <summary>What full rows need besides the hierarchy: for each building the ends of its edges in the sweep.</summary>
sealed class MatrixPlan
{
    readonly record struct End(int Position, int Time);

    readonly Prepared ready;
    readonly int[] firstEnd;
    readonly End[] ends;
    public readonly Contraction Contraction;
    public readonly Sweep Sweep;

    public MatrixPlan(Prepared ready, int buildings, IProgress<double>? progress, CancellationToken cancel)
    {
        this.ready = ready;
        Contraction = Contraction.Of(ready.Graph, progress, cancel);
        var doors = new List<(int Vertex, Door Door)>(ready.Doors.Length);
        for (var v = 0; v < ready.Graph.VertexCount; v++)
            for (var d = ready.FirstDoor[v]; d < ready.FirstDoor[v + 1]; d++)
                doors.Add((v, ready.Doors[d]));
        Sweep = new(Contraction, doors.Select(d => d.Vertex));
        firstEnd = new int[buildings + 1];
        foreach (var (_, door) in doors)
            firstEnd[door.Building + 1]++;
        for (var b = 0; b < buildings; b++)
            firstEnd[b + 1] += firstEnd[b];
        ends = new End[doors.Count];
        var next = firstEnd.AsSpan(0, buildings).ToArray();
        foreach (var (v, door) in doors)
            ends[next[door.Building]++] = new(Contraction.Position[v], door.Time);
    }

    public long Bytes => Contraction.Bytes + Sweep.Bytes + 4L * firstEnd.Length + 8L * ends.Length;

    /// <summary>
    /// For each building the earliest joint and its time, of all joints at once: upward over the whole hierarchy, downward again, each arc twice. Keys order by time and label, so
    /// that of equals the lowest label stands.
    /// </summary>
    public void Earliest(ReadOnlySpan<Joint?> joints, int limit, long[] keys)
    {
        var n = Contraction.Position.Length;
        var best = System.Buffers.ArrayPool<long>.Shared.Rent(n);
        try
        {
            Array.Fill(best, Far, 0, n);
            for (var p = 0; p < joints.Length; p++)
                if (joints[p] is { } joint)
                    foreach (var (vertex, time) in ready.Exits(joint.Hook))
                        Offer(ref best[Contraction.Position[vertex]], NearSearch.KeyOf(time, p));
            Passes(best);
            for (var b = 0; b < keys.Length; b++)
            {
                var key = Far;
                for (var e = firstEnd[b]; e < firstEnd[b + 1]; e++)
                    key = Math.Min(key, best[ends[e].Position] + NearSearch.KeyOf(ends[e].Time, 0));
                if (key < Far && NearSearch.TimeOf(key) <= limit)
                    keys[b] = Math.Min(keys[b], key);
            }
        }
        finally
        {
            System.Buffers.ArrayPool<long>.Shared.Return(best);
        }

        static void Offer(ref long known, long key) => known = Math.Min(known, key);
    }

    /// <summary>Later than any key, and small enough that an arc can be added.</summary>
    const long Far = (long)WalkGraph.Never << 24;

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
    void Passes(long[] best)
    {
        var (first, up) = (Contraction.First, Contraction.Up);
        for (var p = first.Length - 2; p >= 0; p--)
        {
            var key = best[p];
            if (key >= Far)
                continue;
            for (var a = first[p]; a < first[p + 1]; a++)
            {
                var there = key + ((long)up[a].Time << 24);
                if (there < best[up[a].Head])
                    best[up[a].Head] = there;
            }
        }
        for (var p = 0; p < first.Length - 1; p++)
        {
            var key = best[p];
            for (var a = first[p]; a < first[p + 1]; a++)
                key = Math.Min(key, best[up[a].Head] + ((long)up[a].Time << 24));
            best[p] = key;
        }
    }

    /// <summary>The rows of up to sixteen joints; a missing joint's row says that there is no way.</summary>
    public void Rows(Sweep.Run run, ReadOnlySpan<Joint?> joints, int[][] rows)
    {
        run.Clear();
        for (var lane = 0; lane < joints.Length; lane++)
            if (joints[lane] is { } joint)
                run.Seed(lane, ready.Exits(joint.Hook));
        run.Down();
        Gather(run.Times, joints.Length, rows);
        for (var lane = 0; lane < joints.Length; lane++)
        {
            if (joints[lane] is not { } joint)
                continue;
            var row = rows[lane];
            ready.Beside(joint.Hook, (building, time) =>
            {
                if (row[building] == ReachMatrix.None || time < row[building])
                    row[building] = time;
            });
        }
    }

    /// <summary>Each building's lanes are the earliest of its ends; sixteen buildings at a time are turned so that rows are written in runs.</summary>
    void Gather(int[] times, int lanes, int[][] rows)
    {
        const int L = Sweep.Lanes;
        Span<int> tile = stackalloc int[L * L];
        ref var tile0 = ref tile[0];
        var buildings = firstEnd.Length - 1;
        var never = Vector256.Create(WalkGraph.Never);
        var none = Vector256.Create(ReachMatrix.None);
        for (var b = 0; b < buildings; b += L)
        {
            var many = Math.Min(L, buildings - b);
            for (var i = 0; i < many; i++)
            {
                var (low, high) = (never, never);
                for (var e = firstEnd[b + i]; e < firstEnd[b + i + 1]; e++)
                {
                    ref var from = ref times[Sweep.LocalOf(ends[e].Position) * L];
                    var step = Vector256.Create(ends[e].Time);
                    low = Vector256.Min(low, Vector256.LoadUnsafe(ref from) + step);
                    high = Vector256.Min(high, Vector256.LoadUnsafe(ref from, 8) + step);
                }
                Vector256.ConditionalSelect(Vector256.Equals(low, never), none, low).StoreUnsafe(ref tile0, (nuint)(i * L));
                Vector256.ConditionalSelect(Vector256.Equals(high, never), none, high).StoreUnsafe(ref tile0, (nuint)(i * L + 8));
            }
            for (var lane = 0; lane < lanes; lane++)
            {
                var row = rows[lane].AsSpan(b, many);
                for (var i = 0; i < row.Length; i++)
                    row[i] = tile[i * L + lane];
            }
        }
    }
}

public sealed partial class ReachIndex
{
    /// <summary>Prepares full rows for an hour: contraction and the sweep to the buildings. Asking for a matrix does it too; here it can be waited for.</summary>
    public void PrepareMatrix(WeekMoment at, IProgress<double>? progress = null, CancellationToken cancel = default) => At(at).Plan(Buildings.Count, progress, cancel);

    /// <summary>The whole matrix. It holds 4 bytes × points × buildings; for more than fits use <see cref="Rows"/>.</summary>
    /// <param name="threads">How many work at once; the answer doesn't depend on it.</param>
    public ReachMatrix Matrix(IReadOnlyList<GeoPoint> points, WeekMoment at, int threads = 1, IProgress<double>? progress = null, CancellationToken cancel = default)
    {
        if ((long)points.Count * Buildings.Count > 1 << 29)
            throw new ArgumentOutOfRangeException(nameof(points), points.Count, "More than 2 GB of matrix: ask for rows.");
        var matrix = new ReachMatrix(points.Count, Buildings.Count);
        Blocks(points, at, threads, progress, cancel, (first, rows) =>
        {
            for (var i = 0; i < rows.Length; i++)
                rows[i] = matrix.Write(first + i);
        }, null);
        return matrix;
    }

    /// <summary>Row after row, in order, in memory that is used again: milliseconds from each building to the point, <see cref="ReachMatrix.None"/> where no way leads.</summary>
    public void Rows(IReadOnlyList<GeoPoint> points, WeekMoment at, Action<int, ReadOnlySpan<int>> row, IProgress<double>? progress = null, CancellationToken cancel = default)
    {
        var memory = Enumerable.Range(0, Sweep.Lanes).Select(_ => new int[Buildings.Count]).ToArray();
        Blocks(points, at, 1, progress, cancel, (_, rows) => memory.AsSpan(0, rows.Length).CopyTo(rows), (first, rows) =>
        {
            for (var i = 0; i < rows.Length; i++)
                row(first + i, rows[i]);
        });
    }

    void Blocks(IReadOnlyList<GeoPoint> points, WeekMoment at, int threads, IProgress<double>? progress, CancellationToken cancel, Action<int, int[][]> lend, Action<int, int[][]>? done)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        var plan = At(at).Plan(Buildings.Count, null, cancel);
        var blocks = (points.Count + Sweep.Lanes - 1) / Sweep.Lanes;
        var finished = 0;
        Parallel.For(0, blocks, new() { MaxDegreeOfParallelism = threads, CancellationToken = cancel }, () => new Sweep.Run(plan.Sweep), (block, _, run) =>
        {
            var first = block * Sweep.Lanes;
            var rows = new int[Math.Min(Sweep.Lanes, points.Count - first)][];
            lend(first, rows);
            var where = new Joint?[rows.Length];
            for (var i = 0; i < where.Length; i++)
                where[i] = Join(points[first + i]);
            plan.Rows(run, where, rows);
            done?.Invoke(first, rows);
            progress?.Report(Interlocked.Increment(ref finished) / (double)blocks);
            return run;
        }, _ => { });
    }
}
