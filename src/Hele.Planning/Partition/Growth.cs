namespace Hele.Planning.Partition;

/// <summary>Grids that grow from seeds over neighbours, the lightest first: contiguous wherever the locked lots allow it, and every lot in exactly one.</summary>
static class Growth
{
    /// <param name="start">Lots that are in a grid already, -1: none yet.</param>
    public static int[] Grow(Field field, int[] start, Dice dice)
    {
        var (n, k) = (field.N, field.K);
        var grid = start.ToArray();
        for (var v = 0; v < n; v++)
            if (field.Locked[v])
                grid[v] = field.Home[v];
        JoinLocked(field, grid);
        var load = new double[k];
        var count = new int[k];
        for (var v = 0; v < n; v++)
            if (grid[v] >= 0)
            {
                load[grid[v]] += Weight(v);
                count[grid[v]]++;
            }
        Seed(field, grid, count, load, dice);

        var frontier = new PriorityQueue<int, long>[k];
        var turn = new PriorityQueue<int, (double, int)>();
        for (var g = 0; g < k; g++)
            frontier[g] = new();
        void Offer(int v, int g)
        {
            for (var a = field.First[v]; a < field.First[v + 1]; a++)
                if (grid[field.Heads[a]] < 0)
                    frontier[g].Enqueue(field.Heads[a], -Pull(field.Heads[a], g));
        }
        long Pull(int v, int g)
        {
            var pull = 0L;
            for (var a = field.First[v]; a < field.First[v + 1]; a++)
                if (grid[field.Heads[a]] == g)
                    pull += Math.Max(0, field.Tie[a]);
            return pull;
        }
        for (var v = 0; v < n; v++)
            if (grid[v] >= 0)
                Offer(v, grid[v]);
        for (var g = 0; g < k; g++)
            turn.Enqueue(g, (load[g], g));
        while (turn.TryDequeue(out var g, out _))
        {
            var taken = false;
            while (!taken && frontier[g].TryDequeue(out var v, out _))
            {
                if (grid[v] >= 0)
                    continue;
                grid[v] = g;
                load[g] += Weight(v);
                Offer(v, g);
                taken = true;
            }
            if (taken)
                turn.Enqueue(g, (load[g], g));
        }
        return grid;

        double Weight(int v) => field.Share[v * field.Kinds] + 1e-9;
    }

    /// <summary>Locked lots of one grid are joined over lots that are free, where a way leads.</summary>
    static void JoinLocked(Field field, int[] grid)
    {
        var from = new int[field.N];
        for (var g = 0; g < field.K; g++)
        {
            var locked = Enumerable.Range(0, field.N).Where(v => field.Locked[v] && field.Home[v] == g).ToList();
            if (locked.Count < 2)
                continue;
            var reached = new bool[field.N];
            reached[locked[0]] = true;
            while (true)
            {
                // From what is joined, breadth first, to the nearest that isn't.
                Array.Fill(from, -1);
                var queue = new Queue<int>();
                for (var v = 0; v < field.N; v++)
                    if (reached[v] && grid[v] == g)
                        (from[v], _) = (v, Enqueue(queue, v));
                var found = -1;
                while (found < 0 && queue.TryDequeue(out var at))
                    for (var a = field.First[at]; a < field.First[at + 1] && found < 0; a++)
                    {
                        var to = field.Heads[a];
                        if (from[to] >= 0 || grid[to] >= 0 && grid[to] != g)
                            continue;
                        from[to] = at;
                        queue.Enqueue(to);
                        if (field.Locked[to] && field.Home[to] == g && !reached[to])
                            found = to;
                    }
                if (found < 0)
                {
                    // No way is left to the rest: the next piece begins anew.
                    found = locked.FirstOrDefault(v => !reached[v], -1);
                    if (found < 0)
                        break;
                    reached[found] = true;
                    continue;
                }
                for (var v = found; !reached[v]; v = from[v])
                    (reached[v], grid[v]) = (true, g);
            }
        }

        static bool Enqueue(Queue<int> queue, int v)
        {
            queue.Enqueue(v);
            return true;
        }
    }

    /// <summary>A first lot for each grid that has none: far from all others, in steps.</summary>
    static void Seed(Field field, int[] grid, int[] count, double[] load, Dice dice)
    {
        var n = field.N;
        var distance = new int[n];
        for (var g = 0; g < field.K; g++)
        {
            if (count[g] > 0)
                continue;
            Array.Fill(distance, -1);
            var queue = new Queue<int>();
            for (var v = 0; v < n; v++)
                if (grid[v] >= 0)
                {
                    distance[v] = 0;
                    queue.Enqueue(v);
                }
            var last = -1;
            if (queue.Count == 0)
            {
                // The first one: far from a place chosen at random.
                var anywhere = dice.Below(n);
                distance[anywhere] = 0;
                queue.Enqueue(anywhere);
                last = anywhere;
            }
            while (queue.TryDequeue(out var at))
                for (var a = field.First[at]; a < field.First[at + 1]; a++)
                    if (distance[field.Heads[a]] < 0)
                    {
                        distance[field.Heads[a]] = distance[at] + 1;
                        if (grid[field.Heads[a]] < 0)
                            last = field.Heads[a];
                        queue.Enqueue(field.Heads[a]);
                    }
            if (last < 0 || grid[last] >= 0)
            {
                // Everything is in a grid: one lot of the largest that can spare one.
                last = Enumerable.Range(0, n).Where(v => !field.Locked[v] && count[grid[v]] > 1).OrderByDescending(v => load[grid[v]]).ThenBy(v => v).FirstOrDefault(v => Spares(field, grid, v), -1);
                if (last < 0)
                    continue;
                count[grid[last]]--;
                load[grid[last]] -= field.Share[last * field.Kinds];
            }
            grid[last] = g;
            count[g]++;
            load[g] += field.Share[last * field.Kinds];
        }
    }

    /// <summary>Whether the rest of its grid stays in one piece without the lot.</summary>
    static bool Spares(Field field, int[] grid, int lot)
    {
        var (g, size) = (grid[lot], 0);
        var begin = -1;
        for (var v = 0; v < field.N; v++)
            if (v != lot && grid[v] == g)
                (size, begin) = (size + 1, v);
        if (begin < 0)
            return false;
        var seen = new HashSet<int> { begin };
        var stack = new Stack<int>([begin]);
        while (stack.TryPop(out var at))
            for (var a = field.First[at]; a < field.First[at + 1]; a++)
                if (field.Heads[a] is var to && to != lot && grid[to] == g && seen.Add(to))
                    stack.Push(to);
        return seen.Count == size;
    }
}
