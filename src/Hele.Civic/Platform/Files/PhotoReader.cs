using System.Security.Cryptography;
using Hele.Civic.Kernel;
using SkiaSharp;

namespace Hele.Civic.Platform.Files;

/// <summary>
/// Reads what was sent and makes it anew: decoded, turned upright, shrunk and encoded as JPEG, so that nothing is kept but the picture: no place, no camera, no
/// bytes behind it. Before the writer, never inside it.
/// </summary>
public sealed class PhotoReader : IDisposable
{
    private const int Quality = 82, SmallQuality = 72;

    // A decoded photo is up to 160 MB: two at a time, however many people send.
    private readonly SemaphoreSlim _decoding = new(2);

    /// <param name="bytes">The file as it was sent; null when it was more than is taken and so wasn't kept.</param>
    /// <param name="length">Its length as it was sent.</param>
    public async Task<(Photo? Photo, Problem? Problem)> Read(string? name, byte[]? bytes, long length, CancellationToken cancel = default)
    {
        var called = FileProblems.Called(name);
        if (bytes is null || length > FileLimits.Bytes)
            return (null, FileProblems.TooLarge.With(called, FileLimits.Megabytes(length), FileLimits.Megabytes(FileLimits.Bytes)));
        if (length == 0)
            return (null, FileProblems.Empty.With(called));
        var header = PhotoHeader.Of(bytes);
        if (Refuse(header, called) is { } refused)
            return (null, refused);
        await _decoding.WaitAsync(cancel);
        try
        {
            return await Task.Run(() => Make(called, bytes, header), cancel) is { } photo ? (photo, null) : (null, FileProblems.Damaged.With(called));
        }
        finally
        {
            _decoding.Release();
        }
    }

    private static Problem? Refuse(PhotoHeader header, string called) => header switch
    {
        { Looks: Looks.Gif } => FileProblems.Moving.With(called),
        { Looks: Looks.Heic } => FileProblems.Heic.With(called),
        { Looks: Looks.Drawing } => FileProblems.Drawing.With(called),
        { Looks: Looks.Document } => FileProblems.Document.With(called),
        { Looks: Looks.Packed } => FileProblems.Packed.With(called),
        { Looks: Looks.Other } => (NamedLikeAPhoto(called) ? FileProblems.NotWhatItSays : FileProblems.NoPhoto).With(called),
        { IsMoving: true } => FileProblems.Moving.With(called),
        { Width: 0 } or { Height: 0 } => FileProblems.Damaged.With(called),
        { Pixels: > FileLimits.Pixels } => FileProblems.TooManyPixels.With(called, (header.Pixels + 999_999) / 1_000_000, FileLimits.Pixels / 1_000_000),
        { Looks: Looks.Jpeg, Colours: 4 } => FileProblems.PrintColours.With(called),
        _ => null,
    };

    private static bool NamedLikeAPhoto(string name) => Path.GetExtension(name).ToLowerInvariant() is ".jpg" or ".jpeg" or ".png" or ".webp" or ".gif" or ".heic";

    /// <returns>Null when it can't be decoded to its end, or isn't what its header said.</returns>
    private static Photo? Make(string called, byte[] bytes, PhotoHeader header)
    {
        using var data = SKData.CreateCopy(bytes);
        using var codec = SKCodec.Create(data);
        if (codec is null || (codec.Info.Width, codec.Info.Height) != (header.Width, header.Height) || codec.EncodedFormat != header.Looks switch { Looks.Jpeg => SKEncodedImageFormat.Jpeg, Looks.Png => SKEncodedImageFormat.Png, _ => SKEncodedImageFormat.Webp })
            return null;
        // A JPEG is shrunk while it is decoded (to an eighth at most); what the others give is their full size.
        var size = codec.GetScaledDimensions(Math.Min(1f, 2f * FileLimits.Side / Math.Max(header.Width, header.Height)));
        using var bitmap = new SKBitmap();
        if (!bitmap.TryAllocPixels(new SKImageInfo(size.Width, size.Height, SKColorType.Rgba8888, SKAlphaType.Premul, SKColorSpace.CreateSrgb()))
            || codec.GetPixels(bitmap.Info, bitmap.GetPixels()) != SKCodecResult.Success)
            return null;
        bitmap.SetImmutable();
        using var image = SKImage.FromBitmap(bitmap);
        var (full, width, height) = Draw(image, codec.EncodedOrigin, FileLimits.Side, Quality);
        var (small, _, _) = Draw(image, codec.EncodedOrigin, FileLimits.SmallSide, SmallQuality);
        return new Photo(Convert.ToHexStringLower(SHA256.HashData(bytes))) { Name = called, Width = width, Height = height, Full = full, Small = small };
    }

    /// <summary>Upright, on white, no longer than a side, as JPEG.</summary>
    private static (byte[] Jpeg, int Width, int Height) Draw(SKImage image, SKEncodedOrigin origin, int side, int quality)
    {
        var scale = Math.Min(1.0, (double)side / Math.Max(image.Width, image.Height));
        var (width, height) = (Math.Max(1, (int)Math.Round(image.Width * scale)), Math.Max(1, (int)Math.Round(image.Height * scale)));
        var lies = origin is SKEncodedOrigin.LeftTop or SKEncodedOrigin.RightTop or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom;
        var (w, h) = lies ? (height, width) : (width, height);
        // No colour space: the encoder then writes no profile.
        using var surface = SKSurface.Create(new SKImageInfo(w, h, SKColorType.Rgba8888, SKAlphaType.Opaque));
        var canvas = surface.Canvas;
        canvas.Clear(SKColors.White);
        canvas.SetMatrix(Upright(origin, w, h));
        canvas.DrawImage(image, SKRect.Create(width, height), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        canvas.Flush();
        using var snapshot = surface.Snapshot();
        using var encoded = snapshot.Encode(SKEncodedImageFormat.Jpeg, quality);
        return (encoded.ToArray(), w, h);
    }

    /// <summary>From the picture as it lies in the file to the picture as it was seen (Exif 2.32, tag 274).</summary>
    private static SKMatrix Upright(SKEncodedOrigin origin, int w, int h) => origin switch
    {
        SKEncodedOrigin.TopRight => new(-1, 0, w, 0, 1, 0, 0, 0, 1),
        SKEncodedOrigin.BottomRight => new(-1, 0, w, 0, -1, h, 0, 0, 1),
        SKEncodedOrigin.BottomLeft => new(1, 0, 0, 0, -1, h, 0, 0, 1),
        SKEncodedOrigin.LeftTop => new(0, 1, 0, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightTop => new(0, -1, w, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightBottom => new(0, -1, w, -1, 0, h, 0, 0, 1),
        SKEncodedOrigin.LeftBottom => new(0, 1, 0, -1, 0, h, 0, 0, 1),
        _ => SKMatrix.Identity,
    };

    public void Dispose() => _decoding.Dispose();
}
