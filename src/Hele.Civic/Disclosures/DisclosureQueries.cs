using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Rules;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Disclosures;

public enum DisclosurePhase
{
    Up,
    Over,
    Withdrawn,
}

/// <summary>A text that is, or was, before everybody.</summary>
/// <param name="ReplacedAt">When a correction took its place; it stays readable, struck.</param>
public sealed record PublicText(int Number, DisclosureContent Content, DateTimeOffset ShownAt, DateTimeOffset? ReplacedAt, string? Why);

/// <summary>An objection as anybody may read it: never its words, only what was written of them with the answer.</summary>
public sealed record PublicObjection(string Code, ObjectionDoor Door, DateOnly FiledOn, DateOnly DueOn, string? Asked, string? Answer, bool IsRight, string? AnsweredBy, DateOnly? AnsweredOn)
{
    public bool IsLate(DateOnly today) => AnsweredOn is null && DueOn < today;
}

/// <summary>A step of it, with the place of its entry in the log.</summary>
public sealed record DisclosureStep(string Kind, DateTimeOffset At, DateOnly On, string? Post, long Leaf);

/// <summary>A disclosure as anybody may read it: the whitelist. Of a posting whose time is over, and of what was taken down, only which kind stood here from when to when.</summary>
/// <param name="Texts">The one that counts first, then those it corrected.</param>
public sealed record PublicDisclosure(Guid Id, string Code, string Number, DisclosureKind Kind, Period? Covers, string? Title, DisclosurePhase Phase, DateOnly From, DateOnly To, DateOnly ObjectTo, string? Where, string PublishedBy, string CheckedBy,
    WithdrawReason? Withdrawal, string? WithdrawText, string? WithdrawnBy, DateOnly? WithdrawnOn, IReadOnlyList<PublicText> Texts, IReadOnlyList<PublicObjection> Objections, IReadOnlyList<DisclosureStep> Steps)
{
    public int DaysLeft(DateOnly today) => To.DayNumber - today.DayNumber + 1;

    public bool TakesObjections(DateOnly today) => Phase == DisclosurePhase.Up && today <= ObjectTo;
}

/// <summary>A line of the board or of its archive.</summary>
/// <param name="Title">Null for postings.</param>
public sealed record BoardLine(Guid Id, string Code, string Number, DisclosureKind Kind, Period? Covers, string? Title, DisclosurePhase Phase, DateOnly From, DateOnly To, bool IsCorrected, int Objections);

/// <summary>What the board is narrowed to.</summary>
/// <param name="Past">What is over instead of what is up.</param>
public sealed record BoardFilter(string? Kind = null, string? Search = null, bool Past = false);

/// <summary>A disclosure in the list of those who work on it.</summary>
public sealed record DisclosureLine(Guid Id, string Code, string? Number, DisclosureKind Kind, Period? Covers, string? Title, DisclosureState State, DateOnly WrittenOn, DateOnly? From, DateOnly? To, bool HasProposal, int Unanswered);

public sealed record DisclosureFilter(string? Kind = null, DisclosureState? State = null);

/// <summary>A text on the page of those who work on it.</summary>
/// <param name="Content">Null where it is sealed and wasn't opened.</param>
public sealed record TextView(int Number, DisclosureContent? Content, string? Why, string WrittenBy, DateOnly WrittenOn, DateTimeOffset? ShownAt, DateTimeOffset? ReplacedAt, string? RefusedText, bool IsProposal);

/// <summary>An objection before those who answer it.</summary>
/// <param name="Text">Null where it is sealed or gone.</param>
public sealed record ObjectionView(PublicObjection Public, string? Text, bool IsSealed, bool SignedIn, string? EnteredBy);

