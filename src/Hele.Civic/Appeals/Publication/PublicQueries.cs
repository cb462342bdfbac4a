using Hele.Civic.Grids;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Figures;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Rules;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Appeals;

/// <summary>All that anybody may know of one appeal: the whitelist. Title, answer and place are as reviewed; kind, state and dates are the appeal's.</summary>
/// <param name="Code">The public's own code, not the receipt's.</param>
/// <param name="Place">Null for somewhere in the community.</param>
/// <param name="Satisfied">The newest verdict; null without one.</param>
/// <param name="IsAnswerOlder">There is a newer answer that hasn't been reviewed yet.</param>
public sealed record PublicMatter(Guid Id, string Code, string Kind, AppealState State, string Title, string? Answer, string? Place, DateOnly FiledOn, DateOnly? AcceptedOn, DateOnly? AnsweredOn, DateOnly? JudgedOn, bool? Satisfied,
    DateOnly PublishedOn, DateOnly? CorrectedOn, DateTimeOffset ChangedAt, bool IsAnswerOlder);

/// <summary>One published matter, with the place it was found in and its leaf in the log.</summary>
public sealed record PublishedMatter(PublicMatter Matter, Jurisdiction Community, long Leaf);

/// <summary>A marker on the public map: a place and what is public there.</summary>
public sealed record PublicMarker(string Place, Position At, IReadOnlyList<PublicMatter> Matters);

/// <summary>What the public list is narrowed to. Everything null or empty shows all.</summary>
/// <param name="Place">A place as it is shown.</param>
public sealed record PublicFilter(string? Words = null, string? Kind = null, AppealState? State = null, string? Place = null, DateOnly? From = null, DateOnly? To = null);

/// <summary>How many appeals of a kind were raised in a half-year; null is a number that is hidden.</summary>
public sealed record KindCount(AppealKind Kind, long? Count);

/// <summary>What anybody may read of the appeals of the community whose pages are shown.</summary>
public sealed class PublicQueries(ReadSession read, JurisdictionDirectory jurisdictions, TimeProvider clock)
{
    public const string Rule = "appeal.public.for";
    public const int PageSize = 20, MostOnMap = 1000, MostInFeed = 50;

    /// <summary>The half-years whose counts are shown, the newest first: over, so that no number on the page grows while somebody watches; and of one length, so that none is a part of another.</summary>
    public IReadOnlyList<Period> HalfYears()
    {
        var today = clock.Today();
        var last = Period.HalfYear(today.Year, today.Month > 6 ? 2 : 1).Previous;
        return [last, last.Previous, last.Previous.Previous];
    }

    public async Task<Page<PublicMatter>> List(PublicFilter filter, Guid? after = null, Guid? before = null, CancellationToken cancel = default)
    {
        var (db, shown) = await Shown(cancel);
        var query = Narrowed(db, shown, filter);
        if (before is { } upTo)
        {
            var rows = await NewestFirst(db, query.Where(p => p.Id > upTo).OrderBy(p => p.Id).Take(PageSize + 1), cancel);
            var more = rows.Count > PageSize;
            rows = [.. rows.TakeLast(PageSize)];
            return new(rows, more ? rows[0].Id : null, rows.Count > 0 ? rows[^1].Id : null);
        }
        var page = await NewestFirst(db, (after is { } from ? query.Where(p => p.Id < from) : query).OrderByDescending(p => p.Id).Take(PageSize + 1), cancel);
        var next = page.Count > PageSize;
        page = [.. page.Take(PageSize)];
        return new(page, after is not null && page.Count > 0 ? page[0].Id : null, next ? page[^1].Id : null);
    }

    /// <summary>The places that are shown, by name, to choose one from.</summary>
    public async Task<IReadOnlyList<string>> Places(CancellationToken cancel = default)
    {
        var (_, shown) = await Shown(cancel);
        var names = await shown.Where(p => p.Place != null).Select(p => p.Place!).Distinct().ToListAsync(cancel);
        return [.. names.Order(ChineseText.ByPinyin)];
    }

