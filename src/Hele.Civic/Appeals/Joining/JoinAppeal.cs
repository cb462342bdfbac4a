using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Civic.People.Posts;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Notices;
using Hele.Civic.Platform.Rules;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Appeals;

/// <summary>
/// A resident joins a published matter that is theirs too, or the community takes that down for them. Whoever filed a matter, or joined it already, isn't in it twice; the same
/// telephone number is the same person.
/// </summary>
public sealed class JoinAppeal(Writer writer, JurisdictionDirectory jurisdictions)
{
    /// <param name="Published">The public's code of the matter.</param>
    /// <param name="Words">How it is with whoever joins; may be left out.</param>
    public sealed record Input(string Published, string? Words)
    {
        public Channel Channel { get; init; } = Channel.Web;

        /// <summary>Taken down: public code of whoever joins, when they are in the register; else the name.</summary>
        public string? Person { get; init; }

        /// <inheritdoc cref="Person"/>
        public string? Name { get; init; }

        /// <summary>Taken down: the day the resident said it.</summary>
        public DateOnly? ToldOn { get; init; }

        internal bool IsTakenDown => Channel != Channel.Web;
    }

    public Task<Outcome> Run(Act act, Input input, CancellationToken cancel = default) =>
        writer.Write(act with { On = input.IsTakenDown ? input.ToldOn : null }, input.IsTakenDown ? AppealAccess.TakeDown.Code : JoiningAccess.Join.Code, input, async scope =>
        {
            var words = ChineseText.Clean(input.Words);
            if (words.Length > AppealJoin.WordsLength)
                return JoiningProblems.WordsTooLong.With(AppealJoin.WordsLength, words.Length);
            var community = await jurisdictions.Get(scope.Db, act.JurisdictionId);
            var shown = await PublicQueries.ShownIn(scope.Db, community, scope.Today);
            var appeal = await scope.Db.Set<Appeal>().SingleOrDefaultAsync(a => shown.Any(p => p.AppealId == a.Id && p.PublicCode == input.Published));
            if (appeal is null || Appeal.Closed.Contains(appeal.State))
                return JoiningProblems.Gone;
            var person = input.IsTakenDown ? null : scope.Act.PersonId;
            var name = ChineseText.Line(input.Name);
            if (input.IsTakenDown)
            {
                if (!string.IsNullOrEmpty(input.Person))
                {
                    person = await scope.Db.Set<Person>().Where(p => p.PublicCode == input.Person && p.ErasedOn == null).Select(p => (Guid?)p.Id).SingleOrDefaultAsync();
                    if (person is null)
                        return AppealProblems.PersonUnknown;
                }
                else if (name.Length == 0)
                {
                    return AppealProblems.NameMissing;
                }
                if (name.Length > Appeal.NameLength)
                    return AppealProblems.NameTooLong.With(Appeal.NameLength, name.Length);
            }
            if (person is { } joins)
            {
                var entries = await SamePerson.EntriesOf(scope.Db, joins);
                if (appeal.AppellantId is { } filer && entries.Contains(filer))
                    return JoiningProblems.Own;
                if (await scope.Db.Set<AppealJoin>().AnyAsync(j => j.AppealId == appeal.Id && j.LeftOn == null && j.PersonId != null && entries.Contains(j.PersonId.Value)))
                    return JoiningProblems.Already;
            }
            var join = new AppealJoin
            {
                AppealId = appeal.Id, PublicCode = PublicCode.New().Text, PersonId = person, Name = person is null && name.Length > 0 ? name : null, Words = words.Length == 0 ? null : words,
                Channel = input.Channel, EnteredByPostId = input.IsTakenDown ? scope.Act.PostId : null, JoinedOn = scope.On, LoggedAt = scope.Now,
            };
            scope.Add(join, input.IsTakenDown ? JoiningEvents.TakenDown : JoiningEvents.Joined);
            return Outcome.Ok(join.PublicCode);
        }, cancel);
}

