using Hele.Civic.Platform.Files;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Hele.Web.Ui;

/// <summary>
/// <c>&lt;h-photos for="Input.Photos" label=… /&gt;</c>: a field for photos, with those that were taken before and wait for the rest of the form to be mended. In a form
/// with <c>files="true"</c>, on a page with <c>[TakesFiles]</c>. The script, where there is one, shows them and makes them smaller before they are sent.
/// </summary>
[HtmlTargetElement("h-photos", Attributes = "for", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class PhotosTagHelper(Texts L, SentPhotos sent) : TagHelper
{
    [HtmlAttributeNotBound, ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    public ModelExpression For { get; set; } = null!;

    public string Label { get; set; } = "";

    public string? Hint { get; set; }

    /// <summary>How many can be chosen.</summary>
    public int Most { get; set; } = FileLimits.PerSide;

    /// <summary>False where the form is for nothing else.</summary>
    public bool Optional { get; set; } = true;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var name = ViewContext.ViewData.TemplateInfo.GetFullHtmlFieldName(For.Name);
        var id = TagBuilder.CreateSanitizedId(name, "_");
        var problems = ViewContext.ViewData.ModelState.TryGetValue(name, out var entry) ? entry.Errors.Select(e => e.ErrorMessage).ToList() : [];
        if (context.Items.TryGetValue(typeof(FormFields), out var form))
            ((FormFields)form).All.Add(new(name, id, Label, problems.Count == 0 ? null : string.Join(L["；"], problems.Select(p => p.TrimEnd('\u3002', '.'))), false));
        var kept = sent.Field == name ? sent.Photos : [];

        output.TagName = null;
        var html = new Html().Raw("<div").Attr("class", "field photos" + (problems.Count == 0 ? "" : " has-problem"))
            .Attr("data-photos", "").Attr("data-most", Most.ToString()).Attr("data-side", FileLimits.Side.ToString()).Attr("data-too-many", L["照片最多{0}张。", Most]).Attr("data-remove", L["不要这张"]).Attr("data-sending", L["正在上传照片……"]).Raw(">")
            .Raw("<label class=\"label\"").Attr("for", id).Raw(">").Text(Label);
        if (Optional)
            html.Raw(" <span class=\"optional\">").Text(L["（选填）"]).Raw("</span>");
        html.Raw("</label><p class=\"hint\"").Attr("id", id + "_hint").Raw(">").Text(Hint)
            // Chinese sentences follow each other without a blank.
            .Text(Hint is { Length: > 0 } && L.Language == Language.English ? " " : "").Text(L["最多{0}张，每张不超过{1}MB；照片里的拍摄地点会自动去掉。", Most, FileLimits.Megabytes(FileLimits.Bytes)]).Raw("</p>");
        for (var i = 0; i < problems.Count; i++)
            html.Raw("<p class=\"problem\"").Attr("id", i == 0 ? id + "_problem" : null).Raw(">").Raw(Icons.Svg(Icons.Warning)).Raw("<span>").Text(problems[i]).Raw("</span></p>");
        if (kept.Count > 0)
        {
            html.Raw("<input type=\"hidden\"").Attr("name", SentPhotos.KeptField).Attr("value", sent.Form.ToString()).Raw(">")
                .Raw("<p class=\"hint\">").Text(L["已经收下{0}张，不用再选：", kept.Count]).Raw("</p><ul class=\"photo-list\">");
            foreach (var photo in kept)
            {
                html.Raw("<li><img").Attr("src", "data:image/jpeg;base64," + Convert.ToBase64String(photo.Small)).Attr("alt", photo.Name).Raw("><label class=\"choice\"><input type=\"checkbox\"")
                    .Attr("name", SentPhotos.LeaveOutField).Attr("value", photo.Sha256).Attr("aria-label", L["{0}：{1}", L["不要这张"], photo.Name]).Raw("><span>").Text(L["不要这张"]).Raw("</span></label><input type=\"hidden\"")
                    .Attr("name", SentPhotos.KeptPhotoField).Attr("value", photo.Sha256).Raw("></li>");
            }
            html.Raw("</ul>");
        }
        html.Raw("<input type=\"file\"").Attr("id", id).Attr("name", name).Attr("accept", "image/jpeg,image/png,image/webp").Flag("multiple", Most > 1)
            .Attr("aria-describedby", id + "_hint" + (problems.Count == 0 ? "" : " " + id + "_problem")).Attr("aria-invalid", problems.Count == 0 ? null : "true").Raw("></div>");
        output.Content.SetHtmlContent(html.Done());
    }
}
