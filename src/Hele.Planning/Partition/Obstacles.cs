namespace Hele.Planning.Partition;

/// <summary>What no plan can meet, found before any is sought.</summary>
static class Obstacles
{
    public static List<ObstacleFound> Find(LotGraph graph, PartitionWish wish, int k)
    {
        var found = new List<ObstacleFound>();
        var total = graph.Households;
        var mean = total / (double)k;
        if (graph.Islands > k)
            found.Add(new(Obstacle.MoreIslandsThanGrids, -1, graph.Islands, k));
        if (graph.Islands > 1)
        {
            var households = new long[graph.Islands];
            var first = new int[graph.Islands];
            for (var v = graph.Lots.Count - 1; v >= 0; v--)
            {
                households[graph.Island[v]] += graph.Lots[v].Households;
                first[graph.Island[v]] = v;
            }
            var least = Math.Max(mean * (1 - wish.Below), wish.LeastHouseholds ?? 0);
            for (var i = 0; i < households.Length; i++)
                if (households[i] < least)
                    found.Add(new(Obstacle.SmallIsland, first[i], households[i], least));
        }
        var limit = Math.Min(wish.MostHouseholds ?? double.PositiveInfinity, wish.Households.Weight > 0 ? mean * (1 + wish.Households.Tolerance) : double.PositiveInfinity);
        for (var v = 0; v < graph.Lots.Count; v++)
            if (graph.Lots[v].Households > limit)
                found.Add(new(Obstacle.LotTooLarge, v, graph.Lots[v].Households, limit));
        if (wish.MostHouseholds is { } most && total > (long)most * k)
            found.Add(new(Obstacle.SizesDontAddUp, -1, total, (double)most * k));
        if (wish.LeastHouseholds is { } few && total < (long)few * k)
            found.Add(new(Obstacle.SizesDontAddUp, -1, total, (double)few * k));
        var locked = Judging.Locked(graph, wish);
        foreach (var (a, b) in wish.Apart)
            if (locked[a] && locked[b] && graph.Lots[a].Today == graph.Lots[b].Today)
                found.Add(new(Obstacle.LockedTogether, a, b, graph.Lots[a].Today));
        return found;
    }
}
