using System.Text;
using CsCheck;
using Hele.Evidence;
using Xunit;

namespace Hele.Tests.Evidence;

/// <summary>Every format has one spelling; all others are refused.</summary>
public class FormatTests
{
    static readonly byte[] _salt = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
    static readonly DateTimeOffset _time = new(2026, 11, 22, 10, 0, 0, 5, TimeSpan.Zero);
    static readonly Guid _id = Guid.Parse("0190c0de-0000-7000-8000-00000000000a");

    static EntryText Entry() => new EntryBuilder(_salt)
        .Add("Text", ValueBytes.Text("灯坏了")).Add("@row", ValueBytes.Text("Appeal/x")).Add("State", ValueBytes.Enum("Filed"))
        .Build("appeal.filed", _time, "410105001001", _id);

    static bool Parses(string entry) => EntryText.TryParse(Encoding.UTF8.GetBytes(entry), out _);

    [Fact]
    public void EntryTextTryParse_AnythingNotCanonical_IsRefused()
    {
        var good = Entry().ToString();
        Assert.True(Parses(good));
        var lines = good.Split('\n');
        (string Why, string Text)[] bad =
        [
            ("empty", ""), ("final LF missing", good[..^1]), ("LF twice", good + "\n"), ("CR", good.Replace("\n", "\r\n")), ("one CR", good[..^1] + "\r\n"),
            ("other grammar", good.Replace("hele/1", "hele/2")), ("blank before", "\n" + good), ("BOM", "\ufeff" + good),
            ("header order", string.Join('\n', [lines[0], lines[2], lines[1], .. lines[3..]])), ("header missing", string.Join('\n', [.. lines[..3], .. lines[4..]])),
            ("header twice", string.Join('\n', [.. lines[..2], .. lines[1..]])), ("two spaces", good.Replace("kind ", "kind  ")), ("trailing space", good.Replace("appeal.filed", "appeal.filed ")),
            ("empty kind", good.Replace("appeal.filed", "")), ("kind with space", good.Replace("appeal.filed", "appeal filed")), ("kind not ASCII", good.Replace("appeal.filed", "诉求")),
            ("no milliseconds", good.Replace("10:00:00.005Z", "10:00:00Z")), ("more digits", good.Replace("00.005Z", "00.0050Z")), ("offset", good.Replace("00.005Z", "00.005+00:00")),
            ("no such day", good.Replace("2026-11-22", "2026-02-30")), ("lower-case t", good.Replace("22T10", "22t10")), ("leap second", good.Replace("10:00:00", "23:59:60")),
            ("capital id", good.Replace("00000000000a", "00000000000A")), ("id in braces", good.Replace($"id {_id}", $"id {_id:B}")), ("id short", good.Replace($"{_id}", $"{_id:N}")),
            ("unsorted", string.Join('\n', [.. lines[..5], lines[6], lines[5], .. lines[7..]])), ("label twice", string.Join('\n', [.. lines[..6], lines[5], .. lines[6..]])),
            ("label empty", good.Replace("c Text ", "c  ")), ("label missing", good.Replace("c Text ", "c ")), ("label with space", good.Replace("c Text ", "c Te xt ")), ("label not ASCII", good.Replace("c Text ", "c 文 ")),
            ("no padding", good.Replace("=\nc Text", "\nc Text")), ("base64 bits", StrayBits(good)), ("base64 space", good.Replace("=\nc Text", " =\nc Text")), ("other line", good + "x y\n"),
            ("short commitment", good + "c z AAAA\n"), ("confidential with names", good.Replace("appeal.filed", "confidential")), ("NUL", good.Replace("Text", "Te\0t")),
            ("too long", good + string.Concat(Enumerable.Range(0, 1200).Select(i => $"c z{i:0000000} {Convert.ToBase64String(_salt)}\n"))),
        ];
        Assert.All(bad, b => Assert.True(b.Text != good && !Parses(b.Text), b.Why));
        Assert.False(EntryText.TryParse([0xff, .. Encoding.UTF8.GetBytes(good)], out _));
    }

    /// <summary>The last character before the padding carries two bits that mean nothing; sets one of them.</summary>
    static string StrayBits(string text)
    {
        const string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        var at = text.IndexOf('=') - 1;
        return text[..at] + alphabet[alphabet.IndexOf(text[at]) + 1] + text[(at + 1)..];
    }

