using Hele.Civic.Appeals;
using Hele.Civic.Grids;
using Hele.Civic.Kernel;
using Hele.Civic.Organizations;
using Hele.Civic.People;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Files;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Thanks;

/// <summary>What thanks are for, as it is called.</summary>
/// <param name="Name">The grid, body or post; never a person.</param>
public sealed record ThankedName(ThankedKind Kind, string Name);

/// <summary>Thanks as anybody may read them: the whitelist. Nothing of what was written, of the giver but the surname they agreed to, nor of the matter.</summary>
/// <param name="Giver">刘某; null where no name is shown.</param>
/// <param name="Photo">Code of the photo, where the reviewer let it be shown.</param>
public sealed record PublicThanks(Guid Id, string Code, ThanksKind Kind, ThanksDoor Door, string Text, ThankedName Thanked, string? Giver, DateOnly On, DateOnly? CorrectedOn, string? Photo);

/// <summary>Thanks in the list of those who work here, or in the giver's own.</summary>
/// <param name="EnteredBy">The post that wrote it down; null where the giver did.</param>
public sealed record ThanksLine(Guid Id, string Code, ThanksKind Kind, ThanksDoor Door, string Text, ThankedName Thanked, string? Giver, ThanksShown Shown, ThanksState State, DateOnly On, string? EnteredBy, bool HasPhoto);

/// <summary>A step of it.</summary>
/// <param name="Who">The post; null for the giver.</param>
public sealed record ThanksStep(string Kind, DateTimeOffset At, DateOnly On, string? Who);

/// <summary>Thanks on their page, for whoever sees them as they were given.</summary>
/// <param name="Holder">Of thanks to a person: who it is, and of a body's or grid's nobody.</param>
/// <param name="Appeal">The matter, for those who may know both who thanks and what was raised.</param>
/// <param name="Acts">What this viewer may do now: acts of the life cycle, <see cref="ThanksQueries.OpenName"/> and <see cref="ThanksQueries.AddPhoto"/>.</param>
/// <param name="Barred">Why a viewer who checks others doesn't check this one.</param>
public sealed record ThanksView(ThanksLine Line, string? Holder, bool IsOwn, bool IsThanked, bool IsAnonymous, string? PublicText, bool PhotoShown, DateOnly? PublishedOn, DateOnly? CorrectedOn, string? Reason, string? Appeal, string? AppealNumber, string? Photo,
    bool HasName, IReadOnlyList<ThanksStep> Steps, IReadOnlySet<string> Acts, Problem? Barred);

/// <summary>What a list is narrowed to.</summary>
public sealed record ThanksFilter(ThanksKind? Kind = null, ThanksState? State = null, string? Search = null);

/// <summary>Read side: what anybody may read, what is the viewer's own, what those who work here see.</summary>
public sealed class ThanksQueries(ReadSession read, TimeProvider clock)
{
    public const int PageSize = 20, OwnShown = 20;
    public const string Table = "ThanksRecords", Speak = "speak", OpenName = "open-name", AddPhoto = "add-photo";

    /// <summary>What is public, and nothing else.</summary>
    internal static IQueryable<ThanksRecord> Published(HeleDb db) => db.Set<ThanksRecord>().Where(t => t.State == ThanksState.Public && t.Shown != ThanksShown.No);

    /// <summary>Newest first; a search looks at what was published, at whom it thanks, and nowhere else.</summary>
    public async Task<(IReadOnlyList<PublicThanks> Rows, Guid? Before, Guid? After)> Public(ThanksFilter filter, Guid? after = null, Guid? before = null, int size = PageSize, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        var thanks = Published(db);
        if (filter.Kind is { } kind) thanks = thanks.Where(t => t.Kind == kind);
        var words = ChineseText.Normalize(filter.Search);
        if (words.Length > 0)
            thanks = thanks.Where(t => (t.PublicText != null && t.PublicText.Contains(words)) || db.Set<Grid>().Any(g => g.Id == t.GridId && g.Name.Contains(words))
                || db.Set<Body>().Any(b => b.Id == t.BodyId && b.Name.Contains(words)) || db.Set<Post>().Any(p => p.Id == t.PostId && p.Title.Contains(words)));
        var (rows, previous, next) = await Paged(thanks, after, before, size, cancel);
        return (await Publish(db, rows, cancel), previous, next);
    }

    /// <summary>What anybody reads of it; null when it isn't public.</summary>
    public async Task<PublicThanks?> FindPublic(string code, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        return await Published(db).SingleOrDefaultAsync(t => t.PublicCode == code, cancel) is { } thanks ? (await Publish(db, [thanks], cancel))[0] : null;
    }

