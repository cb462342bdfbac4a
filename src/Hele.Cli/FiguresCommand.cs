using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Figures;
using Hele.Civic.Platform.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Hele.Cli;

/// <summary><c>hele figures</c>: every number of a period, with the public codes of the records behind it.</summary>
internal static class FiguresCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        // Chinese as Chinese: this goes to a terminal or a file, never into HTML.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <param name="Value">The number that stands, in its measure: the frozen one when the period is closed; absent where it was closed before the program knew this figure.</param>
    /// <param name="Records">Public codes of the records counted, newest first. An appeal answered twice stands twice among the answers.</param>
    /// <param name="ClosedAt">When the period was closed; absent while it is open.</param>
    /// <param name="Late">Of a closed period: codes of records written afterwards, which the value doesn't contain.</param>
    internal sealed record Line(string Id, string Title, string Measure, decimal? Value, IReadOnlyList<string> Records, DateTimeOffset? ClosedAt, IReadOnlyList<string>? Late, [property: JsonIgnore] string Text);

    public static Command Make(Frame frame)
    {
        var from = frame.Day("--from", ("统计期的第一天。", "First day of the period."), required: true);
        var to = frame.Day("--to", ("统计期的最后一天，含当天。", "Last day of the period, inclusive."), required: true);
        var json = new Option<bool>("--json") { Description = frame.In(("输出 JSON，带记录代码。", "As JSON, with the records' codes.")) };
        var jurisdiction = frame.JurisdictionOption();
        var command = new Command("figures", frame.In(("列出一个统计期的全部数字。只读，服务运行时也可用。", "Lists every number of a period. Reads only; works while the server runs."))) { from, to, json, jurisdiction };
        command.SetAction(async (parsed, cancel) =>
        {
            var (first, last) = (parsed.GetValue(from)!.Value, parsed.GetValue(to)!.Value);
            if (last < first)
                throw new OperatorException(($"统计期的最后一天（{last:yyyy-MM-dd}）早于第一天（{first:yyyy-MM-dd}）。", $"The period's last day ({last:yyyy-MM-dd}) lies before its first ({first:yyyy-MM-dd})."), ExitCode.Usage);
            await using var hele = await frame.Read(parsed, cancel);
            var place = await Frame.Jurisdiction(hele, parsed.GetValue(jurisdiction), cancel);
            await using var scope = hele.Services.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<ReadSession>().Allow(place.Id);
            var lines = await Lines(scope.ServiceProvider.GetRequiredService<FigureReader>(), new Period(first, last), frame.Language, cancel);
            if (parsed.GetValue(json))
            {
                frame.Output.WriteLine(JsonSerializer.Serialize(lines, Json));
                return ExitCode.Ok;
            }
            frame.Say(($"{place.Name}　{new Period(first, last).Title.Zh}", $"{place.NameEn}, {new Period(first, last).Title.En}"));
            Table.Write(frame.Output, [frame.In(("数字", "Figure")), frame.In(("名称", "Title")), frame.In(("数值", "Value")), frame.In(("单位", "Measure")), frame.In(("状态", "Status"))],
                lines.Select(l => new[]
                {
                    l.Id, l.Title, l.Text, l.Measure,
                    l.Value is null ? frame.In(("结账时还没有这个数字", "closed before this figure was known")) : l.ClosedAt is { } closed ? frame.In(($"已于{China.DateIn(closed):yyyy-MM-dd}结账", $"closed {China.DateIn(closed):yyyy-MM-dd}")) + (l.Late!.Count > 0 ? frame.In(($"，其后补录{l.Late.Count}", $", {l.Late.Count} entered since")) : "") : frame.In(("未结账", "open")),
                }));
            return ExitCode.Ok;
        });
        return command;
    }

    private static async Task<List<Line>> Lines(FigureReader reader, Period period, string language, CancellationToken cancel)
    {
        var lines = new List<Line>();
        foreach (var figure in reader.All)
        {
            var value = await reader.Value(figure, period, cancel);
            var records = await reader.Records(figure, period, 0, int.MaxValue, cancel);
            var late = value.ClosedAt is { } closed ? records.Where(r => r.LoggedAt > closed).ToList() : null;
            lines.Add(new Line(figure.Id, figure.Title.In(language), figure.Measure.In(language), value.Unrecorded ? null : figure.InMeasure(value.Value),
                [.. records.Where(r => late?.Contains(r) != true).Select(r => r.Code)], value.ClosedAt, late?.ConvertAll(r => r.Code), value.Text));
        }
        return lines;
    }
}
