using Hele.Civic.Grids;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Imports;
using Hele.Civic.Platform.Storage;
using Hele.TestKit;
using Hele.Tests.Grids;

namespace Hele.Tests.Platform.Imports;

/// <summary>Short ways to import a ledger without a browser.</summary>
internal static class ImportSteps
{
    public static readonly string[] Households = ["楼栋", "单元", "房号", "姓名", "与户主关系", "联系电话", "身份证号"];

    public static Task<Outcome> Import(this TestInstallation hele, Viewer viewer, string ledger, SheetTable table, IReadOnlyDictionary<int, string>? answers = null, string? seen = null, string? code = null) =>
        hele.Get<ImportLedger>().Run(viewer, viewer.Act(ImportAccess.Import, Guid.NewGuid()), new(ledger, table, null, answers, "户册2026.xlsx", seen, code));

    public static Task<Outcome> ImportHouseholds(this TestInstallation hele, Viewer viewer, params IEnumerable<string[]> rows) => hele.Import(viewer, "households", SheetTable.Of(Households, rows));

    public static Task<Outcome> UndoImport(this TestInstallation hele, Viewer viewer, string code, string? reason = "传错了文件") =>
        hele.Get<UndoImport>().Run(viewer, viewer.Act(ImportAccess.Import, Guid.NewGuid(), reason), new(code));

    /// <summary>Building 3 with two entrances, where the ledgers' people live.</summary>
    public static async Task<string> House(this TestInstallation hele, Viewer viewer, string compound = "柳荫路12号院", string name = "3号楼") => await hele.Building(viewer, await hele.Compound(viewer, compound), name);

    /// <summary>A ledger of so many households, the way a community's looks.</summary>
    public static IEnumerable<string[]> Many(int households, int people, int buildings)
    {
        const string Surnames = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗", Given = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰萍毅浩宇";
        for (var i = 0; i < people; i++)
        {
            var household = i % households;
            var name = $"{Surnames[household % Surnames.Length]}{Given[i * 7 % Given.Length]}{Given[i * 13 / 5 % Given.Length]}";
            yield return [$"{(household % buildings) + 1}号楼", $"{(household / buildings % 2) + 1}单元", (101 + (household / buildings / 2)).ToString(System.Globalization.CultureInfo.InvariantCulture), name,
                i < households ? "户主" : i < households * 2 ? "配偶" : "子女", $"13{i:D9}", SheetFiles.Identity(new DateOnly(1940, 1, 1).AddDays(i * 3).ToString("yyyyMMdd", System.Globalization.CultureInfo.InvariantCulture), i % 900)];
        }
    }

    public static string All(Outcome outcome) => string.Join(" ", outcome.Problems.Select(p => p.Sentence.Zh));
}
