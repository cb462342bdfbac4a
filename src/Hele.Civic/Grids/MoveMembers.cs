using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Grids;

/// <summary>
/// Members of a household move to another door of the community, in one act: all of them (搬家), some who become a household of their own (分户), or into the
/// household that lives there (并户). It is no arrival and no departure of the community.
/// </summary>
public sealed class MoveMembers(Writer writer)
{
    /// <param name="Household">Public code.</param>
    /// <param name="Members">Public codes of those who move.</param>
    /// <param name="Building">Public code of where they move to.</param>
    /// <param name="Head">Public code of the new household's head; null leaves the roles as they are.</param>
    /// <param name="Join">They join the household that lives there.</param>
    public sealed record Input(string Household, IReadOnlyList<string> Members, string? Building, string? Entrance, string? Room, string? Head, bool Join, DateOnly? On);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act with { On = input.On }, "household.move-members", input, scope => In(scope, viewer, input), cancel);

    /// <summary>The same inside another act: a stated change that its keeper confirms.</summary>
    internal async Task<Outcome> In(ActScope scope, Viewer viewer, Input input)
    {
        var db = scope.Db;
        var household = await GridAccess.Visible(db, viewer, db.Set<Household>()).SingleOrDefaultAsync(h => h.PublicCode == input.Household);
        if (household is null || await GridAccess.PostAt(db, viewer, household.BuildingId, GridAccess.KeepHouseholds) is null)
            return GridProblems.NotFound;
        if (household.To is { } last)
            return GridProblems.HouseholdGone.With(new Bilingual($"{last:yyyy年M月d日}", $"{last:d MMM yyyy}"));
        var (door, problems) = await Door.Find(db, input.Building, input.Entrance, input.Room);
        if (input.On > scope.Today) problems.Add(GridProblems.DayInFuture);
        if (input.Members.Count == 0) problems.Add(GridProblems.NobodyChosen);
        if (!string.IsNullOrEmpty(input.Head) && !input.Members.Contains(input.Head)) problems.Add(GridProblems.HeadNotMoving);
        if (problems.Count > 0)
            return Outcome.Refused(problems);
        if (await GridAccess.PostAt(db, viewer, door!.Building.Id, GridAccess.KeepHouseholds) is null)
            return GridProblems.TargetOfOthers;
        var there = await door.LivesThere(db);
        if (there?.Id == household.Id)
            return GridProblems.SameDoor;
        var spoken = await Door.Spoken(db, door.Building, door.Entrance?.Name, door.Room);
        if (there is not null && !input.Join)
            return GridProblems.HouseholdThere.With(spoken, await db.Set<HouseholdMember>().CountAsync(m => m.HouseholdId == there.Id && m.To == null));

        var movers = new List<(HouseholdMember Member, Person Person)>();
        foreach (var code in input.Members.Distinct())
        {
            var person = await db.Set<Person>().SingleOrDefaultAsync(p => p.PublicCode == code);
            if (person is null || await db.Set<HouseholdMember>().SingleOrDefaultAsync(m => m.HouseholdId == household.Id && m.PersonId == person.Id && m.To == null) is not { } member)
                return GridProblems.NotThere;
            if (scope.On < member.From)
                return GridProblems.DayBeforeMoveIn.With(new Bilingual($"{member.From:yyyy年M月d日}", $"{member.From:d MMM yyyy}"));
            movers.Add((member, person));
        }
        var hasHead = there is not null && await db.Set<HouseholdMember>().AnyAsync(m => m.HouseholdId == there.Id && m.To == null && m.Role == HouseholdRole.Head);
        there ??= scope.Add(new Household { BuildingId = door.Building.Id, EntranceId = door.Entrance?.Id, Room = door.Room, From = scope.On, LoggedAt = scope.Now }, GridEvents.HouseholdRegistered);
        foreach (var (member, person) in movers)
        {
            var presence = await db.Set<MemberPresence>().Where(p => p.MemberId == member.Id && p.To == null).Select(p => (Presence?)p.Presence).SingleOrDefaultAsync();
            await MoveOut.End(scope, member, scope.On, MemberCause.Within, GridEvents.MovedAway);
            var role = person.PublicCode == input.Head && !hasHead ? HouseholdRole.Head
                : member.Role == HouseholdRole.Head && (hasHead || !string.IsNullOrEmpty(input.Head)) ? HouseholdRole.Family : member.Role;
            var moved = scope.Add(new HouseholdMember { HouseholdId = there.Id, PersonId = person.Id, Role = role, From = scope.On, Came = MemberCause.Within, LoggedAt = scope.Now }, GridEvents.MovedWithin);
            if (presence is { } known)
                scope.Add(new MemberPresence { MemberId = moved.Id, Presence = known, From = scope.On, LoggedAt = scope.Now }, GridEvents.PresenceSaid);
            Door.MovedTo(scope, person, spoken);
        }
        return Outcome.Ok(there.PublicCode);
    }
}
