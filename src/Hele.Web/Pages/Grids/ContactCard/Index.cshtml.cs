using Hele.Civic.Grids;
using Hele.Civic.Kernel;
using Hele.Civic.Organizations;
using Hele.Web.Hosting;
using Hele.Web.Pages.Shared;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Grids.ContactCard;

/// <summary>连心卡: whom to ring in a grid, for a door or a hand. It carries what is public and no more, and never anybody's own number.</summary>
[Public]
public sealed class ContactCardModel(GridQueries queries, TeamQueries teams, CurrentViewer current, Texts L) : PageModel
{
    public const int PerSheet = 8;

    public GridView View { get; private set; } = null!;
    public TeamView? Team { get; private set; }

    /// <summary>One card of A6, not eight on a sheet of A4.</summary>
    public bool Single { get; private set; }

    /// <summary>The grid's page as a QR code, an SVG in a data address.</summary>
    public string Qr { get; private set; } = "";

    public string Community => current.Jurisdiction is { } place ? L[(place.Name, place.NameEn)] : "";
    public string? Phone => View.DutyPhone ?? Team?.Phone;

    /// <summary>The seats whose holders everybody may know, whoever prints it: a card outlives the session it was printed in.</summary>
    public IReadOnlyList<TeamRole> Named => [.. (Team?.Roles ?? []).Where(r => BodyKinds.Public.Contains((BodyKind.ServiceTeam, r.Kind)))];

    /// <summary>What the grid is known for; the first, a card is small.</summary>
    public string? Speciality => Team?.Speciality ?? Team?.Specialities.Select(s => s.Speciality).FirstOrDefault();

    public async Task<IActionResult> OnGetAsync(string code, string? size)
    {
        if (!PublicCode.TryParse(code, out var parsed) || await queries.Grid(parsed.Text, HttpContext.RequestAborted) is not { To: null } view)
            return NotFound();
        if (parsed.Text != code)
            return Redirect(GridLinks.Card(parsed.Text, size == "a6"));
        (View, Single) = (view, size == "a6");
        Team = await teams.OfGrid(null, parsed.Text, HttpContext.RequestAborted);
        Qr = QrImage.Of($"{Request.Scheme}://{Request.Host}{GridLinks.Grid(view.Code)}");
        return Page();
    }
}
