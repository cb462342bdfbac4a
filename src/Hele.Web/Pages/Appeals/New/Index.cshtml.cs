using Hele.Civic.Appeals;
using Hele.Civic.Grids;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Hele.Web.Pages.Appeals.New;

/// <summary>A resident says what should be put right, in three steps.</summary>
[Needs("appeal.file"), TakesFiles]
public sealed class NewAppealModel(FileAppeal file, GridQueries grids, CurrentViewer current, TimeProvider clock, Texts texts, SentPhotos photos) : FilingModel(grids, current, clock, texts, photos)
{
    public Task OnGetAsync(string? building)
    {
        Input.Building = building ?? "";
        return Load();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var input = new FileAppeal.Input(Input.Kind, Input.Title, Input.Text, Input.Place)
        {
            Building = Input.Building, Position = Input.Position, OnBehalfOf = Input.OnBehalfOf, WithholdName = Input.WithholdName,
            Photos = await Photos(),
        };
        return await Send(FileAppeal.Check(input, Today), AppealAccess.File, act => file.Run(act, input, HttpContext.RequestAborted), AppealLinks.Receipt);
    }
}
