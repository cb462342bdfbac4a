using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.TagHelpers;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Hele.Web.Ui;

/// <summary><c>&lt;h-state tone="Done" text=… /&gt;</c>: where a record stands, by word, shape and colour.</summary>
[HtmlTargetElement("h-state", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class StateTagHelper : TagHelper
{
    public Tone Tone { get; set; }

    public string Text { get; set; } = "";

    /// <summary>The same as markup, for rows of long lists: <c>@StateTagHelper.Badge(tone, text)</c>.</summary>
    public static IHtmlContent Badge(Tone tone, string text) => new Html()
        .Raw("<span class=\"state ").Raw(tone.Class()).Raw("\">").Raw(Icons.Of(tone)).Raw("<span>").Text(text).Raw("</span></span>").Done();

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        output.Content.SetHtmlContent(Badge(Tone, Text));
    }
}

/// <summary>One event of a record, as its timeline tells it.</summary>
/// <param name="Sentence">What happened, in the reader's language.</param>
/// <param name="At">When it was recorded.</param>
public sealed record TimelineEvent(string Sentence, DateTimeOffset At)
{
    /// <summary>The business date. When it is another day than that of <see cref="At"/>, the event is marked as recorded later.</summary>
    public DateOnly? OnDate { get; init; }

    /// <summary>The post that acted (grid worker, say), already in the reader's language.</summary>
    public string? Post { get; init; }

    /// <summary>Words given with it: an answer, a comment.</summary>
    public string? Quote { get; init; }

    public string? Reason { get; init; }

    public Tone Tone { get; init; }

    /// <summary>A page with more about it.</summary>
    public string? Href { get; init; }

    public string? HrefText { get; init; }
}

/// <summary><c>&lt;h-timeline events="@…" /&gt;</c>: what happened to a record, in the order given.</summary>
[HtmlTargetElement("h-timeline", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class TimelineTagHelper(Texts L, Fmt fmt) : TagHelper
{
    public IEnumerable<TimelineEvent> Events { get; set; } = [];

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        var html = new Html().Raw("<ol class=\"timeline\">");
        foreach (var e in Events)
        {
            html.Raw("<li class=\"").Raw(e.Tone.Class()).Raw("\"><span class=\"mark\">").Raw(Icons.Of(e.Tone)).Raw("</span><p class=\"what\">").Text(e.Sentence);
            var late = e.OnDate is { } on && on != Fmt.ChinaDate(e.At);
            if (late)
                html.Raw(" <span class=\"backfilled\">").Text(L["补录"]).Raw("</span>");
            html.Raw("</p><p class=\"when\">");
            if (e.Post is not null)
                html.Raw("<span>").Text(e.Post).Raw("</span> ");
            html.Raw("<time").Attr("datetime", Fmt.Iso(e.At)).Raw(">").Text(fmt.DateTime(e.At)).Raw("</time></p>");
            if (late)
            {
                html.Raw("<p class=\"note\">").Text(L["发生日期："]).Raw("<time").Attr("datetime", Fmt.Iso(e.OnDate!.Value)).Raw(">").Text(fmt.Date(e.OnDate.Value)).Raw("</time></p>");
            }

            if (e.Quote is not null)
                html.Raw("<blockquote>").Text(e.Quote).Raw("</blockquote>");
            if (e.Reason is not null)
                html.Raw("<p class=\"note\">").Text(L["理由：{0}", e.Reason]).Raw("</p>");
            if (e.Href is not null)
                html.Raw("<p class=\"note\"><a").Attr("href", e.Href).Raw(">").Text(e.HrefText ?? L["详细"]).Raw("</a></p>");
            html.Raw("</li>");
        }

        output.Content.SetHtmlContent(html.Raw("</ol>").Done());
    }
}

public enum NoticeKind
{
    Info,
    Success,
    Warning,
    Error,
}

/// <summary><c>&lt;h-notice kind="Warning" title=…&gt;…&lt;/h-notice&gt;</c>: something the reader should notice on this page.</summary>
[HtmlTargetElement("h-notice")]
public sealed class NoticeTagHelper : TagHelper
{
    public NoticeKind Kind { get; set; }

    public string? Title { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var body = await output.GetChildContentAsync();
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.AddClass("notice", HtmlEncoder.Default);
        output.AddClass(Kind.ToString().ToLowerInvariant(), HtmlEncoder.Default);
        output.Attributes.SetAttribute("role", Kind switch { NoticeKind.Error => "alert", NoticeKind.Success => "status", _ => "note" });
        output.Content.AppendHtml(Icons.Svg(Kind switch
        {
            NoticeKind.Success => Icons.Check,
            NoticeKind.Warning => Icons.Warning,
            NoticeKind.Error => Icons.Cross,
            _ => Icons.Info,
        })).AppendHtml("<div>");
        if (Title is not null)
            output.Content.AppendHtml("<p class=\"notice-title\">").Append(Title).AppendHtml("</p>");
        output.Content.AppendHtml(body).AppendHtml("</div>");
    }
}

/// <summary>
/// <c>&lt;h-figure value="35" base="41" title=… href=… /&gt;</c>: a number that opens its records. A share always shows its base.
/// </summary>
[HtmlTargetElement("h-figure", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class FigureTagHelper(Texts L) : TagHelper
{
    /// <summary>The number, already formatted. Null or empty: there is none (yet).</summary>
    public string? Value { get; set; }

    /// <summary>Of how many.</summary>
    public string? Base { get; set; }

    public string? Unit { get; set; }

    public string Title { get; set; } = "";

    /// <summary>The page with the records behind it. Null only for a suppressed number.</summary>
    public string? Href { get; set; }

    /// <summary>As of when, which period.</summary>
    public string? Note { get; set; }

    public Tone Tone { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        var html = new Html().Raw("<div class=\"figure ").Raw(Tone.Class()).Raw("\"><p class=\"figure-title\">").Text(Title).Raw("</p><p class=\"figure-value\">");
        html.Raw(Href is null ? "<span" : "<a").Attr("href", Href).Raw(">");
        // Without the title a screen reader's list of links would be a list of bare numbers.
        html.Raw("<span class=\"sr\">").Text(L["{0}：", Title]).Raw("</span>");
        html.Raw("<b>").Text(string.IsNullOrEmpty(Value) ? "—" : Value).Raw("</b>");
        // A null in the page's markup arrives here as an empty text.
        if (!string.IsNullOrEmpty(Base))
            html.Raw("<span class=\"base\">/").Text(Base).Raw("</span>");
        if (!string.IsNullOrEmpty(Unit))
            html.Raw("<span class=\"unit\">").Text(Unit).Raw("</span>");
        html.Raw(Href is null ? "</span>" : "</a>").Raw("</p>");
        if (!string.IsNullOrEmpty(Note))
            html.Raw("<p class=\"figure-note\">").Text(Note).Raw("</p>");
        output.Content.SetHtmlContent(html.Raw("</div>").Done());
    }
}

/// <summary><c>&lt;h-facts&gt;</c> around <c>&lt;h-fact label=…&gt;…&lt;/h-fact&gt;</c>: what is known about a record.</summary>
[HtmlTargetElement("h-facts")]
public sealed class FactsTagHelper : TagHelper
{
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "dl";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.AddClass("facts", HtmlEncoder.Default);
    }
}

/// <summary>One fact of <see cref="FactsTagHelper"/>.</summary>
[HtmlTargetElement("h-fact", ParentTag = "h-facts")]
public sealed class FactTagHelper : TagHelper
{
    public string Label { get; set; } = "";

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var body = await output.GetChildContentAsync();
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Content.AppendHtml("<dt>").Append(Label).AppendHtml("</dt><dd>").AppendHtml(body).AppendHtml("</dd>");
    }
}

/// <summary>
/// <c>&lt;h-page-header title=… lead=… back="/appeals"&gt;actions&lt;/h-page-header&gt;</c>: way back, heading, one sentence, actions. It also names the window.
/// </summary>
[HtmlTargetElement("h-page-header")]
public sealed class PageHeaderTagHelper(Texts L) : TagHelper
{
    [HtmlAttributeNotBound, ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    public string Title { get; set; } = "";

    public string? Lead { get; set; }

    /// <summary>The path one step up.</summary>
    public string? Back { get; set; }

    /// <summary>The name of that page; by default "back".</summary>
    public string? BackText { get; set; }

    /// <summary>A quiet line above the title, say the record's number.</summary>
    public string? Over { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var actions = await output.GetChildContentAsync();
        ViewContext.ViewData["Title"] = Title;
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.AddClass("page-header", HtmlEncoder.Default);
        var html = new Html();
        if (Back is not null)
            html.Raw("<p><a class=\"back\"").Attr("href", Back).Raw(">").Raw(Icons.Svg(Icons.Back)).Raw("<span>").Text(BackText ?? L["返回"]).Raw("</span></a></p>");
        html.Raw("<div class=\"page-title\"><div>");
        if (Over is not null)
            html.Raw("<p class=\"over\">").Text(Over).Raw("</p>");
        html.Raw("<h1>").Text(Title).Raw("</h1>");
        if (Lead is not null)
            html.Raw("<p class=\"lead\">").Text(Lead).Raw("</p>");
        output.Content.AppendHtml(html.Raw("</div>").Done());
        if (!actions.IsEmptyOrWhiteSpace)
            output.Content.AppendHtml("<div class=\"page-actions\">").AppendHtml(actions).AppendHtml("</div>");
        output.Content.AppendHtml("</div>");
    }
}

/// <summary><c>&lt;h-time at="@instant" /&gt;</c> or <c>&lt;h-time on="@date" /&gt;</c>: a time people and programs can read; nothing when null.</summary>
[HtmlTargetElement("h-time", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class TimeTagHelper(Fmt fmt) : TagHelper
{
    public DateTimeOffset? At { get; set; }

    public DateOnly? On { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        var (iso, text) = At is { } at ? (Fmt.Iso(at), fmt.DateTime(at)) : On is { } on ? (Fmt.Iso(on), fmt.Date(on)) : (null, null);
        if (iso is not null)
            output.Content.SetHtmlContent(new Html().Raw("<time").Attr("datetime", iso).Raw(">").Text(text).Raw("</time>").Done());
    }
}
