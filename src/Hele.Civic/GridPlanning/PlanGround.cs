using Hele.Civic.Grids;
using Hele.Civic.Kernel;
using Hele.Civic.Organizations;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Rules;
using Hele.Civic.Platform.Storage;
using Hele.Civic.ServiceCircles;
using Microsoft.EntityFrameworkCore;
using NetTopologySuite.Geometries;
using Position = Hele.Civic.Grids.Position;

namespace Hele.Civic.GridPlanning;

/// <summary>How large grids are meant to be on a day, and how many full members a Party branch of its own needs: dated rules, some of them the community's own.</summary>
public sealed record PlanRules(Rule Least, Rule Target, Rule Most, Rule BranchLeast)
{
    public static async Task<PlanRules> On(HeleDb db, Jurisdiction here, DateOnly day) => new(await RuleBook.InForce(db, here, "grid.households.least", day), await RuleBook.InForce(db, here, "grid.households.target", day),
        await RuleBook.InForce(db, here, "grid.households.most", day), await RuleBook.InForce(db, here, "body.branch.members.least", day));
}

/// <summary>A building as the planner counts it; whole, never a part of one.</summary>
/// <param name="Grid">Public code of the grid it belongs to; empty for none.</param>
/// <param name="Residents">Registered as living there today.</param>
/// <param name="Older">Of them, those who are older people by the rule of the day.</param>
public sealed record PlanLot(Guid Id, string Code, string Compound, string Name, Position? At, string Grid, int Households, int Residents, int Older)
{
    public string Address => Compound + Name;
}

/// <summary>A Party branch or another body that is for a grid, or a branch that is for buildings of it.</summary>
/// <param name="Alone">It is for nothing outside the grid.</param>
public sealed record PlanBody(string Code, string Name, BodyKind Kind, bool Alone);

/// <summary>A Party branch of one grid or several, or of buildings.</summary>
/// <param name="Members">Full members, as stated when its term began; null where none were.</param>
/// <param name="Grids">Public codes; none for a branch that is for buildings.</param>
/// <param name="Lots">The buildings it is for today, by public codes: those of its grids, or its own.</param>
public sealed record PlanBranch(string Code, string Name, BodyKind Kind, int? Members, IReadOnlyList<string> Grids, IReadOnlySet<string> Lots)
{
    /// <summary>It is for buildings, wherever they go, not for a grid.</summary>
    public bool OfBuildings => Grids.Count == 0;

    /// <summary>Whether it is a branch of this grid when its buildings are these.</summary>
    public bool IsOf(string grid, IEnumerable<PlanLot> lots) => OfBuildings ? lots.Any(l => Lots.Contains(l.Code)) : Grids.Contains(grid);
}

/// <summary>A grid of today that the planner is about.</summary>
public sealed record PlanGrid(Guid Id, string Code, string Number, string Name, string? DutyPhone, Polygon Outline, IReadOnlyList<PlanBody> Bodies);

/// <summary>
/// A community as the planner sees it: its comprehensive grids, and the buildings in them or in none. Special grids (markets, schools) aren't cut anew: their ground and buildings stay out.
/// </summary>
/// <param name="Lots">Compound by compound, by their numbers.</param>
/// <param name="Special">Outlines of the special grids.</param>
/// <param name="InSpecial">How many buildings belong to them.</param>
/// <param name="Branches">Party branches that are for a grid or for buildings among these.</param>
public sealed record PlanGround(PlanRules Rules, DateOnly On, IReadOnlyList<PlanGrid> Grids, IReadOnlyList<PlanLot> Lots, IReadOnlyList<Polygon> Special, int InSpecial, IReadOnlyList<PlanBranch> Branches)
{
    /// <summary>How the buildings are cut today.</summary>
    public PlanCut Today { get; } = PlanCut.Of(Lots.Select(l => new KeyValuePair<string, string>(l.Code, l.Grid)));

    /// <summary>Today's outlines, as one text.</summary>
    internal string Outline => field ??= string.Join(';', Grids.Select(g => g.Code + Geo.Text(g.Outline)).Concat(Special.Select(Geo.Text)));

    public PlanGrid? Grid(string key) => Grids.FirstOrDefault(g => g.Code == key);

    public int WithoutPlace => Lots.Count(l => l.At is null);

    /// <summary>
    /// Full Party members of each building, by public code: it is nowhere registered where members live, so what a branch stated is shared over its buildings by residents, evenly where nobody lives. A building no such
    /// branch is for isn't among them.
    /// </summary>
    public IReadOnlyDictionary<string, decimal> Members => field ??= Shared(Branches, Lots);

