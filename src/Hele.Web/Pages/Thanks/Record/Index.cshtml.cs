using Hele.Civic.Kernel;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Hele.Civic.Thanks;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Hele.Web.Pages.Thanks.Record;

/// <summary>One of the thanks: for anybody what is public of it, for the giver, those who are thanked and those who check it as it was given, with what each may do.</summary>
[Public, TakesFiles]
public sealed class ThanksModel(ThanksQueries queries, PublishThanks publish, KeepThanks keep, RejectThanks reject, ChangeThanksShown change, WithdrawThanks withdraw, OpenGiver open, AddThanksPhoto addPhoto, SentPhotos sent, ModuleList modules, ReadSession read,
    CurrentViewer current, Site site, Texts L) : RecordPage(read)
{
    [BindProperty] public PublishInput Publish { get; set; } = new();
    [BindProperty] public ReasonInput Keep { get; set; } = new();
    [BindProperty] public ReasonInput Reject { get; set; } = new();
    [BindProperty] public ShownInput Change { get; set; } = new();
    [BindProperty] public WhyInput Giver { get; set; } = new();
    [BindProperty] public PhotoInput Photo { get; set; } = new();

    /// <summary>As it was given; null for whoever reads only what is public.</summary>
    public ThanksView? View { get; private set; }

    /// <summary>What anybody reads; null when it isn't public.</summary>
    public PublicThanks? Shown { get; private set; }

    /// <summary>The full name, after it was asked for on this page.</summary>
    public string? FullName { get; private set; }

    /// <summary>What seems personal was said once; now the reviewer may say that it isn't.</summary>
    public bool AsksWhetherChecked { get; private set; }

    public bool May(string act) => View?.Acts.Contains(act) == true;
    public bool MayPublish => May(ThanksRecord.Publish) || May(ThanksRecord.Correct);
    public bool Corrects => May(ThanksRecord.Correct);
    public bool SpeaksFor => May(ThanksQueries.Speak);
    public bool MaySayShown => View is { Line.State: ThanksState.Waiting or ThanksState.Public or ThanksState.Kept } && (View.IsOwn || SpeaksFor);
    public bool WorksHere => current.Viewer?.PostFor(ThanksAccess.List) is not null;

    public IReadOnlyList<Option> Choices => [.. Option.Of<ThanksShown>(L.Shown).Reverse().Where(o => View?.HasName == true || o.Value != nameof(ThanksShown.Surname))];

    protected override string PathOf(string code) => ThanksLinks.Of(code);

    public async Task<IActionResult> OnGetAsync(string code) =>
        current.Jurisdiction is null && (await site.Communities(HttpContext.RequestAborted)).Count > 0 ? Redirect(PlaceHosting.ChooserFor(HttpContext)) : await Show(code);

    public Task<IActionResult> OnPostPublishAsync(string code) => As(ThanksAccess.Review, code, "Publish", nameof(Publish), (viewer, act, c) =>
        publish.Run(viewer, act, new(c, Publish.Text, Publish.Photo, Publish.Checked), HttpContext.RequestAborted), () => L["已公开。|thanks"]);

    public Task<IActionResult> OnPostKeepAsync(string code) => As(ThanksAccess.Review, code, "Keep", nameof(Keep), (viewer, act, c) =>
        keep.Run(viewer, act, new(c, Keep.Reason), HttpContext.RequestAborted), () => L["已办，不公开。"]);

    public Task<IActionResult> OnPostRejectAsync(string code) => As(ThanksAccess.Review, code, "Reject", nameof(Reject), (viewer, act, c) =>
        reject.Run(viewer, act, new(c, Reject.Reason), HttpContext.RequestAborted), () => L["已写明原因，不予登记。"]);

    public Task<IActionResult> OnPostChangeAsync(string code) => As(Spoken(Change.SpeaksFor), code, "Change", nameof(Change), (viewer, act, c) =>
        change.Run(viewer, act, new(c, Change.Shown, Change.SpeaksFor), HttpContext.RequestAborted), () => L["已改。"]);

    public Task<IActionResult> OnPostWithdrawAsync(string code) => As(Spoken(Change.SpeaksFor), code, "Withdraw", nameof(Change), (viewer, act, c) =>
        withdraw.Run(viewer, act, new(c, Change.SpeaksFor), HttpContext.RequestAborted), () => L["已撤回，内容、姓名和照片已销毁。"]);

    /// <summary>The photo is read before the act, and kept when that is refused.</summary>
    public async Task<IActionResult> OnPostPhotoAsync(string code)
    {
        if (current.Viewer is null)
            return Challenge();
        await sent.Read(nameof(Photo) + ".Photos");
        var own = PublicCode.TryParse(code, out var known) && await queries.Find(current.Viewer, known.Text, HttpContext.RequestAborted) is { IsOwn: true };
        var done = await As(Spoken(!own), code, "Photo", nameof(Photo), (viewer, act, c) =>
            sent.Problems.Count > 0 ? Task.FromResult(Outcome.Refused(sent.Problems)) : addPhoto.Run(viewer, act, new(c, !own) { Photos = sent.Photos }, HttpContext.RequestAborted), () => L["照片已添加。"]);
        await sent.Settle(accepted: done is RedirectResult);
        return done;
    }

    public async Task<IActionResult> OnPostGiverAsync(string code)
    {
        if (current.Viewer is not { } viewer)
            return Challenge();
        if (!PublicCode.TryParse(code, out var parsed) || !await Load(parsed.Text))
            return NotFound();
        RefusedForm = "Giver";
        var opened = await open.Run(viewer, viewer.Act(ThanksAccess.OpenGiver, Guid.CreateVersion7(), Giver.Why), Code, HttpContext.RequestAborted);
        if (!opened.IsOpen)
            return this.Refused(opened.Problems, nameof(Giver));
        FullName = opened.Values[0];
        return Page();
    }

    private static Permission Spoken(bool speaksFor) => speaksFor ? ThanksAccess.SpeakFor : ThanksAccess.Own;

    /// <summary>The page is anybody's to read; to do something one signs in.</summary>
    private async Task<IActionResult> As(Permission permission, string code, string form, string prefix, Func<Viewer, Act, string, Task<Outcome>> run, Func<string> said) =>
        current.Viewer is not { } viewer ? Challenge() : await Do(code, form, prefix, c => run(viewer, viewer.Act(permission, OperationId.Posted(Request)), c), said);

    protected override void OnRefused(Outcome outcome) => AsksWhetherChecked = outcome.Problems.Any(p => p.Code == ThanksProblems.LooksPersonal.Code);

    protected override async Task<bool> Find(string code)
    {
        var cancel = HttpContext.RequestAborted;
        (View, Shown) = (await queries.Find(current.Viewer, code, cancel), await queries.FindPublic(code, cancel));
        if (View is null)
            return Shown is not null || await queries.WasPublic(code, cancel);
        // What was typed into a refused form stays; the others begin with what there is to edit.
        if (RefusedForm != "Publish")
            (Publish.Text, Publish.Photo) = (View.PublicText ?? View.Line.Text, View.PhotoShown);
        if (RefusedForm is not ("Change" or "Withdraw"))
            (Change.Shown, Change.SpeaksFor) = (View.Line.Shown, !View.IsOwn);
        return true;
    }

    public IEnumerable<TimelineEvent> Events() => View!.Steps.Select(s => new TimelineEvent(modules.Event(s.Kind) is { } known ? L[known.Sentence] : s.Kind, s.At)
    {
        OnDate = s.On, Post = s.Who ?? L["感谢人本人"],
        Tone = s.Kind == ThanksEvents.Published.Code ? Tone.Done : s.Kind == ThanksEvents.Rejected.Code ? Tone.Refused : Tone.Neutral,
    });

    public sealed class PublishInput
    {
        public string Text { get; set; } = "";
        public bool Photo { get; set; }
        public bool Checked { get; set; }
    }

    public sealed class ReasonInput
    {
        public string Reason { get; set; } = "";
    }

    public sealed class ShownInput
    {
        public ThanksShown? Shown { get; set; }
        public bool SpeaksFor { get; set; }
    }

    public sealed class PhotoInput
    {
        /// <summary>Where problems with the photo stand; it comes beside the fields (<see cref="SentPhotos"/>).</summary>
        public string? Photos { get; set; }
    }

    public sealed class WhyInput
    {
        public string Why { get; set; } = "";
    }
}