/// <summary>A disclosure on its page, for those who work on it.</summary>
/// <param name="Acts">What this viewer may do now, acts of the life cycle, <see cref="DisclosureQueries.OpenTexts"/> and <see cref="DisclosureQueries.AnswerObjections"/>.</param>
/// <param name="Barred">Why a viewer who checks others doesn't check this one.</param>
public sealed record DisclosureView(DisclosureLine Line, int Revision, string WrittenBy, string? CheckedBy, DateOnly? CheckedOn, string? ReturnText, string? PublishedBy, string? Where, DateOnly? LeastTo, DateOnly? ObjectTo,
    WithdrawReason? Withdrawal, string? WithdrawText, string? WithdrawnBy, DateOnly? WithdrawnOn, bool IsUp, IReadOnlyList<TextView> Texts, IReadOnlyList<ObjectionView> Objections, IReadOnlyList<DisclosureStep> Steps, IReadOnlySet<string> Acts, Problem? Barred)
{
    public bool IsSealed => Line.Kind.IsPersonal;

    /// <summary>The text that counts, or the draft.</summary>
    public TextView Current(int version) => Texts.First(t => t.Number == version);
}

/// <summary>A kind in the catalogue, as this community stands with it.</summary>
/// <param name="Duty">Code of the period that is open and due first.</param>
public sealed record CatalogueLine(DisclosureKind Kind, DateOnly? LastOn, string? LastCode, Period? Next, DateOnly? NextDue, string? Duty, int Open)
{
    public bool IsLate(DateOnly today) => Duty is not null && NextDue < today;
}

/// <summary>A period that is due, on its page.</summary>
public sealed record DutyView(string Code, DisclosureKind Kind, Period Covers, DateOnly DueOn, DateOnly? DoneOn, string? Disclosure, bool MayWrite);

/// <summary>Read side: what anybody may read today, what waits before it is up, and the archive.</summary>
public sealed class DisclosureQueries(ReadSession read, ShownTexts shown, TimeProvider clock)
{
    public const int PageSize = 20;
    public const string Table = "Disclosures", TextTable = "DisclosureTexts", OpenTexts = "open", AnswerObjections = "answer";

    private static readonly string[] PublicSteps = [DisclosureEvents.Published.Code, DisclosureEvents.Corrected.Code, DisclosureEvents.Withdrawn.Code, DisclosureEvents.Ended.Code];

    /// <summary>What was put up and is, or was, before everybody; never a draft.</summary>
    internal static IQueryable<Disclosure> PutUp(HeleDb db) => db.Set<Disclosure>().Where(d => d.State == DisclosureState.Shown || d.State == DisclosureState.Archived || d.State == DisclosureState.Withdrawn);

    /// <summary>Newest first. What is over is found by its title and words, postings of names by nothing: of them the list of what is over holds none, but for those that were taken down early, which stay as such.</summary>
    public async Task<(IReadOnlyList<BoardLine> Rows, Guid? Before, Guid? After)> Board(BoardFilter filter, Guid? after = null, Guid? before = null, int size = PageSize, CancellationToken cancel = default)
    {
        var (db, today, personal) = (await read.Db(cancel), clock.Today(), DisclosureKinds.Personal);
        var rows = filter.Past
            ? PutUp(db).Where(d => (d.ShownTo < today || d.State == DisclosureState.Archived) && (d.State == DisclosureState.Withdrawn || !personal.Contains(d.Kind)))
            : PutUp(db).Where(d => d.ShownTo >= today && d.State != DisclosureState.Archived);
        if (filter.Kind is { } kind)
            rows = rows.Where(d => d.Kind == kind);
        var words = ChineseText.Normalize(filter.Search);
        if (words.Length > 0)
        {
            // Words of the program itself, by which a content is kept, find nothing.
            var inText = words.Any(c => c > 0x7f);
            rows = rows.Where(d => d.State != DisclosureState.Withdrawn && !personal.Contains(d.Kind)
                && ((d.Title != null && d.Title.Contains(words)) || (inText && db.Set<DisclosureText>().Any(t => t.DisclosureId == d.Id && t.ShownAt != null && t.Content != null && t.Content.Contains(words)))));
        }
        var (page, previous, next) = await Paged(rows, after, before, size, cancel);
        var ids = page.Select(d => d.Id).ToList();
        var objections = (await db.Set<DisclosureObjection>().Where(o => ids.Contains(o.DisclosureId)).GroupBy(o => o.DisclosureId).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(cancel)).ToDictionary(g => g.Key, g => g.Count);
        return ([.. page.Select(d =>
        {
            var phase = PhaseOf(d, today);
            return new BoardLine(d.Id, d.PublicCode, d.Number!, DisclosureKinds.Of(d.Kind), Covers(d), phase == DisclosurePhase.Withdrawn ? null : d.Title, phase, d.ShownFrom!.Value, d.ShownTo!.Value, d.Version > 1, phase == DisclosurePhase.Withdrawn ? 0 : objections.GetValueOrDefault(d.Id));
        })], previous, next);
    }

