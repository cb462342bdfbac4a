using System.Globalization;
using System.Text;

namespace Hele.Evidence;

/// <summary>What a log sends a witness to have a checkpoint cosigned (c2sp.org/tlog-witness, "add-checkpoint").</summary>
/// <param name="Old">The size the witness cosigned last, as far as the log knows.</param>
/// <param name="Proof">That the checkpoint's tree only adds to the tree of that size; empty from 0.</param>
/// <param name="Checkpoint">The new checkpoint with the log's signature.</param>
public sealed record WitnessRequest(long Old, IReadOnlyList<byte[]> Proof, SignedNote Checkpoint)
{
    /// <summary>The most hashes a proof may have.</summary>
    public const int MaxProof = 63;

    /// <summary>The longest body a witness reads.</summary>
    public const int MaxLength = 64 * 1024;

    /// <summary>The request's body.</summary>
    public string ToText() => string.Create(CultureInfo.InvariantCulture, $"old {Old}\n{string.Concat(Proof.Select(h => Convert.ToBase64String(h) + "\n"))}\n{Checkpoint}");

    /// <summary>Reads a body. False for anything malformed.</summary>
    public static bool TryParse(ReadOnlySpan<byte> body, out WitnessRequest request)
    {
        request = null!;
        if (body.Length > MaxLength || !Canonical.TryUtf8(body, out var text)) return false;
        var end = text.IndexOf("\n\n", StringComparison.Ordinal);
        if (end < 0) return false;
        var lines = text[..end].Split('\n');
        if (!lines[0].StartsWith("old ", StringComparison.Ordinal) || !Canonical.TryNumber(lines[0].AsSpan(4), out var old) || lines.Length - 1 > MaxProof) return false;
        var proof = new List<byte[]>();
        foreach (var line in lines.Skip(1))
        {
            if (!Canonical.TryHash(line, out var hash)) return false;
            proof.Add(hash);
        }
        if (!SignedNote.TryParse(text[(end + 2)..], out var note)) return false;
        request = new WitnessRequest(old, proof, note);
        return true;
    }
}

/// <summary>How a witness answers; the numbers are those of HTTP.</summary>
public enum WitnessAnswer
{
    /// <summary>Everything holds: the witness remembers the checkpoint and cosigns it.</summary>
    Cosign = 200,

    /// <summary>The request is malformed, or goes backwards by its own words.</summary>
    Malformed = 400,

    /// <summary>None of its signatures is of a key the witness trusts for this log.</summary>
    NotSigned = 403,

    /// <summary>The witness doesn't know this log.</summary>
    UnknownLog = 404,

    /// <summary>The witness cosigned another size last, or the same size with another root.</summary>
    Conflict = 409,

    /// <summary>The proof doesn't show that the log only grew.</summary>
    NotConsistent = 422,
}

/// <summary>What a witness decides. It holds no state: whoever calls keeps the last cosigned checkpoint, and must decide and keep as one step.</summary>
public static class WitnessRules
{
    /// <summary>Decides about a request.</summary>
    /// <param name="request">As it came.</param>
    /// <param name="keys">The keys the witness trusts, of all logs it watches.</param>
    /// <param name="size">Size of the last checkpoint of this log it cosigned; 0 if none.</param>
    /// <param name="root">Its root; not looked at for 0.</param>
    /// <param name="checkpoint">The checkpoint, where one could be read.</param>
    public static WitnessAnswer Decide(WitnessRequest request, IReadOnlyList<VerifierKey> keys, long size, ReadOnlySpan<byte> root, out Checkpoint checkpoint)
    {
        if (!Checkpoint.TryParse(request.Checkpoint.Text, out checkpoint)) return WitnessAnswer.Malformed;
        var origin = checkpoint.Origin;
        var trusted = keys.Where(k => k.Name == origin).ToList();
        if (trusted.Count == 0) return WitnessAnswer.UnknownLog;
        if (!trusted.Exists(k => new NoteVerifier(k).Verify(request.Checkpoint))) return WitnessAnswer.NotSigned;
        if (request.Old > checkpoint.Size) return WitnessAnswer.Malformed;
        if (request.Old != size) return WitnessAnswer.Conflict;
        if (size == 0) return request.Proof.Count == 0 ? WitnessAnswer.Cosign : WitnessAnswer.NotConsistent;
        if (size == checkpoint.Size && !checkpoint.Root.Span.SequenceEqual(root)) return WitnessAnswer.Conflict;
        return Proofs.VerifyConsistency(size, checkpoint.Size, root, checkpoint.Root.Span, request.Proof) ? WitnessAnswer.Cosign : WitnessAnswer.NotConsistent;
    }
}
