using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;
using Hele.Evidence;
using Hele.Web.Hosting;

namespace Hele.Web.Endpoints;

/// <summary>
/// What anybody may read of a log: the newest checkpoint and the hash tiles (C2SP tlog-tiles). Entry bundles are not served here: they go to
/// supervisors and into their kit.
/// </summary>
public static class LogEndpoints
{
    public static void MapLog(this IEndpointRouteBuilder app)
    {
        app.MapGet("/log/{jurisdiction}/checkpoint", async (string jurisdiction, HttpContext context, Database database, JurisdictionDirectory directory, LogService log) =>
        {
            if (await Open(jurisdiction, database, directory, context.RequestAborted) is not { } found)
                return Results.NotFound();
            await using var lease = found.Lease;
            var note = await log.Checkpoint(lease.Db, found.Jurisdiction.Id, cancel: context.RequestAborted);
            context.Response.Headers.CacheControl = "no-store";
            return Results.Text(note.ToString(), "text/plain; charset=utf-8");
        }).WithMetadata(new PublicAttribute());

        app.MapGet("/log/{jurisdiction}/key", async (string jurisdiction, HttpContext context, Database database, JurisdictionDirectory directory, LogService log) =>
        {
            if (await Open(jurisdiction, database, directory, context.RequestAborted) is not { } found)
                return Results.NotFound();
            await using var lease = found.Lease;
            return Results.Text(log.VerifierKey((await log.Names(lease.Db, found.Jurisdiction.Id, context.RequestAborted)).Now) + "\n", "text/plain; charset=utf-8");
        }).WithMetadata(new PublicAttribute());

        app.MapGet("/log/{jurisdiction}/tile/{**path}", async (string jurisdiction, string path, HttpContext context, Database database, JurisdictionDirectory directory) =>
        {
            if (!TilePath.TryParse("tile/" + path, out var tile) || tile.Level == TilePath.Entries
                || await Open(jurisdiction, database, directory, context.RequestAborted) is not { } found)
                return Results.NotFound();
            await using var lease = found.Lease;
            if (await LogService.Tile(lease.Db, found.Jurisdiction.Id, tile, context.RequestAborted) is not { } bytes)
                return Results.NotFound();
            // A tile never changes: full ones for ever, partial ones too, for their width.
            context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
            return Results.Bytes(bytes, "application/octet-stream");
        }).WithMetadata(new PublicAttribute());
    }

    private static async Task<(Jurisdiction Jurisdiction, ReadLease Lease)?> Open(string code, Database database, JurisdictionDirectory directory, CancellationToken cancel)
    {
        Jurisdiction? jurisdiction;
        await using (var outer = await database.Read([], cancel))
            jurisdiction = await directory.Find(outer.Db, code, cancel);
        return jurisdiction is null ? null : (jurisdiction, await database.Read([jurisdiction.Id], cancel));
    }
}
