namespace Hele.Planning.Streets;

/// <summary>Finds the edge nearest to a place, along its whole shape.</summary>
sealed class EdgeFinder
{
    readonly StreetNetwork network;
    readonly SegmentGrid grid;

    public EdgeFinder(StreetNetwork network)
    {
        this.network = network;
        grid = new(network.EdgeCount, visit =>
        {
            for (var e = 0; e < network.EdgeCount; e++)
            {
                var before = network.Place(network.EdgeA[e]);
                for (var i = network.ShapeFirst[e]; i <= network.ShapeFirst[e + 1]; i++)
                {
                    var after = i < network.ShapeFirst[e + 1] ? GeoPoint.OfE7(network.ShapeLat[i], network.ShapeLon[i]) : network.Place(network.EdgeB[e]);
                    visit(e, before, after);
                    before = after;
                }
            }
        });
    }

    public long Bytes => grid.Bytes;

    public EdgePlace? Nearest(GeoPoint place, WalkingProfile profile, double metres)
    {
        if (!place.IsOnEarth)
            throw new ArgumentOutOfRangeException(nameof(place), $"Not a place on earth: {place.Latitude}, {place.Longitude}.");
        var plane = new Plane(place);
        var edge = grid.Nearest(place, metres, e => profile.Takes((WayFlags)network.Flags[e]) ? Look(e, plane).Metres : double.PositiveInfinity);
        if (edge < 0)
            return null;
        var (_, segment, along) = Look(edge, plane);
        return Describe(place, edge, segment, along);
    }

    (double Metres, int Segment, double Along) Look(int e, in Plane plane)
    {
        var best = (Metres: double.PositiveInfinity, Segment: 0, Along: 0.0);
        var before = network.Place(network.EdgeA[e]);
        var (from, to) = (network.ShapeFirst[e], network.ShapeFirst[e + 1]);
        for (var i = from; i <= to; i++)
        {
            var after = i < to ? GeoPoint.OfE7(network.ShapeLat[i], network.ShapeLon[i]) : network.Place(network.EdgeB[e]);
            var (along, d) = plane.Nearest(before, after);
            if (d < best.Metres)
                best = (d, i - from, along);
            before = after;
        }
        return best;
    }

    EdgePlace Describe(GeoPoint from, int edge, int segment, double along)
    {
        var shape = network.Shape(edge);
        double before = 0, total = 0;
        for (var i = 0; i < shape.Length - 1; i++)
        {
            var metres = Ground.Metres(shape[i], shape[i + 1]);
            if (i < segment)
                before += metres;
            else if (i == segment)
                before += metres * along;
            total += metres;
        }
        var (a, b) = (shape[segment], shape[segment + 1]);
        var place = new GeoPoint(a.Latitude + (b.Latitude - a.Latitude) * along, a.Longitude + (b.Longitude - a.Longitude) * along);
        var length = network.Length[edge];
        var offset = total > 0 ? (int)Math.Clamp(Math.Round(before / total * length), 0, length) : 0;
        return new(edge, offset, (int)Math.Round(Ground.Metres(from, place) * 1000), place);
    }
}
