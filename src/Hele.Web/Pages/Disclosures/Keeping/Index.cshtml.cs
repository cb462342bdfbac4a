using Hele.Civic.Disclosures;
using Hele.Civic.Kernel;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Hele.Web.Pages.Disclosures.Keeping;

/// <summary>One disclosure for those who work on it: to be checked, put up, corrected, taken down, its objections answered; sealed texts opened with a purpose.</summary>
[Needs("disclosure.see")]
public sealed class KeepingModel(DisclosureQueries queries, EditDisclosure edit, DropDisclosure drop, CheckDisclosure check, ReturnDisclosure send, PublishDisclosure publish, ProposeCorrection propose, CheckCorrection correction, WithdrawDisclosure withdraw, OpenDisclosure open,
    OpenObjection openWords, AnswerObjection answer, ModuleList modules, ReadSession read, CurrentViewer current, TimeProvider clock, Texts L) : RecordPage(read)
{
    [BindProperty] public FormInput Edit { get; set; } = new();
    [BindProperty] public ActInput Act { get; set; } = new();
    [BindProperty] public PublishInput Publish { get; set; } = new();
    [BindProperty] public WithdrawInput Withdraw { get; set; } = new();
    [BindProperty] public WhyInput Open { get; set; } = new();
    [BindProperty] public AskedInput Asked { get; set; } = new();
    [BindProperty] public AnswerInput Answer { get; set; } = new();

    private IReadOnlyList<OpenDisclosure.Text> _opened = [];
    private (string Code, string? Text) _words;

    public DisclosureView View { get; private set; } = null!;

    /// <summary>The number of the text that counts.</summary>
    public int Version { get; private set; }

    /// <summary>The first last day the rule allows, today.</summary>
    public DateOnly Least { get; private set; }

    public Rule LeastRule { get; private set; } = null!;

    /// <summary>What seems personal was said once; now the writer may say that it isn't.</summary>
    public bool AsksWhetherChecked { get; private set; }

    public DateOnly Today => clock.Today();
    public bool IsOpened => _opened.Count > 0;
    public bool May(string act) => View.Acts.Contains(act);

    /// <summary>What is sealed is changed only after it was looked at: nobody writes over what they don't see.</summary>
    public bool MayEdit => May(Disclosure.Edit) && (Readable || RefusedForm == "Edit");
    public bool MayPropose => May(Disclosure.Propose) && (Readable || RefusedForm == "Propose");
    public bool MayProve => !View.IsSealed || current.Viewer?.PostFor(DisclosureAccess.Open) is not null;

    /// <summary>The form that was refused still stands on the page, with its summary.</summary>
    public bool HasForm => RefusedForm switch
    {
        "Check" => May(Disclosure.Check), "Return" => May(Disclosure.Check), "Publish" => May(Disclosure.Publish), "Correct" => May(Disclosure.Correct), "Refuse" => May(Disclosure.Refuse), "Edit" => MayEdit, "Propose" => MayPropose,
        "Withdraw" => May(Disclosure.Withdraw), "Drop" => May(Disclosure.Drop), "Open" => !IsOpened && May(DisclosureQueries.OpenTexts), "Words" => true, "Answer" => View.Objections.Any(o => o.Public.Code == Answer.Objection && o.Public.Answer is null), _ => false,
    };

    public IReadOnlyList<Option> Reasons => Option.Of<WithdrawReason>(L.Why);

    private bool Readable => View.Texts.Any(t => t.Number == Version && ContentOf(t) is not null);

    public DisclosureContent? ContentOf(TextView text) => text.Content ?? _opened.FirstOrDefault(o => o.Number == text.Number)?.Content;

    public string? WordsOf(ObjectionView objection) => objection.Text ?? (_words.Code == objection.Public.Code ? _words.Text : null);

    protected override string PathOf(string code) => DisclosureLinks.Of(code);

    public Task<IActionResult> OnGetAsync(string code) => Show(code);

    public Task<IActionResult> OnPostCheckAsync(string code) => As(DisclosureAccess.Check, code, "Check", nameof(Act), (v, a, c) => check.Run(v, a, new(c, Act.Seen), HttpContext.RequestAborted), () => L["核对过了，可以公布。"]);

    public Task<IActionResult> OnPostReturnAsync(string code) => As(DisclosureAccess.Check, code, "Return", nameof(Act), (v, a, c) => send.Run(v, a, new(c, Act.Seen, Act.Reason), HttpContext.RequestAborted), () => L["已退回，写的人会看到原因。"]);

    public Task<IActionResult> OnPostPublishAsync(string code) => As(DisclosureAccess.Write, code, "Publish", nameof(Publish), (v, a, c) => publish.Run(v, a, new(c, Act.Seen, Publish.Where, Publish.To), HttpContext.RequestAborted), () => L["已公布。请打印一张贴在公开栏。"]);

    public Task<IActionResult> OnPostCorrectAsync(string code) => As(DisclosureAccess.Check, code, "Correct", nameof(Act), (v, a, c) => correction.Run(v, a, new(c, Act.Seen, true), HttpContext.RequestAborted), () => L["已公布更正，公开的时间重新计算。"]);

    public Task<IActionResult> OnPostRefuseAsync(string code) => As(DisclosureAccess.Check, code, "Refuse", nameof(Act), (v, a, c) => correction.Run(v, a, new(c, Act.Seen, false, Act.Reason), HttpContext.RequestAborted), () => L["没有采用，写的人会看到原因。"]);

    public Task<IActionResult> OnPostEditAsync(string code) => As(DisclosureAccess.Write, code, "Edit", "Edit.Form", (v, a, c) => edit.Run(v, a, new(c, Edit.Form.Seen, Edit.Form.Typed), HttpContext.RequestAborted), () => L["改好了，等另一个人核对。"]);

    public Task<IActionResult> OnPostProposeAsync(string code) => As(DisclosureAccess.Write, code, "Propose", "Edit.Form", (v, a, c) => propose.Run(v, a, new(c, Edit.Form.Seen, Edit.Form.Typed, Edit.Form.Reason), HttpContext.RequestAborted), () => L["更正写好了，等另一个人核对。"]);

    public Task<IActionResult> OnPostDropAsync(string code) => As(DisclosureAccess.Write, code, "Drop", nameof(Act), (v, a, c) => drop.Run(v, a, new(c, Act.Seen, Act.Reason), HttpContext.RequestAborted), () => L["已作废。"]);

    public Task<IActionResult> OnPostWithdrawAsync(string code) => As(DisclosureAccess.Withdraw, code, "Withdraw", nameof(Withdraw), (v, a, c) => withdraw.Run(v, a, new(c, Withdraw.Why, Withdraw.Reason), HttpContext.RequestAborted), () => L["已撤下，原因公开。"]);

    public Task<IActionResult> OnPostAnswerAsync(string code) => As(DisclosureAccess.Answer, code, "Answer", nameof(Answer), (v, a, c) => answer.Run(v, a, new(c, Answer.Objection, Answer.Asked, Answer.Answer, Answer.IsRight, Answer.Checked), HttpContext.RequestAborted), () => L["已公开答复。"]);

    public async Task<IActionResult> OnPostOpenAsync(string code)
    {
        if (!PublicCode.TryParse(code, out var parsed) || !await Load(parsed.Text))
            return NotFound();
        RefusedForm = "Open";
        var (texts, problems) = await open.Run(current.Required, current.Required.Act(DisclosureAccess.Open, Guid.CreateVersion7(), Open.Why), Code, HttpContext.RequestAborted);
        if (problems.Count > 0)
            return this.Refused(problems, nameof(Open));
        (_opened, RefusedForm) = (texts, null);
        Fill();
        return Page();
    }

    public async Task<IActionResult> OnPostWordsAsync(string code)
    {
        if (!PublicCode.TryParse(code, out var parsed) || !await Load(parsed.Text))
            return NotFound();
        RefusedForm = "Words";
        var opened = await openWords.Run(current.Required, current.Required.Act(DisclosureAccess.Answer, Guid.CreateVersion7(), Asked.Why), Code, Asked.Objection, HttpContext.RequestAborted);
        if (!opened.IsOpen)
            return this.Refused(opened.Problems, nameof(Asked));
        (_words, RefusedForm) = ((Asked.Objection, opened.Values[0]), null);
        return Page();
    }

    private Task<IActionResult> As(Permission permission, string code, string form, string prefix, Func<Viewer, Act, string, Task<Outcome>> run, Func<string> said) =>
        Do(code, form, prefix, c => run(current.Required, current.Required.Act(permission, OperationId.Posted(Request)), c), said);

    protected override void OnRefused(Outcome outcome) => AsksWhetherChecked = outcome.Problems.Any(p => p.Code == DisclosureProblems.LooksPersonal.Code || p.Code == DisclosureProblems.PersonalWords.Code);

    protected override async Task<bool> Find(string code)
    {
        var cancel = HttpContext.RequestAborted;
        if (await queries.Find(current.Viewer, code, cancel) is not { } view)
            return false;
        (View, Version) = (view, await queries.VersionOf(code, cancel));
        LeastRule = await queries.Least(current.Jurisdiction!, view.Line.Kind, cancel);
        Least = PublishDisclosure.Least(LeastRule, clock.Now());
        // Whoever was told that somebody was faster has now seen what stands: the next try is on that.
        Act.Seen = Edit.Form.Seen = view.Revision;
        ModelState.Remove("Act.Seen");
        ModelState.Remove("Edit.Form.Seen");
        if (RefusedForm != "Publish")
            (Publish.To, Publish.Where) = (Least, L["社区居务公开栏"]);
        Edit.Form.Prepare(view.Line.Kind);
        if (RefusedForm is not ("Edit" or "Propose"))
            Fill();
        return true;
    }

    /// <summary>The forms begin with what there is to change.</summary>
    private void Fill() => Edit.Form.Take(View.Line.Kind, View.Texts.FirstOrDefault(t => t.Number == Version) is { } text ? ContentOf(text) : null, View.Line.Title, View.Revision);

    public IEnumerable<TimelineEvent> Events() => View.Steps.Select(s => new TimelineEvent(modules.Event(s.Kind) is { } known ? L[known.Sentence] : s.Kind, s.At)
    {
        OnDate = s.On, Post = s.Post ?? L["系统|actor"],
        Tone = s.Kind == DisclosureEvents.Published.Code ? Tone.Done : s.Kind == DisclosureEvents.Withdrawn.Code || s.Kind == DisclosureEvents.Returned.Code ? Tone.Refused : Tone.Neutral,
    });

    public sealed class FormInput
    {
        public DisclosureForm Form { get; set; } = new();
    }

    public sealed class ActInput
    {
        public int Seen { get; set; }
        public string Reason { get; set; } = "";
    }

    public sealed class PublishInput
    {
        public string Where { get; set; } = "";
        public DateOnly? To { get; set; }
    }

    public sealed class WithdrawInput
    {
        public WithdrawReason? Why { get; set; }
        public string Reason { get; set; } = "";
    }

    public sealed class WhyInput
    {
        public string Why { get; set; } = "";
    }

    public sealed class AskedInput
    {
        public string Objection { get; set; } = "";
        public string Why { get; set; } = "";
    }

    public sealed class AnswerInput
    {
        public string Objection { get; set; } = "";
        public string Asked { get; set; } = "";
        public string Answer { get; set; } = "";
        public bool IsRight { get; set; }
        public bool Checked { get; set; }
    }
}
