using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.Extensions.DependencyInjection;

namespace Hele.Civic;

/// <summary>Lets <c>dotnet ef migrations</c> build the two models without a database.</summary>
internal sealed class SqliteDesignTime : IDesignTimeDbContextFactory<SqliteHele>
{
    public SqliteHele CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<SqliteHele>()
        .UseApplicationServiceProvider(DesignTime.Services).UseSqlite("Data Source=:memory:", SqliteDatabase.Common).Options);
}

internal sealed class PostgresDesignTime : IDesignTimeDbContextFactory<PostgresHele>
{
    public PostgresHele CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<PostgresHele>()
        .UseApplicationServiceProvider(DesignTime.Services).UseNpgsql("Host=127.0.0.1", PostgresDatabase.Common).Options);
}

file static class DesignTime
{
    public static readonly IServiceProvider Services = new ServiceCollection().AddSingleton(Modules.All).BuildServiceProvider();
}
