using System.Globalization;
using System.Text;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Reports;
using Hele.Web.Hosting;
using Hele.Web.Pages.Figures;

namespace Hele.Web.Endpoints;

/// <summary>The public figures for programs: one line a figure and quarter. A hidden cell is empty.</summary>
public static class PublicFigureEndpoints
{
    public static void MapPublicFigures(this IEndpointRouteBuilder app) => app.MapGet(FigureLinks.PublicCsv, async (PublicFigures figures, CurrentViewer current, CancellationToken cancel) =>
    {
        if (current.Jurisdiction is not { Level: JurisdictionLevel.Community } here)
            return Results.NotFound();
        var csv = new StringBuilder("community,figure,version,quarter,value,month1,month2,month3\r\n");
        foreach (var quarter in await figures.Quarters(cancel))
            foreach (var figure in CommunityFigures.Shown)
            {
                var cells = quarter.Cells[figure.Id];
                csv.Append(CultureInfo.InvariantCulture, $"{here.Code},{Csv.Cell(figure.Id)},{figure.Version},{quarter.Quarter},{cells.Quarter},{cells.Months[0]},{cells.Months[1]},{cells.Months[2]}\r\n");
            }
        return Results.File(Encoding.UTF8.GetBytes(csv.ToString()), "text/csv; charset=utf-8", $"figures-{here.Code}.csv");
    }).WithMetadata(new PublicAttribute());
}
