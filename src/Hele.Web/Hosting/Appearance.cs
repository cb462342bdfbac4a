namespace Hele.Web.Hosting;

/// <summary>Light or dark: as the device is set, or as chosen in this browser. Only another style sheet; the pages are the same.</summary>
public static class Appearance
{
    public const string Cookie = "hele-appearance";
    public const string SwitchPath = "/appearance";
    public const string AsDevice = "device", Light = "light", Dark = "dark";

    public static string Of(HttpContext context) => context.Request.Cookies[Cookie] is (Light or Dark) and var chosen ? chosen : AsDevice;

    /// <summary>For which media the dark colours are served; null: for none. Never on paper.</summary>
    public static string? DarkMedia(HttpContext context) => Of(context) switch
    {
        Dark => "screen",
        Light => null,
        _ => "screen and (prefers-color-scheme: dark)",
    };

    /// <summary>POST /appearance with <c>to</c> (device, light, dark) and <c>return</c> (a local path).</summary>
    public static void MapAppearanceSwitch(this IEndpointRouteBuilder app) => app.MapPreference(SwitchPath, Cookie, static to => to is AsDevice or Light or Dark ? to : null);
}
