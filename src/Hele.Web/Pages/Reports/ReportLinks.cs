using Hele.Civic.Reports;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Html;

namespace Hele.Web.Pages.Reports;

/// <summary>The addresses of what the report holds beside figures.</summary>
public static class ReportLinks
{
    public const string Stories = "/report/stories", NewStory = "/report/stories/new", Statements = "/report/statements", NewStatement = "/report/statements/new";

    public static string Story(string code) => Stories + "/" + code;
    public static string Statement(string code) => Statements + "/" + code;
    public static string StoryOf(StorySource source, string record) => $"{NewStory}?source={source}&record={Uri.EscapeDataString(record)}";
}

/// <summary>What the pages about stories and statements call things.</summary>
public static class ReportWords
{
    public static string Source(this Texts L, StorySource source) => source switch
    {
        StorySource.Appeal => L["诉求|one of them"],
        StorySource.Thanks => L["感谢|one of them"],
        _ => L["住户|one of them"],
    };

    public static string State(this Texts L, StoryState state) => L[ReportStory.LifeCycle.StateTitle(state)];
    public static string State(this Texts L, StatementState state) => L[ReportStatement.LifeCycle.StateTitle(state)];

    public static IHtmlContent Badge(this Texts L, StoryState state) => StateTagHelper.Badge(state switch
    {
        StoryState.Standing => Tone.Done,
        StoryState.Waiting => Tone.Progress,
        _ => Tone.Neutral,
    }, L.State(state));

    public static IHtmlContent Badge(this Texts L, StatementState state) => StateTagHelper.Badge(state switch
    {
        StatementState.Standing => Tone.Done,
        StatementState.Waiting => Tone.Progress,
        StatementState.Declined => Tone.Refused,
        _ => Tone.Neutral,
    }, L.State(state));

    public static IReadOnlyList<Option> Places(this Texts L) => [.. ReportPlaces.All.Select(p => new Option(p.Code, L[p.Place.Title]))];
}
