using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Sealing;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.BreakGlass;

/// <summary>A line of the lists. Lateness belongs to the matter and is added up for nobody.</summary>
public sealed record EmergencyLine(Guid Id, string Code, string Seal, string RowCode, string Post, DateTimeOffset OpenedAt, DateTimeOffset EndsAt, DateOnly ReviewDueOn, EmergencyState State, bool IsOwn)
{
    public bool IsReviewed => State is EmergencyState.Justified or EmergencyState.NotJustified;
    public bool IsLate(DateOnly today) => !IsReviewed && ReviewDueOn < today;
    public bool IsRunning(DateTimeOffset now) => State == EmergencyState.Opened && now < EndsAt;
}

/// <summary>What this viewer opened, what they are to review, what was reviewed, and what others opened about them or their wards.</summary>
public sealed record EmergencyLists(IReadOnlyList<EmergencyLine> Own, IReadOnlyList<EmergencyLine> ToReview, IReadOnlyList<EmergencyLine> Reviewed, IReadOnlyList<EmergencyLine> About);

public sealed record EmergencyEvent(string Kind, DateTimeOffset At, DateOnly On, string? Who);

/// <summary>An access as its page shows it to this viewer.</summary>
/// <param name="Name">What the record is called, where this viewer may know.</param>
/// <param name="Acts">What they may do now: the life cycle's acts, <c>read</c> and <c>know</c>.</param>
/// <param name="Looks">How often it was read under this access.</param>
/// <param name="NobodyReviews">True when there is neither another supervisor nor a security administrator.</param>
public sealed record EmergencyView(EmergencyLine Line, Bilingual What, string? Name, string Reason, string? Words, string? ReviewedBy, DateOnly? ReviewedOn, bool Tell, Bilingual TellSource, DateOnly? KnownOn,
    bool IsAboutViewer, int Looks, IReadOnlyList<EmergencyEvent> Timeline, IReadOnlySet<string> Acts, bool NobodyReviews);

/// <summary>What somebody is told on their pages until they say that they know.</summary>
/// <param name="Ward">The name of the ward it is about; null for oneself.</param>
public sealed record Told(string Code, Bilingual What, string Post, DateTimeOffset At, string? Ward);

/// <summary>What can be asked for on the form.</summary>
/// <param name="Name">The record's name, where this viewer may know it; null also when there is no such record.</param>
/// <param name="OpensAnyway">No emergency is needed.</param>
public sealed record Asked(string? Name, bool OpensAnyway);

/// <summary>Read side of break-glass.</summary>
public sealed class EmergencyQueries(ReadSession read, ModuleList modules, TellRules telling, TimeProvider clock)
{
    public const string Read = "read", Know = "know";

    /// <summary>Most reviewed ones that are listed.</summary>
    public const int ReviewedShown = 100;

    public async Task<EmergencyLists> Lists(Viewer viewer, int most = ReviewedShown, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        var sight = await EmergencySight.Of(db, viewer, clock.Today(), cancel);
        var visible = EmergencyRights.Visible(viewer, db.Set<EmergencyAccess>(), sight);
        var person = viewer.PersonId;
        var own = await Lines(db, visible.Where(a => a.OpenerId == person).OrderByDescending(a => a.Id).Take(most), person).ToListAsync(cancel);
        var about = await Lines(db, visible.Where(a => a.Tell && (a.SubjectId == person || sight.Wards.Contains(a.SubjectId))).OrderByDescending(a => a.Id).Take(most), person).ToListAsync(cancel);
        if (viewer.PostFor(EmergencyRights.Review) is null)
            return new EmergencyLists(own, [], [], about);
        var others = EmergencyRights.OfOthers(viewer, db.Set<EmergencyAccess>(), sight);
        var toReview = await Lines(db, others.Where(a => a.State == EmergencyState.Opened || a.State == EmergencyState.Ended).OrderBy(a => a.ReviewDueOn).ThenBy(a => a.Id), person).ToListAsync(cancel);
        var reviewed = await Lines(db, others.Where(a => a.State == EmergencyState.Justified || a.State == EmergencyState.NotJustified).OrderByDescending(a => a.Id).Take(most), person).ToListAsync(cancel);
        return new EmergencyLists(own, toReview, reviewed, about);
    }

