using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Exports;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Exports;

/// <summary>Which lists about people left as files.</summary>
[Needs("export.see")]
public sealed class ExportListModel(ExportHistory history, CurrentViewer current) : PageModel
{
    public const string Path = "/exports";

    public IReadOnlyList<ExportLine> Rows { get; private set; } = [];

    public async Task OnGetAsync() => Rows = await history.List(current.Required, cancel: HttpContext.RequestAborted);
}

/// <summary>The history of exports as a file; exporting it stands in it too.</summary>
public sealed class ExportHistoryFile(ExportHistory history, CurrentViewer current, Texts L) : ListFile
{
    public const string Path = "/exports/export";

    public override string Code => "exports";
    public override Permission Needs => ExportAccess.See;

    public override Task<ListContent?> Read(ListQuery asked, CancellationToken cancel) => Task.FromResult<ListContent?>(ListContent.Of(L["导出记录"], ListContent.Whole(() => history.List(current.Required, ExportDesk.MostRows + 1, cancel)),
        [new(L["名单"], e => L[ListFiles.NameOf(e.List)]), new(L["条件|filter"], e => e.Filter, 28), new(L["导出时间"], e => e.At, 18), new(L["由谁"], e => e.By), new(L["岗位"], e => e.Post, 24), new(L["行数"], e => e.Rows, 8), new(L["用途"], e => e.Reason, 48)]));
}

[Needs("export.see")]
public sealed class ExportHistoryExportModel(ExportHistoryFile list, ExportDesk desk, RecordExport record, CurrentViewer current, SearchWords words, Texts L) : ExportPage(list, desk, record, current, words, L)
{
    public override string Back => ExportListModel.Path;
}
