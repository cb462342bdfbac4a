using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Sealing;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Grids;

/// <summary>
/// A child is born into a household: an entry in the register, the membership and the guardians, in one act. The name may come later. The day of birth is sealed;
/// the membership counts from the day it was registered, so that no list gives a minor's birthday away.
/// </summary>
public sealed class RecordBirth(Writer writer, Seals seals)
{
    /// <param name="Household">Public code.</param>
    /// <param name="Name">Empty while it isn't decided.</param>
    /// <param name="Guardians">Public codes of members of the household.</param>
    /// <param name="Basis">What the guardianship rests on: 父母，已看出生医学证明.</param>
    /// <param name="Another">It is another child, born on the same day: twins or more.</param>
    public sealed record Input(string Household, string? Name, DateOnly? BornOn, IReadOnlyList<string> Guardians, string? Basis, bool Another = false);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, "household.birth", input, scope => In(scope, viewer, input), cancel);

    /// <summary>The same inside another act: a stated change that its keeper confirms.</summary>
    internal async Task<Outcome> In(ActScope scope, Viewer viewer, Input input)
    {
        var db = scope.Db;
        var household = await GridAccess.Visible(db, viewer, db.Set<Household>()).SingleOrDefaultAsync(h => h.PublicCode == input.Household);
        if (household is null || await GridAccess.PostAt(db, viewer, household.BuildingId, GridAccess.KeepHouseholds) is null)
            return GridProblems.NotFound;
        if (household.To is { } last)
            return GridProblems.HouseholdGone.With(new Bilingual($"{last:yyyy年M月d日}", $"{last:d MMM yyyy}"));
        var problems = new List<Problem>();
        var (name, basis) = (ChineseText.Normalize(input.Name), ChineseText.Line(input.Basis));
        if (name.Length > Person.NameLength) problems.Add(RegisterPerson.NameMissing);
        if (input.BornOn is not { } bornOn) problems.Add(GridProblems.BornMissing);
        else if (bornOn > scope.Today) problems.Add(GridProblems.BornInFuture);
        else if (bornOn < scope.Today.AddYears(-1)) problems.Add(GridProblems.BornLongAgo);
        if (input.Guardians.Count == 0) problems.Add(GridProblems.GuardianMissing);
        if (basis.Length is 0 or > Guardianship.BasisLength) problems.Add(KeepGuardianship.BasisMissing);
        if (problems.Count > 0)
            return Outcome.Refused(problems);
        var guardians = await db.Set<Person>().Where(Person.Living).Where(p => input.Guardians.Contains(p.PublicCode) && db.Set<HouseholdMember>().Any(m => m.HouseholdId == household.Id && m.PersonId == p.Id && m.To == null)).ToListAsync();
        if (guardians.Count != input.Guardians.Distinct().Count())
            return GridProblems.GuardianMissing;
        // A birth told twice, by the mother here and the father there, would be two children: whoever comes second is asked.
        var since = scope.Today.AddDays(-60);
        if (!input.Another && await db.Set<HouseholdMember>().Where(m => m.HouseholdId == household.Id && m.To == null && m.Came == MemberCause.Birth && m.From >= since).OrderByDescending(m => m.LoggedAt).Select(m => (DateTimeOffset?)m.LoggedAt).FirstOrDefaultAsync() is { } before)
        {
            var at = China.TimeIn(before);
            return GridProblems.BornTwice.With(new Bilingual($"{at:M月d日HH:mm}", $"On {at:d MMM HH:mm}"));
        }
        var building = await db.Set<Building>().SingleAsync(b => b.Id == household.BuildingId);
        var entrance = await db.Set<Entrance>().Where(e => e.Id == household.EntranceId).Select(e => e.Name).SingleOrDefaultAsync();
        var child = scope.Add(new Person { PublicCode = PublicCode.New().Text, Name = name.Length == 0 ? Person.Unnamed.Zh : name, Address = await Door.Spoken(db, building, entrance, household.Room) }, RegisterPerson.Registered);
        await Birthday.Set(scope, seals, child, input.BornOn!.Value);
        scope.Add(new HouseholdMember { HouseholdId = household.Id, PersonId = child.Id, Role = HouseholdRole.Family, From = scope.On, Came = MemberCause.Birth, LoggedAt = scope.Now }, GridEvents.Born);
        foreach (var guardian in guardians)
            scope.Add(new Guardianship { GuardianId = guardian.Id, WardId = child.Id, Basis = basis, From = scope.On }, KeepGuardianship.Registered);
        return Outcome.Ok(child.PublicCode);
    }
}
