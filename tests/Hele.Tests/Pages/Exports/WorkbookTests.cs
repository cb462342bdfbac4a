using Hele.Civic.Platform.Imports;
using Hele.Web.Ui;
using MiniExcelLibs;
using Xunit;

namespace Hele.Tests.Pages.Exports;

/// <summary>The writer of .xlsx, read back by our own reader and by somebody else's.</summary>
public class WorkbookTests
{
    [Fact]
    public async Task EveryKindOfCell_ComesBackAsItWas()
    {
        string[] texts = ["=HYPERLINK(\"http://x\")", "+86", "-1", "@a", "_x0041_", "a\u0001b", "<&>\"'", "410105199001011234", "长" + new string('字', 1_500)];
        var day = new DateOnly(2026, 2, 28);
        var bytes = await Workbook.Write([new("楼[1]/栋", ["文字", "数", "日", "时", "空"], texts.Select(t => (IReadOnlyList<object?>)[t, 12.5, day, new DateTimeOffset(2026, 2, 28, 1, 30, 0, TimeSpan.Zero), null]).ToAsyncEnumerable()),
            new("说明", ["甲"], AsyncEnumerable.Empty<IReadOnlyList<object?>>())], TestContext.Current.CancellationToken);
        var (file, problem) = SheetReader.Read(bytes, "x.xlsx");
        Assert.Null(problem);
        Assert.Equal(["楼1栋", "说明"], file!.Sheets.Select(s => s.Name));
        Assert.Equal(texts.Select(t => t.Replace("\u0001", "", StringComparison.Ordinal)), file.Sheets[0].Rows.Skip(1).Select(r => r.Cells[0]));
        Assert.All(file.Sheets[0].Rows.Skip(1), r => Assert.Equal(("12.5", "2026-02-28"), (r.Cells[1], r.Cells[2])));
        var other = new MemoryStream(bytes).Query(useHeaderRow: true).Cast<IDictionary<string, object?>>().First();
        Assert.Equal(("=HYPERLINK(\"http://x\")", 12.5, new DateTime(2026, 2, 28), new DateTime(2026, 2, 28, 9, 30, 0)), ((string)other["文字"]!, (double)other["数"]!, (DateTime)other["日"]!, (DateTime)other["时"]!));
    }

    [Fact]
    public void FileName_HoldsNothingASystemRefuses() => Assert.Equal("诉求_A股B.xlsx", Workbook.FileName("诉求_A/股\\B:*?\"<>|"));
}
