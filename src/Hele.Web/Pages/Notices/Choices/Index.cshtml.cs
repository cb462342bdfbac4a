using Hele.Civic.Platform.Notices;
using Hele.Civic.Platform.Rules;
using Hele.Civic.Platform.Storage;
using Hele.Civic.Kernel;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Notices.Choices;

/// <summary>How somebody wants to be told, group by group.</summary>
[SignedIn]
public sealed class ChoicesModel(NoticeQueries queries, KeepNotices keep, RuleReader rules, CurrentViewer current, TimeProvider clock, Texts L) : PageModel
{
    public const string Prefix = "way.";

    public IReadOnlyList<ChosenWay> Groups { get; private set; } = [];
    public int Hour { get; private set; }

    public static IEnumerable<NoticeWay> WaysOf(NoticeGroup group) => Enum.GetValues<NoticeWay>().Where(group.Allows);

    public async Task OnGetAsync() => await Load();

    public async Task<IActionResult> OnPostAsync()
    {
        var ways = Request.Form.Where(f => f.Key.StartsWith(Prefix, StringComparison.Ordinal))
            .ToDictionary(f => f.Key[Prefix.Length..], f => Enum.GetNames<NoticeWay>().Contains(f.Value.ToString()) ? Enum.Parse<NoticeWay>(f.Value.ToString()) : (NoticeWay?)null);
        if (await keep.Choose(current.Required, ways) is { } problem)
        {
            await Load();
            return this.Refused(problem);
        }
        this.Say(L["已保存。"]);
        return Redirect(NoticeLinks.List);
    }

    private async Task Load()
    {
        Groups = await queries.Choices(current.Required, HttpContext.RequestAborted);
        Hour = (await rules.On(current.Jurisdiction!, "notices.digest", clock.Today(), HttpContext.RequestAborted)).Amount;
    }
}
