using Hele.Civic.Appeals;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Journal;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Html;

namespace Hele.Web.Pages.Appeals;

/// <summary>How the appeal's pages say states, kinds and doors.</summary>
public static class AppealWords
{
    public static Tone Tone(AppealState state) => state switch
    {
        AppealState.Accepted => Ui.Tone.Progress,
        AppealState.ReferredUp => Ui.Tone.Progress,
        AppealState.Answered => Ui.Tone.Progress,
        AppealState.Reopened or AppealState.Refused or AppealState.RefusalUpheld or AppealState.Disagreed => Ui.Tone.Refused,
        AppealState.Contested => Ui.Tone.Progress,
        AppealState.Satisfied => Ui.Tone.Done,
        _ => Ui.Tone.Neutral,
    };

    public static Tone Tone(string eventKind) => Tones.GetValueOrDefault(eventKind, Ui.Tone.Neutral);

    private static readonly Dictionary<string, Tone> Tones = new (Tone Tone, EventKind[] Kinds)[]
    {
        (Ui.Tone.Done, [AppealEvents.JudgedSatisfied, AppealEvents.StillSolved]),
        (Ui.Tone.Refused, [AppealEvents.JudgedDissatisfied, AppealEvents.JudgedDisagreed, AppealEvents.JudgedPast, AppealEvents.Refused, AppealEvents.Upheld, AppealEvents.NotSolved, AppealEvents.VerdictContested, AppealEvents.OldVerdictContested,
            JoiningEvents.VerdictContested, JoiningEvents.ClosedAgain, JoiningEvents.OldVerdictContested]),
        (Ui.Tone.Progress, [AppealEvents.Accepted, AppealEvents.Answered, AppealEvents.Contested, AppealEvents.Overruled, AppealEvents.ReferredUp, AppealEvents.FiledPast, AppealEvents.ContestedPast, AppealEvents.AnsweredFromAbove,
            AppealEvents.ReferralReceived, AppealEvents.ReceivedPast, AppealEvents.ReceivedPastAgain, AppealEvents.ReceivedPastContested, AppealEvents.ReferralAnswered]),
    }.SelectMany(t => t.Kinds.Select(k => (k.Code, t.Tone))).ToDictionary();

    public static Tone Tone(this CallState state) => state switch
    {
        CallState.Agrees => Ui.Tone.Done,
        CallState.Differs => Ui.Tone.Refused,
        CallState.NotReached => Ui.Tone.Progress,
        _ => Ui.Tone.Neutral,
    };

    public static string State(this Texts L, AppealState state) => L[Appeal.LifeCycle.StateTitle(state)];

    public static IHtmlContent Badge(this Texts L, AppealState state) => StateTagHelper.Badge(Tone(state), L.State(state));

    public static string State(this Texts L, ReferralState state) => L[Referral.LifeCycle.StateTitle(state)];

    public static IHtmlContent Badge(this Texts L, ReferralState state) => StateTagHelper.Badge(state switch { ReferralState.Answered => Ui.Tone.Done, ReferralState.Received => Ui.Tone.Progress, _ => Ui.Tone.Neutral }, L.State(state));

    /// <summary>The kind's title; a kind that is no longer in the table is shown by its code.</summary>
    public static string Kind(this Texts L, string code) => AppealKinds.Find(code) is { } kind ? L[kind.Title] : code;

    public static string Channel(this Texts L, Channel channel) => channel switch
    {
        Civic.Appeals.Channel.Counter => L["当面"],
        Civic.Appeals.Channel.Paper => L["纸质"],
        Civic.Appeals.Channel.Phone => L["电话"],
        Civic.Appeals.Channel.Chat => L["居民群"],
        Civic.Appeals.Channel.Order => L["工单"],
        _ => L["网上提交"],
    };

    public static string ReportedTo(this Texts L, ReportedTo to) => to switch
    {
        Civic.Appeals.ReportedTo.Police => L["公安（110、派出所）"],
        Civic.Appeals.ReportedTo.CivilAffairs => L["民政部门"],
        Civic.Appeals.ReportedTo.Education => L["教育部门"],
        Civic.Appeals.ReportedTo.Other => L["别的部门"],
        _ => L["不属于要报告的情形"],
    };

    public static string Source(this Texts L, OrderSource source) => source switch
    {
        OrderSource.Hotline => L["12345热线"],
        _ => L["街道交办"],
    };

    /// <summary>A title; one that is hidden from the reader is empty.</summary>
    public static string Titled(this Texts L, string title) => title.Length == 0 ? L["（标题已隐藏）"] : title;

    /// <summary>Where something public is: a place's name, or just the community.</summary>
    public static string PublicPlace(this Texts L, string? place) => place ?? L["社区范围内"];

    public static string Level(this Texts L, PublicPlaceLevel level) => level switch
    {
        PublicPlaceLevel.Building => L["楼栋|map"],
        PublicPlaceLevel.Compound => L["小区、院落"],
        PublicPlaceLevel.Grid => L["网格"],
        _ => L["只写社区"],
    };

    public static string Publication(this Texts L, PublicationState? state) => state is { } known ? L[AppealPublication.LifeCycle.StateTitle(known)] : L["等审核"];

    public static IHtmlContent Badge(this Texts L, PublicationState? state) =>
        StateTagHelper.Badge(state switch { PublicationState.Published => Ui.Tone.Done, null => Ui.Tone.Progress, _ => Ui.Tone.Neutral }, L.Publication(state));

    /// <summary>"Hidden: why, by which post, when".</summary>
    public static string HiddenBecause(this Texts L, HiddenView hidden, Fmt fmt) => L["已隐藏：{0}（{1}，{2}）", hidden.Reason, hidden.Post ?? "", fmt.Date(hidden.On)];

    public static string Number(this Texts L, string number) => L["诉求 {0}", number];

    public static IReadOnlyList<Option> Offered(this Texts L) => [.. AppealKinds.Offered.Select(k => new Option(k.Code, L[k.Title]))];

    /// <summary>A citation with how it is known; what isn't verified here says so.</summary>
    public static string Source(this Texts L, Bilingual source, SourceStatus status) => L["依据：{0}（{1}）", source, status.Text()];

    /// <summary>Where a reason of refusal comes from; a community's own says so.</summary>
    public static string Source(this Texts L, RefusalReason reason) => L["依据：{0}（{1}）", reason.Source, L.Status(reason.SourceStatus, reason.Place)];

    private static string Status(this Texts L, SourceStatus status, string place) => status == SourceStatus.ReadLocal && place.Length > 0 ? L["本辖区规定"] : L[status.Text()];

    /// <summary>"3 working days", with where it comes from.</summary>
    public static string Source(this Texts L, Rule rule) => L["{0}：{1}（{2}，{3}）", rule.Subject, rule.Limit, rule.Source, L.Status(rule.SourceStatus, rule.Place)];
}
