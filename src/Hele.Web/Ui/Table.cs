using System.Text;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Hele.Web.Ui;

/// <summary>
/// <c>&lt;h-table&gt;</c> with <c>&lt;h-column&gt;</c>s and plain rows (<c>tr</c>, <c>th scope="row"</c>, <c>td</c>). Each cell gets its column's label, with which
/// the style sheet turns rows into cards on the phone. Without rows it says so and offers what to do. Paging is by key, never by number.
/// </summary>
/// <remarks>Rows are plain markup on purpose: a helper per cell costs more than the whole rest of a list page.</remarks>
[HtmlTargetElement("h-table")]
public sealed class TableTagHelper(Texts L) : TagHelper
{
    [HtmlAttributeNotBound, ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    /// <summary>What the table lists; read out first, shown above it.</summary>
    public string Caption { get; set; } = "";

    /// <summary>True when the page's heading already says it: the caption is then only read out.</summary>
    public bool QuietCaption { get; set; }

    /// <summary>For rows without a link: where the table is wider than its place, the keyboard reaches and scrolls it.</summary>
    public bool Scrolls { get; set; }

    /// <summary>The present order: a column's sort key, with <c>-</c> before it when descending.</summary>
    public string? Sort { get; set; }

    /// <summary>The sentence instead of an empty table.</summary>
    public string? Empty { get; set; }

    public string? EmptyAction { get; set; }

    public string? EmptyHref { get; set; }

    /// <summary>Where the whole list is to be had as a file; offered above the table, and not where there is nothing in it.</summary>
    public string? Export { get; set; }

    /// <summary>The key after which the next page begins; null on the last page. Sent as <c>?after=</c>.</summary>
    /// <remarks>A null in the page's markup arrives here as an empty text.</remarks>
    public string? Next { get; set; }

    /// <summary>The key before which the previous page ends; null on the first page. Sent as <c>?before=</c>.</summary>
    public string? Prev { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        // What a page writes as prev="@null" arrives as an empty text.
        (Prev, Next, EmptyAction, EmptyHref) = (Given(Prev), Given(Next), Given(EmptyAction), Given(EmptyHref));
        var columns = new List<ColumnTagHelper>();
        context.Items[typeof(ColumnTagHelper)] = columns;
        var rows = (await output.GetChildContentAsync()).GetContent();
        output.TagName = null;

        var html = new Html();
        if (!rows.Contains("<tr", StringComparison.Ordinal))
        {
            EmptyTagHelper.Write(html, Empty ?? L["这里还没有记录"], EmptyAction, EmptyHref);
            Paging(html);
            output.Content.SetHtmlContent(html.Done());
            return;
        }

        ExportTagHelper.Write(html, L, Export);
        Sorts(html, columns);
        html.Raw("<div class=\"table-wrap\"").Attr("tabindex", Scrolls ? "0" : null).Attr("role", Scrolls ? "region" : null).Attr("aria-label", Scrolls ? Caption : null).Raw("><table class=\"table\"><caption").Attr("class", QuietCaption ? "quiet" : null).Raw(">").Text(Caption).Raw("</caption><thead><tr>");
        foreach (var column in columns)
        {
            html.Raw("<th scope=\"col\"").Flag("data-no-print", column.NoPrint).Attr("class", column.Numeric ? "num" : null).Attr("aria-sort", Direction(column) switch { 1 => "ascending", -1 => "descending", _ => null }).Raw(">");
            if (column.Sort is null)
                html.Text(column.Label);
            else
                SortLink(html, column);
            html.Raw("</th>");
        }

        html.Raw("</tr></thead><tbody>").Raw(Labelled(rows, columns)).Raw("</tbody></table></div>");
        Paging(html);
        output.Content.SetHtmlContent(html.Done());
    }

    private static string? Given(string? text) => text is "" ? null : text;

    /// <summary>Writes its column's label (and whether it is numeric or stays on one line) into every cell of the rows.</summary>
    internal static string Labelled(string rows, IReadOnlyList<ColumnTagHelper> columns)
    {
        var text = new StringBuilder(rows.Length + (rows.Length / 4));
        var column = 0;
        var copied = 0;
        for (var at = rows.IndexOf("<t", StringComparison.Ordinal); at >= 0; at = rows.IndexOf("<t", at + 2, StringComparison.Ordinal))
        {
            if (at + 3 >= rows.Length || rows[at + 3] is not (' ' or '>' or '\n' or '\r' or '\t'))
                continue;
            if (rows[at + 2] == 'r')
            {
                column = 0;
                continue;
            }

            if (rows[at + 2] is not ('d' or 'h') || column >= columns.Count)
                continue;
            text.Append(rows, copied, at + 3 - copied).Append(new Html().Attr("data-label", columns[column].Label).ToString());
            if (columns[column].Numeric)
                text.Append(" data-num");
            if (columns[column].Nowrap)
                text.Append(" data-nowrap");
            if (columns[column].NoPrint)
                text.Append(" data-no-print");
            copied = at + 3;
            column++;
        }

        return text.Append(rows, copied, rows.Length - copied).ToString();
    }

    private int Direction(ColumnTagHelper column) =>
        column.Sort is null || Sort is null ? 0 : Sort == column.Sort ? 1 : Sort == "-" + column.Sort ? -1 : 0;

    private void SortLink(Html html, ColumnTagHelper column)
    {
        var direction = Direction(column);
        // A second press turns the order round.
        html.Raw("<a class=\"sort\"").Attr("href", Here("sort", direction == 1 ? "-" + column.Sort : column.Sort!))
            .Raw("><span>").Text(column.Label).Raw("</span>").Raw(Icons.Svg(direction switch { 1 => Icons.Up, -1 => Icons.Down, _ => Icons.Both })).Raw("</a>");
    }

    /// <summary>The same sort links for the phone, where the heading row is not shown.</summary>
    private void Sorts(Html html, List<ColumnTagHelper> columns)
    {
        if (columns.All(c => c.Sort is null))
            return;
        html.Raw("<nav class=\"sorts\"").Attr("aria-label", L["排序|of a table"]).Raw("><span>").Text(L["排序|of a table"]).Raw("</span>");
        foreach (var column in columns.Where(c => c.Sort is not null))
            SortLink(html, column);
        html.Raw("</nav>");
    }

    private void Paging(Html html)
    {
        var query = ViewContext.HttpContext.Request.Query;
        if (string.IsNullOrEmpty(Prev) && string.IsNullOrEmpty(Next) && !query.ContainsKey("after") && !query.ContainsKey("before"))
            return;
        html.Raw("<nav class=\"paging\"").Attr("aria-label", L["翻页"]).Raw(">");
        if (!string.IsNullOrEmpty(Prev))
            html.Raw("<a class=\"button quiet\" rel=\"prev\"").Attr("href", Here("before", Prev)).Raw(">").Text(L["上一页"]).Raw("</a>");
        else if (query.ContainsKey("after") || query.ContainsKey("before"))
            html.Raw("<a class=\"button quiet\"").Attr("href", Here(null, null)).Raw(">").Text(L["回到第一页"]).Raw("</a>");
        if (!string.IsNullOrEmpty(Next))
            html.Raw("<a class=\"button quiet\" rel=\"next\"").Attr("href", Here("after", Next)).Raw(">").Text(L["下一页"]).Raw("</a>");
        html.Raw("</nav><p class=\"on-paper\">").Text(L["这张表只印出了一页，其余的没有印。"]).Raw("</p>");
    }

    /// <summary>This page's address with one value of the query changed, from the first page on.</summary>
    private string Here(string? name, string? value)
    {
        var request = ViewContext.HttpContext.Request;
        var kept = request.Query.Where(q => q.Key is not ("after" or "before") && q.Key != name)
            .SelectMany(q => q.Value, (q, v) => KeyValuePair.Create(q.Key, v));
        var query = QueryString.Create(name is null ? kept : kept.Append(KeyValuePair.Create(name, value)));
        return request.PathBase + request.Path + query;
    }
}

/// <summary><c>&lt;h-export href=… /&gt;</c>: the button above a list of several tables by which it leaves as an Excel file; nothing where there is no address. A table of its own has it by <c>export</c>.</summary>
[HtmlTargetElement("h-export", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class ExportTagHelper(Texts L) : TagHelper
{
    public string? Href { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        var html = new Html();
        Write(html, L, Href);
        output.Content.SetHtmlContent(html.Done());
    }

    internal static void Write(Html html, Texts L, string? href)
    {
        if (!string.IsNullOrEmpty(href))
            html.Raw("<p class=\"export\"><a class=\"button quiet\"").Attr("href", href).Raw(">").Text(L["导出 Excel"]).Raw("</a></p>");
    }
}

/// <summary>A column of <see cref="TableTagHelper"/>.</summary>
[HtmlTargetElement("h-column", ParentTag = "h-table", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class ColumnTagHelper : TagHelper
{
    public string Label { get; set; } = "";

    /// <summary>The key that is sent as <c>?sort=</c> to order by this column; null: it can't be ordered by.</summary>
    public string? Sort { get; set; }

    /// <summary>Numbers stand right.</summary>
    public bool Numeric { get; set; }

    /// <summary>Stays on one line on the desk: readable numbers, codes.</summary>
    public bool Nowrap { get; set; }

    /// <summary>Holds nothing for paper: what can be done with a row. Not printed, nor its cells.</summary>
    public bool NoPrint { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        ((List<ColumnTagHelper>)context.Items[typeof(ColumnTagHelper)]).Add(this);
        output.SuppressOutput();
    }
}

/// <summary><c>&lt;h-empty&gt;</c>: nothing is here, said in a sentence, and what can be done.</summary>
[HtmlTargetElement("h-empty", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class EmptyTagHelper : TagHelper
{
    public string Sentence { get; set; } = "";

    public string? Action { get; set; }

    public string? Href { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        var html = new Html();
        Write(html, Sentence, Action, Href);
        output.Content.SetHtmlContent(html.Done());
    }

    internal static void Write(Html html, string sentence, string? action, string? href)
    {
        html.Raw("<div class=\"empty\"><p>").Text(sentence).Raw("</p>");
        if (action is not null && href is not null)
            html.Raw("<a class=\"button\"").Attr("href", href).Raw(">").Text(action).Raw("</a>");
        html.Raw("</div>");
    }
}
