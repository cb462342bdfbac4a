using Hele.Civic.Grids;
using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Figures;
using Hele.Civic.Platform.Storage;
using Hele.Planning.Reach;
using Hele.Planning.Streets;
using Microsoft.EntityFrameworkCore;
using Engine = Hele.Planning.Reach.ServicePoint;

namespace Hele.Civic.ServiceCircles;

/// <summary>What the walking map is asked: whose walk, at which hour of the week, and what if.</summary>
/// <param name="WithHelpers">People who help nearby count too; for those who may know of them.</param>
public sealed record CircleAsk(WalkerGroup Group, WeekMoment At, bool WithHelpers = false)
{
    /// <summary>What if this point (by code) stood at <see cref="MoveTo"/>.</summary>
    public string? Move { get; init; }

    public Position? MoveTo { get; init; }

    /// <summary>What if these points (by code) weren't there; at most <see cref="MostTried"/>.</summary>
    public IReadOnlyList<string> Closes { get; init; } = [];

    /// <summary>What if somebody answered at these points (by code) at whatever hour; at most <see cref="MostTried"/>.</summary>
    public IReadOnlyList<string> Opens { get; init; } = [];

    /// <summary>What if there were more here, where somebody always answers; at most <see cref="MostTried"/>.</summary>
    public IReadOnlyList<Position> Adds { get; init; } = [];

    public const int MostTried = 20;

    public bool IsTrial => (Move is not null && MoveTo is not null) || Closes.Count > 0 || Opens.Count > 0 || Adds.Count > 0;

    /// <summary>The same without any change.</summary>
    public CircleAsk AsItIs => this with { Move = null, MoveTo = null, Closes = [], Opens = [], Adds = [] };
}

/// <summary>A service point in an answer.</summary>
/// <param name="Code">Null for one that is only tried.</param>
/// <param name="Name">Of one that is only tried its number among several, or nothing.</param>
/// <param name="Standing">Whether it counts at the hour asked about, and if not, why.</param>
/// <param name="Buildings">Buildings within the limit whose nearest point it is.</param>
/// <param name="Lost">Households that would be beyond the limit without it.</param>
/// <param name="Opened">It is tried as if somebody always answered at it.</param>
public sealed record CirclePoint(string? Code, Bilingual Kind, string Name, string? Phone, string Hours, Position At, PointStanding Standing, int Buildings, long Households, long Lost, bool Moved, bool Closed, bool Opened)
{
    /// <summary>Somebody answers at the hour asked about, and a street passes near it.</summary>
    public bool Answers => Standing == PointStanding.Answers;
}

/// <summary>Why a service point counts or doesn't.</summary>
public enum PointStanding
{
    Answers,

    /// <summary>Nobody answers there at that hour.</summary>
    Shut,

    /// <summary>No street passes near it: whoever answers there, no walk leads to them.</summary>
    NoStreet,
}

/// <summary>A building in an answer.</summary>
/// <param name="Seconds">To the nearest point that answers; null where no way leads to one.</param>
/// <param name="Point">That point's name; null where it is somebody who helps, or there is none.</param>
/// <param name="ByHelper">The nearest is somebody who helps.</param>
/// <param name="Change">What the change tried does: 1 gained, -1 lost.</param>
public sealed record CircleBuilding(Guid Id, string Code, string Address, string? GridCode, string? Grid, int Households, Position At, Standing Standing, int? Seconds, string? Point, string? PointCode, bool ByHelper, int Change);

/// <summary>Somebody who helps nearby, for those who may know of them.</summary>
public sealed record HelperSpot(string Code, string Name, string PersonCode, string Address, string Hours, DateOnly AgreedOn, DateOnly From, Position? At, bool Answers);

/// <summary>A place where one more point would help.</summary>
/// <param name="Near">The building it is beside.</param>
public sealed record CircleProposal(Position At, string Near, int Buildings, long Households);

/// <summary>How many are within the limit, of how many.</summary>
public sealed record CircleTotals(int Covered, int Buildings, long CoveredHouseholds, long Households);

