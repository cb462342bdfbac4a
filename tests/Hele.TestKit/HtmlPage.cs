using System.Net;
using System.Net.Http.Headers;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Xunit;

namespace Hele.TestKit;

/// <summary>
/// An answer of the server as a person without JavaScript sees it. The client must keep cookies and follow no redirects
/// (<c>AllowAutoRedirect = false</c>), so that a test sees where a POST leads.
/// </summary>
public sealed class HtmlPage
{
    private readonly HttpClient client;

    private HtmlPage(HttpClient client, HttpResponseMessage answer, string source)
    {
        this.client = client;
        Status = (int)answer.StatusCode;
        Url = answer.RequestMessage!.RequestUri!;
        Location = answer.Headers.Location is { } to ? new Uri(Url, to) : null;
        Source = source;
        Headers = answer.Headers;
        Document = new HtmlParser().ParseDocument(source);
    }

    public int Status { get; }

    public Uri Url { get; }

    /// <summary>Where a redirect leads, absolute; null when this is none.</summary>
    public Uri? Location { get; }

    public HttpResponseHeaders Headers { get; }

    /// <summary>The body as sent.</summary>
    public string Source { get; }

    public IHtmlDocument Document { get; }

    public string Title => Clean(Document.Title ?? "");

    /// <summary>Texts of everything of the class <c>problem</c>: what the form refuses, beside its fields.</summary>
    public IReadOnlyList<string> Problems => Texts(".problem");

    /// <summary>Gets a page. Fails with the page's text when the answer has another status.</summary>
    public static async Task<HtmlPage> Get(HttpClient client, string url, int status = 200)
    {
        using var answer = await client.GetAsync(url);
        var page = await From(client, answer);
        return page.Expect(status);
    }

    /// <summary>Reads any answer, of whatever status.</summary>
    public static async Task<HtmlPage> From(HttpClient client, HttpResponseMessage answer) =>
        new(client, answer, await answer.Content.ReadAsStringAsync());

    /// <summary>Fails, showing the page's text, unless the status is this.</summary>
    public HtmlPage Expect(int status)
    {
        if (Status != status)
            Assert.Fail($"{Url.PathAndQuery} answered {Status}{(Location is null ? "" : $" to {Location.PathAndQuery}")}, expected {status}.\n{Excerpt()}");
        return this;
    }

    /// <summary>Fails unless this is a redirect to <paramref name="path"/> (path and query, or its beginning when it ends in *).</summary>
    public HtmlPage ExpectRedirect(string? path = null)
    {
        if (Location is null || Status is not (301 or 302 or 303 or 307 or 308))
            Assert.Fail($"{Url.PathAndQuery} answered {Status}, expected a redirect{(path is null ? "" : " to " + path)}.\nProblems: {string.Join(" · ", Problems)}\n{Excerpt()}");
        var to = Location!.PathAndQuery;
        if (path is not null && !(path.EndsWith('*') ? to.StartsWith(path[..^1], StringComparison.Ordinal) : to == path))
            Assert.Fail($"{Url.PathAndQuery} redirects to {to}, expected {path}.");
        return this;
    }

    /// <summary>Goes where this redirect leads.</summary>
    public Task<HtmlPage> Follow(int status = 200) => Get(client, ExpectRedirect().Location!.PathAndQuery, status);

    /// <summary>The text of the first element that matches, blanks collapsed. Fails when there is none.</summary>
    public string Text(string selector) => Clean(One(selector).TextContent);

    /// <summary>The texts of all elements that match.</summary>
    public IReadOnlyList<string> Texts(string selector) => [.. Document.QuerySelectorAll(selector).Select(e => Clean(e.TextContent))];

    public bool Has(string selector) => Document.QuerySelector(selector) is not null;

    /// <summary>All the text a reader sees, without scripts and styles, blanks collapsed.</summary>
    public string VisibleText
    {
        get
        {
            var body = (IElement?)Document.Body?.Clone() ?? Document.CreateElement("body");
            foreach (var hidden in body.QuerySelectorAll("script, style, template").ToList())
                hidden.Remove();
            return Clean(body.TextContent);
        }
    }

    /// <summary>The first element that matches. Fails, showing the page, when there is none.</summary>
    public IElement One(string selector)
    {
        var found = Document.QuerySelector(selector);
        if (found is null)
            Assert.Fail($"{Url.PathAndQuery} has no {selector}.\n{Excerpt()}");
        return found!;
    }

    /// <summary>Follows the link whose text or selector this is.</summary>
    public Task<HtmlPage> Click(string link, int status = 200)
    {
        var anchor = Document.QuerySelectorAll("a[href]").FirstOrDefault(a => Clean(a.TextContent) == link) ?? One(link);
        return Get(client, new Uri(Url, anchor.GetAttribute("href")!).PathAndQuery, status);
    }

