using System.Text;
using Hele.Civic.Grids;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Imports;
using Xunit;
using static Hele.Tests.Platform.Imports.SheetFiles;

namespace Hele.Tests.Platform.Imports;

/// <summary>What people have is read as they meant it; what is no ledger is refused in words that say what to do.</summary>
public class SheetReaderTests
{
    private static Sheet Read(byte[] bytes, string name = "台账.xlsx", int sheet = 0)
    {
        var (file, problem) = SheetReader.Read(bytes, name);
        Assert.True(problem is null, problem?.Sentence.Zh);
        return file!.Sheets[sheet];
    }

    private static void Refused(Problem expected, byte[] bytes, string name = "台账.xlsx") => Assert.Equal(expected.Code, SheetReader.Read(bytes, name).Problem?.Code);

    [Fact]
    public void Cells_OfEveryKind_AreTheTextsPeopleSee()
    {
        var sheet = Read(Xlsx(["<si><t>王秀英</t><rPh sb=\"0\" eb=\"1\"><t>wang</t></rPh></si>", "<si><r><t>3号</t></r><r><t>楼</t></r></si>", "<si><t>a_x000D_b</t></si>"], "", new Part("一",
            Row(2, "<c r=\"A2\" t=\"s\"><v>0</v></c>", "<c r=\"B2\" t=\"s\"><v>1</v></c>", N("C2", "302"), N("D2", "3.5"), N("E2", "46086", 1), N("F2", "46086.75", 2), N("G2", "46086", 3),
                "<c r=\"H2\" t=\"str\"><f>A1&amp;B1</f><v>算出来的</v></c>", "<c r=\"I2\"><f>1+1</f><v>2</v></c>", "<c r=\"J2\" t=\"b\"><v>1</v></c>", "<c r=\"K2\" t=\"e\"><v>#REF!</v></c>", "<c r=\"L2\" t=\"s\"><v>2</v></c>",
                T("M2", "　３０２ "), T("N2", "'410505199001010011"), N("O2", "4.10505199001010013E+17"), "<c r=\"P2\" t=\"d\"><v>2026-03-05T00:00:00</v></c>", "<c r=\"Q2\"/>"))));
        var row = Assert.Single(sheet.Rows);
        Assert.Equal(2, row.Number);
        Assert.Equal(["王秀英", "3号楼", "302", "3.5", "2026-03-05", "2026-03-05", "46086", "算出来的", "2", "TRUE", "#REF!", "a b", "302", "410505199001010011"], row.Cells.Take(14));
        // What a spreadsheet has rounded must not look like a number that is whole.
        Assert.Contains("E+17", row.Cells[14], StringComparison.Ordinal);
        Assert.Equal("2026-03-05", row.Cells[15]);
    }

    [Fact]
    public void Dates_FromA1904Workbook_AreTheSameDays() =>
        Assert.Equal("2026-03-05", Read(Xlsx(null, "<workbookPr date1904=\"1\"/>", new Part("一", Row(1, N("A1", "44624", 1))))).Rows[0].Cells[0]);

    [Theory]
    [InlineData("2026-03-05")]
    [InlineData("2026.3.5")]
    [InlineData("2026年3月5日")]
    [InlineData("20260305")]
    [InlineData("2026/3/5")]
    [InlineData("2026/3/5 0:00:00")]
    [InlineData("46086")]
    public void Dates_HoweverTheyAreWritten_AreRead(string text) => Assert.True(LedgerDates.TryParse(text, out var day) && day == new DateOnly(2026, 3, 5), day.ToString("O"));

    [Theory]
    [InlineData("三月五日")]
    [InlineData("2026.13.5")]
    [InlineData("5/3")]
    [InlineData("202603051")]
    public void Dates_ThatAreNone_AreNot(string text) => Assert.False(LedgerDates.TryParse(text, out _));

