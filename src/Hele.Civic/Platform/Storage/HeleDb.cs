using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Accounts;
using Hele.Civic.Platform.Journal;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Hele.Civic.Platform.Storage;

/// <summary>A row behind the jurisdiction fence: owned records and the journal's own tables.</summary>
public interface IFenced
{
    int JurisdictionId { get; }
}

/// <summary>
/// The one model, for both databases. It shows only rows of <see cref="Scope"/>; a context that was given no scope shows nothing.
/// Operations get theirs from the writer, queries from a <see cref="ReadSession"/>.
/// </summary>
public abstract class HeleDb(DbContextOptions options) : DbContext(options)
{
    public const string JurisdictionFilter = "jurisdiction";

    /// <summary>The jurisdictions this context may read. Set at every lease: contexts are pooled.</summary>
    public int[] Scope { get; internal set; } = [];

    /// <summary>True for the writer's own contexts, whose transaction is the group's.</summary>
    internal bool IsWriter { get; set; }

    public DbSet<Jurisdiction> Jurisdictions => Set<Jurisdiction>();
    public DbSet<Account> Accounts => Set<Account>();

    protected override void OnModelCreating(ModelBuilder model)
    {
        PlatformMapping.Map(model);
        foreach (var module in this.GetService<ModuleList>().All)
            module.Map(model);

        foreach (var type in model.Model.GetEntityTypes().ToList())
        {
            if (typeof(Owned).IsAssignableFrom(type.ClrType) || typeof(IFenced).IsAssignableFrom(type.ClrType))
                GetType().BaseType!.GetMethod(nameof(Fence), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Instance)!
                    .MakeGenericMethod(type.ClrType).Invoke(this, [model]);
        }
    }

    private void Fence<T>(ModelBuilder model) where T : class
    {
        if (typeof(Owned).IsAssignableFrom(typeof(T)))
            PersonalDataMapping.Register(model.Entity<T>().Property(nameof(Owned.JurisdictionId)).Metadata, new DataUse(DataClass.None));
        model.Entity<T>().HasQueryFilter(JurisdictionFilter, e => Scope.Contains(EF.Property<int>(e, nameof(Owned.JurisdictionId))));
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder conventions)
    {
        conventions.Conventions.Add(_ => new JurisdictionKeyConvention());
        // Enums are stored by name: a row stays readable, and renumbering an enum can't rewrite history.
        conventions.Conventions.Add(_ => new EnumNameConvention());
        conventions.Properties<string>().HaveMaxLength(200);
    }
}

/// <summary>The default database: one file beside the program.</summary>
public sealed class SqliteHele(DbContextOptions<SqliteHele> options) : HeleDb(options)
{
    protected override void ConfigureConventions(ModelConfigurationBuilder conventions)
    {
        base.ConfigureConventions(conventions);
        conventions.Properties<Guid>().HaveConversion<GuidBytes>();
        conventions.Properties<DateTimeOffset>().HaveConversion<InstantTicks>();
    }
}

/// <summary>The database for districts.</summary>
public sealed class PostgresHele(DbContextOptions<PostgresHele> options) : HeleDb(options)
{
    protected override void ConfigureConventions(ModelConfigurationBuilder conventions)
    {
        base.ConfigureConventions(conventions);
        conventions.Properties<DateTimeOffset>().HaveConversion<InstantUtc>();
    }
}
