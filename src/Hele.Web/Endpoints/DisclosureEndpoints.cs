using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml;
using Hele.Civic.Disclosures;
using Hele.Web.Hosting;
using Hele.Web.Pages.Disclosures;
using Hele.Web.Ui;
using Microsoft.Net.Http.Headers;

namespace Hele.Web.Endpoints;

/// <summary>The newest disclosures of a community as an Atom feed (RFC 4287): of kinds without personal data, the title and where it is read. A reader keeps what it fetched, so no posting ever goes in.</summary>
public static class DisclosureEndpoints
{
    private const string Atom = "http://www.w3.org/2005/Atom";
    private const int Most = 30;

    public static void MapDisclosures(this IEndpointRouteBuilder app) => app.MapGet(DisclosureLinks.Feed("{community}"), async (string community, HttpContext context, FindDisclosed find, Texts L, Fmt fmt) =>
    {
        if (await find.Newest(community, Most, context.RequestAborted) is not var (place, rows))
            return Results.NotFound();
        var body = Write($"{context.Request.Scheme}://{context.Request.Host}", DisclosureLinks.Feed(community), L.Language == Language.English ? place.NameEn : place.Name, place.Origin, rows, L, fmt);
        context.Response.Headers.CacheControl = "no-cache";
        context.Response.Headers.Append(HeaderNames.Vary, "Cookie, Accept-Language");
        return Results.Bytes(body, "application/atom+xml; charset=utf-8", entityTag: new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(body))[..32]}\""));
    }).WithMetadata(new PublicAttribute());

    private static byte[] Write(string root, string self, string community, string origin, IReadOnlyList<PublicDisclosure> rows, Texts L, Fmt fmt)
    {
        using var stream = new MemoryStream();
        using (var xml = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true }))
        {
            xml.WriteStartElement("feed", Atom);
            xml.WriteElementString("title", Atom, L["{0}：居务公开", community]);
            xml.WriteElementString("id", Atom, $"tag:{origin.Split('/')[0]},2026:{self}");
            xml.WriteElementString("updated", Atom, At(rows.Select(Changed).DefaultIfEmpty(DateTimeOffset.UnixEpoch).Max()));
            Link(xml, root + self, "self");
            Link(xml, root + DisclosureLinks.Board, "alternate");
            xml.WriteStartElement("author", Atom);
            xml.WriteElementString("name", Atom, community);
            xml.WriteEndElement();
            foreach (var row in rows)
            {
                xml.WriteStartElement("entry", Atom);
                xml.WriteElementString("title", Atom, L.Name(row.Kind, row.Covers, row.Title));
                xml.WriteElementString("id", Atom, $"tag:{origin.Split('/')[0]},2026:{DisclosureLinks.Shown(row.Code)}");
                xml.WriteElementString("updated", Atom, At(Changed(row)));
                Link(xml, root + DisclosureLinks.Shown(row.Code), "alternate");
                xml.WriteStartElement("category", Atom);
                xml.WriteAttributeString("term", row.Kind.Code);
                xml.WriteAttributeString("label", L[row.Kind.Title]);
                xml.WriteEndElement();
                xml.WriteElementString("summary", Atom, L["第{0}号，从{1}公开到{2}", row.Number, fmt.Date(row.From), fmt.Date(row.To)]);
                xml.WriteEndElement();
            }
            xml.WriteEndElement();
        }
        return stream.ToArray();
    }

    /// <summary>When it last changed for its readers: put up, or corrected.</summary>
    private static DateTimeOffset Changed(PublicDisclosure row) => row.Texts.Select(t => t.ShownAt).DefaultIfEmpty(row.Steps[^1].At).Max();

    private static void Link(XmlWriter xml, string href, string rel)
    {
        xml.WriteStartElement("link", Atom);
        xml.WriteAttributeString("rel", rel);
        xml.WriteAttributeString("href", href);
        xml.WriteEndElement();
    }

    private static string At(DateTimeOffset at) => at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
