using Hele.Civic.Appeals;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Storage;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Hele.Web.Pages.Appeals.Publishing;

/// <summary>The review of one matter: what the public will see, beside what it is.</summary>
[Needs("appeal.publish")]
public sealed class PublicationModel(PublicationQueries queries, ReadSession read, CurrentViewer current, PublishAppeal publish, KeepFromPublic keep, Texts L) : RecordPage(read)
{
    [BindProperty]
    public PublishInput Publish { get; set; } = new();

    [BindProperty]
    public KeepInput Keep { get; set; } = new();

    public ReviewView View { get; private set; } = null!;

    public bool IsPublic => View.Publication == PublicationState.Published;

    public bool MayPublish => View is { IsListed: true, IsAccepted: true, Bar: null };

    public bool MayKeep => IsPublic || (View.Publication is null && View.Bar is null);

    /// <summary>What in the text might be personal, by what it looks like.</summary>
    public IEnumerable<(string Kind, string Words)> Hints => View.Hints.GroupBy(h => h.Kind).Select(g => (g.Key switch
    {
        PersonalHintKind.Phone => L["像电话号码"],
        PersonalHintKind.Number => L["像证件号或卡号"],
        PersonalHintKind.Flat => L["像单元、门牌"],
        _ => L["人员登记里有的姓名"],
    }, string.Join(L["、"], g.Select(h => h.Words))));

    public IReadOnlyList<Option> Places => [.. View.Places.Select(p => new Option(p.Level.ToString(), L.PublicPlace(p.Name), L.Level(p.Level)))];

    protected override string PathOf(string code) => AppealLinks.Publication(code);

    public Task<IActionResult> OnGetAsync(string code) => Show(code);

    public Task<IActionResult> OnPostPublishAsync(string code) => Do(code, nameof(Publish), nameof(Publish),
        canonical => publish.Run(current.Required, current.Required.Act(PublicationAccess.Review, OperationId.Posted(Request)), new(canonical, Publish.Title, Publish.Answer, Publish.Place, Publish.Round, Publish.Checked), HttpContext.RequestAborted),
        () => L["已公开。任何人都能看到下面这些内容，别的都看不到。"]);

    public Task<IActionResult> OnPostKeepAsync(string code) => Do(code, nameof(Keep), nameof(Keep),
        canonical => keep.Run(current.Required, current.Required.Act(PublicationAccess.Review, OperationId.Posted(Request)), new(canonical, Keep.Reason), HttpContext.RequestAborted),
        () => L["已记下，不公开。反映人看得到原因。"]);

    protected override async Task<bool> Find(string code)
    {
        if (await queries.Find(current.Required, code, HttpContext.RequestAborted) is not { } view)
            return false;
        View = view;
        if (RefusedForm == nameof(Publish))
            return true;
        var sameAnswer = view.PublicRound == view.Round;
        Publish = new()
        {
            Title = view.PublicTitle ?? view.Title, Answer = (sameAnswer ? view.PublicAnswer : null) ?? view.Answer ?? "", Round = view.Round,
            // Named as closely as it was, else as enough households share it; a compound before a single building.
            Place = view.PublicLevel is { } level && view.Places.Any(p => p.Level == level) ? level : (view.Places.FirstOrDefault(p => p.Level != PublicPlaceLevel.Building) ?? view.Places[0]).Level,
        };
        return true;
    }

    public sealed class PublishInput
    {
        public string Title { get; set; } = "";
        public string Answer { get; set; } = "";
        public PublicPlaceLevel? Place { get; set; }
        public int Round { get; set; }
        public bool Checked { get; set; }
    }

    public sealed class KeepInput
    {
        public string Reason { get; set; } = "";
    }
}
