using Hele.Civic.Appeals;
using Hele.Civic.Kernel;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Appeals.Referrals;

/// <summary>What the communities below referred up to this sub-district.</summary>
[Needs("referral.see")]
public sealed class ReferralListModel(ReferralQueries queries, CurrentViewer current, SearchWords words, TimeProvider clock, Texts L) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string State { get; set; } = "";

    public Page<ReferralLine> Rows { get; private set; } = new([], null, null);

    public DateOnly Today => clock.Today();

    public IReadOnlyList<Option> States => Option.Of<ReferralState>(L.State);

    public async Task OnGetAsync(string? after, string? before) =>
        Rows = await queries.List(current.Required, ReferralFile.State(new(Request, words)), PageKey.Of(after), PageKey.Of(before), cancel: HttpContext.RequestAborted);
}
