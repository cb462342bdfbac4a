using Hele.Civic.Kernel;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Rules;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Appeals;

/// <summary>A matter in the reviewers' list.</summary>
/// <param name="State">Null while nobody has decided.</param>
public sealed record ReviewLine(Guid Id, string Code, string Title, string Place, string Kind, AppealState Appeal, PublicationState? State, bool NewAnswer);

/// <summary>What a reviewer has before them: the matter as it is, what is public of it, and what might be personal.</summary>
/// <param name="Bar">Why this viewer may not publish it; null when they may.</param>
public sealed record ReviewView(string Code, string Number, string Kind, string Title, string Text, string Place, AppealState State, int Round, string? Answer, bool IsListed, bool IsAccepted,
    PublicationState? Publication, string? PublicCode, string? PublicTitle, string? PublicAnswer, int PublicRound, PublicPlaceLevel? PublicLevel, string? Reason, string? ReviewedBy, DateOnly? PublishedOn, DateOnly? CorrectedOn,
    IReadOnlyList<PublicPlace> Places, IReadOnlyList<PersonalHint> Hints, Problem? Bar);

/// <summary>A text of a resident that can be hidden.</summary>
/// <param name="What">By what <see cref="HideText"/> knows it.</param>
/// <param name="Text">Null where it is hidden from this viewer.</param>
public sealed record ResidentText(string What, HiddenWhat Kind, NoteKind? Note, string? Text, DateOnly On, HiddenView? Hidden);

/// <summary>The texts of residents on one matter, and its kind, as whoever keeps them in order sees them.</summary>
public sealed record KeepingView(string Code, string Number, string Kind, string Title, IReadOnlyList<ResidentText> Texts, bool MayHide, bool MayCorrectKind);

/// <summary>A hidden text in the supervisors' list.</summary>
public sealed record HiddenLine(string Code, string Number, HiddenWhat What, string? Text, string Reason, string? Post, DateOnly On);

/// <summary>What people inside read about what is public and what is hidden.</summary>
public sealed class PublicationQueries(ReadSession read, JurisdictionDirectory jurisdictions, TimeProvider clock)
{
    public const int PageSize = 20;

    /// <summary>The matters to review or reviewed, newest first. Without a state those that wait.</summary>
    public async Task<Page<ReviewLine>> List(Viewer viewer, PublicationState? state, Guid? after, Guid? before, CancellationToken cancel = default)
    {
        if (viewer.PostFor(PublicationAccess.Review) is null)
            return new([], null, null);
        var db = await read.Db(cancel);
        var visible = AppealAccess.Visible(viewer, db.Set<Appeal>());
        var hidden = HiddenTexts.TitlesFrom(db, viewer);
        var query = state is { } wanted ? visible.Where(a => db.Set<AppealPublication>().Any(p => p.AppealId == a.Id && p.State == wanted)) : PublicationDay.Waiting(db, visible, await Since(db, viewer, cancel));
        var lines = (before is { } upTo ? query.Where(a => a.Id > upTo).OrderBy(a => a.Id) : (after is { } from ? query.Where(a => a.Id < from) : query).OrderByDescending(a => a.Id)).Take(PageSize + 1)
            .Select(a => new ReviewLine(a.Id, a.PublicCode, hidden.Contains(a.Id) ? "" : a.Title, a.Place, a.Kind, a.State,
                db.Set<AppealPublication>().Where(p => p.AppealId == a.Id).Select(p => (PublicationState?)p.State).FirstOrDefault(), db.Set<AppealPublication>().Any(p => p.AppealId == a.Id && p.AnswerRound < a.Round)));
        var rows = await lines.ToListAsync(cancel);
        var more = rows.Count > PageSize;
        rows = [.. rows.Take(PageSize)];
        if (before is not null)
        {
            rows.Reverse();
            return new(rows, more ? rows[0].Id : null, rows.Count > 0 ? rows[^1].Id : null);
        }
        return new(rows, after is not null && rows.Count > 0 ? rows[0].Id : null, more ? rows[^1].Id : null);
    }

