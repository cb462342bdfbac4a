using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Storage;
using Hele.Evidence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Hele.Civic.Platform.Journal;

/// <summary>
/// The logs of an installation, one per jurisdiction: signs checkpoints of what is durably committed, pins the newest one beside the database
/// (another disk, say the docs), makes proofs, and decides at start whether the database may be written at all.
/// </summary>
public sealed class LogService : IAsyncDisposable
{
    private static readonly TimeSpan PinInterval = TimeSpan.FromSeconds(1);

    private readonly StorageOptions _options;
    private readonly Database _database;
    private readonly ILogger<LogService> _logger;
    private readonly ConcurrentDictionary<string, NoteSigner> _signers = new();
    private readonly ConcurrentDictionary<int, long> _unpinned = new();
    private readonly SemaphoreSlim _pinning = new(1);
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _wake = new(0, 1);
    private readonly Task _pinLoop;
    private byte[]? _seed;

    public LogService(StorageOptions options, Database database, ILogger<LogService> logger)
    {
        _options = options;
        _database = database;
        _logger = logger;
        _pinLoop = Task.Run(PinLoop);
    }

    /// <summary>Why nothing may be written; null when writing is allowed.</summary>
    public Bilingual? ReadOnlyReason { get; private set; }

    /// <summary>Why the newest checkpoints aren't pinned; null when they are, or will be within a moment.</summary>
    public Bilingual? PinTrouble { get; private set; }

    /// <summary>The pinned checkpoint of a jurisdiction's log.</summary>
    public string PinFile(string code) => Path.Combine(_options.PinDirectory, code + ".checkpoint");

    /// <summary>The key that the log of this origin is signed with, as others need it to verify.</summary>
    public VerifierKey VerifierKey(string origin) => Signer(origin).VerifierKey;

    /// <summary>What a jurisdiction's log is called, now and in its earlier epochs. An epoch without the signature of its own key is none.</summary>
    public async Task<LogNames> Names(HeleDb db, int jurisdiction, CancellationToken cancel = default)
    {
        var found = await db.Jurisdictions.Where(j => j.Id == jurisdiction).Select(j => new { j.Code, j.Origin }).SingleAsync(cancel);
        List<LogEpoch> epochs;
        try
        {
            epochs = await db.Set<LogEpoch>().AsNoTracking().Where(e => e.JurisdictionId == jurisdiction).OrderBy(e => e.Number).ToListAsync(cancel);
        }
        catch (Exception unreadable) when (unreadable is InvalidOperationException or FormatException or InvalidCastException or OverflowException)
        {
            // SQLite lets anybody put a text where a number belongs; verify names the row.
            epochs = [];
        }
        return new(found.Code, found.Origin, [.. epochs.Where(e => IsSigned(e, found.Origin))]);
    }

    private bool IsSigned(LogEpoch epoch, string first) => EpochName.TryNumber(epoch.Origin, first, out var number) && number == epoch.Number && File.Exists(SeedFile)
        && SignedNote.TryParse(Encoding.UTF8.GetBytes(epoch.Signed), out var note)
        && Evidence.Checkpoint.TryOpen(note, new NoteVerifier(VerifierKey(epoch.Origin)), out var signed) && signed.Size == epoch.Kept;

    /// <summary>Signs what was read of a log, under the name it says.</summary>
    internal SignedNote Sign(Checkpoint checkpoint) => Signer(checkpoint.Origin).SignNote(checkpoint);

    /// <summary>The first checkpoint of a new epoch, of what was kept.</summary>
    internal async Task<SignedNote> FirstOf(HeleDb db, int jurisdiction, string origin, long kept, CancellationToken cancel) =>
        Signer(origin).SignNote(new Checkpoint(origin, kept, await Tree(db, jurisdiction, kept).Root(kept, cancel)));

