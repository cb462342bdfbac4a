using System.CommandLine;
using System.Text;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;
using Hele.Evidence;

namespace Hele.Cli;

/// <summary><c>hele evidence</c>: a supervisor's kit. Making one reads the database; checking one needs the file alone.</summary>
internal static class EvidenceCommand
{
    public static Command Make(Frame frame) => new("evidence", frame.In(("监督核验包：导出，或在别的电脑上核验。", "The supervisor's kit: export it, or verify one on another computer."))) { Export(frame), Verify(frame) };

    private static Command Export(Frame frame)
    {
        var output = new Option<string>("--out") { Description = frame.In(("写到哪个文件。", "The file to write.")), HelpName = "FILE", Required = true };
        var jurisdiction = frame.JurisdictionOption();
        var command = new Command("export", frame.In(("把一个辖区的整本日志导出成核验包。只读，服务运行时也可用。", "Exports a jurisdiction's whole log as a kit. Reads only; works while the server runs."))) { output, jurisdiction };
        command.SetAction(async (parsed, cancel) =>
        {
            await using var hele = await frame.Read(parsed, cancel);
            var place = await Frame.Jurisdiction(hele, parsed.GetValue(jurisdiction), cancel);
            var file = Path.GetFullPath(parsed.GetValue(output)!);
            // Beside its place first: a kit that was cut off must not pass for one.
            var part = file + ".part";
            long size;
            try
            {
                await using (var stream = new FileStream(part, FileMode.Create, FileAccess.Write, FileShare.None))
                    size = await hele.Get<KitMaker>().Write(stream, place, cancel);
                File.Move(part, file, overwrite: true);
            }
            finally
            {
                File.Delete(part);
            }
            frame.Say(($"{place.Name}：{size} 条，写入 {file}", $"{place.NameEn}: {size} entries, written to {file}"));
            return ExitCode.Ok;
        });
        return command;
    }

    private static Command Verify(Frame frame)
    {
        var file = new Argument<string>("file") { Description = frame.In(("核验包，或一份回执的证明文件。", "A kit, or a receipt's proof file.")) };
        var pinned = new Option<string[]>("--pinned")
        {
            Description = frame.In(("您另存的校验点：文件，或公告栏上的“条数 分组”。可以给多个。", "A checkpoint you kept: a file, or the “count groups” of the notice board. May be given several times.")), HelpName = "CHECKPOINT",
        };
        var key = new Option<string?>("--key") { Description = frame.In(("您从别处得到的验证密钥，或存有它的文件。", "The verifier key you have from elsewhere, or a file with it.")), HelpName = "KEY" };
        var command = new Command("verify", frame.In(("核验一份文件。不需要数据库，也不需要账号。", "Verifies a file. Needs no database and no account."))) { file, pinned, key };
        command.SetAction(async (parsed, cancel) =>
        {
            var path = parsed.GetValue(file)!;
            if (!File.Exists(path))
                throw new OperatorException(($"没有这个文件：{path}", $"There is no such file: {path}"), ExitCode.Usage);
            var kept = new List<Pinned>();
            foreach (var given in parsed.GetValue(pinned) ?? [])
                kept.Add(Pinned.TryParse(Read(given), out var read) ? read : throw new OperatorException(
                    ($"这不是校验点：{given}。可以是存下的校验点文件，或“条数 十六组字符”。", $"This is no checkpoint: {given}. Give the file you kept, or “count” and sixteen groups."), ExitCode.Usage));
            var vkey = parsed.GetValue(key) is { Length: > 0 } named ? Read(named).Trim() : null;

            await using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            var beginning = new byte[4];
            var read4 = await stream.ReadAtLeastAsync(beginning, 4, throwOnEndOfStream: false, cancel);
            stream.Position = 0;
            return Kit.IsKit(beginning.AsSpan(0, read4)) ? await OfKit(frame, stream, vkey, kept, cancel) : await OfReceipt(frame, stream, vkey, kept, cancel);
        });
        return command;
    }

    private static async Task<int> OfKit(Frame frame, Stream stream, string? vkey, IReadOnlyList<Pinned> kept, CancellationToken cancel)
    {
        var report = await KitVerifier.Verify(stream, vkey, kept, cancel: cancel);
        Tell(frame, report.Findings);
        if (report.Kinds.Count > 0)
        {
            frame.Output.WriteLine();
            Table.Write(frame.Output, [frame.In(("事件", "Kind of event")), frame.In(("条数", "Entries")), frame.In(("最早", "First")), frame.In(("最晚", "Last"))],
                report.Kinds.Select(k => new[] { k.Kind, $"{k.Count}", $"{China.DateIn(k.First):yyyy-MM-dd}", $"{China.DateIn(k.Last):yyyy-MM-dd}" }));
        }
        return End(frame, report.Ok, report.Limits);
    }

    private static async Task<int> OfReceipt(Frame frame, Stream stream, string? vkey, IReadOnlyList<Pinned> kept, CancellationToken cancel)
    {
        if (vkey is null)
            throw new OperatorException(("核验回执要给 --key：写在公告栏和“记录如何防篡改”页上的验证密钥。", "A receipt needs --key: the verifier key of the notice board or of the page on the log."), ExitCode.Usage);
        if (kept.Count > 0)
            throw new OperatorException(("--pinned 用来核验核验包；回执自带校验点。", "--pinned is for kits; a receipt brings its own checkpoint."), ExitCode.Usage);
        if (stream.Length > 1_000_000)
            throw new OperatorException(("这个文件太大，不是回执的证明文件。", "This file is too large to be a receipt."));
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var found = OfflineVerifier.Verify(await reader.ReadToEndAsync(cancel), vkey);
        Tell(frame, found.Findings);
        return End(frame, found.Ok, found.Limits);
    }

    private static void Tell(Frame frame, IEnumerable<Finding> findings)
    {
        foreach (var finding in findings)
            frame.Output.WriteLine($"{(finding.Holds ? frame.In(("通过", "ok")) : frame.In(("不通过", "FAILED")))}  {frame.In((finding.Says.Zh, finding.Says.En))}");
    }

    private static int End(Frame frame, bool ok, IReadOnlyList<Sentence> limits)
    {
        frame.Output.WriteLine();
        foreach (var limit in limits)
            frame.Output.WriteLine(frame.In((limit.Zh, limit.En)));
        frame.Say(ok ? ("证明成立。", "The proof holds.") : ("证明不成立。", "The proof does not hold."));
        return ok ? ExitCode.Ok : ExitCode.No;
    }

    /// <summary>What was given, or what stands in the file of that name.</summary>
    private static string Read(string given) => File.Exists(given) && new FileInfo(given).Length < 1_000_000 ? File.ReadAllText(given) : given;
}
