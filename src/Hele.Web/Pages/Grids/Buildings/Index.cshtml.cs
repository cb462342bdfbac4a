using Hele.Civic.Grids;
using Hele.Web.Hosting;
using Hele.Web.Pages.Appeals;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Grids.Buildings;

/// <summary>The buildings of the community, and its compounds.</summary>
[Needs("place.list")]
public sealed class BuildingListModel(GridQueries queries, CurrentViewer current, SearchWords words, Texts L) : PageModel
{
    [BindProperty(SupportsGet = true, BinderType = typeof(SearchWords.Binder))]
    public string Search { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public string Compound { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public string Grid { get; set; } = "";

    public BuildingPage Rows { get; private set; } = new([], null, null, 0);
    public IReadOnlyList<CompoundLine> Compounds { get; private set; } = [];
    public IReadOnlyList<Option> Grids { get; private set; } = [];

    public bool MayKeep => current.Required.PostFor(GridAccess.Keep) is not null;
    public bool SeesHouseholds => current.Required.PostFor(GridAccess.SeeHouseholds) is not null;
    public bool IsNarrowed => Search.Length + Compound.Length + Grid.Length > 0;

    public async Task OnGetAsync(string? after, string? before)
    {
        var cancel = HttpContext.RequestAborted;
        Rows = await queries.Buildings(current.Required, BuildingFile.Filter(new(Request, words)), PageKey.Of(after), PageKey.Of(before), cancel);
        Compounds = await queries.Compounds(cancel);
        Grids = [.. (await queries.Grids(cancel)).Select(g => new Option(g.Code, g.Name)), new(BuildingFilter.NoGrid, L["没有划入网格的"])];
    }
}
