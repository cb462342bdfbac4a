using Hele.Civic.Disclosures;
using Hele.Civic.Kernel;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Disclosures.Up;

/// <summary>One disclosure, as anybody reads it by its code: from the board, or from the code on the paper. Of a posting that is over only which kind stood here.</summary>
[Public, Indexed]
public sealed class UpModel(FindDisclosed find, ObjectToDisclosure objecting, ModuleList modules, CurrentViewer current, Limits limit, TimeProvider clock, Texts L) : PageModel
{
    [BindProperty]
    public InputModel Input { get; set; } = new();

    public PublicDisclosure Shown { get; private set; } = null!;
    public string Place { get; private set; } = "";

    /// <summary>By when the objection that was just sent is answered.</summary>
    public DateOnly? Thanked { get; private set; }

    public bool IsRefused { get; private set; }

    /// <summary>Too many came from this address without signing in.</summary>
    public bool IsTooOften { get; private set; }

    public DateOnly Today => clock.Today();
    public bool WorksHere { get; private set; }
    public bool MayTakeDown { get; private set; }

    public IReadOnlyList<Option> Doors => [.. Option.Of<ObjectionDoor>(L.Door).Where(o => o.Value != nameof(ObjectionDoor.Web))];

    public string Sentence(string kind) => modules.Event(kind) is { } known ? L[known.Sentence] : kind;

    public Guid OperationOf(string form) => !IsRefused ? OperationIds.New() : Refusals.OffersToSendAsNew(HttpContext) ? OperationIds.ToSendAsNew() : OperationId.Posted(Request);

    public async Task<IActionResult> OnGetAsync(string code, string? objection)
    {
        if (!PublicCode.TryParse(code, out var parsed))
            return NotFound();
        if (parsed.Text != code)
            return Redirect(DisclosureLinks.Shown(parsed.Text));
        if (current.Viewer is null && !limit.AllowsLookUp(HttpContext))
            return StatusCode(StatusCodes.Status429TooManyRequests);
        if (await Load(parsed.Text) is null)
            return NotFound();
        Thanked = objection is null ? null : Shown.Objections.FirstOrDefault(o => o.Code == objection)?.DueOn;
        return Page();
    }

    public async Task<IActionResult> OnPostObjectAsync(string code)
    {
        if (!PublicCode.TryParse(code, out var parsed) || await Load(parsed.Text) is not { } community)
            return NotFound();
        IsRefused = true;
        // What is missing is said before it counts against the address.
        if (!ModelState.IsValid)
            return this.Refused([]);
        if (ObjectToDisclosure.CheckText(Input.Text) is { } missing)
            return this.Refused(missing);
        if (current.Viewer is null && !limit.AllowsNote(HttpContext))
        {
            (IsTooOften, Response.StatusCode) = (true, StatusCodes.Status429TooManyRequests);
            return Page();
        }
        var operation = OperationId.Posted(Request);
        var takesDown = MayTakeDown && Input.Door is not null;
        // Somebody of another community objects as anybody does: they are nobody here.
        var act = current.Viewer is { } viewer && viewer.JurisdictionId == community ? viewer.Act(takesDown ? DisclosureAccess.TakeDown : DisclosureAccess.Object, operation) : Act.Unnamed(operation, community);
        var outcome = await objecting.Run(current.Viewer, act, new(parsed.Text, Input.Text, Input.Door, takesDown), HttpContext.RequestAborted);
        return outcome.Accepted ? Redirect($"{DisclosureLinks.Shown(parsed.Text)}?objection={outcome.Code}") : this.Refused(outcome.Problems);
    }

    /// <returns>The community it hangs in; null where nothing of that code was ever up.</returns>
    private async Task<int?> Load(string code)
    {
        if (await find.Find(code, HttpContext.RequestAborted) is not var (shown, community))
            return null;
        (Shown, Place) = (shown, L.Language == Language.English ? community.NameEn : community.Name);
        var here = current.Viewer?.JurisdictionId == community.Id;
        (WorksHere, MayTakeDown) = (here && current.Viewer!.PostFor(DisclosureAccess.See) is not null, here && current.Viewer!.PostFor(DisclosureAccess.TakeDown) is not null);
        if (shown.Kind.IsPersonal)
            Unfound(HttpContext, ViewData);
        return community.Id;
    }

    /// <summary>Kept by no search engine and by no cache: when its time is over it must be gone everywhere.</summary>
    internal static void Unfound(HttpContext context, Microsoft.AspNetCore.Mvc.ViewFeatures.ViewDataDictionary data)
    {
        const string robots = "noindex, nofollow, noarchive, nosnippet";
        context.Response.Headers["X-Robots-Tag"] = robots;
        context.Response.Headers.CacheControl = "no-store";
        data["Robots"] = robots;
    }

    public sealed class InputModel
    {
        public string Text { get; set; } = "";
        public ObjectionDoor? Door { get; set; }
    }
}
