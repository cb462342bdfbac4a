using Hele.Civic.Grids;
using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;
using Hele.Planning.Placement;
using Hele.Planning.Reach;
using Hele.Planning.Streets;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.ServiceCircles;

/// <summary>Where service points should be: tries today's places and one beside each building, on foot, for each group at its pace, and tells the best choice with what nobody can better.</summary>
public sealed class SitingQueries(ReadSession read, CircleEngine engine, KeptAnswers<SitingAnswer> answers, TimeProvider clock)
{
    /// <summary>Places tried beside today's points; of a larger community those that lie farthest apart.</summary>
    private const int MostCandidates = 300;

    /// <summary>Where no way leads, walking counts as this long, so that it is avoided and yet doesn't make everything impossible.</summary>
    private const int NoWaySeconds = 3600;

    /// <summary>Options told, the best among them.</summary>
    private const int MostOptions = 5;

    /// <summary>After so much work the best so far is told, with how much better another might be: work, not time, so that who asks again is told the same.</summary>
    private static readonly PlacementOptions Work = new() { Effort = 2, Alternatives = 20 };

    /// <summary>Waits a moment for the answer; who looks again finds it, or how far it is. Null for whoever may not try changes, and where there are no streets or no buildings on them.</summary>
    public async Task<SitingAsked?> Look(Viewer viewer, Jurisdiction here, SitingAsk ask, CancellationToken cancel = default) => await Question(viewer, here, ask, cancel) is not { } start ? null
        : start() is not { } run ? new(null, null) : await answers.Ended(run, cancel) && !run.Task.IsCanceled ? new(await run.Task, run) : new(null, run);

    /// <summary>Waits for the answer to its end. Null as for <see cref="Look"/>.</summary>
    public async Task<SitingAnswer?> Ask(Viewer viewer, Jurisdiction here, SitingAsk ask, CancellationToken cancel = default)
    {
        if (await Question(viewer, here, ask, cancel) is not { } start)
            return null;
        KeptRun<SitingAnswer>? run;
        while ((run = start()) is null)
            await Task.Delay(TimeSpan.FromMilliseconds(200), cancel);
        return await run.Wait(cancel);
    }

    /// <summary>All that an answer rests on, read; what is returned asks for the answer, or finds it, and gives nothing while too many are under way.</summary>
    private async Task<Func<KeptRun<SitingAnswer>?>?> Question(Viewer viewer, Jurisdiction here, SitingAsk ask, CancellationToken cancel)
    {
        var db = await read.Db(cancel);
        if (viewer.PostFor(CircleAccess.Try) is null)
            return null;
        var (today, size) = (clock.Today(), await db.Set<LogHead>().Where(h => h.JurisdictionId == here.Id).Select(h => h.Size).SingleOrDefaultAsync(cancel));
        var ground = await engine.Ground(db, here, today, null, cancel);
        if (!ground.HasStreets || ground.Buildings.Count == 0)
            return null;
        // Every change of a record is one more entry of the community's log; the rules may be set above it.
        var stand = FormattableString.Invariant($"{size}|{today:O}|{ground.Rules}|{ask.Key}");
        if (answers.Find(here.Id, stand) is { } known)
            return () => known;
        var points = await db.Set<ServicePoint>().Where(p => p.To == null).OrderBy(p => p.LoggedAt).ThenBy(p => p.PublicCode).ToListAsync(cancel);
        var older = await Older(db, cancel);
        return () => answers.Ask(here.Id, stand, (near, stop) => new Search(ask, ground, points.FindAll(p => OpeningHours.Of(p.Hours).IsOpen(ask.At)), older, new Nearing(near), stop).Answer());
    }

    /// <summary>How near the best so far comes to the bound.</summary>
    private sealed class Nearing(IProgress<double> near) : IProgress<PlacementProgress>
    {
        public void Report(PlacementProgress value)
        {
            if (value.Value is { } best && Math.Max(best, value.Bound) is > 0 and var most)
                near.Report(Math.Min(best, value.Bound) / (double)most);
        }
    }

