using CsCheck;
using Hele.Planning.Streets;
using Xunit;

namespace Hele.Tests.Planning;

/// <summary>
/// Pairs published with the eviltransform project (WGS-84 and GCJ-02) and the coordtransform project (GCJ-02 and BD-09, WGS-84 and BD-09). eviltransform's own pairs of BD-09 are left out: it
/// turns by pi where Baidu's formula turns by 3000/180 of it, and lies tens of metres beside everybody else.
/// </summary>
public class CoordinatesTests
{
    [Theory]
    [InlineData(31.1774276, 121.5272106, 31.17530398364597, 121.531541859215)] // Shanghai
    [InlineData(22.543847, 113.912316, 22.540796131694766, 113.9171764808363)] // Shenzhen
    [InlineData(39.911954, 116.377817, 39.91334545536069, 116.38404722455657)] // Beijing
    [InlineData(39.915, 116.404, 39.91640428150164, 116.41024449916938)]
    public void Gcj02_AndWgs84_AreThePublishedPairs_ToAMetre(double lat, double lon, double gcjLat, double gcjLon)
    {
        var (wgs, gcj) = (new GeoPoint(lat, lon), new GeoPoint(gcjLat, gcjLon));

        Assert.InRange(Ground.Metres(Coordinates.FromWgs84(wgs, Datum.Gcj02), gcj), 0, 0.1);
        Assert.InRange(Ground.Metres(Coordinates.ToWgs84(gcj, Datum.Gcj02), wgs), 0, 0.1);
        Assert.InRange(Ground.Metres(wgs, gcj), 100, 800);
    }

    [Fact]
    public void Bd09_AndGcj02_AreThePublishedPair_ToAMetre()
    {
        GeoPoint gcj = new(39.915, 116.404), bd = new(39.92133699351021, 116.41036949371029);

        Assert.InRange(Ground.Metres(Coordinates.FromWgs84(Coordinates.ToWgs84(gcj, Datum.Gcj02), Datum.Bd09), bd), 0, 0.1);
        Assert.InRange(Ground.Metres(Coordinates.FromWgs84(Coordinates.ToWgs84(bd, Datum.Bd09), Datum.Gcj02), gcj), 0, 0.1);
        // The other way round the published formula is its own approximate inverse.
        Assert.InRange(Ground.Metres(Coordinates.FromWgs84(Coordinates.ToWgs84(gcj, Datum.Bd09), Datum.Gcj02), new(39.90865673957631, 116.39762729119315)), 0, 1);
    }

    [Theory]
    [InlineData(39.922699552216216, 116.41662724378733, 39.915, 116.404)]
    public void Wgs84_OnBaidusMap_StandsWhereItIsPublished_ToAMetre(double bdLat, double bdLon, double lat, double lon) =>
        Assert.InRange(Ground.Metres(Coordinates.FromWgs84(new(lat, lon), Datum.Bd09), new(bdLat, bdLon)), 0, 1);

    [Fact]
    public void AnyPlaceOfChina_ThereAndBack_IsTheSame_ToACentimetre() => Gen.Select(Gen.Double[18, 53], Gen.Double[74, 134]).Sample((lat, lon) =>
    {
        var place = new GeoPoint(lat, lon);
        foreach (var datum in new[] { Datum.Gcj02, Datum.Bd09 })
            Assert.InRange(Ground.Metres(Coordinates.ToWgs84(Coordinates.FromWgs84(place, datum), datum), place), 0, 0.01);
    });

    [Fact]
    public void PlaceOutsideChina_IsNotShifted_AndANumberThatIsNone_StaysForTheReport()
    {
        GeoPoint helsinki = new(60.17, 24.94), none = new(double.NaN, 120);

        Assert.Equal(helsinki, Coordinates.FromWgs84(helsinki, Datum.Gcj02));
        Assert.Equal(none, Coordinates.ToWgs84(none, Datum.Gcj02));
        Assert.False(none.IsOnEarth);
    }

