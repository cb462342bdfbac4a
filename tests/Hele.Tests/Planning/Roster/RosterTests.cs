using CsCheck;
using Hele.Planning.Roster;
using Hele.Planning.Streets;
using Hele.TestKit.Planning;
using Xunit;

namespace Hele.Tests.Planning.Roster;

public class RosterTests
{
    static readonly DateOnly Friday = new(2026, 9, 11);
    static readonly RosterOptions Short = new() { Steps = 60 };

    /// <summary>A few people over a few days, with everything that a roster knows.</summary>
    internal static RosterProblem Draw(int seed, int days = 3)
    {
        var random = new Random(seed);
        days = random.Next(1, days + 1);
        const int places = 4;
        var walking = new int[places, places];
        for (var i = 0; i < places; i++)
            for (var j = 0; j < places; j++)
                walking[i, j] = i == j ? 0 : random.Next(15) == 0 ? -1 : random.Next(1, 14) * 45_000;
        Stretch Some(int hours)
        {
            var from = Friday.AddDays(random.Next(days)).ToDateTime(new(8 + random.Next(4), random.Next(60)));
            return new(from, from.AddMinutes(random.Next(1, hours * 60)));
        }
        var visitors = Enumerable.Range(0, random.Next(1, 4)).Select(_ => new Visitor(random.Next(places), WeekHours.Parse(random.Next(4) switch { 0 => "09:00-10:30", 1 => "Mo-Fr 09:00-10:10,11:00-12:00; Sa 10:00-11:00", 2 => "Fr-Su 09:30-11:00", _ => "off" })!, random.Next(40, 200))
        {
            Skills = [.. Enumerable.Range(0, 2).Where(_ => random.Next(3) > 0)],
            AlsoFree = random.Next(3) == 0 ? [Some(2)] : [],
            Absences = random.Next(3) == 0 ? [Some(24)] : [],
        }).ToList();
        var recipients = Enumerable.Range(0, random.Next(1, 4)).Select(_ => new Recipient(random.Next(places), WeekHours.Parse(random.Next(3) switch { 0 => "24/7", 1 => "09:15-10:45", _ => "Fr,Su 09:00-12:00; Sa 10:30-11:00" })!,
        [
            .. Enumerable.Range(0, random.Next(1, 3)).Select(k => new Rhythm(k == 0 || random.Next(2) == 0 ? ContactKind.Visit : ContactKind.Call, random.Next(1, 4), Friday.AddDays(-random.Next(1, 4)), random.Next(1, 5) * 7) switch
            {
                { Kind: ContactKind.Call } call => call with { MetByVisit = random.Next(2) == 0 },
                var visit => visit with { People = random.Next(4) == 0 ? 2 : 1, Skills = random.Next(3) == 0 ? [random.Next(2)] : [] },
            }),
        ])
        {
            Familiar = [.. Enumerable.Range(0, visitors.Count).Where(_ => random.Next(3) == 0)],
            Away = random.Next(4) == 0 ? [Some(5)] : [],
        }).ToList();
        var promises = new List<Promise>();
        for (var n = random.Next(3); n > 0; n--)
        {
            var recipient = random.Next(recipients.Count);
            var rhythm = random.Next(recipients[recipient].Rhythms.Count);
            var start = Friday.AddDays(random.Next(days)).ToDateTime(new(9 + random.Next(2), random.Next(60)));
            if (!promises.Exists(p => (p.Recipient, p.Rhythm, p.Start.Date) == (recipient, rhythm, start.Date)))
                promises.Add(new(recipient, rhythm, start, [.. Enumerable.Range(0, visitors.Count).OrderBy(_ => random.Next()).Take(random.Next(1, recipients[recipient].Rhythms[rhythm].People + 1))]));
        }
        return new() { First = Friday, Days = days, Visitors = visitors, Recipients = recipients, Promises = promises, Walking = walking };
    }

    [Fact]
    public void AnyRoster_KeepsTheHardRules_AndWhatItSaysOfItselfIsTrue() => Gen.Int[0, 1_000_000].Sample(seed =>
    {
        var problem = Draw(seed);
        new RosterJudge(problem).Check(RosterSearch.Solve(problem, Short));
    }, iter: 60);

    static RosterPlan Plan(RosterProblem problem) => RosterSearch.Solve(problem, Short, cancel: TestContext.Current.CancellationToken);
    static Visitor Helper(string hours = "09:00-12:00", int at = 0, int minutes = 600, params int[] skills) => new(at, WeekHours.Parse(hours)!, minutes) { Skills = skills };
    static Recipient Cared(params Rhythm[] rhythms) => new(1, WeekHours.Always, rhythms);
    static readonly int[,] Near = { { 0, 5 * 60_000, 9 * 60_000 }, { 5 * 60_000, 0, 4 * 60_000 }, { 9 * 60_000, 4 * 60_000, 0 } };

