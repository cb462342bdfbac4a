using System.Collections.Concurrent;
using System.Diagnostics;
using Hele.Civic;
using Hele.Civic.Appeals;
using Hele.Civic.Kernel;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Rules;
using Hele.Civic.Platform.Storage;
using Hele.TestKit;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Xunit;

namespace Hele.Tests.Platform;

/// <summary>An act with two sides: both are written or neither, each in its own jurisdiction and log, and nothing else crosses.</summary>
public class CrossingTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ReferUp_AnsweredFromAbove_WritesEachSideInItsOwnLog(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, zhou, tang) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Zhou), await hele.Viewer(TestPeople.Tang));
        var code = await Accepted(hele, liu, zhou);
        var (here, there) = (await Size(hele, TestInstallation.Hexi), await Size(hele, TestInstallation.Street));

        Assert.Equal(code, (await hele.ReferUp(zhou, code)).Code);

        Assert.Equal((here + 2, there + 1), (await Size(hele, TestInstallation.Hexi), await Size(hele, TestInstallation.Street)));
        var appeal = await hele.Read(db => db.Set<Appeal>().SingleAsync(a => a.PublicCode == code));
        var referral = await hele.Read(db => db.Set<Referral>().SingleAsync(), TestInstallation.Street);
        Assert.Equal((AppealState.ReferredUp, ReferralState.Received), (appeal.State, referral.State));
        Assert.Equal((code, TestInstallation.HexiCode, "河西社区", appeal.Title, appeal.Text, appeal.Place), (referral.OriginCode, referral.CommunityCode, referral.CommunityName, referral.Title, referral.Text, referral.Place));
        Assert.Equal((appeal.DueOn, (string?)AppealRules.AnswerByStreet), (referral.DueOn, appeal.DueRule));

        Assert.True((await hele.AnswerFromAbove(tang, await hele.ReferralOf(code))).Accepted);

        appeal = await hele.Read(db => db.Set<Appeal>().SingleAsync(a => a.PublicCode == code));
        var answer = await hele.Read(db => db.Set<AppealAnswer>().SingleAsync());
        Assert.Equal((AppealState.Answered, null, 1), (appeal.State, appeal.DueOn, appeal.Round));
        Assert.Equal(("柳荫街道", null, "街道协调维修资金，水泵已经换好。"), (answer.FromUnit, answer.PostId, answer.Text));
        var events = await hele.Read(db => db.Set<JournalRow>().OrderBy(r => r.JurisdictionId).ThenBy(r => r.LeafIndex).Where(r => r.Kind.Contains("refer") || r.Kind.Contains("above"))
            .Select(r => new { r.JurisdictionId, r.Kind, r.ActId, HasPost = r.PostId != null }).ToListAsync(), TestInstallation.Hexi, TestInstallation.Street);
        Assert.Equal([(1, "appeal.referred-up", true), (1, "appeal.referral-sent", true), (1, "appeal.answered-from-above", false), (1, "answer.from-above", false), (3, "referral.received", false), (3, "referral.answered", true)],
            events.Select(e => (e.JurisdictionId, e.Kind, e.HasPost)));
        // One act, two logs: the operation id joins them for whoever holds both.
        Assert.Equal(2, events.Select(e => e.ActId).Distinct().Count());

        Assert.True((await hele.Judge(liu, code, satisfied: false)).Accepted);
        Assert.Equal(AppealState.Reopened, (await hele.Read(db => db.Set<Appeal>().SingleAsync(a => a.PublicCode == code))).State);
        Assert.Equal(ReferralState.Answered, (await hele.Read(db => db.Set<Referral>().SingleAsync(), TestInstallation.Street)).State);
        (await hele.Verify()).AssertGreen();
        await AssertHeads(hele);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Return_PutsItBackWithAFreshClock_AndItCanGoUpAgain(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, zhou, tang) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Zhou), await hele.Viewer(TestPeople.Tang));
        var code = await Accepted(hele, liu, zhou);
        Assert.True((await hele.ReferUp(zhou, code)).Accepted);
        hele.Clock.MoveTo(China.At(new DateOnly(2026, 11, 3), new TimeOnly(9, 0)));

        Assert.True((await hele.ReturnFromAbove(tang, await hele.ReferralOf(code))).Accepted);

        var appeal = await hele.Read(db => db.Set<Appeal>().SingleAsync(a => a.PublicCode == code));
        Assert.Equal((AppealState.Accepted, new DateOnly(2026, 11, 6), AppealRules.AnswerByCommunity), (appeal.State, appeal.DueOn, appeal.DueRule));
        var back = await hele.Read(db => db.Set<AppealReturn>().SingleAsync());
        Assert.Equal(("柳荫街道", ReturnReason.NeedsMore, "请补充物业的书面答复。"), (back.Unit, back.Reason, back.Note));

        Assert.True((await hele.ReferUp(zhou, code, "补充了物业的书面答复。")).Accepted);
        Assert.Equal([ReferralState.Returned, ReferralState.Received], await hele.Read(db => db.Set<Referral>().OrderBy(r => r.Id).Select(r => r.State).ToListAsync(), TestInstallation.Street));
        (await hele.Verify()).AssertGreen();
    }

    /// <summary>The clock above is the sub-district's: its own value counts on both sides, a community's value for it doesn't.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ReferUp_ClockAbove_IsTheSubdistrictsOwn(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, zhou, ma, tang) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Zhou), await hele.Viewer(TestPeople.Ma), await hele.Viewer(TestPeople.Tang));
        Assert.Equal(SetLocalRule.Elsewhere.Code, Assert.Single((await Set(ma, 1)).Problems).Code);
        Assert.True((await Set(tang, 2)).Accepted);
        var code = await Accepted(hele, liu, zhou);
        Assert.True((await hele.ReferUp(zhou, code)).Accepted);
        // Friday 2026-10-30 and two working days.
        Assert.Equal(new DateOnly(2026, 11, 3), (await hele.Read(db => db.Set<Appeal>().SingleAsync(a => a.PublicCode == code))).DueOn);
        Assert.Equal(new DateOnly(2026, 11, 3), (await hele.Read(db => db.Set<Referral>().SingleAsync(), TestInstallation.Street)).DueOn);

        Task<Outcome> Set(Viewer who, int days) =>
            hele.Get<SetLocalRule>().Run(who.Act(SetLocalRule.Permission, Guid.NewGuid()), new(AppealRules.AnswerByStreet, days, new(2026, 10, 30), "本级决定"), Cancel);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Crossing_SameFormTwice_IsOneCrossing_OtherContentIsRefused(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, zhou, tang) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Zhou), await hele.Viewer(TestPeople.Tang));
        var code = await Accepted(hele, liu, zhou);
        var (up, down) = (Guid.NewGuid(), Guid.NewGuid());

        var both = await Task.WhenAll(hele.ReferUp(zhou, code, operation: up), hele.ReferUp(zhou, code, operation: up));
        Assert.All(both, o => Assert.Equal(code, o.Code));
        Assert.Single(both, o => o.Replayed);
        Assert.Equal(code, (await hele.ReferUp(zhou, code, "别的理由", operation: up)).SentBefore);
        Assert.Equal("appeal.not-now", Assert.Single((await hele.ReferUp(zhou, code)).Problems).Code);

        var referral = await hele.ReferralOf(code);
        var answers = await Task.WhenAll(hele.AnswerFromAbove(tang, referral, operation: down), hele.AnswerFromAbove(tang, referral, operation: down));
        Assert.Single(answers, o => o.Replayed);
        Assert.All(answers, o => Assert.Equal(referral, o.Code));
        Assert.Equal("referral.not-now", Assert.Single((await hele.AnswerFromAbove(tang, referral)).Problems).Code);
        Assert.Equal("referral.not-now", Assert.Single((await hele.ReturnFromAbove(tang, referral)).Problems).Code);
        Assert.Equal(1, await hele.Read(db => db.Set<Referral>().CountAsync(), TestInstallation.Street));
        Assert.Equal(1, await hele.Read(db => db.Set<AppealAnswer>().CountAsync()));
        (await hele.Verify()).AssertGreen();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Crossing_BadInputOrNotTheirs_IsRefusedAndLeavesNothing(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, zhou, tang) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Zhou), await hele.Viewer(TestPeople.Tang));
        var (feng, otherZhou, lu) = (await hele.Viewer(TestPeople.Feng), await hele.Viewer(TestPeople.Zhou, TestInstallation.Other), await hele.Viewer(TestPeople.Lu));
        var filed = await hele.FileAppeal(liu);
        Assert.Equal("appeal.not-now", Assert.Single((await hele.ReferUp(zhou, filed)).Problems).Code);
        Assert.True((await hele.Accept(zhou, filed)).Accepted);
        var before = (await Size(hele, 1), await Size(hele, 3));

        Assert.Equal("appeal.refer-reason-missing", Assert.Single((await hele.ReferUp(zhou, filed, "  ")).Problems).Code);
        Assert.Equal("appeal.refer-reason-too-long", Assert.Single((await hele.ReferUp(zhou, filed, new string('长', 501))).Problems).Code);
        foreach (var nobody in new[] { liu, feng, otherZhou })
            Assert.Equal("appeal.not-found", Assert.Single((await hele.ReferUp(nobody, filed)).Problems).Code);
        Assert.Equal("appeal.nothing-above", Assert.Single((await hele.ReferUp(lu, filed)).Problems).Code);
        Assert.Equal(before, (await Size(hele, 1), await Size(hele, 3)));

        Assert.True((await hele.ReferUp(zhou, filed)).Accepted);
        var referral = await hele.ReferralOf(filed);
        before = (await Size(hele, 1), await Size(hele, 3));
        foreach (var nobody in new[] { liu, zhou, lu })
            Assert.Equal("referral.not-found", Assert.Single((await hele.AnswerFromAbove(nobody, referral)).Problems).Code);
        Assert.Equal("referral.answer-missing", Assert.Single((await hele.AnswerFromAbove(tang, referral, "")).Problems).Code);
        Assert.Equal("referral.answer-too-long", Assert.Single((await hele.AnswerFromAbove(tang, referral, new string('长', 2001))).Problems).Code);
        Assert.Equal(["referral.note-missing", "referral.return-reason-missing"], (await hele.ReturnFromAbove(tang, referral, (ReturnReason)9, "")).Problems.Select(p => p.Code).Order());
        Assert.Equal("referral.note-too-long", Assert.Single((await hele.ReturnFromAbove(tang, referral, note: new string('长', 501))).Problems).Code);
        // The appeal lies above now: the community can't answer or refer it meanwhile.
        Assert.Equal("appeal.not-now", Assert.Single((await hele.Answer(zhou, filed)).Problems).Code);
        Assert.Equal(before, (await Size(hele, 1), await Size(hele, 3)));
    }

    /// <summary>The second side is refused, throws, or can't be written: nothing of the first stands, and the next act works.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task SecondSideFails_FirstSideIsNotThereEither(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, zhou) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Zhou));
        var code = await Accepted(hele, liu, zhou);
        var before = (await Size(hele, 1), await Size(hele, 3));

        var refused = await Cross(async sides =>
        {
            await First(sides);
            await sides.There();
            return AppealProblems.NotFound;
        });
        Assert.Equal("appeal.not-found", Assert.Single(refused.Problems).Code);

        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => Cross(async sides =>
        {
            await First(sides);
            await sides.There();
            throw new InvalidTimeZoneException();
        }));

        // A constraint of the other side has the last word.
        Assert.True((await hele.ReferUp(zhou, await Accepted(hele, liu, zhou))).Accepted);
        before = (await Size(hele, 1), await Size(hele, 3));
        var taken = await hele.Read(db => db.Set<Referral>().Select(r => r.PublicCode).SingleAsync(), TestInstallation.Street);
        var doubled = await Cross(async sides =>
        {
            await First(sides);
            (await sides.There()).Add(NewReferral(taken), AppealEvents.ReferralReceived);
            return Outcome.Ok("x");
        });
        Assert.Equal("storage.duplicate", Assert.Single(doubled.Problems).Code);

        // Written on one side only is no crossing.
        Assert.Contains("one side only", (await Assert.ThrowsAsync<InvalidOperationException>(() => Cross(async sides =>
        {
            await First(sides);
            await sides.There();
            return Outcome.Ok("x");
        }))).Message);

        Assert.Equal(before, (await Size(hele, 1), await Size(hele, 3)));
        Assert.Equal(AppealState.Accepted, (await hele.Read(db => db.Set<Appeal>().SingleAsync(a => a.PublicCode == code))).State);
        Assert.True((await hele.ReferUp(zhou, code)).Accepted);
        (await hele.Verify()).AssertGreen();
        await AssertHeads(hele);

        Task<Outcome> Cross(Func<CrossingScope, Task<Outcome>> run) => hele.Get<Writer>().Cross(zhou.Act(AppealAccess.ReferUp, Guid.NewGuid()), ReferAppeal.Crossing, TestInstallation.Street, 0, run, Cancel);

        async Task First(CrossingScope sides)
        {
            var here = await sides.Here();
            var appeal = await here.Db.Set<Appeal>().SingleAsync(a => a.PublicCode == code);
            var rule = ReferenceData.Rules.InForce(AppealRules.AnswerByStreet, here.Today);
            Assert.Null(appeal.ReferToAbove(byResident: false, rule, rule.DueFrom(here.Now, ReferenceData.Calendar)));
            here.Record(appeal, AppealEvents.ReferredUp);
        }
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task CommitFails_NeitherSideIsWritten(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, zhou) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Zhou));
        var code = await Accepted(hele, liu, zhou);
        var before = (await Size(hele, 1), await Size(hele, 3));

        var outcome = await hele.Get<Writer>().Cross(zhou.Act(AppealAccess.ReferUp, Guid.NewGuid()), ReferAppeal.Crossing, TestInstallation.Street, 0, async sides =>
        {
            var here = await sides.Here();
            var appeal = await here.Db.Set<Appeal>().SingleAsync(a => a.PublicCode == code);
            var rule = ReferenceData.Rules.InForce(AppealRules.AnswerByStreet, here.Today);
            Assert.Null(appeal.ReferToAbove(byResident: false, rule, rule.DueFrom(here.Now, ReferenceData.Calendar)));
            here.Record(appeal, AppealEvents.ReferredUp);
            here.Add(new AppealReferral
            {
                AppealId = appeal.Id, Round = 0, ByResident = false, ReferralCode = "2222-2222-2222", Unit = "x", Reason = "x", PostId = zhou.PostFor(AppealAccess.ReferUp)!.PostId, ReferredOn = here.On, LoggedAt = here.Now, DueOn = here.On,
            }, AppealEvents.ReferralSent);
            var there = await sides.There();
            there.Add(NewReferral("2222-2222-2222"), AppealEvents.ReferralReceived);
            if (kind == TestDatabase.Sqlite)
            {
                // A reference that is checked only at COMMIT and then fails.
                await there.Db.Database.ExecuteSqlRawAsync("PRAGMA defer_foreign_keys=ON", Cancel);
                await there.Db.Database.ExecuteSqlRawAsync("INSERT INTO \"AccountPlaces\" (\"AccountId\",\"JurisdictionId\") VALUES (x'00112233445566778899aabbccddeeff', 1)", Cancel);
            }
            else
            {
                await there.Db.Database.ExecuteSqlRawAsync("select pg_terminate_backend(pg_backend_pid())", Cancel);
            }
            return Outcome.Ok("x");
        }, Cancel);

        Assert.Equal(kind == TestDatabase.Sqlite ? "storage.not-saved" : "storage.away", Assert.Single(outcome.Problems).Code);
        Assert.Equal(before, (await Size(hele, 1), await Size(hele, 3)));
        Assert.Equal(0, await hele.Read(db => db.Set<Referral>().CountAsync(), TestInstallation.Street));
        Assert.True((await hele.ReferUp(zhou, code)).Accepted);
        (await hele.Verify()).AssertGreen();
    }

    /// <summary>Who may not cross: operations no module declares, to the side, two levels, or a third jurisdiction; each throws and writes nothing.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Crossing_UndeclaredOrElsewhere_IsAnErrorAndWritesNothing(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, zhou) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Zhou));
        var act = zhou.Act(AppealAccess.ReferUp, Guid.NewGuid());
        var sizes = await Sizes();
        var writer = hele.Get<Writer>();

        await Throws("not declared", () => writer.Cross(act, new Crossing("test.cross", CrossingWay.Up, ("测试", "test"), "", []), TestInstallation.Street, 0, Both, Cancel));
        await Throws("both sides", () => writer.Cross(act, ReferAppeal.Crossing, TestInstallation.Hexi, 0, Both, Cancel));
        await Throws("directly below", () => writer.Cross(act, ReferAppeal.Crossing, TestInstallation.Other, 0, Both, Cancel));
        await Throws("directly below", () => writer.Cross(act, ReferAppeal.Crossing, TestInstallation.District, 0, Both, Cancel));
        await Throws("directly below", () => writer.Cross(act, AnswerReferral.Crossing, TestInstallation.Street, 0, Both, Cancel));
        // A declared crossing that also writes in a third jurisdiction.
        await Throws("was changed by an act", () => writer.Cross(act, ReferAppeal.Crossing, TestInstallation.Street, 0, async sides =>
        {
            await Both(sides);
            var there = await sides.There();
            var third = there.Add(NewReferral("3333-3333-3333"), AppealEvents.ReferralReceived);
            there.Db.Entry(third).Property(r => r.JurisdictionId).CurrentValue = TestInstallation.Other;
            return Outcome.Ok("x");
        }, Cancel));
        // A record of one side, written while the other is open.
        await Throws("was changed by an act", () => writer.Cross(act, ReferAppeal.Crossing, TestInstallation.Street, 0, async sides =>
        {
            var here = await sides.Here();
            await sides.There();
            here.Add(NewReferral("4444-4444-4444"), AppealEvents.ReferralReceived);
            return Outcome.Ok("x");
        }, Cancel));
        // An ordinary operation that writes a second jurisdiction's record.
        await Throws("was changed by an act", () => writer.Write(act, "test.cross", 0, scope =>
        {
            var record = scope.Add(NewReferral("5555-5555-5555"), AppealEvents.Filed);
            scope.Db.Entry(record).Property(r => r.JurisdictionId).CurrentValue = TestInstallation.Street;
            return Task.FromResult(Outcome.Ok("x"));
        }, Cancel));

        // Other events than those that tie the sides, or those in an act that has no other side: verify would miss them.
        await Throws("other events", () => writer.Cross(act, ReferAppeal.Crossing, TestInstallation.Street, 0, Both, Cancel));
        await Throws("doesn't cross", () => writer.Write(act, "test.cross", 0, scope =>
        {
            scope.Add(NewReferral("6666-6666-6666"), AppealEvents.ReferralReceived);
            return Task.FromResult(Outcome.Ok("x"));
        }, Cancel));

        Assert.Equal(sizes, await Sizes());
        (await hele.Verify()).AssertGreen();
        await hele.FileAppeal(liu);

        static async Task<Outcome> Both(CrossingScope sides)
        {
            (await sides.Here()).Add(NewReferral(PublicCode.New().Text), AppealEvents.ReferralReceived);
            (await sides.There()).Add(NewReferral(PublicCode.New().Text), AppealEvents.ReferralReceived);
            return Outcome.Ok("x");
        }

        async Task Throws(string said, Func<Task<Outcome>> cross) => Assert.Contains(said, (await Assert.ThrowsAsync<InvalidOperationException>(cross)).Message);
        async Task<string> Sizes() => string.Join(" ", await hele.Read(db => db.Set<LogHead>().OrderBy(h => h.JurisdictionId).Select(h => h.Size).ToListAsync(), 1, 2, 3, 4));
    }

    /// <summary>While one side is open the transaction sees the other's rows neither through the program nor with raw SQL.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Crossing_OneSideOpen_SeesNothingOfTheOther(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, zhou) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Zhou));
        var code = await Accepted(hele, liu, zhou);
        var seen = new List<int>();
        await hele.Get<Writer>().Cross(zhou.Act(AppealAccess.ReferUp, Guid.NewGuid()), ReferAppeal.Crossing, TestInstallation.Street, 0, async sides =>
        {
            foreach (var side in new[] { await sides.Here(), await sides.There() })
            {
                // Both scopes share the context, which is the open side's.
                seen.Add(await side.Db.Set<Appeal>().CountAsync(a => a.PublicCode == code, Cancel));
                if (kind == TestDatabase.Postgres)
                    seen.Add(await side.Db.Database.SqlQueryRaw<int>("""select count(*)::int as "Value" from "Appeals" """).SingleAsync(Cancel));
            }
            return AppealProblems.NotFound;
        }, Cancel);
        Assert.All(seen, n => Assert.Equal(0, n));
    }

    /// <summary>Two communities refer up at once, the street answers and returns, and all three lanes are busy with acts of their own.</summary>
    /// <remarks>Seen to fail on PostgreSQL, on one node and on two: with the acting side's head always locked first.</remarks>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task TwoCommunities_ReferUpAtOnce_WhileEveryLaneIsBusy_WithoutDeadlock(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        await Storm(hele, hele);
    }

    [Fact, Trait("Needs", "postgres")]
    public async Task TwoNodes_CrossBothWaysAtOnce_WithoutDeadlock()
    {
        await using var hele = await TestInstallation.Create(TestDatabase.Postgres);
        using var folder = new TempFolder();
        var options = new StorageOptions(folder.At("data"), hele.Options.PinDirectory, hele.Options.Postgres);
        HistoryTemplate.CopyFolder(hele.Options.KeyDirectory, options.KeyDirectory);
        await using var second = TestInstallation.Open(options, TestDatabase.Postgres);
        await Storm(hele, second);

        // The same form at both nodes is one crossing.
        var (liu, zhou) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Zhou));
        var code = await Accepted(hele, liu, zhou);
        var operation = Guid.NewGuid();
        var both = await Task.WhenAll(hele.ReferUp(zhou, code, operation: operation), second.ReferUp(zhou, code, operation: operation));
        Assert.All(both, o => Assert.Equal(code, o.Code));
        Assert.Single(both, o => o.Replayed);
    }

    private static async Task Storm(TestInstallation first, TestInstallation second)
    {
        const int Matters = 24;
        var tang = await first.Viewer(TestPeople.Tang);
        var clock = Stopwatch.StartNew();
        var crossed = 0;
        var answered = new ConcurrentBag<Outcome>();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var busy = new List<Task>();
        var filed = 0;
        foreach (var (hele, jurisdiction) in new[] { (first, TestInstallation.Hexi), (second, TestInstallation.Hexi), (first, TestInstallation.Other), (second, TestInstallation.Other) })
        {
            var resident = await hele.Viewer(TestPeople.Chen, jurisdiction);
            busy.Add(Task.Run(async () =>
            {
                while (!stop.IsCancellationRequested)
                {
                    await hele.FileAppeal(resident);
                    Interlocked.Increment(ref filed);
                }
            }, Cancel));
        }
        await Task.WhenAll(new[] { (first, TestInstallation.Hexi), (second, TestInstallation.Other) }.Select(async side =>
        {
            var (hele, jurisdiction) = side;
            var (liu, zhou) = (await hele.Viewer(TestPeople.Liu, jurisdiction), await hele.Viewer(TestPeople.Zhou, jurisdiction));
            await Task.WhenAll(Enumerable.Range(0, Matters).Select(i => Task.Run(async () =>
            {
                var code = await hele.FileAppeal(liu, $"第{i}件");
                Assert.True((await hele.Accept(zhou, code)).Accepted);
                Assert.True((await hele.ReferUp(zhou, code)).Accepted);
                var referral = await hele.ReferralOf(code, jurisdiction);
                var node = i % 2 == 0 ? first : second;
                var outcome = i % 3 == 0 ? await node.ReturnFromAbove(tang, referral) : await node.AnswerFromAbove(tang, referral);
                Assert.True(outcome.Accepted, string.Join(" ", outcome.Problems.Select(p => p.Code)));
                Interlocked.Add(ref crossed, 2);
            }, Cancel)));
        }));
        await stop.CancelAsync();
        await Task.WhenAll(busy);
        TestContext.Current.TestOutputHelper?.WriteLine($"{crossed} crossings and {filed} other acts in {clock.Elapsed.TotalSeconds:0.0} s");
        Assert.Equal(4 * Matters, crossed);
        Assert.True(filed > 0);
        Assert.Equal(2 * Matters, await first.Read(db => db.Set<Referral>().CountAsync(r => r.State != ReferralState.Received), TestInstallation.Street));
        foreach (var jurisdiction in new[] { TestInstallation.Hexi, TestInstallation.Other })
            Assert.Equal(Matters, await first.Read(db => db.Set<AppealReferral>().CountAsync(), jurisdiction));
        (await first.Verify()).AssertGreen();
        await AssertHeads(first);
    }

    /// <summary>Tampering with the record on either side is found in that side's log.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Tampering_OnEitherSide_IsFoundThere(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, zhou, tang) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Zhou), await hele.Viewer(TestPeople.Tang));
        var code = await Accepted(hele, liu, zhou);
        Assert.True((await hele.ReferUp(zhou, code)).Accepted);
        Assert.True((await hele.AnswerFromAbove(tang, await hele.ReferralOf(code))).Accepted);
        var behind = new BehindTheBack(hele);

        await behind.One("""UPDATE "Referrals" SET "AnswerText" = '没有这回事'""");
        Assert.Equal((TestInstallation.StreetCode, "Referrals", "AnswerText"), One(await hele.Verify()));
        await behind.One("""UPDATE "Referrals" SET "AnswerText" = '街道协调维修资金，水泵已经换好。'""");
        (await hele.Verify()).AssertGreen();
        await behind.One("""UPDATE "AppealAnswers" SET "FromUnit" = '别的街道'""");
        Assert.Equal((TestInstallation.HexiCode, "AppealAnswers", "FromUnit"), One(await hele.Verify()));
        await behind.One("""UPDATE "AppealAnswers" SET "FromUnit" = '柳荫街道'""");
        await behind.One("""UPDATE "AppealReferrals" SET "Reason" = '没有理由'""");
        Assert.Equal((TestInstallation.HexiCode, "AppealReferrals", "Reason"), One(await hele.Verify()));

        static (string?, string?, string?) One(VerificationReport report)
        {
            var found = Assert.Single(report.Findings);
            return (found.Jurisdiction, found.Table, found.Column);
        }
    }

    /// <summary>The application role with raw SQL: a transaction fenced to one side writes nothing on the other, crossing or not.</summary>
    [Fact, Trait("Needs", "postgres")]
    public async Task ApplicationRole_WithRawSql_CantCross()
    {
        await using var hele = await TestInstallation.Create(TestDatabase.Postgres);
        var (liu, zhou) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Zhou));
        Assert.True((await hele.ReferUp(zhou, await Accepted(hele, liu, zhou))).Accepted);
        var role = await File.ReadAllLinesAsync(Path.Combine(hele.Options.KeyDirectory, "postgres-role.secret"), Cancel);
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(hele.Options.Postgres) { Username = role[0], Password = role[1], Pooling = false }.ToString());

        foreach (var (write, sql) in new[]
        {
            ("1", """insert into "Referrals" ("JurisdictionId","Id","PublicCode","OriginCode","CommunityCode","CommunityName","Kind","Title","Text","Place","Reason","ReceivedOn","ReceivedAt","DueOn","DueRule","DueIsProvisional","State") values (3, gen_random_uuid(), 'x', 'x', 'x', 'x', 'x', 'x', 'x', 'x', 'x', now(), now(), now(), 'x', false, 'Received')"""),
            ("3", """insert into "AppealReferrals" ("JurisdictionId","Id","AppealId","ReferralCode","Unit","Reason","PostId","ReferredOn","LoggedAt","DueOn") values (1, gen_random_uuid(), gen_random_uuid(), 'x', 'x', 'x', gen_random_uuid(), now(), now(), now())"""),
            ("1", """insert into "LogHeads" ("JurisdictionId","Size","Frontier") values (4, 0, '')"""),
            ("1", """insert into "LogGroups" ("JurisdictionId","Size","At") values (3, 99, now())"""),
        })
            Assert.Equal("42501", await Run(write, sql));
        Assert.Equal("0", await Run("1", """update "Referrals" set "State" = 'Answered'"""));
        Assert.Equal("0", await Run("3", """update "Appeals" set "State" = 'Answered'"""));
        // Two ids are no fence for writing: the setting holds one.
        Assert.Equal("22P02", await Run("1,3", """update "Referrals" set "State" = 'Answered'"""));

        async Task<string> Run(string write, string sql)
        {
            await using var connection = await source.OpenConnectionAsync(Cancel);
            await using var transaction = await connection.BeginTransactionAsync(Cancel);
            await using (var fence = new NpgsqlCommand("select set_config('app.read', '1,3', true), set_config('app.write', $1, true)", connection, transaction) { Parameters = { new() { Value = write } } })
                await fence.ExecuteNonQueryAsync(Cancel);
            await using var command = new NpgsqlCommand(sql, connection, transaction);
            try { return (await command.ExecuteNonQueryAsync(Cancel)).ToString(System.Globalization.CultureInfo.InvariantCulture); }
            catch (PostgresException refused) { return refused.SqlState; }
        }
    }

    private static async Task<string> Accepted(TestInstallation hele, Viewer resident, Viewer staff)
    {
        var code = await hele.FileAppeal(resident);
        Assert.True((await hele.Accept(staff, code)).Accepted);
        return code;
    }

    private static Referral NewReferral(string code) => new()
    {
        PublicCode = code, OriginCode = "x", CommunityCode = "x", CommunityName = "x", Kind = "other", Title = "x", Text = "x", Place = "x", ByResident = false, Reason = "x",
        ReceivedOn = new(2026, 10, 30), ReceivedAt = TestInstallation.Start, DueOn = new(2026, 11, 6), DueRule = "x", DueIsProvisional = false,
    };

    private static Task<long> Size(TestInstallation hele, int jurisdiction) => hele.Read(db => db.Set<LogHead>().Select(h => h.Size).SingleAsync(), jurisdiction);

    /// <summary>Each log is without a gap, and its head is the tree of its entries.</summary>
    private static async Task AssertHeads(TestInstallation hele)
    {
        foreach (var jurisdiction in new[] { 1, 2, 3, 4 })
        {
            await hele.Read(async db =>
            {
                var head = await db.Set<LogHead>().SingleAsync();
                var leaves = await db.Set<JournalRow>().OrderBy(r => r.LeafIndex).Select(r => r.LeafIndex).ToListAsync();
                Assert.Equal(Enumerable.Range(0, leaves.Count).Select(i => (long)i), leaves);
                Assert.Equal(leaves.Count, head.Size);
                Assert.Equal(await LogService.Tree(db, jurisdiction, head.Size).Root(head.Size), Hele.Evidence.Frontier.Load(head.Size, head.Frontier).Root());
                return 0;
            }, jurisdiction);
        }
    }
}
