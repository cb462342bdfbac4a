using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Web.Hosting;
using Hele.Web.Pages.Appeals;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.People.List;

/// <summary>The register, for those who keep it. A whole number is sent in the body, never in the address, and whoever it finds gets to know.</summary>
[Needs("person.list")]
public sealed class PeopleListModel(PeopleQueries queries, OpenPeoplePhones phones, CurrentViewer current, SearchWords words, Texts L) : PageModel
{
    [BindProperty(SupportsGet = true, BinderType = typeof(SearchWords.Binder))]
    public string Search { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public string Shown { get; set; } = "";

    [BindProperty]
    public string Number { get; set; } = "";

    public PeoplePage Rows { get; private set; } = new([], null, null, 0);

    /// <summary>Whom a number found; null when none was looked for.</summary>
    public IReadOnlyList<PersonWithPhone>? Found { get; private set; }

    public bool MayRegister => PeopleAccess.Keeps(current.Required, PeopleAccess.Register);
    public bool MayOpen => PeopleAccess.Keeps(current.Required, PeopleAccess.OpenPhone);
    public bool MayExport => PeopleAccess.Keeps(current.Required, PeopleAccess.Export);
    public bool MayPrint => PeopleAccess.Keeps(current.Required, PeopleAccess.CallSheet);
    public bool IsNarrowed => Search.Length > 0 || Filter.Shown != PeopleShown.Everybody;
    public bool LooksLikeNumber => Phone.Normalize(Search).Length > 0;
    public string Query => QueryString.Create(new Dictionary<string, string?> { ["Search"] = words.Seal(Search), ["Shown"] = Shown }).ToString();

    public PeopleFilter Filter => PeopleWords.Filter(Shown, Search);

    public IReadOnlyList<Option> Choices => Option.Of<PeopleShown>(L.Shown);

    public Task OnGetAsync(string? after, string? before) => Load(after, before);

    public async Task<IActionResult> OnPostNumberAsync()
    {
        await Load();
        var digits = Phone.Normalize(Number);
        if (digits.Length == 0)
            return this.Refused(Phone.Bad.On(nameof(Number)), "");
        if (!MayOpen)
            return NotFound();
        var found = await phones.ByNumber(current.Required, current.Required.Act(PeopleAccess.OpenPhone, Guid.CreateVersion7()), digits, HttpContext.RequestAborted);
        if (!found.IsOpen)
            return this.Refused(found.Problems, "");
        Found = found.People;
        return Page();
    }

    /// <summary>No act of that name.</summary>
    public IActionResult OnPost() => BadRequest();

    private async Task Load(string? after = null, string? before = null) =>
        Rows = await queries.List(current.Required, Filter, PageKey.Of(after), PageKey.Of(before), HttpContext.RequestAborted);
}
