using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using SkiaSharp;

namespace Hele.TestKit;

/// <summary>Photos and what pretends to be one, each made in code: nothing of it has to be kept beside the tests.</summary>
public static class Pictures
{
    /// <summary>Stands in a photo's data about the camera, and must stand in nothing that is kept.</summary>
    public const string Camera = "SecretCamera-8842";

    /// <summary>A photo whose upper left quarter is red.</summary>
    public static byte[] Jpeg(int width = 640, int height = 480, uint seed = 0) => Encode(width, height, SKEncodedImageFormat.Jpeg, seed);

    public static byte[] Png(int width = 640, int height = 480) => Encode(width, height, SKEncodedImageFormat.Png);

    public static byte[] Webp(int width = 640, int height = 480) => Encode(width, height, SKEncodedImageFormat.Webp);

    private static byte[] Encode(int width, int height, SKEncodedImageFormat format, uint seed = 0)
    {
        using var surface = SKSurface.Create(new SKImageInfo(width, height));
        surface.Canvas.Clear(new SKColor(0xFF2060A0 + seed * 7));
        using var red = new SKPaint { Color = SKColors.Red };
        surface.Canvas.DrawRect(0, 0, width / 2f, height / 2f, red);
        using var image = surface.Snapshot();
        using var data = image.Encode(format, 90);
        return data.ToArray();
    }

    /// <summary>A telephone's photo: turned by a mark, with the place it was taken at and the camera's name.</summary>
    /// <param name="orientation">1 to 8, as Exif counts.</param>
    public static byte[] FromTelephone(int width = 640, int height = 480, ushort orientation = 6)
    {
        var exif = new MemoryStream();
        exif.Write("Exif\0\0"u8);
        var tiff = new List<byte>();
        void Short(ushort value) { Span<byte> b = stackalloc byte[2]; BinaryPrimitives.WriteUInt16BigEndian(b, value); tiff.AddRange(b); }
        void Long(uint value) { Span<byte> b = stackalloc byte[4]; BinaryPrimitives.WriteUInt32BigEndian(b, value); tiff.AddRange(b); }
        void Entry(ushort tag, ushort type, uint count, uint value) { Short(tag); Short(type); Long(count); Long(value); }
        tiff.AddRange("MM\0*"u8);
        Long(8);
        Short(3);
        var camera = Encoding.ASCII.GetBytes(Camera + "\0");
        var (cameraAt, gpsAt) = (8u + 2 + 36 + 4, 8u + 2 + 36 + 4 + (uint)camera.Length + (uint)(camera.Length % 2));
        Entry(0x010F, 2, (uint)camera.Length, cameraAt);
        Entry(0x0112, 3, 1, (uint)orientation << 16);
        Entry(0x8825, 4, 1, gpsAt);
        Long(0);
        tiff.AddRange(camera);
        if (camera.Length % 2 == 1)
            tiff.Add(0);
        Short(4);
        Entry(1, 2, 2, (uint)'N' << 24);
        Entry(2, 5, 3, gpsAt + 2 + 48 + 4);
        Entry(3, 2, 2, (uint)'E' << 24);
        Entry(4, 5, 3, gpsAt + 2 + 48 + 4 + 24);
        Long(0);
        foreach (var (degrees, minutes, seconds) in new[] { (34u, 45u, 5678u), (113u, 39u, 1234u) })
        {
            Long(degrees); Long(1); Long(minutes); Long(1); Long(seconds); Long(100);
        }
        exif.Write([.. tiff]);
        var body = exif.ToArray();
        var jpeg = Jpeg(width, height);
        return [0xFF, 0xD8, 0xFF, 0xE1, (byte)((body.Length + 2) >> 8), (byte)(body.Length + 2), .. body, .. jpeg[2..]];
    }

