using Hele.Civic.ServiceCircles;
using Hele.Planning.Streets;
using Hele.TestKit;
using Hele.Tests.Grids;
using Hele.Tests.Organizations;
using Xunit;

namespace Hele.Tests.ServiceCircles;

/// <summary>Where service points should be, on a street that can be reckoned by hand: an adult walks 660 m in the ten minutes, an older person 480 m.</summary>
public class SitingTests
{
    private static readonly SitingWeights Adults = new(1, 0, 0, 0);

    private static SitingAsk Asked(SitingAim aim, int number = 1) => new(aim, CircleQueries.UsualHour) { Number = number, Weights = Adults };

    private static async Task<SitingAnswer> Ask(TestInstallation hele, SitingAsk ask) =>
        await hele.Query<SitingQueries, SitingAnswer?>(async q => await q.Ask(await hele.Viewer(TestPeople.Ma), await hele.Here(), ask)) ?? throw new InvalidOperationException("No answer.");

    /// <summary>A street with a house every 500 m, in which so many households live. Their codes from the west.</summary>
    private static async Task<string[]> Street(TestInstallation hele, params int[] households)
    {
        var ma = await hele.Viewer(TestPeople.Ma);
        var compound = await hele.Compound(ma);
        var houses = new string[households.Length];
        for (var i = 0; i < houses.Length; i++)
        {
            houses[i] = await hele.Building(ma, compound, $"{i + 1}号楼", CircleSteps.At(i * 500, 0));
            for (var h = 0; h < households[i]; h++)
                GridSteps.Ok(await hele.MoveIn(ma, houses[i], $"{101 + h}", await hele.Somebody($"住户{i}之{h}")));
        }
        GridSteps.Ok(await hele.AddStreets(ma, CircleSteps.File([(0, 0), ((houses.Length - 1) * 500, 0)])));
        return houses;
    }

    private static string[] New(SitingOption option) => [.. option.New.Select(p => p.Name[^3..])];

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Most_OnePointAfterTheOther_IsWhereMostHouseholdsReachIt(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var houses = await Street(hele, 2, 2, 1, 1, 1);

        var one = await Ask(hele, Asked(SitingAim.Most));
        // Within 660 m of the second house live five households, more than anywhere else.
        Assert.Equal((true, 0, "2号楼"), (one.IsProven, one.Today.Places.Count, New(one.Options[0]).Single()));
        Assert.Equal((5L, 7L), one.Options[0].Groups.Where(g => g.Group == WalkerGroup.Adult).Select(g => (g.Within, g.All)).Single());
        var two = await Ask(hele, Asked(SitingAim.Most, 2));
        Assert.Equal((true, 7L), (two.IsProven, two.Options[0].Weighted));

        // What is already there stays, and what must not be is not.
        var ma = await hele.Viewer(TestPeople.Ma);
        await hele.Point(ma, CircleSteps.At(2000, 0));
        var beside = await Ask(hele, Asked(SitingAim.Most));
        Assert.Equal(["2号楼"], New(beside.Options[0]));
        Assert.Equal(7L, beside.Options[0].Weighted);
        Assert.Equal(2, beside.Options[0].Places.Count);
        var forbidden = await Ask(hele, Asked(SitingAim.Most) with { Never = [houses[1]] });
        Assert.DoesNotContain("2号楼", forbidden.Options.SelectMany(New));
        Assert.True(forbidden.IsProven && forbidden.Options[0].Weighted == 6);
        var forced = await Ask(hele, Asked(SitingAim.Most) with { Always = [houses[0]] });
        Assert.Equal(["1号楼"], New(forced.Options[0]));
        Assert.Empty((await Ask(hele, Asked(SitingAim.Most) with { Always = [houses[0], houses[1]] })).Options);
    }

    [Fact]
    public async Task All_Walks_AndFarthest_AnswerWhatTheySay()
    {
        await using var hele = await TestInstallation.Create(TestDatabase.Sqlite);
        await Street(hele, 2, 2, 1, 1, 1);

        var all = await Ask(hele, Asked(SitingAim.All));
        Assert.Equal((true, 2, 7L), (all.IsProven, all.Options[0].New.Count(), all.Options[0].Weighted));

        // The middle of the street by households is the second house; by the farthest it is the third.
        var walks = await Ask(hele, Asked(SitingAim.Walks));
        Assert.True(walks.IsProven);
        Assert.Equal(["2号楼"], New(walks.Options[0]));
        // 455 s for each 500 m: two households walk one of them, one walks one, one two and one three; over seven households.
        Assert.InRange(walks.Options[0].MeanSeconds!.Value, 519, 521);
        var farthest = await Ask(hele, Asked(SitingAim.Farthest));
        Assert.True(farthest.IsProven);
        Assert.Equal(["3号楼"], New(farthest.Options[0]));
        Assert.InRange(farthest.Options[0].FarthestSeconds!.Value, 908, 911);
    }

