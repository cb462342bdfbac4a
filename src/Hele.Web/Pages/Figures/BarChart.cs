using System.Globalization;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Figures;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Hele.Web.Pages.Figures;

/// <summary>One bar.</summary>
/// <param name="Href">The figure of this period, with its records.</param>
/// <param name="Here">The period the page is about.</param>
public sealed record Bar(Period Period, long Value, string Href, bool Here = false);

/// <summary>
/// <c>&lt;h-bars title=… unit=… bars=… /&gt;</c>: values of one figure over time, drawn on the server. Every bar opens its records. A table with the same numbers
/// stands beside it on the page; in large letters, where a drawing would stay small, there is only the table.
/// </summary>
[HtmlTargetElement("h-bars", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class BarsTagHelper(Texts L) : TagHelper
{
    private const double Width = 360, Top = 26, Bottom = 128, Height = 164;

    [HtmlAttributeNotBound, ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    public string Title { get; set; } = "";

    public string Unit { get; set; } = "";

    public IReadOnlyList<Bar> Bars { get; set; } = [];

    /// <summary>Where its values are told otherwise than as whole numbers.</summary>
    public Figure? Figure { get; set; }

    /// <summary>The value of a full bar, where several charts are to be compared; by default the largest value.</summary>
    public long Most { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        if (Bars.Count == 0 || ElderMode.IsOn(ViewContext.HttpContext))
            return;
        var most = Math.Max(Math.Max(Most, Bars.Max(b => b.Value)), 1);
        var slot = Width / Bars.Count;
        var bar = Math.Min(slot * 0.62, 26);
        var html = new Html().Raw("<figure class=\"chart\"><figcaption>").Text(Title).Raw("</figcaption>")
            .Raw($"<svg viewBox=\"0 0 {N(Width)} {N(Height)}\" role=\"group\"").Attr("aria-label", Title).Raw(">")
            .Raw($"<path class=\"axis\" d=\"M0 {N(Bottom + 0.5)}H{N(Width)}\"/>");
        for (var i = 0; i < Bars.Count; i++)
        {
            var b = Bars[i];
            var (left, middle) = (i * slot, (i * slot) + (slot / 2));
            var height = b.Value == 0 ? 0 : Math.Max((Bottom - Top) * b.Value / most, 2);
            html.Raw("<a").Attr("class", b.Here ? "here" : null).Attr("href", b.Href).Attr("aria-label", L["{0}：{1}", b.Period.Title, $"{Told(b.Value)} {Unit}"]).Raw(">")
                .Raw($"<rect class=\"reach\" x=\"{N(left)}\" y=\"0\" width=\"{N(slot)}\" height=\"{N(Height)}\"/>")
                .Raw($"<rect class=\"ink\" x=\"{N(middle - (bar / 2))}\" y=\"{N(Bottom - height)}\" width=\"{N(bar)}\" height=\"{N(height)}\" rx=\"1.5\"/>")
                .Raw($"<text class=\"value\" x=\"{N(middle)}\" y=\"{N(Bottom - height - 5)}\">").Text(Told(b.Value)).Raw("</text>");
            var (label, year) = Label(b.Period, i == 0 || Bars[i - 1].Period.From.Year != b.Period.From.Year);
            html.Raw($"<text x=\"{N(middle)}\" y=\"{N(Bottom + 15)}\">").Text(label).Raw("</text>");
            if (year is not null)
                html.Raw($"<text class=\"year\" x=\"{N(middle)}\" y=\"{N(Bottom + 31)}\">").Text(year).Raw("</text>");
            html.Raw("</a>");
        }
        output.Content.SetHtmlContent(html.Raw("</svg></figure>").Done());
    }

    private string Told(long value) => Figure?.Told(value) ?? value.ToString("N0", CultureInfo.InvariantCulture);

    private (string Label, string? Year) Label(Period period, bool newYear)
    {
        var year = newYear ? period.From.Year.ToString(CultureInfo.InvariantCulture) : null;
        return period.Kind switch
        {
            PeriodKind.Year => (period.From.Year.ToString(CultureInfo.InvariantCulture), null),
            PeriodKind.HalfYear => (period.From.Month == 1 ? L["上半|half of a year"] : L["下半|half of a year"], year),
            PeriodKind.Quarter => (L["{0}季", ((period.From.Month - 1) / 3) + 1], year),
            PeriodKind.Month => (period.From.ToString(L["M月"], CultureInfo.InvariantCulture), year),
            _ => (period.To.ToString("MM-dd", CultureInfo.InvariantCulture), period.To.Year.ToString(CultureInfo.InvariantCulture)),
        };
    }

    private static string N(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}