/// <summary>The answer of the walking map, with all that its numbers mean nothing without.</summary>
/// <param name="Before">Without the change that is tried; null where none is.</param>
/// <param name="WithoutPlace">Buildings that stand nowhere on the map and are in no count.</param>
/// <param name="Sources">Whose maps the streets are.</param>
public sealed record CircleAnswer(CircleAsk Ask, CircleRules Rules, IReadOnlyList<CirclePoint> Points, IReadOnlyList<CircleBuilding> Buildings, IReadOnlyList<HelperSpot> Helpers, CircleTotals Now, CircleTotals? Before, Zone Zone,
    int WithoutPlace, bool HasStreets, IReadOnlyList<string> Sources)
{
    public int Speed => Rules.SpeedOf(Ask.Group);
}

/// <summary>A walk to a point.</summary>
/// <param name="Path">From the building's door; null where it wasn't asked for.</param>
/// <param name="Opens">When somebody answers there next; null where somebody answers at the hour asked about.</param>
public sealed record NearbyPoint(string Code, Bilingual Kind, string Name, string? Phone, string Hours, Position At, int Seconds, int Metres, bool Within, WalkPath? Path, WeekMoment? Opens = null);

/// <summary>What is near one building.</summary>
/// <param name="Next">Where nobody answers at that hour: of the points that open next the nearest, with the walk to it at its opening.</param>
/// <param name="HelpsNearby">Somebody in its grid agreed to help neighbours: no more is said of it.</param>
public sealed record NearbyAnswer(BuildingLine Building, CircleAsk Ask, CircleRules Rules, IReadOnlyList<NearbyPoint> Points, NearbyPoint? Next, bool HelpsNearby, string? Grid, string? DutyPhone)
{
    /// <summary>The point that is shown with its walk; null where no way leads to any.</summary>
    public NearbyPoint? First => Points.Count > 0 ? Points[0] : Next;
}

/// <summary>A map in a list.</summary>
public sealed record StreetMapLine(Guid Id, string Code, string Name, string Source, Datum Datum, int Bytes, int Ways, int Findings, DateOnly From, DateOnly? To);

/// <summary>The streets of a community, for the page of those who keep them.</summary>
public sealed record StreetsView(IReadOnlyList<StreetMapLine> Maps, IReadOnlyList<StreetCorrection> Corrections, CircleGround Ground);

/// <summary>The walking circle, read.</summary>
public sealed class CircleQueries(ReadSession read, CircleEngine engine, TimeProvider clock)
{
    /// <summary>Where nobody asks for another hour: a working morning.</summary>
    public static readonly WeekMoment UsualHour = new(3, 10);

    private const int MostProposals = 3;

