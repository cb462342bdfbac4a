using Hele.Civic.Appeals;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Figures;
using Hele.Civic.Reports;
using Hele.Web.Hosting;
using Hele.Web.Pages.Exports;
using Hele.Web.Ui;

namespace Hele.Web.Pages.Figures;

/// <summary>The records behind a figure, as a file: codes and times. The second sheet says the value, its period and the checkpoint that covers it.</summary>
public sealed class FigureRecordsFile(FigureReader figures, CurrentViewer current, Texts L) : ListFile
{
    public static string Of(string figure, Period period) => $"/figures/{figure}/records.xlsx?period={period}";

    public override string Code => "figure.records";
    public override Permission Needs => AppealAccess.List;

    public override async Task<ListContent?> Read(ListQuery asked, CancellationToken cancel)
    {
        if (figures.Find(asked.Text("id")) is not { } figure || !Period.TryParse(asked.Text("period"), out var period))
            return null;
        var value = await figures.Value(figure, period, cancel);
        return ListContent.Of(L["{0}的记录", figure.Title], ListContent.Whole(() => figures.Records(figure, period, 0, int.MaxValue, cancel, current.Viewer)),
            [new(figure.Record is null ? L["诉求编号"] : L["编号"], r => r.Code.Length == 0 ? L["只计数，不列出"] : r.Code), new(L["发生日期"], r => r.On, 12), new(L["登记时间"], r => r.LoggedAt, 18), new(L["说明"], r => r.IsLateEntry ? L["补录"] : null), .. figure.Adds is null ? [] : new Column<FigureRecord>[] { new(L[figure.Measure], r => figure.InMeasure(r.Amount), 14) }],
            [(L["统计期"], L[period.Title])], about:
            [
                (L["数值"], value.Unrecorded ? L["结账时还没有这个数字"] : figure.InMeasure(value.Value)), (L["定义"], L[figure.Definition]), (L["定义版本"], figure.Version), (L["状态"], value.ClosedAt is null ? L["还没有结账，补录仍会计入"] : L["已结账，数字不再变"]),
                (value.ClosedAt is null ? L["计算时间"] : L["结账时间"], value.AsOf), (L["校验点"], L["日志第 {0} 条为止", value.LogSize]),
            ]);
    }
}

/// <summary>The figures a period's report is written from, as a file.</summary>
public sealed class ReportFile(ReportWriter report, TimeProvider clock, Texts L) : ListFile
{
    public static string Of(Period period) => $"/report/figures.xlsx?period={period}";

    public override string Code => "report.figures";
    public override Permission Needs => AppealAccess.List;

    public override async Task<ListContent?> Read(ListQuery asked, CancellationToken cancel)
    {
        if (PeriodChoice.Of(asked.Text("period"), clock.Today()) is not { } period)
            return null;
        var written = await report.Write(period, cancel);
        return ListContent.Of(L["报告里的数字"], written.Figures.ToAsyncEnumerable(),
        [
            new(L["数字|one of them"], v => L[v.Figure.Title], 24), new(L["统计期"], v => L[v.Period.Title]), new(L["数值"], v => v.Figure.InMeasure(v.Value), 10), new(L["计量单位"], v => L[v.Figure.Measure], 10), new(L["定义"], v => L[v.Figure.Definition], 60),
            new(L["定义版本"], v => v.Figure.Version, 10), new(L["状态"], v => v.ClosedAt is null ? L["还没有结账，补录仍会计入"] : L["已结账，数字不再变"], 26),
        ],
        [(L["统计期"], L[period.Title])], about: [(written.ClosedAt is null ? L["计算时间"] : L["结账时间"], written.AsOf), (L["校验点"], L["日志第 {0} 条为止", written.LogSize])]);
    }
}
