using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Platform.Journal;

/// <summary>
/// The fourth walk: nothing that is still open hangs on a post that has ended. It reads keys only, so that a damaged value elsewhere in a row can't stop it.
/// </summary>
internal sealed class VerificationPosts(HeleDb db, ModuleList modules, FindingList found)
{
    public async Task Check(CancellationToken cancel)
    {
        var ended = await db.Set<Post>().Where(p => p.State == PostState.Ended).Select(p => p.Id).ToListAsync(cancel);
        if (ended.Count == 0)
            return;
        foreach (var handOver in modules.HandOvers)
        {
            foreach (var id in await handOver.Open(db, ended).Select(r => r.Id).ToListAsync(cancel))
                found.Add(FindingKind.HangsOnEndedPost, VerificationTexts.HangsOnEndedPost(handOver.Title), db.Model.FindEntityType(handOver.Entity)!.GetTableName(), id, column: handOver.Property);
        }
    }
}
