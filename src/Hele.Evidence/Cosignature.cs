using System.Buffers.Binary;
using System.Globalization;
using NSec.Cryptography;

namespace Hele.Evidence;

/// <summary>
/// A witness's statement, version 1 (c2sp.org/tlog-cosignature): at this time, the largest tree of this log that I have seen and
/// found to extend the ones before has this root. It is the guard against a log that shows different people different trees.
/// </summary>
public static class Cosignature
{
    const int Length = 8 + 64;

    /// <summary>The public key that goes with a witness's name and seed.</summary>
    public static VerifierKey KeyFor(string name, ReadOnlySpan<byte> seed)
    {
        using var key = Key.Import(SignatureAlgorithm.Ed25519, seed, KeyBlobFormat.RawPrivateKey);
        return VerifierKey.Create(name, KeyType.Cosignature, key.Export(KeyBlobFormat.RawPublicKey));
    }

    /// <summary>Cosigns a checkpoint's text.</summary>
    /// <param name="name">The witness's name.</param>
    /// <param name="seed">Its 32 secret bytes.</param>
    /// <param name="checkpointText">From <see cref="Checkpoint.Text"/>.</param>
    /// <param name="unixSeconds">Seconds since 1970, not negative.</param>
    /// <exception cref="ArgumentException">The text is not a checkpoint's: a witness signs nothing else.</exception>
    public static NoteSignature Sign(string name, ReadOnlySpan<byte> seed, string checkpointText, long unixSeconds)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(unixSeconds);
        if (!Checkpoint.TryParse(checkpointText, out _)) throw new ArgumentException("Only a checkpoint is cosigned.", nameof(checkpointText));
        using var key = Key.Import(SignatureAlgorithm.Ed25519, seed, KeyBlobFormat.RawPrivateKey);
        var bytes = new byte[Length];
        BinaryPrimitives.WriteInt64BigEndian(bytes, unixSeconds);
        SignatureAlgorithm.Ed25519.Sign(key, Message(checkpointText, unixSeconds), bytes.AsSpan(8));
        return new NoteSignature(name, KeyFor(name, seed).Id, bytes);
    }

    /// <summary>Whether the note is a checkpoint that this witness cosigned, and when.</summary>
    /// <param name="key">Of type <see cref="KeyType.Cosignature"/>.</param>
    /// <param name="note">The checkpoint with its signatures.</param>
    /// <param name="unixSeconds">The witness's time.</param>
    public static bool TryVerify(VerifierKey key, SignedNote note, out long unixSeconds)
    {
        unixSeconds = 0;
        if (key.Type != KeyType.Cosignature || !Checkpoint.TryParse(note.Text, out _)) return false;
        foreach (var line in note.Signatures)
        {
            if (!key.IsKeyOf(line)) continue;
            var bytes = line.Signature.Span;
            if (bytes.Length != Length) return false;
            var time = BinaryPrimitives.ReadInt64BigEndian(bytes);
            if (time < 0 || !key.Verify(Message(note.Text, time), bytes[8..])) return false;
            unixSeconds = time;
            return true;
        }
        return false;
    }

    static byte[] Message(string text, long unixSeconds) =>
        Canonical.Utf8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"cosignature/v1\ntime {unixSeconds}\n{text}"));
}
