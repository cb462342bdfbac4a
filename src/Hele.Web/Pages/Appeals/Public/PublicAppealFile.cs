using Hele.Civic.Appeals;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Web.Pages.Exports;
using Hele.Web.Ui;

namespace Hele.Web.Pages.Appeals.Public;

/// <summary>The public list as a file: what was reviewed for the public, and nothing else.</summary>
public sealed class PublicAppealFile(PublicQueries queries, Texts L) : ListFile
{
    public const string Path = "/appeals/public.xlsx";

    public override string Code => "appeals.public";
    public override Permission? Needs => null;

    public override Task<ListContent?> Read(ListQuery asked, CancellationToken cancel)
    {
        var filter = new PublicFilter(asked.Text("Words"), asked.Text("Kind"), asked.Choice<AppealState>("State"), asked.Text("Place"), Day("From"), Day("To"));
        return Task.FromResult<ListContent?>(ListContent.Of(L["办理公开"], ListContent.Pages<PublicMatter>(async after => await queries.List(filter, after, cancel: cancel) is var page ? (page.Rows, page.After) : default),
            [new(L["什么事"], a => a.Title, 30), new(L["类别"], a => L.Kind(a.Kind)), new(L["地点"], a => L.PublicPlace(a.Place), 20), new(L["状态"], a => L.State(a.State)), new(L["提交|date"], a => a.FiledOn, 12), new(L["答复|date"], a => a.AnsweredOn, 12), new(L["评价|date"], a => a.JudgedOn, 12), new(L["答复内容"], a => a.Answer, 60)],
            [(L["搜索"], filter.Words), (L["类别"], filter.Kind is { Length: > 0 } kind ? L.Kind(kind) : null), (L["状态"], filter.State is { } state ? L.State(state) : null), (L["地点"], filter.Place)]));

        DateOnly? Day(string name) => DateOnly.TryParseExact(asked.Text(name), "yyyy-MM-dd", out var day) ? day : null;
    }
}