    /// <summary>How many points it takes is known from the least cost on, and below it that no choice does.</summary>
    [Fact]
    public async Task All_WithinABudget_IsFoundFromTheLeastOn_AndProvenImpossibleBelow()
    {
        await using var hele = await TestInstallation.Create(TestDatabase.Sqlite);
        var houses = await Street(hele, 1, 1, 1, 1, 1, 1);
        var dear = new Dictionary<string, int> { [houses[4]] = 7, [houses[5]] = 9 };
        async Task Least(SitingAsk ask, int least, int places)
        {
            foreach (var budget in new[] { least, least + 1, 3000 })
            {
                var found = await Ask(hele, ask with { Budget = budget });
                Assert.Equal((true, 6L), (found.IsProven, found.Options[0].Weighted));
                Assert.All(found.Options, o => Assert.True(o.Cost <= budget));
                if (budget == least)
                    Assert.Equal(((long)least, places), (found.Options[0].Cost, found.Options[0].Places.Count));
            }
            var unlimited = await Ask(hele, ask);
            Assert.True(unlimited is { IsProven: true, Options.Count: > 0 });
            if (least > 0)
            {
                var none = await Ask(hele, ask with { Budget = least - 1 });
                Assert.Equal((true, 0), (none.IsProven, none.Options.Count));
            }
        }

        // Beside the second and the fifth house; the last house is then reached from itself or the one before, 7 at least.
        await Least(Asked(SitingAim.All), 2, 2);
        await Least(Asked(SitingAim.All) with { Costs = dear }, 8, 2);

        // Points of today at both ends: one new one between reaches the other two.
        var ma = await hele.Viewer(TestPeople.Ma);
        await hele.Point(ma, CircleSteps.At(0, 0), name: "西头的点");
        await hele.Point(ma, CircleSteps.At(2500, 0), name: "东头的点");
        await Least(Asked(SitingAim.All), 1, 3);
        await Least(Asked(SitingAim.All) with { Costs = dear }, 1, 3);

        // All chosen anew two do; for the price of one it takes today's as well.
        var anew = Asked(SitingAim.All) with { Anew = true };
        Assert.Equal((2, 2), (await Ask(hele, anew)).Options[0] is var two ? (two.Places.Count, two.GivenUp.Count) : default);
        Assert.Equal(2, (await Ask(hele, anew with { Budget = 2 })).Options[0].Places.Count);
        await Least(anew, 1, 3);
        await Least(anew with { Costs = dear }, 1, 3);
    }

    /// <summary>As good is better for which nobody has to move: today's first, then what costs less, then the shorter walk.</summary>
    [Fact]
    public async Task OfEquals_TodaysStay_ThenTheCheaper_ThenTheShorterWalk()
    {
        await using var hele = await TestInstallation.Create(TestDatabase.Sqlite);
        await Street(hele, 2, 2, 1, 1, 1);
        var ma = await hele.Viewer(TestPeople.Ma);
        await hele.Point(ma, CircleSteps.At(450, 0), name: "二号的点");
        await hele.Point(ma, CircleSteps.At(1550, 0), name: "四号的点");
        foreach (var number in new[] { 2, 3, 20 })
        {
            var answer = await Ask(hele, Asked(SitingAim.Most, number) with { Anew = true });
            Assert.Equal((7L, 0, 0L), (answer.Options[0].Weighted, answer.Options[0].GivenUp.Count, answer.Options[0].Cost));
            Assert.InRange(answer.Options.Count, 2, 5);
            Assert.Equal(answer.Options.OrderByDescending(o => o.Weighted).ThenBy(o => o.GivenUp.Count).ThenBy(o => o.Cost).ThenBy(o => o.MeanSeconds), answer.Options);
            Assert.Distinct(answer.Options.Select(o => string.Join('|', o.Places.Select(p => p.Name))));
        }
    }

