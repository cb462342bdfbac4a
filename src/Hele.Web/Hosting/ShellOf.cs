using Hele.Civic.Appeals;
using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Figures;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;
using Hele.Web.Pages.Account.Data;
using Hele.Web.Pages.People.Requests;
using Hele.Web.Ui;
using Microsoft.EntityFrameworkCore;

namespace Hele.Web.Hosting;

/// <summary>What stands around a page for this viewer: the menu of their posts, their name, the banners.</summary>
public static class ShellOf
{
    public static async ValueTask<ShellModel> Request(HttpContext context)
    {
        var services = context.RequestServices;
        var current = services.GetRequiredService<CurrentViewer>();
        var language = Language.Of(context);
        var viewer = current.Viewer;
        return new ShellModel
        {
            Jurisdiction = current.Jurisdiction is { } j ? (language == Language.English ? j.NameEn : j.Name) : null,
            Navigation = Menu(viewer),
            Account = viewer is null ? null : new AccountView(viewer.Name, await PostTitle(services, viewer)) { Links = [new(("我的信息", "My data"), MyDataModel.Path), new(("登录与安全", "Signing in"), AccessHosting.SecurityPath)] },
            SimulatedNow = services.GetRequiredService<StartOptions>().Demo is null ? null : services.GetRequiredService<TimeProvider>().Now(),
            ReadOnly = services.GetRequiredService<LogService>().ReadOnlyReason,
        };
    }

    private static IReadOnlyList<NavItem> Menu(Viewer? viewer)
    {
        var menu = new List<NavItem> { new(("首页", "Home"), "/") };
        if (viewer?.Has(AppealAccess.List) == true)
        {
            menu.Add(new(("诉求", "Appeals"), "/appeals"));
            if (viewer.PostFor(AppealAccess.TakeDown) is not null)
                menu.Add(new(("大厅登记", "Counter"), "/appeals/intake"));
            menu.Add(new(("数字", "Figures"), "/dashboard"));
            menu.Add(new(("工作报告", "Report"), "/report"));
            if (viewer.PostFor(PeopleAccess.AnswerRequest) is not null)
                menu.Add(new(("信息请求", "Data requests"), DataRequestsModel.Path));
        }
        else
        {
            menu.Add(new(("我要反映", "Raise an appeal"), "/appeals/new"));
        }
        menu.Add(new(("办理公开", "Public list"), "/appeals/public"));
        return menu;
    }

    private static async Task<string?> PostTitle(IServiceProvider services, Viewer viewer)
    {
        if (viewer.Posts.Count == 0)
            return null;
        var db = await services.GetRequiredService<ReadSession>().Db();
        var post = viewer.Posts[0].PostId;
        return await db.Set<Post>().Where(p => p.Id == post).Select(p => p.Title).SingleOrDefaultAsync();
    }
}
