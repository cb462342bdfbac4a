using Hele.Civic.Grids;
using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Organizations;

/// <summary>That somebody of a team isn't there today.</summary>
/// <param name="StandIn">Who stands in; null where nobody does, or where the reader may not know.</param>
/// <param name="Until">The last day.</param>
/// <param name="Kind">For those who work here; never in public.</param>
public sealed record AwayLine(string? StandIn, DateOnly Until, AbsenceKind? Kind);

/// <summary>One seat of a team that is taken.</summary>
/// <param name="Name">Null where the reader may not know who sits there: that it is taken they may.</param>
public sealed record TeamSeat(string Code, SeatKind Kind, Bilingual Title, string? Name, IReadOnlyList<string> Duties, IReadOnlyList<string> Skills, AwayLine? Away);

/// <summary>A kind of seat of a team: who sits there, and how many are missing.</summary>
public sealed record TeamRole(SeatKind Kind, Bilingual Title, IReadOnlyList<TeamSeat> Seats, int Missing);

/// <summary>“1+X”服务团队 of a grid as a reader may see it.</summary>
/// <param name="Specialities">What the branches of the grid are known for, each with the branch.</param>
/// <param name="Phone">The team's public telephone, or the grid's.</param>
/// <param name="Supervision">Where to turn about the team: the supervision committee's public telephone.</param>
public sealed record TeamView(string Code, string Name, string? GridCode, string? Grid, string? Speciality, IReadOnlyList<(string Branch, string Name, string Speciality)> Specialities, string? Phone, string? Supervision,
    IReadOnlyList<TeamRole> Roles)
{
    public IEnumerable<TeamSeat> Seats => Roles.SelectMany(r => r.Seats);
    public int Missing => Roles.Sum(r => r.Missing);
    public int AwayToday => Seats.Count(s => s.Away is not null);

    /// <summary>Whom to turn to for a duty: whoever is there first.</summary>
    public IReadOnlyList<TeamSeat> For(string duty) => [.. Seats.Where(s => s.Duties.Contains(duty)).OrderBy(s => s.Away is not null)];
}

/// <summary>The service teams of the grids, read within the viewer's rights.</summary>
public sealed class TeamQueries(ReadSession read, TimeProvider clock)
{
    /// <param name="grid">Public code.</param>
    public async Task<TeamView?> OfGrid(Viewer? viewer, string grid, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        var body = await (from p in db.Set<BodyPlace>()
                          join g in db.Set<Grid>() on p.GridId equals g.Id
                          join b in db.Set<Body>() on p.BodyId equals b.Id
                          where p.To == null && b.To == null && b.Kind == BodyKind.ServiceTeam && g.PublicCode == grid
                          select b).SingleOrDefaultAsync(cancel);
        return body is null ? null : await Of(db, viewer, body, cancel);
    }

    /// <param name="code">The team's public code.</param>
    public async Task<TeamView?> Find(Viewer? viewer, string code, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        return await db.Set<Body>().SingleOrDefaultAsync(b => b.PublicCode == code && b.Kind == BodyKind.ServiceTeam && b.To == null, cancel) is { } body ? await Of(db, viewer, body, cancel) : null;
    }

    private async Task<TeamView> Of(HeleDb db, Viewer? viewer, Body body, CancellationToken cancel)
    {
        var today = clock.Today();
        var type = BodyKinds.On(body.Kind, today);
        var grid = await (from p in db.Set<BodyPlace>() where p.BodyId == body.Id && p.To == null join g in db.Set<Grid>() on p.GridId equals g.Id select g).FirstOrDefaultAsync(cancel);
        var seats = await (from s in Sat.In(db, body.Id, today) join p in db.Set<Person>() on s.PersonId equals p.Id select new { Seat = s, p.Name }).ToListAsync(cancel);
        var open = (await OrganizationAccess.Visible(viewer, Sat.In(db, body.Id, today), today).Select(s => s.Id).ToListAsync(cancel)).ToHashSet();
        var (ids, people) = (seats.ConvertAll(s => s.Seat.Id), seats.ConvertAll(s => s.Seat.PersonId));
        var duties = (await db.Set<SeatDuty>().Where(d => ids.Contains(d.SeatId) && d.To == null).ToListAsync(cancel)).ToLookup(d => d.SeatId);
        var away = (await (from a in Absences.On(db, today)
                           where people.Contains(a.PersonId)
                           select new { a.PersonId, a.To, a.Kind, StandIn = db.Set<Person>().Where(Person.Living).Where(p => p.Id == a.StandInId).Select(p => p.Name).FirstOrDefault() }).ToListAsync(cancel)).ToDictionary(a => a.PersonId);
        var works = viewer?.PostFor(OrganizationAccess.SeeSeats) is not null;
        var taken = seats.OrderBy(s => s.Seat.From).ThenBy(s => s.Name, ChineseText.ByPinyin).Select(s => new TeamSeat(s.Seat.PublicCode, s.Seat.Kind, s.Seat.Kind.Title(body.Kind), open.Contains(s.Seat.Id) ? s.Name : null,
            [.. TeamDuties.All.Select(d => d.Code).Where(d => duties[s.Seat.Id].Any(x => x.Duty == d))], [.. duties[s.Seat.Id].Select(d => d.Skill).OfType<string>().Distinct()],
            // Who stands in for somebody whose name is public acts in public too.
            away.TryGetValue(s.Seat.PersonId, out var gone) ? new AwayLine(open.Contains(s.Seat.Id) ? gone.StandIn : null, gone.To, works ? gone.Kind : null) : null)).ToLookup(s => s.Kind);
        var specialities = grid is null ? [] : await Specialities(db, grid.Id, cancel);
        var supervision = await db.Set<Body>().Where(b => b.Kind == BodyKind.SupervisionCommittee && b.To == null).Select(b => b.DutyPhone).FirstOrDefaultAsync(cancel);
        return new TeamView(body.PublicCode, body.Name, grid?.PublicCode, grid?.Name, body.Speciality, specialities, body.DutyPhone ?? grid?.DutyPhone, supervision,
            [.. type.Seats.Select(t => new TeamRole(t.Kind, t.Title, [.. taken[t.Kind]], Math.Max(0, t.Wanted - taken[t.Kind].Count())))]);
    }

    private static async Task<IReadOnlyList<(string, string, string)>> Specialities(HeleDb db, Guid grid, CancellationToken cancel)
    {
        var branches = await (from b in db.Set<Body>()
                              where b.To == null && b.Speciality != null && (b.Kind == BodyKind.GridBranch || b.Kind == BodyKind.JointBranch)
                                  && db.Set<BodyPlace>().Any(p => p.BodyId == b.Id && p.To == null && (p.GridId == grid || db.Set<GridBuilding>().Any(g => g.BuildingId == p.BuildingId && g.GridId == grid && g.To == null)))
                              orderby b.Name
                              select new { b.PublicCode, b.Name, b.Speciality }).ToListAsync(cancel);
        return [.. branches.Select(b => (b.PublicCode, b.Name, b.Speciality!))];
    }
}
