using Hele.Civic.Grids;
using Hele.Civic.People;
using Hele.Civic.People.Posts;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;
using Hele.TestKit;
using Hele.Tests.Platform;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static Hele.Tests.Grids.GridSteps;

namespace Hele.Tests.Grids;

/// <summary>Moves, births, tenancies: one change, one act, everywhere.</summary>
public class HouseholdTests
{
    private static Task<Outcome> Move(TestInstallation hele, Viewer viewer, string household, string[] members, string building, string room, string? head = null, bool join = false, DateOnly? on = null) =>
        hele.Get<MoveMembers>().Run(viewer, viewer.Act(GridAccess.KeepHouseholds, Guid.NewGuid()), new(household, members, building, "1单元", room, head, join, on));

    private static Task<Outcome> Born(TestInstallation hele, Viewer viewer, string household, string[] guardians, string? name = null, bool another = false, DateOnly? on = null) =>
        hele.Get<RecordBirth>().Run(viewer, viewer.Act(GridAccess.KeepHouseholds, Guid.NewGuid()), new(household, name, on ?? hele.Today.AddDays(-3), guardians, "父母，已看出生医学证明", another));

    private static Task<Outcome> Says(TestInstallation hele, Viewer viewer, string household, string person, Presence? presence, DateOnly? on = null) =>
        hele.Get<SayPresence>().Run(viewer, viewer.Act(GridAccess.KeepHouseholds, Guid.NewGuid()), new(household, person, presence, on));

    private static Task<Outcome> Lets(TestInstallation hele, Viewer viewer, string household, string? landlord, DateOnly? until) =>
        hele.Get<RecordTenancy>().Run(viewer, viewer.Act(GridAccess.KeepHouseholds, Guid.NewGuid()), new(household, landlord, null, until, true));

    private static Task<Outcome> Settles(TestInstallation hele, Viewer viewer, string household, bool ends, DateOnly? on) =>
        hele.Get<SettleTenancy>().Run(viewer, viewer.Act(GridAccess.KeepHouseholds, Guid.NewGuid()), new(household, ends, on));

    private static async Task<(Viewer Ma, string Liu, string Chen, string Three, string Four, string Household)> Start(TestInstallation hele)
    {
        var ma = await hele.Viewer(TestPeople.Ma);
        var compound = await hele.Compound(ma);
        var (three, four) = (await hele.Building(ma, compound, "3号楼"), await hele.Building(ma, compound, "4号楼"));
        var (liu, chen) = (await hele.PersonCode(TestPeople.Liu), await hele.PersonCode(TestPeople.Chen));
        var household = Ok(await hele.MoveIn(ma, three, "302", liu, on: hele.Today.AddDays(-30)));
        Ok(await hele.Get<MoveIn>().Run(ma, ma.Act(GridAccess.KeepHouseholds, Guid.NewGuid()), new(three, "1单元", "302", chen, HouseholdRole.Family, hele.Today.AddDays(-30), false) { Presence = Presence.PersonOnly }));
        return (ma, liu, chen, three, four, household);
    }