    /// <summary>Any branch of these buildings stated its members, so that they can be shared out at all.</summary>
    public bool HasMembers => Members.Values.Any(m => m > 0);

    /// <summary>Of the members a branch stated those who fall to a grid of a cut; 0 where it stated none.</summary>
    public decimal Share(PlanBranch branch, PlanCut cut, string key)
    {
        var alone = Shared([branch], Lots);
        return alone.Where(m => cut.GridOf.GetValueOrDefault(m.Key) == key).Sum(m => m.Value);
    }

    private static Dictionary<string, decimal> Shared(IReadOnlyList<PlanBranch> branches, IReadOnlyList<PlanLot> lots)
    {
        var members = new Dictionary<string, decimal>(StringComparer.Ordinal);
        foreach (var branch in branches)
        {
            if (branch.Members is not { } stated)
                continue;
            var own = lots.Where(l => branch.Lots.Contains(l.Code)).ToList();
            var residents = own.Sum(l => l.Residents);
            foreach (var lot in own)
                members[lot.Code] = members.GetValueOrDefault(lot.Code) + (stated * (residents > 0 ? (decimal)lot.Residents / residents : 1m / own.Count));
        }
        return members;
    }

    /// <summary>Reads it within the reader's or the act's scope.</summary>
    public static async Task<PlanGround> Read(HeleDb db, Jurisdiction here, DateOnly today, CancellationToken cancel = default)
    {
        var rules = await PlanRules.On(db, here, today);
        var grids = await db.Set<Grid>().Where(g => g.To == null).OrderBy(g => g.Code).Select(g => new
        {
            g.Id, g.PublicCode, g.Code, g.Name, g.Kind, g.DutyPhone, Outline = db.Set<GridOutline>().Where(o => o.GridId == g.Id && o.To == null).Select(o => o.Outline).First(),
        }).ToListAsync(cancel);
        var special = grids.Where(g => g.Kind == GridKind.Special).Select(g => g.PublicCode).ToHashSet();
        var lines = await GridQueries.Lines(db, db.Set<Building>().Where(b => b.To == null)).ToListAsync(cancel);
        var born = CircleFigures.OlderBornBefore(today);
        var people = (await (from m in db.Set<HouseholdMember>()
                             where m.To == null
                             join h in db.Set<Household>() on m.HouseholdId equals h.Id
                             join p in db.Set<People.Person>() on m.PersonId equals p.Id
                             group p by h.BuildingId into g
                             select new { g.Key, All = g.Count(), Older = g.Count(p => p.BornMasked != null && string.Compare(p.BornMasked, born) < 0) }).ToListAsync(cancel)).ToDictionary(p => p.Key);
        var lots = lines.Where(l => l.GridCode is null || !special.Contains(l.GridCode)).OrderBy(l => l.Compound, ChineseText.ByPinyin).ThenBy(l => HouseholdQueries.DoorNumber(l.Name)).ThenBy(l => l.Name, StringComparer.Ordinal).ThenBy(l => l.Id)
            .Select(l => new PlanLot(l.Id, l.Code, l.Compound, l.Name, l.At, l.GridCode ?? "", l.Households, people.TryGetValue(l.Id, out var lives) ? lives.All : 0, lives?.Older ?? 0)).ToList();
        var (lotOf, gridOf) = (lots.ToDictionary(l => l.Id), grids.ToDictionary(g => g.Id, g => g.PublicCode));
        var places = (await db.Set<BodyPlace>().Where(p => p.To == null).Select(p => new { p.BodyId, p.GridId, p.BuildingId }).ToListAsync(cancel)).ToLookup(p => p.BodyId);
        var bodies = await db.Set<Body>().Where(b => b.To == null && db.Set<BodyPlace>().Any(p => p.BodyId == b.Id && p.To == null && (p.GridId != null || b.Kind == BodyKind.GridBranch))).OrderBy(b => b.Kind).ThenBy(b => b.Name).Select(b => new
        {
            b.Id, b.PublicCode, b.Name, b.Kind, Members = db.Set<BodyTerm>().Where(t => t.BodyId == b.Id && t.To == null).Select(t => t.Members).FirstOrDefault(),
        }).ToListAsync(cancel);
        // Every grid that a body is for, or in which the buildings lie that it is for.
        var reaches = bodies.ToDictionary(b => b.Id, b => places[b.Id].Select(p => p.GridId is { } id ? gridOf.GetValueOrDefault(id, "") : lotOf.TryGetValue(p.BuildingId!.Value, out var lot) ? lot.Grid : "").Distinct().ToList());
        var branches = bodies.Where(b => b.Kind is BodyKind.GridBranch or BodyKind.JointBranch).Select(b =>
        {
            var of = places[b.Id].Where(p => p.GridId is not null && gridOf.ContainsKey(p.GridId.Value)).Select(p => gridOf[p.GridId!.Value]).ToList();
            var own = places[b.Id].Where(p => p.BuildingId is not null && lotOf.ContainsKey(p.BuildingId.Value)).Select(p => lotOf[p.BuildingId!.Value].Code);
            return new PlanBranch(b.PublicCode, b.Name, b.Kind, b.Members, of, lots.Where(l => of.Contains(l.Grid)).Select(l => l.Code).Concat(own).ToHashSet(StringComparer.Ordinal));
        });
        return new(rules, today,
            [.. grids.Where(g => g.Kind == GridKind.Comprehensive).Select(g => new PlanGrid(g.Id, g.PublicCode, g.Code, g.Name, g.DutyPhone, Geo.Stored(g.Outline),
                [.. bodies.Where(b => reaches[b.Id].Contains(g.PublicCode)).Select(b => new PlanBody(b.PublicCode, b.Name, b.Kind, reaches[b.Id].Count == 1))]))],
            lots,
            [.. grids.Where(g => g.Kind == GridKind.Special).Select(g => Geo.Stored(g.Outline))], lines.Count(l => l.GridCode is { } code && special.Contains(code)), [.. branches]);
    }

