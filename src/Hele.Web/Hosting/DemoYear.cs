using Hele.Civic.Demo;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Hosting;

/// <summary>
/// The demo's year, written while the program serves: what is public can be read and shows how far it is. Signing in and every form wait, because
/// the demo's clock runs through a year in seconds, and no session lives that long.
/// </summary>
public sealed class DemoYear(StartOptions options, LogService log, Site site, IServiceProvider services, ILogger<DemoYear> logger) : IProgress<DemoProgress>
{
    private const int Tell = 200;
    private volatile Tuple<DemoProgress>? _progress = options.Demo is null || log.ReadOnlyReason is not null ? null : Tuple.Create(new DemoProgress(0, 1));

    /// <summary>How far it is; null when nothing is being written.</summary>
    public DemoProgress? Progress => _progress?.Item1;

    /// <summary>Writes what is missing of the year and starts the demo's clock. Does nothing where there is no demo or nothing can be written.</summary>
    /// <exception cref="StartupException">The data are no demo's, or another one's.</exception>
    public async Task Write(CancellationToken cancel)
    {
        if (log.ReadOnlyReason is not null)
            _progress = null;
        if (_progress is null)
            return;
        try
        {
            await DemoSeed.Run(services, options.AsOf, this, cancel);
            _progress = null;
        }
        catch (DemoRefusedException refused)
        {
            throw new StartupException(refused.Sentence, refused);
        }
    }

    void IProgress<DemoProgress>.Report(DemoProgress value)
    {
        _progress = Tuple.Create(value);
        if (value.Done % Tell == 0 || value.Done == value.Total)
            logger.LogInformation("Demo: {Done} of {Total} acts", value.Done, value.Total);
    }

    /// <summary>Whether this request has to wait until the year is written: signing in, any form, and, until there is a community, every page.</summary>
    public async ValueTask<bool> Keeps(HttpContext context)
    {
        if (_progress is null || context.GetEndpoint()?.Metadata.GetMetadata<PageActionDescriptor>() is null)
            return false;
        return !HttpMethods.IsGet(context.Request.Method) || context.Request.Path.StartsWithSegments(AccessHosting.SignInPath, StringComparison.Ordinal)
            || (await site.Communities(context.RequestAborted)).Count == 0;
    }

    /// <summary>Puts the waiting in front of everything that needs somebody to be signed in. The page that says so comes back by itself.</summary>
    public static void Use(WebApplication app) => app.Use(async (context, next) =>
    {
        if (!AccessHosting.IsErrorPage(context) && await context.RequestServices.GetRequiredService<DemoYear>().Keeps(context))
        {
            context.Response.Headers.RetryAfter = "3";
            context.Response.Headers["Refresh"] = "3";
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }
        await next(context);
    });
}
