using Hele.Civic.Appeals;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Figures;
using Hele.Civic.Platform.Notices;
using Hele.Civic.Platform.Storage;
using Hele.TestKit;
using Hele.Tests.Figures;
using Hele.Tests.Grids;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Hele.Tests.Appeals;

/// <summary>Two residents filed the same thing: handled as one, judged by each, and taken apart again while nothing was answered.</summary>
public class MergingTests
{
    private static readonly System.Text.Json.JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Merge_EachIsToldAndJudges_OneDissatisfiedOpensItAgain_AndNobodyReadsTheOther(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, zhao, zhou, chen) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Zhao), await hele.Viewer(TestPeople.Zhou), await hele.Viewer(TestPeople.Chen));
        var (earlier, later) = await Two(hele);
        Assert.Equal(2, await Open(hele));
        var merged = await Merge(hele, zhou, later, earlier);
        Assert.True(merged.Accepted);
        Assert.Equal((AppealState.Merged, null), await At(hele, later));
        Assert.Equal((AppealState.Accepted, 1L), ((await At(hele, earlier)).State, await Open(hele)));
        var told = await hele.Read(db => db.Set<Notice>().Where(n => n.Kind == "appeal.merged" || n.Kind == "join.took-in").Select(n => new { n.PersonId, n.Code, n.Kind }).ToListAsync());
        Assert.Equal([(chen.PersonId, later, "appeal.merged"), (liu.PersonId, earlier, "join.took-in")], told.Select(n => (n.PersonId, n.Code, n.Kind)).OrderBy(n => n.Kind));

        // Each still opens their own by its code, and not the other's.
        var own = (await hele.Query<AppealQueries, AppealView?>(q => q.Find(chen, later)))!;
        Assert.Equal("晚来的标题", own.Title);
        Assert.Null(await hele.Query<AppealQueries, AppealView?>(q => q.Find(chen, earlier)));
        var join = (await hele.Query<JoinQueries, JoinView?>(q => q.Find(chen, own.JoinedAs!)))!;
        Assert.Equal(("公开的标题", later), (join.Matter!.Title, join.OwnMatter));
        Assert.DoesNotContain("先来的标题", System.Text.Json.JsonSerializer.Serialize(join, Plain), StringComparison.Ordinal);
        Assert.DoesNotContain("晚来的标题", System.Text.Json.JsonSerializer.Serialize(await hele.Query<AppealQueries, AppealView?>(q => q.Find(liu, earlier)), Plain), StringComparison.Ordinal);
        var joiner = Assert.Single((await hele.Query<AppealQueries, AppealView?>(q => q.Find(zhou, earlier)))!.Joiners);
        Assert.Equal((null, later), (joiner.Who, joiner.FromCode));
        Assert.Equal("join.is-merged", Assert.Single((await hele.Get<LeaveAppeal>().Run(chen, chen.Act(JoiningAccess.Leave, Guid.NewGuid()), new(join.Code))).Problems).Code);

        await hele.Answer(zhao, earlier);
        Assert.True((await hele.Judge(liu, earlier, true)).Accepted);
        Assert.Equal(0, await Open(hele));
        Assert.True((await hele.Get<JudgeJoined>().Run(chen, chen.Act(JoiningAccess.Judge, Guid.NewGuid()), new(join.Code, false, "我这边还是黑的"))).Accepted);
        Assert.Equal((AppealState.Reopened, AppealState.Merged, 1L), ((await At(hele, earlier)).State, (await At(hele, later)).State, await Open(hele)));
        Assert.Equal("merge.answered", await Refused(Split(hele, zhou, later)));
    }

    /// <summary>Split off, it has waited all that time: its clock counts from its own filing, or its own acceptance.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Split_BeforeAnAnswer_StandsWhereItStood_WithItsOwnClock(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (zhao, zhou, chen) = (await hele.Viewer(TestPeople.Zhao), await hele.Viewer(TestPeople.Zhou), await hele.Viewer(TestPeople.Chen));
        var (earlier, later) = await Two(hele);
        var filed = await At(hele, later);
        Assert.True((await Merge(hele, zhou, later, earlier)).Accepted);
        Assert.Equal("merge.why-missing", await Refused(Split(hele, zhou, later, "")));
        hele.Clock.MoveTo(hele.Clock.GetUtcNow().AddDays(3));
        Assert.True((await Split(hele, zhou, later)).Accepted);
        Assert.Equal(filed, await At(hele, later));
        Assert.Empty(await hele.Query<JoinQueries, IReadOnlyList<JoinLine>>(q => q.Own(chen)));
        Assert.Equal(2, await Open(hele));
        Assert.Equal("appeal.not-now", await Refused(Split(hele, zhou, later)));

        await hele.Accept(zhao, later);
        var accepted = await At(hele, later);
        Assert.True((await Merge(hele, zhou, later, earlier)).Accepted);
        hele.Clock.MoveTo(hele.Clock.GetUtcNow().AddDays(1));
        Assert.True((await Split(hele, zhou, later)).Accepted);
        Assert.Equal(accepted, await At(hele, later));
        Assert.Equal(zhao.Posts[0].PostId, await hele.Read(db => db.Set<Appeal>().Where(a => a.PublicCode == later).Select(a => a.HandlerPostId).SingleAsync()));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Withdraw_OfAMergedMatter_LeavesTheOther_AndTakenUpAgainItGoesByItself(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (zhou, chen) = (await hele.Viewer(TestPeople.Zhou), await hele.Viewer(TestPeople.Chen));
        var (earlier, later) = await Two(hele);
        Assert.True((await Merge(hele, zhou, later, earlier)).Accepted);
        Assert.True((await hele.WithdrawAppeal(chen, later, "不用了")).Accepted);
        Assert.Empty(await hele.Query<JoinQueries, IReadOnlyList<JoinLine>>(q => q.Own(chen)));
        Assert.Equal(1, await Open(hele));
        Assert.True((await hele.Resume(chen, later)).Accepted);
        Assert.Equal((AppealState.Filed, 2L), ((await At(hele, later)).State, await Open(hele)));
    }

    /// <summary>What one resident filed twice is one matter: they judge its answer once, as who filed it, and are no second person in any count.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Merge_OfTwoOfTheSamePerson_IsOneMatterWithOneVerdict(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, zhao, zhou) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Zhao), await hele.Viewer(TestPeople.Zhou));
        // Not even public: they read what is theirs.
        var earlier = await File(hele, liu, "一直停在门口", "parking");
        await hele.Accept(zhao, earlier);
        var (again, third) = (await File(hele, liu, "又停在门口", "parking"), await File(hele, liu, "还停在门口", "parking"));
        Assert.True((await Merge(hele, zhou, again, earlier)).Accepted);
        Assert.True((await Merge(hele, zhou, third, earlier)).Accepted);
        Assert.Equal(1L, await Open(hele));
        Assert.Empty(await hele.Query<JoinQueries, IReadOnlyList<JoinLine>>(q => q.Own(liu)));
        Assert.Equal([(again, "appeal.merged"), (third, "appeal.merged")], await hele.Read(async db => (await db.Set<Notice>().Where(n => n.Kind == "appeal.merged" || n.Kind == "join.took-in").OrderBy(n => n.LeafIndex).ToListAsync()).Select(n => (n.Code, n.Kind)).ToList()));
        Assert.Equal((earlier, null), await hele.Query<AppealQueries, (string?, string?)>(async q => (await q.Find(liu, again)) is { } own ? (own.MergedIntoOwn, own.JoinedAs) : default));
        Assert.Equal(0, (await hele.Query<AppealQueries, AppealView?>(q => q.Find(liu, earlier)))!.JoinedBy);
        Assert.All((await hele.Query<AppealQueries, AppealView?>(q => q.Find(zhou, earlier)))!.Joiners, j => Assert.Equal((true, false), (j.IsSamePerson, j.MayEnterVerdict)));

        // Split off and merged again, like any other.
        Assert.True((await Split(hele, zhou, third)).Accepted);
        Assert.True((await Merge(hele, zhou, third, earlier)).Accepted);
        await hele.Answer(zhao, earlier);
        Assert.Equal([earlier], await hele.Read(db => db.Set<Notice>().Where(n => n.Kind == "appeal.answered").Select(n => n.Code).ToListAsync()));
        Assert.True((await hele.Judge(liu, earlier, true)).Accepted);
        Assert.Equal((1, 0L), (await hele.Read(db => db.Set<AppealVerdict>().CountAsync()), await Open(hele)));
    }

    /// <summary>Whoever joined the earlier matter and filed their own beside it goes on judging as who joined; while theirs goes along they can't leave it.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Merge_IntoAMatterOneJoined_KeepsTheJoin(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (zhao, zhou, chen) = (await hele.Viewer(TestPeople.Zhao), await hele.Viewer(TestPeople.Zhou), await hele.Viewer(TestPeople.Chen));
        var (earlier, later) = await Two(hele);
        var join = GridSteps.Ok(await hele.Get<JoinAppeal>().Run(chen.Act(JoiningAccess.Join, Guid.NewGuid()), new((await hele.Publication(earlier)).PublicCode, null)));
        Assert.True((await Merge(hele, zhou, later, earlier)).Accepted);
        Assert.Equal(join, Assert.Single(await hele.Query<JoinQueries, IReadOnlyList<JoinLine>>(q => q.Own(chen))).Code);
        Assert.Equal(join, (await hele.Query<AppealQueries, AppealView?>(q => q.Find(chen, later)))!.JoinedAs);
        Assert.Equal("join.is-merged", await Refused(hele.Get<LeaveAppeal>().Run(chen, chen.Act(JoiningAccess.Leave, Guid.NewGuid()), new(join))));
        await hele.Answer(zhao, earlier);
        Assert.Single(await hele.Read(db => db.Set<Notice>().Where(n => n.Kind == "appeal.answered" && n.PersonId == chen.PersonId).ToListAsync()));
        Assert.True((await hele.WithdrawAppeal(chen, later, "不用了")).Accepted);
        Assert.True((await hele.Get<LeaveAppeal>().Run(chen, chen.Act(JoiningAccess.Leave, Guid.NewGuid()), new(join))).Accepted);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Merge_WhatIsPublicTwice_LeavesOneInTheList(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (zhao, zhou, ma) = (await hele.Viewer(TestPeople.Zhao), await hele.Viewer(TestPeople.Zhou), await hele.Viewer(TestPeople.Ma));
        var (earlier, later) = await Two(hele);
        await hele.Accept(zhao, later);
        Assert.True((await hele.Publish(ma, later, "晚来的，也公开")).Accepted);
        Assert.True((await Merge(hele, zhou, later, earlier)).Accepted);
        Assert.Equal("公开的标题", Assert.Single(await hele.PublicList()).Title);
        Assert.Empty((await hele.Query<PublicationQueries, Page<ReviewLine>>(q => q.List(ma, null, null, null))).Rows);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Merge_OfWhatDoesNotFit_IsRefused(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, zhao, zhou, chen, feng) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Zhao), await hele.Viewer(TestPeople.Zhou), await hele.Viewer(TestPeople.Chen), await hele.Viewer(TestPeople.Feng));
        var (earlier, later) = await Two(hele);
        Assert.Equal("appeal.not-found", await Refused(Merge(hele, chen, later, earlier)));
        Assert.Equal("appeal.not-found", await Refused(Merge(hele, feng, later, earlier)));
        Assert.Equal("merge.choose", await Refused(Merge(hele, zhou, later, "")));
        Assert.Equal("merge.not-there", await Refused(Merge(hele, zhou, later, "2222-3333-4444")));
        Assert.Equal("merge.not-there", await Refused(Merge(hele, zhou, later, later)));
        Assert.Equal("merge.not-earlier", await Refused(Merge(hele, zhou, earlier, later)));
        Assert.Equal("merge.other-kind", await Refused(Merge(hele, zhou, await File(hele, chen, "吵", "noise"), earlier)));
        var unpublished = await File(hele, liu, "没公开的", "parking");
        await hele.Accept(zhao, unpublished);
        Assert.Equal("merge.not-public", await Refused(Merge(hele, zhou, await File(hele, chen, "也是停车", "parking"), unpublished)));
        await hele.Answer(zhao, earlier);
        Assert.Equal("merge.not-waiting", await Refused(Merge(hele, zhou, later, earlier)));
        Assert.Equal(AppealState.Filed, (await At(hele, later)).State);
    }

    /// <summary>What is private by its kind isn't offered beside another and isn't merged, whatever else fits.</summary>
    [Theory]
    [InlineData("neighbours")]
    [InlineData("family")]
    [InlineData("help")]
    [InlineData("minors")]
    [InlineData("conduct")]
    public async Task PrivateKinds_AreNeitherOfferedNorMerged(string kind)
    {
        await using var hele = await TestInstallation.Create(TestDatabase.Sqlite);
        var zhou = await hele.Viewer(TestPeople.Zhou);
        var (earlier, later) = await Two(hele);
        Assert.Equal(earlier, Assert.Single((await hele.Query<MergeQueries, SameView?>(q => q.Find(zhou, later)))!.Near).Code);
        // Kinds that nobody can file here yet are kept out by the same list.
        Assert.DoesNotContain(kind, AppealKinds.Listed);
        if (AppealKinds.Find(kind) is not { IsOffered: true })
            return;
        var (one, two) = (await File(hele, await hele.Viewer(TestPeople.Liu), "先来的", kind), await File(hele, await hele.Viewer(TestPeople.Chen), "晚来的", kind));
        await hele.Accept(zhou, one);
        Assert.Empty((await hele.Query<MergeQueries, SameView?>(q => q.Find(zhou, two)))!.Near);
        Assert.Equal("merge.private", await Refused(Merge(hele, zhou, two, one)));
    }

    /// <summary>Offered is what is open, of the kind, and near; and only before those who handle it.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Near_ShowsOpenOnesOfTheKindNearby_ToThoseWhoHandle(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (ma, zhao, zhou, liu, chen) = (await hele.Viewer(TestPeople.Ma), await hele.Viewer(TestPeople.Zhao), await hele.Viewer(TestPeople.Zhou), await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Chen));
        var (earlier, later) = await Two(hele);
        var far = await hele.Building(ma, await hele.Compound(ma, "河西新村"), "9号楼", GridSteps.At(2000, 2000));
        await File(hele, liu, "远处的", building: far);
        await File(hele, liu, "近处的别的事", "noise");
        var line = Assert.Single((await hele.Query<MergeQueries, SameView?>(q => q.Find(zhou, later)))!.Near);
        Assert.Equal((earlier, true, null), (line.Code, line.IsEarlier, line.Bar));
        Assert.False(Assert.Single((await hele.Query<MergeQueries, SameView?>(q => q.Find(zhou, earlier)))!.Near).IsEarlier);
        Assert.Null(await hele.Query<MergeQueries, SameView?>(q => q.Find(chen, later)));
        await hele.Answer(zhao, earlier);
        Assert.True((await hele.Judge(liu, earlier, true)).Accepted);
        Assert.Empty((await hele.Query<MergeQueries, SameView?>(q => q.Find(zhou, later)))!.Near);
    }

    /// <summary>Liu's, accepted by Zhao and made public by Ma; and Chen's, filed a little later at the same building.</summary>
    internal static async Task<(string Earlier, string Later)> Two(TestInstallation hele)
    {
        var (ma, liu, zhao, chen) = (await hele.Viewer(TestPeople.Ma), await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Zhao), await hele.Viewer(TestPeople.Chen));
        var building = await hele.Building(ma, await hele.Compound(ma), "1号楼", GridSteps.At(20, 20), entrances: 4);
        var earlier = await File(hele, liu, "先来的标题", building: building);
        NumberSteps.Ok(await hele.Accept(zhao, earlier));
        NumberSteps.Ok(await hele.Publish(ma, earlier, "公开的标题"));
        return (earlier, await File(hele, chen, "晚来的标题", building: building));
    }

    private static async Task<string> File(TestInstallation hele, Viewer who, string title, string kind = "facilities", string? building = null)
    {
        hele.Clock.MoveTo(hele.Clock.GetUtcNow().AddMinutes(7));
        return GridSteps.Ok(await hele.Get<FileAppeal>().Run(who.Act(AppealAccess.File, Guid.NewGuid()), new(kind, title, title + "，请看看", building is null ? "柳荫路12号院门口" : "") { Building = building }));
    }

    private static Task<Outcome> Merge(TestInstallation hele, Viewer viewer, string code, string into) => hele.Get<MergeAppeal>().Run(viewer, viewer.Act(MergingAccess.Merge, Guid.NewGuid()), new(code, into));

    private static Task<Outcome> Split(TestInstallation hele, Viewer viewer, string code, string text = "看过了，是两处") => hele.Get<SplitAppeal>().Run(viewer, viewer.Act(MergingAccess.Merge, Guid.NewGuid()), new(code, text));

    private static async Task<string> Refused(Task<Outcome> act) => Assert.Single((await act).Problems).Code;

    private static Task<(AppealState State, DateOnly? DueOn)> At(TestInstallation hele, string code) =>
        hele.Read(async db => await db.Set<Appeal>().Where(a => a.PublicCode == code).Select(a => new ValueTuple<AppealState, DateOnly?>(a.State, a.DueOn)).SingleAsync());

    /// <summary>Open at the end of the month after next: later than anything here.</summary>
    private static async Task<long> Open(TestInstallation hele) => (await hele.Numbers(Period.Month(2026, 12)))["appeals.open"];
}
