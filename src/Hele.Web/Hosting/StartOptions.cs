using System.Globalization;
using Hele.Civic.Demo;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Storage;

namespace Hele.Web.Hosting;

/// <summary>What was asked for on the command line.</summary>
/// <param name="Demo">"standard" for the demo community; null for a real installation.</param>
/// <param name="AsOf">Where the demo's clock starts.</param>
public sealed record StartOptions(StorageOptions Storage, string? Demo, DateOnly AsOf, string Urls)
{
    public static StartOptions From(IConfiguration configuration)
    {
        var data = Path.GetFullPath(configuration["data"] ?? "hele-data");
        var pins = Path.GetFullPath(configuration["pins"] ?? data.TrimEnd('/') + ".pins");
        var demo = configuration["demo"] switch
        {
            null or "" or "none" => null,
            "standard" => "standard",
            var other => throw new StartupException($"--demo {other}: there is standard, and none."),
        };
        var asOf = DemoSeed.DefaultAsOf;
        if (configuration["as-of"] is { } text)
        {
            if (demo is null)
                throw new StartupException("--as-of moves the demo's clock; a real installation has no such switch.");
            if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out asOf))
                throw new StartupException($"--as-of {text}: a date looks like 2026-10-31.");
        }
        return new StartOptions(new StorageOptions(data, pins, configuration["database"]), demo, asOf, configuration["urls"] ?? "http://localhost:5080");
    }

    public TimeProvider Clock() => Demo is null ? new SystemClock() : DemoSeed.NewClock();
}
