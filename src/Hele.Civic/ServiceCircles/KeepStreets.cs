using Hele.Civic.Grids;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Hele.Planning.Streets;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.ServiceCircles;

/// <summary>Adds a file of streets. It is read before the act: a map takes seconds, and the writer waits for nobody.</summary>
public sealed class AddStreetMap(Writer writer, JurisdictionDirectory jurisdictions)
{
    /// <summary>Streets further than this from every building are of another place.</summary>
    private const int FarKilometres = 5;

    /// <param name="Part">Takes what could be read of a file that can't be read to its end.</param>
    public sealed record Input(string? Name, string? Source, Datum Datum, byte[]? File, bool Part = false);

    /// <summary>What the act is remembered by: the file itself would be hashed again at every form.</summary>
    private sealed record Told(string Name, string Source, Datum Datum, string Sha256);

    public async Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default)
    {
        if (viewer.PostFor(CircleAccess.Keep) is null)
            return CircleProblems.NotFound;
        var (name, source) = (ChineseText.Line(input.Name), ChineseText.Line(input.Source));
        var problems = new List<Problem>();
        if (name.Length is 0 or > StreetMap.NameLength) problems.Add(CircleProblems.MapNameMissing);
        if (source.Length is 0 or > StreetMap.SourceLength) problems.Add(CircleProblems.SourceMissing);
        if (input.File is not { Length: > 0 } file)
            return Outcome.Refused([.. problems, CircleProblems.FileMissing]);
        var packed = CircleEngine.Pack(file);
        if (packed.Length > StreetMap.MostBytes) problems.Add(CircleProblems.FileTooLarge.With(StreetMap.MostBytes >> 20));
        if (problems.Count > 0)
            return Outcome.Refused(problems);
        var (network, report) = CircleEngine.Read(packed, input.Datum, cancel);
        if (report.Count(ImportFinding.TooDense) > 0)
            return CircleProblems.NoStreets.With(FindingWords.Of(ImportFinding.TooDense));
        if (network.EdgeCount == 0)
        {
            var why = report.Findings.Where(f => f is ImportFinding.Unreadable or ImportFinding.EndsEarly or ImportFinding.TooLarge).DefaultIfEmpty(ImportFinding.NotWalkable).First();
            return CircleProblems.NoStreets.With(FindingWords.Of(why));
        }
        if (!report.Complete && !input.Part)
            return CircleProblems.FilePartly.With(FindingWords.Of(report.Count(ImportFinding.TooLarge) > 0 ? ImportFinding.TooLarge : ImportFinding.EndsEarly), report.WaysTaken);
        var (southWest, northEast) = network.Bounds;
        return await writer.Write(act, "street.add-map", new Told(name, source, input.Datum, Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(packed))), async scope =>
        {
            if ((await jurisdictions.Get(scope.Db, act.JurisdictionId)).Level != JurisdictionLevel.Community)
                return GridProblems.NotACommunity;
            var placed = await scope.Db.Set<Building>().Where(b => b.To == null && b.LonE7 != null && b.LatE7 != null).Select(b => new { Lon = b.LonE7!.Value, Lat = b.LatE7!.Value }).ToListAsync();
            // To the edge of the map, from the building that lies next to it.
            var near = placed.Count == 0 ? 0 : placed.Min(b => Geo.Metres(new(b.Lon, b.Lat), Position.Of(Math.Clamp(b.Lon / Position.Scale, southWest.Longitude, northEast.Longitude), Math.Clamp(b.Lat / Position.Scale, southWest.Latitude, northEast.Latitude))));
            if (near > FarKilometres * 1000)
                return CircleProblems.StreetsElsewhere.With(FarKilometres);
            var map = scope.Add(new StreetMap
            {
                Name = name, Source = source, Datum = input.Datum, Packed = packed, Ways = (int)Math.Min(int.MaxValue, report.WaysTaken), Findings = (int)Math.Min(int.MaxValue, report.Findings.Sum(report.Count)), From = scope.On, LoggedAt = scope.Now,
            }, CircleEvents.MapAdded);
            return Outcome.Ok(map.PublicCode);
        }, cancel);
    }
}

/// <summary>A map isn't used any more: a newer one came. It stays with its days.</summary>
public sealed class EndStreetMap(Writer writer)
{
    public sealed record Input(string Code);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, "street.end-map", input, async scope =>
    {
        if (viewer.PostFor(CircleAccess.Keep) is null || await scope.Db.Set<StreetMap>().SingleOrDefaultAsync(m => m.PublicCode == input.Code) is not { } map)
            return CircleProblems.NotFound;
        if (map.To is not null)
            return CircleProblems.MapEnded;
        map.EndOn(scope.On < map.From ? map.From : scope.On);
        scope.Record(map, CircleEvents.MapEnded);
        return Outcome.Ok(map.PublicCode);
    }, cancel);
}

/// <summary>Draws a gate, a footpath or a barrier over the maps.</summary>
public sealed class DrawCorrection(Writer writer, Database database, CircleEngine engine, JurisdictionDirectory jurisdictions, TimeProvider clock)
{
    /// <param name="Line">As <see cref="StreetLine.Read"/> takes it.</param>
    /// <param name="Hours">When a gate is open; null for one that is never.</param>
    public sealed record Input(CorrectionKind? Kind, string? Name, string? Line, HoursInput? Hours, bool Steps);

