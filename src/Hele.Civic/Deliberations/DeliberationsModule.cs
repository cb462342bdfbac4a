using Hele.Civic.Kernel;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hele.Civic.Deliberations;

public sealed class DeliberationsModule : HeleModule
{
    public override Bilingual Title => ("民主决策", "Deliberations");

    public override void AddServices(IServiceCollection services)
    {
        services.AddSingleton<AdoptMethod>();
        services.AddScoped<MethodQueries>();
    }

    public override void Map(ModelBuilder model) => AdoptedMethod.Map(model);

    public override IEnumerable<EventKind> Events => [AdoptMethod.Adopted];
    public override IEnumerable<Permission> Permissions => [AdoptMethod.Permission];
}
