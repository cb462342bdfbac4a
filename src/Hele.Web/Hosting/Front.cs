using System.Net;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Hele.Web.Hosting;

/// <summary>What the program believes of a request before anything looks at it.</summary>
public sealed class FrontOptions
{
    /// <summary>The names this installation answers to; empty: any.</summary>
    public IReadOnlyList<string> Hosts { get; set; } = [];

    /// <summary>Proxies whose word about the client's address and scheme counts; of anybody else it doesn't.</summary>
    public IReadOnlyList<IPAddress> Proxies { get; set; } = [];
}

/// <summary>The first steps of every request: whose word counts, which name was called, whether a form stood on a page of ours, how much may be sent.</summary>
public static class Front
{
    /// <summary>More than any form of text needs; a page that takes files says so itself.</summary>
    public const int MostBytes = 1 << 20;

    /// <summary>One field's value; the longest text a form takes has some thousand characters.</summary>
    public const int MostOfAField = 1 << 17;

    public const int MostFields = 1000;

    public static void AddFront(this IServiceCollection services)
    {
        services.AddOptions<FrontOptions>();
        services.AddSingleton<SecurityLog>();
        services.Configure<KestrelServerOptions>(o =>
        {
            o.Limits.MaxRequestBodySize = MostBytes;
            o.Limits.MaxRequestHeadersTotalSize = 16 << 10;
            o.Limits.MaxRequestLineSize = 4 << 10;
            o.Limits.MaxRequestHeaderCount = 60;
        });
        services.Configure<FormOptions>(o =>
        {
            o.ValueLengthLimit = MostOfAField;
            o.KeyLengthLimit = 200;
            o.ValueCountLimit = MostFields;
            o.BufferBodyLengthLimit = MostBytes;
            o.MultipartBodyLengthLimit = MostBytes;
        });
    }

    public static void UseFront(this WebApplication app)
    {
        var options = app.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<FrontOptions>>().Value;
        if (options.Proxies.Count > 0)
        {
            var forwarded = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto };
            forwarded.KnownIPNetworks.Clear();
            forwarded.KnownProxies.Clear();
            foreach (var proxy in options.Proxies)
                forwarded.KnownProxies.Add(proxy);
            app.UseForwardedHeaders(forwarded);
        }
        app.Use((context, next) =>
        {
            // The page that says so comes through here again.
            if (context.Features.Get<IStatusCodeReExecuteFeature>() is not null || context.Features.Get<IExceptionHandlerFeature>() is not null)
                return next(context);
            if (options.Hosts.Count > 0 && !options.Hosts.Contains(context.Request.Host.Host, StringComparer.OrdinalIgnoreCase))
                return Refuse(context, "host");
            return IsForeignForm(context.Request) ? Refuse(context, "foreign") : next(context);
        });
    }

    /// <summary>
    /// Whether a browser says that what changes something was sent from another site. The antiforgery token stands behind this for every form;
    /// this also holds for the few posts without one.
    /// </summary>
    internal static bool IsForeignForm(HttpRequest request)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method))
            return false;
        if (request.Headers.TryGetValue("Sec-Fetch-Site", out var site))
            return site.Count != 1 || site[0] is not ("same-origin" or "none");
        return request.Headers.TryGetValue("Origin", out var origin)
            && !(Uri.TryCreate(origin, UriKind.Absolute, out var from) && Uri.TryCreate($"{from.Scheme}://{request.Host}", UriKind.Absolute, out var here)
                && from.Authority.Equals(here.Authority, StringComparison.OrdinalIgnoreCase));
    }

    private static Task Refuse(HttpContext context, string reason)
    {
        context.RequestServices.GetRequiredService<SecurityLog>().ForeignRefused(context, reason);
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        return Task.CompletedTask;
    }
}
