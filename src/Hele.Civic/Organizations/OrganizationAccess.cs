using System.Linq.Expressions;
using Hele.Civic.Platform.Access;

namespace Hele.Civic.Organizations;

/// <summary>
/// Who may see and do what with bodies and seats. That a body exists, its places and its public telephone are no secret; who sits in it everybody may know of the offices that data/bodies.csv
/// calls public, those who work for the community of all, and each person of their own. Both functions default to nothing.
/// </summary>
public static class OrganizationAccess
{
    public static readonly Permission SeeSeats = new("seat.see", ("查看组织的全部席位", "See all seats of bodies"), [Role.GridWorker, Role.Clerk, Role.Secretary, Role.Supervisor]);
    public static readonly Permission Keep = new("body.keep", ("登记组织和席位", "Register bodies and seats"), [Role.Clerk, Role.Secretary]);

    /// <summary>Party organisations, and the supervision committee, which no clerk of the committee it watches writes down.</summary>
    public static readonly Permission KeepHigh = new("body.keep-party", ("登记党组织和居务监督委员会", "Register Party organisations and the supervision committee"), [Role.Secretary]);

    public static readonly Permission SayAbsence = new("absence.say", ("登记不在岗和代班", "Register who is away and who stands in"), [Role.GridWorker, Role.Clerk, Role.Secretary]);

    public static IEnumerable<Permission> All => [SeeSeats, Keep, KeepHigh, SayAbsence];

    /// <summary>Whoever keeps the bodies says it of everybody, the others of themselves.</summary>
    public static bool MaySayAway(Viewer? viewer, Guid person) => viewer?.PostFor(SayAbsence) is not null && (viewer.PostFor(Keep) is not null || (person != Guid.Empty && viewer.PersonId == person));

    /// <summary>Which permission registers a kind of body.</summary>
    public static Permission KeepOf(BodyKind kind) => kind is BodyKind.SupervisionCommittee or BodyKind.PartyCommittee or BodyKind.GridBranch or BodyKind.JointBranch or BodyKind.FunctionalBranch or BodyKind.PartyGroup ? KeepHigh : Keep;

    public static bool MayKeep(Viewer? viewer, Body body) => viewer is not null && viewer.JurisdictionId == body.JurisdictionId && viewer.PostFor(KeepOf(body.Kind)) is not null;

    /// <param name="today">Of a public office everybody knows who holds it now; who held it stands in the roll, which is not public.</param>
    public static bool May(Viewer? viewer, Seat seat, DateOnly today)
    {
        if (viewer is not null && viewer.JurisdictionId == seat.JurisdictionId && (viewer.PostFor(SeeSeats) is not null || (viewer.PersonId != Guid.Empty && seat.PersonId == viewer.PersonId)))
            return true;
        return seat.From <= today && (seat.To is null || seat.To >= today) && BodyKinds.Public.Contains((seat.Of, seat.Kind));
    }

    /// <summary>The seats of a query that this viewer may see: the same as filtering by <see cref="May"/>.</summary>
    public static IQueryable<Seat> Visible(Viewer? viewer, IQueryable<Seat> seats, DateOnly today)
    {
        Expression<Func<Seat, bool>> open = IsPublic;
        if (viewer is null)
            return seats.Where(s => s.From <= today && (s.To == null || s.To >= today)).Where(open);
        var (jurisdiction, person, all) = (viewer.JurisdictionId, viewer.PersonId, viewer.PostFor(SeeSeats) is not null);
        var row = open.Parameters[0];
        Expression<Func<Seat, bool>> own = s => s.JurisdictionId == jurisdiction && (all || (person != Guid.Empty && s.PersonId == person));
        Expression<Func<Seat, bool>> now = s => s.From <= today && (s.To == null || s.To >= today);
        return seats.Where(Expression.Lambda<Func<Seat, bool>>(Expression.OrElse(Body(own), Expression.AndAlso(Body(now), open.Body)), row));

        Expression Body(Expression<Func<Seat, bool>> of) => new Renamed(of.Parameters[0], row).Visit(of.Body);
    }

    /// <summary>Made from the data: a database compares no pairs.</summary>
    private static Expression<Func<Seat, bool>> IsPublic { get; } = Made();

    private static Expression<Func<Seat, bool>> Made()
    {
        var seat = Expression.Parameter(typeof(Seat), "s");
        var any = BodyKinds.Public.Select(p => (Expression)Expression.AndAlso(Expression.Equal(Expression.Property(seat, nameof(Seat.Of)), Expression.Constant(p.Kind)),
            Expression.Equal(Expression.Property(seat, nameof(Seat.Kind)), Expression.Constant(p.Seat)))).Aggregate(Expression.OrElse);
        return Expression.Lambda<Func<Seat, bool>>(any, seat);
    }

    private sealed class Renamed(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : node;
    }
}
