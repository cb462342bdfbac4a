using System.Globalization;
using Hele.Civic.GridPlanning;
using Hele.Planning.Partition;
using Hele.Web.Ui;

namespace Hele.Web.Pages.GridPlanning;

/// <summary>A sentence about a plan; with an address where its number opens what it counts.</summary>
public sealed record PlanSentence(string Text, string? Href = null, string Kind = "");

/// <summary>What these pages call things, and what they say of a plan: the same on the page and for the script.</summary>
public static class PlanWords
{
    /// <summary>A grid of today by its name, a new one by its number, none.</summary>
    public static string Grid(this Texts L, PlanGround ground, string key) => key.Length == 0 ? L["不在网格里"] : ground.Grid(key)?.Name ?? (PlanCut.IsNew(key) ? L["新网格{0}", PlanCut.NumberOf(key)] : L["已撤销的网格"]);

    /// <summary>As it stands in a line: by the name the line has.</summary>
    public static string Grid(this Texts L, PlanStand stand, string key) => key.Length == 0 ? L["不在网格里"] : stand.Lines.FirstOrDefault(l => l.Key == key) is { Name.Length: > 0 } line ? line.Name : PlanCut.IsNew(key) ? L["新网格{0}", PlanCut.NumberOf(key)] : L["已撤销的网格"];

    public static string Fate(this Texts L, GridFate fate) => fate switch
    {
        GridFate.New => L["新设|grid"],
        GridFate.Closes => L["撤销|grid"],
        GridFate.Changes => L["有变动|grid"],
        _ => L["不变|grid"],
    };

    public static Tone Tone(GridFate fate) => fate switch { GridFate.New or GridFate.Changes => Ui.Tone.Progress, GridFate.Closes => Ui.Tone.Late, _ => Ui.Tone.Done };

    public static string Aim(this Texts L, PlanAim aim) => aim switch
    {
        PlanAim.FewestMoves => L["最合要求，换网格的住户最少"],
        PlanAim.NaturalBorders => L["顺着小区和大路"],
        PlanAim.MostBalanced => L["各网格最均匀"],
        _ => L["人工调整过"],
    };

    /// <summary>What a proposal is best at among those beside it.</summary>
    public static IReadOnlyList<string> Aims(this Texts L, IReadOnlyList<PlanAim> aims) => aims.Count == 0 ? [L["另一种分法"]] : [.. aims.Select(a => L.Aim(a))];

    /// <summary>What the register knows of the Party members of a grid.</summary>
    public static string Branch(this Texts L, PlanGround ground, PlanParty party) => party switch
    {
        { Branch: BranchStanding.Joint } => L["和别的网格合在一个支部"],
        { Members: not { } } => L["没有登记，不能判断"],
        { Branch: BranchStanding.Unknown, Members: { } known } => L["登记里只看得出正式党员约{0}名，不能判断", known],
        { Branch: BranchStanding.Enough, Reckoned: true, Members: { } reckoned } => L["按居民数推算，正式党员约{0}名", reckoned],
        { Branch: BranchStanding.Enough, Members: { } stated } => L["支部填报正式党员{0}名", stated],
        { Reckoned: true, Members: { } few } => L["按居民数推算，正式党员约{0}名，少于{1}名", few, ground.Rules.BranchLeast.Amount],
        { Members: { } few } => L["支部填报正式党员{0}名，少于{1}名", few, ground.Rules.BranchLeast.Amount],
    };

    /// <summary>Full members in short, marked where they are reckoned.</summary>
    public static string Members(this Texts L, PlanParty party) => party.Members is not { } members ? L["没有登记"] : party.Reckoned ? L["约{0}", members] : members.ToString(CultureInfo.InvariantCulture);

    /// <summary>The fewest and the most full members of a grid, marked where any is reckoned; where no branch stated any, that.</summary>
    public static string MembersSpread(this Texts L, IEnumerable<PlanParty> parties)
    {
        var known = parties.Where(p => p.Members is not null).ToList();
        var spread = known.Count == 0 ? L["没有登记"] : string.Create(CultureInfo.InvariantCulture, $"{known.Min(p => p.Members)}—{known.Max(p => p.Members)}");
        return known.Exists(p => p.Reckoned) ? L["约{0}", spread] : spread;
    }

