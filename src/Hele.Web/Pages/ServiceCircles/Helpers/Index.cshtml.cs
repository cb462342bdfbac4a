using Hele.Civic.ServiceCircles;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.ServiceCircles.Helpers;

/// <summary>Who agreed to be turned to by neighbours, for those who keep the register of where they live.</summary>
[Needs("household.see")]
public sealed class HelperListModel(CircleQueries queries, EndHelper end, CurrentViewer current, Texts L) : PageModel
{
    public IReadOnlyList<HelperSpot> Rows { get; private set; } = [];

    public bool MayKeep => current.Required.PostFor(CircleAccess.Keep) is not null;

    public Task OnGetAsync() => Load();

    public async Task<IActionResult> OnPostAsync(string? helper)
    {
        var outcome = await end.Run(current.Required, current.Required.Act(CircleAccess.Keep, OperationId.Posted(Request)), new(helper ?? ""), HttpContext.RequestAborted);
        if (outcome.Accepted)
        {
            this.Say(L["已登记为不再就近帮忙。"]);
            return Redirect(CircleLinks.Helpers);
        }
        await Load();
        return this.Refused(outcome.Problems, "");
    }

    private async Task Load() => Rows = await queries.Helpers(current.Required, CircleQueries.UsualHour, HttpContext.RequestAborted);
}
