using System.Globalization;
using System.Net;
using Hele.Civic.Demo;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Accounts;
using Hele.Civic.Platform.Storage;

namespace Hele.Web.Hosting;

/// <summary>What was asked for on the command line.</summary>
/// <param name="Demo">"standard" for the demo community; null for a real installation.</param>
/// <param name="AsOf">Where the demo's clock starts.</param>
/// <param name="Profile">Which passwords and time-outs (<c>--profile asvs</c> or <c>mlps3</c>).</param>
/// <param name="Sms">The gateway that codes are sent through (<c>--sms FILE</c>); null where nobody signs in by phone.</param>
/// <param name="Proxies">Addresses of proxies beside this machine's own whose word about the client is taken (<c>--proxy</c>).</param>
public sealed record StartOptions(StorageOptions Storage, string? Demo, DateOnly AsOf, string Urls, SignInProfile Profile, SmsGateway? Sms, IReadOnlyList<IPAddress> Proxies)
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
        if (demo is not null && configuration["sms"] is not null)
            throw new StartupException("--sms: the demo's people and numbers are invented; nothing is sent to them.");
        var proxies = new List<IPAddress>();
        foreach (var proxy in (configuration["proxy"] ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            proxies.Add(IPAddress.TryParse(proxy, out var address) ? address : throw new StartupException($"--proxy {proxy}: an address looks like 10.0.0.5."));
        return new StartOptions(new StorageOptions(data, pins, configuration["database"]), demo, asOf, configuration["urls"] ?? "http://localhost:5080",
            SignInProfile.Find(configuration["profile"] ?? SignInProfile.Standard), configuration["sms"] is { Length: > 0 } sms ? SmsGateway.Load(sms) : null, proxies);
    }

    /// <summary>How people sign in: only the demo doesn't demand a second factor of those in a post.</summary>
    public SignInPolicy Policy(TimeProvider clock) => Demo is null ? SignInPolicy.Real(Profile, clock) : SignInPolicy.Demo(Profile);

    public TimeProvider Clock() => Demo is null ? new SystemClock() : DemoSeed.NewClock();
}
