using Hele.Civic.Kernel;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Figures;
using Hele.Civic.Platform.Journal;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hele.Civic.Appeals;

public sealed class AppealsModule : HeleModule
{
    public override Bilingual Title => ("诉求", "Appeals");

    public override void AddServices(IServiceCollection services)
    {
        services.AddSingleton<FileAppeal>();
        services.AddSingleton<AcceptAppeal>();
        services.AddSingleton<AnswerAppeal>();
        services.AddSingleton<JudgeAppeal>();
        services.AddScoped<AppealQueries>();
    }

    public override void Map(ModelBuilder model) => AppealMapping.Map(model);

    public override IEnumerable<EventKind> Events =>
        [AppealEvents.Filed, AppealEvents.TakenDown, AppealEvents.Accepted, AppealEvents.Answered, AppealEvents.JudgedSatisfied, AppealEvents.JudgedDissatisfied, AppealEvents.AnswerWritten, AppealEvents.VerdictGiven];

    public override IEnumerable<Permission> Permissions => AppealAccess.All;
    public override IEnumerable<Figure> Figures => AppealFigures.All;
    public override IEnumerable<Transitions> LifeCycles => [Appeal.LifeCycle];
}
