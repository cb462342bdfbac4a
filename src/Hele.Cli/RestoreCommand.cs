using System.CommandLine;
using System.Globalization;
using Hele.Civic.Demo;
using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Accounts;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;

namespace Hele.Cli;

/// <summary>
/// <c>hele restore</c>: puts a backup into an empty place. Where it is older than the pins, two administrators have to declare a new epoch, which
/// the log says for good; without them nothing is put anywhere.
/// </summary>
internal static class RestoreCommand
{
    public static Command Make(Frame frame)
    {
        var file = new Argument<string>("file") { Description = frame.In(("备份文件。", "The backup.")) };
        var keys = new Option<string?>("--keys") { Description = frame.In(("另存的密钥文件；数据目录里已有密钥时不必写。", "The file of keys that was kept elsewhere; not needed where the data directory has its keys.")), HelpName = "FILE" };
        var by = new Option<string[]>("--by")
        {
            Description = frame.In(("备份比校验点旧时：声明新纪元的管理员的登录名，写两次，各一人。密码会逐个询问。", "Where the backup is older than the pins: the sign-in name of an administrator who declares the new epoch; twice, two people. Their passwords are asked for.")), HelpName = "NAME",
        };
        var command = new Command("restore", frame.In(("把备份恢复到空的数据目录（或空的 PostgreSQL 数据库）。", "Restores a backup into an empty data directory (or an empty PostgreSQL database)."))) { file, keys, by };
        command.SetAction(async (parsed, cancel) =>
        {
            var options = frame.Storage(parsed);
            var signers = parsed.GetValue(by) ?? [];
            if (signers.Length is not (0 or 2))
                throw new OperatorException(("--by 要写两次，给出两名管理员的登录名。", "--by is given twice, with the sign-in names of two administrators."), ExitCode.Usage);
            await using var backup = await BackupReader.Open(Path.GetFullPath(parsed.GetValue(file)!), cancel);
            await BackupMaker.Check(backup, cancel);
            PrivateFile.Folder(options.DataDirectory);
            Directory.CreateDirectory(options.PinDirectory);
            var brought = parsed.GetValue(keys) is { } kept ? (await KeysFile.Import(options, Path.GetFullPath(kept))).Written : [];
            var restored = false;
            Installation? hele = null;
            try
            {
                hele = new Installation(options, new SystemClock(), DirectoryLock.Take(options));
                var restorer = hele.Get<BackupRestorer>();
                await restorer.Allow(backup, cancel);
                if (Refusal(frame, await restorer.Foretell(backup, cancel), signers) is { } refused)
                    return refused;
                await hele.Database.ReadBackup(backup, cancel);
                try
                {
                    await hele.Database.Migrate(cancel);
                    await hele.Database.AssertReady(cancel);
                    if (await DemoSeed.SimulatedUntil(hele.Database, cancel) is { } last)
                        hele = await hele.With(new DemoClock(last));
                    var losses = await hele.Get<BackupRestorer>().Losses(cancel);
                    if (Refusal(frame, losses, signers) is { } late)
                        return late;
                    if (losses.Count > 0 && await Declare(frame, hele, backup.Manifest, losses, signers, cancel) is { } not)
                        return not;
                    await hele.Log.CheckPins(cancel);
                    if (hele.Log.ReadOnlyReason is { } reason)
                        throw new OperatorException(reason);
                    restored = true;
                }
                finally
                {
                    // What was refused half-way leaves the place as empty as it was.
                    if (!restored)
                        await hele.Database.Discard(CancellationToken.None);
                }
                await hele.Get<ErasePerson>().Reapply(hele.Log, cancel);
                await hele.Log.PinNow();
                foreach (var log in backup.Manifest.Logs)
                    frame.Say(($"{log.Code} {log.Name}：{log.Size} 条", $"{log.Code} {log.NameEn}: {log.Size} entries"));
                frame.Say(($"已从 {China.TimeIn(backup.Manifest.Made):yyyy-MM-dd HH:mm} 的备份恢复。接下来：{OperatorCommand.Line("verify")}{frame.Where(parsed)}，然后启动。", $"Restored from the backup of {China.TimeIn(backup.Manifest.Made):yyyy-MM-dd HH:mm} +08:00. Next: {OperatorCommand.Line("verify")}{frame.Where(parsed)}, then start."));
                return ExitCode.Ok;
            }
            finally
            {
                if (hele is not null)
                    await hele.DisposeAsync();
                // Nor do keys stay that were brought for nothing: were they the wrong ones, the right ones would be refused beside them.
                if (!restored)
                    foreach (var key in brought)
                        File.Delete(key);
            }
        });
        return command;
    }

