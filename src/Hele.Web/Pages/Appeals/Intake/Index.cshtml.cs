using Hele.Civic.Appeals;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Hele.Web.Pages.Appeals.Intake;

/// <summary>The counter takes an appeal down for somebody who says it, and prints the receipt.</summary>
[Needs("appeal.take-down")]
public sealed class IntakeModel(FileAppeal file, CurrentViewer current, TimeProvider clock, Texts L) : FilingModel(file, current, clock, L)
{
    public void OnGet() => Input.ToldOn = Today;

    public Task<IActionResult> OnPostAsync() =>
        File(new(Input.Kind, Input.Title, Input.Text, Input.Place, Input.AppellantName, Input.ToldOn) { AtCounter = true }, AppealAccess.TakeDown);
}
