using System.Net;
using Hele.Civic.Appeals;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;
using Hele.TestKit;
using Hele.Tests.Pages;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Xunit;

namespace Hele.Tests.Durability;

/// <summary>
/// The running program on a bad day: no space, a disk that takes no writes, no database. Every page that can't be answered says truly why, in the reader's language; what
/// was typed stays; what was answered before is there; and when the cause is gone it works again by itself, the very form that was refused included.
/// </summary>
/// <remarks>
/// Full and read-only disks are met twice: by failing system calls, which works everywhere, and where the machine lets a test mount, on a real disk of its own (a read-only one at the start). Seen
/// to fail before it was mended: every page a bare 500, also long after the server was back; acts that were answered into a file that had been removed; pins that stayed
/// behind until the next act; "another Hele is using this directory" on a read-only disk.
/// </remarks>
public class BadDayTests(ITestOutputHelper output)
{
    private const int NoSpace = 28, ReadOnlyFileSystem = 30, InputOutput = 5;
    private static readonly string[] OwnMounts = ["unshare", .. Environment.IsPrivilegedProcess ? ["-m"] : new[] { "-Urm" }, "--propagation", "private"];
    private static readonly string[] Writing = ["rw/pwrite", "sync/fsync", "sync/fdatasync", "rw/ftruncate"];

    [Trait("Needs", "faults")]
    [Theory]
    [InlineData(NoSpace, "服务器的磁盘满了", "disk is full")]
    [InlineData(ReadOnlyFileSystem, "服务器的磁盘现在只能读，不能写", "can be read but not written")]
    [InlineData(InputOutput, "服务器的磁盘读写出错", "fails in reading or writing")]
    public async Task WritesThatFail_AreRefusedWithTheReason_AndWorkAgainWhenItIsGone(int error, string zh, string en)
    {
        using var folder = new TempFolder();
        var options = new StorageOptions(folder.At("data"), folder.At("pins"));
        await RealPlace.SetUp(options, TestDatabase.Sqlite);
        var calls = new FailingCalls(folder);
        await using var hele = await HeleProcess.Start(options.Words(), environment: calls.Environment);
        await Day(hele, options, () => calls.Fail(hele.Id, error, Writing), () => calls.Work(hele.Id, Writing), zh, en);
    }

    /// <summary>A disk of 48 MB, filled to the last byte by somebody else.</summary>
    [Fact]
    public async Task ARealDisk_ThatIsFull_IsSaidSo_AndWorksAgainWhenThereIsSpace()
    {
        using var folder = new TempFolder();
        var options = new StorageOptions(folder.At("disk", "data"), folder.At("disk", "pins"));
        await RealPlace.SetUp(options, TestDatabase.Sqlite);
        var shell = $"mount -t tmpfs -o size=48m hele-small {folder.At("small")} && cp -a {folder.At("disk")}/. {folder.At("small")} && mount --bind {folder.At("small")} {folder.At("disk")} && exec \"$@\"";
        Directory.CreateDirectory(folder.At("small"));
        if (!MayMount())
        {
            output.WriteLine("This machine lets no test mount: the full disk is played by failing system calls only (the test above).");
            return;
        }
        await using var hele = await HeleProcess.Start(options.Words(), under: [.. OwnMounts, "sh", "-c", shell, "sh"]);
        var ballast = $"/proc/{hele.Id}/root{folder.At("disk", "ballast")}";
        await Day(hele, options, Fill, () => File.Delete(ballast), "服务器的磁盘满了", "disk is full", seen: $"/proc/{hele.Id}/root");

        void Fill()
        {
            using var file = new FileStream(ballast, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
            try
            {
                while (true)
                    file.Write(new byte[512]);
            }
            catch (IOException full) when (full.HResult == NoSpace)
            {
            }
        }
    }

    private static bool MayMount()
    {
        using var tried = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(OwnMounts[0], [.. OwnMounts[1..], "sh", "-c", "mount -t tmpfs hele-try /mnt"]) { RedirectStandardError = true })!;
        tried.WaitForExit();
        return tried.ExitCode == 0;
    }

