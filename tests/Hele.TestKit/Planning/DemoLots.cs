using System.Globalization;
using Hele.Planning.Partition;
using Hele.Planning.Streets;

namespace Hele.TestKit.Planning;

/// <summary>The demo community's buildings in their compounds and grids, on its real streets; so many of their flats lived in that there are as many households as in the demo.</summary>
public static class DemoLots
{
    private const double LivedIn = 0.883;

    public static LotGraph Graph()
    {
        var grids = Rows("grids.csv").Select(r => r[2].Split(';').Select(p => p.Trim().Split(' ').Select(Number).ToArray()).ToList()).ToList();
        var buildings = Rows("buildings.csv").Where(r => r[^1].Length > 0).ToList();
        var compounds = buildings.Select(b => b[0]).Distinct().ToList();
        var lots = buildings.ConvertAll(b =>
        {
            var (lon, lat, floors, entrances) = (Number(b[6]), Number(b[7]), Number(b[4]), Number(b[5]));
            return new Lot(b[0] + b[3], new GeoPoint(lat, lon), (int)Math.Round(LivedIn * floors * Math.Max(1, entrances) * (entrances == 0 ? 3 : 2)), Compound: compounds.IndexOf(b[0]), Today: grids.FindIndex(g => Inside(g, lon, lat)));
        });
        return LotGraph.FromStreets(StreetImport.Read(File.OpenRead(Repo.At("data", "demo", "streets.geojson"))).Network, WalkingProfile.Adult, lots);
    }

    private static IEnumerable<string[]> Rows(string file) => File.ReadLines(Repo.At("data", "demo", file)).Skip(1).Select(l => l.Split(','));

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static bool Inside(List<double[]> ring, double x, double y)
    {
        var inside = false;
        for (var (i, j) = (0, ring.Count - 1); i < ring.Count; j = i++)
            if (ring[i][1] > y != ring[j][1] > y && x < ((ring[j][0] - ring[i][0]) * (y - ring[i][1]) / (ring[j][1] - ring[i][1])) + ring[i][0])
                inside = !inside;
        return inside;
    }
}
