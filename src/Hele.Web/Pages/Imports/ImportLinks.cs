using Hele.Civic.Platform.Imports;
using Hele.Web.Ui;

namespace Hele.Web.Pages.Imports;

/// <summary>The addresses of the pages about imports.</summary>
public static class ImportLinks
{
    public const string List = "/imports", New = "/imports/new";

    public static string Desk(string code) => "/import-files/" + code;

    public static string Mapping(string code) => Desk(code) + "?step=columns";

    public static string Remarks(string code) => $"/import-files/{code}/remarks.xlsx";

    public static string Done(string code) => "/imports/" + code;

    public static string Template(LedgerKind kind) => $"/import-templates/{kind.Code}.xlsx";
}

/// <summary>What these pages call things.</summary>
public static class ImportWords
{
    public static string Verdict(this Texts L, Verdict verdict) => verdict switch
    {
        Civic.Platform.Imports.Verdict.New => L["新登记|import"],
        Civic.Platform.Imports.Verdict.Changed => L["有变化"],
        Civic.Platform.Imports.Verdict.Same => L["已登记，一样"],
        Civic.Platform.Imports.Verdict.Question => L["要您判断"],
        Civic.Platform.Imports.Verdict.Wrong => L["不对的"],
        _ => L["不是数据"],
    };

    public static Tone ToneOf(Verdict verdict) => verdict switch
    {
        Civic.Platform.Imports.Verdict.New or Civic.Platform.Imports.Verdict.Changed => Tone.Done,
        Civic.Platform.Imports.Verdict.Wrong => Tone.Late,
        Civic.Platform.Imports.Verdict.Question => Tone.Progress,
        _ => Tone.Neutral,
    };

    /// <summary>A column as the spreadsheet shows it: A, B … AA.</summary>
    public static string Letter(int column) => column < 26 ? ((char)('A' + column)).ToString() : Letter((column / 26) - 1) + Letter(column % 26);
}
