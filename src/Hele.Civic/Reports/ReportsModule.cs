using Hele.Civic.Kernel;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Microsoft.Extensions.DependencyInjection;

namespace Hele.Civic.Reports;

/// <summary>工作报告: writes from records. It may use every module, and no module uses it; it writes no facts and has no tables.</summary>
public sealed class ReportsModule : HeleModule
{
    public override Bilingual Title => ("工作报告", "Reports");

    public override void AddServices(IServiceCollection services) => services
        // What writes the places of the report. A place without a writer says that there are no records; a module's first figures bring one.
        .AddScoped<SectionWriter, ProfileSection>().AddScoped<SectionWriter, BranchesSection>().AddScoped<SectionWriter, TeamsSection>().AddScoped<SectionWriter, AppealsSection>().AddScoped<SectionWriter, DisclosuresSection>().AddScoped<SectionWriter, HonoursSection>()
        .AddScoped<ReportWriter>().AddSingleton<CommunityFigures>();

    public override IEnumerable<Permission> Permissions => [CommunityFigures.Permission];
}
