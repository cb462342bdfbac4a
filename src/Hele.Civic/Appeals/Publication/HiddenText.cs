using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Appeals;

/// <summary>Which words of an appeal are hidden.</summary>
public enum HiddenWhat
{
    /// <summary>The appeal's own title and text.</summary>
    Appeal,
    Note,
    Verdict,
}

/// <summary>
/// A text that insults somebody is hidden, not deleted: it stays in its row and in the log. Its author, supervisors and the post that hid it still read it; everybody else
/// reads why, by which post and when.
/// </summary>
public sealed class HiddenText : Owned
{
    public const int ReasonLength = 200;

    public required Guid AppealId { get; init; }
    public required HiddenWhat What { get; init; }

    /// <summary>The appeal, note or verdict whose words they are.</summary>
    public required Guid RowId { get; init; }

    public required string Reason { get; init; }
    public required Guid HiddenByPostId { get; init; }
    public required DateOnly HiddenOn { get; init; }
    public required DateTimeOffset LoggedAt { get; init; }

    /// <summary>Null while it is hidden.</summary>
    public DateOnly? ShownOn { get; private set; }
    public Guid? ShownByPostId { get; private set; }

    public void ShowAgain(Guid post, DateOnly on) => (ShownByPostId, ShownOn) = (post, on);
}

/// <summary>Whoever handles a matter hides a text of it with a reason, or shows it again.</summary>
public sealed class HideText(Writer writer, Database database, JurisdictionDirectory jurisdictions)
{
    /// <summary>Where the matter went up, the sub-district's record of it is hidden in the same act.</summary>
    public static readonly Crossing Crossing = new("appeal.hide-text-above", CrossingWay.Up, ("社区隐藏了这件事的文字", "that the community hid the matter's words"), nameof(Referral.CommunityCode),
        [new(PublicationEvents.ReferralHidden, PublicationEvents.TextHiddenAbove, null)]);

    /// <param name="What">Code of the appeal's text: <c>text</c>; else the id of a note or verdict.</param>
    public sealed record Input(string Code, string What, string? Reason);

    public const string AppealText = "text";

    public async Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default)
    {
        if (input.What != AppealText || await HiddenAbove.Of(database, jurisdictions, viewer, input.Code, cancel) is not var (street, referrals))
            return await writer.Write(act, PublicationAccess.HideText.Code, input, scope => Hide(scope, viewer, input, PublicationEvents.TextHidden), cancel);
        return await writer.Cross(act, Crossing, street, input, async sides =>
        {
            var outcome = await Hide(await sides.Here(), viewer, input, PublicationEvents.TextHiddenAbove);
            if (outcome.Accepted)
                await HiddenAbove.Tell(sides, referrals, hidden: true, PublicationEvents.ReferralHidden);
            return outcome;
        }, cancel);
    }

    private static async Task<Outcome> Hide(ActScope scope, Viewer viewer, Input input, EventKind hidden)
    {
        var appeal = await AppealAccess.Visible(viewer, scope.Db.Set<Appeal>()).SingleOrDefaultAsync(a => a.PublicCode == input.Code);
        if (appeal is null || AppealAccess.PostFor(viewer, PublicationAccess.HideText, appeal) is not { } post)
            return AppealProblems.NotFound;
        var reason = ChineseText.Line(input.Reason);
        if (reason.Length == 0)
            return PublicationProblems.HideReasonMissing;
        if (reason.Length > HiddenText.ReasonLength)
            return PublicationProblems.ReasonTooLong.With(HiddenText.ReasonLength, reason.Length);
        if (await Find(scope.Db, appeal, input.What) is not var (what, row))
            return PublicationProblems.NoSuchText;
        if (await scope.Db.Set<HiddenText>().AnyAsync(h => h.AppealId == appeal.Id && h.RowId == row && h.ShownOn == null))
            return PublicationProblems.HiddenAlready;
        scope.Add(new HiddenText { AppealId = appeal.Id, What = what, RowId = row, Reason = reason, HiddenByPostId = post.PostId, HiddenOn = scope.On, LoggedAt = scope.Now }, hidden);
        return Outcome.Ok(appeal.PublicCode);
    }

    /// <summary>The community's own words are not hidden: only what residents wrote, the appeal, a word of theirs on a step, the remark of a verdict.</summary>
    private static async Task<(HiddenWhat What, Guid Row)?> Find(HeleDb db, Appeal appeal, string what)
    {
        if (what == AppealText)
            return (HiddenWhat.Appeal, appeal.Id);
        if (!Guid.TryParse(what, out var id))
            return null;
        if (await db.Set<AppealVerdict>().AnyAsync(v => v.AppealId == appeal.Id && v.Id == id && v.Remark != null))
            return (HiddenWhat.Verdict, id);
        return await db.Set<AppealNote>().AnyAsync(n => n.AppealId == appeal.Id && n.Id == id && n.Text != null && ByResidents.Contains(n.Kind)) ? (HiddenWhat.Note, id) : null;
    }

    /// <summary>Notes that hold a resident's words.</summary>
    internal static readonly NoteKind[] ByResidents =
        [NoteKind.Contested, NoteKind.Withdrawn, NoteKind.Resumed, NoteKind.StillSolved, NoteKind.NotSolved, NoteKind.ResidentStatement];
}

/// <summary>Shows a hidden text again.</summary>
public sealed class ShowText(Writer writer, Database database, JurisdictionDirectory jurisdictions)
{
    public static readonly Crossing Crossing = new("appeal.show-text-above", CrossingWay.Up, ("社区恢复显示这件事的文字", "that the community shows the matter's words again"), nameof(Referral.CommunityCode),
        [new(PublicationEvents.ReferralShown, PublicationEvents.TextShownAbove, null)]);

