using Hele.Civic.Appeals;
using Hele.Civic.Grids;
using Hele.Civic.Kernel;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Appeals.List;

/// <summary>The community's appeals, for those who handle or supervise them.</summary>
[Needs("appeal.list")]
public sealed class AppealListModel(AppealQueries queries, GridQueries grids, CurrentViewer current, TimeProvider clock, Texts L) : PageModel
{
    [BindProperty(SupportsGet = true, BinderType = typeof(SearchWords.Binder))]
    public string Search { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public string State { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public string Kind { get; set; } = "";

    /// <summary>Public code.</summary>
    [BindProperty(SupportsGet = true)]
    public string Grid { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public string Channel { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public bool Late { get; set; }

    public Page<AppealLine> Rows { get; private set; } = new([], null, null);

    public DateOnly Today => clock.Today();

    public bool IsNarrowed => Search.Length > 0 || State.Length > 0 || Kind.Length > 0 || Grid.Length > 0 || Channel.Length > 0 || Late;

    public bool MayTakeDown => current.Required.PostFor(AppealAccess.TakeDown) is not null;

    public bool MayReview => current.Required.PostFor(PublicationAccess.Review) is not null;

    public bool SeesHidden => current.Required.PostFor(PublicationAccess.SeeHidden) is not null;

    public IReadOnlyList<Option> States => Option.Of<AppealState>(L.State);

    public IReadOnlyList<Option> Kinds => [.. AppealKinds.All.Select(k => new Option(k.Code, L[k.Title]))];

    public IReadOnlyList<Option> Grids { get; private set; } = [];

    public IReadOnlyList<Option> Channels => Option.Of<Channel>(L.Channel);

    public async Task OnGetAsync(string? after, string? before)
    {
        var filter = new AppealFilter(Enum.GetNames<AppealState>().Contains(State) ? Enum.Parse<AppealState>(State) : null, Kind, Search, Late, Grid, Enum.GetNames<Channel>().Contains(Channel) ? Enum.Parse<Channel>(Channel) : null);
        Grids = [.. (await grids.Names(HttpContext.RequestAborted)).Select(g => new Option(g.Code, g.Title))];
        Rows = await queries.List(current.Required, filter, Today, PageKey.Of(after), PageKey.Of(before), HttpContext.RequestAborted);
    }
}
