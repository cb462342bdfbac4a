using Hele.Civic.Kernel;
using Hele.Civic.Organizations;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Figures;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;
using Hele.Civic.Reports;
using Hele.TestKit;
using Hele.Tests.Figures;
using Hele.Tests.Reports;
using Hele.Tests.Grids;
using Hele.Tests.Platform;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Hele.Tests.Organizations;

/// <summary>Honours of the community, of bodies and of people; a withdrawn one stays and isn't counted; what the report says of bodies and honours.</summary>
public class HonourTests
{
    private static readonly DateOnly Today = new(2026, 10, 30);

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Honour_OfAPerson_IsPublicOnlyWithTheirWord_AndMaySaysWhatTheQueryDoes(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (ma, zhou, zhao, liu, chen) = (await hele.Viewer(TestPeople.Ma), await hele.Viewer(TestPeople.Zhou), await hele.Viewer(TestPeople.Zhao), await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Chen));
        Assert.Equal(["honour.kind-missing", "honour.level-missing", "honour.title-missing", "honour.issuer-missing", "honour.day-missing", "honour.whom-missing", "honour.person-missing"],
            (await hele.Get<RecordHonour>().Run(zhou, zhou.Act(HonourAccess.Keep, Guid.NewGuid()), new(null, null, " ", "", Today.AddDays(1), true, "x", true, "x", false))).Problems.Select(p => p.Code));
        foreach (var stranger in new[] { zhao, liu })
            Assert.Equal([HonourProblems.NotFound], (await Record(hele, stranger, "市五好社区党组织")).Problems);
        GridSteps.Ok(await Record(hele, zhou, "市五好社区党组织"));
        Assert.Equal([HonourProblems.ThereAlready], (await Record(hele, zhou, "市五好社区党组织")).Problems);
        var body = await hele.Body(ma, BodyKind.PartyCommittee, "河西社区党委");
        GridSteps.Ok(await Record(hele, zhou, "先进基层党组织", body: body));
        var quiet = GridSteps.Ok(await Record(hele, zhou, "优秀志愿者", person: await hele.CodeOf(TestPeople.Liu)));
        GridSteps.Ok(await Record(hele, zhou, "好邻居", person: await hele.CodeOf(TestPeople.Chen), agreed: true));

        async Task<List<string>> Seen(Viewer? viewer) => [.. (await hele.Query<HonourQueries, IReadOnlyList<HonourLine>>(q => q.List(viewer, new()))).Select(h => h.Title).Order(StringComparer.Ordinal)];
        Assert.Equal(3, (await Seen(null)).Count);
        Assert.DoesNotContain("优秀志愿者", await Seen(chen));
        Assert.Contains("优秀志愿者", await Seen(liu));
        Assert.Equal(4, (await Seen(zhao)).Count);
        Assert.Null(await hele.Query<HonourQueries, HonourView?>(q => q.Find(chen, quiet)));
        var all = await hele.Read(db => db.Set<Honour>().ToListAsync());
        foreach (var viewer in new[] { null, liu, chen, zhao, zhou, await hele.Viewer(TestPeople.Feng), await hele.Viewer(TestPeople.He) })
            Assert.Equal(all.Where(h => HonourAccess.May(viewer, h)).Select(h => h.Title).Order(StringComparer.Ordinal), await Seen(viewer));

