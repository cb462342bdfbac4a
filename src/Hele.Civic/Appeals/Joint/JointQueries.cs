using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Appeals;

/// <summary>One post's part in a joint matter.</summary>
/// <param name="Part">What it did; null while nothing is written, and for whoever reads only who took part.</param>
public sealed record JointPart(string Code, int Round, string Post, string Lead, string Reason, string Task, DateOnly AskedOn, string? Part, DateOnly? WrittenOn);

/// <summary>What a joint post sees: what the matter is and where, what is asked of it, and the others' parts. Nobody's name.</summary>
/// <param name="MayWrite">It is this viewer's to write now.</param>
/// <param name="Matter">The matter's own code, for whoever sees that too.</param>
public sealed record JointView(JointPart Own, IReadOnlyList<JointPart> All, string Number, string Kind, string Title, string Text, string Place, AppealState State, DateOnly? DueOn, bool IsOver, bool MayWrite, string? Matter);

/// <summary>Read side of joint handling.</summary>
public sealed class JointQueries(ReadSession read)
{
    /// <summary>All parts of a matter, in the order they were asked for.</summary>
    internal static async Task<IReadOnlyList<JointPart>> Of(HeleDb db, Guid appeal, CancellationToken cancel) =>
        await (from j in db.Set<AppealJoint>()
               where j.AppealId == appeal
               join p in db.Set<Post>() on j.PostId equals p.Id
               join l in db.Set<Post>() on j.LeadPostId equals l.Id
               orderby j.LoggedAt
               select new JointPart(j.PublicCode, j.Round, p.Title, l.Title, j.Reason, j.Task, j.AskedOn, j.Part, j.WrittenOn)).ToListAsync(cancel);

    /// <summary>One part as this viewer may see it; null for missing and for not theirs alike.</summary>
    public async Task<JointView?> Find(Viewer viewer, string code, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        if (await JointAccess.Visible(db, viewer).SingleOrDefaultAsync(j => j.PublicCode == code, cancel) is not { } joint)
            return null;
        var appeal = await db.Set<Appeal>().SingleAsync(a => a.Id == joint.AppealId, cancel);
        var parts = (await Of(db, appeal.Id, cancel)).Where(p => p.Round == joint.Round).ToList();
        var hidden = await HiddenTexts.TitlesFrom(db, viewer).ContainsAsync(appeal.Id, cancel);
        var over = !(appeal.Round == joint.Round && appeal.State is AppealState.Accepted or AppealState.Reopened);
        return new(parts.Find(p => p.Code == code)!, parts, appeal.Number, appeal.Kind, hidden ? "" : appeal.Title, hidden ? "" : appeal.Text, appeal.Place, appeal.State, appeal.DueOn, over,
            !over && joint.Part is null && viewer.Posts.Any(p => p.PostId == joint.PostId), AppealAccess.May(viewer, appeal, AppealAccess.See) ? appeal.PublicCode : null);
    }
}
