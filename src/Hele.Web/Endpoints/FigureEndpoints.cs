using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Figures;
using Hele.Civic.Reports;
using Hele.Web.Hosting;
using Hele.Web.Pages.Figures;
using Hele.Web.Ui;

namespace Hele.Web.Endpoints;

/// <summary>The list behind a figure as a file (code, date, log time), and the report they make. For whoever may open the figure itself.</summary>
public static class FigureEndpoints
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public static void MapFigures(this IEndpointRouteBuilder app)
    {
        app.MapGet("/figures/{id}/records.csv", (string id, string? period, FigureReader figures, CurrentViewer current, CancellationToken cancel) => List(id, period, figures, current, "csv", "text/csv; charset=utf-8", static (value, records) =>
        {
            var adds = value.Figure.Adds is not null;
            var csv = new StringBuilder("code,date,logged").Append(adds ? ",amount\r\n" : "\r\n");
            foreach (var r in records)
                csv.Append(CultureInfo.InvariantCulture, $"{Csv.Cell(r.Code)},{Fmt.Iso(r.On)},{Fmt.Iso(r.LoggedAt)}").Append(adds ? $",{Amount(value, r)}\r\n" : "\r\n");
            return Encoding.UTF8.GetBytes(csv.ToString());
        }, cancel)).WithMetadata(new NeedsAttribute("appeal.list"));

        app.MapGet("/figures/{id}/records.json", (string id, string? period, FigureReader figures, CurrentViewer current, CancellationToken cancel) => List(id, period, figures, current, "json", "application/json", static (value, records) =>
            JsonSerializer.SerializeToUtf8Bytes(new
            {
                figure = value.Figure.Id,
                version = value.Figure.Version,
                period = value.Period.ToString(),
                value = value.Unrecorded ? (decimal?)null : value.Figure.InMeasure(value.Value),
                closed = value.ClosedAt is { } closed ? Fmt.Iso(closed) : null,
                asOf = Fmt.Iso(value.AsOf),
                logSize = value.LogSize,
                records = records.Select(r => new { code = r.Code, date = Fmt.Iso(r.On), logged = Fmt.Iso(r.LoggedAt), amount = value.Figure.Adds is null ? (decimal?)null : value.Figure.InMeasure(r.Amount) }),
            }, Json), cancel)).WithMetadata(new NeedsAttribute("appeal.list"));

        app.MapGet(FigureLinks.Report + ".docx", Document).WithMetadata(new NeedsAttribute("appeal.list"));
    }

    /// <summary>The report as a Word document, in the reader's language. Its links are this site's addresses.</summary>
    private static async Task<IResult> Document(string? period, ReportWriter writer, TimeProvider clock, Texts L, HttpRequest request, CancellationToken cancel)
    {
        if (PeriodChoice.Of(period, clock.Today()) is not { } chosen)
            return Results.NotFound();
        var report = await writer.Write(chosen, cancel);
        return Results.File(ReportDocument.Write(report, L.Language, $"{request.Scheme}://{request.Host}"), ReportDocument.MediaType, ReportDocument.FileName(report, L.Language));
    }

    private static string Amount(FigureValue value, FigureRecord record) => value.Figure.InMeasure(record.Amount).ToString(CultureInfo.InvariantCulture);

    private static async Task<IResult> List(string id, string? period, FigureReader figures, CurrentViewer current, string extension, string type,
        Func<FigureValue, IReadOnlyList<FigureRecord>, byte[]> write, CancellationToken cancel)
    {
        if (figures.Find(id) is not { } figure || !Period.TryParse(period, out var chosen))
            return Results.NotFound();
        var value = await figures.Value(figure, chosen, cancel);
        var records = await figures.Records(figure, chosen, 0, int.MaxValue, cancel, current.Viewer);
        return Results.File(write(value, records), type, $"{id}_{chosen}.{extension}");
    }
}
