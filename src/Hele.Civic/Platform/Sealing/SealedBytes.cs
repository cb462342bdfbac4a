using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Hele.Civic.Platform.Sealing;

/// <summary>
/// The form of what is sealed: one byte for the algorithm (1 = AES-256-GCM), 12 bytes nonce, 16 bytes tag, then the cipher text. The additional
/// data name the place a value belongs to, so that a cipher text moved to another row or column doesn't open there.
/// </summary>
internal static class SealedBytes
{
    private const byte AesGcm256 = 1;
    private const int NonceSize = 12, TagSize = 16, Head = 1 + NonceSize + TagSize;

    /// <summary>Where a sealed value stands.</summary>
    public static byte[] Place(int jurisdiction, string table, string column, Guid row) =>
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"hele/seal/1|{jurisdiction}|{table}|{column}|{row:D}"));

    /// <summary>Where a wrapped key stands.</summary>
    public static byte[] Wrapping(int jurisdiction, Guid subject) => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"hele/wrap/1|{jurisdiction}|{subject:D}"));

    public static byte[] Seal(byte[] key, ReadOnlySpan<byte> plain, byte[] place)
    {
        var bytes = new byte[Head + plain.Length];
        bytes[0] = AesGcm256;
        RandomNumberGenerator.Fill(bytes.AsSpan(1, NonceSize));
        using var aes = new AesGcm(key, TagSize);
        aes.Encrypt(bytes.AsSpan(1, NonceSize), plain, bytes.AsSpan(Head), bytes.AsSpan(1 + NonceSize, TagSize), place);
        return bytes;
    }

    /// <summary>The plain bytes; null when they were changed, belong elsewhere or are of another key.</summary>
    public static byte[]? Open(byte[] key, byte[] bytes, byte[] place)
    {
        if (bytes.Length < Head || bytes[0] != AesGcm256)
            return null;
        var plain = new byte[bytes.Length - Head];
        using var aes = new AesGcm(key, TagSize);
        try
        {
            aes.Decrypt(bytes.AsSpan(1, NonceSize), bytes.AsSpan(Head), bytes.AsSpan(1 + NonceSize, TagSize), plain, place);
            return plain;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }
}
