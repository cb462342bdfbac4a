using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Rules;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Appeals;

/// <summary>
/// The post that handles a matter brings another in, with a reason and what that one is to do. With the first the deadline becomes that of joint handling, unless it is over already: nobody brings a colleague in to be less late.
/// </summary>
public sealed class BringIn(Writer writer, JurisdictionDirectory jurisdictions)
{
    /// <param name="To">Public code of the post that is to take part.</param>
    public sealed record Input(string Code, string? To, string? Reason, string? Task);

    /// <summary>The posts that can be brought in: all that handle, but the lead and those that are in.</summary>
    public static IQueryable<Post> Posts(HeleDb db, Appeal appeal, DateOnly today)
    {
        var (id, round, lead) = (appeal.Id, appeal.Round, appeal.HandlerPostId);
        return db.Set<Post>().Where(Post.ActiveOn(today)).Where(p => p.Id != lead && JointAccess.WritePart.Roles.Contains(p.Role)
            && !db.Set<AppealJoint>().Any(j => j.AppealId == id && j.Round == round && j.PostId == p.Id));
    }

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, JointAccess.BringIn.Code, input, async scope =>
    {
        var appeal = await AppealAccess.Visible(viewer, scope.Db.Set<Appeal>()).SingleOrDefaultAsync(a => a.PublicCode == input.Code);
        if (appeal is null || !AppealAccess.May(viewer, appeal, JointAccess.BringIn))
            return AppealProblems.NotFound;
        if (appeal.HandlerPostId is not { } lead || viewer.Posts.All(p => p.PostId != lead))
            return JointProblems.NotTheLead;
        var (reason, task) = (ChineseText.Clean(input.Reason), ChineseText.Clean(input.Task));
        var post = await scope.Db.Set<Post>().Where(Post.ActiveOn(scope.Today)).Where(p => p.Id != lead && JointAccess.WritePart.Roles.Contains(p.Role)).SingleOrDefaultAsync(p => p.PublicCode == input.To);
        var problems = new List<Problem>();
        if (post is null)
            problems.Add(JointProblems.PostMissing);
        if (reason.Length == 0)
            problems.Add(JointProblems.ReasonMissing);
        else if (reason.Length > AppealJoint.ReasonLength)
            problems.Add(JointProblems.ReasonTooLong.With(AppealJoint.ReasonLength, reason.Length));
        if (task.Length == 0)
            problems.Add(JointProblems.TaskMissing);
        else if (task.Length > AppealJoint.TaskLength)
            problems.Add(JointProblems.TaskTooLong.With(AppealJoint.TaskLength, task.Length));
        if (problems.Count > 0)
            return Outcome.Refused(problems);
        var there = await scope.Db.Set<AppealJoint>().Where(j => j.AppealId == appeal.Id && j.Round == appeal.Round).Select(j => j.PostId).ToListAsync();
        if (there.Contains(post!.Id))
            return JointProblems.InAlready;

        var rule = await RuleBook.InForce(scope.Db, await jurisdictions.Get(scope.Db, act.JurisdictionId), AppealRules.AnswerJointly, scope.Today);
        var starts = there.Count == 0 && appeal.DueOn >= scope.Today;
        if (appeal.HandleJointly(starts ? rule : null, starts ? rule.DueFrom(scope.Now, ReferenceData.Calendar) : null) is { } problem)
            return problem;
        scope.Record(appeal, starts ? JointEvents.Started : JointEvents.Widened);
        scope.Add(new AppealJoint
        {
            AppealId = appeal.Id, PublicCode = PublicCode.New().Text, Round = appeal.Round, PostId = post.Id, LeadPostId = lead, Reason = reason, Task = task, AskedOn = scope.On, LoggedAt = scope.Now,
        }, JointEvents.Asked);
        return Outcome.Ok(appeal.PublicCode);
    }, cancel);
}

/// <summary>A joint post writes what it did, once, while the lead hasn't answered.</summary>
public sealed class WritePart(Writer writer)
{
    /// <param name="Code">The part's.</param>
    public sealed record Input(string Code, string? Text);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, JointAccess.WritePart.Code, input, async scope =>
    {
        var joint = await JointAccess.Visible(scope.Db, viewer).SingleOrDefaultAsync(j => j.PublicCode == input.Code);
        if (joint is null || viewer.Posts.FirstOrDefault(p => p.PostId == joint.PostId && JointAccess.WritePart.Roles.Contains(p.Role)) is not { } post)
            return JointProblems.NotFound;
        var part = ChineseText.Clean(input.Text);
        if (part.Length == 0)
            return JointProblems.PartMissing;
        if (part.Length > AppealJoint.PartLength)
            return JointProblems.PartTooLong.With(AppealJoint.PartLength, part.Length);
        if (joint.Part is not null)
            return JointProblems.WrittenAlready;
        if (!await AppealJoint.Open(scope.Db).AnyAsync(j => j.Id == joint.Id))
            return JointProblems.Over;
        joint.Write(part, post.PostId, scope.On);
        scope.Record(joint, JointEvents.Written);
        return Outcome.Ok(joint.PublicCode);
    }, cancel);
}
