using System.Diagnostics;
using Hele.Civic.Jurisdictions;
using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Hele.TestKit;
using Xunit;

namespace Hele.Tests.Durability;

/// <summary>An installation as it is run for real, on the machine's clock, with few people: for tests that let its process meet a bad day.</summary>
internal static class RealPlace
{
    /// <param name="at">When it is set up; now unless said.</param>
    /// <param name="further">Whom the community has beside a resident and a grid worker.</param>
    public static async Task SetUp(StorageOptions options, TestDatabase kind, DateTimeOffset? at = null, params TestPerson[] further)
    {
        await using var hele = TestInstallation.Open(options, kind, at ?? DateTimeOffset.UtcNow);
        await hele.Database.Migrate();
        await hele.Database.AssertReady();
        Assert.True((await hele.Get<OpenJurisdiction>().Run(new(TestInstallation.Street, null, JurisdictionLevel.Subdistrict, TestInstallation.StreetCode, "柳荫街道", "Liuyin Sub-district", TestInstallation.OriginPrefix, Simulated: false))).Accepted);
        Assert.True((await hele.Get<OpenJurisdiction>().Run(new(TestInstallation.Hexi, TestInstallation.Street, JurisdictionLevel.Community, TestInstallation.HexiCode, "河西社区", "Hexi Community", TestInstallation.OriginPrefix, Simulated: false))).Accepted);
        foreach (var (person, jurisdiction) in new[] { (TestPeople.Liu, TestInstallation.Hexi), (TestPeople.Zhao, TestInstallation.Hexi), (TestPeople.Tang, TestInstallation.Street) }.Concat(further.Select(p => (p, TestInstallation.Hexi))))
        {
            Assert.True((await hele.Get<RegisterPerson>().Run(new Act { OperationId = Guid.NewGuid(), AccountId = SystemAccount.Id, JurisdictionId = jurisdiction },
                new(person.Name, null, person.SignIn, TestPeople.PasswordHash, OneTime: false, person.Role, person.PostTitle, new DateOnly(2024, 1, 1)))).Accepted);
        }
    }

    public static IEnumerable<string> Words(this StorageOptions options) =>
        ["--data", options.DataDirectory, "--pins", options.PinDirectory, "--demo", "none", "--check-hours", "0", .. options.Postgres is { } postgres ? new[] { "--database", postgres } : []];
}

/// <summary>
/// Lets single system calls of a running process fail with an error of the kernel's, and work again: libfiu, loaded before the C library, told over a pipe. It needs no
/// rights, so it works wherever the tests do.
/// </summary>
internal sealed class FailingCalls(TempFolder folder)
{
    private string Pipe => folder.At("fiu");

    public IReadOnlyDictionary<string, string?> Environment => new Dictionary<string, string?>
    {
        ["LD_PRELOAD"] = "/usr/lib/fiu/fiu_run_preload.so:/usr/lib/fiu/fiu_posix_preload.so",
        ["FIU_CTRL_FIFO"] = Pipe,
    };

    /// <param name="error">The kernel's number.</param>
    public void Fail(int process, int error, params string[] calls)
    {
        foreach (var call in calls)
            Tell(process, $"enable name=posix/io/{call},failinfo={error}");
    }

    public void Work(int process, params string[] calls)
    {
        foreach (var call in calls)
            Tell(process, $"disable name=posix/io/{call}");
    }

    private void Tell(int process, string command)
    {
        using var fiu = Process.Start(new ProcessStartInfo("fiu-ctrl", ["-f", Pipe, "-c", command, $"{process}"]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var said = fiu.StandardError.ReadToEnd() + fiu.StandardOutput.ReadToEnd();
        fiu.WaitForExit();
        Assert.True(fiu.ExitCode == 0, said);
    }
}
