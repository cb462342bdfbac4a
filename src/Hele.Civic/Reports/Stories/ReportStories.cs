using Hele.Civic.Appeals;
using Hele.Civic.Grids;
using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Notices;
using Hele.Civic.Platform.Storage;
using Hele.Civic.Thanks;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Reports;

/// <summary>A story in the list.</summary>
/// <param name="Text">Its words once it stands; null before and after.</param>
/// <param name="Record">The record it is told from: its type and public code.</param>
/// <param name="Number">What that is called in a list: an appeal's number, else its code.</param>
public sealed record StoryLine(string Code, StorySource Source, string Place, string? Subject, StoryState State, DateOnly HappenedOn, DateOnly WrittenOn, string WrittenBy, string? Text, (Type Type, string Code)? Record, string? Number);

/// <summary>A step of a story.</summary>
/// <param name="Post">Null for whoever it is about.</param>
public sealed record StoryStep(string Kind, DateTimeOffset At, DateOnly On, string? Post);

/// <param name="IsOwn">The viewer is whoever it is about.</param>
/// <param name="Acts">What this viewer may do now: acts of the life cycle, <see cref="ReportStories.OpenText"/>, and <see cref="ReportStories.OnPaper"/> where they speak for whoever it is about.</param>
/// <param name="Barred">Why a viewer who reads others isn't the second reader of this one.</param>
public sealed record StoryView(StoryLine Line, bool IsOwn, bool HasAccount, ConsentWay? Consent, DateOnly? ConsentOn, string? ConsentTakenBy, string? CheckedBy, DateOnly? ApprovedOn, DateOnly? EndedOn, string? Reason,
    IReadOnlyList<StoryStep> Steps, IReadOnlySet<string> Acts, Problem? Barred);

/// <summary>What a draft from a record begins with.</summary>
/// <param name="People">Of a household: whom it can be about, code and name.</param>
public sealed record StoryBeginning(StorySource Source, string Record, string Title, string Text, IReadOnlyList<(string Code, string Name)> People, Problem? Problem);

/// <summary>Read side of the stories, and which of them a report tells.</summary>
public sealed class ReportStories(ReadSession read, TimeProvider clock)
{
    public const string Table = "ReportStories", OpenText = "open-text", OnPaper = "on-paper";

    private static readonly Bilingual Somebody = ("居民", "a resident"),
        FromAppeal = ("比如，{0}反映“{1}”。社区办理后答复：{2}{0}看了办理结果，表示满意。", "For example, {0} raised “{1}”. The community handled it and answered: {2} {0} looked at it and was satisfied."),
        FromThanks = ("比如，{0}感谢社区：{1}", "For example, {0} thanked the community: {1}");

    /// <summary>
    /// The stories a period's report tells: those whose record is of the period and that stand. What a closed period's report says doesn't change, but for one thing: where whoever a story was about took their
    /// consent back since, its text is gone, and the report says so in its place.
    /// </summary>
    public async Task<IReadOnlyList<ToldStory>> In(Period period, DateTimeOffset? closedAt, CancellationToken cancel = default)
    {
        var (db, before) = (await read.Db(cancel), closedAt ?? Platform.Figures.Figure.Ever);
        var rows = await db.Set<ReportStory>().Where(s => s.ApprovedAt != null && s.ApprovedAt < before && (s.EndedAt == null || s.EndedAt >= before) && s.HappenedOn >= period.From && s.HappenedOn <= period.To)
            .OrderBy(s => s.HappenedOn).ThenBy(s => s.ApprovedAt).ThenBy(s => s.PublicCode).ToListAsync(cancel);
        return [.. rows.Where(s => ReportPlaces.Find(s.Place) is not null).Select(s => new ToldStory(ReportPlaces.Find(s.Place)!, s.PublicCode, s.State == StoryState.Standing ? s.PublicText : null, s.EndedOn))];
    }

    /// <summary>Those a viewer who works here sees, newest first.</summary>
    public async Task<IReadOnlyList<StoryLine>> List(Viewer viewer, StoryState? state = null, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        if (viewer.PostFor(StoryAccess.List) is null)
            return [];
        var stories = StoryAccess.Visible(viewer, db.Set<ReportStory>());
        return await Lines(db, viewer, state is { } only ? stories.Where(s => s.State == only) : stories, cancel);
    }

    /// <summary>Those about the viewer, newest first.</summary>
    public async Task<IReadOnlyList<StoryLine>> Own(Viewer viewer, CancellationToken cancel = default)
    {
        var (db, person) = (await read.Db(cancel), (Guid?)viewer.PersonId);
        return person == Guid.Empty ? [] : await Lines(db, viewer, StoryAccess.Visible(viewer, db.Set<ReportStory>()).Where(s => s.SubjectId == person), cancel);
    }

