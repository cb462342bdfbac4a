using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Hele.Civic.Kernel;

namespace Hele.Civic.Platform.Storage;

/// <summary>What a backup says of itself, in <c>manifest.json</c>.</summary>
/// <param name="Format">hele-backup/1.</param>
/// <param name="Made">When, by the machine's clock.</param>
/// <param name="Database">SQLite or PostgreSQL: it can be restored into the same kind only.</param>
/// <param name="Migrations">Those the saved state has, oldest first.</param>
/// <param name="Logs">Each jurisdiction's log, as far as it is in here.</param>
/// <param name="Parts">Every other file of the archive, but this one and the text for people.</param>
public sealed record BackupManifest(string Format, DateTimeOffset Made, string Database, IReadOnlyList<string> Migrations, IReadOnlyList<BackedUpLog> Logs, IReadOnlyList<BackupPart> Parts)
{
    public const string CurrentFormat = "hele-backup/1", Name = "manifest.json";

    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}

/// <summary>A jurisdiction's log in a backup.</summary>
/// <param name="First">The log's own name.</param>
/// <param name="Origin">What it is called in its present epoch.</param>
/// <param name="Key">The key that verifies the checkpoint.</param>
/// <param name="Checkpoint">Signed, of all entries in the backup.</param>
public sealed record BackedUpLog(string Code, string Name, string NameEn, string First, string Origin, long Size, string Key, string Checkpoint);

/// <summary>A file within a backup.</summary>
/// <param name="Columns">Of a table: what stands in a line, in order.</param>
/// <param name="Rows">Of a table.</param>
public sealed record BackupPart(string Name, long Bytes, string Sha256, string? Table = null, IReadOnlyList<string>? Columns = null, long? Rows = null);

/// <summary>Why a backup can't be used, for an operator.</summary>
public sealed class BackupException(Bilingual sentence, Exception? inner = null) : Exception(sentence.En, inner)
{
    public Bilingual Sentence => sentence;
}

/// <summary>Writes a backup: one zip archive, part by part, each with its hash; the manifest comes last.</summary>
public sealed class BackupWriter : IAsyncDisposable
{
    private readonly FileStream _file;
    private readonly ZipArchive _zip;
    private readonly List<BackupPart> _parts = [];

