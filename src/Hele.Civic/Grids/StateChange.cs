using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Rules;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Grids;

/// <summary>
/// Somebody says that something about a household changed: a resident about their own, anybody of the staff about any door. It is answered whether the register knows
/// that door or not, so that nobody can find out by it who lives where.
/// </summary>
public sealed class StateChange(Writer writer, JurisdictionDirectory jurisdictions)
{
    /// <param name="Building">Public code; null for one's own household. A resident whom the register doesn't place anywhere may say where they moved in.</param>
    /// <param name="Members">Public codes of members of one's own household whom it is about.</param>
    /// <param name="About">Whom it is about, as they are called: who isn't among the members, or lives behind another door.</param>
    /// <param name="Text">What it is, and how it is known.</param>
    /// <param name="HappenedOn">Never of a birth: the day somebody was born is sealed, and is given when it is checked.</param>
    /// <param name="Prior">Public code of one's own refused one, which this puts right.</param>
    public sealed record Input(ChangeKind? Kind, string? Building, string? Entrance, string? Room, IReadOnlyList<string> Members, string? About, string? Text, DateOnly? HappenedOn, string? Prior = null);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, StatedAccess.Tell.Code, input, async scope =>
    {
        var db = scope.Db;
        if (!viewer.Has(StatedAccess.Tell))
            return GridProblems.NotFound;
        var problems = new List<Problem>();
        var own = await HouseholdQueries.OwnOf(db, viewer.PersonId);
        var elsewhere = !string.IsNullOrEmpty(input.Building);
        // A resident speaks about their own household and no other.
        if (!elsewhere && own is null)
            return GridProblems.NoOwnHousehold;
        if (elsewhere && !viewer.IsStaff && (own is not null || input.Kind != ChangeKind.MovedIn))
            return own is null ? GridProblems.NoOwnHousehold : GridProblems.NotFound;
        if (input.Kind is not { } kind)
            return GridProblems.ChangeKindMissing;

        Household? household = own;
        (Guid Building, Guid? Entrance, string Room) at = own is null ? default : (own.BuildingId, own.EntranceId, own.Room);
        var names = new List<string>();
        if (elsewhere)
        {
            var (door, faults) = await Door.Find(db, input.Building, input.Entrance, input.Room);
            problems.AddRange(faults);
            if (door is not null)
            {
                at = (door.Building.Id, door.Entrance?.Id, door.Room);
                household = await door.LivesThere(db);
            }
        }
        else
        {
            names = await db.Set<HouseholdMember>().Where(m => m.HouseholdId == own!.Id && m.To == null).Join(db.Set<Person>().Where(p => input.Members.Contains(p.PublicCode)), m => m.PersonId, p => p.Id, (_, p) => p.Name).ToListAsync();
            names.Sort(StringComparer.Ordinal);
        }
        var (typed, text) = (ChineseText.Line(input.About), ChineseText.Clean(input.Text));
        if (typed.Length > 0)
            names.Add(typed);
        // The keeper registers one death, one number, one name with one check; the other is said beside.
        if (StatedChange.OfOne(kind) && (names.Count > 1 || typed.AsSpan().IndexOfAny("\u3001,\uff0c;\uff1b") >= 0))
            problems.Add(elsewhere ? GridProblems.AboutOne : GridProblems.MembersOne);
        var about = string.Join("\u3001", names);
        if (about.Length > StatedChange.AboutLength || (about.Length == 0 && kind is not (ChangeKind.Born or ChangeKind.Let or ChangeKind.Other)))
            problems.Add(elsewhere || kind == ChangeKind.MovedIn ? GridProblems.AboutMissing.With(StatedChange.AboutLength) : GridProblems.AboutMembersMissing);
        // Of one's own household the kind alone may say it all; what staff saw behind another's door says how.
        if (text.Length > StatedChange.TextLength || (text.Length == 0 && (elsewhere || kind == ChangeKind.Other))) problems.Add(GridProblems.EvidenceMissing.With(StatedChange.TextLength));
        if (input.HappenedOn > scope.Today) problems.Add(GridProblems.HappenedInFuture);
        var prior = string.IsNullOrEmpty(input.Prior) ? null : await db.Set<StatedChange>().SingleOrDefaultAsync(c => c.PublicCode == input.Prior && c.StatedById == viewer.PersonId && c.State == ChangeState.Rejected);
        if (!string.IsNullOrEmpty(input.Prior) && prior is null)
            return GridProblems.NotFound;
        if (problems.Count > 0)
            return Outcome.Refused(problems);
        // The same said by the other parent, or by a neighbour, is checked too; only of one's own somebody is told that it is there already.
        if (await db.Set<StatedChange>().Where(c => c.State == ChangeState.Stated && c.StatedById == viewer.PersonId && c.Kind == kind && c.BuildingId == at.Building && c.EntranceId == at.Entrance && c.Room == at.Room && c.About == about)
                .Select(c => (DateOnly?)c.StatedOn).FirstOrDefaultAsync() is { } said)
            return GridProblems.StatedAlready.With(new Bilingual($"{said:yyyy年M月d日}", $"{said:d MMM yyyy}"));
        var rule = await RuleBook.InForce(db, await jurisdictions.Get(db, scope.Act.JurisdictionId), StatedChange.CheckRule, scope.Today);
        var change = StatedChange.By(new StatedChange
        {
            Kind = kind, BuildingId = at.Building, EntranceId = at.Entrance, Room = at.Room, HouseholdId = household?.Id, About = about, Text = text,
            HappenedOn = kind == ChangeKind.Born ? null : input.HappenedOn, StatedById = viewer.PersonId, StatedOn = scope.Today, PriorId = prior?.Id,
        }, rule.DueFrom(scope.Now, ReferenceData.Calendar).Date);
        scope.Add(change, StatedChange.Stated);
        return Outcome.Ok(change.PublicCode);
    }, cancel);
}

/// <summary>Whoever said it takes it back, as long as nobody has checked it.</summary>
public sealed class WithdrawChange(Writer writer)
{
    public sealed record Input(string Code);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, StatedAccess.Tell.Code + ".withdraw", input, async scope =>
    {
        var change = await scope.Db.Set<StatedChange>().SingleOrDefaultAsync(c => c.PublicCode == input.Code && c.StatedById == viewer.PersonId);
        if (change is null || !viewer.Has(StatedAccess.Tell))
            return GridProblems.NotFound;
        if (change.WithdrawIt(scope.Today, scope.Now) is { } problem)
            return problem;
        scope.Record(change, StatedChange.TakenBack);
        return Outcome.Ok(change.PublicCode);
    }, cancel);
}
