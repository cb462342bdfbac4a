using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Hele.Planning.Reach;
using Hele.Planning.Search;
using Hele.Planning.Streets;
using Hele.TestKit;
using Npgsql;

namespace Hele.Bench;

/// <summary>
/// The street engine against scipy, igraph and pgRouting on the same graphs, every answer compared with scipy's. One thread on either side; the best of a few rounds on either side, since other work
/// disturbs both.
/// </summary>
public static class StreetsBench
{
    const int Limit = 600;
    static readonly WeekMoment Noon = new(3, 12);

    public static void Run(TextWriter output, IReadOnlyCollection<string> towns)
    {
        Install();
        double? districtSettled = null;
        foreach (var town in new[] { StreetTown.Community, StreetTown.District, StreetTown.City })
        {
            if (towns.Count > 0 && !towns.Contains(town.Name))
                continue;
            var (network, buildings, points) = town.Draw();
            var settled = Measure(output, town.Name, network, buildings, points);
            if (town == StreetTown.District)
                districtSettled = settled;
            else if (town == StreetTown.City && districtSettled is { } before)
                Write(output, $"  settled vertices from district to city: {settled / before - 1:+0.0%;-0.0%} (goal: at most +10 %{(settled <= 1.1 * before ? "" : ", missed")})");
        }
        var real = Repo.At("tests", "Hele.Tests", "data", "osm");
        foreach (var (name, files) in new (string, string[])[]
        {
            ("shanghai-bund", ["shanghai-bund-roads.geojson.gz", "shanghai-bund-buildings.geojson.gz"]), ("moscow-district", ["moscow-district.osm.gz"]), ("helsinki", ["helsinki.osm.pbf"]), ("krems", ["krems.osm.gz"]),
        })
        {
            if (towns.Count > 0 && !towns.Contains(name))
                continue;
            var importer = new StreetImporter();
            foreach (var file in files)
            {
                using var stream = File.OpenRead(Path.Combine(real, file));
                importer.Add(stream);
            }
            var import = importer.Finish();
            var buildings = import.Buildings.Select(b => new Building(b.Reference, b.Place, 1, b.Entrances)).ToList();
            var points = buildings.Where((_, i) => i % (buildings.Count / 20) == 0).Select((b, i) => new ServicePoint($"p{i}", b.Place, WeekHours.Always)).ToList();
            Measure(output, name, import.Network, buildings, points);
        }
    }

