using Hele.Civic.Kernel;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Figures;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Sealing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hele.Civic.ServiceCircles;

/// <summary>党群红色服务圈: within how many minutes' walk of whom residents live, on the community's own streets.</summary>
public sealed class ServiceCirclesModule : HeleModule
{
    public override Bilingual Title => ("服务圈", "Walking circle");

    public override void AddServices(IServiceCollection services) => services
        .AddSingleton<CircleEngine>().AddSingleton(s => new KeptAnswers<SitingAnswer>(kept: 100, atOnce: 4, s.GetRequiredService<TimeProvider>())).AddSingleton<KeepPoint>().AddSingleton<ClosePoint>().AddSingleton<KeepHelper>().AddSingleton<EndHelper>().AddSingleton<AddStreetMap>().AddSingleton<EndStreetMap>()
        .AddSingleton<DrawCorrection>().AddSingleton<EndCorrection>().AddSingleton<RecordReading>().AddScoped<CircleQueries>().AddScoped<SitingQueries>();

    public override void Map(ModelBuilder model) => ServiceCirclesMapping.Map(model);

    public override IEnumerable<EventKind> Events => CircleEvents.All;
    public override IEnumerable<Permission> Permissions => CircleAccess.All;
    public override IEnumerable<Figure> Figures => CircleFigures.All;
    public override IEnumerable<LifeFollower> LifeFollowers => [HelperFollow.Follower];

    public override IEnumerable<SubjectRows> AboutPeople =>
    [
        new(typeof(NearbyHelper), ("就近帮忙", "Helping nearby"), (db, person) => db.Set<NearbyHelper>().Where(h => h.PersonId == person).OrderByDescending(h => h.From),
            Erase: (row, _) => ((NearbyHelper)row).Erase(), Erased: CircleEvents.HelperErased, Beside: (scope, row) =>
            {
                // Nobody turns to somebody without a name.
                if (row is NearbyHelper { To: null } helper)
                    helper.EndOn(scope.Today, scope.Now);
                return Task.CompletedTask;
            }),
    ];
}
