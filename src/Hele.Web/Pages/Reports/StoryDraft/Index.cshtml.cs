using Hele.Civic.Reports;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Reports.StoryDraft;

/// <summary>Drafts a story from a record: first which, then the words it begins with.</summary>
[Needs("story.write")]
public sealed class StoryDraftModel(WriteStory write, ReportStories stories, CurrentViewer current, Texts L) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public StorySource? Source { get; set; }

    [BindProperty(SupportsGet = true)]
    public string Record { get; set; } = "";

    [BindProperty]
    public InputModel Input { get; set; } = new();

    /// <summary>What the record says; null while none is named.</summary>
    public StoryBeginning? Beginning { get; private set; }

    public bool Asked => Record.Length > 0;
    public bool MayGoOn => Beginning is { } b && (b.Problem is null || b.People.Count > 0);
    public IReadOnlyList<Option> Sources => Option.Of<StorySource>(L.Source);
    public IReadOnlyList<Option> People => [.. (Beginning?.People ?? []).Select(p => new Option(p.Code, p.Name))];

    public async Task OnGetAsync()
    {
        Source ??= StorySource.Appeal;
        await Load();
        (Input.Source, Input.Record, Input.Text) = (Source, Record, Beginning?.Text ?? "");
        Input.Place = Source == StorySource.Household ? "paired-help" : "judgement";
    }

    public async Task<IActionResult> OnPostAsync()
    {
        (Source, Record) = (Input.Source, Input.Record);
        if (ModelState.IsValid)
        {
            var outcome = await write.Run(current.Required, current.Required.Act(StoryAccess.Write, OperationId.Posted(Request)), new(Input.Source, Input.Record, Input.Subject, Input.Place, Input.Text), HttpContext.RequestAborted);
            if (outcome.Accepted)
            {
                this.Say(L["草稿已封存，现在征求当事人同意。"]);
                return Redirect(ReportLinks.Story(outcome.Code!));
            }
            await Load();
            return this.Refused(outcome.Problems);
        }
        await Load();
        return this.Refused([]);
    }

    private async Task Load() => Beginning = Source is { } source && Enum.IsDefined(source) ? await stories.Begin(current.Required, source, Record, null, HttpContext.RequestAborted) : null;

    public sealed class InputModel
    {
        public StorySource? Source { get; set; }
        public string Record { get; set; } = "";
        public string Subject { get; set; } = "";
        public string Place { get; set; } = "";
        public string Text { get; set; } = "";
    }
}
