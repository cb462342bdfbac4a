using Hele.Civic.Kernel;
using Hele.Civic.Platform.Figures;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Grids;

/// <summary>
/// The numbers of who lives here: as of a period's last day, and what came and went in it. Counted from the register of households, so a move within the community is neither an arrival nor a departure.
/// Each opens its household, for whoever may see it.
/// </summary>
public static class PopulationFigures
{
    public static readonly Figure People = Living("population.people", ("登记的居民", "Residents registered"),
        ("到统计期最后一天，住户登记里住在本社区的人，租户也算。", "People who by the register of households lived here on the period's last day, tenants among them."), null);

    public static readonly Figure Tenants = Living("population.tenants", ("其中的租户", "Tenants among them"),
        ("到统计期最后一天，住户登记里身份是租户的人。", "People whom the register of households named as tenants on the period's last day."), HouseholdRole.Tenant) with { Base = "population.people" };

    public static readonly Figure Households = new("population.households", 1, ("登记的住户", "Households registered"),
        ("到统计期最后一天，住户登记里有人住的户。", "Households that by the register lived here on the period's last day."), ("户", "households"), FigureKind.State,
        (db, period, before) => from h in db.Set<Household>()
                                where h.LoggedAt < before && h.From <= period.To && (h.To == null || h.To > period.To || h.EndLoggedAt >= before)
                                select new FigureRecord { Id = h.Id, Code = h.PublicCode, On = h.From, LoggedAt = h.LoggedAt }) { Record = typeof(Household), Opens = Seen, ReachesBack = true };

    public static readonly Figure MovedIn = Came("population.moved-in", ("搬入", "Moved in"),
        ("统计期内从社区以外搬来的人，以登记的搬入日期为准；社区内搬家、出生不算。", "People who came from outside the community in the period, by the day registered; moves within it and births are left out."), MemberCause.Move);

    public static readonly Figure Born = Came("population.born", ("出生", "Births"),
        ("统计期内登记出生的孩子，以登记的日期为准：出生日期是密封的。", "Children whose birth was registered in the period, by the day of registration: the day of birth is sealed."), MemberCause.Birth);

    public static readonly Figure MovedOut = Went("population.moved-out", ("搬出", "Moved out"),
        ("统计期内搬到社区以外的人，以登记的日期为准；社区内搬家、去世不算。", "People who left the community in the period, by the day registered; moves within it and deaths are left out."), [MemberCause.Move, MemberCause.Left]);

    public static readonly Figure Died = Went("population.died", ("去世", "Deaths"),
        ("统计期内去世的住户成员，以去世日期为准。", "Members of households who died in the period, by the day of death."), [MemberCause.Death]);

    public static IEnumerable<Figure> All => [People, Households, Tenants, MovedIn, MovedOut, Born, Died];

    /// <summary>Codes of the households that a reader of figures may open.</summary>
    private static IQueryable<string> Seen(HeleDb db, Platform.Access.Viewer? viewer) => GridAccess.Visible(db, viewer, db.Set<Household>()).Select(h => h.PublicCode);

    private static Figure Living(string id, Bilingual title, Bilingual definition, HouseholdRole? role) => new(id, 1, title, definition, ("人", "people"), FigureKind.State,
        (db, period, before) =>
        {
            var members = db.Set<HouseholdMember>().Where(m => m.LoggedAt < before && m.From <= period.To && (m.To == null || m.To > period.To || m.EndLoggedAt >= before));
            if (role is { } only)
                members = members.Where(m => m.Role == only);
            return from m in members join h in db.Set<Household>() on m.HouseholdId equals h.Id select new FigureRecord { Id = m.Id, Code = h.PublicCode, On = m.From, LoggedAt = m.LoggedAt };
        }) { Record = typeof(Household), Opens = Seen, ReachesBack = true };

    private static Figure Came(string id, Bilingual title, Bilingual definition, MemberCause cause) => new(id, 1, title, definition, ("人", "people"), FigureKind.Flow,
        (db, period, before) => from m in db.Set<HouseholdMember>()
                                where m.Came == cause && m.LoggedAt < before && m.From >= period.From && m.From <= period.To
                                join h in db.Set<Household>() on m.HouseholdId equals h.Id
                                select new FigureRecord { Id = m.Id, Code = h.PublicCode, On = m.From, LoggedAt = m.LoggedAt }) { Record = typeof(Household), Opens = Seen, ReachesBack = true };

    private static Figure Went(string id, Bilingual title, Bilingual definition, MemberCause[] causes) => new(id, 1, title, definition, ("人", "people"), FigureKind.Flow,
        (db, period, before) => from m in db.Set<HouseholdMember>()
                                where m.Went != null && causes.Contains(m.Went.Value) && m.EndLoggedAt < before && m.To >= period.From && m.To <= period.To
                                join h in db.Set<Household>() on m.HouseholdId equals h.Id
                                select new FigureRecord { Id = m.Id, Code = h.PublicCode, On = m.To!.Value, LoggedAt = m.EndLoggedAt!.Value }) { Record = typeof(Household), Opens = Seen, ReachesBack = true };
}
