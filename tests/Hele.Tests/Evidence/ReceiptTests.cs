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

    /// <summary>What would break a line, or make a text look like another, is written out; its neighbours are not.</summary>
    [Fact]
    public void Spell_EachHiddenCharacter_IsWrittenOutAndItsNeighboursStay()
    {
        (char From, char To)[] hidden = [('\0', '\x1f'), ('\\', '\\'), ('\x7f', '\x9f'), ('\u061c', '\u061c'), ('\u200b', '\u200f'), ('\u2028', '\u202e'), ('\u2060', '\u206f'), ('\ufeff', '\ufeff')];
        foreach (var c in Enumerable.Range(0, 0x10000).Select(i => (char)i).Where(c => !char.IsSurrogate(c)))
        {
            var field = new OpenedField("f", "f", null, ValueTag.Text, $"a{c}b");
            Assert.Equal(hidden.Any(h => h.From <= c && c <= h.To) ? $"\"a\\u{(int)c:x4}b\"" : $"\"a{c}b\"", ReceiptFile.Spell(field));
        }
        Assert.Equal("-3", ReceiptFile.Spell(new OpenedField("f", "f", null, ValueTag.Integer, "-3")));

        // Each of them, and what stands at the ends, comes back as it was.
        string[] texts = ["", "\"", "\\", "\n", "a\n", "\na", "\\u000a", "a b", "😀", string.Concat(hidden.SelectMany(h => new[] { h.From, h.To }))];
        foreach (var text in texts)
        {
            Assert.True(ReceiptFile.TryParse(OneField(ValueBytes.Text(text)).ToText(), out var read));
            Assert.Equal(text, read.Opened.Single().Value);
        }
    }

    private static ReceiptFile OneField(byte[] value, bool giveSalt = false, string field = "F")
    {
        var entry = new EntryBuilder(_salt).Add(field, value).Build("a", new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.Zero), "1", Guid.Empty);
        var log = new MemoryLog();
        log.Append(entry.Bytes.Span);
        return ReceiptFile.Create(entry, _salt, [(field, value)], new InclusionReceipt(0, 1, entry.LeafHash(), []), _signer.SignNote(new Checkpoint(Origin, 1, log.Root())), giveSalt);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TryParse_AnotherSpelling_IsRefusedAndNeverThrows(bool giveSalt)
    {
        var good = OneField(ValueBytes.Text("灯\n"), giveSalt).ToText();
        var open = good.Split('\n').Single(l => l.StartsWith("open ", StringComparison.Ordinal));
        var key = open.Split(' ')[3];
        var salt = Convert.ToBase64String(_salt);
        Assert.True(ReceiptFile.TryParse(good, out var receipt));
        Assert.Equal((giveSalt, !giveSalt), (receipt.Salt is not null, receipt.Opened.Single().Key is not null));
        string Open(string line) => good.Replace(open, line, StringComparison.Ordinal);
        string Value(string value) => Open($"open F F {key} text {value}");
        Assert.Equal(good, Value("\"灯\\u000a\""));
        string[] bad =
        [
            "", "\n\n\n\n\n\n", good[1..], good.Replace("hele-receipt/1", "hele-receipt/2", StringComparison.Ordinal), Value("\""), Value("\"灯"), Value("灯\""), Value("灯"), Value("x灯\\u000ax"), Value(""), Value("\"灯\\\""), Value("\"灯\\u\""), Value("\"灯\\u0\""),
            Value("\"灯\\u000\""), Value("\"灯\\x000a\""), Value("\"灯\\u000A\""), Value("\"灯\\u00 a\""), Value("\"灯\\u+00a\""), Value("\"\\u706f\\u000a\""), Value("\"灯\\ud800\""), Value("\"灯\u200b\""),
            Open("open"), Open("open F"), Open("open F F"), Open($"open F F {key}"), Open($"open F F {key} "), Open($"open F F {key} text"), Open($"Open F F {key} text \"灯\\u000a\""), Open($"open F 字 {key} text \"灯\\u000a\""), Open($"open F  {key} text \"灯\\u000a\""),
            Open($"open F F {key} Text \"灯\\u000a\""), Open($"open F F {key} words \"灯\\u000a\""), Open($"open F F {key} integer x"), Open($"open F F {key} null x"), Open($"open F F {key} null "), Open($"open F F {key} bool 2"), Open($"open F F {key} 1 \"灯\\u000a\""),
            Open($"open F F {(giveSalt ? salt : "-")} text \"灯\\u000a\""), Open($"open F F AAAA text \"灯\\u000a\""), Open(open + "\n" + open), Open(open + "\n" + open.Replace("open F", "open E", StringComparison.Ordinal)), Open(""), Open(open + "\n"),
            good.Replace("hele/1\n", "hele/2\n", StringComparison.Ordinal), good.Replace("kind a", "kind 字", StringComparison.Ordinal), good.Replace("kind a", "kind \u0161", StringComparison.Ordinal), good.Replace("tlog-proof@v1", "tlog-proof@v2", StringComparison.Ordinal),
            good.Replace("index 0", "index 00", StringComparison.Ordinal), good.Replace("index 0", "index", StringComparison.Ordinal), good.Replace("index 0", "place 0", StringComparison.Ordinal), good.Replace("index 0", "index -1", StringComparison.Ordinal), good.Replace("\nindex 0", "", StringComparison.Ordinal),
            good.Replace("index 0", "index 0\nAAAA", StringComparison.Ordinal), good[..^1], good.Replace("— ", "- ", StringComparison.Ordinal), good[..good.LastIndexOf('—')],
            giveSalt ? good.Replace("salt " + salt, "salt " + salt + "\nsalt " + salt, StringComparison.Ordinal) : good.Replace("hele-receipt/1\n", "hele-receipt/1\nsalt \n", StringComparison.Ordinal),
            giveSalt ? good.Replace(salt, salt[4..], StringComparison.Ordinal) : good.Replace("hele-receipt/1\n", "hele-receipt/1\nsalt " + salt + "\n", StringComparison.Ordinal),
        ];
        Assert.All(bad, b => Assert.False(b == good || ReceiptFile.TryParse(b, out _), b));
        Assert.False(ReceiptFile.TryParse(null, out _));
        // A field more, behind the first, would be read; and so would a receipt that opens none.
        Assert.True(ReceiptFile.TryParse(Open(open + "\n" + open.Replace("open F", "open G", StringComparison.Ordinal)), out receipt));
        Assert.Equal(["F", "G"], receipt.Opened.Select(o => o.Label));
        Assert.True(ReceiptFile.TryParse(good.Replace(open + "\n", "", StringComparison.Ordinal), out receipt));
        Assert.Empty(receipt.Opened);
        // No opening proves a field that the entry doesn't have.
        var result = OfflineVerifier.Verify(Open(open + "\n" + open.Replace("open F", "open G", StringComparison.Ordinal)), _vkey);
        Assert.Equal(["checkpoint", "inclusion", "header", "field", "field"], result.Findings.Select(f => f.Code));
        Assert.Equal((false, true, false), (result.Ok, result.Findings[^2].Holds, result.Findings[^1].Holds));
    }

    [Fact]
    public void Create_AReceiptAsLongAsItIsRead_IsMadeAndNoLongerOne()
    {
        // Without a copy in the entry: a text of a million characters is committed as 32 bytes.
        var head = OneField(ValueBytes.Text("")).ToText().Length;
        var longest = OneField(ValueBytes.Text(new string('x', 1_000_000 - head)));
        Assert.Equal(1_000_000, longest.ToText().Length);
        Assert.True(OfflineVerifier.Verify(longest.ToText(), _vkey).Ok);
        Assert.Throws<ArgumentException>(() => OneField(ValueBytes.Text(new string('x', 1_000_001 - head))));
        Assert.Throws<ArgumentException>(() => OneField([1, 0xff]));
        Assert.Throws<ArgumentException>(() => OneField([]));
    }

    [Fact]
    public void Verify_EachWayToFail_IsNamedAndNothingAfterItIsClaimed()
    {
        var text = Make().File.ToText();
        void Fails(string? file, string? key, string code, string says, int findings, bool read)
        {
            var result = OfflineVerifier.Verify(file, key);
            Assert.Equal((false, code, false, findings, read), (result.Ok, result.Findings[^1].Code, result.Findings[^1].Holds, result.Findings.Count, result.Receipt is not null));
            Assert.Contains(says, result.Findings[^1].Says.En, StringComparison.Ordinal);
            Assert.Empty(result.Limits);
        }
        Fails("x", _vkey, "form", "not a complete receipt", 1, false);
        Fails(text, "x", "key", "is not one", 1, true);
        Fails(text, Cosignature.KeyFor(Origin, _seed).ToString(), "key", "is not one", 1, true);
        Fails(text, new NoteSigner(Origin, new byte[32]).VerifierKey.ToString(), "checkpoint", $"\"{Origin}\"", 1, true);
        Fails(text.Replace("index 300", "index 301", StringComparison.Ordinal), _vkey, "inclusion", "does not hold", 2, true);
        Fails(text.Replace("kind appeal.filed", "kind appeal.filet", StringComparison.Ordinal), _vkey, "inclusion", "does not hold", 2, true);

        // One field that fails doesn't hide that the others hold; the verdict is still no.
        var result = OfflineVerifier.Verify(text.Replace(" integer -3", " integer -4", StringComparison.Ordinal), _vkey);
        Assert.Equal((false, _shown.Length - 1), (result.Ok, result.Findings.Count(f => f is { Code: "field", Holds: true })));
        Assert.Contains("The value of the field Count does not match", result.Findings.Single(f => !f.Holds).Says.En, StringComparison.Ordinal);
        Assert.Equal(("closed", true), (result.Findings[^1].Code, result.Findings[^1].Holds));
        Assert.Equal(3, result.Limits.Count);
    }

    [Fact]
    public void Verify_AnHonestReceipt_SaysWordForWordWhatItProves()
    {
        var says = OfflineVerifier.Verify(Make().File.ToText(), _vkey).Findings.Select(f => f.Says.En).ToList();
        Assert.Equal($"The checkpoint was signed with the key of the log \"{Origin}\", which then had 1000 entries.", says[0]);
        Assert.Equal("This entry is in that log, under index 300 (counted from 0), and not a byte of it has changed since the checkpoint was signed.", says[1]);
        Assert.Equal("The entry says: kind of event appeal.filed, time of the log 2026-11-22 10:00:00 (UTC), jurisdiction 410105001001, event id 0190c0de-0000-7000-8000-000000000009.", says[2]);
        Assert.Contains("When the entry was logged, the field Count had the value: -3", says);
        Assert.Contains("When the entry was logged, the field Note had the value: (no value)", says);
        Assert.Contains("When the entry was logged, the field Blank had the value: \"\"", says);
        Assert.Equal("The entry has 1 more field(s) that are not laid open; this receipt says nothing about them.", says[^1]);
        says = [.. OfflineVerifier.Verify(Make(confidential: true).File.ToText(), _vkey).Findings.Select(f => f.Says.En)];
        Assert.Equal("This is a confidential entry that does not state the kind of event. It says: time of the log 2026-11-22 10:00:00 (UTC), jurisdiction 410105001001, event id 0190c0de-0000-7000-8000-000000000009.", says[2]);
        Assert.Contains("When the entry was logged, item 04 had the value: -3 (the receipt calls the field Count; the name is not proved)", says);
        // All laid open: nothing is said to be closed.
        Assert.DoesNotContain(OfflineVerifier.Verify(OneField(ValueBytes.Bool(true)).ToText(), _vkey).Findings, f => f.Code == "closed");
    }

    [Fact]
    public void Verify_WitnessesThatMustHaveSigned_AreEachAskedFor()
    {
        var (file, _) = Make();
        var (one, two) = (new byte[32], new byte[] { 7 }.Concat(new byte[31]).ToArray());
        NoteSignature Sign(string name, byte[] seed, long time) => Cosignature.Sign(name, seed, file.Checkpoint.Text, time);
        string With(params NoteSignature[] more) => file.ToText().Replace(file.Checkpoint.ToString(), SignedNote.Create(file.Checkpoint.Text, [.. file.Checkpoint.Signatures, .. more]).ToString(), StringComparison.Ordinal);
        var (keyOne, keyTwo) = (Cosignature.KeyFor("one.example", one).ToString(), Cosignature.KeyFor("two.example", two).ToString());
        var both = OfflineVerifier.Verify(With(Sign("one.example", one, 1), Sign("two.example", two, DateTimeOffset.MaxValue.ToUnixTimeSeconds())), _vkey, keyOne, keyTwo);
        Assert.True(both.Ok);
        Assert.Equal(["The witness \"one.example\" signed the same checkpoint at 1970-01-01 00:00:01 (UTC).", "The witness \"two.example\" signed the same checkpoint at 9999-12-31 23:59:59 (UTC)."], both.Findings.TakeLast(2).Select(f => f.Says.En));

        // One of the two is not enough, and then no witness rules anything out.
        var half = OfflineVerifier.Verify(With(Sign("one.example", one, 1)), _vkey, keyTwo, keyOne);
        Assert.Equal((false, false, true, 3), (half.Ok, half.Findings[^2].Holds, half.Findings[^1].Holds, half.Limits.Count));
        Assert.Contains("no valid signature of the witness \"two.example\"", half.Findings[^2].Says.En, StringComparison.Ordinal);
        // A log's key is no witness, and a time that no calendar has is no time.
        Assert.Equal(("witness", false), OfflineVerifier.Verify(With(), _vkey, _vkey).Findings.Select(f => (f.Code, f.Holds)).Last());
        var late = OfflineVerifier.Verify(With(Sign("one.example", one, DateTimeOffset.MaxValue.ToUnixTimeSeconds() + 1)), _vkey, keyOne);
        Assert.Equal(("witness", false), (late.Findings[^1].Code, late.Findings[^1].Holds));
    }

    [Fact]
    public void Verify_AConfidentialEntry_ProvesANameOnlyWithTheSalt()
    {
        var text = Make(confidential: true).File.ToText();
        // With keys anybody can write another name beside a number: it is shown, and said not to be proved.
        var renamed = OfflineVerifier.Verify(text.Replace(" Count ", " Amount ", StringComparison.Ordinal), _vkey);
        Assert.True(renamed.Ok);
        Assert.Contains(renamed.Findings, f => f.Says.En.Contains("the receipt calls the field Amount; the name is not proved", StringComparison.Ordinal));
        // In an open entry the label is the name.
        Assert.False(OfflineVerifier.Verify(Make().File.ToText().Replace("open Count Count", "open Count Amount", StringComparison.Ordinal), _vkey).Ok);
        Assert.False(OfflineVerifier.Verify(Make(giveSalt: true).File.ToText().Replace("open Count Count", "open Count Amount", StringComparison.Ordinal), _vkey).Ok);
        // The other number's commitment is another.
        Assert.False(OfflineVerifier.Verify(Make(confidential: true, giveSalt: true).File.ToText().Replace("open 04 Count", "open 04 State", StringComparison.Ordinal), _vkey).Ok);
    }
}
