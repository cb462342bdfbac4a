using Hele.Civic.Thanks;
using Hele.Web.Hosting;
using Hele.Web.Pages.Appeals;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Thanks.Records;

/// <summary>Thanks as they were given, for those who work here: a grid worker's are those they wrote down, and those they are thanked by.</summary>
[Needs("thanks.list")]
public sealed class ThanksRecordsModel(ThanksQueries queries, CurrentViewer current, SearchWords words, Texts L) : PageModel
{
    [BindProperty(SupportsGet = true, BinderType = typeof(SearchWords.Binder))]
    public string Search { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public string Kind { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public string State { get; set; } = "";

    public IReadOnlyList<ThanksLine> Rows { get; private set; } = [];
    public string? Prev { get; private set; }
    public string? Next { get; private set; }

    public bool IsNarrowed => Search.Length + Kind.Length + State.Length > 0;
    public IReadOnlyList<Option> Kinds => Option.Of<ThanksKind>(L.Kind);
    public IReadOnlyList<Option> States => Option.Of<ThanksState>(L.State);

    public async Task OnGetAsync(string? after, string? before)
    {
        (Rows, var earlier, var later) = await queries.List(current.Required, ThanksRecordsFile.Filter(new(Request, words)), PageKey.Of(after), PageKey.Of(before), cancel: HttpContext.RequestAborted);
        (Prev, Next) = (earlier?.ToString(), later?.ToString());
    }
}
