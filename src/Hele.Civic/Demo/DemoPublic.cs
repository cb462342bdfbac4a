using Hele.Civic.Appeals;
using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Rules;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hele.Civic.Demo;

internal static partial class DemoStory
{
    private static readonly Lazy<Publicity> LazyPublic = new(() => Load<Publicity>("demo/public.zh.json"));

    /// <summary>What of the first community's matters is made public and how, what neighbours joined, and the matters that are told for that.</summary>
    public static Publicity Public => LazyPublic.Value;

    /// <param name="Reviews">Reviews whose hour matters; a matter that has one here has no other.</param>
    /// <param name="Words">What the reviewer wrote instead of the resident's title or the answer.</param>
    /// <param name="Later">What was corrected, and what was taken down again.</param>
    /// <param name="KeptBecause">Why anything else that looks personal isn't made public.</param>
    internal sealed record Publicity(IReadOnlyList<Matter> Appeals, IReadOnlyList<Review> Reviews, IReadOnlyList<Rewritten> Words, IReadOnlyList<Kept> Kept, IReadOnlyList<Afterwards> Later, IReadOnlyList<Joining> Joins, string KeptBecause)
    {
        public string TitleOf(string key, string own) => Words.FirstOrDefault(w => w.Matter == key && w.Title is not null)?.Title ?? own;

        public string AnswerOf(string key, int round, string own) => Words.FirstOrDefault(w => w.Matter == key && w.Round == round && w.Answer is not null)?.Answer ?? own;
    }

    /// <param name="By">The post that reviews it.</param>
    internal sealed record Review(string Matter, DateTimeOffset At, string By, int Round, string Title, string Answer);

    /// <param name="Round">Which answer; 0 where only the title is another.</param>
    internal sealed record Rewritten(string Matter, int Round, string? Title, string? Answer);

    internal sealed record Kept(string Matter, string Reason);

    /// <param name="Round">Which answer is public then.</param>
    /// <param name="Title">The title it is corrected to; null where it is taken down.</param>
    /// <param name="Reason">Why it is taken down; null where it is corrected.</param>
    internal sealed record Afterwards(string Matter, DateTimeOffset At, int Round, string? Title, string? Reason);

    /// <param name="Who">The key of whoever joins.</param>
    /// <param name="AtCounter">The clerk took it down.</param>
    internal sealed record Joining(string Matter, DateTimeOffset At, string Who, string Words, bool AtCounter = false);
}

public static partial class DemoSeed
{
    private sealed partial class Player
    {
        /// <summary>Where a matter stands along its way, as a reviewer comes by.</summary>
        private sealed record Course(string Key, string Kind, string Title, DateTimeOffset? AcceptedAt, IReadOnlyList<(DateTimeOffset At, string Text)> Answers, bool Withdrawn);

        /// <summary>The first community's reviews for the public over the year, and who joins what is public.</summary>
        private IEnumerable<Scene> InPublic(DemoStory.Community community)
        {
            var told = DemoStory.Public;
            foreach (var review in told.Reviews)
                yield return new($"public/{review.Matter}/{review.At:yyyyMMdd}", review.At, id => Review(community, new(review.Matter, review.Title, review.Answer, review.Round), [review.By], id));
            foreach (var course in Courses(community).Where(c => AppealKinds.Listed.Contains(c.Kind) && !c.Withdrawn && !told.Reviews.Any(r => r.Matter == c.Key)))
            {
                foreach (var (round, at) in Reviewed(course))
                {
                    var look = new Look(course.Key, told.TitleOf(course.Key, course.Title), round == 0 ? "" : told.AnswerOf(course.Key, round, course.Answers[round - 1].Text), round);
                    // What isn't made public isn't looked at again for each answer.
                    var kept = told.Kept.FirstOrDefault(k => k.Matter == course.Key);
                    yield return kept is null ? new($"public/{course.Key}/{round}", at, id => Review(community, look, PostsFor(course.Key), id))
                        : new("public/" + course.Key, at, id => Keep(community, course.Key, kept.Reason, PostsFor(course.Key), id));
                    if (kept is not null)
                        break;
                }
            }
            foreach (var change in told.Later)
            {
                yield return new($"public/{change.Matter}/{change.At:yyyyMMdd}", change.At, id =>
                {
                    var course = Courses(community).Single(c => c.Key == change.Matter);
                    return change.Title is null ? Keep(community, change.Matter, change.Reason!, ["secretary"], id)
                        : Review(community, new(change.Matter, change.Title, told.AnswerOf(change.Matter, change.Round, course.Answers[change.Round - 1].Text), change.Round), PostsFor(change.Matter), id);
                });
            }
            foreach (var join in told.Joins)
                yield return new($"join/{join.Matter}/{join.Who}", join.At, id => Join(community, join.Matter, join.Who, join.Words, join.AtCounter, id));
        }