    [Theory]
    // Vincenty's distances on WGS-84, of places a few kilometres apart.
    [InlineData(31.2304, 121.4737, 31.2404, 121.4737, 1108.735)]
    [InlineData(31.2304, 121.4737, 31.2304, 121.4837, 952.739)]
    [InlineData(60.17, 24.94, 60.18, 24.96, 1572.787)]
    public void Metres_BetweenPlaces_AreThoseOfTheEllipsoid(double aLat, double aLon, double bLat, double bLon, double metres) =>
        Assert.InRange(Ground.Metres(new(aLat, aLon), new(bLat, bLon)), metres - 0.01, metres + 0.01);
}

public class WeekHoursTests
{
    [Theory]
    [InlineData("06:00-22:00", 1, 5, 59, false)]
    [InlineData("06:00-22:00", 1, 6, 0, true)]
    [InlineData("06:00-22:00", 7, 21, 59, true)]
    [InlineData("06:00-22:00", 7, 22, 0, false)]
    [InlineData("24/7", 3, 3, 3, true)]
    [InlineData("off", 3, 12, 0, false)]
    [InlineData("Mo-Fr 06:00-22:00; Sa,Su 08:00-20:00", 6, 7, 0, false)]
    [InlineData("Mo-Fr 06:00-22:00; Sa,Su 08:00-20:00", 5, 7, 0, true)]
    [InlineData("Mo-Su 08:00-20:00; We off", 3, 12, 0, false)]
    [InlineData("Mo-Su 06:00-12:00,14:00-22:00", 2, 13, 0, false)]
    [InlineData("Mo-Su 06:00-12:00,14:00-22:00", 2, 14, 0, true)]
    [InlineData("22:00-06:00", 2, 1, 0, true)]
    [InlineData("Su 22:00-02:00", 1, 1, 30, true)]
    [InlineData("Sa-Mo 08:00-10:00", 7, 9, 0, true)]
    [InlineData("Sa-Mo 08:00-10:00", 2, 9, 0, false)]
    [InlineData("00:00-24:00", 4, 23, 59, true)]
    public void Hours_AsMapsWriteThem_AreRead(string text, int day, int hour, int minute, bool open) =>
        Assert.Equal(open, WeekHours.Parse(text)!.IsOpen(new(day, hour, minute)));

    [Theory]
    [InlineData("06:00-22:00", 1, 6, 0, 0)]
    [InlineData("06:00-22:00", 1, 22, 0, 480)]
    [InlineData("Mo-Fr 08:30-17:30", 5, 17, 30, 3780)]
    [InlineData("Mo 08:30-17:30", 1, 17, 30, 9540)]
    [InlineData("24/7", 7, 23, 59, 0)]
    [InlineData("off", 3, 12, 0, null)]
    public void Hours_OpenNext_AfterSoManyMinutes(string text, int day, int hour, int minute, int? wait)
    {
        var (hours, at) = (WeekHours.Parse(text)!, new WeekMoment(day, hour, minute));
        Assert.Equal(wait, hours.MinutesUntilOpen(at));
        if (wait is { } minutes)
            Assert.True(hours.IsOpen(at.After(minutes)));
    }

    [Fact]
    public void Moment_AfterSunday_IsMonday() => Assert.Equal(new(1, 0, 30), new WeekMoment(7, 23, 45).After(45));

    [Theory]
    [InlineData("")]
    [InlineData("sunrise-sunset")]
    [InlineData("Jan-Mar 08:00-10:00")]
    [InlineData("Mo-Fr 08:00-25:00")]
    [InlineData("Mo-Xx 08:00-10:00")]
    [InlineData("8-10")]
    [InlineData("PH off")]
    public void Hours_ThatAreNotUnderstood_AreNotGuessed(string text) => Assert.Null(WeekHours.Parse(text));

    [Fact]
    public void Between_OverMidnight_AndOnDays()
    {
        var night = WeekHours.Between(new(22, 0), new(6, 0), 5);

        Assert.True(night.IsOpen(new(5, 23)));
        Assert.True(night.IsOpen(new(6, 5, 59)));
        Assert.False(night.IsOpen(new(6, 6)));
        Assert.False(night.IsOpen(new(5, 3)));
        Assert.Equal(WeekHours.Between(new(6, 0), new(22, 0)), WeekHours.Parse("Mo-Su 06:00-22:00"));
        Assert.Throws<ArgumentOutOfRangeException>(() => night.IsOpen(new(8, 1)));
    }
}
