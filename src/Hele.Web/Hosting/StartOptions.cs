using System.Globalization;
using System.Net;
using Hele.Civic.Demo;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Accounts;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Notices.Mail;
using Hele.Civic.Platform.Storage;

namespace Hele.Web.Hosting;

/// <summary>What was asked for on the command line.</summary>
/// <param name="Demo">"standard" for the demo community; null for a real installation.</param>
/// <param name="AsOf">Where the demo's clock starts.</param>
/// <param name="Profile">Which passwords and time-outs (<c>--profile asvs</c> or <c>mlps3</c>).</param>
/// <param name="Sms">The gateway that codes are sent through (<c>--sms FILE</c>); null where nobody signs in by phone.</param>
/// <param name="Hosts">Names it answers to; empty: any.</param>
/// <param name="Proxies">Proxies it believes.</param>
/// <param name="Limits">How much one person may do in a minute (<c>--acts-per-minute</c>, <c>--reads-per-minute</c>).</param>
/// <param name="Breached">The operator's list of passwords found in breaches (<c>--breached-passwords FILE</c>).</param>
/// <param name="CheckEvery">How often rows and log are compared (<c>--check-hours</c>, 24); null: only when somebody asks.</param>
/// <param name="Witnesses">Who cosigns this installation's logs (<c>--witnesses FILE</c>).</param>
/// <param name="WitnessFor">Whose logs this installation cosigns (<c>--witness-for FILE --witness-name NAME</c>); null: nobody's.</param>
/// <param name="Smtp">The server that mails are handed to (<c>--smtp FILE</c>); null where none are sent.</param>
/// <param name="JsonLog">Messages as JSON, a line each (<c>--log json</c>), for a program to read.</param>
public sealed record StartOptions(StorageOptions Storage, string? Demo, DateOnly AsOf, string Urls, SignInProfile Profile, SmsGateway? Sms, IReadOnlyList<string> Hosts, IReadOnlyList<IPAddress> Proxies,
    LimitNumbers Limits, bool JsonLog, BreachedPasswords? Breached, TimeSpan? CheckEvery, IReadOnlyList<WitnessAddress> Witnesses, WitnessOptions? WitnessFor, SmtpServer? Smtp)
{
    /// <summary>Every word that may be said, with what stands behind it: what isn't here is refused, and this is what <c>--help</c> prints.</summary>
    public static readonly IReadOnlyList<(string Name, string Value, Bilingual Says)> Known =
    [
        ("data", "DIR", ("数据目录；不写则为 ./hele-data。", "The data directory; ./hele-data by default.")),
        ("pins", "DIR", ("存放校验点的目录，最好在另一块磁盘上；不写则为“数据目录.pins”。", "Where checkpoints are pinned, best on another disk; the data directory's name with .pins by default.")),
        ("database", "CONNECTION", ("PostgreSQL 连接串；不写则用数据目录里的 SQLite。", "A PostgreSQL connection string; SQLite in the data directory by default.")),
        ("urls", "URL", ("在哪里提供服务；不写则为 http://localhost:5080。", "Where to serve; http://localhost:5080 by default.")),
        ("demo", "standard|none", ("standard：演示；none：正式使用，先要有 init 建立的数据。", "standard: the demo; none: the real thing, of an installation that init has made.")),
        ("as-of", "YYYY-MM-DD", ("演示写到哪一天。", "The day the demo's year is written up to.")),
        ("profile", "asvs|mlps3", ("登录和密码的规定。", "The rules of signing in and of passwords.")),
        ("hosts", "NAME,…", ("只应答这些主机名。", "The only host names it answers to.")),
        ("proxies", "ADDRESS,…", ("前面的代理；只信它们转告的地址和协议。", "The proxies in front; only their word about address and scheme is believed.")),
        ("sms", "FILE", ("短信网关的设置。", "The gateway of text messages.")),
        ("smtp", "FILE", ("发邮件的服务器的设置。", "The server that mails are handed to.")),
        ("breached-passwords", "FILE", ("泄露过的密码的名单。", "A list of passwords that have leaked.")),
        ("acts-per-minute", "N", ("一个人一分钟最多做多少次；不写则为 120。", "How much one person may do in a minute; 120 by default.")),
        ("reads-per-minute", "N", ("一个人一分钟最多看多少次；不写则为 1200。", "How much one person may read in a minute; 1200 by default.")),
        ("check-hours", "N", ("每隔几小时核对记录和日志；不写则为 24，0 为不核对。", "How often rows and log are compared; 24 by default, 0: never.")),
        ("witnesses", "FILE", ("见证本系统日志的人的地址和密钥。", "Who cosigns this installation's logs, with their keys.")),
        ("witness-for", "FILE", ("本系统为谁的日志作见证：对方的密钥。", "Whose logs this installation cosigns: their keys.")),
        ("witness-name", "NAME", ("作见证时的名称。", "The name it cosigns under.")),
        ("log", "text|json", ("消息的格式。", "The form of its messages.")),
        ("environment", "Production|Development", ("Development 把程序的错误全文显示在页面上，只给开发用。", "Development shows faults of the program in full on its pages: for developers only.")),
    ];

    /// <summary>Refuses what isn't known: passed over, a mistyped word would mean its opposite (--dta: another, empty installation).</summary>
    public static void Check(IReadOnlyList<string> arguments)
    {
        for (var i = 0; i < arguments.Count; i++)
        {
            var word = arguments[i];
            var (name, value) = word.Split('=', 2) is [var before, var behind] ? (before, behind) : (word, null);
            if (!name.StartsWith("--", StringComparison.Ordinal) || !Known.Any(k => "--" + k.Name == name))
            {
                var known = string.Join(' ', Known.Select(k => "--" + k.Name));
                throw new StartupException(($"不认识 {word}。可以写的有：{known}。说明见 --help。", $"{word} is not known. There is: {known}. --help says more."));
            }
            if (value is null && (++i == arguments.Count || arguments[i].StartsWith("--", StringComparison.Ordinal)))
                throw new StartupException(($"{name} 后面少了 {Known.Single(k => "--" + k.Name == name).Value}。", $"{name} lacks its {Known.Single(k => "--" + k.Name == name).Value}."));
        }
    }

    /// <summary>What <c>--help</c> prints, in both languages.</summary>
    public static string Help => string.Concat(Known.Select(k => $"  --{k.Name} {k.Value}\n      {k.Says.Zh}\n      {k.Says.En}\n"));

    public static StartOptions From(IConfiguration configuration)
    {
        var data = Path.GetFullPath(configuration["data"] ?? "hele-data");
        var pins = Path.GetFullPath(configuration["pins"] ?? data.TrimEnd('/') + ".pins");
        var demo = configuration["demo"] switch
        {
            null or "" or "none" => null,
            "standard" => "standard",
            var other => throw new StartupException(($"--demo {other}：只有 standard 和 none。", $"--demo {other}: there is standard, and none.")),
        };
        var asOf = DemoSeed.DefaultAsOf;
        if (configuration["as-of"] is { } text)
        {
            if (demo is null)
                throw new StartupException(("--as-of 用来拨演示的钟；正式的系统没有这个开关。", "--as-of moves the demo's clock; a real installation has no such switch."));
            if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out asOf))
                throw new StartupException(($"--as-of {text}：日期要写成 2026-10-31。", $"--as-of {text}: a date looks like 2026-10-31."));
        }
        if (demo is not null && configuration["sms"] is not null)
            throw new StartupException(("--sms：演示里的人和号码都是虚构的，不发短信。", "--sms: the demo's people and numbers are invented; nothing is sent to them."));
        if (demo is not null && configuration["smtp"] is not null)
            throw new StartupException(("--smtp：演示里的人都是虚构的，不发邮件。", "--smtp: the demo's people are invented; nothing is sent to them."));
        // The framework's own switch believes everybody.
        if (configuration.GetValue("FORWARDEDHEADERS_ENABLED", false))
            throw new StartupException(("ASPNETCORE_FORWARDEDHEADERS_ENABLED 会相信任何人自报的地址；请改用 --proxies 地址 写明代理。", "ASPNETCORE_FORWARDEDHEADERS_ENABLED would believe any client about its address; name the proxy with --proxies ADDRESS instead."));
        var proxies = Words(configuration["proxies"]).Select(word => IPAddress.TryParse(word, out var address) ? address
            : throw new StartupException(($"--proxies {word}：要写地址，例如 127.0.0.1。", $"--proxies {word}: an address is needed, for example 127.0.0.1."))).ToList();
        var json = configuration["log"] switch
        {
            null or "text" => false,
            "json" => true,
            var other => throw new StartupException(($"--log {other}：只有 text 和 json。", $"--log {other}: there is text, and json.")),
        };
        if (MachineTrouble.WithConnection(configuration["database"]) is { } wrong)
            throw new StartupException(wrong);
        return new StartOptions(new StorageOptions(data, pins, configuration["database"]), demo, asOf, configuration["urls"] ?? "http://localhost:5080",
            SignInProfile.Find(configuration["profile"] ?? SignInProfile.Standard), configuration["sms"] is { Length: > 0 } sms ? SmsGateway.Load(sms) : null, Words(configuration["hosts"]), proxies,
            new LimitNumbers(Number("acts-per-minute", LimitNumbers.Standard.ActsPerMinute), Number("reads-per-minute", LimitNumbers.Standard.ReadsPerMinute)), json,
            configuration["breached-passwords"] is { Length: > 0 } breached ? BreachedPasswords.Open(breached) : null, configuration["check-hours"] is "0" ? null : TimeSpan.FromHours(Number("check-hours", 24)),
            configuration["witnesses"] is { Length: > 0 } witnesses ? WitnessAddress.Load(witnesses) : [],
            configuration["witness-for"] is { Length: > 0 } watched ? WitnessOptions.Load(watched, configuration["witness-name"]) : null,
            configuration["smtp"] is { Length: > 0 } smtp ? SmtpServer.Load(smtp) : null);

        int Number(string name, int standard) => configuration[name] is not { } text ? standard
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number
            : throw new StartupException(($"--{name} {text}：要写大于0的整数。", $"--{name} {text}: a whole number above 0 is needed."));
    }

    /// <summary>How people sign in: only the demo doesn't demand a second factor of those in a post.</summary>
    public SignInPolicy Policy(TimeProvider clock) => Demo is null ? SignInPolicy.Real(Profile, clock) with { Breached = Breached } : SignInPolicy.Demo(Profile);

    private static string[] Words(string? list) => (list ?? "").Split([',', ' '], StringSplitOptions.RemoveEmptyEntries);

    public TimeProvider Clock() => Demo is null ? new SystemClock() : DemoSeed.NewClock();
}
