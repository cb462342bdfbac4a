using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Hele.Planning.Search;

/// <summary>
/// Dijkstra's search from one or several places, as far as a limit, that touches nothing beyond it: scratch arrays are made once and put back where they were touched, and the
/// queue is a ring of buckets a fraction of a mean step wide (within a bucket a vertex may be seen twice; the answer is the same). Each place has a label; a vertex gets the
/// earliest arrival and of equals the lowest label. One search at a time; make one per thread.
/// </summary>
sealed class NearSearch
{
    /// <summary>Labels are below 2^24, times below 2^29.</summary>
    const int LabelBits = 24;
    const long Far = long.MaxValue;

    struct Entry
    {
        public long Key;
        public int Vertex, Next;
    }

    readonly WalkGraph graph;
    readonly long[] keys;
    readonly int shift;
    int[] touched = new int[256];
    int touchedCount;
    Entry[] pool = new Entry[256];
    int poolCount, free = -1;
    int[] buckets = [];

    public NearSearch(WalkGraph graph)
    {
        this.graph = graph;
        keys = new long[graph.VertexCount];
        Array.Fill(keys, Far);
        shift = Math.Max(0, System.Numerics.BitOperations.Log2((uint)Math.Max(1, graph.MeanArc / 4)));
    }

    /// <summary>How many vertices the last run took out of the queue with their final time.</summary>
    public int Settled { get; private set; }

    public long Bytes => 8L * keys.Length + 4L * (touched.Length + buckets.Length) + 16L * pool.Length;

    /// <summary>The vertices that the last run reached, in no particular order.</summary>
    public ReadOnlySpan<int> Reached => touched.AsSpan(0, touchedCount);

    /// <summary>Milliseconds to a vertex; <see cref="WalkGraph.Never"/> when it wasn't reached.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Time(int vertex) => keys[vertex] == Far ? WalkGraph.Never : (int)(keys[vertex] >> LabelBits);

    /// <summary>The label of the place from which the vertex is reached first.</summary>
    public int Label(int vertex) => (int)(keys[vertex] & ((1 << LabelBits) - 1));

    /// <summary>Time and label in one number that orders them; <see cref="long.MaxValue"/> when it wasn't reached.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Key(int vertex) => keys[vertex];

    public static long KeyOf(int time, int label) => (long)time << LabelBits | (uint)label;
    public static int TimeOf(long key) => (int)(key >> LabelBits);
    public static int LabelOf(long key) => (int)(key & ((1 << LabelBits) - 1));

    /// <summary>Forgets the last run.</summary>
    public void Clear()
    {
        for (var i = 0; i < touchedCount; i++)
            keys[touched[i]] = Far;
        touchedCount = poolCount = Settled = 0;
        free = -1;
    }

    /// <summary>A place to start from: a vertex that is reached at a time.</summary>
    public void Seed(int vertex, int time, int label = 0)
    {
        var key = KeyOf(time, label);
        if (graph.Blocked(vertex) || key >= keys[vertex])
            return;
        if (keys[vertex] == Far)
            Touch(vertex);
        keys[vertex] = key;
    }

    /// <summary>Searches from the seeds to the limit in milliseconds.</summary>
    public void Run(int limit = WalkGraph.Never, CancellationToken cancel = default)
    {
        int earliest = int.MaxValue, latest = 0;
        foreach (var v in Reached)
            (earliest, latest) = (Math.Min(earliest, Time(v)), Math.Max(latest, Time(v)));
        if (earliest > limit)
        {
            Drop(limit);
            return;
        }
        var span = (Math.Max(graph.LongestArc, latest - earliest) >> shift) + 2;
        if (buckets.Length < span)
            buckets = new int[System.Numerics.BitOperations.RoundUpToPowerOf2((uint)span)];
        buckets.AsSpan().Fill(-1);
        Drop(limit);
        foreach (var v in Reached)
            Push(v, keys[v]);
        Walk(earliest >> shift, limit, cancel);
    }

    /// <summary>Seeds beyond the limit aren't reached.</summary>
    void Drop(int limit)
    {
        var kept = 0;
        for (var i = 0; i < touchedCount; i++)
        {
            if (Time(touched[i]) <= limit)
                touched[kept++] = touched[i];
            else
                keys[touched[i]] = Far;
        }
        touchedCount = kept;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Walk(int bucket, int limit, CancellationToken cancel)
    {
        var mask = buckets.Length - 1;
        var waiting = poolCount;
        var bound = ((long)limit + 1) << LabelBits;
        var settled = 0;
        ref var key0 = ref MemoryMarshal.GetArrayDataReference(keys);
        ref var arc0 = ref MemoryMarshal.GetArrayDataReference(graph.Arcs);
        ref var first0 = ref MemoryMarshal.GetArrayDataReference(graph.First);
        for (; waiting > 0; bucket++)
        {
            ref var head = ref buckets[bucket & mask];
            while (head >= 0)
            {
                // The slot is used again at once: the queue stays as small as its front.
                ref var slot = ref pool[head];
                var entry = slot;
                slot.Next = free;
                free = head;
                head = entry.Next;
                waiting--;
                if (Unsafe.Add(ref key0, entry.Vertex) != entry.Key)
                    continue;
                if ((++settled & 0xFFFF) == 0)
                    cancel.ThrowIfCancellationRequested();
                var end = Unsafe.Add(ref first0, entry.Vertex + 1);
                for (var a = Unsafe.Add(ref first0, entry.Vertex); a < end; a++)
                {
                    var arc = Unsafe.Add(ref arc0, a);
                    var key = entry.Key + ((long)arc.Time << LabelBits);
                    ref var known = ref Unsafe.Add(ref key0, arc.Head);
                    if (key >= known || key >= bound)
                        continue;
                    if (known == Far)
                        Touch(arc.Head);
                    known = key;
                    Push(arc.Head, key);
                    waiting++;
                }
            }
        }
        Settled = settled;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void Touch(int vertex)
    {
        if (touchedCount == touched.Length)
            Array.Resize(ref touched, touchedCount * 2);
        touched[touchedCount++] = vertex;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void Push(int vertex, long key)
    {
        var slot = free;
        if (slot >= 0)
            free = pool[slot].Next;
        else
        {
            if (poolCount == pool.Length)
                Array.Resize(ref pool, poolCount * 2);
            slot = poolCount++;
        }
        ref var bucket = ref buckets[(int)(key >> (LabelBits + shift)) & (buckets.Length - 1)];
        pool[slot] = new() { Key = key, Vertex = vertex, Next = bucket };
        bucket = slot;
    }
}
