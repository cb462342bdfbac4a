using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Grids;

/// <summary>Registers whether a member lives where their household registration is, from a day on.</summary>
public sealed class SayPresence(Writer writer)
{
    /// <param name="Household">Public code; likewise <paramref name="Person"/>.</param>
    public sealed record Input(string Household, string Person, Presence? Presence, DateOnly? On);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act with { On = input.On }, "household.presence", input, async scope =>
    {
        var db = scope.Db;
        var household = await GridAccess.Visible(db, viewer, db.Set<Household>()).SingleOrDefaultAsync(h => h.PublicCode == input.Household);
        if (household is null || await GridAccess.PostAt(db, viewer, household.BuildingId, GridAccess.KeepHouseholds) is null)
            return GridProblems.NotFound;
        var member = await db.Set<HouseholdMember>().SingleOrDefaultAsync(m => m.HouseholdId == household.Id && m.To == null && db.Set<Person>().Any(p => p.Id == m.PersonId && p.PublicCode == input.Person));
        if (member is null)
            return GridProblems.NotThere;
        if (input.Presence is not { } presence)
            return GridProblems.PresenceMissing;
        if (input.On > scope.Today)
            return GridProblems.DayInFuture;
        if (scope.On < member.From)
            return GridProblems.DayBeforeMoveIn.With(new Bilingual($"{member.From:yyyy年M月d日}", $"{member.From:d MMM yyyy}"));
        if (await db.Set<MemberPresence>().SingleOrDefaultAsync(p => p.MemberId == member.Id && p.To == null) is { } present)
        {
            if (present.Presence == presence)
                return GridProblems.SamePresence.With(Word(presence));
            if (scope.On < present.From)
                return GridProblems.DayBeforePresence.With(new Bilingual($"{present.From:yyyy年M月d日}", $"{present.From:d MMM yyyy}"));
            // Said anew on the day it began, it was so on no day at all.
            present.EndOn(scope.On.AddDays(-1), scope.Now);
            scope.Record(present, GridEvents.PresenceEnded);
        }
        scope.Add(new MemberPresence { MemberId = member.Id, Presence = presence, From = scope.On, LoggedAt = scope.Now }, GridEvents.PresenceSaid);
        return Outcome.Ok(household.PublicCode);
    }, cancel);

    public static Bilingual Word(Presence presence) => presence switch
    {
        Presence.Both => ("人户一致", "lives where registered"),
        Presence.PersonOnly => ("人在户不在", "lives here, registered elsewhere"),
        _ => ("户在人不在", "registered here, lives elsewhere"),
    };
}
