using Hele.Civic.BreakGlass;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Exports;
using Hele.Web.Hosting;
using Hele.Web.Pages.Exports;
using Hele.Web.Ui;

namespace Hele.Web.Pages.BreakGlass.List;

/// <summary>What whoever reviews has before them, as a file: what waits, then what was reviewed.</summary>
public sealed class EmergencyFile(EmergencyQueries queries, CurrentViewer current, TimeProvider clock, Texts L) : ListFile
{
    public const string Path = "/break-glass/export";

    public override string Code => "break-glass";
    public override Permission Needs => EmergencyRights.Review;

    public override Task<ListContent?> Read(ListQuery asked, CancellationToken cancel)
    {
        var today = clock.Today();
        return Task.FromResult<ListContent?>(ListContent.Of(L["应急查看"], ListContent.Whole(() => Rows(cancel)),
        [
            new(L["时间"], a => a.OpenedAt, 18), new(L["看了什么"], a => L.What(a.Seal)), new(L["岗位"], a => a.Post, 24), new(L["状态"], a => L[EmergencyAccess.LifeCycle.StateTitle(a.State)]),
            new(L["复核期限"], a => a.ReviewDueOn, 12), new(L["已超期"], a => a.IsLate(today) ? L["已超期"] : null, 10), new(L["查询码"], a => a.Code),
        ]));
    }

    private async Task<IReadOnlyList<EmergencyLine>> Rows(CancellationToken cancel) => await queries.Lists(current.Required, ExportDesk.MostRows + 1, cancel) is var lists ? [.. lists.ToReview, .. lists.Reviewed] : [];
}

[Needs("break-glass.review")]
public sealed class EmergencyExportModel(EmergencyFile list, ExportDesk desk, RecordExport record, CurrentViewer current, SearchWords words, Texts L) : ExportPage(list, desk, record, current, words, L)
{
    public override string Back => EmergencyLinks.List;
}
