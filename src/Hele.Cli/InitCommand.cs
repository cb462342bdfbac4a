using System.CommandLine;
using Hele.Civic.Jurisdictions;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;

namespace Hele.Cli;

/// <summary><c>hele init</c>: the database, and a jurisdiction with its log. Said twice it is done once.</summary>
internal static class InitCommand
{
    public static Command Make(Frame frame)
    {
        var origin = new Option<string>("--origin") { Required = true, HelpName = "PREFIX", Description = frame.In(("日志来源的前缀，像域名：辖区的日志叫“前缀/代码”。", "Prefix of the log's origin, like a domain name: a jurisdiction's log is called PREFIX/code.")) };
        var code = new Option<string>("--code") { Required = true, HelpName = "CODE", Description = frame.In(("统计用区划代码：社区12位，街道9位，区县6位。", "The division code: 12 digits for a community, 9 for a sub-district, 6 for a district.")) };
        var name = new Option<string>("--name") { Required = true, HelpName = "NAME", Description = frame.In(("辖区名称。", "The jurisdiction's name.")) };
        var nameEn = new Option<string?>("--name-en") { HelpName = "NAME", Description = frame.In(("英文界面上的名称；不写则同上。", "Its name in English; by default the same.")) };
        var command = new Command("init", frame.In(("建立数据库，建立辖区并开始它的日志。", "Creates the database, opens a jurisdiction and begins its log."))) { origin, code, name, nameEn };
        command.SetAction(async (parsed, cancel) =>
        {
            await using var hele = await frame.Write(parsed, create: true, cancel: cancel);
            var (given, called) = (parsed.GetValue(code)!, parsed.GetValue(name)!);
            var all = await hele.Jurisdictions(cancel);
            var there = all.SingleOrDefault(j => j.Code == given);
            var id = there?.Id ?? all.Select(j => j.Id).DefaultIfEmpty(0).Max() + 1;
            // A division code begins with the code of what lies above, so from the top downwards the tree makes itself.
            var above = there is not null ? there.ParentId : all.Where(j => given.StartsWith(j.Code, StringComparison.Ordinal) && j.Level < LevelOf(given)).MaxBy(j => j.Code.Length)?.Id;
            var outcome = await hele.Get<OpenJurisdiction>().Run(new(id, above, LevelOf(given), given, called, parsed.GetValue(nameEn) ?? called, parsed.GetValue(origin)!, Simulated: false), cancel);
            if (!outcome.Accepted && there is not null)
            {
                throw new OperatorException(($"辖区 {there.Code} 早已建立：{there.Name}（{there.NameEn}），日志 {there.Origin}。这次写的不一样；建立以后不能改，没有改动。",
                    $"Jurisdiction {there.Code} was opened before: {there.Name} ({there.NameEn}), log {there.Origin}. What was given now differs; it can't be changed afterwards, and nothing was."));
            }
            if (!outcome.Accepted)
                return frame.Refusals(outcome);
            var opened = (await hele.Jurisdictions(cancel)).Single(j => j.Id == id);
            frame.Say(outcome.Replayed
                ? ($"辖区 {opened.Code} {opened.Name} 早已建立，没有改动。", $"Jurisdiction {opened.Code} {opened.NameEn} was there already; nothing changed.")
                : ($"已建立辖区 {opened.Code} {opened.Name}，日志 {opened.Origin}。", $"Opened jurisdiction {opened.Code} {opened.NameEn}, log {opened.Origin}."));
            frame.Say(($"日志公钥：{hele.Log.VerifierKey(opened.Origin)}", $"The log's public key: {hele.Log.VerifierKey(opened.Origin)}"));
            frame.Say(($"数据在 {hele.Options.DataDirectory}，校验点在 {hele.Options.PinDirectory}。接下来：{OperatorCommand.Line("admin create")}{frame.Where(parsed)}", $"Data in {hele.Options.DataDirectory}, pins in {hele.Options.PinDirectory}. Next: {OperatorCommand.Line("admin create")}{frame.Where(parsed)}"));
            return ExitCode.Ok;
        });
        return command;
    }

    private static JurisdictionLevel LevelOf(string code) => code.Length switch
    {
        >= 12 => JurisdictionLevel.Community,
        >= 9 => JurisdictionLevel.Subdistrict,
        _ => JurisdictionLevel.District,
    };
}
