using Hele.Civic.Kernel;

namespace Hele.Civic.GridPlanning;

/// <summary>What of a wish a plan doesn't keep, in sentences without their full stop: on its card, in its summary, in its document. Reckoned from the figures that stand beside it.</summary>
public static class PlanBreaches
{
    /// <param name="stand">Of the cut; of an adopted plan the figures it was decided by.</param>
    public static IReadOnlyList<Bilingual> Of(PlanGround ground, PlanCut cut, PlanStand stand, PlanWish wish)
    {
        var (broken, planned) = (new List<Bilingual>(), stand.Planned.ToList());
        if (stand.MovedHouseholds > wish.MostMoved)
            broken.Add(($"换网格的有{stand.MovedHouseholds}户，超过要求的至多{wish.MostMoved}户", $"{stand.MovedHouseholds} households change their grid; at most {wish.MostMoved} were wished for"));
        if (wish.Grids is { } grids && grids != planned.Count)
            broken.Add(($"要求{grids}个网格，方案有{planned.Count}个", $"{grids} grids were wished for; the plan has {planned.Count}"));
        if (planned.Where(l => l.After.Households < wish.Least).ToList() is { Count: > 0 } small)
            broken.Add(($"不到要求的至少{wish.Least}户：{Zh(small)}", $"fewer than the {wish.Least} households wished for: {En(small)}"));
        if (planned.Where(l => l.After.Households > wish.Most).ToList() is { Count: > 0 } large)
            broken.Add(($"超过要求的至多{wish.Most}户：{Zh(large)}", $"more than the {wish.Most} households wished for: {En(large)}"));
        var mean = planned.Count == 0 ? 0 : (decimal)planned.Sum(l => l.After.Households) / planned.Count;
        if (wish.EvenHouseholds && planned.Where(l => Math.Abs(l.After.Households - mean) * 100 > mean * wish.Within).ToList() is { Count: > 0 } uneven)
            broken.Add(($"户数没有求到要求的均匀（相差不超过{wish.Within}%）：{Zh(uneven)}，平均{Round(mean)}户", $"households aren't as even as wished for (within {wish.Within}%): {En(uneven)}, {Round(mean)} on the mean"));
        var older = planned.Count == 0 ? 0 : (decimal)planned.Sum(l => l.After.Older) / planned.Count;
        if (wish.EvenOlder && planned.Where(l => (l.After.Older - older) * 100 > older * wish.Within).ToList() is { Count: > 0 } many)
            broken.Add(($"老年人比平均多出{wish.Within}%以上：{string.Join("、", many.Select(l => $"{stand.NameOf(l.Key).Zh}{l.After.Older}人"))}，平均{Round(older)}人",
                $"more than {wish.Within}% above the mean of older people: {string.Join(", ", many.Select(l => $"{stand.NameOf(l.Key).En} ({l.After.Older})"))}, {Round(older)} on the mean"));
        var members = planned.Count == 0 ? 0 : (decimal)planned.Sum(l => l.Party.Members ?? 0) / planned.Count;
        if (wish.EvenMembers && planned.Where(l => ((l.Party.Members ?? 0) - members) * 100 > members * wish.Within).ToList() is { Count: > 0 } full)
            broken.Add(($"正式党员（推算）比平均多出{wish.Within}%以上：{string.Join("、", full.Select(l => $"{stand.NameOf(l.Key).Zh}约{l.Party.Members}名"))}，平均{Round(members)}名",
                $"more than {wish.Within}% above the mean of full Party members (reckoned): {string.Join(", ", full.Select(l => $"{stand.NameOf(l.Key).En} (about {l.Party.Members})"))}, {Round(members)} on the mean"));
        string Address(string building) => ground.Lots.FirstOrDefault(l => l.Code == building)?.Address ?? building;
        foreach (var (a, b) in wish.Apart)
            if (cut.GridOf.TryGetValue(a, out var one) && cut.GridOf.TryGetValue(b, out var other) && one == other)
                broken.Add(($"不能在一起的楼还在一起：{Address(a)}和{Address(b)}", $"still in one grid, though they must not be: {Address(a)} and {Address(b)}"));
        foreach (var locked in wish.Locked)
            if (stand.Flows.Any(f => f.Buildings.Contains(locked)))
                broken.Add(($"锁定的楼换了网格：{Address(locked)}", $"locked, but in another grid: {Address(locked)}"));
        return broken;

        Bilingual Sized(PlanLine line) => ($"{stand.NameOf(line.Key).Zh}{line.After.Households}户", $"{stand.NameOf(line.Key).En} ({line.After.Households})");
        string Zh(IEnumerable<PlanLine> lines) => string.Join("、", lines.Select(l => Sized(l).Zh));
        string En(IEnumerable<PlanLine> lines) => string.Join(", ", lines.Select(l => Sized(l).En));
        static int Round(decimal number) => (int)Math.Round(number, MidpointRounding.AwayFromZero);
    }
}
