using Hele.Civic.Jurisdictions;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;
using Hele.Evidence;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Hele.Web.Pages.Log.Sheet;

/// <summary>
/// The checkpoint for the notice board: in groups that can be read off, and as a QR code that holds the signed note itself, so that whoever takes a picture
/// of the board has kept it without this server.
/// </summary>
[Public]
public sealed class SheetModel(Database database, JurisdictionDirectory directory, LogService log, TimeProvider clock) : PageModel
{
    private const int GroupsInRow = 4;

    public Jurisdiction Jurisdiction { get; private set; } = null!;

    public long Size { get; private set; }

    /// <summary>Of the whole log as it is now, not of an earlier size.</summary>
    public bool IsNewest { get; private set; }

    public DateTimeOffset PrintedAt { get; } = clock.GetUtcNow();

    /// <summary>A demonstration's sheet says so on paper too.</summary>
    public bool TimesAreSimulated { get; private set; }

    /// <summary>Sixteen groups of four digits, four in a row.</summary>
    public IReadOnlyList<string[]> Groups { get; private set; } = [];

    public string Key { get; private set; } = "";

    /// <summary>The log's name at that size: it has another one after a restore.</summary>
    public string Origin { get; private set; } = "";

    public string NoteQr { get; private set; } = "";

    public string PageQr { get; private set; } = "";

    /// <summary>The page that shows this checkpoint as the log now has it.</summary>
    public string Address { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync(string code, long? size)
    {
        var cancel = HttpContext.RequestAborted;
        await using (var outer = await database.Read([], cancel))
        {
            if (await directory.Find(outer.Db, code, cancel) is not { } found)
                return NotFound();
            Jurisdiction = found;
        }
        await using var lease = await database.Read([Jurisdiction.Id], cancel);
        var now = await lease.Db.Set<LogHead>().Select(h => h.Size).FirstOrDefaultAsync(cancel);
        Size = size is >= 0 && size <= now ? size.Value : now;
        IsNewest = Size == now;
        var note = await log.Checkpoint(lease.Db, Jurisdiction.Id, Size, cancel);
        if (!Checkpoint.TryParse(note.Text, out var checkpoint))
            throw new InvalidOperationException("The log's own checkpoint can't be read.");
        Groups = [.. Pinned.Groups(checkpoint.Root.Span).Split(' ').Chunk(GroupsInRow)];
        TimesAreSimulated = await lease.Db.Set<LogOpening>().AnyAsync(o => o.TimesAreSimulated, cancel);
        Key = log.VerifierKey(checkpoint.Origin).ToString();
        Origin = checkpoint.Origin;
        Address = $"{Request.Scheme}://{Request.Host}/log/{Jurisdiction.Code}?size={Size}";
        (NoteQr, PageQr) = (QrImage.Of(note.ToString()), QrImage.Of(Address));
        return Page();
    }
}
