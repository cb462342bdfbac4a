using Hele.Civic.Grids;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Figures;
using Hele.TestKit;
using Hele.Tests.Figures;
using NetTopologySuite.Geometries;
using Xunit;

namespace Hele.Tests.Grids;

/// <summary>The area the report opens with: on the ellipsoid, from the outlines as they were on the day.</summary>
public class AreaTests
{
    /// <summary>The whole ellipsoid is the one area that is known without any program (510 065 621 724 089 m², e.g. Moritz, Geodetic Reference System); of a strip along the equator its width tells.</summary>
    [Fact]
    public void EllipsoidSquareMetres_OfWhatIsKnown_IsThat()
    {
        Assert.InRange(Geo.EllipsoidSquareMetres(Box(-180, -90, 180, 90)), 510_065_621_724_000, 510_065_621_724_200);
        // A degree of longitude at the equator is a × π/180 = 111 319.49 m, a hundredth of a degree of latitude there 1 105.743 m.
        Assert.InRange(Geo.EllipsoidSquareMetres(Box(0, 0, 1, 0.01)), 123_090_000, 123_092_500);
        // Which corner comes first, and which way round, changes nothing.
        var square = (Polygon)Box(113.6, 34.74, 113.61, 34.75);
        Assert.Equal(Geo.EllipsoidSquareMetres(square), Geo.EllipsoidSquareMetres((Polygon)square.Reverse()));
        Assert.InRange(Geo.EllipsoidSquareMetres(square) / Geo.SquareMetres(square), 0.995, 1.005);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Area_OfADay_AddsUpTheOutlinesOfThatDay(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var ma = await hele.Viewer(TestPeople.Ma);
        var october = Period.Month(2026, 10);
        var (small, large) = (Area(GridSteps.Square(0, 0)), Area(GridSteps.Square(0, 0, 200)));
        Assert.Equal(0, (await hele.Value(GridFigures.Area, october)).Value);
        var grid = await hele.Grid(ma, "第一网格", GridSteps.Square(0, 0));
        Assert.Equal(small, (await hele.Value(GridFigures.Area, october)).Value);
        hele.MoveTo(2026, 11, 2);
        NumberSteps.Ok(await hele.Close(await hele.Viewer(TestPeople.Ma), october));
        ma = await hele.Viewer(TestPeople.Ma);
        GridSteps.Ok(await hele.Get<DrawGrid>().Run(ma, ma.Act(GridAccess.Draw, Guid.NewGuid()), new(grid, "第一网格", GridKind.Comprehensive, null, GridSteps.Square(0, 0, 200))));
        Assert.Equal((small, small, false), (await hele.Value(GridFigures.Area, october) is var then ? (then.Value, then.Live, then.Corrected) : default));
        Assert.Equal(large, (await hele.Value(GridFigures.Area, Period.Month(2026, 11))).Value);
        var record = Assert.Single(await hele.Records(GridFigures.Area, Period.Month(2026, 11)));
        Assert.Equal((grid, large), (record.Code, record.Amount));
        Assert.Equal([small, large], (await hele.Query<FigureReader, IReadOnlyList<(Period, long Value)>>(f => f.Trend(GridFigures.Area, [october, Period.Month(2026, 11)]))).Select(t => t.Value));
        Assert.Equal("0.04", GridFigures.Area.Told(large));

        static long Area(string square) => Geo.EllipsoidSquareMetres(Geo.Read(square).Outline!);
    }

    private static Polygon Box(double west, double south, double east, double north) =>
        new GeometryFactory().CreatePolygon([new(west, south), new(east, south), new(east, north), new(west, north), new(west, south)]);
}
