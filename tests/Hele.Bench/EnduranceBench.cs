using System.Diagnostics;
using System.Globalization;
using Hele.Planning.Partition;
using Hele.Planning.Placement;
using Hele.Planning.Reach;
using Hele.Planning.Roster;
using Hele.Planning.Streets;
using Hele.TestKit;
using Hele.TestKit.Planning;

namespace Hele.Bench;

/// <summary>
/// Whether the planning engine can be stopped and left running: how long each long question goes on after it was cancelled, asked at eight moments of its work; then minutes of questions drawn by a seed, each judged by another way to
/// its answer, with the memory that is left after each round.
/// </summary>
static class EnduranceBench
{
    /// <summary>Nobody waits longer for what was cancelled, in milliseconds.</summary>
    const double Patience = 100;
    const int Moments = 8, Limit = 600;
    static readonly WeekMoment Noon = new(3, 12);
    static readonly Balance Loose = new(1, 0.1);

    public static void Run(TextWriter output, double minutes)
    {
        Cancelling(output);
        Going(output, TimeSpan.FromMinutes(minutes));
    }

    static void Cancelling(TextWriter output)
    {
        var (network, buildings, points) = StreetTown.District.Draw();
        var index = ReachIndex.Build(network, WalkingProfile.Adult, buildings);
        index.PrepareMatrix(Noon);
        var (small, homes, _) = StreetTown.Community.Draw();
        var lots = Lots(homes);
        var graph = LotGraph.FromStreets(small, WalkingProfile.Adult, lots);
        var sites = CoverBench.Town(1, 1000, 4000, 25, 15);
        var all = CoverBench.Town(1, 600, 2400, null, 15);
        var medians = Distances(7, 400, 20);
        var week = CommunityWeek.Draw(days: 28);
        var roster = RosterSearch.Solve(week, new() { Steps = 500 });
        var groups = Groups(3, week.Walking);
        var map = File.ReadAllBytes(Repo.At("tests", "Hele.Tests", "data", "osm", "moscow-district.osm.gz"));
        var hundred = points.Take(100).Select(p => p.Place).ToList();
        (string Name, Action<CancellationToken> Work)[] works =
        [
            ("a map read in", c => StreetImport.Read(new MemoryStream(map), cancel: c)),
            ("buildings joined to the streets", c => ReachIndex.Build(network, WalkingProfile.Adult, buildings, cancel: c)),
            ("coverage, next points too", c => index.Cover(points, Limit, Noon, cancel: c)),
            ("coverage that stands", c => index.Stand(points, Limit, Noon, c)),
            ("zone", c => index.ZoneOf(points, Limit, Noon, cancel: c)),
            ("full rows prepared", c => ReachIndex.Build(network, WalkingProfile.Adult, buildings).PrepareMatrix(Noon, cancel: c)),
            ("full rows of 100 points", c => index.Matrix(hundred, Noon, cancel: c)),
            ("who neighbours whom on foot", c => LotGraph.FromStreets(small, WalkingProfile.Adult, lots, cancel: c)),
            ("nine grids proposed", c => Partitioner.Propose(graph, new() { Grids = 9 }, cancel: c)),
            ("most covered", c => Covering.Most(sites, cancel: c)),
            ("all covered", c => Covering.All(all, cancel: c)),
            ("medians", c => Medians.Solve(medians, cancel: c)),
            ("centres", c => Centres.Solve(medians, cancel: c)),
            ("four weeks of visits", c => RosterSearch.Solve(week, cancel: c)),
            ("groups matched", c => GroupMatching.Solve(groups, cancel: c)),
        ];
        Write(output, $"Cancelled at {Moments} moments of the work; milliseconds until it has stopped, or ended all the same (at most {Patience} wanted):");
        foreach (var (name, work) in works)
        {
            // Once for the compiler.
            if (After(work, TimeSpan.FromMilliseconds(200)) is null)
                work(default);
            var watch = Stopwatch.StartNew();
            work(default);
            var whole = watch.Elapsed;
            var late = Enumerable.Range(0, Moments).Select(i => After(work, whole * ((i + 0.5) / Moments))).OfType<double>().Order().ToList();
            Write(output, $"  {name,-34} {whole.TotalMilliseconds,8:0.0} ms in all; {late.Count} of {Moments} cancelled{(late.Count == 0 ? "" : FormattableString.Invariant($", median {late[late.Count / 2]:0.0}, at most {late[^1]:0.0}{(late[^1] > Patience ? ", MISSED" : "")}"))}");
        }
    }

