using System.Security.Cryptography;

namespace Hele.Evidence;

/// <summary>
/// Ties a value to an entry without showing it: C = HMAC-SHA-256(K, value) with K = HKDF-SHA-256(salt, "hele/commit/1\0" || field).
/// The salt is 32 random bytes of one record and one event. With the salt gone nobody can tell, not even by trying every value, what
/// was committed; with it, nobody can find a second value, or a second field, for the same commitment.
/// </summary>
public static class Commitment
{
    /// <summary>Bytes in a salt, a field key and a commitment.</summary>
    public const int Size = 32;

    /// <summary>The longest field name, in characters.</summary>
    public const int MaxField = 128;

    static ReadOnlySpan<byte> Info => "hele/commit/1\0"u8;

    /// <summary>HKDF's extract step, done once per salt. The answer is as secret as the salt.</summary>
    /// <param name="salt">32 random bytes.</param>
    public static byte[] Prk(ReadOnlySpan<byte> salt)
    {
        if (salt.Length != Size) throw new ArgumentException("A salt has 32 bytes.", nameof(salt));
        var prk = new byte[Size];
        Extract(salt, prk);
        return prk;
    }

    /// <summary>The key of one field. Whoever has it can check this field's value, and no other field's.</summary>
    /// <param name="prk">From <see cref="Prk"/>.</param>
    /// <param name="field">Visible ASCII, 1 to 128 characters.</param>
    /// <param name="key">Receives 32 bytes.</param>
    public static void FieldKey(ReadOnlySpan<byte> prk, string field, Span<byte> key)
    {
        if (!Canonical.IsVisibleAscii(field, MaxField)) throw new ArgumentException($"\"{field}\" is no name of a field.", nameof(field));
        Span<byte> info = stackalloc byte[Info.Length + MaxField];
        Info.CopyTo(info);
        System.Text.Encoding.ASCII.GetBytes(field, info[Info.Length..]);
        Expand(prk, info[..(Info.Length + field.Length)], key);
    }

    /// <summary>The commitment to a value under its field's key, into 32 bytes.</summary>
    public static void Open(ReadOnlySpan<byte> fieldKey, ReadOnlySpan<byte> value, Span<byte> destination) => Hmac(fieldKey, value, destination);

    /// <summary>The commitment to the value of a field, into 32 bytes.</summary>
    /// <param name="prk">From <see cref="Prk"/>.</param>
    /// <param name="field">The field's true name, also where an entry shows only a number.</param>
    /// <param name="value">From <see cref="ValueBytes"/>.</param>
    /// <param name="destination">Receives 32 bytes.</param>
    public static void Compute(ReadOnlySpan<byte> prk, string field, ReadOnlySpan<byte> value, Span<byte> destination)
    {
        Span<byte> key = stackalloc byte[Size];
        FieldKey(prk, field, key);
        Open(key, value, destination);
    }

    /// <inheritdoc cref="Compute(ReadOnlySpan{byte}, string, ReadOnlySpan{byte}, Span{byte})"/>
    public static byte[] Compute(ReadOnlySpan<byte> prk, string field, ReadOnlySpan<byte> value)
    {
        var commitment = new byte[Size];
        Compute(prk, field, value, commitment);
        return commitment;
    }

    /// <summary>HKDF-Extract (RFC 5869) with a salt of zeros: here what others call the salt is the secret input.</summary>
    /// <remarks>HMAC itself fills a short key up with zeros, so no key is 32 of them.</remarks>
    internal static void Extract(ReadOnlySpan<byte> secret, Span<byte> prk) => Hmac(default, secret, prk);

    /// <summary>The first 32 bytes of HKDF-Expand (RFC 5869): HMAC(prk, info || 0x01). The framework's own allocates on every call.</summary>
    internal static void Expand(ReadOnlySpan<byte> prk, ReadOnlySpan<byte> info, Span<byte> key)
    {
        Span<byte> message = info.Length < 256 ? stackalloc byte[256] : new byte[info.Length + 1];
        info.CopyTo(message);
        message[info.Length] = 1;
        Hmac(prk, message[..(info.Length + 1)], key);
    }

    [ThreadStatic] static IncrementalHash? _sha;

    /// <summary>
    /// HMAC-SHA-256 (RFC 2104) for keys of at most a block. The framework's one-shot sets up a MAC context on every call, which costs more
    /// than the hashing: an entry has two of these for each of its fields.
    /// </summary>
    static void Hmac(ReadOnlySpan<byte> key, ReadOnlySpan<byte> message, Span<byte> destination)
    {
        const int block = 64;
        if (key.Length > block)
        {
            HMACSHA256.HashData(key, message, destination);
            return;
        }
        var sha = _sha ??= IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> pad = stackalloc byte[block];
        Span<byte> inner = stackalloc byte[Size];
        Pad(key, 0x36, pad);
        sha.AppendData(pad);
        sha.AppendData(message);
        sha.GetHashAndReset(inner);
        Pad(key, 0x5c, pad);
        sha.AppendData(pad);
        sha.AppendData(inner);
        sha.GetHashAndReset(destination);
        CryptographicOperations.ZeroMemory(pad);

        static void Pad(ReadOnlySpan<byte> key, byte with, Span<byte> pad)
        {
            pad.Fill(with);
            for (var i = 0; i < key.Length; i++) pad[i] ^= key[i];
        }
    }
}
