using System.Net;
using Hele.Civic.Platform.Accounts;
using Microsoft.AspNetCore.Connections;
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

    /// <summary>Whoever opens a connection says what they want within this time: a browser does at once.</summary>
    public static readonly TimeSpan HeadersWithin = TimeSpan.FromSeconds(15);

    /// <summary>A connection on which nothing is asked is closed: a browser opens another when it needs one.</summary>
    public static readonly TimeSpan IdleFor = TimeSpan.FromSeconds(60);

    /// <summary>Slower than the slowest telephone line, after the first seconds: what sends or takes so little is holding a connection, not using it.</summary>
    public const int LeastBytesPerSecond = 512;

    /// <summary>Connections at the same time, of everybody.</summary>
    public const int MostConnections = 8192;

    /// <summary>Of one address: many people may stand behind it, but not as many as could keep everybody else out.</summary>
    public const int MostConnectionsOfAnAddress = 1024;

    public static void AddFront(this IServiceCollection services)
    {
        services.AddOptions<FrontOptions>();
        services.AddSingleton<SecurityLog>();
        services.AddSingleton<OpenConnections>();
        services.Configure<KestrelServerOptions>(o =>
        {
            o.Limits.MaxRequestBodySize = MostBytes;
            o.Limits.MaxRequestHeadersTotalSize = 16 << 10;
            o.Limits.MaxRequestLineSize = 4 << 10;
            o.Limits.MaxRequestHeaderCount = 60;
            o.Limits.RequestHeadersTimeout = HeadersWithin;
            o.Limits.KeepAliveTimeout = IdleFor;
            o.Limits.MinRequestBodyDataRate = new MinDataRate(LeastBytesPerSecond, gracePeriod: TimeSpan.FromSeconds(10));
            o.Limits.MinResponseDataRate = new MinDataRate(LeastBytesPerSecond, gracePeriod: TimeSpan.FromSeconds(10));
            o.Limits.MaxConcurrentConnections = MostConnections;
            o.Limits.MaxConcurrentUpgradedConnections = 0;
            o.ConfigureEndpointDefaults(endpoint => endpoint.Use(next => connection => o.ApplicationServices.GetRequiredService<OpenConnections>().Serve(connection, next)));
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
            if (!IsName(context.Request) || (options.Hosts.Count > 0 && !options.Hosts.Contains(context.Request.Host.Host, StringComparer.OrdinalIgnoreCase)))
                return Refuse(context, "host");
            // The server takes a list that ends in chunked; a proxy may read it otherwise, and what one takes for the body be the next request to the other.
            if (context.Request.Headers.TransferEncoding is { Count: > 0 } encoding && !string.Equals(encoding, "chunked", StringComparison.OrdinalIgnoreCase))
            {
                context.Response.Headers.Connection = "close";
                return Refuse(context, "encoding");
            }
            return IsForeignForm(context.Request) ? Refuse(context, "foreign") : next(context);
        });
        app.Use(async (context, next) =>
        {
            try
            {
                await next(context);
            }
            catch (Microsoft.AspNetCore.Http.BadHttpRequestException bad) when (!context.Response.HasStarted)
            {
                // The sender's fault, found while their body was read: a broken chunk, more than is taken, too slow.
                context.Response.StatusCode = bad.StatusCode;
            }
        });
    }

    /// <summary>Whether the program was called by something an address can be made of; the server lets an empty name pass, a port of five nines and a name with two dots in a row.</summary>
    private static bool IsName(HttpRequest request)
    {
        try
        {
            return request.Host.HasValue && Uri.TryCreate($"{request.Scheme}://{request.Host.ToUriComponent()}/", UriKind.Absolute, out _);
        }
        catch (ArgumentException)
        {
            return false;
        }
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

/// <summary>
/// Counts the connections of each address, so that nobody alone can hold all there are. A proxy that was named speaks for everybody and isn't counted. What is too much is closed unanswered, before a byte
/// of it is read: whoever holds a thousand open has no use for a sentence.
/// </summary>
public sealed class OpenConnections(Microsoft.Extensions.Options.IOptions<FrontOptions> front)
{
    private readonly Dictionary<string, int> _open = [];

    public async Task Serve(ConnectionContext connection, ConnectionDelegate next)
    {
        var address = (connection.RemoteEndPoint as IPEndPoint)?.Address;
        if (address is null || front.Value.Proxies.Any(p => Same(p, address)))
        {
            await next(connection);
            return;
        }
        var network = SignInClient.NetworkOf(address);
        if (!Come(network))
        {
            connection.Abort();
            return;
        }
        try
        {
            await next(connection);
        }
        finally
        {
            Gone(network);
        }
    }

    private bool Come(string network)
    {
        lock (_open)
        {
            var open = _open.GetValueOrDefault(network);
            if (open >= Front.MostConnectionsOfAnAddress)
                return false;
            _open[network] = open + 1;
            return true;
        }
    }

    private void Gone(string network)
    {
        lock (_open)
        {
            if (--_open[network] == 0)
                _open.Remove(network);
        }
    }

    private static bool Same(IPAddress a, IPAddress b) => (a.IsIPv4MappedToIPv6 ? a.MapToIPv4() : a).Equals(b.IsIPv4MappedToIPv6 ? b.MapToIPv4() : b);
}
