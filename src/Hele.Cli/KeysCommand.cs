using System.CommandLine;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Sealing;
using Hele.Civic.Platform.Storage;

namespace Hele.Cli;

/// <summary><c>hele keys</c>: the master keys of sealed values. Making a new one touches only the key folder, so it works beside the running server.</summary>
internal static class KeysCommand
{
    public static Command Make(Frame frame) => new("keys", frame.In(("密封数据的主密钥。", "The master keys of sealed values."))) { List(frame), Rotate(frame), Retire(frame) };

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
            catch (StartupException)
            {
                frame.Say(($"服务正在运行，由它来换；用 {OperatorCommand.Line("keys list")} 查看。", $"The server is running and does the rest; see {OperatorCommand.Line("keys list")}."));
            }
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
