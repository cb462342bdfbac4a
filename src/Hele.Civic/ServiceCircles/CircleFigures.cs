using System.Globalization;
using System.Linq.Expressions;
using Hele.Civic.Grids;
using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Civic.Platform.Figures;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.ServiceCircles;

/// <summary>
/// The numbers of the walking circle. Who is covered is told by the newest reading of the period's last day, for the households that were registered on it: a reading says with which speed, at which hour and
/// within how many minutes. A household in a building that the reading doesn't know counts as not covered.
/// </summary>
public static class CircleFigures
{
    public static readonly Figure Points = new("circle.service-points", 1, ("服务点", "Service points"),
        ("到统计期最后一天，居民找得到党组织或者志愿者的公开服务点。", "Public places where residents find the Party's organisation or a volunteer, on the period's last day."), ("处", "places"), FigureKind.State,
        (db, period, before) => from p in db.Set<ServicePoint>()
                                where p.LoggedAt < before && p.From <= period.To && (p.To == null || p.To > period.To || p.ClosedAt >= before)
                                select new FigureRecord { Id = p.Id, Code = p.PublicCode, On = p.From, LoggedAt = p.LoggedAt }) { Record = typeof(ServicePoint) };

    public static readonly Figure Helpers = new("circle.helpers", 1, ("就近帮忙的党员和志愿者", "Party members and volunteers who help nearby"),
        ("到统计期最后一天，同意邻居就近来找的人。", "People who had agreed to be turned to by neighbours, on the period's last day."), ("人", "people"), FigureKind.State,
        (db, period, before) => from h in db.Set<NearbyHelper>()
                                where h.LoggedAt < before && h.From <= period.To && (h.To == null || h.To > period.To || h.EndedAt >= before)
                                select new FigureRecord { Id = h.Id, Code = "", On = h.From, LoggedAt = h.LoggedAt }) { Record = typeof(NearbyHelper) };

    public static readonly Figure Readings = new("circle.readings", 1, ("步行圈测算", "Readings of the walking circle"),
        ("统计期内测算步行圈的次数，以测算的日期为准。", "How often the walking circle was worked out in the period, by the day of it."), ("次", "readings"), FigureKind.Flow,
        (db, period, before) => from r in db.Set<CircleReading>()
                                where r.LoggedAt < before && r.On >= period.From && r.On <= period.To
                                select new FigureRecord { Id = r.Id, Code = r.PublicCode, On = r.On, LoggedAt = r.LoggedAt }) { Record = typeof(CircleReading) };

    public static readonly Figure Covered = Households("circle.covered", ("步行圈内的住户", "Households within the walk"),
        ("按统计期最后一天为止最近一次测算，成人步行能在时限内找到服务点或就近帮忙的人的登记住户。", "Registered households from which an adult reaches a service point or somebody who helps within the limit, by the newest reading up to the period's last day."), l => l.Adult, covered: true) with { Base = "population.households" };

    public static readonly Figure Uncovered = Households("circle.uncovered", ("步行圈外的住户", "Households beyond the walk"),
        ("按统计期最后一天为止最近一次测算，成人步行不能在时限内找到服务点或就近帮忙的人的登记住户；没有测算过就没有。", "Registered households from which no point and nobody who helps is within an adult's walk, by the newest reading up to the period's last day; none before the first reading."), l => l.Adult, covered: false) with { Base = "population.households" };

    public static readonly Figure UncoveredOlder = People("circle.uncovered-older", ("步行圈外的老年人", "Older people beyond the walk"),
        ("按统计期最后一天为止最近一次测算，按老年人的步行速度不能在时限内找到服务点或就近帮忙的人的居民，出生年份在统计期那一年满60岁。", "Residents who turn sixty or more in the year of the period's last day and don't reach a point or somebody who helps at an older person's pace, by the newest reading up to that day."), l => l.Older,
        day =>
        {
            var year = OlderBornBefore(day);
            return p => string.Compare(p.BornMasked, year) < 0;
        });

    public static readonly Figure UncoveredChildren = People("circle.uncovered-children", ("步行圈外的儿童", "Children beyond the walk"),
        ("按统计期最后一天为止最近一次测算，按儿童的步行速度不能在时限内找到服务点或就近帮忙的人的居民，按出生年份在统计期那一年还算儿童（多少岁以下见规定）。", "Residents who by their year of birth still count as children in the year of the period's last day (below which age, the rules say) and don't reach a point or somebody who helps at a child's pace, by the newest reading up to that day."), l => l.Child,
        day =>
        {
            var year = ChildBornFrom(day);
            return p => string.Compare(p.BornMasked, year) >= 0;
        });

