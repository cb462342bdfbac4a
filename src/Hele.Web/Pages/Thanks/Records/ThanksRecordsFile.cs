using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Exports;
using Hele.Civic.Thanks;
using Hele.Web.Hosting;
using Hele.Web.Pages.Exports;
using Hele.Web.Ui;

namespace Hele.Web.Pages.Thanks.Records;

/// <summary>Thanks as they were given, for those who work here; no full name leaves with it.</summary>
public sealed class ThanksRecordsFile(ThanksQueries queries, CurrentViewer current, Texts L) : ListFile
{
    public const string Path = "/thanks/export";

    public override string Code => "thanks.records";
    public override Permission Needs => ThanksAccess.List;

    public static ThanksFilter Filter(ListQuery asked) => new(asked.Choice<ThanksKind>("Kind"), asked.Choice<ThanksState>("State"), asked.Words);

    public override Task<ListContent?> Read(ListQuery asked, CancellationToken cancel)
    {
        var filter = Filter(asked);
        return Task.FromResult<ListContent?>(ListContent.Of(L["锦旗和感谢登记"], ListContent.Pages<ThanksLine>(async after => await queries.List(current.Required, filter, after, size: ListContent.AtOnce, cancel: cancel) is var page ? (page.Rows, page.After) : default),
        [
            new(L["为什么事|thanks"], t => t.Text, 60), new(L["种类"], t => L.Kind(t.Kind), 14), new(L["感谢谁"], t => t.Thanked.Name, 28), new(L["感谢人"], t => t.Giver ?? L["没有留姓名"], 14), new(L["怎么来的"], t => L.Door(t.Door), 14), new(L["由谁登记|thanks"], t => t.EnteredBy ?? L["感谢人自己"], 20),
            new(L["可以公开吗？"], t => L.Shown(t.Shown), 28), new(L["状态"], t => L.State(t.State), 16), new(L["日期|thanks"], t => t.On, 12), new(L["有照片"], t => t.HasPhoto ? L["有照片"] : null, 10), new(L["编号"], t => t.Code),
        ],
        [(L["种类"], filter.Kind is { } kind ? L.Kind(kind) : null), (L["状态"], filter.State is { } state ? L.State(state) : null)], asked.Words, asked.Choices("Kind", "State")));
    }
}

[Needs("thanks.list")]
public sealed class ThanksExportModel(ThanksRecordsFile list, ExportDesk desk, RecordExport record, CurrentViewer current, SearchWords words, Texts L) : ExportPage(list, desk, record, current, words, L)
{
    public override string Back => ListQuery.Carry(Request, ThanksLinks.Records);
}
