using System.CommandLine;
using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;

namespace Hele.Cli;

/// <summary><c>hele seals check</c>: opens every sealed number and day of birth through the writer, compares what should follow from them, and shows none.</summary>
internal static class SealsCommand
{
    public static Command Make(Frame frame) => new("seals", frame.In(("密封的内容。", "What is sealed."))) { Check(frame) };

    private static Command Check(Frame frame)
    {
        var jurisdiction = frame.JurisdictionOption();
        var command = new Command("check", frame.In(("逐个检查密封的电话号码和出生日期能否打开、遮盖和索引是否相符；每打开一个人的，本人都会看到一条记录。",
            "Checks that each sealed number and day of birth opens and that its shortened form and index belong to it; each opening leaves a record that its person sees."))) { jurisdiction };
        command.SetAction(async (parsed, cancel) =>
        {
            await using var hele = await frame.Write(parsed, create: false, cancel: cancel);
            var place = await Frame.Jurisdiction(hele, parsed.GetValue(jurisdiction), cancel);
            var (values, faults) = (0, 0);
            Guid? next = null;
            do
            {
                var portion = await hele.Get<CheckSeals>().Run(new Act { OperationId = Guid.CreateVersion7(), AccountId = SystemAccount.Id, JurisdictionId = place.Id }, next, cancel);
                if (portion.Problems.Count > 0)
                    return frame.Refusals(Outcome.Refused(portion.Problems));
                foreach (var (code, fault) in portion.Faults)
                    frame.Output.WriteLine($"{code}  {frame.In(Text(fault))}");
                (values, faults, next) = (values + portion.Values, faults + portion.Faults.Count, portion.Next);
            }
            while (next is not null);
            frame.Say(($"检查了 {values} 项，发现 {faults} 处问题。", $"{values} values checked, {faults} faults found."));
            return faults == 0 ? ExitCode.Ok : ExitCode.No;
        });
        return command;
    }

    private static Bilingual Text(SealFault fault) => fault switch
    {
        SealFault.Broken => ("密封已损坏或密钥不在", "the seal is damaged or its key is gone"),
        SealFault.Form => ("号码的写法不规范，按号码查不到", "not in the form in which numbers are found"),
        SealFault.Mask => ("遮盖后的号码与号码不符", "the shortened form is another number's"),
        SealFault.BornBroken => ("出生日期的密封已损坏或密钥不在", "the seal of the day of birth is damaged or its key is gone"),
        SealFault.BornForm => ("密封的出生日期不是一个日期", "what is sealed as the day of birth is no day"),
        SealFault.BornMask => ("名单上的出生年份与出生日期不符", "the year of birth that lists show is another day's"),
        _ => ("索引与号码不符，按号码查不到", "the index is another number's"),
    };
}
