using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Hele.TestKit;

/// <summary>A field of a form, with a value the form takes.</summary>
/// <param name="Written">People write into it what they like; <paramref name="Long"/>: a whole text.</param>
public sealed record FieldFound(string Name, string Value, bool Written, bool Long);

/// <summary>A form as a page offers it to somebody.</summary>
/// <param name="Key">Which form it is, whatever record it stands on.</param>
public sealed record FormFound(string Key, string Page, string Address, bool Post, bool Multipart, IReadOnlyList<FieldFound> Fields)
{
    /// <summary>The fields with one replaced; each sending is an act of its own.</summary>
    public IEnumerable<KeyValuePair<string, string>> With(string? field, string encoded) => Fields.Select(f => KeyValuePair.Create(Uri.EscapeDataString(f.Name),
        f.Name == field ? encoded : f.Name == "op" ? Guid.NewGuid().ToString() : Uri.EscapeDataString(f.Value)));
}

/// <summary>Forms as they stand on pages, sent with what no page lets anybody send.</summary>
public static partial class Forms
{
    /// <summary>What takes people out of their session, or the program out of its own; their fields are tried as somebody who has none.</summary>
    public static bool IsSpared(string address) => address.StartsWith("/sign-out", StringComparison.Ordinal) || address.StartsWith("/account/sessions", StringComparison.Ordinal) || address.StartsWith("/errors/", StringComparison.Ordinal);

    /// <summary>The address as it stands: nothing in it is made canonical before it is sent.</summary>
    public static Uri Exactly(Uri root, string pathAndQuery) => new(root.GetLeftPart(UriPartial.Authority) + pathAndQuery, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });

    /// <summary>Every form on a page, with values it takes.</summary>
    public static IEnumerable<FormFound> On(string pattern, string path, string source)
    {
        var document = new HtmlParser().ParseDocument(source);
        foreach (var form in document.QuerySelectorAll("form").OfType<IHtmlFormElement>())
        {
            var fields = new List<FieldFound>();
            foreach (var element in form.Elements)
            {
                if (element.GetAttribute("name") is not { Length: > 0 } name || (fields.Any(f => f.Name == name) && element is IHtmlInputElement { Type: "radio" }))
                    continue;
                var value = element switch
                {
                    IHtmlInputElement { Type: "hidden" } hidden => hidden.Value,
                    IHtmlInputElement { Type: "radio" or "checkbox" } box => box.GetAttribute("value") ?? "on",
                    IHtmlInputElement { Type: "date" } date => date.Value.Length > 0 ? date.Value : "2026-10-30",
                    IHtmlInputElement { Type: "number" } number => number.Value.Length > 0 ? number.Value : "1",
                    IHtmlInputElement { Type: "password" } => "not-the-password",
                    IHtmlInputElement { Type: "tel" } => "13800001111",
                    IHtmlInputElement { Type: "file" } => null,
                    IHtmlSelectElement select => select.Options.Select(o => o.Value).LastOrDefault(v => v.Length > 0) ?? "",
                    IHtmlInputElement { Value.Length: > 0 } input => input.Value,
                    IHtmlInputElement => "填的内容",
                    IHtmlTextAreaElement area => area.Value.Length > 0 ? area.Value : "填的内容",
                    IHtmlButtonElement button when button.HasAttribute("value") => button.GetAttribute("value"),
                    _ => null,
                };
                if (value is not null)
                    fields.Add(new(name, value, element is IHtmlTextAreaElement or IHtmlInputElement { Type: "text" or "search" or "email" or "url" }, element is IHtmlTextAreaElement));
            }
            var address = form.GetAttribute("action") is { Length: > 0 } action ? action : path;
            var post = form.GetAttribute("method")?.Equals("post", StringComparison.OrdinalIgnoreCase) == true;
            var handler = address.Contains("handler=", StringComparison.Ordinal) ? address[address.IndexOf("handler=", StringComparison.Ordinal)..] : "";
            var own = address.Split('?')[0] == path.Split('?')[0] ? pattern : WithoutCodes(address.Split('?')[0]);
            yield return new($"{(post ? "POST" : "GET")} {own} {handler} {string.Join(',', fields.Select(f => f.Name).Where(n => n is not ("op" or "__RequestVerificationToken")).Distinct())}", path, address, post,
                form.GetAttribute("enctype") == "multipart/form-data", fields);
        }
    }

    /// <summary>Sends a form as it is written, with its session; follows nothing.</summary>
    public static async Task<HttpResponseMessage> Send(HttpClient client, FormFound form, IEnumerable<KeyValuePair<string, string>> encoded)
    {
        var root = client.BaseAddress!;
        if (!form.Post)
            return await client.GetAsync(Exactly(root, form.Address.Split('?')[0] + "?" + string.Join('&', encoded.Select(f => f.Key + "=" + f.Value))));
        HttpContent body = Payloads.Form(encoded);
        if (form.Multipart)
        {
            var parts = new MultipartFormDataContent();
            foreach (var (name, value) in encoded)
                parts.Add(new ByteArrayContent(Unescaped(value)), $"\"{Uri.UnescapeDataString(name)}\"");
            body = parts;
        }
        using var request = new HttpRequestMessage(HttpMethod.Post, Exactly(root, form.Address)) { Content = body };
        request.Headers.TryAddWithoutValidation("Sec-Fetch-Site", "same-origin");
        return await client.SendAsync(request);
    }

    /// <summary>The bytes behind escapes, ill-formed ones as they stand.</summary>
    private static byte[] Unescaped(string encoded) => WebUtility.UrlDecodeToBytes(System.Text.Encoding.ASCII.GetBytes(encoded), 0, encoded.Length);

    /// <summary>An address of whichever record.</summary>
    public static string WithoutCodes(string address) => Code().Replace(address, "{code}");

    [GeneratedRegex("[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}")]
    private static partial Regex Code();
}
