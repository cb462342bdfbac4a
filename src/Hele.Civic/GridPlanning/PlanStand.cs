using System.Text.Json;
using System.Text.Json.Serialization;
using Hele.Civic.Kernel;
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
    /// <summary>The branches of its buildings have enough full members there.</summary>
    Enough,

    /// <summary>They have fewer than a branch needs.</summary>
    TooFew,

    /// <summary>It shares a branch with others.</summary>
    Joint,

    /// <summary>Too little is registered by which it could be said.</summary>
    Unknown,
}

/// <summary>What the register knows of the Party members among those who live in a grid's buildings.</summary>
/// <param name="Members">Full members, as its buildings' branches stated when their terms began; null where none did. <paramref name="Reckoned"/>: of a branch with buildings elsewhere too, those here by residents.</param>
public sealed record PlanParty(int? Members, bool Reckoned, BranchStanding Branch);

/// <summary>One grid in a plan.</summary>
/// <param name="Key">Public code, or that of a new grid.</param>
/// <param name="Number">Its code; empty for a new grid, which gets one when the plan is adopted.</param>
/// <param name="Name">Empty for a new grid nobody has named yet.</param>
/// <param name="Branches">Names of the branches it has: those for the grid, and those for buildings that come to lie in it.</param>
/// <param name="PartyBefore">Of its buildings of today; <paramref name="Party"/>: of those it comes to have.</param>
/// <param name="Small">Fewer households than a grid is meant to have; <paramref name="Large"/>: more.</param>
public sealed record PlanLine(string Key, string Number, string Name, GridFate Fate, PlanFigures Before, PlanFigures After, IReadOnlyList<string> Branches, PlanParty PartyBefore, PlanParty Party, bool Small, bool Large);

/// <summary>Buildings that go from one grid to another.</summary>
/// <param name="From">Key; empty where they were in none.</param>
/// <param name="Buildings">Public codes, in the order of the register.</param>
/// <param name="Leave">Names of the branches that these buildings have today; <paramref name="Join"/>: that the grid they come to has today.</param>
public sealed record PlanFlow(string From, string To, IReadOnlyList<string> Buildings, PlanFigures Figures, IReadOnlyList<string> Leave, IReadOnlyList<string> Join);

/// <summary>A compound whose buildings lie in several grids.</summary>
public sealed record SplitCompound(string Name, IReadOnlyList<string> Keys);

/// <summary>A branch for buildings that come to lie in several grids.</summary>
public sealed record TornBranch(string Name, IReadOnlyList<string> Keys);

