using Hele.Civic.Appeals;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Hele.Web.Pages.Appeals.New;

/// <summary>A resident says what should be put right.</summary>
[Needs("appeal.file")]
public sealed class NewAppealModel(FileAppeal file, CurrentViewer current, TimeProvider clock, Texts L) : FilingModel(file, current, clock, L)
{
    public void OnGet()
    {
    }

    public Task<IActionResult> OnPostAsync() => File(new(Input.Kind, Input.Title, Input.Text, Input.Place), AppealAccess.File);
}
