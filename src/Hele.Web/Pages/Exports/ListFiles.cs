using System.Collections.Frozen;
using Hele.Civic.Kernel;
using Hele.Web.Hosting;
using Hele.Web.Pages.Appeals.List;
using Hele.Web.Pages.Appeals.Public;
using Hele.Web.Pages.Appeals.Referrals;
using Hele.Web.Pages.BreakGlass.List;
using Hele.Web.Pages.Disclosures;
using Hele.Web.Pages.Feedback.Public;
using Hele.Web.Pages.Figures;
using Hele.Web.Pages.GridPlanning;
using Hele.Web.Pages.Grids;
using Hele.Web.Pages.Grids.Buildings;
using Hele.Web.Pages.Imports.List;
using Hele.Web.Pages.Organizations.Away;
using Hele.Web.Pages.Organizations.Honours;
using Hele.Web.Pages.People.Requests;
using Hele.Web.Pages.People.Retention;
using Hele.Web.Pages.Posts.List;
using Hele.Web.Pages.Rules;
using Hele.Web.Pages.ServiceCircles;
using Hele.Web.Pages.ServiceCircles.Uncovered;
using Hele.Web.Pages.Thanks.Public;
using Hele.Web.Pages.Thanks.Records;
using Hele.Web.Ui;

namespace Hele.Web.Pages.Exports;

/// <summary>Every list that leaves as a file. Those about nobody are answered here at once; those about people have a page each (<see cref="ExportPage"/>).</summary>
public static class ListFiles
{
    private static readonly FrozenDictionary<string, Bilingual> Names = new Dictionary<string, Bilingual>
    {
        ["appeals"] = ("诉求", "Appeals"), ["referrals"] = ("上报事项", "Referrals"), ["posts"] = ("岗位", "Posts"), ["households"] = ("住户", "Households"), ["people"] = ("人员登记", "People"), ["data-requests"] = ("个人信息请求", "Requests about data"),
        ["break-glass"] = ("应急查看", "Break-glass"), ["feedback.to-answer"] = ("等答复的意见", "Feedback to answer"), ["imports"] = ("导入过的台账", "Ledgers imported"), ["exports"] = ("导出记录", "Exports"), ["honours"] = ("荣誉", "Honours"), ["thanks.records"] = ("锦旗和感谢登记", "Register of thanks"), ["circle.uncovered"] = ("走不到服务点的住户", "Households beyond the walking circle"), ["absences"] = ("不在岗和代班", "Absences and stand-ins"),
    }.ToFrozenDictionary();

    /// <summary>What a list in the history of exports is called.</summary>
    public static Bilingual NameOf(string code) => Names.TryGetValue(code, out var name) ? name : (code, code);

    public static void AddListFiles(this IServiceCollection services)
    {
        services.AddScoped<ExportDesk>();
        services.AddScoped<AppealFile>();
        services.AddScoped<PublicAppealFile>();
        services.AddScoped<ReferralFile>();
        services.AddScoped<PostFile>();
        services.AddScoped<BuildingFile>();
        services.AddScoped<HouseholdFile>();
        services.AddScoped<DataRequestFile>();
        services.AddScoped<EmergencyFile>();
        services.AddScoped<FeedbackFile>();
        services.AddScoped<FeedbackToAnswerFile>();
        services.AddScoped<ImportFile>();
        services.AddScoped<RulesFile>();
        services.AddScoped<RetentionFile>();
        services.AddScoped<FigureRecordsFile>();
        services.AddScoped<ReportFile>();
        services.AddScoped<ExportHistoryFile>();
        services.AddScoped<HonourFile>();
        services.AddScoped<ThanksFile>();
        services.AddScoped<ThanksRecordsFile>();
        services.AddScoped<AbsenceFile>();
        services.AddScoped<CircleFile>();
        services.AddScoped<PlanFile>();
        services.AddScoped<SitingFile>();
        services.AddScoped<UncoveredFile>();
        services.AddScoped<BoardFile>();
        services.AddScoped<DeskFile>();
    }

    public static void MapListFiles(this IEndpointRouteBuilder app)
    {
        Map<BuildingFile>(app, GridLinks.BuildingsFile, new NeedsAttribute("place.list"));
        Map<RetentionFile>(app, RetentionFile.Path, new NeedsAttribute("retention.see"));
        Map<FigureRecordsFile>(app, "/figures/{id}/records.xlsx", new NeedsAttribute("appeal.list"));
        Map<ReportFile>(app, "/report/figures.xlsx", new NeedsAttribute("appeal.list"));
        Map<PublicAppealFile>(app, PublicAppealFile.Path, new PublicAttribute());
        Map<FeedbackFile>(app, FeedbackFile.Path, new PublicAttribute());
        Map<ThanksFile>(app, ThanksFile.Path, new PublicAttribute());
        Map<RulesFile>(app, RulesFile.Path, new PublicAttribute());
        Map<CircleFile>(app, CircleLinks.List, new PublicAttribute());
        Map<SitingFile>(app, CircleLinks.SitingList, new NeedsAttribute("circle.try"));
        Map<PlanFile>(app, PlanLinks.List, new NeedsAttribute("plan.try"));
        Map<BoardFile>(app, BoardFile.Path, new PublicAttribute());
        Map<DeskFile>(app, DeskFile.Path, new NeedsAttribute("disclosure.see"));
    }

    private static void Map<T>(IEndpointRouteBuilder app, string path, object policy) where T : ListFile =>
        app.MapGet(path, async (T list, ExportDesk desk, SearchWords words, CurrentViewer current, Texts L, HttpContext context) =>
        {
            var cancel = context.RequestAborted;
            if (current.Jurisdiction is null || await list.Read(new(context.Request, words), cancel) is not { } content)
                return Results.NotFound();
            context.Response.Headers.CacheControl = "no-store";
            return await desk.Make(content, list.Needs, cancel: cancel) is { } file ? Results.File(file.Bytes, Workbook.Type, file.Name)
                : Results.Text(L[Civic.Platform.Exports.ExportProblems.TooLarge.With(ExportDesk.MostRows).Sentence], statusCode: StatusCodes.Status413PayloadTooLarge);
        }).WithMetadata(policy);
}
