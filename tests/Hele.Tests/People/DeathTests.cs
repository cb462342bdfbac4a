using System.Net;
using Hele.Civic.Appeals;
using Hele.Civic.Grids;
using Hele.Civic.People;
using Hele.Civic.People.Posts;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Accounts;
using Hele.Civic.Platform.Journal;
using Hele.TestKit;
using Hele.Tests.Grids;
using Hele.Tests.Pages;
using Hele.Tests.Platform;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static Hele.Tests.Grids.GridSteps;

namespace Hele.Tests.People;

/// <summary>A death recorded once stops everything that would still reach for the person, within that act; what was a mistake goes on again.</summary>
public class DeathTests
{
    private static Task<IReadOnlyList<DayItem>> Day(TestInstallation hele, Viewer viewer) => hele.Query<DayQueries, IReadOnlyList<DayItem>>(q => q.Of(viewer));

    /// <summary>An answered appeal of Liu's that was told at the counter, so that somebody is asked to ring him about it.</summary>
    private static async Task<string> Answered(TestInstallation hele)
    {
        var (zhou, zhao) = (await hele.Viewer(TestPeople.Zhou), await hele.Viewer(TestPeople.Zhao));
        var filed = await hele.Get<FileAppeal>().Run(zhou.Act(AppealAccess.TakeDown, Guid.NewGuid()), new("facilities", "楼道灯不亮", "晚上看不见路。", "3号楼", null) { Channel = Channel.Counter, Person = await hele.PersonCode(TestPeople.Liu) });
        Assert.True((await hele.Accept(zhao, filed.Code!)).Accepted);
        Assert.True((await hele.Answer(zhao, filed.Code!)).Accepted);
        return filed.Code!;
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Death_Recorded_StopsAskingOfferingAndLivingThere_InOneAct(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (ma, zhou) = (await hele.Viewer(TestPeople.Ma), await hele.Viewer(TestPeople.Zhou));
        var (liu, chen) = (await hele.PersonCode(TestPeople.Liu), await hele.PersonCode(TestPeople.Chen));
        var building = await hele.Building(ma, await hele.Compound(ma), "3号楼");
        var household = Ok(await hele.MoveIn(ma, building, "302", liu));
        var appeal = await Answered(hele);
        Ok(await hele.Get<KeepGuardianship>().Run(ma, ma.Act(PeopleAccess.KeepGuardianship, Guid.NewGuid()), new(liu, chen, "父女，已看户口簿"), TestContext.Current.CancellationToken));
        Assert.Contains(await Day(hele, ma), i => i.Code == appeal);

        var stops = (await hele.Query<DeathQueries, DyingView?>(q => q.Find(zhou, liu)))!.Stops.Select(s => s.Zh).ToList();
        Assert.Contains(stops, s => s.Contains("3号楼1单元302"));
        Assert.Contains(stops, s => s.StartsWith("1件诉求不再请人评价"));
        Assert.Contains(stops, s => s.StartsWith("1条监护关系"));
        Assert.Contains(stops, s => s.StartsWith("网上登录停用"));

        Ok(await hele.RecordDeath(zhou, liu, hele.Today));

        Assert.DoesNotContain(await Day(hele, ma), i => i.Code == appeal);
        Assert.Empty(await hele.Query<PeopleQueries, IReadOnlyList<PersonLine>>(q => q.ByNameOrCode(zhou, liu)));
        Assert.Empty(await hele.Query<PeopleQueries, IReadOnlyList<PersonLine>>(q => q.Named(zhou, TestPeople.Liu.Name)));
        Assert.Equal([AppealProblems.AppellantDied], (await hele.Get<JudgeAppeal>().Run(ma, ma.Act(AppealAccess.EnterVerdict, Guid.NewGuid()), new(appeal, true, null, OnPaper: true), TestContext.Current.CancellationToken)).Problems);
        Assert.Equal([PeopleProblems.Dead], (await hele.MoveIn(ma, building, "101", liu)).Problems);
        Assert.Equal(AppealState.Answered, (await hele.Row(appeal)).State);
        var member = await hele.Read(db => db.Set<HouseholdMember>().SingleAsync());
        Assert.Equal((hele.Today, MemberCause.Death), (member.To, member.Went));
        Assert.Equal(hele.Today, await hele.Read(db => db.Set<Household>().Where(h => h.PublicCode == household).Select(h => h.To).SingleAsync()));
        Assert.Equal(hele.Today, await hele.Read(db => db.Set<Guardianship>().Select(g => g.To).SingleAsync()));
        Assert.Single(await hele.Read(db => db.Set<JournalRow>().Where(j => j.Kind == RecordDeath.Died.Code).Select(j => j.ActId).Distinct().ToListAsync()));
        Assert.Empty((await hele.Verify()).Findings);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Death_TakenBack_EverythingGoesOn_AndTheReasonStays(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (ma, zhou) = (await hele.Viewer(TestPeople.Ma), await hele.Viewer(TestPeople.Zhou));
        var (liu, chen) = (await hele.PersonCode(TestPeople.Liu), await hele.PersonCode(TestPeople.Chen));
        var building = await hele.Building(ma, await hele.Compound(ma), "3号楼");
        Ok(await hele.MoveIn(ma, building, "302", liu));
        var appeal = await Answered(hele);
        Ok(await hele.Get<KeepGuardianship>().Run(ma, ma.Act(PeopleAccess.KeepGuardianship, Guid.NewGuid()), new(liu, chen, "父女，已看户口簿"), TestContext.Current.CancellationToken));
        Ok(await hele.RecordDeath(zhou, liu));
        Assert.Equal([PeopleProblems.CorrectionReasonMissing.With(Death.ReasonLength)], (await hele.CorrectDeath(ma, liu, lives: true, reason: " ")).Problems);
        Ok(await hele.CorrectDeath(ma, liu, lives: true));

        Assert.Contains(await Day(hele, ma), i => i.Code == appeal);
        Assert.Single(await hele.Query<PeopleQueries, IReadOnlyList<PersonLine>>(q => q.Named(zhou, TestPeople.Liu.Name)));
        var person = await hele.Read(db => db.Set<Person>().SingleAsync(p => p.PublicCode == liu));
        Assert.Equal((null, null), (person.DiedOn, person.LeftOn));
        Assert.Null((await hele.Read(db => db.Set<HouseholdMember>().SingleAsync())).To);
        Assert.Null(await hele.Read(db => db.Set<Household>().Select(h => h.To).SingleAsync()));
        Assert.Null(await hele.Read(db => db.Set<Guardianship>().Select(g => g.To).SingleAsync()));
        Assert.Equal("同名，登记错了人", await hele.Read(db => db.Set<JournalRow>().Where(j => j.Kind == RecordDeath.Lives.Code).Select(j => j.Reason).SingleAsync()));
        Assert.Equal([PeopleProblems.NotDead], (await hele.CorrectDeath(ma, liu, lives: true)).Problems);
        // A second time it can be registered anew: the first stays with the day it was taken back.
        Ok(await hele.RecordDeath(zhou, liu));
        Assert.Equal(2, await hele.Read(db => db.Set<Death>().CountAsync()));
        Assert.Empty((await hele.Verify()).Findings);
    }

    /// <summary>What a correction brings back is what the mistake ended, not what has happened since.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Death_TakenBackAfterOthersMovedIn_LeavesTheirHouseholdAlone(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var ma = await hele.Viewer(TestPeople.Ma);
        var (liu, chen) = (await hele.PersonCode(TestPeople.Liu), await hele.PersonCode(TestPeople.Chen));
        var building = await hele.Building(ma, await hele.Compound(ma), "3号楼");
        Ok(await hele.MoveIn(ma, building, "302", liu));
        Ok(await hele.RecordDeath(ma, liu));
        var others = Ok(await hele.MoveIn(ma, building, "302", chen));
        Ok(await hele.CorrectDeath(ma, liu, lives: true));
        Assert.Equal([others], await hele.Read(db => db.Set<Household>().Where(h => h.To == null).Select(h => h.PublicCode).ToListAsync()));
        Assert.Equal(1, await hele.Read(db => db.Set<HouseholdMember>().CountAsync(m => m.To == null)));
        Ok(await hele.MoveIn(ma, building, "302", liu));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Death_OnAnotherDay_MovesWhatItEnded(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var ma = await hele.Viewer(TestPeople.Ma);
        var liu = await hele.PersonCode(TestPeople.Liu);
        Ok(await hele.MoveIn(ma, await hele.Building(ma, await hele.Compound(ma), "3号楼"), "302", liu, on: hele.Today.AddDays(-30)));
        Ok(await hele.RecordDeath(ma, liu, hele.Today));
        Assert.Equal([PeopleProblems.SameDeathDay], (await hele.CorrectDeath(ma, liu, lives: false, hele.Today)).Problems);
        Ok(await hele.CorrectDeath(ma, liu, lives: false, hele.Today.AddDays(-2), "家属送来证明，日期写早了两天"));
        var day = hele.Today.AddDays(-2);
        Assert.Equal((day, day), await hele.Read(db => db.Set<Person>().Where(p => p.PublicCode == liu).Select(p => new ValueTuple<DateOnly?, DateOnly?>(p.DiedOn, p.LeftOn)).SingleAsync()));
        Assert.Equal(day, await hele.Read(db => db.Set<HouseholdMember>().Select(m => m.To).SingleAsync()));
        Assert.Equal(day, await hele.Read(db => db.Set<Household>().Select(m => m.To).SingleAsync()));
        Assert.Empty((await hele.Verify()).Findings);
        // Taking it back after a corrected day still finds what the first entry ended.
        Ok(await hele.CorrectDeath(ma, liu, lives: true));
        Assert.Null(await hele.Read(db => db.Set<HouseholdMember>().Select(m => m.To).SingleAsync()));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Death_OfAPostsHolder_LeavesThePostVacant_UntilItIsEndedWithASuccessor(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (ma, zhao, zhou) = (await hele.Viewer(TestPeople.Ma), await hele.Viewer(TestPeople.Zhao), await hele.Viewer(TestPeople.Zhou));
        var appeal = await hele.FileAppeal(await hele.Viewer(TestPeople.Liu));
        Assert.True((await hele.Accept(zhao, appeal)).Accepted);
        var post = await hele.PostCode(TestPeople.Zhao);
        Ok(await hele.RecordDeath(zhou, await hele.PersonCode(TestPeople.Zhao)));

        // An act that was on its way in that post is refused, and nobody is looked up behind the account any more.
        Assert.False((await hele.Answer(zhao, appeal)).Accepted);
        await Assert.ThrowsAsync<InvalidOperationException>(() => hele.Viewer(TestPeople.Zhao));
        var waits = Assert.Single(await Day(hele, ma), i => i.Record == typeof(Post));
        Assert.Equal(post, waits.Code);
        Assert.Contains(await Day(hele, await hele.Viewer(TestPeople.He)), i => i.Code == post);
        Ok(await hele.End(ma, post, await hele.PostCode(TestPeople.Zhou)));
        Assert.DoesNotContain(await Day(hele, ma), i => i.Record == typeof(Post));
        Assert.True((await hele.Answer(zhou, appeal)).Accepted);
        Assert.Empty((await hele.Verify()).Findings);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Death_EnteredByTwoPeople_TheSecondIsToldWhoWasFaster(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (ma, zhou) = (await hele.Viewer(TestPeople.Ma), await hele.Viewer(TestPeople.Zhou));
        var liu = await hele.PersonCode(TestPeople.Liu);
        Ok(await hele.RecordDeath(zhou, liu));
        var problem = Assert.Single((await hele.RecordDeath(ma, liu)).Problems);
        Assert.Equal(PeopleProblems.DeathRecorded.Code, problem.Code);
        Assert.Contains("社区工作者", problem.Sentence.Zh);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Death_ByWhoMayNot_IsAsMissing(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var liu = await hele.PersonCode(TestPeople.Liu);
        foreach (var who in new[] { await hele.Viewer(TestPeople.Chen), await hele.Viewer(TestPeople.Feng), await hele.Viewer(TestPeople.Sun), await hele.Viewer(TestPeople.Zhou, TestInstallation.Other) })
            Assert.Equal([PeopleProblems.NotFound], (await hele.RecordDeath(who, liu)).Problems);
        var zhou = await hele.Viewer(TestPeople.Zhou);
        Assert.Equal([PeopleProblems.OwnDeath], (await hele.RecordDeath(zhou, await hele.PersonCode(TestPeople.Zhou))).Problems);
        Assert.Equal([PeopleProblems.DeathInFuture, PeopleProblems.DeathSourceMissing], (await hele.RecordDeath(zhou, liu, hele.Today.AddDays(1), null, null)).Problems);
    }

    /// <summary>On the pages: two steps, then the door is shut for whoever was signed in, and for whoever knows the password.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Pages_AfterADeath_SignNobodyIn_AndSayWhatStopped(TestDatabase kind)
    {
        await using var host = await TestHost.Start(kind);
        var (clerk, resident) = (await host.As(TestPeople.Zhou), await host.As(TestPeople.Liu));
        var liu = await host.Hele.PersonCode(TestPeople.Liu);
        Assert.Equal(HttpStatusCode.OK, (await resident.GetAsync("/account/data", TestContext.Current.CancellationToken)).StatusCode);

        var entry = await HtmlPage.Get(clerk, "/people/" + liu);
        Assert.Contains("登记去世", entry.VisibleText);
        var empty = (await (await HtmlPage.Get(clerk, $"/people/{liu}/death")).Form("main form").Fill("Input.ToldBy", "女儿").Submit()).Expect(400);
        Assert.Equal(2, empty.Problems.Count);
        Assert.Equal("女儿", empty.Form("main form")["Input.ToldBy"]);
        var looked = (await empty.Form("main form").Fill("Input.On", "2026-10-01").Fill("Input.Source", nameof(DeathSource.HospitalPaper)).Submit()).Expect(200);
        Assert.Contains("网上登录停用", looked.Text(".stops"));
        Assert.Null((await host.Hele.Read(db => db.Set<Person>().SingleAsync(p => p.PublicCode == liu))).DiedOn);
        var confirm = looked.Form("#confirm form");
        (await confirm.Submit()).ExpectRedirect("/people/" + liu);
        Assert.Contains("2026年10月1日", (await HtmlPage.Get(clerk, "/people/" + liu)).Text("#held"));
        Assert.Contains("已去世", (await HtmlPage.Get(clerk, "/people?Shown=Gone")).VisibleText);

        Assert.Contains("/sign-in", (await resident.GetAsync("/account/data", TestContext.Current.CancellationToken)).Headers.Location!.ToString());
        var again = host.Browser();
        var refused = await (await HtmlPage.Get(again, "/sign-in")).Form("main form").Fill("Input.Name", TestPeople.Liu.SignIn).Fill("Input.Password", TestPeople.Password).Submit();
        Assert.Contains("这个账号已停用", (await refused.Follow()).VisibleText);
        Assert.Contains("/sign-in", (await again.GetAsync("/account/data", TestContext.Current.CancellationToken)).Headers.Location!.ToString());

        // Somebody else had the form open too.
        var late = await (await host.As(TestPeople.Ma)).PostAsync($"/people/{liu}/death?handler=Record", null, TestContext.Current.CancellationToken);
        Assert.NotEqual(HttpStatusCode.OK, late.StatusCode);
        var correct = (await HtmlPage.Get(clerk, $"/people/{liu}/death")).Form("#correct form").Fill("Correction.What", "lives");
        var unsaid = (await correct.Submit()).Expect(400);
        Assert.Contains("请写更正的原因", string.Join(' ', unsaid.Problems));
        (await unsaid.Form("#correct form").Fill("Correction.Reason", "同名").Submit()).ExpectRedirect("/people/" + liu);
        var back = host.Browser();
        await TestHost.SignIn(back, TestPeople.Liu.SignIn, TestPeople.Password);
        Assert.Equal(HttpStatusCode.OK, (await back.GetAsync("/account/data", TestContext.Current.CancellationToken)).StatusCode);
    }
}
