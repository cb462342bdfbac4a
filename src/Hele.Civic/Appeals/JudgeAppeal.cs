using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Files;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Rules;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Appeals;

/// <summary>
/// The resident judges the answer: satisfied closes the matter, to be asked about once more; dissatisfied opens it again with a new clock, and as often as
/// the rule says ends it as an open disagreement. A verdict given on paper or by telephone is entered by a colleague who did not handle the matter, is marked, and
/// the resident gets a paper with which to contest it (<see cref="ContestVerdict"/>).
/// </summary>
public sealed class JudgeAppeal(Writer writer, JurisdictionDirectory jurisdictions, StoredFiles files, SendPast past)
{
    /// <param name="OnPaper">True when a colleague enters what the resident said on paper.</param>
    /// <param name="JudgedOn">Of one that is entered: the day the resident said it.</param>
    public sealed record Input(string Code, bool? Satisfied, string? Remark, bool OnPaper = false, DateOnly? JudgedOn = null)
    {
        /// <summary>True when a colleague enters what the resident said on the telephone.</summary>
        public bool ByPhone { get; init; }

        internal bool IsEntered => OnPaper || ByPhone;

        internal Channel Channel => ByPhone ? Channel.Phone : OnPaper ? Channel.Paper : Channel.Web;

        /// <summary>On paper only: the paper itself.</summary>
        public IReadOnlyList<Photo> Photos { get; init; } = [];
    }

