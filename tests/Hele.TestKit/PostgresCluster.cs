using System.Diagnostics;
using System.Text;
using Npgsql;

namespace Hele.TestKit;

/// <summary>
/// A PostgreSQL server of the tests' own: a fresh cluster in a temporary folder, on its own loopback port, stopped when the run ends.
/// Take <see cref="Shared"/> (one per run, without fsync) unless the test kills the server or needs durability; then make one with
/// <c>Create(durable: true)</c> and dispose it.
/// </summary>
/// <remarks>The server refuses to run as root, so under root it runs as the user <c>postgres</c> that Debian's package makes.</remarks>
public sealed class PostgresCluster : IDisposable
{
    /// <summary>The superuser of the cluster; it owns what the tests create. The application's own role is the program's to make.</summary>
    public const string Owner = "owner";

    private static readonly Lazy<PostgresCluster> TheShared = new(() => Create(durable: false));
    private static readonly bool Root = Environment.IsPrivilegedProcess;

    private readonly string folder;
    private readonly bool durable;
    private readonly StringBuilder log = new();
    private readonly Lock gate = new();
    private Process? starter;
    private int postmaster;

    private PostgresCluster(string folder, bool durable)
    {
        this.folder = folder;
        this.durable = durable;
    }

    /// <summary>The one cluster of this run, started when first asked for. Make a database of your own in it.</summary>
    public static PostgresCluster Shared => TheShared.Value;

    /// <summary>Removes the shared cluster, if there was need of one: what it holds may be more than can be deleted in the seconds a program has to exit.</summary>
    public static void DisposeShared()
    {
        if (TheShared.IsValueCreated)
            TheShared.Value.Dispose();
    }

    public int Port { get; } = Ports.Free();

    /// <summary>Whether it was made with fsync and full durability.</summary>
    public bool Durable => durable;

    public bool Running => postmaster != 0;

    /// <summary>The last lines the server wrote.</summary>
    public string Log
    {
        get
        {
            lock (log)
                return log.ToString();
        }
    }

    /// <summary>The newest installed server's programs, or null.</summary>
    public static string? Programs { get; } = Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Select(d => Path.Combine(d, "bin")).Where(d => File.Exists(Path.Combine(d, "initdb")))
            .OrderByDescending(d => Version.TryParse(Path.GetFileName(Path.GetDirectoryName(d)) + ".0", out var v) ? v : new()).FirstOrDefault()
        : null;

    /// <summary>A new running cluster. With <paramref name="durable"/> it keeps every committed transaction through a kill.</summary>
    public static PostgresCluster Create(bool durable)
    {
        if (TestRun.Quick)
            throw new InvalidOperationException("./test quick runs on SQLite only: give this test [Trait(\"Needs\", \"postgres\")].");
        if (Programs is null)
            throw new InvalidOperationException("PostgreSQL is not installed (apt-get install postgresql).");
        var folder = durable ? Directory.CreateTempSubdirectory("hele-pg-").FullName : InMemory();
        var cluster = new PostgresCluster(folder, durable);
        ChildProcess.WhenTheRunEnds(cluster.Dispose);
        if (Root)
            ChildProcess.Run("chown", ["postgres", folder], TimeSpan.FromSeconds(10));
        ChildProcess.Run(AsServer(out var before), [.. before, Path.Combine(Programs, "initdb"), "-D", cluster.Data, "-E", "UTF8", "--locale=C.UTF-8", "-U", Owner, "--auth=trust", "--no-instructions", .. durable ? Array.Empty<string>() : ["--no-sync"]], TimeSpan.FromMinutes(2));
        cluster.Start();
        return cluster;
    }

    /// <summary>In memory where <c>./test</c> found the room: what needs no fsync needs no disk either, and a database is made in half the time.</summary>
    private static string InMemory() => Environment.GetEnvironmentVariable("HELE_TEST_MEMORY") is { Length: > 0 } memory
        ? Directory.CreateDirectory(Path.Combine(memory, $"hele-pg-{Guid.NewGuid():N}")).FullName
        : Directory.CreateTempSubdirectory("hele-pg-").FullName;

