namespace Hele.Planning.Search;

/// <summary>
/// A contraction hierarchy (Geisberger, Sanders, Schultes, Delling 2008): vertices are taken out one after the other, the least important first, and where a shortest way led
/// through one, a shortcut takes its place. What remains of each vertex are its arcs to more important ones. The graph is walked both ways alike, so one set of arcs serves up and
/// down. Deterministic: equal importance goes by number.
/// </summary>
sealed class Contraction
{
    /// <summary>Where each vertex stands in the order of sweeps: 0 is the most important.</summary>
    public readonly int[] Position;
    /// <summary>The arcs of position p to smaller positions: <c>Up[First[p]..First[p+1]]</c>.</summary>
    public readonly int[] First;
    public readonly Arc[] Up;

    Contraction(int[] position, int[] first, Arc[] up) => (Position, First, Up) = (position, first, up);

    public long Bytes => 4L * (Position.Length + First.Length) + 8L * Up.Length;

    public static Contraction Of(WalkGraph graph, IProgress<double>? progress = null, CancellationToken cancel = default) => new Work(graph).Run(progress, cancel);

    sealed class Work
    {
        /// <summary>A witness search gives up after so many vertices: a shortcut too many costs a little, a search too long costs more.</summary>
        const int Patience = 200;
        /// <summary>When one vertex of so many is left, though not more than most and not fewer than least, the times between all that are left are worked out: 4 bytes for each pair until the end.</summary>
        const int CoreShare = 16, MostCore = 8192, LeastCore = 64;

        readonly int n;
        ContractionCore? core;
        readonly Arc[][] arcs;
        readonly int[] degree, level, distance;
        readonly long[] importance;
        readonly List<int> touched = [];
        readonly PriorityQueue<int, int> near = new();
        readonly List<(int From, int To, int Time)> shortcuts = [];

        public Work(WalkGraph graph)
        {
            n = graph.VertexCount;
            arcs = new Arc[n][];
            degree = new int[n];
            level = new int[n];
            importance = new long[n];
            distance = new int[n];
            Array.Fill(distance, WalkGraph.Never);
            for (var v = 0; v < n; v++)
            {
                arcs[v] = new Arc[Math.Max(2, graph.First[v + 1] - graph.First[v])];
                for (var a = graph.First[v]; a < graph.First[v + 1]; a++)
                    if (graph.Arcs[a].Head != v)
                        Lower(v, graph.Arcs[a].Head, graph.Arcs[a].Time);
            }
        }

        /// <summary>Adds an arc, or lowers the one that is there.</summary>
        void Lower(int from, int to, int time)
        {
            var list = arcs[from];
            for (var i = 0; i < degree[from]; i++)
            {
                if (list[i].Head != to)
                    continue;
                if (time < list[i].Time)
                    list[i] = new(to, time);
                return;
            }
            if (degree[from] == list.Length)
                Array.Resize(ref arcs[from], degree[from] * 2);
            arcs[from][degree[from]++] = new(to, time);
        }

        void Remove(int from, int to)
        {
            var list = arcs[from];
            for (var i = 0; i < degree[from]; i++)
            {
                if (list[i].Head != to)
                    continue;
                list[i] = list[--degree[from]];
                return;
            }
        }

