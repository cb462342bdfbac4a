using System.Security.Claims;
using Hele.Civic.People;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Accounts;
using Hele.Civic.Platform.Storage;
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

    /// <summary>The jurisdiction whose pages are shown: the viewer's, else the community that was chosen. Null when none is, or the installation is empty.</summary>
    public Jurisdiction? Jurisdiction { get; internal set; }
}

/// <summary>Signing in, and who may open which end point.</summary>
public static class AccessHosting
{
    public const string Cookie = "hele-session";
    public const string SignedInPolicy = "signed-in";
    public const string SignInPath = "/sign-in";
    public const string PasswordPath = "/account/password";
    private const string AccountClaim = "account", StampClaim = "stamp", MustChangeClaim = "must-change";

    public static void AddHeleAccess(this IServiceCollection services, StartOptions options)
    {
        services.AddDataProtection().SetApplicationName("hele").PersistKeysToFileSystem(Directory.CreateDirectory(Path.Combine(options.Storage.KeyDirectory, "web")));
        services.AddScoped<CurrentViewer>();
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(cookie =>
        {
            cookie.Cookie.Name = Cookie;
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            cookie.LoginPath = SignInPath;
            cookie.ReturnUrlParameter = "return";
            cookie.ExpireTimeSpan = TimeSpan.FromHours(12);
            cookie.SlidingExpiration = true;
            // Not allowed looks exactly like missing.
            cookie.Events.OnRedirectToAccessDenied = context =>
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
            };
            cookie.Events.OnRedirectToLogin = context =>
            {
                context.Response.Redirect(context.Request.Method == HttpMethods.Get ? new Uri(context.RedirectUri).PathAndQuery : SignInPath);
                return Task.CompletedTask;
            };
            cookie.Events.OnValidatePrincipal = async context =>
            {
                var viewers = context.HttpContext.RequestServices.GetRequiredService<Viewers>();
                var viewer = Guid.TryParse(context.Principal?.FindFirstValue(AccountClaim), out var account) && Guid.TryParse(context.Principal?.FindFirstValue(StampClaim), out var stamp)
                    ? await viewers.Load(account, stamp, context.HttpContext.RequestAborted, PlaceHosting.Chosen(context.HttpContext))
                    : null;
                context.HttpContext.RequestServices.GetRequiredService<CurrentViewer>().Viewer = viewer;
                if (viewer is null)
                    context.RejectPrincipal();
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
        // An address that doesn't exist is missing for a stranger too; the policy for end points would send them to the sign-in page.
        app.Use((context, next) =>
        {
            if (context.GetEndpoint() is not null)
                return next(context);
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
        app.UseAuthentication();
        app.Use(async (context, next) =>
        {
            var current = context.RequestServices.GetRequiredService<CurrentViewer>();
            var site = context.RequestServices.GetRequiredService<Site>();
            current.Jurisdiction = await site.Of(current.Viewer, PlaceHosting.Chosen(context), context.RequestAborted);
            if (current.Jurisdiction is { } jurisdiction)
                context.RequestServices.GetRequiredService<ReadSession>().Allow(jurisdiction.Id);
            await next(context);
        });
        app.UseAuthorization();
        app.Use(async (context, next) =>
        {
            // A one-time password opens one door: to choose another.
            // Pages that anybody may see wait too: with a one-time password nothing else is done first. Signing out stays possible.
            if (context.User.HasClaim(MustChangeClaim, "1") && context.GetEndpoint() is { } endpoint && !IsErrorPage(context)
                && (endpoint.Metadata.GetMetadata<PageActionDescriptor>() is not null || endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null)
                && context.Request.Path != PasswordPath && context.Request.Path != "/sign-out")
            {
                context.Response.Redirect(PasswordPath);
                return;
            }
            await next(context);
        });
    }

    /// <summary>The page that stands in for a failed answer, not one that was asked for.</summary>
    private static bool IsErrorPage(HttpContext context) => context.Features.Get<IStatusCodeReExecuteFeature>() is not null || context.Features.Get<IExceptionHandlerFeature>() is not null;

    public static Task SignIn(this HttpContext context, Account account) => context.SignInAsync(new ClaimsPrincipal(new ClaimsIdentity(
        [
            new(AccountClaim, account.Id.ToString()), new(StampClaim, account.Stamp.ToString()),
            .. account.MustChangePassword ? new[] { new Claim(MustChangeClaim, "1") } : [],
        ], CookieAuthenticationDefaults.AuthenticationScheme)));

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
