using System.Text;
using Hele.Civic.People;
using Hele.Web.Ui;

namespace Hele.Web.Pages.Account.Data;

/// <summary>
/// Everything held about a person as one file to read, print and keep: no script, nothing from elsewhere, in the reader's language. It forbids
/// itself what it doesn't need, because it leaves this site's own headers behind.
/// </summary>
internal static class MyDataDocument
{
    private const string Style = "body{font:16px/1.6 sans-serif;max-width:46em;margin:2em auto;padding:0 1em;color:#222}h1{font-size:1.5em}h2{margin-top:2em;border-bottom:1px solid #999}"
        + "table{border-collapse:collapse;width:100%}th,td{border:1px solid #999;padding:.3em .5em;text-align:left;vertical-align:top;overflow-wrap:anywhere}"
        + ".why{color:#555;font-size:.9em}section{break-inside:auto}h3,tr{break-inside:avoid}";

    public static byte[] Write(MyDataModel model, string? number, DateTimeOffset now, Texts L, Fmt fmt)
    {
        var held = model.Held;
        var html = new Html();
        html.Raw("<!doctype html>\n<html").Attr("lang", L.Language).Raw("><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">")
            .Raw("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"><meta name=\"referrer\" content=\"no-referrer\"><title>")
            .Text(L["{0}的信息", held.Name]).Raw("</title><style>").Raw(Style).Raw("</style></head><body>\n<h1>").Text(L["{0}的信息", held.Name]).Raw("</h1>\n<p>")
            .Text(L["导出时间：{0}。", fmt.DateTime(now)]).Raw(" ").Text(L["编码"]).Raw(" ").Text(held.Code).Raw("</p>\n");
        if (number is not null)
            html.Raw("<p>").Text(L["电话号码"]).Raw(" <strong>").Text(number).Raw("</strong></p>\n");

        html.Raw("<section><h2>").Text(L["保存着什么"]).Raw("</h2>\n");
        foreach (var group in held.Rows.GroupBy(r => r.Title))
        {
            html.Raw("<h3>").Text(L["{0}（{1}条）", L[group.Key], group.Count()]).Raw("</h3>\n");
            foreach (var row in group)
            {
                if (row.Name is { } name)
                    html.Raw("<h4>").Text(L[name]).Raw("</h4>\n");
                Table(html, [L["项目"], L["内容"], L["用途"], L["依据"], L["保存期限"]],
                    row.Fields.Select(f => new[] { L[f.Title], f.Value, L[f.Handling.Purpose], L[f.Handling.Basis], $"{L[f.Handling.Retention]} {model.LimitText(f.Limit)}".Trim() }));
                if (row.Until is { } until)
                    html.Raw("<p class=\"why\">").Text(L["保存到{0}。", fmt.Date(until)]).Raw("</p>\n");
                if (row.Kept is { } kept)
                    html.Raw("<p class=\"why\">").Text(L["要求删除时这一条依法保留，但不再带有姓名：{0}", L[kept.Article]]).Raw("</p>\n");
            }
        }
        html.Raw("</section>\n<section><h2>").Text(L["谁看过"]).Raw("</h2>\n");
        if (held.Looked.Count == 0)
            html.Raw("<p>").Text(L["还没有人看过密封的内容。"]).Raw("</p>\n");
        else
            Table(html, [L["时间"], L["岗位"], L["看了什么"], L["为什么"], L["方式"]], held.Looked.Select(l => new[]
            {
                fmt.DateTime(l.At), model.WhoText(l), string.Join(L["、"], l.What.Select(w => L[w])), L[l.Purpose] + (l.Reason is { } reason ? L["：{0}", reason] : ""), model.WayText(l.Way),
            }));
        html.Raw("</section>\n<section><h2>").Text(L["给您的通知"]).Raw("</h2>\n");
        if (held.Notices.Count == 0)
            html.Raw("<p>").Text(L["没有保存着的通知。"]).Raw("</p>\n");
        else
            Table(html, [L["日期"], L["通知"]], held.Notices.Select(n => new[] { fmt.Date(n.Day), L[n.Sentence] }));
        html.Raw("<p class=\"why\">").Text(model.LimitText(held.NoticesKept)).Raw("</p>\n");
        html.Raw("</section>\n<section><h2>").Text(L["我的请求"]).Raw("</h2>\n");
        if (held.Requests.Count == 0)
            html.Raw("<p>").Text(L["还没有提过请求。"]).Raw("</p>\n");
        else
            Table(html, [L["提出|asked"], L["要求"], L["状态"], L["答复"]], held.Requests.Select(r => new[]
            {
                fmt.Date(r.AskedOn), model.KindText(r.Kind) + (r.Text is { } text ? L["：{0}", text] : ""), model.StateText(r), r.Answer ?? L["最晚{0}前答复", fmt.Date(r.DueOn)],
            }));
        html.Raw("</section>\n<p class=\"why\">").Text(L["依法不告知本人的记录（如伤害、虐待的报告）如果有，不在这里，也不在答复里（《个人信息保护法》第18条、第45条）。这句话对每个人都一样，不说明您有没有。"])
            .Raw("</p>\n</body></html>\n");
        return Encoding.UTF8.GetBytes(html.ToString());
    }

    private static void Table(Html html, string[] head, IEnumerable<string[]> rows)
    {
        html.Raw("<table><thead><tr>");
        foreach (var cell in head)
            html.Raw("<th>").Text(cell).Raw("</th>");
        html.Raw("</tr></thead><tbody>\n");
        foreach (var row in rows)
        {
            html.Raw("<tr>");
            foreach (var cell in row)
                html.Raw("<td>").Text(cell).Raw("</td>");
            html.Raw("</tr>\n");
        }
        html.Raw("</tbody></table>\n");
    }
}
