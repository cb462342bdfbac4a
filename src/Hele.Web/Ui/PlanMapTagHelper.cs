using System.Globalization;
using System.Text.Json;
using Hele.Civic.GridPlanning;
using Hele.Web.Pages.GridPlanning;
using Microsoft.AspNetCore.Razor.TagHelpers;
using NetTopologySuite.Geometries;

namespace Hele.Web.Ui;

/// <summary>
/// <c>&lt;h-plan-map ground=… view=… /&gt;</c>: grids as a plan cuts them, each in its colour with its name, and the buildings, those that change their grid with a ring; drawn on the server. With <c>ask</c> the script
/// puts one in its place that can be moved, on which a building is dragged into another grid.
/// </summary>
[HtmlTargetElement("h-plan-map", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class PlanMapTagHelper(Texts L) : TagHelper
{
    /// <summary>Colours that tell grids apart; more grids begin again, and every grid has its name on it.</summary>
    public const int Colours = 12;

    public PlanGround Ground { get; set; } = null!;

    public PlanView View { get; set; } = null!;

    /// <summary>What the planner is asked: the map can then be moved, and, with <see cref="MayMove"/>, buildings dragged.</summary>
    public PlanAsk? Ask { get; set; }

    public bool MayMove { get; set; }

    /// <summary>A small drawing beside others.</summary>
    public bool Small { get; set; }

    public string Title { get; set; } = "";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "figure";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", Small ? "map plan still small" : "map plan");
        var (width, height, margin) = Small ? (360.0, 260.0, 8.0) : (720.0, 480.0, 18.0);
        var placed = Ground.Lots.Where(l => l.At is not null).ToList();
        var box = new Envelope();
        foreach (var outline in View.Outlines.Outlines.Values)
            box.ExpandToInclude(outline.EnvelopeInternal);
        foreach (var lot in placed)
            box.ExpandToInclude(lot.At!.Value.Lon, lot.At.Value.Lat);
        if (box.IsNull)
            box = new Envelope(104, 105, 34, 35);
        if (box.Width < 1e-3 || box.Height < 1e-3)
            box.ExpandBy(1e-3);
        var shrink = Math.Cos(box.Centre.Y * Math.PI / 180);
        var scale = Math.Min((width - (2 * margin)) / (box.Width * shrink), (height - (2 * margin)) / box.Height);
        string X(double lon) => N((width / 2) + ((lon - box.Centre.X) * shrink * scale));
        string Y(double lat) => N((height / 2) - ((lat - box.Centre.Y) * scale));

        if (Ask is not null)
        {
            output.Attributes.SetAttribute("data-plan", PlanLinks.Json + PlanAddress.Write(Ask));
            output.Attributes.SetAttribute("data-ground", "/map/ground.json");
            output.Attributes.SetAttribute("data-bounds", string.Create(CultureInfo.InvariantCulture, $"{box.MinY:F6},{box.MinX:F6},{box.MaxY:F6},{box.MaxX:F6}"));
            if (MayMove)
                output.Attributes.SetAttribute("data-move", "1");
            output.Attributes.SetAttribute("data-words", JsonSerializer.Serialize(new Dictionary<string, string>
            {
                ["closer"] = L["放大"], ["farther"] = L["缩小"], ["failed"] = L["没有算出来，请再试一次。"], ["to"] = L["划到"], ["move"] = L["划过去"],
            }));
        }
        var html = new Html().Raw("<div class=\"map-box\">").Raw($"<svg class=\"map-drawing\" viewBox=\"0 0 {N(width)} {N(height)}\" role=\"{(Small ? "img" : "group")}\"").Attr("aria-label", Title.Length > 0 ? Title : L["方案的地图；同样的内容在下面的表里。"]).Raw(">");
        foreach (var (key, colour) in PlanShapes.Colours(View))
            if (View.Outlines.Outlines.TryGetValue(key, out var outline))
                html.Raw($"<path class=\"branch-{colour}\" d=\"M{string.Join('L', outline.ExteriorRing.Coordinates.Select(c => $"{X(c.X)} {Y(c.Y)}"))}Z\"><title>").Text(L.Grid(View.Stand, key)).Raw("</title></path>");
        // Names before the houses: what is small and meant to be hit lies on top.
        if (!Small)
            foreach (var (key, outline) in View.Outlines.Outlines)
                html.Raw($"<text x=\"{X(outline.InteriorPoint.X)}\" y=\"{Y(outline.InteriorPoint.Y)}\">").Text(L.Grid(View.Stand, key)).Raw("</text>");
        foreach (var lot in placed)
        {
            var key = View.Cut.GridOf.GetValueOrDefault(lot.Code, "");
            html.Raw($"<circle class=\"lot{(key == lot.Grid ? "" : " moved")}\" cx=\"{X(lot.At!.Value.Lon)}\" cy=\"{Y(lot.At.Value.Lat)}\" r=\"{(Small ? key == lot.Grid ? "2" : "4" : key == lot.Grid ? "4" : "7")}\"><title>")
                .Text(key == lot.Grid ? L["{0}：{1}", lot.Address, L.Grid(View.Stand, key)] : L["{0}：从{1}到{2}", lot.Address, L.Grid(View.Stand, lot.Grid), L.Grid(View.Stand, key)]).Raw("</title></circle>");
        }
        html.Raw("</svg></div>");
        if (!Small)
        {
            html.Raw("<ul class=\"map-keys\"><li><i class=\"lot\"></i>").Text(L["楼栋|map"]).Raw("</li><li><i class=\"lot moved\"></i>").Text(L["换网格的楼"]).Raw("</li><li><i class=\"area\"></i>").Text(L["网格的范围，按楼的位置画，可以再按路改划"]).Raw("</li></ul>");
        }
        output.Content.SetHtmlContent(html.Done());
    }

    private static string N(double number) => number.ToString("0.#", CultureInfo.InvariantCulture);
}