/// <summary>Whoever joined leaves again; the matter goes on.</summary>
public sealed class LeaveAppeal(Writer writer)
{
    public sealed record Input(string Code);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, JoiningAccess.Leave.Code, input, async scope =>
    {
        if (await Joins.Own(scope.Db, viewer, input.Code) is not { } join)
            return JoiningProblems.NotFound;
        if (join.FromAppealId is not null || await Joins.OwnMerged(scope.Db, viewer, join.AppealId))
            return JoiningProblems.IsMerged;
        join.Leave(scope.On);
        scope.Record(join, JoiningEvents.Left);
        return Outcome.Ok(join.PublicCode);
    }, cancel);
}

/// <summary>
/// Somebody who joined judges an answer, once a round: on the web, or on paper entered by a colleague who didn't handle the matter. Dissatisfied opens the matter again, also one that whoever
/// filed it was satisfied with; satisfied closes it only when whoever filed it has withdrawn.
/// </summary>
public sealed class JudgeJoined(Writer writer, JurisdictionDirectory jurisdictions)
{
    /// <param name="Code">The join's.</param>
    /// <param name="OnPaper">True when a colleague enters what the resident said on paper.</param>
    /// <param name="JudgedOn">Of one that is entered: the day the resident said it.</param>
    public sealed record Input(string Code, bool? Satisfied, string? Remark, bool OnPaper = false, DateOnly? JudgedOn = null)
    {
        /// <summary>True when a colleague enters what the resident said on the telephone.</summary>
        public bool ByPhone { get; init; }

        internal bool IsEntered => OnPaper || ByPhone;
    }

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default)
    {
        var permission = input.IsEntered ? AppealAccess.EnterVerdict : JoiningAccess.Judge;
        return writer.Write(act with { On = input.IsEntered ? input.JudgedOn : null }, permission.Code, input, async scope =>
        {
            var join = input.IsEntered ? await scope.Db.Set<AppealJoin>().SingleOrDefaultAsync(j => j.PublicCode == input.Code && j.LeftOn == null) : await Joins.Own(scope.Db, viewer, input.Code);
            if (join is null or { IsSamePerson: true })
                return JoiningProblems.NotFound;
            var appeal = await scope.Db.Set<Appeal>().SingleAsync(a => a.Id == join.AppealId);
            if (input.IsEntered && !AppealAccess.May(viewer, appeal, permission))
                return JoiningProblems.NotFound;
            if (input.IsEntered && await JudgeAppeal.Handled(scope.Db, viewer, appeal))
                return AppealProblems.HandlerCantJudge;
            if (!await ResidentWord.IsThere(scope.Db, join.PersonId))
                return AppealProblems.AppellantDied;
            if (await JudgeAppeal.Check(scope, appeal, new(appeal.PublicCode, input.Satisfied, input.Remark, input.IsEntered, input.JudgedOn)) is { Count: > 0 } problems)
                return Outcome.Refused(problems);
            if (!AppealJoin.IsAsked(appeal.State, appeal.AskAgainUntil, scope.Today))
                return AppealProblems.NotNow.With(Appeal.LifeCycle.StateTitle(appeal.State));
            if (await scope.Db.Set<AppealVerdict>().AnyAsync(v => v.JoinId == join.Id && v.Round == appeal.Round && v.ContestedOn == null))
                return JoiningProblems.JudgedAlready;

            var jurisdiction = await jurisdictions.Get(scope.Db, act.JurisdictionId);
            var (satisfied, wasClosed) = (input.Satisfied!.Value, appeal.State == AppealState.Satisfied);
            var closes = satisfied && !wasClosed && appeal.AppellantLeftOn is not null;
            var last = !satisfied && await JudgeAppeal.DissatisfiedRounds(scope.Db, appeal) + 1 >= (await Rule(AppealRules.Rounds)).Amount;
            Problem? problem;
            if (closes)
            {
                var (from, until) = await JudgeAppeal.AskAgain(scope, jurisdiction);
                problem = appeal.JudgeWell(from, until, joined: true);
            }
            else if (satisfied)
            {
                problem = appeal.JoinerIsSatisfied();
            }
            else if (last)
            {
                problem = appeal.JudgeAsDisagreement(joined: true);
            }
            else
            {
                var (handler, rule) = await LookAgain.TakenUpBy(scope, jurisdiction, appeal);
                problem = appeal.JoinerIsDissatisfied(handler, rule, rule.DueFrom(scope.Now, ReferenceData.Calendar));
            }
            if (problem is not null)
                return problem;
            if (wasClosed && !satisfied)
            {
                foreach (var asked in new[] { AppealEvents.JudgedSatisfied, JoiningEvents.ClosedAgain })
                    await KeepNotices.TakeBack(scope, asked, appeal.PublicCode);
            }
            scope.Record(appeal, satisfied ? JoiningEvents.JudgedSatisfied : last ? JoiningEvents.JudgedDisagreed : JoiningEvents.JudgedDissatisfied);
            var remark = ChineseText.Clean(input.Remark);
            scope.Add(new AppealVerdict
            {
                AppealId = appeal.Id, JoinId = join.Id, Round = appeal.Round, Satisfied = satisfied, Closes = closes, ReopensClosed = wasClosed && !satisfied && !last, EndsInDisagreement = last, Remark = remark.Length == 0 ? null : remark,
                Channel = input.ByPhone ? Channel.Phone : input.OnPaper ? Channel.Paper : Channel.Web, EnteredByPostId = input.IsEntered ? AppealAccess.PostFor(viewer, permission, appeal)!.PostId : null,
                JudgedOn = scope.On, LoggedAt = scope.Now,
                PaperCode = input.IsEntered ? PublicCode.New().Text : null, ContestUntil = input.IsEntered ? await JudgeAppeal.ContestUntil(scope, jurisdiction) : null,
            }, AppealEvents.VerdictGiven);
            return Outcome.Ok(join.PublicCode);

            Task<Rule> Rule(string id) => RuleBook.InForce(scope.Db, jurisdiction, id, scope.Today);
        }, cancel);
    }
}