    [Fact]
    public void EntryText_AnyFieldsAndValues_SurvivesTheRoundTripAndNoFlippedBitIsTheSame()
    {
        var name = Gen.Char['!', '~'].Array[1, 20].Select(c => new string(c));
        var fields = Gen.Select(name, Gen.String).Array[0, 120];
        Gen.Select(fields, Gen.Byte.Array[32], Gen.Long[0, 3_000_000_000_000], Gen.Guid, Gen.Bool, Gen.Int[0, int.MaxValue]).Sample((fields, salt, milliseconds, id, secret, bit) =>
        {
            var builder = new EntryBuilder(salt);
            var distinct = fields.DistinctBy(f => f.Item1).ToArray();
            foreach (var (field, value) in distinct) builder.Add(field, ValueBytes.Bytes(Encoding.Unicode.GetBytes(value)));
            var time = DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
            var entry = secret ? builder.BuildConfidential(time, "1", id) : builder.Build("a.b", time, "1", id);
            Assert.True(EntryText.TryParse(entry.Bytes.Span, out var read));
            Assert.Equal((entry.Kind, time, id, entry.ToString()), (read.Kind, read.Time, read.Id, read.ToString()));
            Assert.Equal(entry.Fields.Select(f => (f.Label, Convert.ToHexString(f.Value))), read.Fields.Select(f => (f.Label, Convert.ToHexString(f.Value))));
            Assert.Equal(distinct.Length, read.Fields.Count);
            var flipped = entry.Bytes.ToArray().Flip(bit % (entry.Bytes.Length * 8));
            if (EntryText.TryParse(flipped, out var other)) Assert.Equal(flipped, other.Bytes.ToArray());
        }, iter: 200);
    }