    [Fact]
    public async Task TheFile_MovedAway_IsMissed_AndPutBackIsGoodAgain()
    {
        using var folder = new TempFolder();
        var options = new StorageOptions(folder.At("data"), folder.At("pins"));
        await RealPlace.SetUp(options, TestDatabase.Sqlite);
        await using var hele = await HeleProcess.Start(options.Words());
        await Day(hele, options, () => File.Move(options.SqliteFile, folder.At("elsewhere")), () => File.Move(folder.At("elsewhere"), options.SqliteFile), "数据库现在连不上", "can't be reached", reads: false);
    }

    /// <summary>The records go on into a file that no start would find again: nobody is told that they were saved.</summary>
    [Fact]
    public async Task AnotherFileInItsPlace_TakesNoAct()
    {
        using var folder = new TempFolder();
        var options = new StorageOptions(folder.At("data"), folder.At("pins"));
        await RealPlace.SetUp(options, TestDatabase.Sqlite);
        var copy = folder.At("copy");
        File.Copy(options.SqliteFile, copy);
        await using var hele = await HeleProcess.Start(options.Words());
        var liu = Client(hele);
        await TestHost.SignIn(liu, TestPeople.Liu.SignIn, TestPeople.Password);
        var form = await PageSteps.AppealForm(liu);
        File.Delete(options.SqliteFile);
        File.Move(copy, options.SqliteFile);
        (await form.Submit()).Expect(503);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await liu.GetAsync("/health")).StatusCode);
        Assert.Contains("stop the program, look, and start it", hele.Output, StringComparison.Ordinal);
    }

    [Fact, Trait("Needs", "postgres")]
    public async Task TheServer_StoppedAndBack_IsMissedAndFoundAgain()
    {
        using var folder = new TempFolder();
        using var cluster = PostgresCluster.Create(durable: true);
        var options = new StorageOptions(folder.At("data"), folder.At("pins"), cluster.CreateDatabase("away"));
        await RealPlace.SetUp(options, TestDatabase.Postgres);
        await using var hele = await HeleProcess.Start(options.Words());
        await Day(hele, options, cluster.Stop, cluster.Start, "数据库现在连不上", "can't be reached", reads: false);
    }

    [Fact, Trait("Needs", "postgres")]
    public async Task TheServer_ThatTakesNoWrites_IsSaidSo()
    {
        using var folder = new TempFolder();
        using var cluster = PostgresCluster.Create(durable: true);
        var options = new StorageOptions(folder.At("data"), folder.At("pins"), cluster.CreateDatabase("readonly"));
        await RealPlace.SetUp(options, TestDatabase.Postgres);
        await using var hele = await HeleProcess.Start(options.Words());
        await Day(hele, options, () => Owner("alter system set default_transaction_read_only = on"), () => Owner("alter system set default_transaction_read_only = off"), "服务器的磁盘现在只能读，不能写", "can be read but not written");

        void Owner(string sql)
        {
            using var connection = new NpgsqlConnection(options.Postgres);
            connection.Open();
            foreach (var text in new[] { "set default_transaction_read_only = off", sql, "select pg_reload_conf()" })
            {
                using var command = new NpgsqlCommand(text, connection);
                command.ExecuteNonQuery();
            }
            // The server tells its processes one by one.
            for (var waited = 0; waited < 200; waited++)
            {
                using var fresh = new NpgsqlConnection(cluster.Connection("readonly", pooling: false));
                fresh.Open();
                using var show = new NpgsqlCommand("show default_transaction_read_only", fresh);
                if ((string)show.ExecuteScalar()! == sql.Split(' ')[^1])
                    return;
                Thread.Sleep(10);
            }
        }
    }

    /// <summary>The server's own words for a full disk, raised where it would raise them.</summary>
    [Fact, Trait("Needs", "postgres")]
    public async Task TheServer_WithoutSpace_IsSaidSo()
    {
        using var folder = new TempFolder();
        using var cluster = PostgresCluster.Create(durable: true);
        var options = new StorageOptions(folder.At("data"), folder.At("pins"), cluster.CreateDatabase("full"));
        await RealPlace.SetUp(options, TestDatabase.Postgres);
        Owner("create function full_disk() returns trigger language plpgsql as $$ begin raise exception 'could not extend file' using errcode = 'disk_full'; end $$");
        await using var hele = await HeleProcess.Start(options.Words());
        string[] tables = ["Appeals", "SignInSessions", "SignInCounters"];
        await Day(hele, options, () => Array.ForEach(tables, t => Owner($"create trigger full_disk before insert on \"{t}\" execute function full_disk()")),
            () => Array.ForEach(tables, t => Owner($"drop trigger full_disk on \"{t}\"")), "服务器的磁盘满了", "disk is full");

        void Owner(string sql)
        {
            using var connection = new NpgsqlConnection(options.Postgres);
            connection.Open();
            using var command = new NpgsqlCommand(sql, connection);
            command.ExecuteNonQuery();
        }
    }

    [Trait("Needs", "faults")]
    [Fact]
    public async Task AStart_WhereNothingCanBeWritten_SaysWhy()
    {
        using var folder = new TempFolder();
        var options = new StorageOptions(folder.At("data"), folder.At("pins"));
        await RealPlace.SetUp(options, TestDatabase.Sqlite);
        var calls = new FailingCalls(folder);
        foreach (var (error, says) in new[] { (NoSpace, "the server's disk is full"), (ReadOnlyFileSystem, "the server's disk can be read but not written") })
        {
            await using var hele = HeleProcess.Launch(options.Words(), environment: new Dictionary<string, string?>(calls.Environment) { ["FIU_ENABLE"] = string.Join('\n', Writing.Select(c => $"enable name=posix/io/{c},failinfo={error}")) });
            Assert.True(hele.WaitForEnd(TimeSpan.FromSeconds(60)) == 3, hele.Output);
            Assert.True(hele.Output.Contains(says, StringComparison.Ordinal), hele.Output);
            Assert.DoesNotContain(" at Hele.", hele.Output, StringComparison.Ordinal);
        }
    }

    /// <summary>As a machine comes back after its disk had errors: the whole disk is mounted so that nothing can be written. Nobody can make it so under a program that has files open for writing; that is played by failing calls above.</summary>
    [Fact]
    public async Task AStart_OnARealDiskThatIsReadOnly_SaysSo_SoDoCommands_AndNothingIsLost()
    {
        using var folder = new TempFolder();
        var options = new StorageOptions(folder.At("disk", "data"), folder.At("disk", "pins"));
        await RealPlace.SetUp(options, TestDatabase.Sqlite);
        DirectoryLock.Take(options).Dispose();
        if (!MayMount())
        {
            output.WriteLine("This machine lets no test mount.");
            return;
        }
        var shell = $"mount --bind {folder.At("disk")} {folder.At("disk")} && mount -o remount,ro,bind {folder.At("disk")} && exec \"$@\"";
        await using (var hele = HeleProcess.Launch(options.Words(), under: [.. OwnMounts, "sh", "-c", shell, "sh"]))
        {
            Assert.True(hele.WaitForEnd(TimeSpan.FromSeconds(60)) == 3, hele.Output);
            Assert.Contains("服务器的磁盘现在只能读，不能写", hele.Output, StringComparison.Ordinal);
            Assert.Contains("can't be written: the server's disk can be read but not written", hele.Output, StringComparison.Ordinal);
            Assert.DoesNotContain(" at Hele.", hele.Output, StringComparison.Ordinal);
        }
        foreach (var command in new[] { "purge --yes", $"init --origin hele.example --code 410105 --name 金水区 --data {folder.At("disk", "new")}" })
        {
            var (code, said) = await Commanded(shell, command, options);
            Assert.True(code == 3, $"{command}: {code} {said}");
            Assert.Contains("he server's disk can be read but not written", said, StringComparison.Ordinal);
        }
        await using var again = await HeleProcess.Start(options.Words());
        await TestHost.SignIn(Client(again), TestPeople.Liu.SignIn, TestPeople.Password);
    }

    /// <summary>The first thing SQLite has no room for is the file it shares with other readers, and that it calls an input/output error.</summary>
    [Fact]
    public async Task AStart_OnARealDiskThatIsFull_SaysThatItIsFull_AndSoDoCommands()
    {
        using var folder = new TempFolder();
        var options = new StorageOptions(folder.At("disk", "data"), folder.At("disk", "pins"));
        await RealPlace.SetUp(options, TestDatabase.Sqlite);
        // As every start leaves it: its few bytes need no more room.
        DirectoryLock.Take(options).Dispose();
        if (!MayMount())
        {
            output.WriteLine("This machine lets no test mount.");
            return;
        }
        Directory.CreateDirectory(folder.At("small"));
        var shell = $"mount -t tmpfs -o size=48m hele-small {folder.At("small")} && cp -a {folder.At("disk")}/. {folder.At("small")} && mount --bind {folder.At("small")} {folder.At("disk")}; dd if=/dev/zero of={folder.At("disk", "ballast")} bs=512 2>/dev/null; exec \"$@\"";
        await using (var hele = HeleProcess.Launch(options.Words(), under: [.. OwnMounts, "sh", "-c", shell, "sh"]))
        {
            Assert.True(hele.WaitForEnd(TimeSpan.FromSeconds(60)) == 3, hele.Output);
            Assert.Contains("服务器的磁盘满了。请腾出磁盘空间。", hele.Output, StringComparison.Ordinal);
            Assert.Contains("Not started: The server's disk is full. Free some space.", hele.Output, StringComparison.Ordinal);
            Assert.DoesNotContain(" at Hele.", hele.Output, StringComparison.Ordinal);
        }
        foreach (var command in new[] { "health", "verify", "purge --yes", $"init --origin hele.example --code 410105 --name 金水区 --data {folder.At("disk", "new")}" })
        {
            var (code, said) = await Commanded(shell, command, options);
            Assert.True(code == 3, $"{command}: {code} {said}");
            Assert.Contains("he server's disk is full", said, StringComparison.Ordinal);
            Assert.DoesNotContain("Another Hele process", said, StringComparison.Ordinal);
        }
    }

    /// <summary>A command of `hele` in mounts of its own.</summary>
    private static async Task<(int Code, string Said)> Commanded(string shell, string command, StorageOptions options)
    {
        string[] words = command.Contains("--data", StringComparison.Ordinal) ? command.Split(' ') : [.. command.Split(' '), "--data", options.DataDirectory, "--pins", options.PinDirectory];
        // Beside the tests lie the files that they need, not all that the command line brings for itself.
        string[] line = [.. OwnMounts, "sh", "-c", shell, "sh", "dotnet", "exec", "--runtimeconfig", Path.Combine(AppContext.BaseDirectory, "Hele.Tests.runtimeconfig.json"), "--depsfile", Path.Combine(AppContext.BaseDirectory, "Hele.Tests.deps.json"), Path.Combine(AppContext.BaseDirectory, "hele.dll"), .. words, "--lang", "en"];
        using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(line[0], line[1..]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, string.Concat(said));
    }

    [Fact, Trait("Needs", "postgres")]
    public async Task AStart_WhoseDatabaseServerIsAwayOrRefuses_SaysWhatToDoAboutAServer()
    {
        using var folder = new TempFolder();
        foreach (var (database, says) in new[]
        {
            ("Host=127.0.0.1;Port=1;Database=hele;Username=hele", "Not started: The database can't be reached. Start the database server, and check the address and port in --database"),
            (PostgresCluster.Shared.Connection("nowhere", pooling: false), "Not started: The database refused:"),
            ("gibberish", "--database is no PostgreSQL connection string"),
        })
        {
            await using var hele = HeleProcess.Launch(["--data", folder.At("data"), "--pins", folder.At("pins"), "--demo", "none", "--database", database]);
            Assert.True(hele.WaitForEnd(TimeSpan.FromSeconds(60)) == 3, hele.Output);
            Assert.Contains(says, hele.Output, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", hele.Output, StringComparison.Ordinal);
            Assert.DoesNotContain("file", hele.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task AStart_WhereThereIsNoData_MakesNone()
    {
        using var folder = new TempFolder();
        foreach (var (words, says) in new[] { (new[] { "--data", folder.At("heel-data") }, "There is no Hele data in"), (["--dta", folder.At("data")], "--dta is not known") })
        {
            await using var hele = HeleProcess.Launch([.. words, "--demo", "none"]);
            Assert.True(hele.WaitForEnd(TimeSpan.FromSeconds(60)) == 3, hele.Output);
            Assert.Contains(says, hele.Output, StringComparison.Ordinal);
            Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
        }
    }

    /// <summary>What somebody meets on a bad day, and the day after.</summary>
    /// <param name="reads">Whether pages can still be read meanwhile.</param>
    /// <param name="seen">Where the process's own disk is seen from here.</param>
    private async Task Day(HeleProcess hele, StorageOptions options, Action breaks, Action mends, string zh, string en, bool reads = true, string seen = "")
    {
        var (liu, english) = (Client(hele), Client(hele, "en"));
        await TestHost.SignIn(liu, TestPeople.Liu.SignIn, TestPeople.Password);
        await TestHost.SignIn(english, TestPeople.Liu.SignIn, TestPeople.Password);
        var before = await PageSteps.FileAppeal(liu, "坏日子之前的");
        var form = await PageSteps.AppealForm(liu, "坏日子里的");
        var formEn = await PageSteps.AppealForm(english, "坏日子里的英文页");
        var signIn = (await HtmlPage.Get(Client(hele), "/sign-in")).Form("main form").Fill("Input.Name", TestPeople.Liu.SignIn).Fill("Input.Password", TestPeople.Password);

        breaks();
        var refused = await form.Submit();
        refused.Expect(reads ? 409 : 503);
        Assert.Contains(zh, refused.VisibleText, StringComparison.Ordinal);
        Assert.Contains(PageSteps.Text, refused.Document.QuerySelectorAll("textarea").Select(t => t.TextContent.Trim()));
        Assert.Contains(en, (await formEn.Submit()).VisibleText, StringComparison.Ordinal);
        var page = await HtmlPage.Get(liu, "/appeals/" + before, reads ? 200 : 503);
        Assert.Contains(zh, page.VisibleText, StringComparison.Ordinal);
        Assert.Contains(en, (await HtmlPage.Get(english, "/", reads ? 200 : 503)).VisibleText, StringComparison.Ordinal);
        var door = await signIn.Submit();
        door.Expect(503);
        Assert.Contains(zh, door.VisibleText, StringComparison.Ordinal);
        Assert.DoesNotContain(TestPeople.Password, door.Source, StringComparison.Ordinal);
        using (var health = await liu.GetAsync("/health"))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
            Assert.Contains(en, await health.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        mends();
        // The form as the page gave it back.
        var taken = await refused.Form("main form").Submit();
        taken.ExpectRedirect("/appeals/*");
        await hele.WaitForHealth(TimeSpan.FromSeconds(10));
        (await HtmlPage.Get(liu, "/appeals/" + before)).Expect(200);
        Assert.DoesNotContain(zh, (await HtmlPage.Get(liu, "/")).VisibleText, StringComparison.Ordinal);
        await TestHost.SignIn(Client(hele), TestPeople.Liu.SignIn, TestPeople.Password);
        Assert.DoesNotContain("Failure ", hele.Output, StringComparison.Ordinal);
        // A day's messages say what is the matter in lines that can be read, not a stack for each page that somebody asked for.
        Assert.True(!hele.Output.Contains("   at Microsoft.EntityFrameworkCore", StringComparison.Ordinal), hele.Output);

        // Its disk goes with it, where it has one of its own.
        Assert.Equal(0, hele.Stop());
        if (seen.Length > 0)
            return;
        await using var after = TestInstallation.Open(options, options.Postgres is null ? TestDatabase.Sqlite : TestDatabase.Postgres, DateTimeOffset.UtcNow);
        await after.Log.CheckPins();
        Assert.Null(after.Log.ReadOnlyReason);
        Assert.Equal(["坏日子之前的", "坏日子里的"], (await after.Read(db => db.Set<Appeal>().Select(a => a.Title).ToListAsync())).Order(StringComparer.Ordinal));
        var report = await after.Get<LogVerification>().Run();
        Assert.True(report.IsGreen, string.Join("\n", report.Findings.Take(10).Select(f => f.Sentence.En)));
    }

    private static HttpClient Client(HeleProcess hele, string? language = null)
    {
        var client = hele.Client();
        // As a browser says of a form on our own page.
        client.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        if (language is not null)
            client.DefaultRequestHeaders.Add("Accept-Language", language);
        return client;
    }
}