    /// <summary>Those a viewer who works on them sees, newest first: drafts, what is up, and the archive.</summary>
    public async Task<(IReadOnlyList<DisclosureLine> Rows, Guid? Before, Guid? After)> List(Viewer viewer, DisclosureFilter filter, Guid? after = null, Guid? before = null, int size = PageSize, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        var rows = DisclosureAccess.Visible(viewer, db.Set<Disclosure>());
        if (filter.Kind is { } kind) rows = rows.Where(d => d.Kind == kind);
        if (filter.State is { } state) rows = rows.Where(d => d.State == state);
        var (page, previous, next) = await Paged(rows, after, before, size, cancel);
        return (await Lines(db, page, cancel), previous, next);
    }

    /// <summary>For those who work on it; null for missing and for not theirs alike.</summary>
    public async Task<DisclosureView?> Find(Viewer? viewer, string code, CancellationToken cancel = default)
    {
        var (db, today) = (await read.Db(cancel), clock.Today());
        if (viewer is null || await DisclosureAccess.Visible(viewer, db.Set<Disclosure>()).SingleOrDefaultAsync(d => d.PublicCode == code, cancel) is not { } d)
            return null;
        var kind = DisclosureKinds.Of(d.Kind);
        var rows = await db.Set<DisclosureText>().AsNoTracking().Where(t => t.DisclosureId == d.Id).OrderByDescending(t => t.Number).ToListAsync(cancel);
        var posts = await Titles(db, [d.WrittenByPostId, d.CheckedByPostId, d.PublishedByPostId, d.WithdrawnByPostId, .. rows.Select(t => (Guid?)t.WrittenByPostId)], cancel);
        var texts = new List<TextView>();
        foreach (var t in rows)
        {
            var content = kind.IsPersonal ? await shown.ForEverybody(db, d, t, today, cancel) : t.Content is { } plain ? DisclosureContent.Parse(plain) : null;
            texts.Add(new(t.Number, content, t.Why, posts[t.WrittenByPostId], t.WrittenOn, t.ShownAt, t.ReplacedAt, t.RefusedText, t.IsProposal));
        }
        var proposal = rows.FirstOrDefault(t => t.IsProposal);
        var (up, checks) = (d.IsUpOn(today), DisclosureAccess.May(viewer, d, DisclosureAccess.Check));
        var barred = checks ? await Writing.Bars(db, viewer, proposal?.WrittenByPostId ?? d.WrittenByPostId) : null;
        var acts = Disclosure.LifeCycle.From(d.State).Where(l => DisclosureAccess.May(viewer, d, l.Permission) && (l.Permission != DisclosureAccess.Check || barred is null)).Select(l => l.Act).ToHashSet();
        // Time does that, nobody here.
        acts.Remove(Disclosure.End);
        if (proposal is null) { acts.Remove(Disclosure.Correct); acts.Remove(Disclosure.Refuse); }
        else acts.Remove(Disclosure.Propose);
        if (!up) { acts.Remove(Disclosure.Propose); acts.Remove(Disclosure.Withdraw); acts.Remove(Disclosure.Correct); }
        if (kind.IsPersonal && OpenDisclosure.May(viewer, d) && rows.Any(t => t.ContentSealed is not null))
            acts.Add(OpenTexts);
        if (DisclosureAccess.May(viewer, d, DisclosureAccess.Answer))
            acts.Add(AnswerObjections);
        return new DisclosureView((await Lines(db, [d], cancel))[0], d.Revision, posts[d.WrittenByPostId], Of(d.CheckedByPostId), d.CheckedOn, d.ReturnText, Of(d.PublishedByPostId), d.Where, d.LeastTo, d.ObjectTo, d.Withdrawal, d.WithdrawText, Of(d.WithdrawnByPostId), d.WithdrawnOn, up,
            texts, await Objections(db, d.Id, cancel), await Steps(db, d.Id, cancel), acts, barred);

        string? Of(Guid? post) => post is { } id ? posts[id] : null;
    }

