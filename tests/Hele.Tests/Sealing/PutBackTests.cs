using Hele.Civic;
using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Sealing;
using Hele.Civic.Platform.Storage;
using Hele.TestKit;
using Hele.Tests.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Npgsql;
using Xunit;

namespace Hele.Tests.Sealing;

/// <summary>
/// Yesterday's database is put back, in which somebody stands who was erased since. The list beside the pins says so: before the first request
/// they are erased again, or, where nothing can be written, nothing is served.
/// </summary>
public class PutBackTests
{
    private const string Name = "上官云飞", Address = "杏林里19号楼3单元", Number = "13712341111";

    /// <summary>An installation that ended after an erasure, with a copy of its database, keys and pins from before it.</summary>
    private sealed record Older(StorageOptions Now, StorageOptions Before, string Folder, Guid Person, string Code)
    {
        public static async Task<Older> Make(TestDatabase kind)
        {
            var hele = await TestInstallation.Create(kind);
            var outcome = await hele.Get<RegisterPerson>().Run(System(), new(Name, Address, "shangguan", TestPeople.PasswordHash, false, null, null, null, Number));
            var person = await hele.Read(db => db.Set<Person>().Where(p => p.PublicCode == outcome.Code).Select(p => p.Id).SingleAsync());
            await hele.Stop();
            var folder = Directory.CreateTempSubdirectory("hele-older-").FullName;
            HistoryTemplate.CopyFolder(Path.GetDirectoryName(hele.Options.DataDirectory)!, folder);
            string? postgres = null;
            if (kind == TestDatabase.Postgres)
                postgres = PostgresCluster.Shared.CreateDatabase($"t{Guid.NewGuid():N}", new NpgsqlConnectionStringBuilder(hele.Options.Postgres).Database);
            var later = TestInstallation.Open(hele.Options, kind, TestInstallation.Start.AddHours(5));
            await later.Database.AssertReady(TestContext.Current.CancellationToken);
            await later.Log.CheckPins(TestContext.Current.CancellationToken);
            Assert.True((await later.Get<ErasePerson>().Run(System(), new(outcome.Code!))).Accepted);
            await later.Stop();
            return new(hele.Options, new StorageOptions(Path.Combine(folder, "data"), Path.Combine(folder, "pins"), postgres), folder, person, outcome.Code!);
        }

        private static Act System() => new() { OperationId = Guid.NewGuid(), AccountId = SystemAccount.Id, JurisdictionId = TestInstallation.Hexi };

        public string ListOf(StorageOptions options) => Path.Combine(options.PinDirectory, TestInstallation.HexiCode + ".erased");

        public void Delete()
        {
            Directory.Delete(Folder, recursive: true);
            Directory.Delete(Path.GetDirectoryName(Now.DataDirectory)!, recursive: true);
        }
    }

    /// <summary>A start of the program, up to where it would answer its first request.</summary>
    private static async Task<WebApplication> Start(StorageOptions options)
    {
        List<string> args = ["--environment", "Development", "--data", options.DataDirectory, "--pins", options.PinDirectory];
        if (options.Postgres is { } postgres)
            args.AddRange(["--database", postgres]);
        var app = HeleHost.Build([.. args], builder =>
        {
            builder.Logging.ClearProviders();
            builder.WebHost.UseTestServer();
            builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(new DemoClock(TestInstallation.Start.AddDays(1), running: false)));
        });
        try
        {
            // On PostgreSQL this makes the application role of the copy.
            await app.Services.GetRequiredService<Database>().Migrate();
            await HeleHost.Prepare(app);
            return app;
        }
        catch
        {
            // The lock goes with the application's end.
            await app.StartAsync();
            await app.StopAsync();
            await app.DisposeAsync();
            throw;
        }
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Start_OnAnOlderStateWithItsPins_ErasesAgainBeforeTheFirstRequest(TestDatabase kind)
    {
        var older = await Older.Make(kind);
        // What a restore hands over: the older database with the pin that belongs to it, and the erasure list as it is today.
        File.Copy(older.ListOf(older.Now), older.ListOf(older.Before), overwrite: true);
        for (var start = 1; start <= 2; start++)
        {
            await using var app = await Start(older.Before);
            var database = app.Services.GetRequiredService<Database>();
            await using (var lease = await database.Read([TestInstallation.Hexi], TestContext.Current.CancellationToken))
            {
                var person = await lease.Db.Set<Person>().SingleAsync(p => p.Id == older.Person, TestContext.Current.CancellationToken);
                Assert.Equal(("", null, null, new DateOnly(2026, 10, 31)), (person.Name, person.Address, person.PhoneSealed, person.ErasedOn));
                Assert.Equal([ErasureCause.PutBack], await lease.Db.Set<Erasure>().Select(e => e.Cause).ToListAsync(TestContext.Current.CancellationToken));
                Assert.False(await lease.Db.Accounts.AnyAsync(a => a.SignInName == "shangguan", TestContext.Current.CancellationToken));
            }
            Assert.True((await app.Services.GetRequiredService<LogVerification>().Run(cancel: TestContext.Current.CancellationToken)).IsGreen);
            await app.StartAsync(TestContext.Current.CancellationToken);
            await app.StopAsync(TestContext.Current.CancellationToken);
        }
        foreach (var trace in new[] { Name, Address, Number, "shangguan" })
            Assert.Empty(FileSearch.Holding(older.Folder, trace));
        older.Delete();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Start_OnAnOlderStateUnderNewerPins_IsRefusedAndSaysWhy(TestDatabase kind)
    {
        var older = await Older.Make(kind);
        // Only the database was put back: the pins are today's, so nothing can be written, and reading would show who was erased.
        foreach (var pin in Directory.GetFiles(older.Now.PinDirectory))
            File.Copy(pin, Path.Combine(older.Before.PinDirectory, Path.GetFileName(pin)), overwrite: true);
        var refused = await Assert.ThrowsAsync<StartupException>(() => Start(older.Before));
        Assert.Contains("1 people whose data were erased", refused.Message);
        Assert.Contains("older than", refused.Message);

        // Without that list it serves read-only, as any older state does.
        File.Delete(older.ListOf(older.Before));
        await using var app = await Start(older.Before);
        Assert.NotNull(app.Services.GetRequiredService<LogService>().ReadOnlyReason);
        await app.StartAsync(TestContext.Current.CancellationToken);
        await app.StopAsync(TestContext.Current.CancellationToken);
        older.Delete();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Start_WithADamagedErasureList_IsRefused(TestDatabase kind)
    {
        var older = await Older.Make(kind);
        await File.WriteAllTextAsync(older.ListOf(older.Before), "half a li", TestContext.Current.CancellationToken);
        Assert.Contains("damaged", (await Assert.ThrowsAsync<StartupException>(() => Start(older.Before))).Message);
        older.Delete();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Start_WithAnErasureOfSomebodyTheOlderStateNeverHeld_GoesOn(TestDatabase kind)
    {
        var older = await Older.Make(kind);
        await File.WriteAllTextAsync(older.ListOf(older.Before), $"{Guid.NewGuid():D} {Guid.NewGuid():D} 2026-10-30\n", TestContext.Current.CancellationToken);
        await using var app = await Start(older.Before);
        Assert.Null(app.Services.GetRequiredService<LogService>().ReadOnlyReason);
        await app.StartAsync(TestContext.Current.CancellationToken);
        await app.StopAsync(TestContext.Current.CancellationToken);
        older.Delete();
    }
}
