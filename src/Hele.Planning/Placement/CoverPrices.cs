namespace Hele.Planning.Placement;

/// <summary>Prices for the customers of a core and what follows from them: a bound in whole numbers of 1/scale, as the checker will find it, and what each site adds to it.</summary>
sealed class CoverPrices
{
    readonly CoverCore core;
    readonly long scale;
    readonly long[] prices, worths;
    readonly long budgetPrice;
    readonly Int128 sum;
    readonly int limit;

    /// <param name="prices">In the unit of the value, per customer; rounded so that each customer's price is a whole number per unit of weight where weight is sought.</param>
    public CoverPrices(CoverCore core, long scale, ReadOnlySpan<double> prices, double budgetPrice)
    {
        (this.core, this.scale) = (core, scale);
        this.prices = new long[core.Customers];
        worths = new long[core.Sites];
        var amounts = new long[core.Customers];
        this.budgetPrice = core.Price is null ? 0 : (long)(Math.Max(0, budgetPrice) * scale);
        sum = (Int128)core.Base * scale + (core.Price is null ? 0 : (Int128)this.budgetPrice * core.Budget);
        for (var j = 0; j < amounts.Length; j++)
        {
            var unit = core.Most ? Math.Clamp((long)(prices[j] / core.Weight[j] * scale + 0.5), 0, scale) : Math.Max(0, (long)(prices[j] * scale + 0.5));
            this.prices[j] = unit;
            amounts[j] = core.Most ? unit * core.Weight[j] : unit;
            sum += core.Most ? (Int128)core.Weight[j] * scale - amounts[j] : -(Int128)amounts[j];
        }
        for (var i = 0; i < worths.Length; i++)
        {
            var worth = (Int128)0;
            foreach (var j in core.CustomersOf(i))
                worth += amounts[j];
            worth -= (Int128)core.Cost[i] * scale + (core.Price is null ? 0 : (Int128)this.budgetPrice * core.Price[i]);
            worths[i] = (long)Int128.Clamp(worth, long.MinValue / 4, long.MaxValue / 4);
        }
        limit = core.Limit;
        var sorted = (long[])worths.Clone();
        Array.Sort(sorted);
        var total = sum;
        for (var k = 0; k < limit && k < sorted.Length && sorted[^(k + 1)] > 0; k++)
            total += sorted[^(k + 1)];
        Last = limit == 0 ? long.MaxValue : limit <= sorted.Length ? Math.Max(0, sorted[^limit]) : 0;
        Next = limit < sorted.Length ? Math.Max(0, sorted[^(limit + 1)]) : 0;
        Total = total;
    }

    /// <summary>The worth of the last site taken and of the first one left, 0 at least.</summary>
    public long Last { get; }
    public long Next { get; }
    /// <summary>In 1/scale.</summary>
    public Int128 Total { get; }
    /// <summary>No answer of the core is worth more.</summary>
    public long Bound => Floor(Total);

    /// <summary>The bound where this site is closed, or where it is open.</summary>
    public long BoundWithout(int i) => Floor(worths[i] > 0 && worths[i] >= Last ? Total - worths[i] + Next : Total);
    public long BoundWith(int i) => Floor(worths[i] >= Last ? Total : Total + worths[i] - Last);

    long Floor(Int128 total)
    {
        var whole = total / scale;
        return (long)(total < 0 && whole * scale != total ? whole - 1 : whole);
    }

    /// <summary>The row of the proof: a price for each customer of the first core, and last that of the budget.</summary>
    public long[] Row()
    {
        var row = new long[core.Owner.Length + 1];
        for (var k = 0; k < core.Owner.Length; k++)
            row[k] = core.Owner[k] switch { >= 0 and var j => prices[j], CoverCore.Lost when core.Most => scale, _ => 0 };
        row[^1] = budgetPrice;
        return row;
    }
}
