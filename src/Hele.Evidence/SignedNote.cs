using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NSec.Cryptography;

namespace Hele.Evidence;

/// <summary>The kinds of key this library knows (c2sp.org/signed-note, "Signature types").</summary>
public static class KeyType
{
    /// <summary>Ed25519 over the note's text.</summary>
    public const byte Ed25519 = 0x01;

    /// <summary>A witness's Ed25519 over time and text, see <see cref="Cosignature"/>.</summary>
    public const byte Cosignature = 0x04;
}

/// <summary>A key that checks signatures of notes, in text <c>name+id+key</c> ("vkey").</summary>
public sealed class VerifierKey
{
    readonly PublicKey _key;

    VerifierKey(string name, byte type, PublicKey key, byte[] raw) => (Name, Type, PublicKey, _key, Id) = (name, type, raw, key, IdOf(name, type, raw));

    /// <summary>The key's name; a log's key is named like its origin.</summary>
    public string Name { get; }

    /// <summary>One of <see cref="KeyType"/>.</summary>
    public byte Type { get; }

    /// <summary>The first four bytes of SHA-256(name || LF || type || public key).</summary>
    public uint Id { get; }

    /// <summary>32 bytes.</summary>
    public ReadOnlyMemory<byte> PublicKey { get; }

    /// <summary>A key from its parts.</summary>
    /// <exception cref="ArgumentException">A name, type or key that can't be.</exception>
    public static VerifierKey Create(string name, byte type, ReadOnlySpan<byte> publicKey) =>
        TryCreate(name, type, publicKey, out var key) ? key : throw new ArgumentException($"No verifier key named \"{name}\" can be made of this.");

    /// <summary>Reads a vkey. False if it isn't one, if its id is not that of its key, or its type is unknown here.</summary>
    public static bool TryParse(string? text, out VerifierKey key)
    {
        key = null!;
        // The base64 of the key may hold plus signs; the name can't.
        var parts = text?.Split('+', 3) ?? [];
        if (parts.Length != 3 || !Canonical.TryBase64(parts[2], out var bytes) || bytes.Length != 33) return false;
        if (!TryCreate(parts[0], bytes[0], bytes.AsSpan(1), out var read) || read.ToString() != text) return false;
        key = read;
        return true;
    }

    /// <summary>Whether this key's owner signed these bytes (the message as the type defines it, not necessarily the note's text).</summary>
    public bool Verify(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) => SignatureAlgorithm.Ed25519.Verify(_key, message, signature);

    /// <summary>Whether a signature line names this key.</summary>
    public bool IsKeyOf(NoteSignature signature) => signature.KeyId == Id && signature.Name == Name;

    /// <summary>The vkey.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name}+{Id:x8}+{Convert.ToBase64String([Type, .. PublicKey.Span])}");

    static bool TryCreate(string name, byte type, ReadOnlySpan<byte> publicKey, out VerifierKey key)
    {
        key = null!;
        if (!IsKeyName(name) || type is not (KeyType.Ed25519 or KeyType.Cosignature)) return false;
        if (!NSec.Cryptography.PublicKey.TryImport(SignatureAlgorithm.Ed25519, publicKey, KeyBlobFormat.RawPublicKey, out var imported) || imported is null) return false;
        key = new VerifierKey(name, type, imported, publicKey.ToArray());
        return true;
    }

    internal static bool IsKeyName(string name)
    {
        if (name.Length is 0 or > 256) return false;
        foreach (var rune in name.EnumerateRunes())
            if (rune == Rune.ReplacementChar || rune.Value is '+' or < 0x20 or 0x7f || Rune.IsWhiteSpace(rune)) return false;
        return true;
    }

    static uint IdOf(string name, byte type, byte[] publicKey) =>
        BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData([.. Canonical.Utf8.GetBytes(name), (byte)'\n', type, .. publicKey]));
}

/// <summary>One signature line of a note.</summary>
/// <param name="Name">The key's name.</param>
/// <param name="KeyId">The key's id.</param>
/// <param name="Signature">The bytes behind the id.</param>
public sealed record NoteSignature(string Name, uint KeyId, ReadOnlyMemory<byte> Signature)
{
    /// <summary>The line, with its LF.</summary>
    public string Line()
    {
        var bytes = new byte[4 + Signature.Length];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, KeyId);
        Signature.Span.CopyTo(bytes.AsSpan(4));
        return $"— {Name} {Convert.ToBase64String(bytes)}\n";
    }

    /// <summary>Reads a line without its LF.</summary>
    internal static bool TryParse(string line, out NoteSignature signature)
    {
        signature = null!;
        var parts = line.Split(' ');
        if (parts.Length != 3 || parts[0] != "—" || !VerifierKey.IsKeyName(parts[1])) return false;
        if (!Canonical.TryBase64(parts[2], out var bytes) || bytes.Length < 5) return false;
        signature = new NoteSignature(parts[1], BinaryPrimitives.ReadUInt32BigEndian(bytes), bytes.AsMemory(4));
        return true;
    }
}

/// <summary>A text with signatures below it (c2sp.org/signed-note). Parsing checks the form; <see cref="NoteVerifier"/> checks a signature.</summary>
public sealed class SignedNote
{
    /// <summary>The most signatures a note may carry.</summary>
    public const int MaxSignatures = 100;

