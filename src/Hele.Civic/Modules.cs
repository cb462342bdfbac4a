using Hele.Civic.Appeals;
using Hele.Civic.BreakGlass;
using Hele.Civic.Deliberations;
using Hele.Civic.Disclosures;
using Hele.Civic.Feedback;
using Hele.Civic.GridPlanning;
using Hele.Civic.Grids;
using Hele.Civic.Jurisdictions;
using Hele.Civic.Organizations;
using Hele.Civic.People;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Accounts;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Notices.Mail;
using Hele.Civic.Platform.Storage;
using Hele.Civic.Reports;
using Hele.Civic.ServiceCircles;
using Hele.Civic.Thanks;
using Microsoft.Extensions.DependencyInjection;

namespace Hele.Civic;

/// <summary>The only list of modules. Explicit: nothing is found by scanning.</summary>
public static class Modules
{
    public static ModuleList All { get; } = new([new PlatformModule(), new JurisdictionsModule(), new PeopleModule(), new GridsModule(), new OrganizationsModule(), new BreakGlassModule(), new AppealsModule(), new FeedbackModule(), new ThanksModule(), new DeliberationsModule(), new DisclosuresModule(), new ServiceCirclesModule(), new GridPlanningModule(), new ReportsModule()]);

    /// <summary>Everything the program consists of, except its face: the web host, the command line and the tests all start from this.</summary>
    public static IServiceCollection AddHele(this IServiceCollection services, StorageOptions options, TimeProvider clock)
    {
        services.AddLogging();
        services.AddSingleton(options);
        services.AddSingleton(clock);
        services.AddSingleton(All);
        services.AddSingleton<Database>(provider => options.Postgres is null ? new SqliteDatabase(options, provider) : new PostgresDatabase(options, provider));
        services.AddSingleton<LogService>();
        services.AddSingleton<KitMaker>();
        services.AddSingleton<LogVerification>();
        services.AddSingleton<LogCheck>();
        services.AddSingleton<Writer>(provider => new Writer(provider.GetRequiredService<Database>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<LogService>(), provider.GetRequiredService<ModuleList>()));
        services.AddSingleton(SignInPolicy.Real(SignInProfile.Find(SignInProfile.Standard), clock));
        services.AddSingleton(new PhoneCodeLimits());
        services.AddSingleton(new MailSetup(null));
        services.AddSingleton<Attempts>();
        services.AddSingleton<Passwords>();
        services.AddSingleton<Sessions>();
        services.AddSingleton<SecondFactors>();
        services.AddSingleton<Passkeys>();
        services.AddSingleton<PhoneCodes>();
        services.AddScoped<ReadSession>();
        foreach (var module in All.All)
            module.AddServices(services);
        return services;
    }
}
