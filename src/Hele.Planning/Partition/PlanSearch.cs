namespace Hele.Planning.Partition;

/// <summary>From a wish to plans.</summary>
static class PlanSearch
{
    public static List<GridPlan> Plans(LotGraph graph, PartitionWish wish, int k, IProgress<double>? progress, CancellationToken cancel)
    {
        var field = FieldBuilder.Of(graph, wish, k);
        var start = new int[field.N];
        Array.Fill(start, -1);
        var grown = Growth.Grow(field, start, new((ulong)wish.Seed));
        return [Judging.Judge(graph, wish, k, grown, PlanAim.NaturalBorders)];
    }
}
