using Hele.Civic.Appeals;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Exports;
using Hele.Web.Hosting;
using Hele.Web.Pages.Exports;
using Hele.Web.Ui;

namespace Hele.Web.Pages.Appeals.Referrals;

/// <summary>What was referred up, as a file.</summary>
public sealed class ReferralFile(ReferralQueries queries, CurrentViewer current, TimeProvider clock, Texts L) : ListFile
{
    public const string Path = "/referrals/export";

    public override string Code => "referrals";
    public override Permission Needs => ReferralAccess.See;

    public static ReferralState? State(ListQuery asked) => asked.Choice<ReferralState>("State");

    public override Task<ListContent?> Read(ListQuery asked, CancellationToken cancel)
    {
        var (state, today) = (State(asked), clock.Today());
        return Task.FromResult<ListContent?>(ListContent.Of(L["上报事项"], ListContent.Pages<ReferralLine>(async after => await queries.List(current.Required, state, after, size: ListContent.AtOnce, cancel: cancel) is var page ? (page.Rows, page.After) : default),
        [
            new(L["什么事"], r => L.Titled(r.Title), 36), new(L["社区"], r => r.CommunityName), new(L["类别"], r => L.Kind(r.Kind)), new(L["地点"], r => r.Place, 28), new(L["状态"], r => L.State(r.State)), new(L["收到|date"], r => r.ReceivedOn, 12),
            new(L["期限"], r => r.State == ReferralState.Received ? r.DueOn : null, 12), new(L["已超期"], r => r.IsLate(today) ? L["已超期"] : null, 10), new(L["查询码"], r => r.Code),
        ],
        [(L["状态"], state is { } chosen ? L.State(chosen) : null)], choices: asked.Choices("State")));
    }
}

[Needs("referral.see")]
public sealed class ReferralExportModel(ReferralFile list, ExportDesk desk, RecordExport record, CurrentViewer current, SearchWords words, Texts L) : ExportPage(list, desk, record, current, words, L)
{
    public override string Back => ListQuery.Carry(Request, AppealLinks.Referrals);
}
