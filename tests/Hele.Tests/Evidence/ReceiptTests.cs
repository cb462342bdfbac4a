using System.Text;
using CsCheck;
using Hele.Evidence;
using Xunit;

namespace Hele.Tests.Evidence;

/// <summary>What a person keeps, and what a stranger can make of it.</summary>
public class ReceiptTests
{
    const string Origin = "hele.example/410105001001";
    static readonly byte[] _seed = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
    static readonly byte[] _salt = [.. Enumerable.Range(64, 32).Select(i => (byte)i)];
    static readonly NoteSigner _signer = new(Origin, _seed);
    static readonly string _vkey = _signer.VerifierKey.ToString();
    static readonly (string, byte[])[] _shown =
    [
        ("Text", ValueBytes.Text("楼道灯坏了\n第二行 \\ \"引号\" \u202e藏")), ("FiledAt", ValueBytes.Instant(new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.Zero))), ("Note", ValueBytes.Null()),
        ("Blank", ValueBytes.Text("")), ("DueOn", ValueBytes.Date(new DateOnly(2026, 12, 7))), ("State", ValueBytes.Enum("Filed")), ("Count", ValueBytes.Integer(-3)), ("Public", ValueBytes.Bool(true)),
        ("Sealed", ValueBytes.Bytes([1, 2, 3])), ("None", ValueBytes.Bytes([])), ("Area", ValueBytes.Guid(Guid.Parse("0190c0de-0000-7000-8000-000000000001"))),
    ];

    static (ReceiptFile File, EntryText Entry) Make(bool confidential = false, bool giveSalt = false, int index = 300, int size = 1000)
    {
        var builder = new EntryBuilder(_salt).Add("@actor", ValueBytes.Text("nobody's business"));
        foreach (var (field, value) in _shown) builder.Add(field, value);
        var (time, id) = (new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.Zero), Guid.Parse("0190c0de-0000-7000-8000-000000000009"));
        var entry = confidential ? builder.BuildConfidential(time, "410105001001", id) : builder.Build("appeal.filed", time, "410105001001", id);
        var log = EvidenceData.Leaves(index);
        log.Append(entry.Bytes.Span);
        for (var i = index + 1; i < size; i++) log.Append(EvidenceData.Leaf(i));
        var note = _signer.SignNote(new Checkpoint(Origin, size, log.Root()));
        var inclusion = new InclusionReceipt(index, size, entry.LeafHash(), log.InclusionProof(index, size));
        return (ReceiptFile.Create(entry, _salt, _shown, inclusion, note, giveSalt), entry);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Verify_AnHonestReceipt_ProvesEachThingInASentence(bool confidential, bool giveSalt)
    {
        var text = Make(confidential, giveSalt).File.ToText();
        Assert.True(ReceiptFile.TryParse(text, out var again));
        Assert.Equal(text, again.ToText());

        var result = OfflineVerifier.Verify(text, _vkey);
        Assert.True(result.Ok, string.Join('\n', result.Findings.Select(f => f.Says.En)));
        Assert.Equal(["checkpoint", "inclusion", "header", .. Enumerable.Repeat("field", _shown.Length), "closed"], result.Findings.Select(f => f.Code));
        Assert.All(result.Findings, f => Assert.True(f.Says.Zh.Length > 5 && f.Says.En.Length > 5 && f.Says.Zh != f.Says.En));
        Assert.Contains(result.Findings, f => f.Says.Zh.Contains("楼道灯坏了\\u000a第二行 \\u005c \"引号\" \\u202e藏", StringComparison.Ordinal));
        Assert.DoesNotContain(result.Findings, f => (f.Says.Zh + f.Says.En).Any(char.IsControl));
        Assert.Equal(confidential && !giveSalt, result.Findings.Any(f => f.Says.En.Contains("the name is not proved", StringComparison.Ordinal)));
        Assert.Equal(3, result.Limits.Count);
        Assert.Equal(giveSalt, text.Contains(Convert.ToBase64String(_salt), StringComparison.Ordinal));
        Assert.DoesNotContain("nobody's business", text);

        Assert.True(OfflineVerifier.Verify("\ufeff" + text.Replace("\n", "\r\n"), _vkey).Ok);
    }

    [Fact]
    public void Verify_WithAWitness_SaysSoAndMissesOneThatDidNotSign()
    {
        var (file, _) = Make();
        var seed = new byte[32];
        var cosigned = file.Checkpoint.With(Cosignature.Sign("witness.example", seed, file.Checkpoint.Text, 1_800_000_000));
        var text = file.ToText().Replace(file.Checkpoint.ToString(), cosigned.ToString());
        var result = OfflineVerifier.Verify(text, _vkey, Cosignature.KeyFor("witness.example", seed).ToString());
        Assert.True(result.Ok);
        Assert.Contains("2027-01-15 08:00:00", result.Findings[^1].Says.En);
        Assert.Equal(2, result.Limits.Count);

        result = OfflineVerifier.Verify(text, _vkey, Cosignature.KeyFor("other.example", seed).ToString());
        Assert.False(result.Ok);
        Assert.Equal(("witness", false), (result.Findings[^1].Code, result.Findings[^1].Holds));
        Assert.False(OfflineVerifier.Verify(text, _vkey, "nonsense").Ok);
    }

    /// <summary>Bits of every byte of the file, signature and proof, entry and openings: no other file proves anything.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Verify_AnyBitFlipped_IsRefused(bool giveSalt)
    {
        var text = Make(giveSalt: giveSalt).File.ToText();
        var bytes = Encoding.UTF8.GetBytes(text);
        // Steps of 3 and 7 touch every byte and, since 8 is no multiple of them, every bit position.
        for (var bit = 0; bit < bytes.Length * 8; bit += giveSalt ? 7 : 3)
        {
            var changed = Encoding.UTF8.GetString(bytes.Flip(bit));
            Assert.False(OfflineVerifier.Verify(changed, _vkey).Ok, $"bit {bit}: {changed}");
        }
    }

    [Fact]
    public void Verify_CutOffOrNonsense_IsRefusedAndNeverThrows()
    {
        var text = Make().File.ToText();
        for (var length = 0; length < text.Length; length += 3) Assert.False(OfflineVerifier.Verify(text[..length], _vkey).Ok);
        Assert.False(OfflineVerifier.Verify(null, _vkey).Ok);
        Assert.False(OfflineVerifier.Verify(text + "\n", _vkey).Ok);
        Assert.False(OfflineVerifier.Verify("\ud800" + text, _vkey).Ok);
        string?[] keys = [null, "", "x", _vkey + "A", Cosignature.KeyFor(Origin, _seed).ToString(), new NoteSigner(Origin, new byte[32]).VerifierKey.ToString(), new NoteSigner("other", _seed).VerifierKey.ToString()];
        Assert.All(keys, key => Assert.False(OfflineVerifier.Verify(text, key).Ok));
    }

    [Fact]
    public void Verify_AFieldUnderAnotherName_IsRefused()
    {
        var text = Make().File.ToText();
        Assert.Contains("open State State ", text);
        var result = OfflineVerifier.Verify(text.Replace("open State State ", "open State Status "), _vkey);
        Assert.Contains(result.Findings, f => f is { Code: "field", Holds: false });
        // In a confidential entry only the salt knows the names.
        text = Make(confidential: true, giveSalt: true).File.ToText();
        Assert.Contains(" State - ", text);
        Assert.False(OfflineVerifier.Verify(text.Replace(" State - ", " Status - "), _vkey).Ok);
    }

    [Fact]
    public void Create_PartsThatDontBelongTogether_AreRefused()
    {
        var (file, entry) = Make();
        var inclusion = new InclusionReceipt(file.Index, 1000, entry.LeafHash(), file.Proof);
        Assert.Throws<ArgumentException>(() => ReceiptFile.Create(entry, _salt, [("State", ValueBytes.Enum("Closed"))], inclusion, file.Checkpoint));
        Assert.Throws<ArgumentException>(() => ReceiptFile.Create(entry, _salt, [("Nothing", ValueBytes.Null())], inclusion, file.Checkpoint));
        Assert.Throws<ArgumentException>(() => ReceiptFile.Create(entry, _salt, [_shown[0], _shown[0]], inclusion, file.Checkpoint));
        Assert.Throws<ArgumentException>(() => ReceiptFile.Create(entry, _salt, [], inclusion with { Index = 301 }, file.Checkpoint));
        Assert.Throws<ArgumentException>(() => ReceiptFile.Create(entry, _salt, [], inclusion with { Size = 999 }, file.Checkpoint));
        Assert.Throws<ArgumentException>(() => ReceiptFile.Create(entry, _seed, _shown, inclusion, file.Checkpoint));
    }

    [Fact]
    public void InclusionReceipt_AnyEntry_SurvivesItsBytesWithinTheLimitAndNoFlippedBitHolds()
    {
        var log = EvidenceData.Leaves(5000);
        Gen.Int[1, 5000].SelectMany(n => Gen.Int[0, n - 1], (n, i) => (n, i)).Sample(t =>
        {
            var (n, i) = t;
            var receipt = new InclusionReceipt(i, n, log.LeafHash(i).ToArray(), log.InclusionProof(i, n));
            var bytes = receipt.ToBytes();
            Assert.True(bytes.Length <= 32 * (int)Math.Ceiling(Math.Log2(n)) + 200);
            Assert.True(InclusionReceipt.TryParse(bytes, out var read));
            Assert.Equal(bytes, read.ToBytes());
            var checkpoint = new Checkpoint(Origin, n, log.Root(n));
            Assert.True(read.Verify(checkpoint));
            Assert.False(read.Verify(new Checkpoint(Origin, n + 1, log.Root(n))));
            for (var bit = 0; bit < bytes.Length * 8; bit += 5)
                Assert.False(InclusionReceipt.TryParse(bytes.Flip(bit), out var other) && other.Verify(checkpoint), $"{n} {i} bit {bit}");
            Assert.False(InclusionReceipt.TryParse(bytes.AsSpan(..^1), out _));
            Assert.False(InclusionReceipt.TryParse([.. bytes, .. new byte[32]], out _));
            Assert.False(InclusionReceipt.TryParse(bytes.AsSpan(0, Math.Min(48, bytes.Length)), out _));
        }, iter: 60);
    }
}