/// <summary>What a plan does, and to whom: every number a sum over the register's rows, but for members reckoned by residents.</summary>
public sealed record PlanStand(IReadOnlyList<PlanLine> Lines, IReadOnlyList<PlanFlow> Flows, IReadOnlyList<SplitCompound> Split, int SplitBefore, IReadOnlyList<TornBranch> Torn)
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

    /// <summary>Grids whose members, as far as they are known, are too few for a branch of their own: today, and as planned.</summary>
    [JsonIgnore]
    public (int Before, int After) TooFewMembers => (Lines.Count(l => l.Fate != GridFate.New && l.PartyBefore.Branch == BranchStanding.TooFew), Planned.Count(l => l.Party.Branch == BranchStanding.TooFew));

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
            lines.Add(Line(grid.Code, grid.Number, grid.Name, fate, was, is_));
        }
        foreach (var key in keys.Where(PlanCut.IsNew).OrderBy(PlanCut.NumberOf))
            lines.Add(Line(key, "", names?.GetValueOrDefault(key) ?? "", GridFate.New, [], [.. after[key]]));
        var flows = ground.Lots.Where(l => cut.GridOf.GetValueOrDefault(l.Code, "") != l.Grid).GroupBy(l => (From: l.Grid, To: cut.GridOf.GetValueOrDefault(l.Code, "")))
            .Select(g => new PlanFlow(g.Key.From, g.Key.To, [.. g.Select(l => l.Code)], PlanFigures.Of(g), [.. ground.Branches.Where(b => g.Any(l => b.Lots.Contains(l.Code))).Select(b => b.Name)], Branches(g.Key.To, before[g.Key.To]))).OrderBy(f => Place(f.From)).ThenBy(f => Place(f.To)).ToList();
        var torn = ground.Branches.Where(b => b.OfBuildings).Select(b => new TornBranch(b.Name, [.. ground.Lots.Where(l => b.Lots.Contains(l.Code)).Select(l => cut.GridOf.GetValueOrDefault(l.Code, "")).Distinct().OrderBy(Place)])).Where(b => b.Keys.Count > 1).ToList();
        return new(lines, flows, Splits(ground, l => cut.GridOf.GetValueOrDefault(l.Code, "")), Splits(ground, l => l.Grid).Count, torn);

        int Place(string key) => key.Length == 0 ? -1 : lines.FindIndex(l => l.Key == key);

        IReadOnlyList<string> Branches(string key, IEnumerable<PlanLot> lots) => key.Length == 0 ? [] : [.. ground.Branches.Where(b => b.IsOf(key, lots)).Select(b => b.Name)];

        PlanLine Line(string key, string number, string name, GridFate fate, IReadOnlyList<PlanLot> was, IReadOnlyList<PlanLot> will)
        {
            var planned = PlanFigures.Of(will);
            return new(key, number, name, fate, PlanFigures.Of(was), planned, Branches(key, fate == GridFate.Closes ? was : will), Party(ground, key, was), Party(ground, key, will), fate != GridFate.Closes && planned.Households < ground.Rules.Least.Amount, planned.Households > ground.Rules.Most.Amount);
        }
    }

    /// <summary>A branch's stated number counts whole where all its buildings are among these; else the buildings have their shares of it.</summary>
    private static PlanParty Party(PlanGround ground, string key, IReadOnlyList<PlanLot> lots)
    {
        var codes = lots.Select(l => l.Code).ToHashSet(StringComparer.Ordinal);
        var here = ground.Branches.Where(b => b.Members is not null && (b.Lots.Count == 0 ? b.Grids.Contains(key) : b.Lots.Overlaps(codes))).ToList();
        if (here.Count == 0)
            return new(null, false, BranchStanding.Unknown);
        var stated = here.SelectMany(b => b.Lots).ToHashSet(StringComparer.Ordinal);
        var number = (int)Math.Round(lots.Sum(l => ground.Members.GetValueOrDefault(l.Code)) + here.Where(b => b.Lots.Count == 0).Sum(b => b.Members!.Value), MidpointRounding.AwayFromZero);
        return new(number, here.Exists(b => !b.Lots.IsSubsetOf(codes)), !here.Exists(b => b.Kind == BodyKind.GridBranch) ? BranchStanding.Joint : number >= ground.Rules.BranchLeast.Amount ? BranchStanding.Enough
            : lots.All(l => l.Residents == 0 || stated.Contains(l.Code)) ? BranchStanding.TooFew : BranchStanding.Unknown);
    }

    /// <summary>The same with the new grids by the codes they were given.</summary>
    public PlanStand Opened(IReadOnlyDictionary<string, (string Code, string Number)> codes)
    {
        string Key(string key) => codes.TryGetValue(key, out var given) ? given.Code : key;
        return this with
        {
            Lines = [.. Lines.Select(l => codes.TryGetValue(l.Key, out var given) ? l with { Key = given.Code, Number = given.Number } : l)],
            Flows = [.. Flows.Select(f => f with { To = Key(f.To) })],
            Split = [.. Split.Select(s => s with { Keys = [.. s.Keys.Select(Key)] })],
            Torn = [.. Torn.Select(t => t with { Keys = [.. t.Keys.Select(Key)] })],
        };
    }

    /// <summary>What a grid is called here: by its name, a new one without a name by its number.</summary>
    public Bilingual NameOf(string key)
    {
        if (key.Length == 0)
            return ("不在网格里", "in no grid");
        return Lines.FirstOrDefault(l => l.Key == key) is { Name.Length: > 0 } line ? (line.Name, line.Name) : PlanCut.IsNew(key) ? ($"新网格{PlanCut.NumberOf(key)}", $"new grid {PlanCut.NumberOf(key)}") : ("已撤销的网格", "a closed grid");
    }

    /// <summary>That branches for buildings come to lie in several grids.</summary>
    [JsonIgnore]
    public IEnumerable<Bilingual> TornBranches => Torn.Select(t => new Bilingual($"{t.Name}的楼分在{string.Join("、", t.Keys.Select(k => NameOf(k).Zh))}，归哪里要由党组织定", $"{t.Name} has buildings in {string.Join(", ", t.Keys.Select(k => NameOf(k).En))}: the Party committee decides where they belong"));

    private static List<SplitCompound> Splits(PlanGround ground, Func<PlanLot, string> grid) =>
        [.. ground.Lots.GroupBy(l => l.Compound).Select(c => new SplitCompound(c.Key, [.. c.Select(grid).Distinct().OrderBy(k => k, StringComparer.Ordinal)])).Where(c => c.Keys.Count > 1).OrderBy(c => c.Name, ChineseText.ByPinyin)];

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
