using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;
using NetTopologySuite.Geometries;

namespace Hele.Civic.Grids;

/// <summary>A grid as everybody may see it.</summary>
public sealed record GridLine(string Code, string Number, string Name, GridKind Kind, string? DutyPhone, int Buildings, int Households, Polygon Outline);

/// <summary>A grid's page.</summary>
/// <param name="Heirs">Of a grid that is closed: into which grids its buildings went.</param>
public sealed record GridView(string Code, string Number, string Name, GridKind Kind, string? DutyPhone, DateOnly From, DateOnly? To, Polygon? Outline, double SquareMetres, IReadOnlyList<BuildingLine> Buildings,
    IReadOnlyList<OutlineLine> Outlines, IReadOnlyList<GridHeir> Heirs);

/// <param name="Buildings">How many of the closed grid's buildings it took.</param>
public sealed record GridHeir(string Code, string Name, int Buildings);

/// <summary>An outline a grid had.</summary>
public sealed record OutlineLine(DateOnly From, DateOnly? To, double SquareMetres);

/// <summary>A building in a list or on the map.</summary>
public sealed record BuildingLine(Guid Id, string Code, string Compound, string Name, int? Floors, int Entrances, int Households, Position? At, string? GridCode, string? Grid)
{
    public string Address => Compound + Name;
}

/// <summary>A building's page.</summary>
public sealed record BuildingView(string Code, string CompoundCode, string Compound, string Name, int? Floors, Position? At, DateOnly From, DateOnly? To, IReadOnlyList<string> Entrances, string? GridCode, string? Grid, DateOnly? GridSince);

public sealed record CompoundLine(string Code, string Name, CompoundKind Kind, string? Manager, int Buildings);

/// <summary>What is wrong with how a community is cut into grids; each is shown on the map and in a list, none is hidden.</summary>
/// <param name="WithoutGrid">Buildings that belong to none.</param>
/// <param name="OutsideTheirs">Buildings that stand outside the outline of the grid they belong to.</param>
/// <param name="WithoutPlace">Buildings nobody has placed on the map.</param>
/// <param name="Overlaps">Pairs of grids that lie on each other.</param>
public sealed record GridFaults(IReadOnlyList<BuildingLine> WithoutGrid, IReadOnlyList<BuildingLine> OutsideTheirs, IReadOnlyList<BuildingLine> WithoutPlace, IReadOnlyList<GridOverlap> Overlaps)
{
    public int Count => WithoutGrid.Count + OutsideTheirs.Count + WithoutPlace.Count + Overlaps.Count;
}

/// <param name="Where">The ground both claim.</param>
public sealed record GridOverlap(string OneCode, string One, string OtherCode, string Other, double SquareMetres, Geometry Where);

/// <summary>What the list of buildings is narrowed to.</summary>
/// <param name="Compound">Public code.</param>
/// <param name="Grid">Public code; <see cref="NoGrid"/> for those in none.</param>
/// <param name="Search">Part of a compound's or building's name, or a public code.</param>
public sealed record BuildingFilter(string? Compound = null, string? Grid = null, string? Search = null)
{
    public const string NoGrid = "none";
}

/// <summary>One page of a list read by key.</summary>
public sealed record BuildingPage(IReadOnlyList<BuildingLine> Rows, Guid? Before, Guid? After, int Total);

/// <summary>Places and grids, read. Grids and where buildings stand are no secret; how many households a building has is a count.</summary>
public sealed class GridQueries(ReadSession read)
{
    public const int PageSize = 20;

    /// <summary>The grids that exist, by code.</summary>
    public async Task<IReadOnlyList<GridLine>> Grids(CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        var rows = await db.Set<Grid>().Where(g => g.To == null).OrderBy(g => g.Code).Select(g => new
        {
            g.PublicCode, g.Code, g.Name, g.Kind, g.DutyPhone,
            Buildings = db.Set<GridBuilding>().Count(b => b.GridId == g.Id && b.To == null),
            Households = db.Set<Household>().Count(h => h.To == null && db.Set<GridBuilding>().Any(b => b.GridId == g.Id && b.To == null && b.BuildingId == h.BuildingId)),
            Outline = db.Set<GridOutline>().Where(o => o.GridId == g.Id && o.To == null).Select(o => o.Outline).First(),
        }).ToListAsync(cancel);
        return [.. rows.Select(g => new GridLine(g.PublicCode, g.Code, g.Name, g.Kind, g.DutyPhone, g.Buildings, g.Households, Geo.Stored(g.Outline)))];
    }

