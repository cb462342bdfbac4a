using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.People.Posts;

/// <summary>Whoever proposed a post takes the proposal back.</summary>
public sealed class WithdrawPost(Writer writer)
{
    public sealed record Input(string Code);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, PostAccess.Propose.Code + ".withdraw", input, async scope =>
    {
        var post = await scope.Db.Set<Post>().SingleOrDefaultAsync(p => p.PublicCode == input.Code);
        if (post is null || !PostAccess.May(viewer, post, PostAccess.Propose))
            return PostProblems.NotFound;
        if (post.ProposedById != viewer.PersonId)
            return PostProblems.NotYours;
        if (post.WithdrawIt() is { } problem)
            return problem;
        scope.Record(post, PostEvents.Withdrawn);
        return Outcome.Ok(post.PublicCode);
    }, cancel);
}
