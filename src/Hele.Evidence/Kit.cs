using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Hele.Evidence;

/// <summary>
/// A supervisor's kit: a whole log as one file, to be checked on another computer without the server, a database or an account.
/// A zip archive of
/// <code>
/// kit         hele-kit/1, the jurisdiction's code, when it was made
/// key         the log's verifier key
/// checkpoint  the signed checkpoint of all entries
/// entries     the entries in order, each behind its length (c2sp.org/tlog-tiles, "Log entries", without the cut every 256)
/// </code>
/// and whatever else a reader is given along, such as the verifying page. Entries hold commitments and no names.
/// </summary>
public static class Kit
{
    internal const string Format = "hele-kit/1", About = "kit", Key = "key", Checkpoint = "checkpoint", Entries = "entries";

    const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    /// <summary>Writes a kit.</summary>
    /// <param name="output">Only written forward; where it can't seek it must bear a synchronous write, since archive entries end with one.</param>
    /// <param name="jurisdiction">The code that stands in each entry.</param>
    /// <param name="made">When.</param>
    /// <param name="key">The log's key.</param>
    /// <param name="checkpoint">Signed, of as many entries as follow.</param>
    /// <param name="entries">The entries' bytes, in order.</param>
    /// <param name="along">Further files, by name.</param>
    /// <param name="cancel">Gives up.</param>
    public static async Task Write(
        Stream output, string jurisdiction, DateTimeOffset made, VerifierKey key, SignedNote checkpoint, IAsyncEnumerable<ReadOnlyMemory<byte>> entries,
        IReadOnlyList<(string Name, byte[] Bytes)> along, CancellationToken cancel = default)
    {
        await using var zip = await ZipArchive.CreateAsync(output, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8, cancel);
        foreach (var (name, bytes) in along) await Put(name, bytes);
        await Put(About, Ascii($"{Format}\njurisdiction {jurisdiction}\nmade {made.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture)}\n"));
        await Put(Key, Ascii(key + "\n"));
        await Put(Checkpoint, checkpoint.ToBytes());
        // Commitments are random bytes: there is nothing to gain by packing them, and a page that reads the kit need not unpack it.
        await using var stream = await zip.CreateEntry(Entries, CompressionLevel.NoCompression).OpenAsync(cancel);
        var length = new byte[2];
        await foreach (var entry in entries.WithCancellation(cancel))
        {
            BinaryPrimitives.WriteUInt16BigEndian(length, checked((ushort)entry.Length));
            await stream.WriteAsync(length, cancel);
            await stream.WriteAsync(entry, cancel);
        }

        async Task Put(string name, byte[] bytes)
        {
            await using var file = await zip.CreateEntry(name, CompressionLevel.NoCompression).OpenAsync(cancel);
            await file.WriteAsync(bytes, cancel);
        }
    }

    /// <summary>Whether a file begins like a kit: a zip archive.</summary>
    public static bool IsKit(ReadOnlySpan<byte> beginning) => beginning.StartsWith("PK\x03\x04"u8);

    internal static bool TryAbout(string text, out string jurisdiction, out DateTimeOffset made)
    {
        (jurisdiction, made) = ("", default);
        var lines = text.Split('\n');
        if (lines.Length != 4 || lines[0] != Format || lines[3].Length > 0 || !lines[1].StartsWith("jurisdiction ", StringComparison.Ordinal) || !lines[2].StartsWith("made ", StringComparison.Ordinal)
            || !DateTime.TryParseExact(lines[2][5..], TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)) return false;
        (jurisdiction, made) = (lines[1][13..], new DateTimeOffset(time, TimeSpan.Zero));
        return jurisdiction.Length > 0;
    }

    static byte[] Ascii(string text) => Encoding.ASCII.GetBytes(text);
}

/// <summary>How often one kind of event is in the log.</summary>
/// <param name="Kind">As the entries write it.</param>
/// <param name="First">The log's time of the first.</param>
/// <param name="Last">The log's time of the last.</param>
public sealed record KindCount(string Kind, long Count, DateTimeOffset First, DateTimeOffset Last);

