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

    public static IEnumerable<Figure> All => [Branches, PartyGroups, ResidentGroups, Teams, Seats, Representatives, WithoutHead];

    private static IQueryable<Body> At(HeleDb db, Period period, DateTimeOffset before) =>
        db.Set<Body>().Where(b => b.LoggedAt < before && b.From <= period.To && (b.To == null || b.To > period.To || b.EndedAt >= before));

    private static Figure Standing(string id, Bilingual title, Bilingual definition, Bilingual measure, BodyKind[] kinds) => new(id, 1, title, definition, measure, FigureKind.State,
        (db, period, before) => from b in At(db, period, before)
                                where kinds.Contains(b.Kind)
                                select new FigureRecord { Id = b.Id, Code = b.PublicCode, On = b.From, LoggedAt = b.LoggedAt }) { Record = typeof(Body) };

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
