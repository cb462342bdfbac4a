using Hele.Civic.Grids;
using Hele.Civic.Kernel;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Figures;
using Hele.Civic.Platform.Storage;
using Hele.Civic.Reports;
using Hele.TestKit;
using Hele.Tests.Grids;
using Hele.Tests.Reports;
using Xunit;

namespace Hele.Tests.Figures;

/// <summary>A figure that joined the program after a period was closed: that period has none, then and for ever. Seen to fail: it was counted live in the closed report, and changed with each act.</summary>
public class UnrecordedFigureTests
{
    private static readonly Period October = Period.Month(2026, 10);

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ClosedBeforeTheFigureWasKnown_SaysThatThereIsNone_AndStaysTheSame(TestDatabase kind)
    {
        await using var host = await TestHost.Start(kind);
        var hele = host.Hele;
        await hele.Furnish();
        hele.MoveTo(2026, 11, 3);
        var ma = await hele.Viewer(TestPeople.Ma);
        // The program as it was before it counted grids and people.
        var older = new ModuleList([.. Civic.Modules.All.All.Where(m => m is not GridsModule)]);
        NumberSteps.Ok(await new ClosePeriod(hele.Get<Writer>(), older).Run(ma.Act(ClosePeriod.Permission, Guid.NewGuid()), new(October.From, October.To)));

        var value = await hele.Value(GridFigures.Grids, October);
        Assert.Equal((true, 0L, 2L, "—"), (value.Unrecorded, value.Value, value.Live, value.Text));
        Assert.NotNull(value.ClosedAt);
        Assert.Empty(await hele.Records(GridFigures.Grids, October));
        Assert.Empty((await hele.Changes(GridFigures.Grids, October)).Added);
        Assert.Empty(await hele.Query<FigureReader, IReadOnlyList<(Period, long)>>(f => f.Trend(GridFigures.Grids, [October])));
        var report = await hele.Report(October);
        var (text, file) = (report.Text("zh"), Convert.ToBase64String(ReportDocument.Write(report, "zh", null)));
        Assert.DoesNotContain("划分为", text);
        Assert.DoesNotContain(report.Figures, f => f.Unrecorded);
        Assert.DoesNotContain("—个", text);

        var page = await HtmlPage.Get(await host.SignIn(TestPeople.Ma), $"/figures/{GridFigures.Grids.Id}?period={October}");
        Assert.Equal("—", page.Text("aside .figure b"));
        Assert.Contains("结账时还没有这个数字", page.VisibleText);
        Assert.Contains("按现在的记录是 2", page.VisibleText);

        // What joins later changes neither the report nor what is said of it.
        await hele.Grid(ma, "第三网格", GridSteps.Square(400, 0));
        var after = await hele.Report(October);
        Assert.Equal((text, file), (after.Text("zh"), Convert.ToBase64String(ReportDocument.Write(after, "zh", null))));
    }

    /// <summary>A sentence that holds one known figure and one that wasn't falls out, and says of the unknown one that there is none.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Sentence_WithAFigureThatWasNotKnown_SaysSoInItsPlace(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        await hele.Furnish();
        hele.MoveTo(2026, 11, 3);
        var ma = await hele.Viewer(TestPeople.Ma);
        NumberSteps.Ok(await hele.Close(ma, October));
        var values = new Dictionary<string, FigureValue>();
        foreach (var figure in new[] { GridFigures.Grids, GridFigures.Area })
            values[figure.Id] = await hele.Value(figure, October);
        var section = new SectionText(new() { ["within"] = ("2026年10月", "In October 2026") });
        section.Now[GridFigures.Grids.Id] = values[GridFigures.Grids.Id];
        section.Now[GridFigures.Area.Id] = values[GridFigures.Area.Id] with { Unrecorded = true, Value = 0 };
        section.Say(SentenceKind.Account, ("{grids.standing}个网格，{grids.area}平方公里。", "{grids.standing} grids, {grids.area} square kilometres."));
        section.Say(SentenceKind.Comparison, ("大了{grids.area}。", "Larger by {grids.area}."));
        section.Say(SentenceKind.Next, ("画完{grids.area}。", "Draw {grids.area}."));
        var said = Assert.Single(section.Sentences);
        Assert.Equal((SentenceKind.Nothing, "2026年10月结账时还没有统计“辖区面积”，没有记录。"), (said.Kind, said.TextIn("zh")));
        Assert.Empty(section.Used);
    }
}
