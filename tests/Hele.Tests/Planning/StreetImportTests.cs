using System.IO.Compression;
using System.Text;
using Hele.Planning.Reach;
using Hele.Planning.Streets;
using Xunit;

namespace Hele.Tests.Planning;

/// <summary>What is read of maps, and what the report says of the rest.</summary>
public class StreetImportTests
{
    static Stream Bytes(string text) => new MemoryStream(Encoding.UTF8.GetBytes(text));

    static StreetImport Read(string text, StreetImportOptions? options = null, Datum datum = Datum.Wgs84) => StreetImport.Read(Bytes(text), options ?? new() { IslandMetres = 0 }, datum);

    static StreetImport Osm(string ways, StreetImportOptions? options = null) => Read($"""
        <?xml version='1.0' encoding='UTF-8'?>
        <osm version='0.6'>
         <node id='1' lat='34.7500' lon='113.6500'/><node id='2' lat='34.7510' lon='113.6500'/><node id='3' lat='34.7520' lon='113.6500'/>
         <node id='4' lat='34.7510' lon='113.6510'/><node id='5' lat='34.7510' lon='113.6490'/>
         {ways}
        </osm>
        """, options);

    static string Way(string tags, string nodes = "1 2 3", int id = 10) =>
        $"<way id='{id}'>{string.Concat(nodes.Split(' ').Select(n => $"<nd ref='{n}'/>"))}{string.Concat(tags.Split(' ').Select(t => t.Split('=')).Select(t => $"<tag k='{t[0]}' v='{t[1]}'/>"))}</way>";

    static string Lines(params string[] features) => $$"""{"type":"FeatureCollection","features":[{{string.Join(",", features)}}]}""";
    static string Line(string coordinates, string properties = "") => $$$"""{"type":"Feature","properties":{{{{properties}}}},"geometry":{"type":"LineString","coordinates":{{{coordinates}}}}}""";

    [Theory]
    [InlineData("highway=footway", true)]
    [InlineData("highway=steps", true)]
    [InlineData("highway=residential", true)]
    [InlineData("highway=primary", true)]
    [InlineData("highway=primary foot=no", false)]
    [InlineData("highway=residential foot=use_sidepath", false)]
    [InlineData("highway=motorway", false)]
    [InlineData("highway=motorway foot=yes", false)]
    [InlineData("highway=trunk", false)]
    [InlineData("highway=trunk sidewalk=both", true)]
    [InlineData("highway=trunk foot=yes", true)]
    [InlineData("highway=service access=no", false)]
    [InlineData("highway=service access=no foot=yes", true)]
    [InlineData("highway=cycleway", true)]
    [InlineData("highway=cycleway foot=no", false)]
    [InlineData("highway=footway tunnel=yes", true)]
    [InlineData("highway=footway bridge=yes", true)]
    [InlineData("highway=construction", false)]
    [InlineData("railway=rail", false)]
    [InlineData("man_made=pier", true)]
    public void Way_ByItsTags_IsWalkedOrNot(string tags, bool walked)
    {
        var import = Osm(Way(tags));

        Assert.Equal(walked ? 1 : 0, import.Network.EdgeCount);
        Assert.Equal(walked ? 0 : 1, import.Report.Count(ImportFinding.NotWalkable) + import.Report.Count(ImportFinding.Unused));
    }

    [Theory]
    [InlineData("highway=steps", WayFlags.Steps | WayFlags.NoWheels)]
    [InlineData("highway=steps ramp:wheelchair=yes", WayFlags.Steps)]
    [InlineData("highway=footway wheelchair=no", WayFlags.NoWheels)]
    [InlineData("highway=service access=private", WayFlags.Private)]
    [InlineData("highway=service access=private foot=permissive", WayFlags.None)]
    [InlineData("highway=footway bridge=yes", WayFlags.Bridge)]
    [InlineData("highway=footway tunnel=yes", WayFlags.Tunnel)]
    [InlineData("highway=footway footway=crossing", WayFlags.Crossing)]
    [InlineData("highway=footway conveying=yes", WayFlags.Steps | WayFlags.NoWheels)]
    public void Way_ByItsTags_SaysWhoTakesIt(string tags, WayFlags flags) => Assert.Equal(flags, Osm(Way(tags)).Network.FlagsOf(0));