    /// <summary>The number of the text that counts.</summary>
    public async Task<int> VersionOf(string code, CancellationToken cancel = default) => await (await read.Db(cancel)).Set<Disclosure>().Where(d => d.PublicCode == code).Select(d => d.Version).SingleAsync(cancel);

    /// <summary>Every kind that must be put up, as the community stands with it.</summary>
    public async Task<IReadOnlyList<CatalogueLine>> Catalogue(Jurisdiction here, CancellationToken cancel = default)
    {
        var (db, today) = (await read.Db(cancel), clock.Today());
        var open = await db.Set<DisclosureDuty>().Where(d => d.DisclosureId == null).OrderBy(d => d.DueOn).ToListAsync(cancel);
        var lines = new List<CatalogueLine>();
        foreach (var kind in DisclosureKinds.Shown)
        {
            var last = await PutUp(db).Where(d => d.Kind == kind.Code && d.State != DisclosureState.Withdrawn).OrderByDescending(d => d.PublishedAt).Select(d => new { d.ShownFrom, d.PublicCode }).FirstOrDefaultAsync(cancel);
            var duties = open.Where(d => d.Kind == kind.Code).ToList();
            Period? next = null;
            DateOnly? due = null;
            if (duties.Count > 0)
                (next, due) = (new Period(duties[0].CoversFrom, duties[0].CoversTo), duties[0].DueOn);
            else if (kind.Every is { } every && ReferenceData.Rules.Find(every, today, here.Code) is not null)
            {
                var running = DisclosurePeriods.At(today, (await RuleBook.InForce(db, here, every, today)).Amount);
                (next, due) = (running, (await RuleBook.InForce(db, here, "disclosure.due", today)).DueFrom(China.At(running.To), ReferenceData.Calendar).Date);
            }
            lines.Add(new(kind, last?.ShownFrom, last?.PublicCode, next, due, duties.Count > 0 ? duties[0].PublicCode : null, duties.Count));
        }
        return lines;
    }

    /// <summary>Periods of a kind one can write about: those that are due first, then the others of the last year.</summary>
    public async Task<IReadOnlyList<Period>> Periods(Jurisdiction here, DisclosureKind kind, CancellationToken cancel = default)
    {
        if (kind.Every is not { } every)
            return [];
        var (db, today) = (await read.Db(cancel), clock.Today());
        var months = (await RuleBook.InForce(db, here, every, today)).Amount;
        var taken = await db.Set<Disclosure>().Where(d => d.Kind == kind.Code && d.CoversFrom != null && d.State != DisclosureState.Withdrawn && d.State != DisclosureState.Dropped).Select(d => new { d.CoversFrom, d.CoversTo }).ToListAsync(cancel);
        var due = await db.Set<DisclosureDuty>().Where(d => d.Kind == kind.Code && d.DisclosureId == null).OrderBy(d => d.DueOn).Select(d => new { d.CoversFrom, d.CoversTo }).ToListAsync(cancel);
        var periods = due.Select(d => new Period(d.CoversFrom, d.CoversTo)).ToList();
        for (var period = DisclosurePeriods.LastOver(today, months); period.To > today.AddYears(-1); period = DisclosurePeriods.At(period.From.AddDays(-1), months))
            periods.Add(period);
        return [.. periods.Distinct().Where(p => !taken.Any(t => t.CoversFrom <= p.To && t.CoversTo >= p.From))];
    }