    public async Task<CircleAnswer> Ask(Viewer? viewer, Jurisdiction here, CircleAsk ask, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        var tries = viewer?.PostFor(CircleAccess.Try) is not null;
        if (!tries)
            ask = ask.AsItIs;
        // Who may know of nobody who helps is told of an answer without them, and not that they count.
        if (!tries || viewer?.PostFor(GridAccess.SeeHouseholds) is null)
            ask = ask with { WithHelpers = false };
        var ground = await engine.Ground(db, here, clock.Today(), null, cancel);
        var points = await Points(db, cancel);
        // A point that isn't there, or is closed since, can't be tried.
        var moved = ask.MoveTo is null ? -1 : points.FindIndex(p => p.PublicCode == ask.Move);
        ask = ask with { Move = moved < 0 ? null : ask.Move, MoveTo = moved < 0 ? null : ask.MoveTo, Closes = There(ask.Closes), Opens = There(ask.Opens) };
        IReadOnlyList<string> There(IReadOnlyList<string> codes) => [.. codes.Where(c => points.Exists(p => p.PublicCode == c))];
        var helpers = ask.WithHelpers ? await Helpers(viewer, ask.At, cancel) : [];
        var index = ground.Index(ask.Group);
        var (limit, at) = (ground.Rules.LimitMinutes * 60, ask.At);
        var now = points.ConvertAll(p => new Engine(p.PublicCode, CircleEngine.At(p.At), OpeningHours.Of(p.Hours)));
        var spots = helpers.Where(h => h.At is not null).ToList();
        var people = spots.ConvertAll(h => new Engine(h.Code, CircleEngine.At(h.At!.Value), OpeningHours.Of(h.Hours)));
        // Who is covered now; then, point by point, what is tried.
        var standing = index.Stand([.. now, .. people], limit, at, cancel);
        var before = ask.IsTrial ? (Covered: Enumerable.Range(0, ground.Buildings.Count).Select(standing.IsCovered).ToArray(), Totals: Totals(standing, ground)) : default;
        if (moved >= 0)
            standing.Move(moved, CircleEngine.At(ask.MoveTo!.Value));
        foreach (var code in ask.Opens)
            standing.Retime(now.FindIndex(p => p.Id == code), WeekHours.Always);
        foreach (var code in ask.Closes)
            standing.Close(now.FindIndex(p => p.Id == code));
        foreach (var add in ask.Adds)
            standing.Add(new("", CircleEngine.At(add), WeekHours.Always));
        // Registered and tried ones first, then the people; how far the next is beyond the limit, too.
        List<Engine> tried = [.. standing.Points.Take(now.Count), .. standing.Points.Skip(now.Count + people.Count)];
        int Stood(int point) => point < now.Count ? point : point + people.Count;
        var coverage = index.Cover([.. tried, .. people], limit, at, cancel: cancel);

        var (counts, households) = (new int[tried.Count], new long[tried.Count]);
        var lines = new List<CircleBuilding>(ground.Buildings.Count);
        for (var b = 0; b < ground.Buildings.Count; b++)
        {
            var line = ground.Buildings[b];
            var nearest = coverage.Point(b);
            var own = nearest < tried.Count ? nearest : null;
            if (coverage.IsCovered(b) && own is { } point)
            {
                counts[point]++;
                households[point] += line.Households;
            }
            var change = before.Covered is null || before.Covered[b] == coverage.IsCovered(b) ? 0 : before.Covered[b] ? -1 : 1;
            lines.Add(new(line.Id, line.Code, line.Address, line.GridCode, line.Grid, line.Households, line.At!.Value, coverage.Of(b), coverage.Seconds(b), own is { } p ? p < points.Count ? points[p].Name : null : null,
                own is { } q && q < points.Count ? points[q].PublicCode : null, nearest >= tried.Count, change));
        }
        var shown = tried.Select((p, i) =>
        {
            var answers = coverage.Counts(i);
            var state = answers ? PointStanding.Answers : index.Join(p.Place) is null ? PointStanding.NoStreet : PointStanding.Shut;
            var lost = tries ? standing.OnlyBy(Stood(i)).Sum(b => (long)ground.Buildings[b].Households) : 0;
            return i < points.Count
                ? new CirclePoint(points[i].PublicCode, ServicePointKinds.Find(points[i].Kind)?.Title ?? (points[i].Kind, points[i].Kind), points[i].Name, points[i].Phone, points[i].Hours, i == moved ? ask.MoveTo!.Value : points[i].At, state, counts[i], households[i], lost, i == moved, p.Closed, ask.Opens.Contains(p.Id))
                : new CirclePoint(null, ("试加的点", "Point that is tried"), ask.Adds.Count > 1 ? $"{i - points.Count + 1}" : "", null, OpeningHours.Always, ask.Adds[i - points.Count], state, counts[i], households[i], lost, true, false, false);
        }).ToList();
        var zone = ground.HasStreets ? index.ZoneOf(tried, limit, at, cancel: cancel) : new Zone([], 30);
        var sources = await db.Set<StreetMap>().Where(m => m.To == null).OrderBy(m => m.Id).Select(m => m.Source).ToListAsync(cancel);
        return new(ask, ground.Rules, shown, lines, helpers, Totals(standing, ground), before.Totals, zone, ground.WithoutPlace, ground.HasStreets, [.. sources.Distinct()]);
    }

    private static CircleTotals Totals(StandingCoverage standing, CircleGround ground) => new(standing.CoveredBuildings, ground.Buildings.Count, standing.CoveredHouseholds, ground.Buildings.Sum(b => (long)b.Households));

