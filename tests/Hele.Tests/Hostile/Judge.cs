using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Hele.TestKit;

namespace Hele.Tests.Hostile;

/// <summary>
/// What no answer may be, whatever was sent: a failure, a look behind the page, markup or an address made of what was sent, a header made of it, a word of the other community.
/// </summary>
internal sealed partial class Judge(TestHost host)
{
    /// <summary>Stands in the records of the other community (<c>EndpointMatrix</c>).</summary>
    public const string OtherMark = "隔壁院里的事丙九";

    private readonly ConcurrentDictionary<string, string> _faults = new();
    private readonly ConcurrentDictionary<int, int> _statuses = new();
    private readonly ConcurrentQueue<string> _kinds = new();
    private int _answers, _sheets, _quoted;

    /// <summary>Files for spreadsheets that were looked into, and cells in them that begin like a formula.</summary>
    public (int Sheets, int Quoted) Exports => (_sheets, _quoted);

    public int Answers => _answers;

    /// <summary>How often each status was answered.</summary>
    public IReadOnlyDictionary<int, int> Statuses => _statuses;

    public IReadOnlyCollection<string> Kinds => [.. _kinds.Distinct()];

    /// <summary>One line for each kind of fault; the same fault at the same place counts once.</summary>
    public IReadOnlyList<string> Faults => [.. _faults.Values.Order(StringComparer.Ordinal)];

    public void Fault(string what, string at) => _faults.TryAdd(what + Place().Replace(at, "$1"), $"{what}: {at}");