    /// <summary>A PNG that says in its header how large it is and has next to nothing behind it.</summary>
    public static byte[] PngSaying(int width, int height, bool moves = false)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 6);
        var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
            zlib.Write(new byte[4096]);
        return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, .. Chunk("IHDR", header), .. moves ? Chunk("acTL", new byte[8]) : [], .. Chunk("IDAT", packed.ToArray()), .. Chunk("IEND", [])];

        static byte[] Chunk(string name, byte[] data)
        {
            byte[] named = [.. Encoding.ASCII.GetBytes(name), .. data];
            var (length, check) = (new byte[4], new byte[4]);
            BinaryPrimitives.WriteInt32BigEndian(length, data.Length);
            BinaryPrimitives.WriteUInt32BigEndian(check, Crc(named));
            return [.. length, .. named, .. check];
        }

        static uint Crc(byte[] bytes)
        {
            var crc = 0xFFFFFFFFu;
            foreach (var b in bytes)
            {
                crc ^= b;
                for (var i = 0; i < 8; i++)
                    crc = (crc >> 1) ^ ((crc & 1) == 1 ? 0xEDB88320u : 0);
            }
            return ~crc;
        }
    }

    public static byte[] Gif() => [.. "GIF89a"u8, 1, 0, 1, 0, 0, 0, 0, 0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3B];

    public static byte[] MovingWebp()
    {
        byte[] bytes = [.. "RIFF"u8, 30, 0, 0, 0, .. "WEBPVP8X"u8, 10, 0, 0, 0, 0x02, 0, 0, 0, 99, 0, 0, 99, 0, 0, .. "ANIM"u8, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        return bytes;
    }

    public static byte[] Heic() => [0, 0, 0, 24, .. "ftypheic"u8, 0, 0, 0, 0, .. "mif1heic"u8, .. new byte[200]];

    public static byte[] Svg() => Encoding.UTF8.GetBytes("<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(document.cookie)</script><rect width=\"9\" height=\"9\"/></svg>");

    public static byte[] Html() => Encoding.UTF8.GetBytes("<!doctype html><script>alert(1)</script>");

    public static byte[] Pdf() => Encoding.ASCII.GetBytes("%PDF-1.7\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n%%EOF\n");

    public static byte[] Program() => [0x7F, .. "ELF"u8, 2, 1, 1, .. new byte[64]];

    /// <summary>A JPEG whose header says four colours, as for printing.</summary>
    public static byte[] ForPrinting()
    {
        var jpeg = Jpeg();
        for (var at = 2; at + 10 < jpeg.Length; at += 2 + ((jpeg[at + 2] << 8) | jpeg[at + 3]))
        {
            if (jpeg[at + 1] is 0xC0 or 0xC2)
            {
                jpeg[at + 9] = 4;
                return jpeg;
            }
        }
        throw new InvalidOperationException("No frame header.");
    }

    /// <summary>A workbook of a hundred kilobytes that unpacks to a hundred megabytes.</summary>
    public static byte[] WorkbookBomb() => Zip(("[Content_Types].xml", Encoding.UTF8.GetBytes("<Types/>")), ("xl/worksheets/sheet1.xml", new byte[100 << 20]));

    public static byte[] MacroDocument() => Zip(("[Content_Types].xml", Encoding.UTF8.GetBytes("<Types/>")), ("word/vbaProject.bin", new byte[4096]));

    public static byte[] Archive() => Zip(("a.jpg", Jpeg(40, 30)));

    /// <summary>A photo that is an archive too, and carries a page with a program: what is read from the front is a photo, from the end an archive.</summary>
    public static byte[] Polyglot() => [.. Jpeg(), .. Html(), .. Zip(("evil.html", Html()))];

    private static byte[] Zip(params (string Name, byte[] Content)[] files)
    {
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in files)
            {
                using var entry = zip.CreateEntry(name, CompressionLevel.SmallestSize).Open();
                entry.Write(content);
            }
        }
        return stream.ToArray();
    }
}