        private static IEnumerable<Course> Courses(DemoStory.Community community)
        {
            foreach (var matter in Matters.Value)
            {
                var steps = matter.Steps().ToList();
                var answers = steps.Where(s => s.Act is "answer" or "street-answer").Select(s => (s.At, s.Text)).ToList();
                if (matter.Course == "spot")
                    answers.Insert(0, (matter.FiledAt, matter.Answer));
                yield return new(matter.Key, matter.Kind, matter.Title, matter.Course == "spot" ? matter.FiledAt : steps.Where(s => s.Act is "accept" or "overrule").Select(s => (DateTimeOffset?)s.At).FirstOrDefault(), answers, matter.Course == "withdrawn");
            }
            foreach (var matter in community.Told.Appeals.Concat(DemoStory.Public.Appeals))
                yield return new(matter.Key, matter.Kind, matter.Title, matter.Steps.Where(s => s.Act == "accept" || (s.Act == "review" && s.Verdict == "accept")).Select(s => (DateTimeOffset?)s.At).FirstOrDefault(),
                    [.. matter.Steps.Where(s => s.Act is "answer" or "street-answer").Select(s => (s.At, s.Text))], matter.Steps is [.., { Act: "withdraw" }]);
        }

        /// <summary>When a matter is reviewed, and with how many answers: some days after it was accepted, or answered, in the hours of the office.</summary>
        private static IEnumerable<(int Round, DateTimeOffset At)> Reviewed(Course course)
        {
            if (course.AcceptedAt is not { } accepted)
                yield break;
            var dice = new Dice("public/" + course.Key);
            var last = -1;
            foreach (var from in course.Answers.Select(a => a.At).Prepend(accepted))
            {
                var at = Office.OnDay(Office.Plus(China.DateIn(from), 1 + dice.Below(4)), from, dice.Below(420));
                var round = course.Answers.Count(a => a.At <= at);
                if (round > last)
                    yield return (last = round, at);
            }
        }

        /// <summary>Mostly the clerk reviews. Whoever wrote the answer leaves it to the next.</summary>
        private static string[] PostsFor(string key) => new Dice("reviewer/" + key).Chance(70) ? ["clerk", "secretary"] : ["secretary", "clerk"];

        private sealed record Look(string Key, string Title, string Answer, int Round);

        private async Task<Outcome> Review(DemoStory.Community community, Look look, IReadOnlyList<string> posts, Guid id)
        {
            if (await Done(id) is { } there)
                return Outcome.Again(there);
            if (!_codes.TryGetValue(look.Key, out var code))
                return AppealProblems.NotNow.With("");
            var level = await ReadIn(community, async db =>
            {
                var appeal = await db.Set<Appeal>().SingleAsync(a => a.PublicCode == code, cancel);
                var place = await services.GetRequiredService<JurisdictionDirectory>().Get(db, community.Id, cancel);
                var rule = await RuleBook.InForce(db, place, PublicPlace.Rule, services.GetRequiredService<TimeProvider>().Today());
                // What neighbours could trace to one of them isn't shown to the building; a question isn't about a place.
                var closest = appeal.Kind is "policy" or "other" ? PublicPlaceLevel.Community : appeal.Kind is "noise" or "pets" or "encroachment" ? PublicPlaceLevel.Compound : PublicPlaceLevel.Building;
                return (await PublicPlace.For(db, appeal, rule.Amount)).First(p => p.Level >= closest).Level;
            });
            var outcome = await ByOneOf(community, posts, v => services.GetRequiredService<PublishAppeal>().Run(v, v.Act(PublicationAccess.Review, id), new(code, look.Title, look.Answer, level, look.Round), cancel));
            return outcome.Problems.Any(p => p.Code == PublicationProblems.LooksPersonal.Code) ? await Keep(community, look.Key, DemoStory.Public.KeptBecause, posts, id) : outcome;
        }

