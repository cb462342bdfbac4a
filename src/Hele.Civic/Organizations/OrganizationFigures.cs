using Hele.Civic.Grids;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Figures;
using Hele.Civic.Platform.Storage;

namespace Hele.Civic.Organizations;

/// <summary>The numbers of bodies and seats, as of a period's last day. Each opens its bodies.</summary>
public static class OrganizationFigures
{
    public static readonly Figure Branches = Standing("bodies.branches", ("党支部", "Party branches"), ("到统计期最后一天的网格党支部、联合党支部和功能型党支部。", "Grid branches, joint branches and functional branches on the period's last day."), ("个", "branches"), BodyKinds.Branches);
    public static readonly Figure PartyGroups = Standing("bodies.party-groups", ("党小组", "Party groups"), ("到统计期最后一天的党小组。", "Party groups on the period's last day."), ("个", "groups"), [BodyKind.PartyGroup]);
    public static readonly Figure ResidentGroups = Standing("bodies.resident-groups", ("居民小组", "Residents' groups"), ("到统计期最后一天的居民小组。", "Residents' groups on the period's last day."), ("个", "groups"), [BodyKind.ResidentGroup]);
    public static readonly Figure Teams = Standing("bodies.teams", ("网格服务团队", "Grid service teams"), ("到统计期最后一天的网格服务团队。", "Service teams of grids on the period's last day."), ("支", "teams"), [BodyKind.ServiceTeam]);

    public static readonly Figure Seats = Held("seats.held", ("任职席位", "Seats held"), ("到统计期最后一天有人任职的席位；一人任几席算几席。", "Seats somebody held on the period's last day; one person in two seats counts twice."), ("席", "seats"), null);
    public static readonly Figure Representatives = Held("seats.representatives", ("居民代表", "Residents' representatives"), ("到统计期最后一天的居民代表。", "Residents' representatives on the period's last day."), ("人", "representatives"), SeatKind.Representative);

    public static readonly Figure WithoutHead = new("bodies.without-head", 1, ("没有负责人的组织", "Bodies without a head"),
        ("到统计期最后一天存在、负责人席位空着的组织（没有负责人席位的楼栋长和服务团队不算）。", "Bodies that existed on the period's last day and had nobody in the chair; building leads and service teams, which have none, are left out."),
        ("个", "bodies"), FigureKind.State,
        (db, period, before) =>
        {
            var seats = Sat.On(db, period.To, before).Where(s => s.Kind == SeatKind.Head);
            return from b in At(db, period, before)
                   where b.Kind != BodyKind.BuildingLeads && b.Kind != BodyKind.ServiceTeam && !seats.Any(s => s.BodyId == b.Id)
                   select new FigureRecord { Id = b.Id, Code = b.PublicCode, On = b.From, LoggedAt = b.LoggedAt };
        }) { Record = typeof(Body) };

    public static readonly Figure TeamSeats = new("teams.seats", 1, ("网格服务团队成员", "Members of service teams"),
        ("到统计期最后一天在网格服务团队任职的席位；一人参加几支团队算几席。", "Seats of service teams that somebody held on the period's last day; one person in two teams counts twice."), ("席", "seats"), FigureKind.State,
        (db, period, before) => from s in Sat.On(db, period.To, before) where s.Of == BodyKind.ServiceTeam join b in db.Set<Body>() on s.BodyId equals b.Id select new FigureRecord { Id = s.Id, Code = b.PublicCode, On = s.From, LoggedAt = s.LoggedAt }) { Record = typeof(Body) };

    public static readonly Figure GridsWithTeam = new("teams.grids", 1, ("有服务团队的网格", "Grids with a service team"),
        ("到统计期最后一天归一支网格服务团队服务的网格。", "Grids that a service team was for on the period's last day."), ("个", "grids"), FigureKind.State,
        (db, period, before) => from p in db.Set<BodyPlace>() where p.GridId != null && p.From <= period.To
                                join b in At(db, period, before) on p.BodyId equals b.Id where b.Kind == BodyKind.ServiceTeam && (p.To == null || p.To > period.To || b.EndedAt >= before)
                                select new FigureRecord { Id = p.Id, Code = b.PublicCode, On = p.From, LoggedAt = b.LoggedAt }) { Record = typeof(Body) };