    public static List<Problem> Check(Input input)
    {
        var problems = new List<Problem>();
        if (input.Kind is not { } kind || !Enum.IsDefined(kind)) problems.Add(CircleProblems.CorrectionKindMissing);
        if (ChineseText.Line(input.Name).Length is 0 or > StreetCorrection.NameLength) problems.Add(CircleProblems.CorrectionNameMissing);
        if (StreetLine.Read(input.Line) is not { } line) problems.Add(CircleProblems.LineUnreadable);
        else if (line.Count < (input.Kind is CorrectionKind.Footpath or CorrectionKind.Barrier ? 2 : 1)) problems.Add(CircleProblems.LineMissing);
        if (input is { Kind: CorrectionKind.Gate, Hours: { } hours } && hours.Check() is { } odd) problems.Add(odd);
        return problems;
    }

    public async Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default)
    {
        if (viewer.PostFor(CircleAccess.Keep) is null)
            return CircleProblems.NotFound;
        if (Check(input) is { Count: > 0 } problems)
            return Outcome.Refused(problems);
        var line = StreetLine.Read(input.Line)!;
        StreetCorrection Drawn(DateOnly on, DateTimeOffset now) => new()
        {
            Kind = input.Kind!.Value, Name = ChineseText.Line(input.Name), Line = StreetLine.Write(input.Kind == CorrectionKind.Gate ? line.Take(1) : line),
            Hours = input.Kind == CorrectionKind.Gate ? input.Hours?.Text ?? OpeningHours.Never : null, Steps = input is { Kind: CorrectionKind.Footpath, Steps: true }, From = on, LoggedAt = now,
        };
        // What comes of it is tried before the act, on the streets as they are.
        await using (var lease = await database.Read([act.JurisdictionId], cancel))
        {
            var trial = Drawn(default, default);
            var ground = await engine.Ground(lease.Db, await jurisdictions.Get(lease.Db, act.JurisdictionId, cancel), clock.Today(), trial, cancel);
            if (ground.Report.Examples(ImportFinding.LooseCorrection).Any(e => e.Reference == trial.PublicCode) || (!ground.HasStreets && input.Kind != CorrectionKind.Footpath))
                return CircleProblems.TouchesNoStreet;
        }
        return await writer.Write(act, "street.draw-correction", input, scope => Task.FromResult(Outcome.Ok(scope.Add(Drawn(scope.On, scope.Now), CircleEvents.CorrectionDrawn).PublicCode)), cancel);
    }
}

/// <summary>A correction doesn't hold any more: the gate is gone, the fence is down.</summary>
public sealed class EndCorrection(Writer writer)
{
    public sealed record Input(string Code);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, "street.end-correction", input, async scope =>
    {
        if (viewer.PostFor(CircleAccess.Keep) is null || await scope.Db.Set<StreetCorrection>().SingleOrDefaultAsync(c => c.PublicCode == input.Code) is not { } correction)
            return CircleProblems.NotFound;
        if (correction.To is not null)
            return CircleProblems.CorrectionEnded;
        correction.EndOn(scope.On < correction.From ? correction.From : scope.On);
        scope.Record(correction, CircleEvents.CorrectionEnded);
        return Outcome.Ok(correction.PublicCode);
    }, cancel);
}

/// <summary>Why something of a file wasn't taken, in words.</summary>
public static class FindingWords
{
    public static Bilingual Of(ImportFinding finding) => finding switch
    {
        ImportFinding.NotWalkable => ("行人不能走的路", "ways not for walkers"),
        ImportFinding.BadPosition => ("坐标不对的点", "positions that are none"),
        ImportFinding.BrokenGeometry => ("画坏的线", "broken lines"),
        ImportFinding.ZeroLength => ("没有长度的线", "lines without length"),
        ImportFinding.MissingNode => ("缺了节点的路", "ways with missing nodes"),
        ImportFinding.DuplicateNode => ("重复的节点", "nodes that stand twice"),
        ImportFinding.Island => ("和别的路不相连的小段", "small pieces connected with nothing"),
        ImportFinding.UnknownHours => ("看不懂的开放时间（当作一直开放）", "opening hours not understood, taken as always open"),
        ImportFinding.OneWay => ("行人单行的路（当作双向）", "one-way ways for walkers, taken as both ways"),
        ImportFinding.JoinedEnd => ("没画到头、替它接上的路口", "loose ends joined to the street beside"),
        ImportFinding.LooseCorrection => ("没有碰到路的更正", "corrections that touch no street"),
        ImportFinding.Unused => ("用不上的点和面", "places and areas not used"),
        ImportFinding.Unreadable => ("读不懂的内容", "content that can't be read"),
        ImportFinding.EndsEarly => ("文件不完整", "a file that ends in the middle"),
        ImportFinding.TooDense => ("路画得太密，分不清哪条接哪条", "streets so close upon one another that nobody can tell which joins which"),
        _ => ("文件太大", "a file that is too large"),
    };
}
