using Hele.Civic.BreakGlass;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Html;

namespace Hele.Web.Pages.BreakGlass;

/// <summary>The addresses of break-glass.</summary>
public static class EmergencyLinks
{
    public const string List = "/break-glass", New = "/break-glass/new";

    public static string Of(string code) => "/break-glass/" + code;

    /// <summary>Where a page leads to when it refused to open somebody's telephone number.</summary>
    public static string ForPerson(string code) => New + "?person=" + code;
}

public static class EmergencyWords
{
    /// <summary>Where it stands; one that ran out by the clock says so.</summary>
    public static IHtmlContent Badge(this Texts L, EmergencyLine line, DateTimeOffset now) => line.State switch
    {
        EmergencyState.Justified => StateTagHelper.Badge(Tone.Done, L[EmergencyAccess.LifeCycle.StateTitle(line.State)]),
        EmergencyState.NotJustified => StateTagHelper.Badge(Tone.Refused, L[EmergencyAccess.LifeCycle.StateTitle(line.State)]),
        EmergencyState.Opened when line.IsRunning(now) => StateTagHelper.Badge(Tone.Progress, L["正在使用"]),
        EmergencyState.Opened => StateTagHelper.Badge(Tone.Neutral, L["已到时间，待复核"]),
        _ => StateTagHelper.Badge(Tone.Neutral, L[EmergencyAccess.LifeCycle.StateTitle(line.State)]),
    };

    public static string What(this Texts L, string seal) => Civic.Modules.All.EmergencySeals.FirstOrDefault(s => s.Code == seal) is { } known ? L[known.Title] : seal;
}
