using System.Diagnostics;
using System.Globalization;
using System.Text;
using Hele.Planning.Partition;
using Hele.Planning.Streets;
using Hele.TestKit;

namespace Hele.Bench;

/// <summary>
/// Grids against METIS (gpmetis -contig, its default tolerance of 3 %) on the same graph in the same run, judged by a checker of its own that knows the written graph file only. Then a plan that towers
/// have unbalanced, put right by either side: how many buildings change their grid, METIS's grids numbered so that as few as possible do. Where METIS leaves its tolerance, the engine is given as much
/// for the comparison; its own balance is judged at 3 %. METIS knows ties alone, and so does the engine here: compounds count by the weight of their ties.
/// </summary>
public static class PartitionBench
{
    const double Tolerance = 1.03, CutGoal = 1.05, MovedGoal = 1.0 / 3;
    static readonly int[] Seeds = [1, 2, 3, 4, 5];

    public static void Run(TextWriter output, IReadOnlyCollection<string> towns)
    {
        Install();
        if (!File.Exists(Gpmetis))
        {
            output.WriteLine("Partition: gpmetis isn't there (Debian package metis), nothing was compared.");
            return;
        }
        var missed = new List<string>();
        foreach (var (name, grids, draw) in Towns())
            if (towns.Count == 0 || towns.Contains(name))
                Measure(output, name, draw(), grids, missed);
        output.WriteLine(missed.Count == 0 ? "Partition: every goal is met." : $"Partition, missed: {string.Join("; ", missed)}");
    }

    static IEnumerable<(string Name, int[] Grids, Func<LotGraph> Draw)> Towns()
    {
        yield return ("quarter", [3, 5, 9], () => Drawn(new("quarter", 19, 100, 0)));
        yield return ("community", [5, 9, 20, 40], () => Drawn(StreetTown.Community));
        yield return ("large", [9, 30], () => Drawn(new("large", 142, 6_000, 0)));
        foreach (var (name, files) in new (string, string[])[]
        {
            ("shanghai-bund", ["shanghai-bund-roads.geojson.gz", "shanghai-bund-buildings.geojson.gz"]), ("moscow-district", ["moscow-district.osm.gz"]), ("krems", ["krems.osm.gz"]),
        })
            yield return (name, [5, 9, 20], () => Real(files));
    }

    /// <summary>A drawn town with a big road about every 700 m and compounds of about 150 m, of which two in five are open.</summary>
    static LotGraph Drawn(StreetTown town)
    {
        var (network, buildings, _) = town.Draw();
        var (southWest, northEast) = network.Bounds;
        var (perLat, perLon) = Ground.MetresPerDegree(southWest.Latitude);
        var (high, wide) = ((northEast.Latitude - southWest.Latitude) * perLat, (northEast.Longitude - southWest.Longitude) * perLon);
        GeoPoint At(double east, double north) => new(southWest.Latitude + north / perLat, southWest.Longitude + east / perLon);
        var roads = new List<IReadOnlyList<GeoPoint>>();
        for (var x = 350.0; x < wide; x += 700)
            roads.Add([At(x, -100), At(x + 60, high + 100)]);
        for (var y = 350.0; y < high; y += 700)
            roads.Add([At(-100, y), At(wide + 100, y - 40)]);
        var open = new Random(7);
        var shut = Enumerable.Range(0, 10_000).Select(_ => open.Next(5) >= 2).ToArray();
        int Compound(GeoPoint p)
        {
            var (x, y) = ((int)((p.Longitude - southWest.Longitude) * perLon / 150), (int)((p.Latitude - southWest.Latitude) * perLat / 150));
            var number = Math.Abs(y * 100 + x) % shut.Length;
            return shut[number] ? number : -1;
        }
        return Whole(network, [.. buildings.Select(b => new Lot(b.Id, b.Place, b.Households, b.Households / 12, b.Households / 7, Compound(b.Place)))], new() { Dividers = roads });
    }

    /// <summary>Real streets and buildings; who lives there is drawn by a seed, since the map doesn't know.</summary>
    static LotGraph Real(string[] files)
    {
        var importer = new StreetImporter();
        foreach (var file in files)
        {
            using var stream = File.OpenRead(Repo.At("tests", "Hele.Tests", "data", "osm", file));
            importer.Add(stream);
        }
        var import = importer.Finish();
        var random = new Random(20260601);
        return Whole(import.Network, [.. import.Buildings.Select(b => new Lot(b.Reference, b.Place, random.Next(1, 60), random.Next(0, 5), random.Next(0, 9), Entrances: b.Entrances))], new());
    }