    /// <summary>Milliseconds between being asked to stop and having stopped; null when the work was done before.</summary>
    static double? After(Action<CancellationToken> work, TimeSpan moment)
    {
        using var source = new CancellationTokenSource();
        long asked = 0;
        using var noted = source.Token.Register(() => asked = Stopwatch.GetTimestamp());
        source.CancelAfter(moment);
        try
        {
            work(source.Token);
        }
        catch (OperationCanceledException)
        {
        }
        return asked == 0 ? null : Stopwatch.GetElapsedTime(asked).TotalMilliseconds;
    }

    static void Going(TextWriter output, TimeSpan length)
    {
        var (network, buildings, points) = StreetTown.District.Draw();
        var index = ReachIndex.Build(network, WalkingProfile.Adult, buildings);
        var standing = index.Stand(points, Limit, Noon);
        var random = new Random(20260601);
        var week = CommunityWeek.Draw();
        var watch = Stopwatch.StartNew();
        var (held, edits, questions, faults) = (new List<double>(), 0, 0, new List<string>());
        Write(output, $"Random work for {length.TotalMinutes:0.0} minutes; megabytes held after each round, everything let go:");
        for (var round = 1; watch.Elapsed < length || round <= 3; round++)
        {
            edits += Edited(index, standing, random, faults);
            questions += Asked(random, week, faults);
            GC.Collect();
            GC.WaitForPendingFinalizers();
            held.Add(GC.GetTotalMemory(forceFullCollection: true) / 1e6);
            if (round is 1 or 3 || round % 10 == 0)
                Write(output, $"  round {round}: {held[^1]:0.00} MB, the process {Environment.WorkingSet / 1e6:0} MB");
        }
        // What the first rounds make stays: compiled code's data, pools, lent scratch.
        var (early, late) = (held.Skip(2).Take(Math.Max(1, (held.Count - 2) / 3)).Average(), held.Skip(2).TakeLast(Math.Max(1, (held.Count - 2) / 3)).Average());
        Write(output, $"  {held.Count} rounds, {edits:N0} changes of points and {questions:N0} questions; held in the first third after two rounds {early:0.00} MB, in the last {late:0.00} MB ({late - early:+0.00;-0.00;0.00}); {faults.Count} faults{(faults.Count > 0 ? " WRONG: " + string.Join("; ", faults.Take(5)) : "")}");
    }

    /// <summary>A thousand changes of points, then the whole coverage once more from nothing.</summary>
    static int Edited(ReachIndex index, StandingCoverage standing, Random random, List<string> faults)
    {
        const int Changes = 1000;
        var hours = new[] { WeekHours.Always, WeekHours.Parse("08:00-18:00")!, WeekHours.Parse("18:00-22:00")! };
        for (var i = 0; i < Changes; i++)
        {
            var (point, there) = (random.Next(standing.Points.Count), index.Buildings[random.Next(index.Buildings.Count)].Place);
            switch (random.Next(6))
            {
                case 0 when standing.Points.Count < 400: standing.Add(new($"new {standing.Points.Count}", there, WeekHours.Always)); break;
                case 1: standing.Close(point); break;
                case 2: standing.Reopen(point); break;
                case 3: standing.Retime(point, hours[random.Next(hours.Length)]); break;
                case 4: standing.Try(point, there); break;
                default: standing.Move(point, there); break;
            }
        }
        var whole = index.Cover([.. standing.Points], Limit, Noon, next: false);
        var other = Enumerable.Range(0, index.Buildings.Count).Count(b => standing.IsCovered(b) != whole.IsCovered(b) || standing.IsCovered(b) && standing.Seconds(b) != whole.Seconds(b));
        if (other > 0 || standing.CoveredHouseholds != whole.CoveredHouseholds)
            faults.Add($"{other} buildings stand otherwise than they are found from nothing");
        return Changes;
    }

