using Hele.Civic.Platform.Figures;
using Hele.Civic.Platform.Storage;

namespace Hele.Civic.Grids;

/// <summary>How the community is divided, as of a period's last day. Each opens its grids or buildings.</summary>
public static class GridFigures
{
    public static readonly Figure Grids = new("grids.standing", 1, ("网格", "Grids"),
        ("到统计期最后一天划分的网格，综合网格和专属网格都算。", "Grids the community was divided into on the period's last day, comprehensive and special ones."), ("个", "grids"), FigureKind.State,
        (db, period, before) => from g in At(db, period, before)
                                select new FigureRecord { Id = g.Id, Code = g.PublicCode, On = g.From, LoggedAt = g.LoggedAt }) { Record = typeof(Grid) };

    public static readonly Figure Area = new("grids.area", 1, ("辖区面积", "Area of the community"),
        ("到统计期最后一天各网格范围的面积合计，按网格图上的边界在WGS-84椭球面上计算；没有划进网格的地方不算。", "The areas of the grids' outlines on the period's last day, added up, each worked out on the WGS-84 ellipsoid from its border on the map; what lies in no grid is not among it."),
        ("平方公里", "square kilometres"), FigureKind.State,
        (db, period, before) => from o in db.Set<GridOutline>()
                                join g in db.Set<Grid>() on o.GridId equals g.Id
                                where o.LoggedAt < before && o.From <= period.To && (o.To == null || o.To > period.To)
                                select new FigureRecord { Id = o.Id, Code = g.PublicCode, On = o.From, LoggedAt = o.LoggedAt, Amount = o.SquareMetres }) { Record = typeof(Grid), Adds = new(1_000_000, 2) };

    public static readonly Figure Uncovered = new("buildings.without-grid", 1, ("不在网格里的楼栋", "Buildings in no grid"),
        ("到统计期最后一天登记在册、没有归到任何网格的楼栋；住在里面的居民没有网格管。", "Buildings in the register on the period's last day that belonged to no grid: whoever lives there has no grid looking after them."), ("栋", "buildings"), FigureKind.State,
        (db, period, before) => from b in db.Set<Building>()
                                where b.LoggedAt < before && b.From <= period.To && (b.To == null || b.To > period.To)
                                    && !db.Set<GridBuilding>().Any(p => p.BuildingId == b.Id && p.From <= period.To && (p.To == null || p.To > period.To))
                                select new FigureRecord { Id = b.Id, Code = b.PublicCode, On = b.From, LoggedAt = b.LoggedAt }) { Record = typeof(Building) };

    public static IEnumerable<Figure> All => [Grids, Area, Uncovered];

    /// <summary>The grids of a period's last day, as they were known before an instant.</summary>
    public static IQueryable<Grid> At(HeleDb db, Kernel.Period period, DateTimeOffset before) =>
        db.Set<Grid>().Where(g => g.LoggedAt < before && g.From <= period.To && (g.To == null || g.To > period.To || g.RetiredAt >= before));
}