    /// <summary>Null for missing and for not theirs alike.</summary>
    public async Task<ReviewView?> Find(Viewer viewer, string code, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        var appeal = await AppealAccess.Visible(viewer, db.Set<Appeal>()).SingleOrDefaultAsync(a => a.PublicCode == code, cancel);
        if (appeal is null || AppealAccess.PostFor(viewer, PublicationAccess.Review, appeal) is null)
            return null;
        var publication = await db.Set<AppealPublication>().SingleOrDefaultAsync(p => p.AppealId == appeal.Id, cancel);
        var answer = await db.Set<AppealAnswer>().Where(x => x.AppealId == appeal.Id && x.Round == appeal.Round).Select(x => x.Text).SingleOrDefaultAsync(cancel);
        var households = await RuleBook.InForce(db, await jurisdictions.Get(db, appeal.JurisdictionId, cancel), PublicPlace.Rule, clock.Today());
        var reviewer = publication?.ReviewedByPostId;
        var unread = await HiddenTexts.TitlesFrom(db, viewer).ContainsAsync(appeal.Id, cancel);
        var (ownTitle, ownText) = unread ? ("", "") : (appeal.Title, appeal.Text);
        var title = publication?.Title ?? ownTitle;
        var text = publication is { Answer: not null } && publication.AnswerRound == appeal.Round ? publication.Answer : answer;
        return new(appeal.PublicCode, appeal.Number, appeal.Kind, ownTitle, ownText, appeal.Place, appeal.State, appeal.Round, answer, AppealKinds.Listed.Contains(appeal.Kind), appeal.AcceptedOn is not null,
            publication?.State, publication?.PublicCode, publication?.Title, publication?.Answer, publication?.AnswerRound ?? 0, publication?.PlaceLevel, publication?.Reason,
            reviewer is null ? null : await db.Set<Post>().Where(p => p.Id == reviewer).Select(p => p.Title).SingleOrDefaultAsync(cancel), publication?.PublishedOn, publication?.CorrectedOn,
            await PublicPlace.For(db, appeal, households.Amount), await PersonalHints.In(db, appeal, title, text), await PublicationAccess.Bars(db, viewer, appeal));
    }

    /// <summary>Null for missing and for not theirs alike.</summary>
    public async Task<KeepingView?> Texts(Viewer viewer, string code, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        var appeal = await AppealAccess.Visible(viewer, db.Set<Appeal>()).SingleOrDefaultAsync(a => a.PublicCode == code, cancel);
        if (appeal is null || !AppealAccess.May(viewer, appeal, AppealAccess.List))
            return null;
        var posts = await db.Set<Post>().ToDictionaryAsync(p => p.Id, p => p.Title, cancel);
        var hidden = await HiddenTexts.Of(db, viewer, appeal, posts);
        var notes = await db.Set<AppealNote>().Where(n => n.AppealId == appeal.Id && n.Text != null && HideText.ByResidents.Contains(n.Kind)).InLogOrder(db, cancel);
        var verdicts = await db.Set<AppealVerdict>().Where(v => v.AppealId == appeal.Id && v.Remark != null).InLogOrder(db, cancel);
        string? Read(Guid row, string? words) => hidden.GetValueOrDefault(row) is { MayRead: false } ? null : words;
        return new(appeal.PublicCode, appeal.Number, appeal.Kind, Read(appeal.Id, appeal.Title) ?? "",
            [new(HideText.AppealText, HiddenWhat.Appeal, null, Read(appeal.Id, appeal.Title + "\n" + appeal.Text), appeal.FiledOn, hidden.GetValueOrDefault(appeal.Id)),
                .. notes.Select(n => new ResidentText(n.Id.ToString(), HiddenWhat.Note, n.Kind, Read(n.Id, n.Text), n.SaidOn, hidden.GetValueOrDefault(n.Id))),
                .. verdicts.Select(v => new ResidentText(v.Id.ToString(), HiddenWhat.Verdict, null, Read(v.Id, v.Remark), v.JudgedOn, hidden.GetValueOrDefault(v.Id)))],
            AppealAccess.May(viewer, appeal, PublicationAccess.HideText), AppealAccess.May(viewer, appeal, PublicationAccess.CorrectKind));
    }

