using System.Globalization;
using Hele.Civic.Grids;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Hele.Web.Pages.Grids.Population;

/// <summary>
/// <c>&lt;h-ages title=… unit=… ages=… /&gt;</c>: how many of each age, the oldest on top. The same numbers stand in a table beside it; in large letters there is only the table.
/// </summary>
[HtmlTargetElement("h-ages", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class AgesTagHelper(Texts L) : TagHelper
{
    private const double Width = 360, Labels = 64, Values = 44, Row = 22, Bar = 14;

    [HtmlAttributeNotBound, ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    public string Title { get; set; } = "";

    public string Unit { get; set; } = "";

    public IReadOnlyList<AgeBand> Ages { get; set; } = [];

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        if (Ages.Count == 0 || ElderMode.IsOn(ViewContext.HttpContext))
            return;
        var most = Math.Max(1, Ages.Max(a => a.People));
        var height = Ages.Count * Row;
        var html = new Html().Raw("<figure class=\"chart\"><figcaption>").Text(L["{0}（{1}）", Title, Unit]).Raw("</figcaption>")
            .Raw($"<svg viewBox=\"0 0 {N(Width)} {N(height)}\" role=\"img\"").Attr("aria-label", Title).Raw(">")
            .Raw($"<path class=\"axis\" d=\"M{N(Labels - 0.5)} 0V{N(height)}\"/>");
        for (var i = 0; i < Ages.Count; i++)
        {
            var age = Ages[Ages.Count - 1 - i];
            var top = i * Row;
            var width = age.People == 0 ? 0 : Math.Max((Width - Labels - Values) * age.People / most, 1);
            html.Raw($"<text x=\"{N(Labels / 2)}\" y=\"{N(top + 15)}\">").Text(L.Age(age)).Raw("</text>")
                .Raw($"<rect class=\"ink\" x=\"{N(Labels)}\" y=\"{N(top + ((Row - Bar) / 2))}\" width=\"{N(width)}\" height=\"{N(Bar)}\" rx=\"1.5\"/>")
                .Raw($"<text class=\"value\" x=\"{N(Labels + width + (Values / 2))}\" y=\"{N(top + 15)}\">").Text(age.People.ToString(CultureInfo.InvariantCulture)).Raw("</text>");
        }
        output.Content.SetHtmlContent(html.Raw("</svg></figure>").Done());
    }

    private static string N(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}
