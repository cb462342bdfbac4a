using Hele.Civic.Kernel;
using Hele.Civic.People.Posts;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Notices;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Appeals;

/// <summary>
/// The resident says that a verdict entered for them isn't theirs: signed in, with the code on their paper, or at the counter before somebody who neither handled the matter nor entered the verdict.
/// The verdict is struck, never deleted; where the matter still stands where that verdict led it, the resident judges the answer again.
/// </summary>
public sealed class ContestVerdict(Writer writer, JurisdictionDirectory jurisdictions)
{
    /// <param name="Code">The appeal's; with a paper code it may be empty.</param>
    /// <param name="AtCounter">True when a colleague takes the resident's word down.</param>
    public sealed record Input(string Code, string? Text, bool AtCounter = false)
    {
        /// <summary>The code on the resident's paper: who holds it needs nothing else.</summary>
        public string? Paper { get; init; }

        /// <summary>Code of the join, when the verdict is that of somebody who joined.</summary>
        public string? Join { get; init; }
    }

    /// <param name="viewer">Null for whoever comes with the paper's code and isn't signed in.</param>
    public Task<Outcome> Run(Viewer? viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, AppealAccess.ContestVerdict.Code, input, async scope =>
    {
        var (found, refused) = input.Paper is { } paper ? await ByPaper(scope.Db, viewer, paper) : input.Join is { } join ? await ByJoin(scope.Db, viewer, join, input.AtCounter) : await ByAppeal(scope.Db, viewer, input);
        if (refused is not null)
            return refused;
        var (appeal, verdict, word) = found;
        if (AppealNote.Check(input.Text, null) is { Count: > 0 } problems)
            return Outcome.Refused(problems);
        if (verdict is not { ContestedOn: null })
            return AppealProblems.NothingToContest;
        if (verdict.ContestUntil < scope.Today)
            return AppealProblems.ContestTooLate.With(verdict.ContestUntil.Value.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        if (await SaidSince(scope.Db, verdict))
            return AppealProblems.SaidSince;

        if (await Strike(scope, await jurisdictions.Get(scope.Db, act.JurisdictionId), appeal, verdict, input.Text, word?.Channel ?? Channel.Web, word?.PostId) is { } problem)
            return problem;
        return Outcome.Ok(input.Paper ?? (input.AtCounter ? null : input.Join) ?? appeal.PublicCode);
    }, cancel);

    /// <summary>Strikes a verdict that isn't the resident's word, by whatever door they said so; where the matter still stands where it led, the answer waits for their own word again.</summary>
    internal static async Task<Problem?> Strike(ActScope scope, Jurisdiction jurisdiction, Appeal appeal, AppealVerdict verdict, string? words, Channel channel, Guid? post)
    {
        var leadsBack = verdict.IsWhereItStands(appeal) && !await SaidSince(scope.Db, verdict);
        var joined = verdict.JoinId is not null;
        if (leadsBack && joined && !verdict.Satisfied && await ClosedOn(scope.Db, verdict) is { } closed)
        {
            var (from, until) = await JudgeAppeal.AskAgain(scope, jurisdiction, closed);
            if (appeal.StandSatisfiedAgain(from, until) is { } problem)
                return problem;
            scope.Record(appeal, JoiningEvents.ClosedAgain);
        }
        else if (leadsBack)
        {
            // A closed matter doesn't hang on its post, so that one may have ended.
            var (handler, _) = await LookAgain.TakenUpBy(scope, jurisdiction, appeal);
            if (appeal.TakeVerdictBack(handler) is { } problem)
                return problem;
            scope.Record(appeal, joined ? JoiningEvents.VerdictContested : AppealEvents.VerdictContested);
            // Nobody is asked whether it still holds what they never said.
            foreach (var asked in new[] { AppealEvents.JudgedSatisfied, JoiningEvents.ClosedAgain })
                await KeepNotices.TakeBack(scope, asked, appeal.PublicCode);
        }
        else
        {
            scope.Record(appeal, joined ? JoiningEvents.OldVerdictContested : AppealEvents.OldVerdictContested);
        }
        verdict.Strike(scope.On, scope.Now);
        scope.Record(verdict, AppealEvents.VerdictStruck);
        scope.Add(new AppealNote
        {
            AppealId = appeal.Id, Kind = NoteKind.VerdictContested, Round = verdict.Round, Text = AppealNote.Words(words), Channel = channel, PostId = post, SaidOn = scope.On, LoggedAt = scope.Now,
        }, AppealEvents.NoteWritten);
        return null;
    }

    /// <summary>The day whoever filed it said satisfied, in the round in which somebody who joined opened it again.</summary>
    private static Task<DateOnly?> ClosedOn(HeleDb db, AppealVerdict verdict) => db.Set<AppealVerdict>()
        .Where(v => v.AppealId == verdict.AppealId && v.Round == verdict.Round && v.Closes && v.ContestedOn == null).Select(v => (DateOnly?)v.JudgedOn).SingleOrDefaultAsync();

    /// <summary>The paper is the resident's: whoever entered the verdict or handled the matter can't use it, and other colleagues take the resident's word down under their own name.</summary>
    private static async Task<((Appeal Appeal, AppealVerdict? Verdict, ResidentWord? Word), Outcome? Refused)> ByPaper(HeleDb db, Viewer? viewer, string paper)
    {
        if (await db.Set<AppealVerdict>().SingleOrDefaultAsync(v => v.PaperCode == paper) is not { } verdict)
            return (default, AppealProblems.NotFound);
        var appeal = await db.Set<Appeal>().SingleAsync(a => a.Id == verdict.AppealId);
        if (viewer is not null && await Entered(db, viewer, verdict))
            return (default, AppealProblems.EntererCantContest);
        if (viewer is not null && await JudgeAppeal.Handled(db, viewer, appeal))
            return (default, AppealProblems.HandlerCantSpeak);
        if (viewer is { IsStaff: true })
            return (default, AppealProblems.StaffTakeItDown);
        if (verdict.JoinId is { } join)
            return await ResidentWord.IsThere(db, await db.Set<AppealJoin>().Where(j => j.Id == join).Select(j => j.PersonId).SingleAsync()) ? ((appeal, verdict, null), null) : (default, AppealProblems.AppellantDied);
        if (!await ResidentWord.CanBeAsked(db, appeal))
            return (default, AppealProblems.AppellantDied);
        return ((appeal, verdict, null), appeal.AppellantLeftOn is null ? null : (Outcome)JoiningProblems.FilerLeft);
    }

    /// <summary>Somebody who joined says so themselves, or at the counter.</summary>
    private static async Task<((Appeal Appeal, AppealVerdict? Verdict, ResidentWord? Word), Outcome? Refused)> ByJoin(HeleDb db, Viewer? viewer, string code, bool atCounter)
    {
        if (viewer is null || (atCounter ? await db.Set<AppealJoin>().SingleOrDefaultAsync(j => j.PublicCode == code && j.LeftOn == null) : await Joins.Own(db, viewer, code)) is not { } join)
            return (default, JoiningProblems.NotFound);
        var appeal = await db.Set<Appeal>().SingleAsync(a => a.Id == join.AppealId);
        if (atCounter && !AppealAccess.May(viewer, appeal, AppealAccess.SpeakFor))
            return (default, JoiningProblems.NotFound);
        if (!await ResidentWord.IsThere(db, join.PersonId))
            return (default, AppealProblems.AppellantDied);
        if (atCounter && await JudgeAppeal.Handled(db, viewer, appeal))
            return (default, AppealProblems.HandlerCantSpeak);
        var verdict = await db.Set<AppealVerdict>().Where(v => v.JoinId == join.Id && v.PaperCode != null).OrderByDescending(v => v.Round).ThenBy(v => v.ContestedOn != null).FirstOrDefaultAsync();
        if (atCounter && verdict is not null && await Entered(db, viewer, verdict))
            return (default, AppealProblems.EntererCantContest);
        return ((appeal, verdict, new ResidentWord(viewer, AppealAccess.ContestVerdict, atCounter)), null);
    }

    private static async Task<((Appeal Appeal, AppealVerdict? Verdict, ResidentWord? Word), Outcome? Refused)> ByAppeal(HeleDb db, Viewer? viewer, Input input)
    {
        if (viewer is null)
            return (default, AppealProblems.NotFound);
        var word = new ResidentWord(viewer, AppealAccess.ContestVerdict, input.AtCounter);
        var (appeal, problem) = await word.On(db, input.Code);
        if (problem is not null)
            return (default, problem);
        var verdict = await db.Set<AppealVerdict>().Where(v => v.AppealId == appeal.Id && v.PaperCode != null && v.JoinId == null).OrderByDescending(v => v.Round).ThenBy(v => v.ContestedOn != null).FirstOrDefaultAsync();
        if (input.AtCounter && verdict is not null && await Entered(db, viewer, verdict))
            return (default, AppealProblems.EntererCantContest);
        return ((appeal, verdict, word), null);
    }

    /// <summary>Whether this viewer entered it, in any post; several entries of the register may be one person.</summary>
    internal static async Task<bool> Entered(HeleDb db, Viewer viewer, AppealVerdict verdict)
    {
        var entries = await SamePerson.EntriesOf(db, viewer.PersonId);
        return await db.Set<Post>().AnyAsync(p => p.Id == verdict.EnteredByPostId && entries.Contains(p.PersonId));
    }

    /// <summary>Whether the resident has said since whether it still holds: what was said later stands. Only whoever filed it is asked that.</summary>
    internal static async Task<bool> SaidSince(HeleDb db, AppealVerdict verdict) => verdict.JoinId is null && await db.Set<AppealNote>()
        .AnyAsync(n => n.AppealId == verdict.AppealId && (n.Kind == NoteKind.StillSolved || n.Kind == NoteKind.NotSolved) && n.Round == verdict.Round && n.LoggedAt >= verdict.LoggedAt);

    /// <summary>The verdict of this matter that can be contested on a day: the last that was entered, unless it was struck or the time is over.</summary>
    /// <param name="join">Of somebody who joined; null for whoever filed it.</param>
    internal static async Task<AppealVerdict?> Contestable(HeleDb db, IReadOnlyList<AppealVerdict> verdicts, DateOnly today, Guid? join = null) =>
        verdicts.Where(v => v.PaperCode is not null && v.JoinId == join).OrderByDescending(v => v.Round).ThenBy(v => v.ContestedOn is not null).FirstOrDefault() is { ContestedOn: null } last && last.ContestUntil >= today && !await SaidSince(db, last) ? last : null;
}

/// <summary>Whoever supervises asks how it came that an entered verdict wasn't the resident's, and says what they found; the resident reads it.</summary>
public sealed class LookIntoVerdict(Writer writer)
{
    public sealed record Input(string Code, string? Text);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, AppealAccess.LookIntoVerdict.Code, input, async scope =>
    {
        var appeal = await AppealAccess.Visible(viewer, scope.Db.Set<Appeal>()).SingleOrDefaultAsync(a => a.PublicCode == input.Code);
        if (appeal is null || AppealAccess.PostFor(viewer, AppealAccess.LookIntoVerdict, appeal) is not { } post)
            return AppealProblems.NotFound;
        if (AppealNote.Check(input.Text, AppealProblems.FindingMissing) is { Count: > 0 } problems)
            return Outcome.Refused(problems);
        if (!await Waiting(scope.Db).ContainsAsync(appeal.Id))
            return AppealProblems.NothingToContest;
        scope.Record(appeal, AppealEvents.ContestLookedInto);
        scope.Add(new AppealNote { AppealId = appeal.Id, Kind = NoteKind.ContestLookedInto, Round = appeal.Round, Text = AppealNote.Words(input.Text), PostId = post.PostId, SaidOn = scope.On, LoggedAt = scope.Now }, AppealEvents.NoteWritten);
        return Outcome.Ok(appeal.PublicCode);
    }, cancel);

    /// <summary>Matters with a contested verdict that nobody has looked into since.</summary>
    internal static IQueryable<Guid> Waiting(HeleDb db) => db.Set<AppealNote>()
        .Where(n => n.Kind == NoteKind.VerdictContested && !db.Set<AppealNote>().Any(l => l.AppealId == n.AppealId && l.Kind == NoteKind.ContestLookedInto && l.LoggedAt >= n.LoggedAt)).Select(n => n.AppealId).Distinct();
}
