using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Sealing;
using Hele.Web.Pages.Exports;
using Hele.Web.Ui;

namespace Hele.Web.Pages.People.Retention;

/// <summary>What is kept how long and how much of it is due, as a file: counts, nothing of what stands in a record.</summary>
public sealed class RetentionFile(RetentionReader reader, Texts L) : ListFile
{
    public const string Path = "/retention/list.xlsx";

    public override string Code => "retention";
    public override Permission Needs => PurgeExpired.See;

    public override Task<ListContent?> Read(ListQuery asked, CancellationToken cancel) => Task.FromResult<ListContent?>(ListContent.Of(L["保存期限"], ListContent.Whole(() => reader.Plan(cancel)),
    [
        new(L["记录"], r => L[r.Title], 24), new(L["保存期限"], r => string.Join(L["；"], r.Rules.Select(x => L["{0}起{1}", L[x.Event], L[x.Limit]])), 40), new(L["依据"], r => string.Join(L["；"], r.Rules.Select(x => L[x.Source])), 48),
        new(L["已满"], r => r.Due, 8), new(L["{0}天内到期", PurgeExpired.SoonDays], r => r.Soon, 12), new(L["期满后"], r => r.IsForAppraisal ? L["由社区鉴定后处理，系统不自行销毁"] : L["自动清除"], 32),
    ]));
}
