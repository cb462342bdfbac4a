using Hele.Civic.Grids;
using Hele.Civic.Kernel;
using Hele.Civic.Organizations;
using Hele.Civic.People;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Figures;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;
using Hele.TestKit;
using Hele.Tests.Grids;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Hele.Tests.Organizations;

/// <summary>Bodies, their terms, and who sits where on which day; what the law keeps apart; how the Party's organisation lies on the grids.</summary>
public class OrganizationTests
{
    private static readonly DateOnly Today = new(2026, 10, 30);

    [Fact]
    public void BodiesData_NamesEveryKindOnce_AndASeatForEach()
    {
        foreach (var kind in Enum.GetValues<BodyKind>())
        {
            var type = BodyKinds.On(kind, Today);
            Assert.NotEmpty(type.Seats);
            Assert.Equal(type.Seats.Count, type.Seats.Select(s => s.Kind).Distinct().Count());
            Assert.All(type.Seats, s => Assert.NotEmpty(s.Source.Zh));
        }
        // Of a branch everybody may know the secretary and nobody else; of the committee everybody.
        Assert.Equal([SeatKind.Head], BodyKinds.On(BodyKind.GridBranch, Today).Seats.Where(s => s.IsPublic).Select(s => s.Kind));
        Assert.All(BodyKinds.On(BodyKind.ResidentsCommittee, Today).Seats, s => Assert.True(s.IsPublic));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Establish_ABranch_NeedsItsCommittee_ThreeMembers_AndPlacesThatFit(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var ma = await hele.Viewer(TestPeople.Ma);
        var (one, two, a, b) = await Ground(hele, ma);
        Assert.Equal(["body.parent-missing"], Codes(await hele.Establish(ma, BodyKind.GridBranch, "第一网格党支部", [one])));
        await hele.Body(ma, BodyKind.PartyCommittee, "河西社区党委");
        Assert.Equal(["body.has-one"], Codes(await hele.Establish(ma, BodyKind.PartyCommittee, "第二个党委")));
        var few = await hele.Establish(ma, BodyKind.GridBranch, "第一网格党支部", [one], members: 2);
        Assert.Equal(["body.members-too-few"], Codes(few));
        Assert.Contains("3人", few.Problems[0].Sentence.Zh);
        Assert.Equal(["body.members-missing"], Codes(await hele.Establish(ma, BodyKind.GridBranch, "第一网格党支部", [one], members: null)));
        Assert.Equal(["body.grid-missing"], Codes(await hele.Establish(ma, BodyKind.GridBranch, "第一网格党支部")));
        Assert.Equal(["body.grids-too-many"], Codes(await hele.Establish(ma, BodyKind.GridBranch, "第一网格党支部", [one, two])));
        Assert.Equal(["body.buildings-of-several-grids"], Codes(await hele.Establish(ma, BodyKind.GridBranch, "第一网格党支部", [], [a, b])));
        Assert.Equal(["body.grids-too-few"], Codes(await hele.Establish(ma, BodyKind.JointBranch, "联合党支部", [one])));
        Assert.Equal(["body.name-missing", "body.grid-missing"], Codes(await hele.Establish(ma, BodyKind.GridBranch, "  ")));
        Assert.Equal(["body.day-in-future"], Codes(await hele.Establish(ma, BodyKind.GridBranch, "第一网格党支部", [one], on: Today.AddDays(1))));
        var operation = Guid.NewGuid();
        var made = await hele.Establish(ma, BodyKind.GridBranch, "第一网格党支部", [one], operation: operation, on: new(2026, 3, 1));
        Assert.True(made.Accepted);
        Assert.Equal(made.Code, (await hele.Establish(ma, BodyKind.GridBranch, "第一网格党支部", [one], operation: operation, on: new(2026, 3, 1))).Code);
        Assert.Equal(["body.name-taken"], Codes(await hele.Establish(ma, BodyKind.GridBranch, "第一网格党支部", [two])));
        var (body, term, place) = await hele.Read(async db => (await db.Set<Body>().SingleAsync(x => x.PublicCode == made.Code), await db.Set<BodyTerm>().OrderBy(t => t.From).LastAsync(t => t.Members == 12), await db.Set<BodyPlace>().SingleAsync()));
        Assert.Equal((new DateOnly(2026, 3, 1), "第一网格党支部"), (body.From, body.Name));
        Assert.Equal(new DateOnly(2031, 2, 28), term.Until);
        Assert.Equal(body.Id, place.BodyId);
        Assert.Equal(["body.established"], await Events(hele, "Bodies", body.Id));
        // Whoever may not, in one way or another.
        foreach (var stranger in new[] { TestPeople.Zhao, TestPeople.Zhou, TestPeople.Feng, TestPeople.Liu })
            Assert.Equal(["body.not-found"], Codes(await hele.Establish(await hele.Viewer(stranger), BodyKind.GridBranch, "别的党支部", [two])));
        Assert.True((await hele.Establish(await hele.Viewer(TestPeople.Zhou), BodyKind.ResidentGroup, "第一居民小组", [], [a])).Accepted);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Sat_OnADay_FollowsSeatsTermsAndLeaving(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var ma = await hele.Viewer(TestPeople.Ma);
        var code = await hele.Body(ma, BodyKind.ResidentsCommittee, "河西社区居民委员会", on: new(2026, 1, 10));
        var (liu, chen, third) = (await hele.CodeOf(TestPeople.Liu), await hele.CodeOf(TestPeople.Chen), await hele.Somebody("任新华"));
        var head = GridSteps.Ok(await hele.Sit(ma, code, SeatKind.Head, liu, new(2026, 1, 10)));
        GridSteps.Ok(await hele.Sit(ma, code, SeatKind.Member, chen, new(2026, 2, 1)));
        Assert.Equal(["seat.taken"], Codes(await hele.Sit(ma, code, SeatKind.Head, third)));
        Assert.Equal(["seat.sits-here"], Codes(await hele.Sit(ma, code, SeatKind.Member, liu)));
        Assert.Equal(["body.day-before-start"], Codes(await hele.Sit(ma, code, SeatKind.Member, third, new(2026, 1, 9))));
        Assert.Equal(["seat.kin-undeclared"], Codes(await hele.Sit(ma, code, SeatKind.Member, third, noKin: false)));
        Assert.Equal(["seat.kind-missing"], Codes(await hele.Sit(ma, code, SeatKind.Representative, third)));
        Assert.Equal(["seat.person-missing", "seat.how-missing"], Codes(await hele.Sit(ma, code, SeatKind.Member, "9999", how: null)));

        Assert.Empty(await hele.SatOn(code, new(2026, 1, 9)));
        Assert.Equal(["刘大勇"], await hele.SatOn(code, new(2026, 1, 31)));
        Assert.Equal(2, (await hele.SatOn(code, Today)).Count);

        // The last day counts; the next doesn't.
        Assert.Equal(["body.reason-missing", "seat.end-missing"], Codes(await hele.Leave(ma, head, why: null, reason: " ")));
        Assert.Equal(["body.day-before-start"], Codes(await hele.Leave(ma, head, on: new(2026, 1, 1))));
        GridSteps.Ok(await hele.Leave(ma, head, on: new(2026, 6, 30)));
        Assert.Equal(["seat.ended-already"], Codes(await hele.Leave(ma, head)));
        Assert.Contains("刘大勇", await hele.SatOn(code, new(2026, 6, 30)));
        Assert.Equal(["陈静"], await hele.SatOn(code, new(2026, 7, 1)));
        // Leaving the community ends the seat in the same act; that it was a mistake brings it back, as long as nobody sits there.
        GridSteps.Ok(await hele.Get<PersonLeft>().Run(ma, ma.Act(PeopleAccess.Correct, Guid.NewGuid()), new(chen, new(2026, 9, 1))));
        Assert.Equal(["陈静"], await hele.SatOn(code, new(2026, 9, 1)));
        Assert.Empty(await hele.SatOn(code, new(2026, 9, 2)));
        Assert.Equal(["seat.person-gone"], Codes(await hele.Sit(ma, code, SeatKind.Member, chen)));
        GridSteps.Ok(await hele.Get<PersonLeft>().Run(ma, ma.Act(PeopleAccess.Correct, Guid.NewGuid()), new(chen, null, Back: true)));
        Assert.Equal(["陈静"], await hele.SatOn(code, Today));
        Assert.True((await hele.Get<LogVerification>().Run()).IsGreen);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Committee_AndSupervision_ArePulledApart_WithTheArticle(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var ma = await hele.Viewer(TestPeople.Ma);
        Assert.Equal(["body.size-missing"], Codes(await hele.Establish(ma, BodyKind.ResidentsCommittee, "居委会", size: 4)));
        Assert.Equal(["body.size-missing"], Codes(await hele.Establish(ma, BodyKind.ResidentsCommittee, "居委会", size: 10)));
        var committee = await hele.Body(ma, BodyKind.ResidentsCommittee, "居委会");
        var supervision = await hele.Body(ma, BodyKind.SupervisionCommittee, "监委会");
        var (liu, feng) = (await hele.CodeOf(TestPeople.Liu), await hele.CodeOf(TestPeople.Feng));
        var seat = GridSteps.Ok(await hele.Sit(ma, committee, SeatKind.Head, liu));
        GridSteps.Ok(await hele.Sit(ma, supervision, SeatKind.Head, feng));
        var refused = await hele.Sit(ma, supervision, SeatKind.Member, liu);
        Assert.Equal(["seat.on-the-committee"], Codes(refused));
        Assert.Contains("第36条", refused.Problems[0].Sentence.Zh);
        Assert.Equal(["seat.on-the-supervision"], Codes(await hele.Sit(ma, committee, SeatKind.Member, feng)));
        Assert.Equal(["body.not-found"], Codes(await hele.Sit(await hele.Viewer(TestPeople.Zhou), supervision, SeatKind.Member, await hele.Somebody("任新华"))));
        GridSteps.Ok(await hele.Leave(ma, seat));
        GridSteps.Ok(await hele.Sit(ma, supervision, SeatKind.Member, liu));
        // Full is full: as many as were decided.
        for (var i = 0; i < 3; i++)
            GridSteps.Ok(await hele.Sit(ma, supervision, SeatKind.Member, await hele.Somebody("委员" + i)));
        Assert.Equal(["seat.full"], Codes(await hele.Sit(ma, supervision, SeatKind.Member, await hele.Somebody("多出来的"))));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Group_IsLedByOneOfItsRepresentatives_AndTheMeetingsRollIsBoth(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var ma = await hele.Viewer(TestPeople.Ma);
        var (_, _, a, _) = await Ground(hele, ma);
        var group = await hele.Body(ma, BodyKind.ResidentGroup, "第一居民小组", buildings: [a]);
        var committee = await hele.Body(ma, BodyKind.ResidentsCommittee, "居委会");
        var liu = await hele.CodeOf(TestPeople.Liu);
        Assert.Equal(["seat.not-a-representative"], Codes(await hele.Sit(ma, group, SeatKind.Head, liu)));
        Assert.Equal(["seat.households-missing"], Codes(await hele.Sit(ma, group, SeatKind.Representative, liu)));
        var seat = GridSteps.Ok(await hele.Sit(ma, group, SeatKind.Representative, liu, households: 60));
        GridSteps.Ok(await hele.Sit(ma, group, SeatKind.Head, liu));
        GridSteps.Ok(await hele.Sit(ma, committee, SeatKind.Head, await hele.CodeOf(TestPeople.Chen)));
        Assert.Equal(["seat.leads-the-group"], Codes(await hele.Leave(ma, seat)));
        Assert.Equal([BodyKind.ResidentGroup, BodyKind.ResidentsCommittee], await hele.Read(async db => (await Sat.InRepresentativesMeeting(db, Today).Select(s => s.Of).ToListAsync()).Order().Reverse().ToList()));
        var view = await hele.Query<BodyQueries, BodyView?>(q => q.Find(ma, group));
        // One speaks for more than the law has as a rule: shown, with what the rule is.
        Assert.Equal((20, 50), (view!.HouseholdsLeast, view.HouseholdsMost));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Renew_EndsEverySeat_AndWhoStaysSitsInTheNewTerm(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var ma = await hele.Viewer(TestPeople.Ma);
        var code = await hele.Body(ma, BodyKind.ResidentsCommittee, "居委会", on: new(2026, 1, 1));
        var (one, two) = (GridSteps.Ok(await hele.Sit(ma, code, SeatKind.Head, await hele.CodeOf(TestPeople.Liu), new(2026, 1, 1))), GridSteps.Ok(await hele.Sit(ma, code, SeatKind.Member, await hele.CodeOf(TestPeople.Chen), new(2026, 1, 1))));
        Assert.Equal(["body.day-before-start"], Codes(await hele.Renew(ma, code, [], new(2026, 1, 1))));
        Assert.Equal(["body.reason-missing"], Codes(await hele.Renew(ma, code, [], reason: null)));
        GridSteps.Ok(await hele.Renew(ma, code, [one], new(2026, 10, 1), size: 7));
        Assert.Equal(2, (await hele.SatOn(code, new(2026, 9, 30))).Count);
        Assert.Equal(["刘大勇"], await hele.SatOn(code, new(2026, 10, 1)));
        var view = (await hele.Query<BodyQueries, BodyView?>(q => q.Find(ma, code)))!;
        Assert.Equal([(2, (DateOnly?)null), (1, new DateOnly(2026, 9, 30))], view.Terms.Select(t => (t.Number, t.To)));
        Assert.Equal(6, view.Line.Empty);
        Assert.All(view.Past, s => Assert.Equal(SeatEnd.TermOver, s.Ended));
        Assert.Equal(["seat.ended-already"], Codes(await hele.Leave(ma, two)));
        Assert.True((await hele.Get<LogVerification>().Run()).IsGreen);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Tree_OverTheGrids_NamesGapsOverlapsAndStrays(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var ma = await hele.Viewer(TestPeople.Ma);
        var (one, two, a, b) = await Ground(hele, ma);
        var tree = await Tree();
        Assert.Equal(["第一网格", "第二网格"], tree.Gaps.Select(g => g.Name));
        await hele.Body(ma, BodyKind.PartyCommittee, "河西社区党委");
        var branch = await hele.Body(ma, BodyKind.GridBranch, "第一党支部", [one]);
        var functional = await hele.Body(ma, BodyKind.FunctionalBranch, "志愿者党支部");
        tree = await Tree();
        Assert.Equal(["第二网格"], tree.Gaps.Select(g => g.Name));
        Assert.Equal(2, tree.Branches);
        Assert.Equal(["志愿者党支部"], tree.Functional.Select(f => f.Branch.Name));
        var joint = await hele.Body(ma, BodyKind.JointBranch, "联合党支部", [one, two]);
        tree = await Tree();
        Assert.Empty(tree.Gaps);
        Assert.Equal(["柳荫路12号院1号楼"], tree.BranchOverlaps.Select(o => o.Place.Name));
        GridSteps.Ok(await hele.Dissolve(ma, branch));
        Assert.Empty((await Tree()).BranchOverlaps);
        // A group whose building went to a grid its branch isn't for.
        var only = await hele.Body(ma, BodyKind.GridBranch, "第二党支部", [], [b]);
        var group = await hele.Body(ma, BodyKind.PartyGroup, "2号楼党小组", buildings: [a], parent: only);
        tree = await Tree();
        Assert.Equal([("2号楼党小组", "柳荫路12号院1号楼")], tree.Strays.Select(s => (s.Group.Name, s.Places[0].Name)));
        Assert.Equal(["body.has-below"], Codes(await hele.Dissolve(ma, only)));
        Assert.Equal(["body.nothing-changed"], Codes(await hele.Cover(ma, group, [], [a])));
        GridSteps.Ok(await hele.Cover(ma, group, [], [b]));
        Assert.Empty((await Tree()).Strays);
        Assert.Equal(["body.parent-missing"], Codes(await hele.Establish(ma, BodyKind.PartyGroup, "没有支部的小组", [], [a], parent: group)));
        // The branch leaves with its seats; what was stays with its days.
        Assert.Equal(["body.gone"], Codes(await hele.Sit(ma, branch, SeatKind.Head, await hele.CodeOf(TestPeople.Liu))));

        async Task<PartyTree> Tree() => await hele.Query<PartyTreeQueries, PartyTree>(q => q.Of(null));
    }

    /// <summary>visible(query) equals filtering by may, for everybody.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Seats_AreSeenAsMaySays(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var ma = await hele.Viewer(TestPeople.Ma);
        var (one, _, _, _) = await Ground(hele, ma);
        await hele.Body(ma, BodyKind.PartyCommittee, "河西社区党委");
        var branch = await hele.Body(ma, BodyKind.GridBranch, "第一党支部", [one], on: new(2026, 3, 1));
        var (liu, chen) = (await hele.CodeOf(TestPeople.Liu), await hele.CodeOf(TestPeople.Chen));
        var former = GridSteps.Ok(await hele.Sit(ma, branch, SeatKind.Head, chen, new(2026, 3, 1)));
        GridSteps.Ok(await hele.Leave(ma, former, on: new(2026, 9, 1)));
        GridSteps.Ok(await hele.Sit(ma, branch, SeatKind.Head, await hele.Somebody("任新华"), new(2026, 9, 2)));
        GridSteps.Ok(await hele.Sit(ma, branch, SeatKind.Publicity, liu, new(2026, 3, 1)));
        foreach (var (person, sees) in new (TestPerson?, int)[] { (null, 1), (TestPeople.Liu, 2), (TestPeople.Chen, 2), (TestPeople.Zhao, 3), (TestPeople.Zhou, 3), (TestPeople.Ma, 3), (TestPeople.Feng, 3), (TestPeople.Sun, 1), (TestPeople.He, 1) })
        {
            var viewer = person is null ? null : await hele.Viewer(person);
            var (visible, all) = await hele.Read(async db => (await OrganizationAccess.Visible(viewer, db.Set<Seat>(), Today).ToListAsync(), await db.Set<Seat>().ToListAsync()));
            Assert.Equal(all.Where(s => OrganizationAccess.May(viewer, s, Today)).Select(s => s.Id).Order(), visible.Select(s => s.Id).Order());
            Assert.Equal((person?.Name, sees), (person?.Name, visible.Count));
        }
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Figures_AsOfAPeriod_CountWhatStoodThen(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var ma = await hele.Viewer(TestPeople.Ma);
        var (one, two, a, _) = await Ground(hele, ma);
        await hele.Body(ma, BodyKind.PartyCommittee, "河西社区党委", on: new(2026, 1, 5));
        var branch = await hele.Body(ma, BodyKind.GridBranch, "第一党支部", [one], on: new(2026, 2, 10));
        await hele.Body(ma, BodyKind.GridBranch, "第二党支部", [two], on: new(2026, 8, 10));
        var seat = GridSteps.Ok(await hele.Sit(ma, branch, SeatKind.Head, await hele.CodeOf(TestPeople.Liu), new(2026, 2, 10)));
        Assert.Equal(1, await Count(OrganizationFigures.Branches, "2026-06"));
        Assert.Equal(2, await Count(OrganizationFigures.Branches, "2026-10"));
        Assert.Equal(1, await Count(OrganizationFigures.WithoutHead, "2026-06"));
        Assert.Equal(2, await Count(OrganizationFigures.WithoutHead, "2026-10"));
        var closed = hele.Clock.Now();
        hele.Clock.MoveTo(closed.AddHours(1));
        GridSteps.Ok(await hele.Leave(ma, seat, on: new(2026, 5, 31)));
        GridSteps.Ok(await hele.Dissolve(ma, branch, on: new(2026, 6, 15)));
        Assert.Equal(0, await Count(OrganizationFigures.Seats, "2026-06"));
        Assert.Equal(0, await Count(OrganizationFigures.Branches, "2026-06"));
        // What a closed period knew stays as it was.
        Assert.Equal(1, await Count(OrganizationFigures.Seats, "2026-06", closed.AddMinutes(1)));
        Assert.Equal(1, await Count(OrganizationFigures.Branches, "2026-06", closed.AddMinutes(1)));
        Assert.Equal(0, await Count(OrganizationFigures.ResidentGroups, "2026-06"));

        Task<int> Count(Figure figure, string period, DateTimeOffset? known = null) => hele.Read(db => figure.Records(db, Period.Parse(period), known).CountAsync());
    }

    /// <summary>Whoever sits somewhere and is erased sits there no longer: the seat is vacant, and the record of it stays without a name.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Erase_OfSomebodyWithASeat_LeavesItVacant(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var ma = await hele.Viewer(TestPeople.Ma);
        var (one, _, _, _) = await Ground(hele, ma);
        await hele.Body(ma, BodyKind.PartyCommittee, "河西社区党委");
        var branch = await hele.Body(ma, BodyKind.GridBranch, "第一网格党支部", [one]);
        var person = await hele.Somebody("欧阳雪");
        GridSteps.Ok(await hele.Sit(ma, branch, SeatKind.Head, person));
        Assert.True((await hele.Get<ErasePerson>().Run(new Act { OperationId = Guid.NewGuid(), AccountId = SystemAccount.Id, JurisdictionId = TestInstallation.Hexi }, new(person))).Accepted);
        var seat = await hele.Read(db => db.Set<Seat>().SingleAsync());
        Assert.Equal((Today, SeatEnd.Erased), (seat.To!.Value, seat.Ended!.Value));
        Assert.Equal(["seat.taken", "seat.holder-erased"], await Events(hele, "Seats", seat.Id));
        Assert.Empty(await hele.SatOn(branch, Today.AddDays(1)));
        GridSteps.Ok(await hele.Sit(ma, branch, SeatKind.Head, await hele.Somebody("欧阳静")));
        Assert.Contains("seat.end-missing", Codes(await hele.Leave(ma, await hele.Read(db => db.Set<Seat>().Where(x => x.To == null).Select(x => x.PublicCode).SingleAsync()), SeatEnd.Erased)));
        Assert.True((await hele.Get<LogVerification>().Run()).IsGreen);
    }

    /// <summary>Two grids side by side with a building each.</summary>
    internal static async Task<(string One, string Two, string A, string B)> Ground(TestInstallation hele, Viewer ma)
    {
        var compound = await hele.Compound(ma);
        var (a, b) = (await hele.Building(ma, compound, "1号楼", GridSteps.At(50, 50)), await hele.Building(ma, compound, "2号楼", GridSteps.At(250, 50)));
        var (one, two) = (await hele.Grid(ma, "第一网格", GridSteps.Square(0, 0)), await hele.Grid(ma, "第二网格", GridSteps.Square(200, 0)));
        GridSteps.Ok(await hele.Assign(ma, one, a));
        GridSteps.Ok(await hele.Assign(ma, two, b));
        return (one, two, a, b);
    }

    private static IEnumerable<string> Codes(Outcome outcome) => outcome.Problems.Select(p => p.Code);

    private static Task<List<string>> Events(TestInstallation hele, string table, Guid id) => hele.Read(db => db.Set<JournalRow>().Where(r => r.RowTable == table && r.RowId == id).OrderBy(r => r.LeafIndex).Select(r => r.Kind).ToListAsync());
}
