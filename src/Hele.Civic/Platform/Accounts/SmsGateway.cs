using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Storage;

namespace Hele.Civic.Platform.Accounts;

/// <summary>
/// Sending a text message is one HTTP request, described in a file (<c>--sms FILE</c>): no provider is built in. {phone}, {code} and {text} in address and
/// body are filled in, escaped as the place needs it.
/// </summary>
public sealed class SmsGateway : IDisposable
{
    private static readonly Bilingual Message = ("【和乐】登录验证码{code}，5分钟内有效。请不要告诉任何人，社区工作人员不会向您要验证码。", "[Hele] Sign-in code {code}, good for 5 minutes. Tell it to nobody: community staff never ask for it.");
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly Description _description;
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = Limit }) { Timeout = Limit };

    private SmsGateway(Description description) => _description = description;

    /// <exception cref="StartupException">The file can't be read, or describes no request that may be sent.</exception>
    public static SmsGateway Load(string file)
    {
        Description description;
        try
        {
            description = JsonSerializer.Deserialize<Description>(File.ReadAllText(file), new JsonSerializerOptions(JsonSerializerDefaults.Web) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow })!;
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException or JsonException or NotSupportedException)
        {
            throw new StartupException(($"--sms {file}：读不懂这个文件（{broken.Message}）", $"--sms {file}: {broken.Message}"), broken);
        }
        StartupException Wrong(string zh, string en) => new(($"--sms {file}：{zh}", $"--sms {file}: {en}"));
        if (description is null || !Uri.TryCreate(Fill(description.Url, "1", "1", "1", Uri.EscapeDataString), UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            throw Wrong("\"url\" 不是网址。", "\"url\" is no web address.");
        if (address.Scheme != Uri.UriSchemeHttps && !address.IsLoopback)
            throw Wrong("\"url\" 要以 https 开头：否则验证码和网关密码会明文经过网络。（本机地址可以用 http。）", "\"url\" must begin with https: codes and the gateway's password would cross the network readable. (http is accepted on this machine alone.)");
        // The name of the host must not come from what people type.
        if (new Uri(Fill(description.Url, "2", "2", "2", Uri.EscapeDataString)).Authority != address.Authority)
            throw Wrong("{phone}、{code}、{text} 不能写在主机名里。", "{phone}, {code} and {text} may not stand in the host's name.");
        if (description.Method is not ("GET" or "POST" or "PUT"))
            throw Wrong("\"method\" 只能是 GET、POST 或 PUT。", "\"method\" is GET, POST or PUT.");
        if (!(description.Url + description.BodyTemplate).Contains("{phone}", StringComparison.Ordinal) || !((description.Url + description.BodyTemplate) is var all && (all.Contains("{code}", StringComparison.Ordinal) || all.Contains("{text}", StringComparison.Ordinal))))
            throw Wrong("\"url\" 或 \"bodyTemplate\" 里要有 {phone}，还要有 {code} 或 {text}。", "{phone}, and {code} or {text}, must stand in \"url\" or \"bodyTemplate\".");
        if (description.BodyTemplate is not null && Escape(description) is null)
            throw Wrong("有 \"bodyTemplate\" 时，\"headers\" 里要写明 \"Content-Type\" 是 application/json 还是 application/x-www-form-urlencoded。", "\"headers\" must say \"Content-Type\" application/json or application/x-www-form-urlencoded for a \"bodyTemplate\".");
        return new SmsGateway(description);
    }

    /// <summary>Sends one code. Null when the gateway took it, else what to write into the program's log: never number or code.</summary>
    public async Task<string?> Send(string number, string code, CancellationToken cancel = default)
    {
        var text = Message.Zh.Replace("{code}", code, StringComparison.Ordinal);
        using var request = new HttpRequestMessage(new HttpMethod(_description.Method), Fill(_description.Url, number, code, text, Uri.EscapeDataString));
        if (_description.BodyTemplate is { } body)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Fill(body, number, code, text, Escape(_description)!)));
        }
        foreach (var (name, value) in _description.Headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
                request.Content?.Headers.TryAddWithoutValidation(name, value);
        }
        try
        {
            using var answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            return answer.StatusCode == (HttpStatusCode)_description.ExpectedStatus ? null : $"the gateway answered {(int)answer.StatusCode}";
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException && !cancel.IsCancellationRequested)
        {
            return failure is HttpRequestException http ? $"the gateway can't be reached ({http.HttpRequestError})" : "the gateway didn't answer in time";
        }
    }

    public void Dispose() => _client.Dispose();

    private static string Fill(string template, string phone, string code, string text, Func<string, string> escape) =>
        // One pass: what was filled in is not looked at again.
        string.Concat(Pieces(template).Select(piece => piece switch { "{phone}" => escape(phone), "{code}" => escape(code), "{text}" => escape(text), _ => piece }));

    private static IEnumerable<string> Pieces(string template)
    {
        var at = 0;
        while (at < template.Length)
        {
            var hole = new[] { "{phone}", "{code}", "{text}" }.Select(h => (Hole: h, At: template.IndexOf(h, at, StringComparison.Ordinal))).Where(h => h.At >= 0).OrderBy(h => h.At).FirstOrDefault();
            if (hole.Hole is null)
            {
                yield return template[at..];
                yield break;
            }
            yield return template[at..hole.At];
            yield return hole.Hole;
            at = hole.At + hole.Hole.Length;
        }
    }

    private static Func<string, string>? Escape(Description description) =>
        description.Headers.FirstOrDefault(h => h.Key.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)).Value?.Split(';')[0].Trim().ToLowerInvariant() switch
        {
            "application/json" => value => JsonSerializer.Serialize(value)[1..^1],
            "application/x-www-form-urlencoded" => Uri.EscapeDataString,
            _ => null,
        };

    private sealed record Description
    {
        public required string Url { get; init; }
        public string Method { get; init; } = "POST";
        public Dictionary<string, string> Headers { get; init; } = [];
        public string? BodyTemplate { get; init; }
        public int ExpectedStatus { get; init; } = 200;
    }
}
