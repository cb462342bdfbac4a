using System.Collections.Concurrent;
using System.IO.Compression;
using Hele.Civic.Grids;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Rules;
using Hele.Civic.Platform.Storage;
using Hele.Planning.Reach;
using Hele.Planning.Streets;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.ServiceCircles;

/// <summary>What a community's circle is measured by on a day: dated rules, some of them its own.</summary>
/// <param name="AdultSpeed">Centimetres a second, as the others.</param>
public sealed record CircleRules(int LimitMinutes, int AdultSpeed, int OlderSpeed, int ChildSpeed, int WheelchairSpeed, int CrossingSeconds)
{
    public const string Limit = "circle.limit", OlderAge = "circle.age.older", ChildAge = "circle.age.child";

    public static string SpeedRule(WalkerGroup group) => group switch
    {
        WalkerGroup.Older => "circle.speed.older",
        WalkerGroup.Child => "circle.speed.child",
        WalkerGroup.Wheelchair => "circle.speed.wheelchair",
        _ => "circle.speed.adult",
    };

    public int SpeedOf(WalkerGroup group) => group switch { WalkerGroup.Older => OlderSpeed, WalkerGroup.Child => ChildSpeed, WalkerGroup.Wheelchair => WheelchairSpeed, _ => AdultSpeed };

    public static async Task<CircleRules> On(HeleDb db, Jurisdiction here, DateOnly day)
    {
        async Task<int> Of(string rule) => (await RuleBook.InForce(db, here, rule, day)).Amount;
        return new(await Of(Limit), await Of(SpeedRule(WalkerGroup.Adult)), await Of(SpeedRule(WalkerGroup.Older)), await Of(SpeedRule(WalkerGroup.Child)), await Of(SpeedRule(WalkerGroup.Wheelchair)), await Of("circle.crossing.wait"));
    }
}

/// <summary>A community's streets with its buildings hung on them, as they are now.</summary>
/// <param name="Buildings">Those that stand on the map, in the order the engine numbers them.</param>
/// <param name="Maps">What was found in each map in use, by the map's id.</param>
/// <param name="WithoutPlace">How many stand nowhere yet.</param>
public sealed record CircleGround(CircleRules Rules, StreetNetwork Network, ImportReport Report, IReadOnlyDictionary<Guid, ImportReport> Maps, IReadOnlyList<BuildingLine> Buildings, int WithoutPlace, Func<WalkerGroup, ReachIndex> Index)
{
    public bool HasStreets => Network.EdgeCount > 0;
}

/// <summary>
/// Makes the network of a community's maps and corrections, and hangs its buildings on it, once; until something of it changes the same is given again. What is kept is a copy of what the
/// database says: losing it costs time and nothing else.
/// </summary>
public sealed class CircleEngine
{
    /// <summary>Communities whose networks are kept at once; one is some megabytes.</summary>
    private const int Kept = 8;

    /// <summary>Indexes kept of one network: four groups, before and after a change of buildings or rules.</summary>
    private const int IndexesKept = 12;

    /// <summary>The longest straight way from a door to the street, metres.</summary>
    public const double JoinMetres = 120;

    /// <summary>Who comes while a network is being made waits for it without holding a thread.</summary>
    private readonly ConcurrentDictionary<string, Lazy<Task<Made>>> _made = new();

    private sealed class Made(StreetImport import)
    {
        public StreetNetwork Network => import.Network;
        public ImportReport Report => import.Report;
        public IReadOnlyList<ImportReport> Files => import.Files;

        private readonly List<ImportedBuilding> _outlines = [.. import.Buildings.Where(b => b.Entrances.Count > 0)];

        /// <summary>The entrances that a map shows of the building that stands there; null when none does.</summary>
        public IReadOnlyList<GeoPoint>? EntrancesAt(GeoPoint place) => _outlines.Find(b => b.Contains(place))?.Entrances;

        public ConcurrentDictionary<string, Lazy<ReachIndex>> Indexes { get; } = new();
    }

