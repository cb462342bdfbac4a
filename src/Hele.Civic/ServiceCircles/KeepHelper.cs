using Hele.Civic.Grids;
using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.ServiceCircles;

/// <summary>Registers somebody who agreed to be turned to by neighbours.</summary>
public sealed class KeepHelper(Writer writer)
{
    /// <param name="Person">A public code, or a name that one person living here has.</param>
    public sealed record Input(string? Person, DateOnly? AgreedOn, HoursInput Hours);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, "circle.keep-helper", input, async scope =>
    {
        if (viewer.PostFor(CircleAccess.Keep) is null)
            return CircleProblems.NotFound;
        var problems = new List<Problem>();
        var words = ChineseText.Normalize(input.Person);
        var households = GridAccess.Visible(scope.Db, viewer, scope.Db.Set<Household>());
        var living = scope.Db.Set<Person>().Where(p => p.ErasedOn == null && scope.Db.Set<HouseholdMember>().Any(m => m.PersonId == p.Id && m.To == null && households.Any(h => h.Id == m.HouseholdId)));
        var found = words.Length == 0 ? [] : await (PublicCode.TryParse(words, out var code) ? living.Where(p => p.PublicCode == code.Text) : living.Where(p => p.Name == words)).Take(20).ToListAsync();
        if (found.Count == 0) problems.Add(CircleProblems.PersonMissing);
        else if (found.Count > 1) problems.Add(CircleProblems.SeveralOfThatName.With(found.Count));
        if (input.AgreedOn is null || input.AgreedOn > scope.Today) problems.Add(CircleProblems.AgreementMissing);
        if (input.Hours.Check() is { } hours) problems.Add(hours);
        if (problems.Count > 0)
            return Outcome.Refused(problems);
        var person = found[0];
        if (await scope.Db.Set<NearbyHelper>().AnyAsync(h => h.PersonId == person.Id && h.To == null))
            return CircleProblems.HelpsAlready;
        return Outcome.Ok(scope.Add(new NearbyHelper { PersonId = person.Id, Hours = input.Hours.Text, AgreedOn = input.AgreedOn!.Value, From = scope.On, LoggedAt = scope.Now }, CircleEvents.HelperJoined).PublicCode);
    }, cancel);
}

/// <summary>Somebody no longer helps: they said so, or the community did.</summary>
public sealed class EndHelper(Writer writer)
{
    public sealed record Input(string Code);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, "circle.end-helper", input, async scope =>
    {
        if (viewer.PostFor(CircleAccess.Keep) is null || await CircleAccess.Visible(scope.Db, viewer).SingleOrDefaultAsync(h => h.PublicCode == input.Code) is not { } helper)
            return CircleProblems.NotFound;
        if (helper.To is not null)
            return CircleProblems.HelperEnded;
        helper.EndOn(scope.On, scope.Now);
        scope.Record(helper, CircleEvents.HelperEnded);
        return Outcome.Ok(helper.PublicCode);
    }, cancel);
}

/// <summary>A death or a departure ends helping nearby, on that day; its correction brings it back.</summary>
internal static class HelperFollow
{
    public static LifeFollower Follower { get; } = new(Stops, Follow);

    private static async Task<IReadOnlyList<Bilingual>> Stops(HeleDb db, Guid person, DateOnly today, CancellationToken cancel) =>
        await db.Set<NearbyHelper>().AnyAsync(h => h.PersonId == person && h.To == null, cancel) ? [("不再登记为就近帮忙的人", "They are no longer registered as helping nearby")] : [];

    private static async Task Follow(ActScope scope, LifeFact fact)
    {
        switch (fact.Change)
        {
            case LifeChange.Died or LifeChange.Left:
                if (await scope.Db.Set<NearbyHelper>().SingleOrDefaultAsync(h => h.PersonId == fact.PersonId && h.To == null) is { } helper)
                    End(scope, helper, fact.On);
                break;
            case LifeChange.DeathDateCorrected:
                foreach (var ended in await Ended(scope, fact))
                    End(scope, ended, fact.On);
                break;
            case LifeChange.DeathTakenBack or LifeChange.Returned:
                foreach (var ended in await Ended(scope, fact))
                {
                    if (await scope.Db.Set<NearbyHelper>().AnyAsync(h => h.PersonId == fact.PersonId && h.To == null))
                        continue;
                    ended.Resume();
                    scope.Record(ended, CircleEvents.HelperResumed);
                }
                break;
        }
    }

    private static void End(ActScope scope, NearbyHelper helper, DateOnly on)
    {
        helper.EndOn(on, scope.Now);
        scope.Record(helper, CircleEvents.HelperGone);
    }

    private static async Task<List<NearbyHelper>> Ended(ActScope scope, LifeFact fact)
    {
        var touched = await fact.Touched(scope, CircleEvents.HelperGone);
        return await scope.Db.Set<NearbyHelper>().Where(h => touched.Contains(h.Id) && h.To != null).ToListAsync();
    }
}
