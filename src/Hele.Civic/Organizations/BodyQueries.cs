using Hele.Civic.Grids;
using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Rules;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Organizations;

/// <summary>Somebody in a seat, as whoever may see it reads it.</summary>
/// <param name="PersonCode">Their entry in the register; null for readers who don't keep it.</param>
/// <param name="Posts">The posts (authority in this program) that they hold besides, for those who work here.</param>
public sealed record SeatLine(string Code, SeatKind Kind, Bilingual Title, string Name, string? PersonCode, SeatWay How, int? Households, string? Building, DateOnly From, DateOnly? To, SeatEnd? Ended, IReadOnlyList<string> Posts);

/// <summary>What is empty in a body.</summary>
public sealed record Vacancy(Bilingual Title, int Count);

/// <summary>A grid or a building a body is for.</summary>
public sealed record PlaceLine(string Code, string Name, bool IsGrid, DateOnly From, DateOnly? To);

public sealed record TermLine(int Number, DateOnly From, DateOnly? Until, DateOnly? To, int? Size, int? Members);

/// <summary>A body in a list.</summary>
/// <param name="Head">Who leads it, where the reader may know.</param>
/// <param name="Sitting">How many seats are taken.</param>
/// <param name="EndsSoon">Its term ends within the reminder's time, or is over.</param>
public sealed record BodyLine(Guid Id, string Code, BodyKind Kind, string Name, string? ParentCode, string? Speciality, string? DutyPhone, string? Head, int Sitting, IReadOnlyList<Vacancy> Vacancies, DateOnly? Until, bool EndsSoon,
    IReadOnlyList<PlaceLine> Places)
{
    public int Empty => Vacancies.Sum(v => v.Count);
}

/// <summary>A body's page.</summary>
/// <param name="SeesAll">The reader sees every seat and the past ones; else those that are public, today.</param>
public sealed record BodyView(BodyLine Line, DateOnly From, DateOnly? To, string? Parent, IReadOnlyList<BodyLine> Below, IReadOnlyList<SeatLine> Seats, IReadOnlyList<SeatLine> Past, IReadOnlyList<TermLine> Terms,
    IReadOnlyList<PlaceLine> PlacesEver, bool SeesAll, int? HouseholdsLeast, int? HouseholdsMost);

/// <summary>Bodies and seats, read within the viewer's rights.</summary>
public sealed class BodyQueries(ReadSession read, JurisdictionDirectory jurisdictions, TimeProvider clock)
{
    /// <summary>Every body that exists, in the order of their kinds.</summary>
    public async Task<IReadOnlyList<BodyLine>> List(Viewer? viewer, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        return await Lines(db, viewer, db.Set<Body>().Where(b => b.To == null), cancel);
    }

    public async Task<BodyView?> Find(Viewer? viewer, string code, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        if (await db.Set<Body>().SingleOrDefaultAsync(b => b.PublicCode == code, cancel) is not { } body)
            return null;
        var today = clock.Today();
        var line = (await Lines(db, viewer, db.Set<Body>().Where(b => b.Id == body.Id), cancel))[0];
        var below = await Lines(db, viewer, db.Set<Body>().Where(b => b.ParentId == body.Id && b.To == null), cancel);
        var parent = body.ParentId is { } above ? await db.Set<Body>().Where(b => b.Id == above).Select(b => b.Name).SingleAsync(cancel) : null;
        var all = viewer?.PostFor(OrganizationAccess.SeeSeats) is not null;
        var seats = await Seats(db, viewer, OrganizationAccess.Visible(viewer, db.Set<Seat>().Where(s => s.BodyId == body.Id), today), cancel);
        var terms = await db.Set<BodyTerm>().Where(t => t.BodyId == body.Id).OrderByDescending(t => t.Number).Select(t => new TermLine(t.Number, t.From, t.Until, t.To, t.Size, all ? t.Members : null)).ToListAsync(cancel);
        var (least, most) = body.Kind == BodyKind.ResidentGroup ? (await Limit(db, "body.representative.least", viewer, today, cancel), await Limit(db, "body.representative.most", viewer, today, cancel)) : (null, null);
        return new BodyView(line, body.From, body.To, parent, below, [.. seats.Where(s => s.To is null || s.To >= today)], [.. seats.Where(s => s.To < today).OrderByDescending(s => s.To)], terms,
            [.. (await Places(db, [body.Id], ever: true, cancel))[body.Id]], all, least, most);
    }

    /// <summary>Every seat in one body, for a form.</summary>
    private async Task<IReadOnlyList<SeatLine>> Seats(HeleDb db, Viewer? viewer, IQueryable<Seat> seats, CancellationToken cancel)
    {
        var today = clock.Today();
        var (staff, keeps) = (viewer?.PostFor(OrganizationAccess.SeeSeats) is not null, PeopleAccess.KeepsAll(viewer, PeopleAccess.See));
        var rows = await (from s in seats
                          join p in db.Set<Person>() on s.PersonId equals p.Id
                          select new
                          {
                              Seat = s, p.Name, p.PublicCode,
                              Building = s.BuildingId == null ? null : db.Set<Building>().Where(b => b.Id == s.BuildingId).Select(b => db.Set<Compound>().Where(c => c.Id == b.CompoundId).Select(c => c.Name).First() + b.Name).First(),
                          }).ToListAsync(cancel);
        var people = rows.Select(r => r.Seat.PersonId).Distinct().ToList();
        var posts = staff ? (await db.Set<Post>().Where(Post.ActiveOn(today)).Where(p => people.Contains(p.PersonId)).Select(p => new { p.PersonId, p.Title }).ToListAsync(cancel)).ToLookup(p => p.PersonId, p => p.Title) : null;
        return [.. rows.OrderBy(r => r.Seat.Kind).ThenBy(r => r.Seat.From).ThenBy(r => r.Name, ChineseText.ByPinyin).Select(r => new SeatLine(r.Seat.PublicCode, r.Seat.Kind, r.Seat.Kind.Title(r.Seat.Of), r.Name, keeps ? r.PublicCode : null,
            r.Seat.How, r.Seat.Households, r.Building, r.Seat.From, r.Seat.To, r.Seat.Ended, posts is null ? [] : [.. posts[r.Seat.PersonId]]))];
    }

