using System.Collections.Concurrent;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Platform.Access;

/// <summary>The tree of jurisdictions. Its rows never change, so each is read once.</summary>
public sealed class JurisdictionDirectory
{
    private readonly ConcurrentDictionary<int, Jurisdiction> _known = new();

    public async ValueTask<Jurisdiction> Get(HeleDb db, int id, CancellationToken cancel = default)
    {
        if (_known.TryGetValue(id, out var known))
            return known;
        var found = await db.Jurisdictions.AsNoTracking().SingleAsync(j => j.Id == id, cancel);
        return _known[id] = found;
    }

    /// <summary>By its division code; null when there is none.</summary>
    public async ValueTask<Jurisdiction?> Find(HeleDb db, string code, CancellationToken cancel = default) =>
        _known.Values.FirstOrDefault(j => j.Code == code) ?? await db.Jurisdictions.AsNoTracking().SingleOrDefaultAsync(j => j.Code == code, cancel);
}
