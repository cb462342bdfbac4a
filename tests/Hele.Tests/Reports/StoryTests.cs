using Hele.Civic.Appeals;
using Hele.Civic.Grids;
using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Sealing;
using Hele.Civic.Platform.Storage;
using Hele.Civic.Reports;
using Hele.TestKit;
using Hele.Tests.Figures;
using Hele.Tests.Grids;
using Hele.Tests.Organizations;
using Hele.Tests.Platform;
using Hele.Tests.Thanks;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Hele.Tests.Reports;

/// <summary>A story is told from a record, with consent, without names, by a second reader; whoever it is about takes it back whenever they want to.</summary>
public class StoryTests
{
    private static readonly Period October = Period.Month(2026, 10);

    /// <summary>Every state × every act against the table.</summary>
    [Fact]
    public void EveryStateAndAct_FollowsTheTable()
    {
        var (post, on, at) = (Guid.NewGuid(), new DateOnly(2026, 10, 30), DateTimeOffset.UnixEpoch);
        foreach (var state in Enum.GetValues<StoryState>())
        {
            foreach (var act in ReportStory.LifeCycle.Acts.Where(a => a != ReportStory.Write))
            {
                var story = new ReportStory { Source = StorySource.Appeal, Place = "judgement", HappenedOn = on, WrittenByPostId = post, WrittenOn = on, LoggedAt = at };
                if (state is StoryState.Waiting or StoryState.Standing) Assert.Null(story.AgreeTo(ConsentWay.Paper, on, post));
                Assert.Null(state switch { StoryState.Standing => story.ApproveIt("x", post, on, at), StoryState.Withdrawn => story.TakeBack(on, at), StoryState.Dropped => story.GiveUp("x", on, at), _ => null });
                Assert.Equal(state, story.State);
                var problem = act switch
                {
                    ReportStory.Edit => story.EditTo("care"), ReportStory.Agree => story.AgreeTo(ConsentWay.Online, on, null), ReportStory.Approve => story.ApproveIt("x", post, on, at), ReportStory.SendBack => story.SendItBack("x", post),
                    ReportStory.Withdraw => story.TakeBack(on, at), _ => story.GiveUp("x", on, at),
                };
                if (ReportStory.LifeCycle.Find(state, act) is { } line)
                    Assert.Equal((null, line.To), (problem?.Code, story.State.ToString()));
                else
                    Assert.Equal(("story.not-now", state), (problem?.Code, story.State));
            }
        }
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Told_FromARecord_SealedUntilItStands_WithConsentAndASecondReader(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, zhou, ma, feng, chen) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Zhou), await hele.Viewer(TestPeople.Ma), await hele.Viewer(TestPeople.Feng), await hele.Viewer(TestPeople.Chen));
        var appeal = await hele.SatisfiedAppeal(liu);
        var begun = await hele.Query<ReportStories, StoryBeginning?>(s => s.Begin(zhou, StorySource.Appeal, appeal, null));
        Assert.Equal("比如，居民刘某反映“楼道灯不亮”。社区办理后答复：灯已经换好，请您晚上看看。居民刘某看了办理结果，表示满意。", begun!.Text);

        var code = GridSteps.Ok(await hele.Tell(zhou, appeal));
        var story = await hele.StoryOf(code);
        Assert.Equal((StoryState.Draft, (Guid?)liu.PersonId, "刘某", null), (story.State, story.SubjectId, story.SubjectMasked, story.PublicText));
        Assert.DoesNotContain("楼道灯", System.Text.Encoding.UTF8.GetString(story.TextSealed!));
        Assert.Equal([StoryProblems.ThereAlready], (await hele.Tell(ma, appeal, text: "再写一遍这件事。")).Problems);
        // Each look leaves a record; who neither writes nor reads stories, and isn't in it, sees nothing of it.
        Assert.Equal(WordsSteps.Story, await hele.OpenStory(liu, code));
        Assert.Equal(WordsSteps.Story, await hele.OpenStory(feng, code));
        foreach (var stranger in new[] { chen, await hele.Viewer(TestPeople.Zhao), await hele.Viewer(TestPeople.Sun), await hele.Viewer(TestPeople.He) })
        {
            Assert.Null(await hele.OpenStory(stranger, code));
            Assert.Null(await hele.Query<ReportStories, StoryView?>(s => s.Find(stranger, code)));
            Assert.Equal([StoryProblems.NotFound], (await hele.Agree(stranger, code)).Problems);
        }
        Assert.Equal(2, await hele.Read(db => db.Set<ViewRecord>().CountAsync(v => v.RowTable == ReportStories.Table)));

        // Nobody agrees for them on line, and without consent there is nothing to approve.
        Assert.Equal(["story.not-now"], (await hele.Approve(feng, code)).Problems.Select(p => p.Code));
        Assert.Equal([StoryProblems.NotFound], (await hele.Agree(ma, code)).Problems);
        GridSteps.Ok(await hele.Agree(liu, code));
        Assert.Equal([StoryProblems.OwnStory], (await hele.Approve(zhou, code)).Problems);
        // Other words than those agreed to don't come to stand.
        Assert.Equal([StoryProblems.OtherWords], (await hele.Approve(feng, code, WordsSteps.Story + "真是太好了！")).Problems);
        Assert.Empty(Told(await hele.Report(October)));
        GridSteps.Ok(await hele.Approve(feng, code));
        story = await hele.StoryOf(code);
        Assert.Equal((StoryState.Standing, WordsSteps.Story, null, null), (story.State, story.PublicText, story.TextSealed, story.TextIndex));
        var report = await hele.Report(October);
        Assert.Equal(WordsSteps.Story, Assert.Single(Told(report)).Text);
        Assert.Equal(ReportOutline.Judgement, report.Chapters.Single(c => c.Stories.Count > 0).Place);
        Assert.Contains("案例：" + WordsSteps.Story, ReportDocumentTests.Words(ReportDocument.Write(report, "zh", null)));
        Assert.Empty(Told(await hele.Report(Period.Month(2026, 9))));
        Assert.DoesNotContain("刘大勇", ReportDocumentTests.Words(ReportDocument.Write(report, "zh", null)));
        (await hele.Verify()).AssertGreen();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Text_WithNamesOrDoors_IsRefusedAndSaysWhich(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, zhou) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Zhou));
        var appeal = await hele.SatisfiedAppeal(liu);
        foreach (var (text, words) in new[] { ("刘大勇说好。", "刘大勇"), ("邻居陈静也说好。", "陈静"), ("住在3号楼的刘某说好。", "3号楼"), ("三单元302室的刘某说好。", "302"), ("刘某留了电话13812345678。", "13812345678"), ("五栋的刘某说好。", "五栋") })
        {
            var problem = Assert.Single((await hele.Tell(zhou, appeal, text: text)).Problems);
            Assert.Equal("story.names-somebody", problem.Code);
            Assert.Contains(words, problem.Sentence.Zh);
        }
        Assert.Equal(["story.place-missing", "story.text-missing"], (await hele.Tell(zhou, appeal, text: " ", place: "")).Problems.Select(p => p.Code));
        // A name that only the matter knows, of somebody whom the register doesn't have.
        var counter = await hele.TakeDown(zhou, hele.Today);
        var zhao = await hele.Viewer(TestPeople.Zhao);
        GridSteps.Ok(await hele.Accept(zhao, counter));
        GridSteps.Ok(await hele.Answer(zhao, counter));
        GridSteps.Ok(await hele.JudgeOnPaper(zhou, counter, true, hele.Today));
        Assert.Equal(["story.names-somebody"], (await hele.Tell(zhou, counter, text: "王桂兰说单元门好了。")).Problems.Select(p => p.Code));
        var story = await hele.StoryOf(GridSteps.Ok(await hele.Tell(zhou, counter, text: "王某说单元门好了。")));
        Assert.Equal((null, "王某"), (story.SubjectId, story.SubjectMasked));
        // Whoever came into the register since is found when it is read.
        Assert.Equal(["story.paper-missing"], (await hele.Agree(zhou, story.PublicCode, onPaper: true, signed: false)).Problems.Select(p => p.Code));
        Assert.Equal(["story.day-wrong"], (await hele.Agree(zhou, story.PublicCode, onPaper: true, on: hele.Today.AddDays(1))).Problems.Select(p => p.Code));
        GridSteps.Ok(await hele.Agree(zhou, story.PublicCode, onPaper: true));
        story = await hele.StoryOf(story.PublicCode);
        Assert.Equal((ConsentWay.Paper, hele.Today, zhou.Posts[0].PostId), (story.Consent, story.ConsentOn, story.ConsentTakenByPostId));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Record_ThatIsNoneToTellOf_IsRefused(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, zhou, ma, zhao) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Zhou), await hele.Viewer(TestPeople.Ma), await hele.Viewer(TestPeople.Zhao));
        Assert.Equal([StoryProblems.RecordUnfinished], (await hele.Tell(zhou, await hele.FileAppeal(liu))).Problems);
        foreach (var kindOf in new[] { "family", "neighbours", "minors" })
            Assert.Equal([StoryProblems.RecordUnfit], (await hele.Tell(ma, await hele.FileAppeal(liu, "另一件" + kindOf, kindOf))).Problems);
        Assert.All(AppealKinds.Shielded.Concat(["family", "neighbours", "minors"]), k => Assert.False(AppealKinds.Find(k)!.MayBeTold));
        Assert.Equal([StoryProblems.RecordUnknown], (await hele.Tell(zhou, "2222-3333-4444")).Problems);
        Assert.Equal([StoryProblems.SourceMissing], (await hele.Tell(zhou, "x", source: null)).Problems);
        // A household is told of by one of its people who is grown up; who asked that no name is left isn't asked for a story.
        var (_, _, building, _) = await OrganizationTests.Ground(hele, ma);
        var home = GridSteps.Ok(await hele.MoveIn(ma, building, "302", await hele.CodeOf(TestPeople.Liu)));
        Assert.Equal([StoryProblems.SubjectMissing], (await hele.Tell(zhou, home, StorySource.Household)).Problems);
        GridSteps.Ok(await hele.Get<RecordBirth>().Run(ma, ma.Act(GridAccess.KeepHouseholds, Guid.NewGuid()), new(home, "刘小满", hele.Today.AddDays(-3), [await hele.CodeOf(TestPeople.Liu)], "父母")));
        var child = await hele.Read(db => db.Set<Person>().Where(p => p.Name == "刘小满").Select(p => p.PublicCode).SingleAsync());
        Assert.Equal(["story.minor"], (await hele.Tell(zhou, home, StorySource.Household, subject: child)).Problems.Select(p => p.Code));
        var code = GridSteps.Ok(await hele.Tell(zhou, home, StorySource.Household, "党支部明确专人每天给刘某打一个电话。", "paired-help", await hele.CodeOf(TestPeople.Liu)));
        Assert.Equal((hele.Today, "paired-help"), (await hele.StoryOf(code) is var s ? (s.HappenedOn, s.Place) : default));
        var thanks = GridSteps.Ok(await hele.Record(zhou, anonymous: true, name: null, shown: Civic.Thanks.ThanksShown.No));
        GridSteps.Ok(await hele.KeepThanks(ma, thanks));
        Assert.Equal([StoryProblems.RecordUnfit], (await hele.Tell(ma, thanks, StorySource.Thanks)).Problems);
        Assert.Equal([StoryProblems.NotFound], (await hele.Tell(zhao, home)).Problems);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task SentBack_IsAgreedToAnew(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, zhou, feng) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Zhou), await hele.Viewer(TestPeople.Feng));
        var code = GridSteps.Ok(await hele.Tell(zhou, await hele.SatisfiedAppeal(liu)));
        GridSteps.Ok(await hele.Agree(liu, code));
        Assert.Equal([StoryProblems.OwnStory], (await hele.SendStoryBack(zhou, code)).Problems);
        GridSteps.Ok(await hele.SendStoryBack(feng, code));
        var story = await hele.StoryOf(code);
        Assert.Equal((StoryState.Draft, null, null), (story.State, story.Consent, story.ConsentOn));
        Assert.Equal(["story.not-now"], (await hele.Approve(feng, code)).Problems.Select(p => p.Code));
        const string changed = "刘某反映楼道灯不亮，换好以后刘某表示满意。";
        GridSteps.Ok(await hele.EditStory(zhou, code, changed));
        Assert.Equal(changed, await hele.OpenStory(liu, code));
        GridSteps.Ok(await hele.Agree(liu, code));
        Assert.Equal([StoryProblems.OtherWords], (await hele.Approve(feng, code)).Problems);
        GridSteps.Ok(await hele.Approve(feng, code, changed));
        Assert.Equal(changed, Assert.Single(Told(await hele.Report(October))).Text);
    }

    /// <summary>What decides the rule: a closed report changes in nothing but the place of the story, once, and never again.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Withdraw_AfterTheClosing_LeavesNothingOfItAndSaysSoInItsPlace(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var liu = await hele.Viewer(TestPeople.Liu);
        var (first, second) = (await hele.SatisfiedAppeal(liu), await hele.SatisfiedAppeal(liu));
        var (told, kept) = (await hele.StandingStory(first), await hele.StandingStory(second));
        hele.MoveTo(2026, 11, 3);
        NumberSteps.Ok(await hele.Close(await hele.Viewer(TestPeople.Ma), October));
        var before = await hele.Report(October);
        Assert.Equal(2, Told(before).Count);

        hele.MoveTo(2026, 12, 1);
        GridSteps.Ok(await hele.WithdrawStory(await hele.Viewer(TestPeople.Liu), told));
        var after = await hele.Report(October);
        Assert.Equal(before.Text("zh"), after.Text("zh"));
        Assert.Equal((before.AsOf, before.LogSize), (after.AsOf, after.LogSize));
        Assert.Equal([null, WordsSteps.Story], Told(after).Select(s => s.Text).Order());
        var gone = Told(after).Single(s => s.Text is null).Withdrawn;
        Assert.Equal("此处原有一则案例，当事人于2026年12月1日撤回同意，内容已经删除。", gone.Zh);
        var words = (ReportDocumentTests.Words(ReportDocument.Write(before, "zh", null)), ReportDocumentTests.Words(ReportDocument.Write(after, "zh", null)));
        Assert.Equal(words.Item1.Length - ("案例：" + WordsSteps.Story).Length + gone.Zh.Length, words.Item2.Length);
        Assert.Contains(gone.Zh, words.Item2);
        // And then it stays so.
        var file = Convert.ToBase64String(ReportDocument.Write(after, "zh", null));
        hele.MoveTo(2027, 2, 1);
        await hele.StandingStory(await hele.SatisfiedAppeal(await hele.Viewer(TestPeople.Liu)));
        Assert.Equal(file, Convert.ToBase64String(ReportDocument.Write(await hele.Report(October), "zh", null)));
        // A period that isn't closed simply doesn't tell it.
        Assert.Equal([kept], Told(await hele.Report(Period.Quarter(2026, 4))).Select(s => s.Code));

        // Its words are nowhere any more: not in the row, not behind a seal, and the log's salts of them are gone.
        var story = await hele.StoryOf(told);
        Assert.Equal((StoryState.Withdrawn, null, null, null), (story.State, story.PublicText, story.TextSealed, story.SubjectMasked));
        Assert.Null(await hele.OpenStory(await hele.Viewer(TestPeople.Zhou), told));
        Assert.Equal(["story.not-now"], (await hele.WithdrawStory(await hele.Viewer(TestPeople.Liu), told)).Problems.Select(p => p.Code));
        (await hele.Verify()).AssertGreen();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Erased_WhoeverItIsAbout_TakesTheStoryAlong(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var liu = await hele.Viewer(TestPeople.Liu);
        var code = await hele.StandingStory(await hele.SatisfiedAppeal(liu));
        Assert.Single(Told(await hele.Report(October)));
        GridSteps.Ok(await hele.Get<ErasePerson>().Run(new Act { OperationId = Guid.NewGuid(), AccountId = SystemAccount.Id, JurisdictionId = TestInstallation.Hexi }, new(await hele.CodeOf(TestPeople.Liu))));
        var story = await hele.StoryOf(code);
        Assert.Equal((StoryState.Withdrawn, null, null, null), (story.State, story.PublicText, story.SubjectId, story.SubjectMasked));
        Assert.All(Told(await hele.Report(October)), s => Assert.Null(s.Text));
        (await hele.Verify()).AssertGreen();
    }

    private static List<ToldStory> Told(Report report) => [.. report.Chapters.SelectMany(c => c.Stories)];
}