    public static string Obstacle(this Texts L, PlanLots lots, ObstacleFound found)
    {
        var lot = found.Lot >= 0 && found.Lot < lots.Placed.Count ? lots.Placed[found.Lot].Address : "";
        return found.Kind switch
        {
            Hele.Planning.Partition.Obstacle.MoreIslandsThanGrids => L["楼栋按走路分成互不相通的{0}片，比网格多：总有网格要跨两片。", Whole(found.Have)],
            Hele.Planning.Partition.Obstacle.SmallIsland => L["{0}一带走不到别处，又不够单独成一个网格，归到最近的网格。", lot],
            Hele.Planning.Partition.Obstacle.LotTooLarge => L["{0}一栋楼就有{1}户，超过一个网格的上限。", lot, Whole(found.Have)],
            Hele.Planning.Partition.Obstacle.SizesDontAddUp => L["总户数和要的网格数、户数上下限凑不到一起：在地图上有位置的楼一共{0}户。", lots.Placed.Sum(l => l.Households)],
            _ => L["锁定的楼里有不能在一起的：{0}。", lot],
        };
    }

    /// <summary>Why the engine can't be asked this.</summary>
    public static string Refusal(this Texts L, PlanAnswer answer)
    {
        var buildings = answer.Lots.Placed.Count;
        return answer.Ask.Wish.Grids > buildings ? L["在地图上有位置的楼一共{0}栋，划不成{1}个网格。", buildings, answer.Ask.Wish.Grids!]
            : answer.Ask.Wish.Locked.Count > 0 ? L["锁定的楼分在比要求更多的网格里。请少锁几栋，或者多要几个网格。"]
            : L["还没有网格：请写要分成几个网格，或者每个网格的户数。"];
    }

    /// <summary>What a plan does, in sentences.</summary>
    /// <param name="wish">What of the wish it breaks is said too; null where there is none.</param>
    /// <param name="adopted">The figures are those it was decided by: what was is no longer "now", and what it needs to be adopted is no matter.</param>
    public static IReadOnlyList<PlanSentence> Summary(this Texts L, PlanGround ground, PlanView view, PlanWish? wish, bool adopted = false)
    {
        var (stand, lines) = (view.Stand, new List<PlanSentence>());
        lines.Add(stand.MovedBuildings == 0 ? new(L["和现在的划分一样，没有住户换网格。"], null, "done")
            : new(L["换网格的：{0}户、{1}人，{2}栋楼", stand.MovedHouseholds, stand.MovedResidents, stand.MovedBuildings], "#flows"));
        var (spread, before) = (stand.Spread, stand.SpreadBefore.Off);
        lines.Add(new(adopted ? L["每个网格{0}—{1}户，平均{2}户；离平均最远的差{3}%（调整以前{4}%）", spread.Least, spread.Most, spread.Mean, spread.Off, before] : L["每个网格{0}—{1}户，平均{2}户；离平均最远的差{3}%（现在{4}%）", spread.Least, spread.Most, spread.Mean, spread.Off, before], "#figures"));
        var (opened, closed) = (stand.Lines.Count(l => l.Fate == GridFate.New), stand.Lines.Count(l => l.Fate == GridFate.Closes));
        if (opened + closed > 0)
            lines.Add(new(L["新设网格{0}个，撤销{1}个", opened, closed], "#figures"));
        lines.Add(new(adopted ? L["分在几个网格里的小区：{0}个（调整以前{1}个）", stand.Split.Count, stand.SplitBefore] : L["分在几个网格里的小区：{0}个（现在{1}个）", stand.Split.Count, stand.SplitBefore], stand.Split.Count > 0 ? "#split" : null));
        if (!adopted && view.Widest is var (widest, metres))
            lines.Add(new(L["从网格中间走到最后一栋楼，最远的是{0}，{1}米", L.Grid(stand, widest), metres], "#compact"));
        if (wish is not null)
            lines.AddRange(PlanBreaches.Of(ground, view.Cut, stand, wish).Select(b => new PlanSentence(L[b], null, "late")));
        lines.AddRange(stand.TornBranches.Select(t => new PlanSentence(L[t], null, "late")));
        foreach (var key in adopted ? [] : view.InPieces)
            lines.Add(new(L["{0}分成{1}块，网格里走不到一起", L.Grid(ground, key), view.Pieces(key)], null, "late"));
        foreach (var key in adopted ? [] : view.Outlines.Torn)
            lines.Add(new(L["{0}的楼被别的网格隔开，画不成一个范围，不能采用", L.Grid(ground, key)], null, "late"));
        if (stand.Planned.Count(l => l.Small) is var small and > 0)
            lines.Add(new(L["少于{0}户的网格：{1}个", ground.Rules.Least.Amount, small], "#figures"));
        if (stand.Planned.Count(l => l.Large) is var large and > 0)
            lines.Add(new(L["多于{0}户的网格：{1}个", ground.Rules.Most.Amount, large], "#figures"));
        if (stand.TooFewMembers is var (were, few) && were + few > 0)
            lines.Add(new(adopted ? L["正式党员不够单独成立支部的网格：{0}个（调整以前{1}个）", few, were] : L["正式党员不够单独成立支部的网格：{0}个（现在{1}个）", few, were], "#figures"));
        if (stand.Planned.Count(l => l.Party.Branch == BranchStanding.Unknown) is var unknown and > 0)
            lines.Add(new(L["够不够单独成立支部，登记里看不出的网格：{0}个", unknown], "#figures"));
        return lines;
    }

