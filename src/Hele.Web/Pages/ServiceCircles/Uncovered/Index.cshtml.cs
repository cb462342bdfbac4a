using System.Globalization;
using Hele.Civic.Grids;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Exports;
using Hele.Civic.ServiceCircles;
using Hele.Planning.Reach;
using Hele.Web.Hosting;
using Hele.Web.Pages.Exports;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.ServiceCircles.Uncovered;

/// <summary>The households beyond the limit, for those who may see them: a list to go by, door by door.</summary>
[Needs("household.see")]
public sealed class UncoveredModel(CircleQueries queries, CurrentViewer current) : PageModel
{
    public CircleAnswer Answer { get; private set; } = null!;
    /// <summary>Those of this page, and how many there are.</summary>
    public IReadOnlyList<UncoveredHousehold> Rows { get; private set; } = [];

    public int Count { get; private set; }
    public string? Prev { get; private set; }
    public string? Next { get; private set; }

    public async Task<IActionResult> OnGetAsync(string? after, string? before)
    {
        if (current.Jurisdiction is not { Level: JurisdictionLevel.Community } here)
            return NotFound();
        Answer = await queries.Ask(current.Viewer, here, CircleAddress.Read(Request.Query), HttpContext.RequestAborted);
        var all = await queries.Uncovered(current.Required, Answer, HttpContext.RequestAborted);
        var first = Position(after) ?? Math.Max(0, (Position(before) ?? 0) - GridQueries.PageSize);
        (Count, Rows) = (all.Count, [.. all.Skip(first).Take(GridQueries.PageSize)]);
        Prev = first > 0 ? first.ToString(CultureInfo.InvariantCulture) : null;
        Next = first + Rows.Count < Count ? (first + Rows.Count).ToString(CultureInfo.InvariantCulture) : null;
        return Page();
    }

    private static int? Position(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Math.Min(number, int.MaxValue - GridQueries.PageSize) : null;
}

/// <summary>The same list as a file.</summary>
public sealed class UncoveredFile(CircleQueries queries, CurrentViewer current, Texts L) : ListFile
{
    public const string Path = CircleLinks.Uncovered + "/export";

    public override string Code => "circle.uncovered";
    public override Permission Needs => GridAccess.SeeHouseholds;

    public override async Task<ListContent?> Read(ListQuery asked, CancellationToken cancel)
    {
        if (current.Jurisdiction is not { Level: JurisdictionLevel.Community } here)
            return null;
        var answer = await queries.Ask(current.Viewer, here, asked.Circle, cancel);
        return ListContent.Of(L["走不到服务点的住户"], ListContent.Whole(() => queries.Uncovered(current.Required, answer, cancel)),
        [
            new(L["网格"], h => h.Building.Grid), new(L["住址"], h => h.Address, 32), new(L["人数"], h => h.Members, 8), new(L["其中老年人"], h => h.Older, 10),
            new(L["走到最近的点（秒）"], h => h.Building.Seconds, 14), new(L["最近的点"], h => L.To(h.Building), 24),
        ], [(L["按什么算"], L.Basis(answer.Ask, answer.Rules))], choices: asked.Choices("group", "day", "time", "helpers"));
    }
}

/// <summary>Every building as a file, for anybody: nothing in it is about anyone. Households are counted for those who work here.</summary>
public sealed class CircleFile(CircleQueries queries, CurrentViewer current, Texts L) : ListFile
{
    public override string Code => "circle";
    public override Permission? Needs => null;

    public override async Task<ListContent?> Read(ListQuery asked, CancellationToken cancel)
    {
        if (current.Jurisdiction is not { Level: JurisdictionLevel.Community } here)
            return null;
        var answer = await queries.Ask(current.Viewer, here, asked.Circle, cancel);
        var columns = new List<Column<CircleBuilding>>
        {
            new(L["楼栋"], b => b.Address, 28), new(L["网格"], b => b.Grid), new(L["走到最近的点（秒）"], b => b.Seconds, 14), new(L["最近的点"], b => L.To(b), 24), new(L["结果"], b => L.Standing(b)),
        };
        if (current.Viewer?.PostFor(CircleAccess.Try) is not null)
            columns.Add(new(L["户数"], b => b.Households, 8));
        return ListContent.Of(L["红色服务圈"], ListContent.Whole(() => Task.FromResult(answer.Buildings)), columns, [(L["按什么算"], L.Basis(answer.Ask, answer.Rules)), (L["试算|noun"], answer.Ask.IsTrial ? L["是"] : null)],
            choices: asked.Choices("group", "day", "time", "helpers", "move", "to", "close", "add"));
    }
}

[Needs("household.see")]
public sealed class UncoveredExportModel(UncoveredFile list, ExportDesk desk, RecordExport record, CurrentViewer current, SearchWords words, Texts L) : ExportPage(list, desk, record, current, words, L)
{
    public override string Back => ListQuery.Carry(Request, CircleLinks.Uncovered);
}
