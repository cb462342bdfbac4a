using Hele.Civic.Platform.Files;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Hele.Web.Hosting;

/// <summary>A page whose forms may carry files. Every other page takes <see cref="Front.MostBytes"/>.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class TakesFilesAttribute : Attribute;

/// <summary>A file as it was sent.</summary>
/// <param name="Bytes">Null when it is more than is taken: it was read to its end and let go, so that the form that came with it can be answered.</param>
public sealed record SentFile(string Field, string Name, byte[]? Bytes, long Length);

/// <summary>
/// Reads forms with files, instead of the framework: in memory and never on disk, where a photo would outlive a killed process; and to the end, so that a file
/// that is too large is a sentence on the form and not a broken connection.
/// </summary>
public static class SentFiles
{
    /// <summary>Files of one request whose bytes are kept; of more, it is only known that they came.</summary>
    private const int Most = FileLimits.PerSide;

    private static readonly object Files = new();

    /// <summary>The files of this request.</summary>
    public static IReadOnlyList<SentFile> Of(HttpContext context) => context.Items[Files] as IReadOnlyList<SentFile> ?? [];

    /// <summary>After it is known who sends: files of nobody are never kept. A form without files is read here too, so that one that can't be read is one answer everywhere.</summary>
    public static void UseSentFiles(this WebApplication app) => app.Use(async (context, next) =>
    {
        if (!Takes(context))
        {
            if (await SentForms.Read(context) is var refusal and not 0)
                context.Response.StatusCode = refusal;
            else
                await next(context);
            return;
        }
        using var turn = await context.RequestServices.GetRequiredService<Limits>().Files(context);
        if (!turn.IsAcquired)
        {
            Limits.HoldBack(context, TimeSpan.FromMinutes(1));
            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        }
        else if (await Read(context, keep: context.RequestServices.GetRequiredService<CurrentViewer>().Viewer is not null))
        {
            await next(context);
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
        }
    });

    /// <summary>Whether this is a form with files for a page that takes them.</summary>
    internal static bool Takes(HttpContext context) =>
        HttpMethods.IsPost(context.Request.Method) && Boundary(context.Request) is not null
        && (context.Features.Get<IStatusCodeReExecuteFeature>()?.Endpoint ?? context.GetEndpoint())?.Metadata.GetMetadata<TakesFilesAttribute>() is not null;

    private static string? Boundary(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
        && HeaderUtilities.RemoveQuotes(type.Boundary) is { Length: > 0 and <= 100 } boundary ? boundary.ToString() : null;

    /// <summary>Reads the form, once; from then on it is the request's form.</summary>
    /// <param name="keep">False to let the files go as they come.</param>
    /// <returns>False when more came than is read.</returns>
    internal static async Task<bool> Read(HttpContext context, bool keep)
    {
        if (context.Items.ContainsKey(Files))
            return true;
        var (request, cancel) = (context.Request, context.RequestAborted);
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = FileLimits.RequestBytes;
        var (fields, files, text) = (new Dictionary<string, StringValues>(StringComparer.OrdinalIgnoreCase), new List<SentFile>(), 0L);
        try
        {
            var reader = new MultipartReader(Boundary(request)!, request.Body) { HeadersCountLimit = 16, HeadersLengthLimit = 4 << 10, BodyLengthLimit = null };
            var (read, count) = (0L, 0);
            while (await reader.ReadNextSectionAsync(cancel) is { } section)
            {
                if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition) || ++count > Front.MostFields)
                    throw new InvalidDataException("No form.");
                var name = HeaderUtilities.RemoveQuotes(disposition.Name).ToString();
                var file = disposition.IsFileDisposition();
                var most = file ? (keep && files.Count(f => f.Bytes is not null) < Most ? FileLimits.Bytes : 0) : Front.MostOfAField;
                var (bytes, length) = await Section(section.Body, most, FileLimits.RequestBytes - read, cancel);
                read += length;
                if (read > FileLimits.RequestBytes)
                    return TooMuch();
                if (file)
                {
                    var called = HeaderUtilities.RemoveQuotes(disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName).ToString();
                    // Where nothing was chosen a browser sends a file without name and content.
                    if (called.Length > 0 || length > 0)
                        files.Add(new SentFile(name, called, bytes, length));
                }
                else if (bytes is null || (text += length) > Front.MostBytes || bytes.AsSpan().Contains((byte)0))
                {
                    throw new InvalidDataException("A field is too long, or holds a NUL, which no browser sends.");
                }
                else
                {
                    fields[name] = StringValues.Concat(fields.GetValueOrDefault(name), System.Text.Encoding.UTF8.GetString(bytes));
                }
            }
        }
        catch (BadHttpRequestException tooMuch) when (tooMuch.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return TooMuch();
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException)
        {
            // Without its token it is answered like any form that can't be read.
            fields.Clear();
        }
        Keep();
        return true;

