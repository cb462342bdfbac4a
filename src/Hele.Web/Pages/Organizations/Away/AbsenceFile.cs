using Hele.Civic.Organizations;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Exports;
using Hele.Civic.Kernel;
using Hele.Web.Hosting;
using Hele.Web.Pages.Exports;
using Hele.Web.Ui;

namespace Hele.Web.Pages.Organizations.Away;

/// <summary>Who was and will be away, as a file, for those who work here: it names people, and of the reason no more than its kind.</summary>
public sealed class AbsenceFile(AbsenceQueries queries, CurrentViewer current, TimeProvider clock, Texts L) : ListFile
{
    public const string Path = "/absences/export";

    public override string Code => "absences";
    public override Permission Needs => OrganizationAccess.SeeSeats;

    public override Task<ListContent?> Read(ListQuery asked, CancellationToken cancel)
    {
        var today = clock.Today();
        return Task.FromResult<ListContent?>(ListContent.Of(L["不在岗和代班"], ListContent.Whole(() => queries.List(current.Required, cancel, ExportDesk.MostRows)),
        [
            new(L["姓名"], a => a.Person, 16), new(L["岗位"], a => string.Join(L["、"], a.As), 30), new(L["从"], a => a.From, 12), new(L["到"], a => a.To, 12), new(L["原因"], a => a.Kind is { } kind ? L.Away(kind) : null),
            new(L["代班"], a => a.StandIn, 16), new(L["状态"], a => L.AwayState(a, today)), new(L["撤销日期"], a => a.TakenBackOn, 12),
        ],
        []));
    }
}

[Needs("seat.see")]
public sealed class AbsenceExportModel(AbsenceFile list, ExportDesk desk, RecordExport record, CurrentViewer current, SearchWords words, Texts L) : ExportPage(list, desk, record, current, words, L)
{
    public override string Back => OrganizationLinks.Away;
}
