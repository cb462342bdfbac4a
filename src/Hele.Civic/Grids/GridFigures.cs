using Hele.Civic.Platform.Figures;

namespace Hele.Civic.Grids;

/// <summary>How the community is divided, as of a period's last day. Each opens its grids.</summary>
public static class GridFigures
{
    public static readonly Figure Grids = new("grids.standing", 1, ("网格", "Grids"),
        ("到统计期最后一天划分的网格，综合网格和专属网格都算。", "Grids the community was divided into on the period's last day, comprehensive and special ones."), ("个", "grids"), FigureKind.State,
        (db, period, before) => from g in db.Set<Grid>()
                                where g.LoggedAt < before && g.From <= period.To && (g.To == null || g.To > period.To || g.RetiredAt >= before)
                                select new FigureRecord { Id = g.Id, Code = g.PublicCode, On = g.From, LoggedAt = g.LoggedAt }) { Record = typeof(Grid) };

    public static IEnumerable<Figure> All => [Grids];
}
