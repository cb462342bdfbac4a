using System.CommandLine;
using System.Security.Cryptography;
using Hele.Civic.Kernel;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Storage;

namespace Hele.Cli;

/// <summary><c>hele backup</c>: saves the installation while it serves. <c>hele backup check</c>: whether a backup is whole, without restoring it.</summary>
internal static class BackupCommand
{
    public static Command Make(Frame frame)
    {
        var output = new Option<string?>("--out") { Description = frame.In(("写到哪个文件；已有的文件不会被覆盖。", "The file to write; one that is there is never written over.")), HelpName = "FILE" };
        var command = new Command("backup", frame.In(("备份。服务运行时也可用；备份里没有密钥。", "Makes a backup. Works while the server runs; there is no key in it."))) { output, Check(frame) };
        command.SetAction(async (parsed, cancel) =>
        {
            if (parsed.GetValue(output) is not { Length: > 0 } given)
                throw new OperatorException(("请用 --out 写明备份文件，例如 --out /backup/hele-2026-10-31.zip。", "Say where with --out, for example --out /backup/hele-2026-10-31.zip."), ExitCode.Usage);
            await using var hele = await frame.Read(parsed, cancel);
            if (!File.Exists(hele.LogKey))
                throw new OperatorException(($"日志密钥不见了：{hele.LogKey}。没有它，备份里的校验点签不了名。", $"The log's key is missing: {hele.LogKey}. Without it the checkpoints in the backup can't be signed."), ExitCode.System);
            var file = NewFile(given);
            var made = await hele.Get<BackupMaker>().Write(file, cancel);
            Tell(frame, made);
            frame.Say(($"已备份到 {file}（{new FileInfo(file).Length:N0} 字节，SHA-256 {await HashOf(file, cancel)}）", $"Saved to {file} ({new FileInfo(file).Length:N0} bytes, SHA-256 {await HashOf(file, cancel)})"));
            frame.Say(($"里面有居民的个人信息，没有密钥。密钥另用 {OperatorCommand.Line("keys export")} 保存，不要放在一起。",
                $"There are people's data in it and no keys. Save those with {OperatorCommand.Line("keys export")}, and never in the same place."));
            return ExitCode.Ok;
        });
        return command;
    }

    private static Command Check(Frame frame)
    {
        var file = new Argument<string>("file") { Description = frame.In(("备份文件。", "The backup.")) };
        var command = new Command("check", frame.In(("检查备份是否完整、日志是否就是签署过的那些，不恢复。", "Checks whether a backup is whole and its logs are those that were signed, without restoring it."))) { file };
        command.SetAction(async (parsed, cancel) =>
        {
            await using var backup = await BackupReader.Open(Path.GetFullPath(parsed.GetValue(file)!), cancel);
            await BackupMaker.Check(backup, cancel);
            Tell(frame, backup.Manifest);
            frame.Say(($"备份完整，做于 {China.TimeIn(backup.Manifest.Made):yyyy-MM-dd HH:mm:ss}（{backup.Manifest.Database}）。", $"The backup is whole; made {China.TimeIn(backup.Manifest.Made):yyyy-MM-dd HH:mm:ss} +08:00 ({backup.Manifest.Database})."));
            return ExitCode.Ok;
        });
        return command;
    }

    private static void Tell(Frame frame, BackupManifest manifest)
    {
        foreach (var log in manifest.Logs)
            frame.Say(($"{log.Code} {log.Name}：日志 {log.Origin}，{log.Size} 条", $"{log.Code} {log.NameEn}: log {log.Origin}, {log.Size} entries"));
    }

    /// <summary>A path where nothing is yet.</summary>
    public static string NewFile(string given)
    {
        var file = Path.GetFullPath(given);
        if (File.Exists(file) || Directory.Exists(file))
            throw new OperatorException(($"{file} 已经有了，不会覆盖。请另取名字。", $"{file} is there already and is not written over. Choose another name."));
        if (!Directory.Exists(Path.GetDirectoryName(file)))
            throw new OperatorException(($"没有这个目录：{Path.GetDirectoryName(file)}", $"There is no such directory: {Path.GetDirectoryName(file)}"));
        return file;
    }

    private static async Task<string> HashOf(string file, CancellationToken cancel)
    {
        await using var stream = File.OpenRead(file);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancel));
    }
}
