using System.Globalization;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Figures;
using Hele.Web.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Figures;

/// <summary>A figure opened: what it means, the value that stands, what came later, and the records behind it.</summary>
[Needs("appeal.list")]
public sealed class FigureModel(FigureReader figures, CurrentViewer current, TimeProvider clock) : PageModel
{
    public const int PageSize = 20;

    public FigureValue Value { get; private set; } = null!;

    public Figure Figure => Value.Figure;

    public Period Period => Value.Period;

    /// <summary>The denominator, where a share makes sense.</summary>
    public FigureValue? Base { get; private set; }

    public PeriodChoice Choice { get; private set; } = null!;

    public IReadOnlyList<FigureRecord> Records { get; private set; } = [];

    /// <summary>What was entered after the period's end or its closing; null while the period isn't over.</summary>
    public FigureChanges? Changes { get; private set; }

    public IReadOnlyList<Bar> Trend { get; private set; } = [];

    public string? Prev { get; private set; }

    public string? Next { get; private set; }

    public DateOnly Today { get; } = clock.Today();

    public DateOnly StateDay => Period.To < Today ? Period.To : Today;

    public async Task<IActionResult> OnGetAsync(string id, string? period, string? after, string? before)
    {
        var cancel = HttpContext.RequestAborted;
        if (figures.Find(id) is not { } figure || PeriodChoice.Of(period, Today) is not { } chosen)
            return NotFound();
        Value = await figures.Value(figure, chosen, cancel);
        Base = figure.Base is { } denominator ? await figures.Value(figures.Find(denominator)!, chosen, cancel) : null;
        Choice = new("/figures/" + id, chosen, Today, await figures.FirstDay(cancel) ?? Today);

        var first = Position(after) ?? Math.Max(0, (Position(before) ?? 0) - PageSize);
        Records = await figures.Records(figure, chosen, first, PageSize, cancel, current.Viewer);
        Prev = first > 0 ? first.ToString(CultureInfo.InvariantCulture) : null;
        var count = Value.ClosedAt is null && figure.Adds is null ? Value.Value : await figures.Count(figure, chosen, cancel);
        Next = first + Records.Count < count ? (first + PageSize).ToString(CultureInfo.InvariantCulture) : null;

        if (Value.ClosedAt is not null || chosen.To < Today)
            Changes = await figures.Changes(Value, cancel, current.Viewer);
        var row = PeriodChoice.Row(chosen, 12).Where(p => p.To >= Choice.First || p == chosen).ToList();
        Trend = [.. (await figures.Trend(figure, row, cancel)).Select(t => new Bar(t.Period, t.Value, FigureLinks.Of(id, t.Period), t.Period == chosen))];
        return Page();
    }

    private static int? Position(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Math.Min(number, int.MaxValue - PageSize) : null;
}