    /// <summary>
    /// A form by its name or id or CSS selector; without one, the only form with method post. Hidden fields, the antiforgery token among
    /// them, are carried over as they stand on the page.
    /// </summary>
    public HtmlForm Form(string? which = null)
    {
        var all = Document.QuerySelectorAll("form").OfType<IHtmlFormElement>().ToList();
        List<IHtmlFormElement> found;
        if (which is null)
            found = [.. all.Where(f => f.GetAttribute("method")?.ToLowerInvariant() == "post")];
        else
            found = [.. all.Where(f => f.GetAttribute("name") == which || f.Id == which)];
        if (found.Count == 0 && which is not null && which.AsSpan().IndexOfAny("#.[:> ") is var mark && (mark >= 0 || which == "form"))
            found = [.. Document.QuerySelectorAll(which).OfType<IHtmlFormElement>().Take(1)];
        if (found.Count != 1)
        {
            var list = string.Join(", ", all.Select(f => $"{f.GetAttribute("name") ?? f.Id ?? "form"}→{f.GetAttribute("action") ?? "(itself)"}"));
            Assert.Fail($"{Url.PathAndQuery} has {found.Count} forms '{which ?? "method=post"}', expected one. Its forms: {list}\n{Excerpt()}");
        }

        return new(client, Url, found[0]);
    }

    private string Excerpt() => VisibleText is { Length: > 1500 } text ? text[..1500] + "…" : VisibleText;

    internal static string Clean(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}

/// <summary>A form being filled in. Only what the page offers can be filled: an unknown field or option fails the test.</summary>
public sealed class HtmlForm
{
    private readonly HttpClient client;
    private readonly Uri page;
    private readonly IHtmlFormElement form;
    private readonly List<(string Name, string Value)> fields = [];
    private readonly List<(string Name, string FileName, string Type, byte[] Content)> files = [];

    internal HtmlForm(HttpClient client, Uri page, IHtmlFormElement form)
    {
        this.client = client;
        this.page = page;
        this.form = form;
        foreach (var e in form.Elements)
        {
            if (e.GetAttribute("name") is not { Length: > 0 } name || e.HasAttribute("disabled") || e.Closest("fieldset[disabled]") is not null)
                continue;
            switch (e)
            {
                case IHtmlInputElement { Type: "submit" or "button" or "reset" or "image" or "file" }:
                case IHtmlButtonElement:
                    break;
                case IHtmlInputElement { Type: "checkbox" or "radio" } box:
                    if (box.IsChecked)
                        fields.Add((name, box.GetAttribute("value") ?? "on"));
                    break;
                case IHtmlInputElement input:
                    fields.Add((name, input.Value));
                    break;
                case IHtmlTextAreaElement area:
                    fields.Add((name, area.Value));
                    break;
                case IHtmlSelectElement select:
                    fields.AddRange(select.Options.Where(o => o.IsSelected && !o.HasAttribute("disabled")).Select(o => (name, o.Value)));
                    break;
            }
        }
    }

    /// <summary>The value a field has now; null when the form would not send it.</summary>
    public string? this[string field] => fields.Where(f => f.Name == field).Select(f => f.Value).FirstOrDefault();

    /// <summary>The names of the fields a person can fill in (not the hidden ones).</summary>
    public IReadOnlyList<string> FieldNames => [.. form.Elements.Where(e => e is not IHtmlInputElement { Type: "hidden" } and not IHtmlButtonElement)
        .Select(e => e.GetAttribute("name")).OfType<string>().Distinct()];

    /// <summary>The values a select or a group of radio buttons offers.</summary>
    public IReadOnlyList<string> Choices(string field) => [.. Named(field).SelectMany(e => e switch
    {
        IHtmlSelectElement select => select.Options.Select(o => o.Value),
        IHtmlInputElement input => [input.GetAttribute("value") ?? "on"],
        _ => [],
    })];

    /// <summary>Types a value, or chooses one of a select's or radio group's values.</summary>
    public HtmlForm Fill(string field, string value)
    {
        var controls = Named(field);
        if (controls.Any(c => c is IHtmlSelectElement or IHtmlInputElement { Type: "radio" }) && !Choices(field).Contains(value))
            Assert.Fail($"'{field}' on {page.PathAndQuery} offers no '{value}', only: {string.Join(", ", Choices(field))}");
        if (controls.All(c => c is IHtmlInputElement { Type: "checkbox" }))
            Assert.Fail($"'{field}' on {page.PathAndQuery} is a check box: use Check.");
        return Force(field, value);
    }

