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
}
