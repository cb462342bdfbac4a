using System.Text.Json;
using Hele.Cli;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Accounts;
using Hele.Civic.Platform.Storage;
using Hele.TestKit;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Hele.Tests.Cli;

public class CommandTests
{
    private static readonly string[] Init = ["init", "--origin", "hele.test", "--code", "999101001001", "--name", "河西社区", "--name-en", "Hexi Community"];

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Keys_RotateAndRetire_KeepWhatIsSealedReadable(TestDatabase kind)
    {
        using var hele = new CommandLine(kind);
        await hele.Run(Init);
        Assert.Contains("no master key yet", (await hele.Run("keys", "list")).Output);
        string person;
        await using (var installation = TestInstallation.Open(hele.Options, kind, DateTimeOffset.UtcNow))
        {
            await installation.Log.CheckPins(TestContext.Current.CancellationToken);
            person = await Sealing.SealingTests.Register(installation);
        }
        var old = (await hele.Run("keys", "list")).Output.Split(' ')[0];
        var inUse = await hele.Run("keys", "retire", old);
        Assert.Equal((1, $"{old} is still in use and can't be destroyed."), (inUse.Code, inUse.Error.Trim()));
        var rotated = (await hele.Run("keys", "rotate")).Output;
        Assert.Contains("1 keys were wrapped anew", rotated);
        Assert.Contains($"The file of keys in the safe lacks it. Export them again: {OperatorCommand.Line("keys export --out FILE")} --data {hele.Data}", rotated);
        Assert.Equal(0, (await hele.Run("keys", "retire", old)).Code);
        Assert.DoesNotContain(old, (await hele.Run("keys", "list")).Output);
        Assert.Equal(0, (await hele.Run("verify")).Code);

        var unsure = await hele.Run("erase", person);
        Assert.Equal(2, unsure.Code);
        Assert.Contains("--yes", unsure.Error);
        var erased = await hele.Run("erase", person, "--yes");
        Assert.True(erased.Code == 0, erased.Error);
        Assert.Contains("1 records emptied", erased.Output);
        Assert.Equal((1, "This person was not found."), ((await hele.Run("erase", person, "--yes")).Code, (await hele.Run("erase", person, "--yes")).Error.Trim()));
        Assert.Equal(0, (await hele.Run("verify")).Code);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Seals_Checked_ShowNoNumberAndNameThePeopleWhoseNumberIsDamaged(TestDatabase kind)
    {
        using var hele = new CommandLine(kind);
        await hele.Run(Init);
        string good, broken;
        await using (var installation = TestInstallation.Open(hele.Options, kind, DateTimeOffset.UtcNow))
        {
            await installation.Log.CheckPins(TestContext.Current.CancellationToken);
            good = await Sealing.SealingTests.Register(installation);
            broken = await Sealing.SealingTests.Register(installation, "周小兰", "13987654321");
        }
        Assert.Equal((0, "2 values checked, 0 faults found."), ((await hele.Run("seals", "check")) is var first ? first.Code : 0, first.Output.Trim()));
        await using (var installation = TestInstallation.Open(hele.Options, kind, DateTimeOffset.UtcNow))
            await new Platform.BehindTheBack(installation).One("""UPDATE "People" SET "PhoneSealed" = @p0 WHERE "PublicCode" = @p1""", new byte[] { 1, 2, 3 }, broken);
        var found = await CommandLine.Say("zh", ["seals", "check", .. hele.Where]);
        Assert.Equal(1, found.Code);
        Assert.Contains($"{broken}  密封已损坏", found.Output);
        Assert.DoesNotContain(good, found.Output);
        Assert.DoesNotContain("13812345678", found.Output + first.Output);
        await using (var installation = TestInstallation.Open(hele.Options, kind, DateTimeOffset.UtcNow))
            Assert.Equal(4, await installation.Read(db => db.Set<Civic.Platform.Sealing.ViewRecord>().CountAsync(r => r.Way == Civic.Platform.Sealing.Way.Job)));

        var unsure = await hele.Run("purge");
        Assert.Equal(2, unsure.Code);
        Assert.Contains("--dry-run", unsure.Error);
        Assert.Equal(2, (await hele.Run("purge", "--yes", "--dry-run")).Code);
        var plan = await hele.Run("purge", "--dry-run");
        Assert.Equal(0, plan.Code);
        Assert.Contains("2 years (retention.person)", plan.Output);
        // A rule that holds by two ways is one rule.
        Assert.All(plan.Output.Split('\n'), l => Assert.Equal(l.Split('(').Skip(1).Select(r => r.Split(')')[0]).Distinct(), l.Split('(').Skip(1).Select(r => r.Split(')')[0])));
        Assert.Contains("0 purged.", (await hele.Run("purge", "--yes")).Output);
        Assert.Contains("已删除：清空 1 条记录", (await CommandLine.Say("zh", ["erase", good, "--yes", .. hele.Where])).Output);
        Assert.Equal(1, (await CommandLine.Say("zh", ["erase", good, "--yes", .. hele.Where])).Code);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Init_OnNothing_MakesAnEmptyCommunityThatWorks(TestDatabase kind)
    {
        using var hele = new CommandLine(kind);

        var init = await hele.Run(Init);
        Assert.Equal((0, ""), (init.Code, init.Error));
        Assert.Contains("Opened jurisdiction 999101001001 Hexi Community, log hele.test/999101001001.", init.Output);
        Assert.Contains($"Next: {OperatorCommand.Line("admin create")} --data {hele.Data}", init.Output);
        var again = await hele.Run(Init);
        Assert.Equal(0, again.Code);
        Assert.Contains("was there already; nothing changed", again.Output);
        var other = await hele.Run([.. Init.Select(w => w == "Hexi Community" ? "West River" : w)]);
        Assert.Equal(1, other.Code);
        Assert.Contains("was opened before", other.Error);
        Assert.Contains("Hexi Community", other.Error);

        var admin = await hele.Run("admin", "create", "--name", "马建军", "--sign-in", "Ma-Jianjun");
        Assert.Equal((0, ""), (admin.Code, admin.Error));
        Assert.Contains("Sign-in name: ma-jianjun", admin.Output);
        var password = admin.Output.Split('\n').Single(l => l.StartsWith("One-time password: ", StringComparison.Ordinal))["One-time password: ".Length..].Trim();
        await using (var installation = TestInstallation.Open(hele.Options, kind, DateTimeOffset.UtcNow))
        {
            var (account, problem) = await installation.Get<Passwords>().SignIn("ma-jianjun", password, cancel: TestContext.Current.CancellationToken);
            Assert.Null(problem);
            Assert.True(account!.MustChangePassword);
        }
        var taken = await hele.Run("admin", "create", "--name", "马小军", "--sign-in", "ma-jianjun");
        Assert.Equal((1, "This sign-in name is taken."), (taken.Code, taken.Error.Trim()));

        var figures = await hele.Run("figures", "--from", "2026-01-01", "--to", "2026-12-31", "--json");
        Assert.Equal((0, ""), (figures.Code, figures.Error));
        var numbers = JsonDocument.Parse(figures.Output).RootElement.EnumerateArray().ToList();
        Assert.Contains("appeals.filed", numbers.Select(n => n.GetProperty("id").GetString()));
        Assert.All(numbers, n =>
        {
            Assert.Equal(0, n.GetProperty("value").GetInt64());
            Assert.Empty(n.GetProperty("records").EnumerateArray());
            Assert.NotEqual("", n.GetProperty("title").GetString());
            Assert.NotEqual("", n.GetProperty("measure").GetString());
        });

        var verify = await hele.Run("verify");
        Assert.True(verify.Code == 0, verify.Output + verify.Error);
        Assert.Contains("Everything agrees", verify.Output);
        Assert.Contains("both sides of 0 compared", verify.Output);
        var health = await hele.Run("health");
        Assert.True(health.Code == 0, health.Output + health.Error);
        Assert.Contains("log 999101001001: 3 entries", health.Output);
        Assert.Contains("pin 999101001001: agrees\n", health.Output);
        // An older pin agrees, too, as far as it goes.
        var pin = Path.Combine(hele.Options.PinDirectory, "999101001001.checkpoint");
        var newest = await File.ReadAllTextAsync(pin, TestContext.Current.CancellationToken);
        await using (var installation = TestInstallation.Open(hele.Options, kind, DateTimeOffset.UtcNow))
        {
            await installation.Log.CheckPins(TestContext.Current.CancellationToken);
            Assert.True((await installation.Get<Civic.People.RegisterPerson>().Run(new() { OperationId = Guid.NewGuid(), AccountId = Civic.Platform.Access.SystemAccount.Id, JurisdictionId = 1 }, new("李四", null, null, null, OneTime: false, null, null, null))).Accepted);
            await installation.Log.PinNow();
        }
        await File.WriteAllTextAsync(pin, newest, TestContext.Current.CancellationToken);
        Assert.Contains("pin 999101001001: agrees, but is only of the first 3 entries; the 1 since have no pin yet", (await hele.Run("health")).Output);
        var migrate = await hele.Run("migrate");
        Assert.Equal((0, "The database is up to date; nothing changed."), (migrate.Code, migrate.Output.Trim()));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task WritingCommands_WhileTheDirectoryIsHeld_RefuseAndReadersGoOn(TestDatabase kind)
    {
        using var hele = new CommandLine(kind);
        await hele.Run(Init);
        using (DirectoryLock.Take(hele.Options))
        {
            foreach (var writing in new[] { Init, ["admin", "create", "--name", "张三", "--sign-in", "zhang-san"], ["seed", "demo"], ["migrate"] })
            {
                var refused = await hele.Run(writing);
                Assert.Equal((1, ""), (refused.Code, refused.Output));
                Assert.StartsWith("Another Hele process is using ", refused.Error);
            }
            Assert.Equal(0, (await hele.Run("figures", "--from", "2026-01-01", "--to", "2026-01-31")).Code);
            Assert.Equal(0, (await hele.Run("verify")).Code);
            var health = await hele.Run("health");
            Assert.Equal(0, health.Code);
            Assert.Contains("a process is using this directory", health.Output);
        }
        Assert.Contains("by no process", (await hele.Run("health")).Output);
        Assert.Equal(0, (await hele.Run("admin", "create", "--name", "张三", "--sign-in", "zhang-san", "--role", "Clerk")).Code);
    }

    [Fact]
    public async Task Verify_AfterAChangeBehindItsBack_NamesItAndExits1()
    {
        using var hele = new CommandLine(TestDatabase.Sqlite);
        await hele.Run(Init);
        await hele.Run("admin", "create", "--name", "马建军", "--sign-in", "ma-jianjun");
        await using (var connection = new SqliteConnection($"Data Source={hele.Options.SqliteFile};Pooling=False"))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = """UPDATE "People" SET "Name" = '马大军'""";
            Assert.Equal(1, await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
        }

        var verify = await hele.Run("verify");
        Assert.Equal(1, verify.Code);
        Assert.Contains("ValueChanged: ", verify.Output);
        Assert.Contains("1 difference(s) found", verify.Output);
    }

    [Fact]
    public async Task WritingCommands_OnALogOlderThanItsPin_SayWhyAndWriteNothing()
    {
        using var hele = new CommandLine(TestDatabase.Sqlite);
        await hele.Run(Init);
        File.Delete(Path.Combine(hele.Options.PinDirectory, "999101001001.checkpoint"));

        var refused = await hele.Run("admin", "create", "--name", "张三", "--sign-in", "zhang-san");
        Assert.Equal(1, refused.Code);
        Assert.StartsWith("Nothing may be written: The log of jurisdiction 999101001001 has 1 entries, but its pinned checkpoint is missing", refused.Error);
        var health = await hele.Run("health");
        Assert.Equal(1, health.Code);
        Assert.Contains("BAD  pin 999101001001", health.Output);
    }

    [Fact]
    public async Task Help_OfEachCommand_SaysWhatItDoesInBothLanguages()
    {
        foreach (var path in new string[][] { [], ["init"], ["admin"], ["admin", "create"], ["admin", "reset"], ["seed"], ["seed", "demo"], ["migrate"], ["figures"], ["verify"], ["health"] })
        {
            var (en, zh) = (await CommandLine.Say("en", [.. path, "--help"]), await CommandLine.Say("zh", [.. path, "--help"]));
            Assert.Equal((0, 0, "", ""), (en.Code, zh.Code, en.Error, zh.Error));
            Assert.DoesNotContain(en.Output, IsHan);
            Assert.Contains(zh.Output, IsHan);
            Assert.Contains($"\n  {OperatorCommand.Line(string.Join(' ', path)).TrimEnd()} ", en.Output);
            foreach (var option in new[] { "--data", "--pins", "--database", "--help" })
            {
                Assert.Contains(option, en.Output);
                Assert.Contains(option, zh.Output);
            }
        }
        Assert.Equal((await CommandLine.Say("zh", "--help")).Output, (await CommandLine.Say("en", "--lang", "zh", "--help")).Output);

        static bool IsHan(char c) => c is >= '\u4E00' and <= '\u9FFF';
    }

    [Theory]
    [InlineData("verfy", "Unrecognized command or argument 'verfy'", "--help")]
    [InlineData("figures --form 2026-01-01", "Unrecognized command or argument '--form'", "figures --help")]
    [InlineData("figures --form 2026-01-01", "The options of this command: --from --to --json --jurisdiction --help --data --pins --database --lang", "figures --help")]
    [InlineData("figures --from 2026-01-01", "Option '--to' is required.", "figures --help")]
    [InlineData("figures --from 1.2.2026 --to 2026-03-31", "“1.2.2026” is no date; write it like 2026-10-31.", "figures --help")]
    [InlineData("figures --from 2026-02-30 --to 2026-03-31", "“2026-02-30” is no date", "figures --help")]
    [InlineData("figures --from 2026-04-01 --to 2026-03-31", "last day (2026-03-31) lies before its first (2026-04-01)", null)]
    [InlineData("seed demo --as-of heute", "“heute” is no date", "seed demo --help")]
    [InlineData("admin create --name 张三 --sign-in zhang --role Mayor", "'Mayor' not recognized", "admin create --help")]
    [InlineData("admin", "Required command was not provided.", "admin --help")]
    [InlineData("health --database nonsense", "--database is no PostgreSQL connection string", null)]
    [InlineData("health --lang fr", "'fr' not recognized", "health --help")]
    public async Task Usage_ThatIsWrong_IsSaidInASentenceAndExits2(string line, string sentence, string? help)
    {
        using var hele = new CommandLine(TestDatabase.Sqlite);
        var answer = await CommandLine.Say("en", [.. line.Split(' '), .. line.Contains("--data") ? [] : hele.Where]);
        Assert.Equal((2, ""), (answer.Code, answer.Output));
        Assert.Contains(sentence, answer.Error);
        if (help is not null)
            Assert.Contains($"See: {OperatorCommand.Line(help)}", answer.Error);
        Assert.DoesNotContain("   at ", answer.Error);
        Assert.False(Directory.Exists(hele.Data));
    }

    [Theory]
    [InlineData("figures --from 2026-01-01 --to 2026-01-31")]
    [InlineData("verify")]
    [InlineData("health")]
    [InlineData("migrate")]
    [InlineData("admin create --name 张三 --sign-in zhang-san")]
    public async Task Commands_WithoutData_SaySoAndMakeNone(string line)
    {
        using var hele = new CommandLine(TestDatabase.Sqlite);
        var answer = await hele.Run(line.Split(' '));
        Assert.Equal((3, ""), (answer.Code, answer.Output));
        Assert.StartsWith($"There is no Hele data in {hele.Data}. Check --data, or run {OperatorCommand.Line("init")} first.", answer.Error);
        Assert.False(Directory.Exists(hele.Data));
    }

    [Fact]
    public async Task Commands_WithoutAReachableServer_SaySo()
    {
        using var folder = new TempFolder();
        var answer = await CommandLine.Say("zh", "health", "--data", folder.Path, "--database", "Host=127.0.0.1;Port=1;Database=hele;Username=hele");
        Assert.Equal(3, answer.Code);
        Assert.StartsWith("数据库现在连不上。请启动数据库服务器", answer.Error);
        Assert.DoesNotContain("   at ", answer.Error);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Commands_OnAnOlderDatabase_TellTheCommandThatBringsItUpToDate(TestDatabase kind)
    {
        using var hele = new CommandLine(kind);
        Assert.Contains($"Next: {OperatorCommand.Line("admin create")}", (await hele.Run(Init)).Output);
        await using (var installation = TestInstallation.Open(hele.Options, kind, DateTimeOffset.UtcNow))
            await new Platform.BehindTheBack(installation).One("""DELETE FROM "__Migrations" """);
        var refused = await hele.Run("verify");
        Assert.Equal(3, refused.Code);
        Assert.Contains($"is older than this program. Run: {OperatorCommand.Line("migrate --data")}", refused.Error);
        Assert.Contains($"请运行：{OperatorCommand.Line("migrate --data")}", (await CommandLine.Say("zh", ["verify", .. hele.Where])).Error);
        Assert.Contains($"1 step(s) behind; run {OperatorCommand.Line("migrate")}", (await hele.Run("health")).Output);
    }

    [Fact]
    public async Task Commands_OnAFileThatIsNoDatabase_SaySo()
    {
        using var hele = new CommandLine(TestDatabase.Sqlite);
        Directory.CreateDirectory(hele.Data);
        await File.WriteAllTextAsync(hele.Options.SqliteFile, new string('x', 5000), TestContext.Current.CancellationToken);
        var answer = await hele.Run("verify");
        Assert.Equal(3, answer.Code);
        Assert.StartsWith("The database file is damaged and needs the operator. Stop the program, keep the file", answer.Error);
    }

    [Fact]
    public async Task Init_WithWrongValues_SaysEachOne()
    {
        using var hele = new CommandLine(TestDatabase.Sqlite);
        var answer = await hele.Run("init", "--origin", "No Domain", "--code", "12", "--name", " ");
        Assert.Equal(1, answer.Code);
        Assert.Equal(3, answer.Error.Trim().Split('\n').Length);
    }

    [Fact]
    public async Task Commands_WithTwoJurisdictions_AskWhich()
    {
        using var hele = new CommandLine(TestDatabase.Sqlite);
        await hele.Run(Init);
        Assert.Equal(0, (await hele.Run("init", "--origin", "hele.test", "--code", "999101001002", "--name", "柳荫社区")).Code);
        var which = await hele.Run("figures", "--from", "2026-01-01", "--to", "2026-01-31");
        Assert.Equal(2, which.Code);
        Assert.Contains("--jurisdiction: 999101001001, 999101001002", which.Error);
        Assert.Equal(0, (await hele.Run("figures", "--from", "2026-01-01", "--to", "2026-01-31", "--jurisdiction", "999101001002")).Code);
        var unknown = await hele.Run("admin", "create", "--name", "张三", "--sign-in", "zhang-san", "--jurisdiction", "999");
        Assert.Equal(2, unknown.Code);
    }

    [Fact]
    public async Task SeedDemo_IntoARealCommunity_IsRefused()
    {
        using var hele = new CommandLine(TestDatabase.Sqlite);
        await hele.Run("init", "--origin", "hele.example", "--code", "410105001001", "--name", "柳荫社区");
        var refused = await hele.Run("seed", "demo");
        Assert.Equal(1, refused.Code);
        Assert.Contains("another community's already", refused.Error);
        Assert.Contains("log 410105001001: 1 entries", (await hele.Run("health")).Output);
    }
}
