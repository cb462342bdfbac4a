using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Platform.Notices;

/// <summary>A notice as its reader sees it.</summary>
/// <param name="Title">What the record is called; null where the reader may not, or no longer, see it.</param>
/// <param name="Record">The entity whose page it opens.</param>
public sealed record NoticeLine(long Leaf, Bilingual Sentence, Bilingual? Title, Type Record, string Code, DateOnly Day, bool IsRead);

/// <summary>A day with what is told of it: lines of their own, and how many stand behind its digest.</summary>
/// <param name="Digest">0: it has none.</param>
public sealed record NoticeDay(DateOnly Day, IReadOnlyList<NoticeLine> Lines, int Digest);

/// <summary>All that is shown to a reader now.</summary>
/// <param name="AsOf">The instant of it: what comes later isn't meant by "all read".</param>
public sealed record NoticeBoard(IReadOnlyList<NoticeDay> Unread, IReadOnlyList<NoticeDay> Read, DateTimeOffset AsOf);

/// <summary>An unread notice, as the header needs it.</summary>
public readonly record struct UnreadNotice(long Leaf, string Kind, string Code, bool ToOther, DateOnly Day, bool InDigest);

/// <summary>A group with what the reader chose.</summary>
public sealed record ChosenWay(NoticeGroup Group, NoticeWay Way);

/// <summary>What a reader is told: their own, in the place they are in, and nobody else's.</summary>
public sealed class NoticeQueries(ReadSession read, ModuleList modules, TimeProvider clock)
{
    /// <summary>Read ones that are still listed; all are listed until they are read.</summary>
    public const int ReadShown = 60;

    /// <summary>Unread ones, a day's digest once, for the header.</summary>
    public async Task<IReadOnlyList<UnreadNotice>> Unread(Viewer viewer, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        var unread = await Shown(db, viewer).Where(n => !n.IsRead).OrderBy(n => n.LeafIndex).Select(n => new UnreadNotice(n.LeafIndex, n.Kind, n.Code, n.ToOther, n.Day, n.InDigest)).ToListAsync(cancel);
        return unread.Count > 0 && await IsTold(db, viewer) ? unread : [];
    }

    /// <summary>What is due on a later day isn't shown to somebody who has left meanwhile.</summary>
    private async Task<bool> IsTold(HeleDb db, Viewer viewer) => (await modules.CanBeTold(db, [viewer.PersonId])).ContainsKey(viewer.PersonId);

    /// <summary>How many things there are to look at: a digest is one.</summary>
    public static int Count(IEnumerable<UnreadNotice> unread) => unread.Select(n => n.InDigest ? (n.Day, (long?)null) : (n.Day, n.Leaf)).Distinct().Count();

    public async Task<NoticeBoard> Board(Viewer viewer, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        if (!await IsTold(db, viewer))
            return new NoticeBoard([], [], clock.Now());
        var rows = await Shown(db, viewer).Where(n => !n.IsRead).ToListAsync(cancel);
        var old = await Shown(db, viewer).Where(n => n.IsRead).OrderByDescending(n => n.Day).ThenByDescending(n => n.LeafIndex).Take(ReadShown).ToListAsync(cancel);
        var lines = await Lines(db, viewer, [.. rows.Concat(old).Where(n => !n.InDigest)], cancel);
        return new NoticeBoard(Days(rows), Days(old), clock.Now());

        IReadOnlyList<NoticeDay> Days(List<Notice> some) => [.. some.GroupBy(n => n.Day).OrderByDescending(g => g.Key)
            .Select(g => new NoticeDay(g.Key, [.. g.Where(n => !n.InDigest).OrderByDescending(n => n.LeafIndex).Select(n => lines[n.LeafIndex])], g.Count(n => n.InDigest)))];
    }

    /// <summary>The list behind a day's digest, in the order things happened.</summary>
    public async Task<IReadOnlyList<NoticeLine>> Digest(Viewer viewer, DateOnly day, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        if (!await IsTold(db, viewer))
            return [];
        var rows = await Shown(db, viewer).Where(n => n.InDigest && n.Day == day).OrderBy(n => n.LeafIndex).ToListAsync(cancel);
        var lines = await Lines(db, viewer, rows, cancel);
        return [.. rows.Select(n => lines[n.LeafIndex])];
    }

    public async Task<IReadOnlyList<ChosenWay>> Choices(Viewer viewer, CancellationToken cancel = default)
    {
        var (person, db) = (viewer.PersonId, await read.Db(cancel));
        var chosen = await db.Set<NoticeChoice>().Where(c => c.PersonId == person).ToDictionaryAsync(c => c.Group, c => c.Way, cancel);
        return [.. modules.NoticeGroups.Select(g => new ChosenWay(g, chosen.TryGetValue(g.Code, out var way) && g.Allows(way) ? way : g.Unless))];
    }

    /// <summary>What of notices is kept about a person: each with its day, newest first, and what isn't shown yet.</summary>
    public static async Task<IReadOnlyList<(Bilingual Sentence, DateOnly Day)>> Kept(HeleDb db, ModuleList modules, Guid person, CancellationToken cancel = default) =>
        [.. (await db.Set<Notice>().Where(n => n.PersonId == person).OrderByDescending(n => n.Day).ThenByDescending(n => n.LeafIndex).Select(n => new { n.Kind, n.Day }).ToListAsync(cancel))
            .Where(n => modules.NoticeSources.ContainsKey(n.Kind)).Select(n => (modules.NoticeSources[n.Kind].Sentence, n.Day))];

    private IQueryable<Notice> Shown(HeleDb db, Viewer viewer) => Shown(db, viewer, modules, clock.Now());

    /// <summary>The viewer's own that are shown at an instant.</summary>
    internal static IQueryable<Notice> Shown(HeleDb db, Viewer viewer, ModuleList modules, DateTimeOffset now)
    {
        var (here, person, today, known) = (viewer.JurisdictionId, viewer.PersonId, China.DateIn(now), modules.NoticeSources.Keys.ToList());
        return db.Set<Notice>().Where(n => n.JurisdictionId == here && n.PersonId == person && n.ShownFrom <= now && (n.Until == null || n.Until >= today) && known.Contains(n.Kind));
    }

    private async Task<Dictionary<long, NoticeLine>> Lines(HeleDb db, Viewer viewer, IReadOnlyList<Notice> rows, CancellationToken cancel)
    {
        var lines = new Dictionary<long, NoticeLine>();
        foreach (var subject in rows.GroupBy(n => modules.NoticeSources[n.Kind].SubjectFor(n.ToOther)))
        {
            var titles = await subject.Key.Titles(db, viewer, [.. subject.Select(n => n.Code).Distinct()], cancel);
            foreach (var row in subject)
                lines[row.LeafIndex] = new NoticeLine(row.LeafIndex, modules.NoticeSources[row.Kind].Sentence, titles.TryGetValue(row.Code, out var title) ? title : null, subject.Key.Record, row.Code, row.Day, row.IsRead);
        }
        return lines;
    }
}
