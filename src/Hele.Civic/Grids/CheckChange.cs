using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Grids;

/// <summary>
/// The keeper has checked what was said. What is so is registered by the very operation that registers it otherwise, with its own question of who may, in one act with
/// the answer; what isn't is told back with the reason.
/// </summary>
public sealed class CheckChange(Writer writer, MoveOut moveOut, MoveMembers moveMembers, MoveIn moveIn, RecordBirth birth, RecordTenancy tenancy, SettleTenancy settle, RecordDeath death, CorrectPerson correct, PersonLeft left)
{
    /// <param name="So">True when it is so.</param>
    /// <param name="Answer">What is told to whoever said it: the reason where it isn't so.</param>
    public sealed record Input(string Code, bool? So, ChangeCheck? Check, string? Answer)
    {
        /// <summary>Public codes of the members it is about; of who moved in, theirs in the register.</summary>
        public IReadOnlyList<string> People { get; init; } = [];

        /// <summary>The right name; of a birth the child's; of who moved in, whoever isn't in the register yet.</summary>
        public string? Name { get; init; }

        /// <summary>Who moved in isn't in the register: they are entered with the same act.</summary>
        public bool IsNew { get; init; }

        public string? Phone { get; init; }

        /// <summary>The day they moved, or died; the day a letting began or ended.</summary>
        public DateOnly? On { get; init; }

        /// <summary>The day the child was born.</summary>
        public DateOnly? BornOn { get; init; }

        public bool Another { get; init; }
        public IReadOnlyList<string> Guardians { get; init; } = [];
        public string? Basis { get; init; }
        public DeathSource? Source { get; init; }
        public string? ToldBy { get; init; }
        public HouseholdRole Role { get; init; }
        public bool LeavesOther { get; init; }
        public WentTo? To { get; init; }

        /// <summary>The door in the community they moved to.</summary>
        public string? Building { get; init; }

        public string? Entrance { get; init; }
        public string? Room { get; init; }
        public bool Join { get; init; }
        public string? Landlord { get; init; }
        public DateOnly? Until { get; init; }
        public bool ContractSeen { get; init; }

        /// <summary>The letting has ended.</summary>
        public bool Ends { get; init; }
    }

