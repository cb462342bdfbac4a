using Hele.Civic.Appeals;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Notices;
using Hele.Civic.Platform.Storage;
using Hele.TestKit;
using Hele.Tests.Figures;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Hele.Tests.Appeals.Joint;

/// <summary>Several posts handle a matter together: one leads and answers.</summary>
public class JointTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task BringIn_ByTheLead_SetsTheDeadlineOfJointHandlingOnce_AndTellsThePost(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, zhao, zhou, ma, feng) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Zhao), await hele.Viewer(TestPeople.Zhou), await hele.Viewer(TestPeople.Ma), await hele.Viewer(TestPeople.Feng));
        var code = await hele.FileAppeal(liu);
        Ok(await hele.Accept(zhao, code));
        Assert.Equal(["joint.not-the-lead"], Codes(await hele.BringIn(ma, code, zhou)));
        Assert.Equal(["appeal.not-found"], Codes(await hele.BringIn(feng, code, zhou)));
        Assert.Equal(["joint.post-missing", "joint.reason-missing", "joint.task-missing"], Codes(await hele.Get<BringIn>().Run(zhao, zhao.Act(JointAccess.BringIn, Guid.NewGuid()), new(code, "2222-3333-4444", " ", ""))));
        foreach (var unfit in new[] { zhao, feng })
            Assert.Equal(["joint.post-missing"], Codes(await hele.BringIn(zhao, code, unfit)));
        Ok(await hele.BringIn(zhao, code, zhou));
        var row = await Row(hele, code);
        // Fifteen working days from Friday 30 October.
        Assert.Equal((AppealState.Accepted, new DateOnly(2026, 11, 20), AppealRules.AnswerJointly, zhao.Posts[0].PostId), (row.State, row.DueOn, row.DueRule, row.HandlerPostId));
        Assert.Equal(["joint.in-already"], Codes(await hele.BringIn(zhao, code, zhou)));
        hele.MoveTo(2026, 11, 4);
        Ok(await hele.BringIn(zhao, code, ma));
        Assert.Equal(new DateOnly(2026, 11, 20), (await Row(hele, code)).DueOn);
        Assert.Equal(["appeal.filed", "appeal.accepted", "appeal.joint-started", "appeal.joint-widened"], await Pages.PageSteps.Events(hele, code));
        Assert.Equal([zhou.PersonId, ma.PersonId], await hele.Read(db => db.Set<Notice>().Where(n => n.Kind == JointEvents.Asked.Code).OrderBy(n => n.LeafIndex).Select(n => n.PersonId).ToListAsync()));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task BringIn_WhenItIsLate_GivesNoNewDeadline(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, zhao, zhou) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Zhao), await hele.Viewer(TestPeople.Zhou));
        var code = await hele.FileAppeal(liu);
        Ok(await hele.Accept(zhao, code));
        hele.MoveTo(2026, 11, 10);
        Ok(await hele.BringIn(zhao, code, zhou));
        var row = await Row(hele, code);
        Assert.Equal((new DateOnly(2026, 11, 2), AppealRules.AnswerByGrid), (row.DueOn, row.DueRule));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task WritePart_ByTheJointPostOnly_OnceAndUntilTheAnswer_AndMakesItAHandler(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (zhao, zhou, ma, feng) = (await hele.Viewer(TestPeople.Zhao), await hele.Viewer(TestPeople.Zhou), await hele.Viewer(TestPeople.Ma), await hele.Viewer(TestPeople.Feng));
        var code = await hele.TakeDown(await hele.Viewer(TestPeople.Ma), new(2026, 10, 30));
        Ok(await hele.Accept(zhao, code));
        Ok(await hele.BringIn(zhao, code, zhou));
        var part = await hele.Read(db => db.Set<AppealJoint>().Select(j => j.PublicCode).SingleAsync());
        Assert.Equal([part], await Day(hele, zhou));
        Assert.Empty(await Day(hele, ma));
        foreach (var other in new[] { zhao, ma, feng })
            Assert.Equal(["joint.not-found"], Codes(await hele.WritePart(other, part)));
        Assert.Equal(["joint.part-missing"], Codes(await hele.WritePart(zhou, part, " ")));
        Ok(await hele.WritePart(zhou, part, "联系了物业，水泵今天换。"));
        Assert.Equal(["joint.written-already"], Codes(await hele.WritePart(zhou, part)));
        Assert.Empty(await Day(hele, zhou));
        Assert.Equal(zhao.PersonId, await hele.Read(db => db.Set<Notice>().Where(n => n.Kind == JointEvents.Written.Code).Select(n => n.PersonId).SingleAsync()));
        Ok(await hele.BringIn(zhao, code, ma));
        var late = await hele.Read(db => db.Set<AppealJoint>().Where(j => j.PostId == ma.Posts[0].PostId).Select(j => j.PublicCode).SingleAsync());
        Ok(await hele.Answer(zhao, code));
        Assert.Equal(["joint.over"], Codes(await hele.WritePart(ma, late)));
        Assert.Empty(await Day(hele, ma));
        // Who took part had a hand in it.
        foreach (var hand in new[] { zhao, zhou, ma })
            Assert.Equal(["appeal.handler-cant-judge"], Codes(await hele.JudgeOnPaper(hand, code, true, new(2026, 10, 30))));
        Assert.True((await hele.Get<LogVerification>().Run()).IsGreen);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Part_ShowsThePostWhatItNeeds_AndNoName_NorToResidents(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, chen, zhao, zhou) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Chen), await hele.Viewer(TestPeople.Zhao), await hele.Viewer(TestPeople.Zhou));
        var code = await hele.FileAppeal(liu);
        Ok(await hele.Accept(zhao, code));
        Ok(await hele.BringIn(zhao, code, zhou));
        var part = await hele.Read(db => db.Set<AppealJoint>().Select(j => j.PublicCode).SingleAsync());
        // A worker of another grid doesn't see the matter, and sees the part they were asked for.
        var elsewhere = zhou with { Posts = [zhou.Posts[0] with { ScopeId = Guid.NewGuid() }] };
        Assert.Null(await hele.Query<AppealQueries, AppealView?>(q => q.Find(elsewhere, code)));
        var view = await hele.Query<JointQueries, JointView?>(q => q.Find(elsewhere, part));
        Assert.Equal(("楼道灯不亮", true, null), (view!.Title, view.MayWrite, view.Matter));
        var stranger = zhou with { Posts = [new HeldPost(Guid.NewGuid(), zhou.JurisdictionId, Role.GridWorker, Guid.NewGuid())] };
        foreach (var other in new[] { liu, chen, stranger })
            Assert.Null(await hele.Query<JointQueries, JointView?>(q => q.Find(other, part)));
    }

    private static async Task<List<string>> Day(TestInstallation hele, Viewer viewer) =>
        (await hele.Query<Civic.Platform.DayQueries, IReadOnlyList<Civic.Platform.DayItem>>(q => q.Of(viewer))).Where(i => i.Record == typeof(AppealJoint)).Select(i => i.Code).ToList();

    private static Task<Appeal> Row(TestInstallation hele, string code) => hele.Read(db => db.Set<Appeal>().SingleAsync(a => a.PublicCode == code));

    private static void Ok(Outcome outcome) => NumberSteps.Ok(outcome);

    private static string[] Codes(Outcome outcome) => [.. outcome.Problems.Select(p => p.Code)];
}

internal static class JointSteps
{
    public static async Task<Outcome> BringIn(this TestInstallation hele, Viewer lead, string code, Viewer other) =>
        await hele.Get<BringIn>().Run(lead, lead.Act(JointAccess.BringIn, Guid.NewGuid()), new(code, await hele.Read(db => db.Set<Post>().Where(p => p.Id == other.Posts[0].PostId).Select(p => p.PublicCode).SingleAsync(), lead.JurisdictionId), "水泵归物业，路归网格。", "请联系物业换水泵。"));

    public static Task<Outcome> WritePart(this TestInstallation hele, Viewer viewer, string part, string text = "办好了。") =>
        hele.Get<WritePart>().Run(viewer, viewer.Act(JointAccess.WritePart, Guid.NewGuid()), new(part, text));
}
