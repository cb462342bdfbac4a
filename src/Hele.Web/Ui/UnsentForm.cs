using Hele.Web.Hosting;
using Microsoft.AspNetCore.Mvc.Core.Infrastructure;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Hele.Web.Ui;

/// <summary>
/// A form that reached the program and couldn't be taken, for a reason that isn't in it: it lay open too long, somebody else signed in, the session
/// was over, too much came at once, the program failed. What was typed is given back to be sent again; its operation id makes that the same act.
/// </summary>
/// <param name="Address">Where it was sent.</param>
/// <param name="Fields">Every field but the antiforgery token, in their order.</param>
/// <param name="HadFiles">Files are not kept.</param>
public sealed record UnsentForm(string Address, IReadOnlyList<KeyValuePair<string, string>> Fields, bool HadFiles)
{
    /// <summary>The operation id's field: every form of the program carries one.</summary>
    public const string OperationField = "op";

    private const string TokenField = "__RequestVerificationToken";
    private static readonly object Mark = new();

    /// <summary>Whether the antiforgery token was no longer good.</summary>
    public static bool IsExpired(HttpContext context) => context.Items.ContainsKey(Mark);

    /// <summary>
    /// The form that came with this request. Null when there is none, it can't be read, or may not be given back: it came from another site (its
    /// content is not the reader's), holds a password, or nothing that anybody typed or chose.
    /// </summary>
    public static async Task<UnsentForm?> Of(HttpContext context)
    {
        var request = context.Request;
        if (!HttpMethods.IsPost(request.Method) || !CameFromHere(request) || await Preferences.ReadForm(context) is not { } form)
            return null;
        if (form.Keys.Any(k => k.Contains("password", StringComparison.OrdinalIgnoreCase)))
            return null;
        var fields = (from field in form where field.Key != TokenField from value in field.Value select KeyValuePair.Create(field.Key, value ?? "")).ToList();
        return fields.Any(f => f.Key != OperationField && f.Value.Length > 0) ? new UnsentForm(LocalPath.Current(context), fields, form.Files.Count > 0 || SentFiles.Of(context).Count > 0) : null;
    }

    /// <summary>Words are shown so that they can be read and copied; choices, ids and marks travel unseen.</summary>
    public static bool WasWritten(string name, string value) =>
        name != OperationField && value.Length > 0 && (value.Length > 40 || value.Any(c => c > 127 || c == ' '));

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
