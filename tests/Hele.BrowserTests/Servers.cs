using System.Text.RegularExpressions;
using Hele.BrowserTests;
using Hele.Cli;
using Hele.TestKit;
using Xunit;

// Each is started once for the run, when the run starts.
[assembly: AssemblyFixture(typeof(DemoServer))]
[assembly: AssemblyFixture(typeof(EmptyServer))]

namespace Hele.BrowserTests;

/// <summary>Hele as <c>./run</c> starts it: the demo community with its year, in a process of its own.</summary>
public sealed class DemoServer : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("hele-journeys-");
    private HeleProcess process = null!;

    public Uri Address => process.Address;

    public async ValueTask InitializeAsync() =>
        process = await Servers.Start(Path.Combine(folder.FullName, "data"), "standard");

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
            await process.DisposeAsync();
        folder.Delete(recursive: true);
    }
}

/// <summary>A real installation: one where nothing was opened yet, and one with a community and its first person and no record.</summary>
public sealed partial class EmptyServer : IAsyncLifetime
{
    public const string SignIn = "ma-jianjun", Community = "河西社区", Name = "马建军";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("hele-journeys-");
    private HeleProcess unopened = null!;
    private HeleProcess opened = null!;

    /// <summary>Started on a database in which no place was opened yet.</summary>
    public Uri Unopened => unopened.Address;

    /// <summary>Initialised from the command line.</summary>
    public Uri Opened => opened.Address;

    public const string Clerk = "zhou-lihua";

    /// <summary>The clerk's, for the journey that signs in as her.</summary>
    public string ClerkPassword { get; private set; } = "";

    /// <summary>What <c>hele admin create</c> printed.</summary>
    public string OneTimePassword { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        var data = Path.Combine(folder.FullName, "opened");
        await Cli("init", "--origin", "hele.example", "--code", "410105001001", "--name", Community, "--data", data);
        OneTimePassword = Password().Match(await Cli("admin", "create", "--name", Name, "--sign-in", SignIn, "--role", "Secretary", "--data", data)).Groups[1].Value;
        ClerkPassword = Password().Match(await Cli("admin", "create", "--name", "周丽华", "--sign-in", Clerk, "--role", "Clerk", "--data", data)).Groups[1].Value;
        unopened = await Servers.Start(await TestInstallation.MakeEmpty(Path.Combine(folder.FullName, "unopened")), "none");
        opened = await Servers.Start(data, "none");
    }

    public async ValueTask DisposeAsync()
    {
        if (unopened is not null)
            await unopened.DisposeAsync();
        if (opened is not null)
            await opened.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private static async Task<string> Cli(params string[] arguments)
    {
        await using var output = new StringWriter();
        var code = await HeleCommand.Run(arguments, output, output, "en");
        return code == 0 ? output.ToString() : throw new InvalidOperationException($"hele {string.Join(' ', arguments)} ended with {code}:\n{output}");
    }

    [GeneratedRegex("One-time password: (\\S+)")]
    private static partial Regex Password();
}

internal static class Servers
{
    /// <summary>As a developer starts it: a text without English is then an error instead of Chinese.</summary>
    public static Task<HeleProcess> Start(string data, string demo) =>
        HeleProcess.Start(["--data", data, "--pins", data + ".pins", "--demo", demo], limit: TimeSpan.FromMinutes(4),
            environment: new Dictionary<string, string?> { ["ASPNETCORE_ENVIRONMENT"] = "Development" });
}
