using System.Text.Encodings.Web;
using System.Text.Unicode;
using Hele.Web.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Metadata;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.WebEncoders;

namespace Hele.Web.Ui;

/// <summary>Wires the look and the shared web pieces into the host.</summary>
public static class HeleUi
{
    /// <summary>Razor Pages, texts, formats, the shell and the framework options the pages rely on.</summary>
    /// <param name="configure">Sets <see cref="HeleUiOptions.Shell"/>: how the menu, the account and the banners of a request are made.</param>
    public static IMvcBuilder AddHeleUi(this IServiceCollection services, Action<HeleUiOptions>? configure = null)
    {
        var options = services.AddOptions<HeleUiOptions>();
        if (configure is not null)
            options.Configure(configure);

        services.AddFront();
        services.AddHttpContextAccessor();
        services.AddSingleton(s => TextCatalogue.Embedded(strict: s.GetRequiredService<IHostEnvironment>().IsDevelopment()));
        services.AddScoped(s => new Texts(s.GetRequiredService<TextCatalogue>(), Language.Of(s.GetRequiredService<IHttpContextAccessor>().HttpContext)));
        services.AddScoped<Fmt>();
        services.AddScoped<Shell>();
        services.AddSingleton<SearchWords>();
        services.AddSingleton<KeptForms>();

        // Otherwise every Chinese character leaves as &#x....;, a third more bytes.
        services.Configure<WebEncoderOptions>(o => o.TextEncoderSettings = new(UnicodeRanges.All));
        services.Configure<KestrelServerOptions>(o => o.AddServerHeader = false);
        // Only files are compressed: a page mixes secrets with what a visitor sent, and the length of the compressed page would tell.
        services.AddResponseCompression(o =>
        {
            o.EnableForHttps = true;
            o.MimeTypes = ["text/css", "text/javascript", "application/javascript", "image/svg+xml"];
        });
        services.AddAntiforgery(o =>
        {
            o.Cookie.Name = "hele-form";
            o.Cookie.SameSite = SameSiteMode.Strict;
            o.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            o.SuppressXFrameOptionsHeader = true; // set for every answer by SecurityHeaders
        });
        services.Configure<CookieTempDataProviderOptions>(o =>
        {
            o.Cookie.Name = Refusals.Cookie;
            o.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            o.Cookie.IsEssential = true;
        });
        services.AddOptions<MvcOptions>().Configure<TextCatalogue>(SayItInTheReadersLanguage);
        return services.AddRazorPages().AddMvcOptions(o => o.Filters.Add<UnsentForm.Filter>());
    }

    /// <summary>
    /// Call first. In this order: security headers · error pages (a failure, a bare status) · what is believed of a request · files · language · routing. After it the host
    /// adds authentication and authorization (they run after routing) and maps its pages and end points.
    /// </summary>
    /// <remarks>
    /// Headers come first so that every answer has them; the error pages stand outside everything that can fail; files are served before
    /// anyone is asked who they are; routing comes last so that a page shown for an error is routed anew.
    /// </remarks>
    public static void UseHeleUi(this WebApplication app)
    {
        app.UseSecurityHeaders();
        app.UseLanguage();
        // That page writes the failure into the messages itself, with the reference that it shows.
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandlingPath = "/errors/500", SuppressDiagnosticsCallback = failed => failed.ExceptionHandledBy == Microsoft.AspNetCore.Diagnostics.ExceptionHandledType.ExceptionHandlingPath });
        app.UseStatusCodePagesWithReExecute("/errors/{0}");
        app.UseFront();
        app.UseResponseCompression();
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = Assets.Files,
            OnPrepareResponse = static file => file.Context.Response.Headers.CacheControl =
                file.Context.Request.Query.ContainsKey("v") ? "public, max-age=31536000, immutable" : "no-cache",
        });
        app.UseRouting();

        app.MapLanguageSwitch();
        app.MapElderSwitch();
        app.MapAppearanceSwitch();
        app.MapPlaceSwitch();
        SearchWords.MapFind(app);
    }

    private static void SayItInTheReadersLanguage(MvcOptions mvc, TextCatalogue texts)
    {
        // Whether something must be filled in is said by the module's Problem, not by a C# type.
        mvc.SuppressImplicitRequiredAttributeForNonNullableReferenceTypes = true;
        mvc.ModelMetadataDetailsProviders.Add(new EmptyTextStaysText());

        var say = mvc.ModelBindingMessageProvider;
        say.SetAttemptedValueIsInvalidAccessor((value, _) => In()["无法识别“{0}”，请检查后重填", value]);
        say.SetNonPropertyAttemptedValueIsInvalidAccessor(value => In()["无法识别“{0}”，请检查后重填", value]);
        say.SetValueIsInvalidAccessor(value => In()["无法识别“{0}”，请检查后重填", value]);
        say.SetUnknownValueIsInvalidAccessor(_ => In()["填写的内容无法识别，请检查后重填"]);
        say.SetNonPropertyUnknownValueIsInvalidAccessor(() => In()["填写的内容无法识别，请检查后重填"]);
        say.SetValueMustBeANumberAccessor(_ => In()["请填写数字"]);
        say.SetNonPropertyValueMustBeANumberAccessor(() => In()["请填写数字"]);
        say.SetValueMustNotBeNullAccessor(_ => In()["请填写此项"]);
        say.SetMissingBindRequiredValueAccessor(_ => In()["请填写此项"]);
        say.SetMissingKeyOrValueAccessor(() => In()["请填写此项"]);
        say.SetMissingRequestBodyRequiredValueAccessor(() => In()["请填写此项"]);

        // These are asked without a request at hand; LanguageHosting has left the language in the UI culture.
        Texts In() => new(texts, System.Globalization.CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == Language.English ? Language.English : Language.Chinese);
    }

    /// <summary>An empty text box posts "", not null: an input's text is never null.</summary>
    private sealed class EmptyTextStaysText : IDisplayMetadataProvider
    {
        public void CreateDisplayMetadata(DisplayMetadataProviderContext context) => context.DisplayMetadata.ConvertEmptyStringToNull = false;
    }
}
