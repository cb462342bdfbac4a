using Hele.Civic.Kernel;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.People;

/// <summary>
/// Registers that somebody died. Everything that would still write to them, ask them or offer them stops with this act: what is read asks the register, what is
/// a fact of another module is changed by its follower.
/// </summary>
public sealed class RecordDeath(Writer writer, ModuleList modules)
{
    public static readonly EventKind Died = new("person.died", ("登记为去世", "Registered as having died"));
    public static readonly EventKind DateCorrected = new("person.death-date-corrected", ("更正了去世日期", "Corrected the day they died"));
    public static readonly EventKind Lives = new("person.lives", ("撤销了去世登记：本人在世", "Took back that they had died: they live"));

    /// <param name="Code">Public code of the person.</param>
    /// <param name="ToldBy">Who told; may be empty for a paper.</param>
    public sealed record Input(string Code, DateOnly? On, DeathSource? Source, string? ToldBy);

    /// <summary>What typing alone shows to be wrong.</summary>
    public static IReadOnlyList<Problem> Check(Input input, DateOnly today)
    {
        var problems = new List<Problem>();
        if (input.On is null) problems.Add(PeopleProblems.DeathDayMissing);
        else if (input.On > today) problems.Add(PeopleProblems.DeathInFuture);
        if (input.Source is null) problems.Add(PeopleProblems.DeathSourceMissing);
        var toldBy = ChineseText.Line(input.ToldBy);
        if (toldBy.Length > Death.ToldByLength || (toldBy.Length == 0 && input.Source is DeathSource.Family)) problems.Add(PeopleProblems.ToldByMissing.With(Death.ToldByLength));
        return problems;
    }

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act with { On = input.On }, PeopleAccess.RecordDeath.Code, input, scope => In(scope, viewer, input), cancel);

    /// <summary>The same inside another act: a stated change that its keeper confirms.</summary>
    internal async Task<Outcome> In(ActScope scope, Viewer viewer, Input input)
    {
        var person = await scope.Db.Set<Person>().SingleOrDefaultAsync(p => p.PublicCode == input.Code && p.ErasedOn == null);
        if (person is null || viewer.PostFor(PeopleAccess.RecordDeath) is not { } post || !PeopleAccess.May(viewer, person, PeopleAccess.RecordDeath))
            return PeopleProblems.NotFound;
        if (await Standing(scope.Db, person.Id) is { } recorded)
            return await AlreadyRecorded(scope.Db, recorded);
        if (Check(input, scope.Today) is { Count: > 0 } problems)
            return Outcome.Refused(problems);
        if (person.Id == viewer.PersonId)
            return PeopleProblems.OwnDeath;
        var (on, toldBy) = (input.On!.Value, ChineseText.Line(input.ToldBy));
        var death = new Death { PersonId = person.Id, DiedOn = on, Source = input.Source!.Value, HadLeftOn = person.LeftOn, PostId = post.PostId, LoggedAt = scope.Now };
        death.TellBy(toldBy.Length == 0 ? null : toldBy);
        scope.Add(death, Death.Recorded);
        person.Die(on);
        scope.Record(person, Died);
        await modules.Follow(scope, new(LifeChange.Died, person.Id, on, scope.Act.OperationId));
        return Outcome.Ok(person.PublicCode);
    }

    internal static Task<Death?> Standing(HeleDb db, Guid person) => db.Set<Death>().SingleOrDefaultAsync(d => d.PersonId == person && d.TakenBackOn == null);

    /// <summary>Who was faster, and when.</summary>
    private static async Task<Problem> AlreadyRecorded(HeleDb db, Death death)
    {
        var post = await db.Set<Post>().Where(p => p.Id == death.PostId).Select(p => p.Title).SingleAsync();
        var at = China.TimeIn(death.LoggedAt);
        return PeopleProblems.DeathRecorded.With(new Bilingual($"{post}在{at:M月d日HH:mm}", $"{post}, {at:d MMM HH:mm},"));
    }
}

/// <summary>What was registered about a death was wrong: another day, or another person. The reason is kept; everything that stopped by mistake goes on.</summary>
public sealed class CorrectDeath(Writer writer, ModuleList modules)
{
    /// <param name="Lives">True when they live: it was somebody else, or nobody.</param>
    /// <param name="On">Else the day on which they did die.</param>
    public sealed record Input(string Code, bool Lives, DateOnly? On, string? Reason);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default)
    {
        var reason = ChineseText.Line(input.Reason);
        return writer.Write(act with { Reason = reason.Length == 0 ? null : reason }, PeopleAccess.RecordDeath.Code + ".correct", input, async scope =>
        {
            var person = await scope.Db.Set<Person>().SingleOrDefaultAsync(p => p.PublicCode == input.Code && p.ErasedOn == null);
            if (person is null || viewer.PostFor(PeopleAccess.RecordDeath) is null || !PeopleAccess.May(viewer, person, PeopleAccess.RecordDeath))
                return PeopleProblems.NotFound;
            if (await RecordDeath.Standing(scope.Db, person.Id) is not { } death)
                return PeopleProblems.NotDead;
            var problems = new List<Problem>();
            if (reason.Length is 0 or > Death.ReasonLength) problems.Add(PeopleProblems.CorrectionReasonMissing.With(Death.ReasonLength));
            if (!input.Lives && input.On is null) problems.Add(PeopleProblems.DeathDayMissing);
            else if (!input.Lives && input.On > scope.Today) problems.Add(PeopleProblems.DeathInFuture);
            else if (!input.Lives && input.On == death.DiedOn) problems.Add(PeopleProblems.SameDeathDay);
            if (problems.Count > 0)
                return Outcome.Refused(problems);
            var first = await LifeFact.ActOf(scope, death.Id, Death.Recorded);
            if (input.Lives)
            {
                death.TakeBack(scope.Today);
                scope.Record(death, Death.TakenBack);
                person.Live(death.HadLeftOn);
                scope.Record(person, RecordDeath.Lives);
                await modules.Follow(scope, new(LifeChange.DeathTakenBack, person.Id, death.DiedOn, first));
                return Outcome.Ok(person.PublicCode);
            }
            var on = input.On!.Value;
            death.DiedOn = on;
            scope.Record(death, Death.DateCorrected);
            person.Live(death.HadLeftOn);
            person.Die(on);
            scope.Record(person, RecordDeath.DateCorrected);
            await modules.Follow(scope, new(LifeChange.DeathDateCorrected, person.Id, on, first));
            return Outcome.Ok(person.PublicCode);
        }, cancel);
    }
}

