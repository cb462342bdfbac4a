using System.Diagnostics;
using System.Globalization;
using Hele.Planning.Placement;

namespace Hele.Bench;

/// <summary>
/// Coverings against SCIP, HiGHS and CP-SAT on the same merged models: how long until the optimum is proven, on 300 to 2,500 sites, and what is found for 1,000 sites and 100,000 customers. OR-Tools is here and nowhere else: the search asks
/// nobody. Every answer of the search is judged by its checker, and where two have proven their answers they must agree.
/// </summary>
static class CoverBench
{
    /// <summary>How long a peer is given at least and at most; between these it is five times what the search took, since a fourth is the goal.</summary>
    static readonly (double Least, double Most) PeerSeconds = (10, 60);
    static readonly int[] Sizes = [300, 600, 1000, 1700, 2500];

    /// <param name="parts">most, all, large; none: all of them.</param>
    public static void Run(TextWriter output, string[] parts)
    {
        bool Asked(string part) => parts.Length == 0 || parts.Contains(part);
        // The compiler's turn, and the libraries' loading.
        var first = Town(1, 60, 240, 3, 15);
        Covering.Most(first);
        Covering.All(Town(1, 60, 240, null, 15));
        CoverPeers.Scip(first, true, TimeSpan.FromSeconds(5));
        CoverPeers.Highs(first, true, TimeSpan.FromSeconds(5));
        CoverPeers.CpSat(first, true, TimeSpan.FromSeconds(5));
        foreach (var most in new[] { true, false })
        {
            if (!Asked(most ? "most" : "all"))
                continue;
            Write(output, $"{(most ? "Most covered by a number of sites" : "All covered at least cost")}; the search is one thread, SCIP and HiGHS one, CP-SAT {Environment.ProcessorCount}:");
            foreach (var sites in Sizes)
                Compare(output, Town(sites, sites, 4 * sites, most ? sites / 40 : null, 15), most);
        }
        if (Asked("large"))
            Large(output);
    }

    static void Compare(TextWriter output, CoverProblem problem, bool most)
    {
        var watch = Stopwatch.StartNew();
        var answer = Ask(problem, most, 30);
        var seconds = watch.Elapsed.TotalSeconds;
        var fault = Faults(problem, answer, most);
        Write(output, $"  {problem.Sites} sites, {problem.Customers} customers merged{(most ? $", {problem.Choice.Most} open" : "")}: {Said(answer)}, {seconds:0.00} s{fault}");
        var limit = TimeSpan.FromSeconds(Math.Clamp(5 * seconds, PeerSeconds.Least, PeerSeconds.Most));
        PeerAnswer[] peers = [CoverPeers.Scip(problem, most, limit), CoverPeers.Highs(problem, most, limit), CoverPeers.CpSat(problem, most, limit)];
        foreach (var peer in peers)
            Write(output, $"    {peer}{Disagreement(peer, answer, most)}");
        var proven = peers.Where(p => p.IsProven).MinBy(p => p.Seconds);
        var than = proven?.Seconds ?? limit.TotalSeconds;
        Write(output, $"    {(answer.IsProven ? $"{seconds / than:0.00} of the time of {proven?.Name ?? "all, who proved nothing in it"} (goal 0.25{(seconds > than / 4 ? ", MISSED" : "")})" : "not proven (goal 0.25, MISSED)")}");
    }

