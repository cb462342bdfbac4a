using Hele.Civic.Appeals;
using Hele.Civic.People;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Accounts;
using Hele.Civic.Platform.Storage;

namespace Hele.TestKit;

/// <summary>Complaints about conduct, each through the real operation.</summary>
public static class ConductSteps
{
    /// <summary>A second member of the supervision committee.</summary>
    public static readonly TestPerson Qian = new("qian-yulan", "钱玉兰", Role.Supervisor, "居务监督委员会委员");

    public static async Task<Viewer> SecondSupervisor(this TestInstallation hele)
    {
        var outcome = await hele.Get<RegisterPerson>().Run(new Act { OperationId = Guid.NewGuid(), AccountId = SystemAccount.Id, JurisdictionId = TestInstallation.Hexi },
            new(Qian.Name, null, Qian.SignIn, TestPeople.PasswordHash, OneTime: false, Qian.Role, Qian.PostTitle, DateOnly.MinValue.AddYears(2019)));
        return outcome.Accepted ? await hele.Viewer(Qian) : throw new InvalidOperationException("not registered");
    }

    public static async Task<string> FileConduct(this TestInstallation hele, Viewer resident, params TestPerson[] about)
    {
        var outcome = await hele.TryConduct(resident, about);
        return outcome.Code ?? throw new InvalidOperationException(string.Join(' ', outcome.Problems.Select(p => p.Sentence.Zh)));
    }

    public static async Task<Outcome> TryConduct(this TestInstallation hele, Viewer resident, IReadOnlyList<TestPerson> about, string? aspect = "attitude", string? text = "去了三次都说下午再来，话说得很难听。", bool notALead = false, Guid? operation = null) =>
        await hele.Get<FileConduct>().Run(resident, resident.Act(AppealAccess.File, operation ?? Guid.NewGuid()), new(await hele.Codes(resident, about), about.Count == 0, aspect, text, notALead));

    public static async Task<Outcome> TakeDownConduct(this TestInstallation hele, Viewer supervisor, params TestPerson[] about) =>
        await hele.Get<FileConduct>().Run(supervisor, supervisor.Act(AppealAccess.TakeDownConduct, Guid.NewGuid()),
            new(await hele.Codes(supervisor, about), about.Length == 0, "duty", "电话里说的：报了三次没人登记。") { Channel = Channel.Phone, AppellantName = "王桂兰" });

    private static async Task<List<string>> Codes(this TestInstallation hele, Viewer viewer, IReadOnlyList<TestPerson> about)
    {
        var codes = new List<string>();
        foreach (var person in about)
            codes.Add(await hele.PostCode(person, viewer.JurisdictionId));
        return codes;
    }
}