    /// <summary>The largest island: METIS ignores -contig where a graph isn't in one piece.</summary>
    static LotGraph Whole(StreetNetwork network, List<Lot> lots, LotTies ties)
    {
        var all = LotGraph.FromStreets(network, WalkingProfile.Adult, lots, ties);
        var island = Enumerable.Range(0, lots.Count).GroupBy(v => all.Island[v]).MaxBy(g => g.Count())!.Order().ToList();
        var number = new int[lots.Count];
        Array.Fill(number, -1);
        for (var i = 0; i < island.Count; i++)
            number[island[i]] = i;
        return new([.. island.Select(v => lots[v])], [.. all.Edges.Where(e => number[e.A] >= 0 && number[e.B] >= 0).Select(e => e with { A = number[e.A], B = number[e.B] })]);
    }

    static void Measure(TextWriter output, string name, LotGraph graph, int[] counts, List<string> missed)
    {
        Write(output, $"Partition, {name}: {graph.Lots.Count:N0} buildings, {graph.Edges.Count:N0} pairs of neighbours, {graph.Lots.Sum(l => l.Households):N0} households");
        var folder = Directory.CreateTempSubdirectory("hele-partition-").FullName;
        try
        {
            var file = Path.Combine(folder, "graph");
            WriteGraph(graph, file);
            var check = new Checker(file);
            var before = Worked;
            var three = Partitioner.Propose(graph, new() { Grids = counts[1] });
            var asked = Worked - before;
            for (var i = 0; i < 100; i++)
                Partitioner.Judge(graph, new() { Grids = counts[1] }, three.Plans[0].Assignment);
            before = Worked;
            for (var i = 0; i < 200; i++)
                Partitioner.Judge(graph, new() { Grids = counts[1] }, three.Plans[0].Assignment);
            Write(output, $"  k {counts[1]}, {three.Plans.Count} proposals beside each other: {asked.TotalSeconds:0.00} s; judging one drawn by hand: {(Worked - before).TotalMilliseconds / 200:0.00} ms");
            foreach (var k in counts)
            {
                var (mine, theirs, ratios) = (new List<Checker.Verdict>(), new List<Checker.Verdict>(), new List<double>());
                var seconds = 0.0;
                int[]? today = null;
                foreach (var seed in Seeds)
                {
                    var begun = Worked;
                    var assignment = Fresh(graph, k, seed, 0.03);
                    seconds += (Worked - begun).TotalSeconds;
                    mine.Add(check.Judge(assignment, k));
                    today ??= assignment;
                    theirs.Add(check.Judge(Metis(file, k, seed), k));
                    // Where METIS breaks its own tolerance, the cuts are compared at what it reached.
                    var cut = theirs[^1].MaxToMean > Tolerance ? check.Judge(Fresh(graph, k, seed, theirs[^1].MaxToMean - 1), k).Cut : mine[^1].Cut;
                    ratios.Add(cut / (double)theirs[^1].Cut);
                }
                var (contiguous, even) = (mine.All(m => m.Pieces == k && m.Empty == 0), mine.Max(m => m.MaxToMean));
                Write(output, $"  k {k}: cut / METIS {ratios.Average():0.000} on the mean, {ratios.Max():0.000} at worst over {Seeds.Length} seeds (goal: at most {CutGoal}); max/mean {even:0.000} (goal: at most {Tolerance}; METIS {theirs.Max(t => t.MaxToMean):0.000}, above {Tolerance} in {theirs.Count(t => t.MaxToMean > Tolerance)} of {Seeds.Length}); contiguous {(contiguous ? "always" : "NOT always")} (METIS {theirs.Count(t => t.Pieces == k && t.Empty == 0)} of {Seeds.Length}); {seconds / Seeds.Length:0.00} s");
                void Goal(bool met, string what)
                {
                    if (!met)
                        missed.Add($"{name} k {k} {what}");
                }
                Goal(contiguous, "contiguous");
                Goal(even <= Tolerance + 1e-9, "max/mean");
                Goal(ratios.Max() <= CutGoal, "cut");
                Rebalance(output, graph, today!, k, folder, Goal);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Time of a processor that this process took so far: on a busy machine the clock tells of the others. The engine works on one thread.</summary>
    static TimeSpan Worked => Process.GetCurrentProcess().TotalProcessorTime;

    static int[] Fresh(LotGraph graph, int k, int seed, double tolerance) =>
        [.. Partitioner.Propose(graph, new() { Grids = k, Households = new(1, tolerance), Below = 1, Seed = seed, Proposals = 1, WholeCompounds = false }).Plans[0].Assignment];

    /// <summary>Towers: each of three lots gets a quarter of a grid's households more, drawn by a seed.</summary>
    static void Rebalance(TextWriter output, LotGraph before, int[] today, int k, string folder, Action<bool, string> goal)
    {
        var (mine, theirs, ratios) = (new List<int>(), new List<int>(), new List<double>());
        var (even, contiguous, start, seconds, broken) = (0.0, true, 0.0, 0.0, 0);
        foreach (var seed in Seeds)
        {
            var random = new Random(seed);
            var lots = before.Lots.Select((l, v) => l with { Today = today[v] }).ToList();
            var more = lots.Sum(l => l.Households) / k / 4;
            for (var i = 0; i < 3; i++)
            {
                var v = random.Next(lots.Count);
                lots[v] = lots[v] with { Households = lots[v].Households + more };
            }
            var graph = new LotGraph(lots, before.Edges);
            var file = Path.Combine(folder, "towers");
            WriteGraph(graph, file);
            var check = new Checker(file);
            start = Math.Max(start, check.Judge(today, k).MaxToMean);
            int[] Kept(double tolerance) => [.. Partitioner.Propose(graph, new() { Grids = k, Households = new(1, tolerance), Below = 1, Seed = seed, Proposals = 1, KeepToday = true }).Plans[0].Assignment];
            var begun = Worked;
            var kept = Kept(0.03);
            seconds += (Worked - begun).TotalSeconds;
            var verdict = check.Judge(kept, k);
            (even, contiguous) = (Math.Max(even, verdict.MaxToMean), contiguous && verdict.Pieces == k && verdict.Empty == 0);
            mine.Add(Checker.Moved(today, kept, k));
            var peer = Metis(file, k, seed);
            theirs.Add(Checker.Moved(today, peer, k));
            var reached = check.Judge(peer, k).MaxToMean;
            broken += reached > Tolerance ? 1 : 0;
            ratios.Add((reached > Tolerance ? Checker.Moved(today, Kept(reached - 1), k) : mine[^1]) / (double)Math.Max(1, theirs[^1]));
        }
        Write(output, $"    towers (max/mean {start:0.00}): {mine.Average():0.0} buildings change, METIS {theirs.Average():0.0}; ratio {ratios.Average():0.000} on the mean, {ratios.Max():0.000} at worst (goal: at most {MovedGoal:0.000}); max/mean {even:0.000} (METIS above {Tolerance} in {broken} of {Seeds.Length}); contiguous {(contiguous ? "always" : "NOT always")}; {seconds / Seeds.Length:0.00} s");
        goal(ratios.Max() <= MovedGoal, "moved");
        goal(even <= Tolerance + 1e-9, "max/mean after towers");
        goal(contiguous, "contiguous after towers");
    }

    static void WriteGraph(LotGraph graph, string file)
    {
        var rows = new StringBuilder[graph.Lots.Count];
        for (var v = 0; v < rows.Length; v++)
            rows[v] = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{graph.Lots[v].Households}");
        foreach (var e in graph.Edges)
        {
            rows[e.A].Append(CultureInfo.InvariantCulture, $" {e.B + 1} {e.Weight}");
            rows[e.B].Append(CultureInfo.InvariantCulture, $" {e.A + 1} {e.Weight}");
        }
        File.WriteAllLines(file, [string.Create(CultureInfo.InvariantCulture, $"{graph.Lots.Count} {graph.Edges.Count} 011"), .. rows.Select(r => r.ToString())]);
    }

    const string Gpmetis = "/usr/bin/gpmetis";

    static int[] Metis(string file, int k, int seed)
    {
        using var process = Process.Start(new ProcessStartInfo(Gpmetis, ["-contig", string.Create(CultureInfo.InvariantCulture, $"-seed={seed}"), file, k.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true })!;
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        var answer = string.Create(CultureInfo.InvariantCulture, $"{file}.part.{k}");
        if (!File.Exists(answer))
            throw new InvalidOperationException($"gpmetis left no partition: {text}");
        var parts = File.ReadAllLines(answer).Select(l => int.Parse(l, CultureInfo.InvariantCulture)).ToArray();
        File.Delete(answer);
        return parts;
    }

    /// <summary>Knows the graph file and a list of numbers, and nothing of the engine.</summary>
    sealed class Checker
    {
        public readonly record struct Verdict(long Cut, double MaxToMean, int Pieces, int Empty);
        readonly long[] weights;
        readonly List<(int A, int B, long Weight)> edges = [];

        public Checker(string file)
        {
            var lines = File.ReadAllLines(file)[1..];
            weights = new long[lines.Length];
            for (var v = 0; v < lines.Length; v++)
            {
                var numbers = lines[v].Split(' ').Select(n => long.Parse(n, CultureInfo.InvariantCulture)).ToArray();
                weights[v] = numbers[0];
                for (var i = 1; i < numbers.Length; i += 2)
                    if (numbers[i] - 1 > v)
                        edges.Add((v, (int)numbers[i] - 1, numbers[i + 1]));
            }
        }

        /// <summary>Pieces: of all grids together; as many as grids where each is in one piece.</summary>
        public Verdict Judge(int[] grid, int k)
        {
            if (grid.Length != weights.Length || grid.Any(g => g < 0 || g >= k))
                throw new InvalidOperationException("A building is in no grid.");
            var leader = Enumerable.Range(0, grid.Length).ToArray();
            int Find(int v) => leader[v] == v ? v : leader[v] = Find(leader[v]);
            var cut = 0L;
            foreach (var (a, b, weight) in edges)
            {
                if (grid[a] != grid[b])
                    cut += weight;
                else
                    leader[Find(a)] = Find(b);
            }
            var load = new long[k];
            for (var v = 0; v < grid.Length; v++)
                load[grid[v]] += weights[v];
            return new(cut, load.Max() * (double)k / weights.Sum(), Enumerable.Range(0, grid.Length).Count(v => Find(v) == v), Enumerable.Range(0, k).Except(grid).Count());
        }

        /// <summary>Buildings that change their grid, the new grids numbered so that as few as possible do: by an auction (Bertsekas 1988), exact for whole numbers.</summary>
        public static int Moved(int[] before, int[] after, int k)
        {
            var same = new long[k, k];
            for (var v = 0; v < before.Length; v++)
                same[after[v], before[v]] += k + 1;
            var (price, owner, has) = (new long[k], new int[k], new int[k]);
            Array.Fill(owner, -1);
            Array.Fill(has, -1);
            var waiting = new Queue<int>(Enumerable.Range(0, k));
            while (waiting.TryDequeue(out var r))
            {
                var (best, value, second) = (0, long.MinValue, long.MinValue);
                for (var c = 0; c < k; c++)
                {
                    var gain = same[r, c] - price[c];
                    if (gain > value)
                        (best, value, second) = (c, gain, value);
                    else
                        second = Math.Max(second, gain);
                }
                price[best] += (k == 1 ? 0 : value - second) + 1;
                if (owner[best] >= 0)
                {
                    has[owner[best]] = -1;
                    waiting.Enqueue(owner[best]);
                }
                (owner[best], has[r]) = (r, best);
            }
            return before.Where((b, v) => has[after[v]] != b).Count();
        }
    }

    /// <summary>The peer is a Debian package that only the bench needs.</summary>
    static void Install()
    {
        if (File.Exists(Gpmetis) || !Environment.IsPrivilegedProcess || Environment.GetEnvironmentVariable("HELE_TEST_INSTALL") == "0")
            return;
        foreach (var arguments in new[] { "update", "install -y --no-install-recommends metis" })
        {
            using var process = Process.Start(new ProcessStartInfo("apt-get", arguments) { RedirectStandardOutput = true, Environment = { ["DEBIAN_FRONTEND"] = "noninteractive" } })!;
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
        }
    }

    static void Write(TextWriter output, FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
