using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Grids;

/// <summary>Registers that somebody lives behind a door; the household begins with its first person. Whoever lives elsewhere in the community leaves there by the same act, when that is said.</summary>
public sealed class MoveIn(Writer writer)
{
    /// <param name="Building">Public code.</param>
    /// <param name="Entrance">Its name, 2单元; empty in a building with one door.</param>
    /// <param name="Person">Public code.</param>
    /// <param name="LeavesOther">They leave where they are registered now.</param>
    public sealed record Input(string Building, string? Entrance, string? Room, string? Person, HouseholdRole Role, DateOnly? On, bool LeavesOther)
    {
        /// <summary>人户状态; null where nobody has asked yet.</summary>
        public Presence? Presence { get; init; }
    }

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act with { On = input.On }, "household.move-in", input, scope => In(scope, viewer, input), cancel);

    /// <summary>The same inside another act: a stated change that its keeper confirms.</summary>
    internal async Task<Outcome> In(ActScope scope, Viewer viewer, Input input)
    {
        var building = await scope.Db.Set<Building>().SingleOrDefaultAsync(b => b.PublicCode == input.Building);
        if (building is null || await GridAccess.PostAt(scope.Db, viewer, building.Id, GridAccess.KeepHouseholds) is null)
            return GridProblems.NotFound;
        if (building.To is not null)
            return GridProblems.BuildingGone;
        var problems = new List<Problem>();
        var room = ChineseText.Line(input.Room);
        if (room.Length is 0 or > Household.RoomLength) problems.Add(GridProblems.RoomMissing);
        if (input.On > scope.Today) problems.Add(GridProblems.DayInFuture);
        var entrances = await scope.Db.Set<Entrance>().Where(e => e.BuildingId == building.Id).ToListAsync();
        var entrance = entrances.SingleOrDefault(e => e.Name == input.Entrance);
        if (entrances.Count > 0 && entrance is null) problems.Add(GridProblems.EntranceMissing);
        var person = await scope.Db.Set<Person>().SingleOrDefaultAsync(p => p.PublicCode == input.Person && p.ErasedOn == null);
        if (person is null) problems.Add(GridProblems.PersonMissing);
        if (problems.Count > 0)
            return Outcome.Refused(problems);
        if (person!.DiedOn is not null)
            return PeopleProblems.Dead;
        if (person.LeftOn is not null)
            return GridProblems.PersonGone;

        Guid? door = entrance?.Id;
        var household = await scope.Db.Set<Household>().SingleOrDefaultAsync(h => h.BuildingId == building.Id && h.EntranceId == door && h.Room == room && h.To == null);
        var moved = false;
        if (await scope.Db.Set<HouseholdMember>().SingleOrDefaultAsync(m => m.PersonId == person.Id && m.To == null) is { } elsewhere)
        {
            if (elsewhere.HouseholdId == household?.Id)
                return GridProblems.LivesHere;
            if (!input.LeavesOther)
                return GridProblems.LivesElsewhere.With(await HouseholdQueries.AddressOf(scope.Db, elsewhere.HouseholdId));
            await MoveOut.End(scope, elsewhere, scope.On < elsewhere.From ? elsewhere.From : scope.On, MemberCause.Within, GridEvents.MovedAway);
            moved = true;
        }
        return await Enter(scope, new Door(building, entrance, room), household, person, input.Role, input.Presence, moved);
    }

    /// <summary>Somebody who lives nowhere else begins to live behind a door.</summary>
    /// <param name="household">Who lives there; null while nobody does.</param>
    /// <param name="moved">They have left another door of the community in this act.</param>
    internal static async Task<Outcome> Enter(ActScope scope, Door door, Household? household, Person person, HouseholdRole role, Presence? presence, bool moved)
    {
        household ??= scope.Add(new Household { BuildingId = door.Building.Id, EntranceId = door.Entrance?.Id, Room = door.Room, From = scope.On, LoggedAt = scope.Now }, GridEvents.HouseholdRegistered);
        var member = scope.Add(new HouseholdMember { HouseholdId = household.Id, PersonId = person.Id, Role = role, From = scope.On, Came = moved ? MemberCause.Within : MemberCause.Move, LoggedAt = scope.Now },
            moved ? GridEvents.MovedWithin : GridEvents.MovedIn);
        if (presence is { } said)
            scope.Add(new MemberPresence { MemberId = member.Id, Presence = said, From = scope.On, LoggedAt = scope.Now }, GridEvents.PresenceSaid);
        Door.MovedTo(scope, person, await Door.Spoken(scope.Db, door.Building, door.Entrance?.Name, door.Room));
        return Outcome.Ok(household.PublicCode);
    }
}

/// <summary>Registers that somebody no longer lives in a household; with the last one the household ends.</summary>
public sealed class MoveOut(Writer writer)
{
    /// <param name="Household">Public code.</param>
    /// <param name="Person">Public code.</param>
    public sealed record Input(string Household, string Person, DateOnly? On);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act with { On = input.On }, "household.move-out", input, scope => In(scope, viewer, input), cancel);

    /// <summary>The same inside another act: a stated change that its keeper confirms.</summary>
    internal async Task<Outcome> In(ActScope scope, Viewer viewer, Input input)
    {
        var household = await GridAccess.Visible(scope.Db, viewer, scope.Db.Set<Household>()).SingleOrDefaultAsync(h => h.PublicCode == input.Household);
        if (household is null || await GridAccess.PostAt(scope.Db, viewer, household.BuildingId, GridAccess.KeepHouseholds) is null)
            return GridProblems.NotFound;
        if (input.On > scope.Today)
            return GridProblems.DayInFuture;
        var member = await scope.Db.Set<HouseholdMember>().Where(m => m.HouseholdId == household.Id && m.To == null && scope.Db.Set<Person>().Any(p => p.Id == m.PersonId && p.PublicCode == input.Person)).SingleOrDefaultAsync();
        if (member is null)
            return GridProblems.NotThere;
        if (scope.On < member.From)
            return GridProblems.DayBeforeMoveIn.With(new Bilingual($"{member.From:yyyy年M月d日}", $"{member.From:d MMM yyyy}"));
        await End(scope, member, scope.On, MemberCause.Move, GridEvents.MovedOut);
        return Outcome.Ok(household.PublicCode);
    }

    /// <summary>Ends a membership, what was said about it, and with the last one the household. The members of one household that go in one act are ended one after the other.</summary>
    internal static async Task End(ActScope scope, HouseholdMember member, DateOnly last, MemberCause why, EventKind kind)
    {
        var db = scope.Db;
        member.EndOn(last, why, scope.Now);
        scope.Record(member, kind);
        // Asked of the context, not of the table alone: others of them may have gone in this very act.
        var others = await db.Set<HouseholdMember>().Where(m => m.HouseholdId == member.HouseholdId && m.To == null && m.Id != member.Id).ToListAsync();
        if (others.Exists(m => m.To is null) || db.Set<HouseholdMember>().Local.Any(m => m.HouseholdId == member.HouseholdId && m.To is null && m.Id != member.Id))
            return;
        var household = await db.Set<Household>().SingleAsync(h => h.Id == member.HouseholdId);
        household.EndOn(last < household.From ? household.From : last, scope.Now);
        scope.Record(household, GridEvents.HouseholdEnded);
    }
}
