using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Platform.Sealing;

/// <summary>
/// Wraps every subject's key anew under the newest master key, in small portions beside the acts that go on being written. No sealed value and no
/// row of a fact changes, so the log has nothing to say about it.
/// </summary>
public sealed class RewrapKeys(Database database, Seals seals, KeyVault vault)
{
    private const int Portion = 200;

    /// <returns>How many keys were wrapped anew.</returns>
    public async Task<int> Run(CancellationToken cancel = default)
    {
        vault.Refresh();
        var current = vault.Current().Id;
        int[] jurisdictions;
        await using (var lease = await database.Read([], cancel))
            jurisdictions = await lease.Db.Jurisdictions.OrderBy(j => j.Id).Select(j => j.Id).ToArrayAsync(cancel);
        var done = 0;
        foreach (var jurisdiction in jurisdictions)
            done += await Portions(jurisdiction, db => db.Set<SubjectKey>().AsTracking().Where(k => k.MasterKeyId != current).OrderBy(k => k.SubjectId).Cast<IWrappedKey>(), cancel);
        return done + await Portions(null, db => db.Set<AccountKey>().AsTracking().Where(k => k.MasterKeyId != current).OrderBy(k => k.AccountId).Cast<IWrappedKey>(), cancel);
    }

    /// <summary>Ids of master keys that some key is still wrapped by.</summary>
    public async Task<IReadOnlySet<string>> InUse(CancellationToken cancel = default)
    {
        await using var outer = await database.Read([], cancel);
        var jurisdictions = await outer.Db.Jurisdictions.Select(j => j.Id).ToArrayAsync(cancel);
        await using var lease = await database.Read(jurisdictions, cancel);
        return (await lease.Db.Set<SubjectKey>().Select(k => k.MasterKeyId).Distinct().ToListAsync(cancel))
            .Concat(await lease.Db.Set<AccountKey>().Select(k => k.MasterKeyId).Distinct().ToListAsync(cancel)).ToHashSet();
    }

    private async Task<int> Portions(int? jurisdiction, Func<HeleDb, IQueryable<IWrappedKey>> old, CancellationToken cancel)
    {
        var done = 0;
        while (true)
        {
            var portion = 0;
            await database.Operate(async db =>
            {
                foreach (var key in await old(db).Take(Portion).ToListAsync(cancel))
                    portion += seals.Rewrap(key) ? 1 : 0;
            }, jurisdiction);
            done += portion;
            // A key whose master key is missing stays as it is: it would come again for ever.
            if (portion < Portion)
                return done;
        }
    }
}