    /// <summary>
    /// Where one more point would bring most households within the limit: beside each building it is tried, and the best are told; the second and third as if the ones before stood there already.
    /// </summary>
    public async Task<IReadOnlyList<CircleProposal>> Proposals(Viewer viewer, Jurisdiction here, CircleAnswer answer, CancellationToken cancel = default)
    {
        if (viewer.PostFor(CircleAccess.Try) is null || !answer.HasStreets)
            return [];
        var ground = await engine.Ground(await read.Db(cancel), here, clock.Today(), null, cancel);
        var index = ground.Index(answer.Ask.Group);
        var search = index.SearchAt(answer.Ask.At);
        var open = answer.Buildings.Select(b => b.Standing != Standing.Covered).ToArray();
        var reached = ground.Buildings.Select(b =>
        {
            cancel.ThrowIfCancellationRequested();
            return index.Join(CircleEngine.At(b.At!.Value)) is { } joint ? search.Within(joint, ground.Rules.LimitMinutes * 60, cancel).ToArray().Select(r => r.Building).ToArray() : [];
        }).ToArray();
        var found = new List<CircleProposal>();
        while (found.Count < MostProposals)
        {
            var (best, most, buildings) = (-1, 0L, 0);
            for (var i = 0; i < reached.Length; i++)
            {
                var (households, count) = (0L, 0);
                foreach (var b in reached[i])
                {
                    if (!open[b])
                        continue;
                    households += ground.Buildings[b].Households;
                    count++;
                }
                // Of equals the one that reaches more buildings, then the first.
                if (households > most || (households == most && households > 0 && count > buildings))
                    (best, most, buildings) = (i, households, count);
            }
            if (best < 0)
                break;
            found.Add(new(ground.Buildings[best].At!.Value, ground.Buildings[best].Address, buildings, most));
            foreach (var b in reached[best])
                open[b] = false;
        }
        return found;
    }

    /// <summary>The service points near one building, the nearest first, with the walk to the first of them.</summary>
    public async Task<NearbyAnswer?> Near(Jurisdiction here, string building, CircleAsk ask, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        var ground = await engine.Ground(db, here, clock.Today(), null, cancel);
        var number = ground.Buildings.ToList().FindIndex(b => b.Code == building);
        if (number < 0)
            return null;
        var line = ground.Buildings[number];
        var index = ground.Index(ask.Group);
        NearbyPoint? Walk(ServicePoint point, WeekMoment at) => index.Path(number, CircleEngine.At(point.At), at, cancel) is not { } path ? null
            : new(point.PublicCode, ServicePointKinds.Find(point.Kind)?.Title ?? (point.Kind, point.Kind), point.Name, point.Phone, point.Hours, point.At, path.Seconds, (int)Math.Round(path.Metres), path.Milliseconds <= ground.Rules.LimitMinutes * 60_000, path, at == ask.At ? null : at);
        NearbyPoint[] Nearest(IEnumerable<ServicePoint> those, WeekMoment at) => [.. those.Select(p => Walk(p, at)).OfType<NearbyPoint>().OrderBy(p => p.Seconds).ThenBy(p => p.Name, StringComparer.Ordinal)];
        // By how long one waits until somebody answers; those where nobody ever does are none.
        var waits = (await Points(db, cancel)).GroupBy(p => OpeningHours.Of(p.Hours).MinutesUntilOpen(ask.At)).Where(g => g.Key is not null).OrderBy(g => g.Key).ToList();
        var found = waits.Where(g => g.Key == 0).SelectMany(g => Nearest(g, ask.At)).ToList();
        var next = found.Count > 0 ? null : waits.Where(g => g.Key > 0).Select(g => Nearest(g, ask.At.After(g.Key!.Value)).FirstOrDefault()).FirstOrDefault(p => p is not null);
        var grid = line.GridCode is { } code ? await db.Set<Grid>().Where(g => g.PublicCode == code).Select(g => new { g.Id, g.Name, g.DutyPhone }).SingleAsync(cancel) : null;
        // Of the whole grid, at any hour: where nearer and when would draw a circle around somebody's home.
        var helps = grid is not null && await db.Set<NearbyHelper>().AnyAsync(h => h.To == null
            && db.Set<HouseholdMember>().Any(m => m.PersonId == h.PersonId && m.To == null && db.Set<Household>().Any(x => x.Id == m.HouseholdId && db.Set<GridBuilding>().Any(g => g.GridId == grid.Id && g.BuildingId == x.BuildingId && g.To == null))), cancel);
        return new(line, ask, ground.Rules, [.. found.Select((p, i) => i == 0 ? p : p with { Path = null })], next, helps, grid?.Name, grid?.DutyPhone);
    }

