using System.IO.Compression;
using System.Text;
using CsCheck;
using Hele.Evidence;
using Xunit;

namespace Hele.Tests.Evidence;

/// <summary>What a supervisor can say with the kit alone, and with a checkpoint that was kept elsewhere.</summary>
public class KitTests
{
    private const string Origin = "hele.example/410105001001", Code = "410105001001";
    private static readonly DateTimeOffset Begin = new(2026, 11, 1, 1, 0, 0, TimeSpan.Zero);
    private static readonly NoteSigner Signer = new(Origin, [.. Enumerable.Range(0, 32).Select(i => (byte)i)]);
    private static readonly string Key = Signer.VerifierKey.ToString();
    private static readonly byte[][] Entries = [.. Enumerable.Range(0, 600).Select(i => Entry(i))];

    private static byte[] Entry(int i, string jurisdiction = Code)
    {
        var salt = new byte[32];
        salt[0] = (byte)i;
        salt[1] = (byte)(i >> 8);
        return new EntryBuilder(salt).Add("State", ValueBytes.Text($"{i}")).Build(i % 3 == 0 ? "appeal.filed" : "appeal.answered", Begin.AddMinutes(i), jurisdiction, new Guid(i, 0, 0, new byte[8])).Bytes.ToArray();
    }

    private static SignedNote Checkpoint(int size, NoteSigner? signer = null, byte[][]? entries = null) =>
        (signer ?? Signer).SignNote(new Checkpoint(Origin, size, Root(size, entries)));

    private static byte[] Root(int size, byte[][]? entries = null)
    {
        var frontier = new Frontier();
        foreach (var entry in (entries ?? Entries).Take(size)) frontier.Append(Merkle.HashLeaf(entry));
        return frontier.Root();
    }

    private static async Task<byte[]> Make(IEnumerable<byte[]>? entries = null, SignedNote? checkpoint = null, VerifierKey? key = null)
    {
        using var output = new MemoryStream();
        await Kit.Write(output, Code, Begin.AddDays(1), key ?? Signer.VerifierKey, checkpoint ?? Checkpoint(Entries.Length),
            (entries ?? Entries).ToAsyncEnumerable().Select(e => new ReadOnlyMemory<byte>(e)), [("README.txt", "read me"u8.ToArray())], TestContext.Current.CancellationToken);
        return output.ToArray();
    }

