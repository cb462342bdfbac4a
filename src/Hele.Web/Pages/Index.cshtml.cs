using Hele.Civic.Appeals;
using Hele.Civic.Kernel;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Reports;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages;

/// <summary>The first page: what this is for; for a resident their own matters, for staff what waits.</summary>
[Public, Indexed]
public sealed class HomeModel(AppealQueries queries, JoinQueries joins, DayQueries day, ReferralQueries referrals, Site site, CurrentViewer current, TimeProvider clock) : PageModel
{
    /// <summary>A day of so few items is shown whole.</summary>
    private const int ShownAtOnce = 8;

    /// <summary>False while no community has been opened in this installation.</summary>
    public bool IsOpened => current.Jurisdiction is not null || Choices.Count > 0;

    /// <summary>The communities to choose from; empty when one is chosen, or there is only one.</summary>
    public IReadOnlyList<Jurisdiction> Choices { get; private set; } = [];

    /// <summary>Where to go after choosing; only inside this site.</summary>
    public string Return { get; private set; } = "/";

    /// <summary>Somebody who works in a sub-district or district: no appeals of their own are filed there.</summary>
    public bool IsAbove => current.Viewer is { Level: not JurisdictionLevel.Community };

    /// <summary>Referrals that wait for an answer; null for those who don't answer them.</summary>
    public int? Referred { get; private set; }

    public bool SeesFigures => current.Viewer?.Has(CommunityFigures.Permission) == true;

    /// <summary>Somebody who comes with their own matters; staff and supervisors come for everybody's.</summary>
    public bool IsResident => current.Viewer is { } viewer && !viewer.Has(AppealAccess.List) && !IsAbove;

    /// <summary>Whoever watches over the matters without handling them.</summary>
    public bool Watches => current.Viewer is { } viewer && viewer.Has(AppealAccess.List) && viewer.PostFor(AppealAccess.TakeDown) is null;

    public string Community(string language) => current.Jurisdiction is not { } j ? "" : language == Ui.Language.English ? j.NameEn : j.Name;

    /// <summary>The viewer's own appeals, those that need their word first.</summary>
    public IReadOnlyList<AppealLine> Own { get; private set; } = [];

    /// <summary>The matters they joined, those that need their word first.</summary>
    public IReadOnlyList<JoinLine> Joined { get; private set; } = [];

    /// <summary>What waits for somebody in their posts; null for whoever holds none.</summary>
    public IReadOnlyList<DayItem>? Day { get; private set; }

    /// <summary>The part of a long day that presses: what is late or due within a week.</summary>
    public IReadOnlyList<DayItem> Soon { get; private set; } = [];

    /// <summary>The rest, which a reader opens when there is time.</summary>
    public IReadOnlyList<DayItem> Later { get; private set; } = [];

    public bool MaySettle => current.Viewer?.PostFor(AppealAccess.OnTheSpot) is not null;

    public DateOnly Today => clock.Today();

    /// <param name="choose">Asked for by somebody who isn't signed in and wants another community.</param>
    public async Task OnGetAsync(string? choose, [Microsoft.AspNetCore.Mvc.FromQuery(Name = "return")] string? back)
    {
        var cancel = HttpContext.RequestAborted;
        if (current.Viewer is not { } viewer)
        {
            if (current.Jurisdiction is null || choose is not null)
                Choices = await site.Communities(cancel) is { Count: > 1 } several ? several : [];
            Return = LocalPath.Or(back);
            return;
        }
        if (IsAbove)
        {
            Referred = viewer.Has(ReferralAccess.See) ? await referrals.Waiting(viewer, cancel) : null;
            return;
        }
        Own = [.. (await queries.Own(viewer, cancel)).OrderByDescending(a => a.Asks(Today))];
        Joined = [.. (await joins.Own(viewer, cancel)).OrderByDescending(j => j.Asks)];
        if (!viewer.IsStaff)
            return;
        Day = await day.Of(viewer, cancel);
        // The most pressing come first; when nothing presses the first few stand open.
        var pressing = Day.Count <= ShownAtOnce ? Day.Count : Day.Count(i => i.AtOnce || i.DueAt is not null || i.Due <= Today.AddDays(7));
        Soon = [.. Day.Take(pressing == 0 ? ShownAtOnce : pressing)];
        Later = [.. Day.Skip(Soon.Count)];
    }
}
