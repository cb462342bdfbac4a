using Hele.Civic.Grids;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Appeals;

/// <summary>
/// A place as closely as the public may know it: a building or a compound that enough households share, else the grid, else only the community. Its marker is the
/// middle of that place and says nothing of where in it the matter is.
/// </summary>
/// <param name="Name">As the register calls it; null for the community, whose name every page has.</param>
public sealed record PublicPlace(PublicPlaceLevel Level, string? Name, Position? At)
{
    public const string Rule = "appeal.public.households";

    /// <summary>The places that may be named for a matter, the closest first. The community alone always may.</summary>
    /// <param name="least">Households that must share a building or compound before it is named.</param>
    internal static async Task<IReadOnlyList<PublicPlace>> For(HeleDb db, Appeal appeal, int least)
    {
        var places = new List<PublicPlace>();
        var compounds = await db.Set<Compound>().Where(c => c.To == null).Select(c => new { c.Id, c.Name }).ToListAsync();
        var building = appeal.BuildingId is { } known ? await db.Set<Building>().SingleOrDefaultAsync(b => b.Id == known) : null;
        // A place in words names a compound only when the register has one of that name: words alone could be anything, a family's door too.
        var compound = building is not null ? compounds.Find(c => c.Id == building.CompoundId)
            : compounds.Where(c => appeal.Place.StartsWith(c.Name, StringComparison.Ordinal)).MaxBy(c => c.Name.Length);
        var grid = appeal.GridId;
        if (compound is not null)
        {
            var buildings = await db.Set<Building>().Where(b => b.CompoundId == compound.Id && b.To == null).ToListAsync();
            var ids = buildings.ConvertAll(b => b.Id);
            var registered = await db.Set<Household>().Where(h => ids.Contains(h.BuildingId) && h.To == null).GroupBy(h => h.BuildingId).ToDictionaryAsync(g => g.Key, g => g.Count());
            var entrances = await db.Set<Entrance>().Where(e => ids.Contains(e.BuildingId)).GroupBy(e => e.BuildingId).ToDictionaryAsync(g => g.Key, g => g.Count());
            // Where the register isn't filled in yet, a floor behind an entrance is one household at the least.
            int Households(Building b) => Math.Max(registered.GetValueOrDefault(b.Id), (b.Floors ?? 0) * Math.Max(1, entrances.GetValueOrDefault(b.Id)));
            if (building is not null && Households(building) >= least)
                places.Add(new(PublicPlaceLevel.Building, compound.Name + building.Name, building.At));
            if (buildings.Sum(Households) >= least)
                places.Add(new(PublicPlaceLevel.Compound, compound.Name, Middle([.. buildings.Select(b => b.At).OfType<Position>()])));
            grid ??= await db.Set<GridBuilding>().Where(g => ids.Contains(g.BuildingId) && g.To == null).GroupBy(g => g.GridId).OrderByDescending(g => g.Count()).Select(g => (Guid?)g.Key).FirstOrDefaultAsync();
        }
        if (grid is { } id && await db.Set<Grid>().Where(g => g.Id == id && g.To == null)
            .Select(g => new { g.Name, Outline = db.Set<GridOutline>().Where(o => o.GridId == g.Id && o.To == null).Select(o => o.Outline).FirstOrDefault() }).SingleOrDefaultAsync() is { } found)
        {
            var inside = found.Outline is null ? null : Geo.Stored(found.Outline).InteriorPoint;
            places.Add(new(PublicPlaceLevel.Grid, found.Name, inside is null ? null : Position.Of(inside.X, inside.Y)));
        }
        places.Add(new(PublicPlaceLevel.Community, null, null));
        return places;
    }

    private static Position? Middle(IReadOnlyList<Position> at) => at.Count == 0 ? null : Position.Of(at.Average(p => p.Lon), at.Average(p => p.Lat));
}
