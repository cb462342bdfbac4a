using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Exports;
using Hele.Civic.Platform.Imports;
using Hele.Web.Hosting;
using Hele.Web.Pages.Exports;
using Hele.Web.Ui;

namespace Hele.Web.Pages.Imports.List;

/// <summary>What was imported, as a file.</summary>
public sealed class ImportFile(ImportHistory history, CurrentViewer current, Texts L) : ListFile
{
    public const string Path = "/imports/export";

    public override string Code => "imports";
    public override Permission Needs => ImportAccess.Import;

    public override Task<ListContent?> Read(ListQuery asked, CancellationToken cancel) => Task.FromResult<ListContent?>(ListContent.Of(L["导入过的台账"], ListContent.Whole(() => history.List(current.Required, ExportDesk.MostRows + 1, cancel)),
        [new(L["台账"], i => L[i.Ledger]), new(L["文件"], i => i.FileName, 36), new(L["日期"], i => i.On, 12), new(L["由谁"], i => i.By), new(L["新登记|import"], i => i.Added, 10), new(L["有变化"], i => i.Changed, 10), new(L["状态"], i => i.UndoneOn is null ? L["已导入"] : L["已撤销"]), new(L["撤销|date"], i => i.UndoneOn, 12)]));
}

[Needs("import.run")]
public sealed class ImportExportModel(ImportFile list, ExportDesk desk, RecordExport record, CurrentViewer current, SearchWords words, Texts L) : ExportPage(list, desk, record, current, words, L)
{
    public override string Back => ImportLinks.List;
}
