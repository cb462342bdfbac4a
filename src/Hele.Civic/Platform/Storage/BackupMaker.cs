using Hele.Civic.Kernel;
using Hele.Civic.Platform.Journal;
using Hele.Evidence;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Platform.Storage;

/// <summary>
/// Saves an installation while it serves: one state of the database, with the signed checkpoint of each log in that state. No key is in it: neither the
/// one that signs nor those that seal (<c>hele keys export</c> is a command of its own).
/// </summary>
public sealed class BackupMaker(Database database, LogService log, TimeProvider clock)
{
    public const string Readme = "README.txt";

    /// <summary>Writes a backup; the file is there whole or not at all.</summary>
    /// <exception cref="IOException">There is a file of that name, or no room.</exception>
    public async Task<BackupManifest> Write(string path, CancellationToken cancel = default)
    {
        var part = path + ".part";
        File.Delete(part);
        try
        {
            BackupManifest? made = null;
            await using (var writer = new BackupWriter(part))
            {
                var logs = new List<BackedUpLog>();
                IReadOnlyList<string> migrations = [];
                await database.WriteBackup(writer, async db =>
                {
                    migrations = [.. await db.Database.GetAppliedMigrationsAsync(cancel)];
                    // Past the model: before an upgrade the state that is saved is older than the program.
                    var reader = new VerificationReader(db);
                    foreach (var place in await reader.Query("""
                        SELECT j."Code", j."Name", j."Origin", coalesce(h."Size", 0), h."Frontier", (SELECT e."Origin" FROM "LogEpochs" e WHERE e."JurisdictionId" = j."Id" AND e."Kept" < coalesce(h."Size", 0) ORDER BY e."Number" DESC LIMIT 1), j."NameEn"
                        FROM "Jurisdictions" j LEFT JOIN "LogHeads" h ON h."JurisdictionId" = j."Id" ORDER BY j."Id"
                        """, cancel))
                    {
                        var (first, size) = ((string)place[2], (long)place[3]);
                        var origin = place[5] as string ?? first;
                        var root = place[4] is byte[] frontier ? Frontier.Load(size, frontier).Root() : Merkle.EmptyRoot;
                        logs.Add(new BackedUpLog((string)place[0], (string)place[1], (string)place[6], first, origin, size, log.VerifierKey(origin).ToString()!, log.Sign(new Checkpoint(origin, size, root)).ToString()));
                    }
                }, cancel);
                foreach (var one in logs)
                {
                    await writer.Add($"checkpoints/{one.Code}", async stream =>
                    {
                        await stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(one.Checkpoint), cancel);
                        return null;
                    });
                }
                await writer.Text(Readme, Words(logs));
                await writer.Finish(parts => made = new BackupManifest(BackupManifest.CurrentFormat, clock.Now(), database.Kind, migrations, logs, parts));
            }
            File.Move(part, path);
            return made!;
        }
        finally
        {
            File.Delete(part);
            foreach (var beside in Directory.GetFiles(Path.GetDirectoryName(Path.GetFullPath(part))!, Path.GetFileName(part) + ".*"))
                File.Delete(beside);
        }
    }

    private static string Words(List<BackedUpLog> logs)
    {
        Bilingual text = (
            $"""
            和乐的备份：{string.Join("、", logs.Select(l => l.Name))}
            里面有居民的个人信息，请像对待数据库一样保管；过期的备份要销毁，否则已经删除的信息还留在里面。
            里面没有任何密钥：没有另存的密钥（{OperatorCommand.Line("keys export")}），密封的内容打不开。
            检查：{OperatorCommand.Line("backup check FILE")}
            恢复：{OperatorCommand.Line("restore FILE --data DIR --pins DIR --keys FILE")}

            """,
            $"""
            A backup of Hele: {string.Join(", ", logs.Select(l => l.Code))}
            There are people's data in it: keep it as you keep the database, and destroy it when it is old, else what was erased since lives on in it.
            There is no key in it: without the keys kept elsewhere ({OperatorCommand.Line("keys export")}) nothing sealed can be opened.
            Check it: {OperatorCommand.Line("backup check FILE")}
            Restore it: {OperatorCommand.Line("restore FILE --data DIR --pins DIR --keys FILE")}

            """);
        return text.Zh + "\n" + text.En;
    }

    /// <summary>
    /// Checks a backup without restoring it: every part against its hash, the database file against itself, and each log computed again entry by entry
    /// against the checkpoint that was signed of it.
    /// </summary>
    /// <exception cref="BackupException">What is wrong.</exception>
    public static async Task Check(BackupReader backup, CancellationToken cancel = default)
    {
        await backup.CheckParts(cancel);
        var roots = backup.Manifest.Database == "SQLite" ? await SqliteDatabase.LogsOf(backup, cancel) : await PostgresDatabase.LogsOf(backup, cancel);
        foreach (var one in backup.Manifest.Logs)
        {
            if (!VerifierKey.TryParse(one.Key, out var key) || !SignedNote.TryParse(System.Text.Encoding.UTF8.GetBytes(one.Checkpoint), out var note)
                || !Checkpoint.TryOpen(note, new NoteVerifier(key), out var checkpoint) || checkpoint.Origin != one.Origin || checkpoint.Size != one.Size
                || !EpochName.TryNumber(one.Origin, one.First, out _))
                throw new BackupException(($"辖区 {one.Code} 的校验点没有有效签名。", $"The checkpoint of jurisdiction {one.Code} is not validly signed."));
            var tree = roots.GetValueOrDefault(one.Code) ?? new Frontier();
            if (tree.Size != one.Size || !tree.Root().AsSpan().SequenceEqual(checkpoint.Root.Span))
                throw new BackupException(($"辖区 {one.Code} 的日志和备份时签署的校验点不一致。", $"The log of jurisdiction {one.Code} is not the one whose checkpoint was signed."));
        }
        if (roots.Keys.Except(backup.Manifest.Logs.Select(l => l.Code)).Any())
            throw backup.Damaged(BackupManifest.Name);
    }
}
