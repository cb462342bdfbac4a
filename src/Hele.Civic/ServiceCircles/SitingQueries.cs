using Hele.Civic.Grids;
using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Hele.Planning.Placement;
using Hele.Planning.Reach;
using Hele.Planning.Streets;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.ServiceCircles;

/// <summary>Where service points should be: tries today's places and one beside each building, on foot, for each group at its pace, and tells the best choice with what nobody can better.</summary>
public sealed class SitingQueries(ReadSession read, CircleEngine engine, TimeProvider clock)
{
    /// <summary>Places tried beside today's points; of a larger community those that lie farthest apart.</summary>
    private const int MostCandidates = 300;

    /// <summary>Where no way leads, walking counts as this long, so that it is avoided and yet doesn't make everything impossible.</summary>
    private const int NoWaySeconds = 3600;

    /// <summary>After this the best so far is told, with how much better another might be.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Null for whoever may not try changes, and where there are no streets or no buildings on them.</summary>
    public async Task<SitingAnswer?> Ask(Viewer viewer, Jurisdiction here, SitingAsk ask, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        if (viewer.PostFor(CircleAccess.Try) is null)
            return null;
        var ground = await engine.Ground(db, here, clock.Today(), null, cancel);
        if (!ground.HasStreets || ground.Buildings.Count == 0)
            return null;
        var points = await db.Set<ServicePoint>().Where(p => p.To == null).OrderBy(p => p.LoggedAt).ThenBy(p => p.PublicCode).ToListAsync(cancel);
        var older = await Older(db, cancel);
        // The engine asks nothing of the database any more: the search doesn't hold the request's thread.
        return await Task.Run(() => new Question(ask, ground, points.FindAll(p => OpeningHours.Of(p.Hours).IsOpen(ask.At)), older, cancel).Answer(), cancel);
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
    private sealed class Question
    {
        private static readonly WalkerGroup[] Groups = Enum.GetValues<WalkerGroup>();

        private readonly SitingAsk _ask;
        private readonly CircleGround _ground;
        private readonly CancellationToken _cancel;
        private readonly List<SitingPlace> _sites;
        private readonly int _today, _candidates;
        private readonly bool _byBuildings;

        /// <summary>People of a group in each building, and milliseconds from each building to each site at the group's pace.</summary>
        private readonly Dictionary<WalkerGroup, long[]> _people = [];
        private readonly Dictionary<WalkerGroup, ReachMatrix> _walks = [];

        /// <summary>Those that count in the question.</summary>
        private readonly List<(WalkerGroup Group, int Building, long Weight)> _customers = [];

        public Question(SitingAsk ask, CircleGround ground, IReadOnlyList<ServicePoint> points, Dictionary<Guid, int> older, CancellationToken cancel)
        {
            (_ask, _ground, _cancel) = (ask, ground, cancel);
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
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(_cancel);
            patience.CancelAfter(Patience);
            var options = new PlacementOptions { Enough = patience.Token };
            var choice = Choice();
            var (placement, faults) = _ask.Aim switch
            {
                SitingAim.All => Covered(choice, options, all: true),
                SitingAim.Walks => Walked(choice, options, farthest: false),
                SitingAim.Farthest => Walked(choice, options, farthest: true),
                _ => Covered(choice, options, all: false),
            };
            // A bound that the checker doesn't confirm is no bound: it is a defect, and nobody is told otherwise.
            if (faults.Count > 0)
                throw new InvalidOperationException("A placement's proof doesn't hold: " + string.Join("; ", faults));
            var found = placement.Best is { } best ? placement.Alternatives.Prepend(best) : [];
            var unreached = _customers.Where(c => !Enumerable.Range(0, _sites.Count).Any(s => !choice.Forbidden.Contains(s) && Counts(c, s))).Select(c => c.Building).Distinct().Count();
            return new(_ask, _ground.Rules, Option([.. Enumerable.Range(0, _today)], options), [.. found.Select(s => Option(s.Open, options))], placement.IsProven, placement.Gap, _candidates, _ground.Buildings.Count, unreached, _byBuildings,
                [.. _ask.Never.Concat(_ask.Always).Concat(_ask.Costs.Keys).Distinct().Select(Named).OfType<SitingPlace>()]);
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

        private (Placement, IReadOnlyList<string>) Covered(SiteChoice choice, PlacementOptions options, bool all)
        {
            // As few as possible are sought, and of equals those with more of today's.
            if (all && choice.Costs!.All(c => c <= 1))
                choice = choice with { Costs = [.. choice.Costs!.Select(c => 1000 + c)] };
            var problem = Coverage(choice);
            var placement = all ? Covering.All(problem, options, null, _cancel) : Covering.Most(problem, options, null, _cancel);
            return (placement, (all ? CoverProof.CheckAll(problem, placement) : CoverProof.CheckMost(problem, placement)).Faults);
        }

        private CoverProblem Coverage(SiteChoice choice) =>
            new(choice, [.. Enumerable.Range(0, _sites.Count).Select(s => Enumerable.Range(0, _customers.Count).Where(c => Counts(_customers[c], s)).ToArray())], [.. _customers.Select(c => c.Weight)]);

        private (Placement, IReadOnlyList<string>) Walked(SiteChoice choice, PlacementOptions options, bool farthest)
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
                var centre = Centres.Solve(problem, options, null, _cancel);
                return (centre, CentreProof.Check(problem, centre).Faults);
            }
            var median = Medians.Solve(problem, options, null, _cancel);
            return (median, MedianProof.Check(problem, median).Faults);
        }

        private SitingOption Option(IReadOnlyList<int> open, PlacementOptions options)
        {
            int? Nearest(WalkerGroup group, int building) => open.Select(s => _walks[group][s, building]).Where(ms => ms >= 0).Select(ms => (int?)ms).Min();
            // With these open and no others there is nothing to seek: only how their room is shared out.
            var room = Choice();
            long? served = room.Capacities is null ? null : Covering.Most(Coverage(room with { Fixed = [.. open], Forbidden = [.. Enumerable.Range(0, _sites.Count).Except(open)], Most = null, Budget = null }), options with { Alternatives = 0 }, null, _cancel).Best!.Value;
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