    public async Task<DutyView?> Duty(Viewer viewer, string code, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        if (viewer.PostFor(DisclosureAccess.See) is null || await db.Set<DisclosureDuty>().SingleOrDefaultAsync(d => d.PublicCode == code, cancel) is not { } duty)
            return null;
        var (kind, from, to) = (DisclosureKinds.Of(duty.Kind), duty.CoversFrom, duty.CoversTo);
        var there = await db.Set<Disclosure>().Where(d => d.Kind == duty.Kind && d.CoversFrom <= from && d.CoversTo >= to && d.State != DisclosureState.Withdrawn && d.State != DisclosureState.Dropped).Select(d => d.PublicCode).FirstOrDefaultAsync(cancel);
        return new(duty.PublicCode, kind, new(from, to), duty.DueOn, duty.DoneOn, there, DisclosureAccess.MayWrite(viewer, kind));
    }

    /// <summary>The jurisdiction's own word for how long a kind stays up at least, today.</summary>
    public async Task<Rule> Least(Jurisdiction here, DisclosureKind kind, CancellationToken cancel = default) => await RuleBook.InForce(await read.Db(cancel), here, kind.Min!, clock.Today());

    internal static async Task<PublicDisclosure> Publish(HeleDb db, ShownTexts shown, Disclosure d, DateOnly today, CancellationToken cancel)
    {
        var (kind, phase) = (DisclosureKinds.Of(d.Kind), PhaseOf(d, today));
        var readable = phase == DisclosurePhase.Up || (phase == DisclosurePhase.Over && !kind.IsPersonal);
        var texts = new List<PublicText>();
        if (readable)
        {
            foreach (var text in await db.Set<DisclosureText>().AsNoTracking().Where(t => t.DisclosureId == d.Id && t.ShownAt != null).OrderByDescending(t => t.Number).ToListAsync(cancel))
            {
                if (await shown.ForEverybody(db, d, text, today, cancel) is { } content)
                    texts.Add(new(text.Number, content, text.ShownAt!.Value, text.ReplacedAt, text.Why));
            }
        }
        var objections = readable ? await Objections(db, d.Id, cancel) : [];
        var steps = await Steps(db, d.Id, cancel);
        var posts = await Titles(db, [d.PublishedByPostId, d.CheckedByPostId, d.WithdrawnByPostId], cancel);
        return new PublicDisclosure(d.Id, d.PublicCode, d.Number!, kind, Covers(d), readable ? d.Title : null, phase, d.ShownFrom!.Value, d.ShownTo!.Value, d.ObjectTo!.Value, d.Where, posts[d.PublishedByPostId!.Value], posts[d.CheckedByPostId!.Value],
            d.Withdrawal, d.WithdrawText, d.WithdrawnByPostId is { } by ? posts[by] : null, d.WithdrawnOn, texts, [.. objections.Select(o => o.Public)], [.. steps.Where(s => PublicSteps.Contains(s.Kind))]);
    }

    internal static DisclosurePhase PhaseOf(Disclosure d, DateOnly today) => d.State == DisclosureState.Withdrawn ? DisclosurePhase.Withdrawn : d.IsUpOn(today) ? DisclosurePhase.Up : DisclosurePhase.Over;

    private static Period? Covers(Disclosure d) => d.CoversFrom is { } from && d.CoversTo is { } to ? new(from, to) : null;

