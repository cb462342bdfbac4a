using System.CommandLine;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Sealing;
using Hele.Civic.Platform.Storage;

namespace Hele.Cli;

/// <summary><c>hele keys</c>: the master keys of sealed values. Making a new one touches only the key folder, so it works beside the running server.</summary>
internal static class KeysCommand
{
    public static Command Make(Frame frame) => new("keys", frame.In(("密封数据的主密钥。", "The master keys of sealed values."))) { List(frame), Export(frame), Import(frame), Rotate(frame), Retire(frame) };

    private static Command Export(Frame frame)
    {
        var output = new Option<string>("--out") { Description = frame.In(("写到哪个文件；已有的文件不会被覆盖。", "The file to write; one that is there is never written over.")), HelpName = "FILE", Required = true };
        var command = new Command("export", frame.In(("把密钥另存到一个文件，与备份分开保管。", "Saves the keys to a file, to be kept apart from the backups."))) { output };
        command.SetAction(async (parsed, cancel) =>
        {
            var file = BackupCommand.NewFile(parsed.GetValue(output)!);
            var count = await KeysFile.Export(frame.Storage(parsed), file);
            frame.Say(($"{count} 把密钥已写入 {file}，只有本用户能读。", $"{count} keys written to {file}, readable for this user alone."));
            frame.Say(("文件没有加密：谁同时拿到它和备份，谁就能读到全部密封的内容，并能冒用日志的签名。请存到别处（加密的U盘、保险柜），不要和备份放在一起。",
                "The file is not encrypted: whoever has it and a backup reads everything that is sealed and can sign in the logs' name. Keep it elsewhere (an encrypted stick, a safe), never with the backups."));
            return ExitCode.Ok;
        });
        return command;
    }

    private static Command Import(Frame frame)
    {
        var file = new Argument<string>("file") { Description = frame.In(("另存的密钥文件。", "The file of keys.")) };
        var command = new Command("import", frame.In(("把另存的密钥放回数据目录；已有的不覆盖。", "Puts saved keys back into the data directory; none is written over."))) { file };
        command.SetAction(async (parsed, cancel) =>
        {
            var options = frame.Storage(parsed);
            var (count, _) = await KeysFile.Import(options, Path.GetFullPath(parsed.GetValue(file)!));
            frame.Say(($"{count} 把密钥已在 {options.KeyDirectory}。", $"{count} keys are in {options.KeyDirectory}."));
            return ExitCode.Ok;
        });
        return command;
    }

    private static Command List(Frame frame)
    {
        var command = new Command("list", frame.In(("列出主密钥，以及哪些还在使用。", "Lists the master keys and which are still in use.")));
        command.SetAction(async (parsed, cancel) =>
        {
            await using var hele = await frame.Read(parsed, cancel);
            var used = await hele.Get<RewrapKeys>().InUse(cancel);
            var ids = hele.Get<KeyVault>().Ids();
            foreach (var id in ids)
                frame.Say(id == ids[^1] ? ($"{id}  当前", $"{id}  present") : used.Contains(id) ? ($"{id}  旧的，还在使用", $"{id}  old, still in use") : ($"{id}  旧的，可以停用", $"{id}  old, may be retired"));
            var missing = used.Except(ids).Order(StringComparer.Ordinal).ToList();
            foreach (var id in missing)
                frame.Say(($"{id}  缺失：用它密封的内容打不开！", $"{id}  MISSING: what it sealed can't be opened!"));
            if (ids.Count == 0 && missing.Count == 0)
                frame.Say(("还没有主密钥：第一次密封时生成。", "There is no master key yet: the first sealed value makes one."));
            return missing.Count == 0 ? ExitCode.Ok : ExitCode.No;
        });
        return command;
    }

    private static Command Rotate(Frame frame)
    {
        var command = new Command("rotate", frame.In(("换新的主密钥。运行中的服务会在一分钟内换好；没有服务在运行时当场换好。", "Makes a new master key. A running server changes over within a minute; without one it is done at once.")));
        command.SetAction(async (parsed, cancel) =>
        {
            await using var hele = await frame.Read(parsed, cancel);
            var made = hele.Get<KeyVault>().Rotate();
            frame.Say(($"新的主密钥：{made.Id}", $"New master key: {made.Id}"));
            try
            {
                using var held = DirectoryLock.Take(hele.Options);
                var done = await hele.Get<RewrapKeys>().Run(cancel);
                frame.Say(($"已换好 {done} 把密钥。", $"{done} keys were wrapped anew."));
            }
            catch (DirectoryHeldException)
            {
                frame.Say(($"服务正在运行，由它来换；用 {OperatorCommand.Line("keys list")} 查看。", $"The server is running and does the rest; see {OperatorCommand.Line("keys list")}."));
            }
            frame.Say(($"另存的密钥文件里还没有它，请重新导出：{OperatorCommand.Line("keys export --out FILE")}{frame.Where(parsed)}", $"The file of keys in the safe lacks it. Export them again: {OperatorCommand.Line("keys export --out FILE")}{frame.Where(parsed)}"));
            return ExitCode.Ok;
        });
        return command;
    }

    private static Command Retire(Frame frame)
    {
        var which = new Argument<string>("id") { Description = frame.In(("主密钥编号。", "The key's id.")) };
        var command = new Command("retire", frame.In(("销毁一把不再使用的旧主密钥。", "Destroys an old master key that nothing uses any more."))) { which };
        command.SetAction(async (parsed, cancel) =>
        {
            await using var hele = await frame.Read(parsed, cancel);
            var (id, vault) = (parsed.GetValue(which)!, hele.Get<KeyVault>());
            if (!vault.Ids().Contains(id))
                throw new OperatorException(($"没有编号为 {id} 的主密钥。", $"There is no master key {id}."), ExitCode.Usage);
            if (vault.Ids()[^1] == id || (await hele.Get<RewrapKeys>().InUse(cancel)).Contains(id))
                throw new OperatorException(($"{id} 还在使用，不能销毁。", $"{id} is still in use and can't be destroyed."));
            vault.Retire(id);
            frame.Say(($"已销毁 {id}。还留着它的备份也要销毁。", $"{id} is destroyed. Destroy the copies you kept of it too."));
            return ExitCode.Ok;
        });
        return command;
    }
}