    /// <summary>The ground as it is now, within the reader's or the act's scope.</summary>
    /// <param name="more">A correction that isn't drawn yet: what would come of it.</param>
    public async Task<CircleGround> Ground(HeleDb db, Jurisdiction here, DateOnly today, StreetCorrection? more = null, CancellationToken cancel = default)
    {
        var rules = await CircleRules.On(db, here, today);
        var maps = await db.Set<StreetMap>().Where(m => m.JurisdictionId == here.Id && m.To == null).OrderBy(m => m.Id).Select(m => new { m.Id, m.Datum }).ToListAsync(cancel);
        var corrections = await db.Set<StreetCorrection>().Where(c => c.JurisdictionId == here.Id && c.To == null).OrderBy(c => c.Id).ToListAsync(cancel);
        var key = $"{here.Id}|{string.Join(',', maps.Select(m => m.Id))}|{string.Join(',', corrections.Select(c => c.Id))}|{rules.CrossingSeconds}";
        static bool Stands(Lazy<Task<Made>> made) => !made.Value.IsFaulted;
        Task<Made> making;
        if (more is null && _made.TryGetValue(key, out var known) && Stands(known))
        {
            making = known.Value;
        }
        else
        {
            var packed = new List<(byte[], Datum)>();
            foreach (var map in maps)
                packed.Add((await db.Set<StreetMap>().Where(m => m.JurisdictionId == here.Id && m.Id == map.Id).Select(m => m.Packed).SingleAsync(cancel), map.Datum));
            // Who leaves ends what was made for them alone; what others will ask for too is made to the end.
            Task<Made> Make(CancellationToken until) => Task.Run(() => Read(packed, [.. corrections.Concat(more is null ? [] : [more]).Select(AsDrawn)], rules.CrossingSeconds, until), until);
            if (more is null && _made.Count >= Kept)
                _made.Clear();
            making = more is not null ? Make(cancel) : _made.AddOrUpdate(key, _ => new(() => Make(default)), (_, before) => Stands(before) ? before : new(() => Make(default))).Value;
        }
        var made = await making.WaitAsync(cancel);
        var lines = await GridQueries.Lines(db, db.Set<Grids.Building>().Where(b => b.JurisdictionId == here.Id && b.To == null)).ToListAsync(cancel);
        var placed = lines.Where(b => b.At is not null).OrderBy(b => b.Id).ToList();
        var hash = new HashCode();
        foreach (var b in placed)
            hash.Add((b.Id, b.At, b.Households));
        var stand = $"{placed.Count}|{hash.ToHashCode()}";
        return new(rules, made.Network, made.Report, maps.Zip(made.Files).ToDictionary(m => m.First.Id, m => m.Second), placed, lines.Count - placed.Count, group =>
        {
            var profile = Profile(group, rules);
            if (made.Indexes.Count >= IndexesKept)
                made.Indexes.Clear();
            return made.Indexes.GetOrAdd($"{profile}|{stand}", _ => new(() => ReachIndex.Build(made.Network, profile, [.. placed.Select(b => new Planning.Reach.Building(b.Code, At(b.At!.Value), b.Households, made.EntrancesAt(At(b.At!.Value))))], JoinMetres))).Value;
        });
    }

    /// <summary>Reads one file by itself: what would come of it.</summary>
    public static (StreetNetwork Network, ImportReport Report) Read(byte[] packed, Datum datum, CancellationToken cancel)
    {
        var made = Read([(packed, datum)], [], WalkingRules.Default.CrossingSeconds, cancel);
        return (made.Network, made.Report);
    }

    public static GeoPoint At(Position place) => new(place.Lat, place.Lon);

    /// <summary>The file packed, or as it came when it came packed.</summary>
    public static byte[] Pack(byte[] file)
    {
        // gzip; and a PBF, whose blocks are packed one by one.
        if (file is [0x1f, 0x8b, ..] || file.AsSpan(0, Math.Min(32, file.Length)).IndexOf("OSMHeader"u8) >= 0)
            return file;
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.SmallestSize))
            zip.Write(file);
        return packed.ToArray();
    }

    private static Made Read(IReadOnlyList<(byte[] Packed, Datum Datum)> maps, IReadOnlyList<Correction> corrections, int crossingSeconds, CancellationToken cancel)
    {
        // A community's surroundings, not a country: what is larger ends in the report.
        var importer = new StreetImporter(new()
        {
            Limits = new() { Bytes = 1L << 30, Nodes = 2_000_000, WayPositions = 1_000_000 }, Rules = WalkingRules.Crossing(crossingSeconds), Corrections = corrections,
        });
        foreach (var (packed, datum) in maps)
            importer.Add(new MemoryStream(packed, writable: false), datum, cancel: cancel);
        return new(importer.Finish(cancel: cancel));
    }

    private static WalkingProfile Profile(WalkerGroup group, CircleRules rules) => new(group.ToString().ToLowerInvariant(), rules.SpeedOf(group) * 10, group == WalkerGroup.Wheelchair, PrivateWays.AtTheEnds);

    private static Correction AsDrawn(StreetCorrection c)
    {
        var line = StreetLine.Read(c.Line)!.ConvertAll(At);
        return c.Kind switch
        {
            CorrectionKind.Gate => new Gate(c.PublicCode, line[0], OpeningHours.Of(c.Hours ?? "")),
            CorrectionKind.Footpath => new Footpath(c.PublicCode, line, c.Steps, c.Name),
            _ => new StreetBarrier(c.PublicCode, line),
        };
    }
}

/// <summary>Lines drawn on the map, as text.</summary>
public static class StreetLine
{
    /// <summary>"longitude latitude", positions apart by semicolons, commas or lines; null when it can't be read or lies outside China.</summary>
    public static List<Position>? Read(string? text)
    {
        var numbers = (text ?? "").Split([' ', ',', ';', '\t', '\r', '\n', '，', '；'], StringSplitOptions.RemoveEmptyEntries);
        if (numbers.Length % 2 != 0 || numbers.Length > StreetCorrection.MostCorners * 2)
            return null;
        var places = new List<Position>();
        for (var i = 0; i < numbers.Length; i += 2)
        {
            if (!KeepBuilding.TryPosition($"{numbers[i]} {numbers[i + 1]}", out var at) || at is null)
                return null;
            if (places.Count == 0 || places[^1] != at.Value)
                places.Add(at.Value);
        }
        return places;
    }

    public static string Write(IEnumerable<Position> line) => string.Join("; ", line.Select(p => FormattableString.Invariant($"{p.Lon:F7} {p.Lat:F7}")));
}
