using System.Text;

namespace Hele.TestKit;

/// <summary>One hostile value.</summary>
/// <param name="Name">What a fault is reported under.</param>
/// <param name="Encoded">As it stands in a form's body or an address: escaped, or ill-formed on purpose.</param>
public sealed record Payload(string Name, string Encoded)
{
    public static Payload Of(string name, string text) => new(name, Uri.EscapeDataString(text));
}

/// <summary>
/// What is sent into every field. Markup carries names of its own (<see cref="Mark"/>), so that an element or attribute that came to be from a payload is told from the page's.
/// </summary>
public static class Payloads
{
    public const string Mark = "helex";

    /// <summary>Where an address of a payload leads: nowhere, and never to stand in a link or a redirect.</summary>
    public const string Evil = "evil.example";

    /// <summary>Out of every context a value can stand in: text, both kinds of attributes, a comment, a title, a text area, a script, a style, an SVG, an XML document.</summary>
    public const string Polyglot =
        "--></title></textarea></option></select></style></script>]]>'\"><helex onhelex=1></helex><img src=x onerror=helex()><svg/onload=helex()>{{7*7}}${7*7}javascript:helex()//";

    public static readonly Payload[] Markup =
    [
        Payload.Of("polyglot", Polyglot),
        Payload.Of("script element", "<script>helex()</script>"),
        Payload.Of("quoted attribute", "\" autofocus onfocus=helex() x=\""),
        Payload.Of("apostrophe attribute", "' autofocus onfocus=helex() x='"),
        Payload.Of("bare attribute", "x onmouseover=helex()"),
        Payload.Of("address", "javascript:helex()"),
        Payload.Of("address with a control character", "java\tscript:helex()"),
        Payload.Of("data address", "data:text/html,<script>helex()</script>"),
        Payload.Of("script string", "';helex();//\\';helex();//"),
        Payload.Of("json", "\"}],\"helex\":[{\"a\":\"</script><helex>"),
        Payload.Of("style", "</style><style>*{background:url(//evil.example/helex)}"),
        Payload.Of("svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"helex()\"><script>helex()</script></svg>"),
        Payload.Of("entity", "&lt;helex&gt;&#60;helex&#62;&#x3c;helex>"),
        Payload.Of("entity of xml", "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>"),
        Payload.Of("full-width markup", "＜helex onhelex＝1＞"),
        Payload.Of("template", "{{constructor.constructor('helex()')()}}@(1+1)<%=1%>#{7*7}"),
    ];

    public static readonly Payload[] Injections =
    [
        Payload.Of("sql", "1' OR '1'='1' UNION SELECT sql FROM sqlite_master; DROP TABLE \"Appeals\";--"),
        Payload.Of("sql pattern", "%_[a]^\\%'\""),
        Payload.Of("shell", "`id`;$(id)|id&&id"),
        Payload.Of("format", "{0}{999}%s%n%x{{{"),
        Payload.Of("traversal", "../../../../etc/passwd"),
        Payload.Of("traversal backslash", "..\\..\\..\\windows\\win.ini"),
        new("traversal encoded twice", "%252e%252e%252f%252e%252e%252fetc%252fpasswd"),
        new("traversal overlong", "%c0%ae%c0%ae%c0%af%c0%ae%c0%ae%c0%afetc%c0%afpasswd"),
        Payload.Of("header", "x\r\nX-Helex: 1\r\nSet-Cookie: helex=1\r\n\r\n<helex>"),
        Payload.Of("header by line separators", "x\u0085X-Helex: 1\u2028Set-Cookie: helex=1"),
        Payload.Of("foreign address", "//evil.example/helex"),
        Payload.Of("foreign address backslash", "/\\evil.example"),
        Payload.Of("foreign address with a tab", "/\t/evil.example"),
        Payload.Of("foreign address whole", "https://evil.example/helex"),
        Payload.Of("chinese address", "/列表?词=汉字#段"),
        Payload.Of("formula", "=HYPERLINK(\"http://evil.example\",\"点我\")"),
    ];

    public static readonly Payload[] Broken =
    [
        new("nul", "a%00b"),
        new("lone surrogate", "%ED%A0%80a%ED%B0%80"),
        new("not utf-8", "%FF%FE%80%C3"),
        new("broken escape", "%"),
        new("broken escape 2", "%u0041%zz%1"),
        Payload.Of("direction", "\u202Eabc\u202D\u2066\u200F\uFEFF"),
        Payload.Of("controls", "\u0001\u0007\u001B[31m\u007F\u0090"),
        Payload.Of("marks heaped", "a" + string.Concat(Enumerable.Repeat("\u0301\u0336", 400))),
        Payload.Of("beyond the plane", "𠮷👨‍👩‍👧‍👦\U000E0041"),
        Payload.Of("blank", " \u3000\u00A0\u200B"),
        new("empty", ""),
        new("long", new string('a', 20_000)),
        new("long in three bytes", string.Concat(Enumerable.Repeat("%E6%B1%89", 6_000))),
    ];

    public static readonly Payload[] Numbers =
    [
        .. new[]
        {
            "-1", "0", "2147483648", "-2147483649", "9223372036854775808", "1e400", "NaN", "Infinity", "-Infinity", "0x10", "１２", "٣", "1,5", "1_000", "00000000000000000001", new string('9', 400),
            "0001-01-01", "9999-12-31", "10000-01-01", "2026-02-30", "2026-13-01", "-0001-01-01", "2026-10-30T25:61:61Z", "9999-Q4", "0000-00", "9999-12", "2026-Q5", "9999",
            "00000000-0000-0000-0000-000000000000", "not-a-guid", "true", "2222-3333-4444", "0000-0000-0000", "-", "*", "99999999999999999999.1",
        }.Select(n => Payload.Of("number " + (n.Length > 24 ? n[..24] : n), n)),
    ];

    public static readonly Payload[] All = [.. Markup, .. Injections, .. Broken, .. Numbers];

    /// <summary>What names where to go next is tried with every address that leads elsewhere, or breaks a header.</summary>
    public static bool IsAddress(string field) => field.ToLowerInvariant() is "to" or "return" or "next" or "back" or "from" or "input.from";

    /// <summary>What an ordinary run sends into each field: the one that stands for all markup, and one after the other of the rest, so that every field gets another part and all fields together get all of it.</summary>
    public static IEnumerable<Payload> For(string field, int turn, int some) =>
        TestRun.Long ? All : IsAddress(field) ? [.. Injections, Markup[0], Markup[5], Markup[6], Markup[7], Broken[1]] : Enumerable.Range(0, some).Select(i => All[1 + ((turn * some + i) * 7 % (All.Length - 1))]).Prepend(Markup[0]);

    /// <summary>A form's body of these fields.</summary>
    public static ByteArrayContent Form(IEnumerable<KeyValuePair<string, string>> encoded)
    {
        var body = new ByteArrayContent(Encoding.ASCII.GetBytes(string.Join('&', encoded.Select(f => f.Key + "=" + f.Value))));
        body.Headers.ContentType = new("application/x-www-form-urlencoded");
        return body;
    }
}