    [Fact]
    public void Crossing_MappedAsAWay_CostsTwentySecondsOnce()
    {
        // The way is cut where the carriageway meets it: each half waits half.
        var network = Osm(Way("highway=footway footway=crossing", "4 2 5") + Way("highway=primary", "1 2 3", 11)).Network;

        Assert.Equal(20_000, Enumerable.Range(0, network.EdgeCount).Sum(network.WaitMilliseconds));
        Assert.Equal(4, network.EdgeCount);
    }

    [Fact]
    public void Crossing_MappedAsANode_CostsWhoCrossesAndNotWhoWalksAlong()
    {
        var text = Way("highway=footway", "4 6 5") + Way("highway=primary", "1 6 3", 11);
        var network = Osm("<node id='6' lat='34.7510' lon='113.6500'><tag k='highway' v='crossing'/></node>" + text).Network;
        var houses = new Building[] { new("4", new(34.7510, 113.6510)), new("1", new(34.7500, 113.6500)) };
        var index = ReachIndex.Build(network, WalkingProfile.Adult, houses);

        var across = index.Path(0, new(34.7510, 113.6490), Drawn.Noon)!;
        var along = index.Path(1, new(34.7520, 113.6500), Drawn.Noon)!;
        Assert.InRange(across.Milliseconds - across.Metres / 1.1 * 1000, 19_990, 20_010);
        Assert.InRange(along.Milliseconds - along.Metres / 1.1 * 1000, -10, 10);
        Assert.Equal(40_000, Osm("<node id='6' lat='34.7510' lon='113.6500'><tag k='highway' v='crossing'/></node>" + text,
            new() { IslandMetres = 0, Rules = new RulesOf(40).Rules }).Network is var slow ? Enumerable.Range(0, slow.EdgeCount).Sum(slow.WaitMilliseconds) : 0);
    }

    sealed record RulesOf(int Seconds)
    {
        public WalkingRules Rules => WalkingRules.Parse("key,value,effect,note\nhighway,footway,path,\nhighway,primary,street,\n", Seconds);
    }

    [Fact]
    public void Rules_ReplacedByACommunity_AreTheOnesThatCount()
    {
        var rules = WalkingRules.Parse("key,value,effect,note\nhighway,motorway,street,a bridge that one walks\n");

        Assert.Equal(1, Osm(Way("highway=motorway"), new() { Rules = rules, IslandMetres = 0 }).Network.EdgeCount);
        Assert.Equal(0, Osm(Way("highway=footway"), new() { Rules = rules, IslandMetres = 0 }).Network.EdgeCount);
        Assert.Contains("Line 2", Assert.Throws<FormatException>(() => WalkingRules.Parse("key,value,effect,note\nhighway,footway,fly\n")).Message);
    }

    [Theory]
    [InlineData("<tag k='barrier' v='gate'/>", true, true)]
    [InlineData("<tag k='barrier' v='gate'/><tag k='opening_hours' v='06:00-22:00'/>", true, false)]
    [InlineData("<tag k='barrier' v='gate'/><tag k='access' v='no'/>", false, false)]
    [InlineData("<tag k='barrier' v='gate'/><tag k='access' v='private'/>", false, false)]
    [InlineData("<tag k='barrier' v='gate'/><tag k='access' v='private'/><tag k='foot' v='yes'/>", true, true)]
    [InlineData("<tag k='barrier' v='bollard'/>", true, true)]
    [InlineData("<tag k='barrier' v='wall'/>", false, false)]
    public void Barrier_OnANode_LetsThroughByItsTagsAndHours(string tags, bool byDay, bool byNight)
    {
        var network = Osm($"<node id='6' lat='34.7510' lon='113.6500'>{tags}</node>" + Way("highway=footway", "1 6 3")).Network;
        var index = ReachIndex.Build(network, WalkingProfile.Adult, [new("house", new(34.7500, 113.6500))]);

        Assert.Equal(byDay, index.Path(0, new(34.7520, 113.6500), Drawn.Noon) != null);
        Assert.Equal(byNight, index.Path(0, new(34.7520, 113.6500), Drawn.Night) != null);
    }