/// <summary>What checking a kit found.</summary>
/// <param name="Ok">Whether every check holds.</param>
/// <param name="Findings">The checks, in the order they were made. After one that makes the rest worthless there are no more.</param>
/// <param name="Limits">What a kit does not prove; empty if it proves nothing.</param>
/// <param name="Size">Entries that were read.</param>
/// <param name="Kinds">What they are, the most frequent first; empty unless the entries are proved.</param>
public sealed record KitReport(bool Ok, IReadOnlyList<Finding> Findings, IReadOnlyList<Sentence> Limits, long Size, IReadOnlyList<KindCount> Kinds);

/// <summary>Checks a kit with nothing but the file and what somebody kept of the log elsewhere. Memory doesn't grow with the log.</summary>
public static class KitVerifier
{
    const int MaxSmall = 1_000_000, MaxKinds = 10_000;

    /// <summary>Checks a kit. Never throws on what it is given, except what the stream itself throws.</summary>
    /// <param name="kit">The file; it must be seekable.</param>
    /// <param name="vkey">The log's key from elsewhere; null to take the kit's own, which proves less and is said.</param>
    /// <param name="pinned">Checkpoints that were kept elsewhere.</param>
    /// <param name="progress">Told the entries read, now and then.</param>
    /// <param name="cancel">Gives up.</param>
    public static async Task<KitReport> Verify(Stream kit, string? vkey, IReadOnlyList<Pinned> pinned, IProgress<long>? progress = null, CancellationToken cancel = default)
    {
        var findings = new List<Finding>();
        void Found(string code, bool holds, Sentence says) => findings.Add(new Finding(code, holds, says));
        KitReport Stop(long size = 0) => new(false, findings, [], size, []);

        ZipArchive zip;
        try
        {
            zip = await ZipArchive.CreateAsync(kit, ZipArchiveMode.Read, leaveOpen: true, Encoding.UTF8, cancel);
        }
        catch (InvalidDataException)
        {
            Found("form", false, Sentences.BadKit);
            return Stop();
        }
        await using (zip)
        {
            try
            {
                if (await Small(zip, Kit.About, cancel) is not { } about || !Kit.TryAbout(about, out var jurisdiction, out var made)
                    || await Small(zip, Kit.Key, cancel) is not { } ownKey || await Small(zip, Kit.Checkpoint, cancel) is not { } signed || !SignedNote.TryParse(signed, out var note)
                    || One(zip, Kit.Entries) is not { } entries)
                {
                    Found("form", false, Sentences.BadKit);
                    return Stop();
                }
                Found("form", true, Sentences.KitOf.With(jurisdiction, Sentences.Time(made)));

                if (!VerifierKey.TryParse(vkey ?? ownKey.TrimEnd('\n'), out var key) || key.Type != KeyType.Ed25519)
                {
                    Found("key", false, Sentences.BadKey);
                    return Stop();
                }
                if (vkey is null) Found("key", true, Sentences.KeyFromKit.With(key.ToString()!));
                else if (vkey == ownKey.TrimEnd('\n')) Found("key", true, Sentences.KeyGiven);
                if (!Evidence.Checkpoint.TryOpen(note, new NoteVerifier(key), out var checkpoint))
                {
                    Found("checkpoint", false, Sentences.CheckpointNotSigned.With(key.Name));
                    return Stop();
                }
                Found("checkpoint", true, Sentences.CheckpointSigned.With(checkpoint.Origin, checkpoint.Size));

                // One pass: the roots at the sizes somebody kept are taken as they come by.
                var wanted = pinned.Select(p => p.Size).ToHashSet();
                var roots = new Dictionary<long, byte[]>();
                var kinds = new Dictionary<string, KindCount>(StringComparer.Ordinal);
                var frontier = new Frontier();
                if (wanted.Contains(0)) roots[0] = frontier.Root();
                await using var stream = await entries.OpenAsync(cancel);
                var buffer = new byte[2 + EntryBundle.MaxEntry];
                while (frontier.Size < checkpoint.Size)
                {
                    if (await stream.ReadAtLeastAsync(buffer.AsMemory(0, 2), 2, throwOnEndOfStream: false, cancel) != 2)
                    {
                        Found("entries", false, Sentences.TooFewEntries.With(frontier.Size, checkpoint.Size));
                        return Stop(frontier.Size);
                    }
                    var length = BinaryPrimitives.ReadUInt16BigEndian(buffer);
                    if (await stream.ReadAtLeastAsync(buffer.AsMemory(2, length), length, throwOnEndOfStream: false, cancel) != length
                        || !EntryText.TryParse(buffer.AsSpan(2, length), out var entry) || entry.Jurisdiction != jurisdiction || kinds.Count > MaxKinds)
                    {
                        Found("entries", false, Sentences.BadEntry.With(frontier.Size));
                        return Stop(frontier.Size);
                    }
                    frontier.Append(Merkle.HashLeaf(buffer.AsSpan(2, length)));
                    kinds[entry.Kind] = kinds.TryGetValue(entry.Kind, out var seen)
                        ? seen with { Count = seen.Count + 1, First = entry.Time < seen.First ? entry.Time : seen.First, Last = entry.Time > seen.Last ? entry.Time : seen.Last }
                        : new KindCount(entry.Kind, 1, entry.Time, entry.Time);
                    if (wanted.Contains(frontier.Size)) roots[frontier.Size] = frontier.Root();
                    if (frontier.Size % 10_000 == 0) progress?.Report(frontier.Size);
                }
                if (await stream.ReadAsync(buffer.AsMemory(0, 1), cancel) != 0)
                {
                    Found("entries", false, Sentences.TooManyEntries.With(checkpoint.Size));
                    return Stop(frontier.Size);
                }
                if (!frontier.Root().AsSpan().SequenceEqual(checkpoint.Root.Span))
                {
                    Found("entries", false, Sentences.EntriesDiffer);
                    return Stop(frontier.Size);
                }
                Found("entries", true, Sentences.EntriesWhole.With(checkpoint.Size));

                foreach (var kept in pinned)
                {
                    if (kept.Origin is { } origin && origin != checkpoint.Origin)
                    {
                        // Of the same log before it was put back to an earlier state: what was kept then must still be here, as far as it wasn't lost.
                        if (!EpochName.SameLog(origin, checkpoint.Origin)) Found("pinned", false, Sentences.PinOfOther.With(origin, checkpoint.Origin));
                        else if (kept.Size <= checkpoint.Size && roots[kept.Size].AsSpan().SequenceEqual(kept.Root.Span)) Found("pinned", true, Sentences.PinOfEpochHolds.With(origin, kept.Size));
                        else Found("pinned", false, Sentences.PinOfEpochLost.With(origin, kept.Size, checkpoint.Origin));
                    }
                    else if (kept.Note is { } keptNote && !new NoteVerifier(key).Verify(keptNote)) Found("pinned", false, Sentences.PinNotSigned.With(kept.Size));
                    else if (kept.Size > checkpoint.Size) Found("pinned", false, Sentences.PinLonger.With(kept.Size, checkpoint.Size));
                    else if (!roots[kept.Size].AsSpan().SequenceEqual(kept.Root.Span)) Found("pinned", false, Sentences.PinDiffers.With(kept.Size));
                    else Found("pinned", true, Sentences.PinHolds.With(kept.Size));
                }
                var ok = findings.TrueForAll(f => f.Holds);
                return new KitReport(ok, findings, Sentences.KitLimits(pinned.Count > 0, ok), frontier.Size,
                    [.. kinds.Values.OrderByDescending(k => k.Count).ThenBy(k => k.Kind, StringComparer.Ordinal)]);
            }
            catch (InvalidDataException)
            {
                Found("form", false, Sentences.BadKit);
                return Stop();
            }
        }
    }

    /// <summary>The only file of a name: with two, readers might look at different ones.</summary>
    static ZipArchiveEntry? One(ZipArchive zip, string name) => zip.Entries.Where(e => e.FullName == name).Take(2).ToList() is [var only] ? only : null;

    static async Task<string?> Small(ZipArchive zip, string name, CancellationToken cancel)
    {
        if (One(zip, name) is not { } file) return null;
        await using var stream = await file.OpenAsync(cancel);
        var bytes = new byte[MaxSmall + 1];
        var read = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancel);
        return read <= MaxSmall && Canonical.TryUtf8(bytes.AsSpan(0, read), out var text) ? text : null;
    }
}
