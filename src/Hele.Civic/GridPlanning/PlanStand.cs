using System.Text.Json;
using System.Text.Json.Serialization;
using Hele.Civic.Organizations;

namespace Hele.Civic.GridPlanning;

/// <summary>What a grid holds, counted from the register.</summary>
public sealed record PlanFigures(int Buildings, int Households, int Residents, int Older)
{
    public static PlanFigures Of(IEnumerable<PlanLot> lots)
    {
        var (buildings, households, residents, older) = (0, 0, 0, 0);
        foreach (var lot in lots)
            (buildings, households, residents, older) = (buildings + 1, households + lot.Households, residents + lot.Residents, older + lot.Older);
        return new(buildings, households, residents, older);
    }
}

/// <summary>What becomes of a grid.</summary>
public enum GridFate { Stays, Changes, New, Closes }

/// <summary>Whether a grid has the Party members for a branch of its own, as far as the register knows.</summary>
public enum BranchStanding
{
    /// <summary>Its own branch was stated to have enough full members.</summary>
    Enough,

    /// <summary>Its own branch was stated to have fewer than a branch needs.</summary>
    TooFew,

    /// <summary>It shares a branch with others.</summary>
    Joint,

    /// <summary>Nothing is registered by which it could be said.</summary>
    Unknown,
}

/// <summary>One grid in a plan.</summary>
/// <param name="Key">Public code, or that of a new grid.</param>
/// <param name="Number">Its code; empty for a new grid, which gets one when the plan is adopted.</param>
/// <param name="Name">Empty for a new grid nobody has named yet.</param>
/// <param name="Members">Full members of its branch, as stated when the branch's term began; null where none is stated.</param>
/// <param name="Small">Fewer households than a grid is meant to have; <paramref name="Large"/>: more.</param>
public sealed record PlanLine(string Key, string Number, string Name, GridFate Fate, PlanFigures Before, PlanFigures After, int? Members, BranchStanding Branch, bool Small, bool Large);

/// <summary>Buildings that go from one grid to another.</summary>
/// <param name="From">Key; empty where they were in none.</param>
/// <param name="Buildings">Public codes, in the order of the register.</param>
public sealed record PlanFlow(string From, string To, IReadOnlyList<string> Buildings, PlanFigures Figures);

/// <summary>A compound whose buildings lie in several grids.</summary>
public sealed record SplitCompound(string Name, IReadOnlyList<string> Keys);

