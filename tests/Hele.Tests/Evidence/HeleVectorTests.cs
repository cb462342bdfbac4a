using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Hele.Evidence;
using Xunit;

namespace Hele.Tests.Evidence;

/// <summary>Everything in hele-vectors.json, which another program made, and hele-entry-vectors.json, which freezes the grammar.</summary>
public class HeleVectorTests
{
    static readonly JsonElement _vectors = EvidenceData.Hele;

    [Fact]
    public void Root_EveryListedSize_IsTheListedOne()
    {
        var log = EvidenceData.Leaves(100);
        var frontier = new Frontier();
        for (var size = 0; size <= 100; size++)
        {
            if (_vectors.GetProperty("roots").TryGetProperty(size.ToString(CultureInfo.InvariantCulture), out var root))
            {
                Assert.Equal(root.Base64(), frontier.Root());
                Assert.Equal(root.Base64(), log.Root(size));
                Assert.Equal(root.Base64(), Frontier.Load(size, frontier.ToBytes()).Root());
            }
            frontier.Append(Merkle.HashLeaf(EvidenceData.Leaf(size)));
        }
    }

    [Fact]
    public void InclusionProof_EveryListedOne_IsMadeAndVerified()
    {
        var log = EvidenceData.Leaves(64);
        foreach (var vector in _vectors.GetProperty("inclusion").EnumerateArray())
        {
            var (i, n) = (vector.GetProperty("i").GetInt64(), vector.GetProperty("n").GetInt64());
            var proof = vector.GetProperty("proof").Hashes();
            Assert.Equal(vector.GetProperty("leafHash").Base64(), Merkle.HashLeaf(EvidenceData.Leaf((int)i)));
            Assert.Equal(proof, log.InclusionProof(i, n));
            Assert.True(Proofs.VerifyInclusion(vector.GetProperty("leafHash").Base64(), i, n, vector.GetProperty("root").Base64(), proof));
        }
    }

    [Fact]
    public void ConsistencyProof_EveryListedOne_IsMadeAndVerified()
    {
        var log = EvidenceData.Leaves(64);
        foreach (var vector in _vectors.GetProperty("consistency").EnumerateArray())
        {
            var (m, n) = (vector.GetProperty("m").GetInt64(), vector.GetProperty("n").GetInt64());
            var proof = vector.GetProperty("proof").Hashes();
            Assert.Equal(proof, log.ConsistencyProof(m, n));
            Assert.True(Proofs.VerifyConsistency(m, n, vector.GetProperty("root1").Base64(), vector.GetProperty("root2").Base64(), proof));
        }
    }

    [Fact]
    public void Tiles_EveryListedTree_HaveTheListedBytesAndCount()
    {
        foreach (var tree in _vectors.GetProperty("tiles").EnumerateObject())
        {
            var size = int.Parse(tree.Name, CultureInfo.InvariantCulture);
            var log = EvidenceData.Leaves(size);
            Assert.Equal(tree.Value.GetProperty("root").Base64(), log.Root());
            Assert.Equal(tree.Value.GetProperty("root").Base64(), log.Root(size));
            foreach (var listed in tree.Value.GetProperty("tiles").EnumerateObject())
            {
                Assert.True(TilePath.TryParse(listed.Name, out var path));
                Assert.Equal(path.Width, TilePath.WidthIn(size, path.Level, path.Index));
                var hash = SHA256.HashData(log.Tile(path.Level, path.Index, path.Width).Span);
                Assert.Equal(listed.Value.GetString(), Convert.ToHexStringLower(hash));
            }
            var count = 0;
            for (var level = 0; level < 8; level++)
                for (long index = 0; TilePath.WidthIn(size, level, index) > 0; index++) count++;
            Assert.Equal(tree.Value.GetProperty("count").GetInt32(), count);
        }
    }

    [Fact]
    public void TilePath_EveryListedOne_IsWrittenAndRead()
    {
        foreach (var vector in _vectors.GetProperty("tile_paths").EnumerateArray())
        {
            var tile = new TilePath(vector[0].GetInt32(), vector[1].GetInt64(), vector[2].GetInt32());
            Assert.Equal(vector[3].GetString(), tile.Path);
            Assert.True(TilePath.TryParse(vector[3].GetString(), out var read));
            Assert.Equal(tile, read);
        }
    }

