using Hele.Civic.Grids;
using Hele.Civic.Kernel;
using Hele.Web.Hosting;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Grids.Stated;

/// <summary>What was said to have changed: what waits for one's check, what waits for a colleague's, what was answered, and what one said oneself.</summary>
[Needs("change.tell")]
public sealed class StatedModel(ChangeQueries queries, CurrentViewer current, TimeProvider clock) : PageModel
{
    public IReadOnlyList<ChangeLine> Waiting { get; private set; } = [];

    /// <summary>At doors they keep, but of a kind that others register.</summary>
    public IReadOnlyList<ChangeLine> WithOthers { get; private set; } = [];

    public IReadOnlyList<ChangeLine> Done { get; private set; } = [];
    public IReadOnlyList<ChangeLine> Own { get; private set; } = [];

    public bool Checks => current.Required.PostFor(StatedAccess.Check) is not null;

    public bool IsLate(ChangeLine line) => line.DueOn < clock.Today();

    public async Task OnGetAsync()
    {
        Own = await queries.OwnList(current.Required, HttpContext.RequestAborted);
        if (!Checks)
            return;
        var others = (await queries.List(current.Required, cancel: HttpContext.RequestAborted)).Where(l => !l.IsOwn).ToLookup(l => l.State == ChangeState.Stated);
        Waiting = [.. others[true].Where(l => l.MayCheck)];
        WithOthers = [.. others[true].Where(l => !l.MayCheck)];
        Done = [.. others[false]];
    }
}
