using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml;
using Hele.Civic.Platform.Access;
using Hele.Web.Ui;
using Microsoft.Net.Http.Headers;

namespace Hele.Web.Endpoints;

/// <summary>One entry of a feed.</summary>
/// <param name="Path">The page it is read on.</param>
/// <param name="Changed">When it last changed for its readers.</param>
/// <param name="Content">Its words, where more than the summary may leave the page; null for none.</param>
internal sealed record AtomEntry(string Title, string Path, DateTimeOffset Changed, string Term, string Label, string Summary, string? Content = null);

/// <summary>What is new in a community as an Atom feed (RFC 4287), in the reader's language.</summary>
internal static class AtomFeed
{
    private const string Atom = "http://www.w3.org/2005/Atom";

    /// <param name="title">The feed's name, from the community's.</param>
    /// <param name="self">The feed's own path.</param>
    /// <param name="page">The page that shows the same.</param>
    public static IResult Answer(HttpContext context, Texts L, Jurisdiction place, Func<string, string> title, string self, string page, IEnumerable<AtomEntry> entries)
    {
        var body = Write($"{context.Request.Scheme}://{context.Request.Host}", L.Language == Language.English ? place.NameEn : place.Name, place.Origin, title, self, page, [.. entries]);
        // A reader asks again and again; unchanged, it is answered with a line.
        context.Response.Headers.CacheControl = "no-cache";
        context.Response.Headers.Append(HeaderNames.Vary, "Cookie, Accept-Language");
        return Results.Bytes(body, "application/atom+xml; charset=utf-8", entityTag: new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(body))[..32]}\""));
    }

    private static byte[] Write(string root, string community, string origin, Func<string, string> title, string self, string page, IReadOnlyList<AtomEntry> entries)
    {
        using var stream = new MemoryStream();
        using (var xml = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true }))
        {
            xml.WriteStartElement("feed", Atom);
            xml.WriteElementString("title", Atom, title(community));
            xml.WriteElementString("id", Atom, $"tag:{origin.Split('/')[0]},2026:{self}");
            xml.WriteElementString("updated", Atom, At(entries.Select(e => e.Changed).DefaultIfEmpty(DateTimeOffset.UnixEpoch).Max()));
            Link(xml, root + self, "self");
            Link(xml, root + page, "alternate");
            xml.WriteStartElement("author", Atom);
            xml.WriteElementString("name", Atom, community);
            xml.WriteEndElement();
            foreach (var entry in entries)
            {
                xml.WriteStartElement("entry", Atom);
                xml.WriteElementString("title", Atom, entry.Title);
                xml.WriteElementString("id", Atom, $"tag:{origin.Split('/')[0]},2026:{entry.Path}");
                xml.WriteElementString("updated", Atom, At(entry.Changed));
                Link(xml, root + entry.Path, "alternate");
                xml.WriteStartElement("category", Atom);
                xml.WriteAttributeString("term", entry.Term);
                xml.WriteAttributeString("label", entry.Label);
                xml.WriteEndElement();
                xml.WriteElementString("summary", Atom, entry.Summary);
                if (entry.Content is { } content)
                    xml.WriteElementString("content", Atom, content);
                xml.WriteEndElement();
            }
            xml.WriteEndElement();
        }
        return stream.ToArray();
    }

    private static void Link(XmlWriter xml, string href, string rel)
    {
        xml.WriteStartElement("link", Atom);
        xml.WriteAttributeString("rel", rel);
        xml.WriteAttributeString("href", href);
        xml.WriteEndElement();
    }

    private static string At(DateTimeOffset at) => at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
