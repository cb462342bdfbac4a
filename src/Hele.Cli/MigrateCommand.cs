using System.CommandLine;
using Hele.Civic.Platform.Storage;

namespace Hele.Cli;

/// <summary><c>hele migrate</c>: brings an existing database to this program's schema.</summary>
internal static class MigrateCommand
{
    public static Command Make(Frame frame)
    {
        var command = new Command("migrate", frame.In(("把数据库升级到本程序的版本。", "Brings the database up to this program's version.")));
        command.SetAction(async (parsed, cancel) =>
        {
            await using var hele = frame.Locked(parsed);
            var pending = await hele.Database.PendingMigrations(cancel);
            var backup = await hele.Get<DatabaseUpgrade>().Run(cancel);
            await hele.Database.AssertReady(cancel);
            foreach (var migration in pending)
                frame.Output.WriteLine(migration);
            if (backup is not null)
                frame.Say(($"升级前的备份：{backup}", $"Backup from before: {backup}"));
            frame.Say(pending.Count == 0 ? ("数据库已是最新，没有改动。", "The database is up to date; nothing changed.") : ($"已升级，共 {pending.Count} 步。", $"Done: {pending.Count} step(s)."));
            return ExitCode.Ok;
        });
        return command;
    }
}
