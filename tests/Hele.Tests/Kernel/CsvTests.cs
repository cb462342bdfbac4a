using CsCheck;
using Hele.Civic.Kernel;
using Xunit;

namespace Hele.Tests.Kernel;

public class CsvTests
{
    [Fact]
    public void Rows_QuotesCommasAndLineEndsInside_AreCells()
    {
        var rows = Csv.Rows(new StringReader("\uFEFFa,b,c\r\n1,\"x, \"\"y\"\"\",\r\n\n\"line\r\ntwo\",,\"\"\r\n"));
        Assert.Equal(["1|x, \"y\"||2", "line\r\ntwo|||4"], rows.Select(row => $"{row["a"]}|{row["b"]}|{row["c"]}|{row.LineNumber}"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a,a\n1,2")]
    [InlineData("a,b\n1")]
    [InlineData("a,b\n1,2,3")]
    [InlineData("a\n\"open")]
    [InlineData("a\nx\"y")]
    [InlineData("a\n\"x\"y")]
    public void Rows_BrokenFile_Throws(string text) => Assert.Throws<FormatException>(() => Csv.Rows(new StringReader(text)));

    [Fact]
    public void Get_WrongValue_NamesFileLineAndColumn()
    {
        var row = Csv.Rows(new StringReader("n\n1\nx"), "some.csv")[1];
        Assert.StartsWith("some.csv, line 3, column n:", Assert.Throws<FormatException>(() => row.Get("n", int.Parse)).Message);
        Assert.Throws<FormatException>(() => row["m"]);
    }

    [Fact]
    public void Read_WhatWasWritten_IsTheSame()
    {
        var cell = Gen.OneOf(Gen.String[Gen.Char["ab,\"\r\n\uFEFF 供暖"], 0, 6], Gen.String[0, 5]);
        cell.Array[1, 4].Array[1, 5].Sample(rows =>
        {
            var text = string.Concat(rows.Select(cells => Csv.Line(cells) + "\n"));
            return Csv.Read(new StringReader(text)).Select(record => record.Cells).SequenceEqual(rows, new CellsEqual());
        });
    }

    private sealed class CellsEqual : IEqualityComparer<string[]>
    {
        public bool Equals(string[]? a, string[]? b) => a!.SequenceEqual(b!, StringComparer.Ordinal);

        public int GetHashCode(string[] cells) => cells.Length;
    }

    /// <summary>What somebody typed must not run in the spreadsheet of whoever opens the list.</summary>
    [Theory]
    [InlineData("=HYPERLINK(\"http://evil.example\",\"点我\")", "\"'=HYPERLINK(\"\"http://evil.example\"\",\"\"点我\"\")\"")]
    [InlineData("@SUM(A1)", "\"'@SUM(A1)\"")]
    [InlineData("+86 138", "\"'+86 138\"")]
    [InlineData("-cmd|' /C calc'!A0", "\"'-cmd|' /C calc'!A0\"")]
    [InlineData("\t=1+1", "\"'\t=1+1\"")]
    [InlineData("＝1+1", "\"'＝1+1\"")]
    [InlineData("-12.5", "-12.5")]
    [InlineData("楼道灯不亮", "楼道灯不亮")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("说“好”\"好\"", "\"说“好”\"\"好\"\"\"")]
    [InlineData("两\n行", "\"两\n行\"")]
    [InlineData(null, "")]
    public void Cell_OfAnyText_IsOneCellAndNoFormula(string? text, string expected)
    {
        Assert.Equal(expected, Csv.Cell(text));
        var read = Csv.Read(new StringReader("x," + expected + "\r\n")).Single().Cells;
        Assert.Equal(2, read.Length);
        Assert.Equal(text ?? "", read[1].TrimStart('\''));
    }
}