        private async Task<Outcome> Keep(DemoStory.Community community, string key, string reason, IReadOnlyList<string> posts, Guid id)
        {
            if (await Done(id) is { } there)
                return Outcome.Again(there);
            return !_codes.TryGetValue(key, out var code) ? AppealProblems.NotNow.With("")
                : await ByOneOf(community, posts, v => services.GetRequiredService<KeepFromPublic>().Run(v, v.Act(PublicationAccess.Review, id), new(code, reason), cancel));
        }

        private async Task<Outcome> ByOneOf(DemoStory.Community community, IReadOnlyList<string> posts, Func<Viewer, Task<Outcome>> run)
        {
            Outcome? outcome = null;
            foreach (var post in posts)
            {
                outcome = await run(await ViewerOf(community.People, post));
                if (!outcome.Problems.Any(p => p.Code == PublicationProblems.OwnAnswer.Code || p.Code == PublicationProblems.OwnMatter.Code))
                    break;
            }
            return outcome!;
        }

        private async Task<Outcome> Join(DemoStory.Community community, string key, string who, string words, bool atCounter, Guid id)
        {
            if (await Done(id) is { } there)
                return Outcome.Again(there);
            if (!_codes.TryGetValue(key, out var code)
                || await CodeOf(community, db => db.Set<AppealPublication>().Where(p => p.State == PublicationState.Published && db.Set<Appeal>().Any(a => a.Id == p.AppealId && a.PublicCode == code)).Select(p => p.PublicCode)) is not { } published)
                return AppealProblems.NotNow.With("");
            var actor = await ViewerOf(community.People, atCounter ? "clerk" : who);
            var name = community.People.Single(p => p.Key == who).Name;
            return await services.GetRequiredService<JoinAppeal>().Run(actor.Act(atCounter ? AppealAccess.TakeDown : JoiningAccess.Join, id), new(published, words)
            {
                Channel = atCounter ? Channel.Counter : Channel.Web,
                Person = atCounter ? await CodeOf(community, db => db.Set<Person>().Where(p => p.Name == name).Select(p => p.PublicCode)) : null,
            }, cancel);
        }

        /// <summary>Somebody who joined judges an answer themselves.</summary>
        private async Task<Outcome> JudgeJoined(DemoStory.Community community, DemoStory.Matter matter, DemoStory.Step step, Guid id)
        {
            if (await Done(id) is { } there)
                return Outcome.Again(there);
            var (resident, code) = (await ViewerOf(community.People, step.By), _codes[matter.Key]);
            return await CodeOf(community, db => db.Set<AppealJoin>().Where(j => j.PersonId == resident.PersonId && j.LeftOn == null && db.Set<Appeal>().Any(a => a.Id == j.AppealId && a.PublicCode == code)).Select(j => j.PublicCode)) is { } join
                ? await services.GetRequiredService<JudgeJoined>().Run(resident, resident.Act(JoiningAccess.Judge, id), new(join, step.Verdict == "satisfied", step.Text), cancel)
                : AppealProblems.NotNow.With("");
        }

        private async Task<Outcome> Merge(DemoStory.Community community, DemoStory.Matter matter, DemoStory.Step step, Guid id)
        {
            if (await Done(id) is { } there)
                return Outcome.Again(there);
            var actor = await ViewerOf(community.People, step.By);
            return await services.GetRequiredService<MergeAppeal>().Run(actor, actor.Act(MergingAccess.Merge, id), new(_codes[matter.Key], _codes[step.Verdict!]), cancel);
        }

        /// <summary>The remark of the newest verdict is hidden: it insults somebody.</summary>
        private async Task<Outcome> Hide(DemoStory.Community community, DemoStory.Matter matter, DemoStory.Step step, Guid id)
        {
            if (await Done(id) is { } there)
                return Outcome.Again(there);
            var (actor, code) = (await ViewerOf(community.People, step.By), _codes[matter.Key]);
            var remark = await ReadIn(community, db => db.Set<AppealVerdict>().Where(v => v.Remark != null && db.Set<Appeal>().Any(a => a.Id == v.AppealId && a.PublicCode == code)).OrderByDescending(v => v.LoggedAt).Select(v => (Guid?)v.Id).FirstOrDefaultAsync(cancel));
            return remark is null ? AppealProblems.NotNow.With("") : await services.GetRequiredService<HideText>().Run(actor, actor.Act(PublicationAccess.HideText, id), new(code, remark.ToString()!, step.Text), cancel);
        }
    }
}