internal static class Joins
{
    /// <summary>This viewer's own join, while they haven't left.</summary>
    public static Task<AppealJoin?> Own(HeleDb db, Viewer viewer, string code)
    {
        var person = viewer.PersonId;
        return db.Set<AppealJoin>().SingleOrDefaultAsync(j => j.PublicCode == code && j.PersonId == person && j.LeftOn == null);
    }

    /// <summary>Whether a matter this viewer filed goes along with the one they joined: leaving that they would have no word left on their own.</summary>
    public static async Task<bool> OwnMerged(HeleDb db, Viewer viewer, Guid appeal)
    {
        var entries = await SamePerson.EntriesOf(db, viewer.PersonId);
        return await db.Set<AppealJoin>().AnyAsync(j => j.AppealId == appeal && j.LeftOn == null && j.IsSamePerson && db.Set<Appeal>().Any(a => a.Id == j.FromAppealId && a.AppellantId != null && entries.Contains(a.AppellantId.Value)));
    }

    /// <summary>Whether somebody has a matter already, as who filed it or as who joined: they judge its answers there.</summary>
    public static async Task<bool> Has(HeleDb db, IReadOnlyCollection<Guid> entries, Appeal appeal) =>
        (appeal.AppellantId is { } filer && appeal.AppellantLeftOn is null && entries.Contains(filer))
        || await db.Set<AppealJoin>().AnyAsync(j => j.AppealId == appeal.Id && j.LeftOn == null && j.PersonId != null && entries.Contains(j.PersonId.Value));

    /// <summary>Whether somebody other than whoever filed it has this matter.</summary>
    public static Task<bool> Any(HeleDb db, Guid appeal) => db.Set<AppealJoin>().AnyAsync(j => j.AppealId == appeal && j.LeftOn == null && !j.IsSamePerson);
}
