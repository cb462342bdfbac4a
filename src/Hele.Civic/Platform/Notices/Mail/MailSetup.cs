using System.Net;
using System.Text.Json;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Storage;

namespace Hele.Civic.Platform.Notices.Mail;

/// <summary>How the line to the mail server is kept from being read.</summary>
public enum SmtpSecurity
{
    /// <summary>Begins in the clear and must be turned into TLS before anything is said (port 587).</summary>
    StartTls,

    /// <summary>TLS from the first byte (port 465).</summary>
    Tls,

    /// <summary>In the clear: to this machine alone.</summary>
    None,
}

/// <summary>The mail server that mails are handed to, as the operator's file describes it (<c>--smtp FILE</c>).</summary>
/// <param name="From">Whom mails are from, as the server lets this program send.</param>
/// <param name="Site">Where people open Hele: the links in mails begin with it.</param>
/// <param name="Ca">A PEM file with the certificate that alone is believed to have signed the server's; null for those the machine believes.</param>
public sealed record SmtpServer(string Host, int Port, SmtpSecurity Security, string? User, string? Password, string From, Uri Site, string? Ca)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow };

    /// <summary>The part of the address behind the @: what Message-IDs end with.</summary>
    public string Domain => From[(From.LastIndexOf('@') + 1)..];

    /// <exception cref="StartupException">The file can't be read, others can read it, or it describes no server that mails may be handed to.</exception>
    public static SmtpServer Load(string file)
    {
        StartupException Wrong(string zh, string en) => new(($"--smtp {file}：{zh}", $"--smtp {file}: {en}"));
        Description description;
        try
        {
            // The password of an account from which anybody could write in the community's name.
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & (UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite)) != 0)
                throw Wrong($"别的用户也能读这个文件，里面有邮箱的密码。请运行：chmod 600 {file}", $"other users can read this file, and it holds the mailbox's password. Run: chmod 600 {file}");
            description = JsonSerializer.Deserialize<Description>(File.ReadAllText(file), Json)!;
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException or JsonException or NotSupportedException)
        {
            throw new StartupException(($"--smtp {file}：读不懂这个文件（{broken.Message}）", $"--smtp {file}: {broken.Message}"), broken);
        }
        if (string.IsNullOrWhiteSpace(description?.Host) || Uri.CheckHostName(description.Host) == UriHostNameType.Unknown)
            throw Wrong("\"host\" 不是主机名。", "\"host\" is no host's name.");
        if (description.Port is < 1 or > 65535)
            throw Wrong("\"port\" 要在1到65535之间。", "\"port\" is a number from 1 to 65535.");
        SmtpSecurity? security = description.Security switch { "starttls" => SmtpSecurity.StartTls, "tls" => SmtpSecurity.Tls, "none" => SmtpSecurity.None, _ => null };
        if (security is not { } line)
            throw Wrong("\"security\" 只能是 starttls、tls 或 none。", "\"security\" is starttls, tls or none.");
        if (line == SmtpSecurity.None && !IsHere(description.Host))
            throw Wrong("\"security\" 是 none 时，密码和邮件会明文经过网络，只能用于本机的服务器。请改成 starttls 或 tls。", "with \"security\" none, password and mails would cross the network readable: it is for a server on this machine alone. Use starttls or tls.");
        if (string.IsNullOrEmpty(description.User) != string.IsNullOrEmpty(description.Password))
            throw Wrong("\"user\" 和 \"password\" 要么都写，要么都不写。", "\"user\" and \"password\" stand there both, or neither.");
        if (EmailAddress.Normalize(description.From) is not { } from)
            throw Wrong("\"from\" 不是邮箱地址。", "\"from\" is no e-mail address.");
        if (!Uri.TryCreate(description.Site, UriKind.Absolute, out var site) || site.Scheme is not ("https" or "http") || site.PathAndQuery != "/" || site.Scheme == "http" && !site.IsLoopback)
            throw Wrong("\"site\" 要写居民打开和乐的网址，以 https:// 开头，后面不带路径。", "\"site\" is the address at which people open Hele: it begins with https:// and has no path.");
        if (description.Ca is { } ca && !File.Exists(ca))
            throw Wrong($"\"ca\"：没有 {ca} 这个文件。", $"\"ca\": there is no file {ca}.");
        return new SmtpServer(description.Host, description.Port, line, string.IsNullOrEmpty(description.User) ? null : description.User, description.Password, from, site, description.Ca);
    }

    /// <summary>An address of a page, for a mail.</summary>
    public string At(string path) => new Uri(Site, path).AbsoluteUri;

    private static bool IsHere(string host) => host == "localhost" || IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address);

    public override string ToString() => $"{Host}:{Port}";

    private sealed record Description
    {
        public required string Host { get; init; }
        public required int Port { get; init; }
        public required string Security { get; init; }
        public string? User { get; init; }
        public string? Password { get; init; }
        public required string From { get; init; }
        public required string Site { get; init; }
        public string? Ca { get; init; }
    }
}

/// <summary>Whether this installation sends mails, and by which server. Where it doesn't, nothing is queued and pages say so.</summary>
/// <param name="Server">Null: the operator has set none up.</param>
public sealed record MailSetup(SmtpServer? Server)
{
    public bool IsOn => Server is not null;
}
