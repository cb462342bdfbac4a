using CsCheck;
using Hele.Civic.Appeals;
using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Civic.People.Posts;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Accounts;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Sealing;
using Hele.Civic.Platform.Storage;
using Hele.TestKit;
using Hele.Tests.Pages;
using Hele.Tests.Platform;
using Microsoft.EntityFrameworkCore;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Xunit;

namespace Hele.Tests.People;

/// <summary>A post from its proposal to its end: who may, who may not, and what must not be left hanging.</summary>
public class PostTests
{
    private static readonly DateOnly Today = new(2026, 10, 30);

    /// <summary>Every state × every act against the table.</summary>
    [Fact]
    public void EveryStateAndAct_FollowsTheTable()
    {
        foreach (var state in Enum.GetValues<PostState>())
        {
            foreach (var act in Post.LifeCycle.Acts.Except([Post.Give, Post.Propose]))
            {
                var post = In(state);
                var (to, by) = (post.To, post.ConfirmedById);
                var problem = Do(post, act);
                if (Post.LifeCycle.Find(state, act) is { } line)
                {
                    Assert.Null(problem);
                    Assert.Equal(line.To, post.State.ToString());
                }
                else
                {
                    Assert.Equal("post.not-now", problem?.Code);
                    Assert.Equal((state, to, by), (post.State, post.To, post.ConfirmedById));
                }
            }
        }
        Assert.All(Enum.GetNames<PostState>(), s => Assert.Contains(Post.LifeCycle.Lines, l => l.To == s));
    }

