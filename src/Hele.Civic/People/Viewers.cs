using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Accounts;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.People;

/// <summary>Finds out who a signed-in account is, afresh for each request: an ended post is felt at once.</summary>
public sealed class Viewers(Database database, TimeProvider clock, JurisdictionDirectory jurisdictions)
{
    /// <summary>
    /// The viewer behind an account in the jurisdiction they chose, else the first that knows them; null when the stamp is stale or nobody
    /// knows them.
    /// </summary>
    /// <param name="stamp">From the cookie; must still be the account's.</param>
    /// <param name="place">Where they chose to work. Counts only while the account has a place there.</param>
    public async Task<Viewer?> Load(Guid account, Guid stamp, CancellationToken cancel = default, int? place = null)
    {
        int[] places;
        await using (var outer = await database.Read([], cancel))
        {
            if (!await outer.Db.Accounts.AnyAsync(a => a.Id == account && a.Stamp == stamp, cancel))
                return null;
            places = await outer.Db.Set<AccountPlace>().Where(p => p.AccountId == account).Select(p => p.JurisdictionId).OrderBy(j => j).ToArrayAsync(cancel);
        }
        foreach (var at in places.OrderBy(p => p != place))
        {
            if (await In(account, at, cancel) is { } viewer)
                return viewer with { Places = places };
        }
        return null;
    }

    private async Task<Viewer?> In(Guid account, int place, CancellationToken cancel)
    {
        await using var inner = await database.Read([place], cancel);
        var person = await inner.Db.Set<Person>().SingleOrDefaultAsync(p => p.AccountId == account, cancel);
        if (person is null || person.DiedOn is not null)
            return null;
        var today = clock.Today();
        var posts = await inner.Db.Set<Post>().Where(p => p.PersonId == person.Id).Where(Post.ActiveOn(today))
            .OrderBy(p => p.Id).Select(p => new HeldPost(p.Id, p.JurisdictionId, p.Role, p.ScopeId)).ToListAsync(cancel);
        return new Viewer(account, place, person.Id, person.Name, posts) { Level = (await jurisdictions.Get(inner.Db, place, cancel)).Level };
    }
}
