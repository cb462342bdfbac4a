using Hele.Civic.Appeals;
using Hele.Civic.Kernel;
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
        AppealState.Reopened => Ui.Tone.Refused,
        AppealState.Satisfied => Ui.Tone.Done,
        _ => Ui.Tone.Neutral,
    };

    public static Tone Tone(string eventKind) =>
        eventKind == AppealEvents.JudgedSatisfied.Code ? Ui.Tone.Done
        : eventKind == AppealEvents.JudgedDissatisfied.Code ? Ui.Tone.Refused
        : eventKind == AppealEvents.ReferredUp.Code || eventKind == AppealEvents.AnsweredFromAbove.Code || eventKind == AppealEvents.ReferralReceived.Code || eventKind == AppealEvents.ReferralAnswered.Code ? Ui.Tone.Progress
        : eventKind == AppealEvents.Accepted.Code || eventKind == AppealEvents.Answered.Code ? Ui.Tone.Progress
        : Ui.Tone.Neutral;

    public static string State(this Texts L, AppealState state) => L[Appeal.LifeCycle.StateTitle(state)];

    public static IHtmlContent Badge(this Texts L, AppealState state) => StateTagHelper.Badge(Tone(state), L.State(state));

    public static string State(this Texts L, ReferralState state) => L[Referral.LifeCycle.StateTitle(state)];

    public static IHtmlContent Badge(this Texts L, ReferralState state) => StateTagHelper.Badge(state switch { ReferralState.Answered => Ui.Tone.Done, ReferralState.Received => Ui.Tone.Progress, _ => Ui.Tone.Neutral }, L.State(state));

    /// <summary>The kind's title; a kind that is no longer in the table is shown by its code.</summary>
    public static string Kind(this Texts L, string code) => AppealKinds.Find(code) is { } kind ? L[kind.Title] : code;

    public static string Channel(this Texts L, Channel channel) => channel switch
    {
        Civic.Appeals.Channel.Counter => L["大厅代为登记"],
        Civic.Appeals.Channel.Paper => L["纸质"],
        _ => L["网上提交"],
    };

    public static string Number(this Texts L, string number) => L["诉求 {0}", number];

    public static IReadOnlyList<Option> Offered(this Texts L) => [.. AppealKinds.Offered.Select(k => new Option(k.Code, L[k.Title]))];

    /// <summary>"3 working days", with where it comes from.</summary>
    public static string Source(this Texts L, Rule rule) => L["{0}：{1}（{2}，{3}）", rule.Subject, rule.Limit, rule.Source, rule.SourceStatus.Text()];
}
