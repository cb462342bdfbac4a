using System.CommandLine;
using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Sealing;
using Microsoft.EntityFrameworkCore;

namespace Hele.Cli;

/// <summary><c>hele erase</c>: destroys what is held about a person, except what a rule keeps, and says what stayed and why.</summary>
internal static class EraseCommand
{
    public static Command Make(Frame frame)
    {
        var person = new Argument<string>("person") { Description = frame.In(("此人在登记中的编码，如 7KQ2-9XMF-3TDA。", "The person's code in the register, such as 7KQ2-9XMF-3TDA.")) };
        var yes = new Option<bool>("--yes") { Description = frame.In(("确认：删除后不能恢复。", "Confirms it: what is erased can't be brought back.")) };
        var jurisdiction = frame.JurisdictionOption();
        var command = new Command("erase", frame.In(("删除一个人的信息及其密钥，依法保存的除外。", "Destroys a person's data and their key, except what the law keeps."))) { person, yes, jurisdiction };
        command.SetAction(async (parsed, cancel) =>
        {
            await using var hele = await frame.Write(parsed, create: false, cancel: cancel);
            var place = await Frame.Jurisdiction(hele, parsed.GetValue(jurisdiction), cancel);
            if (!PublicCode.TryParse(parsed.GetValue(person), out var code))
                throw new OperatorException(("编码不对，应像 7KQ2-9XMF-3TDA。", "That is no code; one looks like 7KQ2-9XMF-3TDA."), ExitCode.Usage);
            if (!parsed.GetValue(yes))
                throw new OperatorException(("删除后不能恢复。确认请加 --yes。", "What is erased can't be brought back. Add --yes to confirm."), ExitCode.Usage);
            var outcome = await hele.Get<ErasePerson>().Run(new Act { OperationId = Guid.NewGuid(), AccountId = SystemAccount.Id, JurisdictionId = place.Id }, new(code.Text), cancel);
            if (!outcome.Accepted)
                return frame.Refusals(outcome);
            await using var lease = await hele.Database.Read([place.Id], cancel);
            var erasure = await lease.Db.Set<Erasure>().OrderByDescending(e => e.Id).FirstAsync(cancel);
            frame.Say(($"已删除：清空 {erasure.Rows} 条记录，销毁 {Erasure.LeavesOf(erasure.Leaves).Count()} 个日志条目的盐值和此人的密钥。",
                $"Erased: {erasure.Rows} records emptied, the salts of {Erasure.LeavesOf(erasure.Leaves).Count()} log entries and the person's key destroyed."));
            foreach (var kept in erasure.Kept.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split('\t')))
                frame.Say(($"保留：{kept[0]} {kept[2]} 条。{kept[3]}", $"Kept: {kept[1]}, {kept[2]}. {kept[4]}"));
            return ExitCode.Ok;
        });
        return command;
    }
}
