using Hele.Civic.Disclosures;
using Hele.Web.Hosting;
using Hele.Web.Pages.Appeals;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Disclosures.Desk;

/// <summary>For those who work on it: drafts, what is up, and the archive.</summary>
[Needs("disclosure.see")]
public sealed class DeskModel(DisclosureQueries queries, CurrentViewer current, Texts L) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string Kind { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public string State { get; set; } = "";

    public IReadOnlyList<DisclosureLine> Rows { get; private set; } = [];
    public string? Prev { get; private set; }
    public string? Next { get; private set; }

    public bool IsNarrowed => Kind.Length + State.Length > 0;
    public IReadOnlyList<Option> Kinds => L.Kinds(DisclosureKinds.Shown);
    public IReadOnlyList<Option> States => Option.Of<DisclosureState>(L.State);

    public async Task OnGetAsync(string? after, string? before)
    {
        (Rows, var earlier, var later) = await queries.List(current.Required, new(DisclosureKinds.Find(Kind)?.Code, Enum.TryParse<DisclosureState>(State, out var state) && Enum.IsDefined(state) ? state : null), PageKey.Of(after), PageKey.Of(before), cancel: HttpContext.RequestAborted);
        (Prev, Next) = (earlier?.ToString(), later?.ToString());
    }
}
