using Hele.Civic.Kernel;
using Hele.Civic.People.Posts;
using Hele.Civic.Platform.Access;
using Hele.Web.Hosting;
using Hele.Web.Pages.Appeals;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Posts.List;

/// <summary>Who holds which post, what waits to be confirmed, and what is over.</summary>
[Needs("post.see")]
public sealed class PostListModel(PostQueries queries, CurrentViewer current, TimeProvider clock, Texts L, Fmt fmt) : PageModel
{
    [BindProperty(SupportsGet = true, BinderType = typeof(SearchWords.Binder))]
    public string Search { get; set; } = "";

    public PostList Posts { get; private set; } = new([], [], [], null, null);

    public IReadOnlyList<string> Both { get; private set; } = [];

    public DateOnly Today => clock.Today();

    public JurisdictionLevel Level => current.Required.Level;

    public bool MayPropose => current.Required.PostFor(PostAccess.Propose) is not null;

    public bool MayConfirm => current.Required.PostFor(PostAccess.Confirm) is not null;

    public string Term(PostLine line) => L.Term(fmt, line.From, line.To);

    /// <summary>The person, who may be gone.</summary>
    public string Person(PostLine line) => line.Person.Length > 0 ? line.Person : L["（已删除）"];

    public string By(PostLine line) => line.ProposedBy is { } proposer
        ? line.ConfirmedBy is { } confirmer ? L["{0}提出，{1}确认", proposer, confirmer] : L["{0}提出", proposer]
        : L["运维人员在服务器上设立"];

    public async Task OnGetAsync(string? after, string? before)
    {
        Posts = await queries.List(current.Required, Search, PageKey.Of(after), PageKey.Of(before), HttpContext.RequestAborted);
        Both = await queries.BothAdministrations(current.Required, HttpContext.RequestAborted);
    }
}
