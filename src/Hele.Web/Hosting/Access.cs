using System.Security.Claims;
using Hele.Civic.People;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Accounts;
using Hele.Civic.Platform.Storage;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Hele.Web.Hosting;

/// <summary>Anybody may open this, signed in or not.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class PublicAttribute : AllowAnonymousAttribute;

/// <summary>
/// Search engines may keep this page: it is public, lasts, and says nothing of anybody. Every other answer says that they may not (<see cref="SecurityHeaders"/>), and what holds personal
/// data among these says so itself.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class IndexedAttribute : Attribute;

/// <summary>Only who holds this permission; the code of a <see cref="Permission"/>.</summary>
public sealed class NeedsAttribute(string permission) : AuthorizeAttribute("permission:" + permission)
{
    public string Permission { get; } = permission;
}

/// <summary>Anybody who is signed in, whoever they are: their own account.</summary>
public sealed class SignedInAttribute() : AuthorizeAttribute(AccessHosting.SignedInPolicy);

/// <summary>The request's viewer; null when nobody is signed in. Read afresh from the database for each request.</summary>
public sealed class CurrentViewer
{
    public Viewer? Viewer { get; internal set; }

    /// <summary>The viewer of a page that only signed-in people reach.</summary>
    public Viewer Required => Viewer ?? throw new InvalidOperationException("Nobody is signed in.");

    /// <summary>The session behind the request's cookie, also one that still awaits its second factor; null when there is none.</summary>
    public LiveSession? Session { get; internal set; }

    /// <summary>The token of that session.</summary>
    internal string? Token { get; set; }

    /// <summary>Why it couldn't be found out who this is: the database couldn't be asked.</summary>
    internal System.Runtime.ExceptionServices.ExceptionDispatchInfo? Unknown { get; set; }

    /// <summary>The jurisdiction whose pages are shown: the viewer's, else the community that was chosen. Null when none is, or the installation is empty.</summary>
    public Jurisdiction? Jurisdiction { get; internal set; }

    /// <summary>Whether they showed who they are within the last minutes.</summary>
    internal bool IsFresh(TimeProvider clock) => Session is { } session && session.CreatedAt + Sessions.Fresh > clock.GetUtcNow();

    /// <summary>The page on which the viewer must do something before they may do anything else; null when there is none.</summary>
    internal string? MustDoFirst(SignInPolicy policy) => (Viewer, Session) switch
    {
        (null, _) or (_, null) => null,
        (_, { MustChangePassword: true }) => AccessHosting.PasswordPath,
        ({ IsStaff: true }, { HasSecondFactor: false }) when policy.DemandsSecondFactor => AccessHosting.SecurityPath,
        _ => null,
    };
}

/// <summary>Signing in, and who may open which end point. What somebody must do before anything else is decided from the database at each request.</summary>
public static class AccessHosting
{
    public const string Cookie = "hele-session";
    public const string SignedInPolicy = "signed-in";
    public const string SignInPath = "/sign-in";
    public const string PasswordPath = "/account/password";
    public const string SecurityPath = "/account/security";
    public const string SecondFactorPath = "/sign-in/second";
    public const string KeptPath = "/account/kept";
    private const string TokenClaim = "session";

    /// <summary>The keys of sign-in cookies and forms.</summary>
    public static string WebKeys(StorageOptions options) => Path.Combine(options.KeyDirectory, "web");

