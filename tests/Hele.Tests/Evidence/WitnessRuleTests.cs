using System.Text;
using Hele.Evidence;
using Xunit;

namespace Hele.Tests.Evidence;

/// <summary>What a witness decides, as c2sp.org/tlog-witness says it must.</summary>
public class WitnessRuleTests
{
    private const string Origin = "log.example/1";
    private static readonly NoteSigner Log = new(Origin, [.. Enumerable.Range(0, 32).Select(i => (byte)i)]), Stranger = new(Origin, [.. Enumerable.Range(9, 32).Select(i => (byte)i)]);
    private static readonly VerifierKey[] Keys = [Log.VerifierKey];
    private static readonly MemoryLog Leaves = EvidenceData.Leaves(40);

    private static byte[] Root(int size) => EvidenceData.Leaves(size).Root();

    private static WitnessRequest Request(long old, int size, NoteSigner? signer = null, byte[]? root = null) =>
        new(old, old is 0 || old >= size ? [] : Leaves.ConsistencyProof((int)old, size), (signer ?? Log).SignNote(new Checkpoint(Origin, size, root ?? Root(size))));

    private static WitnessAnswer Decide(WitnessRequest request, int size) => WitnessRules.Decide(request, Keys, size, size == 0 ? default : Root(size), out _);

    [Fact]
    public void Decide_EachCaseOfTheStandard_IsAnsweredAsItSays()
    {
        Assert.Equal(WitnessAnswer.Cosign, Decide(Request(0, 10), 0));
        Assert.Equal(WitnessAnswer.Cosign, Decide(Request(10, 40), 10));
        // Asked again about the same tree it may cosign again.
        Assert.Equal(WitnessAnswer.Cosign, Decide(Request(40, 40), 40));
        Assert.Equal(WitnessAnswer.UnknownLog, WitnessRules.Decide(Request(0, 10), [new NoteSigner("other.example/1", new byte[32]).VerifierKey], 0, default, out _));
        Assert.Equal(WitnessAnswer.NotSigned, Decide(Request(0, 10, Stranger), 0));
        Assert.Equal(WitnessAnswer.Malformed, Decide(Request(11, 10), 11));
        // Somebody who doesn't know what the witness saw last, and somebody who wants it to forget that.
        Assert.Equal(WitnessAnswer.Conflict, Decide(Request(0, 40), 10));
        Assert.Equal(WitnessAnswer.Conflict, Decide(Request(5, 40), 10));
        Assert.Equal(WitnessAnswer.Conflict, Decide(Request(10, 10, root: Root(9)), 10));
        Assert.Equal(WitnessAnswer.NotConsistent, Decide(Request(10, 40, root: Root(39)), 10));
        Assert.Equal(WitnessAnswer.NotConsistent, Decide(Request(10, 40) with { Proof = [] }, 10));
        Assert.Equal(WitnessAnswer.NotConsistent, Decide(Request(0, 10) with { Proof = [new byte[32]] }, 0));
        Assert.Equal(WitnessAnswer.Malformed, WitnessRules.Decide(new WitnessRequest(0, [], Log.SignNote("no checkpoint\n")), Keys, 0, default, out _));
    }

    [Fact]
    public void Body_WrittenAndRead_IsTheSame_AndNothingElseIsRead()
    {
        var text = Request(10, 40).ToText();
        Assert.True(WitnessRequest.TryParse(Encoding.UTF8.GetBytes(text), out var read));
        Assert.Equal(text, read.ToText());
        Assert.StartsWith("old 10\n", text, StringComparison.Ordinal);
        foreach (var wrong in new[] { "", "old 10\n", text.Replace("old 10", "old 010", StringComparison.Ordinal), text.Replace("old 10", "new 10", StringComparison.Ordinal), "old -1" + text[6..], text.Replace("\n\n", "\nAAAA\n\n", StringComparison.Ordinal),
            text.Replace("\n", "\r\n", StringComparison.Ordinal), text[..^1], "\ufeff" + text, "old 10\n" + string.Concat(Enumerable.Repeat(Convert.ToBase64String(new byte[32]) + "\n", 64)) + "\n" + read.Checkpoint, text + new string('x', WitnessRequest.MaxLength) })
            Assert.False(WitnessRequest.TryParse(Encoding.UTF8.GetBytes(wrong), out _), wrong.Length > 200 ? wrong[..200] : wrong);
    }

    [Fact]
    public void Body_AsLongAsAWitnessReads_IsReadAndNotOneByteMore()
    {
        var hashes = string.Concat(Enumerable.Repeat(Convert.ToBase64String(new byte[32]) + "\n", WitnessRequest.MaxProof));
        var note = Log.SignNote(new Checkpoint(Origin, 40, Root(40))).ToString();
        Assert.True(WitnessRequest.TryParse(Encoding.UTF8.GetBytes("old 10\n" + hashes + "\n" + note), out var read));
        Assert.Equal((10L, WitnessRequest.MaxProof, note), (read.Old, read.Proof.Count, read.Checkpoint.ToString()));
        Assert.True(WitnessRequest.TryParse(Encoding.UTF8.GetBytes("old 0\n\n" + note), out read));
        Assert.Empty(read.Proof);
        foreach (var (length, taken) in new[] { (WitnessRequest.MaxLength, true), (WitnessRequest.MaxLength + 1, false) })
        {
            using var signer = new NoteSigner(Origin, new byte[32]);
            var line = signer.Sign("x\n").Line();
            var body = "old 0\n\n" + new string('x', length - 9 - Encoding.UTF8.GetByteCount(line)) + "\n\n" + line;
            Assert.Equal(length, Encoding.UTF8.GetByteCount(body));
            Assert.Equal(taken, WitnessRequest.TryParse(Encoding.UTF8.GetBytes(body), out _));
        }
        Assert.All(new[] { "\n\n" + note, "old 10", "old 10\n\nx\n", "old 10 \n\n" + note }, wrong => Assert.False(WitnessRequest.TryParse(Encoding.UTF8.GetBytes(wrong), out _), wrong));
        Assert.False(WitnessRequest.TryParse([.. "old 10\n\n"u8, 0xff, .. Encoding.UTF8.GetBytes(note)], out _));
    }

    [Fact]
    public void Decide_SeveralKeysAndTheSameSize_AreJudgedByTheKeyOfThisLogAndTheRoot()
    {
        // Any of the keys that are trusted for this log will do; one of another log with the same seed won't.
        VerifierKey[] both = [new NoteSigner("other.example/1", new byte[32]).VerifierKey, Stranger.VerifierKey, Log.VerifierKey];
        Assert.Equal(WitnessAnswer.Cosign, WitnessRules.Decide(Request(0, 10), both, 0, default, out var checkpoint));
        Assert.Equal((Origin, 10L), (checkpoint.Origin, checkpoint.Size));
        // From the beginning to one entry, and from one to two.
        Assert.Equal(WitnessAnswer.Cosign, Decide(Request(1, 2), 1));
        Assert.Equal(WitnessAnswer.Cosign, Decide(Request(0, 0, root: Merkle.EmptyRoot.ToArray()), 0));
        // The same size with another root is a fork, with a proof or without.
        Assert.Equal(WitnessAnswer.Conflict, Decide(Request(40, 40, root: Root(39)), 40));
        Assert.Equal(WitnessAnswer.NotConsistent, Decide(Request(40, 40) with { Proof = [new byte[32]] }, 40));
    }
}