    public async Task<GridView?> Grid(string code, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        if (await db.Set<Grid>().SingleOrDefaultAsync(g => g.PublicCode == code, cancel) is not { } grid)
            return null;
        var outlines = await db.Set<GridOutline>().Where(o => o.GridId == grid.Id).OrderByDescending(o => o.Id).ToListAsync(cancel);
        var buildings = await Lines(db, db.Set<Building>().Where(b => b.To == null && db.Set<GridBuilding>().Any(g => g.GridId == grid.Id && g.BuildingId == b.Id && g.To == null))).ToListAsync(cancel);
        var heirs = grid.To is null ? [] : await (from was in db.Set<GridBuilding>()
                                                  where was.GridId == grid.Id && was.To != null
                                                  join next in db.Set<GridBuilding>() on was.BuildingId equals next.BuildingId
                                                  where next.GridId != grid.Id && next.From == was.To
                                                  join to in db.Set<Grid>() on next.GridId equals to.Id
                                                  group next by new { to.PublicCode, to.Name, to.Code } into g
                                                  orderby g.Key.Code
                                                  select new GridHeir(g.Key.PublicCode, g.Key.Name, g.Count())).ToListAsync(cancel);
        var present = outlines.FirstOrDefault(o => o.To == null) is { } open ? Geo.Stored(open.Outline) : null;
        return new(grid.PublicCode, grid.Code, grid.Name, grid.Kind, grid.DutyPhone, grid.From, grid.To, present, present is null ? 0 : Geo.SquareMetres(present), Sorted(buildings),
            [.. outlines.Select(o => new OutlineLine(o.From, o.To, Geo.SquareMetres(Geo.Stored(o.Outline))))], heirs);
    }

    public async Task<BuildingPage> Buildings(Viewer viewer, BuildingFilter filter, Guid? after = null, Guid? before = null, CancellationToken cancel = default)
    {
        if (viewer.PostFor(GridAccess.List) is null)
            return new([], null, null, 0);
        var db = await read.Db(cancel);
        var buildings = Narrowed(db, filter);
        var total = await buildings.CountAsync(cancel);
        if (before is { } upTo)
        {
            var rows = await Lines(db, buildings.Where(b => b.Id < upTo).OrderByDescending(b => b.Id).Take(PageSize + 1)).ToListAsync(cancel);
            var more = rows.Count > PageSize;
            rows = [.. rows.Take(PageSize).Reverse()];
            return new(rows, more ? rows[0].Id : null, rows.Count > 0 ? rows[^1].Id : null, total);
        }
        var found = await Lines(db, (after is { } from ? buildings.Where(b => b.Id > from) : buildings).OrderBy(b => b.Id).Take(PageSize + 1)).ToListAsync(cancel);
        var next = found.Count > PageSize;
        found = [.. found.Take(PageSize)];
        return new(found, after is not null && found.Count > 0 ? found[0].Id : null, next ? found[^1].Id : null, total);
    }

    /// <summary>All of a list, for a file.</summary>
    public async Task<IReadOnlyList<BuildingLine>> Matching(Viewer viewer, BuildingFilter filter, CancellationToken cancel = default)
    {
        if (viewer.PostFor(GridAccess.List) is null)
            return [];
        var db = await read.Db(cancel);
        return Sorted(await Lines(db, Narrowed(db, filter)).ToListAsync(cancel));
    }

    private static IQueryable<Building> Narrowed(HeleDb db, BuildingFilter filter)
    {
        var buildings = db.Set<Building>().Where(b => b.To == null);
        if (!string.IsNullOrEmpty(filter.Compound))
            buildings = buildings.Where(b => db.Set<Compound>().Any(c => c.Id == b.CompoundId && c.PublicCode == filter.Compound));
        if (filter.Grid == BuildingFilter.NoGrid)
            buildings = buildings.Where(b => !db.Set<GridBuilding>().Any(g => g.BuildingId == b.Id && g.To == null));
        else if (!string.IsNullOrEmpty(filter.Grid))
            buildings = buildings.Where(b => db.Set<GridBuilding>().Any(g => g.BuildingId == b.Id && g.To == null && db.Set<Grid>().Any(x => x.Id == g.GridId && x.PublicCode == filter.Grid)));
        var words = ChineseText.Normalize(filter.Search);
        if (PublicCode.TryParse(words, out var code))
            buildings = buildings.Where(b => b.PublicCode == code.Text);
        else if (words.Length > 0)
            buildings = buildings.Where(b => db.Set<Compound>().Any(c => c.Id == b.CompoundId && (c.Name + b.Name).Contains(words)));
        return buildings;
    }

    /// <summary>Every building that stands, for the map and the choices.</summary>
    public async Task<IReadOnlyList<BuildingLine>> AllBuildings(CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        return Sorted(await Lines(db, db.Set<Building>().Where(b => b.To == null)).ToListAsync(cancel));
    }