    /// <summary>The text of the checkpoint of a jurisdiction's log at a size, signed. Ed25519 is deterministic: asked again it is the same note.</summary>
    public async Task<SignedNote> Checkpoint(HeleDb db, int jurisdiction, long? size = null, CancellationToken cancel = default)
    {
        var names = await Names(db, jurisdiction, cancel);
        var head = await db.Set<LogHead>().SingleOrDefaultAsync(h => h.JurisdictionId == jurisdiction, cancel);
        var n = size ?? head?.Size ?? 0;
        if (n > (head?.Size ?? 0))
            throw new ArgumentOutOfRangeException(nameof(size), "The log is not that long.");
        var root = n == head?.Size
            ? Frontier.Load(head.Size, head.Frontier).Root()
            : await Tree(db, jurisdiction, head?.Size ?? 0).Root(n, cancel);
        var origin = names.At(n);
        return Signer(origin).SignNote(new Checkpoint(origin, n, root));
    }

    /// <summary>Roots and proofs of a jurisdiction's log, read from the database.</summary>
    public static TileTree Tree(HeleDb db, int jurisdiction, long size) => new(new StoredTiles(db, jurisdiction), size);

    /// <summary>Entries of a jurisdiction's log.</summary>
    public static Task<long> SizeOf(HeleDb db, int jurisdiction, CancellationToken cancel = default) =>
        db.Set<LogHead>().Where(h => h.JurisdictionId == jurisdiction).Select(h => h.Size).SingleOrDefaultAsync(cancel);

    /// <summary>The size of the commit group that a leaf was written in: its receipt is proved under that group's checkpoint.</summary>
    public static async Task<long> GroupSizeOf(HeleDb db, int jurisdiction, long leaf, CancellationToken cancel = default) =>
        await db.Set<LogGroup>().Where(g => g.JurisdictionId == jurisdiction && g.Size > leaf).OrderBy(g => g.Size).Select(g => g.Size).FirstAsync(cancel);

    /// <summary>
    /// Before the first request: compares each log with its pin. A log shorter than or inconsistent with the pin, or a missing pin with a
    /// non-empty log, makes the installation read-only until an operator has decided.
    /// </summary>
    public async Task CheckPins(CancellationToken cancel = default)
    {
        Directory.CreateDirectory(_options.PinDirectory);
        await using var lease = await ReadAll(cancel);
        var jurisdictions = await lease.Db.Jurisdictions.OrderBy(j => j.Id).ToListAsync(cancel);
        foreach (var jurisdiction in jurisdictions)
        {
            if (await ComparePin(lease.Db, jurisdiction.Id, jurisdiction.Code, jurisdiction.Origin, cancel) is { } reason)
            {
                StopWriting(reason);
                return;
            }
        }
        if (PinsWithoutJurisdiction([.. jurisdictions.Select(j => j.Code)]) is [var code, ..])
        {
            StopWriting(PinWithoutLog(code));
            return;
        }
        ReadOnlyReason = null;
    }

    private void StopWriting(Bilingual reason)
    {
        ReadOnlyReason = reason;
        _logger.LogError("Read-only: {Reason}", reason.En);
    }

    /// <summary>What is wrong between a log and its pin; null when they agree.</summary>
    /// <param name="origin">The log's own name, that of its first epoch.</param>
    public async Task<Bilingual?> ComparePin(HeleDb db, int jurisdiction, string code, string origin, CancellationToken cancel = default) =>
        (await Compare(db, jurisdiction, await ReadPin(code, origin, cancel), cancel)).Wrong;

    /// <summary>How a log agrees with its pin, and in words what is wrong; by then the roots have been compared.</summary>
    internal async Task<(PinState State, Bilingual? Wrong)> Compare(HeleDb db, int jurisdiction, PinRead read, CancellationToken cancel)
    {
        var names = await Names(db, jurisdiction, cancel);
        var head = await db.Set<LogHead>().SingleOrDefaultAsync(h => h.JurisdictionId == jurisdiction, cancel);
        var size = head?.Size ?? 0;
        var state = names.Judge(read, size);
        if (state is not PinState.Compare)
            return (state, Says(state, names, read, size));
        var pin = read.Pin!;
        try
        {
            var root = pin.Size == size && head is not null
                ? Frontier.Load(size, head.Frontier).Root()
                : await Tree(db, jurisdiction, size).Root(pin.Size, cancel);
            return (state, root.AsSpan().SequenceEqual(pin.Root.Span) ? null : PinDiffers(names.Code, pin.Size));
        }
        catch (InvalidDataException)
        {
            // Head or tree were tampered with so clumsily that they don't even have the right length.
            return (state, PinDiffers(names.Code, pin.Size));
        }
    }

