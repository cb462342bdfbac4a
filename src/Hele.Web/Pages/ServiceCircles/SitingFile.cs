using Hele.Civic.Platform.Access;
using Hele.Civic.ServiceCircles;
using Hele.Planning.Streets;
using Hele.Web.Hosting;
using Hele.Web.Pages.Exports;
using Hele.Web.Ui;

namespace Hele.Web.Pages.ServiceCircles;

/// <summary>The options for service points, one place a line, and now above them. Nothing in it is about anybody.</summary>
public sealed class SitingFile(SitingQueries siting, CurrentViewer current, Texts L) : ListFile
{
    public override string Code => "circle-siting";
    public override Permission Needs => CircleAccess.Try;

    private sealed record Row(SitingOption Option, int Number, SitingPlace? Place, bool GivenUp);

    public override async Task<ListContent?> Read(ListQuery asked, CancellationToken cancel)
    {
        if (current.Jurisdiction is not { Level: JurisdictionLevel.Community } here)
            return null;
        var ask = asked.Siting;
        // Without streets there is nothing to choose from: the file says what was asked, and has no lines.
        var answer = await siting.Ask(current.Required, here, ask, cancel);
        var options = answer is null ? [] : answer.Options.Prepend(answer.Today);
        IReadOnlyList<Row> rows = [.. options.SelectMany((o, i) => o.Places.Select(p => new Row(o, i, p, false)).Concat(o.GivenUp.Select(p => new Row(o, i, p, true))).DefaultIfEmpty(new(o, i, null, false)))];
        var (counted, left) = answer is null ? ([], []) : L.Asked(answer);
        string? Done(Row row) => row.Place is not { } place ? null : row.GivenUp ? L["撤"] : place.Point is null ? L["新设"] : L["现有"];
        return ListContent.Of(L["服务点选址"], ListContent.Whole(() => Task.FromResult(rows)),
        [
            new(L["选法"], r => r.Number == 0 ? L["现状"] : L["选法{0}", r.Number]), new(L["怎么办|siting"], Done), new(L["在哪里"], r => r.Place is not { } p ? null : p.Point is null ? L["{0}旁边", p.Name] : p.Name, 28), new(L["经度"], r => r.Place?.At.Lon, 12), new(L["纬度"], r => r.Place?.At.Lat, 12), new(L["费用"], r => r.Place?.Cost, 8),
            .. Enum.GetValues<WalkerGroup>().Where(g => ask.Weights.Of(g) > 0).Select(g => new Column<Row>(L["{0}走得到", L.Group(g)], r => r.Option.Groups.Single(c => c.Group == g).Within, 12)),
            .. answer?.Today.Served is null ? [] : (Column<Row>[])[new(L["服务得到（按分量）"], r => r.Option.Served, 12), new(L["分量一共"], _ => answer.Weight, 12)],
            new(L["成人平均走（秒）"], r => r.Option.MeanSeconds, 12), new(L["走得最久（秒）"], r => r.Option.FarthestSeconds, 12),
        ], [(L["要什么"], L.Aim(ask.Aim)), (L["什么时候"], L.Moment(ask.At)), (L["各组的分量"], L.Weights(ask.Weights, answer?.ByBuildings ?? false)), (L["要求"], string.Join(L["，"], counted)), (L["没有算进去"], string.Join(L["，"], left)), (L["是不是最好"], answer is { Options.Count: > 0 } ? L.Proof(answer) : null), (L["说明"], L["系统只提选法；设不设、设在哪里，由社区的人决定。"])],
        choices: asked.Choices("aim", "number", "anew", "day", "time", "never", "always", "capacity", "budget", "cost"));
    }
}
