using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Accounts;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Search;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

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

    /// <summary>Records of the scope by words, straight from the full-text index: what a list may show of them is the list's to ask.</summary>
    /// <param name="tokens">Facets that all must hold.</param>
    internal abstract Task<List<SearchHit>> Find(SearchQuery words, IReadOnlyList<string> tokens, SearchWindow window, CancellationToken cancel);

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

    /// <remarks>The index walks its rows in order, either way, so a page is found without finding all.</remarks>
    internal override async Task<List<SearchHit>> Find(SearchQuery words, IReadOnlyList<string> tokens, SearchWindow window, CancellationToken cancel)
    {
        await using var command = ((SqliteConnection)Database.GetDbConnection()).CreateCommand();
        command.Transaction = (SqliteTransaction?)Database.CurrentTransaction?.GetDbTransaction();
        var (beyond, order) = window.Upwards ? (">", "ASC") : ("<", "DESC");
        command.CommandText = $"""
            SELECT r."Id", r."RowId" FROM "SearchText" t JOIN "SearchRows" r ON r."Id" = t.rowid
            WHERE "SearchText" MATCH $0 AND ($1 IS NULL OR t.rowid {beyond} $1) AND r."JurisdictionId" IN (SELECT value FROM json_each($2)) ORDER BY t.rowid {order} LIMIT $3
            """;
        var scope = Scope.Length == 0 ? [Searchable.JurisdictionToken(0)] : Scope.Select(Searchable.JurisdictionToken);
        command.Parameters.AddWithValue("$0", string.Join(" AND ", [words.ToFts5(), .. tokens, $"({string.Join(" OR ", scope)})"]));
        command.Parameters.AddWithValue("$1", (object?)window.From ?? DBNull.Value);
        command.Parameters.AddWithValue("$2", $"[{string.Join(',', Scope)}]");
        command.Parameters.AddWithValue("$3", window.Most);
        var found = new List<SearchHit>();
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
            found.Add(new SearchHit(reader.GetInt64(0), new Guid(reader.GetFieldValue<byte[]>(1), bigEndian: true)));
        return found;
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

    /// <summary>The tokens lie in the row itself here, in a column that only this database has.</summary>
    internal const string Tokens = "Tokens";

    protected override void OnModelCreating(ModelBuilder model)
    {
        base.OnModelCreating(model);
        model.Entity<SearchRow>(e =>
        {
            e.Property<NpgsqlTsVector>(Tokens).NotPersonal();
            e.HasIndex(Tokens).HasMethod("gin");
        });
    }

    /// <remarks>By a function of the owner's: behind row-level security no full-text index can be used (the operator might leak), so the function repeats the fence itself.</remarks>
    internal override async Task<List<SearchHit>> Find(SearchQuery words, IReadOnlyList<string> tokens, SearchWindow window, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand($"""select "Id", "RowId" from {PostgresDatabase.Search}(to_tsquery('simple', $1), $2, $3, $4)""", (NpgsqlConnection)Database.GetDbConnection(),
            (NpgsqlTransaction?)Database.CurrentTransaction?.GetDbTransaction());
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = string.Join(" & ", [words.ToTsQuery(), .. tokens]) });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = window.From ?? long.MaxValue });
        command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = window.Upwards });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = window.Most });
        var found = new List<SearchHit>();
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
            found.Add(new SearchHit(reader.GetInt64(0), reader.GetGuid(1)));
        return found;
    }
}