    private async Task<Dictionary<Guid, int>> Older(HeleDb db, CancellationToken cancel)
    {
        var born = CircleFigures.OlderBornBefore(clock.Today());
        return await (from m in db.Set<HouseholdMember>()
                      where m.To == null
                      join h in db.Set<Household>() on m.HouseholdId equals h.Id
                      join p in db.Set<Person>() on m.PersonId equals p.Id
                      where p.BornMasked != null && string.Compare(p.BornMasked, born) < 0
                      group p by h.BuildingId into g
                      select new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancel);
    }

    /// <summary>One asking: sites are today's points and then the candidates, customers are buildings by group.</summary>
    private sealed class Search
    {
        private static readonly WalkerGroup[] Groups = Enum.GetValues<WalkerGroup>();

        private readonly SitingAsk _ask;
        private readonly CircleGround _ground;
        private readonly IProgress<PlacementProgress> _nearing;
        private readonly CancellationToken _cancel;
        private readonly List<SitingPlace> _sites;
        private readonly int _today, _candidates;
        private readonly bool _byBuildings;

        /// <summary>People of a group in each building, and milliseconds from each building to each site at the group's pace.</summary>
        private readonly Dictionary<WalkerGroup, long[]> _people = [];
        private readonly Dictionary<WalkerGroup, ReachMatrix> _walks = [];

        /// <summary>Those that count in the question.</summary>
        private readonly List<(WalkerGroup Group, int Building, long Weight)> _customers = [];

        public Search(SitingAsk ask, CircleGround ground, IReadOnlyList<ServicePoint> points, Dictionary<Guid, int> older, IProgress<PlacementProgress> nearing, CancellationToken cancel)
        {
            (_ask, _ground, _nearing, _cancel) = (ask, ground, nearing, cancel);
            _sites = [.. points.Select(p => new SitingPlace(p.PublicCode, null, p.Name, p.At, 0))];
            _today = _sites.Count;
            var candidates = ask.Aim == SitingAim.Closing ? [] : Candidates();
            _candidates = candidates.Count;
            _sites.AddRange(candidates);
            _byBuildings = ground.Buildings.All(b => b.Households == 0);
            foreach (var group in Groups)
            {
                _people[group] = [.. ground.Buildings.Select(b => _byBuildings ? 1L : group == WalkerGroup.Older ? older.GetValueOrDefault(b.Id) : b.Households)];
                _walks[group] = ground.Index(group).Matrix([.. _sites.Select(s => CircleEngine.At(s.At))], ask.At, 1, null, cancel);
                var weight = ask.Weights.Of(group);
                for (var b = 0; b < ground.Buildings.Count; b++)
                {
                    if (weight > 0 && _people[group][b] > 0)
                        _customers.Add((group, b, weight * _people[group][b]));
                }
            }
        }

        private int Limit => _ground.Rules.LimitMinutes * 60_000;

        public SitingAnswer Answer()
        {
            var choice = Choice();
            var found = _ask.Aim switch
            {
                SitingAim.All => All(choice),
                SitingAim.Walks or SitingAim.Farthest => Walked(choice, _ask.Aim == SitingAim.Farthest),
                _ => Most(choice),
            };
            // Of equals the one for which fewest of today's go, then the cheaper, then the one with the shorter walk.
            var options = found.Sets.Select(s => (s.Value, Option: Option(s.Open, choice.Capacities is null ? null : s.Value)))
                .OrderBy(o => _ask.Aim is SitingAim.Most or SitingAim.Closing ? -o.Value : o.Value).ThenBy(o => o.Option.GivenUp.Count).ThenBy(o => o.Option.Cost).ThenBy(o => o.Option.MeanSeconds).Select(o => o.Option).Take(MostOptions);
            var unreached = _customers.Where(c => !Enumerable.Range(0, _sites.Count).Any(s => !choice.Forbidden.Contains(s) && Counts(c, s))).Select(c => c.Building).Distinct().Count();
            return new(_ask, _ground.Rules, Option([.. Enumerable.Range(0, _today)], choice.Capacities is null ? null : Served(choice)), [.. options], found.IsProven, found.Gap, _candidates, _ground.Buildings.Count, unreached, _byBuildings,
                [.. _ask.Never.Concat(_ask.Always).Concat(_ask.Costs.Keys).Distinct().Select(Named).OfType<SitingPlace>()], _customers.Sum(c => c.Weight));
        }