    /// <summary>What the wish was, in words.</summary>
    public static string Wish(this Texts L, PlanWish wish)
    {
        var parts = new List<string>();
        if (wish.Grids is { } grids) parts.Add(L["{0}个网格", grids]);
        if (wish.Least is { } least) parts.Add(L["至少{0}户", least]);
        if (wish.Most is { } most) parts.Add(L["至多{0}户", most]);
        parts.Add(wish is { EvenOlder: true, EvenMembers: true } ? L["户数、老年人和党员都要均匀（相差不超过{0}%）", wish.Within] : wish.EvenMembers ? L["户数和党员都要均匀（相差不超过{0}%）", wish.Within] : wish.EvenOlder ? L["户数和老年人都要均匀（相差不超过{0}%）", wish.Within] : wish.EvenHouseholds ? L["户数要均匀（相差不超过{0}%）", wish.Within] : L["不求均匀"]);
        if (wish.KeepToday) parts.Add(L["从现在的网格出发，少动住户"]);
        if (wish.MostMoved is { } moved) parts.Add(L["换网格的不超过{0}户", moved]);
        if (wish.Locked.Count > 0) parts.Add(L["{0}栋楼锁定", wish.Locked.Count]);
        if (wish.Apart.Count > 0) parts.Add(L["{0}对楼不能在一起", wish.Apart.Count]);
        return string.Join(L["，"], parts);
    }

    /// <summary>What the neighbours of a building are, in words: never a straight line taken for a walk.</summary>
    public static string Ground(this Texts L, PlanLots lots) => lots.HasStreets ? L["相邻按社区的街道图：走得到、中间不隔着别的楼才算相邻。"] : L["没有街道图：相邻只按小区和楼与楼的直线远近，不是走路，大路和围墙都看不到。"];

    /// <summary>What the compactness of a grid is told by.</summary>
    public static string Compact(this Texts L, PlanLots lots) => lots.HasStreets ? L["紧凑不紧凑，看从网格中间走到最后一栋楼有多远：从离全网格住户中心最近的楼出发，一栋一栋走，不出网格。米数越小越紧凑。"]
        : L["紧凑不紧凑，看从网格中间到最后一栋楼有多远：从离全网格住户中心最近的楼出发，一栋一栋按直线量，不出网格。米数越小越紧凑。"];

    public static string Officers(this Texts L, IReadOnlyDictionary<string, IReadOnlyList<PlanOfficer>> officers, string key) =>
        !officers.TryGetValue(key, out var all) || all.Count == 0 ? L["没有|officer"] : string.Join(L["、"], all.Select(o => o.Name is { } name ? L["{0}（{1}）", name, o.Title] : o.Title));

    public static string Branches(this Texts L, IReadOnlyList<string> names) => names.Count > 0 ? string.Join(L["、"], names) : L["没有|branch"];

    private static string Whole(double number) => number.ToString("0", CultureInfo.InvariantCulture);
}
