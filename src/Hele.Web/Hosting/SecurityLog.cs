using System.Net;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Accounts;
using Hele.Web.Ui;

namespace Hele.Web.Hosting;

/// <summary>
/// Who signed in and how, who was refused what: for the operator, on standard output. Nothing that anybody typed is written, so nothing can be forged
/// into it: accounts by their number, pages by the pattern of their address, reasons by their code.
/// </summary>
public sealed partial class SecurityLog(ILogger<SecurityLog> logger)
{
    public void SignedIn(HttpContext context, Guid account, SignInMethod method, bool awaitsSecondFactor)
    {
        if (awaitsSecondFactor)
            SecondFactorAwaited(account, method, Address(context));
        else
            SignedIn(account, method, Address(context));
    }

    /// <param name="account">Null where it isn't known: whether a name exists isn't said here either.</param>
    public void SignInRefused(HttpContext context, SignInMethod method, Problem reason, Guid? account = null) => SignInRefused(method, reason.Code, account, Address(context));

    public void CodeAsked(HttpContext context) => CodeAsked(Address(context));

    public void SignedOut(HttpContext context, Guid? account) => SignedOut(account, Address(context));

    /// <summary>What about signing in was changed.</summary>
    public void Changed(HttpContext context, Guid account, SignInChange what) => Changed(what, account, Address(context));

    /// <summary>Reads the answer: what it refused, and to whom.</summary>
    public void Answered(HttpContext context)
    {
        var (route, verb, account) = (RouteOf(context), Verb(context.Request.Method), context.RequestServices.GetRequiredService<CurrentViewer>().Session?.AccountId);
        switch (context.Response.StatusCode)
        {
            // Missing and forbidden are one answer and one line.
            case StatusCodes.Status404NotFound when account is not null && context.GetEndpoint() is not null:
                AccessRefused(account, verb, route, Address(context));
                break;
            case StatusCodes.Status400BadRequest when UnsentForm.IsExpired(context):
                FormRefused("token", account, verb, route, Address(context));
                break;
            case StatusCodes.Status429TooManyRequests:
                HeldBack(account, verb, route, Address(context));
                break;
        }
    }

    public void SignInDemanded(HttpContext context) => SignInDemanded(Verb(context.Request.Method), RouteOf(context), Address(context));

    /// <summary>A form from another site, or a call by a name that isn't ours.</summary>
    public void ForeignRefused(HttpContext context, string reason) => FormRefused(reason, null, Verb(context.Request.Method), RouteOf(context), Address(context));

    /// <summary>The pattern of the page that was asked for, which is one of ours; not the address, which is anything.</summary>
    public static string RouteOf(HttpContext context) => (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText is { } pattern ? "/" + pattern.TrimStart('/') : "(no page)";

    private static IPAddress? Address(HttpContext context) => context.Connection.RemoteIpAddress;

    private static string Verb(string method) => method switch
    {
        "GET" or "HEAD" or "POST" or "PUT" or "DELETE" or "PATCH" or "OPTIONS" => method,
        _ => "(other)",
    };

    [LoggerMessage(1, LogLevel.Information, "Signed in: account {Account}, by {Method}, from {Address}.", EventName = nameof(SignedIn))]
    private partial void SignedIn(Guid account, SignInMethod method, IPAddress? address);

    [LoggerMessage(2, LogLevel.Information, "Second factor awaited: account {Account}, after {Method}, from {Address}.", EventName = nameof(SecondFactorAwaited))]
    private partial void SecondFactorAwaited(Guid account, SignInMethod method, IPAddress? address);

    [LoggerMessage(3, LogLevel.Warning, "Sign-in refused: by {Method}, {Reason}, account {Account}, from {Address}.", EventName = nameof(SignInRefused))]
    private partial void SignInRefused(SignInMethod method, string reason, Guid? account, IPAddress? address);

    [LoggerMessage(4, LogLevel.Information, "A code was asked for, from {Address}.", EventName = nameof(CodeAsked))]
    private partial void CodeAsked(IPAddress? address);

    [LoggerMessage(5, LogLevel.Information, "Signed out: account {Account}, from {Address}.", EventName = nameof(SignedOut))]
    private partial void SignedOut(Guid? account, IPAddress? address);

    [LoggerMessage(6, LogLevel.Information, "Signing in changed: {What}, account {Account}, from {Address}.", EventName = nameof(Changed))]
    private partial void Changed(SignInChange what, Guid account, IPAddress? address);

    [LoggerMessage(7, LogLevel.Warning, "Refused: account {Account}, {Verb} {Route}, missing or not theirs, from {Address}.", EventName = nameof(AccessRefused))]
    private partial void AccessRefused(Guid? account, string verb, string route, IPAddress? address);

    [LoggerMessage(8, LogLevel.Information, "Sent to sign in: {Verb} {Route}, from {Address}.", EventName = nameof(SignInDemanded))]
    private partial void SignInDemanded(string verb, string route, IPAddress? address);

    [LoggerMessage(9, LogLevel.Warning, "Form refused: {Reason}, account {Account}, {Verb} {Route}, from {Address}.", EventName = nameof(FormRefused))]
    private partial void FormRefused(string reason, Guid? account, string verb, string route, IPAddress? address);

    [LoggerMessage(10, LogLevel.Warning, "Held back: account {Account}, {Verb} {Route}, from {Address}.", EventName = nameof(HeldBack))]
    private partial void HeldBack(Guid? account, string verb, string route, IPAddress? address);
}

public enum SignInChange
{
    Password,
    App,
    AppRemoved,
    Passkey,
    PasskeyRemoved,
    RecoveryCodes,
    SessionEnded,
    AllSessionsEnded,
}
