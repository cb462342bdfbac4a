using Hele.Civic.People;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Imports;
using Hele.Web.Hosting;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Imports.List;

/// <summary>What was imported, by whom, and what lies on the reader's own desk.</summary>
[Needs("import.run")]
public sealed class ImportListModel(ImportHistory history, ImportDesk desk, ModuleList modules, CurrentViewer current) : PageModel
{
    public IReadOnlyList<ImportLine> History { get; private set; } = [];
    public IReadOnlyList<(string Code, LedgerKind Kind, DateTimeOffset ExpiresAt)> Waiting { get; private set; } = [];
    public IReadOnlyList<LedgerKind> Kinds => [.. modules.Ledgers.Where(k => ImportAccess.May(current.Required, k))];

    public async Task OnGetAsync()
    {
        History = await history.List(current.Required, HttpContext.RequestAborted);
        Waiting = await desk.Waiting(current.Required, HttpContext.RequestAborted);
    }
}
