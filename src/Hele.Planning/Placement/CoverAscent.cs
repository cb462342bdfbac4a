namespace Hele.Planning.Placement;

/// <summary>
/// Betters prices step by step: a subgradient method whose direction is an average over the answers met (the volume algorithm; Barahona, Anbil 2000). The average of the sites taken is near an optimum of the linear program.
/// </summary>
sealed class CoverAscent
{
    readonly CoverCore core;
    readonly double[] weights, worths, best, trial, direction, costs, budgetCosts;
    readonly int[] order;
    readonly double[] keys;

    public CoverAscent(CoverCore core, ReadOnlySpan<double> prices, double budgetPrice)
    {
        this.core = core;
        weights = [.. core.Weight.Select(w => (double)w)];
        costs = [.. core.Cost.Select(c => (double)c)];
        budgetCosts = core.Price is null ? [] : [.. core.Price.Select(c => (double)c)];
        (worths, Share, keys) = (new double[core.Sites], new double[core.Sites], new double[core.Sites]);
        (best, trial, direction) = (prices.ToArray(), new double[core.Customers], new double[core.Customers]);
        order = new int[core.Sites];
        BudgetPrice = budgetPrice;
        Taken = [];
    }

    /// <summary>The best prices met.</summary>
    public double[] Prices => best;
    public double BudgetPrice { get; private set; }
    /// <summary>How much of each site was taken on the average.</summary>
    public double[] Share { get; }
    public double Bound { get; private set; } = double.PositiveInfinity;
    /// <summary>The sites taken at the last prices.</summary>
    public List<int> Taken { get; private set; }

    /// <param name="target">The value of an answer: where the bound comes below it plus one, nothing more is needed.</param>
    /// <param name="met">Told the sites taken now and then.</param>
    public void Run(int steps, double target, double pace, Action<List<int>>? met, Func<bool> stop)
    {
        var (budget, limit) = (BudgetPrice, core.Limit);
        best.CopyTo(trial, 0);
        Array.Clear(direction);
        Array.Clear(Share);
        var budgetDirection = 0.0;
        var (stale, mix) = (0, 1.0);
        for (var step = 0; step < steps; step++)
        {
            var value = Evaluate(trial, budget);
            if (value < Bound - 1e-9 * Math.Abs(Bound) || double.IsInfinity(Bound))
            {
                (stale, Bound, BudgetPrice) = (value < Bound - 1e-5 * Math.Abs(Bound - target) ? 0 : stale + 1, value, budget);
                trial.CopyTo(best, 0);
            }
            else if (++stale >= 12)
            {
                (stale, pace) = (0, pace * 0.6);
                if (pace < 0.003)
                    break;
            }
            if (Bound < target + 1 - 1e-7 * Math.Abs(target) - 1e-6 || stop())
                break;
            if (met is not null && step % 24 == 23)
                met(Taken);
            mix = step == 0 ? 1 : Math.Max(0.06, mix * 0.9);
            foreach (ref var d in direction.AsSpan())
                d *= 1 - mix;
            foreach (ref var s in Share.AsSpan())
                s *= 1 - mix;
            var spent = 0.0;
            foreach (var i in Taken)
            {
                Share[i] += mix;
                spent += budgetCosts.Length > 0 ? budgetCosts[i] : 0;
                foreach (var j in core.CustomersOf(i))
                    direction[j] += mix;
            }
            budgetDirection = (1 - mix) * budgetDirection + mix * (spent - core.Budget);
            // What an average has too much of grows cheaper, what it lacks dearer; from the best prices known.
            var norm = 0.0;
            for (var j = 0; j < direction.Length; j++)
            {
                var d = direction[j] - 1;
                norm += d > 0 || best[j] < weights[j] ? d * d : 0;
            }
            var scale = budgetCosts.Length > 0 ? BudgetScale : 0;
            norm += scale * budgetDirection * budgetDirection;
            if (norm < 1e-12)
                break;
            var length = pace * Math.Max(Bound - target, 1e-6 * Math.Abs(Bound)) / norm;
            for (var j = 0; j < trial.Length; j++)
                trial[j] = Math.Clamp(best[j] - length * (direction[j] - 1), 0, weights[j]);
            budget = Math.Max(0, BudgetPrice + length * scale * budgetDirection);
        }
    }

    /// <summary>Brings the price of the budget into the measure of the customers'.</summary>
    double BudgetScale => Math.Pow(weights.Length == 0 ? 1 : weights.Max() / Math.Max(1, budgetCosts.Max()), 2);

    double Evaluate(double[] prices, double budgetPrice)
    {
        var total = (double)core.Base + (budgetCosts.Length > 0 ? budgetPrice * core.Budget : 0);
        if (core.Most)
            for (var j = 0; j < prices.Length; j++)
                total += weights[j] - prices[j];
        else
            for (var j = 0; j < prices.Length; j++)
                total -= prices[j];
        var count = 0;
        for (var i = 0; i < worths.Length; i++)
        {
            var worth = -costs[i];
            foreach (var j in core.CustomersOf(i))
                worth += prices[j];
            if (budgetCosts.Length > 0)
                worth -= budgetPrice * budgetCosts[i];
            worths[i] = worth;
            if (worth > 0)
                (order[count], keys[count++]) = (i, -worth);
        }
        if (count > core.Limit)
        {
            Array.Sort(keys, order, 0, count);
            count = core.Limit;
        }
        Taken.Clear();
        for (var k = 0; k < count; k++)
        {
            Taken.Add(order[k]);
            total += worths[order[k]];
        }
        return total;
    }
}
