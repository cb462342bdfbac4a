using System.Collections.Concurrent;
using Hele.Civic.People;
using Hele.Civic.Platform.Accounts;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;

namespace Hele.Web.Hosting;

/// <summary>
/// The names of the cookies that matter. Served by https they begin with <c>__Host-</c>, which a browser takes only over https, for this host and the whole
/// of it; on http (this machine alone) they can't.
/// </summary>
public static class CookieNames
{
    public static string For(HttpContext context, string name) => context.Request.IsHttps ? "__Host-" + name : name;

    /// <summary>What a cookie that matters is set with.</summary>
    public static CookieOptions Options(HttpContext context, TimeSpan? lasts) => new()
    {
        Path = "/", HttpOnly = true, Secure = context.Request.IsHttps, SameSite = SameSiteMode.Lax, IsEssential = true, MaxAge = lasts,
    };
}

/// <summary>Gives the session's cookie its name by how the request came.</summary>
internal sealed class HostCookies : ICookieManager
{
    private readonly ChunkingCookieManager _inner = new();

    public string? GetRequestCookie(HttpContext context, string key) => _inner.GetRequestCookie(context, CookieNames.For(context, key));
    public void AppendResponseCookie(HttpContext context, string key, string? value, CookieOptions options) => _inner.AppendResponseCookie(context, CookieNames.For(context, key), value, options);
    public void DeleteCookie(HttpContext context, string key, CookieOptions options) => _inner.DeleteCookie(context, CookieNames.For(context, key), options);
}

/// <summary>
/// A browser in which somebody has signed in before (OWASP: device cookies): a number of its own and the accounts it knows, sealed. It signs nobody in;
/// it only keeps strangers' failures from making its owner wait.
/// </summary>
public sealed class KnownDevice(IDataProtectionProvider protection)
{
    public const string Cookie = "hele-device";

    private const int MostAccounts = 8;
    private static readonly TimeSpan Lasts = TimeSpan.FromDays(180);
    private readonly IDataProtector _protector = protection.CreateProtector("hele.device");

    public SignInClient Of(HttpContext context)
    {
        var (device, known) = Read(context);
        return new SignInClient(context.Connection.RemoteIpAddress, device, known);
    }

    public void Remember(HttpContext context, Guid account)
    {
        var (device, known) = Read(context);
        var text = string.Join(' ', new[] { device ?? Guid.NewGuid(), account }.Concat(known.Where(a => a != account).Take(MostAccounts - 1)).Select(g => g.ToString("N")));
        context.Response.Cookies.Append(CookieNames.For(context, Cookie), _protector.Protect(text), CookieNames.Options(context, Lasts));
    }

    /// <summary>The account that was signed in last in this browser; null when none ever was.</summary>
    public Guid? Last(HttpContext context) => Read(context).Known is [var last, ..] ? last : null;

    private (Guid? Device, IReadOnlyList<Guid> Known) Read(HttpContext context)
    {
        if (context.Request.Cookies[CookieNames.For(context, Cookie)] is not { Length: > 0 and < 4000 } sent)
            return (null, []);
        try
        {
            var ids = _protector.Unprotect(sent).Split(' ').Select(Guid.Parse).ToList();
            return (ids[0], ids[1..]);
        }
        catch (Exception broken) when (broken is System.Security.Cryptography.CryptographicException or FormatException)
        {
            return (null, []);
        }
    }
}

/// <summary>What a browser calls itself, in words a person knows; the rest of what it says about itself is not kept.</summary>
internal static class DeviceWords
{
    // The first that fits: everybody claims to be Safari, and many to be Chrome.
    private static readonly (string Mark, string Word)[] Browsers =
    [
        ("MicroMessenger", "WeChat"), ("HuaweiBrowser", "Huawei Browser"), ("MiuiBrowser", "Mi Browser"), ("QQBrowser", "QQ Browser"), ("UCBrowser", "UC Browser"),
        ("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"),
    ];

    private static readonly (string Mark, string Word)[] Systems =
    [
        ("HarmonyOS", "HarmonyOS"), ("OpenHarmony", "HarmonyOS"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "Mac"), ("Linux", "Linux"),
    ];

    public static string Of(string? agent) => string.Join(" / ", new[] { Find(Browsers, agent), Find(Systems, agent) }.OfType<string>());

    private static string? Find((string Mark, string Word)[] words, string? agent) => words.FirstOrDefault(w => agent?.Contains(w.Mark, StringComparison.Ordinal) == true).Word;
}

/// <summary>
/// How phone codes leave the house: through the gateway, or in the demo onto the code's own page. In a real installation without a gateway not at
/// all, and nobody is offered to sign in so.
/// </summary>
public sealed class PhoneSignIn(StartOptions options) : IDisposable
{
    private readonly ConcurrentDictionary<Guid, TaskCompletionSource<string?>> _shown = new();

    /// <summary>True in the demo alone, whose numbers are invented: the code stands on the page.</summary>
    public bool IsShown => options.Demo is not null;

    public bool IsOffered => IsShown || options.Sms is not null;

    internal SmsGateway? Gateway => options.Sms;

    /// <summary>The code that would have been sent, in the demo only; null when none would have been.</summary>
    internal async Task<string?> Shown(Guid id, CancellationToken cancel)
    {
        if (!IsShown)
            return null;
        var code = Slot(id).Task;
        // Delivery runs beside the request and is here in a moment, except after a new start.
        return await Task.WhenAny(code, Task.Delay(TimeSpan.FromSeconds(1), cancel)) == code ? await code : null;
    }

    internal void Show(Guid id, string? code)
    {
        if (_shown.Count > 1000)
            _shown.Clear();
        Slot(id).TrySetResult(code);
    }

    private TaskCompletionSource<string?> Slot(Guid id) => _shown.GetOrAdd(id, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));

    public void Dispose() => options.Sms?.Dispose();
}

/// <summary>
/// Sends codes beside the requests that asked for them. Whose number it is, and whether it may sign in so, is looked up here: the request has been
/// answered by then.
/// </summary>
public sealed class CodeDelivery(PhoneCodes codes, PhoneSignIn phone, StaffAccounts staff, ILogger<CodeDelivery> logger) : BackgroundService
{
    private const int AtATime = 4;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Parallel.ForEachAsync(codes.Outgoing.ReadAllAsync(stoppingToken),
        new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = stoppingToken }, async (code, cancel) =>
        {
            try
            {
                var sent = await codes.AccountOf(code.Number, cancel) is { } account && !await staff.HoldsPost(account, cancel) && !await staff.IsOfTheDead(account, cancel);
                if (phone.IsShown)
                    phone.Show(code.Id, sent ? code.Code : null);
                else if (sent && phone.Gateway is { } gateway && await gateway.Send(code.Number, code.Code, cancel) is { } failure)
                    logger.LogWarning("A sign-in code could not be sent: {Failure}.", failure);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                logger.LogError("A sign-in code could not be sent: {Kind}.", failure.GetType().Name);
            }
        });
}
