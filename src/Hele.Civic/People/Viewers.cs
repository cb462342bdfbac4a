using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Accounts;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.People;

/// <summary>Finds out who a signed-in account is, afresh for each request: an ended post is felt at once.</summary>
public sealed class Viewers(Database database, TimeProvider clock)
{
    /// <summary>The viewer behind an account in the first jurisdiction that knows them; null when the stamp is stale or nobody knows them.</summary>
    /// <param name="stamp">From the cookie; must still be the account's.</param>
    public async Task<Viewer?> Load(Guid account, Guid stamp, CancellationToken cancel = default)
    {
        int[] places;
        await using (var outer = await database.Read([], cancel))
        {
            if (!await outer.Db.Accounts.AnyAsync(a => a.Id == account && a.Stamp == stamp, cancel))
                return null;
            places = await outer.Db.Set<AccountPlace>().Where(p => p.AccountId == account).Select(p => p.JurisdictionId).OrderBy(j => j).ToArrayAsync(cancel);
        }
        if (places.Length == 0)
            return null;
        await using var inner = await database.Read([places[0]], cancel);
        var person = await inner.Db.Set<Person>().SingleOrDefaultAsync(p => p.AccountId == account, cancel);
        if (person is null)
            return null;
        var today = clock.Today();
        var posts = await inner.Db.Set<Post>().Where(p => p.PersonId == person.Id).Where(Post.ActiveOn(today))
            .OrderBy(p => p.Id).Select(p => new HeldPost(p.Id, p.JurisdictionId, p.Role)).ToListAsync(cancel);
        return new Viewer(account, places[0], person.Id, person.Name, posts);
    }
}