    /// <summary>Everything that is hidden now, for those who watch over it.</summary>
    public async Task<IReadOnlyList<HiddenLine>> Hidden(Viewer viewer, CancellationToken cancel = default)
    {
        if (viewer.PostFor(PublicationAccess.SeeHidden) is null)
            return [];
        var db = await read.Db(cancel);
        return await (from h in db.Set<HiddenText>()
                      where h.ShownOn == null
                      join a in AppealAccess.Visible(viewer, db.Set<Appeal>()) on h.AppealId equals a.Id
                      join p in db.Set<Post>() on h.HiddenByPostId equals p.Id
                      orderby h.LoggedAt descending
                      select new HiddenLine(a.PublicCode, Appeal.NumberOf(a.Year, a.Serial), h.What,
                          h.What == HiddenWhat.Appeal ? a.Title + "\n" + a.Text
                          : h.What == HiddenWhat.Verdict ? db.Set<AppealVerdict>().Where(v => v.Id == h.RowId).Select(v => v.Remark).FirstOrDefault()
                          : db.Set<AppealNote>().Where(n => n.Id == h.RowId).Select(n => n.Text).FirstOrDefault(),
                          h.Reason, p.Title, h.HiddenOn)).Take(200).ToListAsync(cancel);
    }

    private async Task<DateOnly> Since(HeleDb db, Viewer viewer, CancellationToken cancel) => await PublicationDay.Since(db, await jurisdictions.Get(db, viewer.JurisdictionId, cancel), clock.Today());
}

/// <summary>What waits for a review: accepted matters nobody has decided about, and public ones with an answer that isn't public yet.</summary>
internal static class PublicationDay
{
    public const string Rule = "appeal.public.review";

    /// <summary>On the first page stand this many; the reviewers' list has all.</summary>
    private const int Most = 5;

    private static readonly Bilingual ToReview = ("审核能不能公开", "Review it for the public"), ToAdd = ("审核新的答复能不能公开", "Review the new answer for the public");

    public static async Task<IReadOnlyList<DayItem>> Of(HeleDb db, Viewer viewer, DateOnly today, CancellationToken cancel)
    {
        if (viewer.PostFor(PublicationAccess.Review) is null)
            return [];
        var place = await db.Jurisdictions.AsNoTracking().SingleAsync(j => j.Id == viewer.JurisdictionId, cancel);
        var rows = await Waiting(db, AppealAccess.Visible(viewer, db.Set<Appeal>()), await Since(db, place, today)).OrderBy(a => a.Id).Select(a => new
        {
            Appeal = a, On = db.Set<AppealAnswer>().Where(x => x.AppealId == a.Id && x.Round == a.Round).Max(x => (DateOnly?)x.AnsweredOn) ?? a.AcceptedOn!.Value, IsPublic = db.Set<AppealPublication>().Any(p => p.AppealId == a.Id),
        }).Take(Most * 4).ToListAsync(cancel);
        var rule = await RuleBook.InForce(db, place, Rule, today);
        var items = new List<DayItem>();
        var hidden = await HiddenTexts.TitlesFrom(db, viewer).ToListAsync(cancel);
        foreach (var row in rows)
        {
            if (await PublicationAccess.Bars(db, viewer, row.Appeal) is null)
                items.Add(new(typeof(AppealPublication), row.Appeal.PublicCode, hidden.Contains(row.Appeal.Id) ? "" : row.Appeal.Title, row.Appeal.Place, row.IsPublic ? ToAdd : ToReview, Deadline.Count(row.On, rule.Amount, rule.Unit, rule.Kind, ReferenceData.Calendar).Date));
        }
        return [.. items.OrderBy(i => i.Due).Take(Most)];
    }

    /// <summary>Nothing older than what would still be public is asked about.</summary>
    public static async Task<DateOnly> Since(HeleDb db, Jurisdiction place, DateOnly today)
    {
        var rule = await RuleBook.InForce(db, place, PublicQueries.Rule, today);
        return rule.Unit switch { RuleUnit.Year => today.AddYears(-rule.Amount), RuleUnit.Month => today.AddMonths(-rule.Amount), _ => today.AddDays(-rule.Amount) };
    }

    public static IQueryable<Appeal> Waiting(HeleDb db, IQueryable<Appeal> appeals, DateOnly since)
    {
        var listed = AppealKinds.Listed;
        return appeals.Where(a => listed.Contains(a.Kind) && a.AcceptedOn >= since && a.State != AppealState.Withdrawn && a.State != AppealState.Merged
            && (!db.Set<AppealPublication>().Any(p => p.AppealId == a.Id) || db.Set<AppealPublication>().Any(p => p.AppealId == a.Id && p.State == PublicationState.Published && p.AnswerRound < a.Round)));
    }
}
