using Hele.Civic.Appeals;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Appeals.Public;

/// <summary>A resident who reads of a matter that is theirs too joins it, from its public page.</summary>
[Needs("appeal.join")]
public sealed class TooModel(FindPublished published, CurrentViewer current, JoinAppeal join, Texts L) : PageModel
{
    [BindProperty]
    public TooInput Input { get; set; } = new();

    public PublicMatter Matter { get; private set; } = null!;
    public Jurisdiction Community { get; private set; } = null!;

    public bool IsHere => Community.Id == current.Required.JurisdictionId;
    public bool IsOpen => !Appeal.Closed.Contains(Matter.State);

    public async Task<IActionResult> OnGetAsync(string code) => await Find(code) is { } parsed ? parsed == code ? Page() : Redirect(AppealLinks.Too(parsed)) : NotFound();

    public async Task<IActionResult> OnPostAsync(string code)
    {
        if (await Find(code) is not { } parsed)
            return NotFound();
        var outcome = await join.Run(current.Required.Act(JoiningAccess.Join, OperationId.Posted(Request)), new(parsed, Input.Text), HttpContext.RequestAborted);
        if (!outcome.Accepted)
            return this.Refused(outcome.Problems, nameof(Input));
        this.Say(L["您已加入这件事。"]);
        return Redirect(AppealLinks.Joined(outcome.Code!));
    }

    /// <summary>The code in its one spelling; null when nothing of it is public.</summary>
    private async Task<string?> Find(string code)
    {
        if (!PublicCode.TryParse(code, out var parsed) || await published.Find(parsed.Text, HttpContext.RequestAborted) is not { } found)
            return null;
        (Matter, Community) = (found.Matter, found.Community);
        return parsed.Text;
    }

    public sealed class TooInput
    {
        public string Text { get; set; } = "";
    }
}
