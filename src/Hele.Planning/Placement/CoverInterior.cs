using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Hele.Planning.Placement;

/// <summary>
/// The linear program of a core by a primal-dual interior point method (Mehrotra 1992) that stays feasible on both sides: every iterate's prices give a bound, every iterate's sites an answer in parts. Each step solves one
/// system as large as there are sites, by a Cholesky factorisation within its envelope; number and budget enter it as two dense rows (Sherman, Morrison 1950).
/// </summary>
sealed class CoverInterior
{
    readonly CoverCore core;
    readonly int n, m, extra;
    readonly double[][] dense;
    readonly double[] right;
    readonly int[] first, rowStart;
    readonly double[] factor;

    public CoverInterior(CoverCore core)
    {
        this.core = core;
        (n, m) = (core.Sites, core.Customers);
        first = [.. Enumerable.Range(0, n)];
        for (var j = 0; j < m; j++)
        {
            var sites = core.SitesOf(j);
            foreach (var i in sites)
                first[i] = Math.Min(first[i], sites[0]);
        }
        rowStart = new int[n + 1];
        for (var i = 0; i < n; i++)
            rowStart[i + 1] = rowStart[i] + i - first[i] + 1;
        factor = new double[rowStart[n]];
        var rows = new List<(double[] Row, double Right)>();
        if (core.Limit < n)
            rows.Add(([.. Enumerable.Repeat(1.0, n)], core.Limit));
        if (core.Price is not null && core.Budget < core.Price.Sum())
        {
            // In units of the dearest site, so that both rows are of one size.
            var most = (double)Math.Max(1, core.Price.Max());
            rows.Add(([.. core.Price.Select(p => p / most)], core.Budget / most));
            budgetUnit = most;
            budgetRow = rows.Count - 1;
        }
        dense = [.. rows.Select(r => r.Row)];
        right = [.. rows.Select(r => r.Right)];
        extra = dense.Length;
        Prices = new double[m];
        Share = new double[n];
    }

    readonly int budgetRow = -1;
    readonly double budgetUnit = 1;

    /// <summary>Multiplications one step takes, about.</summary>
    public static long Work(CoverCore core)
    {
        var low = new int[core.Sites];
        for (var i = 0; i < low.Length; i++)
            low[i] = i;
        var work = 0L;
        for (var j = 0; j < core.Customers; j++)
        {
            var sites = core.SitesOf(j);
            foreach (var i in sites)
                low[i] = Math.Min(low[i], sites[0]);
            work += (long)sites.Length * sites.Length + 12;
        }
        for (var i = 0; i < low.Length; i++)
            work += (long)(i - low[i] + 1) * (i - low[i] + 1) / 2;
        return work;
    }

    public double[] Prices { get; }
    public double BudgetPrice { get; private set; }
    public double[] Share { get; }
    public double Bound { get; private set; } = double.PositiveInfinity;
    /// <summary>What the parts of sites come to: no prices bring the bound below it.</summary>
    public double Reached { get; private set; } = double.NegativeInfinity;
    public int Steps { get; private set; }

