using Hele.Civic.Appeals;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Appeals.Keeping;

/// <summary>Everything that is hidden, with its words: so that hiding a text can't hide a complaint.</summary>
[Needs("appeal.see-hidden")]
public sealed class HiddenTextsModel(PublicationQueries queries, CurrentViewer current, Texts L) : PageModel
{
    public IReadOnlyList<HiddenLine> Rows { get; private set; } = [];

    public string Name(HiddenWhat what) => what switch
    {
        HiddenWhat.Appeal => L["诉求的标题和内容"],
        HiddenWhat.Verdict => L["评价时说的话"],
        _ => L["办理中说的话"],
    };

    public async Task OnGetAsync() => Rows = await queries.Hidden(current.Required, HttpContext.RequestAborted);
}