    static double Measure(TextWriter output, string name, StreetNetwork network, List<Building> buildings, List<ServicePoint> points)
    {
        var large = network.VertexCount > 500_000;
        var arcs = network.EdgeCount * 2L;
        var index = ReachIndex.Build(network, WalkingProfile.Adult, buildings);
        var graph = index.At(Noon).Graph;
        Write(output, $"Streets, {name}: {network.VertexCount:N0} vertices, {arcs:N0} directed edges, {buildings.Count:N0} buildings, {points.Count:N0} points, limit {Limit} s");

        var joints = points.Select(p => index.Join(p.Place)).ToArray();
        var joined = Enumerable.Range(0, points.Count).Where(p => joints[p] != null).ToArray();

        // All buildings within the limit of any point.
        // Reach of each point.
        var search = index.SearchAt(Noon);
        var some = joined.Where((_, i) => !large || i % (joined.Length / 24) == 0).ToArray();
        long settled = 0;
        foreach (var p in joined)
        {
            search.Within(joints[p]!.Value, Limit);
            settled += search.Settled;
        }
        var perPoint = settled / (double)joined.Length;
        var (each, _) = Best(15, () =>
        {
            var sum = 0;
            foreach (var p in joined)
                sum += search.Within(joints[p]!.Value, Limit).Length;
            return sum;
        });

        // Full rows.
        // On a busy machine the clock tells of the others; the processor's seconds are the work.
        var (outward, _) = Best(5, () => index.Cover(points, Limit, Noon, next: false));
        var watch = Stopwatch.StartNew();
        var processor = Process.GetCurrentProcess().TotalProcessorTime;
        index.PrepareMatrix(Noon);
        var preparing = watch.Elapsed.TotalSeconds;
        var work = (Process.GetCurrentProcess().TotalProcessorTime - processor).TotalSeconds;
        var many = points.Take(large ? 64 : 320).Select(p => p.Place).ToList();
        var sink = 0;
        var (rows, _) = Best(large ? 2 : 5, () =>
        {
            index.Rows(many, Noon, (_, row) => sink ^= row[0]);
            return 0;
        });
        // All buildings within the limit of any point, over the hierarchy just made.
        var (cover, coverage) = Best(9, () => index.Cover(points, Limit, Noon, next: false));
        // Memory: everything that answers, with the scratch of one thread, counted array by array: the heap's size says what others left behind, too.
        var ready = index.At(Noon);
        var plan = ready.Plan(buildings.Count, null, default);
        var near = ready.Lend();
        var bytes = network.Bytes + new EdgeFinder(network).Bytes + index.Joints.Bytes + ready.Bytes + plan.Bytes + new Sweep.Run(plan.Sweep).Bytes + near.Bytes + search.Bytes;
        ready.GiveBack(near);

        // One point moved.
        var standing = index.Stand(points, Limit, Noon);
        var random = new Random(1);
        var moves = new List<double>();
        for (var i = 0; i < 200; i++)
        {
            var from = points[random.Next(points.Count)].Place;
            watch.Restart();
            standing.Move(random.Next(points.Count), from);
            moves.Add(watch.Elapsed.TotalMilliseconds);
        }
        moves.Sort();

        var rowsAsked = joined.Where((_, i) => i % Math.Max(1, joined.Length / (large ? 3 : 24)) == 0).ToArray();
        var folder = Directory.CreateTempSubdirectory("hele-streets-").FullName;
        try
        {
            Export(folder, index, graph, joints, some, rowsAsked, large, coverage, search);
            var peer = Oracle(folder);
            Write(output, $"  compared and timed with the peers: the nearest point of every building, the reach of {some.Length} points, {rowsAsked.Length} full rows (igraph {Math.Min(8, rowsAsked.Length)})");
            Ratio(output, "all buildings within the limit of any point", cover, peer, "min_only", name == "district" ? 12 : null);
            Write(output, $"    the same by a search outward, nothing prepared: {outward * 1000:0.000} ms");
            Ratio(output, "reach of one point", each / joined.Length, peer, "each", name == "district" ? 20 : large ? 500 : null);
            Ratio(output, "full row of one point", rows / many.Count, peer, "rows", name == "district" ? 60 : null);
            if (peer.TryGetProperty("igraph_rows", out var igraph))
                Write(output, $"    igraph, full row: {igraph.GetDouble() * 1000:0.00} ms, ratio 1/{igraph.GetDouble() / (rows / many.Count):0}; its distances differ from scipy's in {peer.GetProperty("igraph_differ").GetInt32()} places");
            Driving(output, graph, index, joints, joined.Take(large ? 3 : 12).ToArray(), each / joined.Length, name == "district");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
        Write(output, $"  preparing full rows {preparing:0.00} s, {work:0.00} s of processor{(name == "district" ? work <= 10 ? " (goal: at most 10)" : " (goal: at most 10, missed)" : "")}; one point moved: median {moves[moves.Count / 2]:0.000} ms, 95 of 100 within {moves[moves.Count * 95 / 100]:0.000} ms{(name == "district" ? " (goal: below 5)" : "")}");
        Write(output, $"  memory {bytes / (double)arcs:0.0} bytes a directed edge, streets, their index, preparation, buildings' joints and one thread's scratch included (goal: at most 100{(bytes <= 100 * arcs ? "" : ", missed")}); settled vertices a point {perPoint:0.0}");
        return perPoint;
    }

    static (double Seconds, T Result) Best<T>(int rounds, Func<T> work)
    {
        // The just-in-time compiler's turn, which takes its time on a busy machine.
        var warm = Stopwatch.StartNew();
        var result = work();
        for (var i = 0; i < 200 && warm.ElapsedMilliseconds < 700; i++)
            result = work();
        var best = double.MaxValue;
        for (var i = 0; i < rounds; i++)
        {
            var watch = Stopwatch.StartNew();
            result = work();
            best = Math.Min(best, watch.Elapsed.TotalSeconds);
        }
        return (best, result);
    }

    static void Ratio(TextWriter output, string what, double mine, JsonElement peer, string key, int? goal)
    {
        if (!peer.TryGetProperty(key, out var theirs))
            return;
        var ratio = theirs.GetDouble() / mine;
        Write(output, $"  {what}: {mine * 1000:0.000} ms, scipy {theirs.GetDouble() * 1000:0.00} ms, ratio 1/{ratio:0}{(goal is { } g ? $" (goal: at most 1/{g}{(ratio >= g ? "" : ", missed")})" : "")}; answers that differ: {peer.GetProperty(key + "_differ").GetInt32()}");
    }

    static void Export(string folder, ReachIndex index, WalkGraph graph, Joint?[] joints, int[] some, int[] rowsAsked, bool large, Coverage coverage, PointSearch search)
    {
        void Put(string name, int[] numbers)
        {
            using var file = File.Create(Path.Combine(folder, name));
            file.Write(MemoryMarshal.AsBytes(numbers.AsSpan()));
        }
        int[] Record(int number, Hook joint)
        {
            var (a, b) = index.Network.Ends(joint.Edge);
            var toA = graph.TimeToA(joint.Edge, joint.Millimetres);
            return [number, joint.Edge, graph.Blocked(a) ? -1 : a, graph.Blocked(b) ? -1 : b, toA, graph.EdgeTime[joint.Edge] - toA, index.Profile.Milliseconds(joint.StubMillimetres)];
        }
        Put("graph.first", graph.First);
        Put("graph.heads", [.. graph.Arcs.Select(a => a.Head)]);
        Put("graph.times", [.. graph.Arcs.Select(a => a.Time)]);
        Put("doors", [.. Enumerable.Range(0, index.Joints.Count).SelectMany(j => Record(index.Joints.BuildingOf(j), index.Joints.At(j)))]);
        Put("places", [.. joints.SelectMany((j, p) => j is { } joint ? Record(p, joint.Hook) : [])]);
        Put("answer.cover", [.. Enumerable.Range(0, index.Buildings.Count).Select(b => coverage.Milliseconds(b) ?? -1)]);
        Put("answer.each", [.. some.SelectMany(p =>
        {
            var row = new int[index.Buildings.Count];
            Array.Fill(row, -1);
            foreach (var (building, ms) in search.Within(joints[p]!.Value, Limit))
                row[building] = ms;
            return row;
        })]);
        var matrix = index.Matrix([.. rowsAsked.Select(p => joints[p]!.Value.From)], Noon);
        Put("answer.rows", [.. Enumerable.Range(0, matrix.Points).SelectMany(p => matrix.Row(p).ToArray())]);
        File.WriteAllText(Path.Combine(folder, "ask.json"), JsonSerializer.Serialize(new
        {
            points = joints.Length, buildings = index.Buildings.Count, limit = Limit, each = some, rows = rowsAsked, chunk = large ? 4 : 50, rounds = large ? 1 : 3, @do = new[] { "min_only", "each", "rows" },
        }));
    }

    static JsonElement Oracle(string folder)
    {
        var script = Repo.At("tests", "Hele.Bench", "streets_oracle.py");
        using var process = Process.Start(new ProcessStartInfo("/usr/bin/python3", [script, folder]) { RedirectStandardOutput = true, Environment = { ["OMP_NUM_THREADS"] = "1" } })!;
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? JsonDocument.Parse(text).RootElement : JsonDocument.Parse("{}").RootElement;
    }

    /// <summary>pgRouting's driving distance over the same graph in a server of the bench's own: the way a database would be asked. Every vertex that either side reaches is compared, and its time.</summary>
    static void Driving(TextWriter output, WalkGraph graph, ReachIndex index, Joint?[] joints, int[] asked, double mine, bool district)
    {
        if (PostgresCluster.Programs is null || !Directory.EnumerateFiles("/usr/share/postgresql", "pgrouting.control", SearchOption.AllDirectories).Any())
            return;
        using var cluster = PostgresCluster.Create(durable: false);
        using var connection = new NpgsqlConnection(cluster.Connection("postgres"));
        connection.Open();
        void Do(string sql)
        {
            using var command = new NpgsqlCommand(sql, connection);
            command.ExecuteNonQuery();
        }
        Do("create extension pgrouting cascade; create table edges (id serial primary key, source int8 not null, target int8 not null, cost float8 not null)");
        using (var copy = connection.BeginTextImport("copy edges (source, target, cost) from stdin"))
        {
            for (var v = 0; v < graph.VertexCount; v++)
                for (var a = graph.First[v]; a < graph.First[v + 1]; a++)
                    if (v < graph.Arcs[a].Head)
                        copy.Write(string.Create(CultureInfo.InvariantCulture, $"{v}\t{graph.Arcs[a].Head}\t{graph.Arcs[a].Time}\n"));
            foreach (var p in asked)
            {
                var joint = joints[p]!.Value;
                var (a, b) = index.Network.Ends(joint.Edge);
                var (stub, toA) = (index.Profile.Milliseconds(joint.StubMillimetres), graph.TimeToA(joint.Edge, joint.Millimetres));
                foreach (var (end, time) in new[] { (a, stub + toA), (b, stub + graph.EdgeTime[joint.Edge] - toA) })
                    if (!graph.Blocked(end))
                        copy.Write(string.Create(CultureInfo.InvariantCulture, $"{graph.VertexCount + p}\t{end}\t{time}\n"));
            }
        }
        Do("analyze edges");
        var best = double.MaxValue;
        var (reached, differ) = (0, 0);
        var search = new NearSearch(graph);
        foreach (var p in asked)
        {
            var call = string.Create(CultureInfo.InvariantCulture, $"pgr_drivingDistance('select id, source, target, cost from edges', {graph.VertexCount + p}, {Limit * 1000}, false)");
            var watch = Stopwatch.StartNew();
            Do($"select count(*) from {call}");
            best = Math.Min(best, watch.Elapsed.TotalSeconds);
            search.Clear();
            index.At(Noon).Seed(search, joints[p]!.Value.Hook, 0);
            search.Run(Limit * 1000);
            reached += search.Reached.Length;
            var theirs = new Dictionary<int, double>();
            using var command = new NpgsqlCommand($"select node, agg_cost from {call} where node < {graph.VertexCount}", connection);
            using var rows = command.ExecuteReader();
            while (rows.Read())
                theirs[(int)rows.GetInt64(0)] = rows.GetDouble(1);
            differ += theirs.Count(r => r.Value != search.Time(r.Key));
            foreach (var v in search.Reached)
                differ += theirs.ContainsKey(v) ? 0 : 1;
        }
        var ratio = best / mine;
        Write(output, $"    pgr_drivingDistance, one point: {best * 1000:0.0} ms, ratio 1/{ratio:0}{(district ? $" (goal: at most 1/20{(ratio >= 20 ? "" : ", missed")})" : "")}; of {reached} vertices that {asked.Length} points reach, {differ} differ");
    }

    /// <summary>The peers are Debian packages that only the bench needs.</summary>
    static void Install()
    {
        bool Missing() => !Directory.Exists("/usr/lib/python3/dist-packages/igraph") || !Directory.Exists("/usr/lib/python3/dist-packages/scipy");
        if (!Missing() || !Environment.IsPrivilegedProcess || Environment.GetEnvironmentVariable("HELE_TEST_INSTALL") == "0")
            return;
        var version = PostgresCluster.Programs is { } programs ? Path.GetFileName(Path.GetDirectoryName(programs)) : null;
        foreach (var arguments in new[] { "update", $"install -y --no-install-recommends python3-scipy python3-igraph{(version == null ? "" : $" postgresql-{version}-pgrouting")}" })
        {
            using var process = Process.Start(new ProcessStartInfo("apt-get", arguments) { RedirectStandardOutput = true, Environment = { ["DEBIAN_FRONTEND"] = "noninteractive" } })!;
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
        }
    }

    static void Write(TextWriter output, FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
