using Hele.Civic.Appeals;
using Hele.Civic.Grids;
using Hele.Civic.Kernel;
using Hele.Civic.People.Posts;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Hele.TestKit;
using Hele.Tests.Grids;
using Hele.Tests.Organizations;
using Hele.Tests.Platform;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static Hele.Tests.Grids.GridSteps;

namespace Hele.Tests.Appeals;

/// <summary>By place and kind a matter finds the paid post that answers for its clock; a post of one grid sees its grid's; what is late goes to the next in line.</summary>
public class RoutingTests
{
    private static readonly DateOnly Today = new(2026, 10, 30);

    /// <summary>Two grids with a building each; Liu works in the first, Chen in the second.</summary>
    private sealed record Ground(string One, string Two, string BuildingOne, string BuildingTwo, Viewer Liu, Viewer Chen);

    private static async Task<Ground> Lay(TestInstallation hele)
    {
        var (ma, he) = (await hele.Viewer(TestPeople.Ma), await hele.Viewer(TestPeople.He));
        var compound = await hele.Compound(ma);
        var (three, four) = (await hele.Building(ma, compound, "3号楼"), await hele.Building(ma, compound, "4号楼"));
        var (one, two) = (await hele.Grid(ma, "第一网格", Square(0, 0)), await hele.Grid(ma, "第二网格", Square(100, 0)));
        Ok(await hele.Assign(ma, one, three));
        Ok(await hele.Assign(ma, two, four));
        await Give(TestPeople.Liu, one, "第一网格网格员");
        await Give(TestPeople.Chen, two, "第二网格网格员");
        return new(one, two, three, four, await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Chen));

