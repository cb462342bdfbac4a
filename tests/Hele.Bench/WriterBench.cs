using System.Diagnostics;
using System.Threading.Channels;
using Hele.Civic.Appeals;
using Hele.Civic.Kernel;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Files;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;
using Hele.TestKit;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Hele.Bench;

/// <summary>
/// A durable act (one appeal filed, with everything it writes) over the one path every operation uses, against a bare group-commit writer with
/// prepared commands that writes the same rows to the same schema on the same disk in the same run.
/// </summary>
public static class WriterBench
{
    internal static readonly TimeSpan Length = TimeSpan.FromSeconds(3);
    internal static readonly int[] Callers = [1, 8, 32, 64];

    public static async Task Run(TextWriter output, bool postgres)
    {
        await using var hele = await TestInstallation.Create(TestDatabase.Sqlite);
        var liu = await hele.Viewer(TestPeople.Liu);
        await File_(hele, hele.Get<Writer>(), liu, 8, TimeSpan.FromSeconds(2)); // warm up

        var sync = await SyncTime(hele.Options.DataDirectory);
        output.WriteLine($"one sync (append 4 KiB and fsync, median of 200): f = {sync.TotalMilliseconds:F3} ms");
        output.WriteLine("SQLite, acts per second, three rounds interleaved, medians");
        output.WriteLine($"{"callers",8} {"raw",9} {"Hele",9} {"ratio",7} {"one tx/act",11} {"gain",6} {"group n",8} {"e ms",7} {"possible",9} {"share",6} {"p99 ms",7}");
        await using var single = new Writer(hele.Database, hele.Clock, hele.Log, hele.Get<ModuleList>(), groupLimit: 1);
        await using var raw = await RawWriter.Open(hele, liu);
        await raw.Load(8, TimeSpan.FromSeconds(1));
        foreach (var callers in Callers)
        {
            var rounds = new List<(Rate Raw, Rate Hele, Rate Single)>();
            for (var round = 0; round < 3; round++)
                rounds.Add((await raw.Load(callers, Length), await File_(hele, hele.Get<Writer>(), liu, callers, Length), await File_(hele, single, liu, callers, Length)));
            var r = Median(rounds.Select(x => x.Raw));
            var h = Median(rounds.Select(x => x.Hele));
            var s = Median(rounds.Select(x => x.Single));
            var gain = h.PerSecond / s.PerSecond;
            var (f, e, n) = (sync.TotalMilliseconds, h.CpuMilliseconds, h.GroupSize);
            var possible = (f + e) / (f / n + e);
            output.WriteLine($"{callers,8} {r.PerSecond,9:F0} {h.PerSecond,9:F0} {h.PerSecond / r.PerSecond,7:F2} {s.PerSecond,11:F0} {gain,6:F2} {n,8:F1} {e,7:F3} {possible,9:F2} {gain / possible,6:F2} {h.P99,7:F1}");
        }
        if (!postgres)
            return;

        using var cluster = PostgresCluster.Create(durable: true);
        await using var pg = await TestInstallation.Create(TestDatabase.Postgres, cluster);
        var pgLiu = await pg.Viewer(TestPeople.Liu);
        await File_(pg, pg.Get<Writer>(), pgLiu, 8, TimeSpan.FromSeconds(2));
        await using var pgSingle = new Writer(pg.Database, pg.Clock, pg.Log, pg.Get<ModuleList>(), groupLimit: 1);
        output.WriteLine("PostgreSQL (fsync on), one jurisdiction, acts per second");
        output.WriteLine($"{"callers",8} {"Hele",9} {"one tx/act",11} {"gain",6} {"group n",8} {"p99 ms",7}");
        foreach (var callers in Callers)
        {
            var h = await File_(pg, pg.Get<Writer>(), pgLiu, callers, Length);
            var s = await File_(pg, pgSingle, pgLiu, callers, Length);
            output.WriteLine($"{callers,8} {h.PerSecond,9:F0} {s.PerSecond,11:F0} {h.PerSecond / s.PerSecond,6:F2} {h.GroupSize,8:F1} {h.P99,7:F1}");
        }
    }

    /// <param name="CpuMilliseconds">Processor time of the whole process per act.</param>
    internal sealed record Rate(double PerSecond, double GroupSize, double CpuMilliseconds, double P99);

    internal static Rate Median(IEnumerable<Rate> rates) => rates.OrderBy(r => r.PerSecond).ToList() is var sorted ? sorted[sorted.Count / 2] : null!;