    /// <summary>Ticks or clears a check box; <paramref name="value"/> picks one of several of the same name.</summary>
    public HtmlForm Check(string field, bool on = true, string? value = null)
    {
        var box = Named(field).OfType<IHtmlInputElement>().FirstOrDefault(b => b.Type == "checkbox" && (value is null || (b.GetAttribute("value") ?? "on") == value));
        if (box is null)
            Assert.Fail($"{page.PathAndQuery} has no check box '{field}'{(value is null ? "" : $" with value '{value}'")}.");
        var sent = box!.GetAttribute("value") ?? "on";
        // MVC's hidden "false" of the same name stays and comes second, as a browser sends it.
        fields.RemoveAll(f => f == (field, sent));
        if (on)
            fields.Insert(Math.Max(0, fields.FindIndex(f => f.Name == field)), (field, sent));
        return this;
    }

    /// <summary>Chooses a file for a file field.</summary>
    public HtmlForm Attach(string field, string fileName, byte[] content, string type = "application/octet-stream")
    {
        if (!Named(field).Any(e => e is IHtmlInputElement { Type: "file" }))
            Assert.Fail($"'{field}' on {page.PathAndQuery} is no file field.");
        files.Add((field, fileName, type, content));
        return this;
    }

    /// <summary>Sets a value without asking the page: what a crafted request would send, or a hidden field changed.</summary>
    public HtmlForm Force(string field, string value)
    {
        var at = fields.FindIndex(f => f.Name == field);
        fields.RemoveAll(f => f.Name == field);
        fields.Insert(at < 0 ? fields.Count : at, (field, value));
        return this;
    }

    /// <summary>Leaves a field out altogether, as a crafted request would.</summary>
    public HtmlForm Drop(string field)
    {
        fields.RemoveAll(f => f.Name == field);
        return this;
    }

    /// <summary>
    /// Presses a button (its text, name or value; needed only when there are several) and returns the answer, whatever its status.
    /// </summary>
    public async Task<HtmlPage> Submit(string? button = null)
    {
        var buttons = form.Elements.Where(e => !e.HasAttribute("disabled") && e is IHtmlButtonElement { Type: "submit" } or IHtmlInputElement { Type: "submit" }).ToList();
        var pressed = button is null ? buttons.FirstOrDefault()
            : buttons.FirstOrDefault(b => HtmlPage.Clean(b.TextContent) == button || b.GetAttribute("name") == button || b.GetAttribute("value") == button);
        if (pressed is null)
            Assert.Fail($"The form on {page.PathAndQuery} has no button '{button}', only: {string.Join(", ", buttons.Select(b => HtmlPage.Clean(b.TextContent)))}");
        var sent = fields.ToList();
        if (pressed!.GetAttribute("name") is { Length: > 0 } name)
            sent.Add((name, pressed.GetAttribute("value") ?? ""));
        var target = new Uri(page, pressed.GetAttribute("formaction") ?? form.GetAttribute("action") ?? page.PathAndQuery);
        var method = (pressed.GetAttribute("formmethod") ?? form.GetAttribute("method") ?? "get").ToLowerInvariant();
        using var request = new HttpRequestMessage(method == "post" ? HttpMethod.Post : HttpMethod.Get, target);
        var pairs = sent.Select(f => KeyValuePair.Create(f.Name, f.Value));
        if (method != "post")
        {
            var query = await new FormUrlEncodedContent(pairs).ReadAsStringAsync();
            request.RequestUri = new Uri(target.GetLeftPart(UriPartial.Path) + "?" + query);
        }
        else if (form.GetAttribute("enctype") == "multipart/form-data")
        {
            var content = new MultipartFormDataContent();
            foreach (var (field, value) in sent)
                content.Add(new StringContent(value), $"\"{field}\"");
            foreach (var (field, fileName, type, bytes) in files)
            {
                var part = new ByteArrayContent(bytes);
                part.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
                content.Add(part, $"\"{field}\"", fileName);
            }

            request.Content = content;
        }
        else
        {
            if (files.Count > 0)
                Assert.Fail($"The form on {page.PathAndQuery} sends no files: it lacks enctype=\"multipart/form-data\".");
            request.Content = new FormUrlEncodedContent(pairs);
        }

        using var answer = await client.SendAsync(request);
        return await HtmlPage.From(client, answer);
    }

    private List<IElement> Named(string field)
    {
        var found = form.Elements.Where(e => e.GetAttribute("name") == field).Cast<IElement>().ToList();
        if (found.Count == 0)
            Assert.Fail($"The form on {page.PathAndQuery} has no field '{field}'. Its fields: {string.Join(", ", FieldNames)}");
        return found;
    }
}
