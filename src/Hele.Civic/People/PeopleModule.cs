using Hele.Civic.Kernel;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Accounts;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hele.Civic.People;

public sealed class PeopleModule : HeleModule
{
    private const string Purpose = "knowing who raises, handles and judges a matter";
    private const string Basis = "居委法2025; PIPL 13(3)"; // not spoken: a citation
    private const string Retention = "while they live or serve here; then with the archive of their matters";

    public override Bilingual Title => ("人员", "People");

    public override IEnumerable<EventKind> Events => [RegisterPerson.Registered, RegisterPerson.PostGiven];

    public override void AddServices(IServiceCollection services)
    {
        services.AddSingleton<RegisterPerson>();
        services.AddSingleton<Viewers>();
    }

    public override void Map(ModelBuilder model)
    {
        model.Entity<Person>(e =>
        {
            e.ToTable("People");
            e.Property(x => x.Id).PersonReference();
            e.Property(x => x.Name).HasMaxLength(Person.NameLength).Personal(Purpose, Basis, Retention);
            e.Property(x => x.Address).HasMaxLength(Person.AddressLength).Personal(Purpose, Basis, Retention);
            e.Property(x => x.AccountId).PersonReference();
            e.HasOne<Account>().WithMany().HasForeignKey(x => x.AccountId).OnDelete(DeleteBehavior.Restrict);
            e.HasIndex(x => new { x.JurisdictionId, x.AccountId }).IsUnique();
        });
        model.Entity<Post>().HasOne<Person>().WithMany().HasForeignKey(x => x.PersonId);
    }
}
