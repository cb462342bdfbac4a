namespace Hele.Web.Hosting;

/// <summary>
/// Elder mode: text of at least 18 pt and targets of at least 60 px, as the national norm for elder versions asks
/// (MIIT 2021, general design rules for an ageing-friendly internet). Only a class on the html element; the pages are the same.
/// </summary>
public static class ElderMode
{
    public const string Cookie = "hele-elder";
    public const string SwitchPath = "/elder-mode";

    public static bool IsOn(HttpContext context) => context.Request.Cookies[Cookie] == "1";

    /// <summary>POST /elder-mode with <c>to</c> (on, off) and <c>return</c> (a local path).</summary>
    public static void MapElderSwitch(this IEndpointRouteBuilder app) => app.MapPreference(SwitchPath, Cookie, static to => to switch
    {
        "on" => "1",
        "off" => "0",
        _ => null,
    });
}
