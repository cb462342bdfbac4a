using System.Text;
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

namespace Hele.Web.Pages.Log;

/// <summary>
/// What a jurisdiction's log proves and what it doesn't, its present checkpoint, and a form where anybody can have a receipt checked. Checking here is a
/// convenience: the same check runs on another computer without this server.
/// </summary>
[Public, Indexed]
[RequestSizeLimit(MostBytes * 3)]
public sealed class LogModel(Database database, JurisdictionDirectory directory, LogService log, LogCheck check, Witnesses witnesses, CurrentViewer current, Texts L) : PageModel
{
    /// <summary>A receipt is a few kilobytes; the longest text a matter can hold makes less than this.</summary>
    public const int MostBytes = 200_000;

    [BindProperty]
    public InputModel Input { get; set; } = new();

    public Jurisdiction? Jurisdiction { get; private set; }

    public IReadOnlyList<Jurisdiction> All { get; private set; } = [];

    public string Checkpoint { get; private set; } = "";

    public string Key { get; private set; } = "";

    /// <summary>Entries in the log now.</summary>
    public long Size { get; private set; }

    /// <summary>The size the shown checkpoint is of.</summary>
    public long Shown { get; private set; }

    /// <summary>What the log is called, now and before a backup was restored.</summary>
    public LogNames Names { get; private set; } = new("", "", []);

    /// <summary>The key of an earlier epoch, as others need it to verify what was given out then.</summary>
    public string KeyOf(string origin) => log.VerifierKey(origin).ToString();

    /// <summary>Whether the pasted receipt is of what a declared restore lost.</summary>
    public bool IsOfTheLost { get; private set; }

    /// <summary>The shown checkpoint as it is copied onto paper: the count and sixteen groups.</summary>
    public string Groups { get; private set; } = "";

    /// <summary>Whether the reader supervises this log and may take it home.</summary>
    public bool MayTakeKit => Jurisdiction is { } here && current.Jurisdiction?.Id == here.Id && current.Viewer is { } viewer && viewer.JurisdictionId == here.Id && viewer.Has(KitMaker.Permission);

    /// <summary>What the witnesses of this log said last.</summary>
    public IReadOnlyList<WitnessState> Witnessed => witnesses.Of(Jurisdiction!.Code);

    /// <summary>The logs of others that this installation is a witness for.</summary>
    public IReadOnlyList<(string Origin, WitnessedLog? Last)> Watched { get; private set; } = [];

    /// <summary>The last check of rows against log; everybody may know when it was and how much differed.</summary>
    public CheckResult? Checked => check.Last;

    public long Differences => Checked?.CountOf(Jurisdiction!.Code) ?? 0;

    public bool MaySeeCheck => Jurisdiction is { } here && current.Jurisdiction?.Id == here.Id && current.Viewer?.Has(LogCheck.See) == true;

    public bool TimesAreSimulated { get; private set; }

    /// <summary>What checking the pasted receipt found; null when nothing was sent.</summary>
    public Verification? Verification { get; private set; }

    /// <summary>Whether the receipt's checkpoint lies on the log as it is today; null when that can't be asked.</summary>
    public bool? StillOnThisLog { get; private set; }

    public string Said(Sentence sentence) => L.Language == Language.English ? sentence.En : sentence.Zh;

    public async Task<IActionResult> OnGetAsync(string? code, long? size) =>
        !await Load(code, size) ? NotFound() : Jurisdiction is null && All.Count > 0 ? Redirect(PlaceHosting.ChooserFor(HttpContext)) : Page();

    public async Task<IActionResult> OnPostAsync(string? code)
    {
        if (!await Load(code, null) || Jurisdiction is null)
            return NotFound();
        if (Input.File is { Length: > MostBytes } || Encoding.UTF8.GetByteCount(Input.Receipt) > MostBytes)
            return Refuse(nameof(Input.Receipt), L["这份文件太大，不是回执的证明文件。"]);
        var text = Input.Receipt;
        if (string.IsNullOrWhiteSpace(text) && Input.File is { } file)
        {
            using var reader = new StreamReader(file.OpenReadStream(), Encoding.UTF8);
            text = await reader.ReadToEndAsync(HttpContext.RequestAborted);
        }
        if (string.IsNullOrWhiteSpace(text))
            return Refuse(nameof(Input.Receipt), L["请粘贴证明文件的全文，或选择文件。"]);
        // A browser sends a text area with other line ends and may lose the last one.
        text = text.Replace("\r\n", "\n").Trim('\n', ' ') + "\n";
        // Each epoch signs with a key of its own: a receipt from before a restore is checked with that one.
        var origin = ReceiptFile.TryParse(text, out var read) && Evidence.Checkpoint.TryParse(read.Checkpoint.Text, out var of) && Names.Knows(of.Origin) ? of.Origin : Names.Now;
        var key = string.IsNullOrWhiteSpace(Input.Key) ? KeyOf(origin) : Input.Key.Trim();
        Verification = OfflineVerifier.Verify(text, key);
        if (Verification.Receipt is { } receipt && Evidence.Checkpoint.TryParse(receipt.Checkpoint.Text, out var then) && Names.Knows(then.Origin))
        {
            StillOnThisLog = await IsOnLog(then);
            IsOfTheLost = StillOnThisLog == false && Verification.Ok && then.Origin != Names.Now;
        }
        return Page();
    }

    private async Task<bool> IsOnLog(Checkpoint then)
    {
        if (then.Size > Size)
            return false;
        await using var lease = await database.Read([Jurisdiction!.Id], HttpContext.RequestAborted);
        var root = await LogService.Tree(lease.Db, Jurisdiction.Id, Size).Root(then.Size, HttpContext.RequestAborted);
        return root.AsSpan().SequenceEqual(then.Root.Span);
    }

    private async Task<bool> Load(string? code, long? size)
    {
        var cancel = HttpContext.RequestAborted;
        await using (var outer = await database.Read([], cancel))
        {
            All = await outer.Db.Jurisdictions.AsNoTracking().OrderBy(j => j.Code).ToListAsync(cancel);
            Jurisdiction = code is null ? current.Jurisdiction : await directory.Find(outer.Db, code, cancel);
        }
        if (Jurisdiction is not { } jurisdiction)
            return code is null;
        if (HttpContext.RequestServices.GetService<Witness>() is { } witness)
            Watched = await witness.Watched(cancel);
        await using var lease = await database.Read([jurisdiction.Id], cancel);
        Size = await lease.Db.Set<LogHead>().Select(h => h.Size).FirstOrDefaultAsync(cancel);
        Shown = size is >= 0 && size <= Size ? size.Value : Size;
        var note = await log.Checkpoint(lease.Db, jurisdiction.Id, Shown, cancel);
        Checkpoint = note.ToString();
        Groups = Evidence.Checkpoint.TryParse(note.Text, out var shown) ? Pinned.Line(shown) : "";
        Names = await log.Names(lease.Db, jurisdiction.Id, cancel);
        Key = KeyOf(Names.At(Shown));
        TimesAreSimulated = await lease.Db.Set<LogOpening>().AnyAsync(o => o.TimesAreSimulated, cancel);
        return true;
    }

    private PageResult Refuse(string field, string sentence)
    {
        ModelState.AddModelError($"{nameof(Input)}.{field}", sentence);
        var page = Page();
        page.StatusCode = StatusCodes.Status400BadRequest;
        return page;
    }

    public sealed class InputModel
    {
        public string Receipt { get; set; } = "";
        public IFormFile? File { get; set; }
        public string Key { get; set; } = "";
    }
}
