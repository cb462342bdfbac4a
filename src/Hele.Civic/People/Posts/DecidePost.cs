using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.People.Posts;

/// <summary>Another person confirms a proposed post, or refuses it. Nobody confirms what they proposed or what is for themselves.</summary>
public sealed class DecidePost(Writer writer)
{
    /// <param name="Reason">Needed for a refusal.</param>
    public sealed record Input(string Code, bool? Agree, string? Reason);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act with { Reason = ProposePost.Text(input.Reason) }, PostAccess.Confirm.Code, input, async scope =>
    {
        var post = await scope.Db.Set<Post>().SingleOrDefaultAsync(p => p.PublicCode == input.Code);
        if (post is null || !PostAccess.May(viewer, post, PostAccess.Confirm))
            return PostProblems.NotFound;
        if (input.Agree is not { } agree)
            return PostProblems.DecisionMissing;
        var reason = ProposePost.Text(input.Reason);
        if (reason?.Length > Post.ReasonLength || (!agree && reason is null))
            return PostProblems.ReasonMissing.With(Post.ReasonLength);
        if (await (agree ? Confirm(scope, post, viewer) : Refuse(scope, post, viewer)) is { } problem)
            return problem;
        scope.Record(post, agree ? PostEvents.Confirmed : PostEvents.Refused);
        return Outcome.Ok(post.PublicCode);
    }, cancel);

    private static async Task<Problem?> Confirm(ActScope scope, Post post, Viewer viewer)
    {
        if (Post.LifeCycle.Find(post.State, Post.Confirm) is null)
            return post.ConfirmBy(viewer.PersonId, scope.Today);
        if (await Own(scope.Db, post, viewer) is { } own)
            return own;
        if (post.To < scope.Today)
            return PostProblems.TermOver;
        if (!await scope.Db.Set<Person>().Where(Person.Living).AnyAsync(p => p.Id == post.PersonId))
            return PostProblems.PersonGone;
        // The last judge of what one person may hold together: acts of a jurisdiction come one after the other, so of two grants that race the second is seen here.
        if (await SamePerson.Conflict(scope.Db, post.PersonId, post.Role, post.ScopeId, post.From, post.To, except: post.Id) is { } conflict)
            return conflict with { Field = null };
        return post.ConfirmBy(viewer.PersonId, scope.Today);
    }

    private static async Task<Problem?> Refuse(ActScope scope, Post post, Viewer viewer) =>
        Post.LifeCycle.Find(post.State, Post.Refuse) is not null && await SamePerson.Is(scope.Db, viewer.PersonId, post.ProposedById) ? PostProblems.OwnProposal : post.RefuseIt();

    /// <summary>Why this viewer can't confirm it because it is their own; null when they can.</summary>
    internal static async Task<Problem?> Own(HeleDb db, Post post, Viewer viewer)
    {
        var entries = await SamePerson.EntriesOf(db, viewer.PersonId);
        return entries.Contains(post.PersonId) ? PostProblems.OwnGrant : post.ProposedById is { } proposer && entries.Contains(proposer) ? PostProblems.OwnProposal : null;
    }
}