    /// <summary>The code of the building this viewer lives in; null where the register doesn't know, or it stands nowhere on the map.</summary>
    public async Task<string?> OwnBuilding(Viewer viewer, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        return await HouseholdQueries.OwnOf(db, viewer.PersonId) is { } own ? await db.Set<Grids.Building>().Where(b => b.Id == own.BuildingId && b.To == null && b.LonE7 != null).Select(b => b.PublicCode).SingleOrDefaultAsync(cancel) : null;
    }

    /// <summary>The households beyond the limit that this viewer may see.</summary>
    public async Task<IReadOnlyList<UncoveredHousehold>> Uncovered(Viewer viewer, CircleAnswer answer, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        var beyond = answer.Buildings.Where(b => b.Standing != Standing.Covered).ToDictionary(b => b.Id);
        var ids = beyond.Keys.ToList();
        var older = CircleFigures.OlderBornBefore(clock.Today());
        var rows = await GridAccess.Visible(db, viewer, db.Set<Household>()).Where(h => h.To == null && ids.Contains(h.BuildingId)).Select(h => new
        {
            h.PublicCode, h.BuildingId, h.Room, Entrance = db.Set<Entrance>().Where(e => e.Id == h.EntranceId).Select(e => e.Name).FirstOrDefault(),
            Members = db.Set<HouseholdMember>().Count(m => m.HouseholdId == h.Id && m.To == null),
            Older = db.Set<HouseholdMember>().Count(m => m.HouseholdId == h.Id && m.To == null && db.Set<Person>().Any(p => p.Id == m.PersonId && p.BornMasked != null && string.Compare(p.BornMasked, older) < 0)),
        }).ToListAsync(cancel);
        return [.. rows.Select(r => new UncoveredHousehold(r.PublicCode, beyond[r.BuildingId], beyond[r.BuildingId].Address + r.Entrance + r.Room, HouseholdQueries.DoorNumber(r.Entrance), r.Room, r.Members, r.Older))
            .OrderBy(h => h.Building.Grid is null).ThenBy(h => h.Building.Grid, StringComparer.Ordinal).ThenBy(h => h.Building.Address, StringComparer.Ordinal).ThenBy(h => h.Door).ThenBy(h => HouseholdQueries.DoorNumber(h.Room)).ThenBy(h => h.Room, StringComparer.Ordinal)];
    }

    public async Task<ServicePoint?> Point(string code, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        return await db.Set<ServicePoint>().SingleOrDefaultAsync(p => p.PublicCode == code, cancel);
    }

    /// <summary>The points that are there, by name; or those that were.</summary>
    public async Task<IReadOnlyList<ServicePoint>> AllPoints(bool closed = false, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        return closed ? await db.Set<ServicePoint>().Where(p => p.To != null).OrderByDescending(p => p.To).ThenBy(p => p.Name).ToListAsync(cancel) : await Points(db, cancel);
    }

    /// <summary>The people who help nearby, as far as this viewer may know of them.</summary>
    public async Task<IReadOnlyList<HelperSpot>> Helpers(Viewer? viewer, WeekMoment at, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        var rows = await (from h in CircleAccess.Visible(db, viewer)
                          where h.To == null
                          join p in db.Set<Person>() on h.PersonId equals p.Id
                          join m in db.Set<HouseholdMember>() on h.PersonId equals m.PersonId
                          where m.To == null
                          join x in db.Set<Household>() on m.HouseholdId equals x.Id
                          join b in db.Set<Grids.Building>() on x.BuildingId equals b.Id
                          join c in db.Set<Compound>() on b.CompoundId equals c.Id
                          orderby p.Name, h.Id
                          select new { h.PublicCode, p.Name, Person = p.PublicCode, Address = c.Name + b.Name, Hours = h.Hours!, h.AgreedOn, h.From, b.LonE7, b.LatE7 }).ToListAsync(cancel);
        return [.. rows.Select(r => new HelperSpot(r.PublicCode, r.Name, r.Person, r.Address, r.Hours, r.AgreedOn, r.From, (r.LonE7, r.LatE7) is ({ } lon, { } lat) ? new Position(lon, lat) : null, OpeningHours.Of(r.Hours).IsOpen(at)))];
    }

