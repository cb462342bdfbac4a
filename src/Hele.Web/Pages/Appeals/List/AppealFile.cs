using Hele.Civic.Appeals;
using Hele.Civic.Grids;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Exports;
using Hele.Web.Hosting;
using Hele.Web.Pages.Exports;
using Hele.Web.Ui;

namespace Hele.Web.Pages.Appeals.List;

/// <summary>The staff list of appeals as a file.</summary>
public sealed class AppealFile(AppealQueries queries, GridQueries grids, CurrentViewer current, TimeProvider clock, Texts L) : ListFile
{
    public const string Path = "/appeals/export";

    public override string Code => "appeals";
    public override Permission Needs => AppealAccess.List;

    /// <summary>How the list's address narrows it.</summary>
    public static AppealFilter Filter(ListQuery asked) => new(asked.Choice<AppealState>("State"), asked.Text("Kind"), asked.Words, asked.Flag("Late"), asked.Text("Grid"), asked.Choice<Channel>("Channel"));

    public override async Task<ListContent?> Read(ListQuery asked, CancellationToken cancel)
    {
        var (filter, today) = (Filter(asked), clock.Today());
        var grid = filter.Grid is { Length: > 0 } code ? (await grids.Names(cancel)).Where(g => g.Code == code).Select(g => g.Title).FirstOrDefault(code) : null;
        return ListContent.Of(L["诉求"], ListContent.Pages<AppealLine>(async after => await queries.List(current.Required, filter, today, after, size: ListContent.AtOnce, cancel: cancel) is var page ? (page.Rows, page.After) : default),
        [
            new(L["编号"], a => a.Number), new(L["什么事"], a => a.Title, 36), new(L["类别"], a => L.Kind(a.Kind)), new(L["地点"], a => a.Place, 28), new(L["网格"], a => a.Grid), new(L["承办"], a => a.Post), new(L["渠道"], a => L.Channel(a.Channel)),
            new(L["状态"], a => L.State(a.State)), new(L["提交|date"], a => a.FiledOn, 12), new(L["期限"], a => a.DueOn, 12), new(L["已超期"], a => a.IsLate(today) ? L["已超期"] : null, 10), new(L["查询码"], a => a.Code),
        ],
        [(L["状态"], filter.State is { } state ? L.State(state) : null), (L["类别"], filter.Kind is { Length: > 0 } kind ? L.Kind(kind) : null), (L["网格"], grid), (L["渠道"], filter.Channel is { } channel ? L.Channel(channel) : null), (L["期限"], filter.LateOnly ? L["已超期"] : null)],
        asked.Words, asked.Choices("State", "Kind", "Grid", "Channel", "Late"));
    }
}

[Needs("appeal.list")]
public sealed class AppealExportModel(AppealFile list, ExportDesk desk, RecordExport record, CurrentViewer current, SearchWords words, Texts L) : ExportPage(list, desk, record, current, words, L)
{
    public override string Back => ListQuery.Carry(Request, AppealLinks.List);
}