        /// <summary>What a search found, best first, with what the checker found right.</summary>
        private sealed record Found(IReadOnlyList<SiteSet> Sets, bool IsProven, double Gap);

        private static Found Checked(Placement placement, IReadOnlyList<string> faults)
        {
            // A bound that the checker doesn't confirm is no bound: it is a defect, and nobody is told otherwise.
            if (faults.Count > 0)
                throw new InvalidOperationException("A placement's proof doesn't hold: " + string.Join("; ", faults));
            return new(placement.Best is { } best ? [best, .. placement.Alternatives] : [], placement.IsProven, placement.Gap);
        }

        private SiteChoice Choice()
        {
            var costs = new long[_sites.Count];
            for (var s = 0; s < costs.Length; s++)
                costs[s] = _sites[s].Cost;
            var kept = _ask.Anew || _ask.Aim == SitingAim.Closing ? [] : Enumerable.Range(0, _today);
            var always = Beside(_ask.Always);
            int? most = _ask.Aim switch
            {
                SitingAim.All => null,
                SitingAim.Closing => Math.Max(0, _today - _ask.Number),
                _ => _ask.Number + (_ask.Anew ? 0 : _today),
            };
            return new()
            {
                Sites = _sites.Count, Costs = costs, Fixed = [.. kept.Concat(always).Distinct()], Forbidden = [.. Beside(_ask.Never).Except(always)], Most = most, Budget = _ask.Budget,
                Capacities = _ask is { Capacity: { } capacity, Aim: SitingAim.Most } ? [.. Enumerable.Repeat((long)capacity, _sites.Count)] : null,
            };
        }

        private Found Most(SiteChoice choice)
        {
            var problem = Coverage(choice);
            var placement = Covering.Most(problem, Work, _nearing, _cancel);
            if (placement.Best is { } best && !problem.HasCapacities)
            {
                // Each as it was found is another way too, where there is room for it after those that keep more.
                var sets = placement.Alternatives.Prepend(best).ToList();
                var keeping = sets.Select(s => Keeping(problem, s) ?? s).Concat(sets).DistinctBy(s => string.Join(' ', s.Open)).ToList();
                placement = placement with { Best = keeping[0], Alternatives = [.. keeping.Skip(1)] };
            }
            return Checked(placement, CoverProof.CheckMost(problem, placement).Faults);
        }

        /// <summary>The set with one of today's taken again for new places that nobody needs beside it, as often as that can be; null where it can't.</summary>
        private SiteSet? Keeping(CoverProblem problem, SiteSet set)
        {
            var open = set.Open.ToList();
            foreach (var given in Enumerable.Range(0, _today).Except(set.Open))
            {
                var instead = open.Append(given).ToList();
                foreach (var place in open.Where(s => s >= _today && !problem.IsFixed(s)).OrderByDescending(s => problem.Costs[s]))
                {
                    if (Weight(instead.Where(s => s != place)) == set.Value)
                        instead.Remove(place);
                }
                if (instead.Count <= open.Count)
                    open = instead;
            }
            return open.Count(s => s < _today) > set.Open.Count(s => s < _today) ? new([.. open.Order()], set.Value) : null;

            long Weight(IEnumerable<int> sites)
            {
                var covered = new HashSet<int>();
                foreach (var site in sites)
                    covered.UnionWith(problem.CustomersOf(site).ToArray());
                return covered.Sum(c => problem.Weights[c]);
            }
        }

