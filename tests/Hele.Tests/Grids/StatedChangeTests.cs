using Hele.Civic.Grids;
using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Notices;
using Hele.Civic.Platform.Storage;
using Hele.TestKit;
using Hele.Tests.Platform;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static Hele.Tests.Grids.GridSteps;

namespace Hele.Tests.Grids;

/// <summary>Whoever doesn't keep a household says what changed; its keeper checks it, and one act registers and answers.</summary>
public class StatedChangeTests
{
    private static Task<Outcome> Says(TestInstallation hele, Viewer viewer, ChangeKind? kind, string[]? members = null, string? about = null, string? text = null, string? building = null, string? room = null, string? prior = null, DateOnly? on = null) =>
        hele.Get<StateChange>().Run(viewer, viewer.Act(StatedAccess.Tell, Guid.NewGuid()), new(kind, building, building is null ? null : "1单元", room, members ?? [], about, text, on, prior));

    private static Task<Outcome> Checks(TestInstallation hele, Viewer viewer, CheckChange.Input input) =>
        hele.Get<CheckChange>().Run(viewer, viewer.Act(StatedAccess.Check, Guid.NewGuid()), input);

    private static CheckChange.Input Yes(string code, params string[] people) => new(code, true, ChangeCheck.Call, null) { People = people };

    private static CheckChange.Input No(string code, string? why) => new(code, false, ChangeCheck.Call, why);

    private static Task<StatedChange> Row(TestInstallation hele, string code) => hele.Read(db => db.Set<StatedChange>().SingleAsync(c => c.PublicCode == code));

    private static Task<List<string>> Lives(TestInstallation hele) => hele.Read(async db => await (
        from m in db.Set<HouseholdMember>() where m.To == null join h in db.Set<Household>() on m.HouseholdId equals h.Id join p in db.Set<Person>() on m.PersonId equals p.Id
        orderby h.Room, p.Name select h.Room + " " + p.Name).ToListAsync());

    private static async Task<List<string>> Day(TestInstallation hele, Viewer viewer) =>
        [.. (await hele.Query<DayQueries, IReadOnlyList<DayItem>>(q => q.Of(viewer))).Where(i => i.Record == typeof(StatedChange)).Select(i => i.Code)];

    private static Task<List<string>> Told(TestInstallation hele, Viewer viewer) => hele.Read(db => db.Set<Notice>().Where(n => n.PersonId == viewer.PersonId).OrderBy(n => n.LeafIndex).Select(n => n.Code).ToListAsync());

    /// <summary>A resident with an account whom the register places nowhere.</summary>
    private static async Task<(Viewer Viewer, string Code)> Newcomer(TestInstallation hele)
    {
        var code = Ok(await hele.Get<RegisterPerson>().Run(new Act { OperationId = Guid.NewGuid(), AccountId = SystemAccount.Id, JurisdictionId = TestInstallation.Hexi }, new("魏新来", null, "wei-xinlai", TestPeople.PasswordHash, false, null, null, null)));
        return (await hele.Viewer(new TestPerson("wei-xinlai", "魏新来", null, null)), code);
    }

