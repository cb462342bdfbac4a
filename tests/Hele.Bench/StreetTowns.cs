using Hele.Planning.Reach;
using Hele.Planning.Streets;

namespace Hele.Bench;

/// <summary>
/// Towns for the bench, drawn by a fixed seed: streets on a crooked lattice with about every sixth piece missing, a third of the pieces bent, waits on some. The density is the same in all sizes, so
/// that equal reach means equal work.
/// </summary>
public sealed record StreetTown(string Name, int Side, int Buildings, int Points)
{
    public static readonly StreetTown Community = new("community", 71, 1_500, 20), District = new("district", 245, 30_000, 300), City = new("city", 1_000, 500_000, 5_000);
    const double Spacing = 55;
    static readonly GeoPoint Corner = new(34.70, 113.50);

    public (StreetNetwork Network, List<Building> Buildings, List<ServicePoint> Points) Draw(NetworkOptions? options = null)
    {
        var random = new Random(20260601);
        var (perLat, perLon) = Ground.MetresPerDegree(Corner.Latitude);
        GeoPoint At(double east, double north) => new(Corner.Latitude + north / perLat, Corner.Longitude + east / perLon);
        var draft = new StreetDraft();
        var row = new int[2][];
        var place = new GeoPoint[2][];
        var number = 0;
        void Way(int a, GeoPoint from, int b, GeoPoint to)
        {
            number++;
            if (random.Next(6) == 0)
                return;
            var way = new DraftWay(WaitMilliseconds: random.Next(12) == 0 ? 20_000 : 0);
            if (random.Next(3) != 0)
                draft.AddWay([a, b], way, "");
            else
                draft.AddWay([a, draft.Node(-number, new((from.Latitude + to.Latitude) / 2 + random.Next(-80, 80) * 1e-6, (from.Longitude + to.Longitude) / 2 + random.Next(-80, 80) * 1e-6)), b], way, "");
        }
        for (var y = 0; y < Side; y++)
        {
            row[1] = new int[Side];
            place[1] = new GeoPoint[Side];
            for (var x = 0; x < Side; x++)
            {
                place[1][x] = At((x + random.NextDouble() * 0.6) * Spacing, (y + random.NextDouble() * 0.6) * Spacing);
                row[1][x] = draft.Node((long)y * Side + x + 1, place[1][x]);
                if (x > 0)
                    Way(row[1][x - 1], place[1][x - 1], row[1][x], place[1][x]);
                if (y > 0)
                    Way(row[0][x], place[0][x], row[1][x], place[1][x]);
            }
            (row[0], place[0]) = (row[1], place[1]);
        }
        var network = draft.Build(options);
        GeoPoint Anywhere() => At(random.NextDouble() * Side * Spacing, random.NextDouble() * Side * Spacing);
        return (network, [.. Enumerable.Range(0, Buildings).Select(i => new Building($"b{i}", Anywhere(), random.Next(1, 60)))],
            [.. Enumerable.Range(0, Points).Select(i => new ServicePoint($"p{i}", Anywhere(), WeekHours.Always))]);
    }
}