        /// <summary>Everybody within reach: where something was said of costs, for the least; else with the fewest points, of today's as many among them as can be.</summary>
        private Found All(SiteChoice choice)
        {
            if (!_ask.Anew || _ask.Costs.Count > 0)
                return Cheapest(choice);
            long Price(SiteSet set) => set.Open.Sum(s => choice.Costs![s]);
            // A point weighs more than all costs together: the number comes first, then the cost, which is nothing for one of today's.
            var point = 1 + choice.Costs!.Sum();
            IReadOnlyList<SiteSet> Numbered(IEnumerable<SiteSet> sets) => [.. sets.Where(s => Price(s) <= (choice.Budget ?? long.MaxValue)).Select(s => new SiteSet(s.Open, (point * s.Open.Count) + Price(s)))];
            var fewest = Cheapest(choice with { Costs = [.. choice.Costs!.Select(c => point + c)], Budget = null });
            if (Price(fewest.Sets[0]) <= (choice.Budget ?? long.MaxValue))
                return fewest with { Sets = Numbered(fewest.Sets) };
            var least = Cheapest(choice);
            if (least.Sets.Count == 0)
                return least;
            // For that money it takes more points, of today's: one more at a time, until all are reached.
            var problem = Coverage(choice);
            var everybody = Enumerable.Range(0, problem.Customers).Except(problem.Unreachable).Sum(c => problem.Weights[c]);
            var most = least.Sets.Min(s => s.Open.Count);
            for (var number = fewest.Sets[0].Open.Count; number < most; number++)
            {
                var reached = Most(choice with { Most = number });
                if (reached.Sets is [var best, ..] && best.Value == everybody)
                    return new(Numbered(reached.Sets.Where(s => s.Value == everybody)), fewest.IsProven, fewest.IsProven ? 0 : 1 - (fewest.Sets[0].Open.Count / (double)number));
                if (!reached.IsProven)
                    return new(Numbered(least.Sets), false, 1 - (number / (double)most));
            }
            return new(Numbered(least.Sets), least.IsProven, least.Gap);
        }

        private Found Cheapest(SiteChoice choice)
        {
            var problem = Coverage(choice);
            var placement = Covering.All(problem, Work, _nearing, _cancel);
            return Checked(placement, CoverProof.CheckAll(problem, placement).Faults);
        }

        /// <summary>What today's points serve by themselves: only how their room is shared out.</summary>
        private long Served(SiteChoice choice)
        {
            var problem = Coverage(choice with { Fixed = [.. Enumerable.Range(0, _today)], Forbidden = [.. Enumerable.Range(_today, _candidates)], Most = null, Budget = null });
            var placement = Covering.Most(problem, Work with { Alternatives = 0 }, null, _cancel);
            return Checked(placement, CoverProof.CheckMost(problem, placement).Faults).Sets[0].Value;
        }

        private CoverProblem Coverage(SiteChoice choice) =>
            new(choice, [.. Enumerable.Range(0, _sites.Count).Select(s => Enumerable.Range(0, _customers.Count).Where(c => Counts(_customers[c], s)).ToArray())], [.. _customers.Select(c => c.Weight)]);

        private Found Walked(SiteChoice choice, bool farthest)
        {
            var costs = new int[_customers.Count, _sites.Count];
            for (var c = 0; c < _customers.Count; c++)
            {
                for (var s = 0; s < _sites.Count; s++)
                {
                    var walk = _walks[_customers[c].Group][s, _customers[c].Building];
                    costs[c, s] = walk < 0 ? (farthest ? DistanceProblem.Unreachable : NoWaySeconds) : farthest ? Seconds(walk) : Math.Min(Seconds(walk), NoWaySeconds);
                }
            }
            var problem = new DistanceProblem { Choice = choice, Costs = costs, Weights = [.. _customers.Select(c => c.Weight)] };
            if (farthest)
            {
                var centre = Centres.Solve(problem, Work, _nearing, _cancel);
                return Checked(centre, CentreProof.Check(problem, centre).Faults);
            }
            var median = Medians.Solve(problem, Work, _nearing, _cancel);
            return Checked(median, MedianProof.Check(problem, median).Faults);
        }

