using Hele.Civic.Appeals;
using Hele.Civic.Kernel;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Appeals.Public;

/// <summary>For anybody: what reviewers let the public see of the appeals, and how many of each kind there are.</summary>
[Public, Indexed]
public sealed class PublicListModel(PublicQueries queries, CurrentViewer current, Site site, LookUpAppeal lookUp, FindEnteredVerdict entered, Limits limit, Texts L) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string Words { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public string Kind { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public string State { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public string Place { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public DateOnly? From { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? To { get; set; }

    /// <summary>The code on somebody's receipt.</summary>
    [BindProperty(SupportsGet = true)]
    public string Code { get; set; } = "";

    /// <summary>The half-year whose counts are shown.</summary>
    [BindProperty(SupportsGet = true)]
    public string Period { get; set; } = "";

    /// <summary>What the receipt's code shows; null for every code that is none.</summary>
    public PublicAppealLine? Found { get; private set; }

    public bool IsTooOften { get; private set; }

    public Page<PublicMatter> Rows { get; private set; } = new([], null, null);

    public IReadOnlyList<KindCount> Counts { get; private set; } = [];

    public Period HalfYear { get; private set; }

    public IReadOnlyList<Period> HalfYears => queries.HalfYears();

    public IReadOnlyList<Option> Kinds => [.. AppealKinds.All.Where(k => k.IsListed).Select(k => new Option(k.Code, L[k.Title]))];

    /// <summary>The states that something public can be in.</summary>
    public IReadOnlyList<Option> States => [.. new[] { AppealState.Accepted, AppealState.ReferredUp, AppealState.Answered, AppealState.Reopened, AppealState.Satisfied, AppealState.Disagreed, AppealState.Withdrawn }
        .Select(s => new Option(s.ToString(), L.State(s)))];

    public IReadOnlyList<Option> Places { get; private set; } = [];

    public string? Feed => current.Jurisdiction is { } community ? AppealLinks.Feed(community.Code) : null;

    public bool IsNarrowed => Words.Length + Kind.Length + State.Length + Place.Length > 0 || From is not null || To is not null;

    /// <summary>Titles of the kinds that are only counted.</summary>
    public string Unlisted => string.Join(L["、"], AppealKinds.All.Where(k => !k.IsListed).Select(k => L[k.Title]));

    public async Task<IActionResult> OnGetAsync(string? after, string? before)
    {
        if (current.Jurisdiction is null && (await site.Communities(HttpContext.RequestAborted)).Count > 0)
            return Redirect(PlaceHosting.ChooserFor(HttpContext));
        if (Code.Length > 0)
        {
            if (!limit.AllowsLookUp(HttpContext))
                (IsTooOften, Response.StatusCode) = (true, StatusCodes.Status429TooManyRequests);
            else if (PublicCode.TryParse(Code, out var code))
            {
                Found = await lookUp.Find(code.Text, HttpContext.RequestAborted);
                // The code on the paper of a verdict is typed in here too.
                if (Found is null && await entered.Find(code.Text, HttpContext.RequestAborted) is not null)
                    return Redirect(AppealLinks.Entered(code.Text));
            }
        }
        if (Words.Length > SearchWords.MostLength)
            Words = Words[..SearchWords.MostLength];
        var cancel = HttpContext.RequestAborted;
        var filter = new PublicFilter(Words, Kind, Enum.GetNames<AppealState>().Contains(State) ? Enum.Parse<AppealState>(State) : null, Place, From, To);
        Rows = await queries.List(filter, PageKey.Of(after), PageKey.Of(before), cancel);
        Places = [.. (await queries.Places(cancel)).Select(p => new Option(p, p))];
        HalfYear = Civic.Kernel.Period.TryParse(Period, out var asked) && HalfYears.Contains(asked) ? asked : HalfYears[0];
        Counts = await queries.Counts(HalfYear, cancel) ?? [];
        return Page();
    }
}