        public Contraction Run(IProgress<double>? progress, CancellationToken cancel)
        {
            var queue = new PriorityQueue<int, long>(n);
            for (var v = 0; v < n; v++)
            {
                if (v % 4096 == 0)
                    cancel.ThrowIfCancellationRequested();
                queue.Enqueue(v, importance[v] = Judge(v));
            }
            var order = new int[n];
            var done = 0;
            var coreFrom = n - Math.Min(n, Math.Clamp(n / CoreShare, LeastCore, MostCore));
            while (true)
            {
                if (done == coreFrom && core == null)
                    EnterCore(queue, cancel);
                if (!queue.TryDequeue(out var v, out var said))
                    break;
                if (said != importance[v])
                    continue;
                var now = Judge(v);
                if (now > said && queue.TryPeek(out _, out var next) && now > next)
                {
                    queue.Enqueue(v, importance[v] = now);
                    continue;
                }
                // What judging found is what taking out needs.
                foreach (var (from, to, time) in shortcuts)
                {
                    Lower(from, to, time);
                    Lower(to, from, time);
                }
                for (var i = 0; i < degree[v]; i++)
                {
                    var u = arcs[v][i].Head;
                    Remove(u, v);
                    level[u] = Math.Max(level[u], level[v] + 1);
                }
                if (arcs[v].Length > degree[v])
                    Array.Resize(ref arcs[v], degree[v]);
                importance[v] = long.MinValue;
                core?.TakeOut(v);
                order[done++] = v;
                for (var i = 0; i < degree[v]; i++)
                {
                    // The last vertices have hundreds of neighbours, each of them as much work as a thousand vertices at first.
                    cancel.ThrowIfCancellationRequested();
                    var u = arcs[v][i].Head;
                    var anew = Judge(u);
                    if (anew != importance[u])
                        queue.Enqueue(u, importance[u] = anew);
                }
                if (done % 1024 == 0)
                    progress?.Report(done / (double)n);
            }
            var position = new int[n];
            for (var i = 0; i < n; i++)
                position[order[i]] = n - 1 - i;
            var first = new int[n + 1];
            for (var p = 0; p < n; p++)
                first[p + 1] = first[p] + arcs[order[n - 1 - p]].Length;
            var up = new Arc[first[n]];
            for (var p = 0; p < n; p++)
            {
                var to = first[p];
                foreach (var arc in arcs[order[n - 1 - p]])
                    up[to++] = new(position[arc.Head], arc.Time);
            }
            progress?.Report(1);
            return new(position, first, up);
        }

        void EnterCore(PriorityQueue<int, long> queue, CancellationToken cancel)
        {
            int[] left = [.. Enumerable.Range(0, n).Where(v => importance[v] != long.MinValue)];
            core = new(left, [.. left.Select(v => arcs[v][..degree[v]])], cancel);
            queue.Clear();
            foreach (var v in left)
            {
                var kept = 0;
                for (var i = 0; i < degree[v]; i++)
                    if (core.Needs(v, arcs[v][i]))
                        arcs[v][kept++] = arcs[v][i];
                degree[v] = kept;
            }
            foreach (var v in left)
            {
                cancel.ThrowIfCancellationRequested();
                queue.Enqueue(v, importance[v] = Judge(v));
            }
        }

        /// <summary>How much is lost by taking the vertex out: shortcuts for each arc that goes, and how deep the hierarchy already is below it.</summary>
        long Judge(int v)
        {
            shortcuts.Clear();
            if (degree[v] == 0)
                return v;
            Find(v);
            return ((shortcuts.Count - degree[v]) * 190L + level[v] * 120L + 1_000_000) << 32 | (uint)v;
        }

        /// <summary>The shortcuts that taking the vertex out would need.</summary>
        void Find(int v)
        {
            var around = arcs[v].AsSpan(0, degree[v]);
            if (core != null)
            {
                core.Find(v, around, shortcuts);
                return;
            }
            for (var i = 0; i + 1 < around.Length; i++)
            {
                var (from, toV) = around[i];
                var furthest = 0;
                for (var j = i + 1; j < around.Length; j++)
                    furthest = Math.Max(furthest, toV + around[j].Time);
                Witness(from, v, furthest);
                for (var j = i + 1; j < around.Length; j++)
                {
                    var through = toV + around[j].Time;
                    if (distance[around[j].Head] > through)
                        shortcuts.Add((from, around[j].Head, through));
                }
                foreach (var u in touched)
                    distance[u] = WalkGraph.Never;
                touched.Clear();
            }
        }

        /// <summary>Ways from a vertex around the one that goes.</summary>
        void Witness(int from, int without, int furthest)
        {
            var patience = Patience;
            near.Clear();
            distance[from] = 0;
            touched.Add(from);
            near.Enqueue(from, 0);
            while (patience-- > 0 && near.TryDequeue(out var u, out var time) && time <= furthest)
            {
                if (time != distance[u])
                    continue;
                var list = arcs[u];
                for (var i = 0; i < degree[u]; i++)
                {
                    var (head, step) = list[i];
                    if (head == without || time + step > furthest || time + step >= distance[head])
                        continue;
                    if (distance[head] == WalkGraph.Never)
                        touched.Add(head);
                    distance[head] = time + step;
                    near.Enqueue(head, time + step);
                }
            }
        }
    }
}
