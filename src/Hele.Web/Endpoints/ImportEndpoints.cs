using Hele.Civic.Kernel;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Imports;
using Hele.Web.Hosting;
using Hele.Web.Pages.Imports;
using Hele.Web.Ui;

namespace Hele.Web.Endpoints;

/// <summary>Files about imports: an empty table to fill in, and the reader's own upload with what is wrong beside each row.</summary>
public static class ImportEndpoints
{
    public static void MapImports(this IEndpointRouteBuilder app)
    {
        app.MapGet("/import-templates/{kind}.xlsx", (string kind, ModuleList modules, CurrentViewer current, Texts L) =>
            modules.Ledger(kind) is { } ledger && ImportAccess.May(current.Required, ledger)
                ? Workbook.Of(L[ledger.Title], L[ledger.Title], [.. ledger.Columns.Select(c => L[c.Title])], [])
                : Results.NotFound()).WithMetadata(new NeedsAttribute("import.run"));

        app.MapGet("/import-files/{code}/remarks.xlsx", async (string code, ImportDesk desk, CurrentViewer current, HttpContext context, Texts L, CancellationToken cancel) =>
        {
            if (!PublicCode.TryParse(code, out var parsed) || await desk.Find(current.Required, parsed.Text, cancel) is not { Table: { } table, Choices.Columns: { } columns } file)
                return Results.NotFound();
            var lines = (await desk.Plan(current.Required, file, columns, cancel)).Lines.ToDictionary(l => l.Number);
            context.Response.Headers.CacheControl = "no-store";
            // The sender's own words, whole: what is shortened couldn't be put right and sent again.
            return Workbook.Of(L["{0}（带说明）", Path.GetFileNameWithoutExtension(file.FileName)], L[file.Kind.Title],
                Headings(table, L), table.Rows.Select(row => (IReadOnlyList<object?>)[.. Enumerable.Range(0, table.Headings.Count).Select(i => (object?)row.At(i)), row.Number,
                    lines.GetValueOrDefault(row.Number) is { } line ? L.Verdict(line.Verdict) : null, lines.GetValueOrDefault(row.Number) is { } said ? string.Join(" ", said.Remarks.Select(r => L[r.Sentence])) : null]));
        }).WithMetadata(new NeedsAttribute("import.run"));
    }

    /// <summary>Headings as they were, each once: the file is written by them.</summary>
    private static List<string> Headings(SheetTable table, Texts L)
    {
        var headings = new List<string>();
        foreach (var heading in table.Headings.Select((h, i) => h.Length > 0 ? h : ImportWords.Letter(i)).Concat([L["原来的行号"], L["会怎样"], L["说明"]]))
        {
            var name = heading;
            for (var n = 2; headings.Contains(name); n++)
                name = heading + n;
            headings.Add(name);
        }
        return headings;
    }
}