    /// <summary>The grids that exist, to choose one from.</summary>
    public async Task<IReadOnlyList<ScopePlace>> Names(CancellationToken cancel = default) => await GridAccess.Scope.Places!(await read.Db(cancel)).ToListAsync(cancel);

    /// <summary>Every building that stands, compound by compound, to choose one from.</summary>
    public async Task<IReadOnlyList<(string Code, string Compound, string Name)>> Choices(CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        var rows = await db.Set<Building>().Where(b => b.To == null).Join(db.Set<Compound>(), b => b.CompoundId, c => c.Id, (b, c) => new { b.PublicCode, Compound = c.Name, b.Name }).ToListAsync(cancel);
        return [.. rows.OrderBy(r => r.Compound, ChineseText.ByPinyin).ThenBy(r => HouseholdQueries.DoorNumber(r.Name)).ThenBy(r => r.Name, StringComparer.Ordinal).Select(r => (r.PublicCode, r.Compound, r.Name))];
    }

    public async Task<BuildingView?> Building(string code, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        if (await db.Set<Building>().SingleOrDefaultAsync(b => b.PublicCode == code, cancel) is not { } building)
            return null;
        var compound = await db.Set<Compound>().SingleAsync(c => c.Id == building.CompoundId, cancel);
        var entrances = await db.Set<Entrance>().Where(e => e.BuildingId == building.Id).Select(e => e.Name).ToListAsync(cancel);
        var grid = await db.Set<GridBuilding>().Where(g => g.BuildingId == building.Id && g.To == null).Join(db.Set<Grid>(), g => g.GridId, g => g.Id, (b, g) => new { g.PublicCode, g.Name, b.From }).SingleOrDefaultAsync(cancel);
        return new(building.PublicCode, compound.PublicCode, compound.Name, building.Name, building.Floors, building.At, building.From, building.To, [.. entrances.OrderBy(HouseholdQueries.DoorNumber)], grid?.PublicCode, grid?.Name, grid?.From);
    }

    public async Task<IReadOnlyList<CompoundLine>> Compounds(CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        return await db.Set<Compound>().Where(c => c.To == null).OrderBy(c => c.Id)
            .Select(c => new CompoundLine(c.PublicCode, c.Name, c.Kind, c.Manager, db.Set<Building>().Count(b => b.CompoundId == c.Id && b.To == null))).ToListAsync(cancel);
    }

    public async Task<GridFaults> Faults(CancellationToken cancel = default)
    {
        var (grids, buildings) = (await Grids(cancel), await AllBuildings(cancel));
        var outlines = grids.ToDictionary(g => g.Code, g => g.Outline);
        var overlaps = new List<GridOverlap>();
        for (var i = 0; i < grids.Count; i++)
        {
            for (var j = i + 1; j < grids.Count; j++)
            {
                if (!grids[i].Outline.EnvelopeInternal.Intersects(grids[j].Outline.EnvelopeInternal))
                    continue;
                var both = grids[i].Outline.Intersection(grids[j].Outline);
                if (Geo.SquareMetres(both) is var area && area > Geo.Nothing)
                    overlaps.Add(new(grids[i].Code, grids[i].Name, grids[j].Code, grids[j].Name, area, both));
            }
        }
        return new([.. buildings.Where(b => b.GridCode is null)], [.. buildings.Where(b => b.GridCode is { } grid && b.At is { } at && !Geo.Covers(outlines[grid], at))], [.. buildings.Where(b => b.At is null)], overlaps);
    }

    internal static IQueryable<BuildingLine> Lines(HeleDb db, IQueryable<Building> buildings) => buildings.Select(b => new BuildingLine(b.Id, b.PublicCode,
        db.Set<Compound>().Where(c => c.Id == b.CompoundId).Select(c => c.Name).First(), b.Name, b.Floors,
        db.Set<Entrance>().Count(e => e.BuildingId == b.Id), db.Set<Household>().Count(h => h.BuildingId == b.Id && h.To == null),
        b.LonE7 == null || b.LatE7 == null ? null : new Position(b.LonE7.Value, b.LatE7.Value),
        db.Set<GridBuilding>().Where(g => g.BuildingId == b.Id && g.To == null).Select(g => db.Set<Grid>().Where(x => x.Id == g.GridId).Select(x => x.PublicCode).First()).FirstOrDefault(),
        db.Set<GridBuilding>().Where(g => g.BuildingId == b.Id && g.To == null).Select(g => db.Set<Grid>().Where(x => x.Id == g.GridId).Select(x => x.Name).First()).FirstOrDefault()));

    private static List<BuildingLine> Sorted(IEnumerable<BuildingLine> buildings) => [.. buildings.OrderBy(b => b.Id)];
}