    /// <summary>One with its history; null for missing and for not theirs alike.</summary>
    public async Task<StoryView?> Find(Viewer viewer, string code, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        if (await StoryAccess.Visible(viewer, db.Set<ReportStory>()).SingleOrDefaultAsync(s => s.PublicCode == code, cancel) is not { } story)
            return null;
        bool May(Permission what) => StoryAccess.May(viewer, story, what);
        var own = May(StoryAccess.Own);
        var barred = May(StoryAccess.Check) && story.State == StoryState.Waiting ? await StoryAccess.Bars(db, viewer, story) : null;
        var acts = ReportStory.LifeCycle.From(story.State).Where(l => l.Permission == StoryAccess.Own ? own || May(StoryAccess.TakeConsent) : May(l.Permission) && (l.Permission != StoryAccess.Check || barred is null)).Select(l => l.Act).ToHashSet();
        if (story.TextSealed is not null && May(StoryAccess.Read))
            acts.Add(OpenText);
        if (!own && May(StoryAccess.TakeConsent))
            acts.Add(OnPaper);
        var steps = await (from r in db.Set<JournalRow>()
                           where r.RowTable == Table && r.RowId == story.Id
                           orderby r.LeafIndex
                           select new { r.Kind, r.At, r.OnDate, Post = db.Set<Post>().Where(p => p.Id == r.PostId).Select(p => p.Title).FirstOrDefault() }).ToListAsync(cancel);
        async Task<string?> Title(Guid? post) => post is null ? null : await db.Set<Post>().Where(p => p.Id == post).Select(p => p.Title).SingleOrDefaultAsync(cancel);
        return new((await Lines(db, viewer, db.Set<ReportStory>().Where(s => s.Id == story.Id), cancel))[0], own, story.SubjectId is { } subject && await db.Set<Person>().Where(Person.CanBeTold).AnyAsync(p => p.Id == subject, cancel),
            story.Consent, story.ConsentOn, await Title(story.ConsentTakenByPostId), await Title(story.CheckedByPostId), story.ApprovedOn, story.EndedOn, story.Reason,
            [.. steps.Select(s => new StoryStep(s.Kind, s.At, s.OnDate, s.Post))], acts, barred);
    }

    /// <summary>What a draft from this record begins with: its own words, without names and doors. Null for a record that the viewer doesn't see.</summary>
    public async Task<StoryBeginning?> Begin(Viewer viewer, StorySource source, string? record, string? subject, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        if (viewer.PostFor(StoryAccess.Write) is null || string.IsNullOrWhiteSpace(record))
            return null;
        var people = source != StorySource.Household || !PublicCode.TryParse(record, out var code) ? []
            : await (from h in GridAccess.Visible(db, viewer, db.Set<Household>())
                     join m in db.Set<HouseholdMember>() on h.Id equals m.HouseholdId
                     join p in db.Set<Person>().Where(Person.Here) on m.PersonId equals p.Id
                     where h.PublicCode == code.Text && h.To == null && m.To == null
                     orderby m.From
                     select new { p.PublicCode, p.Name }).ToListAsync(cancel);
        var (found, problem) = await StoryRecord.Find(db, viewer, source, record, subject, clock.Today());
        if (found is null)
            return new(source, record, "", "", [.. people.Select(p => (p.PublicCode, p.Name))], problem);
        var masked = found.SubjectName.Length == 0 ? Somebody.Zh : Somebody.Zh + StoryText.Masked(found.SubjectName);
        var lines = new List<string>();
        foreach (var line in found.Lines)
            lines.Add(await Plain(db, line, found.Names));
        var text = found.Source switch
        {
            StorySource.Appeal => string.Format(System.Globalization.CultureInfo.InvariantCulture, FromAppeal.Zh, masked, lines[0].TrimEnd('\u3002'), Ended(lines[1])),
            StorySource.Thanks => string.Format(System.Globalization.CultureInfo.InvariantCulture, FromThanks.Zh, masked, Ended(lines[0])),
            _ => "",
        };
        return new(source, record, lines.FirstOrDefault() ?? "", ChineseText.Head(text, ReportStory.TextLength), [.. people.Select(p => (p.PublicCode, p.Name))], null);

        static string Ended(string line) => line.Length == 0 || line[^1] is '\u3002' or '\uff01' or '\uff1f' ? line : line + '\u3002';
    }

    /// <summary>A text with surnames for names, and without numbers and doors.</summary>
    private static async Task<string> Plain(HeleDb db, string text, IReadOnlyList<string?> names)
    {
        var known = (await PersonalHints.In(db, [.. names], text)).Where(h => h.Kind == PersonalHintKind.Name).Select(h => h.Words).ToHashSet(StringComparer.Ordinal);
        var plain = text;
        foreach (var words in (await ReportText.Names(db, text, names)).OrderByDescending(w => w.Length))
            plain = plain.Replace(words, known.Contains(words) ? Masking.Surname(words) : "", StringComparison.Ordinal);
        return plain;
    }