        private SitingOption Option(IReadOnlyList<int> open, long? served)
        {
            int? Nearest(WalkerGroup group, int building) => open.Select(s => _walks[group][s, building]).Where(ms => ms >= 0).Select(ms => (int?)ms).Min();
            var groups = Groups.Select(g => new SitingCount(g, Enumerable.Range(0, _ground.Buildings.Count).Where(b => Nearest(g, b) <= Limit).Sum(b => _people[g][b]), _people[g].Sum())).ToList();
            var farthest = _customers.Select(c => (Walk: Nearest(c.Group, c.Building), c.Building)).Where(c => c.Walk is not null).DefaultIfEmpty((Walk: null, Building: -1)).MaxBy(c => c.Walk);
            var (seconds, households) = (0L, 0L);
            for (var b = 0; b < _ground.Buildings.Count; b++)
            {
                if (Nearest(WalkerGroup.Adult, b) is not { } ms)
                    continue;
                seconds += Seconds(ms) * _people[WalkerGroup.Adult][b];
                households += _people[WalkerGroup.Adult][b];
            }
            return new([.. open.Select(s => _sites[s])], [.. Enumerable.Range(0, _today).Except(open).Select(s => _sites[s])], groups, _customers.Where(c => Nearest(c.Group, c.Building) <= Limit).Sum(c => c.Weight), served,
                households == 0 ? null : (int)((seconds + (households / 2)) / households), farthest.Walk is { } longest ? Seconds(longest) : null, farthest.Building >= 0 ? _ground.Buildings[farthest.Building].Address : null, open.Sum(s => (long)_sites[s].Cost));
        }

        /// <summary>Beside every building; in a larger community the ones that must stand, then always the one farthest from all before.</summary>
        private List<SitingPlace> Candidates()
        {
            var all = _ground.Buildings;
            if (all.Count <= MostCandidates)
                return [.. all.Select(Beside)];
            var gap = new double[all.Count];
            Array.Fill(gap, double.MaxValue);
            var chosen = new List<int>();
            var shrink = Math.Cos(all[0].At!.Value.Lat * Math.PI / 180);
            void Take(int b)
            {
                chosen.Add(b);
                var from = all[b].At!.Value;
                for (var i = 0; i < gap.Length; i++)
                {
                    var (east, north) = ((all[i].At!.Value.Lon - from.Lon) * shrink, all[i].At!.Value.Lat - from.Lat);
                    gap[i] = Math.Min(gap[i], (east * east) + (north * north));
                }
            }
            foreach (var code in _ask.Always)
            {
                if (all.ToList().FindIndex(b => b.Code == code) is >= 0 and var b)
                    Take(b);
            }
            while (chosen.Count < MostCandidates)
                Take(chosen.Count == 0 ? 0 : Array.IndexOf(gap, gap.Max()));
            return [.. chosen.Distinct().Select(b => Beside(all[b]))];
        }

        private SitingPlace Beside(BuildingLine building) => new(null, building.Code, building.Address, building.At!.Value, _ask.Costs.GetValueOrDefault(building.Code, 1));

        private List<int> Beside(IReadOnlyList<string> buildings) => [.. Enumerable.Range(_today, _candidates).Where(s => buildings.Contains(_sites[s].Building!))];

        private SitingPlace? Named(string building) => _ground.Buildings.FirstOrDefault(b => b.Code == building) is { } found ? Beside(found) : null;

        private bool Counts((WalkerGroup Group, int Building, long) customer, int site) => _walks[customer.Group][site, customer.Building] is >= 0 and var ms && ms <= Limit;

        private static int Seconds(int milliseconds) => (milliseconds + 999) / 1000;
    }
}