    /// <summary>Kinds whose act happened on a day that is registered with them: a birth isn't one, its day is sealed.</summary>
    private static bool HasDay(ChangeKind kind) => kind is ChangeKind.MovedOut or ChangeKind.MovedIn or ChangeKind.Died or ChangeKind.Let;

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act with { On = input.So == true && input.To != WentTo.Left ? input.On : null }, StatedAccess.Check.Code, input, async scope =>
    {
        var db = scope.Db;
        var change = await StatedAccess.Visible(db, viewer, db.Set<StatedChange>()).SingleOrDefaultAsync(c => c.PublicCode == input.Code);
        if (change is null || (change.StatedById != viewer.PersonId && await GridAccess.PostAt(db, viewer, change.BuildingId, StatedAccess.Check) is null))
            return GridProblems.NotFound;
        if (change.State != ChangeState.Stated)
            return await AlreadyChecked(db, change);
        if (change.StatedById == viewer.PersonId)
            return GridProblems.OwnStatement;
        if (await StatedAccess.Keeps(db, viewer, change.Kind, change.BuildingId) is not { } post)
            return GridProblems.ChangeOfTheCounter;
        var problems = new List<Problem>();
        var answer = ChineseText.Clean(input.Answer);
        if (input.So is null) problems.Add(GridProblems.SoMissing);
        if (input.Check is null) problems.Add(GridProblems.CheckMissing);
        if (answer.Length > StatedChange.AnswerLength || (answer.Length == 0 && (input.So == false || (input.So == true && change.Kind == ChangeKind.Other)))) problems.Add(GridProblems.ChangeAnswerMissing.With(StatedChange.AnswerLength));
        if (input.So == true && input.On > scope.Today) problems.Add(GridProblems.DayInFuture);
        if (problems.Count > 0)
            return Outcome.Refused(problems);
        if (input.So!.Value)
        {
            if (input.On is not null && !HasDay(change.Kind))
                return GridProblems.NotFound;
            var done = await Register(scope, viewer, change, input);
            if (!done.Accepted)
                return done;
        }
        if (change.Decide(input.So.Value, input.Check!.Value, answer.Length == 0 ? null : answer, post.PostId, scope.Today, scope.Now) is { } problem)
            return problem;
        scope.Record(change, input.So.Value ? StatedChange.Confirmed : StatedChange.Rejected);
        return Outcome.Ok(change.PublicCode);
    }, cancel);

    /// <summary>The operation itself, with what the keeper has in the form.</summary>
    private async Task<Outcome> Register(ActScope scope, Viewer viewer, StatedChange change, Input input)
    {
        var db = scope.Db;
        var building = await db.Set<Building>().SingleAsync(b => b.Id == change.BuildingId);
        var entrance = await db.Set<Entrance>().SingleOrDefaultAsync(e => e.Id == change.EntranceId);
        var door = new Door(building, entrance, change.Room);
        if (change.Kind == ChangeKind.MovedIn)
            return await MovedIn(scope, viewer, door, input);
        if (change.Kind == ChangeKind.Other)
            return Outcome.Ok(change.PublicCode);
        if (await door.LivesThere(db) is not { } household)
            return GridProblems.NobodyThere;
        var there = await db.Set<Person>().Where(p => input.People.Contains(p.PublicCode) && db.Set<HouseholdMember>().Any(m => m.HouseholdId == household.Id && m.PersonId == p.Id && m.To == null)).ToListAsync();
        if (change.Kind is ChangeKind.MovedOut or ChangeKind.Died or ChangeKind.Phone or ChangeKind.Name
            && (there.Count == 0 || there.Count != input.People.Distinct().Count() || (there.Count > 1 && StatedChange.OfOne(change.Kind))))
            return GridProblems.MemberMissing;
        switch (change.Kind)
        {
            case ChangeKind.MovedOut when input.To is null:
                return GridProblems.WentMissing;
            case ChangeKind.MovedOut when input.To == WentTo.Within:
                return await moveMembers.In(scope, viewer, new(household.PublicCode, input.People, input.Building, string.IsNullOrEmpty(input.Entrance) ? null : input.Entrance, input.Room, null, input.Join, input.On));
            case ChangeKind.MovedOut when input.To == WentTo.Left && viewer.PostFor(PeopleAccess.Correct) is null:
                return GridProblems.LeftIsTheCounters;
            case ChangeKind.MovedOut:
                foreach (var person in there)
                {
                    var gone = input.To == WentTo.Left
                        ? await left.In(scope, viewer, new(person.PublicCode, input.On ?? scope.Today))
                        : await moveOut.In(scope, viewer, new(household.PublicCode, person.PublicCode, input.On));
                    if (!gone.Accepted)
                        return gone;
                }
                return Outcome.Ok(household.PublicCode);
            case ChangeKind.Died:
                return await death.In(scope, viewer, new(there[0].PublicCode, input.On, input.Source, input.ToldBy));
            case ChangeKind.Born:
                return await birth.In(scope, viewer, new(household.PublicCode, input.Name, input.BornOn, input.Guardians, input.Basis, input.Another));
            case ChangeKind.Let when input.Ends:
                return await settle.In(scope, viewer, new(household.PublicCode, true, input.On));
            case ChangeKind.Let when await db.Set<Tenancy>().AnyAsync(t => t.HouseholdId == household.Id && t.EndedOn == null):
                return await settle.In(scope, viewer, new(household.PublicCode, false, input.Until));
            case ChangeKind.Let:
                return await tenancy.In(scope, viewer, new(household.PublicCode, input.Landlord, input.On, input.Until, input.ContractSeen));
            case ChangeKind.Phone:
                return string.IsNullOrWhiteSpace(input.Phone) ? Phone.Bad : await correct.In(scope, viewer, new(there[0].PublicCode, there[0].Name, there[0].Address, input.Phone));
            default:
                return await correct.In(scope, viewer, new(there[0].PublicCode, input.Name, there[0].Address, null));
        }
    }

    private async Task<Outcome> MovedIn(ActScope scope, Viewer viewer, Door door, Input input)
    {
        var db = scope.Db;
        if (!input.IsNew)
            return await moveIn.In(scope, viewer, new(door.Building.PublicCode, door.Entrance?.Name, door.Room, input.People.Count == 1 ? input.People[0] : null, input.Role, input.On, input.LeavesOther));
        if (viewer.PostFor(PeopleAccess.Register) is null)
            return GridProblems.NewIsTheCounters;
        if (door.Building.To is not null)
            return GridProblems.BuildingGone;
        var name = ChineseText.Normalize(input.Name);
        if (name.Length is 0 or > Person.NameLength)
            return RegisterPerson.NameMissing;
        var spoken = await Door.Spoken(db, door.Building, door.Entrance?.Name, door.Room);
        // The register has one entry of somebody: who may be the same is chosen, not entered beside.
        if (await EnterPerson.Same(db.Set<Person>(), name, spoken, null).AnyAsync())
            return GridProblems.NewIsKnown;
        var person = scope.Add(new Person { PublicCode = PublicCode.New().Text, Name = name, Address = spoken }, RegisterPerson.Registered);
        return await MoveIn.Enter(scope, door, await door.LivesThere(db), person, input.Role, null, moved: false);
    }

    /// <summary>Who was faster, when, and how it was answered.</summary>
    private static async Task<Problem> AlreadyChecked(HeleDb db, StatedChange change)
    {
        var state = StatedChange.LifeCycle.StateTitle(change.State);
        if (await db.Set<Post>().Where(p => p.Id == change.PostId).Select(p => p.Title).SingleOrDefaultAsync() is not { } post || change.AnsweredAt is not { } answered)
            return GridProblems.ChangeNotNow.With(state);
        var at = China.TimeIn(answered);
        return GridProblems.ChangeAnswered.With(new Bilingual($"{post}在{at:M月d日HH:mm}", $"{post}, {at:d MMM HH:mm}"), state);
    }
}
