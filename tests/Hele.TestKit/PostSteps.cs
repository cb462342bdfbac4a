using Hele.Civic.BreakGlass;
using Hele.Civic.People;
using Hele.Civic.People.Posts;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.TestKit;

/// <summary>Short ways to propose, confirm and end posts, and to open something in an emergency, each through the real operation.</summary>
public static class PostSteps
{
    public const string Emergency = "老人在家摔倒，要马上联系家里人";

    public static async Task<string> PersonCode(this TestInstallation hele, TestPerson person, int jurisdiction = TestInstallation.Hexi)
    {
        var id = (await hele.Viewer(person, jurisdiction)).PersonId;
        return await hele.Read(db => db.Set<Person>().Where(p => p.Id == id).Select(p => p.PublicCode).SingleAsync(), jurisdiction);
    }

    /// <summary>The public code of somebody's first post.</summary>
    public static async Task<string> PostCode(this TestInstallation hele, TestPerson person, int jurisdiction = TestInstallation.Hexi)
    {
        var id = (await hele.Viewer(person, jurisdiction)).PersonId;
        return await hele.Read(db => db.Set<Post>().Where(p => p.PersonId == id).OrderBy(p => p.Id).Select(p => p.PublicCode).FirstAsync(), jurisdiction);
    }

    public static Task<Post> Post(this TestInstallation hele, string code, int jurisdiction = TestInstallation.Hexi) => hele.Read(db => db.Set<Post>().SingleAsync(p => p.PublicCode == code), jurisdiction);

    public static Task<Outcome> Propose(this TestInstallation hele, Viewer viewer, string person, Role role, string title = "第三网格网格员", DateOnly? from = null, DateOnly? to = null, string reason = "原网格员调走") =>
        hele.Get<ProposePost>().Run(viewer, viewer.Act(PostAccess.Propose, Guid.NewGuid()), new(person, role, title, from ?? new DateOnly(2026, 10, 30), to, reason));

    public static Task<Outcome> Decide(this TestInstallation hele, Viewer viewer, string post, bool agree = true, string? reason = null) =>
        hele.Get<DecidePost>().Run(viewer, viewer.Act(PostAccess.Confirm, Guid.NewGuid()), new(post, agree, reason ?? (agree ? null : "人手已经够了")));

    public static Task<Outcome> Withdraw(this TestInstallation hele, Viewer viewer, string post) =>
        hele.Get<WithdrawPost>().Run(viewer, viewer.Act(PostAccess.Propose, Guid.NewGuid()), new(post));

    public static Task<Outcome> End(this TestInstallation hele, Viewer viewer, string post, string? successor = null, string reason = "调到街道工作") =>
        hele.Get<EndPost>().Run(viewer, viewer.Act(PostAccess.End, Guid.NewGuid()), new(post, reason, successor));

    /// <summary>Proposed by one and confirmed by the other.</summary>
    public static async Task<string> Grant(this TestInstallation hele, Viewer proposer, Viewer confirmer, string person, Role role, string title = "第三网格网格员", DateOnly? from = null, DateOnly? to = null)
    {
        var proposed = await hele.Propose(proposer, person, role, title, from, to);
        var code = proposed.Code ?? throw new InvalidOperationException(string.Join(' ', proposed.Problems.Select(p => p.Sentence.Zh)));
        var confirmed = await hele.Decide(confirmer, code);
        return confirmed.Accepted ? code : throw new InvalidOperationException(string.Join(' ', confirmed.Problems.Select(p => p.Sentence.Zh)));
    }

    /// <summary>Enters a telephone number for somebody, as the secretary does.</summary>
    public static async Task<string> GivePhone(this TestInstallation hele, TestPerson person, string number, int jurisdiction = TestInstallation.Hexi)
    {
        var ma = await hele.Viewer(TestPeople.Ma, jurisdiction);
        var code = await hele.PersonCode(person, jurisdiction);
        var outcome = await hele.Get<CorrectPerson>().Run(ma, ma.Act(PeopleAccess.Correct, Guid.NewGuid()), new(code, person.Name, null, number));
        return outcome.Code ?? throw new InvalidOperationException(string.Join(' ', outcome.Problems.Select(p => p.Sentence.Zh)));
    }

    public static Task<Outcome> OpenInEmergency(this TestInstallation hele, Viewer viewer, string person, string? reason = Emergency, int? minutes = 30) =>
        hele.Get<OpenInEmergency>().Run(viewer, viewer.Act(EmergencyRights.Open, Guid.NewGuid()), new("person.phone", person, reason, minutes));

    public static Task<Outcome> Review(this TestInstallation hele, Viewer viewer, string access, bool? justified = true, string? words = "情况属实，只打了一个电话") =>
        hele.Get<ReviewEmergency>().Run(viewer, viewer.Act(EmergencyRights.Review, Guid.NewGuid()), new(access, justified, words));

    public static Task<EmergencyAccess> Access(this TestInstallation hele, string code, int jurisdiction = TestInstallation.Hexi) =>
        hele.Read(db => db.Set<EmergencyAccess>().SingleAsync(a => a.PublicCode == code), jurisdiction);
}