    public static readonly Figure GridsWithoutTeam = new("grids.without-team", 1, ("没有服务团队的网格", "Grids without a service team"),
        ("到统计期最后一天，没有一支网格服务团队服务的网格。", "Grids on the period's last day that no service team was for."), ("个", "grids"), FigureKind.State,
        (db, period, before) =>
        {
            var served = from p in db.Set<BodyPlace>() where p.GridId != null && p.From <= period.To
                         join b in At(db, period, before) on p.BodyId equals b.Id where b.Kind == BodyKind.ServiceTeam && (p.To == null || p.To > period.To || b.EndedAt >= before)
                         select p.GridId;
            return from g in GridFigures.At(db, period, before) where !served.Contains(g.Id) select new FigureRecord { Id = g.Id, Code = g.PublicCode, On = g.From, LoggedAt = g.LoggedAt };
        }) { Record = typeof(Grid) };

    public static readonly Figure ShortTeams = new("teams.short", 1, ("缺人的服务团队", "Service teams with a vacancy"),
        ("到统计期最后一天，规定要有的席位（社区干部、网格党支部书记、社区协警）没有配齐的网格服务团队。", "Service teams on the period's last day of which a seat that has to be taken was empty: a cadre, the branch secretary, the auxiliary police."), ("支", "teams"), FigureKind.State,
        (db, period, before) =>
        {
            var (teams, seats) = (At(db, period, before).Where(b => b.Kind == BodyKind.ServiceTeam), Sat.On(db, period.To, before));
            var complete = teams;
            foreach (var (seat, wanted) in BodyKinds.On(BodyKind.ServiceTeam, period.To).Seats.Where(s => s.Wanted > 0).Select(s => (s.Kind, s.Wanted)))
                complete = complete.Where(b => seats.Count(s => s.BodyId == b.Id && s.Kind == seat) >= wanted);
            return from b in teams where !complete.Any(c => c.Id == b.Id) select new FigureRecord { Id = b.Id, Code = b.PublicCode, On = b.From, LoggedAt = b.LoggedAt };
        }) { Record = typeof(Body) };

    public static readonly Figure Honours = Honoured("honours.held", ("荣誉", "Honours"), ("到统计期最后一天获得、没有被撤销的荣誉；社区的、组织的、个人的都算。", "Honours awarded up to the period's last day and not withdrawn by then: the community's, its bodies' and people's."), null);
    public static readonly Figure HighHonours = Honoured("honours.city-and-above", ("市级以上荣誉", "Honours of a city or above"), ("其中由市级、省级或国家级颁发的。", "Those of them that a city, a province or the nation awarded."), [HonourLevel.National, HonourLevel.Province, HonourLevel.City]);

    public static IEnumerable<Figure> All => [TeamSeats, GridsWithTeam, GridsWithoutTeam, ShortTeams, Honours, HighHonours, Branches, PartyGroups, ResidentGroups, Teams, Seats, Representatives, WithoutHead];

    private static IQueryable<Body> At(HeleDb db, Period period, DateTimeOffset before) =>
        db.Set<Body>().Where(b => b.LoggedAt < before && b.From <= period.To && (b.To == null || b.To > period.To || b.EndedAt >= before));

    private static Figure Standing(string id, Bilingual title, Bilingual definition, Bilingual measure, BodyKind[] kinds) => new(id, 1, title, definition, measure, FigureKind.State,
        (db, period, before) => from b in At(db, period, before)
                                where kinds.Contains(b.Kind)
                                select new FigureRecord { Id = b.Id, Code = b.PublicCode, On = b.From, LoggedAt = b.LoggedAt }) { Record = typeof(Body) };

    private static Figure Honoured(string id, Bilingual title, Bilingual definition, HonourLevel[]? levels) => new(id, 1, title, definition, ("项", "honours"), FigureKind.State,
        (db, period, before) =>
        {
            var honours = db.Set<Honour>().Where(h => h.LoggedAt < before && h.AwardedOn <= period.To && (h.WithdrawnOn == null || h.WithdrawnOn > period.To || h.WithdrawnAt >= before));
            if (levels is not null)
                honours = honours.Where(h => levels.Contains(h.Level));
            return honours.Select(h => new FigureRecord { Id = h.Id, Code = h.PublicCode, On = h.AwardedOn, LoggedAt = h.LoggedAt });
        }) { Record = typeof(Honour) };

    private static Figure Held(string id, Bilingual title, Bilingual definition, Bilingual measure, SeatKind? kind) => new(id, 1, title, definition, measure, FigureKind.State,
        (db, period, before) =>
        {
            var seats = Sat.On(db, period.To, before);
            if (kind is { } only)
                seats = seats.Where(s => s.Kind == only);
            return from s in seats
                   join b in db.Set<Body>() on s.BodyId equals b.Id
                   select new FigureRecord { Id = s.Id, Code = b.PublicCode, On = s.From, LoggedAt = s.LoggedAt };
        }) { Record = typeof(Body) };
}
