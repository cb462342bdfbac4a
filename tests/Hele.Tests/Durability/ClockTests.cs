using Hele.Civic.Appeals;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;
using Hele.TestKit;
using Hele.Tests.Pages;
using Hele.Tests.Platform;
using Hele.Web.Hosting;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Hele.Tests.Durability;

/// <summary>A clock that is wrong: an hour slow or fast, months ahead and back again, a leap day. What comes first is the log's to say, a session that was over stays over, and what was judged late stays so.</summary>
public class ClockTests
{
    /// <summary>The real program under libfaketime: the machine's clock, set and set back while it runs.</summary>
    /// <remarks>Seen to fail: the session that was refused in the wrong future was good again when the clock was right again, and the one begun there lasted three months.</remarks>
    [Trait("Needs", "faults")]
    [Fact]
    public async Task ClockThatJumps_RevivesNoSession_AndLosesNoAct()
    {
        using var folder = new TempFolder();
        var options = new StorageOptions(folder.At("data"), folder.At("pins"));
        await RealPlace.SetUp(options, TestDatabase.Sqlite);
        var clock = folder.At("clock");
        Set("+0");
        await using var hele = await HeleProcess.Start(options.Words(), environment: new Dictionary<string, string?>
        {
            ["LD_PRELOAD"] = Directory.GetFiles("/usr/lib", "libfaketimeMT.so.1", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 3, IgnoreInaccessible = true }).First(),
            ["FAKETIME_TIMESTAMP_FILE"] = clock, ["FAKETIME_NO_CACHE"] = "1", ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1", ["DONT_FAKE_MONOTONIC"] = "1",
        });

        var first = await SignIn();
        await PageSteps.FileAppeal(first, "第一件");
        Set("-1h");
        Assert.False(await IsSignedIn(first));
        var slow = await SignIn();
        await PageSteps.FileAppeal(slow, "第二件");
        Set("+1h");
        await PageSteps.FileAppeal(await SignIn(), "第三件");
        Set("+0");
        Assert.False(await IsSignedIn(first));
        var right = await SignIn();

        Set("+90d");
        Assert.False(await IsSignedIn(right));
        var ahead = await SignIn();
        await PageSteps.FileAppeal(ahead, "第四件");
        Set("+0");
        Assert.False(await IsSignedIn(right));
        Assert.False(await IsSignedIn(ahead));
        await PageSteps.FileAppeal(await SignIn(), "第五件");

        Set("@2028-02-29 15:59:30");
        var leap = await SignIn();
        var onLeapDay = await PageSteps.FileAppeal(leap, "闰日的");
        Assert.Contains("2028-02-29", (await HtmlPage.Get(leap, "/appeals/" + onLeapDay)).Source, StringComparison.Ordinal);
        Set("@2028-02-29 16:00:05");
        var next = await PageSteps.FileAppeal(leap, "闰日之后的");
        Assert.Contains("2028-03-01", (await HtmlPage.Get(leap, "/appeals/" + next)).Source, StringComparison.Ordinal);
        Set("+0");
        await hele.WaitForHealth(TimeSpan.FromSeconds(5));
        Assert.DoesNotContain("Failure ", hele.Output, StringComparison.Ordinal);
        Assert.Equal(0, hele.Stop());

        await using var after = TestInstallation.Open(options, TestDatabase.Sqlite, DateTimeOffset.UtcNow);
        await after.Log.CheckPins();
        Assert.Null(after.Log.ReadOnlyReason);
        Assert.Equal(["第一件", "第二件", "第三件", "第四件", "第五件", "闰日的", "闰日之后的"], await after.Read(db =>
            (from r in db.Set<JournalRow>() where r.Kind == "appeal.filed" orderby r.LeafIndex join a in db.Set<Appeal>() on r.RowId equals a.Id select a.Title).ToListAsync()));
        (await after.Get<LogVerification>().Run()).AssertGreen();

        // Moved into place whole: the program reads it at every look at the clock.
        void Set(string time)
        {
            File.WriteAllText(clock + ".new", time + "\n");
            File.Move(clock + ".new", clock, overwrite: true);
        }

        async Task<HttpClient> SignIn()
        {
            var client = hele.Client();
            await TestHost.SignIn(client, TestPeople.Liu.SignIn, TestPeople.Password);
            return client;
        }

