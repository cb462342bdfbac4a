using Hele.Civic.Appeals;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Figures;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Reports;

/// <summary>One community in the table: what may be shown of each figure, by figure id.</summary>
public sealed record CommunityRow(Jurisdiction Community, IReadOnlyDictionary<string, QuarterCells> Cells);

/// <summary>The communities below a sub-district or district side by side, for one quarter, by code.</summary>
public sealed record CommunityTable(Period Quarter, IReadOnlyList<CommunityRow> Rows)
{
    public long? Total(Figure figure) => SmallCells.Total(Rows.Select(r => r.Cells[figure.Id].Quarter));
    public long? Total(Figure figure, int month) => SmallCells.Total(Rows.Select(r => r.Cells[figure.Id].Months[month]));
}

/// <summary>
/// The only way a request from above reads anything of the communities below: it counts each community behind that community's own fence, hides
/// what is small, and lets nothing out but the counts. A guard holds the list of classes that open a scope by themselves.
/// </summary>
public sealed class CommunityFigures(Database database, JurisdictionDirectory jurisdictions, TimeProvider clock)
{
    /// <summary>Quarters that are offered.</summary>
    public const int Offered = 8;

    public static readonly Permission Permission = new("communities.figures", ("查看各社区合计数字", "See the communities' aggregates"), [Role.SubdistrictOfficer, Role.DistrictOfficer]);

    /// <summary>The figures that are shown. Those that stand at a day are not among them.</summary>
    public static IReadOnlyList<Figure> Shown { get; } = [AppealFigures.Filed, AppealFigures.Answered, AppealFigures.Judged, AppealFigures.Satisfied, AppealFigures.Dissatisfied];

    /// <summary>Quarters that are over, newest first.</summary>
    public IReadOnlyList<Period> Quarters()
    {
        var today = clock.Today();
        var quarter = Period.Quarter(today.Year, (today.Month + 2) / 3);
        var offered = new List<Period>();
        while (offered.Count < Offered)
            offered.Add(quarter = quarter.Previous);
        return offered;
    }

    /// <summary>The table of one of <see cref="Quarters"/>; null for another period.</summary>
    public async Task<CommunityTable?> Table(Viewer viewer, Period quarter, CancellationToken cancel = default)
    {
        if (viewer.PostFor(Permission) is null || !Quarters().Contains(quarter))
            return null;
        IReadOnlyList<Jurisdiction> communities;
        await using (var outer = await database.Read([], cancel))
            communities = await jurisdictions.CommunitiesBelow(outer.Db, viewer.JurisdictionId, cancel);
        var rows = new List<CommunityRow>();
        foreach (var community in communities)
        {
            await using var lease = await database.Read([community.Id], cancel);
            rows.Add(new(community, await Of(lease.Db, quarter, cancel)));
        }
        return new(quarter, rows);
    }

    /// <summary>What may be shown of one community, whose scope this is.</summary>
    internal static async Task<IReadOnlyDictionary<string, QuarterCells>> Of(HeleDb db, Period quarter, CancellationToken cancel)
    {
        var counts = new Dictionary<string, QuarterCounts>();
        foreach (var figure in Shown)
        {
            // As it was known when the quarter ended: what is entered later never changes what was shown, nor what was hidden.
            var dates = await figure.Records(db, quarter, quarter.End).Select(r => r.On).ToListAsync(cancel);
            counts[figure.Id] = new([.. Months(quarter).Select(month => (long)dates.Count(month.Contains))]);
        }
        return Hide(counts);
    }

    public static IReadOnlyList<Period> Months(Period quarter) => [.. Enumerable.Range(0, 3).Select(i => Period.Month(quarter.From.Year, quarter.From.Month + i))];

    /// <summary>Satisfied and dissatisfied verdicts add up to all verdicts; the other figures add up with none.</summary>
    private static Dictionary<string, QuarterCells> Hide(IReadOnlyDictionary<string, QuarterCounts> counts)
    {
        var (judged, verdicts) = SmallCells.Split(counts[AppealFigures.Judged.Id], counts[AppealFigures.Satisfied.Id], counts[AppealFigures.Dissatisfied.Id]);
        return new()
        {
            [AppealFigures.Filed.Id] = SmallCells.Alone(counts[AppealFigures.Filed.Id]),
            [AppealFigures.Answered.Id] = SmallCells.Alone(counts[AppealFigures.Answered.Id]),
            [AppealFigures.Judged.Id] = judged,
            [AppealFigures.Satisfied.Id] = verdicts[0],
            [AppealFigures.Dissatisfied.Id] = verdicts[1],
        };
    }
}
