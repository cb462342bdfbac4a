using Hele.Civic.Kernel;
using Hele.Civic.People.Posts;
using Hele.Civic.Platform.Access;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Posts.New;

/// <summary>Proposes a post: find the person, choose the role, say why. Another person confirms.</summary>
[Needs("post.propose")]
public sealed class NewPostModel(PostQueries queries, ProposePost propose, CurrentViewer current, TimeProvider clock, Texts L) : PageModel
{
    /// <summary>The name that is searched for.</summary>
    [BindProperty(SupportsGet = true, BinderType = typeof(SearchWords.Binder))]
    public string Search { get; set; } = "";

    [BindProperty]
    public InputModel Input { get; set; } = new();

    public IReadOnlyList<Candidate> Found { get; private set; } = [];

    public Candidate? Person { get; private set; }

    public bool SomebodyElseConfirms { get; private set; }

    public DateOnly Today => clock.Today();

    /// <summary>Those that can be held at this level of the tree.</summary>
    public IReadOnlyList<Option> Roles => [.. Option.Of<Role>(r => L[r.Title()], r => L[r.Explanation()]).Where(o => RoleLevels.May(Enum.Parse<Role>(o.Value), current.Required.Level))];

    /// <summary>The whole jurisdiction, then each grid, team or case; asked for only when there is a choice.</summary>
    public IReadOnlyList<Option> Scopes { get; private set; } = [];

    public async Task OnGetAsync(string? person)
    {
        Input.Person = person ?? "";
        Input.From = Today;
        await Load();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (ModelState.IsValid)
        {
            var outcome = await propose.Run(current.Required, current.Required.Act(PostAccess.Propose, OperationId.Posted(Request)),
                new(Input.Person, Input.Role, Input.Title, Input.From, Input.To, Input.Reason, Scope(0), Scope(1)), HttpContext.RequestAborted);
            if (outcome.Accepted)
            {
                this.Say(L["已提出。要另一个人确认后才生效。"]);
                return Redirect(PostLinks.Of(outcome.Code!));
            }
            await Load();
            return this.Refused(outcome.Problems);
        }
        await Load();
        return this.Refused([]);
    }

    /// <summary>The kind (0) or the place (1) that was chosen; null where none was.</summary>
    private string? Scope(int part) => Input.Scope.Split('/') is var parts && parts.Length > part && parts[part].Length > 0 ? parts[part] : null;

    private async Task Load()
    {
        var cancel = HttpContext.RequestAborted;
        Scopes = [.. (await queries.Scopes(cancel)).SelectMany(s => s.Kind.Places is null ? [new Option(s.Kind.Code, L[s.Kind.Title])] : s.Places.Select(p => new Option($"{s.Kind.Code}/{p.Code}", p.Title)))];
        if (PublicCode.TryParse(Input.Person, out var code))
            Person = (await queries.People(current.Required, null, code.Text, cancel)).SingleOrDefault();
        if (Person is null && Search.Length > 0)
            Found = await queries.People(current.Required, Search, cancel: cancel);
        SomebodyElseConfirms = await queries.SomebodyElseConfirms(current.Required, cancel);
    }

    public sealed class InputModel
    {
        public string Person { get; set; } = "";
        public Role? Role { get; set; }
        public string Title { get; set; } = "";
        public DateOnly? From { get; set; }
        public DateOnly? To { get; set; }
        public string Scope { get; set; } = "";
        public string Reason { get; set; } = "";
    }
}
