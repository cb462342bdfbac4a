using System.Buffers.Binary;
using System.Text;

namespace Hele.Civic.Platform.Files;

/// <summary>What a file is by its first bytes, whatever its name says.</summary>
internal enum Looks { Jpeg, Png, Webp, Gif, Heic, Drawing, Document, Packed, Other }

/// <summary>
/// What the header of a picture says, read here and in managed code: nothing is given to the native decoder before kind, size and colours are known to be what
/// is taken.
/// </summary>
/// <param name="Width">0 where the header can't be read.</param>
internal readonly record struct PhotoHeader(Looks Looks, int Width = 0, int Height = 0, bool IsMoving = false, int Colours = 3)
{
    public long Pixels => (long)Width * Height;

    public static PhotoHeader Of(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith<byte>([0xFF, 0xD8, 0xFF]) ? Jpeg(bytes)
        : bytes.StartsWith<byte>([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) ? Png(bytes)
        : Is(bytes, 0, "RIFF") && Is(bytes, 8, "WEBP") ? Webp(bytes)
        : Is(bytes, 0, "GIF8") ? new(Looks.Gif)
        : Is(bytes, 4, "ftyp") ? new(Looks.Heic)
        : Is(bytes, 0, "%PDF") || bytes.StartsWith<byte>([0xD0, 0xCF, 0x11, 0xE0]) || Is(bytes, 0, "{\\rtf") ? new(Looks.Document)
        : Is(bytes, 0, "PK") ? new(IsOffice(bytes) ? Looks.Document : Looks.Packed)
        : Is(bytes, 0, "Rar!") || bytes.StartsWith<byte>([0x37, 0x7A, 0xBC, 0xAF]) || bytes.StartsWith<byte>([0x1F, 0x8B]) ? new(Looks.Packed)
        : IsDrawing(bytes) ? new(Looks.Drawing)
        : new(Looks.Other);

    private static bool Is(ReadOnlySpan<byte> bytes, int at, string mark) => bytes.Length >= at + mark.Length && Ascii(bytes.Slice(at, mark.Length)) == mark;

    private static string Ascii(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);

    /// <summary>An Office file names its table of contents first, whatever else is in the archive; the archive itself is never opened.</summary>
    private static bool IsOffice(ReadOnlySpan<byte> bytes) => Ascii(bytes[..Math.Min(bytes.Length, 4096)]) is var head
        && (head.Contains("[Content_Types].xml", StringComparison.Ordinal) || head.Contains("_rels/", StringComparison.Ordinal) || head.Contains("vnd.oasis", StringComparison.Ordinal));

    private static bool IsDrawing(ReadOnlySpan<byte> bytes)
    {
        var head = Encoding.UTF8.GetString(bytes[..Math.Min(bytes.Length, 4096)]).TrimStart('\uFEFF', ' ', '\r', '\n', '\t');
        return head.StartsWith('<') && head.Contains("<svg", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Segment by segment to the frame header (ITU-T T.81, B.1.1.3).</summary>
    private static PhotoHeader Jpeg(ReadOnlySpan<byte> bytes)
    {
        var at = 2;
        while (at + 4 <= bytes.Length && bytes[at] == 0xFF)
        {
            var marker = bytes[at + 1];
            if (marker is 0xFF)
            {
                at++;
                continue;
            }
            if (marker is 0x01 or (>= 0xD0 and <= 0xD8))
            {
                at += 2;
                continue;
            }
            var length = BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]);
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                return length < 8 || at + 10 > bytes.Length ? new(Looks.Jpeg)
                    : new(Looks.Jpeg, BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 7)..]), BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 5)..]), Colours: bytes[at + 9]);
            }
            if (marker is 0xDA or 0xD9 || length < 2)
                break;
            at += 2 + length;
        }
        return new(Looks.Jpeg);
    }

    /// <summary>The first chunk has the size; one before the picture's data says that it moves (PNG 3, 11.3.6).</summary>
    private static PhotoHeader Png(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 33 || !Is(bytes, 12, "IHDR"))
            return new(Looks.Png);
        var (width, height, moving) = (BinaryPrimitives.ReadUInt32BigEndian(bytes[16..]), BinaryPrimitives.ReadUInt32BigEndian(bytes[20..]), false);
        for (long at = 8; at + 12 <= bytes.Length && !Is(bytes, (int)at + 4, "IDAT");)
        {
            moving |= Is(bytes, (int)at + 4, "acTL");
            at += 12 + (long)BinaryPrimitives.ReadUInt32BigEndian(bytes[(int)at..]);
        }
        return width > int.MaxValue || height > int.MaxValue ? new(Looks.Png) : new(Looks.Png, (int)width, (int)height, moving);
    }

    /// <summary>The three forms of a first chunk (RFC 9649, 2.5 to 2.7).</summary>
    private static PhotoHeader Webp(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 30)
            return new(Looks.Webp);
        if (Is(bytes, 12, "VP8X"))
            return new(Looks.Webp, 1 + Three(bytes[24..]), 1 + Three(bytes[27..]), (bytes[20] & 0x02) != 0);
        if (Is(bytes, 12, "VP8L") && bytes[20] == 0x2F)
        {
            var bits = BinaryPrimitives.ReadUInt32LittleEndian(bytes[21..]);
            return new(Looks.Webp, 1 + (int)(bits & 0x3FFF), 1 + (int)((bits >> 14) & 0x3FFF));
        }
        return Is(bytes, 12, "VP8 ") && bytes[23] == 0x9D && bytes[24] == 0x01 && bytes[25] == 0x2A
            ? new(Looks.Webp, BinaryPrimitives.ReadUInt16LittleEndian(bytes[26..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(bytes[28..]) & 0x3FFF)
            : new(Looks.Webp);

        static int Three(ReadOnlySpan<byte> bytes) => bytes[0] | (bytes[1] << 8) | (bytes[2] << 16);
    }
}