    /// <summary>The markers of what is public and lies somewhere; the rest is in the list.</summary>
    public async Task<IReadOnlyList<PublicMarker>> Markers(CancellationToken cancel = default)
    {
        var (db, shown) = await Shown(cancel);
        var placed = await shown.Where(p => p.LonE7 != null && p.Place != null).OrderByDescending(p => p.Id).Take(MostOnMap).Select(p => new { p.Id, p.LonE7, p.LatE7 }).ToListAsync(cancel);
        var ids = placed.ConvertAll(p => p.Id);
        var matters = await NewestFirst(db, db.Set<AppealPublication>().Where(p => ids.Contains(p.Id)), cancel);
        var at = placed.ToDictionary(p => p.Id, p => new Position(p.LonE7!.Value, p.LatE7!.Value));
        return [.. matters.GroupBy(m => m.Place!).Select(g => new PublicMarker(g.Key, at[g.First().Id], [.. g])).OrderBy(m => m.Place, ChineseText.ByPinyin)];
    }

    /// <summary>
    /// How many appeals of each kind were raised in one of the half-years, as far as they were written by its last day; small numbers, and what they would follow from, are hidden. A sum isn't shown.
    /// Null for a span that isn't offered.
    /// </summary>
    public async Task<IReadOnlyList<KindCount>?> Counts(Period half, CancellationToken cancel = default)
    {
        if (!HalfYears().Contains(half))
            return null;
        var db = await read.Db(cancel);
        var end = half.End;
        var counts = await db.Set<Appeal>().Where(a => a.FiledOn >= half.From && a.FiledOn <= half.To && a.FiledAt < end).GroupBy(a => a.Kind).Select(g => new { g.Key, Count = g.LongCount() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancel);
        var cells = SmallCells.Parts([.. AppealKinds.All.Select(k => counts.GetValueOrDefault(k.Code))]);
        return [.. AppealKinds.All.Select((k, i) => new KindCount(k, cells[i]))];
    }

    private async Task<(HeleDb Db, IQueryable<AppealPublication> Shown)> Shown(CancellationToken cancel)
    {
        var db = await read.Db(cancel);
        // Only communities have appeals; above them the page is empty.
        return read.Scope is [var place] && await jurisdictions.Get(db, place, cancel) is { Level: JurisdictionLevel.Community } community
            ? (db, await ShownIn(db, community, clock.Today())) : (db, db.Set<AppealPublication>().Where(p => false));
    }

    /// <summary>
    /// What is public on a day: published, of a kind that may be listed, and either still open or with its publication, last answer or last verdict within the time of the rule. That the kind is asked
    /// again here is the second fence behind <see cref="CorrectKind"/>.
    /// </summary>
    internal static async Task<IQueryable<AppealPublication>> ShownIn(HeleDb db, Jurisdiction place, DateOnly today)
    {
        var rule = await RuleBook.InForce(db, place, Rule, today);
        var since = rule.Unit switch { RuleUnit.Year => today.AddYears(-rule.Amount), RuleUnit.Month => today.AddMonths(-rule.Amount), _ => today.AddDays(-rule.Amount) };
        var (listed, closed, id) = (AppealKinds.Listed, Appeal.Closed, place.Id);
        return db.Set<AppealPublication>().Where(p => p.JurisdictionId == id && p.State == PublicationState.Published && db.Set<Appeal>().Any(a => a.JurisdictionId == id && a.Id == p.AppealId && listed.Contains(a.Kind)
            && (p.PublishedOn >= since || !closed.Contains(a.State)
                || db.Set<AppealAnswer>().Any(x => x.JurisdictionId == id && x.AppealId == a.Id && x.AnsweredOn >= since) || db.Set<AppealVerdict>().Any(v => v.JurisdictionId == id && v.AppealId == a.Id && v.ContestedOn == null && v.JudgedOn >= since))));
    }

    private static IQueryable<AppealPublication> Narrowed(HeleDb db, IQueryable<AppealPublication> shown, PublicFilter filter)
    {
        if (!string.IsNullOrEmpty(filter.Place)) shown = shown.Where(p => p.Place == filter.Place);
        if (ChineseText.Normalize(filter.Words) is { Length: > 0 } words) shown = shown.Where(p => p.Title!.Contains(words) || (p.Answer != null && p.Answer.Contains(words)) || (p.Place != null && p.Place.Contains(words)));
        if (!string.IsNullOrEmpty(filter.Kind)) shown = shown.Where(p => db.Set<Appeal>().Any(a => a.Id == p.AppealId && a.Kind == filter.Kind));
        if (filter.State is { } state) shown = shown.Where(p => db.Set<Appeal>().Any(a => a.Id == p.AppealId && a.State == state));
        if (filter.From is { } from) shown = shown.Where(p => db.Set<Appeal>().Any(a => a.Id == p.AppealId && a.FiledOn >= from));
        if (filter.To is { } to) shown = shown.Where(p => db.Set<Appeal>().Any(a => a.Id == p.AppealId && a.FiledOn <= to));
        return shown;
    }

    /// <summary>The one projection from what is stored to what is public, in no order.</summary>
    internal static IQueryable<PublicMatter> Lines(HeleDb db, IQueryable<AppealPublication> shown) =>
        from p in shown
        join a in db.Set<Appeal>() on new { p.JurisdictionId, Id = p.AppealId } equals new { a.JurisdictionId, a.Id }
        select new PublicMatter(p.Id, p.PublicCode, a.Kind, a.State, p.Title!, p.Answer, p.Place, a.FiledOn, a.AcceptedOn,
            db.Set<AppealAnswer>().Where(x => x.JurisdictionId == a.JurisdictionId && x.AppealId == a.Id).Max(x => (DateOnly?)x.AnsweredOn),
            db.Set<AppealVerdict>().Where(v => v.JurisdictionId == a.JurisdictionId && v.AppealId == a.Id && v.ContestedOn == null).Max(v => (DateOnly?)v.JudgedOn),
            db.Set<AppealVerdict>().Where(v => v.JurisdictionId == a.JurisdictionId && v.AppealId == a.Id && v.ContestedOn == null).OrderByDescending(v => v.Round).ThenByDescending(v => v.LoggedAt).Select(v => (bool?)v.Satisfied).FirstOrDefault(),
            p.PublishedOn!.Value, p.CorrectedOn, p.ChangedAt, a.Round > p.AnswerRound);

    private static async Task<List<PublicMatter>> NewestFirst(HeleDb db, IQueryable<AppealPublication> shown, CancellationToken cancel) => [.. (await Lines(db, shown).ToListAsync(cancel)).OrderByDescending(m => m.Id)];
}

/// <summary>
/// What is published of one matter, and the newest of a community, for whoever follows a link: it names the matter or the community by itself, so that nobody has to choose one first. Only what is public anyway.
/// </summary>
public sealed class FindPublished(Database database, JurisdictionDirectory jurisdictions, TimeProvider clock)
{
    /// <summary>Null when nothing of that code is public now, whatever the reason.</summary>
    public async Task<PublishedMatter?> Find(string code, CancellationToken cancel = default)
    {
        int[] everywhere;
        await using (var outer = await database.Read([], cancel))
            everywhere = await outer.Db.Jurisdictions.Where(j => j.Level == JurisdictionLevel.Community).OrderBy(j => j.Id).Select(j => j.Id).ToArrayAsync(cancel);
        await using var lease = await database.Read(everywhere, cancel);
        var db = lease.Db;
        if (await db.Set<AppealPublication>().Where(p => p.PublicCode == code).Select(p => new { p.Id, p.JurisdictionId }).FirstOrDefaultAsync(cancel) is not { } found)
            return null;
        var community = await jurisdictions.Get(db, found.JurisdictionId, cancel);
        var matter = await PublicQueries.Lines(db, (await PublicQueries.ShownIn(db, community, clock.Today())).Where(p => p.Id == found.Id)).FirstOrDefaultAsync(cancel);
        if (matter is null)
            return null;
        var leaf = await db.Set<JournalRow>().Where(r => r.JurisdictionId == community.Id && r.RowTable == "AppealPublications" && r.RowId == found.Id).MaxAsync(r => r.LeafIndex, cancel);
        return new(matter, community, leaf);
    }

    /// <summary>The newest of a community, what changed last first; null for a place that is none.</summary>
    /// <param name="community">Its division code.</param>
    public async Task<(Jurisdiction Community, IReadOnlyList<PublicMatter> Matters)?> Newest(string community, CancellationToken cancel = default)
    {
        Jurisdiction? place;
        await using (var outer = await database.Read([], cancel))
            place = await jurisdictions.Find(outer.Db, community, cancel);
        if (place is not { Level: JurisdictionLevel.Community })
            return null;
        await using var lease = await database.Read([place.Id], cancel);
        var db = lease.Db;
        var ids = await (await PublicQueries.ShownIn(db, place, clock.Today())).OrderByDescending(p => p.ChangedAt).ThenByDescending(p => p.Id).Take(PublicQueries.MostInFeed).Select(p => p.Id).ToListAsync(cancel);
        var matters = await PublicQueries.Lines(db, db.Set<AppealPublication>().Where(p => ids.Contains(p.Id))).ToListAsync(cancel);
        return (place, [.. matters.OrderBy(m => ids.IndexOf(m.Id))]);
    }
}
