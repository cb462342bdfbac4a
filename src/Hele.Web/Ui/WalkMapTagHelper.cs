using System.Globalization;
using System.Text.Json;
using Hele.Civic.Grids;
using Hele.Civic.ServiceCircles;
using Hele.Planning.Reach;
using Hele.Planning.Streets;
using Hele.Web.Pages.ServiceCircles;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Hele.Web.Ui;

/// <summary>
/// <c>&lt;h-walk-map answer=… /&gt;</c>: buildings by whether they reach a point, the points, and the ground within the limit; drawn on the server, and with script one that can be
/// moved, on which whoever may try drags a point and sees what comes of it. With <c>near</c>: one building, and the walk to its nearest point.
/// </summary>
[HtmlTargetElement("h-walk-map", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class WalkMapTagHelper(Texts L) : TagHelper
{
    private const double Width = 720, Height = 480, Margin = 18;

    public CircleAnswer? Answer { get; set; }

    public NearbyAnswer? Near { get; set; }

    public bool MayTry { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "figure";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "map walk");
        var places = Answer is { } all ? all.Buildings.Select(b => b.At).Concat(all.Points.Select(p => p.At)).ToList() : [Near!.Building.At!.Value, .. (Near.First?.Path!.Line ?? []).Select(g => Position.Of(g.Longitude, g.Latitude))];
        if (places.Count == 0)
            places.Add(Position.Of(104, 35));
        var (west, east, south, north) = (places.Min(p => p.Lon), places.Max(p => p.Lon), places.Min(p => p.Lat), places.Max(p => p.Lat));
        // A single place still has something around it.
        var pad = Math.Max(0, 0.001 - (north - south)) / 2;
        (west, east, south, north) = (west - pad, east + pad, south - pad, north + pad);
        var shrink = Math.Cos((south + north) / 2 * Math.PI / 180);
        var scale = Math.Min((Width - (2 * Margin)) / ((east - west) * shrink), (Height - (2 * Margin)) / (north - south));
        double X(double lon) => (Width / 2) + ((lon - ((west + east) / 2)) * shrink * scale);
        double Y(double lat) => (Height / 2) - ((lat - ((south + north) / 2)) * scale);

        output.Attributes.SetAttribute("data-walk", Answer is { } a ? CircleLinks.Json + CircleAddress.Write(a.Ask) : "");
        output.Attributes.SetAttribute("data-streets", CircleLinks.StreetLines);
        output.Attributes.SetAttribute("data-ground", "/map/ground.json");
        output.Attributes.SetAttribute("data-bounds", string.Create(CultureInfo.InvariantCulture, $"{south:F6},{west:F6},{north:F6},{east:F6}"));
        if (MayTry)
            output.Attributes.SetAttribute("data-try", "1");
        if (Near is { } near)
            output.Attributes.SetAttribute("data-near", JsonSerializer.Serialize(CircleShapes.Near(near, L)));
        output.Attributes.SetAttribute("data-words", JsonSerializer.Serialize(new Dictionary<string, string> { ["closer"] = L["放大"], ["farther"] = L["缩小"], ["failed"] = L["没有算出来，请再试一次。"] }));

        // The script draws into the same box: its name stays.
        var html = new Html().Raw("<div class=\"map-box\" role=\"group\"").Attr("aria-label", Near is null ? L["步行圈地图；同样的内容在下面的表里。"] : L["走到服务点的地图；同样的走法在旁边用文字写着。"]).Raw($"><svg class=\"map-drawing\" viewBox=\"0 0 {Width:0} {Height:0}\">");
        if (Answer is { } answer)
        {
            foreach (var piece in answer.Zone.Pieces)
                html.Raw($"<path class=\"zone\" d=\"{string.Concat(piece.Holes.Prepend(piece.Outline).Select(r => Line(r) + "Z"))}\"/>");
            foreach (var b in answer.Buildings)
            {
                Dot(html, b.At, $"house {CircleShapes.State(b)}", b.Change == 0 ? 5 : 8, L["{0}：{1}", b.Address, b.Seconds is { } s ? L["{0}，{1}", L.Standing(b), L.Walk(s)] : L.Standing(b)]);
                if (b.Change != 0)
                    html.Raw($"<text class=\"change {(b.Change > 0 ? "gained" : "lost")}\" x=\"{N(X(b.At.Lon))}\" y=\"{N(Y(b.At.Lat) + 5)}\">{(b.Change > 0 ? "+" : "−")}</text>");
            }
            foreach (var p in answer.Points.Where(p => !p.Closed))
                Dot(html, p.At, $"point {CircleShapes.State(p)}", 9, L.Trouble(p) is { } trouble ? L["{0}：{1}", L.Name(p), trouble] : L.Name(p));
        }
        else
        {
            if (Near!.First is { } p)
            {
                html.Raw($"<path class=\"way\" d=\"{Line(p.Path!.Line)}\"/>");
                Dot(html, p.At, p.Opens is null ? "point" : "point shut", 9, p.Name);
            }
            Dot(html, Near.Building.At!.Value, "house help", 8, Near.Building.Address);
        }
        html.Raw("</svg></div><ul class=\"map-keys\">");
        if (Answer is { } told)
        {
            Key(html, "yes", L["走得到"]);
            Key(html, "no", L["走不到"]);
            if (told.Buildings.Any(b => b.ByHelper))
                Key(html, "help", L["靠就近帮忙的人走得到"]);
            Key(html, "point", L["服务点，这时有人"]);
            foreach (var (standing, css, words) in new[] { (PointStanding.Shut, "point shut", L["服务点，这时没人"]), (PointStanding.NoStreet, "point cut", L["服务点，附近没有路"]) })
                if (told.Points.Any(p => p.Standing == standing && !p.Closed) || (MayTry && standing == PointStanding.NoStreet))
                    Key(html, css, words);
            // What a drag may bring has its key before it does.
            if (MayTry || told.Ask.IsTrial)
            {
                Key(html, "point tried", L["试算的位置"]);
                Key(html, "gained", L["试算新增"]);
                Key(html, "lost", L["试算失去"]);
            }
            Key(html, "zone", L["走得到的路和路边"]);
        }
        else
        {
            Key(html, "help", L["您的楼"]);
            Key(html, Near!.Points.Count > 0 ? "point" : "point shut", Near.Points.Count > 0 ? L["最近的服务点"] : L["服务点，这时没人"]);
            Key(html, "way", L["走法"]);
        }
        html.Raw("</ul>");
        if (Answer is { Sources.Count: > 0 } sourced)
            html.Raw("<p class=\"hint\">").Text(L["街道：{0}", string.Join(L["；"], sourced.Sources)]).Raw("</p>");
        output.Content.SetHtmlContent(html.Done());

        string Line(IEnumerable<GeoPoint> line) => "M" + string.Join('L', line.Select(p => $"{N(X(p.Longitude))} {N(Y(p.Latitude))}"));

        void Dot(Html into, Position at, string css, int size, string title) =>
            into.Raw($"<circle class=\"{css}\" cx=\"{N(X(at.Lon))}\" cy=\"{N(Y(at.Lat))}\" r=\"{size}\"><title>").Text(title).Raw("</title></circle>");
    }

    private static void Key(Html html, string css, string text) => html.Raw($"<li><i class=\"{css}\"></i>").Text(text).Raw("</li>");

    private static string N(double number) => number.ToString("0.#", CultureInfo.InvariantCulture);
}
