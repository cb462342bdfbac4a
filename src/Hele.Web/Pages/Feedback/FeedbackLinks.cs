using Hele.Civic.Feedback;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Html;

namespace Hele.Web.Pages.Feedback;

/// <summary>The addresses of what is said about Hele.</summary>
public static class FeedbackLinks
{
    public const string List = "/feedback", New = "/feedback/new";

    public static string Of(string code) => "/feedback/" + code;

    /// <summary>The form, knowing from which page it is opened: which page, and nothing of what is looked at there. Such a path holds nothing that an address would have to escape.</summary>
    public static string From(HttpContext context) => FeedbackNote.PageOf(LocalPath.Current(context)) is { } page ? New + "?from=" + page : New;
}

public static class FeedbackWords
{
    public static string Kind(this Texts L, FeedbackKind kind) => kind switch
    {
        FeedbackKind.Complaint => L["投诉"],
        FeedbackKind.Wish => L["希望改进"],
        FeedbackKind.Broken => L["用不了"],
        _ => L["要填的太多"],
    };

    public static string Hint(this Texts L, FeedbackKind kind) => kind switch
    {
        FeedbackKind.Complaint => L["和乐让您不满意的地方"],
        FeedbackKind.Wish => L["您想要它怎样"],
        FeedbackKind.Broken => L["打不开、出错、看不懂"],
        _ => L["重复填、没有用的表，都请说出来"],
    };

    public static string Aside(this Texts L, AsideReason reason) => reason switch
    {
        AsideReason.NotAboutHele => L["说的不是和乐的事"],
        AsideReason.OnlyPersonal => L["去掉个人信息就说不清"],
        _ => L["只有辱骂，或者看不出说什么"],
    };

    public static string State(this Texts L, FeedbackState state) => L[FeedbackNote.LifeCycle.StateTitle(state)];

    public static IHtmlContent Badge(this Texts L, FeedbackState state) => StateTagHelper.Badge(state switch
    {
        FeedbackState.Answered or FeedbackState.AnsweredAgain => Tone.Done,
        FeedbackState.Contested => Tone.Progress,
        _ => Tone.Neutral,
    }, L.State(state));
}
