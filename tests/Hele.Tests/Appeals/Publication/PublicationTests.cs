using Hele.Civic.Appeals;
using Hele.Civic.Grids;
using Hele.Civic.Kernel;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;
using Hele.TestKit;
using Hele.Tests.Figures;
using Hele.Tests.Grids;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Hele.Tests.Appeals;

/// <summary>What of an appeal the public sees, and who decides it.</summary>
public class PublicationTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Appeal_IsPublicOnlyAfterAReview_BySomebodyWhoDidNotAnswerIt(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, zhao, zhou, ma, feng) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Zhao), await hele.Viewer(TestPeople.Zhou), await hele.Viewer(TestPeople.Ma), await hele.Viewer(TestPeople.Feng));
        var code = await hele.FileAppeal(liu);
        Assert.Equal(["publication.not-accepted-yet"], Codes(await hele.Publish(ma, code)));
        NumberSteps.Ok(await hele.Accept(zhou, code));
        NumberSteps.Ok(await hele.Answer(zhou, code));
        Assert.Empty(await hele.PublicList());
        foreach (var stranger in new[] { liu, zhao, feng, await hele.Viewer(TestPeople.Ma, TestInstallation.Other) })
            Assert.Equal(["appeal.not-found"], Codes(await hele.Publish(stranger, code)));
        Assert.Equal(["publication.own-answer"], Codes(await hele.Publish(zhou, code)));
        Assert.Equal(["publication.answered-meanwhile"], Codes(await hele.Publish(ma, code, round: 0)));
        Assert.Equal(["publication.title-missing", "publication.place-missing", "publication.answer-missing"], Codes(await hele.Publish(ma, code, " ", " ", null)));
        Assert.Equal(["publication.title-too-long", "publication.answer-too-long"], Codes(await hele.Publish(ma, code, new string('长', AppealPublication.TitleLength + 1), new string('长', AppealPublication.AnswerLength + 1))));
        Assert.Equal(["publication.place-missing"], Codes(await hele.Publish(ma, code, place: PublicPlaceLevel.Compound)));
        NumberSteps.Ok(await hele.Publish(ma, code, "一处楼道灯不亮", "灯换好了。"));

        var matter = Assert.Single(await hele.PublicList());
        Assert.Equal(("facilities", AppealState.Answered, "一处楼道灯不亮", "灯换好了。", null, new DateOnly(2026, 10, 30), null), (matter.Kind, matter.State, matter.Title, matter.Answer, matter.Place, matter.FiledOn, matter.Satisfied));
        Assert.NotEqual(code, matter.Code);
        Assert.Equal(["publication.published"], await Events(hele, code));
        NumberSteps.Ok(await hele.Judge(liu, code, true));
        Assert.True(Assert.Single(await hele.PublicList()).Satisfied);
        Assert.Equal(matter.Code, (await hele.Get<FindPublished>().Find(matter.Code))!.Matter.Code);
        Assert.Empty((await hele.Get<FindPublished>().Newest(TestInstallation.OtherCode))!.Value.Matters);
    }

    /// <summary>Somebody who works there may raise something too; then a colleague reviews it.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Review_OfOnesOwnMatter_IsAColleagues(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (ma, zhou) = (await hele.Viewer(TestPeople.Ma), await hele.Viewer(TestPeople.Zhou));
        var code = await hele.FileAppeal(ma);
        NumberSteps.Ok(await hele.Accept(zhou, code));
        Assert.Equal(["publication.own-matter"], Codes(await hele.Publish(ma, code)));
        NumberSteps.Ok(await hele.Publish(zhou, code));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Review_WaitsInTheDay_UntilSomebodyDecides_AndAgainForANewAnswer(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, zhao, zhou, ma) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Zhao), await hele.Viewer(TestPeople.Zhou), await hele.Viewer(TestPeople.Ma));
        var (code, refused, family) = (await hele.FileAppeal(liu), await hele.FileAppeal(liu, "另一件"), await hele.FileAppeal(liu, "家事", "family"));
        foreach (var one in new[] { code, refused, family })
            NumberSteps.Ok(await hele.Accept(zhao, one));
        Assert.Equal(2, await Waiting(ma));
        NumberSteps.Ok(await hele.KeepFromPublic(ma, refused));
        Assert.Equal(["publication.not-now"], Codes(await hele.KeepFromPublic(ma, refused)));
        NumberSteps.Ok(await hele.Publish(ma, code));
        Assert.Equal((0, 0), (await Waiting(ma), await Waiting(zhou)));

        NumberSteps.Ok(await hele.Answer(zhou, code, "第一次答复"));
        Assert.Equal((1, 0), (await Waiting(ma), await Waiting(zhou)));
        Assert.Null(Assert.Single(await hele.PublicList()).Answer);
        NumberSteps.Ok(await hele.Publish(ma, code, answer: "第一次的公开版"));
        NumberSteps.Ok(await hele.Judge(liu, code, false));
        NumberSteps.Ok(await hele.Answer(zhao, code, "第二次答复"));
        var between = Assert.Single(await hele.PublicList());
        Assert.Equal(("第一次的公开版", true, null), (between.Answer, between.IsAnswerOlder, between.CorrectedOn));
        NumberSteps.Ok(await hele.Publish(zhou, code, answer: "第二次的公开版"));
        Assert.Equal((0, 0), (await Waiting(ma), await Waiting(zhou)));
        Assert.Equal(["publication.published", "publication.answer-added", "publication.answer-added"], await Events(hele, code));
        // A decision can be taken back.
        NumberSteps.Ok(await hele.Publish(ma, refused));
        Assert.Equal(2, (await hele.PublicList()).Count);

        async Task<int> Waiting(Viewer viewer) => (await hele.Query<DayQueries, IReadOnlyList<DayItem>>(q => q.Of(viewer))).Count(i => i.Record == typeof(AppealPublication));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Public_IsCorrectedVisibly_TakenDownWithAReason_AndEndsWithItsTime(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, zhao, zhou, ma) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Zhao), await hele.Viewer(TestPeople.Zhou), await hele.Viewer(TestPeople.Ma));
        var code = await Answered(hele, liu, zhao);
        NumberSteps.Ok(await hele.Publish(ma, code));
        var known = (await hele.Publication(code)).PublicCode;
        hele.MoveTo(2026, 11, 2);
        NumberSteps.Ok(await hele.Publish(ma, code, "三处楼道灯不亮"));
        Assert.Equal(new DateOnly(2026, 11, 2), Assert.Single(await hele.PublicList()).CorrectedOn);
        Assert.Equal(["publication.reason-missing"], Codes(await hele.KeepFromPublic(ma, code, " ")));
        // Who may not publish it may take it down: that doesn't wait for a second person.
        NumberSteps.Ok(await hele.KeepFromPublic(zhou, code, "写出来就知道是谁"));
        Assert.Empty(await hele.PublicList());
        Assert.Null(await hele.Get<FindPublished>().Find(known));
        NumberSteps.Ok(await hele.Publish(ma, code));
        NumberSteps.Ok(await hele.Judge(liu, code, true));

        hele.MoveTo(2027, 11, 2);
        Assert.Single(await hele.PublicList());
        hele.MoveTo(2027, 11, 3);
        Assert.Empty(await hele.PublicList());
        Assert.Empty(await hele.Query<PublicQueries, IReadOnlyList<PublicMarker>>(q => q.Markers()));
        Assert.Empty((await hele.Get<FindPublished>().Newest(TestInstallation.HexiCode))!.Value.Matters);
        Assert.Null(await hele.Get<FindPublished>().Find(known));
    }

    /// <summary>What concerns a child is nowhere in public, filed as such or made such later, and from then on its handler asks for the name before seeing it.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Minors_FiledOrCorrected_AreNowhereInPublicAndWithholdTheName(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, zhao, zhou, ma) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Zhao), await hele.Viewer(TestPeople.Zhou), await hele.Viewer(TestPeople.Ma));
        // Its page says what has to be done at once, with the citation.
        Assert.Equal(SourceStatus.Read, WaysOnward.DutyOf("minors")!.SourceStatus);
        Assert.Null(WaysOnward.DutyOf("noise"));
        var filed = await Answered(hele, liu, zhou, "minors");
        Assert.Equal(["publication.not-listed"], Codes(await hele.Publish(ma, filed)));
        var noise = await Answered(hele, liu, zhao, "noise");
        NumberSteps.Ok(await hele.Publish(ma, noise));
        Assert.Single(await hele.PublicList());
        Assert.NotNull((await hele.Query<AppealQueries, AppealView?>(q => q.Find(zhao, noise)))!.Appellant);

        NumberSteps.Ok(await hele.CorrectKind(zhao, noise, "minors"));

        Assert.Empty(await hele.PublicList());
        Assert.Empty(await hele.Query<PublicQueries, IReadOnlyList<PublicMarker>>(q => q.Markers()));
        Assert.Empty((await hele.Get<FindPublished>().Newest(TestInstallation.HexiCode))!.Value.Matters);
        Assert.Null((await hele.Query<AppealQueries, AppealView?>(q => q.Find(zhao, noise)))!.Appellant);
        Assert.True((await hele.Get<LogVerification>().Run()).IsGreen);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Kind_CorrectedToOneThatIsNotListed_TakesItDownInTheSameAct(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, zhao, ma) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Zhao), await hele.Viewer(TestPeople.Ma));
        var code = await Answered(hele, liu, zhao, "noise");
        NumberSteps.Ok(await hele.Publish(ma, code));
        Assert.Equal(["appeal.kind-missing", "publication.reason-missing"], Codes(await hele.CorrectKind(zhao, code, "conduct", "")));
        Assert.Equal(["appeal.kind-same"], Codes(await hele.CorrectKind(zhao, code, "noise")));
        Assert.Equal(["appeal.not-found"], Codes(await hele.CorrectKind(liu, code, "neighbours")));
        NumberSteps.Ok(await hele.CorrectKind(zhao, code, "pets"));
        Assert.Equal("pets", Assert.Single(await hele.PublicList()).Kind);
        NumberSteps.Ok(await hele.CorrectKind(zhao, code, "neighbours"));
        Assert.Empty(await hele.PublicList());
        var events = await hele.Read(db => db.Set<JournalRow>().Where(r => r.Kind == "appeal.kind-corrected" || r.Kind == "publication.withdrawn-for-kind").OrderBy(r => r.LeafIndex).Select(r => r.Kind).ToListAsync());
        Assert.Equal(["appeal.kind-corrected", "appeal.kind-corrected", "publication.withdrawn-for-kind"], events);
        Assert.Equal(["publication.not-listed"], Codes(await hele.Publish(ma, code)));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Place_IsNamedOnlyWhereEnoughHouseholdsShareIt(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, zhao, ma) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Zhao), await hele.Viewer(TestPeople.Ma));
        var (large, small) = (await hele.Compound(ma), await hele.Compound(ma, "河西巷甲3号"));
        // Six floors behind four entrances are 24 households at the least; behind one entrance six.
        var (tall, low) = (await hele.Building(ma, large, "1号楼", GridSteps.At(20, 20), entrances: 4), await hele.Building(ma, small, "1号楼", GridSteps.At(60, 60), entrances: 1));
        NumberSteps.Ok(await hele.Assign(ma, await hele.Grid(ma, "第一网格", GridSteps.Square(0, 0)), tall, low));
        var (inTall, inLow, inWords) = (await At("楼道灯", tall, ""), await At("雨棚", low, ""), await At("车棚", "", "柳荫路12号院王家门口"));

        Assert.Equal([(PublicPlaceLevel.Building, "柳荫路12号院1号楼"), (PublicPlaceLevel.Compound, "柳荫路12号院"), (PublicPlaceLevel.Grid, "第一网格"), (PublicPlaceLevel.Community, null)], await Offered(inTall));
        Assert.Equal([(PublicPlaceLevel.Grid, "第一网格"), (PublicPlaceLevel.Community, null)], await Offered(inLow));
        Assert.Equal([(PublicPlaceLevel.Compound, "柳荫路12号院"), (PublicPlaceLevel.Grid, "第一网格"), (PublicPlaceLevel.Community, null)], await Offered(inWords));
        foreach (var level in new[] { PublicPlaceLevel.Building, PublicPlaceLevel.Compound })
            Assert.Equal(["publication.place-missing"], Codes(await hele.Publish(ma, inLow, place: level)));
        NumberSteps.Ok(await hele.Publish(ma, inLow, place: PublicPlaceLevel.Grid));
        NumberSteps.Ok(await hele.Publish(ma, inTall, place: PublicPlaceLevel.Compound));
        NumberSteps.Ok(await hele.Publish(ma, inWords, place: PublicPlaceLevel.Compound));
        var markers = await hele.Query<PublicQueries, IReadOnlyList<PublicMarker>>(q => q.Markers());
        Assert.Equal([("第一网格", 1), ("柳荫路12号院", 2)], markers.Select(m => (m.Place, m.Matters.Count)).OrderBy(m => m.Count));
        Assert.Equal(2, (await hele.PublicList(new(Place: "柳荫路12号院"))).Count);

        async Task<string> At(string title, string building, string words)
        {
            var filed = await hele.Get<FileAppeal>().Run(liu.Act(AppealAccess.File, Guid.NewGuid()), new("facilities", title, "请来看看。", words) { Building = building });
            NumberSteps.Ok(filed);
            NumberSteps.Ok(await hele.Accept(ma, filed.Code!));
            return filed.Code!;
        }

        async Task<IEnumerable<(PublicPlaceLevel, string?)>> Offered(string code) => (await hele.Query<PublicationQueries, ReviewView?>(q => q.Find(ma, code)))!.Places.Select(p => (p.Level, p.Name));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Hints_MarkNumbersFlatsAndNames_AndGoThroughOnlyWhenChecked(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, zhao, ma) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Zhao), await hele.Viewer(TestPeople.Ma));
        var code = await Answered(hele, liu, zhao);
        foreach (var (text, found) in new[]
        {
            ("请打13812345678", "13812345678"), ("请打１３８ 1234-5678", "138 1234-5678"), ("证件410105198003041234", "410105198003041234"), ("到3单元302看过", "3单元302"), ("到三单元看过", "三单元"), ("到2-3-501看过", "2-3-501"),
            ("已和陈静说好", "陈静"), ("刘大勇家的", "刘大勇"),
        })
        {
            var refused = Assert.Single((await hele.Publish(ma, code, answer: text)).Problems);
            Assert.Equal("publication.looks-personal", refused.Code);
            Assert.Contains(found, refused.Sentence.Zh, StringComparison.Ordinal);
        }
        NumberSteps.Ok(await hele.Publish(ma, code, answer: "物业服务电话0371-5550101，2026年10月30日换好，共12盏。", isChecked: true));
        NumberSteps.Ok(await hele.Publish(ma, code, answer: "2026年10月30日换好，共12盏灯。"));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task List_IsNarrowedByReviewedFieldsOnly(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, zhao, ma) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Zhao), await hele.Viewer(TestPeople.Ma));
        var (one, two) = (await Answered(hele, liu, zhao), await Answered(hele, liu, zhao, "pets"));
        NumberSteps.Ok(await hele.Publish(ma, one, "楼道照明", "换了灯泡"));
        NumberSteps.Ok(await hele.Publish(ma, two, "遛狗不牵绳", "贴了告示"));
        NumberSteps.Ok(await hele.Judge(liu, two, true));
        async Task<IEnumerable<string>> Titles(PublicFilter filter) => (await hele.PublicList(filter)).Select(m => m.Title);
        Assert.Equal(["楼道照明"], await Titles(new(Words: "灯泡")));
        Assert.Equal(["遛狗不牵绳"], await Titles(new(Kind: "pets")));
        Assert.Equal(["遛狗不牵绳"], await Titles(new(State: AppealState.Satisfied)));
        Assert.Empty(await Titles(new(From: new DateOnly(2026, 10, 31))));
        Assert.Equal(2, (await Titles(new(From: new DateOnly(2026, 10, 30), To: new DateOnly(2026, 10, 30)))).Count());
        // What only the resident wrote finds nothing.
        Assert.Empty(await Titles(new(Words: "看不见路")));
        Assert.Empty(await Titles(new(Words: "刘大勇")));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Counts_StandStillAfterTheirHalfYear_AndHideSmallOnes(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var liu = await hele.Viewer(TestPeople.Liu);
        foreach (var (kindCode, number) in new[] { ("noise", 7), ("facilities", 6), ("neighbours", 2) })
            for (var i = 0; i < number; i++)
                await hele.FileAppeal(liu, $"第{i}件", kindCode);
        hele.MoveTo(2027, 1, 4);
        // Told late: the shown numbers don't move.
        NumberSteps.Ok(await hele.Get<FileAppeal>().Run((await hele.Viewer(TestPeople.Zhou)).Act(AppealAccess.TakeDown, Guid.NewGuid()), new("noise", "年前说的", "施工吵。", "院里", "某某", new DateOnly(2026, 12, 30)) { Channel = Channel.Counter }));
        var half = Period.HalfYear(2026, 2);
        var counts = (await hele.Query<PublicQueries, IReadOnlyList<KindCount>?>(q => q.Counts(half)))!.ToDictionary(c => c.Kind.Code, c => c.Count);
        // Two neighbours' disputes could be worked out from the sum of what is hidden, so the next number is hidden with them.
        Assert.Equal((7, null, null), (counts["noise"], counts["facilities"], counts["neighbours"]));
        Assert.All(counts.Where(c => c.Key != "noise"), c => Assert.Null(c.Value));
        Assert.Null(await hele.Query<PublicQueries, IReadOnlyList<KindCount>?>(q => q.Counts(Period.Quarter(2026, 4))));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task HiddenText_IsReadByItsAuthorSupervisorsAndWhoHidIt_AndStaysCommitted(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, zhao, zhou, feng) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Zhao), await hele.Viewer(TestPeople.Zhou), await hele.Viewer(TestPeople.Feng));
        var code = await Answered(hele, liu, zhao);
        NumberSteps.Ok(await hele.Judge(liu, code, false, "你们是一群混蛋"));
        var verdict = (await hele.Read(db => db.Set<AppealVerdict>().SingleAsync())).Id.ToString();
        Assert.Equal(["hidden-text.reason-missing"], Codes(await hele.HideText(zhao, code, reason: " ")));
        Assert.Equal(["appeal.not-found"], Codes(await hele.HideText(liu, code)));
        Assert.Equal(["appeal.not-found"], Codes(await hele.HideText(feng, code)));
        Assert.Equal(["hidden-text.no-such-text"], Codes(await hele.HideText(zhao, code, Guid.NewGuid().ToString())));
        NumberSteps.Ok(await hele.HideText(zhao, code, verdict));
        NumberSteps.Ok(await hele.HideText(zhao, code));
        Assert.Equal(["hidden-text.hidden-already"], Codes(await hele.HideText(zhou, code)));

        foreach (var reader in new[] { liu, zhao, feng })
            Assert.Equal(("你们是一群混蛋", "有侮辱他人的话", true), await Remark(reader));
        Assert.Equal((null, "有侮辱他人的话", false), await Remark(zhou));
        Assert.Equal("", (await View(zhou)).Title);
        Assert.NotEqual("", (await View(feng)).Title);
        Assert.Equal(2, (await hele.Query<PublicationQueries, IReadOnlyList<HiddenLine>>(q => q.Hidden(feng))).Count);
        Assert.Empty(await hele.Query<PublicationQueries, IReadOnlyList<HiddenLine>>(q => q.Hidden(zhou)));
        Assert.Equal("", (await hele.Query<AppealQueries, Page<AppealLine>>(q => q.List(zhou, new(), hele.Clock.Today()))).Rows.Single().Title);
        Assert.True((await hele.Get<LogVerification>().Run()).IsGreen);

        NumberSteps.Ok(await hele.ShowText(zhou, code, verdict));
        Assert.Equal(["hidden-text.shown-already"], Codes(await hele.ShowText(zhou, code, verdict)));
        Assert.Equal(("你们是一群混蛋", null, null), await Remark(zhou));

        async Task<AppealView> View(Viewer viewer) => (await hele.Query<AppealQueries, AppealView?>(q => q.Find(viewer, code)))!;
        async Task<(string?, string?, bool?)> Remark(Viewer viewer) => (await View(viewer)).Verdicts.Single() is var v ? (v.Remark, v.Hidden?.Reason, v.Hidden?.MayRead) : default;
    }

    private static async Task<string> Answered(TestInstallation hele, Viewer resident, Viewer staff, string kind = "facilities")
    {
        var code = await hele.FileAppeal(resident, kind: kind);
        NumberSteps.Ok(await hele.Accept(staff, code));
        NumberSteps.Ok(await hele.Answer(staff, code));
        return code;
    }

    private static Task<List<string>> Events(TestInstallation hele, string code) => hele.Read(db =>
        (from r in db.Set<JournalRow>()
         where r.RowTable == "AppealPublications" && db.Set<AppealPublication>().Any(p => p.Id == r.RowId && db.Set<Appeal>().Any(a => a.Id == p.AppealId && a.PublicCode == code))
         orderby r.LeafIndex select r.Kind).ToListAsync());

    private static IEnumerable<string> Codes(Outcome outcome) => outcome.Problems.Select(p => p.Code);
}

