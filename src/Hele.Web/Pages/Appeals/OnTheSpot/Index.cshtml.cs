using Hele.Civic.Appeals;
using Hele.Civic.Grids;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Hele.Web.Pages.Appeals.OnTheSpot;

/// <summary>A small matter that was settled where it was told: one screen, with a telephone in one hand.</summary>
[Needs("appeal.on-the-spot"), TakesFiles]
public sealed class OnTheSpotModel(SettleOnTheSpot settle, GridQueries grids, CurrentViewer current, TimeProvider clock, Texts texts, SentPhotos photos) : FilingModel(grids, current, clock, texts, photos)
{
    public Task OnGetAsync(string? building)
    {
        Input.Building = building ?? "";
        return Load();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var input = new SettleOnTheSpot.Input(Input.Kind, Input.Title, Input.Done, Input.Building, Input.Place, Input.AppellantName) { Photos = await Photos() };
        return await Send(SettleOnTheSpot.Check(input, Today), AppealAccess.OnTheSpot, act => settle.Run(Viewer, act, input, HttpContext.RequestAborted), code =>
        {
            this.Say(L["记好了。请居民评价的事由没有经手的同事去问。"]);
            return AppealLinks.Matter(code);
        });
    }
}
