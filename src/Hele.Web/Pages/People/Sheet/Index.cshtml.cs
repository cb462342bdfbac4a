using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.People.Sheet;

/// <summary>The chosen people with their full numbers, on paper. Asked for with a purpose; each of them gets to know.</summary>
[Needs("person.call-sheet")]
public sealed class SheetModel(OpenPeoplePhones phones, PeopleQueries queries, CurrentViewer current, TimeProvider clock) : PageModel
{
    [BindProperty]
    public List<string> Codes { get; set; } = [];

    [BindProperty]
    public InputModel Input { get; set; } = new();

    /// <summary>Who was ticked.</summary>
    public IReadOnlyList<PersonLine> Chosen { get; private set; } = [];

    /// <summary>The list itself; null until the purpose was said.</summary>
    public IReadOnlyList<PersonWithPhone>? People { get; private set; }

    public DateOnly Today => clock.Today();

    public IActionResult OnGet() => Redirect(PeopleLinks.List);

    public async Task<IActionResult> OnPostAsync()
    {
        var codes = Codes.Select(c => PublicCode.TryParse(c, out var code) ? code.Text : "").Where(c => c.Length > 0).Distinct().Take(OpenPeoplePhones.PageSize + 1).ToList();
        Chosen = await queries.Chosen(current.Required, codes, HttpContext.RequestAborted);
        if (Chosen.Count == 0)
            return this.Refused(PeopleProblems.NobodyChosen);
        if (codes.Count > OpenPeoplePhones.PageSize)
            return this.Refused(PeopleProblems.TooManyChosen.With(OpenPeoplePhones.PageSize));
        if (!Input.Sure)
            return Page();
        var reason = ChineseText.Line(Input.Reason);
        if (reason.Length is 0 or > InputModel.ReasonLength)
            return this.Refused(PeopleProblems.ReasonMissing.With(InputModel.ReasonLength));
        var opened = await phones.CallSheet(current.Required, current.Required.Act(PeopleAccess.CallSheet, Guid.CreateVersion7(), reason), codes, HttpContext.RequestAborted);
        if (!opened.IsOpen)
            return this.Refused(opened.Problems);
        (People, Input.Reason) = (opened.People, reason);
        Response.Headers.CacheControl = "no-store";
        return Page();
    }

    public sealed class InputModel
    {
        public const int ReasonLength = 200;
        public string Reason { get; set; } = "";

        /// <summary>Set by the button of the page that asks for the purpose.</summary>
        public bool Sure { get; set; }
    }
}
