using Hele.Civic.Appeals;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Appeals.Entered;

/// <summary>For whoever holds the paper of a verdict that was entered for them: what was entered, and the button that says it isn't theirs. Needs no signing in.</summary>
[Public]
public sealed class EnteredModel(FindEnteredVerdict find, ContestVerdict contest, CurrentViewer current, Limits limit, TimeProvider clock, Texts L) : PageModel
{
    [BindProperty]
    public string Text { get; set; } = "";

    public EnteredVerdict Verdict { get; private set; } = null!;

    public bool IsTooOften { get; private set; }

    /// <summary>Colleagues take it down on the matter's own page, under their own name.</summary>
    public bool IsStaff => current.Viewer is { IsStaff: true };

    public bool CanBeContested => Verdict.CanBeContested(clock.Today());

    public async Task<IActionResult> OnGetAsync(string code)
    {
        if (!PublicCode.TryParse(code, out var parsed))
            return NotFound();
        if (parsed.Text != code)
            return Redirect(AppealLinks.Entered(parsed.Text));
        if (!limit.AllowsLookUp(HttpContext))
            return StatusCode(StatusCodes.Status429TooManyRequests);
        return await Load(code) ? Page() : NotFound();
    }

    public async Task<IActionResult> OnPostAsync(string code)
    {
        if (!PublicCode.TryParse(code, out var parsed))
            return NotFound();
        // A guessed code learns nothing faster by posting it.
        if (!limit.AllowsLookUp(HttpContext))
            return StatusCode(StatusCodes.Status429TooManyRequests);
        if (!await Load(parsed.Text))
            return NotFound();
        if (!ModelState.IsValid)
            return this.Refused([]);
        if (!limit.AllowsNote(HttpContext))
        {
            (IsTooOften, Response.StatusCode) = (true, StatusCodes.Status429TooManyRequests);
            return Page();
        }
        var outcome = await contest.Run(current.Viewer, Act.Unnamed(OperationId.Posted(Request), Verdict.Place), new("", Text) { Paper = parsed.Text }, HttpContext.RequestAborted);
        if (!outcome.Accepted)
        {
            await Load(parsed.Text);
            return this.Refused(outcome.Problems);
        }
        this.Say(L["已记下：这次评价划去，不再计入。居务监督委员会会了解情况。"]);
        return Redirect(AppealLinks.Entered(parsed.Text));
    }

    private async Task<bool> Load(string code)
    {
        if (await find.Find(code, HttpContext.RequestAborted) is not { } verdict)
            return false;
        Verdict = verdict;
        return true;
    }
}
