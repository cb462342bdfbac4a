using Hele.TestKit;
using Npgsql;
using Xunit;

namespace Hele.Tests.TestKit;

[Trait("Needs", "postgres")]
public class PostgresClusterTests
{
    [Fact]
    public void CreateDatabase_WithATemplate_CopiesItsRows()
    {
        var name = $"t{Guid.CreateVersion7():n}";
        var template = PostgresCluster.Shared.CreateDatabase(name);
        Run(template, "create table word(text text); insert into word values ('河畔里社区')");
        var copy = PostgresCluster.Shared.CreateDatabase(name + "c", template: name);
        Assert.Equal("河畔里社区", Run(copy, "select text from word"));
        Run(copy, "delete from word");
        Assert.Equal(1L, Run(template, "select count(*) from word"));
        PostgresCluster.Shared.DropDatabase(name + "c");
        Assert.False(PostgresCluster.Shared.HasDatabase(name + "c"));
        Assert.True(PostgresCluster.Shared.HasDatabase(name));
    }

    [Fact]
    public void KillPostmaster_OfADurableCluster_LosesNothingCommitted()
    {
        using var cluster = PostgresCluster.Create(durable: true);
        var database = cluster.CreateDatabase("kept");
        Run(database, "create table n(i int)");
        for (var round = 1; round <= 3; round++)
        {
            Run(database, $"insert into n values ({round})");
            cluster.KillPostmaster();
            Assert.False(cluster.Running);
            Assert.ThrowsAny<NpgsqlException>(() => Run(cluster.Connection("kept", pooling: false), "select 1"));
            cluster.Start();
            NpgsqlConnection.ClearAllPools();
            Assert.Equal((long)round, Run(database, "select count(*) from n"));
        }

        Assert.Equal("on", Run(database, "show fsync"));
        Assert.Equal("200", Run(database, "show max_connections"));
    }

    [Fact]
    public void Stop_ThenStart_KeepsThePort()
    {
        using var cluster = PostgresCluster.Create(durable: false);
        var database = cluster.CreateDatabase("again");
        cluster.Stop();
        cluster.Start();
        NpgsqlConnection.ClearAllPools();
        Assert.Equal("off", Run(database, "show fsync"));
    }

    private static object? Run(string connection, string sql)
    {
        using var open = new NpgsqlConnection(connection);
        open.Open();
        using var command = new NpgsqlCommand(sql, open);
        return command.ExecuteScalar();
    }
}
