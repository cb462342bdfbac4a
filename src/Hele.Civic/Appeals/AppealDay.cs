using Hele.Civic.Kernel;
using Hele.Civic.Organizations;
using Hele.Civic.People;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Appeals;

/// <summary>What of the appeals waits for whom: each post has its own; a late one, and that of somebody who is away, goes to the post next in line too. Lateness is never summed.</summary>
internal static class AppealDay
{
    private static readonly Bilingual ToAccept = ("受理", "Accept it"), ToAnswer = ("办理并答复", "Handle and answer it"), ToAnswerAgain = ("居民不满意，重新办理", "Handle it again: the resident wasn't satisfied"),
        ToReview = ("复核不予受理", "Review the refusal"), ToAsk = ("请居民评价（打电话或上门）", "Ask the resident to judge, by telephone or at the door"), ToAskAgain = ("再问一次：还好着吗", "Ask once more whether it holds"),
        ToRespond = ("急事：先回应居民，再受理", "Urgent: respond to the resident at once, then accept it"), ToReply = ("回复工单", "Reply to the work order");

    private sealed record Line(Guid Id, string Code, string Title, string Place, AppealState State, DateOnly? DueOn, DateOnly? AskUntil, Guid? Responsible, Guid? Assigned, Guid? Handler, bool CanBeAsked, DateTimeOffset? RespondBy);

    public static async Task<IReadOnlyList<DayItem>> Of(HeleDb db, Viewer viewer, DateOnly today, CancellationToken cancel)
    {
        if (viewer.PostFor(AppealAccess.Accept) is null)
            return [];
        var mine = viewer.Posts.Where(p => AppealAccess.Accept.Roles.Contains(p.Role)).Select(p => p.PostId).ToHashSet();
        var visible = AppealAccess.ToWorkOn(viewer, db.Set<Appeal>());
        var hidden = HiddenTexts.TitlesFrom(db, viewer);
        var living = db.Set<Person>().Where(Person.Living);
        var lines = await visible.Where(a => a.DueOn != null || (a.Channel != Channel.Web && (a.State == AppealState.Answered || (a.State == AppealState.Satisfied && a.AskAgainOn <= today && a.AskAgainUntil >= today))))
            .OrderBy(a => a.DueOn).Select(a => new Line(a.Id, a.PublicCode, hidden.Contains(a.Id) ? "" : a.Title, a.Place, a.State, a.DueOn, a.AskAgainUntil, a.HandlerPostId ?? a.AssignedPostId, a.AssignedPostId, a.HandlerPostId,
                a.AppellantId == null || living.Any(p => p.Id == a.AppellantId), a.State == AppealState.Filed && a.RespondedAt == null ? a.RespondBy : null)).ToListAsync(cancel);
        var posts = lines.Exists(l => l.DueOn < today || l.RespondBy is not null) || await Absences.On(db, today).AnyAsync(cancel) ? await AppealRouting.All(db, viewer.JurisdictionId, today) : [];
        // A verdict is asked for, and a refusal reviewed, by somebody who had no hand in it.
        var handled = await JudgeAppeal.HandledAmong(db, viewer, [.. lines.Where(l => l.State is AppealState.Answered or AppealState.Satisfied).Select(l => l.Id)]);
        handled.UnionWith(await ReviewRefusal.RefusedAmong(db, viewer, [.. lines.Where(l => l.State == AppealState.Contested).Select(l => l.Id)]));
        var items = new List<DayItem>();
        foreach (var line in lines)
        {
            Bilingual? what = line.State switch
            {
                AppealState.Filed when line.RespondBy is not null && (line.Assigned is null || mine.Contains(line.Assigned.Value) || Helps(line) || IsNext(line)) => ToRespond,
                AppealState.Filed when line.Assigned is null || mine.Contains(line.Assigned.Value) || Helps(line) => ToAccept,
                AppealState.Accepted when IsMine(line) || Helps(line) => ToAnswer,
                AppealState.Reopened when IsMine(line) || Helps(line) => ToAnswerAgain,
                AppealState.Contested when !handled.Contains(line.Id) => ToReview,
                AppealState.Answered when line.CanBeAsked && line.DueOn is null && !handled.Contains(line.Id) => ToAsk,
                AppealState.Satisfied when line.CanBeAsked && !handled.Contains(line.Id) => ToAskAgain,
                _ => null,
            };
            if (what is { } todo)
                items.Add(new(typeof(Appeal), line.Code, line.Title, line.Place, todo, line.State == AppealState.Satisfied ? line.AskUntil : line.DueOn, Helps(line) || IsNext(line)) { DueAt = line.RespondBy, NotBefore = IsNext(line) && !Helps(line) ? line.RespondBy : null });
        }
        var orders = await (from o in db.Set<AppealOrder>() where o.RepliedOn == null join a in visible on o.AppealId equals a.Id where a.HandlerPostId != null && mine.Contains(a.HandlerPostId.Value)
                            orderby o.ReplyBy select new { a.PublicCode, Title = hidden.Contains(a.Id) ? "" : a.Title, a.Place, o.ReplyBy }).ToListAsync(cancel);
        return [.. items, .. orders.Select(o => new DayItem(typeof(Appeal), o.PublicCode, o.Title, o.Place, ToReply, o.ReplyBy))];

        bool IsMine(Line line) => line.Handler is null || mine.Contains(line.Handler.Value);

        // Hours pass within the day: who is next in line sees it when they are over.
        bool IsNext(Line line) => line is { RespondBy: not null, Responsible: { } post } && !mine.Contains(post) && AppealRouting.DeputiesOf(posts, post).Any(d => mine.Contains(d.Id));

        bool Helps(Line line) => line.DueOn is { } due && (due < today || posts.Any(p => p.Id == line.Responsible && p.Away)) && line.Responsible is { } post && !mine.Contains(post) && AppealRouting.DeputiesOf(posts, post).Any(d => mine.Contains(d.Id));
    }
}
