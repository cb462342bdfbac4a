using System.Runtime.CompilerServices;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Hele.Evidence;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Platform.Journal;

/// <summary>
/// Writes a jurisdiction's log as a supervisor's kit (<see cref="Kit"/>). What is appended meanwhile isn't in it: the checkpoint is of one moment and the
/// entries end there.
/// </summary>
public sealed class KitMaker(Database database, LogService log, TimeProvider clock)
{
    private const int AtOnce = 2_000;

    public static readonly Permission Permission = new("log.kit", ("下载监督核验包", "Download the supervisor's kit"), [Role.Supervisor]);

    /// <returns>How many entries it holds.</returns>
    public async Task<long> Write(Stream output, Jurisdiction jurisdiction, CancellationToken cancel = default)
    {
        SignedNote checkpoint;
        string origin;
        long size;
        await using (var lease = await database.Read([jurisdiction.Id], cancel))
        {
            size = await lease.Db.Set<LogHead>().Select(h => h.Size).FirstOrDefaultAsync(cancel);
            checkpoint = await log.Checkpoint(lease.Db, jurisdiction.Id, size, cancel);
            origin = (await log.Names(lease.Db, jurisdiction.Id, cancel)).At(size);
        }
        await Kit.Write(output, jurisdiction.Code, clock.Now(), log.VerifierKey(origin), checkpoint, Entries(jurisdiction.Id, size, cancel), [("README.txt", KitText.Of(jurisdiction, origin, size)), (VerifierPage.FileName, VerifierPage.Html.ToArray())], cancel);
        return size;
    }

    /// <summary>Batch by batch, each in a reading of its own: an hour's download must not hold a snapshot of the database.</summary>
    private async IAsyncEnumerable<ReadOnlyMemory<byte>> Entries(int jurisdiction, long size, [EnumeratorCancellation] CancellationToken cancel)
    {
        for (var from = 0L; from < size; from += AtOnce)
        {
            List<byte[]> batch;
            await using (var lease = await database.Read([jurisdiction], cancel))
                batch = await lease.Db.Set<JournalRow>().Where(r => r.LeafIndex >= from && r.LeafIndex < Math.Min(from + AtOnce, size)).OrderBy(r => r.LeafIndex).Select(r => r.Entry).ToListAsync(cancel);
            foreach (var entry in batch)
                yield return entry;
        }
    }
}
