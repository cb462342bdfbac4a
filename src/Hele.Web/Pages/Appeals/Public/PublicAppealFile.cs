using Hele.Civic.Appeals;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Web.Pages.Exports;
using Hele.Web.Ui;

namespace Hele.Web.Pages.Appeals.Public;

/// <summary>The public list as a file: code, kind, state and times, nothing else.</summary>
public sealed class PublicAppealFile(AppealQueries queries, Texts L) : ListFile
{
    public const string Path = "/appeals/public.xlsx";

    public override string Code => "appeals.public";
    public override Permission? Needs => null;

    public override Task<ListContent?> Read(ListQuery asked, CancellationToken cancel)
    {
        var kind = asked.Text("Kind");
        return Task.FromResult<ListContent?>(ListContent.Of(L["办理公开"], ListContent.Pages<PublicAppealLine>(async after => await queries.PublicList(kind, after, size: ListContent.AtOnce, cancel: cancel) is var page ? (page.Rows, page.After) : default),
            [new(L["查询码"], a => a.Code), new(L["类别"], a => L.Kind(a.Kind)), new(L["状态"], a => L.State(a.State)), new(L["提交|date"], a => a.FiledOn, 12), new(L["答复|date"], a => a.AnsweredOn, 12), new(L["评价|date"], a => a.JudgedOn, 12)],
            [(L["类别"], kind.Length > 0 ? L.Kind(kind) : null)]));
    }
}
