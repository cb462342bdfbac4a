using Hele.Civic.Kernel;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hele.Civic.Jurisdictions;

public sealed class JurisdictionsModule : HeleModule
{
    public override Bilingual Title => ("辖区", "Jurisdictions");

    public override IEnumerable<EventKind> Events => [OpenJurisdiction.Opened, OpenJurisdiction.OpenedSimulated];

    public override void AddServices(IServiceCollection services) => services.AddSingleton<OpenJurisdiction>();

    public override void Map(ModelBuilder model) => model.Entity<LogOpening>(e =>
    {
        e.ToTable("LogOpenings");
        e.Property(x => x.Id).NotPersonal();
        e.Property(x => x.Code).HasMaxLength(Jurisdiction.CodeLength).NotPersonal();
        e.Property(x => x.Name).HasMaxLength(Jurisdiction.NameLength).NotPersonal();
        e.Property(x => x.Origin).HasMaxLength(Jurisdiction.OriginLength).NotPersonal();
        e.Property(x => x.TimesAreSimulated).NotPersonal();
        e.HasIndex(x => x.JurisdictionId).IsUnique();
    });
}
