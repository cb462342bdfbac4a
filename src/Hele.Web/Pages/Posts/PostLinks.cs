using Hele.Civic.Appeals;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Web.Pages.Appeals;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Html;

namespace Hele.Web.Pages.Posts;

/// <summary>The addresses of the posts' pages.</summary>
public static class PostLinks
{
    public const string List = "/posts", New = "/posts/new";

    public static string Of(string code) => "/posts/" + code;

    /// <summary>The page of a record that hangs on a post.</summary>
    public static string Hanging(Type entity, string code) => entity == typeof(Appeal) ? AppealLinks.Matter(code)
        : entity == typeof(AppealJoint) ? AppealLinks.Joint(code)
        : throw new ArgumentOutOfRangeException(nameof(entity), entity, "A record of this kind can hang on a post, and nobody has said where its page is.");
}

/// <summary>How the pages say where a post stands.</summary>
public static class PostWords
{
    public static string State(this Texts L, PostState state) => L[Post.LifeCycle.StateTitle(state)];

    public static IHtmlContent Badge(this Texts L, PostState state) => StateTagHelper.Badge(state switch
    {
        PostState.Proposed => Tone.Progress,
        PostState.Confirmed => Tone.Done,
        PostState.Refused => Tone.Refused,
        _ => Tone.Neutral,
    }, L.State(state));

    public static string Scope(this Texts L, string code) => Civic.Modules.All.PostScopes.FirstOrDefault(s => s.Code == code) is { } scope ? L[scope.Title] : code;

    public static string Term(this Texts L, Fmt fmt, DateOnly from, DateOnly? to) => to is { } last ? L["{0}至{1}", fmt.Date(from), fmt.Date(last)] : L["{0}起", fmt.Date(from)];
}
