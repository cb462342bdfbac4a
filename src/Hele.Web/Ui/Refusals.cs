using Hele.Civic.Kernel;
using Hele.Civic.Platform.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace Hele.Web.Ui;

/// <summary>What a page does with a refusal, and with a success.</summary>
public static class Refusals
{
    /// <summary>The cookie that carries it from one page to the next.</summary>
    internal const string Cookie = "hele-said";

    private const string SaidKey = "hele-said";
    private static readonly object AsNew = new();

    /// <summary>True when the page says that this was sent before: pressing the button once more sends it as new.</summary>
    internal static bool OffersToSendAsNew(HttpContext context) => context.Items.ContainsKey(AsNew);

    /// <summary>
    /// The page again, with what was typed and the problem beside its field (or in the summary, when it is about the whole act): 400, or 409
    /// when the record is in another state. A missing record is the 404 page.
    /// </summary>
    /// <param name="prefix">The name of the page's bound property that holds the input.</param>
    public static IActionResult Refused(this PageModel page, Problem problem, string prefix = "Input") => page.Refused([problem], prefix);

    /// <inheritdoc cref="Refused(PageModel, Problem, string)"/>
    public static IActionResult Refused(this PageModel page, IEnumerable<Problem> problems, string prefix = "Input")
    {
        var L = page.HttpContext.RequestServices.GetRequiredService<Texts>();
        var status = StatusCodes.Status400BadRequest;
        foreach (var problem in problems)
        {
            if (problem.Kind == ProblemKind.NotFound)
                return page.NotFound();
            if (problem.Code == StorageProblems.OtherContent.Code || problem.Code == StorageProblems.SameContent.Code)
                page.HttpContext.Items[AsNew] = true;
            if (problem.Kind == ProblemKind.Conflict)
                status = StatusCodes.Status409Conflict;
            var key = problem.Field is null ? "" : prefix.Length == 0 ? problem.Field : $"{prefix}.{problem.Field}";
            page.ModelState.AddModelError(key, L[problem.Sentence]);
        }

        var again = page.Page();
        again.StatusCode = status;
        return again;
    }

    /// <summary>Says something on the next page this browser opens, after a redirect: "your appeal has been filed".</summary>
    public static void Say(this PageModel page, string sentence) => page.TempData[SaidKey] = sentence;

    /// <summary>What the last page had to say; once.</summary>
    /// <remarks>Looked at only when the browser sent something: merely reading makes the framework answer with a cookie.</remarks>
    internal static string? Said(HttpContext context, ITempDataDictionary? data) =>
        context.Request.Cookies.ContainsKey(Cookie) ? data?[SaidKey] as string : null;
}
