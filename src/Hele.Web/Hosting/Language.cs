using System.Globalization;
using Hele.Web.Ui;

namespace Hele.Web.Hosting;

/// <summary>The language of the answer, and the switch.</summary>
public static class LanguageHosting
{
    public const string SwitchPath = "/language";

    private static readonly CultureInfo Zh = CultureInfo.GetCultureInfo("zh-CN");
    private static readonly CultureInfo En = CultureInfo.GetCultureInfo("en");

    /// <summary>
    /// Sets the language framework messages are said in. Parsing and formatting stay invariant whatever the server's or the reader's
    /// language: a date in a form is always yyyy-MM-dd, a number has a point.
    /// </summary>
    public static IApplicationBuilder UseLanguage(this IApplicationBuilder app) => app.Use(static (context, next) =>
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        CultureInfo.CurrentUICulture = Language.Of(context) == Language.English ? En : Zh;
        context.Response.OnStarting(static state =>
        {
            var response = ((HttpContext)state).Response;
            if (response.ContentType?.StartsWith("text/html", StringComparison.Ordinal) == true)
                response.Headers.Append("Vary", "Cookie, Accept-Language");
            return Task.CompletedTask;
        }, context);
        return next(context);
    });

    /// <summary>POST /language with <c>to</c> (zh, en) and <c>return</c> (a local path).</summary>
    public static void MapLanguageSwitch(this IEndpointRouteBuilder app) => app.MapPreference(SwitchPath, Language.Cookie, static to => to switch
    {
        Language.English => Language.English,
        Language.Chinese => Language.Chinese,
        _ => null,
    });
}

/// <summary>A display preference of this browser, kept in a cookie and set by a POST that returns to the page it came from.</summary>
internal static class Preferences
{
    /// <param name="accept">The cookie's value for what was posted; null when that is no choice at all, which is answered 400.</param>
    /// <remarks>Without antiforgery token on purpose: it changes how pages look in this browser and nothing else, and public pages stay without a cookie.</remarks>
    public static void MapPreference(this IEndpointRouteBuilder app, string path, string cookie, Func<string, string?> accept) =>
        app.MapPost(path, async (HttpContext context) =>
        {
            if (await ReadForm(context) is not { } form)
                return Results.StatusCode(StatusCodes.Status400BadRequest);
            if (accept(form["to"].ToString()) is not { } value)
                return Results.StatusCode(StatusCodes.Status400BadRequest);
            context.Response.Cookies.Append(cookie, value, new CookieOptions
            {
                Path = "/",
                MaxAge = TimeSpan.FromDays(365),
                SameSite = SameSiteMode.Lax,
                HttpOnly = true,
                Secure = context.Request.IsHttps,
                IsEssential = true,
            });
            context.Response.Headers.Location = LocalPath.Or(form["return"].ToString());
            return Results.StatusCode(StatusCodes.Status303SeeOther);
        }).AllowAnonymous().DisableAntiforgery();

    /// <summary>Null when what was sent is no form, or more than any form holds. Pages with a token answer such a thing the same.</summary>
    public static async Task<IFormCollection?> ReadForm(HttpContext context)
    {
        if (!context.Request.HasFormContentType)
            return null;
        try
        {
            // The words of a form with photos; the photos themselves can't be given back.
            if (SentFiles.Takes(context) && !await SentFiles.Read(context, keep: false))
                return null;
            return await context.Request.ReadFormAsync(context.RequestAborted);
        }
        catch (Exception broken) when (SentForms.IsBroken(broken))
        {
            return null;
        }
    }
}
