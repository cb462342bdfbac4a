namespace Hele.Web.Hosting;

/// <summary>The headers of every answer: pages, files, errors, end points.</summary>
public static class SecurityHeaders
{
    /// <summary>Nothing inline, nothing foreign. A page that needs more (map tiles) says so itself; this is the floor.</summary>
    public const string ContentSecurityPolicy =
        "default-src 'self'; img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'";

    private static readonly KeyValuePair<string, string>[] Always =
    [
        new("Content-Security-Policy", ContentSecurityPolicy),
        new("X-Content-Type-Options", "nosniff"),
        new("X-Frame-Options", "DENY"),
        new("Referrer-Policy", "same-origin"),
        new("Cross-Origin-Opener-Policy", "same-origin"),
        new("Cross-Origin-Resource-Policy", "same-origin"),
        new("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=(), display-capture=(), browsing-topics=()"),
    ];

    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app)
    {
        // An invented community must not be found among real ones.
        var isDemo = app.ApplicationServices.GetService<StartOptions>() is { Demo: not null };
        Func<object, Task> write = state => Write((HttpContext)state, isDemo);
        return app.Use((context, next) =>
        {
            // At the start of the answer, because the error handler clears what was set before.
            context.Response.OnStarting(write, context);
            return next(context);
        });
    }

    private static Task Write(HttpContext context, bool isDemo)
    {
        var headers = context.Response.Headers;
        foreach (var (name, value) in Always)
            headers.TryAdd(name, value);
        if (isDemo || context.Response.StatusCode != StatusCodes.Status200OK || context.GetEndpoint()?.Metadata.GetMetadata<IndexedAttribute>() is null)
            headers.TryAdd("X-Robots-Tag", "noindex");
        if (context.Request.IsHttps)
            headers.TryAdd("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
        // What a signed-in person saw must not be found in the browser's cache by the next person at the same desk.
        if (context.User.Identity?.IsAuthenticated == true)
            headers.CacheControl = "no-store";
        return Task.CompletedTask;
    }
}
