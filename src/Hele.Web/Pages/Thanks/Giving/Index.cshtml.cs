using Hele.Civic.Kernel;
using Hele.Civic.Thanks;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Thanks.Giving;

/// <summary>A resident gives thanks: of their own accord, or from the end of their own appeal (<c>?appeal=</c>).</summary>
[Needs("thanks.give"), TakesFiles]
public sealed class GiveThanksModel(GiveThanks give, ThanksQueries queries, SentPhotos photos, CurrentViewer current, Texts L) : PageModel
{
    [BindProperty]
    public InputModel Input { get; set; } = new();

    /// <summary>The title of the matter it comes from; null without one.</summary>
    public string? AppealTitle { get; private set; }

    public IReadOnlyList<Option> Whom { get; private set; } = [];
    public IReadOnlyList<Option> Choices => [.. Option.Of<ThanksShown>(L.Shown).Reverse()];

    /// <summary>Thanks were given for this matter already.</summary>
    public string? Already { get; private set; }

    public async Task<IActionResult> OnGetAsync(string? appeal)
    {
        Input.Appeal = appeal ?? "";
        if (!await Load())
            return NotFound();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await photos.Read("Input.Photos");
        // A matter that isn't theirs, or isn't one to thank for, is said by the act itself.
        await Load();
        List<Problem> problems = [.. photos.Problems];
        if (ModelState.IsValid && problems.Count == 0)
        {
            var outcome = await give.Run(current.Required, current.Required.Act(ThanksAccess.Give, OperationId.Posted(Request)),
                new(Input.Text, Input.Whom, Input.Anonymous, Input.Shown, Input.Appeal.Length == 0 ? null : Input.Appeal) { Photos = photos.Photos }, HttpContext.RequestAborted);
            if (outcome.Accepted)
            {
                await photos.Settle(accepted: true);
                this.Say(L["已收到，谢谢您。另一个人核对以后，感谢的人就会看到。"]);
                return Redirect(ThanksLinks.Of(outcome.Code!));
            }
            problems.AddRange(outcome.Problems);
        }
        await photos.Settle(accepted: false);
        return this.Refused([.. photos.Problems.Where(p => !problems.Contains(p)), .. problems]);
    }

    private async Task<bool> Load()
    {
        var lines = await queries.Whom(HttpContext.RequestAborted);
        if (Input.Appeal.Length == 0)
        {
            Whom = L.Whom(lines);
            return true;
        }
        if (!PublicCode.TryParse(Input.Appeal, out var code) || await queries.FromAppeal(current.Required, code.Text, HttpContext.RequestAborted) is not { } from)
        {
            Whom = L.Whom(lines);
            return false;
        }
        (Input.Appeal, AppealTitle, Already, Whom) = (code.Text, from.Title, from.Already, L.Whom(lines, from.First));
        if (Input.Whom.Length == 0 && from.First.Count > 0 && HttpMethods.IsGet(Request.Method) && lines.Any(l => l.Whom == from.First[0]))
            Input.Whom = from.First[0].ToString();
        return true;
    }

    public sealed class InputModel
    {
        public string Whom { get; set; } = "";
        public string Text { get; set; } = "";
        public ThanksShown? Shown { get; set; }
        public bool Anonymous { get; set; }
        public string Appeal { get; set; } = "";

        /// <summary>Where problems with photos stand; the photos themselves come beside the fields (<see cref="SentPhotos"/>).</summary>
        public string Photos { get; set; } = "";
    }
}