    private static async Task<KitReport> Verify(byte[] kit, string? key = null, params string[] pinned)
    {
        using var stream = new MemoryStream(kit);
        return await KitVerifier.Verify(stream, key, [.. pinned.Select(p => Pinned.TryParse(p, out var read) ? read : throw new FormatException(p))], cancel: TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Verify_AnHonestKit_SaysWhatIsProved_AndWhatElseIsNeeded()
    {
        var kit = await Make();
        Assert.True(Kit.IsKit(kit));
        var alone = await Verify(kit);
        Assert.True(alone.Ok, string.Join('\n', alone.Findings.Select(f => f.Says.En)));
        Assert.Equal(["form", "key", "checkpoint", "entries"], alone.Findings.Select(f => f.Code));
        Assert.Contains(Key, alone.Findings[1].Says.En, StringComparison.Ordinal);
        Assert.Contains(alone.Limits, l => l.En.Contains("No checkpoint of yours", StringComparison.Ordinal));
        Assert.Equal([("appeal.answered", 400L, Begin.AddMinutes(1), Begin.AddMinutes(599)), ("appeal.filed", 200L, Begin, Begin.AddMinutes(597))], alone.Kinds.Select(k => (k.Kind, k.Count, k.First, k.Last)));

        // Kept as the signed note, as its text, and as it was copied from a notice board with hyphens and capitals.
        var early = Checkpoint(257);
        var board = "257 " + Pinned.Groups(Root(257)).ToUpperInvariant().Replace(" ", " - ", StringComparison.Ordinal);
        var compared = await Verify(kit, Key, early.ToString(), early.Text, board, $"0 {Pinned.Groups(Merkle.EmptyRoot)}");
        Assert.True(compared.Ok, string.Join('\n', compared.Findings.Select(f => f.Says.En)));
        Assert.Equal(4, compared.Findings.Count(f => f.Code == "pinned"));
        Assert.DoesNotContain(compared.Limits, l => l.En.Contains("No checkpoint of yours", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Verify_ALogThatWasReplacedWhole_FailsOnlyAgainstWhatWasKeptElsewhere()
    {
        // Whoever holds the key writes another past and signs it: the kit alone can't show it, a kept checkpoint does.
        var other = Entries.ToArray();
        other[100] = Entry(9_999);
        var kit = await Make(other, Checkpoint(other.Length, entries: other));
        Assert.True((await Verify(kit)).Ok);
        var compared = await Verify(kit, Key, Checkpoint(300).ToString(), Checkpoint(100).ToString());
        Assert.False(compared.Ok);
        // Somebody's checkpoint was compared, and the log isn't untouched: neither is said.
        Assert.Equal(["Entries hold commitments"], compared.Limits.Select(l => l.En.Split(',')[0]));
        Assert.Equal([("pinned", false), ("pinned", true)], compared.Findings.TakeLast(2).Select(f => (f.Code, f.Holds)));
    }

    [Fact]
    public async Task Verify_EachWayToTamper_IsNamed()
    {
        foreach (var (what, kit, key, pinned, code) in new (string, byte[], string?, string[], string)[]
        {
            ("one is missing", await Make(Entries[..^1]), null, [], "entries"),
            ("one too many", await Make([.. Entries, Entry(700)]), null, [], "entries"),
            ("two changed places", await Make([Entries[1], Entries[0], .. Entries[2..]]), null, [], "entries"),
            ("another jurisdiction's", await Make([.. Entries[..^1], Entry(599, "410105001002")]), null, [], "entries"),
            ("no entry", await Make([.. Entries[..^1], "hele/1\n"u8.ToArray()]), null, [], "entries"),
            ("signed by somebody else", await Make(checkpoint: Checkpoint(Entries.Length, new NoteSigner(Origin, new byte[32]))), null, [], "checkpoint"),
            ("another key is known", await Make(), new NoteSigner(Origin, new byte[32]).VerifierKey.ToString(), [], "checkpoint"),
            ("no key", await Make(), "nonsense", [], "key"),
            ("older than what was kept", await Make(Entries[..300], Checkpoint(300)), null, [Checkpoint(400).ToString()], "pinned"),
            ("kept of another log", await Make(), null, ["other.example/1\n257\n" + Convert.ToBase64String(Root(257))], "pinned"),
            ("kept with a wrong signature", await Make(), null, [new NoteSigner(Origin, new byte[32]).SignNote(new Checkpoint(Origin, 257, Root(257))).ToString()], "pinned"),
            ("not a zip", [.. "PK\x03\x04 but no more"u8], null, [], "form"),
            ("empty", [], null, [], "form"),
            ("entries twice", await Twice(await Make()), null, [], "form"),
        })
        {
            var report = await Verify(kit, key, pinned);
            Assert.False(report.Ok, what);
            var finding = report.Findings[^1];
            Assert.True((finding.Code, finding.Holds) == (code, false), $"{what}: {string.Join(" | ", report.Findings.Select(f => f.Says.En))}");
            Assert.True(finding.Says.Zh.Length > 5 && finding.Says.En.Length > 5);
            Assert.Empty(code == "pinned" ? [] : report.Limits);
        }
    }

    [Fact]
    public async Task Verify_AnyBitTurnedOver_IsNeverGreenWithTheKeyFromElsewhere()
    {
        var kit = await Make(Entries[..20], Checkpoint(20));
        var body = Encoding.Latin1.GetString(kit).IndexOf("entries", StringComparison.Ordinal);
        Gen.Int[body * 8, (kit.Length - 1) * 8].Sample(bit =>
        {
            var report = Verify(kit.Flip(bit), Key, Checkpoint(20).ToString()).GetAwaiter().GetResult();
            // The zip's own bookkeeping has bits that mean nothing; what is read must then be the very same entries.
            return !report.Ok || report is { Size: 20, Kinds: [{ Count: 13 }, { Count: 7 }] };
        }, iter: 400, threads: 1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("12")]
    [InlineData("x 9f86")]
    [InlineData("12 9f86 d081")]
    [InlineData("01 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    [InlineData("1 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a0g")]
    [InlineData("1 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 00")]
    public void Pinned_WhatIsNoCheckpoint_IsNotRead(string text) => Assert.False(Pinned.TryParse(text, out _));

    private static async Task<byte[]> Twice(byte[] kit)
    {
        using var stream = new MemoryStream();
        stream.Write(kit);
        await using (var zip = await ZipArchive.CreateAsync(stream, ZipArchiveMode.Update, leaveOpen: true, null))
            await using (var second = await zip.CreateEntry("entries").OpenAsync())
                second.WriteByte(0);
        return stream.ToArray();
    }

    /// <summary>The kit with some of its files replaced, or taken out (null).</summary>
    private static byte[] With(byte[] kit, params (string Name, byte[]? Bytes)[] others)
    {
        using var read = new ZipArchive(new MemoryStream(kit));
        using var written = new MemoryStream();
        using (var zip = new ZipArchive(written, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var file in read.Entries)
            {
                using var content = new MemoryStream();
                using (var stream = file.Open()) stream.CopyTo(content);
                var bytes = others.Where(o => o.Name == file.FullName).Select(o => o.Bytes).DefaultIfEmpty(content.ToArray()).Single();
                if (bytes is null) continue;
                using var output = zip.CreateEntry(file.FullName, CompressionLevel.Fastest).Open();
                output.Write(bytes);
            }
        }
        return written.ToArray();
    }

    private static byte[] Ascii(string text) => Encoding.ASCII.GetBytes(text);

    [Fact]
    public async Task Verify_AFileOfTheKitThatIsMissingOrAnother_IsNoKit()
    {
        var kit = await Make(Entries[..9], Checkpoint(9));
        // Packed and in another order it is still the same kit.
        Assert.True((await Verify(With(kit))).Ok);
        foreach (var name in new[] { "kit", "key", "checkpoint", "entries" })
        {
            var report = await Verify(With(kit, (name, null)));
            Assert.Equal(("form", false, 1, 0L), (report.Findings[^1].Code, report.Findings[^1].Holds, report.Findings.Count, report.Size));
        }
        // Whatever lies beside is nobody's business.
        Assert.True((await Verify(With(kit, ("README.txt", null)))).Ok);
        var about = $"hele-kit/1\njurisdiction {Code}\nmade 2026-11-02T01:00:00Z\n";
        Assert.True((await Verify(With(kit, ("kit", Ascii(about))))).Ok);
        string[] wrong =
        [
            "", about[..^1], about + "\n", about.Replace("kit/1", "kit/2", StringComparison.Ordinal), about.Replace("jurisdiction ", "place ", StringComparison.Ordinal), about.Replace("made ", "from ", StringComparison.Ordinal),
            about.Replace("02T01", "32T01", StringComparison.Ordinal), about.Replace("00Z", "00+08:00", StringComparison.Ordinal), about.Replace(Code, "", StringComparison.Ordinal), about + "x", "\n" + about,
        ];
        foreach (var text in wrong)
            Assert.Equal("form", (await Verify(With(kit, ("kit", Ascii(text))))).Findings[^1].Code);
        Assert.Equal("form", (await Verify(With(kit, ("kit", [.. Ascii(about), 0xff])))).Findings[^1].Code);
        Assert.Equal("form", (await Verify(With(kit, ("checkpoint", Ascii("no note\n"))))).Findings[^1].Code);
        // The small files are small, or a kit could fill the memory.
        Assert.True((await Verify(With(kit, ("key", Ascii(Key.PadRight(1_000_000, '\n')))))).Ok);
        Assert.Equal("form", (await Verify(With(kit, ("key", Ascii(Key.PadRight(1_000_001, '\n')))))).Findings[^1].Code);
        Assert.True(Kit.IsKit("PK\x03\x04"u8));
        Assert.False(Kit.IsKit("PK\x03"u8));
        Assert.False(Kit.IsKit("hele-receipt/1"u8));
    }

    [Fact]
    public async Task Verify_TheKeyFromElsewhere_DecidesNotTheOneInTheKit()
    {
        using var stranger = new NoteSigner(Origin, new byte[32]);
        var kit = await Make(Entries[..9], Checkpoint(9), stranger.VerifierKey);
        Assert.Equal(("checkpoint", false), ((await Verify(kit)).Findings[^1].Code, (await Verify(kit)).Findings[^1].Holds));
        var given = await Verify(kit, Key);
        Assert.True(given.Ok);
        Assert.DoesNotContain(given.Findings, f => f.Code == "key");
        given = await Verify(await Make(Entries[..9], Checkpoint(9)), Key);
        Assert.Equal("The key in the kit is the one that you gave.", given.Findings.Single(f => f.Code == "key").Says.En);
        // A witness's key signs checkpoints of every log, a log's key its own.
        given = await Verify(kit, Cosignature.KeyFor(Origin, new byte[32]).ToString());
        Assert.Equal(("key", false), (given.Findings[^1].Code, given.Findings[^1].Holds));
        given = await Verify(With(kit, ("key", Ascii("nonsense\n"))));
        Assert.Equal(("key", false), (given.Findings[^1].Code, given.Findings[^1].Holds));
    }

    [Fact]
    public async Task Verify_ACheckpointKeptBeforeARestore_HoldsAsFarAsNothingWasLost()
    {
        using var second = new NoteSigner(EpochName.Of(Origin, 2), [.. Enumerable.Range(2, 32).Select(i => (byte)i)]);
        var kit = await Make(Entries[..300], second.SignNote(new Checkpoint(EpochName.Of(Origin, 2), 300, Root(300))), second.VerifierKey);
        var other = new Checkpoint(Origin, 200, Root(199));
        foreach (var (kept, holds, says) in new[]
        {
            (new Checkpoint(Origin, 200, Root(200)), true, "the restore lost none of them"), (new Checkpoint(Origin, 300, Root(300)), true, "the restore lost none of them"), (new Checkpoint(Origin, 0, Root(0)), true, "the restore lost none of them"),
            (new Checkpoint(Origin, 301, Root(301)), false, "are no longer here"), (other, false, "are no longer here"), (new Checkpoint("other.example/410105001001", 200, Root(200)), false, "is of the log"),
            (new Checkpoint(EpochName.Of(Origin, 2), 300, Root(300)), true, "the log was only added to"), (new Checkpoint(EpochName.Of(Origin, 2), 301, Root(301)), false, "was cut short"), (new Checkpoint(EpochName.Of(Origin, 2), 300, Root(299)), false, "Keep both"),
        })
        {
            var report = await Verify(kit, second.VerifierKey.ToString(), kept.Text);
            Assert.Equal(("pinned", holds, holds), (report.Findings[^1].Code, report.Findings[^1].Holds, report.Ok));
            Assert.Contains(says, report.Findings[^1].Says.En, StringComparison.Ordinal);
            // One was compared, so that none was is never said; and that the log is untouched only where it is.
            Assert.DoesNotContain(report.Limits, l => l.En.Contains("No checkpoint of yours", StringComparison.Ordinal));
            Assert.Equal(holds ? 2 : 1, report.Limits.Count);
            Assert.Equal(300, report.Size);
        }
    }

    [Fact]
    public async Task Verify_ManyKindsOfEvent_AreCountedInOrderAndReported()
    {
        // More than ten thousand kinds are no log of ours: whoever makes a kit can't make its reader remember without end.
        byte[] At(int i, string kind, int minutes) => new EntryBuilder(new byte[32]).Build(kind, Begin.AddMinutes(minutes), Code, new Guid(i, 0, 0, new byte[8])).Bytes.ToArray();
        byte[][] many = [.. Enumerable.Range(0, 10_000).Select(i => At(i, $"k.{i:00000}", 60_000 - i)), At(10_000, "k.09999", -5), At(10_001, "k.09999", 70_000), At(10_002, "k.00000", 0)];
        var told = new List<long>();
        using (var stream = new MemoryStream(await Make(many, Checkpoint(many.Length, entries: many))))
        {
            var report = await KitVerifier.Verify(stream, Key, [], new Told(told), TestContext.Current.CancellationToken);
            Assert.True(report.Ok, report.Findings[^1].Says.En);
            Assert.Equal([10_000L], told);
            Assert.Equal(10_000, report.Kinds.Count);
            Assert.Equal([("k.09999", 3L, Begin.AddMinutes(-5), Begin.AddMinutes(70_000)), ("k.00000", 2L, Begin, Begin.AddMinutes(60_000)), ("k.00001", 1L, Begin.AddMinutes(59_999), Begin.AddMinutes(59_999))],
                report.Kinds.Take(3).Select(k => (k.Kind, k.Count, k.First, k.Last)));
        }
        many = [.. many[..10_000], At(1, "l.1", 0), At(2, "l.2", 0)];
        var refused = await Verify(await Make(many, Checkpoint(many.Length, entries: many)), Key);
        Assert.Equal(("entries", false), (refused.Findings[^1].Code, refused.Findings[^1].Holds));
        Assert.Empty(refused.Kinds);
    }

    private sealed class Told(List<long> told) : IProgress<long>
    {
        public void Report(long value) => told.Add(value);
    }

    [Fact]
    public async Task Verify_WhatIsWrongWithTheEntries_IsSaidWithItsPlace()
    {
        async Task Says(string expected, IEnumerable<byte[]> entries, SignedNote checkpoint, long size)
        {
            var report = await Verify(await Make(entries, checkpoint));
            Assert.Contains(expected, report.Findings[^1].Says.En, StringComparison.Ordinal);
            Assert.Equal((false, size), (report.Ok, report.Size));
            Assert.Empty(report.Limits);
        }
        await Says("holds 8 entries, but the checkpoint signs 9", Entries[..8], Checkpoint(9), 8);
        await Says("signs 9 entries, but the kit holds more", Entries[..10], Checkpoint(9), 9);
        await Says("Entry 4 (counted from 0) is no entry", [.. Entries[..4], [1, 2, 3], .. Entries[5..9]], Checkpoint(9), 4);
        await Says("Entry 4 (counted from 0) is no entry", [.. Entries[..4], Entry(4, "410105001002"), .. Entries[5..9]], Checkpoint(9), 4);
        await Says("Computed again entry by entry", [Entries[1], Entries[0], .. Entries[2..9]], Checkpoint(9), 9);
        // Cut off in the middle of a length, and of an entry.
        var kit = await Make(Entries[..2], Checkpoint(2));
        using var zip = new ZipArchive(new MemoryStream(kit));
        using var content = new MemoryStream();
        using (var stream = zip.GetEntry("entries")!.Open()) stream.CopyTo(content);
        var (whole, first) = (content.ToArray(), Entries[0].Length + 2);
        foreach (var (length, says) in new[] { (first + 1, "holds 1 entries"), (first + 2, "Entry 1 "), (whole.Length - 1, "Entry 1 "), (0, "holds 0 entries") })
            Assert.Contains(says, (await Verify(With(kit, ("entries", whole[..length])))).Findings[^1].Says.En, StringComparison.Ordinal);
        Assert.True((await Verify(With(kit, ("entries", whole)))).Ok);
        // An empty log is a log too.
        Assert.True((await Verify(await Make([], Checkpoint(0)), Key, $"0 {Pinned.Groups(Merkle.EmptyRoot)}")).Ok);
    }

    [Fact]
    public async Task Write_AKit_HoldsWhatItSays()
    {
        using var zip = new ZipArchive(new MemoryStream(await Make(Entries[..2], Checkpoint(2))));
        Assert.Equal(["README.txt", "kit", "key", "checkpoint", "entries"], zip.Entries.Select(e => e.FullName));
        string Text(string name)
        {
            using var reader = new StreamReader(zip.GetEntry(name)!.Open());
            return reader.ReadToEnd();
        }
        Assert.Equal("read me", Text("README.txt"));
        Assert.Equal($"hele-kit/1\njurisdiction {Code}\nmade 2026-11-02T01:00:00Z\n", Text("kit"));
        Assert.Equal(Key + "\n", Text("key"));
        Assert.Equal(Checkpoint(2).ToString(), Text("checkpoint"));
        await Assert.ThrowsAsync<OverflowException>(() => Make([new byte[65536]], Checkpoint(1)));
    }

    [Fact]
    public void Pinned_EachForm_IsReadAsWhatItSays()
    {
        var (note, root) = (Checkpoint(257), Root(257));
        foreach (var text in new[] { note.ToString(), "\ufeff" + note.ToString().Replace("\n", "\r\n", StringComparison.Ordinal), "  " + note + "\n\n" })
        {
            Assert.True(Pinned.TryParse(text, out var whole));
            Assert.Equal((Origin, 257L, note.ToString()), (whole.Origin, whole.Size, whole.Note?.ToString()));
            Assert.Equal(root, whole.Root.ToArray());
        }
        Assert.True(Pinned.TryParse(note.Text.TrimEnd('\n'), out var plain));
        Assert.Equal((Origin, 257L, null), (plain.Origin, plain.Size, plain.Note));
        Assert.Equal(root, plain.Root.ToArray());

        Assert.True(Hele.Evidence.Checkpoint.TryParse(note.Text, out var checkpoint));
        var line = Pinned.Line(checkpoint);
        Assert.Equal("257 " + string.Join(' ', Enumerable.Range(0, 16).Select(i => Convert.ToHexStringLower(root)[(4 * i)..(4 * i + 4)])), line);
        // As it is copied from a board: in lines, with an ideographic space, tabs, colons, capitals.
        foreach (var text in new[] { line, line.Replace(' ', '\n'), line.Replace(' ', '\u3000'), line.Replace(' ', '\t'), line.Replace(' ', ':'), line.Replace(' ', '-'), line.ToUpperInvariant(), "257 " + Convert.ToHexString(root) })
        {
            Assert.True(Pinned.TryParse(text, out var board), text);
            Assert.Equal((null, 257L, null), (board.Origin, board.Size, board.Note));
            Assert.Equal(root, board.Root.ToArray());
        }
        Assert.False(Pinned.TryParse(null, out _));
        Assert.False(Pinned.TryParse(line[4..], out _));
        Assert.False(Pinned.TryParse("x " + line[4..], out _));
        // A note whose text is no checkpoint is none, and neither is what nobody would keep.
        Assert.False(Pinned.TryParse(Signer.SignNote("257\n").ToString(), out _));
        Assert.True(Pinned.TryParse("257" + new string(' ', 1_000_000 - line.Length) + line[3..], out _));
        Assert.False(Pinned.TryParse("257" + new string(' ', 1_000_001 - line.Length) + line[3..], out _));
    }
}
