using System.Globalization;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;
using Hele.Evidence;
using Hele.Web.Hosting;
using Hele.Web.Ui;

namespace Hele.Web.Endpoints;

/// <summary>
/// What anybody may read of a log: the newest checkpoint, the hash tiles (C2SP tlog-tiles) and the page that verifies off line. Entries go to supervisors
/// only, in their kit.
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

        // A download, never a page of this site: it brings a content security policy of its own and is to be opened from the reader's disk.
        app.MapGet($"/log/{VerifierPage.FileName}", () => Results.Bytes(VerifierPage.Html, "text/html; charset=utf-8", VerifierPage.FileName)).WithMetadata(new PublicAttribute());

        // Where no witness is asked there is nothing cosigned, and where this installation is nobody's witness there is nobody to ask.
        if (app.ServiceProvider.GetRequiredService<Witnesses>().Addresses.Count > 0)
            app.MapWitnessed();
        if (app.ServiceProvider.GetService<Witness>() is not null)
            app.MapWitness();

        app.MapGet("/log/{jurisdiction}/kit", Kit).WithMetadata(new NeedsAttribute("log.kit"));
    }

    /// <summary>What a supervisor verifies on another computer; only of the log they supervise.</summary>
    private static async Task<IResult> Kit(string jurisdiction, CurrentViewer current, KitMaker kits, TimeProvider clock, HttpContext context)
    {
        if (current.Jurisdiction is not { } own || own.Code != jurisdiction || current.Viewer?.JurisdictionId != own.Id)
            return Results.NotFound();
        // Whole before it is sent, so that its length is known: a download that was cut off is noticed by the browser already.
        var file = new FileStream(Path.Combine(Path.GetTempPath(), $"hele-kit-{Guid.NewGuid():N}"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        context.Response.RegisterForDisposeAsync(file);
        await kits.Write(file, own, context.RequestAborted);
        file.Position = 0;
        return Results.File(file, "application/zip", $"hele-{own.Code}-{Fmt.Iso(China.DateIn(clock.GetUtcNow()))}.zip");
    }

    private static void MapWitnessed(this IEndpointRouteBuilder app)
    {
        // The newest checkpoint that a witness cosigned; somewhat older than the newest there is.
        app.MapGet("/log/{jurisdiction}/witnessed", async (string jurisdiction, HttpContext context, Database database, JurisdictionDirectory directory, Witnesses witnesses) =>
        {
            await using var outer = await database.Read([], context.RequestAborted);
            if (await directory.Find(outer.Db, jurisdiction, context.RequestAborted) is not { } found || !File.Exists(witnesses.FileOf(found.Code)))
                return Results.NotFound();
            context.Response.Headers.CacheControl = "no-store";
            return Results.Text(await File.ReadAllTextAsync(witnesses.FileOf(found.Code), context.RequestAborted), "text/plain; charset=utf-8");
        }).WithMetadata(new PublicAttribute());
    }

    private static void MapWitness(this IEndpointRouteBuilder app)
    {
        app.MapGet("/witness/key", (Witness witness) => Results.Text(witness.Key + "\n", "text/plain; charset=utf-8")).WithMetadata(new PublicAttribute());
        app.MapPost("/witness/add-checkpoint", AddCheckpoint).WithMetadata(new PublicAttribute());
    }

    /// <summary>c2sp.org/tlog-witness: another log asks this installation, as a witness, to cosign.</summary>
    private static async Task<IResult> AddCheckpoint(HttpContext context, Witness witness, LogService log)
    {
        // What it remembers may be of an earlier day: a witness that isn't sure signs nothing.
        if (log.ReadOnlyReason is not null)
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        var body = new byte[WitnessRequest.MaxLength + 1];
        var length = await context.Request.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, context.RequestAborted);
        if (!WitnessRequest.TryParse(body.AsSpan(0, length), out var request))
            return Results.StatusCode(StatusCodes.Status400BadRequest);
        var reply = await witness.Add(request);
        return reply.Answer switch
        {
            WitnessAnswer.Cosign => Results.Text(reply.Line, "text/plain; charset=utf-8"),
            WitnessAnswer.Conflict => Results.Text(string.Create(CultureInfo.InvariantCulture, $"{reply.Size}\n"), "text/x.tlog.size", statusCode: (int)reply.Answer),
            _ => Results.StatusCode((int)reply.Answer),
        };
    }

    private static async Task<(Jurisdiction Jurisdiction, ReadLease Lease)?> Open(string code, Database database, JurisdictionDirectory directory, CancellationToken cancel)
    {
        Jurisdiction? jurisdiction;
        await using (var outer = await database.Read([], cancel))
            jurisdiction = await directory.Find(outer.Db, code, cancel);
        return jurisdiction is null ? null : (jurisdiction, await database.Read([jurisdiction.Id], cancel));
    }
}
