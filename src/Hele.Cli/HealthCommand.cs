using System.CommandLine;
using Hele.Civic.Kernel;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Cli;

/// <summary><c>hele health</c>: can the installation be served as it lies there? Reads only, and takes no lock it keeps.</summary>
internal static class HealthCommand
{
    public static Command Make(Frame frame)
    {
        var command = new Command("health", frame.In(("检查数据库、版本、校验点和日志。只读，服务运行时也可用。", "Looks at the database, its version, the pins and the logs. Reads only; works while the server runs.")));
        command.SetAction(async (parsed, cancel) =>
        {
            var wrong = 0;
            void Line(bool ok, Bilingual what, string says)
            {
                wrong += ok ? 0 : 1;
                frame.Output.WriteLine($"{(ok ? "ok  " : "BAD ")} {frame.In(what)}: {says}");
            }

            await using var hele = frame.Unchecked(parsed);
            var pending = await hele.Database.PendingMigrations(cancel);
            Line(true, ("数据库", "database"), $"{hele.Database.Kind}, {(hele.Options.Postgres is null ? hele.Options.SqliteFile : frame.In(("已连上", "reachable")))}");
            Line(pending.Count == 0, ("版本", "version"), pending.Count == 0 ? frame.In(("最新", "up to date")) : frame.In(($"有 {pending.Count} 步升级未做，请运行 {OperatorCommand.Line("migrate")}", $"{pending.Count} step(s) behind; run {OperatorCommand.Line("migrate")}")));
            if (pending.Count > 0)
                return ExitCode.No;
            try
            {
                await hele.Database.AssertReady(cancel);
                Line(true, ("存储设置", "settings"), frame.In(("符合要求", "as required")));
            }
            catch (StartupException failure)
            {
                Line(false, ("存储设置", "settings"), frame.In(failure.Sentence));
            }

            var places = await hele.Jurisdictions(cancel);
            var key = hele.LogKey;
            if (places.Count > 0)
                Line(File.Exists(key), ("日志密钥", "log key"), File.Exists(key) ? frame.In(("在", "there")) : frame.In(($"不见了：{key}", $"missing: {key}")));
            await using (var lease = await hele.Database.Read([.. places.Select(j => j.Id)], cancel))
            {
                foreach (var place in places)
                {
                    var size = await lease.Db.Set<LogHead>().Where(h => h.JurisdictionId == place.Id).Select(h => h.Size).SingleOrDefaultAsync(cancel);
                    Line(true, ($"日志 {place.Code}", $"log {place.Code}"), frame.In(($"{size} 条", $"{size} entries")));
                    if (File.Exists(key))
                    {
                        var differs = await hele.Log.ComparePin(lease.Db, place.Id, place.Code, place.Origin, cancel);
                        Line(differs is null, ($"校验点 {place.Code}", $"pin {place.Code}"), differs is { } reason ? frame.In(reason)
                            : hele.Log.PinnedSize(place.Code) is var pinned && pinned >= 0 && pinned < size ? frame.In(($"一致，但只到第 {pinned} 条；后面 {size - pinned} 条还没有校验点", $"agrees, but is only of the first {pinned} entries; the {size - pinned} since have no pin yet"))
                            : frame.In(("一致", "agrees")));
                    }
                }
            }
            if (places.Count == 0)
                Line(true, ("辖区", "jurisdictions"), frame.In(("还没有", "none yet")));
            if (hele.Get<LogCheck>().Last is { } check)
                Line(check.Found == 0, ("上次核对", "last check"), $"{China.TimeIn(check.At):yyyy-MM-dd HH:mm}, " + (check.Found == 0 ? frame.In(("一致", "agrees")) : frame.In(($"有 {check.Found} 处对不上", $"{check.Found} difference(s)"))));
            Line(true, ("使用", "in use"), InUse(hele.Options) ? frame.In(("有进程正在使用这个目录", "a process is using this directory")) : frame.In(("没有进程在使用", "by no process")));
            return wrong == 0 ? ExitCode.Ok : ExitCode.No;
        });
        return command;
    }

    /// <summary>Whether a process holds the directory. Asks for a shared lock, which the holder's exclusive one refuses, and lets go at once.</summary>
    private static bool InUse(StorageOptions options)
    {
        var file = Path.Combine(options.DataDirectory, "hele.lock");
        if (!File.Exists(file))
            return false;
        try
        {
            using var shared = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }
}
