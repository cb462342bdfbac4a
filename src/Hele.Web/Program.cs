using Hele.Civic;
using Hele.Civic.Demo;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;
using Hele.Web.Endpoints;
using Hele.Web.Hosting;
using Hele.Web.Ui;

try
{
    await using var app = HeleHost.Build(args);
    await HeleHost.Prepare(app);
    await app.RunAsync();
    return 0;
}
catch (StartupException refused)
{
    Console.Error.WriteLine(refused.Message);
    return 3;
}

public partial class Program;

/// <summary>Puts the host together, and brings the data up before the first request. Tests start from the same two steps.</summary>
public static class HeleHost
{
    /// <param name="configure">For tests: another server, further services.</param>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ApplicationName = typeof(HeleHost).Assembly.GetName().Name, ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        var options = StartOptions.From(builder.Configuration);
        builder.WebHost.UseUrls(options.Urls);
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton<Site>();
        builder.Services.AddHele(options.Storage, options.Clock());
        builder.Services.AddHeleAccess(options);
        builder.Services.AddHeleUi(ui => ui.Shell = ShellOf.Request).AddMvcOptions(mvc => mvc.Filters.Add<OnlyHandled>());
        builder.Host.UseDefaultServiceProvider(provider => (provider.ValidateOnBuild, provider.ValidateScopes) = (true, true));
        configure?.Invoke(builder);

        var app = builder.Build();
        app.UseHeleUi();
        app.UseHeleAccess();
        app.MapRazorPages();
        app.MapLog();
        app.MapFigures();
        app.MapGet("/health", async (Database database, CancellationToken cancel) =>
        {
            await using var lease = await database.Read([], cancel);
            return Results.Text("ok\n");
        }).WithMetadata(new PublicAttribute());
        app.AssertEveryEndpointHasAPolicy();
        return app;
    }

    /// <summary>Takes the directory, upgrades the database, compares logs with their pins; in a demo writes the year and starts its clock.</summary>
    public static async Task Prepare(WebApplication app)
    {
        var options = app.Services.GetRequiredService<StartOptions>();
        var held = DirectoryLock.Take(options.Storage);
        app.Lifetime.ApplicationStopped.Register(held.Dispose);
        var database = app.Services.GetRequiredService<Database>();
        if ((await database.PendingMigrations()).Count > 0)
            await database.Migrate();
        await database.AssertReady();
        await app.Services.GetRequiredService<LogService>().CheckPins();
        // Made now rather than with the first act, so that stopping the program always stops the writer too.
        app.Services.GetRequiredService<Writer>();
        if (options.Demo is not null)
            await DemoSeed.Run(app.Services, options.AsOf);
    }
}
