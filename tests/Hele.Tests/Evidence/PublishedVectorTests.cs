using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Hele.Evidence;
using Xunit;

namespace Hele.Tests.Evidence;

/// <summary>Vectors that others published: transparency-dev/merkle, Project Wycheproof, and outside the repository real logs and notes.</summary>
public class PublishedVectorTests
{
    static readonly string _merkle = Path.Combine(EvidenceData.Folder, "merkle-testdata");

    public static TheoryData<string> Inclusion() => Files("inclusion");

    public static TheoryData<string> Consistency() => Files("consistency");

    static TheoryData<string> Files(string folder) =>
        [.. Directory.EnumerateFiles(Path.Combine(_merkle, folder), "*.json", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(_merkle, f)).Order(StringComparer.Ordinal)];

    [Fact]
    public void MerkleVectors_AllPresent_Are196() => Assert.Equal(196, Inclusion().Count + Consistency().Count);

    [Theory]
    [MemberData(nameof(Inclusion))]
    public void VerifyInclusion_MerkleVector_AgreesWithIt(string file)
    {
        var vector = EvidenceData.Read("merkle-testdata", file);
        var holds = Proofs.VerifyInclusion(vector.GetProperty("leafHash").Base64(), Signed(vector, "leafIdx"), Signed(vector, "treeSize"),
            vector.GetProperty("root").Base64(), vector.GetProperty("proof").Hashes() ?? []);
        Assert.Equal(!vector.GetProperty("wantErr").GetBoolean(), holds);
    }

    [Theory]
    [MemberData(nameof(Consistency))]
    public void VerifyConsistency_MerkleVector_AgreesWithIt(string file)
    {
        var vector = EvidenceData.Read("merkle-testdata", file);
        var holds = Proofs.VerifyConsistency(Signed(vector, "size1"), Signed(vector, "size2"),
            vector.GetProperty("root1").Base64(), vector.GetProperty("root2").Base64(), vector.GetProperty("proof").Hashes() ?? []);
        Assert.Equal(!vector.GetProperty("wantErr").GetBoolean(), holds);
    }

    /// <summary>The vectors' sizes are unsigned; beyond our range they are the negative numbers of the same bits.</summary>
    static long Signed(JsonElement vector, string name) => unchecked((long)vector.GetProperty(name).GetUInt64());

    [Fact]
    public void VerifierKeyVerify_WycheproofEd25519_AcceptsTheValidAndRefusesTheRest()
    {
        var count = 0;
        foreach (var group in EvidenceData.Read("wycheproof", "ed25519_test.json").GetProperty("testGroups").EnumerateArray())
        {
            var key = VerifierKey.Create("wycheproof.example", KeyType.Ed25519, group.GetProperty("publicKey").GetProperty("pk").Hex());
            foreach (var test in group.GetProperty("tests").EnumerateArray())
            {
                var holds = key.Verify(test.GetProperty("msg").Hex(), test.GetProperty("sig").Hex());
                Assert.True((test.Text("result") == "valid") == holds, $"tcId {test.GetProperty("tcId")}");
                count++;
            }
        }
        Assert.Equal(151, count);
    }

    [Fact]
    public void CommitmentOpen_WycheproofHmac_AgreesOverTheTagsLength()
    {
        var count = 0;
        Span<byte> tag = stackalloc byte[32];
        foreach (var group in EvidenceData.Read("wycheproof", "hmac_sha256_test.json").GetProperty("testGroups").EnumerateArray())
        {
            foreach (var test in group.GetProperty("tests").EnumerateArray())
            {
                Commitment.Open(test.GetProperty("key").Hex(), test.GetProperty("msg").Hex(), tag);
                var same = tag[..(group.GetProperty("tagSize").GetInt32() / 8)].SequenceEqual(test.GetProperty("tag").Hex());
                Assert.True((test.Text("result") == "valid") == same, $"tcId {test.GetProperty("tcId")}");
                count++;
            }
        }
        Assert.Equal(174, count);
    }

    /// <summary>
    /// Commitments use HKDF with no salt and 32 bytes of output. What concerns them are the vectors without a salt, over the bytes that we
    /// make; those with a salt still test the expand step, given the standard's extract step.
    /// </summary>
    [Fact]
    public void CommitmentExtractAndExpand_WycheproofHkdf_AgreeOverTheFirst32Bytes()
    {
        var (whole, expand) = (0, 0);
        var prk = new byte[32];
        var key = new byte[32];
        foreach (var group in EvidenceData.Read("wycheproof", "hkdf_sha256_test.json").GetProperty("testGroups").EnumerateArray())
        {
            foreach (var test in group.GetProperty("tests").EnumerateArray())
            {
                if (test.Text("result") != "valid") continue; // only ever a length that we don't ask for
                var salt = test.GetProperty("salt").Hex();
                if (salt.Length == 0)
                {
                    Commitment.Extract(test.GetProperty("ikm").Hex(), prk);
                    whole++;
                }
                else
                {
                    HKDF.Extract(HashAlgorithmName.SHA256, test.GetProperty("ikm").Hex(), salt, prk);
                    expand++;
                }
                Commitment.Expand(prk, test.GetProperty("info").Hex(), key);
                var okm = test.GetProperty("okm").Hex();
                var length = Math.Min(32, okm.Length);
                Assert.True(okm.AsSpan(0, length).SequenceEqual(key.AsSpan(0, length)), $"tcId {test.GetProperty("tcId")}");
            }
        }
        Assert.True(whole > 15 && expand > 40, $"{whole} whole, {expand} expand");
    }

