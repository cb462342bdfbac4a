using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Hele.Planning.Search;

/// <summary>
/// Times from sixteen places at once to a fixed set of vertices: an upward search from each place in the hierarchy, then one sweep downward over what lies above the set, in memory
/// order, all sixteen side by side in vector lanes (PHAST and RPHAST: Delling, Goldberg, Nowatzyk, Werneck 2011; Delling, Goldberg, Werneck 2011).
/// </summary>
sealed class Sweep
{
    public const int Lanes = 16;

    readonly Contraction order;
    /// <summary>Place in the sweep of each position of the hierarchy, -1 where it isn't needed; null: the sweep is the whole hierarchy.</summary>
    readonly int[]? local;
    readonly int[] first;
    readonly Arc[] arcs;

    /// <param name="targets">The vertices whose times will be asked for.</param>
    public Sweep(Contraction order, IEnumerable<int> targets)
    {
        this.order = order;
        var n = order.Position.Length;
        var local = new int[n];
        foreach (var v in targets)
            local[order.Position[v]] = 1;
        // What lies above: from the least important upward every marked position marks its arcs' heads.
        for (var p = n - 1; p >= 0; p--)
            if (local[p] != 0)
                for (var a = order.First[p]; a < order.First[p + 1]; a++)
                    local[order.Up[a].Head] = 1;
        var (count, total) = (0, 0);
        if (local.Count(l => l != 0) > n / 4 * 3)
        {
            // Nearly everything lies above: the hierarchy's own arrays serve, and nothing is held twice.
            (first, arcs) = (order.First, order.Up);
            return;
        }
        for (var p = 0; p < n; p++)
        {
            if (local[p] == 0)
            {
                local[p] = -1;
                continue;
            }
            local[p] = count++;
            total += order.First[p + 1] - order.First[p];
        }
        this.local = local;
        first = new int[count + 1];
        arcs = new Arc[total];
        for (var p = 0; p < n; p++)
        {
            if (local[p] < 0)
                continue;
            var to = first[local[p]];
            for (var a = order.First[p]; a < order.First[p + 1]; a++)
                arcs[to++] = new(local[order.Up[a].Head], order.Up[a].Time);
            first[local[p] + 1] = to;
        }
    }

    public int Count => first.Length - 1;
    public long Bytes => local == null ? 0 : 4L * (local.Length + first.Length) + 8L * arcs.Length;

    /// <summary>Where the times of a position of the hierarchy lie: <see cref="Lanes"/> numbers from this index times <see cref="Lanes"/>; -1 for one that isn't needed.</summary>
    public int LocalOf(int position) => local == null ? position : local[position];

    /// <summary>Scratch of one thread.</summary>
    public sealed class Run(Sweep sweep)
    {
        readonly int[] times = new int[sweep.Count * Lanes];
        readonly int[] up = Filled(sweep.order.Position.Length);
        readonly List<int> above = [];
        readonly Stack<int> open = new();

        static int[] Filled(int n)
        {
            var a = new int[n];
            Array.Fill(a, WalkGraph.Never);
            return a;
        }

        public long Bytes => 4L * (times.Length + up.Length);

        /// <summary>Milliseconds by place in the sweep and lane; <see cref="WalkGraph.Never"/> or more: not reached.</summary>
        public int[] Times => times;

        public void Clear() => Array.Fill(times, WalkGraph.Never);

        /// <summary>One place in a lane: it reaches these vertices at these times.</summary>
        public void Seed(int lane, ReadOnlySpan<(int Vertex, int Time)> starts)
        {
            var order = sweep.order;
            above.Clear();
            foreach (var (vertex, time) in starts)
            {
                var p = order.Position[vertex];
                if (up[p] == WalkGraph.Never)
                    open.Push(p);
                up[p] = Math.Min(up[p], time);
            }
            // Everything above the starts; the mark is a time that is smaller than none.
            while (open.TryPop(out var p))
            {
                above.Add(p);
                for (var a = order.First[p]; a < order.First[p + 1]; a++)
                {
                    var head = order.Up[a].Head;
                    if (up[head] != WalkGraph.Never)
                        continue;
                    up[head] = WalkGraph.Never - 1;
                    open.Push(head);
                }
            }
            // Arcs lead to smaller positions only: in falling order every time is final when its turn comes.
            above.Sort();
            for (var i = above.Count - 1; i >= 0; i--)
            {
                var p = above[i];
                var time = up[p];
                up[p] = WalkGraph.Never;
                if (time >= WalkGraph.Never - 1)
                    continue;
                if (sweep.LocalOf(p) is >= 0 and var place)
                    times[place * Lanes + lane] = time;
                for (var a = order.First[p]; a < order.First[p + 1]; a++)
                {
                    ref var known = ref up[order.Up[a].Head];
                    known = Math.Min(known, time + order.Up[a].Time);
                }
            }
        }

        public void Down()
        {
            ref var t0 = ref MemoryMarshal.GetArrayDataReference(times);
            ref var arc0 = ref MemoryMarshal.GetArrayDataReference(sweep.arcs);
            var first = sweep.first;
            var a = 0;
            for (var i = 0; i < first.Length - 1; i++)
            {
                ref var mine = ref Unsafe.Add(ref t0, i * Lanes);
                var (low, high) = (Vector256.LoadUnsafe(ref mine), Vector256.LoadUnsafe(ref mine, 8));
                for (var end = first[i + 1]; a < end; a++)
                {
                    var arc = Unsafe.Add(ref arc0, a);
                    ref var theirs = ref Unsafe.Add(ref t0, arc.Head * Lanes);
                    var step = Vector256.Create(arc.Time);
                    low = Vector256.Min(low, Vector256.LoadUnsafe(ref theirs) + step);
                    high = Vector256.Min(high, Vector256.LoadUnsafe(ref theirs, 8) + step);
                }
                low.StoreUnsafe(ref mine);
                high.StoreUnsafe(ref mine, 8);
            }
        }
    }
}
