using System.Text;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Files;
using Hele.TestKit;
using SkiaSharp;
using Xunit;

namespace Hele.Tests.Files;

/// <summary>What becomes of a file that somebody sends: a photo made anew, or a sentence that names it.</summary>
public class PhotoReaderTests
{
    private static async Task<(Photo? Photo, Problem? Problem)> Read(byte[] bytes, string name = "照片.jpg")
    {
        using var reader = new PhotoReader();
        return await reader.Read(name, bytes, bytes.Length, TestContext.Current.CancellationToken);
    }

    public static TheoryData<string, string, Func<byte[]>> Nasty => new()
    {
        { "a program named like a photo", FileProblems.NotWhatItSays.Code, Pictures.Program },
        { "a page named like a photo", FileProblems.NotWhatItSays.Code, Pictures.Html },
        { "a drawing with a program", FileProblems.Drawing.Code, Pictures.Svg },
        { "a drawing behind blanks", FileProblems.Drawing.Code, () => [.. "  \n<!-- -->"u8, .. Pictures.Svg()] },
        { "a workbook that unpacks to a hundred megabytes", FileProblems.Document.Code, Pictures.WorkbookBomb },
        { "a document with macros", FileProblems.Document.Code, Pictures.MacroDocument },
        { "a PDF with a script", FileProblems.Document.Code, Pictures.Pdf },
        { "an archive", FileProblems.Packed.Code, Pictures.Archive },
        { "an archive that begins with a stranger's bytes", FileProblems.NotWhatItSays.Code, () => [.. "stub"u8, .. Pictures.Archive()] },
        { "fifty megapixels by their header", FileProblems.TooManyPixels.Code, () => Pictures.PngSaying(10_000, 5_000) },
        { "more pixels than numbers", FileProblems.Damaged.Code, () => Pictures.PngSaying(-1, -1) },
        { "no pixels", FileProblems.Damaged.Code, () => Pictures.PngSaying(0, 5) },
        { "a header without its picture", FileProblems.Damaged.Code, () => Pictures.PngSaying(3000, 3000) },
        { "a JPEG cut off", FileProblems.Damaged.Code, () => Pictures.Jpeg(1600, 1200)[..^2000] },
        { "a JPEG of three bytes", FileProblems.Damaged.Code, () => [0xFF, 0xD8, 0xFF] },
        { "a PNG cut off", FileProblems.Damaged.Code, () => Pictures.Png()[..600] },
        { "a WebP cut off", FileProblems.Damaged.Code, () => Pictures.Webp()[..40] },
        { "a GIF", FileProblems.Moving.Code, Pictures.Gif },
        { "a moving WebP", FileProblems.Moving.Code, Pictures.MovingWebp },
        { "a moving PNG", FileProblems.Moving.Code, () => Pictures.PngSaying(10, 10, moves: true) },
        { "an iPhone's HEIC", FileProblems.Heic.Code, Pictures.Heic },
        { "colours for printing", FileProblems.PrintColours.Code, Pictures.ForPrinting },
        { "nothing", FileProblems.Empty.Code, () => [] },
        { "eleven megabytes", FileProblems.TooLarge.Code, () => [.. Pictures.Jpeg(), .. new byte[11 << 20]] },
    };

    [Theory, MemberData(nameof(Nasty), DisableDiscoveryEnumeration = true)]
    public async Task Read_WhatIsNoPhoto_IsRefusedInWordsThatNameIt(string what, string code, Func<byte[]> make)
    {
        var (photo, problem) = await Read(make());
        Assert.True(photo is null && problem?.Code == code, $"{what}: {problem?.Code ?? "taken"}");
        Assert.Contains("照片.jpg", problem!.Sentence.Zh, StringComparison.Ordinal);
        Assert.Contains("照片.jpg", problem.Sentence.En, StringComparison.Ordinal);
        Assert.DoesNotContain('{', problem.Sentence.Zh + problem.Sentence.En);
    }

    [Fact]
    public async Task Read_FileThatIsNotNamedLikeAPhoto_IsToldWhatIsTaken() => Assert.Equal(FileProblems.NoPhoto.Code, (await Read(Pictures.Program(), "运行.bin")).Problem!.Code);

