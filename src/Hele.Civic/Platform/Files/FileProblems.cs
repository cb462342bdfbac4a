using System.Globalization;
using Hele.Civic.Kernel;

namespace Hele.Civic.Platform.Files;

/// <summary>What is taken, said in one place. Facts about machines, not about law: so constants and no rules.</summary>
public static class FileLimits
{
    /// <summary>Photos of one side of a matter.</summary>
    public const int PerSide = 5;

    /// <summary>Bytes of one file as it is sent.</summary>
    public const int Bytes = 10 << 20;

    /// <summary>Pixels of a photo, told from its header before anything is decoded: four bytes each.</summary>
    public const int Pixels = 40_000_000;

    /// <summary>The longest side as it is kept, and of the small one.</summary>
    public const int Side = 2000, SmallSide = 400;

    /// <summary>Bytes of one request. What is too large is read to its end and said to be, so this is far more than what can be taken.</summary>
    public const long RequestBytes = 200L << 20;

    /// <summary>How a number of bytes is said.</summary>
    public static string Megabytes(long bytes) => (bytes / 1048576.0).ToString("0.#", CultureInfo.InvariantCulture);
}

/// <summary>Everything that can be wrong with a file, each named to whoever sent it.</summary>
public static class FileProblems
{
    private const string Field = "Photos";

    public static readonly Problem TooMany = new("file.too-many", ("照片最多{0}张：已经有{1}张，又选了{2}张，请少选{3}张。", "At most {0} photos: there are {1}, and {2} were chosen; please take {3} fewer."), Field);
    public static readonly Problem Empty = new("file.empty", ("“{0}”是空的，没有收下，请重新选一次。", "“{0}” is empty and was not taken; please choose it again."), Field);
    public static readonly Problem TooLarge = new("file.too-large", ("“{0}”有{1}MB，一张最大{2}MB，没有收下。请缩小后再传，或者把照片发给自己时选“压缩”。", "“{0}” has {1} MB; a photo has at most {2} MB, so it was not taken. Please make it smaller."), Field);
    public static readonly Problem TooManyPixels = new("file.too-many-pixels", ("“{0}”有{1}00万像素，最多{2}00万像素，没有收下。请用手机的普通拍照模式重拍，或缩小后再传。", "“{0}” has {1} megapixels; at most {2} are taken. Please take it in the telephone's ordinary mode, or make it smaller."), Field);
    public static readonly Problem Damaged = new("file.damaged", ("“{0}”打不开，可能没有传完或者已经损坏，请重新拍一张或重新选一次。", "“{0}” can't be opened: it may have come only in part, or be damaged. Please take or choose it again."), Field);
    public static readonly Problem NotWhatItSays = new("file.not-what-it-says", ("“{0}”的名字像照片，里面却不是照片，没有收下。请看看是不是选错了文件。", "“{0}” is named like a photo and is none inside, so it was not taken. Please check whether it is the right file."), Field);
    public static readonly Problem Moving = new("file.moving", ("“{0}”是动图，没有收下。请拍一张照片，或截一张图。", "“{0}” is a moving picture and was not taken. Please take a photo or a screenshot."), Field);
    public static readonly Problem Heic = new("file.heic", ("“{0}”是HEIC格式，这里打不开。请在手机的“设置—相机—格式”里选“兼容性最佳”重拍，或者存成JPG再传。", "“{0}” is in the HEIC format, which can't be opened here. Choose “Most Compatible” in the telephone's camera settings, or save it as JPG."), Field);
    public static readonly Problem PrintColours = new("file.print-colours", ("“{0}”是印刷用的颜色（CMYK），这里打不开。请存成普通的JPG再传。", "“{0}” has colours for printing (CMYK), which can't be opened here. Please save it as an ordinary JPG."), Field);
    public static readonly Problem Drawing = new("file.drawing", ("“{0}”是SVG图形，里面可能带有程序，没有收下。请截图后再传。", "“{0}” is an SVG drawing, which can carry a program, so it was not taken. Please send a screenshot."), Field);
    public static readonly Problem Document = new("file.document", ("“{0}”是文档，这里只收照片。请把它拍下来，或者截图后再传。", "“{0}” is a document; only photos are taken here. Please photograph it, or send a screenshot."), Field);
    public static readonly Problem Packed = new("file.packed", ("“{0}”是压缩包，没有收下。请把照片一张一张选上来。", "“{0}” is an archive and was not taken. Please choose the photos one by one."), Field);
    public static readonly Problem NoPhoto = new("file.no-photo", ("“{0}”不是照片，没有收下。这里收JPG、PNG和WebP。", "“{0}” is no photo and was not taken. JPG, PNG and WebP are."), Field);
    public static readonly Problem Gone = new("file.gone", ("先前收下的照片过了{0}分钟，已经清掉了，请重新选一次。", "The photos taken before were kept for {0} minutes and are gone; please choose them again."), Field);
    public static readonly Problem Missing = new("file.missing", ("请先选照片。", "Please choose a photo first."), Field);

    /// <summary>How a file is called in a sentence: without its folders, and not longer than a line.</summary>
    public static string Called(string? name)
    {
        var line = ChineseText.Line(name);
        line = line[(line.LastIndexOfAny(['/', '\\']) + 1)..];
        var info = new StringInfo(line);
        // The end says what kind it is.
        return info.LengthInTextElements switch { 0 => "?", <= 40 => line, var length => info.SubstringByTextElements(0, 26) + "…" + info.SubstringByTextElements(length - 12) };
    }
}
