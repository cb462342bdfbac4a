using Hele.Civic.Appeals;
using Hele.Civic.BreakGlass;
using Hele.Civic.Grids;
using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Figures;
using Hele.Civic.Platform.Imports;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Notices;
using Hele.Civic.Platform.Notices.Mail;
using Hele.Civic.Platform.Sealing;
using Hele.Civic.Platform.Storage;
using Hele.Civic.Reports;
using Hele.Web.Pages;
using Hele.Web.Pages.Account.Data;
using Hele.Web.Pages.Appeals;
using Hele.Web.Pages.BreakGlass;
using Hele.Web.Pages.Disclosures;
using Hele.Web.Pages.Grids;
using Hele.Web.Pages.Organizations;
using Hele.Web.Pages.Figures;
using Hele.Web.Pages.Imports;
using Hele.Web.Pages.Log.Check;
using Hele.Web.Pages.Notices;
using Hele.Web.Pages.People;
using Hele.Web.Pages.People.Requests;
using Hele.Web.Pages.Posts;
using Hele.Web.Pages.ServiceCircles;
using Hele.Web.Pages.Thanks;
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
            ChoosePlacePath = viewer is null && current.Jurisdiction is not null && (await services.GetRequiredService<Site>().Communities(context.RequestAborted)).Count > 1 ? "/?choose=1" : null,
            Account = viewer is null ? null : new AccountView(viewer.Name, await PostTitle(services, viewer)) { Links = [new(("我的信息", "My data"), MyDataModel.Path), new(("登录与安全", "Signing in"), AccessHosting.SecurityPath)], Places = await Places(services, viewer, language, context.RequestAborted) },
            Warning = viewer?.HoldsBothAdministrations == true ? BothAdministrations : null,
            Alarm = viewer is { Posts.Count: > 0 } && current.Jurisdiction is { } watched ? Alarm(services, viewer, watched.Code) : null,
            Messages = viewer is null ? [] : await Messages(services, viewer),
            Notices = viewer is null ? null : (NoticeLinks.List, await Unread(context, viewer)),
            SimulatedNow = services.GetRequiredService<StartOptions>().Demo is null ? null : services.GetRequiredService<TimeProvider>().Now(),
            Writing = services.GetRequiredService<DemoYear>().Progress is { } progress ? (progress.Done, progress.Total) : null,
            ReadOnly = services.GetRequiredService<LogService>().ReadOnlyReason ?? services.GetRequiredService<Database>().Standing?.Reason,
        };
    }

    /// <summary>Something says that the records here aren't what they were: the check of rows and log, or a witness.</summary>
    private static NavItem? Alarm(IServiceProvider services, Viewer viewer, string code)
    {
        var see = viewer.Has(LogCheck.See) ? CheckModel.Path : FigureLinks.Log;
        return services.GetRequiredService<LogCheck>().Last?.CountOf(code) is > 0 and var differs
            ? new NavItem(($"核对发现：有 {differs} 处记录和日志对不上，可能有人绕过程序改动过数据。", $"The check found {differs} place(s) where the records differ from the log: somebody may have changed data behind the program's back."), see)
            : services.GetRequiredService<Witnesses>().Of(code).FirstOrDefault(w => w.Refused) is { } refused
            ? new NavItem(($"见证人“{refused.Name}”拒绝签署：现在的日志不是它以前见过的那一本。", $"The witness “{refused.Name}” refuses to sign: the log isn't the one it saw before."), FigureLinks.Log) : null;
    }

    /// <summary>How many notices wait. Those whose record stands on this very page are read with it, by whichever way it was opened.</summary>
    private static async Task<int> Unread(HttpContext context, Viewer viewer)
    {
        var (services, modules) = (context.RequestServices, context.RequestServices.GetRequiredService<ModuleList>());
        var unread = await services.GetRequiredService<NoticeQueries>().Unread(viewer, context.RequestAborted);
        if (unread.Count == 0 || !HttpMethods.IsGet(context.Request.Method) || context.Response.StatusCode != StatusCodes.Status200OK || services.GetRequiredService<LogService>().ReadOnlyReason is not null)
            return NoticeQueries.Count(unread);
        var opened = unread.Where(n => RecordLinks.Of(modules.NoticeSources[n.Kind].SubjectFor(n.ToOther).Record, n.Code).Split('#')[0] == context.Request.Path).ToList();
        if (opened.Count > 0)
            await services.GetRequiredService<KeepNotices>().Opened(viewer, [.. opened.Select(n => n.Leaf)]);
        return NoticeQueries.Count(unread.Except(opened));
    }

    /// <summary>One person manages accounts and rights: allowed where there is nobody else, and never out of sight.</summary>
    private static readonly Bilingual BothAdministrations = ("您一人同时担任系统管理员和安全管理员，账号和权限没有第二个人把关。请尽快分给两个人。",
        "You are system and security administrator in one person: nobody else watches over accounts and rights. Please give one of the two to somebody else soon.");

    private static async Task<IReadOnlyList<NavItem>> Messages(IServiceProvider services, Viewer viewer)
    {
        var fmt = services.GetRequiredService<Fmt>();
        return [.. (await services.GetRequiredService<EmergencyQueries>().ToTell(viewer)).Select(t => new NavItem(t.Ward is { } ward
            ? ($"{fmt.DateTime(t.At)}，“{t.Post}”因紧急情况查看了{ward}的{t.What.Zh}。看理由和复核 →", $"On {fmt.DateTime(t.At)} “{t.Post}” opened the {t.What.En.ToLowerInvariant()} of {ward} in an emergency. See why →")
            : ($"{fmt.DateTime(t.At)}，“{t.Post}”因紧急情况查看了您的{t.What.Zh}。看理由和复核 →", $"On {fmt.DateTime(t.At)} “{t.Post}” opened your {t.What.En.ToLowerInvariant()} in an emergency. See why →"), EmergencyLinks.Of(t.Code)))];
    }

    private static IReadOnlyList<NavItem> Menu(Viewer? viewer)
    {
        var menu = new List<NavItem> { new(("首页", "Home"), "/") };
        if (viewer is not null && viewer.Level != JurisdictionLevel.Community)
        {
            if (viewer.Has(ReferralAccess.See))
                menu.Add(new(("上报事项", "Referrals"), AppealLinks.Referrals));
            if (viewer.Has(CommunityFigures.Permission))
                menu.Add(new(("各社区数字", "Communities"), "/communities"));
            return menu;
        }
        if (viewer?.Has(AppealAccess.List) == true)
        {
            menu.Add(new(("诉求", "Appeals"), "/appeals"));
            if (viewer.PostFor(AppealAccess.TakeDown) is not null)
                menu.Add(new(("登记", "Take down"), "/appeals/intake"));
            if (viewer.PostFor(CallbackAccess.Draw) is not null)
                menu.Add(new(("回访", "Call-backs"), AppealLinks.CallbackList));
            menu.Add(new(("数字", "Figures"), "/dashboard"));
            menu.Add(new(("工作报告", "Report"), "/report"));
            if (viewer.PostFor(PeopleAccess.List) is not null)
                menu.Add(new(("人员", "People"), PeopleLinks.List));
            if (viewer.PostFor(GridAccess.List) is not null)
                menu.Add(new(("楼栋", "Buildings"), GridLinks.Buildings));
            if (viewer.PostFor(StatedAccess.Check) is not null)
                menu.Add(new(("变动", "Changes"), StatedLinks.List));
            if (viewer.PostFor(ImportAccess.Import) is not null)
                menu.Add(new(("导入", "Import"), ImportLinks.List));
            if (viewer.PostFor(PeopleAccess.AnswerRequest) is not null)
                menu.Add(new(("信息请求", "Data requests"), DataRequestsModel.Path));
            if (viewer.PostFor(PurgeExpired.See) is not null)
                menu.Add(new(("保存期限", "Retention"), PeopleLinks.Retention));
        }
        else
        {
            menu.Add(new(("我要反映", "Raise an appeal"), "/appeals/new"));
            if (viewer?.Has(StatedAccess.Tell) == true)
                menu.Add(new(("我家", "My home"), StatedLinks.MyHome));
        }
        if (viewer?.PostFor(PostAccess.See) is not null)
            menu.Add(new(("岗位", "Posts"), PostLinks.List));
        if (viewer?.PostFor(EmergencyRights.Open) is not null || viewer?.PostFor(EmergencyRights.Review) is not null)
            menu.Add(new(("应急查看", "Break-glass"), EmergencyLinks.List));
        if (viewer?.PostFor(MailAccess.Keep) is not null)
            menu.Add(new(("邮件", "Mail"), NoticeLinks.Letters));
        menu.Add(new(("网格", "Grids"), GridLinks.Map));
        menu.Add(new(("服务圈", "Circle"), CircleLinks.Walk));
        menu.Add(new(("组织", "Bodies"), OrganizationLinks.All));
        menu.Add(new(("公开栏", "Board"), DisclosureLinks.Board));
        menu.Add(new(("感谢", "Thanks"), ThanksLinks.List));
        menu.Add(new(("办理公开", "Public list"), "/appeals/public"));
        return menu;
    }

    private static async Task<IReadOnlyList<PlaceChoice>> Places(IServiceProvider services, Viewer viewer, string language, CancellationToken cancel)
    {
        if (viewer.Places.Count < 2)
            return [];
        var db = await services.GetRequiredService<ReadSession>().Db(cancel);
        var directory = services.GetRequiredService<JurisdictionDirectory>();
        var places = new List<PlaceChoice>();
        foreach (var id in viewer.Places)
        {
            var place = await directory.Get(db, id, cancel);
            places.Add(new(id, language == Language.English ? place.NameEn : place.Name, id == viewer.JurisdictionId));
        }
        return places;
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
