using Hele.Civic.BreakGlass;
using Hele.Civic.Kernel;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Storage;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.BreakGlass.Detail;

/// <summary>One emergency access: for whoever opened it the value while its time runs, for the reviewer the review, for the person why.</summary>
[Needs("break-glass.see")]
public sealed class EmergencyModel(EmergencyQueries queries, ReadInEmergency readIt, EndEmergency end, ReviewEmergency review, KnowOfEmergency know, ModuleList modules, ReadSession read,
    CurrentViewer current, TimeProvider clock, Texts L) : RecordPage(read)
{
    [BindProperty]
    public ReviewInput Judgement { get; set; } = new();

    public EmergencyView View { get; private set; } = null!;

    /// <summary>The value, just opened on this page.</summary>
    public string? Value { get; private set; }

    public DateOnly Today => clock.Today();
    public DateTimeOffset Now => clock.GetUtcNow();
    public bool MayRead => View.Acts.Contains(EmergencyQueries.Read);
    public bool MayEnd => View.Acts.Contains(EmergencyAccess.End);
    public bool MayReview => View.Acts.Contains(EmergencyAccess.Justify);
    public bool MayKnow => View.Acts.Contains(EmergencyQueries.Know);

    public IReadOnlyList<Option> Judgements => [new("true", L["正当"], L["情况紧急，只看了该看的"]), new("false", L["不正当"], L["写明问题在哪里"])];

    protected override string PathOf(string code) => EmergencyLinks.Of(code);

    public Task<IActionResult> OnGetAsync(string code) => Show(code);

    public async Task<IActionResult> OnPostReadAsync(string code)
    {
        if (!PublicCode.TryParse(code, out var parsed))
            return NotFound();
        RefusedForm = "Read";
        var opened = await readIt.Run(current.Required, current.Required.Act(EmergencyRights.Open, Guid.CreateVersion7()), parsed.Text, cancel: HttpContext.RequestAborted);
        if (!await Load(parsed.Text))
            return NotFound();
        if (!opened.IsOpen)
            return this.Refused(opened.Problems, "");
        Value = opened.Values[0];
        return Page();
    }

    public Task<IActionResult> OnPostEndAsync(string code) => Do(code, "End", "",
        c => end.Run(current.Required, current.Required.Act(EmergencyRights.Open, OperationId.Posted(Request)), new(c), HttpContext.RequestAborted), () => L["已结束。"]);

    public Task<IActionResult> OnPostReviewAsync(string code) => Do(code, "Review", nameof(Judgement),
        c => review.Run(current.Required, current.Required.Act(EmergencyRights.Review, OperationId.Posted(Request)), new(c, Judgement.Justified, Judgement.Words), HttpContext.RequestAborted), () => L["已复核。"]);

    public Task<IActionResult> OnPostKnowAsync(string code) => Do(code, "Know", "",
        c => know.Run(current.Required, current.Required.Act(EmergencyRights.Know, OperationId.Posted(Request)), new(c), HttpContext.RequestAborted), () => L["好的，已记下您知道了。"]);

    public IEnumerable<TimelineEvent> Events() => View.Timeline.Select(e => new TimelineEvent(modules.Event(e.Kind) is { } known ? L[known.Sentence] : e.Kind, e.At)
    {
        OnDate = e.On, Post = e.Who ?? L["本人或监护人"], Quote = e.Kind == EmergencyEvents.Opened.Code ? View.Reason : e.Kind == EmergencyEvents.Justified.Code || e.Kind == EmergencyEvents.NotJustified.Code ? View.Words : null,
        Tone = e.Kind == EmergencyEvents.Justified.Code ? Tone.Done : e.Kind == EmergencyEvents.NotJustified.Code ? Tone.Refused : Tone.Neutral,
    });

    protected override async Task<bool> Find(string code)
    {
        if (await queries.Find(current.Required, code, HttpContext.RequestAborted) is not { } view)
            return false;
        View = view;
        return true;
    }

    public sealed class ReviewInput
    {
        public bool? Justified { get; set; }
        public string Words { get; set; } = "";
    }
}