        async Task Give(TestPerson person, string grid, string title)
        {
            var code = Ok(await hele.Get<ProposePost>().Run(he, he.Act(PostAccess.Propose, Guid.NewGuid()), new(await hele.PersonCode(person), Role.GridWorker, title, Today, null, "新任", "grid", grid)));
            Ok(await hele.Decide(ma, code));
        }
    }

    private static string Ok(Outcome outcome)
    {
        Assert.Empty(outcome.Problems);
        return outcome.Code!;
    }

    private static async Task<string> File(TestInstallation hele, Viewer resident, string kind, string? building, string? position = null, string? place = "楼门口") =>
        Ok(await hele.Get<FileAppeal>().Run(resident.Act(AppealAccess.File, Guid.NewGuid()), new(kind, "楼道灯不亮", "三楼的灯不亮。", place) { Building = building, Position = position }));

    private static Task<(string? Assigned, string Place, string? Grid)> Of(TestInstallation hele, string code) => hele.Read(async db =>
    {
        var a = await db.Set<Appeal>().SingleAsync(x => x.PublicCode == code);
        return (await db.Set<Post>().Where(p => p.Id == a.AssignedPostId).Select(p => p.Title).SingleOrDefaultAsync(), a.Place, await db.Set<Grid>().Where(g => g.Id == a.GridId).Select(g => g.PublicCode).SingleOrDefaultAsync());
    });

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task File_ByPlaceAndKind_FindsThePaidPost(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var ground = await Lay(hele);
        var liu = ground.Liu;
        Assert.Equal(("第一网格网格员", "柳荫路12号院3号楼 楼门口", ground.One), await Of(hele, await File(hele, liu, "facilities", ground.BuildingOne)));
        Assert.Equal(("第二网格网格员", "柳荫路12号院4号楼", ground.Two), await Of(hele, await File(hele, liu, "facilities", ground.BuildingTwo, place: "")));
        // A spot on the map lies in a grid too; whoever wrote only words goes to whoever works in the whole community.
        var inTwo = Geo.Read(Square(100, 0)).Outline!.Centroid;
        Assert.Equal("第二网格网格员", (await Of(hele, await File(hele, liu, "sanitation", null, FormattableString.Invariant($"{inTwo.X} {inTwo.Y}")))).Assigned);
        Assert.Equal(TestPeople.Zhao.PostTitle, (await Of(hele, await File(hele, liu, "sanitation", null))).Assigned);
        // What isn't settled in a courtyard goes to the community's own staff, wherever it is.
        Assert.Equal(TestPeople.Zhou.PostTitle, (await Of(hele, await File(hele, liu, "neighbours", ground.BuildingOne))).Assigned);
        Assert.Equal([AppealProblems.BuildingUnknown], (await hele.Get<FileAppeal>().Run(liu.Act(AppealAccess.File, Guid.NewGuid()), new("noise", "吵", "吵。", "院里") { Building = "2222-2222-2222" })).Problems);
        Assert.Empty((await hele.Verify()).Findings);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task PostOfOneGrid_SeesItsGridAndWhatWasBroughtToIt_AndNothingElse(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var ground = await Lay(hele);
        var (zhao, zhou) = (await hele.Viewer(TestPeople.Zhao), await hele.Viewer(TestPeople.Zhou));
        var here = await File(hele, ground.Chen, "facilities", ground.BuildingOne);
        var there = await File(hele, ground.Liu, "facilities", ground.BuildingTwo);
        var passed = Ok(await hele.Get<FileAppeal>().Run(zhou.Act(AppealAccess.TakeDown, Guid.NewGuid()), new("parking", "占道", "有车占道。", "路口", "王桂兰", Today) { Channel = Channel.Phone }));
        Ok(await hele.Accept(zhou, passed));

        async Task<List<string>> Seen(Viewer viewer) => await hele.Read(db => AppealAccess.Visible(viewer, db.Set<Appeal>()).Select(a => a.PublicCode).ToListAsync());
        // Liu filed the one of the second grid: that is their own.
        Assert.Equal([here, there], (await Seen(ground.Liu)).Order().ToList() is var liu ? liu.OrderBy(c => c == there) : []);
        Assert.Equal([AppealProblems.NotFound], (await hele.Accept(ground.Liu, there)).Problems);
        Assert.Equal(3, (await Seen(zhao)).Count);
        Ok(await hele.HandOn(zhou, passed, await hele.Read(db => db.Set<Post>().Where(p => p.Title == "第一网格网格员").Select(p => p.PublicCode).SingleAsync())));
        Assert.Contains(passed, await Seen(ground.Liu));
        Assert.DoesNotContain(passed, await Seen(ground.Chen));
        Ok(await hele.Accept(ground.Liu, here));

        // For each viewer and record the query is the decision.
        foreach (var viewer in new[] { ground.Liu, ground.Chen, zhao, zhou, await hele.Viewer(TestPeople.Feng) })
        {
            var all = await hele.Read(db => db.Set<Appeal>().ToListAsync());
            Assert.Equal(all.Where(a => AppealAccess.May(viewer, a, AppealAccess.See)).Select(a => a.PublicCode).Order(), (await Seen(viewer)).Order());
        }
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Day_EachPostHasItsOwn_AndWhatIsLateGoesToTheNextInLine(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var ground = await Lay(hele);
        var (zhou, ma) = (await hele.Viewer(TestPeople.Zhou), await hele.Viewer(TestPeople.Ma));
        var code = await File(hele, ground.Chen, "facilities", ground.BuildingOne);
        async Task<IEnumerable<string>> Day(Viewer viewer) => (await hele.Query<DayQueries, IReadOnlyList<DayItem>>(q => q.Of(viewer))).Where(i => i.Record == typeof(Appeal)).Select(i => $"{i.What.En}{(i.Helps ? "+" : "")} {i.Code == code}");

        Assert.Equal(["Accept it True"], await Day(ground.Liu));
        Assert.Empty(await Day(ground.Chen));
        Assert.Empty(await Day(zhou));
        hele.Clock.MoveTo(hele.Clock.GetUtcNow().AddDays(5));
        // Nobody else works in the grid: the clerk is next in line, the secretary after that.
        Assert.Equal(["Accept it True"], await Day(ground.Liu));
        Assert.Equal(["Accept it+ True"], await Day(zhou));
        Assert.Empty(await Day(ma));
        Ok(await hele.Accept(ground.Liu, code));
        Assert.Equal(["Handle and answer it True"], await Day(ground.Liu));
        Assert.Empty(await Day(zhou));
        Ok(await hele.Answer(ground.Liu, code));
        Assert.Empty(await Day(ground.Liu));
        var paper = Ok(await hele.Get<FileAppeal>().Run(zhou.Act(AppealAccess.TakeDown, Guid.NewGuid()), new("parking", "占道", "有车占道。", "路口", "王桂兰") { Channel = Channel.Paper }));
        Ok(await hele.Accept(zhou, paper));
        Ok(await hele.Answer(zhou, paper));
        code = paper;
        // The resident's word is asked for by somebody who had no hand in it.
        Assert.Contains("Ask the resident to judge, by telephone or at the door True", await Day(ma));
        Assert.Empty(await Day(zhou));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task File_WhileTheGridWorkerIsAway_GoesToWhoStandsIn_AndSaysSo(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var ground = await Lay(hele);
        var (ma, zhou, zhao) = (await hele.Viewer(TestPeople.Ma), await hele.Viewer(TestPeople.Zhou), await hele.Viewer(TestPeople.Zhao));
        async Task<(string?, string?)> Brought(string code) => await hele.Read(async db =>
        {
            var a = await db.Set<Appeal>().SingleAsync(x => x.PublicCode == code);
            return (await db.Set<Post>().Where(p => p.Id == a.AssignedPostId).Select(p => p.Title).SingleOrDefaultAsync(), await db.Set<Post>().Where(p => p.Id == a.InsteadOfPostId).Select(p => p.Title).SingleOrDefaultAsync());
        });
        async Task<IEnumerable<string>> Day(Viewer viewer) => (await hele.Query<DayQueries, IReadOnlyList<DayItem>>(q => q.Of(viewer))).Where(i => i.Record == typeof(Appeal)).Select(i => $"{i.Code}{(i.Helps ? "+" : "")}");
        var before = await File(hele, ground.Chen, "facilities", ground.BuildingOne);
        Assert.Equal(("第一网格网格员", null), await Brought(before));
        var (liuCode, chenCode, zhouCode) = (await hele.PersonCode(TestPeople.Liu), await hele.PersonCode(TestPeople.Chen), await hele.PersonCode(TestPeople.Zhou));

        // The worker of the next grid stands in: what is new comes to her, from a grid whose other matters she doesn't see.
        var away = Ok(await hele.Away(ma, liuCode, Today, Today.AddDays(1), chenCode));
        var during = await File(hele, ground.Chen, "facilities", ground.BuildingOne);
        Assert.Equal(("第二网格网格员", "第一网格网格员"), await Brought(during));
        Assert.Equal([during], await Day(ground.Chen));
        Assert.Equal(("第二网格网格员", "第一网格网格员"), await hele.Query<AppealQueries, (string?, string?)>(async q => await q.Find(ground.Chen, during) is { } view ? (view.Assigned, view.InsteadOf) : default));
        // What had come before is helped with by whoever reaches it, though nothing is late: the clerk.
        Assert.Equal([before + "+"], await Day(zhou));
        Assert.True(await hele.Query<AppealQueries, bool>(async q => (await q.Find(zhou, before))!.HandlerIsAway));

        // Somebody who works for the whole community stands in: theirs are the new ones, and they help with the old.
        Ok(await hele.ChangeAway(ma, away, Today.AddDays(1), zhouCode));
        Assert.Equal((TestPeople.Zhou.PostTitle, "第一网格网格员"), await Brought(await File(hele, ground.Chen, "sanitation", ground.BuildingOne)));
        // Who stands in is away too: the next in line that is there, which is the grid worker of the whole community.
        Ok(await hele.ChangeAway(ma, away, Today.AddDays(1)));
        Assert.Equal((TestPeople.Zhao.PostTitle, "第一网格网格员"), await Brought(await File(hele, ground.Chen, "noise", ground.BuildingOne)));
        Ok(await hele.Away(ma, await hele.PersonCode(TestPeople.Zhao), Today, Today));
        Assert.Equal((TestPeople.Zhou.PostTitle, "第一网格网格员"), await Brought(await File(hele, ground.Chen, "pets", ground.BuildingOne)));
        // Nobody at all is there: it waits where it belongs.
        foreach (var person in new[] { TestPeople.Zhou, TestPeople.Ma })
            Ok(await hele.Away(ma, await hele.PersonCode(person), Today, Today));
        Assert.Equal(("第一网格网格员", null), await Brought(await File(hele, ground.Chen, "parking", ground.BuildingOne)));
        // Back again: as before.
        hele.Clock.MoveTo(hele.Clock.GetUtcNow().AddDays(2));
        Assert.Equal(("第一网格网格员", null), await Brought(await File(hele, ground.Chen, "encroachment", ground.BuildingOne)));
        Assert.Empty((await hele.Verify()).Findings);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task EndPost_WithMattersToAccept_HandsThemOver(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var ground = await Lay(hele);
        var (he, zhao) = (await hele.Viewer(TestPeople.He), await hele.Viewer(TestPeople.Zhao));
        var code = await File(hele, ground.Chen, "facilities", ground.BuildingOne);
        var post = await hele.Read(db => db.Set<Post>().Where(p => p.Title == "第一网格网格员").Select(p => p.PublicCode).SingleAsync());
        Assert.Equal([PostProblems.StillHangs.Code], (await hele.End(he, post)).Problems.Select(p => p.Code));
        Ok(await hele.End(he, post, successor: await hele.PostCode(zhao)));
        Assert.Equal(TestPeople.Zhao.PostTitle, (await Of(hele, code)).Assigned);
        var ma = await hele.Viewer(TestPeople.Ma);
        Ok(await hele.Assign(ma, ground.Two, ground.BuildingOne));
        Ok(await hele.Get<RetireGrid>().Run(ma, ma.Act(GridAccess.Draw, Guid.NewGuid()), new(ground.One)));
        Assert.Empty((await hele.Verify()).Findings);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task RetireGrid_ThatAPostIsHeldFor_IsRefused(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var ground = await Lay(hele);
        var ma = await hele.Viewer(TestPeople.Ma);
        Ok(await hele.Assign(ma, ground.Two, ground.BuildingOne));
        Assert.Equal([GridProblems.GridHasPosts.Code], (await hele.Get<RetireGrid>().Run(ma, ma.Act(GridAccess.Draw, Guid.NewGuid()), new(ground.One))).Problems.Select(p => p.Code));
    }
}