    [Fact]
    public void MergedCells_AreFilledDownAndAcross_WithinTheTable()
    {
        var sheet = Read(Xlsx(new Part("户册", Row(1, T("A1", "河西社区住户台账")) + Row(2, T("A2", "户号"), T("B2", "姓名")) + Row(3, T("A3", "3-2-501"), T("B3", "王秀英")) + Row(4, T("B4", "李大力")) + Row(5, T("B5", "李小丽")),
            "<mergeCells><mergeCell ref=\"A1:B1\"/><mergeCell ref=\"A3:A900\"/></mergeCells>")));
        Assert.Equal(["3-2-501", "3-2-501", "3-2-501"], sheet.Rows.Skip(2).Select(r => r.Cells[0]));
        Assert.Equal(5, sheet.Rows.Count);
        Assert.Equal("河西社区住户台账", sheet.Rows[0].Cells[1]);
    }

    [Fact]
    public void Headings_BelowATitle_AreFound_AndTheLowerOfTwoLinesCounts()
    {
        var sheet = Read(Xlsx(new Part("户册", Row(1, T("A1", "河西社区住户台账")) + Row(2, T("A2", "填表人：周丽华"), T("C2", "2026年3月")) + Row(3, T("A3", "姓名"), T("B3", "住址"), T("E3", "联系方式")) + Row(4, T("B4", "楼栋"), T("C4", "单元"), T("D4", "房号")) + Row(6, T("A6", "王秀英"), T("B6", "3号楼"), T("C6", "2单元"), T("D6", "501"), T("E6", "13800000000")),
            "<mergeCells><mergeCell ref=\"A3:A4\"/><mergeCell ref=\"B3:D3\"/><mergeCell ref=\"E3:E4\"/></mergeCells>")));
        var table = SheetTable.From(sheet, new HouseholdLedger())!;
        Assert.Equal(["姓名", "楼栋", "单元", "房号", "联系方式"], table.Headings);
        Assert.Equal(6, Assert.Single(table.Rows).Number);
        Assert.Equal(["name", "building", "entrance", "room", "phone"], new HouseholdLedger().Guess(table.Headings));
        // And where a person says it: row 3.
        Assert.Equal("住址", SheetTable.From(sheet, new HouseholdLedger(), 3)!.Headings[1]);
    }

    [Theory]
    [InlineData("户主姓名", null)]
    [InlineData("姓 名", "name")]
    [InlineData("姓名（必填）", "name")]
    [InlineData("联系电话：", "phone")]
    [InlineData("公民身份号码", "identity")]
    [InlineData("紧急联系人电话", null)]
    [InlineData("户籍地址", null)]
    public void Headings_AsPeopleWriteThem_AreGuessedOrLeftAlone(string heading, string? column) =>
        Assert.Equal(heading == "户主姓名" ? "name" : column, new HouseholdLedger().Guess(heading)?.Code);

    [Fact]
    public void HiddenSheets_AreNotRead_AndSaidSo()
    {
        var (file, _) = SheetReader.Read(Xlsx(new Part("代码表", Row(1, T("A1", "不给人看")), State: "hidden"), new Part("台账", Row(1, T("A1", "姓名"))), new Part("底稿", Row(1, T("A1", "x")), State: "veryHidden")), "a.xlsx");
        Assert.Equal("台账", Assert.Single(file!.Sheets).Name);
        Assert.Equal(["代码表", "底稿"], file.Hidden);
    }