    [Theory]
    [InlineData(PrivateWays.Never, false)]
    [InlineData(PrivateWays.AtTheEnds, true)]
    [InlineData(PrivateWays.Always, true)]
    public void Gate_TaggedPrivate_OpensForThoseWhoLiveBehindIt(PrivateWays ways, bool opens)
    {
        var network = Osm("<node id='6' lat='34.7510' lon='113.6500'><tag k='barrier' v='gate'/><tag k='access' v='private'/></node>" + Way("highway=footway", "1 6 3")).Network;

        Assert.Equal(opens, ReachIndex.Build(network, WalkingProfile.Adult with { Private = ways }, [new("house", new(34.7500, 113.6500))]).Path(0, new(34.7520, 113.6500), Drawn.Noon) is not null);
    }

    [Fact]
    public void Way_WithHours_IsWalkedWithinThem()
    {
        var network = Osm(Way("highway=footway opening_hours=06:00-22:00")).Network;
        var index = ReachIndex.Build(network, WalkingProfile.Adult, [new("house", new(34.7500, 113.6500))]);

        Assert.NotNull(index.Path(0, new(34.7520, 113.6500), Drawn.Noon));
        Assert.Null(index.Path(0, new(34.7520, 113.6500), Drawn.Night));
        Assert.Equal(1, Osm(Way("highway=footway opening_hours=dawn-dusk")).Report.Count(ImportFinding.UnknownHours));
    }

    [Fact]
    public void Buildings_OfAMap_ComeWithTheirEntrances()
    {
        var import = Osm("<node id='7' lat='34.7512' lon='113.6503'><tag k='entrance' v='yes'/></node><node id='8' lat='34.7513' lon='113.6505'/>"
            + Way("building=apartments name=Six", "4 7 8 4") + Way("highway=footway", "1 2 3", 11));

        var building = Assert.Single(import.Buildings);
        Assert.Equal(("way/10", "Six"), (building.Reference, building.Name));
        Assert.Equal(new GeoPoint(34.7512, 113.6503), Assert.Single(building.Entrances));
    }

    [Fact]
    public void BridgeOverAStreet_WithoutACommonNode_IsNoJunction()
    {
        var network = Osm(Way("highway=primary", "1 3") + Way("highway=footway bridge=yes", "4 5", 11)).Network;

        Assert.Equal((4, 2), (network.VertexCount, network.EdgeCount));
    }

    [Fact]
    public void Xml_WithBadRecords_SaysWhichAndKeepsTheRest()
    {
        var import = Osm("<node id='6' lat='NaN' lon='113'/><node id='7' lat='95' lon='113'/><node id='x' lat='34' lon='113'/><node id='8' lat='34.75' lon='1e999'/><node id='3' lat='34.7521' lon='113.6500'/>"
            + Way("highway=footway") + Way("highway=footway", "1 6 99", 11) + Way("highway=footway", "2 2", 12) + Way("highway=footway", "4", 13) + Way("highway=footway", "2 4 99", 14)
            + "<way id='15'><nd ref='x'/><tag k='highway' v='footway'/></way>");
        var report = import.Report;

        Assert.Equal(2, report.WaysTaken);
        Assert.Equal(3, report.Count(ImportFinding.BadPosition));
        Assert.Equal(2, report.Count(ImportFinding.Unreadable));
        Assert.Equal(1, report.Count(ImportFinding.DuplicateNode));
        Assert.Equal(3, report.Count(ImportFinding.MissingNode));
        Assert.Equal(1, report.Count(ImportFinding.ZeroLength));
        Assert.Equal(3, report.Count(ImportFinding.BrokenGeometry));
        Assert.Equal("way 11", report.Examples(ImportFinding.MissingNode)[0].Reference);
        Assert.True(report.Complete);
    }

    [Fact]
    public void Loops_AndStreetsTwice_AreKeptAsTheyAreWalked()
    {
        // A ring that begins and ends at one junction, and the same street drawn twice.
        var network = Osm(Way("highway=footway", "1 2 3 4 1") + Way("highway=footway", "1 5", 11) + Way("highway=footway", "1 5", 12)).Network;
        var index = ReachIndex.Build(network, WalkingProfile.Adult, [new("house", new(34.7520, 113.6500))]);

        Assert.Equal(4, network.EdgeCount);
        Assert.NotNull(index.Path(0, new(34.7510, 113.6490), Drawn.Noon));
    }