    /// <summary>It was public once and no longer is: that is all anybody is told.</summary>
    public async Task<bool> WasPublic(string code, CancellationToken cancel = default) =>
        await (await read.Db(cancel)).Set<ThanksRecord>().AnyAsync(t => t.PublicCode == code && t.PublishedOn != null && t.State != ThanksState.Public, cancel);

    /// <summary>The viewer's own, newest first.</summary>
    public async Task<IReadOnlyList<ThanksLine>> Own(Viewer viewer, CancellationToken cancel = default)
    {
        var (db, person) = (await read.Db(cancel), (Guid?)viewer.PersonId);
        return person == Guid.Empty ? [] : await Lines(db, await ThanksAccess.Visible(viewer, db.Set<ThanksRecord>()).Where(t => t.GiverId == person).OrderByDescending(t => t.Id).Take(OwnShown).ToListAsync(cancel), cancel);
    }

    /// <summary>Those a viewer who works here sees, newest first.</summary>
    public async Task<(IReadOnlyList<ThanksLine> Rows, Guid? Before, Guid? After)> List(Viewer viewer, ThanksFilter filter, Guid? after = null, Guid? before = null, int size = PageSize, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        if (viewer.PostFor(ThanksAccess.List) is null)
            return ([], null, null);
        var thanks = ThanksAccess.Visible(viewer, db.Set<ThanksRecord>());
        if (filter.Kind is { } kind) thanks = thanks.Where(t => t.Kind == kind);
        if (filter.State is { } state) thanks = thanks.Where(t => t.State == state);
        var words = ChineseText.Normalize(filter.Search);
        if (PublicCode.TryParse(words, out var code))
            thanks = thanks.Where(t => t.PublicCode == code.Text);
        else if (words.Length > 0)
            thanks = thanks.Where(t => t.Text.Contains(words) || (t.PublicText != null && t.PublicText.Contains(words)) || db.Set<Grid>().Any(g => g.Id == t.GridId && g.Name.Contains(words))
                || db.Set<Body>().Any(b => b.Id == t.BodyId && b.Name.Contains(words)) || db.Set<Post>().Any(p => p.Id == t.PostId && p.Title.Contains(words)));
        var (rows, previous, next) = await Paged(thanks, after, before, size, cancel);
        return (await Lines(db, rows, cancel), previous, next);
    }

    /// <summary>As it was given, for whoever sees that; null for missing and for not theirs alike.</summary>
    public async Task<ThanksView?> Find(Viewer? viewer, string code, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        if (viewer is null || await ThanksAccess.Visible(viewer, db.Set<ThanksRecord>()).SingleOrDefaultAsync(t => t.PublicCode == code, cancel) is not { } thanks)
            return null;
        var today = clock.Today();
        var own = ThanksAccess.May(viewer, thanks, ThanksAccess.Own);
        var isThanked = await ThanksAccess.BarsFrom(db, viewer.PersonId, [.. thanks.To.Select(t => t.PersonId)], today) is not null;
        var barred = await ThanksAccess.Bars(db, viewer, thanks, today);
        var (reviews, speaks) = (ThanksAccess.May(viewer, thanks, ThanksAccess.Review), ThanksAccess.May(viewer, thanks, ThanksAccess.SpeakFor));
        var acts = ThanksRecord.LifeCycle.From(thanks.State).Where(l => l.Permission == ThanksAccess.Review ? reviews && (barred is null || l.Act == ThanksRecord.TakeDown) : own).Select(l => l.Act).ToHashSet();
        if (thanks.Shown == ThanksShown.No)
            acts.Remove(ThanksRecord.Publish);
        if (speaks && !own && ThanksRecord.LifeCycle.Find(thanks.State, ThanksRecord.Withdraw) is not null)
            acts.Add(Speak);
        if (thanks.GiverNameSealed is not null && ThanksAccess.May(viewer, thanks, ThanksAccess.OpenGiver) && !isThanked)
            acts.Add(OpenName);
        var appeal = thanks.AppealId is { } of && thanks.State != ThanksState.Withdrawn && (own || reviews) && !isThanked ? await db.Set<Appeal>().Where(a => a.Id == of && (own || !a.NameWithheld)).SingleOrDefaultAsync(cancel) : null;
        var appealSeen = appeal is not null && AppealAccess.May(viewer, appeal, AppealAccess.See);
        var events = await db.Set<JournalRow>().Where(r => r.RowTable == Table && r.RowId == thanks.Id).OrderBy(r => r.LeafIndex).Select(r => new { r.Kind, r.At, r.OnDate, r.PostId }).ToListAsync(cancel);
        var posts = events.Select(e => e.PostId).OfType<Guid>().Distinct().ToList();
        var titles = await db.Set<Post>().Where(p => posts.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Title, cancel);
        var photo = await Photos(db, [thanks.Id]).Select(f => f.PublicCode).FirstOrDefaultAsync(cancel);
        if (photo is null && AddThanksPhoto.IsOpen(thanks.State) && (own || (speaks && !isThanked)))
            acts.Add(AddPhoto);
        return new ThanksView((await Lines(db, [thanks], cancel))[0],
            thanks.Thanked == ThankedKind.Holder ? await (from p in db.Set<Post>() join x in db.Set<Person>() on p.PersonId equals x.Id where p.Id == thanks.PostId select x.Name).SingleOrDefaultAsync(cancel) : null,
            own, isThanked, thanks.IsAnonymous, thanks.PublicText, thanks.PhotoShown, thanks.PublishedOn, thanks.CorrectedOn, thanks.Reason, appealSeen ? appeal!.PublicCode : null, appealSeen ? appeal!.Number : null, photo, thanks.GiverNameSealed is not null,
            [.. events.Select(e => new ThanksStep(e.Kind, e.At, e.OnDate, e.PostId is { } post ? titles.GetValueOrDefault(post) : null))], acts, reviews && !own ? barred : null);
    }

