using Microsoft.AspNetCore.Mvc.Core.Infrastructure;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Hele.Web.Ui;

/// <summary>
/// A form whose antiforgery token is no longer good (the page lay open too long, or somebody else signed in). The answer is 400; what was
/// typed is given back so that nothing is lost.
/// </summary>
public static class ExpiredForm
{
    /// <summary>The operation id's field: every form of the program carries one.</summary>
    public const string OperationField = "op";

    private const string TokenField = "__RequestVerificationToken";
    private static readonly object Mark = new();

    public static bool Happened(HttpContext context) => context.Items.ContainsKey(Mark);

    /// <summary>
    /// What was typed, to be shown and sent again. Null when it may not be: the form came from another site (its content is not
    /// the reader's), or holds a password.
    /// </summary>
    public static IReadOnlyList<KeyValuePair<string, string>>? Typed(HttpContext context)
    {
        if (!Happened(context) || !context.Request.HasFormContentType || !CameFromHere(context.Request))
            return null;
        var form = context.Request.Form;
        if (form.Keys.Any(k => k.Contains("password", StringComparison.OrdinalIgnoreCase)))
            return null;
        return [.. from field in form
                   where field.Key != TokenField
                   from value in field.Value
                   select KeyValuePair.Create(field.Key, value ?? "")];
    }

    /// <summary>Says the browser that the form stood on a page of ours? Without such a word (very old browsers) the answer is no.</summary>
    private static bool CameFromHere(HttpRequest request)
    {
        if (request.Headers.TryGetValue("Sec-Fetch-Site", out var site))
            return site == "same-origin";
        return request.Headers.Origin == $"{request.Scheme}://{request.Host}";
    }

    /// <summary>Remembers that a 400 was about the token; the error page reads it.</summary>
    internal sealed class Filter : IAlwaysRunResultFilter
    {
        public void OnResultExecuting(ResultExecutingContext context)
        {
            if (context.Result is IAntiforgeryValidationFailedResult)
                context.HttpContext.Items[Mark] = true;
        }

        public void OnResultExecuted(ResultExecutedContext context)
        {
        }
    }
}