    /// <param name="target">Ends as soon as the bound is below it plus one.</param>
    /// <param name="stop">Asked before each step, which may take seconds; it may throw.</param>
    public void Run(int steps, double target, Func<bool> stop)
    {
        var (w, f) = (new double[m], new double[n]);
        for (var j = 0; j < m; j++)
            w[j] = core.Weight[j];
        for (var i = 0; i < n; i++)
            f[i] = core.Cost[i];
        var scale = Math.Max(1, m == 0 ? 1 : w.Average());
        // Feasible on both sides from the start: the slack of either side is what the other leaves.
        var (x, zl, zu) = (new double[n], new double[n], new double[n]);
        var (y, s, u) = (new double[m], new double[m], new double[m]);
        var (slack, pi) = (new double[extra], new double[extra]);
        var share = 0.5;
        for (var e = 0; e < extra; e++)
            share = Math.Min(share, 0.9 * right[e] / Math.Max(1e-9, dense[e].Sum()));
        share = Math.Max(share, 1e-7);
        Array.Fill(x, share);
        for (var e = 0; e < extra; e++)
            slack[e] = right[e] - share * dense[e].Sum();
        for (var j = 0; j < m; j++)
        {
            var over = core.SitesOf(j).Length * share - 1;
            (y[j], s[j]) = (Math.Max(0, -over) + 0.1, Math.Max(0, over) + 0.1);
            u[j] = w[j] * 0.5;
        }
        var worth = new double[n];
        for (var i = 0; i < n; i++)
        {
            worth[i] = -f[i];
            foreach (var j in core.CustomersOf(i))
                worth[i] += u[j];
        }
        if (extra > 0)
        {
            var sorted = worth.Order().ToArray();
            var level = Math.Max(0.1 * scale, sorted[Math.Clamp(n - Math.Max(1, core.Limit), 0, n - 1)]);
            for (var e = 0; e < extra; e++)
                pi[e] = level / extra;
        }
        for (var i = 0; i < n; i++)
        {
            var d = -worth[i];
            for (var e = 0; e < extra; e++)
                d += dense[e][i] * pi[e];
            (zl[i], zu[i]) = (Math.Max(0, d) + 0.1 * scale, Math.Max(0, -d) + 0.1 * scale);
        }
        var (dx, dzl, dzu, diagonal, h) = (new double[n], new double[n], new double[n], new double[n], new double[n]);
        var (dy, ds, du, delta, push) = (new double[m], new double[m], new double[m], new double[m], new double[m]);
        var (dslack, dpi) = (new double[extra], new double[extra]);
        var (rl, ru, ry, rs, re) = (new double[n], new double[n], new double[m], new double[m], new double[extra]);
        var solved = new double[extra][];

        for (Steps = 0; Steps < steps && !stop(); Steps++)
        {
            var gap = Gap();
            Judge();
            if (Bound < target + 1 - 1e-7 * Math.Abs(target) - 1e-6 || gap < 1e-9 * (1 + Math.Abs(Bound)) || Bound - Reached < 1e-9 * (1 + Math.Abs(Bound)))
                break;
            var mu = gap / (2 * n + 2 * m + extra);
            for (var j = 0; j < m; j++)
                delta[j] = 1 / (y[j] / (w[j] - u[j]) + s[j] / u[j]);
            for (var i = 0; i < n; i++)
                diagonal[i] = zl[i] / x[i] + zu[i] / (1 - x[i]);
            Fill(delta, diagonal);
            Factor();
            for (var e = 0; e < extra; e++)
            {
                solved[e] = (double[])dense[e].Clone();
                Solve(solved[e]);
            }
            for (var i = 0; i < n; i++)
                (rl[i], ru[i]) = (-x[i] * zl[i], -(1 - x[i]) * zu[i]);
            for (var j = 0; j < m; j++)
                (ry[j], rs[j]) = (-y[j] * (w[j] - u[j]), -s[j] * u[j]);
            for (var e = 0; e < extra; e++)
                re[e] = -slack[e] * pi[e];
            Direction();
            var (primal, dual) = Lengths();
            var after = 0.0;
            for (var i = 0; i < n; i++)
                after += (x[i] + primal * dx[i]) * (zl[i] + dual * dzl[i]) + (1 - x[i] - primal * dx[i]) * (zu[i] + dual * dzu[i]);
            for (var j = 0; j < m; j++)
                after += (y[j] + primal * dy[j]) * (w[j] - u[j] - dual * du[j]) + (s[j] + primal * ds[j]) * (u[j] + dual * du[j]);
            for (var e = 0; e < extra; e++)
                after += (slack[e] + primal * dslack[e]) * (pi[e] + dual * dpi[e]);
            var centre = after / gap;
            mu *= centre * centre * centre;
            for (var i = 0; i < n; i++)
            {
                rl[i] += mu - dx[i] * dzl[i];
                ru[i] += mu + dx[i] * dzu[i];
            }
            for (var j = 0; j < m; j++)
            {
                ry[j] += mu + dy[j] * du[j];
                rs[j] += mu - ds[j] * du[j];
            }
            for (var e = 0; e < extra; e++)
                re[e] += mu - dslack[e] * dpi[e];
            Direction();
            (primal, dual) = Lengths();
            (primal, dual) = (primal * 0.995, dual * 0.995);
            if (Math.Max(primal, dual) < 1e-6)
                break;
            for (var i = 0; i < n; i++)
            {
                x[i] += primal * dx[i];
                zl[i] += dual * dzl[i];
                zu[i] += dual * dzu[i];
            }
            for (var j = 0; j < m; j++)
            {
                y[j] += primal * dy[j];
                s[j] += primal * ds[j];
                u[j] += dual * du[j];
            }
            for (var e = 0; e < extra; e++)
            {
                slack[e] += primal * dslack[e];
                pi[e] += dual * dpi[e];
            }
        }
        x.CopyTo(Share, 0);

        double Gap()
        {
            var sum = 0.0;
            for (var i = 0; i < n; i++)
                sum += x[i] * zl[i] + (1 - x[i]) * zu[i];
            for (var j = 0; j < m; j++)
                sum += y[j] * (w[j] - u[j]) + s[j] * u[j];
            for (var e = 0; e < extra; e++)
                sum += slack[e] * pi[e];
            return sum;
        }

        // The bound is that of the Lagrangian at these prices, not less tight than the dual's objective; what the sites reach is counted from them alone.
        void Judge()
        {
            var (bound, reached) = ((double)core.Base, (double)core.Base);
            var budget = budgetRow < 0 ? 0 : pi[budgetRow];
            for (var j = 0; j < m; j++)
            {
                var cover = 0.0;
                foreach (var i in core.SitesOf(j))
                    cover += x[i];
                bound += core.Most ? w[j] - u[j] : -u[j];
                reached += core.Most ? w[j] * Math.Min(1, cover) : -w[j] * Math.Max(0, 1 - cover);
            }
            for (var i = 0; i < n; i++)
            {
                var sum = -f[i] - (budgetRow < 0 ? 0 : budget * dense[budgetRow][i]);
                foreach (var j in core.CustomersOf(i))
                    sum += u[j];
                worth[i] = sum;
                reached -= f[i] * x[i];
            }
            bound += budgetRow < 0 ? 0 : budget * right[budgetRow];
            if (core.Limit < n)
            {
                var sorted = (double[])worth.Clone();
                Array.Sort(sorted);
                for (var k = 1; k <= core.Limit && sorted[^k] > 0; k++)
                    bound += sorted[^k];
            }
            else
                foreach (var v in worth)
                    bound += Math.Max(0, v);
            Reached = Math.Max(Reached, reached);
            if (bound >= Bound)
                return;
            Bound = bound;
            u.CopyTo(Prices, 0);
            BudgetPrice = budgetRow < 0 ? 0 : pi[budgetRow] / budgetUnit;
        }

        void Direction()
        {
            for (var j = 0; j < m; j++)
                push[j] = (ry[j] / (w[j] - u[j]) - rs[j] / u[j]) * delta[j];
            for (var i = 0; i < n; i++)
            {
                var sum = rl[i] / x[i] - ru[i] / (1 - x[i]);
                foreach (var j in core.CustomersOf(i))
                    sum -= push[j];
                for (var e = 0; e < extra; e++)
                    sum -= dense[e][i] * re[e] / slack[e];
                h[i] = sum;
            }
            h.CopyTo(dx, 0);
            Solve(dx);
            Correct(dx, slack, pi, solved);
            for (var j = 0; j < m; j++)
            {
                var sum = 0.0;
                foreach (var i in core.SitesOf(j))
                    sum += dx[i];
                du[j] = -(sum * delta[j] + push[j]);
                dy[j] = (ry[j] + y[j] * du[j]) / (w[j] - u[j]);
                ds[j] = (rs[j] - s[j] * du[j]) / u[j];
            }
            for (var i = 0; i < n; i++)
            {
                dzl[i] = (rl[i] - zl[i] * dx[i]) / x[i];
                dzu[i] = (ru[i] + zu[i] * dx[i]) / (1 - x[i]);
            }
            for (var e = 0; e < extra; e++)
            {
                var sum = 0.0;
                for (var i = 0; i < n; i++)
                    sum += dense[e][i] * dx[i];
                dslack[e] = -sum;
                dpi[e] = (re[e] + pi[e] * sum) / slack[e];
            }
        }

        (double Primal, double Dual) Lengths()
        {
            var (primal, dual) = (1.0, 1.0);
            for (var i = 0; i < n; i++)
            {
                primal = Step(primal, x[i], dx[i]);
                primal = Step(primal, 1 - x[i], -dx[i]);
                dual = Step(dual, zl[i], dzl[i]);
                dual = Step(dual, zu[i], dzu[i]);
            }
            for (var j = 0; j < m; j++)
            {
                primal = Step(primal, y[j], dy[j]);
                primal = Step(primal, s[j], ds[j]);
                dual = Step(dual, u[j], du[j]);
                dual = Step(dual, w[j] - u[j], -du[j]);
            }
            for (var e = 0; e < extra; e++)
            {
                primal = Step(primal, slack[e], dslack[e]);
                dual = Step(dual, pi[e], dpi[e]);
            }
            return (primal, dual);
            static double Step(double length, double at, double by) => by < 0 && -at / by < length ? -at / by : length;
        }
    }