    /// <summary>Whom one can thank today: grids, bodies, posts, and the people who hold them.</summary>
    public async Task<IReadOnlyList<WhomLine>> Whom(CancellationToken cancel = default)
    {
        var (db, today) = (await read.Db(cancel), clock.Today());
        var lines = (await db.Set<Grid>().Where(g => g.From <= today && (g.To == null || g.To >= today)).OrderBy(g => g.Code).Select(g => new { g.PublicCode, g.Name }).ToListAsync(cancel))
            .Select(g => new WhomLine(new(ThankedKind.Grid, g.PublicCode), g.Name)).ToList();
        lines.AddRange((await db.Set<Body>().Where(b => b.From <= today && (b.To == null || b.To >= today)).OrderBy(b => b.Kind).ThenBy(b => b.Name).Select(b => new { b.PublicCode, b.Name }).ToListAsync(cancel))
            .Select(b => new WhomLine(new(ThankedKind.Body, b.PublicCode), b.Name)));
        var posts = await (from p in db.Set<Post>().Where(Post.ActiveOn(today))
                           join person in db.Set<Person>() on p.PersonId equals person.Id
                           where person.ErasedOn == null
                           orderby p.Role, p.Title
                           select new { p.PublicCode, p.Title, person.Name }).ToListAsync(cancel);
        lines.AddRange(posts.Select(p => new WhomLine(new(ThankedKind.Post, p.PublicCode), p.Title)));
        lines.AddRange(posts.Select(p => new WhomLine(new(ThankedKind.Holder, p.PublicCode), p.Title, p.Name)));
        return lines;
    }

    /// <summary>Whose turn an appeal was: what a resident thanks first. Null when it isn't theirs, isn't satisfied, or isn't one to thank for; thanked already is said by the code.</summary>
    public async Task<(string Title, IReadOnlyList<ThanksWhom> First, string? Already)?> FromAppeal(Viewer viewer, string code, CancellationToken cancel = default)
    {
        var (db, person) = (await read.Db(cancel), viewer.PersonId);
        if (await db.Set<Appeal>().SingleOrDefaultAsync(a => a.PublicCode == code && a.AppellantId == person && a.State == AppealState.Satisfied, cancel) is not { IsShielded: false } appeal)
            return null;
        var post = await db.Set<Post>().Where(p => p.Id == appeal.HandlerPostId).Select(p => p.PublicCode).SingleOrDefaultAsync(cancel);
        var grid = await db.Set<Grid>().Where(g => g.Id == appeal.GridId).Select(g => g.PublicCode).SingleOrDefaultAsync(cancel);
        var already = await db.Set<ThanksRecord>().Where(t => t.AppealId == appeal.Id && t.GiverId == person && t.State != ThanksState.Withdrawn && t.State != ThanksState.Rejected).Select(t => t.PublicCode).FirstOrDefaultAsync(cancel);
        return (appeal.Title, [.. post is null ? Array.Empty<ThanksWhom>() : [new(ThankedKind.Post, post), new(ThankedKind.Holder, post)], .. grid is null ? Array.Empty<ThanksWhom>() : [new ThanksWhom(ThankedKind.Grid, grid)]], already);
    }

