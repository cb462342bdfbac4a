using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Rules;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Appeals;

/// <summary>
/// The hours within which somebody is to respond to an urgent matter: one row each time they begin, so that what a past period says stays true when the matter is taken up again or its kind is put right.
/// Says of the matter, never of a post, whether they were kept.
/// </summary>
public sealed class AppealUrgency : Owned
{
    public required Guid AppealId { get; init; }
    public required DateOnly BegunOn { get; init; }
    public required DateTimeOffset BegunAt { get; init; }
    public required DateTimeOffset RespondBy { get; init; }

    /// <summary>When somebody first responded; null while nobody has.</summary>
    public DateTimeOffset? RespondedAt { get; private set; }

    /// <summary>When there was nothing to respond to any more: withdrawn, or found not to be urgent.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>Begins them for an urgent kind, from now; ends what still runs.</summary>
    internal static async Task Begin(ActScope scope, Jurisdiction jurisdiction, Appeal appeal)
    {
        await End(scope, appeal);
        if (AppealKinds.Find(appeal.Kind) is not { IsUrgent: true })
        {
            appeal.AskResponse(null);
            return;
        }
        var by = (await RuleBook.InForce(scope.Db, jurisdiction, AppealRules.RespondUrgent, scope.Today)).DueFrom(scope.Now, ReferenceData.Calendar).At;
        appeal.AskResponse(by);
        scope.Add(new AppealUrgency { AppealId = appeal.Id, BegunOn = scope.Today, BegunAt = scope.Now, RespondBy = by }, UrgencyEvents.Begun);
    }

    /// <summary>What was settled on the spot was responded to as it was told.</summary>
    internal static async Task Met(ActScope scope, Jurisdiction jurisdiction, Appeal appeal)
    {
        await Begin(scope, jurisdiction, appeal);
        if (scope.Db.Set<AppealUrgency>().Local.SingleOrDefault(u => u.AppealId == appeal.Id) is { } begun)
            begun.RespondedAt = scope.Now;
        appeal.Respond(scope.Now);
    }

    /// <summary>Somebody responds, in whatever way; only the first response counts, and only where one is asked for.</summary>
    internal static async Task Respond(ActScope scope, Appeal appeal)
    {
        if (await Running(scope, appeal) is { } running)
        {
            running.RespondedAt = scope.Now;
            scope.Record(running, UrgencyEvents.Responded);
        }
        appeal.Respond(scope.Now);
    }

    /// <summary>There is nothing to respond to any more.</summary>
    internal static async Task End(ActScope scope, Appeal appeal)
    {
        if (await Running(scope, appeal) is not { } running)
            return;
        running.EndedAt = scope.Now;
        scope.Record(running, UrgencyEvents.Ended);
    }

    private static async Task<AppealUrgency?> Running(ActScope scope, Appeal appeal) => appeal.RespondBy is null || appeal.RespondedAt is not null ? null
        : await scope.Db.Set<AppealUrgency>().SingleOrDefaultAsync(u => u.AppealId == appeal.Id && u.RespondedAt == null && u.EndedAt == null);

    public static void Map(ModelBuilder model) => model.Entity<AppealUrgency>(e =>
    {
        e.ToTable("AppealUrgencies");
        e.Property(x => x.Id).NotPersonal();
        e.Property(x => x.AppealId).NotPersonal();
        e.Property(x => x.BegunOn).NotPersonal();
        e.Property(x => x.BegunAt).NotPersonal();
        e.Property(x => x.RespondBy).NotPersonal();
        e.Property(x => x.RespondedAt).NotPersonal();
        e.Property(x => x.EndedAt).NotPersonal();
        e.HasOne<Appeal>().WithMany().HasForeignKey(x => x.AppealId);
        e.HasIndex(x => new { x.JurisdictionId, x.BegunOn });
        // The hours of a matter run once at a time.
        e.HasIndex(x => new { x.JurisdictionId, x.AppealId }).IsUnique().HasFilter("\"RespondedAt\" IS NULL AND \"EndedAt\" IS NULL");
    });
}

/// <summary>What can happen to the hours of an urgent matter.</summary>
public static class UrgencyEvents
{
    public static readonly EventKind Begun = new("urgency.begun", ("急事，开始按小时计时", "Urgent: the hours began"));
    public static readonly EventKind Responded = new("urgency.responded", ("急事有了首次回应", "The urgent matter had its first response"));
    public static readonly EventKind Ended = new("urgency.ended", ("居民撤回或不再是急事，不再计时", "Withdrawn or no longer urgent: the hours ended"));

    public static IEnumerable<EventKind> All => [Begun, Responded, Ended];
}
