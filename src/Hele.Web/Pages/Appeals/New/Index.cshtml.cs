using Hele.Civic.Appeals;
using Hele.Civic.Grids;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Hele.Web.Pages.Appeals.New;

/// <summary>A resident says what should be put right, in three steps.</summary>
[Needs("appeal.file"), TakesFiles]
public sealed class NewAppealModel(FileAppeal file, JoinAppeal join, JoinQueries joins, GridQueries grids, CurrentViewer current, TimeProvider clock, Texts texts, SentPhotos photos) : FilingModel(grids, current, joins, clock, texts, photos)
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
        // Asked once all else is right: what was typed stays, and it is one more step of the same form.
        if (FileAppeal.Check(input, Today) is [] && await AsksWhetherSame())
            return await Refuse([JoiningProblems.Choose]);
        if (Joins is { } same)
            return await Send([], JoiningAccess.Join, act => join.Run(act, new(same, Input.Text), HttpContext.RequestAborted), AppealLinks.Joined);
        return await Send(FileAppeal.Check(input, Today), AppealAccess.File, act => file.Run(act, input, HttpContext.RequestAborted), AppealLinks.Receipt);
    }
}