    public static readonly Figure UncoveredWheelchair = Households("circle.uncovered-wheelchair", ("坐轮椅走不到的住户", "Households beyond a wheelchair's way"),
        ("按统计期最后一天为止最近一次测算，坐轮椅、不走台阶，不能在时限内找到服务点或就近帮忙的人的登记住户；谁坐轮椅没有登记，所以数的是住户。", "Registered households from which no point and nobody who helps is within the limit in a wheelchair, without stairs, by the newest reading up to the period's last day; who uses one isn't registered, so households are counted."), l => l.Wheelchair, covered: false) with { Base = "population.households" };

    public static IEnumerable<Figure> All => [Points, Helpers, Readings, Covered, Uncovered, UncoveredOlder, UncoveredChildren, UncoveredWheelchair];

    /// <summary>Years of birth before this are those of older people; as text, as they stand in the register.</summary>
    public static string OlderBornBefore(DateOnly day) => (day.Year - ReferenceData.Rules.InForce(CircleRules.OlderAge, day).Amount + 1).ToString("D4", CultureInfo.InvariantCulture);

    /// <summary>Years of birth from this are those of children; as text, as they stand in the register.</summary>
    public static string ChildBornFrom(DateOnly day) => (day.Year - ReferenceData.Rules.InForce(CircleRules.ChildAge, day).Amount + 1).ToString("D4", CultureInfo.InvariantCulture);

    /// <summary>The reading that counts on the period's last day.</summary>
    public static IQueryable<CircleReading> Newest(HeleDb db, Period period, DateTimeOffset before) =>
        db.Set<CircleReading>().Where(r => r.LoggedAt < before && r.On <= period.To).OrderByDescending(r => r.On).ThenByDescending(r => r.Number).Take(1);

    /// <param name="within">Whether a building's line has the group within the walk.</param>
    private static Figure Households(string id, Bilingual title, Bilingual definition, Expression<Func<CircleLine, bool>> within, bool covered) => new(id, 1, title, definition, ("户", "households"), FigureKind.State,
        (db, period, before) =>
        {
            var reading = Newest(db, period, before).Select(r => r.Id);
            var reached = Reached(db, reading, within);
            return from h in db.Set<Household>()
                   where h.LoggedAt < before && h.From <= period.To && (h.To == null || h.To > period.To || h.EndLoggedAt >= before)
                   where reading.Any() && reached.Contains(h.BuildingId) == covered
                   select new FigureRecord { Id = h.Id, Code = h.PublicCode, On = h.From, LoggedAt = h.LoggedAt };
        }) { Record = typeof(Household), Opens = Seen, ReachesBack = true };

    /// <param name="who">Whom it counts on a day; of those whose year of birth is known.</param>
    private static Figure People(string id, Bilingual title, Bilingual definition, Expression<Func<CircleLine, bool>> within, Func<DateOnly, Expression<Func<Person, bool>>> who) => new(id, 1, title, definition, ("人", "people"), FigureKind.State,
        (db, period, before) =>
        {
            var reading = Newest(db, period, before).Select(r => r.Id);
            var reached = Reached(db, reading, within);
            var people = db.Set<Person>().Where(p => p.BornMasked != null).Where(who(period.To)).Select(p => p.Id);
            return from m in db.Set<HouseholdMember>()
                   where m.LoggedAt < before && m.From <= period.To && (m.To == null || m.To > period.To || m.EndLoggedAt >= before)
                   join h in db.Set<Household>() on m.HouseholdId equals h.Id
                   where people.Contains(m.PersonId) && reading.Any() && !reached.Contains(h.BuildingId)
                   select new FigureRecord { Id = m.Id, Code = h.PublicCode, On = m.From, LoggedAt = m.LoggedAt };
        }) { Record = typeof(Household), Opens = Seen, ReachesBack = true, Base = "population.people" };

    /// <summary>The buildings that a reading has within the walk.</summary>
    private static IQueryable<Guid> Reached(HeleDb db, IQueryable<Guid> reading, Expression<Func<CircleLine, bool>> within) => db.Set<CircleLine>().Where(l => reading.Contains(l.ReadingId)).Where(within).Select(l => l.BuildingId);

    private static IQueryable<string> Seen(HeleDb db, Platform.Access.Viewer? viewer) => GridAccess.Visible(db, viewer, db.Set<Household>()).Select(h => h.PublicCode);
}