    public static void AddHeleAccess(this IServiceCollection services, StartOptions options)
    {
        // The folder is the program's user's alone (HeleHost.Prepare makes it). Sealing these keys would need a key beside them, which protects nothing.
        services.AddDataProtection().SetApplicationName("hele").PersistKeysToFileSystem(new DirectoryInfo(WebKeys(options.Storage)));
        services.AddScoped<CurrentViewer>();
        services.AddScoped<SentPhotos>();
        services.AddSingleton<KnownDevice>();
        services.AddSingleton(options.Limits);
        services.AddSingleton<Limits>();
        services.AddSingleton<PhoneSignIn>();
        services.AddHostedService<CodeDelivery>();
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(cookie =>
        {
            cookie.Cookie.Name = Cookie;
            cookie.Cookie.Path = "/";
            cookie.CookieManager = new HostCookies();
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            cookie.LoginPath = SignInPath;
            cookie.ReturnUrlParameter = "return";
            // How long a session lasts stands in its row (Sessions), and nowhere else: a ticket refused before the row was looked at would leave the row there, to be good
            // again when a clock that ran ahead is set right.
            cookie.ExpireTimeSpan = TimeSpan.FromDays(3650);
            cookie.SlidingExpiration = false;
            // Not allowed looks exactly like missing.
            cookie.Events.OnRedirectToAccessDenied = context =>
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
            };
            cookie.Events.OnRedirectToLogin = async context =>
            {
                context.HttpContext.RequestServices.GetRequiredService<SecurityLog>().SignInDemanded(context.HttpContext);
                context.Response.Redirect(HttpMethods.IsGet(context.Request.Method) ? $"{SignInPath}?return={Uri.EscapeDataString(LocalPath.Current(context.HttpContext))}" : await Keep(context.HttpContext));
            };
            // Where somebody goes after signing in is the sign-in page's to say: the framework would put the way back into the header as it stands in the address.
            cookie.Events.OnRedirectToReturnUrl = _ => Task.CompletedTask;
            cookie.Events.OnValidatePrincipal = async context =>
            {
                var (services, cancel) = (context.HttpContext.RequestServices, context.HttpContext.RequestAborted);
                var current = services.GetRequiredService<CurrentViewer>();
                current.Token = context.Principal?.FindFirstValue(TokenClaim);
                try
                {
                    await Ask();
                }
                catch (Exception failure) when (StorageTrouble.Of(failure) is not null)
                {
                    // Thrown again behind the authentication, so that the page that says so has a request it can be shown in. Nobody is anybody there, but what they
                    // typed goes into a form that is still theirs when it is sent again.
                    current.Unknown = System.Runtime.ExceptionServices.ExceptionDispatchInfo.Capture(failure);
                }

                async Task Ask()
                {
                    current.Session = current.Token is null ? null : await services.GetRequiredService<Sessions>().Find(current.Token, cancel);
                    current.Viewer = current.Session is { AwaitsSecondFactor: false } session
                        ? await services.GetRequiredService<Viewers>().Load(session.AccountId, session.Stamp, cancel, PlaceHosting.Chosen(context.HttpContext))
                        : null;
                    if (current.Viewer is null)
                        context.RejectPrincipal();
                }
            };
        });
        services.AddSingleton<IAuthorizationHandler, PermissionHandler>();
        services.AddAuthorization(authorization =>
        {
            authorization.AddPolicy(SignedInPolicy, p => p.RequireAuthenticatedUser());
            foreach (var permission in Civic.Modules.All.Permissions)
                authorization.AddPolicy("permission:" + permission.Code, p => p.RequireAuthenticatedUser().AddRequirements(new PermissionRequirement(permission)));
            // An end point that says nothing is refused here, and stops the start in AssertEveryEndpointHasAPolicy.
            authorization.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAssertion(_ => false).Build();
        });
    }

    /// <summary>After routing: finds out who this is and fences the request's reading in.</summary>
    public static void UseHeleAccess(this WebApplication app)
    {
        app.Use((context, next) =>
        {
            ReadGate.BeginFlow();
            return next(context);
        });
        // An address that doesn't exist is missing for a stranger too; the policy for end points would send them to the sign-in page.
        app.Use((context, next) =>
        {
            if (context.GetEndpoint() is not null)
                return next(context);
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
        DemoYear.Use(app);
        app.UseAuthentication();
        app.Use(async (context, next) =>
        {
            if (IsErrorPage(context))
            {
                await next(context);
                return;
            }
            context.RequestServices.GetRequiredService<CurrentViewer>().Unknown?.Throw();
            if (context.RequestServices.GetRequiredService<Limits>().Allows(context))
            {
                await next(context);
            }
            else
            {
                context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            }
            context.RequestServices.GetRequiredService<SecurityLog>().Answered(context);
        });
        app.Use(async (context, next) =>
        {
            var current = context.RequestServices.GetRequiredService<CurrentViewer>();
            var site = context.RequestServices.GetRequiredService<Site>();
            try
            {
                current.Jurisdiction = await site.Of(current.Viewer, PlaceHosting.Chosen(context), context.RequestAborted);
            }
            catch (Exception failure) when (IsErrorPage(context) && StorageTrouble.Of(failure) is not null)
            {
                // The page that says so needs no community.
            }
            if (current.Jurisdiction is { } jurisdiction)
                context.RequestServices.GetRequiredService<ReadSession>().Allow(jurisdiction.Id);
            await next(context);
        });
        app.UseAuthorization();
        app.Use(async (context, next) =>
        {
            // A one-time password opens one door: to choose another; a post without second factor one: to set it up.
            // Pages that anybody may see wait too: nothing else is done first. Signing out stays possible.
            var current = context.RequestServices.GetRequiredService<CurrentViewer>();
            if (current.MustDoFirst(context.RequestServices.GetRequiredService<SignInPolicy>()) is { } first && context.GetEndpoint() is { } endpoint && !IsErrorPage(context)
                && (endpoint.Metadata.GetMetadata<PageActionDescriptor>() is not null || endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null)
                && context.Request.Path != first && !(first == SecurityPath && context.Request.Path.StartsWithSegments(SecurityPath)) && context.Request.Path != "/sign-out")
            {
                context.Response.Redirect(first);
                return;
            }
            await next(context);
        });
    }

    /// <summary>
    /// A form was sent by nobody who is signed in. If somebody was until a moment ago, what they typed waits for them behind the sign-in page.
    /// </summary>
    private static async Task<string> Keep(HttpContext context)
    {
        var account = context.RequestServices.GetRequiredService<KnownDevice>().Last(context);
        if (account is not { } last || await UnsentForm.Of(context) is not { } form)
            return SignInPath;
        return SignInPath + "?return=" + Uri.EscapeDataString(KeptPath + "?form=" + context.RequestServices.GetRequiredService<KeptForms>().Keep(last, form).ToString("N"));
    }

    /// <summary>The page that stands in for a failed answer, not one that was asked for.</summary>
    internal static bool IsErrorPage(HttpContext context) => context.Features.Get<IStatusCodeReExecuteFeature>() is not null || context.Features.Get<IExceptionHandlerFeature>() is not null;

    /// <summary>
    /// Somebody has shown who they are. Begins a session with a new token and ends the one this browser had. With a second factor set up and not yet
    /// shown, the session awaits it and signs nobody in.
    /// </summary>
    /// <param name="back">Where to go afterwards, inside this site.</param>
    /// <returns>Where to go now.</returns>
    public static async Task<string> SignIn(this HttpContext context, Guid account, SignInMethod method, string back = "/")
    {
        var services = context.RequestServices;
        // Whoever else knows the password or holds the telephone: a session is nobody's any more.
        if (await services.GetRequiredService<StaffAccounts>().IsOfTheDead(account, context.RequestAborted))
            return SignInPath + "?closed=true";
        var awaits = method is SignInMethod.Password or SignInMethod.PhoneCode && (await services.GetRequiredService<SecondFactors>().Of(account, context.RequestAborted)).HasSecondFactor;
        var token = await services.GetRequiredService<Sessions>().Begin(account, method, awaits, DeviceWords.Of(context.Request.Headers.UserAgent), services.GetRequiredService<CurrentViewer>().Token);
        services.GetRequiredService<SecurityLog>().SignedIn(context, account, method, awaits);
        await context.SignInAsync(new ClaimsPrincipal(new ClaimsIdentity([new(TokenClaim, token)], CookieAuthenticationDefaults.AuthenticationScheme)));
        if (awaits)
            return back == "/" ? SecondFactorPath : SecondFactorPath + "?return=" + Uri.EscapeDataString(back);
        services.GetRequiredService<KnownDevice>().Remember(context, account);
        return back;
    }

    /// <summary>Ends this browser's session.</summary>
    public static async Task SignOut(this HttpContext context)
    {
        var current = context.RequestServices.GetRequiredService<CurrentViewer>();
        if (current.Token is { } token)
            await context.RequestServices.GetRequiredService<Sessions>().End(token);
        context.RequestServices.GetRequiredService<SecurityLog>().SignedOut(context, current.Session?.AccountId);
        await context.SignOutAsync();
    }

    /// <summary>Stops the start when an end point says neither who may open it nor that anybody may.</summary>
    public static void AssertEveryEndpointHasAPolicy(this IEndpointRouteBuilder app)
    {
        foreach (var endpoint in app.DataSources.SelectMany(s => s.Endpoints))
        {
            if (endpoint.Metadata.GetMetadata<IAuthorizeData>() is null && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null)
                throw new StartupException(($"入口 {endpoint.DisplayName} 没有写明谁能打开：请标上 [Public]、[SignedIn] 或 [Needs(permission)]。", $"The end point {endpoint.DisplayName} has no policy: mark it [Public], [SignedIn] or [Needs(permission)]."));
        }
    }

    private sealed record PermissionRequirement(Permission Permission) : IAuthorizationRequirement;

    private sealed class PermissionHandler(IHttpContextAccessor accessor) : AuthorizationHandler<PermissionRequirement>
    {
        protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, PermissionRequirement requirement)
        {
            if (accessor.HttpContext?.RequestServices.GetRequiredService<CurrentViewer>().Viewer?.Has(requirement.Permission) == true)
                context.Succeed(requirement);
            return Task.CompletedTask;
        }
    }
}
