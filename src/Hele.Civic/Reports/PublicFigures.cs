using Hele.Civic.Appeals;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Figures;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Reports;

/// <summary>The public figures of one quarter, by figure id.</summary>
public sealed record PublicQuarter(Period Quarter, IReadOnlyDictionary<string, QuarterCells> Cells);

/// <summary>
/// The figures of the request's community that anybody may read: those and only those that the sub-district sees of it, for the same quarters, with the same cells hidden. Whoever reads both learns nothing more.
/// </summary>
public sealed class PublicFigures(ReadSession read, CommunityFigures figures)
{
    /// <summary>Quarters that are over and have begun to be recorded, newest first.</summary>
    public async Task<IReadOnlyList<PublicQuarter>> Quarters(CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        var first = await db.Set<Appeal>().MinAsync(a => (DateOnly?)a.FiledOn, cancel);
        var quarters = new List<PublicQuarter>();
        foreach (var quarter in figures.Quarters().Where(q => q.To >= first))
            quarters.Add(new(quarter, await CommunityFigures.Of(db, quarter, cancel)));
        return quarters;
    }
}
