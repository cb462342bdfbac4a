using Hele.Civic.Appeals;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Figures;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Notices;
using Hele.Civic.Platform.Storage;
using Hele.Civic.Kernel;
using Hele.TestKit;
using Hele.Tests.Appeals.Verdicts;
using Hele.Tests.Figures;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Hele.Tests.Appeals;

/// <summary>A matter is several people's: each judges, one dissatisfied opens it again, and nobody is in it twice.</summary>
public class JoiningTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Join_TwiceOrOnesOwn_IsRefused_AndAfterLeavingPossibleAgain(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, chen) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Chen));
        var (_, published) = await Public(hele);

        Assert.Equal("join.own", Assert.Single((await Join(hele, liu, published)).Problems).Code);
        var join = (await Join(hele, chen, published)).Code!;
        Assert.Equal("join.already", Assert.Single((await Join(hele, chen, published)).Problems).Code);
        Assert.Null(await hele.Query<JoinQueries, JoinView?>(q => q.Find(liu, join)));
        Assert.Equal("join.not-found", Assert.Single((await Leave(hele, liu, join)).Problems).Code);

        Assert.True((await Leave(hele, chen, join)).Accepted);
        Assert.Empty(await hele.Query<JoinQueries, IReadOnlyList<JoinLine>>(q => q.Own(chen)));
        Assert.True((await Join(hele, chen, published)).Accepted);
    }

    /// <summary>What the first filer wrote isn't in what a joiner reads, and a joiner's words aren't in what the filer reads.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Find_ShowsThePublicFieldsAndOnesOwnWords_AndNothingOfTheFiler(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, chen) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Chen));
        var (code, published) = await Public(hele);
        var join = (await Join(hele, chen, published, "我家门口也不亮")).Code!;

        var view = await hele.Query<JoinQueries, JoinView?>(q => q.Find(chen, join));
        Assert.Equal(("公开的标题", "我家门口也不亮"), (view!.Matter!.Title, view.Words));
        Assert.Null(await hele.Query<AppealQueries, AppealView?>(q => q.Find(chen, code)));
        Assert.DoesNotContain("我家门口", System.Text.Json.JsonSerializer.Serialize(await hele.Query<AppealQueries, AppealView?>(q => q.Find(liu, code)), Plain), StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Judge_DissatisfiedAfterTheFilerWasSatisfied_OpensItAgain_AndTheFiguresOfEachDayHold(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, zhao, chen) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Zhao), await hele.Viewer(TestPeople.Chen));
        var (code, published) = await Public(hele);
        var join = (await Join(hele, chen, published)).Code!;
        Assert.Equal("appeal.not-now", Assert.Single((await Judge(hele, chen, join, false)).Problems).Code);
        await hele.Answer(zhao, code);
        Assert.True((await Judge(hele, liu, code, own: true, satisfied: true)).Accepted);
        Assert.Equal(AppealState.Satisfied, await State(hele, code));
        Assert.Equal(0, await Open(hele, 10));

        hele.MoveTo(2026, 11, 10);
        Assert.True((await Judge(hele, chen, join, false)).Accepted);
        Assert.Equal(AppealState.Reopened, await State(hele, code));
        Assert.Equal((0, 1), (await Open(hele, 10), await Open(hele, 11)));
        Assert.Equal("appeal.not-now", Assert.Single((await Judge(hele, chen, join, false)).Problems).Code);

        await hele.Answer(zhao, code);
        Assert.True((await Judge(hele, chen, join, true)).Accepted);
        Assert.Equal("join.judged-already", Assert.Single((await Judge(hele, chen, join, false)).Problems).Code);
        Assert.Equal((AppealState.Answered, 1), (await State(hele, code), await Open(hele, 11)));
        Assert.True((await Judge(hele, liu, code, own: true, satisfied: true)).Accepted);
        Assert.Equal((AppealState.Satisfied, 0), (await State(hele, code), await Open(hele, 11)));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Withdraw_WhileOthersJoined_GoesOnForThem_AndTheirWordClosesIt(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, zhao, chen) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Zhao), await hele.Viewer(TestPeople.Chen));
        var (code, published) = await Public(hele);
        var join = (await Join(hele, chen, published)).Code!;
        Assert.True((await hele.Get<WithdrawAppeal>().Run(liu, liu.Act(AppealAccess.Withdraw, Guid.NewGuid()), new(code, "我搬走了"))).Accepted);
        Assert.Equal((AppealState.Accepted, 1), (await State(hele, code), await Open(hele, 10)));

        await hele.Answer(zhao, code);
        Assert.False((await Judge(hele, liu, code, own: true, satisfied: true)).Accepted);
        Assert.True((await Judge(hele, chen, join, true)).Accepted);
        Assert.Equal((AppealState.Satisfied, 0), (await State(hele, code), await Open(hele, 10)));
    }

    /// <summary>A verdict on paper is entered by a colleague who had no hand in the matter.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Judge_OnPaper_ByTheHandler_IsRefused_ByAColleagueIsMarked(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (zhao, zhou, chen) = (await hele.Viewer(TestPeople.Zhao), await hele.Viewer(TestPeople.Zhou), await hele.Viewer(TestPeople.Chen));
        var (code, published) = await Public(hele);
        var join = (await hele.Get<JoinAppeal>().Run(zhou.Act(AppealAccess.TakeDown, Guid.NewGuid()), new(published, "楼上也黑") { Channel = Channel.Counter, Name = "王桂兰" })).Code!;
        await hele.Answer(zhao, code);
        Assert.Equal("appeal.handler-cant-judge", Assert.Single((await Paper(zhao)).Problems).Code);
        Assert.Equal("join.not-found", Assert.Single((await Paper(chen)).Problems).Code);
        var view = (await hele.Query<AppealQueries, AppealView?>(q => q.Find(zhou, code)))!;
        Assert.Equal(("王桂兰", "楼上也黑", true), (view.Joiners[0].Who, view.Joiners[0].Words, view.Joiners[0].MayEnterVerdict));
        Assert.True((await Paper(zhou)).Accepted);
        Assert.Equal((Channel.Paper, zhou.Posts[0].PostId), await hele.Read(async db => await db.Set<AppealVerdict>().Select(v => new ValueTuple<Channel, Guid?>(v.Channel, v.EnteredByPostId)).SingleAsync()));

        Task<Outcome> Paper(Viewer viewer) => hele.Get<JudgeJoined>().Run(viewer, viewer.Act(AppealAccess.EnterVerdict, Guid.NewGuid()), new(join, true, null, OnPaper: true));
    }

    /// <summary>A verdict entered for somebody who joined has a paper like the filer's: with its code it is struck, and the matter stands where it stood before.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Judge_EnteredForAJoiner_HasAPaper_AndContestedLeadsBack(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, zhao, zhou, ma, chen) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Zhao), await hele.Viewer(TestPeople.Zhou), await hele.Viewer(TestPeople.Ma), await hele.Viewer(TestPeople.Chen));
        var (code, published) = await Public(hele);
        var join = (await Join(hele, chen, published)).Code!;
        await hele.Answer(zhao, code);
        Assert.True((await Enter(zhou, false)).Accepted);
        var first = await hele.Read(db => db.Set<AppealVerdict>().SingleAsync());
        Assert.Equal((Channel.Phone, new DateOnly(2026, 11, 13)), (first.Channel, first.ContestUntil));
        var paper = (await hele.Query<JoinQueries, JoinPaper?>(q => q.Paper(chen, join)))!;
        Assert.Equal((first.PaperCode, "公开的标题", null), (paper.Verdict!.PaperCode, paper.Title, paper.Matter));
        Assert.Equal(code, (await hele.Query<JoinQueries, JoinPaper?>(q => q.Paper(zhou, join)))!.Matter);
        Assert.Null((await hele.Query<JoinQueries, JoinPaper?>(q => q.Paper(zhao, join)))!.Verdict);
        Assert.Null(await hele.Query<JoinQueries, JoinPaper?>(q => q.Paper(liu, join)));
        Assert.Equal("", (await hele.Get<FindEnteredVerdict>().Find(first.PaperCode!))!.Number);

        // Nobody had been satisfied: it waits for verdicts again, and the joiner judges the same answer.
        Assert.True((await hele.ContestByPaper(first.PaperCode!)).Accepted);
        Assert.Equal((AppealState.Answered, true), (await State(hele, code), (await hele.Query<JoinQueries, JoinView?>(q => q.Find(chen, join)))!.Asks));
        Assert.Equal([join], await hele.Read(db => db.Set<Notice>().Where(n => n.Kind == "appeal.joined-verdict-contested" && n.PersonId == chen.PersonId).Select(n => n.Code).ToListAsync()));
        Assert.True((await Judge(hele, liu, code, own: true, satisfied: true)).Accepted);
        Assert.True((await Enter(zhou, false)).Accepted);
        Assert.Equal((AppealState.Reopened, 1), (await State(hele, code), await Open(hele, 11)));

        // Struck at the counter by somebody who neither handled nor entered it, it is closed again by the filer's word, and the filer will be asked again.
        Assert.Equal("appeal.handler-cant-speak", Assert.Single((await Counter(zhao)).Problems).Code);
        Assert.Equal("appeal.enterer-cant-contest", Assert.Single((await Counter(zhou)).Problems).Code);
        Assert.Empty(await hele.Read(db => db.Set<Notice>().Where(n => n.Kind == "appeal.judged-satisfied").ToListAsync()));
        Assert.True((await Counter(ma)).Accepted);
        var row = await hele.Read(db => db.Set<Appeal>().SingleAsync());
        Assert.Equal((AppealState.Satisfied, null, new DateOnly(2026, 11, 27), 0L), (row.State, row.DueOn, row.AskAgainOn, await Open(hele, 11)));
        Assert.Equal([(liu.PersonId, row.AskAgainOn!.Value)], (await hele.Read(db => db.Set<Notice>().Where(n => n.Kind == "appeal.joined-verdict-contested-closed").ToListAsync())).Select(n => (n.PersonId, n.Day)));
        Assert.True((await hele.Get<LogVerification>().Run()).IsGreen);

        Task<Outcome> Enter(Viewer viewer, bool satisfied) => hele.Get<JudgeJoined>().Run(viewer, viewer.Act(AppealAccess.EnterVerdict, Guid.NewGuid()), new(join, satisfied, satisfied ? null : "没好") { ByPhone = true });
        Task<Outcome> Counter(Viewer viewer) => hele.Get<ContestVerdict>().Run(viewer, viewer.Act(AppealAccess.SpeakFor, Guid.NewGuid()), new("", null, AtCounter: true) { Join = join });
    }

    /// <summary>Everybody whose matter it is hears of an answer, of its being opened again and of an open disagreement, each by their own page and once; what one said oneself one isn't told.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Answer_OpeningAgain_AndDisagreement_AreToldToEachOnce(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, zhao, chen, wang) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Zhao), await hele.Viewer(TestPeople.Chen), await hele.Viewer(TestPeople.Sun));
        var (code, published) = await Public(hele);
        var (one, two) = ((await Join(hele, chen, published)).Code!, (await Join(hele, wang, published)).Code!);
        await hele.Answer(zhao, code);
        Assert.Equal([(liu.PersonId, code), (chen.PersonId, one), (wang.PersonId, two)], await Told("appeal.answered"));
        var line = Assert.Single((await hele.Query<NoticeQueries, NoticeBoard>(q => q.Board(chen))).Unread.SelectMany(d => d.Lines));
        Assert.Equal(("公开的标题", typeof(AppealJoin), one), (line.Title?.Zh, line.Record, line.Code));

        Assert.True((await Judge(hele, chen, one, false)).Accepted);
        Assert.Equal([(liu.PersonId, code), (wang.PersonId, two)], await Told("appeal.joined-dissatisfied"));
        // Nobody is told that the community wrote down what somebody else said themselves.
        Assert.Empty(await Told("verdict.given"));
        await hele.Answer(zhao, code);
        Assert.True((await Judge(hele, liu, code, false, own: true)).Accepted);
        Assert.Equal([(chen.PersonId, one), (wang.PersonId, two)], [.. await Told("appeal.judged-dissatisfied"), .. await Told("appeal.judged-disagreed")]);
        Assert.True((await hele.Get<LogVerification>().Run()).IsGreen);

        Task<List<(Guid, string)>> Told(string what) => hele.Read(async db => (await db.Set<Notice>().Where(n => n.Kind == what).ToListAsync())
            .OrderBy(n => n.PersonId == liu.PersonId ? 0 : n.PersonId == chen.PersonId ? 1 : 2).Select(n => (n.PersonId, n.Code)).ToList());
    }

    private static readonly System.Text.Json.JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A matter of Liu's, accepted by Zhao and made public by Ma.</summary>
    private static async Task<(string Code, string Published)> Public(TestInstallation hele)
    {
        var code = await hele.FileAppeal(await hele.Viewer(TestPeople.Liu));
        await hele.Accept(await hele.Viewer(TestPeople.Zhao), code);
        Assert.True((await hele.Publish(await hele.Viewer(TestPeople.Ma), code, "公开的标题")).Accepted);
        return (code, (await hele.Publication(code)).PublicCode);
    }

    private static Task<Outcome> Join(TestInstallation hele, Viewer viewer, string published, string? words = null) => hele.Get<JoinAppeal>().Run(viewer.Act(JoiningAccess.Join, Guid.NewGuid()), new(published, words));

    private static Task<Outcome> Leave(TestInstallation hele, Viewer viewer, string join) => hele.Get<LeaveAppeal>().Run(viewer, viewer.Act(JoiningAccess.Leave, Guid.NewGuid()), new(join));

    private static Task<Outcome> Judge(TestInstallation hele, Viewer viewer, string code, bool satisfied, bool own = false) => own
        ? hele.Get<JudgeAppeal>().Run(viewer, viewer.Act(AppealAccess.Judge, Guid.NewGuid()), new(code, satisfied, satisfied ? null : "还是不亮"))
        : hele.Get<JudgeJoined>().Run(viewer, viewer.Act(JoiningAccess.Judge, Guid.NewGuid()), new(code, satisfied, satisfied ? null : "还是不亮"));

    private static Task<AppealState> State(TestInstallation hele, string code) => hele.Read(db => db.Set<Appeal>().Where(a => a.PublicCode == code).Select(a => a.State).SingleAsync());

    private static async Task<long> Open(TestInstallation hele, int month) => (await hele.Numbers(Period.Month(2026, month)))["appeals.open"];
}