    [Fact]
    public void EntryBundle_TheListedOne_IsWrittenAndRead()
    {
        var vector = _vectors.GetProperty("entry_bundle");
        var entries = vector.GetProperty("entries").EnumerateArray().Select(e => (ReadOnlyMemory<byte>)e.Base64()).ToArray();
        Assert.Equal(vector.GetProperty("bundle").Hex(), EntryBundle.Encode(entries));
        Assert.True(EntryBundle.TryDecode(vector.GetProperty("bundle").Hex(), entries.Length, out var read));
        Assert.Equal(entries.Select(e => e.ToArray()), read.Select(e => e.ToArray()));
    }

    [Fact]
    public void Checkpoint_TheListedOne_IsSignedCosignedAndOpened()
    {
        var vector = _vectors.GetProperty("checkpoint");
        var origin = vector.Text("origin");
        var checkpoint = new Checkpoint(origin, 33, EvidenceData.Leaves(33).Root());
        Assert.Equal(vector.Text("text"), checkpoint.Text);

        using var signer = new NoteSigner(origin, vector.GetProperty("logSeedHex").Hex());
        Assert.Equal(vector.Text("logVkey"), signer.VerifierKey.ToString());
        var note = signer.SignNote(checkpoint);
        Assert.Equal(vector.Text("note"), note.ToString());
        Assert.Equal(vector.GetProperty("qrBytes").GetInt32(), note.ToBytes().Length);

        var seed = vector.GetProperty("witnessSeedHex").Hex();
        Assert.True(VerifierKey.TryParse(vector.Text("witnessVkey"), out var witness));
        Assert.Equal(witness.ToString(), Cosignature.KeyFor(witness.Name, seed).ToString());
        var line = Cosignature.Sign(witness.Name, seed, checkpoint.Text, vector.GetProperty("witnessTime").GetInt64());
        Assert.Equal(vector.Text("cosignLine"), line.Line());

        Assert.True(SignedNote.TryParse(vector.Text("note") + vector.Text("cosignLine"), out var both));
        Assert.True(Checkpoint.TryOpen(both, NoteVerifier.Parse(vector.Text("logVkey")), out var opened));
        Assert.Equal((origin, 33L, checkpoint.Text), (opened.Origin, opened.Size, opened.Text));
        Assert.True(Cosignature.TryVerify(witness, both, out var time));
        Assert.Equal(1800000000, time);
        Assert.True(new NoteVerifier(witness).Verify(both));
        Assert.False(Cosignature.TryVerify(witness, note, out _));
    }

    [Fact]
    public void Checkpoint_EveryBadOne_IsRefused()
    {
        var verifier = NoteVerifier.Parse(_vectors.GetProperty("checkpoint").Text("logVkey"));
        var count = 0;
        foreach (var bad in _vectors.GetProperty("bad_checkpoints").EnumerateArray())
        {
            Assert.False(SignedNote.TryParse(bad.Text("note"), out var note) && Checkpoint.TryOpen(note, verifier, out _), bad.Text("why"));
            count++;
        }
        Assert.Equal(5, count);
    }

    [Fact]
    public void Compose_TheErasableEntry_IsByteForByteTheListedOne()
    {
        var vector = _vectors.GetProperty("erasable_entry");
        var prk = Commitment.Prk(vector.GetProperty("saltHex").Hex());
        // Made before values had a tag: plain UTF-8, and other header lines. Order, commitment and leaf hash are those of hele/1.
        var fields = vector.GetProperty("fields").EnumerateObject()
            .Select(f => new CommittedField(f.Name, Commitment.Compute(prk, f.Name, Encoding.UTF8.GetBytes(f.Value.GetString()!))))
            .OrderBy(f => f.Label, StringComparer.Ordinal).ToArray();
        var entry = EntryText.Compose(
            [("kind", "visit.recorded"), ("time", "2026-11-22T10:00:00.000Z"), ("unit", "g05"), ("post", "zg-03"), ("id", "0190c0de-0000-7000-8000-000000000001")], fields);
        Assert.Equal(vector.Text("entry"), Encoding.UTF8.GetString(entry));
        Assert.Equal(vector.Text("leafHash"), Convert.ToHexStringLower(Merkle.HashLeaf(entry)));
    }

