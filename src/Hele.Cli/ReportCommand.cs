using System.CommandLine;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Storage;
using Hele.Civic.Reports;
using Microsoft.Extensions.DependencyInjection;

namespace Hele.Cli;

/// <summary><c>hele report</c>: the periodic report as a Word document, written from records.</summary>
internal static class ReportCommand
{
    public static Command Make(Frame frame)
    {
        var from = frame.Day("--from", ("统计期的第一天。", "First day of the period."), required: true);
        var to = frame.Day("--to", ("统计期的最后一天，含当天。", "Last day of the period, inclusive."), required: true);
        var output = new Option<string>("--out") { Description = frame.In(("写到哪个文件（.docx）。", "The file to write (.docx).")), HelpName = "FILE", Required = true };
        var address = new Option<string?>("--address") { Description = frame.In(("大家打开和乐的网址，如 https://hele.example；写了，文档里的数字就能点开。", "Where people open Hele, such as https://hele.example; with it the numbers in the document are links.")), HelpName = "URL" };
        var jurisdiction = frame.JurisdictionOption();
        var command = new Command("report", frame.In(("把一个统计期的工作报告写成 Word 文档。只读，不打开密封，服务运行时也可用。", "Writes the report of a period as a Word document. Reads only, opens no seal, works while the server runs."))) { from, to, output, address, jurisdiction };
        command.SetAction(async (parsed, cancel) =>
        {
            var (first, last) = (parsed.GetValue(from)!.Value, parsed.GetValue(to)!.Value);
            if (last < first)
                throw new OperatorException(($"统计期的最后一天（{last:yyyy-MM-dd}）早于第一天（{first:yyyy-MM-dd}）。", $"The period's last day ({last:yyyy-MM-dd}) lies before its first ({first:yyyy-MM-dd})."), ExitCode.Usage);
            var site = parsed.GetValue(address) is { Length: > 0 } given ? Site(given) : null;
            await using var hele = await frame.Read(parsed, cancel, inItsTime: true);
            var place = await Frame.Jurisdiction(hele, parsed.GetValue(jurisdiction), cancel);
            await using var scope = hele.Services.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<ReadSession>().Allow(place.Id);
            var report = await scope.ServiceProvider.GetRequiredService<ReportWriter>().Write(new Period(first, last), cancel);
            var file = Path.GetFullPath(parsed.GetValue(output)!);
            // Beside its place first: a document that was cut off must not pass for one.
            var part = file + ".part";
            try
            {
                await File.WriteAllBytesAsync(part, ReportDocument.Write(report, frame.Language, site), cancel);
                File.Move(part, file, overwrite: true);
            }
            finally
            {
                File.Delete(part);
            }
            frame.Say(($"{report.Title.Zh}，用了{report.Figures.Count}个数字，写入 {file}", $"{report.Title.En}, of {report.Figures.Count} figures, written to {file}"));
            return ExitCode.Ok;
        });
        return command;
    }

    private static string Site(string given) => Uri.TryCreate(given, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.PathAndQuery == "/" && address.Fragment.Length == 0
        ? address.GetLeftPart(UriPartial.Authority)
        : throw new OperatorException(($"--address 不是网址（如 https://hele.example）：{given}", $"--address is no address such as https://hele.example: {given}"), ExitCode.Usage);
}
