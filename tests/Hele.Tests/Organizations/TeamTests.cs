using Hele.Civic.Kernel;
using Hele.Civic.Organizations;
using Hele.Civic.People;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;
using Hele.TestKit;
using Hele.Tests.Grids;
using Hele.Tests.Platform;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Hele.Tests.Organizations;

/// <summary>The service team of a grid: who sits there, what is empty, who answers for what, who is away and who stands in.</summary>
public class TeamTests
{
    private static readonly DateOnly Today = new(2026, 10, 30);

    [Fact]
    public void DutiesData_NameKindsOfMatterThatExist()
    {
        Assert.Equal(["sanitation", "safety", "help", "convenience"], TeamDuties.All.Select(d => d.Code));
        Assert.All(TeamDuties.All.SelectMany(d => d.Kinds), k => Assert.NotNull(Hele.Civic.Appeals.AppealKinds.Find(k)));
        // Nobody looks for the same thing at two places.
        Assert.Equal(TeamDuties.All.SelectMany(d => d.Kinds).Distinct(), TeamDuties.All.SelectMany(d => d.Kinds));
        Assert.All(TeamDuties.Skills, s => Assert.NotEmpty(s.Title.En));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Team_ShowsEverySeat_NamesThePublicOnes_AndCallsWhatIsEmptyEmpty(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (ma, zhou) = (await hele.Viewer(TestPeople.Ma), await hele.Viewer(TestPeople.Zhou));
        var (one, two, _, _) = await OrganizationTests.Ground(hele, ma);
        await hele.Body(ma, BodyKind.PartyCommittee, "河西社区党委");
        var branch = await hele.Body(ma, BodyKind.GridBranch, "第一网格党支部", [one]);
        GridSteps.Ok(await hele.Get<CorrectBody>().Run(ma, ma.Act(OrganizationAccess.Keep, Guid.NewGuid()), new(branch, "第一网格党支部", null, "周末理发", null)));
        var team = await hele.Body(zhou, BodyKind.ServiceTeam, "第一网格服务团队", [one]);
        var cadre = GridSteps.Ok(await hele.Sit(zhou, team, SeatKind.Cadre, await hele.CodeOf(TestPeople.Zhao), how: SeatWay.Appointed));
        var volunteer = GridSteps.Ok(await hele.Sit(zhou, team, SeatKind.Volunteer, await hele.CodeOf(TestPeople.Chen), how: SeatWay.Engaged));
        GridSteps.Ok(await hele.Share(zhou, cadre, ["help", "safety"], "patrol"));
        GridSteps.Ok(await hele.Share(zhou, volunteer, ["safety"]));
        Assert.Equal([OrganizationProblems.DutyUnknown], (await hele.Share(zhou, volunteer, ["everything"])).Problems);
        Assert.Equal([OrganizationProblems.SkillUnknown], (await hele.Share(zhou, volunteer, ["help"], "magic")).Problems);
        Assert.Equal([OrganizationProblems.NotFound], (await hele.Share(await hele.Viewer(TestPeople.Zhao), volunteer, ["help"])).Problems);

        var open = await Team(hele, null, one);
        Assert.Equal(6, open.Roles.Count);
        Assert.Equal(("赵敏", null), (open.Roles.Single(r => r.Kind == SeatKind.Cadre).Seats.Single().Name, open.Roles.Single(r => r.Kind == SeatKind.Volunteer).Seats.Single().Name));
        Assert.Equal([SeatKind.BranchSecretary, SeatKind.AuxiliaryPolice, SeatKind.KeyMember, SeatKind.InServiceMember], open.Roles.Where(r => r.Missing == 1).Select(r => r.Kind));
        Assert.Equal(("第一网格党支部", "周末理发"), open.Specialities.Select(s => (s.Name, s.Speciality)).Single());
        Assert.Equal([SeatKind.Cadre, SeatKind.Volunteer], open.For("safety").Select(s => s.Kind));
        Assert.Equal(["patrol"], open.For("help").Single().Skills);
        Assert.Empty(open.For("sanitation"));
        Assert.Equal("陈静", (await Team(hele, ma, one)).For("safety")[1].Name);
        // A resident who sits there sees their own seat, and no other that isn't public.
        Assert.Equal("陈静", (await Team(hele, await hele.Viewer(TestPeople.Chen), one)).For("safety")[1].Name);
        Assert.Null((await Team(hele, await hele.Viewer(TestPeople.Liu), one)).For("safety")[1].Name);
        Assert.Null(await hele.Query<TeamQueries, TeamView?>(q => q.OfGrid(null, two)));

        // What somebody answered for keeps its days; the new share takes its place.
        GridSteps.Ok(await hele.Share(zhou, cadre, ["sanitation"], "patrol"));
        Assert.Equal(["sanitation"], (await Team(hele, null, one)).Roles[0].Seats[0].Duties);
        Assert.Equal(3, await hele.Read(db => db.Set<SeatDuty>().CountAsync(d => db.Set<Seat>().Any(s => s.Id == d.SeatId && s.PublicCode == cadre))));
        Assert.Empty((await hele.Verify()).Findings);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Absence_IsSaidOfOthersByWhoKeepsBodies_AndByEachOfThemselves(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (ma, zhao, feng, liu) = (await hele.Viewer(TestPeople.Ma), await hele.Viewer(TestPeople.Zhao), await hele.Viewer(TestPeople.Feng), await hele.Viewer(TestPeople.Liu));
        var (zhaoCode, zhouCode, maCode, liuCode) = (await hele.CodeOf(TestPeople.Zhao), await hele.CodeOf(TestPeople.Zhou), await hele.CodeOf(TestPeople.Ma), await hele.CodeOf(TestPeople.Liu));
        Assert.Equal([AbsenceProblems.PersonMissing, AbsenceProblems.KindMissing, AbsenceProblems.FromMissing.With(7), AbsenceProblems.ToMissing], (await hele.Away(ma, "", null, null, why: null)).Problems);
        Assert.Equal([AbsenceProblems.ServesNowhere], (await hele.Away(ma, liuCode, Today, Today)).Problems);
        Assert.Equal([AbsenceProblems.FromMissing.With(7)], (await hele.Away(ma, zhaoCode, Today.AddDays(-8), Today)).Problems);
        Assert.Equal([AbsenceProblems.ToMissing], (await hele.Away(ma, zhaoCode, Today.AddDays(-2), Today.AddDays(-1))).Problems);
        Assert.Equal([AbsenceProblems.StandInMissing], (await hele.Away(ma, zhaoCode, Today, Today, "没有这个人")).Problems);
        Assert.Equal([AbsenceProblems.StandsInForThemselves], (await hele.Away(ma, zhaoCode, Today, Today, zhaoCode)).Problems);
        Assert.Equal([AbsenceProblems.NotTheirs], (await hele.Away(zhao, zhouCode, Today, Today)).Problems);
        foreach (var stranger in new[] { feng, liu })
            Assert.Equal([OrganizationProblems.NotFound], (await hele.Away(stranger, zhaoCode, Today, Today)).Problems);

        var own = GridSteps.Ok(await hele.Away(zhao, zhaoCode, Today.AddDays(3), Today.AddDays(5), zhouCode));
        Assert.Equal([AbsenceProblems.AwayAlready.With(Today.AddDays(3), Today.AddDays(5))], (await hele.Away(ma, zhaoCode, Today.AddDays(5), Today.AddDays(9))).Problems);
        Assert.Equal([AbsenceProblems.StandInAway.With(Today.AddDays(3), Today.AddDays(5))], (await hele.Away(ma, zhouCode, Today.AddDays(4), Today.AddDays(4), zhaoCode)).Problems);
        Assert.Equal([OrganizationProblems.NotFound], (await hele.ChangeAway(feng, own, Today.AddDays(9))).Problems);
        GridSteps.Ok(await hele.ChangeAway(zhao, own, Today.AddDays(4), maCode));
        GridSteps.Ok(await hele.ChangeAway(zhao, own, null, takeBack: true));
        Assert.Equal([AbsenceProblems.TakenBackAlready], (await hele.ChangeAway(zhao, own, Today.AddDays(9))).Problems);
        Assert.Equal(["absence.said", "absence.changed", "absence.taken-back"], await hele.Read(db => db.Set<JournalRow>().Where(r => r.RowTable == "Absences").OrderBy(r => r.LeafIndex).Select(r => r.Kind).ToListAsync()));

        // Begun, it can only be ended: by the day before whoever is back today.
        var begun = GridSteps.Ok(await hele.Away(ma, zhaoCode, Today.AddDays(-2), Today.AddDays(2)));
        Assert.Equal([AbsenceProblems.HasBegun], (await hele.ChangeAway(ma, begun, null, takeBack: true)).Problems);
        Assert.Equal([AbsenceProblems.ToMissing], (await hele.ChangeAway(ma, begun, Today.AddDays(-2))).Problems);
        GridSteps.Ok(await hele.ChangeAway(ma, begun, Today.AddDays(-1)));
        Assert.Equal([AbsenceProblems.Over], (await hele.ChangeAway(ma, begun, Today)).Problems);
        Assert.Empty((await hele.Verify()).Findings);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Team_SaysWhoIsAwayAndWhoStandsIn_AndWhyOnlyToThoseWhoWorkHere(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var ma = await hele.Viewer(TestPeople.Ma);
        var (one, _, _, _) = await OrganizationTests.Ground(hele, ma);
        var team = await hele.Body(ma, BodyKind.ServiceTeam, "第一网格服务团队", [one]);
        GridSteps.Ok(await hele.Sit(ma, team, SeatKind.Cadre, await hele.CodeOf(TestPeople.Zhao)));
        GridSteps.Ok(await hele.Sit(ma, team, SeatKind.Volunteer, await hele.CodeOf(TestPeople.Chen)));
        GridSteps.Ok(await hele.Away(ma, await hele.CodeOf(TestPeople.Zhao), Today, Today.AddDays(3), await hele.CodeOf(TestPeople.Zhou), AbsenceKind.Training));
        GridSteps.Ok(await hele.Away(ma, await hele.CodeOf(TestPeople.Chen), Today, Today.AddDays(1), await hele.CodeOf(TestPeople.Liu)));
        var open = await Team(hele, null, one);
        Assert.Equal(new AwayLine("周丽华", Today.AddDays(3), null), open.Roles[0].Seats[0].Away);
        // Whose name isn't public, of them it isn't said either who does it for them.
        Assert.Equal(new AwayLine(null, Today.AddDays(1), null), open.Roles.Single(r => r.Kind == SeatKind.Volunteer).Seats[0].Away);
        Assert.Equal(new AwayLine("周丽华", Today.AddDays(3), AbsenceKind.Training), (await Team(hele, ma, one)).Roles[0].Seats[0].Away);
        hele.Clock.MoveTo(hele.Clock.Now().AddDays(4));
        Assert.Equal(0, (await Team(hele, null, one)).AwayToday);
    }

    private static Task<TeamView> Team(TestInstallation hele, Viewer? viewer, string grid) => hele.Query<TeamQueries, TeamView>(async q => (await q.OfGrid(viewer, grid))!);
}