    private static async Task<IReadOnlyList<StoryLine>> Lines(HeleDb db, Viewer viewer, IQueryable<ReportStory> stories, CancellationToken cancel)
    {
        var rows = await (from s in stories
                          join w in db.Set<Post>() on s.WrittenByPostId equals w.Id
                          orderby s.LoggedAt descending
                          select new
                          {
                              s, w.Title,
                              Appeal = db.Set<Appeal>().Where(a => a.Id == s.AppealId).Select(a => new { a.PublicCode, a.Year, a.Serial }).FirstOrDefault(),
                              Thanks = db.Set<ThanksRecord>().Where(t => t.Id == s.ThanksId).Select(t => t.PublicCode).FirstOrDefault(),
                              Household = db.Set<Household>().Where(h => h.Id == s.HouseholdId).Select(h => h.PublicCode).FirstOrDefault(),
                          }).ToListAsync(cancel);
        // The record it came from is for those who work with it, and for nobody else.
        var works = viewer.PostFor(StoryAccess.List) is not null;
        return [.. rows.Select(r => new StoryLine(r.s.PublicCode, r.s.Source, r.s.Place, r.s.SubjectMasked, r.s.State, r.s.HappenedOn, r.s.WrittenOn, r.Title, r.s.PublicText,
            !works ? null : r.Appeal is { } a ? (typeof(Appeal), a.PublicCode) : r.Thanks is { } t ? (typeof(ThanksRecord), t) : r.Household is { } h ? (typeof(Household), h) : null,
            !works ? null : r.Appeal is { } n ? Appeal.NumberOf(n.Year, n.Serial) : r.Thanks ?? r.Household))];
    }
}

/// <summary>Stories that wait for a second reader, for whoever may be it.</summary>
internal static class StoryDay
{
    private static readonly Bilingual ToRead = ("以第二个人的身份看案例", "Read a story as the second reader"), Title = ("报告里的案例", "A story for the report");

    public static async Task<IReadOnlyList<DayItem>> Of(HeleDb db, Viewer viewer, DateOnly today, CancellationToken cancel)
    {
        if (viewer.Level != JurisdictionLevel.Community || viewer.PostFor(StoryAccess.Check) is null)
            return [];
        var items = new List<DayItem>();
        foreach (var story in await StoryAccess.Visible(viewer, db.Set<ReportStory>()).Where(s => s.State == StoryState.Waiting).OrderBy(s => s.LoggedAt).ToListAsync(cancel))
        {
            // Its words are sealed until then: a list says whose story it is, by the surname.
            if (await StoryAccess.Bars(db, viewer, story) is null)
                items.Add(new(typeof(ReportStory), story.PublicCode, story.SubjectMasked is { } masked ? ($"{Title.Zh}\uff08{masked}\uff09", $"{Title.En} ({masked})") : Title, null, ToRead, null));
        }
        return items;
    }
}

/// <summary>Whoever a story is about is asked, and told that it stands.</summary>
internal static class StoryNotices
{
    private static readonly NoticeGroup Group = new("stories", ("报告里的案例", "Stories for the report"), ("社区想把您的事写进工作报告", "The community would like to tell your story in its report"), NoticeWay.AtOnce);

    private static readonly NoticeSubject Story = new(typeof(ReportStory), async (db, viewer, codes, cancel) =>
        (await StoryAccess.Visible(viewer, db.Set<ReportStory>()).Where(s => codes.Contains(s.PublicCode)).Select(s => new { s.PublicCode, s.HappenedOn }).ToListAsync(cancel)).ToDictionary(s => s.PublicCode, s => $"{s.HappenedOn:yyyy-MM-dd}"));

    public static IEnumerable<NoticeSource> All =>
    [
        new(StoryEvents.Written, Group, Story, ("社区想把您的一件事写进工作报告，请看看同不同意", "The community would like to tell a matter of yours in its report: please say whether you agree"), Subject),
        new(StoryEvents.Edited, Group, Story, ("写您的案例改过了，请再看看同不同意", "The story about you was changed: please say again whether you agree"), Subject),
        new(StoryEvents.Approved, Group, Story, ("写您的案例可以写进报告了，您随时可以撤回同意", "The story about you stands in the report; you can take your consent back at any time"), Subject),
    ];

    private static Task<NoticeTo> Subject(HeleDb db, Owned row) => Task.FromResult(row is ReportStory { SubjectId: { } subject } story ? new NoticeTo(subject, story.PublicCode) : default);
}
