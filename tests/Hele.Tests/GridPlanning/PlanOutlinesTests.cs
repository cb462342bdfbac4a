using Hele.Civic.GridPlanning;
using Hele.Civic.Grids;
using NetTopologySuite.Geometries;
using Xunit;
using Position = Hele.Civic.Grids.Position;

namespace Hele.Tests.GridPlanning;

/// <summary>How the ground of grids is divided among their buildings.</summary>
public class PlanOutlinesTests
{
    /// <summary>An outline with a corner inwards whose wall lies just between two buildings: the ground of one touches the wall beyond its own piece. Seen after a plan was adopted: the page failed.</summary>
    [Fact]
    public void Adjoining_OfAnOutlineWhoseWallLiesBetweenTwoBuildings_IsWhatSharesGround()
    {
        Coordinate At(double x, double y) => new(113.62 + (x / 1000), 34.74 + (y / 1000));
        Position Place(double x, double y) => Position.Of(At(x, y).X, At(x, y).Y);
        var outline = Geo.Factory.CreatePolygon([At(0, 0), At(2, 0), At(2, 1), At(1, 1), At(1, 2), At(0, 2), At(0, 0)]);
        var drawing = new PlanOutlines(new Dictionary<string, Polygon> { ["one"] = outline }, [], [new("a", Place(0.5, 0.5), "one"), new("b", Place(1.5, 0.5), "one")]);

        Assert.Equal([("a", "b")], drawing.Adjoining());
        var drawn = drawing.Draw(code => code);
        Assert.Empty(drawn.Torn);
        Assert.Equal(outline.Area, drawn.Outlines.Values.Sum(o => o.Area), 1e-12);
        Assert.Equal(outline.Area / 3, drawn.Outlines["b"].Area, 1e-12);
    }
}
