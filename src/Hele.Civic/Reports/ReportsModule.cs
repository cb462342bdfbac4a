using Hele.Civic.Kernel;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Microsoft.Extensions.DependencyInjection;

namespace Hele.Civic.Reports;

/// <summary>工作报告: writes from records. It may use every module, and no module uses it; it writes no facts and has no tables.</summary>
public sealed class ReportsModule : HeleModule
{
    public override Bilingual Title => ("工作报告", "Reports");

    public override void AddServices(IServiceCollection services) => services.AddScoped<AppealsSection>().AddScoped<OrganizationSection>().AddScoped<ReportWriter>().AddSingleton<CommunityFigures>();

    public override IEnumerable<Permission> Permissions => [CommunityFigures.Permission];
}
