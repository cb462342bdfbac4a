using Hele.Civic.Appeals;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Appeals;

/// <summary>What the resident's form and the counter's form share: the same matter, with equal rights.</summary>
public abstract class FilingModel(FileAppeal file, CurrentViewer current, TimeProvider clock, Texts L) : PageModel
{
    [BindProperty]
    public InputModel Input { get; set; } = new();

    public IReadOnlyList<Option> Kinds => L.Offered();

    public DateOnly Today => clock.Today();

    /// <summary>Set when this form was sent before with other content, or the same content just now: what was sent then.</summary>
    public string? SentBefore { get; private set; }

    /// <summary>Says which of the two.</summary>
    public string SentBeforeText { get; private set; } = "";

    protected async Task<IActionResult> File(FileAppeal.Input input, Permission permission)
    {
        // A date that can't be read is said together with everything else that is missing.
        if (!ModelState.IsValid)
            return this.Refused(FileAppeal.Check(input, Today));
        var outcome = await file.Run(current.Required.Act(permission, OperationId.Posted(Request)), input, HttpContext.RequestAborted);
        if (outcome.Accepted)
            return Redirect(AppealLinks.Receipt(outcome.Code!));
        if (outcome.SentBefore is { } before)
        {
            SentBefore = before;
            SentBeforeText = outcome.Problems.Contains(StorageProblems.SameContent)
                ? L["内容和刚才提交的完全一样，多半是同一件事。可以打开已提交的那一份；确实是另一件事，就作为新的提交。"]
                : L["您后来改动了内容。可以打开已提交的那一份；如果现在写的是另一件事，就作为新的提交。"];
        }
        return this.Refused(outcome.Problems);
    }

    public sealed class InputModel
    {
        public string Kind { get; set; } = "";
        public string Title { get; set; } = "";
        public string Place { get; set; } = "";
        public string Text { get; set; } = "";

        /// <summary>Counter only.</summary>
        public string AppellantName { get; set; } = "";

        /// <inheritdoc cref="AppellantName"/>
        public DateOnly? ToldOn { get; set; }
    }
}
