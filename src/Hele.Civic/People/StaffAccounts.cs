using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Accounts;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.People;

/// <summary>What the registers say about an account: whose it is. Which are staff's: somebody who holds a post anywhere doesn't sign in with a code sent to a phone.</summary>
public sealed class StaffAccounts(Database database, TimeProvider clock)
{
    public async Task<bool> HoldsPost(Guid account, CancellationToken cancel = default)
    {
        int[] places;
        await using (var outer = await database.Read([], cancel))
            places = await outer.Db.Set<AccountPlace>().Where(p => p.AccountId == account).Select(p => p.JurisdictionId).ToArrayAsync(cancel);
        await using var lease = await database.Read(places, cancel);
        var people = lease.Db.Set<Person>().Where(p => p.AccountId == account).Select(p => p.Id);
        return await lease.Db.Set<Post>().Where(Post.ActiveOn(clock.Today())).AnyAsync(p => people.Contains(p.PersonId), cancel);
    }

    /// <summary>Whether everybody behind an account has died: nobody signs in with it, and no code goes to its number.</summary>
    public async Task<bool> IsOfTheDead(Guid account, CancellationToken cancel = default)
    {
        int[] places;
        await using (var outer = await database.Read([], cancel))
            places = await outer.Db.Set<AccountPlace>().Where(p => p.AccountId == account).Select(p => p.JurisdictionId).ToArrayAsync(cancel);
        await using var lease = await database.Read(places, cancel);
        var died = await lease.Db.Set<Person>().Where(p => p.AccountId == account).Select(p => p.DiedOn).ToListAsync(cancel);
        return died.Count > 0 && died.TrueForAll(d => d is not null);
    }
}
