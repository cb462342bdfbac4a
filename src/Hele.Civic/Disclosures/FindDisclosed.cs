using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;
using Hele.Evidence;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Disclosures;

/// <summary>A disclosure by its code alone, as the code on the paper says it: whoever scans that has chosen no community. What it reads is public everywhere.</summary>
public sealed class FindDisclosed(Database database, JurisdictionDirectory jurisdictions, ShownTexts shown, TimeProvider clock)
{
    /// <summary>Null when nothing of that code was ever up.</summary>
    public async Task<(PublicDisclosure Disclosure, Jurisdiction Community)?> Find(string code, CancellationToken cancel = default)
    {
        if (await PlaceOf(code, cancel) is not { } place)
            return null;
        await using var own = await database.Read([place], cancel);
        var disclosure = await DisclosureQueries.PutUp(own.Db).AsNoTracking().SingleAsync(d => d.PublicCode == code, cancel);
        return (await DisclosureQueries.Publish(own.Db, shown, disclosure, clock.Today(), cancel), await jurisdictions.Get(own.Db, place, cancel));
    }

    /// <summary>The newest of a community, of kinds without personal data and not taken down: for readers of feeds. Null for a place that is none.</summary>
    /// <param name="community">Its division code.</param>
    public async Task<(Jurisdiction Community, IReadOnlyList<PublicDisclosure> Rows)?> Newest(string community, int most, CancellationToken cancel = default)
    {
        Jurisdiction? place;
        await using (var outer = await database.Read([], cancel))
            place = await jurisdictions.Find(outer.Db, community, cancel);
        if (place is not { Level: JurisdictionLevel.Community })
            return null;
        await using var lease = await database.Read([place.Id], cancel);
        var (db, personal, today) = (lease.Db, DisclosureKinds.Personal, clock.Today());
        var found = new List<PublicDisclosure>();
        foreach (var row in await DisclosureQueries.PutUp(db).AsNoTracking().Where(d => !personal.Contains(d.Kind) && d.State != DisclosureState.Withdrawn).OrderByDescending(d => d.PublishedAt).Take(most).ToListAsync(cancel))
            found.Add(await DisclosureQueries.Publish(db, shown, row, today, cancel));
        return (place, found);
    }

    /// <summary>
    /// The proof of what was up: the leaf by which the text that counts went up, with every field of it. Of a posting it holds the sealed bytes and is given to those alone who may open the archive; what was taken down has none in public.
    /// </summary>
    public async Task<ReceiptFile?> Proof(Viewer? viewer, string code, LogService log, CancellationToken cancel = default)
    {
        if (await PlaceOf(code, cancel) is not { } place)
            return null;
        await using var own = await database.Read([place], cancel);
        var db = own.Db;
        var d = await DisclosureQueries.PutUp(db).AsNoTracking().SingleAsync(x => x.PublicCode == code, cancel);
        if (!DisclosureAccess.May(viewer, d, DisclosureAccess.Open) && (DisclosureKinds.Of(d.Kind).IsPersonal || d.State == DisclosureState.Withdrawn))
            return null;
        var text = await db.Set<DisclosureText>().AsNoTracking().SingleAsync(t => t.DisclosureId == d.Id && t.Number == d.Version, cancel);
        var kind = DisclosureEvents.TextShown.Code;
        var leaf = await db.Set<JournalRow>().AsNoTracking().SingleAsync(r => r.JurisdictionId == place && r.RowTable == DisclosureQueries.TextTable && r.RowId == text.Id && r.Kind == kind, cancel);
        return await LeafReceipt.Of(db, log, leaf, text,
            [nameof(DisclosureText.Number), nameof(DisclosureText.Content), nameof(DisclosureText.ContentSealed), nameof(DisclosureText.Why), nameof(DisclosureText.WrittenOn), nameof(DisclosureText.ShownAt), nameof(DisclosureText.ShownTo)], cancel);
    }

    /// <summary>The community in which something of this code is, or was, up.</summary>
    private async Task<int?> PlaceOf(string code, CancellationToken cancel)
    {
        int[] everywhere;
        await using (var outer = await database.Read([], cancel))
            everywhere = await outer.Db.Jurisdictions.Where(j => j.Level == JurisdictionLevel.Community).OrderBy(j => j.Id).Select(j => j.Id).ToArrayAsync(cancel);
        await using var lease = await database.Read(everywhere, cancel);
        return await DisclosureQueries.PutUp(lease.Db).Where(d => d.PublicCode == code).Select(d => (int?)d.JurisdictionId).FirstOrDefaultAsync(cancel);
    }
}
