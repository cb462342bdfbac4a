using System.CommandLine;
using Hele.Civic.Platform.Sealing;

namespace Hele.Cli;

/// <summary><c>hele purge</c>: empties what has been kept as long as its rule says. The running server does the same once a day.</summary>
internal static class PurgeCommand
{
    public static Command Make(Frame frame)
    {
        var dry = new Option<bool>("--dry-run") { Description = frame.In(("只列出，不清除；服务运行时也可用。", "Lists what is due and changes nothing; works while the server runs.")) };
        var yes = new Option<bool>("--yes") { Description = frame.In(("确认：清除后不能恢复。", "Confirms it: what is purged can't be brought back.")) };
        var jurisdiction = frame.JurisdictionOption();
        var command = new Command("purge", frame.In(("清除保存期满的个人信息。", "Purges personal data whose time is over."))) { dry, yes, jurisdiction };
        command.SetAction(async (parsed, cancel) =>
        {
            if (parsed.GetValue(dry) == parsed.GetValue(yes))
                throw new OperatorException(("请选一个：--dry-run 只列出，--yes 清除。", "Choose one: --dry-run lists, --yes purges."), ExitCode.Usage);
            await using var hele = parsed.GetValue(yes) ? await frame.Write(parsed, create: false, cancel: cancel) : await frame.Read(parsed, cancel);
            var place = await Frame.Jurisdiction(hele, parsed.GetValue(jurisdiction), cancel);
            var purge = hele.Get<PurgeExpired>();
            await using (var lease = await hele.Database.Read([place.Id], cancel))
            {
                Table.Write(frame.Output, [frame.In(("记录", "Records")), frame.In(("保存期限", "Kept for")), frame.In(("已满", "Due")), frame.In(("90天内到期", "Due in 90 days")), frame.In(("处理", "What happens"))],
                    (await purge.Plan(lease.Db, place.Id, cancel)).Select(l => new[]
                    {
                        frame.In(l.Title), string.Join(", ", l.Rules.Select(r => $"{frame.In(r.Limit)} ({r.Id})").Distinct()), $"{l.Due}", $"{l.Soon}",
                        l.IsForAppraisal ? frame.In(("由社区鉴定", "appraised by the community")) : frame.In(("自动清除", "purged")),
                    }));
            }
            if (parsed.GetValue(yes))
            {
                var done = await purge.RunDue(place.Id, cancel);
                frame.Say(($"已清除 {done} 条。", $"{done} purged."));
            }
            return ExitCode.Ok;
        });
        return command;
    }
}