        async Task<int> Found(HonourFilter filter) => (await hele.Query<HonourQueries, IReadOnlyList<HonourLine>>(q => q.List(zhou, filter))).Count;
        Assert.Equal((1, 1, 1, 4, 0), (await Found(new(Search: "五好")), await Found(new(Search: "刘大勇")), await Found(new(Body: body)), await Found(new(Kind: HonourKind.Title)), await Found(new(Level: HonourLevel.National))));
        Assert.Empty((await hele.Verify()).Findings);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task WithdrawnHonour_StaysAndSaysSo_AndIsNotCountedFromThatDay(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var zhou = await hele.Viewer(TestPeople.Zhou);
        var code = GridSteps.Ok(await Record(hele, zhou, "省先进基层党组织", on: new(2026, 3, 1)));
        GridSteps.Ok(await Record(hele, zhou, "文明楼院", on: new(2026, 9, 1), level: HonourLevel.Subdistrict));
        Task<Outcome> Withdraw(DateOnly? on, string? why) => hele.Get<WithdrawHonour>().Run(zhou, zhou.Act(HonourAccess.Keep, Guid.NewGuid()), new(code, on, why));
        Assert.Equal([HonourProblems.WithdrawnBeforeAwarded, HonourProblems.ReasonMissing], (await Withdraw(new(2026, 2, 28), " ")).Problems);
        GridSteps.Ok(await Withdraw(new(2026, 10, 15), "到期复核没有通过。"));
        Assert.Equal([HonourProblems.WithdrawnAlready], (await Withdraw(Today, "再来一次")).Problems);
        Assert.Equal(["honour.recorded", "honour.withdrawn"], await hele.Read(async db => { var id = (await db.Set<Honour>().SingleAsync(h => h.PublicCode == code)).Id; return await db.Set<JournalRow>().Where(r => r.RowTable == "Honours" && r.RowId == id).OrderBy(r => r.LeafIndex).Select(r => r.Kind).ToListAsync(); }));
        Assert.Equal(2, (await hele.Query<HonourQueries, IReadOnlyList<HonourLine>>(q => q.List(null, new()))).Count);
        async Task<(int All, int High)> Counted(Period period) => ((await hele.Records(OrganizationFigures.Honours, period)).Count, (await hele.Records(OrganizationFigures.HighHonours, period)).Count);
        Assert.Equal((0, 0), await Counted(Period.Month(2026, 2)));
        Assert.Equal((2, 1), await Counted(Period.Month(2026, 9)));
        Assert.Equal((1, 0), await Counted(Period.Month(2026, 10)));
        Assert.Empty((await hele.Verify()).Findings);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Section_SaysOnlyWhatFiguresCarry_InBothLanguages(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var ma = await hele.Viewer(TestPeople.Ma);
        foreach (var empty in new[] { await hele.Section<TeamsSection>(Period.Month(2026, 9)), await hele.Section<HonoursSection>(Period.Month(2026, 9)), await hele.Section<BranchesSection>(Period.Month(2026, 9)) })
            Assert.Equal([SentenceKind.Nothing], empty.Sentences.Select(s => s.Kind));
        var (one, _, _, _) = await OrganizationTests.Ground(hele, ma);
        await hele.Body(ma, BodyKind.PartyCommittee, "河西社区党委");
        await hele.Body(ma, BodyKind.GridBranch, "第一网格党支部", [one]);
        var team = await hele.Body(ma, BodyKind.ServiceTeam, "第一网格服务团队", [one]);
        GridSteps.Ok(await hele.Sit(ma, team, SeatKind.Cadre, await hele.CodeOf(TestPeople.Zhao)));
        GridSteps.Ok(await Record(hele, ma, "市五好社区党组织"));
        var october = Period.Month(2026, 10);
        var (branches, teams, honours) = (await hele.Section<BranchesSection>(october), await hele.Section<TeamsSection>(october), await hele.Section<HonoursSection>(october));
        Assert.Equal("社区党委根据院落、楼栋、党员的分布情况将辖区划分为2个网格，到2026年10月30日，社区党委下设1个党支部，在相邻楼栋建立党小组0个。补齐2个组织空缺的负责人。", Text(branches));
        Assert.Equal("根据所在网格实际，科学组建了1支“1+X”服务团队，服务1个网格，配备社区干部、网格党支部书记和社区协警，将骨干党员、志愿者、在职党员编入相应网格，共1席，开展特色服务。为还没有服务团队的1个网格组建服务团队。配齐1支服务团队缺的席位。", Text(teams));
        Assert.Equal("社区先后获得“市五好社区党组织”等荣誉1项，其中市级以上1项。", Text(honours));
        foreach (var section in new[] { branches, teams, honours })
        {
            foreach (var figure in section.Sentences.SelectMany(s => s.Zh).OfType<FigurePart>())
                Assert.Equal(figure.Value.Value, (await hele.Records(figure.Value.Figure, figure.Value.Period)).Count);
            Assert.All(section.Sentences, s => Assert.DoesNotMatch(@"\p{IsCJKUnifiedIdeographs}", string.Concat(s.En.Where(p => p is not HonourPart).Select(p => p.Text))));
        }
        Assert.Contains("1 branch, and 0 Party groups", branches.Sentences[0].TextIn("en"));

        static string Text(ReportSection section) => string.Concat(section.Sentences.Select(s => s.TextIn("zh")));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Section_NamesTheHighestFour_ButNobodysOwn_AndAClosedOneGoesOnNamingThem(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var ma = await hele.Viewer(TestPeople.Ma);
        var (september, october) = (Period.Month(2026, 9), Period.Month(2026, 10));
        GridSteps.Ok(await Record(hele, ma, "区文明社区", level: HonourLevel.District));
        GridSteps.Ok(await Record(hele, ma, "市好人", person: await hele.CodeOf(TestPeople.Chen), agreed: true));
        Assert.Equal("社区先后获得荣誉2项，其中市级以上1项。", await Told(september));
        GridSteps.Ok(await Record(hele, ma, "市五好社区党组织"));
        var province = GridSteps.Ok(await Record(hele, ma, "省先进基层党组织", level: HonourLevel.Province));
        Assert.Equal("社区先后获得“省先进基层党组织”“市五好社区党组织”等荣誉4项，其中市级以上3项。", await Told(september));
        Assert.Equal("The community has received 4 honours, 3 of them from a city or above, among them “省先进基层党组织”, “市五好社区党组织”.", await Told(september, "en"));

        hele.MoveTo(2026, 10, 30, 15);
        GridSteps.Ok(await hele.Close(ma, september));
        hele.MoveTo(2026, 10, 30, 16);
        GridSteps.Ok(await hele.Get<WithdrawHonour>().Run(ma, ma.Act(HonourAccess.Keep, Guid.NewGuid()), new(province, new(2026, 9, 20), "复核没有通过。")));
        foreach (var title in new[] { "市文明社区", "市平安社区", "市绿色社区", "市学习型社区" })
            GridSteps.Ok(await Record(hele, ma, title));
        Assert.Equal("社区先后获得“省先进基层党组织”“市五好社区党组织”等荣誉4项，其中市级以上3项。", await Told(september));
        Assert.Equal(4, (await hele.Section<HonoursSection>(october)).Sentences.Single().Zh.OfType<HonourPart>().Count());
        Assert.DoesNotContain("好人", await Told(october));

        async Task<string> Told(Period period, string language = "zh") => (await hele.Section<HonoursSection>(period)).Sentences.Single().TextIn(language);
    }

    internal static async Task<Outcome> Record(TestInstallation hele, Viewer viewer, string title, string? body = null, string? person = null, bool agreed = false, DateOnly? on = null, HonourLevel level = HonourLevel.City) =>
        await hele.Get<RecordHonour>().Run(viewer, viewer.Act(HonourAccess.Keep, Guid.NewGuid()), new(HonourKind.Title, level, title, "和兴市委组织部", on ?? new(2026, 6, 30), body is not null, body, person is not null, person, agreed));
}
