using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Hele.Civic.Grids;
using Microsoft.AspNetCore.Razor.TagHelpers;
using NetTopologySuite.Geometries;
using Position = Hele.Civic.Grids.Position;

namespace Hele.Web.Ui;

/// <summary>An area of the drawing.</summary>
/// <param name="Note">A second line under its name.</param>
/// <param name="Detail">What its outline says when it is pointed at or read out, beside its name.</param>
/// <param name="Stripes">Classes whose colours it is striped with, in place of one.</param>
public sealed record MapArea(string Name, Geometry Outline, string? Href, string Class = "grid", string? Note = null, string? Detail = null, IReadOnlyList<string>? Stripes = null);

/// <summary>A dot of the drawing.</summary>
/// <param name="Wrong">Something about it isn't as it should be.</param>
public sealed record MapDot(string Name, Position At, string? Href, bool Wrong = false);

/// <summary>
/// <c>&lt;h-map areas=… dots=… /&gt;</c>: a map drawn on the server, which works without script and prints; with it, one that can be moved takes its place. With
/// <c>draw</c> or <c>pick</c> it fills in a field of the form: an outline, a position.
/// </summary>
[HtmlTargetElement("h-map", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class MapTagHelper(Texts L) : TagHelper
{
    private const double Margin = 24;
    private const int Stripe = 12;

    // One that stays a drawing has to be read on a telephone too: its letters shrink with it.
    private double Width => Still ? 420 : 720;
    private double Height => Still ? 460 : 480;

    public string Title { get; set; } = "";

    public IReadOnlyList<MapArea> Areas { get; set; } = [];

    public IReadOnlyList<MapDot> Dots { get; set; } = [];

    /// <summary>Where the map that can be moved reads what it shows.</summary>
    public string Source { get; set; } = "/map.json";

    /// <summary>A drawing and nothing else: no map that can be moved takes its place.</summary>
    public bool Still { get; set; }

    /// <summary>What a dot stands for; by default a building.</summary>
    public string? DotName { get; set; }

    /// <summary>Public code of the grid or building the page is about.</summary>
    public string? Focus { get; set; }

    /// <summary>Id of the text area that an outline is drawn into.</summary>
    public string? Draw { get; set; }

    /// <summary>Where the streets are read that a walk is measured on; null where they are of no matter.</summary>
    public string? Streets { get; set; }

    /// <summary>What is drawn is a line with two ends, not an outline.</summary>
    public bool DrawsLine { get; set; }

    /// <summary>Id of the text box that a position is picked into.</summary>
    public string? Pick { get; set; }

    /// <summary>Id of the select that a building tapped on the map is chosen in.</summary>
    public string? PickBuilding { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "figure";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", Still ? "map still" : "map");
        var box = Box();
        if (Still)
        {
            var still = new Html().Raw("<div class=\"map-box\">");
            Drawing(still, box);
            output.Content.SetHtmlContent(still.Raw("</div>").Done());
            return;
        }
        var words = new Dictionary<string, string>
        {
            ["closer"] = L["放大"], ["farther"] = L["缩小"], ["phone"] = L["值班电话：{0}", "#"], ["buildings"] = L["{0}栋楼", "#"], ["noGrid"] = L["还没有划入网格"],
        };
        output.Attributes.SetAttribute("data-map", Source);
        output.Attributes.SetAttribute("data-ground", "/map/ground.json");
        output.Attributes.SetAttribute("data-words", JsonSerializer.Serialize(words));
        output.Attributes.SetAttribute("data-bounds", string.Create(CultureInfo.InvariantCulture, $"{box.MinX},{box.MinY} {box.MaxX},{box.MaxY}"));
        foreach (var (name, value) in new[] { ("data-focus", Focus), ("data-draw", Draw), ("data-pick", Pick), ("data-pick-building", PickBuilding), ("data-streets", Streets) })
            if (!string.IsNullOrEmpty(value))
                output.Attributes.SetAttribute(name, value);
        if (DrawsLine)
            output.Attributes.SetAttribute("data-draw-line", "");
        var html = new Html().Raw("<div class=\"map-box\">");
        Drawing(html, box);
        html.Raw("</div>");
        if (!string.IsNullOrEmpty(Draw))
        {
            html.Raw("<div class=\"map-tools\" hidden><button type=\"button\" class=\"button quiet\" data-undo>").Text(L["撤销上一点"]).Raw("</button><button type=\"button\" class=\"button quiet\" data-clear>")
                .Text(L["清空重画"]).Raw("</button></div><p class=\"hint\">").Text(DrawsLine ? L["在地图上依次点出来，拖动可以调整，点一下可以去掉。也可以在下面粘贴坐标。"] : L["在地图上依次点出网格的边角，拖动可以调整，点一下边角可以去掉。也可以在下面粘贴坐标。"]).Raw("</p>");
        }
        else if (!string.IsNullOrEmpty(Pick))
        {
            html.Raw("<p class=\"hint\">").Text(PickBuilding is null ? L["在地图上点一下位置，或者在下面写经度和纬度。"] : L["在地图上点一下：点到楼就选中那栋楼，点到路边就记下位置。"]).Raw("</p>");
        }
        html.Raw("<ul class=\"map-keys\"><li><i class=\"outline\"></i>").Text(L["网格范围"]).Raw("</li><li><i></i>").Text(DotName ?? L["楼栋|map"]).Raw("</li>");
        if (Dots.Any(d => d.Wrong))
            html.Raw("<li><i class=\"wrong\"></i>").Text(L["没有划入网格，或者在网格范围外"]).Raw("</li>");
        if (Areas.Any(a => a.Class == "overlap"))
            html.Raw("<li><i class=\"overlap\"></i>").Text(L["两个网格重叠"]).Raw("</li>");
        output.Content.SetHtmlContent(html.Raw("</ul>").Done());
    }

    private Envelope Box()
    {
        var box = new Envelope();
        foreach (var area in Areas)
            box.ExpandToInclude(area.Outline.EnvelopeInternal);
        foreach (var dot in Dots)
            box.ExpandToInclude(dot.At.Lon, dot.At.Lat);
        if (box.IsNull)
            box = new Envelope(104, 105, 34, 35);
        if (box.Width < 1e-3 || box.Height < 1e-3)
            box.ExpandBy(2e-3);
        return box;
    }

    private void Drawing(Html html, Envelope box)
    {
        var shrink = Math.Cos(box.Centre.Y * Math.PI / 180);
        var scale = Math.Min((Width - (2 * Margin)) / (box.Width * shrink), (Height - (2 * Margin)) / box.Height);
        double X(double lon) => (Width / 2) + ((lon - box.Centre.X) * shrink * scale);
        double Y(double lat) => (Height / 2) - ((lat - box.Centre.Y) * scale);
        html.Raw($"<svg class=\"map-drawing\" viewBox=\"0 0 {N(Width)} {N(Height)}\" role=\"group\"").Attr("aria-label", Title).Raw(">");
        foreach (var (area, i) in Areas.Select((a, i) => (a, i)))
        {
            if (area.Stripes is { } stripes)
            {
                html.Raw($"<pattern id=\"stripes-{i}\" patternUnits=\"userSpaceOnUse\" width=\"{stripes.Count * Stripe}\" height=\"{Stripe}\" patternTransform=\"rotate(45)\">");
                foreach (var (css, at) in stripes.Select((s, at) => (s, at)))
                    html.Raw($"<rect class=\"{css}\" x=\"{at * Stripe}\" width=\"{Stripe}\" height=\"{Stripe}\"/>");
                html.Raw("</pattern>");
            }
            Link(html, area.Href, area.Detail is { } detail ? L["{0}：{1}", area.Name, detail] : area.Name);
            foreach (var ring in Rings(area.Outline))
            {
                html.Raw($"<path class=\"{area.Class}\"{(area.Stripes is null ? "" : $" fill=\"url(#stripes-{i})\"")} d=\"M{string.Join('L', ring.Coordinates.Select(c => $"{N(X(c.X))} {N(Y(c.Y))}"))}Z\">");
                if (area.Detail is { } pointed)
                    html.Raw("<title>").Text(L["{0}：{1}", area.Name, pointed]).Raw("</title>");
                html.Raw("</path>");
            }
            html.Raw(area.Href is null ? "" : "</a>");
        }
        foreach (var dot in Dots)
        {
            Link(html, dot.Href, dot.Name);
            html.Raw($"<circle class=\"building{(dot.Wrong ? " wrong" : "")}\" cx=\"{N(X(dot.At.Lon))}\" cy=\"{N(Y(dot.At.Lat))}\" r=\"6\"><title>").Text(dot.Name).Raw("</title></circle>").Raw(dot.Href is null ? "" : "</a>");
        }
        foreach (var area in Areas.Where(a => a.Class != "overlap"))
        {
            var (x, y) = (N(X(area.Outline.InteriorPoint.X)), Y(area.Outline.InteriorPoint.Y));
            html.Raw($"<text x=\"{x}\" y=\"{N(area.Note is null ? y : y - 6)}\">").Text(area.Name).Raw("</text>");
            if (area.Note is { } note)
                html.Raw($"<text class=\"note\" x=\"{x}\" y=\"{N(y + 14)}\">").Text(note).Raw("</text>");
        }
        html.Raw("</svg>");
    }

    private static void Link(Html html, string? href, string name)
    {
        if (href is not null)
            html.Raw("<a").Attr("href", href).Attr("aria-label", name).Raw(">");
    }

    private static IEnumerable<LineString> Rings(Geometry geometry) =>
        Enumerable.Range(0, geometry.NumGeometries).Select(geometry.GetGeometryN).OfType<Polygon>().Select(p => p.ExteriorRing);

    private static string N(double number) => number.ToString("0.#", CultureInfo.InvariantCulture);
}
