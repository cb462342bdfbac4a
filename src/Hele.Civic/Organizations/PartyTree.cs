using Hele.Civic.Grids;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Organizations;

/// <summary>A grid or building in the tree, by its public code.</summary>
public sealed record TreePlace(string Code, string Name);

/// <summary>A place that two of the same kind claim.</summary>
public sealed record TreeOverlap(TreePlace Place, IReadOnlyList<BodyLine> Bodies);

/// <summary>One grid with the branches that are for it and the groups in its buildings.</summary>
/// <param name="Uncovered">Its buildings that no branch is for, where its branches are for some of them only.</param>
public sealed record TreeGrid(TreePlace Grid, IReadOnlyList<TreeBranch> Branches, IReadOnlyList<TreePlace> Uncovered);

public sealed record TreeBranch(BodyLine Branch, IReadOnlyList<BodyLine> Groups);

/// <summary>The Party's organisation as it lies on the grids.</summary>
/// <param name="Gaps">Grids without any branch.</param>
/// <param name="BranchOverlaps">Buildings of two branches.</param>
/// <param name="GroupOverlaps">Buildings of two groups.</param>
/// <param name="Strays">Groups with buildings outside their branch's places.</param>
public sealed record PartyTree(BodyLine? Committee, IReadOnlyList<TreeGrid> Grids, IReadOnlyList<TreeBranch> Joint, IReadOnlyList<TreeBranch> Functional, IReadOnlyList<TreePlace> Gaps,
    IReadOnlyList<TreeOverlap> BranchOverlaps, IReadOnlyList<TreeOverlap> GroupOverlaps, IReadOnlyList<(BodyLine Group, IReadOnlyList<TreePlace> Places)> Strays)
{
    public int Faults => Gaps.Count + BranchOverlaps.Count + GroupOverlaps.Count + Strays.Count + Grids.Count(g => g.Uncovered.Count > 0);

    public int Branches => Grids.SelectMany(g => g.Branches).Concat(Joint).Concat(Functional).DistinctBy(b => b.Branch.Code).Count();
}

/// <summary>Lays the branches and groups over the grids and buildings as they are now, and says what doesn't fit.</summary>
public sealed class PartyTreeQueries(ReadSession read, BodyQueries bodies)
{
    public async Task<PartyTree> Of(Viewer? viewer, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        var all = (await bodies.List(viewer, cancel)).Where(b => BodyKinds.On(b.Kind, DateOnly.MaxValue).IsParty).ToList();
        var grids = await db.Set<Grid>().Where(g => g.To == null && g.Kind == GridKind.Comprehensive).OrderBy(g => g.Code).Select(g => new TreePlace(g.PublicCode, g.Name)).ToListAsync(cancel);
        var houses = await (from g in db.Set<GridBuilding>() where g.To == null
                            join grid in db.Set<Grid>() on g.GridId equals grid.Id
                            join b in db.Set<Building>() on g.BuildingId equals b.Id
                            join c in db.Set<Compound>() on b.CompoundId equals c.Id
                            select new { Grid = grid.PublicCode, b.PublicCode, Compound = c.Name, b.Name }).ToListAsync(cancel);
        var places = houses.OrderBy(h => h.Compound, ChineseText.ByPinyin).ThenBy(h => HouseholdQueries.DoorNumber(h.Name)).Select(h => (h.Grid, Place: new TreePlace(h.PublicCode, h.Compound + h.Name))).ToList();
        return Laid(all, grids, places);
    }

    /// <param name="houses">Every building with the grid it belongs to.</param>
    internal static PartyTree Laid(IReadOnlyList<BodyLine> bodies, IReadOnlyList<TreePlace> grids, IReadOnlyList<(string Grid, TreePlace Place)> houses)
    {
        var branches = bodies.Where(b => b.Kind is BodyKind.GridBranch or BodyKind.JointBranch).ToList();
        var groups = bodies.Where(b => b.Kind == BodyKind.PartyGroup).ToList();
        var inGrid = houses.ToLookup(h => h.Grid, h => h.Place);
        var gridOf = houses.ToDictionary(h => h.Place.Code, h => h.Grid);
        // What a body is for, building by building: a grid stands for the buildings that belong to it today.
        IReadOnlyList<TreePlace> Covers(BodyLine body) => [.. body.Places.SelectMany(p => p.IsGrid ? inGrid[p.Code] : [new TreePlace(p.Code, p.Name)])];
        bool Touches(BodyLine branch, string grid) => branch.Places.Any(p => p.IsGrid ? p.Code == grid : gridOf.GetValueOrDefault(p.Code) == grid);
        TreeBranch With(BodyLine branch) => new(branch, [.. groups.Where(g => g.ParentCode == branch.Code)]);
        IReadOnlyList<TreeOverlap> Overlaps(IEnumerable<BodyLine> of) => [.. of.SelectMany(b => Covers(b).Select(p => (Place: p, Body: b))).GroupBy(x => x.Place.Code)
            .Where(g => g.Select(x => x.Body.Code).Distinct().Count() > 1).Select(g => new TreeOverlap(g.First().Place, [.. g.Select(x => x.Body).DistinctBy(b => b.Code)]))];

        var covered = branches.SelectMany(Covers).Select(p => p.Code).ToHashSet();
        var lines = grids.Select(grid =>
        {
            var own = branches.Where(b => Touches(b, grid.Code)).ToList();
            return new TreeGrid(grid, [.. own.Select(With)], own.Count == 0 ? [] : [.. inGrid[grid.Code].Where(p => !covered.Contains(p.Code))]);
        }).ToList();
        var strays = new List<(BodyLine, IReadOnlyList<TreePlace>)>();
        foreach (var group in groups)
        {
            if (branches.FirstOrDefault(b => b.Code == group.ParentCode) is not { } parent)
                continue;
            var within = Covers(parent).Select(p => p.Code).ToHashSet();
            if (Covers(group).Where(p => !within.Contains(p.Code)).ToList() is { Count: > 0 } outside)
                strays.Add((group, outside));
        }
        return new PartyTree(bodies.FirstOrDefault(b => b.Kind == BodyKind.PartyCommittee), lines, [.. bodies.Where(b => b.Kind == BodyKind.JointBranch).Select(With)], [.. bodies.Where(b => b.Kind == BodyKind.FunctionalBranch).Select(With)],
            [.. lines.Where(l => l.Branches.Count == 0).Select(l => l.Grid)], Overlaps(branches), Overlaps(groups), strays);
    }
}
