using Hele.Civic.Kernel;
using Hele.Civic.Platform.Figures;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Figures.Periods;

/// <summary>The periods that were closed, and closing another one.</summary>
[Needs("period.close")]
public sealed class PeriodsModel(FigureReader figures, ClosePeriod close, CurrentViewer current, TimeProvider clock, Texts L) : PageModel
{
    [BindProperty]
    public InputModel Input { get; set; } = new();

    public IReadOnlyList<ClosedPeriodLine> Closed { get; private set; } = [];

    /// <summary>Periods with records that are over and not closed yet.</summary>
    public IReadOnlyList<Option> Choices { get; private set; } = [];

    public Task OnGetAsync() => Load();

    public async Task<IActionResult> OnPostAsync()
    {
        if (Period.TryParse(Input.Period, out var period))
        {
            var act = current.Required.Act(ClosePeriod.Permission, OperationId.Posted(Request));
            var outcome = await close.Run(act, new(period.From, period.To), HttpContext.RequestAborted);
            if (outcome.Accepted)
            {
                this.Say(L["{0}已结账，数字从此不变。", period.Title]);
                return Redirect(FigureLinks.Periods);
            }
            await Load();
            return this.Refused(outcome.Problems);
        }
        await Load();
        return this.Refused(ClosePeriod.NotFixed);
    }

    private async Task Load()
    {
        Closed = await figures.ClosedPeriods(HttpContext.RequestAborted);
        var today = clock.Today();
        var first = await figures.FirstDay(HttpContext.RequestAborted) ?? today;
        var all = new List<Period>();
        for (var year = today.Year; year >= first.Year; year--)
        {
            all.Add(Period.Year(year));
            all.AddRange([Period.HalfYear(year, 2), Period.HalfYear(year, 1)]);
            all.AddRange([Period.Quarter(year, 4), Period.Quarter(year, 3), Period.Quarter(year, 2), Period.Quarter(year, 1)]);
            for (var month = 12; month > 0; month--)
                all.Add(Period.Month(year, month));
        }
        Choices = [.. all.Where(p => p.To < today && p.To >= first && Closed.All(c => c.Period != p)).OrderByDescending(p => p.To).ThenBy(p => p.Days).Select(p => new Option(p.ToString(), L[p.Title]))];
    }

    public sealed class InputModel
    {
        public string Period { get; set; } = "";
    }
}