/// <summary>The life cycle of a publication.</summary>
public class PublicationLifeCycleTests
{
    private static readonly AppealPublication.Content Content = new("标题", "答复", 1, new(PublicPlaceLevel.Community, null, null));

    /// <summary>Every state × every act against the table.</summary>
    [Fact]
    public void EveryStateAndAct_FollowsTheTable()
    {
        foreach (var state in Enum.GetValues<PublicationState>().Select(s => (PublicationState?)s).Prepend(null))
        {
            foreach (var act in AppealPublication.LifeCycle.Acts)
            {
                var publication = In(state);
                var problem = Do(publication, act, isNew: state is null);
                if (AppealPublication.LifeCycle.Find(state, act) is { } line)
                    Assert.Equal((null, line.To), (problem, publication.State.ToString()));
                else
                    Assert.Equal("publication.not-now", problem?.Code);
            }
        }
    }

    private static AppealPublication In(PublicationState? state)
    {
        var publication = new AppealPublication { AppealId = Guid.NewGuid(), PublicCode = PublicCode.New().Text, ReviewedOn = new(2026, 10, 30) };
        if (state is PublicationState.NotPublic)
            Assert.Null(Do(publication, AppealPublication.Decline, isNew: true));
        if (state is PublicationState.Published or PublicationState.Withdrawn)
            Assert.Null(Do(publication, AppealPublication.Publish, isNew: true));
        if (state is PublicationState.Withdrawn)
            Assert.Null(Do(publication, AppealPublication.Withdraw));
        return publication;
    }

    private static Problem? Do(AppealPublication publication, string act, bool isNew = false)
    {
        var (post, on, now) = (Guid.NewGuid(), new DateOnly(2026, 10, 30), TestInstallation.Start);
        return act switch
        {
            AppealPublication.Publish => publication.MakePublic(Content, post, on, now, isNew),
            AppealPublication.Correct => isNew ? PublicationProblems.NotNow : publication.CorrectTo(Content, post, on, now),
            AppealPublication.Decline => publication.Refuse("原因", post, now, isNew),
            _ => isNew ? PublicationProblems.NotNow : publication.TakeDown(act, "原因", post, now),
        };
    }
}