    [Fact]
    public void Island_TooSmall_IsLeftOutAndTold()
    {
        var import = Osm(Way("highway=footway", "1 2 3") + "<node id='20' lat='34.7600' lon='113.6600'/><node id='21' lat='34.7604' lon='113.6600'/>" + Way("highway=footway", "20 21", 11),
            new() { IslandMetres = 200 });

        Assert.Equal(1, import.Network.EdgeCount);
        var island = Assert.Single(import.Report.Examples(ImportFinding.Island));
        Assert.Equal(("way 11", "44 m"), (island.Reference, island.Detail));
    }

    [Fact]
    public void GeoJson_OfACommunity_IsReadWithItsOwnWords()
    {
        var import = Read(Lines(
            Line("[[113.65,34.75],[113.65,34.751]]"),
            Line("[[113.65,34.751],[113.65,34.752]]", "\"kind\":\"major_road\",\"kind_detail\":\"secondary\",\"name\":\"Long Street\""),
            Line("[[113.66,34.751],[113.66,34.752]]", "\"kind\":\"rail\",\"kind_detail\":\"subway\""),
            """{"type":"Feature","properties":{"barrier":"gate","opening_hours":"06:00-22:00"},"geometry":{"type":"Point","coordinates":[113.65,34.7505]}}""",
            """{"type":"Feature","properties":{"building":"yes","id":7},"geometry":{"type":"Polygon","coordinates":[[[113.6501,34.7501],[113.6503,34.7501],[113.6503,34.7503],[113.6501,34.7503],[113.6501,34.7501]]]}}""",
            """{"type":"Feature","properties":{"kind":"building","id":7},"geometry":{"type":"Polygon","coordinates":[[[113.6503,34.7501],[113.6505,34.7501],[113.6505,34.7503],[113.6503,34.7503],[113.6503,34.7501]]]}}"""));

        Assert.Equal(3, import.Network.EdgeCount);
        Assert.Contains("Long Street", Enumerable.Range(0, 3).Select(import.Network.Name));
        Assert.Equal(1, import.Report.Count(ImportFinding.NotWalkable));
        var building = Assert.Single(import.Buildings);
        Assert.InRange(Ground.Metres(building.Place, new(34.7502, 113.6503)), 0, 0.1);
        Assert.Contains(Enumerable.Range(0, import.Network.VertexCount), v => import.Network.HoursAt(v) is { Text: "06:00-22:00" });
    }

    [Fact]
    public void GeoJson_OfAShiftedMap_ComesToTheSamePlace()
    {
        GeoPoint a = new(34.75, 113.65), b = new(34.752, 113.65);
        foreach (var datum in Enum.GetValues<Datum>())
        {
            var (x, y) = (Coordinates.FromWgs84(a, datum), Coordinates.FromWgs84(b, datum));
            FormattableString line = $"[[{x.Longitude:R},{x.Latitude:R}],[{y.Longitude:R},{y.Latitude:R}]]";
            var network = Read(Lines(Line(FormattableString.Invariant(line))), datum: datum).Network;
            Assert.InRange(new[] { 0, 1 }.Min(v => Ground.Metres(network.Place(v), a)), 0, 0.05);
            Assert.InRange(new[] { 0, 1 }.Min(v => Ground.Metres(network.Place(v), b)), 0, 0.05);
        }
    }

    [Fact]
    public void GeoJson_WithALooseEnd_JoinsTheStreetBesideIt()
    {
        // The second line ends 0.6 m short of the first one's middle.
        var import = Read(Lines(Line("[[113.65,34.75],[113.65,34.752]]"), Line("[[113.6500065,34.751],[113.652,34.751]]")));

        Assert.Equal((4, 3), (import.Network.VertexCount, import.Network.EdgeCount));
        Assert.Equal(1, import.Report.Count(ImportFinding.JoinedEnd));
    }