        void Keep()
        {
            context.Items[Files] = files;
            context.Features.Set<IFormFeature>(new FormFeature(new FormCollection(fields)));
        }

        // What was typed before the files came is given back on the page that says so; the files are not.
        bool TooMuch()
        {
            files = [new SentFile("", "", null, 0)];
            Keep();
            return false;
        }
    }

    /// <summary>The bytes of one part, or null when there are more than that; and how many there were.</summary>
    private static async Task<(byte[]? Bytes, long Length)> Section(Stream body, int most, long budget, CancellationToken cancel)
    {
        var buffer = System.Buffers.ArrayPool<byte>.Shared.Rent(32 << 10);
        try
        {
            using var kept = new MemoryStream();
            var length = 0L;
            while (await body.ReadAsync(buffer, cancel) is var got and > 0)
            {
                length += got;
                if (length <= most)
                    kept.Write(buffer, 0, got);
                else
                    kept.SetLength(0);
                if (length > budget)
                    break;
            }
            return (length <= most ? kept.ToArray() : null, length);
        }
        finally
        {
            System.Buffers.ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }
}

/// <summary>Reads forms without files before anything else does.</summary>
public static class SentForms
{
    /// <returns>0 when there is none, or it was read; else the status to answer with: 413 for more than is taken, 400 for what is no form.</returns>
    internal static async Task<int> Read(HttpContext context)
    {
        var request = context.Request;
        // The page that says what was wrong comes through here again.
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || !request.HasFormContentType || AccessHosting.IsErrorPage(context))
            return 0;
        if (request.ContentLength > context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize)
            return StatusCodes.Status413PayloadTooLarge;
        if (!IsInAnEncoding(request.ContentType))
            return StatusCodes.Status400BadRequest;
        // A page with limits of its own for its form reads it with them.
        if (context.GetEndpoint()?.Metadata.GetMetadata<Microsoft.AspNetCore.Mvc.RequestFormLimitsAttribute>() is not null)
            return 0;
        try
        {
            await request.ReadFormAsync(context.RequestAborted);
            return 0;
        }
        catch (BadHttpRequestException bad)
        {
            return bad.StatusCode;
        }
        catch (Exception broken) when (IsBroken(broken))
        {
            return StatusCodes.Status400BadRequest;
        }
    }

    /// <summary>The framework throws at a form in UTF-7 wherever it is first looked at.</summary>
    private static bool IsInAnEncoding(string? type)
    {
        try
        {
            return !MediaTypeHeaderValue.TryParse(type, out var parsed) || parsed.Encoding is not { CodePage: 65000 };
        }
        catch (NotSupportedException)
        {
            return false;
        }
    }

    /// <summary>No form, more of one than is taken, cut off, or in an encoding nobody writes (UTF-7).</summary>
    internal static bool IsBroken(Exception failure) => failure is InvalidDataException or IOException or NotSupportedException;
}