    internal static async Task<Rate> File_(TestInstallation hele, Writer writer, Viewer liu, int callers, TimeSpan length)
    {
        var operation = new FileAppeal(writer, hele.Get<JurisdictionDirectory>(), hele.Get<StoredFiles>());
        var before = await hele.Read(db => db.Set<LogGroup>().CountAsync());
        // Each another matter: the very same words again would be asked about.
        var number = 0;
        var rate = await Load(callers, length, async i =>
        {
            var outcome = await operation.Run(liu.Act(AppealAccess.File, Guid.CreateVersion7()),
                new("facilities", $"三单元楼道灯不亮 {Interlocked.Increment(ref number)} {before}", "三单元从一楼到三楼的灯都不亮了，晚上黑咕隆咚的，我这么大岁数扶着墙上楼。给换个灯泡吧。", "柳荫路12号院3号楼3单元"));
            if (!outcome.Accepted)
                throw new InvalidOperationException(string.Join(" ", outcome.Problems.Select(p => p.Sentence.En)));
        });
        var groups = await hele.Read(db => db.Set<LogGroup>().CountAsync()) - before;
        return rate with { GroupSize = rate.PerSecond * length.TotalSeconds / Math.Max(1, groups) };
    }

    internal static async Task<Rate> Load(int callers, TimeSpan length, Func<int, Task> act)
    {
        GC.Collect();
        var process = Process.GetCurrentProcess();
        var cpu = process.TotalProcessorTime;
        var clock = Stopwatch.StartNew();
        var times = new List<double>[callers];
        await Task.WhenAll(Enumerable.Range(0, callers).Select(i => Task.Run(async () =>
        {
            var mine = times[i] = new List<double>(4096);
            while (clock.Elapsed < length)
            {
                var started = clock.Elapsed;
                await act(i);
                mine.Add((clock.Elapsed - started).TotalMilliseconds);
            }
        })));
        var seconds = clock.Elapsed.TotalSeconds;
        process.Refresh();
        var all = times.SelectMany(t => t).Order().ToArray();
        return new Rate(all.Length / seconds, 1, (process.TotalProcessorTime - cpu).TotalMilliseconds / all.Length, all[(int)(all.Length * 0.99)]);
    }

    private static async Task<TimeSpan> SyncTime(string folder)
    {
        var path = Path.Combine(folder, "sync.probe");
        var block = new byte[4096];
        var times = new List<TimeSpan>();
        await using (var file = new FileStream(path, FileMode.Create))
        {
            for (var i = 0; i < 200; i++)
            {
                var clock = Stopwatch.StartNew();
                file.Write(block);
                file.Flush(flushToDisk: true);
                times.Add(clock.Elapsed);
            }
        }
        File.Delete(path);
        return times.Order().ElementAt(100);
    }

    /// <summary>The bare peer: the same rows with the same bytes, by prepared commands, in the same groups; no model, no hashing, no deciding.</summary>
    private sealed class RawWriter : IAsyncDisposable
    {
        private readonly SqliteConnection _connection;
        private readonly Channel<(byte[] Operation, TaskCompletionSource Answer)> _queue = System.Threading.Channels.Channel.CreateBounded<(byte[], TaskCompletionSource)>(new BoundedChannelOptions(4096) { SingleReader = true });
        private readonly Dictionary<string, (SqliteCommand Command, object[] Values)> _copies = [];
        private readonly Task _loop;
        private long _leaf, _serial;

        private RawWriter(SqliteConnection connection)
        {
            _connection = connection;
            _loop = Task.Run(Loop);
        }

