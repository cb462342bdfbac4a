using Hele.Civic.Platform.Access;
using Hele.Civic.ServiceCircles;
using Hele.Planning.Streets;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.ServiceCircles.Streets;

/// <summary>The maps that walks are measured on, what was left out of them and why, and what is drawn over them.</summary>
[Needs("circle.try")]
public sealed class StreetsModel(CircleQueries queries, EndStreetMap endMap, EndCorrection endCorrection, CurrentViewer current, Texts L) : PageModel
{
    public StreetsView View { get; private set; } = null!;

    public bool MayKeep => current.Required.PostFor(CircleAccess.Keep) is not null;

    public static IEnumerable<ImportFinding> Findings(ImportReport report) => report.Findings.Where(f => f != ImportFinding.LooseCorrection);

    /// <summary>What was found in each map, and what only came up when all of them were put together.</summary>
    public IEnumerable<(string Name, ImportReport Report)> Reports
    {
        get
        {
            var maps = Maps.Select(m => (m.Name, Report: View.Ground.Maps[m.Id])).ToList();
            return maps.Append((Name: L["合起来的图"], Report: View.Ground.Report.Without(maps.Select(m => m.Report)))).Where(r => Findings(r.Report).Any());
        }
    }

    public bool IsPart(StreetMapLine map) => !View.Ground.Maps[map.Id].Complete;

    /// <summary>Corrections that touch no street any more: a newer map came.</summary>
    public HashSet<string> Loose => [.. View.Ground.Report.Examples(ImportFinding.LooseCorrection).Select(e => e.Reference)];

    public IReadOnlyList<StreetMapLine> Maps => [.. View.Maps.Where(m => m.To is null)];
    public IReadOnlyList<StreetCorrection> Corrections => [.. View.Corrections.Where(c => c.To is null)];

    public async Task<IActionResult> OnGetAsync() => await Load() ? Page() : NotFound();

    public Task<IActionResult> OnPostMapAsync(string? map) => End(
        () => endMap.Run(current.Required, current.Required.Act(CircleAccess.Keep, OperationId.Posted(Request)), new(map ?? ""), HttpContext.RequestAborted), L["这张街道图不再使用。"]);

    public Task<IActionResult> OnPostCorrectionAsync(string? correction) => End(
        () => endCorrection.Run(current.Required, current.Required.Act(CircleAccess.Keep, OperationId.Posted(Request)), new(correction ?? ""), HttpContext.RequestAborted), L["这处更正已撤掉。"]);

    private async Task<IActionResult> End(Func<Task<Civic.Platform.Storage.Outcome>> run, string said)
    {
        var outcome = await run();
        if (!outcome.Accepted)
            return await Load() ? this.Refused(outcome.Problems, "") : NotFound();
        this.Say(said);
        return Redirect(CircleLinks.Streets);
    }

    private async Task<bool> Load()
    {
        if (current.Jurisdiction is not { Level: JurisdictionLevel.Community } here)
            return false;
        View = await queries.Streets(here, HttpContext.RequestAborted);
        return true;
    }
}
