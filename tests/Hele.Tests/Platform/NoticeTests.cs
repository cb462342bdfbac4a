using Hele.Civic.Appeals;
using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Notices;
using Hele.Civic.Platform.Storage;
using Hele.TestKit;
using Hele.Tests.Feedback;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Hele.Tests.Platform;

/// <summary>Somebody who waits for something is told of it once, in the transaction in which it happens, and nobody else is.</summary>
public class NoticeTests
{
    private static readonly DateOnly Friday = new(2026, 10, 30);

    private static Task<List<Notice>> Rows(TestInstallation hele, int jurisdiction = TestInstallation.Hexi) => hele.Read(db => db.Set<Notice>().OrderBy(n => n.LeafIndex).ToListAsync(), jurisdiction);

    private static async Task<int> Unread(TestInstallation hele, Viewer viewer) => NoticeQueries.Count(await hele.Query<NoticeQueries, IReadOnlyList<UnreadNotice>>(q => q.Unread(viewer), viewer.JurisdictionId));

    private static Task<NoticeBoard> Board(TestInstallation hele, Viewer viewer) => hele.Query<NoticeQueries, NoticeBoard>(q => q.Board(viewer), viewer.JurisdictionId);

    private static Task<Problem?> Choose(TestInstallation hele, Viewer viewer, string group, NoticeWay? way) => hele.Get<KeepNotices>().Choose(viewer, new Dictionary<string, NoticeWay?> { [group] = way });

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Answer_IsToldOnce_ToWhoeverWaitsForIt(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, zhou) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Zhou));
        var code = await hele.FileAppeal(liu);
        Assert.Empty(await Rows(hele));
        Assert.True((await hele.Accept(zhou, code)).Accepted);

        var operation = Guid.NewGuid();
        Task<Outcome> Send() => hele.Get<AnswerAppeal>().Run(zhou, zhou.Act(AppealAccess.Answer, operation), new(code, "灯已经换好。"));
        var both = await Task.WhenAll(Send(), Send());
        Assert.All(both, o => Assert.True(o.Accepted));
        Assert.True((await Send()).Replayed);

        var rows = await Rows(hele);
        Assert.Equal(["appeal.accepted", "appeal.answered"], rows.Select(r => r.Kind));
        Assert.All(rows, r => Assert.Equal((liu.PersonId, code, Friday, false), (r.PersonId, r.Code, r.Day, r.IsRead)));
        // Each points to the entry that is its cause.
        foreach (var row in rows)
            Assert.Equal(row.Kind, await hele.Read(db => db.Set<JournalRow>().Where(j => j.LeafIndex == row.LeafIndex).Select(j => j.Kind).SingleAsync()));

        var line = Assert.Single(Assert.Single((await Board(hele, liu)).Unread).Lines);
        Assert.Equal(("楼道灯不亮", typeof(Appeal), code), (line.Title?.Zh, line.Record, line.Code));
        foreach (var other in new[] { zhou, await hele.Viewer(TestPeople.Chen), await hele.Viewer(TestPeople.Liu, TestInstallation.Other) })
            Assert.Equal(0, await Unread(hele, other));
        Assert.Empty(await Rows(hele, TestInstallation.Other));
        Assert.True((await hele.Get<LogVerification>().Run()).IsGreen);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task RefusedAct_AndWhatOneDidOneself_TellNobody(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, zhou) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Zhou));
        var code = await hele.FileAppeal(liu);
        Assert.False((await hele.Answer(zhou, code)).Accepted);
        Assert.False((await hele.Refuse(zhou, code, text: "")).Accepted);
        Assert.True((await hele.WithdrawAppeal(liu, code)).Accepted);
        Assert.Empty(await Rows(hele));
        // The same written down by somebody else is told: a withdrawal nobody meant must not pass unseen.
        Assert.True((await hele.Resume(liu, code)).Accepted);
        var other = await hele.Viewer(TestPeople.Ma);
        Assert.True((await hele.WithdrawAppeal(other, code, "电话里说不用了", atCounter: true)).Accepted);
        Assert.Equal(["appeal.withdrawn"], (await Rows(hele)).Select(r => r.Kind));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Digest_IsOneLineFromTheHourOfTheRule(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, zhou) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Zhou));
        foreach (var title in new[] { "楼道灯不亮", "井盖坏了", "树枝挡窗" })
            Assert.True((await hele.Accept(zhou, await hele.FileAppeal(liu, title))).Accepted);
        Assert.Equal(3, (await Rows(hele)).Count);
        Assert.Equal(0, await Unread(hele, liu));
        hele.Clock.MoveTo(China.At(Friday.AddDays(1), new TimeOnly(7, 59)));
        Assert.Equal(0, await Unread(hele, liu));
        hele.Clock.MoveTo(China.At(Friday.AddDays(1), new TimeOnly(8, 0)));
        Assert.Equal(1, await Unread(hele, liu));
        var day = Assert.Single((await Board(hele, liu)).Unread);
        Assert.Equal((Friday, 0, 3), (day.Day, day.Lines.Count, day.Digest));
        Assert.Equal(["楼道灯不亮", "井盖坏了", "树枝挡窗"], (await hele.Query<NoticeQueries, IReadOnlyList<NoticeLine>>(q => q.Digest(liu, Friday))).Select(l => l.Title?.Zh));
        Assert.Empty(await hele.Query<NoticeQueries, IReadOnlyList<NoticeLine>>(q => q.Digest(zhou, Friday)));

        await hele.Get<KeepNotices>().DigestOpened(zhou, Friday);
        Assert.Equal(1, await Unread(hele, liu));
        await hele.Get<KeepNotices>().DigestOpened(liu, Friday);
        Assert.Equal(0, await Unread(hele, liu));
        Assert.Equal(3, Assert.Single((await Board(hele, liu)).Read).Digest);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task AskedAgain_ComesOnItsDay_AndGoesWithTheLastOne(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, zhou) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Zhou));
        var code = await hele.FileAppeal(liu);
        await hele.Accept(zhou, code);
        await hele.Answer(zhou, code);
        Assert.True((await hele.Judge(liu, code, satisfied: true)).Accepted);
        await hele.Get<KeepNotices>().AllRead(liu, hele.Clock.Now());
        var (from, until) = await hele.Read(db => db.Set<Appeal>().Where(a => a.PublicCode == code).Select(a => new ValueTuple<DateOnly, DateOnly>(a.AskAgainOn!.Value, a.AskAgainUntil!.Value)).SingleAsync());
        Assert.Equal(Friday.AddDays(28), from);
        hele.Clock.MoveTo(China.At(from).AddMinutes(-1));
        await hele.Get<KeepNotices>().AllRead(liu, hele.Clock.Now());
        Assert.Equal(0, await Unread(hele, liu));
        hele.Clock.MoveTo(China.At(from));
        Assert.Equal(1, await Unread(hele, liu));
        hele.Clock.MoveTo(China.At(until, new TimeOnly(23, 59)));
        Assert.Equal(1, await Unread(hele, liu));
        hele.Clock.MoveTo(China.At(until.AddDays(1)));
        Assert.Equal(0, await Unread(hele, liu));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task FromAbove_IsToldInTheCommunity(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, zhou, tang) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Ma), await hele.Viewer(TestPeople.Tang, TestInstallation.Street));
        var code = await hele.FileAppeal(liu);
        await hele.Accept(zhou, code);
        Assert.True((await hele.ReferUp(zhou, code)).Accepted);
        Assert.True((await hele.ReturnFromAbove(tang, await hele.ReferralOf(code))).Accepted);
        Assert.True((await hele.ReferUp(zhou, code)).Accepted);
        var (referral, operation) = (await hele.ReferralOf(code), Guid.NewGuid());
        Assert.True((await hele.AnswerFromAbove(tang, referral, operation: operation)).Accepted);
        Assert.True((await hele.AnswerFromAbove(tang, referral, operation: operation)).Replayed);
        Assert.Equal(["appeal.accepted", "appeal.referred-up", "appeal.returned-from-above", "appeal.referred-up", "appeal.answered-from-above"], (await Rows(hele)).Select(r => r.Kind));
        Assert.Empty(await Rows(hele, TestInstallation.Street));
        Assert.Equal(1, await Unread(hele, liu));
        Assert.True((await hele.Get<LogVerification>().Run()).IsGreen);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Choice_HoldsFromThenOn_AndWhatMustBeToldCantBeRefused(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, zhou) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Zhou));
        Assert.Equal("notices.unknown-choice", (await Choose(hele, liu, "appeal.decisions", NoticeWay.Off))?.Code);
        Assert.Equal("notices.unknown-choice", (await Choose(hele, liu, "no-group", NoticeWay.AtOnce))?.Code);
        Assert.Equal("notices.unknown-choice", (await Choose(hele, liu, "appeal.progress", null))?.Code);
        Assert.Equal("notices.unknown-choice", (await Choose(hele, liu, "appeal.progress", (NoticeWay)9))?.Code);
        var code = await hele.FileAppeal(liu);
        Assert.Null(await Choose(hele, liu, "appeal.progress", NoticeWay.Off));
        await hele.Accept(zhou, code);
        Assert.Empty(await Rows(hele));
        Assert.Null(await Choose(hele, liu, "appeal.decisions", NoticeWay.Digest));
        await hele.Answer(zhou, code);
        Assert.Equal(0, await Unread(hele, liu));
        // Another resident's is theirs.
        var chen = await hele.Viewer(TestPeople.Chen);
        var theirs = await hele.FileAppeal(chen, "井盖坏了");
        Assert.Null(await Choose(hele, chen, "appeal.progress", NoticeWay.AtOnce));
        await hele.Accept(zhou, theirs);
        Assert.Equal(1, await Unread(hele, chen));
        var mine = (await hele.Query<NoticeQueries, IReadOnlyList<ChosenWay>>(q => q.Choices(liu))).ToDictionary(c => c.Group.Code, c => c.Way);
        Assert.Equal((NoticeWay.Off, NoticeWay.Digest), (mine["appeal.progress"], mine["appeal.decisions"]));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task WhoeverLeftOrWasErased_IsToldNothing(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, chen, zhou, ma) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Chen), await hele.Viewer(TestPeople.Zhou), await hele.Viewer(TestPeople.Ma));
        var code = await hele.FileAppeal(liu);
        var theirs = await hele.FileAppeal(chen, "井盖坏了");
        await hele.Accept(zhou, theirs);
        await hele.Answer(zhou, theirs);
        await Choose(hele, chen, "appeal.progress", NoticeWay.Off);
        var people = await hele.Read(db => db.Set<Person>().ToDictionaryAsync(p => p.Id, p => p.PublicCode));
        Assert.True((await hele.Get<PersonLeft>().Run(ma, ma.Act(PeopleAccess.Correct, Guid.NewGuid()), new(people[liu.PersonId], Friday))).Accepted);
        await hele.Accept(zhou, code);
        Assert.DoesNotContain(await Rows(hele), r => r.PersonId == liu.PersonId);

        // A granted deletion: what they were told goes with the rest, and of the erasure itself nothing is left behind.
        var asked = await hele.Get<AskAboutData>().Run(chen, chen.Act(PeopleAccess.OwnData, Guid.NewGuid()), new(people[chen.PersonId], DataRequestKind.Deletion, null));
        Assert.Equal(2, (await Rows(hele)).Count);
        Assert.True((await hele.Get<AnswerDataRequest>().Run(ma, ma.Act(PeopleAccess.AnswerRequest, Guid.NewGuid()), new(asked.Code!, true, "已删除。"))).Accepted);
        Assert.Empty(await Rows(hele));
        Assert.Equal(0, await hele.Read(db => db.Set<NoticeChoice>().CountAsync()));
        Assert.True((await hele.Get<LogVerification>().Run()).IsGreen);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Answers_ToDataRequestsAndFeedback_AreTold(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, ma, sun) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Ma), await hele.Viewer(TestPeople.Sun));
        var me = await hele.Read(db => db.Set<Person>().Where(p => p.Id == liu.PersonId).Select(p => p.PublicCode).SingleAsync());
        var asked = await hele.Get<AskAboutData>().Run(liu, liu.Act(PeopleAccess.OwnData, Guid.NewGuid()), new(me, DataRequestKind.Explanation, "为什么存我的住址"));
        // Until then it waits in the day of whoever answers, and goes with the answer.
        Assert.Equal([TestPeople.Liu.Name], (await Day()).Select(i => i.Title.Zh));
        Assert.True((await hele.Get<AnswerDataRequest>().Run(ma, ma.Act(PeopleAccess.AnswerRequest, Guid.NewGuid()), new(asked.Code!, false, "第13条"))).Accepted);
        Assert.Empty(await Day());
        Assert.True((await hele.Reply(sun, (await hele.Say(liu)).Code!)).Accepted);
        Assert.Equal(["data-request.refused", "feedback.answered"], (await Rows(hele)).Select(r => r.Kind));
        Assert.Equal(2, await Unread(hele, liu));
        // Whoever isn't signed in can't be told, and nobody is told in their stead.
        Assert.True((await hele.Reply(sun, (await hele.Say(null)).Code!)).Accepted);
        Assert.Equal(2, (await Rows(hele)).Count);

        async Task<List<DayItem>> Day() => [.. (await hele.Query<DayQueries, IReadOnlyList<DayItem>>(q => q.Of(ma))).Where(i => i.Record == typeof(AnswerDataRequest))];
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task AllRead_LeavesWhatCameSince_AndOldOnesFallAway(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, zhou) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Zhou));
        var (code, other) = (await hele.FileAppeal(liu), await hele.FileAppeal(liu, "井盖坏了"));
        await hele.Accept(zhou, code);
        await hele.Answer(zhou, code);
        var seen = hele.Clock.Now();
        hele.Clock.MoveTo(seen.AddMinutes(5));
        Assert.True((await hele.Refuse(zhou, other)).Accepted);
        await hele.Get<KeepNotices>().AllRead(liu, seen);
        Assert.Equal(["appeal.refused"], (await hele.Query<NoticeQueries, IReadOnlyList<UnreadNotice>>(q => q.Unread(liu))).Select(n => n.Kind));

        hele.Clock.MoveTo(China.At(Friday.AddDays(90), new TimeOnly(9, 0)));
        Assert.Equal(0, await hele.Get<KeepNotices>().Sweep(TestInstallation.Hexi));
        hele.Clock.MoveTo(China.At(Friday.AddDays(91), new TimeOnly(9, 0)));
        Assert.Equal(0, await hele.Get<KeepNotices>().Sweep(TestInstallation.Other));
        Assert.Equal(3, await hele.Get<KeepNotices>().Sweep(TestInstallation.Hexi));
        Assert.Empty(await Rows(hele));
    }

    /// <summary>A notice stands on one event of one module; a kind that nobody records would never be told.</summary>
    [Fact]
    public void Declarations_AreOfKnownEvents_AndSayWhyTheyCantBeRefused()
    {
        var modules = Civic.Modules.All;
        Assert.All(modules.NoticeSources.Values, s => Assert.Same(s.Event, modules.Event(s.Event.Code)));
        Assert.Equal(modules.NoticeGroups.Count, modules.NoticeGroups.Select(g => g.Code).Distinct().Count());
        Assert.All(modules.NoticeGroups, g => Assert.True(g.Allows(g.Unless)));
        Assert.Equal(["appeal.decisions", "appeal.name", "data-request"], modules.NoticeGroups.Where(g => g.WhyNotOff is not null).Select(g => g.Code).Order(StringComparer.Ordinal));
    }
}