    private static async Task<IReadOnlyList<ObjectionView>> Objections(HeleDb db, Guid disclosure, CancellationToken cancel)
    {
        var rows = await db.Set<DisclosureObjection>().AsNoTracking().Where(o => o.DisclosureId == disclosure).OrderBy(o => o.FiledAt).ThenBy(o => o.PublicCode).ToListAsync(cancel);
        var posts = await Titles(db, [.. rows.Select(o => o.AnsweredByPostId), .. rows.Select(o => o.EnteredByPostId)], cancel);
        return [.. rows.Select(o => new ObjectionView(new(o.PublicCode, o.Door, o.FiledOn, o.DueOn, o.Asked, o.Answer, o.IsRight, o.AnsweredByPostId is { } by ? posts[by] : null, o.AnsweredOn), o.Text, o.TextSealed is not null, o.SenderId is not null,
            o.EnteredByPostId is { } entered ? posts[entered] : null))];
    }

    private static async Task<IReadOnlyList<DisclosureStep>> Steps(HeleDb db, Guid disclosure, CancellationToken cancel)
    {
        var events = await db.Set<JournalRow>().Where(r => r.RowTable == Table && r.RowId == disclosure).OrderBy(r => r.LeafIndex).Select(r => new { r.Kind, r.At, r.OnDate, r.PostId, r.LeafIndex }).ToListAsync(cancel);
        var posts = await Titles(db, [.. events.Select(e => e.PostId)], cancel);
        return [.. events.Select(e => new DisclosureStep(e.Kind, e.At, e.OnDate, e.PostId is { } post ? posts.GetValueOrDefault(post) : null, e.LeafIndex))];
    }

    private static async Task<Dictionary<Guid, string>> Titles(HeleDb db, IReadOnlyList<Guid?> posts, CancellationToken cancel)
    {
        var ids = posts.OfType<Guid>().Distinct().ToList();
        return await db.Set<Post>().Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Title, cancel);
    }

    private static async Task<IReadOnlyList<DisclosureLine>> Lines(HeleDb db, IReadOnlyList<Disclosure> rows, CancellationToken cancel)
    {
        var ids = rows.Select(d => d.Id).ToList();
        var proposals = (await db.Set<DisclosureText>().Where(t => ids.Contains(t.DisclosureId) && t.Number > 1 && t.ShownAt == null && t.RefusedText == null).Select(t => t.DisclosureId).ToListAsync(cancel)).ToHashSet();
        var unanswered = (await db.Set<DisclosureObjection>().Where(o => ids.Contains(o.DisclosureId) && o.AnsweredOn == null).GroupBy(o => o.DisclosureId).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(cancel)).ToDictionary(g => g.Key, g => g.Count);
        return [.. rows.Select(d => new DisclosureLine(d.Id, d.PublicCode, d.Number, DisclosureKinds.Of(d.Kind), Covers(d), d.Title, d.State, d.WrittenOn, d.ShownFrom, d.ShownTo, proposals.Contains(d.Id), unanswered.GetValueOrDefault(d.Id)))];
    }

    private static async Task<(IReadOnlyList<Disclosure> Rows, Guid? Before, Guid? After)> Paged(IQueryable<Disclosure> rows, Guid? after, Guid? before, int size, CancellationToken cancel)
    {
        var page = await (before is { } upTo ? rows.Where(d => d.Id > upTo).OrderBy(d => d.Id) : (after is { } from ? rows.Where(d => d.Id < from) : rows).OrderByDescending(d => d.Id)).Take(size + 1).ToListAsync(cancel);
        var more = page.Count > size;
        page = [.. page.Take(size)];
        if (before is not null)
            page.Reverse();
        return (page, page.Count > 0 && (before is not null ? more : after is not null) ? page[0].Id : null, page.Count > 0 && (before is not null || more) ? page[^1].Id : null);
    }
}