    public async Task<StreetsView> Streets(Jurisdiction here, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        var maps = await db.Set<StreetMap>().OrderByDescending(m => m.LoggedAt).Select(m => new StreetMapLine(m.Id, m.PublicCode, m.Name, m.Source, m.Datum, m.Packed.Length, m.Ways, m.Findings, m.From, m.To)).ToListAsync(cancel);
        var corrections = await db.Set<StreetCorrection>().OrderByDescending(c => c.LoggedAt).ToListAsync(cancel);
        return new(maps, corrections, await engine.Ground(db, here, clock.Today(), null, cancel));
    }

    /// <summary>The readings, the newest first.</summary>
    public async Task<IReadOnlyList<CircleReading>> Readings(int most = 50, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        return await db.Set<CircleReading>().OrderByDescending(r => r.On).ThenByDescending(r => r.Number).Take(most).ToListAsync(cancel);
    }

    /// <summary>How many households each reading found within the walk, of those registered on its day, by its code: all of them for the staff, to the nearest ten for everybody else.</summary>
    public async Task<IReadOnlyDictionary<string, CircleCounts>> Counts(Viewer? viewer, IReadOnlyList<CircleReading> readings, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        var ids = readings.Select(r => r.Id).ToList();
        var standing = from h in db.Set<Household>()
                       from r in db.Set<CircleReading>()
                       where ids.Contains(r.Id) && h.From <= r.On && (h.To == null || h.To > r.On)
                       select new { Reading = r.Id, h.BuildingId };
        var within = (await (from h in standing
                             join l in db.Set<CircleLine>() on new { ReadingId = h.Reading, h.BuildingId } equals new { l.ReadingId, l.BuildingId }
                             group l by h.Reading into all
                             select new { all.Key, Adult = all.LongCount(l => l.Adult), Older = all.LongCount(l => l.Older), Child = all.LongCount(l => l.Child), Wheelchair = all.LongCount(l => l.Wheelchair) }).ToListAsync(cancel)).ToDictionary(w => w.Key);
        var totals = (await standing.GroupBy(h => h.Reading).Select(h => new { h.Key, Households = h.LongCount() }).ToListAsync(cancel)).ToDictionary(t => t.Key, t => t.Households);
        var exact = viewer?.PostFor(CircleAccess.Try) is not null;
        return readings.ToDictionary(r => r.PublicCode, r =>
        {
            var (found, total) = (within.GetValueOrDefault(r.Id), totals.GetValueOrDefault(r.Id));
            CircleCount Of(WalkerGroup group, int speed, long covered) => exact ? new(group, speed, covered, total - covered) : new(group, speed, SmallCells.Tens(covered), SmallCells.Tens(total - covered));
            return new CircleCounts(exact, [Of(WalkerGroup.Adult, r.AdultSpeed, found?.Adult ?? 0), Of(WalkerGroup.Older, r.OlderSpeed, found?.Older ?? 0), Of(WalkerGroup.Child, r.ChildSpeed, found?.Child ?? 0), Of(WalkerGroup.Wheelchair, r.WheelchairSpeed, found?.Wheelchair ?? 0)]);
        });
    }

    private static Task<List<ServicePoint>> Points(HeleDb db, CancellationToken cancel) => db.Set<ServicePoint>().Where(p => p.To == null).OrderBy(p => p.LoggedAt).ThenBy(p => p.PublicCode).ToListAsync(cancel);
}

/// <summary>A household beyond the limit.</summary>
/// <param name="Older">Members of sixty and over.</param>
public sealed record UncoveredHousehold(string Code, CircleBuilding Building, string Address, int Door, string Room, int Members, int Older);

/// <summary>Households within and beyond the walk of one group; null where it is a few, below ten, that isn't told everybody.</summary>
/// <param name="Speed">Centimetres a second.</param>
public sealed record CircleCount(WalkerGroup Group, int Speed, long? Within, long? Beyond);

/// <param name="Exact">False: to the nearest ten.</param>
public sealed record CircleCounts(bool Exact, IReadOnlyList<CircleCount> Groups);
