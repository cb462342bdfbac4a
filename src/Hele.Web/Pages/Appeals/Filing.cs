using Hele.Civic.Appeals;
using Hele.Civic.Grids;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Files;
using Hele.Civic.Platform.Storage;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Appeals;

/// <summary>What the forms share through which a matter comes in: the same matter, with equal rights.</summary>
public abstract class FilingModel(GridQueries grids, CurrentViewer current, TimeProvider clock, Texts texts, SentPhotos photos) : PageModel
{
    [BindProperty]
    public InputModel Input { get; set; } = new();

    public IReadOnlyList<Option> Kinds => L.Offered();

    /// <summary>The community's buildings, compound by compound.</summary>
    public IReadOnlyList<Option> Buildings { get; private set; } = [];

    public DateOnly Today => clock.Today();

    protected Viewer Viewer => current.Required;

    /// <summary>The texts in the reader's language.</summary>
    protected Texts L => texts;

    /// <summary>What came with the form as photos; asked for once, before the input is made.</summary>
    protected async Task<IReadOnlyList<Photo>> Photos()
    {
        await photos.Read("Input.Photos");
        return photos.Photos;
    }

    /// <summary>The form again; its photos are kept for the next try.</summary>
    protected async Task<IActionResult> Refuse(IEnumerable<Problem> problems)
    {
        await photos.Settle(accepted: false);
        await Load();
        return this.Refused(problems);
    }

    /// <summary>Set when this form was sent before with other content, or the same content just now: what was sent then.</summary>
    public string? SentBefore { get; private set; }

    /// <summary>Says which of the two.</summary>
    public string SentBeforeText { get; private set; } = "";

    /// <summary>Asks the database for what the page offers to choose from.</summary>
    protected virtual async Task Load() =>
        Buildings = [.. (await grids.Choices(HttpContext.RequestAborted)).Select(b => new Option(b.Code, b.Compound + b.Name) { Group = b.Compound })];

    /// <param name="done">Where an accepted one leads, by its public code.</param>
    protected async Task<IActionResult> Send(IReadOnlyList<Problem> unreadable, Permission permission, Func<Act, Task<Outcome>> run, Func<string, string> done)
    {
        // A date that can't be read is said together with everything else that is missing.
        if (!ModelState.IsValid || photos.Problems.Count > 0)
            return await Refuse([.. photos.Problems, .. unreadable]);
        var outcome = await run(current.Required.Act(permission, OperationId.Posted(Request)));
        if (outcome.Accepted)
        {
            await photos.Settle(accepted: true);
            return Redirect(done(outcome.Code!));
        }
        if (outcome.SentBefore is { } before)
        {
            SentBefore = before;
            SentBeforeText = outcome.Problems.Contains(StorageProblems.SameContent)
                ? L["内容和刚才提交的完全一样，多半是同一件事。可以打开已提交的那一份；确实是另一件事，就作为新的提交。"]
                : L["您后来改动了内容。可以打开已提交的那一份；如果现在写的是另一件事，就作为新的提交。"];
        }
        return await Refuse(outcome.Problems);
    }

    public sealed class InputModel
    {
        public string Kind { get; set; } = "";
        public string Title { get; set; } = "";
        public string Building { get; set; } = "";
        public string Place { get; set; } = "";
        public string Position { get; set; } = "";
        public string Text { get; set; } = "";

        /// <summary>Where problems with photos stand; the photos themselves come beside the fields (<see cref="SentPhotos"/>).</summary>
        public string Photos { get; set; } = "";

        /// <summary>On the web only.</summary>
        public string OnBehalfOf { get; set; } = "";

        public bool WithholdName { get; set; }

        /// <summary>Taken down only.</summary>
        public Channel Channel { get; set; } = Channel.Counter;

        /// <inheritdoc cref="Channel"/>
        public string AppellantName { get; set; } = "";

        /// <inheritdoc cref="Channel"/>
        public string Person { get; set; } = "";

        /// <inheritdoc cref="Channel"/>
        public DateOnly? ToldOn { get; set; }

        /// <summary>Work orders only.</summary>
        public OrderSource? OrderSource { get; set; }

        /// <inheritdoc cref="OrderSource"/>
        public string OrderNumber { get; set; } = "";

        /// <inheritdoc cref="OrderSource"/>
        public DateOnly? OrderReplyBy { get; set; }

        /// <summary>A message from the residents' chat group, before it is read into the fields.</summary>
        public string Pasted { get; set; } = "";

        /// <summary>On the spot only.</summary>
        public string Done { get; set; } = "";
    }
}
