using Hele.Civic.Reports;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Reports.Stories;

/// <summary>Every story, with where it stands. What a draft says isn't here: it is sealed.</summary>
[Needs("story.list")]
public sealed class StoriesModel(ReportStories stories, CurrentViewer current, Texts L) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string State { get; set; } = "";

    public IReadOnlyList<StoryLine> Rows { get; private set; } = [];
    public IReadOnlyList<Option> States => Option.Of<StoryState>(L.State);
    public bool IsNarrowed => State.Length > 0;
    public bool MayWrite => current.Viewer?.PostFor(StoryAccess.Write) is not null;

    public async Task OnGetAsync() => Rows = await stories.List(current.Required, Enum.TryParse<StoryState>(State, out var state) && Enum.IsDefined(state) ? state : null, HttpContext.RequestAborted);
}