    /// <summary>A judgement in words; null where nothing is wrong as far as names and sizes go.</summary>
    internal Bilingual? Says(PinState state, LogNames names, PinRead read, long size) => state switch
    {
        PinState.Missing => PinMissing(names.Code, size),
        PinState.Damaged => read.Wrong ?? NotOurs(names.Code),
        PinState.Longer => PinIsLonger(names.Code, size, read.Pin!.Size),
        PinState.Later => PinIsLater(names.Code, names.Now, read.Pin!.Origin),
        PinState.Lost => PinIsLost(names.Code, read.Pin!.Size),
        _ => null,
    };

    /// <summary>Reads a pin and opens it with the key of the epoch it names. Read it before the state of the database it is compared with: a pin follows its commit.</summary>
    /// <param name="origin">The log's own name, that of its first epoch.</param>
    internal async Task<PinRead> ReadPin(string code, string origin, CancellationToken cancel = default)
    {
        var file = PinFile(code);
        if (!File.Exists(file))
            return default;
        // Without the seed a new one would be made here, and reading changes nothing.
        return File.Exists(SeedFile) && SignedNote.TryParse(await File.ReadAllBytesAsync(file, cancel), out var note)
            && Evidence.Checkpoint.TryParse(note.Text, out var said) && EpochName.TryNumber(said.Origin, origin, out _)
            && Evidence.Checkpoint.TryOpen(note, new NoteVerifier(VerifierKey(said.Origin)), out var pin)
            ? new PinRead(pin, note.ToString(), null)
            : new PinRead(null, null, NotOurs(code));
    }

    private Bilingual NotOurs(string code) => new(
        $"辖区 {code} 存放在别处的校验点（{PinFile(code)}）不是本系统签发的，或已损坏。",
        $"The pinned checkpoint of jurisdiction {code} ({PinFile(code)}) was not signed by this installation, or is damaged.");

    /// <summary>Codes of pins that say a log had entries, without a jurisdiction in the database: an earlier database was put back.</summary>
    internal IReadOnlyList<string> PinsWithoutJurisdiction(IReadOnlyCollection<string> codes) => !Directory.Exists(_options.PinDirectory) ? [] :
        [.. Directory.GetFiles(_options.PinDirectory, "*.checkpoint").Select(f => Path.GetFileNameWithoutExtension(f)).Where(c => !codes.Contains(c) && PinnedSize(c) != 0).Order(StringComparer.Ordinal)];

    internal Bilingual PinMissing(string code, long size) => new(
        $"辖区 {code} 的日志有 {size} 条，但存放在别处的校验点不见了（{PinFile(code)}）。",
        $"The log of jurisdiction {code} has {size} entries, but its pinned checkpoint is missing ({PinFile(code)}).");

    internal static Bilingual PinIsLonger(string code, long size, long pinned) => new(
        $"辖区 {code} 的日志只有 {size} 条，而校验点记着 {pinned} 条：数据库比校验点旧，可能被换成了较早的文件。",
        $"The log of jurisdiction {code} has {size} entries, but its pin says {pinned}: the database is older than the pin, perhaps an earlier file was put back.");

    internal static Bilingual PinDiffers(string code, long pinned) => new(
        $"辖区 {code} 的日志与校验点不一致：前 {pinned} 条在签发之后被改动过。",
        $"The log of jurisdiction {code} does not agree with its pin: the first {pinned} entries were changed after they were signed.");

    internal static Bilingual PinIsLater(string code, string now, string pinned) => new(
        $"辖区 {code} 的校验点属于“{pinned}”，而数据库还停在“{now}”：数据库比校验点旧，可能被换成了较早的文件。",
        $"The pin of jurisdiction {code} is of \"{pinned}\", but the database is still at \"{now}\": the database is older than the pin, perhaps an earlier file was put back.");

