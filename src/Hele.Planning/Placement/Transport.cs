namespace Hele.Planning.Placement;

/// <summary>
/// Who goes to which of the open sites when these have room for so many only: the transport problem, exactly. Everybody starts at their nearest site; as long as one is over-full, what is too much there is passed on along the cheapest
/// chain of sites to one with room (successive shortest paths; Ahuja, Magnanti, Orlin 1993), each link moving those whom it costs least, as many at once as it costs the same.
/// </summary>
static class Transport
{
    /// <summary>Value and prices per unit of weight that prove it; without a value, prices that prove that there is none.</summary>
    public readonly record struct Answer(long? Value, long[] Prices);

    const long None = long.MaxValue / 4;

    /// <param name="work">Grows by the places looked at.</param>
    public static Answer Solve(DistanceField f, IReadOnlyList<int> open, ref long work)
    {
        var (sites, customers) = (open.Count, f.Customers);
        var cost = new long[sites * customers];
        for (var a = 0; a < sites; a++)
            for (var j = 0; j < customers; j++)
                cost[a * customers + j] = f.Rows[open[a] * customers + j] is var c && double.IsInfinity(c) ? None : (long)c;
        var looked = (long)cost.Length;
        var prices = new long[customers];
        var at = new long[sites * customers];
        var load = new long[sites];
        for (var j = 0; j < customers; j++)
        {
            var nearest = -1;
            for (var a = 0; a < sites; a++)
                if (cost[a * customers + j] < (nearest < 0 ? None : cost[nearest * customers + j]))
                    nearest = a;
            if (nearest < 0)
            {
                prices[j] = f.Worst + 1;
                work += looked;
                return new(null, prices);
            }
            at[nearest * customers + j] = (long)f.Weights[j];
            load[nearest] += (long)f.Weights[j];
        }
        var link = new long[sites * sites];
        for (var a = 0; a < sites; a++)
            Relink(a);
        var (distance, from) = (new long[sites], new int[sites]);
        while (true)
        {
            for (var a = 0; a < sites; a++)
                (distance[a], from[a]) = (load[a] > f.Capacity![open[a]] ? 0 : None, -1);
            if (!distance.Contains(0))
                break;
            Shorten(backwards: false);
            var to = -1;
            for (var a = 0; a < sites; a++)
                if (load[a] < f.Capacity![open[a]] && distance[a] < (to < 0 ? None : distance[to]))
                    to = a;
            if (to < 0)
            {
                // The sites that can be got to from a full one have less room than the people whom no other site reaches.
                for (var j = 0; j < customers; j++)
                    for (var a = 0; a < sites; a++)
                        if (distance[a] < None && at[a * customers + j] > 0)
                            prices[j] = f.Worst + 1;
                work += looked;
                return new(null, prices);
            }
            var (pass, first) = (f.Capacity![open[to]] - load[to], to);
            for (var a = to; from[a] >= 0; first = a = from[a])
                pass = Math.Min(pass, Movers(from[a], a));
            pass = Math.Min(pass, load[first] - f.Capacity[open[first]]);
            for (var a = to; from[a] >= 0; a = from[a])
                Move(from[a], a, pass);
            load[first] -= pass;
            load[to] += pass;
            for (var a = to; a >= 0; a = from[a])
                Relink(a);
        }
        // What one more place at a site would save: how much cheaper the cheapest chain ends where there is room.
        for (var a = 0; a < sites; a++)
            distance[a] = load[a] < f.Capacity![open[a]] ? 0 : (f.Greatest + 1) * (sites + 1);
        Shorten(backwards: true);
        Int128 value = 0;
        for (var j = 0; j < customers; j++)
        {
            prices[j] = long.MaxValue;
            for (var a = 0; a < sites; a++)
                if (cost[a * customers + j] < None)
                {
                    prices[j] = Math.Min(prices[j], cost[a * customers + j] + distance[a]);
                    value += (Int128)at[a * customers + j] * cost[a * customers + j];
                }
        }
        work += looked;
        return new((long)value, prices);

        // How many at a can go to b for what the link costs.
        long Movers(int a, int b)
        {
            var sum = 0L;
            for (var j = 0; j < customers; j++)
                sum += IsMover(a, b, j) ? at[a * customers + j] : 0;
            return sum;
        }

        bool IsMover(int a, int b, int j) => at[a * customers + j] > 0 && cost[b * customers + j] < None && cost[b * customers + j] - cost[a * customers + j] == link[a * sites + b];

        void Move(int a, int b, long left)
        {
            for (var j = 0; left > 0; j++)
                if (IsMover(a, b, j))
                {
                    var some = Math.Min(left, at[a * customers + j]);
                    at[a * customers + j] -= some;
                    at[b * customers + j] += some;
                    left -= some;
                }
        }

        void Relink(int a)
        {
            looked += cost.Length;
            Array.Fill(link, None, a * sites, sites);
            for (var j = 0; j < customers; j++)
                if (at[a * customers + j] > 0)
                    for (var b = 0; b < sites; b++)
                        if (b != a && cost[b * customers + j] < None)
                            link[a * sites + b] = Math.Min(link[a * sites + b], cost[b * customers + j] - cost[a * customers + j]);
        }

        void Shorten(bool backwards)
        {
            for (var changed = true; changed;)
            {
                changed = false;
                for (var a = 0; a < sites; a++)
                    for (var b = 0; b < sites; b++)
                        if (link[a * sites + b] is < None and var length)
                            if (!backwards && distance[a] < None && distance[a] + length < distance[b])
                                (distance[b], from[b], changed) = (distance[a] + length, a, true);
                            else if (backwards && distance[b] + length < distance[a])
                                (distance[a], changed) = (distance[b] + length, true);
            }
        }
    }
}
