using System.IO.Compression;
using Hele.Planning.Reach;
using Hele.Planning.Streets;
using Xunit;

namespace Hele.Tests.Planning;

/// <summary>The four real networks in tests/Hele.Tests/data/osm (© OpenStreetMap contributors, ODbL 1.0).</summary>
public class RealNetworks
{
    public static string At(string name) => Path.Combine(AppContext.BaseDirectory, "data", "osm", name);

    static StreetImport Import(params string[] names)
    {
        var importer = new StreetImporter();
        foreach (var name in names)
        {
            using var file = File.OpenRead(At(name));
            importer.Add(file);
        }
        return importer.Finish();
    }

    public static TheoryData<string[], int, int, int, int> All => new()
    {
        { ["shanghai-bund-roads.geojson.gz", "shanghai-bund-buildings.geojson.gz"], 2500, 80_000, 1451, 0 },
        { ["moscow-district.osm.gz"], 1000, 60_000, 300, 0 },
        { ["helsinki.osm.pbf"], 2000, 60_000, 300, 0 },
        { ["krems.osm.gz"], 1000, 60_000, 1000, 0 },
    };

    [Theory, MemberData(nameof(All))]
    public void Network_OfARealPlace_IsReadWithAReport(string[] names, int vertices, int metres, int buildings, int entrances)
    {
        var import = Import(names);
        var (network, report) = (import.Network, import.Report);

        Assert.True(report.Complete, string.Join(", ", report.Findings.Select(f => $"{f} {report.Count(f)}: {report.Examples(f)[0]}")));
        Assert.InRange(network.VertexCount, vertices, vertices * 10);
        Assert.InRange(report.Metres, metres, metres * 10);
        Assert.InRange(import.Buildings.Count, buildings, buildings * 10);
        Assert.True(import.Buildings.Sum(b => b.Entrances.Count) >= entrances);
        Assert.NotEqual(0, report.Count(ImportFinding.NotWalkable));
        // Most of what is left hangs together: from the middle of it most buildings are reached.
        var index = ReachIndex.Build(network, WalkingProfile.Adult, [.. import.Buildings.Select(b => new Building(b.Reference, b.Place, 1, b.Entrances))]);
        var some = index.Buildings.Where((_, i) => i % (index.Buildings.Count / 8) == 0).Select(b => b.Place).ToList();
        var matrix = index.Matrix(some, Drawn.Noon);
        var most = Enumerable.Range(0, some.Count).Max(p => matrix.Row(p).ToArray().Count(ms => ms >= 0));
        Assert.InRange(most, index.Buildings.Count * 0.7, index.Buildings.Count);
    }

    [Theory, MemberData(nameof(All))]
    public void Answers_InARealPlace_AreThoseOfTheReference(string[] names, int vertices, int metres, int buildings, int entrances)
    {
        _ = (vertices, metres, buildings, entrances);
        var import = Import(names);
        var index = ReachIndex.Build(import.Network, WalkingProfile.Older, [.. import.Buildings.Take(400).Select(b => new Building(b.Reference, b.Place, 1, b.Entrances))]);
        var points = import.Buildings.Where((_, i) => i % 83 == 0).Take(6).Select(b => b.Place).ToList();
        var plain = new PlainReach(index, Drawn.Noon, points);
        var matrix = index.Matrix(points, Drawn.Noon);
        var coverage = index.Cover([.. points.Select((p, i) => new ServicePoint($"{i}", p, WeekHours.Always))], 600, Drawn.Noon);
        var rows = plain.Points.Select(plain.Row).ToArray();

        for (var p = 0; p < points.Count; p++)
            Assert.Equal(rows[p], matrix.Row(p).ToArray());
        for (var b = 0; b < index.Buildings.Count; b++)
            Assert.Equal(rows.Select(r => r[b]).Where(ms => ms >= 0).DefaultIfEmpty(-1).Min(), coverage.Milliseconds(b) ?? -1);
    }

    [Fact]
    public void Import_TwiceOfOneFile_IsTheSameBitForBit()
    {
        var (a, b) = (Import("krems.osm.gz").Network, Import("krems.osm.gz").Network);

        Assert.Equal(a.EdgeCount, b.EdgeCount);
        for (var e = 0; e < a.EdgeCount; e++)
            Assert.Equal((a.Ends(e), a.LengthMillimetres(e), a.WaitMilliseconds(e), a.FlagsOf(e), a.Name(e)), (b.Ends(e), b.LengthMillimetres(e), b.WaitMilliseconds(e), b.FlagsOf(e), b.Name(e)));
    }

    [Theory]
    [InlineData("helsinki.osm.pbf", 0.5)]
    [InlineData("helsinki.osm.pbf", 0.97)]
    [InlineData("krems.osm.gz", 0.5)]
    [InlineData("krems.osm.gz", 0.9)]
    [InlineData("shanghai-bund-roads.geojson.gz", 0.6)]
    public void HalfAFile_GivesWhatWasReadAndSaysThatItEnds(string name, double part)
    {
        var bytes = File.ReadAllBytes(At(name));

        var import = StreetImport.Read(new MemoryStream(bytes[..(int)(bytes.Length * part)]));

        Assert.Equal(1, import.Report.Count(ImportFinding.EndsEarly));
        Assert.False(import.Report.Complete);
        Assert.True(import.Report.NodesRead + import.Report.WaysRead > 100);
    }

    [Fact]
    public void File_WithBytesTurned_NeverBreaksTheReader()
    {
        var random = new Random(7);
        foreach (var name in new[] { "helsinki.osm.pbf", "krems.osm.gz" })
        {
            var bytes = File.ReadAllBytes(At(name));
            if (name.EndsWith(".gz", StringComparison.Ordinal))
            {
                // Turned under the packing, so that the turned bytes reach the reader.
                using var gzip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
                var all = new MemoryStream();
                gzip.CopyTo(all);
                bytes = all.ToArray();
            }
            for (var round = 0; round < 8; round++)
            {
                var turned = bytes.AsSpan().ToArray();
                for (var i = 0; i < 20; i++)
                    turned[random.Next(turned.Length)] = (byte)random.Next(256);
                // Whatever it makes of it: it comes back with a report.
                Assert.NotNull(StreetImport.Read(new MemoryStream(turned)).Report);
            }
        }
    }
}