    private async Task<IReadOnlyList<BodyLine>> Lines(HeleDb db, Viewer? viewer, IQueryable<Body> bodies, CancellationToken cancel)
    {
        var today = clock.Today();
        var rows = await bodies.Select(b => new
        {
            Body = b, Parent = db.Set<Body>().Where(p => p.Id == b.ParentId).Select(p => p.PublicCode).FirstOrDefault(),
            Term = db.Set<BodyTerm>().Where(t => t.BodyId == b.Id).OrderByDescending(t => t.Number).First(),
        }).ToListAsync(cancel);
        var ids = rows.Select(r => r.Body.Id).ToList();
        var sitting = (await Sat.On(db, today).Where(s => ids.Contains(s.BodyId)).Select(s => new { s.BodyId, s.Kind }).ToListAsync(cancel)).ToLookup(s => s.BodyId, s => s.Kind);
        var heads = (await (from s in OrganizationAccess.Visible(viewer, Sat.On(db, today).Where(s => s.Kind == SeatKind.Head && ids.Contains(s.BodyId)), today) join p in db.Set<Person>() on s.PersonId equals p.Id select new { s.BodyId, p.Name }).ToListAsync(cancel))
            .ToDictionary(h => h.BodyId, h => h.Name);
        var places = await Places(db, ids, ever: false, cancel);
        var notice = await Limit(db, "body.term.notice", viewer, today, cancel) ?? 0;
        return [.. rows.OrderBy(r => r.Body.Kind).ThenBy(r => r.Body.From).ThenBy(r => r.Body.LoggedAt).ThenBy(r => r.Body.Name, StringComparer.Ordinal)
            .Select(r => new BodyLine(r.Body.Id, r.Body.PublicCode, r.Body.Kind, r.Body.Name, r.Parent, r.Body.Speciality, r.Body.DutyPhone, heads.GetValueOrDefault(r.Body.Id), sitting[r.Body.Id].Count(),
                r.Body.To is null ? Vacancies(BodyKinds.On(r.Body.Kind, today), [.. sitting[r.Body.Id]], r.Term.Size) : [], r.Term.Until,
                r.Body.To is null && r.Term.Until is { } until && until.AddDays(-notice) <= today, [.. places[r.Body.Id]]))];
    }

    /// <summary>What is missing of the wanted seats; and of the size a term was given, whatever kind of seat it is.</summary>
    public static IReadOnlyList<Vacancy> Vacancies(BodyType type, IReadOnlyList<SeatKind> sitting, int? size)
    {
        var empty = type.Seats.Select(s => new Vacancy(s.Title, Math.Max(0, s.Wanted - sitting.Count(k => k == s.Kind)))).Where(v => v.Count > 0).ToList();
        if (size is { } wanted && wanted - sitting.Count - empty.Sum(v => v.Count) is var left and > 0)
            empty.Add(new Vacancy(type.Seats[^1].Title, left));
        return empty;
    }

    private static async Task<ILookup<Guid, PlaceLine>> Places(HeleDb db, IReadOnlyList<Guid> bodies, bool ever, CancellationToken cancel)
    {
        var places = db.Set<BodyPlace>().Where(p => bodies.Contains(p.BodyId) && (ever || p.To == null));
        var grids = await (from p in places join g in db.Set<Grid>() on p.GridId equals g.Id orderby g.Code select new { p.BodyId, Line = new PlaceLine(g.PublicCode, g.Name, true, p.From, p.To) }).ToListAsync(cancel);
        var buildings = await (from p in places join b in db.Set<Building>() on p.BuildingId equals b.Id join c in db.Set<Compound>() on b.CompoundId equals c.Id
                               select new { p.BodyId, Compound = c.Name, b.Name, Line = new PlaceLine(b.PublicCode, c.Name + b.Name, false, p.From, p.To) }).ToListAsync(cancel);
        return grids.Select(g => (g.BodyId, g.Line)).Concat(buildings.OrderBy(b => b.Compound, ChineseText.ByPinyin).ThenBy(b => HouseholdQueries.DoorNumber(b.Name)).Select(b => (b.BodyId, b.Line))).ToLookup(p => p.BodyId, p => p.Line);
    }

    private async Task<int?> Limit(HeleDb db, string rule, Viewer? viewer, DateOnly today, CancellationToken cancel)
    {
        var id = viewer?.JurisdictionId ?? await db.Set<Body>().Select(b => (int?)b.JurisdictionId).FirstOrDefaultAsync(cancel);
        if (id is not { } place || await jurisdictions.Get(db, place, cancel) is not { Level: JurisdictionLevel.Community } jurisdiction || ReferenceData.Rules.Find(rule, today, jurisdiction.Code) is null)
            return null;
        return (await RuleBook.InForce(db, jurisdiction, rule, today)).Amount;
    }
}
