using Hele.Civic.People;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;

namespace Hele.TestKit;

/// <summary>Short ways to enter what happens in people's lives, each through the real operation.</summary>
public static class LifeSteps
{
    public static Task<Outcome> RecordDeath(this TestInstallation hele, Viewer viewer, string person, DateOnly? on = null, DeathSource? source = DeathSource.Family, string? toldBy = "女儿刘敏") =>
        hele.Get<RecordDeath>().Run(viewer, viewer.Act(PeopleAccess.RecordDeath, Guid.NewGuid()), new(person, on ?? hele.Today, source, toldBy));

    public static Task<Outcome> CorrectDeath(this TestInstallation hele, Viewer viewer, string person, bool lives, DateOnly? on = null, string? reason = "同名，登记错了人") =>
        hele.Get<CorrectDeath>().Run(viewer, viewer.Act(PeopleAccess.RecordDeath, Guid.NewGuid()), new(person, lives, on, reason));

    /// <summary>Enters somebody who doesn't sign in.</summary>
    public static async Task<string> Enter(this TestInstallation hele, string name, int jurisdiction = TestInstallation.Hexi, string? phone = null)
    {
        var outcome = await hele.Get<RegisterPerson>().Run(new Act { OperationId = Guid.NewGuid(), AccountId = SystemAccount.Id, JurisdictionId = jurisdiction }, new(name, null, null, null, false, null, null, null, phone));
        return outcome.Code ?? throw new InvalidOperationException(string.Join(' ', outcome.Problems.Select(p => p.Sentence.Zh)));
    }
}