    static RosterProblem Of(int days, Visitor[] visitors, params Recipient[] recipients) => new() { First = Friday, Days = days, Visitors = visitors, Recipients = recipients, Walking = Near };

    static int[] DaysOf(RosterPlan plan, int recipient, int rhythm = 0) => [.. plan.Contacts.Where(c => (c.Recipient, c.Rhythm) == (recipient, rhythm)).Select(c => DateOnly.FromDateTime(c.Start).DayNumber - Friday.DayNumber)];

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 2)]
    [InlineData(3, 3)]
    [InlineData(3, 1)]
    public void TheGap_CountsOverTheBorderOfTheRoster(int gap, int before)
    {
        // The last contact was so many days before the first day: at the latest it is due then.
        var plan = Plan(Of(7, [Helper()], Cared(new Rhythm(ContactKind.Visit, gap, Friday.AddDays(-before), 20))));
        var days = DaysOf(plan, 0);
        Assert.InRange(days[0], 0, Math.Max(0, gap - before));
        Assert.All(days.Zip(days.Skip(1)), d => Assert.InRange(d.Second - d.First, 1, gap));
        // And it is not overdue the day after.
        Assert.InRange(7 - days[^1], 1, gap);
        // No more contacts than that takes.
        Assert.Equal((6 - Math.Max(0, gap - before)) / gap + 1, days.Length);
        Assert.Equal(before > gap ? before - gap : 0, plan.Unmet.Sum(u => u.DaysOver));
        Assert.All(plan.Unmet, u => Assert.Equal(UnmetCode.AlreadyOverdue, u.Why));
    }

    [Fact]
    public void AVisitMeetsACall_WhereItIsSaidTo_AndOnlyThere()
    {
        Rhythm visit = new(ContactKind.Visit, 2, Friday.AddDays(-1), 30), call = new(ContactKind.Call, 1, Friday.AddDays(-1), 5);
        var met = Plan(Of(6, [Helper()], Cared(visit, call with { MetByVisit = true })));
        Assert.Equal(Enumerable.Range(0, 6), DaysOf(met, 0, 0).Concat(DaysOf(met, 0, 1)).Order());
        Assert.Empty(met.Unmet);
        Assert.Equal(6, DaysOf(Plan(Of(6, [Helper()], Cared(visit, call))), 0, 1).Length);
    }

    [Fact]
    public void TwoComeTogether_AtOneTime_FromTwoPlaces()
    {
        var plan = Plan(Of(1, [Helper(), Helper("10:00-11:00", 2), Helper("13:00-14:00")], Cared(new Rhythm(ContactKind.Visit, 1, Friday.AddDays(-1), 20) { People = 2 })));
        var both = Assert.Single(plan.Contacts);
        Assert.Equal([0, 1], both.Visitors);
        Assert.Equal([5, 4], both.WalkingBefore);
        Assert.Equal(Friday.ToDateTime(new(10, 4)), both.Start);
        Assert.Equal(new Reason(ReasonCode.OnlyFree, 2, 3), Assert.Single(both.Why.Reasons));
    }

    [Fact]
    public void FamiliarFaces_GoBeforeAFairLoad_AndThatBeforeWalking()
    {
        Rhythm daily = new(ContactKind.Visit, 1, Friday.AddDays(-1), 30);
        // One known, further away and busier: they come every day all the same.
        var known = Plan(Of(5, [Helper(at: 2), Helper(at: 1)], Cared(daily) with { Familiar = [0] }));
        Assert.All(known.Contacts, c => Assert.Equal([0], c.Visitors));
        Assert.All(known.Contacts, c => Assert.Equal(ReasonCode.Familiar, c.Why.Reasons[0].Code));
        Assert.All(known.Contacts, c => Assert.True(c.Why.Difference!.Value.WalkingMinutes < 0));
        // Both known: shared as evenly as it goes, though one lives next door.
        var shared = Plan(Of(4, [Helper(at: 2), Helper(at: 1)], Cared(daily with { Minutes = 60 }) with { Familiar = [0, 1] }));
        Assert.Equal([2, 2], shared.Loads.Select(l => l.Contacts));
    }

    [Fact]
    public void WhatCantBeMet_SaysWhy()
    {
        Rhythm daily = new(ContactKind.Visit, 1, Friday.AddDays(-1), 30);
        UnmetNeed Why(RosterProblem p) => Assert.Single(Plan(p).Unmet);
        Assert.Equal((UnmetCode.NobodyHasSkill, 0, 2), Why(Of(2, [Helper()], Cared(daily with { Skills = [7] }))) is var u ? (u.Why, u.WithSkill, u.DaysOver) : default);
        Assert.Equal((UnmetCode.NobodyHasSkill, 1, 1), Why(Of(1, [Helper()], Cared(daily with { People = 2 }))) is var v ? (v.Why, v.WithSkill, v.DaysOver) : default);
        Assert.Equal(UnmetCode.NeverHome, Why(Of(1, [Helper()], Cared(daily) with { Away = [new(Friday.ToDateTime(default), Friday.AddDays(1).ToDateTime(default))] })).Why);
        Assert.Equal(UnmetCode.NobodyFree, Why(Of(1, [Helper("09:00-09:39")], Cared(daily))).Why);
        Assert.Equal(UnmetCode.NobodyFree, Why(Of(1, [Helper() with { Absences = [new(Friday.ToDateTime(new(9, 30)), Friday.ToDateTime(new(11, 30)))] }], Cared(daily))).Why);
        Assert.Equal(UnmetCode.NoRoom, Why(Of(1, [Helper("09:00-10:00")], Cared(daily), Cared(daily))).Why);
        Assert.Equal(UnmetCode.NoRoom, Why(Of(1, [Helper(minutes: 39)], Cared(daily))).Why);
        Assert.Equal((UnmetCode.AlreadyOverdue, 4), Why(Of(1, [Helper()], Cared(daily with { Last = Friday.AddDays(-5) }))) is var w ? (w.Why, w.DaysOver) : default);
    }

    [Fact]
    public void Promises_AreKept_OrSaidToBeBroken()
    {
        Rhythm weekly = new(ContactKind.Visit, 7, Friday.AddDays(-1), 30) { Skills = [1] };
        Promise At(int hour, int minute, params int[] who) => new(0, 0, Friday.ToDateTime(new(hour, minute)), who);
        RosterPlan With(params Promise[] promises) => Plan(Of(2, [Helper("09:00-12:00", 0, 600, 1), Helper()], Cared(weekly) with { Home = WeekHours.Parse("09:00-11:00")! }) with { Promises = promises });
        // Though nothing is due, it was promised.
        var kept = Assert.Single(With(At(10, 17, 0)).Contacts);
        Assert.Equal((Friday.ToDateTime(new(10, 17)), true), (kept.Start, kept.Promised));
        BrokenCode Broken(params Promise[] promises) => Assert.Single(With(promises).Broken).Why;
        Assert.Equal(BrokenCode.NoSkill, Broken(At(10, 0, 1)));
        Assert.Equal(BrokenCode.NotFree, Broken(At(8, 50, 0)));
        Assert.Equal(BrokenCode.NotHome, Broken(At(10, 40, 0)));
        Assert.Equal(BrokenCode.Clash, Broken(At(9, 2, 0)));
    }

    [Fact]
    public void OneSeed_GivesOneRoster_AndTheDefaultSearch_HoldsEveryGapOfTheDemoCommunitysWeek()
    {
        var problem = CommunityWeek.Draw();
        var told = new List<RosterProgress>();
        var plan = RosterSearch.Solve(problem, progress: new Told<RosterProgress>(told.Add), cancel: TestContext.Current.CancellationToken);
        Assert.Empty(plan.Unmet);
        Assert.Empty(new RosterJudge(problem).Faults(RosterJudge.Of(plan)));
        Assert.Equal(new RosterJudge(problem).Cost(RosterJudge.Of(plan)), plan.Cost);
        Assert.Equal(told[^1].Cost, plan.Cost);
        Assert.True(told.Count > 5 && told.Zip(told.Skip(1)).All(t => t.First.Done < t.Second.Done));

        var again = RosterSearch.Solve(problem, cancel: TestContext.Current.CancellationToken);
        Assert.True(plan.Contacts.Zip(again.Contacts).All(c => c.First.Same(c.Second)) && plan.Contacts.Count == again.Contacts.Count);
        Assert.Equal(plan.Contacts.Select(c => c.Why.Difference), again.Contacts.Select(c => c.Why.Difference));
    }

    static string Words(RosterPlan plan) => string.Join('\n', plan.Contacts.Select(c => $"{c.Recipient} {c.Rhythm} {c.Start:s} {c.Minutes} {string.Join(',', c.Visitors)} {string.Join(',', c.WalkingBefore)} {c.Promised} {string.Join(',', c.Why.Reasons)} {string.Join(',', c.Why.NextBest)} {c.Why.Difference}")
        .Concat(plan.Unmet.Select(u => $"{u}")).Concat(plan.Broken.Select(b => $"{b}")).Concat(plan.Loads.Select(l => $"{l}")).Append($"{plan.Cost}"));

    [Fact]
    public void OneSeed_GivesOneRoster_OnAnyThread_AndAfterOneThatWasCancelled()
    {
        var problem = CommunityWeek.Draw();
        var options = new RosterOptions { Steps = 1_000, Seed = 4 };
        Together.StopsWhenCancelled<RosterProgress>((told, cancel) => RosterSearch.Solve(problem, options, told, cancel), t => t.Done > 0 && t.Done < t.All);
        Together.StopsWhenCancelled<RosterProgress>((told, cancel) => RosterSearch.Solve(problem, options, told, cancel), t => t.Done == t.All);
        Together.Agree(() => Words(RosterSearch.Solve(problem, options)));

        var plan = RosterSearch.Solve(problem, options, cancel: TestContext.Current.CancellationToken);
        var changed = problem with { Visitors = [.. problem.Visitors.Select((v, i) => i == 0 ? v with { Absences = [new(problem.First.AddDays(2).ToDateTime(default), problem.First.AddDays(4).ToDateTime(default))] } : v)] };
        var now = problem.First.AddDays(1).ToDateTime(default);
        Together.StopsWhenCancelled<RosterProgress>((told, cancel) => RosterSearch.Replan(plan, changed, now, options, told, cancel), t => t.Done > 0 && t.Done < t.All);
        Together.Agree(() => Words(RosterSearch.Replan(plan, changed, now, options).Plan));
        Assert.Equal(Words(plan), Words(RosterSearch.Solve(problem, options, cancel: TestContext.Current.CancellationToken)));
    }

    [Fact]
    public void Cancelled_KeepsNothing_AndEnough_GivesARosterThatIsRight()
    {
        var problem = Draw(12);
        using var cancel = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => RosterSearch.Solve(problem, new() { Steps = int.MaxValue }, new Told<RosterProgress>(_ => cancel.Cancel()), cancel.Token));
        new RosterJudge(problem).Check(RosterSearch.Solve(problem, new() { Steps = int.MaxValue, Enough = cancel.Token }, cancel: TestContext.Current.CancellationToken));
    }

    [Fact]
    public void NobodyAndNothing_AreRosters()
    {
        Assert.Empty(Plan(Of(7, [])).Contacts);
        Assert.Empty(Plan(Of(7, [Helper()])).Contacts);
        Assert.Equal(UnmetCode.NobodyHasSkill, Assert.Single(Plan(Of(7, [], Cared(new Rhythm(ContactKind.Call, 1, Friday.AddDays(-1), 5)))).Unmet).Why);
    }

    [Fact]
    public void BadInput_IsRefused_WithWhatIsWrong()
    {
        Rhythm good = new(ContactKind.Call, 1, Friday.AddDays(-1), 5);
        var problem = Of(7, [Helper()], Cared(good));
        void Refused(string what, RosterProblem p) => Assert.Contains(what, Assert.ThrowsAny<ArgumentException>(() => Plan(p)).Message, StringComparison.Ordinal);
        Stretch backwards = new(Friday.ToDateTime(default), Friday.AddDays(-1).ToDateTime(default));
        Refused("1 to 63 days", problem with { Days = 0 });
        Refused("1 to 63 days", problem with { Days = 64 });
        Refused("square", problem with { Walking = new int[2, 3] });
        Refused("Visitor 0 leaves", problem with { Visitors = [Helper(at: 9)] });
        Refused("minutes a week", problem with { Visitors = [Helper(minutes: 0)] });
        Refused("Visitor 0's absences end", problem with { Visitors = [Helper() with { Absences = [backwards] }] });
        Refused("Visitor 0's free times end", problem with { Visitors = [Helper() with { AlsoFree = [backwards] }] });
        Refused("Recipient 0 lives", problem with { Recipients = [Cared(good) with { Place = -1 }] });
        Refused("knows a visitor", problem with { Recipients = [Cared(good) with { Familiar = [1] }] });
        Refused("longest gap of 0", problem with { Recipients = [Cared(good with { LongestGap = 0 })] });
        Refused("isn't before the roster begins", problem with { Recipients = [Cared(good with { Last = Friday })] });
        Refused("takes 0 minutes", problem with { Recipients = [Cared(good with { Minutes = 0 })] });
        Refused("3 people", problem with { Recipients = [Cared(good with { People = 3 })] });
        Refused("only a call", problem with { Recipients = [Cared(good with { Kind = ContactKind.Visit, MetByVisit = true })] });
        Promise promise = new(0, 0, Friday.ToDateTime(new(9, 0)), [0]);
        Refused("to somebody", problem with { Promises = [promise with { Rhythm = 1 }] });
        Refused("outside the roster", problem with { Promises = [promise with { Start = Friday.AddDays(7).ToDateTime(default) }] });
        Refused("names nobody", problem with { Promises = [promise with { Visitors = [] }] });
        Refused("names nobody, too many", problem with { Promises = [promise with { Visitors = [0, 0] }] });
        Refused("the second", problem with { Promises = [promise, promise] });
        Assert.ThrowsAny<ArgumentException>(() => RosterSearch.Solve(problem, new() { Steps = -1 }, cancel: TestContext.Current.CancellationToken));
    }
}