/// <summary>What a plan does, and to whom: every number a sum over the register's rows.</summary>
public sealed record PlanStand(IReadOnlyList<PlanLine> Lines, IReadOnlyList<PlanFlow> Flows, IReadOnlyList<SplitCompound> Split, int SplitBefore)
{
    private static readonly JsonSerializerOptions Form = new() { Converters = { new JsonStringEnumConverter() }, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [JsonIgnore]
    public IEnumerable<PlanLine> Planned => Lines.Where(l => l.Fate != GridFate.Closes);

    [JsonIgnore]
    public int MovedBuildings => Flows.Sum(f => f.Figures.Buildings);

    [JsonIgnore]
    public int MovedHouseholds => Flows.Sum(f => f.Figures.Households);

    [JsonIgnore]
    public int MovedResidents => Flows.Sum(f => f.Figures.Residents);

    /// <summary>Households of the largest and the smallest grid, and between all of them, as planned.</summary>
    [JsonIgnore]
    public PlanSpread Spread => PlanSpread.Of(Planned.Select(l => l.After.Households));

    [JsonIgnore]
    public PlanSpread SpreadBefore => PlanSpread.Of(Lines.Where(l => l.Fate != GridFate.New).Select(l => l.Before.Households));

    /// <summary>How many grids there are today.</summary>
    [JsonIgnore]
    public int GridsBefore => Lines.Count(l => l.Fate != GridFate.New);

    public static PlanStand Of(PlanGround ground, PlanCut cut, IReadOnlyDictionary<string, string>? names = null)
    {
        var (before, after) = (ground.Lots.ToLookup(l => l.Grid), ground.Lots.ToLookup(l => cut.GridOf.GetValueOrDefault(l.Code, "")));
        var keys = cut.Keys.ToHashSet(StringComparer.Ordinal);
        var lines = new List<PlanLine>();
        foreach (var grid in ground.Grids)
        {
            var (was, is_) = (before[grid.Code].ToList(), after[grid.Code].ToList());
            var fate = is_.Count == 0 && was.Count > 0 ? GridFate.Closes : was.SequenceEqual(is_) ? GridFate.Stays : GridFate.Changes;
            var own = grid.Bodies.FirstOrDefault(b => b.Kind == BodyKind.GridBranch);
            var branch = own?.Members is { } members ? members < ground.Rules.BranchLeast.Amount ? BranchStanding.TooFew : BranchStanding.Enough : grid.Bodies.Any(b => b.Kind == BodyKind.JointBranch) ? BranchStanding.Joint : BranchStanding.Unknown;
            lines.Add(Line(grid.Code, grid.Number, grid.Name, fate, was, is_, own?.Members, branch));
        }
        foreach (var key in keys.Where(PlanCut.IsNew).OrderBy(PlanCut.NumberOf))
            lines.Add(Line(key, "", names?.GetValueOrDefault(key) ?? "", GridFate.New, [], [.. after[key]], null, BranchStanding.Unknown));
        var flows = ground.Lots.Where(l => cut.GridOf.GetValueOrDefault(l.Code, "") != l.Grid).GroupBy(l => (From: l.Grid, To: cut.GridOf.GetValueOrDefault(l.Code, "")))
            .Select(g => new PlanFlow(g.Key.From, g.Key.To, [.. g.Select(l => l.Code)], PlanFigures.Of(g))).OrderBy(f => Place(f.From)).ThenBy(f => Place(f.To)).ToList();
        return new(lines, flows, Splits(ground, l => cut.GridOf.GetValueOrDefault(l.Code, "")), Splits(ground, l => l.Grid).Count);

        int Place(string key) => key.Length == 0 ? -1 : lines.FindIndex(l => l.Key == key);

        PlanLine Line(string key, string number, string name, GridFate fate, IReadOnlyList<PlanLot> was, IReadOnlyList<PlanLot> will, int? members, BranchStanding branch)
        {
            var planned = PlanFigures.Of(will);
            return new(key, number, name, fate, PlanFigures.Of(was), planned, members, branch, fate != GridFate.Closes && planned.Households < ground.Rules.Least.Amount, planned.Households > ground.Rules.Most.Amount);
        }
    }

    private static List<SplitCompound> Splits(PlanGround ground, Func<PlanLot, string> grid) =>
        [.. ground.Lots.GroupBy(l => l.Compound).Select(c => new SplitCompound(c.Key, [.. c.Select(grid).Distinct().OrderBy(k => k, StringComparer.Ordinal)])).Where(c => c.Keys.Count > 1).OrderBy(c => c.Name, Kernel.ChineseText.ByPinyin)];

    public string Write() => JsonSerializer.Serialize(this, Form);

    public static PlanStand Read(string text) => JsonSerializer.Deserialize<PlanStand>(text, Form)!;
}

/// <summary>How evenly households lie over grids.</summary>
/// <param name="Mean">Rounded to whole households.</param>
/// <param name="Off">How far the grid farthest from the mean lies from it, in whole percent of the mean, rounded.</param>
public sealed record PlanSpread(int Least, int Most, int Mean, int Off)
{
    public static PlanSpread Of(IEnumerable<int> households)
    {
        var all = households.ToList();
        if (all.Count == 0)
            return new(0, 0, 0, 0);
        var mean = (decimal)all.Sum() / all.Count;
        return new(all.Min(), all.Max(), (int)Math.Round(mean, MidpointRounding.AwayFromZero), mean == 0 ? 0 : (int)Math.Round(all.Max(h => Math.Abs(h - mean)) * 100 / mean, MidpointRounding.AwayFromZero));
    }
}
