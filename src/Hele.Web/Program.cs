using Hele.Civic;
using Hele.Civic.Demo;
using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Notices.Mail;
using Hele.Civic.Platform.Sealing;
using Hele.Civic.Platform.Storage;
using Hele.Web.Endpoints;
using Hele.Web.Hosting;
using Hele.Web.Pages.Exports;
using Hele.Web.Ui;
using Microsoft.Extensions.DependencyInjection.Extensions;

if (args is ["--help" or "-h" or "-?", ..])
{
    Console.Out.Write(StartOptions.Help);
    return 0;
}
try
{
    await using var app = HeleHost.Build(args);
    await HeleHost.Prepare(app);
    await app.StartAsync();
    await HeleHost.Greet(app, Console.Out);
    try
    {
        await app.Services.GetRequiredService<DemoYear>().Write(app.Lifetime.ApplicationStopping);
        HeleHost.GreetDemo(app, Console.Out);
    }
    catch (OperationCanceledException) when (app.Lifetime.ApplicationStopping.IsCancellationRequested)
    {
        // Stopped half-way: the next start goes on where this one was.
    }
    await app.WaitForShutdownAsync();
    return 0;
}
catch (StartupException refused)
{
    Console.Error.WriteLine(refused.Message);
    return 3;
}
catch (IOException busy) when (busy.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
{
    Console.Error.WriteLine(new StartupException(($"这个地址已有别的程序在用，请用 --urls 换一个：{busy.Message}", $"{busy.Message} Another program listens there; choose another address with --urls."), busy).Message);
    return 3;
}
catch (Exception failure) when (MachineTrouble.Says(failure) is { } says)
{
    Console.Error.WriteLine(new StartupException(($"没有启动：{says.Zh}", $"Not started: {says.En}"), failure).Message);
    return 3;
}

public partial class Program;

/// <summary>Puts the host together, and brings the data up before the first request. Tests start from the same two steps.</summary>
public static class HeleHost
{
    /// <param name="configure">For tests: another server, further services.</param>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        StartOptions.Check(args);
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ApplicationName = typeof(HeleHost).Assembly.GetName().Name, ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        // It warns at every first start that its keys aren't sealed (see AccessHosting).
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager", LogLevel.Error);
        var options = StartOptions.From(builder.Configuration);
        builder.Logging.ClearProviders();
        if (options.JsonLog)
            builder.Logging.AddJsonConsole(console => (console.UseUtcTimestamp, console.TimestampFormat) = (true, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'"));
        else
            builder.Logging.AddSimpleConsole(console => (console.SingleLine, console.UseUtcTimestamp, console.TimestampFormat) = (true, true, "yyyy-MM-dd HH:mm:ss'Z' "));
        builder.WebHost.UseUrls(options.Urls);
        builder.Services.AddSingleton(options);
        builder.Services.Configure<FrontOptions>(front => (front.Hosts, front.Proxies) = (options.Hosts, options.Proxies));
        builder.Services.AddSingleton<Site>();
        builder.Services.AddSingleton<DemoYear>();
        var clock = options.Clock();
        builder.Services.AddHele(options.Storage, clock);
        builder.Services.Replace(ServiceDescriptor.Singleton(options.Policy(clock)));
        builder.Services.AddHeleAccess(options);
        builder.Services.AddListFiles();
        builder.Services.AddSingleton<Housekeeping>();
        builder.Services.AddHostedService(services => services.GetRequiredService<Housekeeping>());
        builder.Services.AddSingleton(options.Witnesses);
        builder.Services.AddSingleton<Witnesses>();
        builder.Services.AddHostedService<Witnessing>();
        builder.Services.Replace(ServiceDescriptor.Singleton(new MailSetup(options.Smtp)));
        builder.Services.AddHostedService<Mailing>();
        if (options.WitnessFor is { } watched)
            builder.Services.AddSingleton(watched).AddSingleton<Witness>();
        builder.Services.AddSingleton<Checking>();
        builder.Services.AddHostedService(services => services.GetRequiredService<Checking>());
        builder.Services.AddHeleUi(ui => ui.Shell = ShellOf.Request).AddMvcOptions(mvc => mvc.Filters.Add<OnlyHandled>());
        builder.Host.UseDefaultServiceProvider(provider => (provider.ValidateOnBuild, provider.ValidateScopes) = (true, true));
        configure?.Invoke(builder);

        var app = builder.Build();
        app.UseHeleUi();
        app.UseHeleAccess();
        app.UseSentFiles();
        app.MapRazorPages();
        app.MapLog();
        app.MapFigures();
        app.MapPublicFigures();
        app.MapPeople();
        app.MapMap();
        app.MapCircle();
        app.MapPlans();
        app.MapPublicAppeals();
        app.MapDisclosures();
        app.MapListFiles();
        app.MapImports();
        app.MapFiles();
        app.MapHealth();
        app.MapRobots();
        app.AssertEveryEndpointHasAPolicy();
        return app;
    }

    /// <summary>Takes the directory, upgrades the database, compares logs with their pins.</summary>
    public static async Task Prepare(WebApplication app)
    {
        var options = app.Services.GetRequiredService<StartOptions>();
        var database = app.Services.GetRequiredService<Database>();
        // What is really used is made by init: a mistyped --data must not become a new, empty community. A demo makes itself, and a test host what it likes.
        if (options.Demo is null && app.Services.GetRequiredService<TimeProvider>() is not DemoClock && await database.IsEmpty())
        {
            throw new StartupException(($"{options.Storage.DataDirectory} 里没有和乐的数据。请核对 --data 和 --database。数据库丢了就恢复备份（{OperatorCommand.Line("restore")}）；新的从 {OperatorCommand.Line("init")} 开始。",
                $"There is no Hele data in {options.Storage.DataDirectory}. Check --data and --database. A lost database is restored from a backup ({OperatorCommand.Line("restore")}); a new one begins with {OperatorCommand.Line("init")}."));
        }
        var held = DirectoryLock.Take(options.Storage);
        app.Lifetime.ApplicationStopped.Register(held.Dispose);
        PrivateFile.Folder(AccessHosting.WebKeys(options.Storage));
        if ((await database.PendingMigrations()).Count > 0)
            await app.Services.GetRequiredService<DatabaseUpgrade>().Run();
        await database.AssertReady();
        await app.Services.GetRequiredService<LogService>().CheckPins();
        // Made now rather than with the first act, so that stopping the program always stops the writer too.
        app.Services.GetRequiredService<Writer>();
        // Before anybody can ask: who was erased stays erased, whatever state of the database was put back.
        await app.Services.GetRequiredService<ErasePerson>().Reapply(app.Services.GetRequiredService<LogService>());
        // An erasure whose place beside the pins was lost to a crash gets it now.
        try
        {
            var housekeeping = app.Services.GetRequiredService<Housekeeping>();
            await housekeeping.Once(purges: await housekeeping.Trusts());
        }
        catch (Exception failure) when (StorageTrouble.Of(failure) is { } trouble)
        {
            // Whoever only reads is served meanwhile.
            app.Logger.LogError("Nothing can be saved: {Reason}. {Remedy}", trouble.Reason.En, trouble.Remedy.En);
        }
        // What must not mix is two times in one log; a test host brings a simulated clock with its simulated data.
        if (options.Demo is null && app.Services.GetRequiredService<TimeProvider>() is not DemoClock && await DemoSeed.SimulatedUntil(database) is not null)
            throw new StartupException(($"{options.Storage.DataDirectory} 里是演示数据，时间是模拟的。请用 --demo standard 启动，正式使用请另选 --data 目录。", $"{options.Storage.DataDirectory} holds a demo, whose times are simulated. Start it with --demo standard, or choose another --data for the real thing."));
    }

    /// <summary>Says where the program is.</summary>
    public static async Task Greet(WebApplication app, TextWriter output)
    {
        var options = app.Services.GetRequiredService<StartOptions>();
        output.WriteLine($"Hele: {string.Join(' ', app.Urls)}   data {options.Storage.DataDirectory}, pins {options.Storage.PinDirectory}");
        if (app.Services.GetRequiredService<LogService>().ReadOnlyReason is { } reason)
            output.WriteLine($"READ-ONLY: {reason.En}");
        foreach (var key in (await app.Services.GetRequiredService<RewrapKeys>().InUse()).Except(app.Services.GetRequiredService<KeyVault>().Ids()))
            output.WriteLine($"MASTER KEY {key} IS MISSING in {options.Storage.KeyDirectory}/master: what was sealed under it can't be opened.");
        if (app.Services.GetRequiredService<DemoYear>().Progress is not null)
            output.WriteLine("Demo: its year is being written; what is public can be read meanwhile.");
    }

    /// <summary>Says as whom one can sign in to the demo.</summary>
    public static void GreetDemo(WebApplication app, TextWriter output)
    {
        if (app.Services.GetRequiredService<StartOptions>().Demo is null)
            return;
        output.WriteLine($"Demo: times are simulated, the clock stands at {China.TimeIn(app.Services.GetRequiredService<TimeProvider>().GetUtcNow()):yyyy-MM-dd HH:mm}. Everybody's password: {DemoPeople.Password}");
        foreach (var place in DemoPeople.SignIns.GroupBy(p => p.Place))
        {
            output.WriteLine($" {place.Key.Zh} ({place.Key.En})");
            foreach (var person in place)
                output.WriteLine($"  {person.SignIn,-16} {person.Name} {person.Title.Zh} ({person.Title.En})");
        }
    }
}