/// <summary>What a death ends in the register of people itself: guardianships, sessions, and that a post gives anything.</summary>
internal static class PeopleFollow
{
    public static readonly EventKind GuardianshipEnded = new("guardianship.ended-by-death", ("因去世终止了监护关系", "A guardianship ended with a death"));
    public static readonly EventKind GuardianshipResumed = new("guardianship.resumed", ("撤销去世登记，监护关系恢复", "A guardianship goes on: the death was taken back"));

    public static LifeFollower Follower { get; } = new(Stops, Follow);

    private static async Task<IReadOnlyList<Bilingual>> Stops(HeleDb db, Guid person, DateOnly today, CancellationToken cancel)
    {
        var stops = new List<Bilingual>();
        if (await db.Set<Person>().AnyAsync(p => p.Id == person && p.AccountId != null, cancel))
            stops.Add(("网上登录停用，已登录的设备马上退出", "They can no longer sign in; every device is signed out at once"));
        foreach (var post in await db.Set<Post>().Where(p => p.PersonId == person).Where(Post.ActiveOn(today)).OrderBy(p => p.Title).Select(p => p.Title).ToListAsync(cancel))
            stops.Add(($"岗位“{post}”空缺，等书记或安全管理员终止并交接", $"The post “{post}” is vacant and waits to be ended and handed over"));
        if (await db.Set<Guardianship>().CountAsync(g => (g.GuardianId == person || g.WardId == person) && g.From <= today && (g.To == null || g.To >= today), cancel) is > 0 and var guarded)
            stops.Add(($"{guarded}条监护关系终止", $"Guardianships that end: {guarded}"));
        stops.Add(("不再出现在要通知、询问、问候和可选的名单里", "They leave every list of people to be told, asked, greeted or chosen"));
        return stops;
    }

    private static async Task Follow(ActScope scope, LifeFact fact)
    {
        var db = scope.Db;
        switch (fact.Change)
        {
            case LifeChange.Died:
                foreach (var held in await db.Set<Guardianship>().Where(g => (g.GuardianId == fact.PersonId || g.WardId == fact.PersonId) && g.To == null).ToListAsync())
                {
                    held.EndOn(fact.On < held.From ? held.From : fact.On);
                    scope.Record(held, GuardianshipEnded);
                }
                foreach (var post in await db.Set<Post>().Where(p => p.PersonId == fact.PersonId && p.VacantSince == null).Where(Post.HeldOrWaitingOn(scope.Today)).ToListAsync())
                {
                    post.BeVacant(fact.On);
                    scope.Record(post, Posts.PostEvents.Vacant);
                }
                if (await db.Set<Person>().Where(p => p.Id == fact.PersonId).Select(p => p.AccountId).SingleAsync() is { } account)
                    db.RemoveRange(await db.Set<Platform.Accounts.SignInSession>().AsTracking().Where(s => s.AccountId == account).ToListAsync());
                break;
            case LifeChange.DeathTakenBack:
                var ended = await fact.Touched(scope, GuardianshipEnded);
                foreach (var held in await db.Set<Guardianship>().Where(g => ended.Contains(g.Id) && g.To != null).ToListAsync())
                {
                    // The other side may have died since.
                    var other = held.GuardianId == fact.PersonId ? held.WardId : held.GuardianId;
                    if (!await db.Set<Person>().Where(Person.Living).AnyAsync(p => p.Id == other))
                        continue;
                    held.Resume();
                    scope.Record(held, GuardianshipResumed);
                }
                foreach (var post in await db.Set<Post>().Where(p => p.PersonId == fact.PersonId && p.VacantSince != null && (p.State == PostState.Confirmed || p.State == PostState.Proposed)).ToListAsync())
                {
                    post.BeVacant(null);
                    scope.Record(post, Posts.PostEvents.NotVacant);
                }
                break;
            case LifeChange.DeathDateCorrected:
                var moved = await fact.Touched(scope, GuardianshipEnded);
                foreach (var held in await db.Set<Guardianship>().Where(g => moved.Contains(g.Id) && g.To != null).ToListAsync())
                {
                    held.EndOn(fact.On < held.From ? held.From : fact.On);
                    scope.Record(held, GuardianshipEnded);
                }
                foreach (var post in await db.Set<Post>().Where(p => p.PersonId == fact.PersonId && p.VacantSince != null).ToListAsync())
                {
                    post.BeVacant(fact.On);
                    scope.Record(post, Posts.PostEvents.Vacant);
                }
                break;
        }
    }
}
