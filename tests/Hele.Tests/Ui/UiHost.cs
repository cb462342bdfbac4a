using System.Security.Claims;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Hele.Tests.Ui;

/// <summary>The smallest host that has the look and nothing of the product: headers, errors, files, language, elder mode.</summary>
internal sealed class UiHost : IAsyncDisposable
{
    private readonly WebApplication app;

    private UiHost(WebApplication app) => this.app = app;

    public static async Task<UiHost> Start(Action<HeleUiOptions>? options = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = "Hele.Web", EnvironmentName = "Development" });
        builder.Logging.ClearProviders();
        builder.WebHost.UseTestServer();
        builder.Services.AddHeleUi(options);
        builder.Services.AddControllersWithViews().AddApplicationPart(typeof(GuardedFormController).Assembly);
        var app = builder.Build();
        app.UseHeleUi();
        app.Use((context, next) =>
        {
            if (context.Request.Headers.TryGetValue("X-Signed-In", out var name))
                context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, name.ToString())], "test"));
            return next(context);
        });
        app.MapRazorPages();
        app.MapControllers();
        app.MapGet("/plain", () => Results.Text("<p>ok</p>", "text/html"));
        app.MapGet("/forbidden", () => Results.StatusCode(403));
        app.MapGet("/boom", string () => throw new InvalidOperationException("secret detail"));
        await app.StartAsync();
        return new(app);
    }

    /// <summary>A client that follows nothing and keeps no cookies.</summary>
    public HttpClient Client() => app.GetTestClient();

    public ValueTask DisposeAsync() => app.DisposeAsync();
}

/// <summary>A form that asks for the antiforgery token, as every page of the product does.</summary>
public sealed class GuardedFormController : Controller
{
    [HttpPost("/guarded"), ValidateAntiForgeryToken]
    public IActionResult Send() => Content("accepted");

    /// <summary>Does what a page's Say does, which only a page can call.</summary>
    [HttpGet("/said")]
    public IActionResult SaySomething()
    {
        TempData["hele-said"] = "诉求已经提交";
        return Redirect("/missing");
    }
}
