using Hele.Civic.Kernel;
using Hele.Civic.Platform.Files;
using Hele.Civic.Platform.Storage;
using Hele.Web.Hosting;

namespace Hele.Web.Endpoints;

/// <summary>
/// Photos, for whoever sees the record they belong to. Only what the program encoded itself is shown in the browser; with a policy that lets it do nothing
/// and no copy left in the browser's cache.
/// </summary>
public static class FileEndpoints
{
    public const string Policy = SecurityHeaders.ContentSecurityPolicy + "; sandbox";

    public static string Link(string code) => "/files/" + code;
    public static string SmallLink(string code) => Link(code) + "/small";

    /// <summary>A photo that a reviewer let everybody see.</summary>
    public static string PublicLink(string code) => "/public-files/" + code;
    public static string PublicSmallLink(string code) => PublicLink(code) + "/small";

    public static void MapFiles(this IEndpointRouteBuilder app)
    {
        app.MapGet("/files/{code}", (string code, StoredFiles files, ReadSession read, CurrentViewer current, HttpContext context) => Send(code, false, files, read, current, context)).WithMetadata(new NeedsAttribute("file.see"));
        app.MapGet("/files/{code}/small", (string code, StoredFiles files, ReadSession read, CurrentViewer current, HttpContext context) => Send(code, true, files, read, current, context)).WithMetadata(new NeedsAttribute("file.see"));
        app.MapGet("/public-files/{code}", (string code, StoredFiles files, ReadSession read, HttpContext context) => SendPublic(code, false, files, read, context)).WithMetadata(new PublicAttribute());
        app.MapGet("/public-files/{code}/small", (string code, StoredFiles files, ReadSession read, HttpContext context) => SendPublic(code, true, files, read, context)).WithMetadata(new PublicAttribute());
    }

    private static async Task<IResult> Send(string code, bool small, StoredFiles files, ReadSession read, CurrentViewer current, HttpContext context)
    {
        if (!PublicCode.TryParse(code, out var parsed) || await files.Open(await read.Db(context.RequestAborted), current.Required, parsed.Text, small, context.RequestAborted) is not { } bytes)
            return Results.NotFound();
        return Bytes(bytes, parsed.Text, small, context);
    }

    private static async Task<IResult> SendPublic(string code, bool small, StoredFiles files, ReadSession read, HttpContext context) =>
        PublicCode.TryParse(code, out var parsed) && await files.OpenPublic(await read.Db(context.RequestAborted), parsed.Text, small, context.RequestAborted) is { } bytes ? Bytes(bytes, parsed.Text, small, context) : Results.NotFound();

    /// <summary>Never kept by a browser: what is taken back is gone with the next look.</summary>
    private static IResult Bytes(byte[] bytes, string code, bool small, HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.CacheControl = "no-store";
        headers.ContentDisposition = $"inline; filename=\"{code}{(small ? "-small" : "")}.jpg\"";
        return Results.Bytes(bytes, StoredFiles.Jpeg);
    }
}