        public static async Task<RawWriter> Open(TestInstallation hele, Viewer liu)
        {
            var code = await hele.FileAppeal(liu, "三单元楼道灯不亮");
            // A copy of the database's schema and of the rows one act wrote: the peer writes exactly those, again and again.
            var source = hele.Options.SqliteFile;
            var file = Path.Combine(hele.Options.DataDirectory, "raw.db");
            var from = new SqliteConnection($"Data Source={source};Pooling=False");
            await from.OpenAsync();
            await using (var backup = new SqliteConnection($"Data Source={file};Pooling=False"))
            {
                await backup.OpenAsync();
                from.BackupDatabase(backup);
            }
            await from.DisposeAsync();
            var connection = new SqliteConnection($"Data Source={file};Foreign Keys=True;Pooling=False");
            await connection.OpenAsync();
            await Execute(connection, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA trusted_schema=OFF; PRAGMA wal_autocheckpoint=8000;");
            var raw = new RawWriter(connection);
            await raw.Copy("Appeals", $"\"PublicCode\"='{code}'");
            await raw.Copy("Journal", "\"JurisdictionId\"=1 ORDER BY \"LeafIndex\" DESC LIMIT 1");
            await raw.Copy("ColumnTies", "\"JurisdictionId\"=1 AND \"RowTable\"='Appeals' LIMIT 1");
            await raw.Copy("AcceptedOperations", "\"Operation\"='appeal.file' LIMIT 1");
            await raw.Copy("LogGroups", "\"JurisdictionId\"=1 LIMIT 1");
            raw._leaf = 10_000_000;
            raw._serial = 1_000_000;
            return raw;
        }

        public Task<Rate> Load(int callers, TimeSpan length) => WriterBench.Load(callers, length, async _ =>
        {
            var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await _queue.Writer.WriteAsync((Guid.CreateVersion7().ToByteArray(true), answer));
            await answer.Task;
        });

        private async Task Copy(string table, string where)
        {
            await using var select = _connection.CreateCommand();
            select.CommandText = $"SELECT * FROM \"{table}\" WHERE {where}";
            await using var reader = await select.ExecuteReaderAsync();
            if (!await reader.ReadAsync())
                throw new InvalidOperationException(table);
            var values = new object[reader.FieldCount];
            reader.GetValues(values);
            var insert = _connection.CreateCommand();
            var names = Enumerable.Range(0, reader.FieldCount).Select(reader.GetName).ToList();
            insert.CommandText = $"INSERT INTO \"{table}\" ({string.Join(',', names.Select(n => $"\"{n}\""))}) VALUES ({string.Join(',', names.Select((_, i) => "$" + i))})";
            for (var i = 0; i < values.Length; i++)
                insert.Parameters.Add(new SqliteParameter("$" + i, values[i]));
            _copies[table] = (insert, values);
            _columns[table] = names;
        }

        private readonly Dictionary<string, List<string>> _columns = [];

        private void Insert(string table, params ReadOnlySpan<(string Column, object Value)> changed)
        {
            var (command, _) = _copies[table];
            foreach (var (column, value) in changed)
                command.Parameters[_columns[table].IndexOf(column)].Value = value;
            command.ExecuteNonQuery();
        }

        private async Task Loop()
        {
            await Task.Yield();
            SqliteCommand? begin = null, commit = null, savepoint = null, release = null, head = null, find = null;
            var group = new List<TaskCompletionSource>();
            while (await _queue.Reader.WaitToReadAsync())
            {
                begin ??= Command("BEGIN IMMEDIATE");
                commit ??= Command("COMMIT");
                savepoint ??= Command("SAVEPOINT act");
                release ??= Command("RELEASE act");
                head ??= Command("UPDATE \"LogHeads\" SET \"Size\"=$0, \"Frontier\"=$1 WHERE \"JurisdictionId\"=1", 2);
                find ??= Command("SELECT \"InputHash\" FROM \"AcceptedOperations\" WHERE \"AccountId\"=$0 AND \"OperationId\"=$1", 2);
                group.Clear();
                var started = Stopwatch.GetTimestamp();
                begin.ExecuteNonQuery();
                while (group.Count < Writer.GroupLimit && _queue.Reader.TryRead(out var act))
                {
                    group.Add(act.Answer);
                    savepoint.ExecuteNonQuery();
                    find.Parameters[0].Value = act.Operation;
                    find.Parameters[1].Value = act.Operation;
                    find.ExecuteScalar();
                    var id = Guid.CreateVersion7().ToByteArray(true);
                    Insert("Appeals", ("Id", id), ("PublicCode", PublicCode.New().Text), ("Serial", _serial++));
                    Insert("Journal", ("LeafIndex", _leaf++), ("EventId", id), ("RowId", id), ("ActId", act.Operation));
                    Insert("ColumnTies", ("RowId", id), ("LeafIndex", _leaf));
                    Insert("AcceptedOperations", ("OperationId", act.Operation));
                    release.ExecuteNonQuery();
                    if (Stopwatch.GetElapsedTime(started) > Writer.GroupTime)
                        break;
                }
                head.Parameters[0].Value = _leaf;
                head.Parameters[1].Value = new byte[10 * 32];
                head.ExecuteNonQuery();
                Insert("LogGroups", ("Size", _leaf));
                commit.ExecuteNonQuery();
                foreach (var answer in group)
                    answer.TrySetResult();
            }
        }

        private SqliteCommand Command(string sql, int parameters = 0)
        {
            var command = _connection.CreateCommand();
            command.CommandText = sql;
            for (var i = 0; i < parameters; i++)
                command.Parameters.Add(new SqliteParameter("$" + i, null));
            return command;
        }

        private static async Task Execute(SqliteConnection connection, string sql)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            await command.ExecuteNonQueryAsync();
        }

        public async ValueTask DisposeAsync()
        {
            _queue.Writer.Complete();
            await _loop;
            await _connection.DisposeAsync();
        }
    }
}