    public sealed record Input(string Code, string What);

    public async Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default)
    {
        if (input.What != HideText.AppealText || await HiddenAbove.Of(database, jurisdictions, viewer, input.Code, cancel) is not var (street, referrals))
            return await writer.Write(act, PublicationAccess.HideText.Code, input, scope => Show(scope, viewer, input, PublicationEvents.TextShown), cancel);
        return await writer.Cross(act, Crossing, street, input, async sides =>
        {
            var outcome = await Show(await sides.Here(), viewer, input, PublicationEvents.TextShownAbove);
            if (outcome.Accepted)
                await HiddenAbove.Tell(sides, referrals, hidden: false, PublicationEvents.ReferralShown);
            return outcome;
        }, cancel);
    }

    private static async Task<Outcome> Show(ActScope scope, Viewer viewer, Input input, EventKind shown)
    {
        var appeal = await AppealAccess.Visible(viewer, scope.Db.Set<Appeal>()).SingleOrDefaultAsync(a => a.PublicCode == input.Code);
        if (appeal is null || AppealAccess.PostFor(viewer, PublicationAccess.HideText, appeal) is not { } post)
            return AppealProblems.NotFound;
        var row = input.What == HideText.AppealText ? appeal.Id : Guid.TryParse(input.What, out var id) ? id : Guid.Empty;
        if (await scope.Db.Set<HiddenText>().SingleOrDefaultAsync(h => h.AppealId == appeal.Id && h.RowId == row && h.ShownOn == null) is not { } hidden)
            return PublicationProblems.ShownAlready;
        hidden.ShowAgain(post.PostId, scope.On);
        scope.Record(hidden, shown);
        return Outcome.Ok(appeal.PublicCode);
    }
}

/// <summary>The sub-district's records of a matter that went up: what is hidden here isn't read there.</summary>
internal static class HiddenAbove
{
    /// <summary>Read before the act, because the act has to say whether it crosses; null when nothing went up.</summary>
    public static async Task<(int Street, IReadOnlyList<string> Referrals)?> Of(Database database, JurisdictionDirectory jurisdictions, Viewer viewer, string code, CancellationToken cancel)
    {
        await using var lease = await database.Read([viewer.JurisdictionId], cancel);
        var appeals = AppealAccess.Visible(viewer, lease.Db.Set<Appeal>()).Where(a => a.PublicCode == code);
        var referrals = await lease.Db.Set<AppealReferral>().Where(r => appeals.Any(a => a.Id == r.AppealId)).OrderBy(r => r.LoggedAt).Select(r => r.ReferralCode).ToListAsync(cancel);
        return referrals.Count > 0 && await jurisdictions.Above(lease.Db, viewer.JurisdictionId, cancel) is { } street ? (street.Id, referrals) : null;
    }

    public static async Task Tell(CrossingScope sides, IReadOnlyList<string> referrals, bool hidden, EventKind what)
    {
        var there = await sides.There();
        foreach (var referral in await there.Db.Set<Referral>().Where(r => referrals.Contains(r.PublicCode)).OrderBy(r => r.ReceivedAt).ToListAsync())
        {
            referral.WordsAreHidden = hidden;
            there.Record(referral, what);
        }
    }
}

/// <summary>A hidden text as a page shows it: why, by which post, when.</summary>
/// <param name="MayRead">This viewer wrote it, hid it, or supervises: they read it all the same.</param>
public sealed record HiddenView(string Reason, string? Post, DateOnly On, bool MayRead);

/// <summary>Which texts are hidden from whom.</summary>
internal static class HiddenTexts
{
    /// <summary>The texts of one appeal that are hidden now, by the row they stand in.</summary>
    public static async Task<IReadOnlyDictionary<Guid, HiddenView>> Of(HeleDb db, Viewer viewer, Appeal appeal, IReadOnlyDictionary<Guid, string> posts)
    {
        var rows = await db.Set<HiddenText>().Where(h => h.AppealId == appeal.Id && h.ShownOn == null).ToListAsync();
        var reads = appeal.AppellantId == viewer.PersonId || viewer.Has(PublicationAccess.SeeHidden);
        return rows.ToDictionary(h => h.RowId, h => new HiddenView(h.Reason, posts.GetValueOrDefault(h.HiddenByPostId), h.HiddenOn, reads || viewer.Posts.Any(p => p.PostId == h.HiddenByPostId)));
    }

    /// <summary>Whether title and text of an appeal are hidden now.</summary>
    public static Task<bool> Hides(HeleDb db, Guid appeal) => db.Set<HiddenText>().AnyAsync(h => h.AppealId == appeal && h.What == HiddenWhat.Appeal && h.ShownOn == null);

    /// <summary>The appeals of a list whose own title is hidden from this viewer.</summary>
    public static IQueryable<Guid> TitlesFrom(HeleDb db, Viewer viewer)
    {
        if (viewer.Has(PublicationAccess.SeeHidden))
            return db.Set<HiddenText>().Where(h => false).Select(h => h.AppealId);
        var posts = viewer.Posts.Select(p => p.PostId).ToList();
        var person = viewer.PersonId;
        return db.Set<HiddenText>().Where(h => h.What == HiddenWhat.Appeal && h.ShownOn == null && !posts.Contains(h.HiddenByPostId)
            && !db.Set<Appeal>().Any(a => a.Id == h.AppealId && a.AppellantId == person)).Select(h => h.AppealId);
    }
}
