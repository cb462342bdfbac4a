namespace Hele.Planning.Placement;

/// <summary>Halves the distinct costs by the question whether everybody can be within so much (Daskin 1995; Elloumi, Labbé and Pochet 2004). Each question is a median with costs 0 and 1, answered by a set that costs nothing or a tree that proves a cost above nothing.</summary>
sealed class CentreSearch(DistanceField f, PlacementOptions options, IProgress<PlacementProgress>? progress, CancellationToken cancel)
{
    readonly AnswerPool pool = new(Math.Max(16, 4 * options.Alternatives));
    readonly long[] radii = [.. f.Cost.Where(double.IsFinite).Select(c => (long)c).Distinct().Order()];
    /// <summary>Nobody can be served within a radius before this one.</summary>
    int least;
    BranchProof proof = new([new(-1, -1, 0)], [], 1);
    long work = MedianSearch.WorkPerEffort * options.Effort;
    int branches;

    /// <summary>The radius that this index stands for, and beyond the last what there is no answer within.</summary>
    long Radius(int index) => index < radii.Length ? radii[index] : f.Greatest + 1;
    bool Ends => options.Enough.IsCancellationRequested || work <= 0;
    /// <summary>Index of the best answer's radius.</summary>
    int Reached => pool.Best is { } best ? Array.BinarySearch(radii, best.Value) : radii.Length;

    public Placement Solve()
    {
        cancel.ThrowIfCancellationRequested();
        if (!f.Possible || f.Customers == 0)
        {
            if (f.Possible)
                pool.Offer(0, [.. Enumerable.Range(0, f.Sites).Where(i => f.State[i] > 0)]);
            return Told(f.Possible ? 0 : f.Greatest + 1, true);
        }
        least = Array.BinarySearch(radii, (long)Enumerable.Range(0, f.Customers).Max(j => f.Cost[f.Start[j]]));
        var swaps = new MedianSwaps(f);
        swaps.Set([.. Enumerable.Range(0, f.Sites).Where(i => f.State[i] > 0)]);
        swaps.Fill(f.Limited);
        if (swaps.Needed() is { } first)
            Offer(first);
        // What isn't answered by a little work is taken as "no" for now, and asked again once the rest is known.
        for (var from = least; from < Reached && !Ends;)
            if (!Ask((from + Reached) / 2, work / 16) && from < Reached)
                from = Math.Max(least, (from + Reached) / 2 + 1);
        while (least < Reached && !Ends)
            if (!Ask(Reached - 1, work / 2) && least < Reached)
                break;
        for (int from = least, to = Reached - 1; from < to && !Ends && least < Reached; from = Math.Max(from, least))
            if (!Ask((from + to) / 2, work / 4) && least <= (from + to) / 2)
                to = (from + to) / 2;
        if (options.Alternatives > 0 && pool.Best is { } best && !Ends)
            Others(best);
        return Told(Radius(least), least >= Reached);
    }

    Placement Told(long bound, bool isProven)
    {
        cancel.ThrowIfCancellationRequested();
        return new() { Best = pool.Best, Bound = bound, IsProven = isProven, Alternatives = pool.Others(options), Proof = proof };
    }

    void Offer(IReadOnlyList<int> open)
    {
        var farthest = 0.0;
        for (var j = 0; j < f.Customers; j++)
        {
            var t = f.Start[j];
            while (!open.Contains(f.Site[t]))
                t++;
            farthest = Math.Max(farthest, f.Cost[t]);
        }
        if (pool.Offer((long)farthest, open))
            progress?.Report(new((long)farthest, Radius(least), branches));
    }

    /// <summary>Whether everybody can be within this radius; a yes betters the best, a proven no the bound.</summary>
    /// <returns>There is a set of sites that does it.</returns>
    bool Ask(int index, long allowance)
    {
        if (index < least)
            return false;
        var search = new MedianSearch(new(f, Radius(index)), options with { Alternatives = 0 }, Math.Max(1, allowance), null, cancel);
        var answer = search.Solve();
        work -= Math.Max(search.Work, f.Rows.Length / 4);
        branches += answer.Branches;
        if (answer.Best is { } found)
            Offer(found.Open);
        else if (answer.IsProven)
        {
            (least, proof) = (index + 1, answer.Proof);
            progress?.Report(new(pool.Best?.Value, Radius(least), branches));
        }
        return answer.Best != null;
    }

    /// <summary>Sets that keep everybody within a little more than the best.</summary>
    void Others(SiteSet best)
    {
        var search = new MedianSearch(new(f, best.Value + Math.Floor(Math.Min(options.Within, 1e3) * best.Value)), options with { Within = 0, Seed = options.Seed + 1 }, Math.Max(1, work), null, cancel);
        var answer = search.Solve();
        foreach (var set in answer.Alternatives.Prepend(answer.Best!).Where(s => s != null))
            Offer(set.Open);
    }
}
