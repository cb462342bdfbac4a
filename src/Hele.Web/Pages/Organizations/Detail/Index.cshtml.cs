using Hele.Civic.Kernel;
using Hele.Civic.Organizations;
using Hele.Web.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Organizations.Detail;

/// <summary>One body: for everybody what it is for and who holds its public offices; for those who work here every seat, now and before.</summary>
[Public]
public sealed class BodyModel(BodyQueries queries, TeamQueries teams, HonourQueries honours, CurrentViewer current, TimeProvider clock) : PageModel
{
    public BodyView View { get; private set; } = null!;

    /// <summary>Of a service team: who is there today and answers for what.</summary>
    public TeamView? Team { get; private set; }

    public IReadOnlyList<HonourLine> Honours { get; private set; } = [];

    public DateOnly Today => clock.Today();
    public bool MayKeep => View.To is null && current.Viewer?.PostFor(OrganizationAccess.KeepOf(View.Line.Kind)) is not null;

    public async Task<IActionResult> OnGetAsync(string code)
    {
        if (!PublicCode.TryParse(code, out var parsed) || await queries.Find(current.Viewer, parsed.Text, HttpContext.RequestAborted) is not { } view)
            return NotFound();
        if (parsed.Text != code)
            return Redirect(OrganizationLinks.Of(parsed.Text));
        View = view;
        Honours = await honours.List(current.Viewer, new(Body: parsed.Text), HttpContext.RequestAborted);
        Team = view.Line.Kind == BodyKind.ServiceTeam ? await teams.Find(current.Viewer, parsed.Text, HttpContext.RequestAborted) : null;
        return Page();
    }
}
