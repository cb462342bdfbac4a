using Hele.Civic.Kernel;
using Hele.Civic.Platform.Sealing;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Platform.Files;

/// <summary>
/// Photos that came with a form that was refused for something else: a browser never fills in a file field again, so they are kept for their sender until the
/// form is mended. Sealed under the account's key, in the database: another node may get the next request.
/// </summary>
[Exempt("photos of forms that weren't accepted, sealed, for half an hour")]
public sealed class KeptFile
{
    public required Guid AccountId { get; init; }

    /// <summary>The form, by the operation id it first had.</summary>
    public required Guid FormId { get; init; }

    public required DateTimeOffset KeptAt { get; init; }

    /// <summary>All photos of the form, in the order they were chosen.</summary>
    public required byte[]? PhotosSealed { get; init; }
}

public sealed class KeptFiles(Database database, Seals seals, TimeProvider clock)
{
    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(30);

    /// <summary>Forms of one account: the oldest go first.</summary>
    public const int Most = 4;

    /// <summary>Keeps these photos and no others for a form.</summary>
    public async Task Keep(Guid account, Guid form, IReadOnlyList<Photo> photos)
    {
        var now = clock.Now();
        await database.Operate(async db =>
        {
            var old = await db.Set<KeptFile>().AsTracking().Where(k => k.AccountId == account).OrderByDescending(k => k.KeptAt).ToListAsync();
            db.RemoveRange(old.Where(k => k.FormId == form).Concat(old.Where(k => k.FormId != form).Skip(Most - 1)));
            // The same key deleted and added in one round would be one change to EF.
            await db.SaveChangesAsync();
            db.ChangeTracker.Clear();
            if (photos.Count > 0)
                db.Add(new KeptFile { AccountId = account, FormId = form, KeptAt = now, PhotosSealed = await seals.SealForAccount(db, account, Column(form), Photo.ToBytes(photos)) });
        });
    }

    /// <summary>What is kept for a form of this account; null when nothing is, or no longer.</summary>
    public async Task<IReadOnlyList<Photo>?> Find(Guid account, Guid form, CancellationToken cancel = default)
    {
        var since = clock.Now() - Lasts;
        await using var lease = await database.Read([], cancel);
        var kept = await lease.Db.Set<KeptFile>().SingleOrDefaultAsync(k => k.AccountId == account && k.FormId == form && k.KeptAt > since, cancel);
        return kept is not null && await seals.OpenForAccount(lease.Db, account, Column(form), kept.PhotosSealed!) is { } bytes ? Photo.Of(bytes) : null;
    }

    /// <summary>What has lain its time goes.</summary>
    public async Task Sweep()
    {
        var before = clock.Now() - Lasts;
        await database.Operate(async db => db.RemoveRange(await db.Set<KeptFile>().AsTracking().Where(k => k.KeptAt <= before).ToListAsync()));
    }

    private static string Column(Guid form) => $"KeptFiles/{form:D}";
}
