using Hele.Civic.GridPlanning;
using Hele.Civic.Grids;
using Hele.Civic.Organizations;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Hele.Planning.Partition;
using Hele.TestKit;
using Hele.Tests.Grids;
using Hele.Tests.Organizations;
using Hele.Tests.Platform;
using Hele.Tests.ServiceCircles;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static Hele.Tests.Grids.GridSteps;

namespace Hele.Tests.GridPlanning;

/// <summary>A plan is kept, judged, adopted in one act; what was stays known, and nothing is adopted on a register that has changed.</summary>
public class PlanTests
{
    private static readonly PlanWish Even = new(3, null, null, true, false, true, null, [], []);

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Adopt_MovesTheBuildings_RedrawsWithoutFaults_AndKeepsTheDaysAndTheReason(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var lane = await hele.Lane();
        hele.Clock.MoveTo(hele.Clock.GetUtcNow().AddDays(5));
        // Four households each: the second house goes from the first grid to the second, the third and fourth to the third.
        var plan = await hele.KeepPlan(lane.Ma, lane.With((1, lane.Grids[1]), (2, lane.Grids[2]), (3, lane.Grids[2])));
        Assert.Equal(["第一网格", "第一网格", "第二网格", "第二网格", "第三网格", "第三网格"], await hele.GridOf(lane));

        Ok(await hele.Adopt(lane.Ma, plan));
        Assert.Equal(["第一网格", "第二网格", "第三网格", "第三网格", "第三网格", "第三网格"], await hele.GridOf(lane));
        Assert.Equal(0, (await hele.Faults()).Count);
        var grids = await hele.Query<GridQueries, IReadOnlyList<GridLine>>(q => q.Grids());
        Assert.Equal([4, 4, 4], grids.Select(g => g.Households));
        // All of the ground is some grid's, as before.
        Assert.InRange(grids.Sum(g => Geo.SquareMetres(g.Outline)), 29_990, 30_010);
        var draft = await hele.Read(db => db.Set<PlanDraft>().SingleAsync());
        Assert.Equal((PlanState.Adopted, "河西社居〔2026〕5号", "户数不均，居民代表会议同意调整。", hele.Today), (draft.State, draft.Number, draft.Reason, draft.ValidFrom!.Value));
        Assert.NotNull(draft.AdoptedByPostId);
        Assert.Equal((6, 3), (PlanStand.Read(draft.Decided!).MovedHouseholds, PlanStand.Read(draft.Decided!).MovedBuildings));
        Assert.Equal(2, (await hele.Query<GridQueries, GridView?>(q => q.Grid(lane.Grids[0])))!.Outlines.Count);
        var moved = await hele.Read(db => db.Set<GridBuilding>().Where(g => g.To != null).ToListAsync());
        Assert.Equal(3, moved.Count);
        Assert.All(moved, m => Assert.Equal(hele.Today, m.To));
        Assert.Empty((await hele.Verify()).Findings);
        Assert.Equal([PlanProblems.NotNow.Code], (await hele.Adopt(lane.Ma, plan)).Problems.Select(p => p.Code));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Adopt_GridsMergedAndOpened_CodesAreNeverUsedAgain_AndGoingBackTakesNewOnes(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var lane = await hele.Lane();
        // The second grid is given up to the first; half of the third becomes a new one.
        var plan = await hele.KeepPlan(lane.Ma, lane.With((2, lane.Grids[0]), (3, lane.Grids[0]), (5, PlanCut.New(1))));
        Assert.Equal([PlanProblems.NewNameMissing.Code], (await hele.Adopt(lane.Ma, plan)).Problems.Select(p => p.Code));
        Assert.Equal([PlanProblems.NewNameTaken.Code], (await hele.Adopt(lane.Ma, plan, names: ["第一网格"])).Problems.Select(p => p.Code));
        Ok(await hele.Adopt(lane.Ma, plan, names: ["东头网格"], phones: ["0372-5550109"]));
        Assert.Equal(["第一网格", "第一网格", "第一网格", "第一网格", "第三网格", "东头网格"], await hele.GridOf(lane));
        var rows = await hele.Read(db => db.Set<Grid>().OrderBy(g => g.Code).ToListAsync());
        Assert.Equal([("001", true), ("002", false), ("003", true), ("004", true)], rows.Select(g => (g.Code[^3..], g.To is null)));
        Assert.Equal("0372-5550109", rows[3].DutyPhone);
        // Whoever opens the closed grid finds where its buildings are now.
        Assert.Equal([new GridHeir(lane.Grids[0], "第一网格", 2)], (await hele.Query<GridQueries, GridView?>(q => q.Grid(lane.Grids[1])))!.Heirs);
        Assert.False(await hele.Read(db => db.Set<GridOutline>().AnyAsync(o => o.GridId == rows[1].Id && o.To == null)));
        Assert.Equal(0, (await hele.Faults()).Count);

        // Back to how it was: the closed grid can't come back under its code.
        var back = await hele.AskPlan(lane.Ma, new(Even, false, PlanAsk.Before + plan, [], []));
        Assert.Equal([GridFate.Changes, GridFate.Changes, GridFate.Closes, GridFate.New], back.Chosen!.Stand.Lines.Select(l => l.Fate));
        var undo = await hele.KeepPlan(lane.Ma, back.Chosen.Cut, "改回去");
        Ok(await hele.Adopt(lane.Ma, undo, names: ["第二网格"]));
        Assert.Equal(["第一网格", "第一网格", "第二网格", "第二网格", "第三网格", "第三网格"], await hele.GridOf(lane));
        Assert.Equal(["001", "002", "003", "004", "005"], await hele.Read(db => db.Set<Grid>().OrderBy(g => g.Code).Select(g => g.Code.Substring(12)).ToListAsync()));
        Assert.Equal(0, (await hele.Faults()).Count);
        Assert.Empty((await hele.Verify()).Findings);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Adopt_OnARegisterThatChanged_IsRefusedAndNamesWhat_UntilThePlanIsBroughtUpToDate(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var lane = await hele.Lane();
        var plan = await hele.KeepPlan(lane.Ma, lane.With((1, lane.Grids[1])));
        Ok(await hele.Assign(lane.Ma, lane.Grids[1], lane.Houses[4]));
        await hele.Building(lane.Ma, (await hele.Query<GridQueries, IReadOnlyList<CompoundLine>>(q => q.Compounds())).Single().Code, "7号楼", At(275, 80));
        var refused = await hele.Adopt(lane.Ma, plan);
        Assert.Equal(PlanProblems.RegisterChanged.Code, Assert.Single(refused.Problems).Code);
        Assert.Contains("多了1栋楼，1栋楼换了网格", refused.Problems[0].Sentence.Zh, StringComparison.Ordinal);
        // As it stands on today's register; kept anew it can be adopted.
        var now = (await hele.AskPlan(lane.Ma, new(Even, false, PlanAsk.Plan + plan, [], []))).Chosen!.Cut;
        Assert.Equal(7, now.GridOf.Count);
        Ok(await hele.TryKeepPlan(lane.Ma, now, code: plan));
        Ok(await hele.Adopt(lane.Ma, plan));
        Assert.Equal("第二网格", (await hele.GridOf(lane))[1]);
        Assert.Empty((await hele.Verify()).Findings);
    }

    /// <summary>Two secretaries' windows: the second adoption finds the grids changed by the first.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Adopt_TwoPlansAtOnce_OneGoesThrough(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var lane = await hele.Lane();
        var (one, two) = (await hele.KeepPlan(lane.Ma, lane.With((1, lane.Grids[1])), "方案甲"), await hele.KeepPlan(lane.Ma, lane.With((3, lane.Grids[2])), "方案乙"));
        var outcomes = await Task.WhenAll(hele.Adopt(lane.Ma, one), hele.Adopt(lane.Ma, two));
        Assert.Single(outcomes, o => o.Accepted);
        Assert.Equal(PlanProblems.RegisterChanged.Code, outcomes.Single(o => !o.Accepted).Problems.Single().Code);
        Assert.Equal(0, (await hele.Faults()).Count);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Adopt_WhatStandsInTheWay_IsNamed(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var lane = await hele.Lane();
        await hele.Worker("吴桂芳", "二网格网格员", lane.Grids[1]);
        await hele.Body(lane.Ma, BodyKind.PartyCommittee, "社区党委");
        await hele.Body(lane.Ma, BodyKind.GridBranch, "第二网格党支部", [lane.Grids[1]]);
        var joint = await hele.Body(lane.Ma, BodyKind.JointBranch, "联合党支部", [lane.Grids[1], lane.Grids[2], lane.Grids[0]]);
        var plan = await hele.KeepPlan(lane.Ma, lane.With((2, lane.Grids[0]), (3, lane.Grids[0])));
        var view = (await hele.Query<PlanQueries, PlanDraftView?>(async q => await q.Draft(lane.Ma, await hele.Here(), plan)))!;
        var refused = await hele.Adopt(lane.Ma, plan);
        Assert.Equal(view.InTheWay.Select(p => p.Sentence.Zh), refused.Problems.Select(p => p.Sentence.Zh));
        Assert.Equal([PlanProblems.GridHasPosts.Code, PlanProblems.GridHasBodies.Code], refused.Problems.Select(p => p.Code));
        Assert.Contains("第二网格党支部", refused.Problems[1].Sentence.Zh, StringComparison.Ordinal);
        Assert.DoesNotContain("联合", refused.Problems[1].Sentence.Zh, StringComparison.Ordinal);

        var ended = await hele.Read(db => db.Set<Post>().Where(p => p.Title == "二网格网格员").Select(p => p.PublicCode).SingleAsync());
        Ok(await hele.End(await hele.Viewer(TestPeople.He), ended));
        Ok(await hele.Dissolve(lane.Ma, await hele.Read(db => db.Set<Body>().Where(b => b.Name == "第二网格党支部").Select(b => b.PublicCode).SingleAsync())));
        Ok(await hele.Adopt(lane.Ma, plan));
        // The joint branch goes on with the grids that are left.
        var places = await hele.Read(db => db.Set<BodyPlace>().Where(p => p.To == null && db.Set<Body>().Any(b => b.Id == p.BodyId && b.PublicCode == joint)).Select(p => db.Set<Grid>().Where(g => g.Id == p.GridId).Select(g => g.Name).First()).ToListAsync());
        Assert.Equal(["第一网格", "第三网格"], places.Order(StringComparer.Ordinal));
        Assert.Empty((await hele.Verify()).Findings);
    }

    [Fact]
    public async Task Adopt_WithoutItsPapers_OrInTheFuture_OrUnchanged_IsRefused()
    {
        await using var hele = await TestInstallation.Create(TestDatabase.Sqlite);
        var lane = await hele.Lane();
        var plan = await hele.KeepPlan(lane.Ma, lane.With((1, lane.Grids[1])));
        Assert.Equal([PlanProblems.ReasonMissing.Code, PlanProblems.NumberMissing.Code, PlanProblems.DayInFuture.Code, PlanProblems.NotConfirmed.Code],
            (await hele.Adopt(lane.Ma, plan, hele.Today.AddDays(1), " ", "", false)).Problems.Select(p => p.Code));
        Assert.Equal([PlanProblems.DayTooEarly.Code], (await hele.Adopt(lane.Ma, plan, hele.Today.AddDays(-1))).Problems.Select(p => p.Code));
        var same = await hele.KeepPlan(lane.Ma, lane.Today, "不变");
        Assert.Equal([PlanProblems.NothingChanges.Code], (await hele.Adopt(lane.Ma, same)).Problems.Select(p => p.Code));
        Assert.Equal([PlanProblems.NameTaken.Code], (await hele.TryKeepPlan(lane.Ma, lane.Today)).Problems.Select(p => p.Code));
        Assert.Equal([PlanProblems.CutOdd.Code], (await hele.TryKeepPlan(lane.Ma, PlanCut.Of([new(lane.Houses[0], lane.Grids[0])]), "缺楼")).Problems.Select(p => p.Code));
        Ok(await hele.Get<DiscardPlan>().Run(lane.Ma, lane.Ma.Act(PlanAccess.Keep, Guid.NewGuid()), new(plan), TestContext.Current.CancellationToken));
        Assert.Equal([PlanProblems.NotNow.Code], (await hele.Adopt(lane.Ma, plan)).Problems.Select(p => p.Code));
        foreach (var person in new[] { TestPeople.Zhou, TestPeople.Feng, TestPeople.Zhao, TestPeople.Liu })
        {
            var viewer = await hele.Viewer(person);
            Assert.Equal([PlanProblems.NotFound], (await hele.TryKeepPlan(viewer, lane.Today, "别人的")).Problems);
            Assert.Equal([PlanProblems.NotFound], (await hele.Adopt(viewer, same)).Problems);
        }
    }

    /// <summary>The house in the middle of another grid's: no outline goes round both of its neighbours without crossing it.</summary>
    [Fact]
    public async Task Adopt_OfAGridThatOthersLieBetween_IsRefused()
    {
        await using var hele = await TestInstallation.Create(TestDatabase.Sqlite);
        var lane = await hele.Lane();
        // 1 3 5 to one grid, 2 4 6 to another, along a lane whose ground reaches from border to border.
        var cut = lane.With((1, lane.Grids[1]), (2, lane.Grids[0]), (4, lane.Grids[0]), (5, lane.Grids[1]));
        var refused = await hele.Adopt(lane.Ma, await hele.KeepPlan(lane.Ma, cut));
        Assert.Contains(refused.Problems, p => p.Code == PlanProblems.Torn.Code);
        var view = (await hele.AskPlan(lane.Ma, new(Even, false, PlanAsk.Today, [(lane.Houses[1], lane.Grids[1]), (lane.Houses[2], lane.Grids[0])], []))).Chosen!;
        Assert.Equal(2, view.Pieces(lane.Grids[0]));
    }

    [Fact]
    public async Task Proposals_BalanceTheHouseholds_KeepLocksAndPairs_AndSayWhoMoves()
    {
        await using var hele = await TestInstallation.Create(TestDatabase.Sqlite);
        var lane = await hele.Lane();
        var answer = await hele.AskPlan(lane.Ma, new(Even, true, null, [], []));
        Assert.Equal(ProposalState.Done, answer.State);
        Assert.True(answer.Lots.HasStreets);
        Assert.All(answer.Proposals, p => Assert.Empty(p.InPieces));
        Assert.All(answer.Proposals, p => Assert.True(p.Stand.Spread.Off < 100 && p.Stand.MovedHouseholds > 0, $"Plan {p.Number} lies {p.Stand.Spread.Off}% off and moves {p.Stand.MovedHouseholds}."));
        Assert.Equal((2, 8, 100), (answer.Today.Stand.SpreadBefore.Least, answer.Today.Stand.SpreadBefore.Most, answer.Today.Stand.SpreadBefore.Off));

        var locked = await hele.AskPlan(lane.Ma, new(Even with { Locked = [lane.Houses[1]], Apart = [(lane.Houses[4], lane.Houses[5])] }, true, null, [], []));
        Assert.All(locked.Proposals, p => Assert.Equal(lane.Grids[0], p.Cut.GridOf[lane.Houses[1]]));
        Assert.All(locked.Proposals, p => Assert.NotEqual(p.Cut.GridOf[lane.Houses[4]], p.Cut.GridOf[lane.Houses[5]]));
    }

    /// <summary>Two grids of eight and four households either way round: where members are shared out too, they decide which. It is nowhere registered where they live: a branch's number is shared over its buildings by residents.</summary>
    [Theory]
    [InlineData(12, 2)]
    [InlineData(3, 1)]
    public async Task Members_AreSharedOut_WhereWished_AsFarAsBranchesStatedThem(int west, int houses)
    {
        await using var hele = await TestInstallation.Create(TestDatabase.Sqlite);
        var lane = await hele.Lane();
        var wish = new PlanWish(2, null, null, true, false, false, null, [], []) { Within = 3, EvenMembers = true };
        Assert.False((await hele.AskPlan(lane.Ma, new(wish, true, null, [], []))).Ask.Wish.EvenMembers);
        await hele.Body(lane.Ma, BodyKind.PartyCommittee, "社区党委");
        Ok(await hele.Establish(lane.Ma, BodyKind.GridBranch, "西头党支部", buildings: [lane.Houses[0], lane.Houses[1]], members: west == 12 ? 12 : 24));
        Ok(await hele.Establish(lane.Ma, BodyKind.GridBranch, "东头党支部", [lane.Grids[2]], members: west == 12 ? 12 : 3));
        var answer = await hele.AskPlan(lane.Ma, new(wish, true, null, [], []));
        Assert.Equal((west == 12 ? 6m : 12m, west == 12 ? 6m : 1.5m), (answer.Ground.Members[lane.Houses[1]], answer.Ground.Members[lane.Houses[5]]));
        Assert.False(answer.Ground.Members.ContainsKey(lane.Houses[2]));
        var even = answer.Proposals.Single(p => p.Aims.Contains(PlanAim.MostBalanced));
        var westmost = even.Cut.GridOf[lane.Houses[0]];
        Assert.Equal(Enumerable.Range(0, 6).Select(h => h < houses), lane.Houses.Select(h => even.Cut.GridOf[h] == westmost));
    }

    [Fact]
    public async Task WithoutStreets_NeighboursAreByNearness_AndItIsSaid()
    {
        await using var hele = await TestInstallation.Create(TestDatabase.Sqlite);
        var lane = await hele.Lane(streets: false);
        var answer = await hele.AskPlan(lane.Ma, new(Even, true, "1", [], []));
        Assert.False(answer.Lots.HasStreets);
        // Only those side by side: five pairs along a straight lane.
        Assert.Equal(5, answer.Lots.Graph.Edges.Count);
        Assert.NotNull(answer.Chosen);
    }

    [Fact]
    public void Cut_IsReadAsItIsWritten_AndOddTextsAreNone()
    {
        var cut = PlanCut.Read("2222-3333-4444=5555-6666-7777;new1=8888-9999-AAAA,BBBB-CCCC-DDDD")!;
        Assert.Equal("2222-3333-4444=5555-6666-7777;new1=8888-9999-AAAA,BBBB-CCCC-DDDD", cut.ToString());
        Assert.Equal("new1", cut.GridOf["BBBB-CCCC-DDDD"]);
        foreach (var odd in new[] { "x", "=", "new0=5555-6666-7777", "new1=5555", "2222-3333-4444=5555-6666-7777;new1=5555-6666-7777", "new99=5555-6666-7777", "DROP TABLE=5555-6666-7777" })
            Assert.Null(PlanCut.Read(odd));
    }
}
