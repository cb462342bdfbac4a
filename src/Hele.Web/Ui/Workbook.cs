using MiniExcelLibs;

namespace Hele.Web.Ui;

/// <summary>A list as an Excel file: one sheet, a heading a column, everything people typed as text and never as a formula.</summary>
public static class Workbook
{
    public const string Type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <param name="name">Of the file, without ending; made by the program, not by people.</param>
    /// <param name="sheet">Title of the sheet; Excel takes 31 characters without : \ / ? * [ ].</param>
    /// <param name="cells">A row each, as many values as there are headings: texts, numbers, dates, null.</param>
    public static IResult Of(string name, string sheet, IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<object?>> cells)
    {
        var stream = new MemoryStream();
        stream.SaveAs(Rows(), sheetName: sheet, excelType: ExcelType.XLSX, configuration: new MiniExcelLibs.OpenXml.OpenXmlConfiguration { AutoFilter = true, FastMode = false });
        stream.Position = 0;
        return Results.File(stream, Type, name + ".xlsx");

        IEnumerable<Dictionary<string, object?>> Rows()
        {
            var any = false;
            foreach (var row in cells)
            {
                any = true;
                yield return headings.Zip(row).ToDictionary<(string Heading, object? Value), string, object?>(p => p.Heading, p => p.Value is DateOnly day ? day.ToDateTime(TimeOnly.MinValue) : p.Value);
            }
            // A list without rows still says what it would hold.
            if (!any)
                yield return headings.ToDictionary(h => h, _ => (object?)null);
        }
    }
}
