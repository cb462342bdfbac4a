using Hele.Civic.Kernel;
using Hele.Civic.Platform.Figures;
using Hele.Civic.Organizations;
using Hele.Civic.Reports;
using Hele.TestKit;
using Hele.Tests.Figures;
using Hele.Tests.Grids;
using Hele.Tests.Organizations;
using Hele.Tests.Thanks;
using Microsoft.Extensions.DependencyInjection;

namespace Hele.Tests.Reports;

/// <summary>Short ways to the report and its parts.</summary>
internal static class ReportSteps
{
    public static Task<Report> Report(this TestInstallation hele, Period period) => hele.Query<ReportWriter, Report>(w => w.Write(period));

    /// <summary>What one writer says.</summary>
    public static Task<ReportSection> Section<T>(this TestInstallation hele, Period period) where T : SectionWriter => hele.Query<IServiceProvider, ReportSection>(services =>
        services.GetServices<SectionWriter>().OfType<T>().Single().Write(new ReportDraft(services.GetRequiredService<FigureReader>(), period, hele.Clock.Today(), ("河西社区", "Hexi Community"))));

    public static string Text(this Report report, string language) =>
        string.Join('\n', report.Chapters.Select(c => c.Number.In(language) + c.Place.Title.In(language) + "\n" + string.Join(language == "en" ? " " : "", c.Sentences.Select(s => s.TextIn(language)))));

    /// <summary>Two grids with a building each, a branch, a team, a household, an honour, thanks, and three appeals: judged well, judged badly, not answered yet.</summary>
    public static async Task Furnish(this TestInstallation hele)
    {
        var (ma, zhou, zhao, liu) = (await hele.Viewer(TestPeople.Ma), await hele.Viewer(TestPeople.Zhou), await hele.Viewer(TestPeople.Zhao), await hele.Viewer(TestPeople.Liu));
        var (one, _, a, _) = await OrganizationTests.Ground(hele, ma);
        GridSteps.Ok(await hele.MoveIn(ma, a, "302", await hele.CodeOf(TestPeople.Liu)));
        await hele.Body(ma, BodyKind.PartyCommittee, "河西社区党委");
        await hele.Body(ma, BodyKind.GridBranch, "第一网格党支部", [one]);
        var team = await hele.Body(ma, BodyKind.ServiceTeam, "第一网格服务团队", [one]);
        GridSteps.Ok(await hele.Sit(ma, team, SeatKind.Cadre, await hele.CodeOf(TestPeople.Zhao)));
        GridSteps.Ok(await HonourTests.Record(hele, ma, "市五好社区党组织"));
        var thanks = GridSteps.Ok(await hele.Record(zhou));
        GridSteps.Ok(await hele.KeepThanks(ma, thanks));
        await hele.Finished(liu, zhao, satisfied: true);
        await hele.Finished(liu, zhao, satisfied: false);
        await hele.FileAppeal(liu);
    }
}
