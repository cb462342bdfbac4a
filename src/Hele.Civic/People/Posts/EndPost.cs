using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.People.Posts;

/// <summary>
/// Ends a post, at once. While anything hangs on it, only with a successor who can do that work: every record goes over with its own event,
/// then the post ends, all in one act.
/// </summary>
public sealed class EndPost(Writer writer, ModuleList modules)
{
    /// <param name="Successor">Public code of the post that takes over; null when nothing hangs on the one that ends.</param>
    public sealed record Input(string Code, string? Reason, string? Successor);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act with { Reason = ProposePost.Text(input.Reason) }, PostAccess.End.Code, input, async scope =>
    {
        var post = await scope.Db.Set<Post>().SingleOrDefaultAsync(p => p.PublicCode == input.Code);
        if (post is null || !PostAccess.May(viewer, post, PostAccess.End))
            return PostProblems.NotFound;
        if (Post.LifeCycle.Find(post.State, Post.End) is null)
            return post.EndOn(scope.Today)!;
        if (ProposePost.Text(input.Reason) is not { Length: <= Post.ReasonLength })
            return PostProblems.ReasonMissing.With(Post.ReasonLength);
        if (post.IsActiveOn(scope.Today) && IsKeeper(post.Role) && !await AnotherKeeper(scope, post))
            return PostProblems.LastKeeper;

        var hanging = new List<(HandOver HandOver, List<Owned> Records)>();
        foreach (var handOver in modules.HandOvers)
        {
            if (await handOver.Open(scope.Db, [post.Id]).AsTracking().ToListAsync() is { Count: > 0 } records)
                hanging.Add((handOver, records));
        }
        if (hanging.Count > 0)
        {
            if (string.IsNullOrWhiteSpace(input.Successor))
                return PostProblems.StillHangs.With(hanging.Sum(h => h.Records.Count));
            var successor = await scope.Db.Set<Post>().SingleOrDefaultAsync(p => p.PublicCode == input.Successor);
            if (successor is null || successor.Id == post.Id || !successor.IsActiveOn(scope.Today) || hanging.Any(h => h.Records.Exists(r => !h.HandOver.CanGoTo(r, successor.Role, successor.PersonId))))
                return PostProblems.SuccessorUnfit;
            foreach (var (handOver, records) in hanging)
            {
                foreach (var record in records)
                {
                    handOver.Move(record, successor.Id);
                    scope.Record(record, handOver.Moved);
                }
            }
        }
        if (post.EndOn(scope.Today) is { } problem)
            return problem;
        scope.Record(post, PostEvents.Ended);
        return Outcome.Ok(post.PublicCode);
    }, cancel);

    private static bool IsKeeper(Role role) => PostAccess.End.Roles.Contains(role);

    private static async Task<bool> AnotherKeeper(ActScope scope, Post post) =>
        (await scope.Db.Set<Post>().Where(Post.ActiveOn(scope.Today)).Where(p => p.Id != post.Id).Select(p => p.Role).ToListAsync()).Any(IsKeeper);
}