    private static Task<List<string>> Lives(TestInstallation hele) => hele.Read(async db => await (
        from m in db.Set<HouseholdMember>() where m.To == null join h in db.Set<Household>() on m.HouseholdId equals h.Id join p in db.Set<Person>() on m.PersonId equals p.Id
        orderby h.Room, p.Name select h.Room + " " + p.Name + " " + m.Role).ToListAsync());

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Household_Moving_IsOneAct_AndEverybodysAddressFollows(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (ma, liu, chen, _, four, household) = await Start(hele);
        var before = await hele.Read(db => db.Set<JournalRow>().Select(j => j.ActId).Distinct().CountAsync());
        var there = Ok(await Move(hele, ma, household, [liu, chen], four, "501"));
        Assert.Equal(before + 1, await hele.Read(db => db.Set<JournalRow>().Select(j => j.ActId).Distinct().CountAsync()));
        Assert.Equal(["501 刘大勇 Head", "501 陈静 Family"], (await Lives(hele)).Order(StringComparer.Ordinal));
        Assert.Equal(hele.Today, await hele.Read(db => db.Set<Household>().Where(h => h.PublicCode == household).Select(h => h.To).SingleAsync()));
        Assert.Equal("柳荫路12号院4号楼1单元501", await hele.Read(db => db.Set<Person>().Where(p => p.PublicCode == chen).Select(p => p.Address).SingleAsync()));
        // What was known about somebody's registration goes with them.
        Assert.Equal(Presence.PersonOnly, (await hele.Query<HouseholdQueries, HouseholdView?>(q => q.Find(ma, there)))!.Members.Single(m => m.Code == chen).Presence);
        Assert.Equal(GridProblems.HouseholdGone.Code, Assert.Single((await Move(hele, ma, household, [liu], four, "502")).Problems).Code);
        Assert.Empty((await hele.Verify()).Findings);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Household_DividedAndJoined_AsksBeforeItJoins(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (ma, liu, chen, three, four, household) = await Start(hele);
        Assert.Equal([GridProblems.SameDoor], (await Move(hele, ma, household, [chen], three, "302")).Problems);
        Assert.Equal([GridProblems.NobodyChosen, GridProblems.HeadNotMoving], (await Move(hele, ma, household, [], four, "501", head: chen)).Problems);
        var own = Ok(await Move(hele, ma, household, [chen], four, "501", head: chen));
        Assert.Equal(["302 刘大勇 Head", "501 陈静 Head"], (await Lives(hele)).Order(StringComparer.Ordinal));
        Assert.Equal(GridProblems.HouseholdThere.Code, Assert.Single((await Move(hele, ma, own, [chen], three, "302")).Problems).Code);
        Assert.Equal(household, Ok(await Move(hele, ma, own, [chen], three, "302", join: true)));
        // Who joins a household with a head is none in it.
        Assert.Equal(["302 刘大勇 Head", "302 陈静 Family"], (await Lives(hele)).Order(StringComparer.Ordinal));
        Assert.Equal([GridProblems.NotThere], (await Move(hele, ma, household, [await hele.PersonCode(TestPeople.Zhao)], four, "501")).Problems);
        Assert.Empty((await hele.Verify()).Findings);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Left_TheCommunity_EndsLivingThere_AndReturningTakesItUp(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (ma, liu, _, _, _, _) = await Start(hele);
        Ok(await hele.Get<PersonLeft>().Run(ma, ma.Act(PeopleAccess.Correct, Guid.NewGuid()), new(liu, hele.Today), TestContext.Current.CancellationToken));
        Assert.Equal(["302 陈静 Family"], await Lives(hele));
        Ok(await hele.Get<PersonLeft>().Run(ma, ma.Act(PeopleAccess.Correct, Guid.NewGuid()), new(liu, null, Back: true), TestContext.Current.CancellationToken));
        Assert.Equal(["302 刘大勇 Head", "302 陈静 Family"], (await Lives(hele)).Order(StringComparer.Ordinal));
        Assert.Empty((await hele.Verify()).Findings);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Birth_EntersAChildWithGuardians_AndSealsTheDay(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (ma, liu, chen, _, _, household) = await Start(hele);
        Assert.Equal([GridProblems.BornInFuture, GridProblems.GuardianMissing], (await Born(hele, ma, household, [], on: hele.Today.AddDays(1))).Problems);
        Assert.Equal([GridProblems.GuardianMissing], (await Born(hele, ma, household, [await hele.PersonCode(TestPeople.Zhou)])).Problems);
        var child = Ok(await Born(hele, ma, household, [liu, chen]));
        var person = await hele.Read(db => db.Set<Person>().SingleAsync(p => p.PublicCode == child));
        Assert.Equal((Person.Unnamed.Zh, $"{hele.Today.AddDays(-3).Year}-**-**", "柳荫路12号院3号楼1单元302"), (person.Name, person.BornMasked, person.Address));
        var member = await hele.Read(db => db.Set<HouseholdMember>().SingleAsync(m => m.PersonId == person.Id));
        Assert.Equal((MemberCause.Birth, hele.Today), (member.Came, member.From));
        Assert.Equal(2, await hele.Read(db => db.Set<Guardianship>().CountAsync(g => g.WardId == person.Id)));
        // Opened by the keeper and by the guardian, each with a record; not by a neighbour.
        var opened = await hele.Get<OpenBirthday>().Run(ma, ma.Act(PeopleAccess.OpenBirthday, Guid.NewGuid()), child, cancel: TestContext.Current.CancellationToken);
        Assert.Equal($"{hele.Today.AddDays(-3):yyyy-MM-dd}", opened.Values.Single());
        var zhao = await hele.Viewer(TestPeople.Zhao);
        Assert.False((await hele.Get<OpenBirthday>().Run(zhao, zhao.Act(PeopleAccess.OpenBirthday, Guid.NewGuid()), child, cancel: TestContext.Current.CancellationToken)).IsOpen);
        var father = await hele.Viewer(TestPeople.Liu);
        Assert.True((await hele.Get<OpenBirthday>().Run(father, father.Act(PeopleAccess.OpenBirthday, Guid.NewGuid()), child, cancel: TestContext.Current.CancellationToken)).IsOpen);

        // Told again by the other parent: asked, not doubled; a twin is said to be one.
        Assert.Equal(GridProblems.BornTwice.Code, Assert.Single((await Born(hele, ma, household, [chen])).Problems).Code);
        Ok(await Born(hele, ma, household, [chen], "刘小满", another: true));
        Assert.Empty((await hele.Verify()).Findings);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Presence_SaidAnew_KeepsTheDaysOfTheOldOne(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (ma, _, chen, _, _, household) = await Start(hele);
        Assert.Equal([GridProblems.PresenceMissing], (await Says(hele, ma, household, chen, null)).Problems);
        Assert.Equal(GridProblems.SamePresence.Code, Assert.Single((await Says(hele, ma, household, chen, Presence.PersonOnly)).Problems).Code);
        Assert.Equal(GridProblems.DayBeforeMoveIn.Code, Assert.Single((await Says(hele, ma, household, chen, Presence.Both, hele.Today.AddDays(-31))).Problems).Code);
        Ok(await Says(hele, ma, household, chen, Presence.Both, hele.Today.AddDays(-10)));
        var rows = await hele.Read(db => db.Set<MemberPresence>().OrderBy(p => p.From).ToListAsync());
        Assert.Equal([(Presence.PersonOnly, (DateOnly?)hele.Today.AddDays(-11)), (Presence.Both, null)], rows.Select(r => (r.Presence, r.To)));
        Assert.Empty((await hele.Verify()).Findings);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Tenancy_RunningOut_WaitsQuietlyForTheGrid_UntilSomebodySaysHowItStands(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (ma, liu, _, _, _, household) = await Start(hele);
        var zhao = await hele.Viewer(TestPeople.Zhao);
        async Task<List<DayItem>> Day() => [.. (await hele.Query<DayQueries, IReadOnlyList<DayItem>>(q => q.Of(zhao))).Where(i => i.Record == typeof(Household))];
        Assert.Equal([GridProblems.LandlordMissing, GridProblems.UntilBeforeFrom], (await Lets(hele, ma, household, " ", hele.Today.AddDays(-1))).Problems);
        Ok(await Lets(hele, ma, household, "外地房东周某", hele.Today.AddDays(20)));
        Assert.Equal(GridProblems.TenancyThere.Code, Assert.Single((await Lets(hele, ma, household, "又一个", null)).Problems).Code);
        Assert.Empty(await Day());
        hele.Clock.MoveTo(hele.Clock.GetUtcNow().AddDays(8));
        var item = Assert.Single(await Day());
        Assert.Equal((household, null), (item.Code, item.Due));
        Assert.Equal([GridProblems.UntilPast], (await Settles(hele, zhao, household, ends: false, hele.Today)).Problems);
        Ok(await Settles(hele, zhao, household, ends: false, hele.Today.AddYears(1)));
        Assert.Empty(await Day());
        Ok(await Settles(hele, zhao, household, ends: true, null));
        Assert.Equal([GridProblems.NoTenancy], (await Settles(hele, zhao, household, ends: true, null)).Problems);
        Assert.Equal(hele.Today, await hele.Read(db => db.Set<Tenancy>().Select(t => t.EndedOn).SingleAsync()));

        Ok(await hele.Get<KeepOwner>().Run(ma, ma.Act(GridAccess.KeepHouseholds, Guid.NewGuid()), new(household, "外地房东周某", null), TestContext.Current.CancellationToken));
        Ok(await hele.Get<KeepOwner>().Run(ma, ma.Act(GridAccess.KeepHouseholds, Guid.NewGuid()), new(household, liu, null), TestContext.Current.CancellationToken));
        var view = (await hele.Query<HouseholdQueries, HouseholdView?>(q => q.Find(zhao, household)))!;
        Assert.Equal((TestPeople.Liu.Name, liu, null), (view.Owners[0].Name, view.Owners[0].Code, view.Owners[0].To));
        Assert.NotNull(view.Owners[1].To);
        Assert.Empty((await hele.Verify()).Findings);
    }

    /// <summary>A post of one grid keeps that grid's households and sees no others.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task GridPost_KeepsItsOwnHouseholds_AndSeesNoOthers(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (ma, liu, chen, three, four, household) = await Start(hele);
        var (one, two) = (await hele.Grid(ma, "第一网格", Square(0, 0)), await hele.Grid(ma, "第二网格", Square(100, 0)));
        Ok(await hele.Assign(ma, one, three));
        Ok(await hele.Assign(ma, two, four));
        var (he, lin) = (await hele.Viewer(TestPeople.He), await hele.Worker("林涛", "第二网格网格员", two));
        Assert.Null(await hele.Query<HouseholdQueries, HouseholdView?>(q => q.Find(lin, household)));
        Assert.Equal([GridProblems.NotFound], (await Move(hele, lin, household, [chen], four, "501")).Problems);
        Assert.Equal([GridProblems.NotFound], (await hele.MoveIn(lin, three, "101", chen, leavesOther: true)).Problems);
        var other = Ok(await hele.MoveIn(lin, four, "501", await hele.Enter("新来的")));
        Assert.Equal([GridProblems.TargetOfOthers], (await Move(hele, lin, other, [await hele.Read(db => db.Set<Person>().Where(p => p.Name == "新来的").Select(p => p.PublicCode).SingleAsync())], three, "401")).Problems);
        Assert.Equal([other], await hele.Read(db => GridAccess.Visible(db, lin, db.Set<Household>()).Select(h => h.PublicCode).ToListAsync()));
        // may and visible agree, for every household and post.
        foreach (var viewer in new[] { lin, ma, await hele.Viewer(TestPeople.Zhao), await hele.Viewer(TestPeople.Feng), await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Zhao, TestInstallation.Other) })
        {
            var seen = await hele.Read(db => GridAccess.Visible(db, viewer, db.Set<Household>()).Select(h => h.Id).ToListAsync());
            foreach (var h in await hele.Read(db => db.Set<Household>().ToListAsync()))
                Assert.Equal(viewer.JurisdictionId == h.JurisdictionId && await hele.Read(db => GridAccess.PostAt(db, viewer, h.BuildingId, GridAccess.SeeHouseholds)) is not null, seen.Contains(h.Id));
        }
    }
}