    const int MaxLength = 1_000_000;

    SignedNote(string text, IReadOnlyList<NoteSignature> signatures) => (Text, Signatures) = (text, signatures);

    /// <summary>The signed text, with its final LF. Not to be believed before a known key has verified it.</summary>
    public string Text { get; }

    /// <summary>The signature lines, in order; at least one, no two of the same key.</summary>
    public IReadOnlyList<NoteSignature> Signatures { get; }

    /// <summary>A note of a text and its signatures.</summary>
    /// <exception cref="ArgumentException">They make no well-formed note.</exception>
    public static SignedNote Create(string text, params IReadOnlyList<NoteSignature> signatures) =>
        TryParse(new SignedNote(text, signatures).ToString(), out var note) && note.Text == text
            ? note : throw new ArgumentException("This text and these signatures make no well-formed note.");

    /// <summary>The same note with one signature more, such as a witness's.</summary>
    public SignedNote With(NoteSignature signature) => Create(Text, [.. Signatures, signature]);

    /// <summary>Reads a note. False for anything malformed, a key signing twice included.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out SignedNote note)
    {
        note = null!;
        return bytes.Length <= MaxLength && Canonical.TryUtf8(bytes, out var text) && TryParse(text, out note);
    }

    /// <inheritdoc cref="TryParse(ReadOnlySpan{byte}, out SignedNote)"/>
    public static bool TryParse(string? source, out SignedNote note)
    {
        note = null!;
        if (source is null || source.Length > MaxLength || !source.EndsWith('\n')) return false;
        foreach (var c in source)
            if (c < ' ' && c != '\n') return false;
        if (!Canonical.IsUnicode(source)) return false;
        var blank = source.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (blank < 0) return false;

        var signatures = new List<NoteSignature>();
        var seen = new HashSet<(string, uint)>();
        foreach (var line in source[(blank + 2)..].Split('\n')[..^1])
        {
            if (signatures.Count == MaxSignatures || !NoteSignature.TryParse(line, out var signature)) return false;
            if (!seen.Add((signature.Name, signature.KeyId))) return false;
            signatures.Add(signature);
        }
        if (signatures.Count == 0) return false;
        note = new SignedNote(source[..(blank + 1)], signatures);
        return true;
    }

    /// <summary>The note as text.</summary>
    public override string ToString() => Text + "\n" + string.Concat(Signatures.Select(s => s.Line()));

    /// <summary>The note as UTF-8.</summary>
    public byte[] ToBytes() => Canonical.Utf8.GetBytes(ToString());
}

/// <summary>Checks notes with one known key, a log's (<see cref="KeyType.Ed25519"/>) or a witness's (<see cref="KeyType.Cosignature"/>).</summary>
public sealed class NoteVerifier(VerifierKey key)
{
    /// <summary>The key.</summary>
    public VerifierKey Key { get; } = key;

    /// <summary>A verifier from a vkey.</summary>
    /// <exception cref="FormatException">It isn't one.</exception>
    public static NoteVerifier Parse(string vkey) =>
        VerifierKey.TryParse(vkey, out var key) ? new NoteVerifier(key) : throw new FormatException("This is not a verifier key.");

    /// <summary>Whether the note carries this key's signature and it is right. Other keys' lines are not looked at.</summary>
    public bool Verify(SignedNote note)
    {
        if (Key.Type == KeyType.Cosignature) return Cosignature.TryVerify(Key, note, out _);
        foreach (var signature in note.Signatures)
            if (Key.IsKeyOf(signature)) return Key.Verify(Canonical.Utf8.GetBytes(note.Text), signature.Signature.Span);
        return false;
    }
}

/// <summary>Signs notes. Ed25519 is deterministic: the same key and text give the same signature, so an old checkpoint can be made again.</summary>
public sealed class NoteSigner : IDisposable
{
    readonly Key _key;

    /// <summary>A signer from its seed.</summary>
    /// <param name="name">The key's name: not empty, no space, no plus sign.</param>
    /// <param name="seed">The 32 secret bytes of RFC 8032.</param>
    public NoteSigner(string name, ReadOnlySpan<byte> seed)
    {
        _key = Key.Import(SignatureAlgorithm.Ed25519, seed, KeyBlobFormat.RawPrivateKey);
        VerifierKey = VerifierKey.Create(name, KeyType.Ed25519, _key.Export(KeyBlobFormat.RawPublicKey));
    }

    /// <summary>The public half.</summary>
    public VerifierKey VerifierKey { get; }

    /// <summary>The signature of a text.</summary>
    public NoteSignature Sign(string text) => new(VerifierKey.Name, VerifierKey.Id, SignatureAlgorithm.Ed25519.Sign(_key, Canonical.Utf8.GetBytes(text)));

    /// <summary>The note of a text with this signer's signature.</summary>
    public SignedNote SignNote(string text) => SignedNote.Create(text, Sign(text));

    /// <summary>The signed checkpoint.</summary>
    public SignedNote SignNote(Checkpoint checkpoint) => SignNote(checkpoint.Text);

    /// <summary>Wipes the key.</summary>
    public void Dispose() => _key.Dispose();
}