    internal static Bilingual PinIsLost(string code, long pinned) => new(
        $"辖区 {code} 的校验点记着 {pinned} 条，是恢复备份时丢失的那一段，但不是日志里写明的那个校验点。",
        $"The pin of jurisdiction {code} says {pinned} entries, of the part that a restore lost, but isn't the pin that the log names.");

    internal Bilingual PinWithoutLog(string code) => new(
        $"存放在别处的校验点（{PinFile(code)}）记着辖区 {code} 的日志，但数据库里没有这个辖区：数据库可能被换成了较早的文件。",
        $"A pinned checkpoint ({PinFile(code)}) knows the log of jurisdiction {code}, but the database has no such jurisdiction: perhaps an earlier file was put back.");

    /// <summary>A pin as it was found: neither part set means there is none.</summary>
    /// <param name="Text">The whole signed note.</param>
    internal readonly record struct PinRead(Checkpoint? Pin, string? Text, Bilingual? Wrong);

    /// <summary>Pins the empty log of a new jurisdiction, so that from its first entry on a missing pin means something.</summary>
    public async Task PinEmpty(string code, string origin)
    {
        Directory.CreateDirectory(_options.PinDirectory);
        if (!File.Exists(PinFile(code)))
            await PrivateFile.Write(PinFile(code), Signer(origin).SignNote(new Checkpoint(origin, 0, Merkle.EmptyRoot)).ToString());
    }

    /// <summary>Told by the writer after each commit.</summary>
    public void Committed(IReadOnlyList<CommittedHead> heads)
    {
        foreach (var head in heads)
            _unpinned.AddOrUpdate(head.JurisdictionId, head.Size, (_, old) => Math.Max(old, head.Size));
        if (heads.Count > 0)
            Wake();
    }

    private void Wake()
    {
        if (_wake.CurrentCount > 0)
            return;
        try { _wake.Release(); }
        catch (SemaphoreFullException) { }
    }

    /// <summary>A failure of the writer that no caller was told in full.</summary>
    public void Report(Exception failure) => _logger.Failed(failure, "A group of acts was not saved.");

    /// <summary>Pins what is committed and not pinned yet.</summary>
    public async Task PinNow()
    {
        await _pinning.WaitAsync();
        try
        {
            foreach (var (jurisdiction, size) in _unpinned.ToList())
            {
                var (code, origin) = await Jurisdiction(jurisdiction);
                var pinned = await ReadPin(code, origin);
                await using var lease = await _database.Read([jurisdiction]);
                // A pin never moves onto a log that doesn't contain it: what was changed while the program ran would be lost from sight.
                if ((await Compare(lease.Db, jurisdiction, pinned, CancellationToken.None)).Wrong is { } reason)
                {
                    StopWriting(reason);
                    continue;
                }
                var note = await Checkpoint(lease.Db, jurisdiction);
                // Another node may have pinned more already; a pin only ever moves forward.
                if (!Evidence.Checkpoint.TryParse(note.Text, out var now) || now.Size < size || (pinned.Pin?.Origin == now.Origin && PinnedSize(code) > now.Size))
                    continue;
                Directory.CreateDirectory(_options.PinDirectory);
                await PrivateFile.Write(PinFile(code), note.ToString());
                _unpinned.TryRemove(new KeyValuePair<int, long>(jurisdiction, size));
            }
        }
        finally
        {
            _pinning.Release();
        }
    }

    /// <summary>Of how many entries the pin says it is, unchecked; -1 without one.</summary>
    public long PinnedSize(string code) =>
        File.Exists(PinFile(code)) && SignedNote.TryParse(File.ReadAllBytes(PinFile(code)), out var note) && Evidence.Checkpoint.TryParse(note.Text, out var pin) ? pin.Size : -1;