    /// <summary>A secretary can't get rid of who watches over them; the security administrator can, for a reason that is logged.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task End_OfASupervisorsPost_IsNotTheSecretarys(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var held = await hele.PostCode(TestPeople.Feng);
        Assert.Equal([PostProblems.NotFound], (await hele.End(await hele.Viewer(TestPeople.Ma), held)).Problems);
        Assert.True((await hele.End(await hele.Viewer(TestPeople.He), held)).Accepted);
    }

    /// <summary>The state has one writer. Seen to fail: a second assignment in EndOn.</summary>
    [Fact]
    public void State_IsAssignedInOnePlaceOnly()
    {
        using var assembly = AssemblyDefinition.ReadAssembly(typeof(Post).Assembly.Location);
        Assert.Equal(["Enter"], assembly.MainModule.GetTypes().SelectMany(t => t.Methods).Where(m => m.HasBody)
            .Where(m => m.Body.Instructions.Any(i => i.OpCode.Code is Code.Call or Code.Callvirt && i.Operand is MethodReference { Name: "set_State" } set && set.DeclaringType.Name == nameof(Post))).Select(m => m.Name));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Propose_GivesNothing_UntilAnotherConfirms_AndEachIsAnEvent(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (he, ma) = (await hele.Viewer(TestPeople.He), await hele.Viewer(TestPeople.Ma));
        var code = (await hele.Propose(he, await hele.PersonCode(TestPeople.Liu), Role.GridWorker)).Code!;

        Assert.Empty((await hele.Viewer(TestPeople.Liu)).Posts);
        Assert.True((await hele.Decide(ma, code)).Accepted);

        Assert.Equal([Role.GridWorker], (await hele.Viewer(TestPeople.Liu)).Posts.Select(p => p.Role));
        var post = await hele.Post(code);
        Assert.Equal((he.PersonId, ma.PersonId), (post.ProposedById, post.ConfirmedById));
        Assert.Equal(["post.proposed", "post.confirmed"], await Events(hele, post.Id));
        Assert.Equal("原网格员调走", await hele.Read(db => db.Set<JournalRow>().Where(j => j.RowId == post.Id && j.Kind == "post.proposed").Select(j => j.Reason).SingleAsync()));
        Assert.True((await hele.Get<LogVerification>().Run()).IsGreen);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Confirm_OfWhatOneProposed_OrIsFor_IsRefused_AlsoInAnotherPostOrAccount(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (he, ma) = (await hele.Viewer(TestPeople.He), await hele.Viewer(TestPeople.Ma));
        var own = (await hele.Propose(he, await hele.PersonCode(TestPeople.Liu), Role.GridWorker)).Code!;
        Assert.Equal(PostProblems.OwnProposal, Assert.Single((await hele.Decide(he, own)).Problems));
        Assert.Equal(PostProblems.OwnProposal, Assert.Single((await hele.Decide(he, own, agree: false)).Problems));
        var self = (await hele.Propose(he, await hele.PersonCode(TestPeople.Ma), Role.Clerk)).Code!;
        Assert.Equal(PostProblems.OwnGrant, Assert.Single((await hele.Decide(ma, self)).Problems));

        // A second post of the one who proposed.
        await hele.Grant(ma, await Second(hele, "王二", Role.Secretary), await hele.PersonCode(TestPeople.He), Role.Secretary, "副书记");
        he = await hele.Viewer(TestPeople.He);
        Assert.Equal(2, he.Posts.Count);
        Assert.Equal(PostProblems.OwnProposal, Assert.Single((await hele.Decide(he, own)).Problems));

        // A second account of the same person: another entry with their telephone number.
        await hele.GivePhone(TestPeople.He, "13900001111");
        var twin = await Second(hele, "何林", Role.SecurityAdministrator, "13900001111");
        Assert.Equal(PostProblems.OwnProposal, Assert.Single((await hele.Decide(twin, own)).Problems));
        var forTwin = (await hele.Propose(ma, await CodeOf(hele, twin.PersonId), Role.Clerk)).Code!;
        Assert.Equal(PostProblems.OwnGrant, Assert.Single((await hele.Decide(he, forTwin)).Problems));
        Assert.Equal(PostState.Proposed, (await hele.Post(own)).State);
    }

    /// <summary>The database refuses it too, whatever the program thinks.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Row_ConfirmedByWhoeverProposedIt_IsRefusedByTheDatabase(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var he = await hele.Viewer(TestPeople.He);
        var post = await hele.Post((await hele.Propose(he, await hele.PersonCode(TestPeople.Liu), Role.GridWorker)).Code!);
        var behind = new BehindTheBack(hele);
        var refused = await Assert.ThrowsAnyAsync<Exception>(() => behind.Run("""UPDATE "Posts" SET "ConfirmedById" = "ProposedById" WHERE "Id" = @p0""", post.Id));
        Assert.Contains("CK_Posts_ConfirmedByAnother", refused.ToString());
        await Assert.ThrowsAnyAsync<Exception>(() => behind.Run("""UPDATE "Posts" SET "ConfirmedById" = "PersonId" WHERE "Id" = @p0""", post.Id));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task AdministratorAndSupervisor_InOneHand_IsRefused_AlsoWhenTwoGrantsRace(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (he, ma) = (await hele.Viewer(TestPeople.He), await hele.Viewer(TestPeople.Ma));
        foreach (var (person, role) in new[] { (TestPeople.Feng, Role.SystemAdministrator), (TestPeople.Feng, Role.SecurityAdministrator), (TestPeople.Sun, Role.Supervisor), (TestPeople.He, Role.Supervisor) })
            Assert.Equal(PostProblems.AdministratorAndSupervisor, Assert.Single((await hele.Propose(ma, await hele.PersonCode(person), role)).Problems));

        // Two people of one telephone number can't be used to get round it.
        await hele.GivePhone(TestPeople.Feng, "13900002222");
        var twin = await Second(hele, "冯素贞", null, "13900002222");
        Assert.Equal(PostProblems.AdministratorAndSupervisor, Assert.Single((await hele.Propose(ma, await CodeOf(hele, twin.PersonId), Role.SystemAdministrator)).Problems));

        // Two proposals that wait are refused when the second is made; terms that don't meet can wait, and an entry that becomes the same person later can't be confirmed.
        var one = (await hele.Propose(ma, await hele.PersonCode(TestPeople.Liu), Role.Supervisor, "监督委员")).Code!;
        Assert.Equal(PostProblems.AdministratorAndSupervisor, Assert.Single((await hele.Propose(ma, await hele.PersonCode(TestPeople.Liu), Role.SystemAdministrator)).Problems));
        var other = (await hele.Propose(ma, await hele.PersonCode(TestPeople.Chen), Role.SystemAdministrator)).Code!;
        await hele.GivePhone(TestPeople.Liu, "13900003333");
        await hele.GivePhone(TestPeople.Chen, "13900003333");

        var outcomes = await Task.WhenAll(hele.Decide(he, one), hele.Decide(he, other));

        Assert.Equal(1, outcomes.Count(o => o.Accepted));
        Assert.Equal("post.administrator-and-supervisor", Assert.Single(outcomes.Single(o => !o.Accepted).Problems).Code);
        Assert.Equal(1, await hele.Read(db => db.Set<Post>().CountAsync(p => (p.PublicCode == one || p.PublicCode == other) && p.State == PostState.Confirmed)));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task BothAdministrations_InOneHand_AreAllowed(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        await hele.Grant(await hele.Viewer(TestPeople.He), await hele.Viewer(TestPeople.Ma), await hele.PersonCode(TestPeople.Sun), Role.SecurityAdministrator, "安全管理员");
        Assert.True((await hele.Viewer(TestPeople.Sun)).HoldsBothAdministrations);
        Assert.False((await hele.Viewer(TestPeople.He)).HoldsBothAdministrations);
        Assert.Equal(["孙伟"], await hele.Query<PostQueries, IReadOnlyList<string>>(async q => await q.BothAdministrations(await hele.Viewer(TestPeople.Feng))));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Confirm_TwiceAtOnce_IsDoneOnce(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (he, ma) = (await hele.Viewer(TestPeople.He), await hele.Viewer(TestPeople.Ma));
        var second = await Second(hele, "王二", Role.Secretary);
        var code = (await hele.Propose(he, await hele.PersonCode(TestPeople.Liu), Role.GridWorker)).Code!;

        var outcomes = await Task.WhenAll(hele.Decide(ma, code), hele.Decide(second, code), hele.Decide(ma, code, agree: false));

        Assert.Equal(1, outcomes.Count(o => o.Accepted));
        Assert.All(outcomes.Where(o => !o.Accepted), o => Assert.Equal("post.not-now", Assert.Single(o.Problems).Code));
        Assert.Equal(2, (await Events(hele, (await hele.Post(code)).Id)).Count);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Term_ThatHasNotBegun_OrIsOver_GivesNothing(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (he, ma) = (await hele.Viewer(TestPeople.He), await hele.Viewer(TestPeople.Ma));
        await hele.Grant(he, ma, await hele.PersonCode(TestPeople.Liu), Role.GridWorker, from: new(2026, 11, 2), to: new(2026, 11, 3));
        Assert.Empty((await hele.Viewer(TestPeople.Liu)).Posts);
        hele.Clock.MoveTo(China.At(new(2026, 11, 2), new(0, 0)));
        Assert.Single((await hele.Viewer(TestPeople.Liu)).Posts);
        hele.Clock.MoveTo(China.At(new(2026, 11, 3), new(23, 59)));
        var on = await hele.Viewer(TestPeople.Liu);
        Assert.Single(on.Posts);
        hele.Clock.MoveTo(China.At(new(2026, 11, 4), new(0, 0)));
        Assert.Empty((await hele.Viewer(TestPeople.Liu)).Posts);
        // Whoever was loaded a moment before midnight does nothing after it either.
        var appeal = await hele.FileAppeal(await hele.Viewer(TestPeople.Chen));
        Assert.Equal([PostProblems.Over], (await hele.Accept(on, appeal)).Problems);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Confirm_AfterTheFirstDay_BeginsThatDay_AndAfterTheLastIsRefused(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (he, ma) = (await hele.Viewer(TestPeople.He), await hele.Viewer(TestPeople.Ma));
        var open = (await hele.Propose(he, await hele.PersonCode(TestPeople.Liu), Role.GridWorker)).Code!;
        var shortOne = (await hele.Propose(he, await hele.PersonCode(TestPeople.Chen), Role.GridWorker, to: Today)).Code!;
        hele.Clock.MoveTo(China.At(Today.AddDays(3), new(9, 0)));
        Assert.Equal([PostProblems.TermOver], (await hele.Decide(ma, shortOne)).Problems);
        Assert.True((await hele.Decide(ma, open)).Accepted);
        Assert.Equal(Today.AddDays(3), (await hele.Post(open)).From);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Propose_WithWrongInput_NamesEachField(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var ma = await hele.Viewer(TestPeople.Ma);
        var propose = hele.Get<ProposePost>();
        Task<Outcome> Try(ProposePost.Input input) => propose.Run(ma, ma.Act(PostAccess.Propose, Guid.NewGuid()), input);
        Assert.Equal(["post.person-missing", "post.role-missing", "post.title-missing", "post.from-missing", "post.reason-missing"], (await Try(new(null, null, " ", null, null, " "))).Problems.Select(p => p.Code));
        var liu = await hele.PersonCode(TestPeople.Liu);
        async Task<string> One(ProposePost.Input input) => Assert.Single((await Try(input)).Problems).Code;
        Assert.Equal("post.from-missing", await One(new(liu, Role.Clerk, "岗", Today.AddDays(-1), null, "理由")));
        Assert.Equal("post.to-before-from", await One(new(liu, Role.Clerk, "岗", Today, Today.AddDays(-1), "理由")));
        Assert.Equal("post.title-missing", await One(new(liu, Role.Clerk, new string('岗', 41), Today, null, "理由")));
        Assert.Equal("post.reason-missing", await One(new(liu, Role.Clerk, "岗", Today, null, new string('理', 201))));
        Assert.Equal("post.role-missing", await One(new(liu, (Role)99, "岗", Today, null, "理由")));
        Assert.Equal("post.scope-unknown", await One(new(liu, Role.Clerk, "岗", Today, null, "理由", "grid")));
        Assert.Equal("post.scope-unknown", await One(new(liu, Role.Clerk, "岗", Today, null, "理由", "jurisdiction", PublicCode.New().Text)));
        Assert.Equal("post.holds-already", await One(new(await hele.PersonCode(TestPeople.Zhao), Role.GridWorker, "岗", Today, null, "理由")));
        // The other community's person is nobody here.
        Assert.Equal("post.person-missing", await One(new(await hele.PersonCode(TestPeople.Liu, TestInstallation.Other), Role.Clerk, "岗", Today, null, "理由")));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Acts_ByWhoeverMayNot_OrFromTheOtherCommunity_FindNothing(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var he = await hele.Viewer(TestPeople.He);
        var code = (await hele.Propose(he, await hele.PersonCode(TestPeople.Liu), Role.GridWorker)).Code!;
        var held = await hele.PostCode(TestPeople.Zhao);
        var outsiders = new List<Viewer> { await hele.Viewer(TestPeople.He, TestInstallation.Other), await hele.Viewer(TestPeople.Ma, TestInstallation.Other) };
        foreach (var person in new[] { TestPeople.Zhao, TestPeople.Zhou, TestPeople.Feng, TestPeople.Sun, TestPeople.Liu })
            outsiders.Add(await hele.Viewer(person));
        foreach (var viewer in outsiders)
        {
            Assert.Equal([PostProblems.NotFound], (await hele.Decide(viewer, code)).Problems);
            Assert.Equal([PostProblems.NotFound], (await hele.Withdraw(viewer, code)).Problems);
            Assert.Equal([PostProblems.NotFound], (await hele.End(viewer, held)).Problems);
            if (viewer.JurisdictionId == TestInstallation.Hexi)
                Assert.Equal([PostProblems.NotFound], (await hele.Propose(viewer, await hele.PersonCode(TestPeople.Liu), Role.Clerk)).Problems);
        }
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Withdraw_ByWhoeverProposedIt_UndoesIt_ByAnotherIsRefused(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (he, ma) = (await hele.Viewer(TestPeople.He), await hele.Viewer(TestPeople.Ma));
        var code = (await hele.Propose(he, await hele.PersonCode(TestPeople.Liu), Role.GridWorker)).Code!;
        Assert.Equal([PostProblems.NotYours], (await hele.Withdraw(ma, code)).Problems);
        Assert.True((await hele.Withdraw(he, code)).Accepted);
        Assert.Equal("post.not-now", Assert.Single((await hele.Decide(ma, code)).Problems).Code);
        Assert.True((await hele.Propose(he, await hele.PersonCode(TestPeople.Liu), Role.GridWorker)).Accepted);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task End_WithOpenAppeals_NeedsASuccessor_AndMovesEachWithItsOwnEvent(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (zhao, liu, ma) = (await hele.Viewer(TestPeople.Zhao), await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Ma));
        string[] codes = [await hele.FileAppeal(liu), await hele.FileAppeal(liu, "下水道堵了"), await hele.FileAppeal(liu, "路灯坏了"), await hele.FileAppeal(liu, "没人受理的")];
        foreach (var code in codes[..3])
            await hele.Accept(zhao, code);
        await hele.Answer(zhao, codes[1]);
        await hele.Answer(zhao, codes[2]);
        await hele.Judge(liu, codes[2], satisfied: true);
        var before = await hele.Row(codes[0]);
        var held = await hele.PostCode(TestPeople.Zhao);

        Assert.Equal("post.still-hangs", Assert.Single((await hele.End(ma, held)).Problems).Code);
        // Wrong role, itself, the other community's, one that hasn't begun.
        var later = await hele.Grant(ma, await hele.Viewer(TestPeople.He), await hele.PersonCode(TestPeople.Chen), Role.GridWorker, from: Today.AddDays(1));
        foreach (var unfit in new[] { await hele.PostCode(TestPeople.Feng), await hele.PostCode(TestPeople.Sun), held, await hele.PostCode(TestPeople.Zhou, TestInstallation.Other), later, "2222-3333-4444" })
            Assert.Equal([PostProblems.SuccessorUnfit], (await hele.End(ma, held, unfit)).Problems);
        Assert.Equal(PostState.Confirmed, (await hele.Post(held)).State);

        var successor = await hele.Post(await hele.PostCode(TestPeople.Zhou));
        Assert.True((await hele.End(ma, held, successor.PublicCode)).Accepted);

        foreach (var code in codes[..2])
        {
            Assert.Equal(successor.Id, (await hele.Row(code)).HandlerPostId);
            Assert.Equal("appeal.handed-over", (await hele.Events(code))[^1]);
        }
        var after = await hele.Row(codes[0]);
        Assert.Equal((before.State, before.DueOn, before.DueRule, before.AcceptedOn, before.Round), (after.State, after.DueOn, after.DueRule, after.AcceptedOn, after.Round));
        Assert.DoesNotContain("appeal.handed-over", await hele.Events(codes[2]));
        Assert.Equal((PostState.Ended, Today), ((await hele.Post(held)).State, (await hele.Post(held)).To));
        Assert.True((await hele.Get<LogVerification>().Run()).IsGreen);

        // The answered one comes back to somebody who is there, and who answers it.
        await hele.Judge(liu, codes[1], satisfied: false);
        Assert.True((await hele.Answer(await hele.Viewer(TestPeople.Zhou), codes[1])).Accepted);
        // What was done before stays under the old post's title.
        var view = await hele.Query<AppealQueries, AppealView?>(q => q.Find(liu, codes[0]));
        Assert.Contains(view!.Timeline, e => e.Kind == "appeal.accepted" && e.Who == "网格员");
        Assert.Equal("社区工作者", view.Handler);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task PaperVerdict_ByWhoeverAcceptedItBeforeTheHandOver_IsRefused(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (zhao, zhou, ma) = (await hele.Viewer(TestPeople.Zhao), await hele.Viewer(TestPeople.Zhou), await hele.Viewer(TestPeople.Ma));
        var code = await hele.FileAppeal(await hele.Viewer(TestPeople.Liu));
        await hele.Accept(zhao, code);
        await hele.Grant(ma, await hele.Viewer(TestPeople.He), await hele.PersonCode(TestPeople.Zhao), Role.Clerk, "窗口");
        Assert.True((await hele.End(ma, await hele.PostCode(TestPeople.Zhao), await hele.PostCode(TestPeople.Zhou))).Accepted);
        await hele.Answer(zhou, code);
        zhao = await hele.Viewer(TestPeople.Zhao);
        var outcome = await hele.Get<JudgeAppeal>().Run(zhao, zhao.Act(AppealAccess.EnterVerdict, Guid.NewGuid()), new(code, true, null, OnPaper: true, Today));
        Assert.Equal([AppealProblems.HandlerCantJudge], outcome.Problems);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Leaver_LoadedBefore_CanDoNothingAfterwards(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (zhou, ma) = (await hele.Viewer(TestPeople.Zhou), await hele.Viewer(TestPeople.Ma));
        var phone = await hele.GivePhone(TestPeople.Liu, "13911112222");
        var appeal = await hele.FileAppeal(await hele.Viewer(TestPeople.Liu));
        Assert.True((await hele.End(ma, await hele.PostCode(TestPeople.Zhou))).Accepted);

        Assert.Equal([PostProblems.Over], (await hele.Accept(zhou, appeal)).Problems);
        var opened = await hele.Get<OpenPersonPhone>().Run(zhou, zhou.Act(PeopleAccess.OpenPhone, Guid.NewGuid()), phone);
        Assert.Equal([PostProblems.Over], opened.Problems);
        Assert.Empty(opened.Values);
        Assert.Equal(0, await hele.Read(db => db.Set<ViewRecord>().CountAsync()));
        Assert.Empty((await hele.Viewer(TestPeople.Zhou)).Posts);
    }

    /// <summary>Whichever comes first, nothing hangs on an ended post: either the end finds the accepted appeal, or the acceptance finds the ended post.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task End_WhileAnAppealIsBeingAccepted_LeavesNothingHanging(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (zhao, liu, ma) = (await hele.Viewer(TestPeople.Zhao), await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Ma));
        var held = await hele.PostCode(TestPeople.Zhao);
        var codes = new List<string>();
        for (var i = 0; i < 6; i++)
            codes.Add(await hele.FileAppeal(liu));

        var accepting = codes.Select(c => Task.Run(() => hele.Accept(zhao, c))).ToList();
        var ending = Task.Run(() => hele.End(ma, held));
        var accepted = (await Task.WhenAll(accepting)).Count(o => o.Accepted);
        var ended = await ending;

        var post = await hele.Post(held);
        var hanging = await hele.Read(db => db.Set<Appeal>().CountAsync(a => a.HandlerPostId == post.Id));
        Assert.Equal(accepted, hanging);
        Assert.True(ended.Accepted ? hanging == 0 : hanging > 0 && post.State == PostState.Confirmed, $"ended {ended.Accepted}, hanging {hanging}");
        Assert.True((await hele.Get<LogVerification>().Run()).IsGreen);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Verify_WithAnOpenAppealOnAnEndedPost_SaysSo(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var zhao = await hele.Viewer(TestPeople.Zhao);
        var appeal = await hele.FileAppeal(await hele.Viewer(TestPeople.Liu));
        var held = await hele.Post(await hele.PostCode(TestPeople.Zhao));
        Assert.True((await hele.End(await hele.Viewer(TestPeople.Ma), held.PublicCode, await hele.PostCode(TestPeople.Zhou))).Accepted);
        Assert.True((await hele.Get<LogVerification>().Run()).IsGreen);
        await new BehindTheBack(hele).Run("""UPDATE "Appeals" SET "HandlerPostId" = @p0 WHERE "PublicCode" = @p1""", held.Id, appeal);
        var finding = Assert.Single((await hele.Get<LogVerification>().Run()).Findings, f => f.Kind == FindingKind.HangsOnEndedPost);
        Assert.Equal(("Appeals", (await hele.Row(appeal)).Id), (finding.Table, finding.Row));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task End_OfTheLastPostThatCanGrant_IsRefused(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var ma = await hele.Viewer(TestPeople.Ma);
        Assert.True((await hele.End(ma, await hele.PostCode(TestPeople.He))).Accepted);
        Assert.Equal([PostProblems.LastKeeper], (await hele.End(ma, await hele.PostCode(TestPeople.Ma))).Problems);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task SameForm_SentTwice_IsOneProposal(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (he, operation, liu) = (await hele.Viewer(TestPeople.He), Guid.NewGuid(), await hele.PersonCode(TestPeople.Liu));
        var input = new ProposePost.Input(liu, Role.GridWorker, "第三网格网格员", Today, null, "缺人");
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => hele.Get<ProposePost>().Run(he, he.Act(PostAccess.Propose, operation), input)));
        Assert.Single(outcomes.Select(o => o.Code).Distinct());
        Assert.Equal(1, await hele.Read(db => db.Set<Post>().CountAsync(p => p.State == PostState.Proposed)));
    }

    /// <summary>For random viewers and posts, the query shows exactly what the decision allows.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Visible_EqualsFilteringByMay_ForAnyViewer(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        await hele.Propose(await hele.Viewer(TestPeople.He), await hele.PersonCode(TestPeople.Liu), Role.GridWorker);
        await using var lease = await hele.Database.Read([1, 2]);
        var all = await lease.Db.Set<Post>().ToListAsync();
        (from jurisdiction in Gen.Int[1, 3]
         from roles in Gen.Int[0, Enum.GetValues<Role>().Length - 1].Select(i => (Role)i).List[0, 2]
         select new Viewer(Guid.NewGuid(), jurisdiction, Guid.NewGuid(), "x", [.. roles.Select(r => new HeldPost(Guid.NewGuid(), jurisdiction, r))])).Sample(viewer =>
            PostAccess.Visible(viewer, lease.Db.Set<Post>()).Select(p => p.Id).ToHashSet().SetEquals(all.Where(p => PostAccess.May(viewer, p, PostAccess.See)).Select(p => p.Id)), iter: 200, threads: 1);
        Assert.Empty(await PostAccess.Visible(null, lease.Db.Set<Post>()).ToListAsync());
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Erase_OfSomebodyWhosePostsAreOver_KeepsThePostsWithoutAName(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (he, ma) = (await hele.Viewer(TestPeople.He), await hele.Viewer(TestPeople.Ma));
        var (zhao, code) = (await hele.Viewer(TestPeople.Zhao), await hele.PersonCode(TestPeople.Zhao));
        var waiting = (await hele.Propose(he, code, Role.Clerk)).Code!;
        Assert.True((await hele.End(ma, await hele.PostCode(TestPeople.Zhao))).Accepted);
        var erase = new Func<Task<Outcome>>(() => hele.Get<ErasePerson>().Run(new Act { OperationId = Guid.NewGuid(), AccountId = SystemAccount.Id, JurisdictionId = TestInstallation.Hexi }, new(code)));
        Assert.Equal([PeopleProblems.HoldsPost], (await erase()).Problems);
        Assert.True((await hele.Withdraw(he, waiting)).Accepted);

        Assert.True((await erase()).Accepted);

        Assert.Equal(2, await hele.Read(db => db.Set<Post>().CountAsync(p => p.PersonId == zhao.PersonId)));
        Assert.Contains("第39条", await hele.Read(db => db.Set<Erasure>().Select(e => e.Kept).SingleAsync()));
        var list = await hele.Query<PostQueries, PostList>(q => q.List(ma, null));
        Assert.All(list.Over, p => Assert.Equal("", p.Person));
        Assert.True((await hele.Get<LogVerification>().Run()).IsGreen);
    }

    private static Task<string> CodeOf(TestInstallation hele, Guid person) => hele.Read(db => db.Set<Person>().Where(p => p.Id == person).Select(p => p.PublicCode).SingleAsync());

    private static Task<List<string>> Events(TestInstallation hele, Guid post) => hele.Read(db => db.Set<JournalRow>().Where(j => j.RowTable == "Posts" && j.RowId == post).OrderBy(j => j.LeafIndex).Select(j => j.Kind).ToListAsync());

    /// <summary>Somebody the operator adds from the command line.</summary>
    private static async Task<Viewer> Second(TestInstallation hele, string name, Role? role, string? phone = null)
    {
        var signIn = "s" + Guid.NewGuid().ToString("N")[..8];
        var outcome = await hele.Get<RegisterPerson>().Run(new Act { OperationId = Guid.NewGuid(), AccountId = SystemAccount.Id, JurisdictionId = TestInstallation.Hexi },
            new(name, null, signIn, TestPeople.PasswordHash, false, role, role is null ? null : "岗位", null, phone));
        Assert.True(outcome.Accepted);
        Account account;
        await using (var lease = await hele.Database.Read([]))
            account = await lease.Db.Accounts.SingleAsync(a => a.SignInName == signIn);
        return (await hele.Get<Viewers>().Load(account.Id, account.Stamp))!;
    }

    private static Post In(PostState state)
    {
        var post = Post.ProposedBy(Guid.NewGuid(), Guid.NewGuid(), Role.Clerk, PostScope.Jurisdiction, null, "x", Today, null);
        string[] way = state switch
        {
            PostState.Proposed => [],
            PostState.Confirmed => [Post.Confirm],
            PostState.Ended => [Post.Confirm, Post.End],
            PostState.Refused => [Post.Refuse],
            _ => [Post.Withdraw],
        };
        foreach (var act in way)
            Assert.Null(Do(post, act));
        Assert.Equal(state, post.State);
        return post;
    }

    private static Problem? Do(Post post, string act) => act switch
    {
        Post.Confirm => post.ConfirmBy(Guid.NewGuid(), Today),
        Post.Refuse => post.RefuseIt(),
        Post.Withdraw => post.WithdrawIt(),
        Post.End => post.EndOn(Today),
        _ => throw new ArgumentOutOfRangeException(nameof(act), act, "not an act of a post"),
    };
}
