using Hele.Civic.Kernel;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Extensions.Options;

namespace Hele.Web.Ui;

/// <summary>One entry of a menu.</summary>
/// <param name="Href">A local path. When no item is marked, the layout marks the one whose path is the longest beginning of the request's.</param>
public sealed record NavItem(Bilingual Text, string Href, bool Current = false);

/// <summary>Who is signed in, as the header shows it.</summary>
/// <param name="Name">The person's name (data, not translated).</param>
/// <param name="Post">The post they act in, if any.</param>
public sealed record AccountView(string Name, string? Post = null)
{
    /// <summary>Further entries of the account menu, above "sign out".</summary>
    public IReadOnlyList<NavItem> Links { get; init; } = [];

    /// <summary>The places this account can work in, when there are several; each is chosen with a POST.</summary>
    public IReadOnlyList<PlaceChoice> Places { get; init; } = [];
}

/// <param name="Name">Data, already in the reader's language.</param>
public sealed record PlaceChoice(int Id, string Name, bool Current);

/// <summary>What stands around every page. Made once per request by <see cref="HeleUiOptions.Shell"/>.</summary>
public sealed record ShellModel
{
    public static readonly ShellModel Empty = new();

    /// <summary>The community's (or sub-district's) name; data. Null: only the program's name is shown.</summary>
    public string? Jurisdiction { get; init; }

    /// <summary>Where somebody who isn't signed in chooses another community; null when there is no choice.</summary>
    public string? ChoosePlacePath { get; init; }

    /// <summary>The main menu. May be the same list for everyone in the same post: nothing in it depends on the request.</summary>
    public IReadOnlyList<NavItem> Navigation { get; init; } = [];

    /// <summary>Null: nobody is signed in, and the header offers "sign in".</summary>
    public AccountView? Account { get; init; }

    public string SignInPath { get; init; } = "/sign-in";

    /// <summary>Takes a POST with an antiforgery token.</summary>
    public string SignOutPath { get; init; } = "/sign-out";

    /// <summary>The demo's clock; not null shows the banner that says that time is simulated.</summary>
    public DateTimeOffset? SimulatedNow { get; init; }

    /// <summary>How far the demo's year is written; null when nothing is being written.</summary>
    public (int Done, int Total)? Writing { get; init; }

    /// <summary>Why nothing can be written at the moment; null when everything can.</summary>
    public Bilingual? ReadOnly { get; init; }

    /// <summary>What this person must be reminded of on every page; null for nearly everybody.</summary>
    public Bilingual? Warning { get; init; }

    /// <summary>The records differ from the log: on every page of whoever holds a post, until a later check is green.</summary>
    public NavItem? Alarm { get; init; }

    /// <summary>What this person is to be told, each with the page about it, until they say that they know.</summary>
    public IReadOnlyList<NavItem> Messages { get; init; } = [];

    /// <summary>Where one's notices are, with how many wait to be looked at; null when nobody is signed in.</summary>
    public (string Path, int Unread)? Notices { get; init; }

    /// <summary>The footer's links.</summary>
    public IReadOnlyList<NavItem> Footer { get; init; } =
    [
        new(("记录如何防篡改", "What the log proves"), "/log"),
        new(("规则与期限", "Rules and deadlines"), "/rules"),
        new(("对和乐的意见和答复", "What is said about Hele"), "/feedback"),
    ];
}

public sealed class HeleUiOptions
{
    /// <summary>Makes the shell of a request. Called at most once per request, and only when a page is rendered.</summary>
    public Func<HttpContext, ValueTask<ShellModel>> Shell { get; set; } = static _ => ValueTask.FromResult(ShellModel.Empty);
}

/// <summary>The shell of this request, for the layout.</summary>
public sealed class Shell(IHttpContextAccessor accessor, IOptions<HeleUiOptions> options, ILogger<Shell> log)
{
    private ShellModel? made;

    public async ValueTask<ShellModel> Get()
    {
        if (made is not null)
            return made;
        var context = accessor.HttpContext!;
        try
        {
            return made = await options.Value.Shell(context);
        }
        catch (Exception e) when (context.Features.Get<IExceptionHandlerFeature>() is not null)
        {
            // The page that reports a failure must not fail for the same reason (say, no database).
            log.LogWarning(e, "The error page is shown without its menu.");
            return made = ShellModel.Empty;
        }
    }

    /// <summary>The item to mark as the current page: the marked one, else the longest path the request's path begins with.</summary>
    public static NavItem? CurrentOf(IReadOnlyList<NavItem> items, PathString path) =>
        items.FirstOrDefault(i => i.Current)
        ?? items.Where(i => i.Href == path.Value || (i.Href != "/" && path.StartsWithSegments(i.Href))).MaxBy(i => i.Href.Length);
}
