using System.Text;
using Microsoft.AspNetCore.Diagnostics;

namespace Hele.Web.Ui;

/// <summary>Addresses inside this site: what may be redirected to, and where the reader is.</summary>
public static class LocalPath
{
    /// <summary>
    /// The address if it is a path of this site, else <paramref name="otherwise"/>. Refused are foreign addresses, the forms that browsers
    /// read as foreign (<c>//host</c>, <c>/\host</c>), and control characters, which browsers drop before they look.
    /// </summary>
    /// <remarks>What isn't ASCII is escaped, as browsers do before they ask: it goes into a header, which takes nothing else.</remarks>
    public static string Or(string? address, string otherwise = "/") => IsLocal(address) ? Escaped(address!) : otherwise;

    private static string Escaped(string address)
    {
        if (Ascii.IsValid(address))
            return address;
        var escaped = new StringBuilder(address.Length * 2);
        foreach (var rune in address.EnumerateRunes())
            escaped.Append(rune.IsAscii ? rune.ToString() : Uri.EscapeDataString(rune.ToString()));
        return escaped.ToString();
    }

    public static bool IsLocal(string? address) =>
        address is ['/', ..] && (address.Length == 1 || address[1] is not ('/' or '\\')) && !address.Any(c => char.IsControl(c) || c == '\\');

    /// <summary>The address of the page that is shown, as it is opened: another of its forms may have been what was sent here.</summary>
    public static string OfPage(HttpContext context)
    {
        if (!context.Request.Query.ContainsKey("handler"))
            return Current(context);
        var query = QueryString.Create(context.Request.Query.Where(q => q.Key != "handler"));
        return Or(context.Request.PathBase + context.Request.Path + query);
    }

    /// <summary>Path and query as the reader's browser shows them, also on an error page.</summary>
    public static string Current(HttpContext context)
    {
        var request = context.Request;
        if (context.Features.Get<IStatusCodeReExecuteFeature>() is { } status)
            return Or(status.OriginalPathBase + status.OriginalPath + status.OriginalQueryString);
        if (context.Features.Get<IExceptionHandlerPathFeature>() is { } failure)
            return Or(failure.Path);
        return Or(request.PathBase + request.Path + request.QueryString);
    }
}