    /// <param name="path">Readable for the program's user alone: there are people in it.</param>
    public BackupWriter(string path)
    {
        _file = new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.None, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite, BufferSize = 1 << 16 });
        _zip = new ZipArchive(_file, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8);
    }

    /// <summary>Where a part that has to be a file of its own before may lie.</summary>
    public string Beside(string extension) => _file.Name + extension;

    public async Task Add(string name, Func<Stream, Task<long?>> write, string? table = null, IReadOnlyList<string>? columns = null)
    {
        await using var entry = await _zip.CreateEntry(name, CompressionLevel.Fastest).OpenAsync();
        await using var hashed = new HashedStream(entry);
        var rows = await write(hashed);
        _parts.Add(new BackupPart(name, hashed.Bytes, hashed.Hash(), table, columns, rows));
    }

    public async Task Text(string name, string text)
    {
        await using var entry = await _zip.CreateEntry(name, CompressionLevel.Fastest).OpenAsync();
        await entry.WriteAsync(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>Ends it: manifest, then everything to the disk.</summary>
    public async Task Finish(Func<IReadOnlyList<BackupPart>, BackupManifest> manifest)
    {
        await Text(BackupManifest.Name, JsonSerializer.Serialize(manifest(_parts), BackupManifest.Json) + "\n");
        await _zip.DisposeAsync();
        _file.Flush(flushToDisk: true);
    }

    public async ValueTask DisposeAsync()
    {
        await _zip.DisposeAsync();
        await _file.DisposeAsync();
    }
}

/// <summary>Reads a backup. Nothing of it is believed before its hash was compared.</summary>
public sealed class BackupReader : IAsyncDisposable
{
    private const int MostManifest = 16_000_000;
    private readonly FileStream _file;
    private readonly ZipArchive _zip;

    private BackupReader(FileStream file, ZipArchive zip, BackupManifest manifest) => (_file, _zip, Manifest) = (file, zip, manifest);

    public BackupManifest Manifest { get; }

    /// <summary>Where it lies.</summary>
    public string Path => _file.Name;

    /// <exception cref="BackupException">It is no backup this program can read.</exception>
    public static async Task<BackupReader> Open(string path, CancellationToken cancel = default)
    {
        FileStream? file = null;
        ZipArchive? zip = null;
        try
        {
            file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
            zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true, Encoding.UTF8);
            if (zip.Entries.Where(e => e.FullName == BackupManifest.Name).Take(2).ToList() is not [var only] || only.Length > MostManifest)
                throw NotOne(path);
            await using var stream = await only.OpenAsync(cancel);
            var manifest = await JsonSerializer.DeserializeAsync<BackupManifest>(stream, BackupManifest.Json, cancel);
            if (manifest is not { Format: { } format, Parts: not null, Logs: not null, Migrations: not null })
                throw NotOne(path);
            if (format != BackupManifest.CurrentFormat)
                throw new BackupException(($"{path} 的格式是 {format}，本程序只会读 {BackupManifest.CurrentFormat}：请用更新的程序。", $"{path} has the format {format}; this program reads {BackupManifest.CurrentFormat} only. Use a newer program."));
            return new BackupReader(file, zip, manifest);
        }
        catch (Exception failure)
        {
            zip?.Dispose();
            file?.Dispose();
            if (failure is InvalidDataException or JsonException)
                throw NotOne(path, failure);
            if (failure is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
                throw new BackupException(($"读不到文件 {path}：{failure.Message}", $"{path} can't be read: {failure.Message}"), failure);
            throw;
        }
    }

    /// <summary>Compares every part with its hash. A part too many or too few counts as damage.</summary>
    public async Task CheckParts(CancellationToken cancel = default)
    {
        var names = _zip.Entries.Select(e => e.FullName).Where(n => n is not (BackupManifest.Name or BackupMaker.Readme)).Order(StringComparer.Ordinal).ToList();
        if (!names.SequenceEqual(Manifest.Parts.Select(p => p.Name).Order(StringComparer.Ordinal)))
            throw Damaged("manifest.json");
        foreach (var part in Manifest.Parts)
            await CopyTo(part, Stream.Null, cancel);
    }

    /// <summary>Copies a part out, and compares it with its hash at the end.</summary>
    public async Task CopyTo(BackupPart part, Stream output, CancellationToken cancel = default)
    {
        try
        {
            await using var entry = await _zip.GetEntry(part.Name)!.OpenAsync(cancel);
            await using var hashed = new HashedStream(output, leaveOpen: true);
            await entry.CopyToAsync(hashed, cancel);
            if (hashed.Bytes != part.Bytes || hashed.Hash() != part.Sha256)
                throw Damaged(part.Name);
        }
        catch (InvalidDataException broken)
        {
            throw Damaged(part.Name, broken);
        }
    }

    /// <summary>A part's lines, without comparing the hash: for what was compared before.</summary>
    public async Task<StreamReader> Lines(BackupPart part, CancellationToken cancel = default) => new(await _zip.GetEntry(part.Name)!.OpenAsync(cancel), new UTF8Encoding(false));

    public BackupException Damaged(string part, Exception? inner = null) => new(($"备份已损坏：{Path} 里的 {part} 和备份时的不一样。", $"The backup is damaged: {part} in {Path} is not what was saved."), inner);

    private static BackupException NotOne(string path, Exception? inner = null) => new(($"{path} 不是和乐的备份，或者已损坏、没有写完。", $"{path} is no backup of Hele, or is damaged or cut off."), inner);

    public ValueTask DisposeAsync()
    {
        _zip.Dispose();
        return _file.DisposeAsync();
    }
}

/// <summary>Hashes and counts what is written through it.</summary>
internal sealed class HashedStream(Stream inner, bool leaveOpen = true) : Stream
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public long Bytes { get; private set; }

    public string Hash() => Convert.ToHexStringLower(_hash.GetCurrentHash());

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        inner.Write(buffer);
        _hash.AppendData(buffer);
        Bytes += buffer.Length;
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await inner.WriteAsync(buffer, cancellationToken);
        _hash.AppendData(buffer.Span);
        Bytes += buffer.Length;
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
    public override void Flush() => inner.Flush();
    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);
    public override bool CanRead => false;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _hash.Dispose();
            if (!leaveOpen)
                inner.Dispose();
        }
        base.Dispose(disposing);
    }
}