    /// <summary>Says what would be lost. Returns the exit code of a refusal; null when it may go on.</summary>
    private static int? Refusal(Frame frame, IReadOnlyList<LogLoss> losses, string[] signers)
    {
        var other = losses.FirstOrDefault(l => !l.Declares);
        if (other is null && (losses.Count == 0 || signers.Length == 2))
            return null;
        foreach (var loss in losses)
            frame.Error.WriteLine(frame.In(loss.Says));
        if (other is not null)
        {
            frame.Error.WriteLine(frame.In(($"辖区 {other.Code} 的备份和校验点不是同一本日志，没有恢复。请核对 --pins 和备份文件。", $"The backup and the pin of jurisdiction {other.Code} are not of one log; nothing was restored. Check --pins and the file.")));
            return ExitCode.No;
        }
        // A pin that isn't found says nothing of the backup's age: mostly the wrong directory was named.
        if (losses.Any(l => l.Pinned is null))
        {
            frame.Error.WriteLine(frame.In((
                "没有校验点可比，没有恢复。校验点还在就用 --pins 写明原来的目录，再做一次。真的丢了，就不知道备份以后还记过什么：由两名管理员加上 --by 登录名 --by 登录名 声明新纪元，日志和“记录如何防篡改”页会永远写明校验点已丢失。",
                "There is no pin to compare with; nothing was restored. If the pins still exist, name their directory with --pins and try again. If they are really lost, nobody can say what was logged after the backup: two administrators declare a new epoch with --by NAME --by NAME, and the log and the page about it say for good that the pin was lost.")));
        }
        if (losses.Any(l => l.Pinned is not null))
        {
            frame.Error.WriteLine(frame.In((
                "这份备份比校验点旧，没有恢复。有更新的备份就用更新的。没有的话，备份之后的记录就丢失了：由两名管理员加上 --by 登录名 --by 登录名 声明新纪元，日志和“记录如何防篡改”页会永远写明丢了什么。",
                "This backup is older than the pins; nothing was restored. Use a newer backup if there is one. If there is none, what was logged since is lost: two administrators declare a new epoch with --by NAME --by NAME, and the log and the page about it say for good what was lost.")));
        }
        return ExitCode.No;
    }

    private static async Task<int?> Declare(Frame frame, Installation hele, BackupManifest backup, IReadOnlyList<LogLoss> losses, string[] names, CancellationToken cancel)
    {
        foreach (var loss in losses)
            frame.Error.WriteLine(frame.In(loss.Says));
        frame.Error.WriteLine(frame.In(($"要声明新纪元的日志：{losses.Count} 本。两名管理员各自输入密码（以备份当时的为准）。", $"Logs that begin a new epoch: {losses.Count}. Two administrators type their passwords, as they were when the backup was made.")));
        var first = await SignIn(frame, hele, names[0], cancel);
        var second = await SignIn(frame, hele, names[1], cancel);
        if (DeclareEpoch.Check(first, second) is { } problem)
            throw new OperatorException(problem.Sentence);
        foreach (var place in await hele.Jurisdictions(cancel))
        {
            if (losses.FirstOrDefault(l => l.Code == place.Code) is not { } loss)
                continue;
            var outcome = await hele.Get<DeclareEpoch>().Run(new Act { OperationId = Guid.NewGuid(), AccountId = SystemAccount.Id, JurisdictionId = place.Id }, place, new(backup.Made, first, second), cancel);
            if (!outcome.Accepted)
                return frame.Refusals(outcome);
            frame.Say(($"{place.Code} {place.Name}：新纪元 {outcome.Code}，保留 {loss.Size} 条{(loss.Pinned is { } n ? string.Create(CultureInfo.InvariantCulture, $"，校验点记着 {n} 条（{loss.PinnedOrigin}）") : "，校验点已丢失")}",
                $"{place.Code} {place.NameEn}: new epoch {outcome.Code}, {loss.Size} entries kept{(loss.Pinned is { } m ? string.Create(CultureInfo.InvariantCulture, $", the pin said {m} ({loss.PinnedOrigin})") : ", the pin is lost")}"));
        }
        return null;
    }

    private static async Task<DeclareEpoch.Signer> SignIn(Frame frame, Installation hele, string name, CancellationToken cancel)
    {
        var password = frame.Ask(($"{name} 的密码：", $"Password of {name}: "));
        var (account, problem) = await hele.Get<Passwords>().SignIn(name, password, cancel: cancel);
        if (account is null)
            throw new OperatorException(Of(name, problem!.Sentence));
        if (account.MustChangePassword)
            throw new OperatorException(Of(name, ("用的还是一次性密码，不能声明。", "A one-time password can't declare.")));
        if ((await hele.Get<SecondFactors>().Of(account.Id, cancel)).HasSecondFactor)
        {
            var code = frame.Ask(($"{name} 的验证码或恢复码：", $"Code or recovery code of {name}: "));
            if ((await hele.Get<SecondFactors>().Check(account.Id, code, SignInClient.Nobody)).Problem is { } wrong)
                throw new OperatorException(Of(name, wrong.Sentence));
        }
        // The most telling of what they hold, wherever they hold it.
        var roles = new List<Role>();
        foreach (var place in (await hele.Get<Viewers>().Load(account.Id, account.Stamp, cancel))?.Places ?? [])
            roles.AddRange((await hele.Get<Viewers>().Load(account.Id, account.Stamp, cancel, place))?.Posts.Select(p => p.Role) ?? []);
        return roles.Where(r => DeclareEpoch.Administrators.Contains(r) || r == Role.Secretary).OrderBy(r => r == Role.Secretary).ThenBy(r => r).Cast<Role?>().FirstOrDefault() is { } role
            ? new DeclareEpoch.Signer(account.Id, role) : throw new OperatorException(Of(name, DeclareEpoch.NotAdministrators.Sentence));
    }

    private static Bilingual Of(string name, Bilingual says) => new($"{name}：{says.Zh}", $"{name}: {says.En}");
}
