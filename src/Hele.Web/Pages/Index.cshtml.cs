using Hele.Civic.Appeals;
using Hele.Civic.Kernel;
using Hele.Web.Hosting;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages;

/// <summary>The first page: what this is for; for a resident their own matters, for staff what waits.</summary>
[Public]
public sealed class HomeModel(AppealQueries queries, CurrentViewer current, TimeProvider clock) : PageModel
{
    private const int Most = 8;

    /// <summary>False while no community has been opened in this installation.</summary>
    public bool IsOpened => current.Jurisdiction is not null;

    /// <summary>Somebody who comes with their own matters; staff and supervisors come for everybody's.</summary>
    public bool IsResident => current.Viewer is { } viewer && !viewer.Has(AppealAccess.List);

    /// <summary>Whoever watches over the matters without handling them.</summary>
    public bool Watches => current.Viewer is { } viewer && viewer.Has(AppealAccess.List) && viewer.PostFor(AppealAccess.Accept) is null;

    public string Community(string language) => current.Jurisdiction is not { } j ? "" : language == Ui.Language.English ? j.NameEn : j.Name;

    /// <summary>The viewer's own appeals, those that need their word first.</summary>
    public IReadOnlyList<AppealLine> Own { get; private set; } = [];

    /// <summary>What waits for staff; null for everybody else.</summary>
    public IReadOnlyList<AppealLine>? Waiting { get; private set; }

    public bool HasMore { get; private set; }

    public DateOnly Today => clock.Today();

    public async Task OnGetAsync()
    {
        if (current.Viewer is not { } viewer)
            return;
        var cancel = HttpContext.RequestAborted;
        Own = [.. (await queries.Own(viewer, cancel)).OrderByDescending(a => a.State == AppealState.Answered)];
        if (viewer.PostFor(AppealAccess.Accept) is null)
            return;
        var waiting = await queries.Waiting(viewer, Today.AddDays(2), Most + 1, cancel);
        (Waiting, HasMore) = ([.. waiting.Take(Most)], waiting.Count > Most);
    }
}