    /// <summary>Not the first option alone: no option that gives one of today's up for a new place that is no better is shown without the one that keeps it.</summary>
    [Fact]
    public async Task OfEquals_EveryOptionShown_KeepsWhatItCanOfToday()
    {
        await using var hele = await TestInstallation.Create(TestDatabase.Sqlite);
        // Three clusters far from each other; in each, houses so near that a point at any of them reaches all six.
        var ma = await hele.Viewer(TestPeople.Ma);
        var compound = await hele.Compound(ma);
        for (var i = 0; i < 18; i++)
            GridSteps.Ok(await hele.MoveIn(ma, await hele.Building(ma, compound, $"{i + 1}号楼", CircleSteps.At((i / 6 * 2000) + (i % 6 * 30), 0)), "101", await hele.Somebody($"住户{i}")));
        GridSteps.Ok(await hele.AddStreets(ma, CircleSteps.File([(0, 0), (4200, 0)])));
        await hele.Point(ma, CircleSteps.At(75, 0), name: "西头的点");
        await hele.Point(ma, CircleSteps.At(2075, 0), name: "中间的点");
        var answer = await Ask(hele, Asked(SitingAim.Most, 2) with { Anew = true });
        Assert.Equal(12L, answer.Options[0].Weighted);
        Assert.InRange(answer.Options.Count, 2, 5);
        string[] Kept(SitingOption option)
        {
            int Cluster(SitingPlace place) => (int.Parse(place.Name[(place.Name.IndexOf('院', StringComparison.Ordinal) + 1)..^2], System.Globalization.CultureInfo.InvariantCulture) - 1) / 6;
            return [.. option.Places.Select(p => p.Point is not null ? p.Name : Cluster(p) switch { 0 => "西头的点", 1 => "中间的点", _ => p.Name }).Order(StringComparer.Ordinal)];
        }
        // Where something new was no better than one of today's that was given up, the same with today's stands before it.
        var shown = answer.Options.Select(o => string.Join('|', o.Places.Select(p => p.Name).Order(StringComparer.Ordinal))).ToList();
        Assert.Equal("中间的点|西头的点", shown[0]);
        Assert.All(answer.Options.Select(Kept).Select((kept, i) => (Kept: string.Join('|', kept), i)), o => Assert.InRange(shown.IndexOf(o.Kept), 0, o.i));
    }

    /// <summary>Asked again the answer is the same one, whoever asks and from wherever; and another one as soon as something has changed.</summary>
    [Fact]
    public async Task AskedAgain_TheAnswerIsTheSame_UntilTheGroundChanges()
    {
        await using var hele = await TestInstallation.Create(TestDatabase.Sqlite);
        await Street(hele, 2, 2, 1, 1, 1);
        var ask = Asked(SitingAim.Most, 2) with { Capacity = 2, Never = ["a"], Costs = new Dictionary<string, int> { ["b"] = 2 } };
        var first = await Ask(hele, ask);
        Assert.Same(first, await Ask(hele, ask with { Never = ["a"], Costs = new Dictionary<string, int> { ["b"] = 2 } }));
        Assert.NotSame(first, await Ask(hele, ask with { Capacity = 3 }));
        Assert.NotSame(first, await Ask(hele, ask with { Never = [] }));
        Assert.NotSame(first, await Ask(hele, ask with { Costs = new Dictionary<string, int>() }));
        await hele.Point(await hele.Viewer(TestPeople.Ma), CircleSteps.At(0, 0));
        Assert.Single((await Ask(hele, ask)).Today.Places);
    }

    [Fact]
    public async Task Closing_GivesUpWhatFewestMiss()
    {
        await using var hele = await TestInstallation.Create(TestDatabase.Sqlite);
        await Street(hele, 2, 2, 1, 1, 1);
        var ma = await hele.Viewer(TestPeople.Ma);
        await hele.Point(ma, CircleSteps.At(0, 0), name: "西头的点");
        await hele.Point(ma, CircleSteps.At(500, 0), name: "二号的点");
        await hele.Point(ma, CircleSteps.At(2000, 0), CircleSteps.Office, "东头的点");

        var answer = await Ask(hele, Asked(SitingAim.Closing));
        Assert.True(answer.IsProven);
        Assert.Equal(["西头的点"], answer.Options[0].GivenUp.Select(p => p.Name));
        Assert.Equal(answer.Today.Weighted, answer.Options[0].Weighted);
        // At an hour when nobody is at the eastern one, it isn't there to be given up.
        var evening = await Ask(hele, Asked(SitingAim.Closing) with { At = new(3, 20) });
        Assert.Equal(2, evening.Today.Places.Count);
        Assert.DoesNotContain("东头的点", evening.Options.SelectMany(o => o.GivenUp).Select(p => p.Name));
    }

