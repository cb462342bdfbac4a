using System.CommandLine;
using Hele.Civic.Platform.Journal;

namespace Hele.Cli;

/// <summary><c>hele verify</c>: compares every fact with the log, every log with its pin, and names what differs. Reads only.</summary>
internal static class VerifyCommand
{
    public static Command Make(Frame frame)
    {
        var command = new Command("verify", frame.In(("核对全部记录、日志和校验点，说出每一处不符。只读，服务运行时也可用。", "Checks every record, log and pin and names each difference. Reads only; works while the server runs.")));
        command.SetAction(async (parsed, cancel) =>
        {
            await using var hele = await frame.Read(parsed, cancel);
            if ((await hele.Jurisdictions(cancel)).Count > 0 && !File.Exists(hele.LogKey))
                throw new OperatorException(($"日志密钥不见了：{hele.LogKey}。没有它无法核对校验点。", $"The log's key is missing: {hele.LogKey}. The pins can't be checked without it."), ExitCode.System);
            var report = await hele.Get<LogVerification>().Run(new ProgressLine(frame), cancel);
            foreach (var finding in report.Findings)
                frame.Output.WriteLine($"{finding.Kind}: {frame.In(finding.Sentence)}");
            if (report.Omitted > 0)
                frame.Say(($"另有 {report.Omitted} 处未列出。", $"{report.Omitted} more are not listed."));
            foreach (var place in report.Jurisdictions)
            {
                frame.Say(($"{place.Code} {place.Name}：日志 {place.Entries} 条，记录 {place.Rows} 行、{place.Columns} 个值，校验点 {place.PinnedSize?.ToString() ?? "无"}，不符 {place.Findings} 处",
                    $"{place.Code} {place.Name}: {place.Entries} entries, {place.Rows} rows with {place.Columns} values, pin at {place.PinnedSize?.ToString() ?? "none"}, {place.Findings} finding(s)"));
            }
            frame.Say(($"跨辖区办理：比较了 {report.Crossings} 次的两边。", $"Acts that cross: both sides of {report.Crossings} compared."));
            frame.Say(report.IsGreen
                ? ($"全部相符（{report.Duration.TotalSeconds:0.0} 秒）。", $"Everything agrees ({report.Duration.TotalSeconds:0.0} s).")
                : ($"发现 {report.Findings.Count + report.Omitted} 处不符（{report.Duration.TotalSeconds:0.0} 秒）。", $"{report.Findings.Count + report.Omitted} difference(s) found ({report.Duration.TotalSeconds:0.0} s)."));
            return report.IsGreen ? ExitCode.Ok : ExitCode.No;
        });
        return command;
    }

    /// <summary>At most one line a second; a small log shows none.</summary>
    private sealed class ProgressLine(Frame frame) : IProgress<VerificationProgress>
    {
        private long _last = Environment.TickCount64;

        public void Report(VerificationProgress value)
        {
            if (Environment.TickCount64 - _last < 1000)
                return;
            _last = Environment.TickCount64;
            var stage = value.Stage switch
            {
                VerificationStage.Schema => frame.In(("库结构", "schema")),
                VerificationStage.Journal => frame.In(("日志", "entries")),
                VerificationStage.Rows => frame.In(("记录", "rows")),
                _ => frame.In(("跨辖区办理", "acts that cross")),
            };
            frame.Error.WriteLine($"{value.Jurisdiction} {stage} {value.Done}{(value.Total > 0 ? $"/{value.Total}" : "")}");
        }
    }
}
