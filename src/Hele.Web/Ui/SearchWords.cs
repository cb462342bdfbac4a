using System.Security.Cryptography;
using Hele.Civic.Kernel;
using Hele.Web.Hosting;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Hele.Web.Ui;

/// <summary>
/// What staff search for names people and places, and an address is kept in histories and proxies' logs. So the words travel in a form's body, and in the
/// address of the list only sealed: paging, going back and a bookmark work, and nobody else can read them.
/// </summary>
public sealed class SearchWords(IDataProtectionProvider protection)
{
    public const string FindPath = "/find";

    /// <summary>The field of every list's search box, and the name of the sealed words in its address.</summary>
    public const string Field = "Search";

    /// <summary>Characters; more is cut off.</summary>
    public const int MostLength = 100;

    private readonly IDataProtector _protector = protection.CreateProtector("hele.search-words");

    public string Seal(string words) => ChineseText.Line(words) is { Length: > 0 } line ? _protector.Protect(line.Length > MostLength ? line[..MostLength] : line) : "";

    /// <summary>The words; none when they were not sealed here.</summary>
    public string Open(string? words)
    {
        if (string.IsNullOrEmpty(words))
            return "";
        try
        {
            return _protector.Unprotect(words);
        }
        catch (CryptographicException)
        {
            return "";
        }
    }

    /// <summary>POST /find with <c>to</c> (a list's local path), <c>Search</c> and the list's other choices; answers with the list's address.</summary>
    public static void MapFind(IEndpointRouteBuilder app) => app.MapPost(FindPath, async (HttpContext context, SearchWords words) =>
    {
        if (await Preferences.ReadForm(context) is not { } form || !LocalPath.IsLocal(form["to"]))
            return Results.StatusCode(StatusCodes.Status400BadRequest);
        var choices = from field in form where field.Key is not "to" from value in field.Value where value.Length > 0
                      select KeyValuePair.Create(field.Key, (string?)(field.Key == Field ? words.Seal(value) : value));
        context.Response.Headers.Location = LocalPath.Or(form["to"]) + QueryString.Create(choices.Where(c => c.Value!.Length > 0)).ToString();
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }).AllowAnonymous().DisableAntiforgery();

    /// <summary>Opens the words in a list's address, so that the page and its search box have them as they were typed.</summary>
    public sealed class Binder(SearchWords words) : IModelBinder
    {
        public Task BindModelAsync(ModelBindingContext bindingContext)
        {
            var opened = words.Open(bindingContext.ValueProvider.GetValue(bindingContext.ModelName).FirstValue);
            bindingContext.ModelState.SetModelValue(bindingContext.ModelName, opened, opened);
            bindingContext.Result = ModelBindingResult.Success(opened);
            return Task.CompletedTask;
        }
    }
}

/// <summary><c>&lt;h-filters action=…&gt;</c>: the search box and the choices above a list whose words are not to stand in its address.</summary>
[HtmlTargetElement("h-filters")]
public sealed class FiltersTagHelper : TagHelper
{
    /// <summary>The list's path.</summary>
    public string Action { get; set; } = "/";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "form";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "filters");
        output.Attributes.SetAttribute("method", "post");
        output.Attributes.SetAttribute("action", SearchWords.FindPath);
        output.Attributes.SetAttribute("novalidate", "novalidate");
        output.Attributes.SetAttribute("role", "search");
        output.PreContent.SetHtmlContent(new Html().Raw("<input type=\"hidden\" name=\"to\"").Attr("value", Action).Raw(">").Done());
    }
}
