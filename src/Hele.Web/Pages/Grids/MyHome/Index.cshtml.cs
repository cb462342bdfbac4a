using Hele.Civic.Grids;
using Hele.Web.Hosting;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Grids.MyHome;

/// <summary>What the community holds about one's own household, and what one said has changed.</summary>
[Needs("change.tell")]
public sealed class MyHomeModel(ChangeQueries queries, CurrentViewer current) : PageModel
{
    /// <summary>Null while the register doesn't know where they live.</summary>
    public OwnHousehold? Home { get; private set; }

    public IReadOnlyList<ChangeLine> Said { get; private set; } = [];

    public async Task OnGetAsync()
    {
        Home = await queries.Own(current.Required, HttpContext.RequestAborted);
        Said = await queries.OwnList(current.Required, HttpContext.RequestAborted);
    }
}