    /// <summary>From the solution of the sparse part to that with the dense rows: (M + Σ r rᵀ·pi/slack)⁻¹.</summary>
    void Correct(double[] d, double[] slack, double[] pi, double[][] solved)
    {
        if (extra == 0)
            return;
        Span<double> q = stackalloc double[4];
        Span<double> r = stackalloc double[2];
        for (var e = 0; e < extra; e++)
        {
            for (var g = 0; g < extra; g++)
                q[2 * e + g] = Dot(dense[e], solved[g]) + (e == g ? slack[e] / pi[e] : 0);
            r[e] = Dot(dense[e], d);
        }
        if (extra == 1)
            r[0] /= q[0];
        else
        {
            var determinant = q[0] * q[3] - q[1] * q[2];
            (r[0], r[1]) = ((r[0] * q[3] - r[1] * q[1]) / determinant, (r[1] * q[0] - r[0] * q[2]) / determinant);
        }
        for (var e = 0; e < extra; e++)
            for (var i = 0; i < n; i++)
                d[i] -= solved[e][i] * r[e];
    }

    void Fill(double[] delta, double[] diagonal)
    {
        Array.Clear(factor);
        for (var j = 0; j < m; j++)
        {
            var sites = core.SitesOf(j);
            var d = delta[j];
            for (var a = 0; a < sites.Length; a++)
            {
                var row = rowStart[sites[a]] - first[sites[a]];
                for (var b = 0; b <= a; b++)
                    factor[row + sites[b]] += d;
            }
        }
        for (var i = 0; i < n; i++)
            factor[rowStart[i + 1] - 1] += diagonal[i];
    }