    private async Task PinLoop()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await _wake.WaitAsync(_stop.Token);
                await PinNow();
                PinTrouble = null;
                await Task.Delay(PinInterval, _stop.Token);
            }
            catch (OperationCanceledException) { return; }
            catch (Exception failure)
            {
                // Said once: it is tried again until it works, whether or not anybody acts meanwhile.
                if (PinTrouble is null)
                    _logger.Failed(failure, "The checkpoint could not be pinned; it will be tried again.");
                PinTrouble = StorageTrouble.Of(failure)?.Reason ?? new("写不进去", "they can't be written");
                try { await Task.Delay(PinInterval, _stop.Token); }
                catch (OperationCanceledException) { return; }
                Wake();
            }
        }
    }

    private async Task<(string Code, string Origin)> Jurisdiction(int id)
    {
        await using var lease = await _database.Read([]);
        var found = await lease.Db.Jurisdictions.Where(j => j.Id == id).Select(j => new { j.Code, j.Origin }).SingleAsync();
        return (found.Code, found.Origin);
    }

    private async Task<ReadLease> ReadAll(CancellationToken cancel)
    {
        int[] all;
        await using (var outer = await _database.Read([], cancel))
            all = await outer.Db.Jurisdictions.Select(j => j.Id).ToArrayAsync(cancel);
        return await _database.Read(all, cancel);
    }

    private string SeedFile => Path.Combine(_options.KeyDirectory, "log.seed");

    private NoteSigner Signer(string origin) => _signers.GetOrAdd(origin, o =>
        new NoteSigner(o, HKDF.DeriveKey(HashAlgorithmName.SHA256, Seed(), 32, info: Encoding.UTF8.GetBytes("hele/log/" + o))));

    /// <summary>The secret of this installation as a witness of other logs, under one name.</summary>
    internal byte[] WitnessSeed(string name) => HKDF.DeriveKey(HashAlgorithmName.SHA256, Seed(), 32, info: System.Text.Encoding.UTF8.GetBytes("hele/witness/" + name));

    /// <summary>The installation's signing seed, made on first use. Whoever has it can sign; without it old checkpoints can still be verified.</summary>
    private byte[] Seed()
    {
        lock (_signers)
        {
            if (_seed is not null)
                return _seed;
            var file = SeedFile;
            PrivateFile.Folder(_options.KeyDirectory);
            if (!File.Exists(file))
                PrivateFile.Write(file, Convert.ToHexString(RandomNumberGenerator.GetBytes(32))).GetAwaiter().GetResult();
            return _seed = Convert.FromHexString(File.ReadAllText(file).Trim());
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _pinLoop;
        foreach (var signer in _signers.Values)
            signer.Dispose();
        _signers.Clear();
    }

    /// <summary>Tiles out of the journal: leaf hashes for level 0, kept subtree roots above.</summary>
    private sealed class StoredTiles(HeleDb db, int jurisdiction) : ITileSource
    {
        public async ValueTask<ReadOnlyMemory<byte>> Read(int level, long index, int width, CancellationToken cancellation)
        {
            var first = index * TilePath.FullWidth;
            var end = first + width;
            var hashes = level == 0
                ? await db.Set<JournalRow>().Where(r => r.JurisdictionId == jurisdiction && r.LeafIndex >= first && r.LeafIndex < end).OrderBy(r => r.LeafIndex).Select(r => r.LeafHash).ToListAsync(cancellation)
                : await db.Set<LogNode>().Where(n => n.JurisdictionId == jurisdiction && n.Level == level && n.NodeIndex >= first && n.NodeIndex < end).OrderBy(n => n.NodeIndex).Select(n => n.Hash).ToListAsync(cancellation);
            var tile = new byte[hashes.Count * Merkle.HashSize];
            for (var i = 0; i < hashes.Count; i++)
                hashes[i].CopyTo(tile, i * Merkle.HashSize);
            return tile;
        }
    }

    /// <summary>The bytes of a tile that others may read; null when the log has no such tile.</summary>
    public static async Task<ReadOnlyMemory<byte>?> Tile(HeleDb db, int jurisdiction, TilePath path, CancellationToken cancel = default)
    {
        var size = await db.Set<LogHead>().Where(h => h.JurisdictionId == jurisdiction).Select(h => h.Size).SingleOrDefaultAsync(cancel);
        if (path.Level < 0 || TilePath.WidthIn(size, path.Level, path.Index) < path.Width)
            return null;
        return await new StoredTiles(db, jurisdiction).Read(path.Level, path.Index, path.Width, cancel);
    }
}
