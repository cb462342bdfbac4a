using Hele.Civic.Appeals;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Appeals.Publishing;

/// <summary>What waits for a review, what is public, what isn't.</summary>
[Needs("appeal.publish")]
public sealed class PublicationListModel(PublicationQueries queries, CurrentViewer current, Texts L) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string State { get; set; } = "";

    public Page<ReviewLine> Rows { get; private set; } = new([], null, null);

    public IReadOnlyList<Option> States => Option.Of<PublicationState>(s => L.Publication(s));

    public async Task OnGetAsync(string? after, string? before) =>
        Rows = await queries.List(current.Required, Enum.GetNames<PublicationState>().Contains(State) ? Enum.Parse<PublicationState>(State) : null, PageKey.Of(after), PageKey.Of(before), HttpContext.RequestAborted);
}