    /// <summary>In place: the lower triangle row by row, each within its envelope; the diagonal is kept inverted.</summary>
    void Factor()
    {
        for (var i = 0; i < n; i++)
        {
            var row = factor.AsSpan(rowStart[i]..rowStart[i + 1]);
            var low = first[i];
            for (var k = low; k < i; k++)
            {
                var from = Math.Max(low, first[k]);
                var sum = Dot(row[(from - low)..(k - low)], factor.AsSpan(rowStart[k] + from - first[k], k - from));
                row[k - low] = (row[k - low] - sum) * factor[rowStart[k + 1] - 1];
            }
            var own = row[..(i - low)];
            var pivot = row[i - low] - Dot(own, own);
            row[i - low] = pivot > 1e-30 * row[i - low] && pivot > 0 ? 1 / Math.Sqrt(pivot) : 0;
        }
    }

    void Solve(double[] b)
    {
        for (var i = 0; i < n; i++)
        {
            var length = i - first[i];
            b[i] = (b[i] - Dot(factor.AsSpan(rowStart[i], length), b.AsSpan(first[i], length))) * factor[rowStart[i + 1] - 1];
        }
        for (var i = n - 1; i >= 0; i--)
        {
            b[i] *= factor[rowStart[i + 1] - 1];
            var (v, at) = (b[i], rowStart[i] - first[i]);
            for (var k = first[i]; k < i; k++)
                b[k] -= factor[at + k] * v;
        }
    }

    /// <summary>Always in four lanes, so that the sum is the same on every machine.</summary>
    static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        ref var p = ref MemoryMarshal.GetReference(a);
        ref var q = ref MemoryMarshal.GetReference(b);
        var (one, two) = (Vector256<double>.Zero, Vector256<double>.Zero);
        var k = 0;
        for (; k + 8 <= a.Length; k += 8)
        {
            one += Vector256.LoadUnsafe(ref p, (nuint)k) * Vector256.LoadUnsafe(ref q, (nuint)k);
            two += Vector256.LoadUnsafe(ref p, (nuint)k + 4) * Vector256.LoadUnsafe(ref q, (nuint)k + 4);
        }
        var sum = Vector256.Sum(one + two);
        for (; k < a.Length; k++)
            sum += a[k] * b[k];
        return sum;
    }
}
