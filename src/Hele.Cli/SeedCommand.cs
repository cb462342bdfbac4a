using System.CommandLine;
using Hele.Civic.Demo;

namespace Hele.Cli;

/// <summary><c>hele seed demo</c>: a demo community with its year, written through the real operations.</summary>
internal static class SeedCommand
{
    public static Command Make(Frame frame) => new("seed", frame.In(("写入预设的数据。", "Writes prepared data."))) { Demo(frame) };

    private static Command Demo(Frame frame)
    {
        var asOf = frame.Day("--as-of", ($"演示停在哪一天（09:00），不写则为 {DemoSeed.DefaultAsOf:yyyy-MM-dd}。", $"The day the demo stands at (09:00). Default: {DemoSeed.DefaultAsOf:yyyy-MM-dd}."));
        var command = new Command("demo", frame.In(("写入演示社区的一年。中断后再运行会接着写，不会重复。", "Writes the demo community's year. Interrupted and run again it goes on; nothing is doubled."))) { asOf };
        command.SetAction(async (parsed, cancel) =>
        {
            await using var hele = await frame.Write(parsed, create: true, DemoSeed.NewClock(), cancel);
            var result = await DemoSeed.Run(hele.Services, parsed.GetValue(asOf), new ProgressLine(frame), cancel);
            frame.Say(($"演示到 {Civic.Kernel.China.TimeIn(result.Now):yyyy-MM-dd HH:mm}：新写 {result.Written} 项，已有 {result.AlreadyThere} 项。",
                $"The demo stands at {Civic.Kernel.China.TimeIn(result.Now):yyyy-MM-dd HH:mm}: {result.Written} acts written, {result.AlreadyThere} were there."));
            if (result.Overtaken.Count > 0)
                frame.Say(($"{result.Overtaken.Count} 项没有写：有人在演示里先办了（{string.Join("、", result.Overtaken)}）。", $"{result.Overtaken.Count} were left out: somebody using the demo was faster ({string.Join(", ", result.Overtaken)})."));
            frame.Output.WriteLine();
            Table.Write(frame.Output, [frame.In(("辖区", "Place")), frame.In(("姓名", "Name")), frame.In(("身份", "Who")), frame.In(("登录名", "Sign-in name")), frame.In(("密码", "Password"))],
                DemoPeople.SignIns.Select(p => new[] { frame.In(p.Place), p.Name, frame.In(p.Title), p.SignIn, p.Password }));
            return ExitCode.Ok;
        });
        return command;
    }

    /// <summary>One line that is written over on a terminal, a line per tenth elsewhere.</summary>
    private sealed class ProgressLine(Frame frame) : IProgress<DemoProgress>
    {
        private readonly bool _terminal = ReferenceEquals(frame.Error, Console.Error) && !Console.IsErrorRedirected;
        private int _tenth;

        public void Report(DemoProgress value)
        {
            if (_terminal)
            {
                frame.Error.Write($"\r{value.Done}/{value.Total}");
                if (value.Done == value.Total)
                    frame.Error.WriteLine();
            }
            else if (value.Done * 10 / value.Total > _tenth)
            {
                _tenth = value.Done * 10 / value.Total;
                frame.Error.WriteLine($"{value.Done}/{value.Total}");
            }
        }
    }
}
