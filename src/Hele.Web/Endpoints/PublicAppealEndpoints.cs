using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml;
using Hele.Civic.Appeals;
using Hele.Civic.Grids;
using Hele.Web.Hosting;
using Hele.Web.Pages.Appeals;
using Hele.Web.Pages.Appeals.Public;
using Hele.Web.Ui;
using Microsoft.Net.Http.Headers;

namespace Hele.Web.Endpoints;

/// <summary>What programs read of the public appeals: the markers of the map, and the newest as an Atom feed (RFC 4287). The same reviewed fields as the pages.</summary>
public static class PublicAppealEndpoints
{
    private const string Atom = "http://www.w3.org/2005/Atom";

    public static void MapPublicAppeals(this IEndpointRouteBuilder app)
    {
        app.MapGet(AppealLinks.PublicMapData, async (PublicQueries queries, GridQueries grids, Texts L, CancellationToken cancel) => Results.Json(new
        {
            grids = (await grids.Grids(cancel)).Select(g => new { code = g.Code, name = g.Name, href = (string?)null, phone = g.DutyPhone, buildings = g.Buildings, ring = g.Outline.ExteriorRing.Coordinates.Select(c => new[] { c.X, c.Y }) }),
            buildings = (await queries.Markers(cancel)).Select(m => new
            {
                code = "", name = PublicMapModel.Label(L, m), href = PublicMapModel.ListOf(m), grid = string.Join(L["、"], m.Matters.Select(x => L.Kind(x.Kind)).Distinct()), at = new[] { m.At.Lon, m.At.Lat }, wrong = false,
            }),
            overlaps = Array.Empty<object>(),
        })).WithMetadata(new PublicAttribute());

        app.MapGet(AppealLinks.Feed("{community}"), async (string community, HttpContext context, FindPublished published, Texts L, Fmt fmt) =>
        {
            if (await published.Newest(community, context.RequestAborted) is not var (place, matters))
                return Results.NotFound();
            var root = $"{context.Request.Scheme}://{context.Request.Host}";
            var body = Write(root, AppealLinks.Feed(community), L.Language == Language.English ? place.NameEn : place.Name, place.Origin, matters, L, fmt);
            // A reader asks again and again; unchanged, it is answered with a line.
            context.Response.Headers.CacheControl = "no-cache";
            context.Response.Headers.Append(HeaderNames.Vary, "Cookie, Accept-Language");
            return Results.Bytes(body, "application/atom+xml; charset=utf-8", entityTag: new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(body))[..32]}\""));
        }).WithMetadata(new PublicAttribute());
    }

    private static byte[] Write(string root, string self, string community, string origin, IReadOnlyList<PublicMatter> matters, Texts L, Fmt fmt)
    {
        using var stream = new MemoryStream();
        using (var xml = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true }))
        {
            xml.WriteStartElement("feed", Atom);
            xml.WriteElementString("title", Atom, L["{0}：办理公开", community]);
            xml.WriteElementString("id", Atom, $"tag:{origin.Split('/')[0]},2026:{self}");
            xml.WriteElementString("updated", Atom, At(matters.Select(m => m.ChangedAt).DefaultIfEmpty(DateTimeOffset.UnixEpoch).Max()));
            Link(xml, root + self, "self");
            Link(xml, root + AppealLinks.Public, "alternate");
            xml.WriteStartElement("author", Atom);
            xml.WriteElementString("name", Atom, community);
            xml.WriteEndElement();
            foreach (var m in matters)
            {
                xml.WriteStartElement("entry", Atom);
                xml.WriteElementString("title", Atom, m.Title);
                xml.WriteElementString("id", Atom, $"tag:{origin.Split('/')[0]},2026:{AppealLinks.Published(m.Code)}");
                xml.WriteElementString("updated", Atom, At(m.ChangedAt));
                Link(xml, root + AppealLinks.Published(m.Code), "alternate");
                xml.WriteStartElement("category", Atom);
                xml.WriteAttributeString("term", m.Kind);
                xml.WriteAttributeString("label", L.Kind(m.Kind));
                xml.WriteEndElement();
                xml.WriteElementString("summary", Atom, L["{0}，{1}，{2}提交：{3}", L.Kind(m.Kind), L.PublicPlace(m.Place), fmt.Date(m.FiledOn), L.State(m.State)]);
                if (m.Answer is { } answer)
                    xml.WriteElementString("content", Atom, answer);
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
