using Hele.Civic.Appeals;
using Hele.Civic.Grids;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Hele.Web.Pages.Appeals.New;

/// <summary>A resident says what should be put right, in three steps.</summary>
[Needs("appeal.file")]
public sealed class NewAppealModel(FileAppeal file, GridQueries grids, CurrentViewer current, TimeProvider clock, Texts texts) : FilingModel(grids, current, clock, texts)
{
    public Task OnGetAsync(string? building)
    {
        Input.Building = building ?? "";
        return Load();
    }

    public Task<IActionResult> OnPostAsync()
    {
        var input = new FileAppeal.Input(Input.Kind, Input.Title, Input.Text, Input.Place)
        {
            Building = Input.Building, Position = Input.Position, OnBehalfOf = Input.OnBehalfOf, WithholdName = Input.WithholdName,
        };
        return Send(FileAppeal.Check(input, Today), AppealAccess.File, act => file.Run(act, input, HttpContext.RequestAborted), AppealLinks.Receipt);
    }
}