    static void Large(TextWriter output)
    {
        var problem = Town(1000, 1000, 100_000, 25, 15);
        var (limit, goal) = (TimeSpan.FromSeconds(120), 1.45);
        Write(output, $"1,000 sites, {problem.Customers} customers merged, {problem.Weights.ToArray().Sum()} weight, {problem.Choice.Most} open:");
        var watch = Stopwatch.StartNew();
        var answer = Ask(problem, true, 10);
        var seconds = watch.Elapsed.TotalSeconds;
        Write(output, $"  {Said(answer)}, {seconds:0.00} s (goal 10 s and 2 %{(seconds > 10 || answer.Gap > 0.02 ? ", MISSED" : "")}){Faults(problem, answer, true)}");
        foreach (var peer in new[] { CoverPeers.Scip, CoverPeers.Highs, new Func<CoverProblem, bool, TimeSpan, PeerAnswer>(CoverPeers.CpSat) }.Select(p => p(problem, true, limit)))
        {
            var times = (double)answer.Best!.Value / Math.Max(1, peer.Value ?? 0);
            Write(output, $"    {peer}{Disagreement(peer, answer, true)}; {times:0.000} times its value{(peer.Name == "SCIP" ? $" (goal {goal}{(times < goal ? ", MISSED" : "")})" : "")}");
        }
    }

    static Placement Ask(CoverProblem problem, bool most, int effort)
    {
        var options = new PlacementOptions { Effort = effort, Alternatives = 0 };
        return most ? Covering.Most(problem, options) : Covering.All(problem, options);
    }

    static string Said(Placement answer) => FormattableString.Invariant($"{answer.Best?.Value} {(answer.IsProven ? "proven" : $"gap {100 * answer.Gap:0.00} %")}, {answer.Branches} branches");

    static string Faults(CoverProblem problem, Placement answer, bool most)
    {
        var check = most ? CoverProof.CheckMost(problem, answer) : CoverProof.CheckAll(problem, answer);
        return check.Faults.Count > 0 ? " WRONG: " + string.Join("; ", check.Faults) : "";
    }

    static string Disagreement(PeerAnswer peer, Placement answer, bool most)
    {
        var better = peer.Value is { } value && (most ? value > answer.Best!.Value : value < answer.Best!.Value);
        return better && answer.IsProven || peer.IsProven && answer.IsProven && peer.Value != answer.Best!.Value ? " WRONG: it differs from what was proven" : better ? " (better)" : "";
    }

    /// <summary>
    /// Sites and customers strewn over a square, with half of the customers in towns, and a site covering whoever is near: on average <paramref name="near"/> sites for each customer outside the towns. Customers that the same sites cover are
    /// merged, and who can't be covered is left out. Costs are one each.
    /// </summary>
    internal static CoverProblem Town(int seed, int sites, int customers, int? most, int near)
    {
        var random = new Random(seed);
        var side = 10_000.0;
        var towns = Enumerable.Range(0, 1 + (sites / 50)).Select(_ => (X: random.NextDouble() * side, Y: random.NextDouble() * side)).ToArray();
        (double X, double Y) Anywhere()
        {
            if (random.Next(2) == 0)
                return (random.NextDouble() * side, random.NextDouble() * side);
            var town = towns[random.Next(towns.Length)];
            var (far, turn) = (Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * side / 15, random.NextDouble() * 2 * Math.PI);
            return (town.X + (far * Math.Cos(turn)), town.Y + (far * Math.Sin(turn)));
        }
        var where = Enumerable.Range(0, sites).Select(_ => Anywhere()).ToArray();
        var reach = Math.Sqrt(near * side * side / (sites * Math.PI));
        var merged = new Dictionary<string, (int[] Sites, long Weight)>();
        for (var j = 0; j < customers; j++)
        {
            var (x, y) = Anywhere();
            var weight = random.Next(1, 60);
            int[] within = [.. Enumerable.Range(0, sites).Where(i => Math.Pow(where[i].X - x, 2) + Math.Pow(where[i].Y - y, 2) <= reach * reach)];
            if (within.Length == 0)
                continue;
            var key = string.Join(' ', within);
            merged[key] = (within, weight + (merged.TryGetValue(key, out var same) ? same.Weight : 0));
        }
        var covers = Enumerable.Range(0, sites).Select(_ => new List<int>()).ToArray();
        var rows = merged.Values.ToArray();
        for (var j = 0; j < rows.Length; j++)
            foreach (var i in rows[j].Sites)
                covers[i].Add(j);
        return new(new() { Sites = sites, Most = most }, covers, [.. rows.Select(r => r.Weight)]);
    }

    static void Write(TextWriter output, FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
