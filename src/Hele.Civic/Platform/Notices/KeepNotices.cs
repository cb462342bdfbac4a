using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Rules;
using Hele.Civic.Platform.Sealing;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Platform.Notices;

/// <summary>What a reader does with their notices, and what time does. No act: nothing of it is a fact about a matter.</summary>
public sealed class KeepNotices(Database database, ModuleList modules, JurisdictionDirectory jurisdictions, TimeProvider clock)
{
    public const string RetentionRule = "retention.notices";

    public static readonly Problem Unknown = new("notices.unknown-choice", ("请选一种通知方式。", "Please choose one of the ways."));

    /// <summary>Its record, or the list it stands in, was opened.</summary>
    public Task Opened(Viewer viewer, IReadOnlyCollection<long> leaves) => Aside(() => Mark(viewer, shown => shown.Where(n => leaves.Contains(n.LeafIndex))));

    /// <summary>The list behind a day's digest was opened.</summary>
    public Task DigestOpened(Viewer viewer, DateOnly day) => Aside(() => Mark(viewer, shown => shown.Where(n => n.InDigest && n.Day == day)));

    /// <summary>Whoever only reads can go on reading while nothing can be saved: then it stays unread.</summary>
    private static async Task Aside(Func<Task> mark)
    {
        try
        {
            await mark();
        }
        catch (Exception failure) when (StorageTrouble.Of(failure) is not null)
        {
        }
    }

    /// <summary>Everything that was shown at an instant: what came since is left.</summary>
    public Task AllRead(Viewer viewer, DateTimeOffset asOf) => Mark(viewer, shown => shown.Where(n => n.ShownFrom <= asOf));

    private Task Mark(Viewer viewer, Func<IQueryable<Notice>, IQueryable<Notice>> which) => database.Operate(async db =>
    {
        foreach (var notice in await which(NoticeQueries.Shown(db, viewer, modules, clock.Now())).Where(n => !n.IsRead).AsTracking().ToListAsync())
            notice.IsRead = true;
    }, viewer.JurisdictionId);

    /// <summary>What is chosen holds for what happens from now on.</summary>
    /// <param name="ways">A way for each group that is to be changed, by its code.</param>
    public async Task<Problem?> Choose(Viewer viewer, IReadOnlyDictionary<string, NoticeWay?> ways)
    {
        var known = modules.NoticeGroups.ToDictionary(g => g.Code);
        foreach (var (code, way) in ways)
            if (!known.TryGetValue(code, out var group) || way is not { } chosen || !group.Allows(chosen))
                return Unknown;
        var (here, person) = (viewer.JurisdictionId, viewer.PersonId);
        await database.Operate(async db =>
        {
            var rows = await db.Set<NoticeChoice>().AsTracking().Where(c => c.JurisdictionId == here && c.PersonId == person).ToDictionaryAsync(c => c.Group);
            foreach (var (code, way) in ways)
            {
                if (rows.TryGetValue(code, out var row))
                    row.Way = way!.Value;
                else if (way != known[code].Unless)
                    db.Add(new NoticeChoice { JurisdictionId = here, PersonId = person, Group = code, Way = way!.Value });
            }
        }, here);
        return null;
    }

    /// <summary>Takes away what has been kept as long as its rule says.</summary>
    public async Task<int> Sweep(int jurisdiction, CancellationToken cancel = default)
    {
        var gone = 0;
        await database.Operate(async db =>
        {
            var today = clock.Today();
            var before = ExpiredRows.BeganBefore(await RuleBook.InForce(db, await jurisdictions.Get(db, jurisdiction, cancel), RetentionRule, today), today);
            var rows = await db.Set<Notice>().AsTracking().Where(n => n.JurisdictionId == jurisdiction && n.Day < before).ToListAsync(cancel);
            db.RemoveRange(rows);
            gone = rows.Count;
        }, jurisdiction);
        return gone;
    }

    /// <summary>Inside an act: what was told of an earlier event of this record, or was to be told later, has no purpose any more.</summary>
    internal static async Task TakeBack(ActScope scope, EventKind told, string code)
    {
        var (db, here, kind) = (scope.Db, scope.Act.JurisdictionId, told.Code);
        db.RemoveRange(await db.Set<Notice>().AsTracking().Where(n => n.JurisdictionId == here && n.Kind == kind && n.Code == code).ToListAsync());
    }

    /// <summary>Inside the act that erases somebody: what they were told, and how they wanted to be, goes with them.</summary>
    internal static async Task Forget(ActScope scope, Guid person)
    {
        var (db, here) = (scope.Db, scope.Act.JurisdictionId);
        db.RemoveRange(await db.Set<Notice>().AsTracking().Where(n => n.JurisdictionId == here && n.PersonId == person).ToListAsync());
        db.RemoveRange(await db.Set<NoticeChoice>().AsTracking().Where(c => c.JurisdictionId == here && c.PersonId == person).ToListAsync());
        db.RemoveRange(await db.Set<Mail.OutgoingMail>().AsTracking().Where(m => m.JurisdictionId == here && m.PersonId == person).ToListAsync());
        db.RemoveRange(await db.Set<Mail.MailCode>().AsTracking().Where(c => c.JurisdictionId == here && c.PersonId == person).ToListAsync());
    }
}