    public async Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default)
    {
        var permission = input.IsEntered ? AppealAccess.EnterVerdict : AppealAccess.Judge;
        act = act with { On = input.IsEntered ? input.JudgedOn : null };
        if (await past.OfVerdict(viewer, input.Code, input.Satisfied, cancel) is { } way)
            return await past.Run(act, SendPast.Judging, way, input, input.Remark, AppealEvents.ReceivedPastAgain, AppealEvents.SentPastAgain, appeal => Enterer(appeal), Find, async (here, appeal, up) =>
            {
                if (appeal.JudgeToAbove(up.Rule, up.Due) is { } problem)
                    return problem;
                here.Record(appeal, AppealEvents.JudgedPast);
                here.Add(await Given(here, appeal, satisfied: false, last: false), AppealEvents.VerdictGiven);
                return input.OnPaper ? await files.Add(here, appeal, FileSide.Community, PhotoPart.Paper, appeal.Round, input.Photos) : null;
            }, cancel);
        return await writer.Write(act, permission.Code, input, async scope =>
        {
            var (appeal, refused) = await Find(scope);
            if (refused is not null)
                return refused;

            var jurisdiction = await jurisdictions.Get(scope.Db, act.JurisdictionId);
            var satisfied = input.Satisfied!.Value;
            var last = !satisfied && await DissatisfiedRounds(scope.Db, appeal) + 1 >= (await Rule(AppealRules.Rounds)).Amount;
            if (satisfied)
            {
                // Past the community nobody is asked again: a no would open it here, where nobody may see it.
                (DateOnly From, DateOnly Until)? again = appeal.PastCommunity ? null : await AskAgain(scope, jurisdiction);
                if (appeal.JudgeWell(again?.From, again?.Until) is { } problem)
                    return problem;
            }
            else if (last)
            {
                if (appeal.JudgeAsDisagreement() is { } problem)
                    return problem;
            }
            else if (appeal.PastCommunity)
            {
                return ConductProblems.NothingAbove;
            }
            else
            {
                var role = await scope.Db.Set<Post>().Where(p => p.Id == appeal.HandlerPostId).Select(p => (Role?)p.Role).SingleOrDefaultAsync() ?? Role.Clerk;
                var rule = await Rule(AcceptAppeal.AnswerRule(role));
                if (appeal.JudgeBadly(rule, rule.DueFrom(scope.Now, ReferenceData.Calendar)) is { } problem)
                    return problem;
            }
            scope.Record(appeal, satisfied ? AppealEvents.JudgedSatisfied : last ? AppealEvents.JudgedDisagreed : AppealEvents.JudgedDissatisfied);
            scope.Add(await Given(scope, appeal, satisfied, last), AppealEvents.VerdictGiven);
            if (input.OnPaper && await files.Add(scope, appeal, FileSide.Community, PhotoPart.Paper, appeal.Round, input.Photos) is { } tooMany)
                return tooMany;
            return Outcome.Ok(appeal.PublicCode);

            Task<Rule> Rule(string id) => RuleBook.InForce(scope.Db, jurisdiction, id, scope.Today);
        }, cancel);

        async Task<(Appeal Appeal, Outcome? Refused)> Find(ActScope scope)
        {
            var appeal = await AppealAccess.Visible(viewer, scope.Db.Set<Appeal>()).SingleOrDefaultAsync(a => a.PublicCode == input.Code);
            if (appeal is null || !AppealAccess.May(viewer, appeal, permission))
                return (null!, AppealProblems.NotFound);
            if (!await ResidentWord.CanBeAsked(scope.Db, appeal))
                return (appeal, AppealProblems.AppellantDied);
            if (appeal.AppellantLeftOn is not null)
                return (appeal, JoiningProblems.FilerLeft);
            if (input.IsEntered && await Handled(scope.Db, viewer, appeal))
                return (appeal, AppealProblems.HandlerCantJudge);
            return (appeal, await Check(scope, appeal, input) is { Count: > 0 } problems ? Outcome.Refused(problems) : null);
        }

        Guid? Enterer(Appeal appeal) => input.IsEntered ? AppealAccess.PostFor(viewer, permission, appeal)!.PostId : null;

        async Task<AppealVerdict> Given(ActScope scope, Appeal appeal, bool satisfied, bool last) => new()
        {
            AppealId = appeal.Id, Round = appeal.Round, Satisfied = satisfied, Closes = satisfied, EndsInDisagreement = last, Remark = ChineseText.Clean(input.Remark) is { Length: > 0 } remark ? remark : null,
            Channel = input.Channel, EnteredByPostId = Enterer(appeal), JudgedOn = scope.On, LoggedAt = scope.Now, PaperCode = input.IsEntered ? PublicCode.New().Text : null,
            ContestUntil = input.IsEntered ? await ContestUntil(scope, await jurisdictions.Get(scope.Db, act.JurisdictionId)) : null,
        };
    }

    /// <summary>The last day on which a verdict that is entered now can be contested.</summary>
    internal static async Task<DateOnly> ContestUntil(ActScope scope, Jurisdiction jurisdiction) =>
        (await RuleBook.InForce(scope.Db, jurisdiction, AppealRules.ContestVerdict, scope.Today)).DueFrom(scope.Now, ReferenceData.Calendar).Date;

    /// <summary>The days on which somebody who is satisfied is asked once more.</summary>
    /// <param name="said">The day they said so; null for this act's.</param>
    internal static async Task<(DateOnly From, DateOnly Until)> AskAgain(ActScope scope, Jurisdiction jurisdiction, DateOnly? said = null)
    {
        var ask = await RuleBook.InForce(scope.Db, jurisdiction, AppealRules.AskAgain, scope.Today);
        var window = await RuleBook.InForce(scope.Db, jurisdiction, AppealRules.AskAgainFor, scope.Today);
        var from = Deadline.Count(said ?? scope.On, ask.Amount, ask.Unit, ask.Kind, ReferenceData.Calendar).Date;
        return (from, Deadline.Count(from, window.Amount, window.Unit, window.Kind, ReferenceData.Calendar).Date);
    }

    /// <summary>In how many rounds somebody was dissatisfied: the rule counts rounds, not people.</summary>
    internal static Task<int> DissatisfiedRounds(HeleDb db, Appeal appeal) =>
        db.Set<AppealVerdict>().Where(v => v.AppealId == appeal.Id && !v.Satisfied && v.ContestedOn == null && v.Round != appeal.Round).Select(v => v.Round).Distinct().CountAsync();

    /// <summary>What makes somebody a handler, by the events of the matter.</summary>
    private static readonly string[] Handling =
        [AppealEvents.Accepted.Code, AppealEvents.SettledOnTheSpot.Code, AppealEvents.Refused.Code, AppealEvents.Overruled.Code, AppealEvents.Upheld.Code, AppealEvents.HandedBack.Code, AppealEvents.PassedOn.Code, AppealEvents.CommunityStated.Code, MergingEvents.Merged.Code, MergingEvents.Split.Code];

    /// <summary>Whether this viewer had a hand in the matter in any of their posts: accepted, refused, reviewed, had it passed to them, answered or referred it. Taking the resident's word down is none.</summary>
    public static async Task<bool> Handled(HeleDb db, Viewer viewer, Appeal appeal) => (await HandledAmong(db, viewer, [appeal.Id])).Count > 0;

    /// <summary>Of these appeals the ones this viewer had a hand in.</summary>
    internal static async Task<HashSet<Guid>> HandledAmong(HeleDb db, Viewer viewer, IReadOnlyCollection<Guid> appeals)
    {
        if (appeals.Count == 0)
            return [];
        var posts = await db.Set<Post>().Where(p => p.PersonId == viewer.PersonId).Select(p => (Guid?)p.Id).ToListAsync();
        if (posts.Count == 0)
            return [];
        return
        [
            // Who accepted it stays a handler after it was handed over to another post.
            .. await db.Set<Appeal>().Where(a => appeals.Contains(a.Id) && a.HandlerPostId != null && posts.Contains(a.HandlerPostId)).Select(a => a.Id).ToListAsync(),
            .. await db.Set<JournalRow>().Where(j => j.JurisdictionId == viewer.JurisdictionId && j.RowTable == "Appeals" && appeals.Contains(j.RowId) && Handling.Contains(j.Kind) && posts.Contains(j.PostId)).Select(j => j.RowId).ToListAsync(),
            .. await db.Set<AppealNote>().Where(n => appeals.Contains(n.AppealId) && n.ToPostId != null && posts.Contains(n.ToPostId)).Select(n => n.AppealId).ToListAsync(),
            .. await db.Set<AppealReferral>().Where(r => appeals.Contains(r.AppealId) && !r.ByResident && r.PostId != null && posts.Contains(r.PostId)).Select(r => r.AppealId).ToListAsync(),
            .. await db.Set<AppealJoint>().Where(j => appeals.Contains(j.AppealId) && (posts.Contains(j.PostId) || posts.Contains(j.WrittenByPostId))).Select(j => j.AppealId).ToListAsync(),
            .. await db.Set<AppealAnswer>().Where(x => appeals.Contains(x.AppealId) && x.PostId != null && posts.Contains(x.PostId)).Select(x => x.AppealId).ToListAsync(),
        ];
    }

    internal static async Task<List<Problem>> Check(ActScope scope, Appeal appeal, Input input)
    {
        var problems = new List<Problem>();
        if (input.Satisfied is null)
            problems.Add(AppealProblems.VerdictMissing);
        var remark = ChineseText.Clean(input.Remark);
        if (remark.Length > AppealVerdict.RemarkLength)
            problems.Add(AppealProblems.RemarkTooLong.With(AppealVerdict.RemarkLength, remark.Length));
        else if (input.Satisfied == false && remark.Length == 0)
            problems.Add(AppealProblems.RemarkMissing);
        if (input.IsEntered && input.JudgedOn is { } on)
        {
            if (on > scope.Today)
                problems.Add(AppealProblems.JudgedInFuture);
            else if (await scope.Db.Set<AppealAnswer>().AnyAsync(a => a.AppealId == appeal.Id && a.Round == appeal.Round && a.AnsweredOn > on))
                problems.Add(AppealProblems.JudgedBeforeAnswer);
        }
        return problems;
    }
}