    private readonly Lazy<PlanOutlines> _drawing = new(() => new(Grids.ToDictionary(g => g.Code, g => g.Outline), Special, [.. Lots.Where(l => l.At is not null).Select(l => new PlacedLot(l.Code, l.At!.Value, l.Grid.Length > 0 ? l.Grid : null))]));

    /// <summary>Today's ground, divided among the buildings that stand on it.</summary>
    public PlanOutlines Drawing => _drawing.Value;

    /// <summary>The outlines a cut would give, from those of today.</summary>
    public PlannedOutlines Outlines(PlanCut cut) => Drawing.Draw(code => cut.GridOf.GetValueOrDefault(code) is { Length: > 0 } key ? key : null);

    /// <summary>Whether a cut is about these buildings and grids: every building once, in a grid that is there or a new one. A building of no grid may stay in none.</summary>
    public bool Fits(PlanCut cut) => cut.GridOf.Count == Lots.Count && cut.Keys.Count <= PlanCut.MostGrids
        && Lots.All(l => cut.GridOf.TryGetValue(l.Code, out var key) && (key.Length == 0 ? l.Grid.Length == 0 : PlanCut.IsNew(key) || Grid(key) is not null));

    /// <summary>
    /// A cut of another day brought to today's register: buildings that are gone fall out, buildings that came since stay where they are today, and grids that have closed become new ones, whose codes aren't used again.
    /// </summary>
    public PlanCut Fitted(PlanCut cut)
    {
        var closed = cut.Keys.Where(k => !PlanCut.IsNew(k) && Grid(k) is null).ToList();
        var taken = cut.Keys.Where(PlanCut.IsNew).Select(PlanCut.NumberOf).DefaultIfEmpty(0).Max();
        var renamed = closed.Select((k, i) => (k, PlanCut.New(taken + 1 + i))).ToDictionary(x => x.k, x => x.Item2);
        return PlanCut.Of(Lots.Select(l => new KeyValuePair<string, string>(l.Code, cut.GridOf.TryGetValue(l.Code, out var key) && key.Length > 0 ? renamed.GetValueOrDefault(key, key) : l.Grid)));
    }

    /// <summary>What is different in the register from how it was under a plan; null when nothing is that the plan stands on.</summary>
    public Bilingual? ChangedSince(PlanCut before)
    {
        var (gone, come) = (before.GridOf.Keys.Count(b => !Today.GridOf.ContainsKey(b)), Today.GridOf.Keys.Count(b => !before.GridOf.ContainsKey(b)));
        var moved = Today.GridOf.Count(b => before.GridOf.TryGetValue(b.Key, out var was) && was != b.Value);
        var parts = new List<Bilingual>();
        if (gone > 0) parts.Add(($"少了{gone}栋楼", $"{gone} buildings fewer"));
        if (come > 0) parts.Add(($"多了{come}栋楼", $"{come} buildings more"));
        if (moved > 0) parts.Add(($"{moved}栋楼换了网格", $"{moved} buildings in another grid"));
        return parts.Count == 0 ? null : (string.Join("，", parts.Select(p => p.Zh)), string.Join(", ", parts.Select(p => p.En)));
    }
}