    [Fact]
    public void CommitmentFieldKey_ASaltAndAField_IsHkdfOfTheStandard()
    {
        var salt = RandomNumberGenerator.GetBytes(32);
        var key = new byte[32];
        Commitment.FieldKey(Commitment.Prk(salt), "Text", key);
        Assert.Equal(HKDF.DeriveKey(HashAlgorithmName.SHA256, salt, 32, new byte[32], Encoding.ASCII.GetBytes("hele/commit/1\0Text")), key);
    }

    /// <summary>Real proofs and notes with a licence but no licence file beside them: read where they lie, not copied.</summary>
    static JsonElement Outside(string file)
    {
        var root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "Hele.slnx"))) root = Path.GetDirectoryName(root) ?? throw new DirectoryNotFoundException("no Hele.slnx above the tests");
        var data = Environment.GetEnvironmentVariable("HELE_TEST_DATA") is { Length: > 0 } set ? set : Path.Combine(root, "..", "shared", "data");
        var path = Path.Combine(data, "transparency", "golang-sumdb", file);
        Assert.SkipUnless(File.Exists(path), $"{file} of golang-sumdb is not in HELE_TEST_DATA");
        return JsonSerializer.Deserialize<JsonElement>(File.ReadAllBytes(path));
    }

    [Fact]
    public void Verify_ProofsOfARealLog_Hold()
    {
        var (head, inclusion, consistency, notes) = (Outside("sth.json"), Outside("proof.json"), Outside("consistency.json"), Outside("note-vectors.json"));
        var leaf = Merkle.HashLeaf(Outside("entries.json").GetProperty("entries")[0].GetProperty("leaf_input").Base64());
        var (size, root) = (head.GetProperty("tree_size").GetInt64(), head.GetProperty("sha256_root_hash").Base64());
        var path = inclusion.GetProperty("audit_path").Hashes();
        Assert.True(Proofs.VerifyInclusion(leaf, inclusion.GetProperty("leaf_index").GetInt64(), size, root, path));
        Assert.False(Proofs.VerifyInclusion(leaf, inclusion.GetProperty("leaf_index").GetInt64() + 1, size, root, path));

        var (oldSize, oldRoot) = (notes.GetProperty("argonOldSize").GetInt64(), notes.GetProperty("argonOldRoot").Base64());
        Assert.True(Proofs.VerifyConsistency(oldSize, size, oldRoot, root, consistency.GetProperty("consistency").Hashes()));
        Assert.False(Proofs.VerifyConsistency(oldSize + 1, size, oldRoot, root, consistency.GetProperty("consistency").Hashes()));
    }

    [Fact]
    public void Verify_NotesOfGo_HoldAndTheBadOnesAreRefused()
    {
        var vectors = Outside("note-vectors.json");
        var keys = vectors.GetProperty("vkeys").EnumerateArray().Select(v => NoteVerifier.Parse(v.GetString()!)).ToArray();
        var (text, peter, enoch) = (vectors.Text("text"), vectors.Text("sigPeter"), vectors.Text("sigEnoch"));
        Assert.True(SignedNote.TryParse(text + "\n" + peter + enoch, out var note));
        Assert.All(keys, key => Assert.True(key.Verify(note)));
        Assert.True(SignedNote.TryParse(text + "\n" + peter, out note));
        Assert.True(keys[0].Verify(note));
        Assert.False(keys[1].Verify(note));

        var seed = Convert.FromBase64String(vectors.Text("skey").Split('+', 5)[4])[1..];
        using var signer = new NoteSigner("PeterNeumann", seed);
        Assert.Equal(peter, signer.Sign(text).Line());
        Assert.Equal(keys[0].Key.ToString(), signer.VerifierKey.ToString());

        Assert.All(vectors.GetProperty("badVkeys").EnumerateArray(), v => Assert.False(VerifierKey.TryParse(v.GetString(), out _)));
        string[] bad =
        [
            text, text + "\n", text + "\n" + peter[..^1], "\u0001" + text + "\n" + peter, text + "\n" + peter.Replace("PeterNeumann", "Peter Neumann"),
            text + "\n" + peter + "unexpected line\n", text + "\n" + peter.Replace("x08go/", "x08goAAAA/"), text + "\n" + string.Concat(Enumerable.Repeat(peter, 101)),
        ];
        Assert.All(bad, b => Assert.False(SignedNote.TryParse(b, out var read) && keys[0].Verify(read)));
        Assert.False(SignedNote.TryParse([0xff, .. Encoding.UTF8.GetBytes(text + "\n" + peter)], out _));
    }
}
