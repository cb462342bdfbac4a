using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Feedback;

/// <summary>One answer as anybody may read it.</summary>
public sealed record PublicAnswer(int Round, AsideReason? Aside, string? Asked, string Text, string? Changed, string Post, DateOnly On);

/// <summary>A note as anybody may read it: never what was written, only what was published of it.</summary>
/// <param name="Page">The page it was about, without anybody's code.</param>
public sealed record PublicNote(Guid Id, string Code, FeedbackKind Kind, FeedbackState State, DateOnly FiledOn, DateOnly? DueOn, string? Page, IReadOnlyList<PublicAnswer> Answers)
{
    public bool IsLate(DateOnly today) => DueOn < today;
}

/// <summary>One's own note, or one to be answered, in a list.</summary>
public sealed record FeedbackLine(string Code, string Text, FeedbackKind Kind, FeedbackState State, DateOnly FiledOn, DateOnly? DueOn)
{
    public bool IsLate(DateOnly today) => DueOn < today;
}

/// <summary>A note on its page.</summary>
/// <param name="Text">As it was written; null for whoever may not read that.</param>
/// <param name="SignedIn">Whether whoever wrote it was signed in; who it was is shown to nobody.</param>
/// <param name="Acts">What this viewer may do now: the life cycle's acts, and <c>reword</c>.</param>
public sealed record FeedbackView(PublicNote Note, string? Text, string? ContestText, DateOnly? ContestedOn, bool IsOwn, bool SignedIn, bool WantsToBeTold, IReadOnlySet<string> Acts);

/// <summary>What the public list is narrowed to.</summary>
public sealed record FeedbackFilter(FeedbackKind? Kind = null, FeedbackState? State = null, string? Search = null);

/// <summary>Read side: what anybody may read, what is the viewer's own, what waits to be answered.</summary>
public sealed class FeedbackQueries(ReadSession read)
{
    public const int PageSize = 20, OwnShown = 20;
    public const string Reword = "reword";

    /// <summary>Newest first; a search looks at what was published and nowhere else.</summary>
    public async Task<(IReadOnlyList<PublicNote> Rows, Guid? Before, Guid? After)> Public(FeedbackFilter filter, Guid? after = null, Guid? before = null, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        var notes = db.Set<FeedbackNote>().AsQueryable();
        if (filter.Kind is { } kind) notes = notes.Where(n => n.Kind == kind);
        if (filter.State is { } state) notes = notes.Where(n => n.State == state);
        var words = ChineseText.Normalize(filter.Search);
        if (PublicCode.TryParse(words, out var code))
            notes = notes.Where(n => n.PublicCode == code.Text);
        else if (words.Length > 0)
            notes = notes.Where(n => db.Set<FeedbackAnswer>().Any(a => a.NoteId == n.Id && ((a.Asked != null && a.Asked.Contains(words)) || a.Text.Contains(words) || (a.Changed != null && a.Changed.Contains(words)))));
        List<FeedbackNote> rows;
        bool isBefore = before is not null, more;
        if (before is { } upTo)
            rows = await notes.Where(n => n.Id > upTo).OrderBy(n => n.Id).Take(PageSize + 1).ToListAsync(cancel);
        else
            rows = await (after is { } from ? notes.Where(n => n.Id < from) : notes).OrderByDescending(n => n.Id).Take(PageSize + 1).ToListAsync(cancel);
        more = rows.Count > PageSize;
        rows = [.. rows.Take(PageSize)];
        if (isBefore)
            rows.Reverse();
        return (await Publish(db, rows, cancel),
            rows.Count > 0 && (isBefore ? more : after is not null) ? rows[0].Id : null,
            rows.Count > 0 && (isBefore || more) ? rows[^1].Id : null);
    }

    /// <summary>The viewer's own, newest first.</summary>
    public async Task<IReadOnlyList<FeedbackLine>> Own(Viewer viewer, CancellationToken cancel = default)
    {
        var person = viewer.PersonId;
        return await Lines((await read.Db(cancel)).Set<FeedbackNote>().Where(n => n.SenderId == person).OrderByDescending(n => n.Id).Take(OwnShown), cancel);
    }

    /// <summary>What this viewer answers, the most pressing first; empty for whoever answers none.</summary>
    public async Task<IReadOnlyList<FeedbackLine>> ToAnswer(Viewer viewer, CancellationToken cancel = default)
    {
        if (viewer.PostFor(FeedbackAccess.Answer) is null)
            return [];
        var person = viewer.PersonId;
        return await Lines(FeedbackAccess.Visible(viewer, (await read.Db(cancel)).Set<FeedbackNote>()).Where(n => FeedbackNote.Waiting.Contains(n.State) && n.SenderId != person).OrderBy(n => n.DueOn), cancel);
    }

    /// <summary>One note: for anybody what is public of it, for its sender and those who answer all of it. Null when there is none.</summary>
    public async Task<FeedbackView?> Find(Viewer? viewer, string code, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        if (await db.Set<FeedbackNote>().SingleOrDefaultAsync(n => n.PublicCode == code, cancel) is not { } note)
            return null;
        var published = (await Publish(db, [note], cancel))[0];
        if (!FeedbackAccess.May(viewer, note, FeedbackAccess.See))
            return new FeedbackView(published, null, null, note.ContestedOn, false, false, false, new HashSet<string>());
        var own = note.SenderId is { } sender && sender == viewer!.PersonId;
        var acts = FeedbackNote.LifeCycle.From(note.State).Where(l => FeedbackAccess.May(viewer, note, l.Permission) && !(own && l.Permission == FeedbackAccess.Answer)).Select(l => l.Act).ToHashSet();
        if (!own && FeedbackAccess.May(viewer, note, FeedbackAccess.Answer) && published.Answers.Any(a => a.Asked is not null))
            acts.Add(Reword);
        return new FeedbackView(published, note.Text, note.ContestText, note.ContestedOn, own, note.SenderId is not null, note.WantsToBeTold, acts);
    }

    private static async Task<IReadOnlyList<FeedbackLine>> Lines(IQueryable<FeedbackNote> notes, CancellationToken cancel) =>
        [.. (await notes.Select(n => new { n.PublicCode, n.Text, n.Kind, n.State, n.FiledOn, n.DueOn }).ToListAsync(cancel)).Select(n => new FeedbackLine(n.PublicCode, FeedbackDay.Short(n.Text), n.Kind, n.State, n.FiledOn, n.DueOn))];

    private static async Task<IReadOnlyList<PublicNote>> Publish(HeleDb db, IReadOnlyList<FeedbackNote> notes, CancellationToken cancel)
    {
        var ids = notes.Select(n => n.Id).ToList();
        var answers = (await (from a in db.Set<FeedbackAnswer>()
                              where ids.Contains(a.NoteId)
                              join p in db.Set<Post>() on a.PostId equals p.Id
                              orderby a.Round
                              select new { a.NoteId, Answer = new PublicAnswer(a.Round, a.Aside, a.Asked, a.Text, a.Changed, p.Title, a.AnsweredOn) }).ToListAsync(cancel)).ToLookup(a => a.NoteId, a => a.Answer);
        return [.. notes.Select(n => new PublicNote(n.Id, n.PublicCode, n.Kind, n.State, n.FiledOn, n.DueOn, n.Page, [.. answers[n.Id]]))];
    }
}