    /// <summary>One access as this viewer may see it; null for missing and for not theirs alike.</summary>
    public async Task<EmergencyView?> Find(Viewer viewer, string code, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        var today = clock.Today();
        var sight = await EmergencySight.Of(db, viewer, today, cancel);
        var access = await EmergencyRights.Visible(viewer, db.Set<EmergencyAccess>(), sight).SingleOrDefaultAsync(a => a.PublicCode == code, cancel);
        if (access is null)
            return null;
        var line = await Lines(db, db.Set<EmergencyAccess>().Where(a => a.Id == access.Id), viewer.PersonId).SingleAsync(cancel);
        var seal = modules.EmergencySeals.Single(s => s.Code == access.Seal);
        var row = await seal.ByCode(db, access.RowCode).SingleOrDefaultAsync(cancel);
        var events = await (from e in db.Set<JournalRow>()
                            where e.RowTable == "EmergencyAccesses" && e.RowId == access.Id
                            orderby e.LeafIndex
                            select new EmergencyEvent(e.Kind, e.At, e.OnDate, db.Set<Post>().Where(p => p.Id == e.PostId).Select(p => p.Title).FirstOrDefault())).ToListAsync(cancel);
        var reviewer = access.ReviewerPostId is { } post ? await db.Set<Post>().Where(p => p.Id == post).Select(p => p.Title).SingleOrDefaultAsync(cancel) : null;
        var mine = sight.Entries.Contains(access.OpenerId);
        var acts = EmergencyAccess.LifeCycle.From(access.State).Where(l => EmergencyRights.May(viewer, access, l.Permission, sight) && (l.Permission != EmergencyRights.Review || !mine)).Select(l => l.Act).ToHashSet();
        var running = access.IsRunningAt(clock.GetUtcNow());
        if (running && EmergencyRights.May(viewer, access, EmergencyRights.Open, sight))
            acts.Add(Read);
        if (!running)
            acts.Remove(EmergencyAccess.End);
        if (access.KnownOn is null && EmergencyRights.May(viewer, access, EmergencyRights.Know, sight))
            acts.Add(Know);
        var about = access.SubjectId == viewer.PersonId || sight.Wards.Contains(access.SubjectId);
        var nobody = !access.IsReviewed && !await db.Set<Post>().Where(Post.ActiveOn(today))
            .AnyAsync(p => (p.Role == Role.Supervisor || p.Role == Role.SecurityAdministrator) && p.PersonId != access.OpenerId, cancel);
        var looks = await db.Set<ViewRecord>().CountAsync(r => r.Purpose == EmergencyRights.Open.Code && r.AccountId == access.OpenerAccountId && r.RowId == access.RowId && r.At >= access.OpenedAt && r.At < access.EndsAt, cancel);
        return new EmergencyView(line, seal.Title, row is null ? null : seal.Name(viewer, row), access.Reason, access.Words, reviewer, access.ReviewedOn, access.Tell, telling.Source(access.TellCitation), access.KnownOn, about, looks, events, acts, nobody);
    }

    /// <summary>What the viewer, or a ward of theirs, is to be told and hasn't acknowledged.</summary>
    public async Task<IReadOnlyList<Told>> ToTell(Viewer viewer, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        var (person, today) = (viewer.PersonId, clock.Today());
        var rows = await db.Set<EmergencyAccess>().Where(a => a.Tell && a.KnownOn == null && (a.SubjectId == person
                || db.Set<Guardianship>().Any(g => g.GuardianId == person && g.WardId == a.SubjectId && g.From <= today && (g.To == null || g.To >= today))))
            .OrderBy(a => a.Id)
            .Select(a => new
            {
                a.PublicCode, a.Seal, a.OpenedAt, Post = db.Set<Post>().Where(p => p.Id == a.OpenerPostId).Select(p => p.Title).First(),
                Ward = a.SubjectId == person ? null : db.Set<Person>().Where(p => p.Id == a.SubjectId).Select(p => p.Name).FirstOrDefault(),
            }).ToListAsync(cancel);
        return [.. rows.Select(r => new Told(r.PublicCode, modules.EmergencySeals.Single(s => s.Code == r.Seal).Title, r.Post, r.OpenedAt, r.Ward))];
    }

    /// <summary>What the form knows about the record that is asked for.</summary>
    public async Task<Asked> Ask(Viewer viewer, string seal, string code, CancellationToken cancel = default)
    {
        if (viewer.PostFor(EmergencyRights.Open) is null || modules.EmergencySeals.SingleOrDefault(s => s.Code == seal) is not { } kind
            || await kind.ByCode(await read.Db(cancel), code).SingleOrDefaultAsync(cancel) is not { } row)
            return new Asked(null, false);
        return new Asked(kind.Name(viewer, row), kind.Opens(viewer, row));
    }

    private static IQueryable<EmergencyLine> Lines(HeleDb db, IQueryable<EmergencyAccess> accesses, Guid person) => accesses.Select(a => new EmergencyLine(a.Id, a.PublicCode, a.Seal, a.RowCode,
        db.Set<Post>().Where(p => p.Id == a.OpenerPostId).Select(p => p.Title).First(), a.OpenedAt, a.EndsAt, a.ReviewDueOn, a.State, a.OpenerId == person));
}