    /// <summary>Liu and Chen live in 3号楼302, which belongs to a grid with a worker of its own; 4号楼 belongs to another's.</summary>
    private static async Task<(Viewer Zhou, Viewer Worker, Viewer Other, Viewer Liu, string LiuCode, string Chen, string Three, string Four, string Household)> Start(TestInstallation hele)
    {
        var (ma, zhou) = (await hele.Viewer(TestPeople.Ma), await hele.Viewer(TestPeople.Zhou));
        var compound = await hele.Compound(ma);
        var (three, four) = (await hele.Building(ma, compound, "3号楼", At(50, 50)), await hele.Building(ma, compound, "4号楼", At(250, 50)));
        var (first, second) = (await hele.Grid(ma, "第一网格", Square(0, 0)), await hele.Grid(ma, "第二网格", Square(200, 0)));
        Ok(await hele.Assign(ma, first, three));
        Ok(await hele.Assign(ma, second, four));
        var (worker, other) = (await hele.Worker("韩冬", "第一网格员", first), await hele.Worker("吕夏", "第二网格员", second));
        var (liu, chen) = (await hele.PersonCode(TestPeople.Liu), await hele.PersonCode(TestPeople.Chen));
        var household = Ok(await hele.MoveIn(ma, three, "302", liu, on: hele.Today.AddDays(-30)));
        Ok(await hele.Get<MoveIn>().Run(ma, ma.Act(GridAccess.KeepHouseholds, Guid.NewGuid()), new(three, "1单元", "302", chen, HouseholdRole.Family, hele.Today.AddDays(-30), false), TestContext.Current.CancellationToken));
        return (zhou, worker, other, await hele.Viewer(TestPeople.Liu), liu, chen, three, four, household);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Resident_StatesAMove_ItChangesNothing_UntilTheGridsWorkerRegistersItInOneAct(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (zhou, worker, other, liu, _, chen, _, _, household) = await Start(hele);
        var said = Ok(await Says(hele, liu, ChangeKind.MovedOut, [chen], text: "去女儿那里住了", on: hele.Today.AddDays(-2)));
        Assert.Equal(["302 刘大勇", "302 陈静"], (await Lives(hele)).Order(StringComparer.Ordinal));
        var row = await Row(hele, said);
        Assert.Equal(("陈静", "302", ChangeState.Stated, hele.Today), (row.About, row.Room, row.State, row.StatedOn));
        Assert.NotNull(row.DueOn);
        // It waits for the grid's worker, and for nobody else yet; who keeps another grid knows nothing of it.
        Assert.Equal([said], await Day(hele, worker));
        Assert.Empty(await Day(hele, zhou));
        Assert.Empty(await Day(hele, other));
        Assert.Null(await hele.Query<ChangeQueries, ChangeView?>(q => q.Find(other, said)));
        Assert.Equal([GridProblems.NotFound], (await Checks(hele, other, Yes(said, chen) with { To = WentTo.Elsewhere })).Problems);
        Assert.Equal([said], await Told(hele, worker));

        Assert.Equal([GridProblems.WentMissing], (await Checks(hele, worker, Yes(said, chen))).Problems);
        var before = await hele.Read(db => db.Set<JournalRow>().Select(j => j.ActId).Distinct().CountAsync());
        Ok(await Checks(hele, worker, Yes(said, chen) with { To = WentTo.Elsewhere, On = hele.Today.AddDays(-2) }));
        Assert.Equal(before + 1, await hele.Read(db => db.Set<JournalRow>().Select(j => j.ActId).Distinct().CountAsync()));
        Assert.Equal(["302 刘大勇"], await Lives(hele));
        Assert.Equal(hele.Today.AddDays(-2), await hele.Read(db => db.Set<HouseholdMember>().Where(m => m.To != null).Select(m => m.To).SingleAsync()));
        Assert.Equal((ChangeState.Confirmed, (DateOnly?)hele.Today, (DateOnly?)null), await Row(hele, said) is { } done ? (done.State, done.AnsweredOn, done.DueOn) : default);
        Assert.Empty(await Day(hele, worker));
        Assert.Equal([said], await Told(hele, liu));
        Assert.Equal(household, (await hele.Query<ChangeQueries, ChangeView?>(q => q.Find(worker, said)))!.Household);
        Assert.Empty((await hele.Verify()).Findings);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Refused_WithAReason_IsContestedByStatingAgain_AndBothStay(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (zhou, worker, _, liu, liuCode, chen, _, _, _) = await Start(hele);
        var said = Ok(await Says(hele, liu, ChangeKind.MovedOut, [chen]));
        Assert.Equal(GridProblems.StatedAlready.Code, Assert.Single((await Says(hele, liu, ChangeKind.MovedOut, [chen])).Problems).Code);
        Assert.Equal([GridProblems.SoMissing, GridProblems.CheckMissing], (await Checks(hele, worker, new(said, null, null, null))).Problems);
        Assert.Equal(GridProblems.ChangeAnswerMissing.Code, Assert.Single((await Checks(hele, worker, No(said, " "))).Problems).Code);
        Ok(await Checks(hele, worker, No(said, "打电话问过，只是出差一个月。")));
        // The second keeper is told who did what, and when.
        var late = Assert.Single((await Checks(hele, zhou, Yes(said, chen) with { To = WentTo.Elsewhere })).Problems);
        Assert.Equal(GridProblems.ChangeAnswered.Code, late.Code);
        Assert.Contains("第一网格员", late.Sentence.Zh, StringComparison.Ordinal);
        Assert.Contains("核实不属实", late.Sentence.Zh, StringComparison.Ordinal);
        Assert.Equal(2, (await Lives(hele)).Count);

        var again = Ok(await Says(hele, liu, ChangeKind.MovedOut, [chen], text: "不是出差，已经退了房", prior: said));
        var view = (await hele.Query<ChangeQueries, ChangeView?>(q => q.Find(worker, again)))!;
        Assert.Equal((said, "陈静"), (view.Prior, view.About));
        Assert.Equal("打电话问过，只是出差一个月。", (await hele.Query<ChangeQueries, ChangeView?>(q => q.Find(liu, said)))!.Answer);
        Assert.Equal(again, (await hele.Query<ChangeQueries, ChangeView?>(q => q.Find(liu, said)))!.Again);
        // Nobody takes up what another said, nor what waits.
        var chenViewer = await hele.Viewer(TestPeople.Chen);
        Assert.Equal([GridProblems.NotFound], (await Says(hele, chenViewer, ChangeKind.MovedOut, [liuCode], prior: said)).Problems);
        Assert.Equal([GridProblems.NotFound], (await Says(hele, liu, ChangeKind.MovedOut, [liuCode], prior: again)).Problems);
        Assert.Empty((await hele.Verify()).Findings);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task GridWorker_StatesADeath_AndOnlyTheCounterRegistersIt(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (zhou, worker, other, liu, _, chen, three, _, _) = await Start(hele);
        var said = Ok(await Says(hele, worker, ChangeKind.Died, about: "陈静", text: "邻居和家属都说了", building: three, room: "302", on: hele.Today.AddDays(-1)));
        Assert.Equal([GridProblems.OwnStatement], (await Checks(hele, worker, Yes(said, chen))).Problems);
        Assert.Equal([said], await Day(hele, zhou));
        // A resident's word about a death lies with the counter too: the grid's worker sees that it waits, and registers nothing.
        var second = Ok(await Says(hele, liu, ChangeKind.Died, [chen]));
        Assert.Empty(await Day(hele, worker));
        Assert.Equal([GridProblems.ChangeOfTheCounter], (await Checks(hele, worker, Yes(second, chen))).Problems);
        Assert.False((await hele.Query<ChangeQueries, ChangeView?>(q => q.Find(worker, second)))!.MayCheck);

        Assert.Equal([PeopleProblems.DeathDayMissing, PeopleProblems.DeathSourceMissing], (await Checks(hele, zhou, Yes(said, chen))).Problems);
        Ok(await Checks(hele, zhou, Yes(said, chen) with { On = hele.Today.AddDays(-1), Source = DeathSource.Family, ToldBy = "儿子" }));
        Assert.Equal(["302 刘大勇"], await Lives(hele));
        Assert.Equal(hele.Today.AddDays(-1), await hele.Read(db => db.Set<Person>().Where(p => p.PublicCode == chen).Select(p => p.DiedOn).SingleAsync()));
        Assert.Contains(said, await Told(hele, worker));
        // The other statement of it finds nobody there any more.
        Assert.Equal([GridProblems.MemberMissing], (await Checks(hele, zhou, Yes(second, chen))).Problems);
        Ok(await Checks(hele, zhou, No(second, "已经登记过了。")));
        // A worker of another grid may say what they saw anywhere, and learns nothing by it.
        var seen = Ok(await Says(hele, other, ChangeKind.MovedIn, about: "新来的一家", text: "搬家车在楼下", building: three, room: "901"));
        Assert.Empty((await hele.Query<ChangeQueries, ChangeView?>(q => q.Find(other, seen)))!.Members);
        Assert.Empty((await hele.Verify()).Findings);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Birth_Stated_KeepsNoDayInClear_AndIsRegisteredWithItsGuardians(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (_, worker, _, liu, liuCode, chen, _, _, _) = await Start(hele);
        var said = Ok(await Says(hele, liu, ChangeKind.Born, on: hele.Today.AddDays(-5)));
        Assert.Null((await Row(hele, said)).HappenedOn);
        Assert.Equal([GridProblems.NotFound], (await Checks(hele, worker, Yes(said) with { On = hele.Today.AddDays(-5), BornOn = hele.Today.AddDays(-5), Guardians = [liuCode], Basis = "父母" })).Problems);
        Assert.Equal([GridProblems.BornMissing, GridProblems.GuardianMissing, KeepGuardianship.BasisMissing], (await Checks(hele, worker, Yes(said))).Problems);
        Ok(await Checks(hele, worker, Yes(said) with { BornOn = hele.Today.AddDays(-5), Guardians = [liuCode, chen], Basis = "父母，已看出生医学证明", Name = "刘小满" }));
        var child = await hele.Read(db => db.Set<HouseholdMember>().SingleAsync(m => m.Came == MemberCause.Birth));
        Assert.Equal(hele.Today, child.From);
        Assert.Equal(2, await hele.Read(db => db.Set<Guardianship>().CountAsync(g => g.WardId == child.PersonId)));
        Assert.Empty((await hele.Verify()).Findings);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task MovedIn_SomebodyNew_IsEnteredByTheCounter_SomebodyKnownByTheGrid(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (zhou, worker, _, liu, _, _, _, four, _) = await Start(hele);
        var said = Ok(await Says(hele, liu, ChangeKind.MovedIn, about: "王保姆"));
        Assert.Equal([GridProblems.NewIsTheCounters], (await Checks(hele, worker, Yes(said) with { IsNew = true, Name = "王秀莲" })).Problems);
        Assert.Equal([GridProblems.PersonMissing], (await Checks(hele, worker, Yes(said))).Problems);
        Ok(await Checks(hele, zhou, Yes(said) with { IsNew = true, Name = "王秀莲", Role = HouseholdRole.Family }));
        Assert.Contains("302 王秀莲", await Lives(hele));
        Assert.Equal("柳荫路12号院3号楼1单元302", await hele.Read(db => db.Set<Person>().Where(p => p.Name == "王秀莲").Select(p => p.Address).SingleAsync()));

        // Somebody in the register whom it places nowhere says themself where they moved in, and nothing else.
        var (wei, weiCode) = await Newcomer(hele);
        Assert.Equal([GridProblems.NoOwnHousehold], (await Says(hele, wei, ChangeKind.Phone, about: "我")).Problems);
        Assert.Equal([GridProblems.NoOwnHousehold], (await Says(hele, wei, ChangeKind.Died, about: "谁", text: "听说", building: four, room: "101")).Problems);
        var moved = Ok(await Says(hele, wei, ChangeKind.MovedIn, about: wei.Name, text: "刚搬来", building: four, room: "101"));
        // A resident who has a household speaks about that one alone.
        Assert.Equal([GridProblems.NotFound], (await Says(hele, liu, ChangeKind.MovedIn, about: "别人", text: "看见的", building: four, room: "101")).Problems);
        Ok(await Checks(hele, zhou, Yes(moved, weiCode) with { Role = HouseholdRole.Head }));
        Assert.Contains("101 " + wei.Name, await Lives(hele));
        Assert.Empty((await hele.Verify()).Findings);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Kinds_AreRegisteredByTheOperationsThatRegisterThemOtherwise(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (zhou, worker, _, liu, liuCode, chen, _, four, _) = await Start(hele);
        var let = Ok(await Says(hele, liu, ChangeKind.Let, text: "租给别人了"));
        Ok(await Checks(hele, worker, Yes(let) with { Landlord = "房东周某", On = hele.Today.AddDays(-3), Until = hele.Today.AddYears(1), ContractSeen = true }));
        Assert.Equal(hele.Today.AddDays(-3), await hele.Read(db => db.Set<Tenancy>().Select(t => t.From).SingleAsync()));
        var on = Ok(await Says(hele, liu, ChangeKind.Let, text: "不租了"));
        Ok(await Checks(hele, worker, Yes(on) with { Ends = true, On = hele.Today }));
        Assert.Equal(hele.Today, await hele.Read(db => db.Set<Tenancy>().Select(t => t.EndedOn).SingleAsync()));

        // Of these the keeper registers one person's with one check: so is it said, by a resident and about another's door.
        foreach (var one in new[] { ChangeKind.Died, ChangeKind.Phone, ChangeKind.Name })
        {
            Assert.Equal([GridProblems.MembersOne], (await Says(hele, liu, one, [liuCode, chen])).Problems);
            Assert.Equal([GridProblems.AboutOne], (await Says(hele, worker, one, about: "刘大勇、陈静", text: "听邻居说的", building: four, room: "101")).Problems);
        }
        var phone = Ok(await Says(hele, liu, ChangeKind.Phone, [chen]));
        Ok(await Checks(hele, zhou, Yes(phone, chen) with { Phone = "13912345678" }));
        Assert.Equal("139****5678", await hele.Read(db => db.Set<Person>().Where(p => p.PublicCode == chen).Select(p => p.PhoneMasked).SingleAsync()));
        var name = Ok(await Says(hele, liu, ChangeKind.Name, [chen], text: "静写成了净"));
        Ok(await Checks(hele, zhou, Yes(name, chen) with { Name = "陈净" }));
        Assert.Equal("陈净", await hele.Read(db => db.Set<Person>().Where(p => p.PublicCode == chen).Select(p => p.Name).SingleAsync()));

        Assert.Equal(GridProblems.EvidenceMissing.Code, Assert.Single((await Says(hele, liu, ChangeKind.Other)).Problems).Code);
        var other = Ok(await Says(hele, liu, ChangeKind.Other, text: "单元写错了"));
        Assert.Equal(GridProblems.ChangeAnswerMissing.Code, Assert.Single((await Checks(hele, worker, Yes(other))).Problems).Code);
        Ok(await Checks(hele, worker, Yes(other) with { Answer = "已更正单元。" }));

        // All of them to another door of the community, in one act; who keeps one end alone can't do both.
        var moved = Ok(await Says(hele, liu, ChangeKind.MovedOut, [liuCode, chen], text: "全家搬到4号楼"));
        Assert.Equal([GridProblems.TargetOfOthers], (await Checks(hele, worker, Yes(moved, liuCode, chen) with { To = WentTo.Within, Building = four, Entrance = "1单元", Room = "501" })).Problems);
        Ok(await Checks(hele, zhou, Yes(moved, liuCode, chen) with { To = WentTo.Within, Building = four, Entrance = "1单元", Room = "501" }));
        Assert.Equal(["501 刘大勇", "501 陈净"], (await Lives(hele)).Order(StringComparer.Ordinal));
        // Gone for good is the counter's to register.
        var gone = Ok(await Says(hele, liu, ChangeKind.MovedOut, [chen]));
        var second = await hele.Viewer(TestPeople.Zhou);
        Ok(await Checks(hele, second, Yes(gone, chen) with { To = WentTo.Left, On = hele.Today }));
        Assert.Equal(hele.Today, await hele.Read(db => db.Set<Person>().Where(p => p.PublicCode == chen).Select(p => p.LeftOn).SingleAsync()));
        Assert.Empty((await hele.Verify()).Findings);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task TakenBack_OrLate_StandsWhereItBelongs(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (zhou, worker, _, liu, _, chen, _, _, _) = await Start(hele);
        var said = Ok(await Says(hele, liu, ChangeKind.MovedOut, [chen]));
        Assert.Equal([GridProblems.NotFound], (await hele.Get<WithdrawChange>().Run(zhou, zhou.Act(StatedAccess.Tell, Guid.NewGuid()), new(said), TestContext.Current.CancellationToken)).Problems);
        Ok(await hele.Get<WithdrawChange>().Run(liu, liu.Act(StatedAccess.Tell, Guid.NewGuid()), new(said), TestContext.Current.CancellationToken));
        Assert.Empty(await Day(hele, worker));
        Assert.Equal(GridProblems.ChangeNotNow.Code, Assert.Single((await Checks(hele, worker, Yes(said, chen) with { To = WentTo.Elsewhere })).Problems).Code);

        // Late: the community's worker is asked to help.
        var second = Ok(await Says(hele, liu, ChangeKind.MovedOut, [chen]));
        Assert.Empty(await Day(hele, zhou));
        hele.Clock.MoveTo(hele.Clock.GetUtcNow().AddDays(14));
        var item = Assert.Single(await hele.Query<DayQueries, IReadOnlyList<DayItem>>(q => q.Of(zhou)), i => i.Record == typeof(StatedChange));
        Assert.Equal((second, true), (item.Code, item.Helps));
        Assert.Empty((await hele.Verify()).Findings);
    }
}