    [Theory]
    [InlineData("C:\\Users\\刘大勇\\桌面\\漏水.jpg", "漏水.jpg")]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("a\r\nSet-Cookie: x=1.jpg", "a Set-Cookie: x=1.jpg")]
    [InlineData(null, "?")]
    [InlineData("/", "?")]
    public void Called_NameWithAPath_IsTheFilesAlone(string? name, string expected) => Assert.Equal(expected, FileProblems.Called(name));

    [Fact]
    public void Called_LongChineseName_KeepsItsEndAndFitsALine()
    {
        var called = FileProblems.Called(string.Concat(Enumerable.Repeat("楼道里堆放的杂物", 40)) + "第三张.jpg");
        Assert.EndsWith("第三张.jpg", called, StringComparison.Ordinal);
        Assert.InRange(called.Length, 20, 40);
    }

    [Fact]
    public async Task Read_ATelephonesPhoto_LosesPlaceAndCameraAndStandsUpright()
    {
        var sent = Pictures.FromTelephone(640, 480, orientation: 6);
        Assert.Contains(Pictures.Camera, Encoding.Latin1.GetString(sent), StringComparison.Ordinal);
        var photo = (await Read(sent)).Photo!;
        Assert.Equal((480, 640), (photo.Width, photo.Height));
        foreach (var kept in new[] { photo.Full, photo.Small })
        {
            var text = Encoding.Latin1.GetString(kept);
            Assert.DoesNotContain(Pictures.Camera, text, StringComparison.Ordinal);
            Assert.DoesNotContain("Exif", text, StringComparison.Ordinal);
            Assert.DoesNotContain("http", text, StringComparison.Ordinal);
            Assert.Equal(0, AppSegments(kept));
        }
        // Turned to the right: what was at the upper left is at the upper right.
        using var bitmap = SKBitmap.Decode(photo.Full);
        Assert.True(IsRed(bitmap.GetPixel(400, 80)) && !IsRed(bitmap.GetPixel(80, 80)) && !IsRed(bitmap.GetPixel(400, 560)));
    }

    /// <summary>Every way a photo can lie: always the same corner of the scene is red.</summary>
    [Theory]
    [InlineData(1, 60, 40), InlineData(2, 580, 40), InlineData(3, 580, 440), InlineData(4, 60, 440)]
    [InlineData(5, 40, 60), InlineData(6, 440, 60), InlineData(7, 440, 580), InlineData(8, 40, 580)]
    public async Task Read_EveryOrientation_IsApplied(ushort orientation, int x, int y)
    {
        var photo = (await Read(Pictures.FromTelephone(640, 480, orientation))).Photo!;
        using var bitmap = SKBitmap.Decode(photo.Full);
        Assert.Equal(orientation < 5 ? (640, 480) : (480, 640), (bitmap.Width, bitmap.Height));
        Assert.True(IsRed(bitmap.GetPixel(x, y)), bitmap.GetPixel(x, y).ToString());
        Assert.False(IsRed(bitmap.GetPixel(bitmap.Width - 1 - x, bitmap.Height - 1 - y)));
    }

    [Fact]
    public async Task Read_Polyglot_KeepsThePictureAndNothingBehindIt()
    {
        var sent = Pictures.Polyglot();
        var photo = (await Read(sent)).Photo!;
        foreach (var kept in new[] { photo.Full, photo.Small })
        {
            var text = Encoding.Latin1.GetString(kept);
            Assert.DoesNotContain("<script", text, StringComparison.Ordinal);
            Assert.DoesNotContain("PK\u0003\u0004", text, StringComparison.Ordinal);
            Assert.DoesNotContain("evil.html", text, StringComparison.Ordinal);
            // Nothing stands behind the end of the picture.
            Assert.Equal([0xFF, 0xD9], kept[^2..]);
        }
    }

    [Theory]
    [InlineData(4000, 3000, 2000, 1500)]
    [InlineData(3000, 4000, 1500, 2000)]
    [InlineData(8000, 90, 2000, 22)]
    [InlineData(640, 480, 640, 480)]
    [InlineData(1, 1, 1, 1)]
    public async Task Read_LargePhoto_IsNoLongerThanItsLimit(int width, int height, int keptWidth, int keptHeight)
    {
        foreach (var sent in new[] { Pictures.Jpeg(width, height), Pictures.Png(width, height), Pictures.Webp(width, height) })
        {
            var photo = (await Read(sent)).Photo!;
            Assert.InRange(photo.Width, keptWidth - 1, keptWidth + 1);
            Assert.InRange(photo.Height, keptHeight - 1, keptHeight + 1);
            using var small = SKBitmap.Decode(photo.Small);
            Assert.InRange(Math.Max(small.Width, small.Height), 1, FileLimits.SmallSide);
        }
    }

    [Fact]
    public async Task Read_TransparentPng_LiesOnWhite()
    {
        using var surface = SKSurface.Create(new SKImageInfo(50, 50));
        surface.Canvas.Clear(SKColors.Transparent);
        using var image = surface.Snapshot();
        using var png = image.Encode(SKEncodedImageFormat.Png, 100);
        using var bitmap = SKBitmap.Decode((await Read(png.ToArray(), "截图.png")).Photo!.Full);
        Assert.True(bitmap.GetPixel(25, 25) is { Red: > 250, Green: > 250, Blue: > 250 });
    }

    [Fact]
    public async Task Read_DamagedInAnyWay_IsAPhotoOrARefusal()
    {
        byte[][] good = [Pictures.FromTelephone(60, 40), Pictures.Png(60, 40), Pictures.Webp(60, 40), Pictures.MovingWebp(), Pictures.Gif()];
        using var reader = new PhotoReader();
        var random = new Random(20261127);
        for (var i = 0; i < 600; i++)
        {
            var bytes = good[random.Next(good.Length)].ToArray();
            for (var j = random.Next(1, 8); j > 0; j--)
                bytes[random.Next(random.Next(2) == 0 ? Math.Min(40, bytes.Length) : bytes.Length)] = (byte)random.Next(256);
            bytes = bytes[..random.Next(bytes.Length / 2, bytes.Length + 1)];
            var (photo, problem) = await reader.Read("a.jpg", bytes, bytes.Length, TestContext.Current.CancellationToken);
            Assert.True(photo is null != problem is null);
        }
    }

    private static bool IsRed(SKColor c) => c is { Red: > 180, Green: < 90, Blue: < 90 };

    /// <summary>Segments for applications' own data, but for the one that says how large a pixel is.</summary>
    private static int AppSegments(byte[] jpeg)
    {
        var count = 0;
        for (var at = 2; jpeg[at] == 0xFF && jpeg[at + 1] != 0xDA; at += 2 + ((jpeg[at + 2] << 8) | jpeg[at + 3]))
            count += jpeg[at + 1] is >= 0xE1 and <= 0xEF or 0xFE ? 1 : 0;
        return count;
    }
}
