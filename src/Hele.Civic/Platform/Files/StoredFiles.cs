using System.Security.Cryptography;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Sealing;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Platform.Files;

/// <summary>Puts photos to records inside an act, destroys them, and opens them for whoever sees the record.</summary>
public sealed class StoredFiles(Seals seals, ModuleList modules)
{
    /// <summary>Who can open a file at all; whether this file, its record's module says.</summary>
    public static readonly Permission See = new("file.see", ("查看照片", "See photos"), [Role.GridWorker, Role.Clerk, Role.Secretary, Role.Supervisor], Residents: true) { ResidentsOfCommunities = true };

    public const string Jpeg = "image/jpeg";

    /// <summary>Adds photos to a record; within its limit for the side, or none.</summary>
    /// <param name="subject">The record they belong to, new or known.</param>
    public async Task<Problem?> Add(ActScope scope, Owned subject, FileSide side, string part, int round, IReadOnlyList<Photo> photos)
    {
        if (photos.Count == 0)
            return null;
        var table = scope.Db.Model.FindEntityType(subject.GetType())!.GetTableName()!;
        var there = await scope.Db.Set<StoredFile>().AsNoTracking().Where(f => f.SubjectTable == table && f.SubjectId == subject.Id).Select(f => new { f.Number, f.Side, f.State }).ToListAsync();
        var shown = there.Count(f => f.Side == side && f.State == FileState.Shown);
        if (Check(shown, photos.Count) is { } tooMany)
            return tooMany;
        var number = there.Count == 0 ? 0 : there.Max(f => f.Number);
        foreach (var photo in photos)
        {
            ArgumentOutOfRangeException.ThrowIfZero(photo.Full.Length);
            var file = new StoredFile
            {
                PublicCode = PublicCode.New().Text, SubjectTable = table, SubjectId = subject.Id, Number = ++number, Side = side, Part = part, Round = round, MediaType = Jpeg,
                Length = photo.Full.Length, Width = photo.Width, Height = photo.Height, AddedByPostId = scope.Act.PostId, AddedOn = scope.On, AddedAt = scope.Now,
            };
            var bytes = new FileBytes
            {
                JurisdictionId = scope.Act.JurisdictionId, FileId = file.Id,
                FullSealed = await seals.SealFile(scope, file.Id, nameof(FileBytes.FullSealed), photo.Full),
                SmallSealed = await seals.SealFile(scope, file.Id, nameof(FileBytes.SmallSealed), photo.Small),
            };
            file.Keep(HashOf(bytes.FullSealed, bytes.SmallSealed), scope.Act.PersonId);
            scope.Db.Add(bytes);
            scope.Add(file, FileEvents.Added);
        }
        return null;
    }

    /// <param name="shown">How many the side has.</param>
    public static Problem? Check(int shown, int added) =>
        shown + added <= FileLimits.PerSide ? null : FileProblems.TooMany.With(FileLimits.PerSide, shown, added, shown + added - FileLimits.PerSide);

    /// <summary>Takes the bytes and their key away; the row says so by the event of the act.</summary>
    public static async Task Destroy(ActScope scope, Owned file)
    {
        var id = file.Id;
        scope.Db.RemoveRange(await scope.Db.Set<FileBytes>().AsTracking().Where(b => b.JurisdictionId == scope.Act.JurisdictionId && b.FileId == id).ToListAsync());
        scope.Db.RemoveRange(await scope.Db.Set<SubjectKey>().AsTracking().Where(k => k.JurisdictionId == scope.Act.JurisdictionId && k.SubjectId == id).ToListAsync());
    }

    /// <summary>The plain bytes of a file of this code, for a viewer who sees its record; null for missing, gone and not theirs alike.</summary>
    public async Task<byte[]?> Open(HeleDb db, Viewer viewer, string code, bool small, CancellationToken cancel = default)
    {
        // One question whatever is there, so that neither answer nor time tells.
        var found = await modules.Files.Select(subject =>
        {
            var (table, hidden, visible) = (db.Model.FindEntityType(subject.Entity)!.GetTableName()!, subject.SeesHidden(viewer), subject.Visible(db, viewer));
            return from file in db.Set<StoredFile>()
                   where file.PublicCode == code && file.SubjectTable == table && visible.Contains(file.SubjectId) && (file.State == FileState.Shown || (hidden && file.State == FileState.Hidden))
                   join bytes in db.Set<FileBytes>() on file.Id equals bytes.FileId
                   join key in db.Set<SubjectKey>() on file.Id equals key.SubjectId
                   select new { key, file.Id, Sealed = small ? bytes.SmallSealed : bytes.FullSealed };
        }).Aggregate((a, b) => a.Concat(b)).SingleOrDefaultAsync(cancel);
        return found?.Sealed is null ? null : seals.OpenFile(found.key, found.Id, small ? nameof(FileBytes.SmallSealed) : nameof(FileBytes.FullSealed), found.Sealed);
    }

    /// <summary>The plain bytes of a file of this code that anybody may see; null for missing, gone and not public alike.</summary>
    public async Task<byte[]?> OpenPublic(HeleDb db, string code, bool small, CancellationToken cancel = default)
    {
        var found = await modules.Files.Where(subject => subject.Public is not null).Select(subject =>
        {
            var (table, visible) = (db.Model.FindEntityType(subject.Entity)!.GetTableName()!, subject.Public!(db));
            return from file in db.Set<StoredFile>()
                   where file.PublicCode == code && file.SubjectTable == table && file.State == FileState.Shown && visible.Contains(file.SubjectId)
                   join bytes in db.Set<FileBytes>() on file.Id equals bytes.FileId
                   join key in db.Set<SubjectKey>() on file.Id equals key.SubjectId
                   select new { key, file.Id, Sealed = small ? bytes.SmallSealed : bytes.FullSealed };
        }).Aggregate((a, b) => a.Concat(b)).SingleOrDefaultAsync(cancel);
        return found?.Sealed is null ? null : seals.OpenFile(found.key, found.Id, small ? nameof(FileBytes.SmallSealed) : nameof(FileBytes.FullSealed), found.Sealed);
    }

    /// <summary>What a file's row commits of its bytes.</summary>
    internal static byte[] HashOf(byte[] full, byte[] small)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(full);
        hash.AppendData(small);
        return hash.GetHashAndReset();
    }
}
