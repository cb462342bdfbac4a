using Hele.Civic.Appeals;
using Hele.Civic.Kernel;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Rules;
using Hele.Civic.Platform.Storage;
using Hele.TestKit;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Hele.Tests.Platform;

/// <summary>
/// What verify says of the two sides of an act that crosses: each log may be whole in itself, its pin too, and still the other side shows that
/// something is missing or was said differently.
/// </summary>
/// <remarks>
/// Seen to fail: whoever expects a finding or a count, with the walk over what crosses left out; acts that cross meanwhile, with each log read in
/// a state of its own; an altered entry, without the look at what it still commits; two accounts with one operation id, joined by that id alone.
/// </remarks>
public class CrossingVerificationTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>An installation, the people who cross, and one accepted appeal.</summary>
    private sealed record Setting(TestInstallation Hele, Viewer Liu, Viewer Zhou, Viewer Tang, string Code)
    {
        public static async Task<Setting> Make(TestDatabase kind)
        {
            var hele = await TestInstallation.Create(kind);
            return await new Setting(hele, await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Zhou), await hele.Viewer(TestPeople.Tang), "").Another();
        }

        public async Task<Setting> Another()
        {
            var code = await Hele.FileAppeal(Liu);
            Assert.True((await Hele.Accept(Zhou, code)).Accepted);
            return this with { Code = code };
        }

        public async Task ReferUp() => Assert.True((await Hele.ReferUp(Zhou, Code)).Accepted);
        public async Task Answer() => Assert.True((await Hele.AnswerFromAbove(Tang, await Hele.ReferralOf(Code))).Accepted);
        public async Task Return() => Assert.True((await Hele.ReturnFromAbove(Tang, await Hele.ReferralOf(Code))).Accepted);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Verify_Crossings_ComparesEachAndFindsNothing(TestDatabase kind)
    {
        var setting = await Setting.Make(kind);
        await using var hele = setting.Hele;
        Assert.Equal(0, (await hele.Verify()).Crossings);
        await setting.ReferUp();
        await setting.Return();
        await setting.ReferUp();
        await setting.Answer();
        // What goes on afterwards belongs to the community alone.
        Assert.True((await hele.Judge(setting.Liu, setting.Code, satisfied: true)).Accepted);
        var (otherLiu, otherZhou) = (await hele.Viewer(TestPeople.Liu, TestInstallation.Other), await hele.Viewer(TestPeople.Zhou, TestInstallation.Other));
        var other = await hele.FileAppeal(otherLiu);
        Assert.True((await hele.Accept(otherZhou, other)).Accepted);
        Assert.True((await hele.ReferUp(otherZhou, other)).Accepted);

        var report = await hele.Verify();

        report.AssertGreen();
        Assert.Equal(5, report.Crossings);
    }

    /// <summary>A kind is put right in the community; above it stays what it went up as, and that is no disagreement.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Verify_KindCorrectedAfterItWentUp_FindsNothing(TestDatabase kind)
    {
        var setting = await Setting.Make(kind);
        await using var hele = setting.Hele;
        await setting.ReferUp();
        Assert.True((await hele.Get<CorrectKind>().Run(setting.Zhou, setting.Zhou.Act(PublicationAccess.CorrectKind, Guid.NewGuid()), new(setting.Code, "sanitation", "是清扫的事"))).Accepted);
        (await hele.Verify()).AssertGreen();
    }

    /// <summary>A form's operation id is the account's own: another account that sends the same one has crossed by itself.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Verify_SameOperationIdOfTwoAccounts_IsTwoCrossings(TestDatabase kind)
    {
        var setting = await Setting.Make(kind);
        await using var hele = setting.Hele;
        var (operation, zhao, second) = (Guid.NewGuid(), await hele.Viewer(TestPeople.Zhao), await setting.Another());
        Assert.True((await hele.ReferUp(setting.Zhou, setting.Code, operation: operation)).Accepted);
        Assert.True((await hele.ReferUp(zhao, second.Code, operation: operation)).Accepted);

        var report = await hele.Verify();

        report.AssertGreen();
        Assert.Equal(2, report.Crossings);
    }

    /// <summary>Whenever one log has been read an act crosses, before the next is: both are read in one state of the database.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Verify_ActCrossesBetweenTwoLogs_FindsNothing(TestDatabase kind)
    {
        var setting = await Setting.Make(kind);
        await using var hele = setting.Hele;
        await setting.ReferUp();
        var crossed = 1;

        var report = await hele.Get<LogVerification>().Run(new AtEach(VerificationStage.Crossings, async () =>
        {
            var matter = await setting.Another();
            await matter.ReferUp();
            await matter.Answer();
            crossed += 2;
        }), Cancel);

        report.AssertGreen();
        Assert.Equal(1, report.Crossings);
        Assert.True(crossed > 4, $"{crossed} acts crossed");
        Assert.Equal(crossed, (await hele.Verify()).Crossings);
    }

    /// <summary>Does something whenever a verification says it is at a stage, and lets it go on when that is done.</summary>
    private sealed class AtEach(VerificationStage stage, Func<Task> act) : IProgress<VerificationProgress>
    {
        public void Report(VerificationProgress value)
        {
            if (value.Stage == stage)
                Task.Run(act).GetAwaiter().GetResult();
        }
    }

    /// <summary>One side is put back as it was before the last acts, rows, log and pin: in itself it is whole, and writing goes on.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Verify_OlderStateOfOneSidePutBackWithItsPin_NamesEachActThatIsMissing(TestDatabase kind)
    {
        foreach (var (jurisdiction, standing, lacking) in new[] { (TestInstallation.Street, TestInstallation.HexiCode, TestInstallation.StreetCode), (TestInstallation.Hexi, TestInstallation.StreetCode, TestInstallation.HexiCode) })
        {
            var setting = await Setting.Make(kind);
            await setting.ReferUp();
            var older = await OlderState.Keep(setting.Hele, jurisdiction);
            await setting.Answer();
            var second = await setting.Another();
            await second.ReferUp();
            await second.Return();
            await using var hele = await setting.Hele.Restart();
            await older.PutBack(hele);

            var report = await hele.Verify();

            Assert.All(report.Findings, f => Assert.Equal((FindingKind.CrossingOneSided, standing), (f.Kind, f.Jurisdiction)));
            Assert.Equal(standing == TestInstallation.StreetCode
                ? [AppealEvents.ReferralAnswered.Code, AppealEvents.ReferralReceived.Code, AppealEvents.ReferralReturned.Code]
                : [AppealEvents.AnsweredFromAbove.Code, AppealEvents.ReferredUp.Code, AppealEvents.ReturnedFromAbove.Code], await Kinds(hele, report));
            Assert.All(report.Findings, f => Assert.All([f.Sentence.Zh, f.Sentence.En], s => Assert.Contains($" {lacking} ", s)));
            Assert.Equal(3, report.Jurisdictions.Single(j => j.Code == standing).Findings);
            Assert.Equal(1, report.Crossings);
            // Nothing else shows it.
            await hele.Log.CheckPins(Cancel);
            Assert.Null(hele.Log.ReadOnlyReason);
        }

        static async Task<IEnumerable<string>> Kinds(TestInstallation hele, VerificationReport report)
        {
            var jurisdiction = report.Jurisdictions.Single(j => j.Code == report.Findings[0].Jurisdiction).Id;
            var leaves = report.Findings.Select(f => f.Leaf!.Value).ToList();
            return await hele.Read(db => db.Set<JournalRow>().Where(r => leaves.Contains(r.LeafIndex)).Select(r => r.Kind).OrderBy(k => k).ToListAsync(), jurisdiction);
        }
    }

    /// <summary>One side written again under another operation: each log is whole, and neither knows the other's act.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Verify_OneSideUnderAnotherOperation_NamesBoth(TestDatabase kind)
    {
        var setting = await Setting.Make(kind);
        var older = await OlderState.Keep(setting.Hele, TestInstallation.Street);
        await setting.ReferUp();
        var real = await setting.Hele.Read(db => db.Set<Referral>().SingleAsync(), TestInstallation.Street);
        await using var hele = await setting.Hele.Restart();
        await older.PutBack(hele);
        // A program that knows of no crossings writes it as an act of the street alone.
        await using var writer = new Writer(hele.Database, hele.Clock, hele.Log, new ModuleList([]));
        var outcome = await writer.Write(setting.Tang.Act(ReferralAccess.Answer, Guid.NewGuid()), "test.again", 0, scope =>
        {
            scope.Add(real, AppealEvents.ReferralReceived);
            return Task.FromResult(Outcome.Ok(real.PublicCode));
        }, Cancel);
        Assert.True(outcome.Accepted);

        var report = await hele.Verify();

        Assert.Equal([(FindingKind.CrossingOneSided, TestInstallation.HexiCode), (FindingKind.CrossingOneSided, TestInstallation.StreetCode)], report.Findings.Select(f => (f.Kind, f.Jurisdiction!)));
        Assert.Equal(real.PublicCode, report.Findings[1].PublicCode);
    }

    /// <summary>Both logs are whole, the act is in both, and the sides say different things: named by the columns.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Verify_SidesSayDifferentThings_NamesTheColumns(TestDatabase kind)
    {
        foreach (var (column, change) in new (string, Func<Said, Said>)[]
        {
            (nameof(Referral.PublicCode), s => s with { ReferralCode = "2222-2222-2222" }),
            (nameof(Referral.Reason), s => s with { Reason = "别的理由" }),
            (nameof(Referral.DueOn), s => s with { Due = new(2027, 1, 4) }),
            (nameof(Referral.Text), s => s with { Text = "没有这回事" }),
            (nameof(Referral.OriginCode), s => s with { Origin = "3333-3333-3333" }),
            (nameof(Referral.ByResident), s => s with { ByResident = true }),
            (nameof(Referral.CommunityCode), s => s with { Community = TestInstallation.OtherCode }),
            ("State", s => s with { Moved = false }),
        })
        {
            var setting = await Setting.Make(kind);
            await using var hele = setting.Hele;
            await ReferSaying(setting, change);

            var report = await hele.Verify();

            Assert.True(report.Findings.Count == 1, $"{column}: {report.Text()}");
            var found = report.Only(FindingKind.CrossingDiffers);
            Assert.Equal((TestInstallation.StreetCode, "Referrals", column), (found.Jurisdiction, found.Table, found.Column));
            Assert.Equal(await hele.Read(db => db.Set<Referral>().Select(r => r.PublicCode).SingleAsync(), TestInstallation.Street), found.PublicCode);
            Assert.Contains(TestInstallation.HexiCode, found.Sentence.Zh);
            Assert.Contains(TestInstallation.HexiCode, found.Sentence.En);
            Assert.DoesNotContain("别的理由", found.Sentence.Zh);
        }
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Verify_AnswerOrReturnSaysDifferentThings_NamesTheColumns(TestDatabase kind)
    {
        var setting = await Setting.Make(kind);
        await using var hele = setting.Hele;
        var second = await setting.Another();
        await setting.ReferUp();
        await second.ReferUp();
        var post = setting.Tang.PostFor(ReferralAccess.Answer)!.PostId;
        await Cross(setting, AnswerReferral.Crossing, ReferralAccess.Answer, (referral, on) => referral.AnswerOnce("水泵已经换好。", post, on), AppealEvents.ReferralAnswered, (there, appeal) =>
        {
            Assert.Null(appeal.AnswerOnceFromAbove());
            there.Record(appeal, AppealEvents.AnsweredFromAbove);
            there.Add(new AppealAnswer { AppealId = appeal.Id, Round = 1, Text = "水泵不换。", FromUnit = "柳荫街道", AnsweredOn = there.On, LoggedAt = there.Now, DueOn = null }, AppealEvents.AnswerFromAbove);
        });
        await Cross(second, ReturnReferral.Crossing, ReferralAccess.Return, (referral, on) => referral.GiveBack(ReturnReason.NeedsMore, "请补充。", post, on), AppealEvents.ReferralReturned, (there, appeal) =>
        {
            var rule = ReferenceData.Rules.InForce(AppealRules.AnswerByCommunity, there.Today);
            Assert.Null(appeal.ComeBack(rule, rule.DueFrom(there.Now, ReferenceData.Calendar), appeal.HandlerPostId, there.On));
            there.Record(appeal, AppealEvents.ReturnedFromAbove);
            there.Add(new AppealReturn { AppealId = appeal.Id, ReferralCode = "2222-2222-2222", Unit = "柳荫街道", Reason = ReturnReason.NotThisLevel, Note = "不归我们管。", ReturnedOn = there.On.AddDays(1), LoggedAt = there.Now }, AppealEvents.ReturnNoted);
        });

        var report = await hele.Verify();

        Assert.All(report.Findings, f => Assert.Equal((FindingKind.CrossingDiffers, TestInstallation.StreetCode, "Referrals"), (f.Kind, f.Jurisdiction, f.Table)));
        Assert.Equal(["AnswerText", "ClosedOn", "PublicCode", "ReturnNote", "ReturnedFor"], report.Findings.Select(f => f.Column!).Order(StringComparer.Ordinal));

        async Task Cross(Setting of, Crossing crossing, Permission permission, Func<Referral, DateOnly, Problem?> close, EventKind closed, Action<ActScope, Appeal> take)
        {
            var referralCode = await hele.ReferralOf(of.Code);
            Assert.True((await hele.Get<Writer>().Cross(of.Tang.Act(permission, Guid.NewGuid()), crossing, TestInstallation.Hexi, of.Code, async sides =>
            {
                var here = await sides.Here();
                var referral = await here.Db.Set<Referral>().SingleAsync(r => r.PublicCode == referralCode);
                Assert.Null(close(referral, here.On));
                here.Record(referral, closed);
                var there = await sides.There();
                take(there, await there.Db.Set<Appeal>().SingleAsync(a => a.PublicCode == of.Code));
                return Outcome.Ok(referralCode);
            }, Cancel)).Accepted);
        }
    }

    /// <summary>An entry or a value changed behind the program's back is that finding alone: the other side accuses nobody because of it.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Verify_CrossingEntryOrValueChanged_IsFoundThereAlone(TestDatabase kind)
    {
        var setting = await Setting.Make(kind);
        await using var hele = setting.Hele;
        await setting.ReferUp();
        await setting.Answer();
        var behind = new BehindTheBack(hele);
        foreach (var (jurisdiction, entryKind) in new[] { (TestInstallation.Street, AppealEvents.ReferralReceived), (TestInstallation.Hexi, AppealEvents.ReferredUp), (TestInstallation.Hexi, AppealEvents.AnswerFromAbove) })
        {
            var leaf = await hele.Read(db => db.Set<JournalRow>().Where(r => r.Kind == entryKind.Code).Select(r => r.LeafIndex).SingleAsync(), jurisdiction);
            var where = $"""WHERE "JurisdictionId" = {jurisdiction} AND "LeafIndex" = {leaf}""";
            foreach (var (column, value, expected) in new (string, object, FindingKind)[]
            {
                ("ActId", Guid.CreateVersion7(), FindingKind.OpeningChanged),
                ("ActorId", SystemAccount.Id, FindingKind.OpeningChanged),
                ("Kind", AppealEvents.Answered.Code, FindingKind.OpeningChanged),
                ("Kind", AppealEvents.ReturnedFromAbove.Code, FindingKind.OpeningChanged),
                ("RowId", Guid.CreateVersion7(), FindingKind.OpeningChanged),
                ("Salt", new byte[32], FindingKind.SaltChanged),
                ("Entry", new byte[3], FindingKind.EntryChanged),
            })
            {
                var old = await behind.Scalar($"SELECT \"{column}\" FROM \"Journal\" {where}");
                await behind.One($"UPDATE \"Journal\" SET \"{column}\" = @p0 {where}", value);
                var report = await hele.Verify();
                Assert.True(report.Findings.Count == 1, $"{entryKind.Code} {column}: {report.Text()}");
                Assert.Equal((leaf, column), (report.Only(expected).Leaf!.Value, report.Findings[0].Column));
                await behind.One($"UPDATE \"Journal\" SET \"{column}\" = @p0 {where}", old);
            }
        }
        foreach (var (table, column) in new[] { ("Referrals", "Title"), ("Referrals", "CommunityCode"), ("Appeals", "Text"), ("AppealReferrals", "ReferralCode"), ("AppealAnswers", "Text") })
        {
            var old = await behind.Scalar($"SELECT \"{column}\" FROM \"{table}\"");
            await behind.One($"UPDATE \"{table}\" SET \"{column}\" = 'x'");
            Assert.Equal((table, column), ((await hele.Verify()).Only(FindingKind.ValueChanged).Table, column));
            await behind.One($"UPDATE \"{table}\" SET \"{column}\" = @p0", old);
        }
        await behind.One("""DELETE FROM "AppealAnswers" """);
        (await hele.Verify()).Only(FindingKind.RowDeleted);
    }

    /// <summary>Entries cut off without their pin: the log's own finding, and each act the other side misses.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Verify_OlderStateOfOneSideUnderItsNewerPin_NamesBoth(TestDatabase kind)
    {
        var setting = await Setting.Make(kind);
        var older = await OlderState.Keep(setting.Hele, TestInstallation.Street);
        await setting.ReferUp();
        await using var hele = await setting.Hele.Restart();
        await older.PutBack(hele, withPin: false);

        Assert.Equal([(FindingKind.CrossingOneSided, TestInstallation.HexiCode), (FindingKind.CutOff, TestInstallation.StreetCode)], (await hele.Verify()).Findings.Select(f => (f.Kind, f.Jurisdiction!)));
    }

    /// <summary>What the two sides of a referral say.</summary>
    private sealed record Said(string ReferralCode, string Reason, DateOnly Due, string Text, string Origin, string Community, bool Moved, bool ByResident = false);

    /// <summary>Refers up through the writer's own door, one side saying something else than the other.</summary>
    private static async Task ReferSaying(Setting setting, Func<Said, Said> change)
    {
        var outcome = await setting.Hele.Get<Writer>().Cross(setting.Zhou.Act(AppealAccess.ReferUp, Guid.NewGuid()), ReferAppeal.Crossing, TestInstallation.Street, 0, async sides =>
        {
            var here = await sides.Here();
            var appeal = await here.Db.Set<Appeal>().SingleAsync(a => a.PublicCode == setting.Code);
            var rule = ReferenceData.Rules.InForce(AppealRules.AnswerByStreet, here.Today);
            var due = rule.DueFrom(here.Now, ReferenceData.Calendar);
            var truth = new Said(PublicCode.New().Text, "社区办不了。", due.Date, appeal.Text, appeal.PublicCode, TestInstallation.HexiCode, Moved: true);
            var said = change(truth);
            if (said.Moved)
                Assert.Null(appeal.ReferToAbove(byResident: false, rule, due));
            here.Record(appeal, AppealEvents.ReferredUp);
            here.Add(new AppealReferral
            {
                AppealId = appeal.Id, Round = appeal.Round, ByResident = false, ReferralCode = said.ReferralCode, Unit = "柳荫街道", Reason = said.Reason, PostId = setting.Zhou.PostFor(AppealAccess.ReferUp)!.PostId, ReferredOn = here.On, LoggedAt = here.Now, DueOn = said.Due,
            }, AppealEvents.ReferralSent);
            var there = await sides.There();
            there.Add(new Referral
            {
                PublicCode = truth.ReferralCode, OriginCode = said.Origin, CommunityCode = said.Community, CommunityName = "河西社区", Kind = appeal.Kind, Title = appeal.Title, Text = said.Text, Place = appeal.Place,
                ByResident = said.ByResident, Reason = truth.Reason, ReceivedOn = there.On, ReceivedAt = there.Now, DueOn = truth.Due, DueRule = rule.Id, DueIsProvisional = false,
            }, AppealEvents.ReferralReceived);
            return Outcome.Ok(appeal.PublicCode);
        }, Cancel);
        Assert.True(outcome.Accepted);
    }

    /// <summary>Everything of one jurisdiction as it is now, in tables of its own beside the program's, with the pin.</summary>
    private sealed class OlderState(int jurisdiction, string code, IReadOnlyList<string> tables, byte[] pin)
    {
        public static async Task<OlderState> Keep(TestInstallation hele, int jurisdiction)
        {
            await hele.Log.PinNow();
            var (code, tables) = await hele.Read(async db => (await db.Jurisdictions.Where(j => j.Id == jurisdiction).Select(j => j.Code).SingleAsync(),
                db.Model.GetEntityTypes().Where(t => t.FindProperty("JurisdictionId") is not null).Select(t => t.GetTableName()!).Distinct().ToList()));
            foreach (var table in tables)
                await new BehindTheBack(hele).Run($"""CREATE TABLE "Kept{table}" AS SELECT * FROM "{table}" WHERE "JurisdictionId" = {jurisdiction}""");
            return new OlderState(jurisdiction, code, tables, await File.ReadAllBytesAsync(hele.Log.PinFile(code), Cancel));
        }

        public async Task PutBack(TestInstallation hele, bool withPin = true)
        {
            var behind = new BehindTheBack(hele);
            var keysOff = behind.IsSqlite ? "" : "SET session_replication_role = replica; ";
            foreach (var table in tables)
                await behind.Run($"""{keysOff}DELETE FROM "{table}" WHERE "JurisdictionId" = {jurisdiction}; INSERT INTO "{table}" SELECT * FROM "Kept{table}"; DROP TABLE "Kept{table}";""");
            if (withPin)
                await File.WriteAllBytesAsync(hele.Log.PinFile(code), pin, Cancel);
        }
    }
}