        static async Task<bool> IsSignedIn(HttpClient client) => (await client.GetAsync("/account/data")).IsSuccessStatusCode;
    }

    /// <summary>Set back by an hour between two acts: the later one isn't filed before the earlier.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ClockSetBackByAnHour_WritesNoActBeforeTheOneItFollows(TestDatabase kind)
    {
        await using var first = await TestInstallation.Create(kind);
        first.Clock.MoveTo(first.Clock.GetUtcNow() + TimeSpan.FromHours(30));
        var code = await first.FileAppeal(await first.Viewer(TestPeople.Liu));
        await first.Stop();

        await using var hele = TestInstallation.Open(first.Options, kind, first.Clock.GetUtcNow() - TimeSpan.FromHours(1));
        Assert.True((await hele.Accept(await hele.Viewer(TestPeople.Zhao), code)).Accepted);
        var times = await hele.Read(db => db.Set<JournalRow>().OrderBy(r => r.LeafIndex).Select(r => r.At).ToListAsync());
        Assert.Equal(times.Order(), times);
        (await hele.Get<LogVerification>().Run()).AssertGreen();
    }

    /// <summary>An answer given while the clock ran ninety days ahead is late for good, and the verdict on it, given when the clock was right again, still follows it.</summary>
    /// <remarks>Seen to fail: the page showed the second round's answers and verdicts in the order of the clock.</remarks>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ClockMonthsAheadAndBack_JudgesADeadlineOnce_AndKeepsTheLogsOrder(TestDatabase kind)
    {
        await using var first = await TestInstallation.Create(kind);
        var right = first.Clock.GetUtcNow();
        var code = await first.FileAppeal(await first.Viewer(TestPeople.Liu));
        Assert.True((await first.Accept(await first.Viewer(TestPeople.Zhao), code)).Accepted);
        await first.Stop();

        await using var ahead = TestInstallation.Open(first.Options, kind, right + TimeSpan.FromDays(90));
        Assert.True((await ahead.Answer(await ahead.Viewer(TestPeople.Zhao), code, "第一次答复：已经修好。")).Accepted);
        Assert.True((await ahead.Judge(await ahead.Viewer(TestPeople.Liu), code, satisfied: false, "还是不亮")).Accepted);
        Assert.True((await View(ahead, code)).Answers[0].WasLate);
        await ahead.Stop();

        await using var back = TestInstallation.Open(first.Options, kind, right + TimeSpan.FromDays(1));
        Assert.True((await back.Answer(await back.Viewer(TestPeople.Zhao), code, "第二次答复：换了线路。")).Accepted);
        Assert.True((await back.Judge(await back.Viewer(TestPeople.Liu), code, satisfied: true)).Accepted);
        var view = await View(back, code);
        Assert.Equal([true, false], view.Answers.Select(a => a.WasLate));
        Assert.Equal([false, true], view.Verdicts.Select(v => v.Satisfied));
        Assert.Equal(AppealState.Satisfied, view.State);
        (await back.Get<LogVerification>().Run()).AssertGreen();

        static async Task<AppealView> View(TestInstallation hele, string code)
        {
            var liu = await hele.Viewer(TestPeople.Liu);
            return (await hele.Query<AppealQueries, AppealView?>(q => q.Find(liu, code)))!;
        }
    }

    /// <summary>What is purged is gone: a clock that jumps is given a day to be set right first.</summary>
    [Fact]
    public async Task ClockThatJumps_IsNotBelievedInWhatCannotBeUndone()
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite);
        var housekeeping = host.Hele.Get<Housekeeping>();
        Assert.True(await housekeeping.Trusts());
        host.Hele.Clock.MoveTo(host.Hele.Clock.GetUtcNow() + TimeSpan.FromHours(1));
        Assert.True(await housekeeping.Trusts());
        host.Hele.Clock.MoveTo(host.Hele.Clock.GetUtcNow() + TimeSpan.FromDays(400));
        Assert.False(await housekeeping.Trusts());
        Assert.False(await housekeeping.Trusts());
        Assert.Contains(host.Log, l => l.Contains("days and", StringComparison.Ordinal) && l.Contains("Nothing is purged", StringComparison.Ordinal));

        // A demo is led through its year: nobody is asked whether its clock is right.
        await using var demo = await TestHost.Start(TestDatabase.Sqlite, arguments: ["--demo", "standard"]);
        Assert.True(await demo.Hele.Get<Housekeeping>().Trusts());
        demo.Hele.Clock.MoveTo(demo.Hele.Clock.GetUtcNow() + TimeSpan.FromDays(400));
        Assert.True(await demo.Hele.Get<Housekeeping>().Trusts());
    }
}
