using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Exports;
using Hele.Web.Hosting;
using Hele.Web.Pages.Exports;
using Hele.Web.Ui;

namespace Hele.Web.Pages.People.Requests;

/// <summary>What people asked about their data, and what was answered, as a file.</summary>
public sealed class DataRequestFile(MyData data, CurrentViewer current, TimeProvider clock, Texts L) : ListFile
{
    public const string Path = "/data-requests/export";

    public override string Code => "data-requests";
    public override Permission Needs => PeopleAccess.AnswerRequest;

    public override Task<ListContent?> Read(ListQuery asked, CancellationToken cancel)
    {
        var today = clock.Today();
        return Task.FromResult<ListContent?>(ListContent.Of(L["个人信息请求"], ListContent.Whole(() => data.ToAnswer(current.Required, ExportDesk.MostRows + 1, cancel)),
        [
            new(L["提出|asked"], r => r.AskedOn, 12), new(L["谁"], r => r.Person.Length == 0 ? L["（已删除）"] : r.Person), new(L["由谁提出"], r => r.AskedBy), new(L["要求"], r => Kind(L, r.Kind)), new(L["具体说明"], r => r.Text, 36),
            new(L["状态"], r => L[DataRequest.LifeCycle.StateTitle(r.State)]), new(L["期限"], r => r.DueOn, 12), new(L["已超期"], r => r.State == DataRequestState.Asked && r.DueOn < today ? L["已超期"] : null, 10), new(L["答复|date"], r => r.AnsweredOn, 12), new(L["答复"], r => r.Answer, 48),
        ]));
    }

    internal static string Kind(Texts L, DataRequestKind kind) => kind switch
    {
        DataRequestKind.Deletion => L["删除|ask for deletion"],
        DataRequestKind.Correction => L["更正|ask for correction"],
        _ => L["解释|ask for explanation"],
    };
}

[Needs("data-request.answer")]
public sealed class DataRequestExportModel(DataRequestFile list, ExportDesk desk, RecordExport record, CurrentViewer current, SearchWords words, Texts L) : ExportPage(list, desk, record, current, words, L)
{
    public override string Back => DataRequestsModel.Path;
}