    [Fact]
    public void EntryBuilder_WhatNoEntryCanHold_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => new EntryBuilder(_salt.AsSpan(1)));
        EntryBuilder New() => new EntryBuilder(_salt).Add("Text", ValueBytes.Null());
        Assert.Throws<ArgumentException>(() => New().Add("Text", ValueBytes.Null()).Build("a", _time, "1", _id));
        Assert.Throws<ArgumentException>(() => New().Add("a b", ValueBytes.Null()));
        Assert.Throws<ArgumentException>(() => New().Add("", ValueBytes.Null()));
        Assert.Throws<ArgumentException>(() => New().Add("字段", ValueBytes.Null()));
        Assert.Throws<ArgumentException>(() => New().Build("a\nb", _time, "1", _id));
        Assert.Throws<ArgumentException>(() => New().Build("confidential", _time, "1", _id));
        Assert.Throws<ArgumentException>(() => New().Build("a", _time, "", _id));
        Assert.Throws<ArgumentException>(() => New().Build("a", _time.AddTicks(1), "1", _id));
    }

    [Fact]
    public void BuildConfidential_ManyFields_NumbersThemInTheOrderOfTheTrueNames()
    {
        var builder = new EntryBuilder(_salt);
        for (var i = 119; i >= 0; i--) builder.Add($"f{i:000}", ValueBytes.Integer(i));
        var entry = builder.BuildConfidential(_time, "1", _id);
        Assert.True(entry.TryGet("001", out var first));
        Assert.True(entry.TryGet("120", out var last));
        var prk = Commitment.Prk(_salt);
        Assert.Equal(Commitment.Compute(prk, "f000", ValueBytes.Integer(0)), first);
        Assert.Equal(Commitment.Compute(prk, "f119", ValueBytes.Integer(119)), last);
        Assert.DoesNotContain("f0", entry.ToString().Split("\nc ", 2)[1].Split(' ')[0]);
        Assert.True(EntryText.TryParse(entry.Bytes.Span, out _));
        Assert.Equal(["01", "12", "99", "001", "100"], [EntryText.NumberLabel(0, 1), EntryText.NumberLabel(11, 12), EntryText.NumberLabel(98, 99), EntryText.NumberLabel(0, 100), EntryText.NumberLabel(99, 100)]);
    }

    [Fact]
    public void ValueBytesTryRead_AnotherSpelling_IsRefused()
    {
        string[] bad =
        [
            "", "09", "0041", "01ff", "01eda080", "02" + Hex("2026-11-22T10:00:00Z"), "02" + Hex("2026-11-22T10:00:00.0000000"), "03" + Hex("2026-1-2"), "03" + Hex("2026-02-30"), "0400", "05", "05" + Hex("+1"),
            "05" + Hex("01"), "05" + Hex("-0"), "05" + Hex(" 1"), "05" + Hex("9223372036854775808"), "06", "06" + Hex("a b"), "07", "07" + Hex("2"), "07" + Hex("true"),
        ];
        Assert.All(bad, b => Assert.False(ValueBytes.TryRead(Convert.FromHexString(b), out _, out _), b));
        static string Hex(string text) => Convert.ToHexString(Encoding.ASCII.GetBytes(text));
    }

    [Theory]
    [InlineData("tile/0/0")]
    [InlineData("tile/0/0000")]
    [InlineData("tile/00/000")]
    [InlineData("tile/64/000")]
    [InlineData("tile/-1/000")]
    [InlineData("tile/+1/000")]
    [InlineData("tile/0/x000/000")]
    [InlineData("tile/0/x000/001")]
    [InlineData("tile/0/001/000")]
    [InlineData("tile/0/x001")]
    [InlineData("tile/0/X001/000")]
    [InlineData("tile/0/000.p")]
    [InlineData("tile/0/000.p/")]
    [InlineData("tile/0/000.p/0")]
    [InlineData("tile/0/000.p/256")]
    [InlineData("tile/0/000.p/257")]
    [InlineData("tile/0/000.p/01")]
    [InlineData("tile/0/000.p/1/")]
    [InlineData("tile/0/000.p/x1")]
    [InlineData("tile/0/000.P/1")]
    [InlineData("tile/0/x001.p/000")]
    [InlineData("/tile/0/000")]
    [InlineData("tile/0/000/")]
    [InlineData("tile//000")]
    [InlineData("tile/0/٠٠٠")]
    [InlineData("tile/0/../000")]
    [InlineData("tile/Entries/000")]
    [InlineData("tile/0/x999/x999/x999/x999/x999/x999/999")]
    [InlineData("tile")]
    [InlineData("")]
    [InlineData(null)]
    public void TilePathTryParse_AnotherSpelling_IsRefused(string? path) => Assert.False(TilePath.TryParse(path, out _));

    [Fact]
    public void TilePath_AnyTile_SurvivesTheRoundTrip() =>
        Gen.Select(Gen.Int[-1, 63], Gen.OneOf(Gen.Long[0, 3000], Gen.Long[0, 1L << 55]), Gen.Int[1, 256]).Sample((level, index, width) =>
        {
            var tile = new TilePath(level, index, width);
            Assert.True(TilePath.TryParse(tile.Path, out var read));
            Assert.Equal(tile, read);
        });

    [Fact]
    public void EntryBundleTryDecode_CutOffOrTooLongOrTooWide_IsRefused()
    {
        ReadOnlyMemory<byte>[] entries = [new byte[] { 1, 2, 3 }, ReadOnlyMemory<byte>.Empty, new byte[65535]];
        var bundle = EntryBundle.Encode(entries);
        Assert.True(EntryBundle.TryDecode(bundle, 3, out _));
        Assert.False(EntryBundle.TryDecode(bundle, 2, out _));
        Assert.False(EntryBundle.TryDecode(bundle, 4, out _));
        Assert.False(EntryBundle.TryDecode(bundle, 0, out _));
        Assert.False(EntryBundle.TryDecode(bundle, 257, out _));
        Assert.False(EntryBundle.TryDecode(bundle.AsMemory(0, bundle.Length - 1), 3, out _));
        Assert.False(EntryBundle.TryDecode((byte[])[.. bundle, 0], 3, out _));
        Assert.False(EntryBundle.TryDecode(bundle.AsMemory(0, 1), 1, out _));
        Assert.False(EntryBundle.TryDecode((byte[])[0, 4, 1, 2, 3], 1, out _));
        Assert.Throws<ArgumentException>(() => EntryBundle.Encode([new byte[65536]]));
        Assert.Throws<ArgumentException>(() => EntryBundle.Encode([]));
        Assert.Throws<ArgumentException>(() => EntryBundle.Encode(new ReadOnlyMemory<byte>[257]));
    }

    static SignedNote Note()
    {
        Assert.True(SignedNote.TryParse(EvidenceData.Hele.GetProperty("checkpoint").Text("note") + EvidenceData.Hele.GetProperty("checkpoint").Text("cosignLine"), out var note));
        return note;
    }

    [Fact]
    public void SignedNoteTryParse_Malformed_IsRefused()
    {
        var (good, text) = (Note().ToString(), Note().Text);
        var line = Note().Signatures[0].Line();
        string?[] bad =
        [
            null, "", "\n", "\n\n", text, text + "\n", good[..^1], good + "\n", good.Replace("\n", "\r\n"), good + "x\n", good.Replace("— ", "- "), good.Replace("— ", "—"), good.Replace("— ", "—  "),
            text + "\n" + line + line, text + "\n" + line.Replace("hele.example/hexing", "hele+example"), text + "\n" + line.Replace("hele.example/hexing", "hele\u00a0example"),
            text + "\n" + line.Replace("hele.example/hexing ", ""), text + "\n" + line.Replace("=\n", "\n"), text + "\n— a AAAA\n", text + "\n— a AAAAAA==\n", "\u0001" + good, "\t" + good, "\ud800" + good,
            text + "\n" + string.Concat(Enumerable.Range(0, 101).Select(i => line.Replace("hexing", $"h{i}"))),
        ];
        Assert.All(bad, b => Assert.False(SignedNote.TryParse(b, out _), b));
        Assert.False(SignedNote.TryParse([0xff, .. Encoding.UTF8.GetBytes(good)], out _));
        Assert.True(SignedNote.TryParse(text + "\n" + string.Concat(Enumerable.Range(0, 100).Select(i => line.Replace("hexing", $"h{i}"))), out _));
        // A blank line inside the text belongs to the text: the last one parts text and signatures.
        Assert.True(SignedNote.TryParse("a\n\nb\n\n" + line, out var two));
        Assert.Equal("a\n\nb\n", two.Text);
    }

    [Fact]
    public void NoteVerifier_OtherKeysBeside_LooksAtItsOwnLineOnly()
    {
        var verifier = NoteVerifier.Parse(EvidenceData.Hele.GetProperty("checkpoint").Text("logVkey"));
        var note = Note();
        using var stranger = new NoteSigner("hele.example/hexing", new byte[32]);
        Assert.True(verifier.Verify(note.With(stranger.Sign("something else\n"))));
        Assert.False(verifier.Verify(stranger.SignNote(note.Text)));
        Assert.False(new NoteVerifier(stranger.VerifierKey).Verify(note));
        Assert.Throws<ArgumentException>(() => note.With(note.Signatures[0]));
        foreach (var bit in Enumerable.Range(0, note.Text.Length * 7).Where(b => b % 13 == 0))
        {
            var changed = Encoding.UTF8.GetString(Encoding.ASCII.GetBytes(note.Text).Flip(bit / 7 * 8 + bit % 7));
            Assert.False(SignedNote.TryParse(changed + "\n" + note.Signatures[0].Line(), out var read) && verifier.Verify(read));
        }
    }

    [Fact]
    public void VerifierKeyTryParse_Malformed_IsRefused()
    {
        var good = EvidenceData.Hele.GetProperty("checkpoint").Text("logVkey");
        Assert.True(VerifierKey.TryParse(good, out _));
        string?[] bad = [null, "", "a", "a+b", good + "=", good[..^4], good.Replace("+65a7abf0+", "+65a7abf1+"), good.Replace("+65a7abf0+", "+65A7ABF0+"), good.Replace("hexing", "hexin"), good.Replace("+AQ", "+Ag"), " " + good, good + "\n"];
        Assert.All(bad, b => Assert.False(VerifierKey.TryParse(b, out _), b));
        Assert.Throws<FormatException>(() => NoteVerifier.Parse("x"));
    }

    [Fact]
    public void CheckpointTryParse_AnotherSpelling_IsRefused()
    {
        var good = Note().Text;
        Assert.True(Checkpoint.TryParse(good, out _));
        Assert.True(Checkpoint.TryParse(good + "extension\n", out var extended));
        Assert.Equal(["extension"], extended.Extensions);
        string?[] bad =
        [
            null, "", "\n", good[..^1], good + "\n", good.Replace("\n33\n", "\n033\n"), good.Replace("\n33\n", "\n-1\n"), good.Replace("\n33\n", "\n3 3\n"), good.Replace("\n33\n", "\n99999999999999999999\n"), good.Replace("\n33\n", "\n\n33\n"),
            good.Replace("=\n", "\n"), good.Replace("+Qo=", "+Qp="), good.Replace("\n33", "\r\n33"), "\n" + good, good + "a\n\n",
        ];
        Assert.All(bad, b => Assert.False(Checkpoint.TryParse(b, out _), b));
        Assert.Throws<ArgumentException>(() => new Checkpoint("a\nb", 1, new byte[32]));
        Assert.Throws<ArgumentException>(() => new Checkpoint("a", 1, new byte[31]));
        Assert.Throws<ArgumentException>(() => new Checkpoint("a", 1, new byte[32], ""));
    }

    [Fact]
    public void CheckpointTryOpen_AnotherLogsCheckpointUnderThisKey_IsRefused()
    {
        using var signer = new NoteSigner("hele.example/a", new byte[32]);
        var note = signer.SignNote(new Checkpoint("hele.example/b", 1, new byte[32]));
        Assert.True(new NoteVerifier(signer.VerifierKey).Verify(note));
        Assert.False(Checkpoint.TryOpen(note, new NoteVerifier(signer.VerifierKey), out _));
    }

    [Fact]
    public void CosignatureTryVerify_TimeOrTextChanged_IsRefused()
    {
        var vector = EvidenceData.Hele.GetProperty("checkpoint");
        Assert.True(VerifierKey.TryParse(vector.Text("witnessVkey"), out var key));
        var good = Note().Signatures[1];
        Assert.True(Cosignature.TryVerify(key, Note(), out _));
        foreach (var bit in new[] { 0, 7, 63, 64, 300, 575 })
            Assert.False(Cosignature.TryVerify(key, SignedNote.Create(Note().Text, good with { Signature = good.Signature.ToArray().Flip(bit) }), out _));
        Assert.False(Cosignature.TryVerify(key, SignedNote.Create(Note().Text, good with { Signature = good.Signature[1..] }), out _));
        Assert.False(Cosignature.TryVerify(key, SignedNote.Create(Note().Text.Replace("33", "34"), good), out _));
        Assert.Throws<ArgumentException>(() => Cosignature.Sign("w", new byte[32], "no checkpoint\n", 1));
    }

    [Fact]
    public void Canonical_TheEdgesOfEachSpelling_AreWhereTheyAreSaid()
    {
        foreach (var (text, value) in new[] { ("0", 0L), ("7", 7), ("10", 10), ("9223372036854775807", long.MaxValue) })
        {
            Assert.True(Canonical.TryNumber(text, out var number));
            Assert.Equal(value, number);
        }
        Assert.All(["", "00", "01", "-1", "+1", " 1", "1 ", "1\0", "1.0", "１", "9223372036854775808", "10000000000000000000"], text => Assert.False(Canonical.TryNumber(text, out _), text));

        // A hash is 32 bytes: one less or one more has as many characters.
        Assert.All([0, 31, 33, 48], length => Assert.False(Canonical.TryHash(Convert.ToBase64String(new byte[length]), out _)));
        Assert.True(Canonical.TryHash(Convert.ToBase64String(_salt), out var hash));
        Assert.Equal(_salt, hash);
        foreach (var bytes in new byte[][] { [], [1], [1, 2], [1, 2, 3], [0xff, 0xfe, 0xfd, 0xfc] })
        {
            var text = Convert.ToBase64String(bytes);
            Assert.True(Canonical.TryBase64(text, out var read));
            Assert.Equal(bytes, read);
            Assert.False(Canonical.TryBase64(text + " ", out read) || read.Length > 0);
            Assert.False(Canonical.TryBase64("\n\n\n\n" + text, out read) || read.Length > 0);
        }
        Assert.All(["A", "AA", "AAA", "AA=", "AB==", "AAB=", "=AAA", "AA==AA==", "AA-_"], text => Assert.False(Canonical.TryBase64(text, out _), text));

        Assert.All(["", "a", "灯", "😀", "a😀b", "😀😀"], text => Assert.True(Canonical.IsUnicode(text), text));
        Assert.All(["\ud83d", "a\ud83d", "\ud83da", "\ude00", "\ude00\ud83d", "😀\ude00", "\ud83d😀", "😀\ud83d"], text => Assert.False(Canonical.IsUnicode(text)));

        Assert.True(Canonical.IsVisibleAscii("!~", 2));
        Assert.All(["", "!~a", " ", "\x7f", "é"], text => Assert.False(Canonical.IsVisibleAscii(text, 2), text));
    }

    [Fact]
    public void Names_AsLongAsTheyMayBe_AreTakenAndOneMoreIsNot()
    {
        static string Name(int length) => new('n', length);
        bool Entry(string kind, string jurisdiction, string field)
        {
            try
            {
                var entry = new EntryBuilder(_salt).Add(field, ValueBytes.Null()).Build(kind, _time, jurisdiction, _id);
                Assert.True(EntryText.TryParse(entry.Bytes.Span, out var read));
                Assert.Equal((kind, jurisdiction, field), (read.Kind, read.Jurisdiction, read.Fields[0].Label));
                return true;
            }
            catch (ArgumentException)
            {
                return false;
            }
        }
        Assert.True(Entry(Name(128), Name(128), Name(128)));
        Assert.False(Entry(Name(129), "1", "f"));
        Assert.False(Entry("a", Name(129), "f"));
        Assert.False(Entry("a", "1", Name(129)));
        // As another program might write it.
        var line = "c " + Name(128) + " " + Convert.ToBase64String(_salt) + "\n";
        Assert.True(Parses(FormatTests.Entry().ToString() + line));
        Assert.False(Parses(FormatTests.Entry().ToString() + line.Replace("c n", "c nn", StringComparison.Ordinal)));
        Assert.All(["a.b", "A-9_z"], kind => Assert.True(Entry(kind, "1", "f"), kind));
        Assert.All(["a/b", "a b", "a+b", "é"], kind => Assert.False(Entry(kind, "1", "f"), kind));

        Assert.True(ValueBytes.TryRead(ValueBytes.Enum(Name(200)), out var tag, out var text));
        Assert.Equal((ValueTag.Enum, Name(200)), (tag, text));
        Assert.Throws<ArgumentException>(() => ValueBytes.Enum(Name(201)));
        Assert.False(ValueBytes.TryFromText(ValueTag.Enum, Name(201), out var bytes) || bytes.Length > 0);

        var seed = new byte[32];
        var raw = Cosignature.KeyFor("w", seed).PublicKey.Span.ToArray();
        bool Key(string name, byte type = KeyType.Ed25519)
        {
            try
            {
                return VerifierKey.TryParse(VerifierKey.Create(name, type, raw).ToString(), out var read) && read.Name == name;
            }
            catch (ArgumentException)
            {
                return false;
            }
        }
        Assert.True(Key(Name(256)));
        Assert.All([Name(257), "", "a b", "a+b", "a\u00a0b", "a\u3000b", "a\u001fb", "a\u007fb", "a\ufffdb", "a\ud800b"], name => Assert.False(Key(name), name));
        Assert.True(Key("日志.example/！~"));
        Assert.False(Key("w", 2));
        raw = raw[1..];
        Assert.False(Key("w"));
    }

    [Fact]
    public void EntryText_AsLongAsTheLogHolds_IsTakenAndOneByteMoreIsNot()
    {
        EntryText Build(int last)
        {
            var builder = new EntryBuilder(_salt);
            for (var i = 0; i < 371; i++) builder.Add($"{i:000}{new string('x', 125)}", ValueBytes.Null());
            return builder.Add(new string('z', last), ValueBytes.Null()).Build("a", _time, "1", _id);
        }
        var head = Build(1).Bytes.Length - 1;
        var longest = Build(EntryBundle.MaxEntry - head);
        Assert.Equal(EntryBundle.MaxEntry, longest.Bytes.Length);
        Assert.True(EntryText.TryParse(longest.Bytes.Span, out _));
        Assert.True(EntryBundle.TryDecode(EntryBundle.Encode([longest.Bytes]), 1, out var entries));
        Assert.Equal(longest.ToString(), Encoding.ASCII.GetString(entries[0].Span));
        Assert.Throws<ArgumentException>(() => Build(EntryBundle.MaxEntry - head + 1));
        var longer = longest.ToString().Replace("c z", "c zz", StringComparison.Ordinal);
        Assert.Equal(EntryBundle.MaxEntry + 1, longer.Length);
        Assert.False(Parses(longer));
    }

    [Fact]
    public void EntryBundle_OneAndTwoHundredFiftySixEntries_AreBundles()
    {
        foreach (var width in new[] { 1, TilePath.FullWidth })
        {
            var entries = Enumerable.Range(0, width).Select(i => (ReadOnlyMemory<byte>)EvidenceData.Leaf(i)).ToArray();
            Assert.True(EntryBundle.TryDecode(EntryBundle.Encode(entries), width, out var read));
            Assert.Equal(entries.Select(e => e.ToArray()), read.Select(e => e.ToArray()));
        }
        // An empty entry is two zeros, and the last one may be it.
        Assert.True(EntryBundle.TryDecode(new byte[2], 1, out var empty));
        Assert.True(Assert.Single(empty).IsEmpty);
        Assert.False(EntryBundle.TryDecode(new byte[3], 1, out empty) || empty.Count > 0);
    }

    [Fact]
    public void EntryTextTryGet_ALabelItHasNot_IsNothing()
    {
        Assert.True(Entry().TryGet("State", out var commitment));
        Assert.Equal(Commitment.Compute(Commitment.Prk(_salt), "State", ValueBytes.Enum("Filed")), commitment);
        Assert.False(Entry().TryGet("Stat", out commitment));
        Assert.Empty(commitment);
    }

    [Fact]
    public void Compose_ACommitmentOfAnotherLength_IsRefused() =>
        Assert.All([0, 31, 33], length => Assert.Throws<ArgumentException>(() => EntryText.Compose([("kind", "a")], [new CommittedField("f", new byte[length])])));

    [Fact]
    public void ValueBytes_EveryKindThatHasAForm_IsReadAsItself()
    {
        object[] ones = [1L, 1, (short)1, (byte)1, 1u, (ushort)1, (sbyte)1];
        Assert.All(ones, one => Assert.Equal(ValueBytes.Integer(1), ValueBytes.Of(one)));
        Assert.Equal(ValueBytes.Bytes([1, 2]), ValueBytes.Of((ReadOnlyMemory<byte>)new byte[] { 1, 2 }));
        Assert.Throws<ArgumentException>(() => ValueBytes.Of(1ul));
        Assert.Throws<ArgumentException>(() => ValueBytes.Enum("a b"));

        (ValueTag Tag, string Text)[] refused =
        [
            (ValueTag.Null, " "), (ValueTag.Text, "\ud800"), (ValueTag.Instant, "2026-11-22T10:00:00Z"), (ValueTag.Date, "2026-02-30"), (ValueTag.Guid, "0190C0DE-0000-7000-8000-000000000001"),
            (ValueTag.Guid, "0190c0de00007000800000000000000a"), (ValueTag.Integer, "+1"), (ValueTag.Integer, ""), (ValueTag.Integer, "x"), (ValueTag.Enum, ""), (ValueTag.Bool, ""), (ValueTag.Bool, "2"), (ValueTag.Bytes, "AB=="), ((ValueTag)9, ""),
        ];
        Assert.All(refused, r => Assert.False(ValueBytes.TryFromText(r.Tag, r.Text, out var bytes) || bytes.Length > 0, $"{r}"));
        // Seventeen bytes of a Guid, or none.
        Assert.False(ValueBytes.TryRead([4], out _, out _));
        Assert.False(ValueBytes.TryRead([4, .. new byte[17]], out _, out _));
    }

    [Fact]
    public void SignedNote_AsLongAndAsShortAsItMayBe_IsRead()
    {
        using var signer = new NoteSigner("a", new byte[32]);
        var line = signer.Sign("x\n").Line();
        static string Fill(int length) => new string('x', length - 1) + "\n";
        foreach (var (length, read) in new[] { (1_000_000, true), (1_000_001, false) })
        {
            Assert.Equal(read, SignedNote.TryParse(Fill(length - line.Length - 1) + "\n" + line, out _));
            Assert.Equal(read, SignedNote.TryParse(Encoding.UTF8.GetBytes(Fill(length - Encoding.UTF8.GetByteCount(line) - 1) + "\n" + line), out _));
        }
        // A signature of another kind may be short, but there is one behind the four bytes of the id.
        Assert.True(SignedNote.TryParse("x\n\n— a AAAAAAA=\n", out var note));
        Assert.Equal((0u, 1), (note.Signatures[0].KeyId, note.Signatures[0].Signature.Length));
        Assert.False(SignedNote.TryParse("x\n\n— a AAAAAA==\n", out _));
        Assert.False(SignedNote.TryParse("x\n\n", out _));
        Assert.True(SignedNote.TryParse("\n\n" + line, out note));
        Assert.Equal("\n", note.Text);
        Assert.Throws<ArgumentException>(() => SignedNote.Create("x", signer.Sign("x\n")));
        Assert.Throws<ArgumentException>(() => SignedNote.Create("x\n\ny", signer.Sign("x\n")));
        Assert.Throws<ArgumentException>(() => SignedNote.Create("x\n"));
        // Visible, but not ASCII; a tab is neither.
        Assert.True(SignedNote.TryParse("诉求 x\n\n" + line, out _));
        Assert.False(SignedNote.TryParse("x\ty\n\n" + line, out _));
    }

    [Fact]
    public void Checkpoint_EmptyLogAndFurtherLines_AreWrittenAsTheyAreRead()
    {
        var checkpoint = new Checkpoint("a", 0, Merkle.EmptyRoot, "one", "two");
        Assert.Equal($"a\n0\n{Convert.ToBase64String(Merkle.EmptyRoot)}\none\ntwo\n", checkpoint.Text);
        Assert.True(Checkpoint.TryParse(checkpoint.Text, out var read));
        Assert.Equal(checkpoint.Text, read.Text);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Checkpoint("a", -1, new byte[32]));
        Assert.Throws<ArgumentException>(() => new Checkpoint("", 1, new byte[32]));
        Assert.Throws<ArgumentException>(() => new Checkpoint("a", 1, new byte[33]));
        Assert.Throws<ArgumentException>(() => new Checkpoint("a", 1, new byte[32], "fine", "not\tfine"));
    }

    [Fact]
    public void CosignatureTryVerify_TheEdgesOfTime_AndTheOtherLinesOfANote()
    {
        var (text, seed) = (Note().Text, new byte[32]);
        var key = Cosignature.KeyFor("w", seed);
        foreach (var time in new[] { 0, 1, long.MaxValue })
        {
            Assert.True(Cosignature.TryVerify(key, SignedNote.Create(text, [.. Note().Signatures, Cosignature.Sign("w", seed, text, time)]), out var read));
            Assert.Equal(time, read);
        }
        Assert.Throws<ArgumentOutOfRangeException>(() => Cosignature.Sign("w", seed, text, -1));

        // The witness's key doesn't vouch for what isn't a checkpoint, nor before 1970, however well it is signed.
        NoteSignature Forge(string message, long time)
        {
            using var signing = NSec.Cryptography.Key.Import(NSec.Cryptography.SignatureAlgorithm.Ed25519, seed, NSec.Cryptography.KeyBlobFormat.RawPrivateKey);
            var bytes = new byte[72];
            System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(bytes, time);
            NSec.Cryptography.SignatureAlgorithm.Ed25519.Sign(signing, Encoding.UTF8.GetBytes($"cosignature/v1\ntime {time}\n{message}"), bytes.AsSpan(8));
            return new NoteSignature("w", key.Id, bytes);
        }
        Assert.True(Cosignature.TryVerify(key, SignedNote.Create(text, Forge(text, 5)), out _));
        Assert.False(Cosignature.TryVerify(key, SignedNote.Create(text, Forge(text, -5)), out var none));
        Assert.Equal(0, none);
        Assert.False(Cosignature.TryVerify(key, SignedNote.Create("no checkpoint\n", Forge("no checkpoint\n", 5)), out _));
        Assert.False(Cosignature.TryVerify(key, SignedNote.Create(text, Forge(text, 5) with { Signature = (byte[])[.. Forge(text, 5).Signature.Span, 0] }), out _));
        // A log's key never verifies a cosignature, nor the other way round.
        var asLog = VerifierKey.Create("w", KeyType.Ed25519, key.PublicKey.Span);
        Assert.False(Cosignature.TryVerify(asLog, SignedNote.Create(text, Forge(text, 5) with { KeyId = asLog.Id }), out _));
        using var signer = new NoteSigner("w", seed);
        Assert.False(new NoteVerifier(key).Verify(SignedNote.Create(text, signer.Sign(text) with { KeyId = key.Id })));
    }

    [Fact]
    public void Commitment_SaltsAndFieldsOfAnotherLength_AreRefused()
    {
        Assert.All([0, 31, 33], length => Assert.Throws<ArgumentException>(() => Commitment.Prk(new byte[length])));
        var prk = Commitment.Prk(_salt);
        foreach (var field in new[] { "f", new string('f', 128) })
        {
            var key = new byte[32];
            Commitment.FieldKey(prk, field, key);
            Assert.Equal(System.Security.Cryptography.HKDF.DeriveKey(System.Security.Cryptography.HashAlgorithmName.SHA256, _salt, 32, new byte[32], Encoding.ASCII.GetBytes("hele/commit/1\0" + field)), key);
        }
        foreach (var length in new[] { 0, 254, 255, 256, 257, 1000 })
        {
            var (info, key) = (new byte[length], new byte[32]);
            Array.Fill(info, (byte)7);
            Commitment.Expand(prk, info, key);
            Assert.Equal(System.Security.Cryptography.HKDF.Expand(System.Security.Cryptography.HashAlgorithmName.SHA256, prk, 32, info), key);
        }
        Assert.All(["", new string('f', 129), "a b", "字段"], field => Assert.Throws<ArgumentException>(() => Commitment.FieldKey(prk, field, new byte[32])));
    }
}
