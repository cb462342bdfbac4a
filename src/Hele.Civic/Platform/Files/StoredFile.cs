using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;

namespace Hele.Civic.Platform.Files;

public enum FileState
{
    Shown,

    /// <summary>Somebody of the community hid it, saying why; it is there and shown to few.</summary>
    Hidden,

    /// <summary>Whoever added it took it back: nothing of it is left.</summary>
    TakenBack,

    /// <summary>Destroyed with the data of whoever it came from.</summary>
    Erased,
}

/// <summary>On whose side of a matter it stands; each has its own number of them.</summary>
public enum FileSide { Resident, Community }

/// <summary>
/// A photo that belongs to a record. The row says what it is and commits the hash of its bytes; the bytes lie beside it, sealed under a key of its own
/// (<see cref="FileBytes"/>), and go with the key (docs/adr/0008-files.md).
/// </summary>
public sealed class StoredFile : Owned
{
    public const int PartLength = 20, ReasonLength = 200;

    public required string PublicCode { get; init; }

    /// <summary>The table of the record it belongs to; its module says who sees it (<see cref="FileSubject"/>).</summary>
    public required string SubjectTable { get; init; }

    public required Guid SubjectId { get; init; }

    /// <summary>1 for the first of its record, whichever side added it.</summary>
    public required int Number { get; init; }

    public required FileSide Side { get; init; }

    /// <summary>What it goes with, in the module's words: what was told, an answer.</summary>
    public required string Part { get; init; }

    /// <summary>Which of several answers.</summary>
    public required int Round { get; init; }

    public required string MediaType { get; init; }

    /// <summary>Length of the plain bytes.</summary>
    public required int Length { get; init; }

    public required int Width { get; init; }
    public required int Height { get; init; }

    /// <summary>SHA-256 over the sealed bytes as they are stored, the large ones and then the small ones; null when they are destroyed.</summary>
    public byte[]? Sha256 { get; private set; }

    /// <summary>Who added it; null when that isn't to be known any more.</summary>
    public Guid? AddedById { get; private set; }

    /// <summary>The post that added it; null when a resident did.</summary>
    public Guid? AddedByPostId { get; init; }

    public required DateOnly AddedOn { get; init; }
    public required DateTimeOffset AddedAt { get; init; }

    public FileState State { get; private set; }

    public Guid? HiddenByPostId { get; private set; }
    public string? HiddenFor { get; private set; }

    /// <summary>The day it was hidden, taken back or erased.</summary>
    public DateOnly? EndedOn { get; private set; }

    internal void Keep(byte[] sha256, Guid? by) => (Sha256, AddedById) = (sha256, by);

    internal void TakeBack(DateOnly on) => (State, Sha256, EndedOn) = (FileState.TakenBack, null, on);

    internal void Hide(Guid post, string reason, DateOnly on) => (State, HiddenByPostId, HiddenFor, EndedOn) = (FileState.Hidden, post, reason, on);

    /// <summary>Takes whoever it came from out of the row; its bytes and its key are <see cref="StoredFiles.Destroy"/>'s.</summary>
    public void Erase(DateOnly on) => (State, Sha256, AddedById, HiddenFor, EndedOn) = (FileState.Erased, null, null, null, on);
}

/// <summary>The bytes of a file, large and small, sealed.</summary>
[Exempt("sealed bytes of files; their hash is committed with the file's row and compared with them by verify")]
public sealed class FileBytes : IFenced
{
    public required int JurisdictionId { get; init; }
    public required Guid FileId { get; init; }
    public required byte[]? FullSealed { get; init; }
    public required byte[]? SmallSealed { get; init; }
}

/// <summary>A kind of record that files belong to, as its module knows it.</summary>
/// <param name="Entity">The table's type.</param>
/// <param name="Visible">The keys of those that this viewer sees.</param>
/// <param name="SeesHidden">Whether this viewer sees a hidden one too: whoever has to judge whether it was rightly hidden.</param>
public sealed record FileSubject(Type Entity, Func<HeleDb, Viewer, IQueryable<Guid>> Visible, Func<Viewer, bool> SeesHidden)
{
    /// <summary>The keys of records whose photo anybody may see, because a reviewer said so; null where no photo of such records is public.</summary>
    public Func<HeleDb, IQueryable<Guid>>? Public { get; init; }
}

public static class FileEvents
{
    public static readonly EventKind Added = new("file.added", ("附上了照片", "Attached a photo"));
    public static readonly EventKind TakenBack = new("file.taken-back", ("收回了照片，已销毁", "Took the photo back; it was destroyed"));
    public static readonly EventKind Hidden = new("file.hidden", ("隐藏了照片", "Hid the photo"));
    public static readonly EventKind Erased = new("file.erased", ("销毁了照片及其密钥", "Destroyed the photo and its key"), Whole: true);
}
