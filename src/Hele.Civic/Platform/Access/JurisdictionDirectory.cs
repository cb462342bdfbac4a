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

    /// <summary>The jurisdiction directly above; null for the top of the tree.</summary>
    public async ValueTask<Jurisdiction?> Above(HeleDb db, int id, CancellationToken cancel = default) =>
        (await Get(db, id, cancel)).ParentId is { } parent ? await Get(db, parent, cancel) : null;

    /// <summary>The communities in or below a jurisdiction, by code.</summary>
    public async Task<IReadOnlyList<Jurisdiction>> CommunitiesBelow(HeleDb db, int id, CancellationToken cancel = default)
    {
        // New ones may be opened at any time, so the list is read afresh; it is short.
        var children = (await db.Jurisdictions.AsNoTracking().ToListAsync(cancel)).ToLookup(j => j.ParentId);
        var found = new List<Jurisdiction>();
        void Descend(int parent)
        {
            foreach (var child in children[parent])
            {
                if (child.Level == JurisdictionLevel.Community)
                    found.Add(child);
                Descend(child.Id);
            }
        }
        Descend(id);
        return [.. found.OrderBy(j => j.Code, StringComparer.Ordinal)];
    }

    /// <summary>By its division code; null when there is none.</summary>
    public async ValueTask<Jurisdiction?> Find(HeleDb db, string code, CancellationToken cancel = default) =>
        _known.Values.FirstOrDefault(j => j.Code == code) ?? await db.Jurisdictions.AsNoTracking().SingleOrDefaultAsync(j => j.Code == code, cancel);
}