    [Fact]
    public void EntryBuilder_EveryFrozenEntry_IsWrittenAndReadByteForByte()
    {
        var vectors = EvidenceData.Read("hele-entry-vectors.json");
        var log = new MemoryLog();
        var tags = new HashSet<ValueTag>();
        foreach (var vector in vectors.GetProperty("entries").EnumerateArray())
        {
            var salt = vector.GetProperty("saltHex").Hex();
            var prk = Commitment.Prk(salt);
            var builder = new EntryBuilder(salt);
            // Added in the opposite order: sorting is the builder's job.
            foreach (var field in vector.GetProperty("fields").EnumerateArray().Reverse())
            {
                var tag = Enum.Parse<ValueTag>(field.Text("kind"), ignoreCase: true);
                tags.Add(tag);
                Assert.True(ValueBytes.TryFromText(tag, field.Text("value"), out var value));
                Assert.Equal(field.Text("valueHex"), Convert.ToHexStringLower(value));
                Assert.True(ValueBytes.TryRead(value, out var tagRead, out var text));
                Assert.Equal((tag, field.Text("value")), (tagRead, text));
                var key = new byte[32];
                Commitment.FieldKey(prk, field.Text("field"), key);
                Assert.Equal(field.Text("fieldKeyHex"), Convert.ToHexStringLower(key));
                Assert.Equal(field.Text("commitment"), Convert.ToBase64String(Commitment.Compute(prk, field.Text("field"), value)));
                builder.Add(field.Text("field"), value);
            }
            var (time, id) = (DateTimeOffset.Parse(vector.Text("time"), CultureInfo.InvariantCulture), Guid.Parse(vector.Text("id")));
            var entry = vector.GetProperty("confidential").GetBoolean()
                ? builder.BuildConfidential(time, vector.Text("jurisdiction"), id)
                : builder.Build(vector.Text("kind"), time, vector.Text("jurisdiction"), id);
            Assert.Equal(vector.Text("entry"), entry.ToString());
            Assert.Equal(vector.Text("leafHash"), Convert.ToHexStringLower(entry.LeafHash()));

            Assert.True(EntryText.TryParse(entry.Bytes.Span, out var read));
            Assert.Equal((entry.Kind, time, vector.Text("jurisdiction"), id), (read.Kind, read.Time, read.Jurisdiction, read.Id));
            Assert.Equal(vector.GetProperty("fields").EnumerateArray().Select(f => (f.Text("label"), f.Text("commitment"))),
                read.Fields.Select(f => (f.Label, Convert.ToBase64String(f.Value))));
            log.Append(entry.Bytes.Span);
        }
        Assert.Equal(Enum.GetValues<ValueTag>().Length, tags.Count);
        Assert.Equal(vectors.Text("rootHex"), Convert.ToHexStringLower(log.Root()));
    }

    [Fact]
    public void ValueBytesOf_EachType_IsTheFrozenForm()
    {
        var instant = new DateTimeOffset(2026, 11, 22, 18, 0, 0, TimeSpan.FromHours(8)).AddTicks(1234567);
        var id = Guid.Parse("0190c0de-0000-7000-8000-000000000001");
        (object? Value, ValueTag Tag, string Text)[] cases =
        [
            (null, ValueTag.Null, ""), ("", ValueTag.Text, ""), ("急", ValueTag.Text, "急"), (instant, ValueTag.Instant, "2026-11-22T10:00:00.1234567Z"),
            (new DateOnly(2026, 12, 7), ValueTag.Date, "2026-12-07"), (id, ValueTag.Guid, id.ToString()), (-5, ValueTag.Integer, "-5"), ((short)7, ValueTag.Integer, "7"),
            (long.MinValue, ValueTag.Integer, "-9223372036854775808"), (DayOfWeek.Monday, ValueTag.Enum, "Monday"), (true, ValueTag.Bool, "1"), (false, ValueTag.Bool, "0"),
            (new byte[] { 1, 2 }, ValueTag.Bytes, "AQI="), (Array.Empty<byte>(), ValueTag.Bytes, ""),
        ];
        foreach (var (value, tag, text) in cases)
        {
            var bytes = ValueBytes.Of(value);
            Assert.Equal((byte)tag, bytes[0]);
            Assert.True(ValueBytes.TryRead(bytes, out var tagRead, out var textRead));
            Assert.Equal((tag, text), (tagRead, textRead));
        }
        Assert.Equal(cases.Length, cases.Select(c => Convert.ToHexString(ValueBytes.Of(c.Value))).Distinct().Count());
        object[] refused = [1.5, 1.5m, (DayOfWeek)99, "\ud800", new TimeOnly(1, 2)];
        Assert.All(refused, value => Assert.ThrowsAny<ArgumentException>(() => ValueBytes.Of(value)));
    }
}