    /// <summary>How each of these is called that it thanks.</summary>
    internal static async Task<IReadOnlyDictionary<Guid, ThankedName>> Names(HeleDb db, IReadOnlyCollection<ThanksRecord> thanks, CancellationToken cancel)
    {
        var (grids, bodies, posts) = (thanks.Select(t => t.GridId).OfType<Guid>().ToList(), thanks.Select(t => t.BodyId).OfType<Guid>().ToList(), thanks.Select(t => t.PostId).OfType<Guid>().ToList());
        var names = new Dictionary<Guid, string>();
        foreach (var grid in await db.Set<Grid>().Where(g => grids.Contains(g.Id)).Select(g => new { g.Id, g.Name }).ToListAsync(cancel))
            names[grid.Id] = grid.Name;
        foreach (var body in await db.Set<Body>().Where(b => bodies.Contains(b.Id)).Select(b => new { b.Id, b.Name }).ToListAsync(cancel))
            names[body.Id] = body.Name;
        foreach (var post in await db.Set<Post>().Where(p => posts.Contains(p.Id)).Select(p => new { p.Id, p.Title }).ToListAsync(cancel))
            names[post.Id] = post.Title;
        return thanks.ToDictionary(t => t.Id, t => new ThankedName(t.Thanked, names[(t.GridId ?? t.BodyId ?? t.PostId)!.Value]));
    }

    private static IQueryable<StoredFile> Photos(HeleDb db, IReadOnlyCollection<Guid> thanks) => db.Set<StoredFile>().Where(f => f.SubjectTable == Table && thanks.Contains(f.SubjectId) && f.State == FileState.Shown).OrderBy(f => f.Number);

    private static async Task<IReadOnlyList<ThanksLine>> Lines(HeleDb db, IReadOnlyList<ThanksRecord> thanks, CancellationToken cancel)
    {
        var names = await Names(db, thanks, cancel);
        var photos = (await Photos(db, [.. thanks.Select(t => t.Id)]).Select(f => f.SubjectId).ToListAsync(cancel)).ToHashSet();
        var posts = thanks.Select(t => t.EnteredByPostId).OfType<Guid>().Distinct().ToList();
        var titles = await db.Set<Post>().Where(p => posts.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Title, cancel);
        return [.. thanks.Select(t => new ThanksLine(t.Id, t.PublicCode, t.Kind, t.Door, t.Text, names[t.Id], t.GiverMasked, t.Shown, t.State, t.ReceivedOn, t.EnteredByPostId is { } by ? titles[by] : null, photos.Contains(t.Id)))];
    }

    private static async Task<IReadOnlyList<PublicThanks>> Publish(HeleDb db, IReadOnlyList<ThanksRecord> thanks, CancellationToken cancel)
    {
        var names = await Names(db, thanks, cancel);
        var photos = (await Photos(db, [.. thanks.Where(t => t.PhotoShown).Select(t => t.Id)]).Select(f => new { f.SubjectId, f.PublicCode }).ToListAsync(cancel)).ToLookup(f => f.SubjectId, f => f.PublicCode);
        return [.. thanks.Select(t => new PublicThanks(t.Id, t.PublicCode, t.Kind, t.Door, t.PublicText!, names[t.Id], t.Shown == ThanksShown.Surname ? t.GiverMasked : null, t.ReceivedOn, t.CorrectedOn, photos[t.Id].FirstOrDefault()))];
    }

    private static async Task<(IReadOnlyList<ThanksRecord> Rows, Guid? Before, Guid? After)> Paged(IQueryable<ThanksRecord> thanks, Guid? after, Guid? before, int size, CancellationToken cancel)
    {
        var rows = await (before is { } upTo ? thanks.Where(t => t.Id > upTo).OrderBy(t => t.Id) : (after is { } from ? thanks.Where(t => t.Id < from) : thanks).OrderByDescending(t => t.Id)).Take(size + 1).ToListAsync(cancel);
        var more = rows.Count > size;
        rows = [.. rows.Take(size)];
        if (before is not null)
            rows.Reverse();
        return (rows, rows.Count > 0 && (before is not null ? more : after is not null) ? rows[0].Id : null, rows.Count > 0 && (before is not null || more) ? rows[^1].Id : null);
    }
}