    [Fact]
    public async Task Money_AndRoom_AreKeptTo()
    {
        await using var hele = await TestInstallation.Create(TestDatabase.Sqlite);
        var houses = await Street(hele, 2, 2, 1, 1, 1);

        // Beside the second house it is dear: with little money another place is best.
        var dear = Asked(SitingAim.Most) with { Costs = new Dictionary<string, int> { [houses[1]] = 5 }, Budget = 4 };
        Assert.DoesNotContain("2号楼", (await Ask(hele, dear)).Options.SelectMany(New));
        Assert.Equal(["2号楼"], New((await Ask(hele, dear with { Budget = 5 })).Options[0]));
        Assert.Equal(5, (await Ask(hele, dear with { Budget = 5 })).Options[0].Cost);

        // One point has room for two households: two serve four, and no more.
        var roomy = await Ask(hele, Asked(SitingAim.Most, 2) with { Capacity = 2 });
        Assert.True(roomy.IsProven);
        Assert.Equal((4L, 7L), (roomy.Options[0].Served, roomy.Weight));
        Assert.Equal(0L, roomy.Today.Served);
        // Every option serves what it says: with all its places and no others, no more is served.
        foreach (var option in roomy.Options)
            Assert.Equal(option.Served, (await Ask(hele, Asked(SitingAim.Most, 2) with { Capacity = 2, Always = [.. option.New.Select(p => p.Building!)] })).Options[0].Served);
        // What is there serves as well, from its own place: the last two houses, which none of today's others reach.
        await hele.Point(await hele.Viewer(TestPeople.Ma), CircleSteps.At(2000, 0));
        Assert.Equal(2L, (await Ask(hele, Asked(SitingAim.Most, 2) with { Capacity = 2 })).Today.Served);
        Assert.Equal(6L, (await Ask(hele, Asked(SitingAim.Most, 2) with { Capacity = 2 })).Options[0].Served);
        Assert.Null((await Ask(hele, Asked(SitingAim.Most, 2))).Options[0].Served);
    }

    [Fact]
    public async Task Weights_DecideWhoCounts_EachAtTheirPace()
    {
        await using var hele = await TestInstallation.Create(TestDatabase.Sqlite);
        await Street(hele, 1, 2, 1, 1, 1);
        // A child's 480 m reach no other house: the one with two households is best, and two households are all of it.
        var children = await Ask(hele, Asked(SitingAim.Most) with { Weights = new(0, 0, 3, 0) });
        Assert.Equal(("2号楼", 6L), (New(children.Options[0]).Single(), children.Options[0].Weighted));
        Assert.Equal(2L, children.Options[0].Groups.Single(g => g.Group == WalkerGroup.Child).Within);
    }

    [Fact]
    public async Task WhoMayNotTry_GetsNothing_AndWithoutStreetsThereIsNothing()
    {
        await using var hele = await TestInstallation.Create(TestDatabase.Sqlite);
        Assert.Null(await hele.Query<SitingQueries, SitingAnswer?>(async q => await q.Ask(await hele.Viewer(TestPeople.Ma), await hele.Here(), Asked(SitingAim.Most))));
        await Street(hele, 1, 2, 1, 1, 1);
        Assert.Null(await hele.Query<SitingQueries, SitingAnswer?>(async q => await q.Ask(await hele.Viewer(TestPeople.Liu), await hele.Here(), Asked(SitingAim.Most))));
    }

    /// <summary>Where nobody is registered yet, houses count: a community decides before its register is full.</summary>
    [Fact]
    public async Task WithoutHouseholds_HousesAreCounted()
    {
        await using var hele = await TestInstallation.Create(TestDatabase.Sqlite);
        await Street(hele, 0, 0, 0, 0, 0);
        var answer = await Ask(hele, Asked(SitingAim.Most));
        Assert.True(answer.ByBuildings && answer.IsProven);
        Assert.Equal(3L, answer.Options[0].Weighted);
    }
}