    /// <summary>A town with corrections drawn at random, grids, sites and a roster: each asked once and judged by another way.</summary>
    static int Asked(Random random, RosterProblem week, List<string> faults)
    {
        var (bare, _, _) = StreetTown.Community.Draw();
        var (southWest, northEast) = bare.Bounds;
        GeoPoint Anywhere() => new(southWest.Latitude + random.NextDouble() * (northEast.Latitude - southWest.Latitude), southWest.Longitude + random.NextDouble() * (northEast.Longitude - southWest.Longitude));
        GeoPoint Near(GeoPoint at) => new(at.Latitude + random.Next(-100, 100) * 1e-5, at.Longitude + random.Next(-100, 100) * 1e-5);
        Correction Corrected(int i)
        {
            var at = Anywhere();
            return random.Next(3) switch { 0 => new Gate($"g{i}", at, WeekHours.Parse("06:00-22:00")!), 1 => new StreetBarrier($"b{i}", [at, Near(at)]), _ => new Footpath($"f{i}", [at, Near(at)]) };
        }
        var (network, buildings, points) = StreetTown.Community.Draw(new() { Corrections = [.. Enumerable.Range(0, 12).Select(Corrected)] });
        var index = ReachIndex.Build(network, WalkingProfile.Older, buildings);
        var moment = new WeekMoment(random.Next(1, 8), random.Next(24));
        // A search outward, and full rows over a hierarchy: two ways to the same seconds.
        var coverage = index.Cover(points, Limit, moment, next: false);
        var matrix = index.Matrix([.. points.Select(p => p.Place)], moment);
        for (var b = 0; b < buildings.Count; b++)
        {
            var nearest = Enumerable.Range(0, points.Count).Select(p => matrix[p, b]).Where(ms => ms >= 0).DefaultIfEmpty(int.MaxValue).Min();
            if (coverage.IsCovered(b) != (nearest <= Limit * 1000) || coverage.IsCovered(b) && coverage.Milliseconds(b) != nearest)
                faults.Add($"building {b} is reached in {coverage.Milliseconds(b)} or {nearest} ms");
        }
        index.ZoneOf(points, Limit, moment);

        var graph = LotGraph.FromStreets(network, WalkingProfile.Adult, Lots(buildings));
        var wish = new PartitionWish { Grids = random.Next(5, 12), Households = Loose, Effort = 1, Proposals = 1, Seed = random.Next() };
        foreach (var plan in Partitioner.Propose(graph, wish).Plans)
        {
            for (var i = 0; i < 50; i++)
                Partitioner.TryMove(graph, wish, plan, random.Next(graph.Lots.Count), random.Next(plan.Grids.Count));
            if (plan.Grids.Sum(g => g.Households) != graph.Lots.Sum(l => l.Households))
                faults.Add("a plan lost households");
        }

        var sites = CoverBench.Town(random.Next(), 150, 600, 8, 12);
        faults.AddRange(CoverProof.CheckMost(sites, Covering.Most(sites, new() { Effort = 1 })).Faults);
        var far = Distances(random.Next(), 80, 6);
        faults.AddRange(MedianProof.Check(far, Medians.Solve(far, new() { Effort = 1 })).Faults);

        var plan2 = RosterSearch.Solve(week, new() { Steps = 300, Seed = random.Next() });
        var (who, from) = (random.Next(week.Visitors.Count), week.First.AddDays(2).ToDateTime(default));
        RosterSearch.Replan(plan2, week with { Visitors = [.. week.Visitors.Select((v, i) => i == who ? v with { Absences = [.. v.Absences, new(from, from.AddDays(1))] } : v)] }, from, new() { Steps = 300 });
        GroupMatching.Solve(Groups(random.Next(), week.Walking));
        return 8;
    }

    static List<Lot> Lots(IEnumerable<Building> buildings) => [.. buildings.Select(b => new Lot(b.Id, b.Place, b.Households, b.Households / 12, b.Households / 7))];

    static DistanceProblem Distances(int seed, int sites, int most)
    {
        var random = new Random(seed);
        var places = Enumerable.Range(0, sites).Select(_ => (X: random.Next(10_000), Y: random.Next(10_000))).ToArray();
        var costs = new int[sites, sites];
        for (var i = 0; i < sites; i++)
            for (var j = 0; j < sites; j++)
                costs[i, j] = (int)Math.Sqrt(Math.Pow(places[i].X - places[j].X, 2) + Math.Pow(places[i].Y - places[j].Y, 2));
        return new() { Choice = new() { Sites = sites, Most = most }, Costs = costs };
    }

    static MatchingProblem Groups(int seed, int[,] walking)
    {
        var (random, places) = (new Random(seed), walking.GetLength(0));
        return new()
        {
            Walking = walking,
            Groups = [.. Enumerable.Range(0, 120).Select(_ => new ServiceGroup([random.Next(places), random.Next(places)], random.Next(4, 15)) { Skills = [random.Next(3)] })],
            People = [.. Enumerable.Range(0, 900).Select(_ => new PersonToMatch(random.Next(places)) { Skills = random.Next(3) == 0 ? [random.Next(3)] : [] })],
        };
    }

    static void Write(TextWriter output, FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
