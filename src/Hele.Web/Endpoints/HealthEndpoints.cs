using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;
using Hele.Web.Hosting;

namespace Hele.Web.Endpoints;

/// <summary><c>/health</c>, for a monitor: 200 and <c>ok</c>, or 503 and what is the matter, a line each. It names no path and nobody.</summary>
internal static class HealthEndpoints
{
    /// <summary>With less than this left, the disk's end is said before it comes.</summary>
    private const long FewBytes = 256L << 20;

    // Past everything that would have to ask the database who this is.
    public static void MapHealth(this IEndpointRouteBuilder app) => app.MapGet("/health", async (HttpContext context, Database database, LogService log, DemoYear demo, StartOptions options, CancellationToken cancel) =>
    {
        context.Response.Headers.CacheControl = "no-store";
        var wrong = new List<string>();
        if (await database.Probe(cancel) is { } trouble)
            wrong.Add(trouble.Reason.En);
        if (log.ReadOnlyReason is not null)
            wrong.Add("read-only: the log and its pin don't agree; see the program's messages");
        if (log.PinTrouble is { } pins)
            wrong.Add("the pins can't be written: " + pins.En);
        if (demo.Progress is { } progress)
            wrong.Add($"the demo's year is being written: {progress.Done} of {progress.Total}");
        if (wrong.Count > 0)
            return Results.Text(string.Concat(wrong.Select(w => w + "\n")), statusCode: StatusCodes.Status503ServiceUnavailable);
        var few = new[] { options.Storage.DataDirectory, options.Storage.PinDirectory }.Min(SpaceLeft) is var left && left < FewBytes ? $"little space is left on the disk: {left >> 20} MB\n" : "";
        return Results.Text("ok\n" + few);
    }).WithMetadata(new PublicAttribute()).ShortCircuit();

    private static long SpaceLeft(string directory)
    {
        try
        {
            return new DriveInfo(directory).AvailableFreeSpace;
        }
        catch (IOException)
        {
            return long.MaxValue;
        }
    }
}