    public static TheoryData<string, byte[]> Encodings()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        const string Text = "姓名,楼栋\r\n王秀英,3号楼\r\n\"㐂, 两\n行\",4号楼\r\n李大力,5号楼";
        return new()
        {
            { "UTF-8", Encoding.UTF8.GetBytes(Text) }, { "UTF-8 with mark", [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Text)] }, { "GB18030", Encoding.GetEncoding("GB18030").GetBytes(Text) },
            { "UTF-16", [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Text)] }, { "tabs", Encoding.GetEncoding("GB18030").GetBytes(Text.Replace(',', '\t')) }, { "semicolons", Encoding.UTF8.GetBytes(Text.Replace(',', ';')) },
        };
    }

    [Theory, MemberData(nameof(Encodings))]
    public void Csv_InEveryEncodingPeopleHave_IsRead(string what, byte[] bytes)
    {
        Assert.NotEmpty(what);
        var sheet = Read(bytes, "台账.csv");
        Assert.Equal(["姓名", "楼栋"], sheet.Rows[0].Cells);
        Assert.Equal(["王秀英", "3号楼"], sheet.Rows[1].Cells);
        Assert.StartsWith("㐂", sheet.Rows[2].Cells[0], StringComparison.Ordinal);
        Assert.EndsWith("两 行", sheet.Rows[2].Cells[0], StringComparison.Ordinal);
        Assert.Equal([(3, "4号楼"), (4, "5号楼")], sheet.Rows.Skip(2).Select(r => (r.Number, r.Cells[1])));
    }

    [Fact]
    public void Files_ThatAreNoLedger_AreRefusedInWordsThatHelp()
    {
        Refused(ImportProblems.FileEmpty, []);
        Refused(ImportProblems.FileEmpty, Encoding.UTF8.GetBytes("\r\n\r\n"), "a.csv");
        Refused(ImportProblems.FileTooLarge, new byte[SheetReader.MostBytes + 1]);
        Refused(ImportProblems.OldExcel, Container("Workbook"), "户册.xls");
        Refused(ImportProblems.OldExcel, Encoding.ASCII.GetBytes("<html><table>"), "户册.xls");
        Refused(ImportProblems.Locked, Container("EncryptedPackage"));
        Refused(ImportProblems.HasMacros, Zip(("[Content_Types].xml", "<Types/>"), ("xl/vbaProject.bin", "x")));
        Refused(ImportProblems.HasMacros, Table(["姓名"]), "户册.xlsm");
        Refused(ImportProblems.NotASheet, Encoding.ASCII.GetBytes("%PDF-1.7"), "户册.xlsx");
        Refused(ImportProblems.NotASheet, Zip(("word/document.xml", "<w/>")));
        Refused(ImportProblems.NotASheet, Zip(("[Content_Types].xml", "<Types/>"), ("word/document.xml", "<w/>")));
        Refused(ImportProblems.NotASheet, [.. Encoding.ASCII.GetBytes("abc"), 0, 0, 0], "户册.csv");
        Refused(ImportProblems.BadText, [0xC4, 0xFF, 0xFF, 0x2C, 0x80], "户册.csv");
        Refused(ImportProblems.BadText, Encoding.UTF8.GetBytes("姓名,\"楼栋\n王秀英"), "户册.csv");
        Refused(ImportProblems.Inflated, Bomb());
        Refused(ImportProblems.Damaged, Table(["姓名"], ["王秀英"])[..400]);
        Refused(ImportProblems.Damaged, Xlsx(new Part("一", "<row r=\"1\"><c r=\"A1\"><v>1</c></row>")));
        Refused(ImportProblems.TooManyRows, Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, SheetReader.MostRows + 1).Select(i => $"{i}\n"))), "a.csv");
        Refused(ImportProblems.TooManyColumns, Xlsx(new Part("一", Row(1, T("A1", "姓名"), T("XFD1", "很远")))));
        Refused(ImportProblems.CellTooLong, Xlsx(new Part("一", Row(1, T("A1", new string('长', SheetReader.MostCharacters + 1))))));
    }

    [Fact]
    public void ADocumentType_IsNeverFollowed()
    {
        var bytes = Zip(("[Content_Types].xml", "<Types/>"), ("xl/workbook.xml", "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><workbook>&a;</workbook>"));
        Refused(ImportProblems.Damaged, bytes);
    }

    /// <summary>Seen with a ledger whose borders had been drawn to the last row: a million empty rows are nothing.</summary>
    [Fact]
    public void FormattedEmptiness_TakesNoRoom()
    {
        var sheet = Read(Xlsx(new Part("一", Row(1, T("A1", "姓名")) + Row(2, T("A2", "王秀英")) + string.Concat(Enumerable.Range(3, 60_000).Select(i => $"<row r=\"{i}\"><c r=\"A{i}\" s=\"1\"/><c r=\"XFD{i}\" s=\"1\"/></row>")) + Row(1_048_576, T("A1048576", "合计")))));
        Assert.Equal([1, 2, 1_048_576], sheet.Rows.Select(r => r.Number));
    }
}