    /// <param name="at">Place and payload: "POST /find [to] polyglot as Clerk".</param>
    /// <param name="elsewhere">The caller may see the other community's records.</param>
    public async Task<string> Look(HttpResponseMessage answer, string at, bool elsewhere = false)
    {
        Interlocked.Increment(ref _answers);
        var status = (int)answer.StatusCode;
        _statuses.AddOrUpdate(status, 1, (_, n) => n + 1);
        if (status >= 500)
            Fault($"answered {status}", at);
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers))
        {
            if (name.Contains("helex", StringComparison.OrdinalIgnoreCase) || (name == "Set-Cookie" && values.Any(v => v.StartsWith(Payloads.Mark, StringComparison.Ordinal))))
                Fault($"the header {name} came to be from what was sent", at);
        }
        if (answer.Headers.NonValidated.TryGetValues("Location", out var locations) && locations.ToString() is var to && !(to.StartsWith('/') && !to.StartsWith("//", StringComparison.Ordinal) && !to.StartsWith("/\\", StringComparison.Ordinal)))
            Fault("redirects to " + to, at);
        var policy = string.Join(", ", answer.Headers.TryGetValues("Content-Security-Policy", out var policies) ? policies : []);
        // What the server itself refuses (a NUL in a path) never reaches the program, and has no body.
        var refusedUnread = status == 400 && answer.Content.Headers.ContentLength is null or 0 && answer.Content.Headers.ContentType is null;
        if (!refusedUnread && !policy.Contains("default-src 'self'", StringComparison.Ordinal) && !policy.Contains("default-src 'none'", StringComparison.Ordinal))
            Fault($"the content security policy is '{policy}'", at);
        var type = answer.Content.Headers.ContentType;
        _kinds.Enqueue(type?.MediaType ?? "");
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        if (bytes.Length == 0)
            return "";
        if (type is null)
            Fault("has a body of no type", at);
        var body = Encoding.UTF8.GetString(bytes);
        Sheets(type?.MediaType, bytes, at);
        if (type?.MediaType is { } media && !(media.StartsWith("text/", StringComparison.Ordinal) || media.EndsWith("json", StringComparison.Ordinal) || media.EndsWith("xml", StringComparison.Ordinal)))
            return "";
        Behind(body, at);
        if (!elsewhere && body.Contains(OtherMark, StringComparison.Ordinal))
            Fault("shows the other community's record", at);
        try
        {
            // The page that verifies off line is a download with everything in it, and a policy that lets it do nothing else.
            if (type!.MediaType == "text/html" && answer.Content.Headers.ContentDisposition?.DispositionType != "attachment")
                Page(body, at);
            else if (type.MediaType!.EndsWith("json", StringComparison.Ordinal))
                JsonDocument.Parse(bytes).Dispose();
            else if (type.MediaType.EndsWith("xml", StringComparison.Ordinal))
                new XmlDocument { XmlResolver = null }.LoadXml(body.TrimStart('\uFEFF'));
        }
        catch (Exception broken) when (broken is JsonException or XmlException)
        {
            Fault($"is no whole {type!.MediaType}: {broken.Message}", at);
        }
        return body;
    }

    /// <summary>What the program wrote into its log while all this was sent.</summary>
    public void Log()
    {
        foreach (var line in host.Log.Where(l => l.Contains("\n   at ", StringComparison.Ordinal) || l.Contains("unhandled", StringComparison.OrdinalIgnoreCase)))
            _faults.TryAdd("log " + line.Split('\n')[0], "in the log: " + string.Join('\n', line.Split('\n').Take(8)));
    }

    /// <summary>No file for a spreadsheet has a formula in it, whatever was typed; a text that begins like one is marked as text. No line of a card came to be from what was sent.</summary>
    private void Sheets(string? media, byte[] bytes, string at)
    {
        if (media == "text/csv")
        {
            foreach (var (cells, line) in Hele.Civic.Kernel.Csv.Read(new StringReader(Encoding.UTF8.GetString(bytes))))
            {
                if (cells.FirstOrDefault(c => c.Length > 0 && c[0] is '=' or '+' or '-' or '@' or '\t' or '\r' && !decimal.TryParse(c, System.Globalization.CultureInfo.InvariantCulture, out _)) is { } formula)
                    Fault($"line {line} has the formula {formula}", at);
            }
            Interlocked.Increment(ref _sheets);
        }
        else if (media == Hele.Web.Ui.Workbook.Type || media?.Contains("wordprocessingml", StringComparison.Ordinal) == true)
        {
            using var archive = new System.IO.Compression.ZipArchive(new MemoryStream(bytes));
            foreach (var part in archive.Entries.Where(e => e.FullName.EndsWith(".xml", StringComparison.Ordinal)))
            {
                using var stream = part.Open();
                var xml = new XmlDocument { XmlResolver = null };
                xml.Load(stream);
                if (!part.FullName.StartsWith("xl/worksheets/", StringComparison.Ordinal))
                    continue;
                if (xml.GetElementsByTagName("f").Count > 0)
                    Fault("a sheet has a formula", at);
                // Style 3 is the quoted text, 1 a heading of ours, which people's words are not.
                foreach (var cell in xml.GetElementsByTagName("c").OfType<XmlElement>().Where(c => c.GetAttribute("t") == "inlineStr" && c.InnerText.Length > 0 && c.InnerText[0] is '=' or '+' or '-' or '@'))
                {
                    if (cell.GetAttribute("s") != "3")
                        Fault($"the cell {cell.GetAttribute("r")} would be a formula once it is edited", at);
                    Interlocked.Increment(ref _quoted);
                }
                Interlocked.Increment(ref _sheets);
            }
        }
        else if (media is "text/vcard" or "text/x-vcard" && Encoding.UTF8.GetString(bytes).Split('\n').FirstOrDefault(l => l.Contains(Payloads.Mark, StringComparison.OrdinalIgnoreCase) && !VcardLine().IsMatch(l)) is { } line)
        {
            Fault("a line of a card came to be from what was sent: " + line, at);
        }
    }

    private void Behind(string body, string at)
    {
        if (Inside().Match(body) is { Success: true } found)
            Fault("shows " + found.Value, at);
        foreach (var place in new[] { host.Hele.Options.DataDirectory, Repo.Root, AppContext.BaseDirectory })
        {
            if (body.Contains(place, StringComparison.Ordinal))
                Fault("shows a path of the server", at);
        }
    }

    /// <summary>
    /// The page as a browser would have it. Hele's pages have no handler in an attribute, no style in one, no script without a file, and lead nowhere else; so whatever of this stands in one was made of
    /// what somebody sent.
    /// </summary>
    private void Page(string body, string at)
    {
        var document = new HtmlParser().ParseDocument(body);
        foreach (var element in document.All)
        {
            if (element.LocalName.StartsWith(Payloads.Mark, StringComparison.OrdinalIgnoreCase) || element is { LocalName: "script" } script && (script.TextContent.Trim().Length > 0 && script.GetAttribute("type") is not "application/json" || script.GetAttribute("src") is { } src && !Own(src))
                || element.LocalName is "iframe" or "object" or "embed" or "base" or "foreignobject" || element is { LocalName: "meta" } meta && meta.GetAttribute("http-equiv") is "refresh")
                Fault($"<{element.LocalName}> came to be from what was sent", at);
            foreach (var attribute in element.Attributes)
            {
                if (attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase) || attribute.Name.Contains("helex", StringComparison.OrdinalIgnoreCase) || attribute.Name is "style" or "srcdoc")
                    Fault($"<{element.LocalName} {attribute.Name}> came to be from what was sent", at);
                if (attribute.Name is "href" or "src" or "action" or "formaction" or "xlink:href" or "poster" or "cite" or "data" && !Own(attribute.Value))
                    Fault($"<{element.LocalName} {attribute.Name}> leads to {(attribute.Value.Length > 60 ? attribute.Value[..60] : attribute.Value)}", at);
            }
        }
    }

    private static bool Own(string address)
    {
        // As browsers read it: blanks before it and control characters in it don't count.
        var read = string.Concat(address.Where(c => c > ' '));
        return !read.StartsWith("//", StringComparison.Ordinal) && !read.StartsWith("/\\", StringComparison.Ordinal) && !read.StartsWith('\\')
            && (!Scheme().IsMatch(read) || read.StartsWith("tel:", StringComparison.OrdinalIgnoreCase) || read.StartsWith("data:image/", StringComparison.OrdinalIgnoreCase)
                || !read.Contains(Payloads.Evil, StringComparison.OrdinalIgnoreCase) && read.StartsWith("http", StringComparison.OrdinalIgnoreCase) && !read.Contains(Payloads.Mark, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"^( |(N|FN|ADR|ORG|NOTE|TEL|TITLE|UID|REV|URL|ROLE)[;:])")]
    private static partial Regex VcardLine();

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9+.-]*:")]
    private static partial Regex Scheme();

    [GeneratedRegex(@"^(\S+ \S+ \S*).*$", RegexOptions.Singleline)]
    private static partial Regex Place();

    [GeneratedRegex(@"\bat (Hele|Microsoft|System)\.[A-Z]\w+|\b(System|Microsoft|Npgsql)\.[\w.]*Exception\b|SQLite Error|\bSqliteException|PostgresException|syntax error at or near|root:x:0:|\[boot loader\]|\buid=\d+\(|hele\.db\b(?!-)|\.cshtml\b|\.cs:line")]
    private static partial Regex Inside();
}