    /// <summary>Starts the server again after <see cref="Stop"/> or <see cref="KillPostmaster"/>, on the same port; returns when it answers.</summary>
    public void Start()
    {
        lock (gate)
        {
            if (postmaster != 0)
                return;
            var name = AsServer(out var before);
            var settings = new Dictionary<string, string>
            {
                ["port"] = $"{Port}",
                ["listen_addresses"] = "127.0.0.1",
                ["unix_socket_directories"] = folder,
                ["max_connections"] = "200",
                ["shared_buffers"] = "128MB",
                ["timezone"] = "UTC",
                ["log_min_messages"] = "warning",
                ["fsync"] = durable ? "on" : "off",
                ["synchronous_commit"] = durable ? "on" : "off",
                ["full_page_writes"] = durable ? "on" : "off",
                // Of hundreds of databases that live for a second each, it would visit one every tenth of a second.
                ["autovacuum"] = durable ? "on" : "off",
            };
            starter = Process.Start(ChildProcess.Info(name, [.. before, Path.Combine(Programs!, "postgres"), "-D", Data, .. settings.SelectMany(s => new[] { "-c", $"{s.Key}={s.Value}" })]))!;
            ChildProcess.Collect(starter, line =>
            {
                lock (log)
                {
                    if (log.Length > 200_000)
                        log.Remove(0, 100_000);
                    log.AppendLine(line);
                }
            });
            // setpriv replaces itself by the server, so the id we started is the postmaster's.
            postmaster = starter.Id;
            var limit = Stopwatch.StartNew();
            while (true)
            {
                try
                {
                    using var connection = new NpgsqlConnection(Connection("postgres", pooling: false));
                    connection.Open();
                    return;
                }
                catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException)
                {
                    if (!starter.HasExited && limit.Elapsed < TimeSpan.FromSeconds(60))
                    {
                        Thread.Sleep(50);
                        continue;
                    }

                    EndOfPostmaster(ChildProcess.Quit);
                    throw new InvalidOperationException($"The PostgreSQL server did not start in {limit.Elapsed.TotalSeconds:0} s:\n{Log}", e);
                }
            }
        }
    }

    /// <summary>A fast shutdown: sessions are ended, everything is written.</summary>
    public void Stop()
    {
        lock (gate)
            EndOfPostmaster(ChildProcess.Interrupt);
    }

    /// <summary>SIGKILL to the postmaster, as the kernel's memory killer would; returns when its backends are gone too. <see cref="Start"/> recovers.</summary>
    public void KillPostmaster()
    {
        lock (gate)
        {
            var backends = Children(postmaster);
            EndOfPostmaster(ChildProcess.Kill);
            // Backends notice the death of their parent by themselves. A new postmaster refuses to start while one holds the shared memory.
            var limit = Stopwatch.StartNew();
            while (backends.Any(b => Directory.Exists($"/proc/{b}")))
            {
                if (limit.Elapsed > TimeSpan.FromSeconds(5))
                    backends.ForEach(b => ChildProcess.Signal(b, ChildProcess.Kill));
                Thread.Sleep(10);
            }
        }
    }

    /// <summary>A new database, empty or a copy of <paramref name="template"/> (to which nobody may be connected). Returns its connection string.</summary>
    public string CreateDatabase(string name, string? template = null)
    {
        if (template is not null)
            NpgsqlConnection.ClearPool(new NpgsqlConnection(Connection(template)));
        Execute($"create database {Quoted(name)}{(template is null ? "" : $" template {Quoted(template)} strategy file_copy")}");
        return Connection(name);
    }

    /// <summary>Removes a database; connections to it are closed.</summary>
    public void DropDatabase(string name) => Execute($"drop database if exists {Quoted(name)} with (force)");

    /// <summary>Removes the database of a connection string, if it lies in the run's shared cluster; others go with theirs.</summary>
    public static void DropShared(string? connection)
    {
        if (connection is not null && TheShared.IsValueCreated && new NpgsqlConnectionStringBuilder(connection) is { } named && named.Port == Shared.Port)
            Shared.DropDatabase(named.Database!);
    }

    public bool HasDatabase(string name)
    {
        using var connection = new NpgsqlConnection(Connection("postgres"));
        connection.Open();
        using var command = new NpgsqlCommand("select exists (select from pg_database where datname = $1)", connection) { Parameters = { new() { Value = name } } };
        return (bool)command.ExecuteScalar()!;
    }

    /// <summary>A connection string, as <see cref="Owner"/> unless another role is named (the cluster trusts everyone on loopback).</summary>
    public string Connection(string database, string user = Owner, bool pooling = true) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = Port,
        Database = database,
        Username = user,
        Pooling = pooling,
        // Each test has its own database and so its own pool: a small one, or the server's connections run out.
        MaxPoolSize = 20,
        ConnectionIdleLifetime = 5,
        ConnectionPruningInterval = 2,
        Timeout = 15,
        IncludeErrorDetail = true,
    }.ConnectionString;

    public void Dispose()
    {
        lock (gate)
        {
            // Nothing in it is needed again, so not even a checkpoint is waited for.
            EndOfPostmaster(ChildProcess.Quit);
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }

        ChildProcess.Forget(Dispose);
    }

    private string Data => Path.Combine(folder, "data");

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"")}\"";

    private static string AsServer(out string[] before)
    {
        before = Root ? ["--reuid=postgres", "--regid=postgres", "--init-groups", "env", "HOME=/tmp"] : ["HOME=/tmp"];
        return Root ? "setpriv" : "env";
    }

    private void Execute(string sql)
    {
        using var connection = new NpgsqlConnection(Connection("postgres"));
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 120 };
        command.ExecuteNonQuery();
    }

    private void EndOfPostmaster(int signal)
    {
        if (postmaster == 0)
            return;
        ChildProcess.Signal(postmaster, signal);
        if (!starter!.WaitForExit(TimeSpan.FromSeconds(20)))
        {
            ChildProcess.Signal(postmaster, ChildProcess.Kill);
            starter.WaitForExit();
        }

        starter.Dispose();
        starter = null;
        postmaster = 0;
    }

    private static List<int> Children(int parent)
    {
        try
        {
            return [.. File.ReadAllText($"/proc/{parent}/task/{parent}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)];
        }
        catch (IOException)
        {
            return [];
        }
    }
}
