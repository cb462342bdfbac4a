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

/// <summary>What verify says about an installation that nobody tampered with: nothing.</summary>
public class VerificationTests
{
    private static readonly EventKind Hidden = new("test.hidden", ("保密事项", "A confidential event"), Confidential: true);

    private sealed class HiddenModule : HeleModule
    {
        public override Bilingual Title => ("测试", "Test");
        public override IEnumerable<EventKind> Events => [Hidden];
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Verify_UntouchedHistory_FindsNothing(TestDatabase kind)
    {
        await using var hele = await HistoryTemplate.Copy(kind);
        var steps = new List<VerificationProgress>();

        var report = await hele.Get<LogVerification>().Run(new Steps(steps), TestContext.Current.CancellationToken);

        report.AssertGreen();
        Assert.Equal([TestInstallation.HexiCode, TestInstallation.OtherCode, TestInstallation.StreetCode, TestInstallation.DistrictCode], report.Jurisdictions.Select(j => j.Code));
        var hexi = report.Jurisdictions[0];
        Assert.Equal(await hele.Size(), hexi.Entries);
        Assert.Equal(hexi.Entries, hexi.PinnedSize);
        Assert.True(hexi.Entries > 256, $"{hexi.Entries} entries");
        Assert.Equal(1, await hele.Read(db => db.Set<LogNode>().CountAsync()));
        var (people, appeals, answers) = await hele.Read(async db => (await db.Set<Civic.People.Person>().CountAsync(), await db.Set<Appeal>().CountAsync(), await db.Set<AppealAnswer>().CountAsync()));
        Assert.True(hexi.Rows > people + appeals + answers);
        Assert.True(hexi.Columns > 20 * appeals, $"{hexi.Columns} values");
        Assert.Contains(steps, s => s.Stage == VerificationStage.Journal && s.Done == hexi.Entries && s.Total == hexi.Entries);
        Assert.Contains(steps, s => s.Stage == VerificationStage.Rows);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Verify_WhileActsGoOn_FindsNothing(TestDatabase kind)
    {
        await using var hele = await HistoryTemplate.Copy(kind);
        var liu = await hele.Viewer(TestPeople.Liu);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var filed = 0;
        var writing = Task.Run(async () =>
        {
            for (; !stop.IsCancellationRequested; filed++)
                await hele.FileAppeal(liu);
        }, TestContext.Current.CancellationToken);

        for (var i = 0; i < 4; i++)
            (await hele.Verify()).AssertGreen();

        await stop.CancelAsync();
        await writing;
        Assert.True(filed > 4, $"only {filed} acts ran beside it");
        (await hele.Verify()).AssertGreen();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Verify_RowDeletedByAnAct_IsNoFindingUntilItIsBack(TestDatabase kind)
    {
        await using var hele = await HistoryTemplate.Copy(kind);
        var ma = await hele.Viewer(TestPeople.Ma);
        var behind = new BehindTheBack(hele);
        var columns = string.Join(",", (await hele.Read(db => Task.FromResult(CommittedTable.Of(db.Model.FindEntityType(typeof(LocalRule))!).Columns))).Select(c => $"\"{c.Name}\"").Append("\"JurisdictionId\"").Append("\"Id\""));
        await behind.Run($"CREATE TABLE \"Kept\" AS SELECT {columns} FROM \"LocalRules\"");

        var outcome = await hele.Get<Writer>().Write(ma.Act(SetLocalRule.Permission, Guid.NewGuid()), "test.remove", new { }, async scope =>
        {
            var rule = await scope.Db.Set<LocalRule>().SingleAsync();
            scope.Db.Remove(rule);
            scope.Record(rule, SetLocalRule.Set);
            return Outcome.Ok(rule.RuleId);
        }, TestContext.Current.CancellationToken);
        Assert.True(outcome.Accepted);
        await behind.Run($"INSERT INTO \"LocalRules\" ({columns}) SELECT {columns} FROM \"Kept\" WHERE false");
        Assert.Equal(FindingKind.SchemaUnexpected, (await hele.Verify()).Only(FindingKind.SchemaUnexpected).Kind);

        await behind.One($"INSERT INTO \"LocalRules\" ({columns}) SELECT {columns} FROM \"Kept\"");
        await behind.Run("DROP TABLE \"Kept\"");
        var back = (await hele.Verify()).Only(FindingKind.RowInserted);
        Assert.Equal("LocalRules", back.Table);
        Assert.Equal(await hele.Size() - 1, back.Leaf);
        await behind.One("DELETE FROM \"LocalRules\"");
        (await hele.Verify()).AssertGreen();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Verify_ConfidentialEntries_ChecksEachColumnAlthoughNoNameIsShown(TestDatabase kind)
    {
        await using var hele = await HistoryTemplate.Copy(kind);
        var liu = await hele.Viewer(TestPeople.Liu);
        var verification = new LogVerification(hele.Database, hele.Log, new ModuleList([.. Civic.Modules.All.All, new HiddenModule()]));
        var person = Guid.Empty;
        var title = "";
        async Task Act(string name, Func<ActScope, Task> change) => Assert.True((await hele.Get<Writer>().Write(liu.Act(AppealAccess.File, Guid.NewGuid()), name, new { }, async scope =>
        {
            await change(scope);
            return Outcome.Ok(name);
        }, TestContext.Current.CancellationToken)).Accepted);
        await Act("test.add", scope =>
        {
            person = scope.Add(new Civic.People.Person { PublicCode = "7KQ2-9XMF-3TDA", Name = "何某", Address = "柳荫路2号" }, Hidden).Id;
            return Task.CompletedTask;
        });
        await Act("test.change", async scope =>
        {
            var appeal = await scope.Db.Set<Appeal>().SingleAsync(a => a.Title == HistoryTemplate.Lonely);
            title = appeal.Title;
            scope.Db.Entry(appeal).Property(a => a.Place).CurrentValue = "东门";
            scope.Record(appeal, Hidden);
        });
        await Act("test.gone", async scope =>
        {
            var answer = await scope.Db.Set<AppealVerdict>().OrderBy(v => v.Id).FirstAsync();
            scope.Db.Remove(answer);
            scope.Record(answer, Hidden);
        });

        Assert.True((await verification.Run(cancel: TestContext.Current.CancellationToken)).IsGreen);
        var entries = await hele.Read(db => db.Set<JournalRow>().Where(r => r.Kind == Hidden.Code).OrderBy(r => r.LeafIndex).Select(r => r.Entry).ToListAsync());
        Assert.Equal(3, entries.Count);
        Assert.All(entries, e => Assert.StartsWith("hele/1\nkind confidential\n", System.Text.Encoding.ASCII.GetString(e)));

        var behind = new BehindTheBack(hele);
        await behind.One("""UPDATE "People" SET "Address" = '柳荫路3号' WHERE "Id" = @p0""", person);
        var found = Assert.Single((await verification.Run(cancel: TestContext.Current.CancellationToken)).Findings);
        Assert.Equal((FindingKind.ValueChanged, "People", person, "Address"), (found.Kind, found.Table, found.Row, found.Column));
        await behind.One("""UPDATE "People" SET "Address" = '柳荫路2号' WHERE "Id" = @p0""", person);

        // A column that a confidential act did not change can't be set back to what it was either.
        await behind.One("""UPDATE "Appeals" SET "Kind" = 'noise' WHERE "Title" = @p0""", title);
        found = Assert.Single((await verification.Run(cancel: TestContext.Current.CancellationToken)).Findings);
        Assert.Equal((FindingKind.ValueChanged, "Appeals", "Kind"), (found.Kind, found.Table, found.Column));
        await behind.One("""UPDATE "Appeals" SET "Kind" = 'facilities' WHERE "Title" = @p0""", title);

        // A program without that module says so and accuses no value.
        var unknown = await hele.Verify();
        Assert.All(unknown.Findings, f => Assert.Equal(FindingKind.KindUnknown, f.Kind));
        Assert.Equal(3, unknown.Findings.Count);
    }

    /// <summary>Two hundred thousand entries with --long. What is kept while it runs doesn't grow with the log.</summary>
    [Fact]
    public async Task Verify_LongLog_RunsInBoundedMemory()
    {
        await using var hele = await HistoryTemplate.Copy(TestDatabase.Sqlite);
        var liu = await hele.Viewer(TestPeople.Liu);
        var wanted = TestRun.Size(2_000, 200_000);
        while (await hele.Size() < wanted)
            await Task.WhenAll(Enumerable.Range(0, 250).Select(_ => hele.FileAppeal(liu)));
        var (before, most, steps) = (GC.GetTotalMemory(forceFullCollection: true), 0L, 0);

        var report = await hele.Get<LogVerification>().Run(new Each(() =>
        {
            if (++steps % TestRun.Size(1, 10) == 0)
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
        }), TestContext.Current.CancellationToken);

        report.AssertGreen();
        var hexi = report.Jurisdictions[0];
        Assert.True(hexi.Entries >= wanted);
        TestContext.Current.TestOutputHelper!.WriteLine($"{hexi.Entries} entries, {hexi.Rows} rows, {hexi.Columns} values in {report.Duration.TotalSeconds:0.0} s; {most / 1e6:0.0} MB kept at most");
        Assert.True(most < 40_000_000, $"{most / 1e6:0.0} MB");
    }

    private sealed class Each(Action action) : IProgress<VerificationProgress>
    {
        public void Report(VerificationProgress value) => action();
    }

    [Fact]
    public void Title_OfEveryKind_IsGivenInBothLanguages()
    {
        var titles = Enum.GetValues<FindingKind>().Select(VerificationTexts.Title).ToList();
        Assert.Equal(titles.Count, titles.Select(t => t.En).Distinct().Count());
        Assert.Equal(titles.Count, titles.Select(t => t.Zh).Distinct().Count());
    }

    private sealed class Steps(List<VerificationProgress> list) : IProgress<VerificationProgress>
    {
        public void Report(VerificationProgress value) => list.Add(value);
    }
}