    [Fact]
    public void GeoJson_WithBadFeatures_SaysWhichAndKeepsTheRest()
    {
        var import = Read(Lines(
            Line("[[113.65,34.75],[113.65,34.751]]"),
            Line("[[113.65,34.75]]"), Line("[]"), Line("[[113.65,34.75],[113.65,34.75]]"), Line("[[\"a\",34.75],[113.65,null],[113.65,34.753],[113.65,34.754]]"), Line("[[113.65,91],[200,34.75]]"),
            Line("[[113.65,34.75],[114.65,34.75]]"), "null", "7", """{"type":"Feature","geometry":null}""", """{"type":"Feature","properties":{},"geometry":{"type":"Circle","coordinates":[1]}}""",
            """{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[113,34]}}"""));
        var report = import.Report;

        Assert.Equal(2, import.Network.EdgeCount);
        Assert.Equal(4, report.Count(ImportFinding.BadPosition));
        Assert.Equal(2, report.Count(ImportFinding.Unreadable));
        Assert.Equal(1, report.Count(ImportFinding.ZeroLength));
        Assert.Equal(1, report.Count(ImportFinding.Unused));
        Assert.Equal("#2", report.Examples(ImportFinding.BrokenGeometry)[0].Reference);
        Assert.True(report.Complete);
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("{}")]
    [InlineData("{\"type\":\"FeatureCollection\"}")]
    [InlineData("{\"features\":7}")]
    [InlineData("<osm>")]
    [InlineData("<osm><node id='1'")]
    [InlineData("<!DOCTYPE osm [<!ENTITY a 'aaaa'>]><osm>&a;</osm>")]
    public void File_ThatIsNone_IsToldAndGivesAnEmptyNetwork(string text)
    {
        var import = Read(text);

        Assert.Equal(0, import.Network.EdgeCount);
        Assert.NotEmpty(import.Report.Findings);
        Assert.Null(import.Network.Nearest(new(34, 113), WalkingProfile.Adult));
        Assert.Equal([0], ReachIndex.Build(import.Network, WalkingProfile.Adult, [new("house", new(34, 113))]).NotJoined);
    }

    [Fact]
    public void Correction_ThatTouchesNoStreet_IsTold()
    {
        GeoPoint far = new(34.80, 113.70), further = new(34.82, 113.70), away = new(34.84, 113.70);
        var import = Osm(Way("highway=footway"), new()
        {
            Corrections = [new Gate("gate", far, WeekHours.Never), new StreetBarrier("wall", [further, new(34.821, 113.70)]), new Footpath("path", [away, new(34.8405, 113.70)]), new Footpath("dot", [far])],
        });

        Assert.Equal(["gate", "path", "wall"], import.Report.Examples(ImportFinding.LooseCorrection).Select(e => e.Reference).Order());
        Assert.Equal(1, import.Report.Count(ImportFinding.BrokenGeometry));
    }

    [Fact]
    public void Barrier_OverATunnel_StopsOnlyWhoWalksAbove()
    {
        var wall = new StreetBarrier("wall", [new(34.7505, 113.6495), new(34.7505, 113.6505)]);
        StreetImportOptions Drawn1(StreetBarrier b) => new() { IslandMetres = 0, Corrections = [b] };

        Assert.Equal(1, Osm(Way("highway=footway tunnel=yes", "1 2"), Drawn1(wall)).Network.EdgeCount);
        Assert.Equal(2, Osm(Way("highway=footway", "1 2"), Drawn1(wall)).Network.EdgeCount);
        Assert.Equal(2, Osm(Way("highway=footway tunnel=yes", "1 2"), Drawn1(wall with { Everything = true })).Network.EdgeCount);
    }

