using Hele.Civic.Appeals;
using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Civic.People.Posts;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Accounts;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;
using Hele.TestKit;
using Hele.Tests.Figures;
using Hele.Tests.Platform;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Hele.Tests.Appeals;

/// <summary>Complaints about conduct go past whoever they name: to a supervisor, and about a supervisor, or where there is no other, to the sub-district.</summary>
public class ConductTests
{
    private static async Task<List<string>> Seen(TestInstallation hele, Viewer viewer) =>
        await hele.Read(db => AppealAccess.Visible(viewer, db.Set<Appeal>()).Select(a => a.PublicCode).ToListAsync(), viewer.JurisdictionId);

    private static async Task<Appeal> Row(TestInstallation hele, string code) => await hele.Read(db => db.Set<Appeal>().SingleAsync(a => a.PublicCode == code));

    private static async Task<AppealView> View(TestInstallation hele, Viewer viewer, string code) => (await hele.Query<AppealQueries, AppealView?>(q => q.Find(viewer, code)))!;

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task AboutAClerk_GoesToASupervisor_AndNobodyElseSeesOrHandlesIt(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, feng) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Feng));
        var before = await hele.Numbers(Period.Month(2026, 10));
        var code = await hele.FileConduct(liu, TestPeople.Zhou);
        var row = await Row(hele, code);
        Assert.Equal((feng.Posts[0].PostId, false, true), (row.AssignedPostId, row.PastCommunity, row.NameWithheld));
        Assert.Equal("反映的是谁：社区工作者（周丽华）\n哪方面：服务态度\n\n去了三次都说下午再来，话说得很难听。", row.Text);
        Assert.Equal(1, (await hele.Numbers(Period.Month(2026, 10)))["appeals.filed"] - before["appeals.filed"]);
        foreach (var person in new[] { TestPeople.Zhao, TestPeople.Zhou, TestPeople.Ma, TestPeople.Sun, TestPeople.He, TestPeople.Chen })
        {
            var viewer = await hele.Viewer(person);
            Assert.DoesNotContain(code, await Seen(hele, viewer));
            Assert.Equal([AppealProblems.NotFound], (await hele.Accept(viewer, code)).Problems);
            Assert.Equal([AppealProblems.NotFound], (await hele.Judge(viewer, code, true)).Problems);
        }
        Assert.Contains(code, await Seen(hele, feng));
        Assert.Contains(code, await Seen(hele, liu));
        Assert.Equal("Accept it", Assert.Single(await hele.Query<DayQueries, IReadOnlyList<DayItem>>(q => q.Of(feng))).What.En);
        // An ordinary matter is the supervisors' to read only.
        var ordinary = await hele.FileAppeal(liu);
        Assert.Contains(ordinary, await Seen(hele, feng));
        Assert.Equal([AppealProblems.NotFound], (await hele.Accept(feng, ordinary)).Problems);
        Assert.Empty((await View(hele, feng, ordinary)).Acts.Intersect(Appeal.LifeCycle.Acts));
        Assert.Single(await hele.Query<DayQueries, IReadOnlyList<DayItem>>(q => q.Of(feng)));

        Assert.True((await hele.Accept(feng, code)).Accepted);
        // Ten working days of the supervisors' own rule.
        Assert.Equal((AppealRules.AnswerBySupervision, new DateOnly(2026, 11, 13)), ((await Row(hele, code)).DueRule, (await Row(hele, code)).DueOn));
        Assert.Null((await View(hele, feng, code)).Appellant);
        Assert.True((await hele.Get<OpenName>().Run(feng, feng.Act(AppealAccess.OpenName, Guid.NewGuid()), new(code, "要约时间当面核实"))).Accepted);
        Assert.Equal(TestPeople.Liu.Name, (await View(hele, feng, code)).Appellant);
        Assert.True((await hele.Answer(feng, code, "已当面谈话，今后设首问登记。")).Accepted);
        Assert.True((await hele.Judge(liu, code, satisfied: false, "还是那样")).Accepted);
        Assert.Equal((AppealState.Reopened, AppealRules.AnswerBySupervision), ((await Row(hele, code)).State, (await Row(hele, code)).DueRule));
        Assert.True((await hele.Answer(feng, code, "又谈了一次。")).Accepted);
        Assert.True((await hele.Judge(liu, code, satisfied: false, "还是那样")).Accepted);
        Assert.Equal(AppealState.Disagreed, (await Row(hele, code)).State);
        (await hele.Verify()).AssertGreen();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task AboutASupervisor_GoesStraightToTheStreet_ComesBackAsAnAnswer_AndGoesUpAgainWithTheVerdict(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, feng, tang) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Feng), await hele.Viewer(TestPeople.Tang, TestInstallation.Street));
        var qian = await hele.SecondSupervisor();
        var code = await hele.FileConduct(liu, TestPeople.Feng, TestPeople.Zhou);
        var row = await Row(hele, code);
        Assert.Equal((AppealState.ReferredUp, true, null, AppealRules.AnswerByStreet), (row.State, row.PastCommunity, row.AssignedPostId, row.DueRule));
        Assert.DoesNotContain(code, await Seen(hele, feng));
        Assert.DoesNotContain(code, await Seen(hele, qian));
        Assert.Contains(code, await Seen(hele, liu));
        var referral = await hele.ReferralOf(code);
        var above = (await hele.Query<ReferralQueries, ReferralView?>(q => q.Find(tang, referral), TestInstallation.Street))!;
        Assert.Contains("居务监督委员会主任（冯淑珍）、社区工作者（周丽华）", above.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(TestPeople.Liu.Name, above.Text, StringComparison.Ordinal);
        Assert.Equal([Referral.Answer], above.Acts);
        Assert.Equal([ReferralProblems.PastCommunity], (await hele.ReturnFromAbove(tang, referral)).Problems);
        (await hele.Verify()).AssertGreen();

        // The resident's button is not the way: the verdict is.
        Assert.DoesNotContain(Appeal.AskAbove, (await View(hele, liu, code)).Acts);
        Assert.True((await hele.AnswerFromAbove(tang, referral, "街道已约谈。")).Accepted);
        Assert.DoesNotContain(Appeal.AskAbove, (await View(hele, liu, code)).Acts);
        Assert.Equal(["appeal.not-now"], (await hele.AskAbove(liu, code)).Problems.Select(p => p.Code));
        var operation = Guid.NewGuid();
        Task<Outcome> Dissatisfied() => hele.Get<JudgeAppeal>().Run(liu, liu.Act(AppealAccess.Judge, operation), new(code, false, "没有找过我核实"));
        Assert.Equal([AppealProblems.RemarkMissing.Code], (await hele.Judge(liu, code, satisfied: false, " ")).Problems.Select(p => p.Code));
        Assert.True((await Dissatisfied()).Accepted);
        Assert.True((await Dissatisfied()).Replayed);
        var second = await hele.ReferralOf(code);
        Assert.NotEqual(referral, second);
        above = (await hele.Query<ReferralQueries, ReferralView?>(q => q.Find(tang, second), TestInstallation.Street))!;
        Assert.Equal(("没有找过我核实", true, true), (above.Reason, above.ByResident, above.PastCommunity));
        Assert.Equal((AppealState.ReferredUp, 1), ((await Row(hele, code)).State, (await View(hele, liu, code)).Verdicts.Count));
        Assert.True((await hele.AnswerFromAbove(tang, second, "已补充核实。")).Accepted);
        // The last that the rule allows ends it.
        Assert.True((await hele.Judge(liu, code, satisfied: false, "还是不认")).Accepted);
        Assert.Equal(AppealState.Disagreed, (await Row(hele, code)).State);
        var report = await hele.Verify();
        report.AssertGreen();
        Assert.Equal(4, report.Crossings);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task PastTheCommunity_SatisfiedIsNotAskedAgain_AndWithdrawnIsNotTakenUpHere(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, tang) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Tang, TestInstallation.Street));
        var code = await hele.FileConduct(liu, TestPeople.Feng);
        Assert.True((await hele.AnswerFromAbove(tang, await hele.ReferralOf(code))).Accepted);
        Assert.True((await hele.Judge(liu, code, satisfied: true)).Accepted);
        Assert.Equal((AppealState.Satisfied, null), ((await Row(hele, code)).State, (await Row(hele, code)).AskAgainOn));
        // The answer is told; whether it still holds isn't asked.
        Assert.Equal([AppealEvents.AnsweredFromAbove.Code], await hele.Read(db => db.Set<Civic.Platform.Notices.Notice>().Where(n => n.PersonId == liu.PersonId).Select(n => n.Kind).ToListAsync()));
        var withdrawn = await hele.FileConduct(liu, TestPeople.Feng);
        Assert.True((await hele.WithdrawAppeal(liu, withdrawn)).Accepted);
        Assert.Null((await Row(hele, withdrawn)).ResumeUntil);
        Assert.Empty((await View(hele, liu, withdrawn)).Acts);
        Assert.Equal([ConductProblems.RaiseAnew], (await hele.Resume(liu, withdrawn)).Problems);
        (await hele.Verify()).AssertGreen();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Refusal_IsReviewedByAnotherSupervisor_AndWithoutOneByTheStreet(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, feng, tang) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Feng), await hele.Viewer(TestPeople.Tang, TestInstallation.Street));
        var alone = await hele.FileConduct(liu, TestPeople.Zhou);
        Assert.True((await hele.Refuse(feng, alone, "repeated", "去年处理过。")).Accepted);
        var operation = Guid.NewGuid();
        Task<Outcome> Contest() => hele.Get<ContestRefusal>().Run(liu, liu.Act(AppealAccess.Contest, operation), new(alone, "这次是另一件事。"));
        Assert.True((await Contest()).Accepted);
        Assert.True((await Contest()).Replayed);
        var row = await Row(hele, alone);
        Assert.Equal((AppealState.ReferredUp, true), (row.State, row.PastCommunity));
        Assert.DoesNotContain(alone, await Seen(hele, feng));
        Assert.Equal("这次是另一件事。", (await hele.Query<ReferralQueries, ReferralView?>(async q => await q.Find(tang, await hele.ReferralOf(alone)), TestInstallation.Street))!.Reason);

        var qian = await hele.SecondSupervisor();
        var reviewed = await hele.FileConduct(liu, TestPeople.Zhou);
        Assert.True((await hele.Refuse(feng, reviewed, "repeated", "去年处理过。")).Accepted);
        Assert.True((await hele.Contest(liu, reviewed, "这次是另一件事。")).Accepted);
        Assert.Equal(AppealState.Contested, (await Row(hele, reviewed)).State);
        Assert.Equal([AppealProblems.RefuserCantReview], (await hele.ReviewRefusal(feng, reviewed, accept: true)).Problems);
        Assert.Equal([AppealProblems.NotFound], (await hele.ReviewRefusal(await hele.Viewer(TestPeople.Ma), reviewed, accept: true)).Problems);
        Assert.True((await hele.ReviewRefusal(qian, reviewed, accept: true)).Accepted);
        Assert.Equal((qian.Posts[0].PostId, AppealRules.AnswerBySupervision), ((await Row(hele, reviewed)).HandlerPostId, (await Row(hele, reviewed)).DueRule));
        (await hele.Verify()).AssertGreen();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task TakenDown_ByASupervisorOnly_NotByOneWhoIsNamed_AndPastTheCommunitySeenByWhoeverHeardIt(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (feng, qian, tang) = (await hele.Viewer(TestPeople.Feng), await hele.SecondSupervisor(), await hele.Viewer(TestPeople.Tang, TestInstallation.Street));
        foreach (var person in new[] { TestPeople.Zhao, TestPeople.Zhou, TestPeople.Ma, TestPeople.Liu, TestPeople.He })
            Assert.Equal([AppealProblems.NotFound], (await hele.TakeDownConduct(await hele.Viewer(person), TestPeople.Zhou)).Problems);
        Assert.Equal([ConductProblems.NamedCantTakeDown], (await hele.TakeDownConduct(feng, TestPeople.Feng)).Problems);
        var code = (await hele.TakeDownConduct(qian, TestPeople.Feng)).Code!;
        Assert.Contains(code, await Seen(hele, qian));
        Assert.DoesNotContain(code, await Seen(hele, feng));
        Assert.Equal("王桂兰", (await View(hele, qian, code)).Appellant);
        Assert.True((await hele.AnswerFromAbove(tang, await hele.ReferralOf(code), "已核实。")).Accepted);
        // Nobody else could tell the resident, and whoever heard it handled nothing.
        Assert.Equal("Ask the resident to judge, by telephone or at the door", Assert.Single(await hele.Query<DayQueries, IReadOnlyList<DayItem>>(q => q.Of(qian))).What.En);
        Assert.True((await hele.Get<JudgeAppeal>().Run(qian, qian.Act(AppealAccess.EnterVerdict, Guid.NewGuid()), new(code, true, null, OnPaper: true, new DateOnly(2026, 10, 30)))).Accepted);
        (await hele.Verify()).AssertGreen();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task WhoIsNamed_BecomesASupervisorLater_OrHasASecondEntry_StillDoesNotSeeIt(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, ma, he) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Ma), await hele.Viewer(TestPeople.He));
        const string Phone = "13800001234";
        await hele.GivePhone(TestPeople.Zhao, Phone);
        var qian = await hele.SecondSupervisor();
        var named = await hele.FileConduct(liu, TestPeople.Zhou);
        // The same number: the register has one person twice, and the second entry is a supervisor.
        await hele.GivePhone(ConductSteps.Qian, Phone);
        var past = await hele.FileConduct(liu, TestPeople.Zhao);
        Assert.True((await Row(hele, past)).PastCommunity);
        Assert.False((await Row(hele, named)).PastCommunity);

        await hele.Grant(ma, he, await hele.PersonCode(TestPeople.Zhou), Role.Supervisor, "居务监督委员会委员");
        var zhou = await hele.Viewer(TestPeople.Zhou);
        Assert.Contains(zhou.Posts, p => p.Role == Role.Supervisor);
        Assert.DoesNotContain(named, await Seen(hele, zhou));
        Assert.Equal([AppealProblems.NotFound], (await hele.Accept(zhou, named)).Problems);
        Assert.Empty(await hele.Query<DayQueries, IReadOnlyList<DayItem>>(q => q.Of(zhou)));
        // Nor is it handed over to them, nor to anybody but a supervisor.
        var feng = await hele.Viewer(TestPeople.Feng);
        Assert.True((await hele.Accept(feng, named)).Accepted);
        var post = await hele.PostCode(TestPeople.Feng);
        var supervisors = await hele.Read(db => db.Set<Post>().Where(p => p.Role == Role.Supervisor && p.PersonId == zhou.PersonId).Select(p => p.PublicCode).SingleAsync());
        Assert.Equal([PostProblems.SuccessorUnfit], (await hele.End(he, post, supervisors)).Problems);
        Assert.Equal([PostProblems.SuccessorUnfit], (await hele.End(he, post, await hele.PostCode(TestPeople.Ma))).Problems);
        var detail = (await hele.Query<PostQueries, PostView?>(q => q.Find(he, post)))!;
        Assert.Equal(ConductSteps.Qian.Name, Assert.Single(detail.Successors).Person);
        Assert.All(detail.Hanging, h => Assert.False(h.MayOpen));
        Assert.True((await hele.End(he, post, await hele.PostCode(ConductSteps.Qian))).Accepted);
        Assert.Equal(qian.Posts[0].PostId, (await Row(hele, named)).HandlerPostId);
        // An ordinary matter goes to no supervisor.
        var zhao = await hele.Viewer(TestPeople.Zhao);
        Assert.True((await hele.Accept(zhao, await hele.FileAppeal(liu))).Accepted);
        Assert.Equal([PostProblems.SuccessorUnfit], (await hele.End(he, await hele.PostCode(TestPeople.Zhao), await hele.PostCode(ConductSteps.Qian))).Problems);
        (await hele.Verify()).AssertGreen();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Lead_IsNotStored_ByAspectEver_ByWordsUnlessTheySayItIsNone(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var liu = await hele.Viewer(TestPeople.Liu);
        var size = (await hele.Verify()).Jurisdictions.Single(j => j.Code == TestInstallation.HexiCode).Entries;
        foreach (var notALead in new[] { false, true })
            Assert.Equal([ConductProblems.Lead], (await hele.TryConduct(liu, [TestPeople.Zhou], "lead", "说了一件事", notALead)).Problems);
        var asked = Assert.Single((await hele.TryConduct(liu, [TestPeople.Zhou], text: "有人说他收 了回扣。")).Problems);
        Assert.Equal("conduct.looks-like-lead", asked.Code);
        Assert.Contains("回扣", asked.Sentence.Zh, StringComparison.Ordinal);
        Assert.Equal(size, (await hele.Verify()).Jurisdictions.Single(j => j.Code == TestInstallation.HexiCode).Entries);
        Assert.Equal(0, await hele.Read(db => db.Set<Appeal>().CountAsync()));
        Assert.Equal(0, await hele.Read(db => db.Set<AcceptedOperation>().CountAsync(o => o.AccountId == liu.AccountId)));
        Assert.True((await hele.TryConduct(liu, [TestPeople.Zhou], text: "有人说他收 了回扣。", notALead: true)).Accepted);

        Assert.Equal(["conduct.about-missing", "conduct.aspect-missing", "conduct.text-missing"],
            (await hele.Get<FileConduct>().Run(liu, liu.Act(AppealAccess.File, Guid.NewGuid()), new([], false, null, " "))).Problems.Select(p => p.Code));
        Assert.Equal([ConductProblems.PostUnknown], (await hele.Get<FileConduct>().Run(liu, liu.Act(AppealAccess.File, Guid.NewGuid()), new(["2222-3333-4444"], false, "other", "说了一件事"))).Problems);
        Assert.Equal([AppealProblems.KindMissing], (await hele.Get<FileAppeal>().Run(liu.Act(AppealAccess.File, Guid.NewGuid()), new("conduct", "态度", "不好", "大厅"))).Problems);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task NoSupervisorButTheAppellant_GoesToTheStreet_AndTheNamedFindNothingInTheirData(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (feng, liu, zhou) = (await hele.Viewer(TestPeople.Feng), await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Zhou));
        var own = await hele.FileConduct(feng, TestPeople.Ma);
        Assert.True((await Row(hele, own)).PastCommunity);
        // With another supervisor it is theirs, and not the appellant's own to handle.
        var qian = await hele.SecondSupervisor();
        var second = await hele.FileConduct(feng, TestPeople.Ma);
        Assert.Equal((false, qian.Posts[0].PostId), ((await Row(hele, second)).PastCommunity, (await Row(hele, second)).AssignedPostId));
        Assert.Equal([AppealProblems.NotFound], (await hele.Accept(feng, second)).Problems);
        Assert.Empty(await hele.Query<DayQueries, IReadOnlyList<DayItem>>(q => q.Of(feng)));

        await hele.FileConduct(liu, TestPeople.Zhou);
        async Task<int> Named(Viewer viewer) => (await hele.Query<MyData, HeldAbout?>(q => q.Find(viewer, null)))!.Rows.Count(r => r.Title.En == "Whom complaints about conduct name");
        Assert.Equal((0, 1), (await Named(zhou), await Named(liu)));
        // What it says stands in no index; its number does.
        var number = (await Row(hele, second)).Number;
        Assert.Equal([number], await hele.Read(db => db.Set<Appeal>().Where(a => a.PublicCode == second).Select(a => a.Year + "-" + a.Serial.ToString().PadLeft(6, '0')).ToListAsync()));
        async Task<int> Found(Viewer viewer, string words) => (await hele.Query<AppealQueries, Page<AppealLine>>(q => q.List(viewer, new(Search: words), new(2026, 10, 30)))).Rows.Count;
        Assert.Equal((0, 1, 0), (await Found(qian, "话说得很难听"), await Found(qian, number), await Found(zhou, number)));
        (await hele.Verify()).AssertGreen();
    }

    /// <summary>Others may not learn that it is there: it isn't shown to the public, not offered to join, not found by any narrowing, and whoever it names is told nothing of it.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task NeverJoined_NeverPublic_FoundByNoNarrowing_AndTheNamedAreNotTold(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, feng, zhou, zhao, chen) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Feng), await hele.Viewer(TestPeople.Zhou), await hele.Viewer(TestPeople.Zhao), await hele.Viewer(TestPeople.Chen));
        var code = await hele.FileConduct(liu, TestPeople.Zhou, TestPeople.Zhao);
        // Also the clerk's own: even where they see it, they review and join nothing of the kind.
        var own = await hele.FileConduct(zhou, TestPeople.Ma);
        Assert.True((await hele.Accept(feng, code)).Accepted);
        Assert.True((await hele.Answer(feng, code, "已当面谈话。")).Accepted);

        foreach (var viewer in new[] { zhou, feng, await hele.Viewer(TestPeople.Ma), liu })
        {
            foreach (var matter in new[] { code, own })
                Assert.False((await hele.Get<PublishAppeal>().Run(viewer, viewer.Act(PublicationAccess.Review, Guid.NewGuid()), new(matter, "公开的标题", "公开的答复", PublicPlaceLevel.Community, 1, Checked: true))).Accepted);
            Assert.DoesNotContain((await hele.Query<PublicationQueries, Page<ReviewLine>>(q => q.List(viewer, null, null, null))).Rows, r => r.Code == code || r.Code == own);
        }
        Assert.Equal(0, await hele.Read(db => db.Set<AppealPublication>().CountAsync()));
        Assert.Empty((await hele.Query<PublicQueries, Page<PublicMatter>>(q => q.List(new(Kind: FileConduct.Kind)))).Rows);
        Assert.Empty(await hele.Query<JoinQueries, IReadOnlyList<PublicMatter>>(q => q.Offers(chen, FileConduct.Kind, null, null, "")));
        Assert.Equal([JoiningProblems.Gone], (await hele.Get<JoinAppeal>().Run(chen.Act(JoiningAccess.Join, Guid.NewGuid()), new(code, null))).Problems);
        Assert.Equal([JoiningProblems.Gone], (await hele.Get<JoinAppeal>().Run(zhou.Act(AppealAccess.TakeDown, Guid.NewGuid()), new(code, null) { Channel = Channel.Phone, Name = "王桂兰" })).Problems);
        Assert.Equal([AppealProblems.NotFound], (await hele.Get<CorrectKind>().Run(feng, feng.Act(PublicationAccess.CorrectKind, Guid.NewGuid()), new(code, "noise", "不是这一类"))).Problems);
        var ordinary = await hele.FileAppeal(liu);
        Assert.Equal([AppealProblems.KindMissing], (await hele.Get<CorrectKind>().Run(zhou, zhou.Act(PublicationAccess.CorrectKind, Guid.NewGuid()), new(ordinary, FileConduct.Kind, "是这一类"))).Problems);

        var number = (await Row(hele, code)).Number;
        foreach (var filter in new AppealFilter[] { new(Search: number), new(Search: code), new(Search: "当面谈话"), new(Search: "周丽华"), new(Kind: FileConduct.Kind), new(AppealState.Answered), new(AppealState.Answered, Search: number), new(Channel: Channel.Web), new(LateOnly: true) })
        {
            foreach (var viewer in new[] { zhao, zhou, await hele.Viewer(TestPeople.Ma), chen })
                Assert.DoesNotContain((await hele.Query<AppealQueries, Page<AppealLine>>(q => q.List(viewer, filter, new(2027, 10, 30)))).Rows, r => r.Code == code);
        }
        Assert.Contains((await hele.Query<AppealQueries, Page<AppealLine>>(q => q.List(feng, new(AppealState.Answered, Search: number), new(2027, 10, 30)))).Rows, r => r.Code == code);

        // Counted; which one it is, its code would tell whoever puts it into the look-up of receipts.
        var counted = await hele.Query<Civic.Platform.Figures.FigureReader, IReadOnlyList<Civic.Platform.Figures.FigureRecord>>(q => q.Records(AppealFigures.Filed, Period.Month(2026, 10), 0, 100));
        Assert.Equal(["", "", ordinary], counted.Select(r => r.Code).Order(StringComparer.Ordinal));
        Assert.Equal(liu.PersonId, Assert.Single(await hele.Read(db => db.Set<Civic.Platform.Notices.Notice>().Where(n => n.Kind == AppealEvents.Answered.Code).ToListAsync())).PersonId);
        Assert.Equal(0, await hele.Read(db => db.Set<Civic.Platform.Notices.Notice>().CountAsync(n => n.PersonId != liu.PersonId)));
        (await hele.Verify()).AssertGreen();
    }
}