    /// <summary>A hundred thousand short ways strewn over a square, about as close as anything is in a town: joined, without each end being measured against all others.</summary>
    [Fact]
    public void ManyShortWays_AreJoinedWithoutLookingAtAll()
    {
        var random = new Random(3);
        string Short()
        {
            var (lon, lat) = (113.65 + random.NextDouble() * 0.03, 34.75 + random.NextDouble() * 0.03);
            return Line(FormattableString.Invariant($"[[{lon:F7},{lat:F7}],[{lon + 3e-5:F7},{lat + 2e-5:F7}]]"));
        }
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var import = Read(Lines([.. Enumerable.Range(0, 100_000).Select(_ => Short())]));
        Assert.Equal(0, import.Report.Count(ImportFinding.TooDense));
        Assert.InRange(import.Report.Count(ImportFinding.JoinedEnd), 1_000, 200_000);
        // Some seconds even on a busy machine; by all pairs it would be minutes.
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60), $"It took {watch.Elapsed}.");
    }

    [Fact]
    public void WaysUponOneAnother_AreToldAndLeftUnjoined_AndReadingStopsWhenItIsCancelled()
    {
        var random = new Random(4);
        string Anywhere() => FormattableString.Invariant($"[{113.65 + random.NextDouble() * 3e-4:F7},{34.75 + random.NextDouble() * 3e-4:F7}]");
        var text = Lines([.. Enumerable.Range(0, 20_000).Select(_ => Line($"[{Anywhere()},{Anywhere()}]"))]);
        var import = Read(text);
        Assert.Equal((1, 0), (import.Report.Count(ImportFinding.TooDense), import.Report.Count(ImportFinding.JoinedEnd)));
        // Found when all files are put together, so in none of them.
        Assert.Equal(0, Assert.Single(import.Files).Count(ImportFinding.TooDense));
        Assert.Equal(1, import.Report.Without(import.Files).Count(ImportFinding.TooDense));

        var importer = new StreetImporter();
        importer.Add(Bytes(Lines(Line("[[113.65,34.75],[113.66,34.75]]"))), cancel: TestContext.Current.CancellationToken);
        Assert.Throws<OperationCanceledException>(() => importer.Finish(cancel: new(true)));
    }

    [Fact]
    public void Files_EachHaveTheirOwnReport()
    {
        var importer = new StreetImporter();
        importer.Add(Bytes(Lines(Line("[[113.65,34.75],[113.66,34.75]]"))), cancel: TestContext.Current.CancellationToken);
        importer.Add(Bytes(Lines(Line("[[113.65,34.75],[113.66,34.75]]"), Line("[[113.65,34.75]]"))[..^30]), cancel: TestContext.Current.CancellationToken);
        var import = importer.Finish(cancel: TestContext.Current.CancellationToken);
        Assert.Equal([true, false], import.Files.Select(f => f.Complete));
        Assert.False(import.Report.Complete);
        Assert.Empty(import.Report.Without(import.Files).Findings);
    }

    [Fact]
    public void GzipBomb_IsStoppedEarlyAndTold()
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            gzip.Write("<osm version='0.6'>"u8);
            var blank = new byte[1 << 20];
            Array.Fill(blank, (byte)' ');
            for (var i = 0; i < 600; i++)
                gzip.Write(blank);
        }
        packed.Position = 0;
        var before = GC.GetAllocatedBytesForCurrentThread();

        var import = StreetImport.Read(packed);

        Assert.Equal(1, import.Report.Count(ImportFinding.TooLarge));
        Assert.False(import.Report.Complete);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 50_000_000);
    }

    [Theory]
    [InlineData("<osm><node id='1' lat='1' lon='1' x='", "")]
    [InlineData("{\"features\":[{\"type\":\"Feature\",\"properties\":{\"name\":\"", "")]
    [InlineData("{\"name\":\"", "")]
    public void OneRecordWithoutEnd_IsStoppedAndTold(string start, string end)
    {
        var import = Read(start + new string('a', 5 << 20) + end, new() { Limits = ImportLimits.Default with { BlockBytes = 1 << 20 } });

        Assert.Equal(1, import.Report.Count(ImportFinding.TooLarge));
    }

    [Fact]
    public void PbfBlock_ThatClaimsGigabytes_IsNotReadAtAll()
    {
        using var file = File.OpenRead(RealNetworks.At("helsinki.osm.pbf"));
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        // The size in the first header: field 3 of the block header, behind the type.
        var at = bytes.AsSpan().IndexOf("OSMHeader"u8) + 9;
        Assert.Equal(0x18, bytes[at]);
        byte[] huge = [.. bytes[..(at + 1)], 0xFF, 0xFF, 0xFF, 0xFF, 0x07, .. bytes[(at + 2)..]];
        huge[3] += 4;

        Assert.Equal(1, StreetImport.Read(new MemoryStream(huge)).Report.Count(ImportFinding.TooLarge));
    }

    [Fact]
    public void Nodes_BeyondTheLimit_AreToldAndTheRestStands()
    {
        var import = Osm(Way("highway=footway"), new() { IslandMetres = 0, Limits = ImportLimits.Default with { Nodes = 3 } });

        Assert.Equal(1, import.Report.Count(ImportFinding.TooLarge));
        Assert.False(import.Report.Complete);
    }

    [Fact]
    public void Import_ThatIsCancelled_Stops()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => StreetImport.Read(Bytes(Lines(Line("[[113.65,34.75],[113.65,34.751]]"))), cancel: source.Token));
    }
}
