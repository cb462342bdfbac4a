using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Hele.Civic.Appeals;
using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Sealing;
using Hele.Civic.Platform.Storage;
using Hele.Evidence;
using Hele.TestKit;
using Hele.Tests.Platform;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Xunit;

namespace Hele.Tests.Cli;

/// <summary>
/// A backup is made while people write, is checked without being restored, and restored where nothing is: plainly when it is not older than the pins,
/// else only when two administrators declare what was lost, which then stands in the log for good.
/// </summary>
public class BackupTests
{
    private const string Phone = "13712341199";

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Backup_WhilePeopleWrite_IsWholeAndRestoresToOneState(TestDatabase kind)
    {
        await using var hele = await HistoryTemplate.Copy(kind);
        using var folder = new TempFolder("backup");
        var person = await Sealing.SealingTests.Register(hele, "孙桂兰", Phone);
        var (liu, zhao) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Zhao));
        using var enough = new CancellationTokenSource();
        var writing = Task.Run(async () =>
        {
            for (var i = 0; !enough.IsCancellationRequested; i++)
                Assert.True((await hele.Accept(zhao, await hele.FileAppeal(liu, $"第{i}盏灯不亮"))).Accepted);
        });
        var file = folder.At("one.zip");
        var made = await Run(hele.Options, "backup", "--out", file);
        await enough.CancelAsync();
        await writing;
        Assert.True(made.Code == 0, made.Error);
        var size = await hele.Size();
        await hele.Log.PinNow();

        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Equal([file], Directory.GetFiles(folder.Path));
        var check = await CommandLine.Say("en", "backup", "check", file);
        Assert.True(check.Code == 0, check.Error);
        Assert.Contains("The backup is whole", check.Output);
        Assert.Equal(1, (await Run(hele.Options, "backup", "--out", file)).Code);

        // Into a new place with pins of its own: the pin is put down as it was when the backup was made.
        using var there = Place.Make(kind);
        Assert.Equal(0, (await Run(hele.Options, "keys", "export", "--out", folder.At("keys.txt"))).Code);
        await there.PinAsIn(file);
        var restored = await Run(there.Options, "restore", file, "--keys", folder.At("keys.txt"));
        Assert.True(restored.Code == 0, restored.Error);
        await using (var again = TestInstallation.Open(there.Options, kind))
        {
            await again.Database.AssertReady();
            await again.Log.CheckPins();
            Assert.Null(again.Log.ReadOnlyReason);
            (await again.Verify()).AssertGreen();
            Assert.InRange(await again.Size(), 1, size);
            // What is sealed can be opened, and it goes on: the sequences stand behind the rows that were put back.
            var again2 = await again.Viewer(TestPeople.Liu);
            var filed = await again.FileAppeal(again2, "恢复以后的第一件");
            Assert.NotEmpty(filed);
            (await again.Verify()).AssertGreen();
            Assert.Equal(0, (await Run(there.Options, "seals", "check", "--jurisdiction", TestInstallation.HexiCode)).Code);
            Assert.True(await again.Read(db => db.Set<Person>().AnyAsync(p => p.PublicCode == person)));
        }

        // Never over anything.
        var over = await Run(there.Options, "restore", file);
        Assert.Equal(1, over.Code);
        Assert.Contains("there already", over.Error);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Backup_DamagedChangedOrCutOff_IsSaidByCheckAndNeverRestored(TestDatabase kind)
    {
        await using var hele = await HistoryTemplate.Copy(kind);
        using var folder = new TempFolder("backup");
        var good = folder.At("good.zip");
        Assert.Equal(0, (await Run(hele.Options, "backup", "--out", good)).Code);
        Assert.Equal(0, (await Run(hele.Options, "keys", "export", "--out", folder.At("keys.txt"))).Code);
        var bytes = await File.ReadAllBytesAsync(good, TestContext.Current.CancellationToken);

        var cut = folder.At("cut.zip");
        await File.WriteAllBytesAsync(cut, bytes[..(bytes.Length * 2 / 3)], TestContext.Current.CancellationToken);
        var bad = folder.At("bad.zip");
        var broken = (byte[])bytes.Clone();
        broken[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(bad, broken, TestContext.Current.CancellationToken);
        // By somebody who knows the format: hashes made anew over changed records. The log doesn't fit what was signed.
        var forged = folder.At("forged.zip");
        await Forge(good, forged, kind);
        var none = folder.At("none.zip");
        await File.WriteAllTextAsync(none, "nothing", TestContext.Current.CancellationToken);

        using var there = Place.Make(kind);
        foreach (var file in new[] { cut, bad, forged, none, folder.At("missing.zip") })
        {
            var check = await CommandLine.Say("zh", "backup", "check", file);
            Assert.True(check.Code == 1, $"{file}: {check.Output}{check.Error}");
            Assert.Contains(file is var f && f == forged ? "和备份时签署的校验点不一致" : Path.GetFileName(file), check.Error);
            Assert.Equal(1, (await Run(there.Options, "restore", file, "--keys", folder.At("keys.txt"))).Code);
            Assert.False(File.Exists(there.Options.SqliteFile));
        }
        // And nothing was left lying about.
        Assert.Equal(["bad.zip", "cut.zip", "forged.zip", "good.zip", "keys.txt", "none.zip"], Directory.GetFiles(folder.Path).Select(Path.GetFileName).Order());
        // The good one still goes.
        await there.PinAsIn(good);
        Assert.Equal(0, (await Run(there.Options, "restore", good, "--keys", folder.At("keys.txt"))).Code);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Restore_WithoutKeysOrWithOtherKeysOrIntoTheOtherDatabase_IsRefusedInWords(TestDatabase kind)
    {
        await using var hele = await HistoryTemplate.Copy(kind);
        await using var stranger = await HistoryTemplate.Copy(kind);
        using var folder = new TempFolder("backup");
        var file = folder.At("one.zip");
        Assert.Equal(0, (await Run(hele.Options, "backup", "--out", file)).Code);

        using var there = Place.Make(kind);
        var keyless = await Run(there.Options, "restore", file);
        Assert.Equal(1, keyless.Code);
        Assert.Contains("--keys", keyless.Error);

        await File.WriteAllTextAsync(Path.Combine(stranger.Options.KeyDirectory, "log.seed"), new string('a', 64), TestContext.Current.CancellationToken);
        Assert.Equal(0, (await Run(stranger.Options, "keys", "export", "--out", folder.At("theirs.txt"))).Code);
        using var other = Place.Make(kind);
        var wrong = await Run(other.Options, "restore", file, "--keys", folder.At("theirs.txt"));
        Assert.Equal(1, wrong.Code);
        Assert.Contains("not the keys", wrong.Error);
        // They are gone again: with the right ones the same command goes.
        Assert.Equal(0, (await Run(hele.Options, "keys", "export", "--out", folder.At("ours.txt"))).Code);
        await other.PinAsIn(file);
        var right = await Run(other.Options, "restore", file, "--keys", folder.At("ours.txt"));
        Assert.True(right.Code == 0, right.Error);

        var options = kind == TestDatabase.Sqlite ? other.Options with { Postgres = "Host=127.0.0.1;Port=1;Database=none;Username=nobody" } : other.Options with { Postgres = null };
        var elsewhere = await Run(options, "restore", file);
        Assert.NotEqual(0, elsewhere.Code);
        Assert.Contains("This is a backup of", elsewhere.Error);
        Assert.DoesNotContain("postgres-role", await File.ReadAllTextAsync(folder.At("theirs.txt"), TestContext.Current.CancellationToken));
    }

    /// <summary>The bad day itself: the database is gone, the newest backup is of yesterday, and since then people filed, and one was erased.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Restore_OfAnOlderState_NeedsTwoAdministratorsAndSaysForGoodWhatWasLost(TestDatabase kind)
    {
        var hele = await HistoryTemplate.Copy(kind);
        using var folder = new TempFolder("restore");
        var person = await Sealing.SealingTests.Register(hele, "孙桂兰", Phone);
        var id = await hele.Read(db => db.Set<Person>().Where(p => p.PublicCode == person).Select(p => p.Id).SingleAsync());
        await hele.Log.PinNow();
        var (file, keys, kitBefore) = (folder.At("yesterday.zip"), folder.At("keys.txt"), folder.At("before.kit"));
        Assert.Equal(0, (await Run(hele.Options, "backup", "--out", file)).Code);
        Assert.Equal(0, (await Run(hele.Options, "keys", "export", "--out", keys)).Code);
        var kept = await hele.Size();
        var (firstOrigin, firstKey) = await Key(hele);
        var heldBefore = (await Checkpoint(hele)).ToString();
        var receiptBefore = await Receipt(hele, HistoryTemplate.Lonely);

        // Today: acts that the backup doesn't know.
        await hele.FileAppeal(await hele.Viewer(TestPeople.Liu), "丢失的一件");
        var receiptLost = await Receipt(hele, "丢失的一件");
        Assert.True((await hele.Get<ErasePerson>().Run(System(), new(person))).Accepted);
        await hele.Log.PinNow();
        Assert.Equal(0, (await Run(hele.Options, "evidence", "export", "--jurisdiction", TestInstallation.HexiCode, "--out", kitBefore)).Code);
        var lost = await hele.Size();
        var oldPin = await File.ReadAllTextAsync(hele.Log.PinFile(TestInstallation.HexiCode), TestContext.Current.CancellationToken);
        await hele.Stop();

        // The disk dies; the pins lie elsewhere.
        using var there = Place.Make(kind, hele.Options.PinDirectory);
        string[] restore = ["restore", file, "--keys", keys];
        var refused = await Run(there.Options, restore);
        Assert.Equal(1, refused.Code);
        Assert.Contains($"has {kept} entries, but its pin says {lost}", refused.Error);
        Assert.Contains("two administrators declare", refused.Error);
        Assert.True(await there.IsEmpty());

        foreach (var (by, typed, says) in new[]
        {
            (new[] { "sun-wei", "he-lin" }, new[] { TestPeople.Password, "wrong" }, "he-lin: The sign-in name or the password is wrong."),
            (["sun-wei", "sun-wei"], [TestPeople.Password, TestPeople.Password], "Two different people"),
            (["sun-wei", "liu-dayong"], [TestPeople.Password, TestPeople.Password], "liu-dayong: Two administrators"),
            (["ma-jianjun", "other-ma-jianjun"], [TestPeople.Password, TestPeople.Password], "Two administrators"),
        })
        {
            var no = await Type(there.Options, typed, [.. restore, "--by", by[0], "--by", by[1]]);
            Assert.True(no.Code == 1 && no.Error.Contains(says, StringComparison.Ordinal), no.Error);
            Assert.True(await there.IsEmpty());
            Assert.Equal(oldPin, await File.ReadAllTextAsync(Path.Combine(there.Options.PinDirectory, TestInstallation.HexiCode + ".checkpoint"), TestContext.Current.CancellationToken));
        }
        var restored = await Type(there.Options, [TestPeople.Password, TestPeople.Password], [.. restore, "--by", "sun-wei", "--by", "he-lin"]);
        Assert.True(restored.Code == 0, restored.Error);
        Assert.DoesNotContain(TestPeople.Password, restored.Output + restored.Error);

        // The start needs no hand; whoever was erased is erased; everything agrees.
        await using var again = TestInstallation.Open(there.Options, kind);
        await again.Database.AssertReady();
        await again.Log.CheckPins();
        Assert.Null(again.Log.ReadOnlyReason);
        (await again.Verify()).AssertGreen();
        Assert.Equal("", await again.Read(db => db.Set<Person>().Where(p => p.Id == id).Select(p => p.Name).SingleAsync()));
        Assert.Empty(await again.Read(db => db.Set<Appeal>().Where(a => a.Title == "丢失的一件").ToListAsync()));
        var epoch = await again.Read(db => db.Set<LogEpoch>().SingleAsync());
        Assert.Equal((2, firstOrigin + "/2", kept, oldPin, lost), (epoch.Number, epoch.Origin, epoch.Kept, epoch.OldPin!, epoch.OldSize!.Value));
        Assert.Equal((Role.SystemAdministrator, Role.SecurityAdministrator), (epoch.FirstRole, epoch.SecondRole));
        Assert.Equal(["log.epoch-begun"], await again.Read(db => db.Set<JournalRow>().Where(j => j.LeafIndex == kept).Select(j => j.Kind).ToListAsync()));
        // Only the log that lost something begins anew.
        Assert.Equal(TestInstallation.OriginPrefix + "/" + TestInstallation.OtherCode, (await Checkpoint(again, TestInstallation.Other)).Text.Split('\n')[0]);

        // It goes on under the new name, and is no alarm at the next start.
        await again.FileAppeal(await again.Viewer(TestPeople.Liu), "恢复以后的一件");
        await again.Log.PinNow();
        (await again.Verify()).AssertGreen();
        var (origin, key) = await Key(again);
        Assert.Equal((firstOrigin + "/2", true), (origin, key != firstKey));
        Assert.Equal(firstOrigin + "/2", (await Checkpoint(again)).Text.Split('\n')[0]);

        // What was given out before still checks: a receipt made again is the same, one of the lost part is proof that it was there.
        Assert.Equal(receiptBefore, await Receipt(again, HistoryTemplate.Lonely));
        foreach (var receipt in new[] { receiptBefore, receiptLost })
            Assert.True(OfflineVerifier.Verify(receipt, firstKey).Ok);
        Assert.True(OfflineVerifier.Verify(await Receipt(again, "恢复以后的一件"), key).Ok);
        Assert.False(OfflineVerifier.Verify(receiptBefore, key).Ok);

        // The kits: the old one by itself, the new one against what was kept before, and honestly against what was lost.
        var (kitAfter, held, heldLost) = (folder.At("after.kit"), folder.At("held"), folder.At("held-lost"));
        Assert.Equal(0, (await Run(there.Options, "evidence", "export", "--jurisdiction", TestInstallation.HexiCode, "--out", kitAfter)).Code);
        await File.WriteAllTextAsync(held, heldBefore, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(heldLost, oldPin, TestContext.Current.CancellationToken);
        Assert.Equal(0, (await CommandLine.Say("en", "evidence", "verify", kitBefore, "--pinned", held, "--key", firstKey)).Code);
        var after = await CommandLine.Say("en", "evidence", "verify", kitAfter, "--pinned", held, "--key", key);
        Assert.True(after.Code == 0, after.Output);
        Assert.Contains("the restore lost none of them", after.Output);
        var gone = await CommandLine.Say("en", "evidence", "verify", kitAfter, "--pinned", heldLost);
        Assert.Equal(1, gone.Code);
        Assert.Contains("log.epoch-begun", gone.Output);
    }

    /// <summary>Restored twice: the second restore puts back a backup from before the first one's epoch.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Restore_OfTheSameBackupAgain_TakesANameThatWasNeverUsed(TestDatabase kind)
    {
        var hele = await HistoryTemplate.Copy(kind);
        using var folder = new TempFolder("restore");
        var (file, keys) = (folder.At("old.zip"), folder.At("keys.txt"));
        await hele.Log.PinNow();
        Assert.Equal(0, (await Run(hele.Options, "backup", "--out", file)).Code);
        Assert.Equal(0, (await Run(hele.Options, "keys", "export", "--out", keys)).Code);
        await hele.FileAppeal(await hele.Viewer(TestPeople.Liu));
        await hele.Log.PinNow();
        await hele.Stop();
        var pins = hele.Options.PinDirectory;
        for (var number = 2; number <= 3; number++)
        {
            using var there = Place.Make(kind, pins);
            var restored = await Type(there.Options, [TestPeople.Password, TestPeople.Password], "restore", file, "--keys", keys, "--by", "sun-wei", "--by", "ma-jianjun");
            Assert.True(restored.Code == 0, restored.Error);
            Assert.Contains($"/{TestInstallation.HexiCode}/{number}", restored.Output);
            await using var again = TestInstallation.Open(there.Options, kind);
            await again.Database.AssertReady();
            await again.Log.CheckPins();
            Assert.Null(again.Log.ReadOnlyReason);
            (await again.Verify()).AssertGreen();
            await again.FileAppeal(await again.Viewer(TestPeople.Liu));
            await again.Log.PinNow();
        }
    }

    /// <summary>Fire: data and pins are gone, a backup and the keys were elsewhere. Nobody can say what was lost, and that is what the log says.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Restore_WithoutThePins_IsDeclaredToo(TestDatabase kind)
    {
        var hele = await HistoryTemplate.Copy(kind);
        using var folder = new TempFolder("restore");
        var (file, keys) = (folder.At("old.zip"), folder.At("keys.txt"));
        Assert.Equal(0, (await Run(hele.Options, "backup", "--out", file)).Code);
        Assert.Equal(0, (await Run(hele.Options, "keys", "export", "--out", keys)).Code);
        var size = await hele.Size();
        await hele.DisposeAsync();
        using var there = Place.Make(kind);
        var refused = await Run(there.Options, "restore", file, "--keys", keys);
        Assert.Contains("its pinned checkpoint is missing", refused.Error);
        // Most likely another directory was meant; that the backup is old, nobody knows.
        Assert.Contains("name their directory with --pins", refused.Error);
        Assert.DoesNotContain("older", refused.Error);
        var restored = await Type(there.Options, [TestPeople.Password, TestPeople.Password], "restore", file, "--keys", keys, "--by", "he-lin", "--by", "sun-wei");
        Assert.True(restored.Code == 0, restored.Error);
        await using var again = TestInstallation.Open(there.Options, kind);
        await again.Database.AssertReady();
        await again.Log.CheckPins();
        Assert.Null(again.Log.ReadOnlyReason);
        (await again.Verify()).AssertGreen();
        var epoch = await again.Read(db => db.Set<LogEpoch>().SingleAsync());
        Assert.Equal((size, null, null), (epoch.Kept, epoch.OldPin, epoch.OldSize));
    }

    /// <summary>A crash between the declaration and its pin: the old pin is still there, and the log names it.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Epoch_DeclaredAndNotYetPinned_IsNoAlarm_ForgedOrOtherPinsAre(TestDatabase kind)
    {
        var hele = await HistoryTemplate.Copy(kind);
        using var folder = new TempFolder("restore");
        var (file, keys) = (folder.At("old.zip"), folder.At("keys.txt"));
        await hele.Log.PinNow();
        Assert.Equal(0, (await Run(hele.Options, "backup", "--out", file)).Code);
        Assert.Equal(0, (await Run(hele.Options, "keys", "export", "--out", keys)).Code);
        var liu = await hele.Viewer(TestPeople.Liu);
        await hele.FileAppeal(liu, "第一件");
        await hele.Log.PinNow();
        var between = await File.ReadAllTextAsync(hele.Log.PinFile(TestInstallation.HexiCode), TestContext.Current.CancellationToken);
        await hele.FileAppeal(liu, "第二件");
        await hele.Log.PinNow();
        var last = await File.ReadAllTextAsync(hele.Log.PinFile(TestInstallation.HexiCode), TestContext.Current.CancellationToken);
        await hele.Stop();
        using var there = Place.Make(kind, hele.Options.PinDirectory);
        Assert.Equal(0, (await Type(there.Options, [TestPeople.Password, TestPeople.Password], "restore", file, "--keys", keys, "--by", "sun-wei", "--by", "he-lin")).Code);
        await using var again = TestInstallation.Open(there.Options, kind);
        var pin = again.Log.PinFile(TestInstallation.HexiCode);
        var declared = await File.ReadAllTextAsync(pin, TestContext.Current.CancellationToken);

        await File.WriteAllTextAsync(pin, last, TestContext.Current.CancellationToken);
        await again.Log.CheckPins();
        Assert.Null(again.Log.ReadOnlyReason);
        (await again.Verify()).AssertGreen();
        await again.FileAppeal(await again.Viewer(TestPeople.Liu));
        await again.Log.PinNow();
        Assert.Contains(TestInstallation.HexiCode + "/2\n", await File.ReadAllTextAsync(pin, TestContext.Current.CancellationToken));

        // Another pin of the part that was lost is not the one that was declared.
        await File.WriteAllTextAsync(pin, between, TestContext.Current.CancellationToken);
        Assert.Equal(TestInstallation.HexiCode, (await again.Verify()).Only(FindingKind.PinMismatch).Jurisdiction);
        await again.Log.CheckPins();
        Assert.NotNull(again.Log.ReadOnlyReason);
        await File.WriteAllTextAsync(pin, declared, TestContext.Current.CancellationToken);
        await again.Log.CheckPins();
        Assert.Null(again.Log.ReadOnlyReason);
    }

    /// <summary>Who can write the database, but has no key, puts it back and adds a row that pretends a declaration: it is no epoch, and verify names it.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Epoch_WrittenIntoTheTableByHand_IsNone(TestDatabase kind)
    {
        var hele = await HistoryTemplate.Copy(kind);
        var behind = new BehindTheBack(hele);
        await hele.FileAppeal(await hele.Viewer(TestPeople.Liu), "想抹掉的一件");
        await hele.Log.PinNow();
        var pin = await File.ReadAllTextAsync(hele.Log.PinFile(TestInstallation.HexiCode), TestContext.Current.CancellationToken);
        var size = await hele.Size();
        await using var again = await hele.Restart();
        object account = kind == TestDatabase.Sqlite ? Guid.NewGuid().ToByteArray(bigEndian: true) : Guid.NewGuid(), now = kind == TestDatabase.Sqlite ? TestInstallation.Start.UtcTicks : TestInstallation.Start;
        await behind.One("""
            INSERT INTO "LogEpochs" ("JurisdictionId","Id","Number","Origin","Kept","Signed","OldPin","OldOrigin","OldSize","BegunAt","FirstSignerId","FirstRole","SecondSignerId","SecondRole")
            VALUES (1,@p0,2,@p1,@p2,@p3,@p3,@p4,@p5,@p6,@p0,'SystemAdministrator',@p0,'SecurityAdministrator')
            """, account, $"hele.test/{TestInstallation.HexiCode}/2", size - 1, pin, $"hele.test/{TestInstallation.HexiCode}", size, now);
        await behind.One("""UPDATE "LogHeads" SET "Size" = @p0 WHERE "JurisdictionId" = 1""", size - 1);

        await again.Log.CheckPins();

        Assert.NotNull(again.Log.ReadOnlyReason);
        Assert.Contains((await again.Verify()).Findings, f => f.Kind == FindingKind.RowInserted && f.Table == "LogEpochs");
    }

    private static Act System() => new() { OperationId = Guid.NewGuid(), AccountId = SystemAccount.Id, JurisdictionId = TestInstallation.Hexi };

    private static string[] Where(StorageOptions options) => ["--data", options.DataDirectory, "--pins", options.PinDirectory, .. options.Postgres is { } c ? ["--database", c] : Array.Empty<string>()];

    private static Task<Answer> Run(StorageOptions options, params string[] arguments) => CommandLine.Say("en", [.. arguments, .. Where(options)]);

    private static Task<Answer> Type(StorageOptions options, string[] lines, params string[] arguments) => CommandLine.Say("en", [.. arguments, .. Where(options)], string.Join('\n', lines));

    private static async Task<(string Origin, string Key)> Key(TestInstallation hele)
    {
        var names = await hele.Read(db => hele.Log.Names(db, TestInstallation.Hexi));
        return (names.Now, hele.Log.VerifierKey(names.Now).ToString()!);
    }

    private static Task<SignedNote> Checkpoint(TestInstallation hele, int jurisdiction = TestInstallation.Hexi) => hele.Read(db => hele.Log.Checkpoint(db, jurisdiction), jurisdiction);

    private static Task<string> Receipt(TestInstallation hele, string title) => hele.Read(async db =>
    {
        var appeal = await db.Set<Appeal>().SingleAsync(a => a.Title == title);
        var row = await db.Set<JournalRow>().SingleAsync(j => j.RowId == appeal.Id && j.Kind == "appeal.filed");
        return (await LeafReceipt.Of(db, hele.Log, row, appeal, ["Title"])).ToText();
    });

    /// <summary>Changes a word in the saved database and makes the hashes fit again.</summary>
    private static async Task Forge(string from, string to, TestDatabase kind)
    {
        File.Copy(from, to);
        await using var zip = await ZipFile.OpenAsync(to, ZipArchiveMode.Update);
        var name = kind == TestDatabase.Sqlite ? "hele.db" : "tables/Journal";
        using var old = new MemoryStream();
        await using (var stream = await zip.GetEntry(name)!.OpenAsync())
            await stream.CopyToAsync(old);
        byte[] bytes;
        if (kind == TestDatabase.Sqlite)
        {
            var path = to + ".db";
            await File.WriteAllBytesAsync(path, old.ToArray());
            await using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={path};Pooling=False"))
            {
                await connection.OpenAsync();
                await using var command = connection.CreateCommand();
                command.CommandText = """DELETE FROM "Journal" WHERE "JurisdictionId" = 1 AND "LeafIndex" = (SELECT max("LeafIndex") FROM "Journal" WHERE "JurisdictionId" = 1)""";
                Assert.Equal(1, await command.ExecuteNonQueryAsync());
            }
            bytes = await File.ReadAllBytesAsync(path);
            File.Delete(path);
        }
        else
        {
            var lines = Encoding.UTF8.GetString(old.ToArray()).TrimEnd('\n').Split('\n');
            bytes = Encoding.UTF8.GetBytes(string.Join('\n', lines[1..]) + "\n");
        }
        zip.GetEntry(name)!.Delete();
        await using (var stream = await zip.CreateEntry(name).OpenAsync())
            await stream.WriteAsync(bytes);
        JsonNode manifest;
        await using (var stream = await zip.GetEntry("manifest.json")!.OpenAsync())
            manifest = (await JsonNode.ParseAsync(stream))!;
        var part = manifest["parts"]!.AsArray().Single(p => (string)p!["name"]! == name)!;
        part["bytes"] = bytes.Length;
        part["sha256"] = Convert.ToHexStringLower(global::System.Security.Cryptography.SHA256.HashData(bytes));
        zip.GetEntry("manifest.json")!.Delete();
        await using (var stream = await zip.CreateEntry("manifest.json").OpenAsync())
            await stream.WriteAsync(Encoding.UTF8.GetBytes(manifest.ToJsonString()));
    }

    /// <summary>An empty place to restore to.</summary>
    private sealed class Place : IDisposable
    {
        private readonly TempFolder _folder;

        private Place(TempFolder folder) => _folder = folder;

        public required StorageOptions Options { get; init; }

        public static Place Make(TestDatabase kind, string? pins = null)
        {
            var folder = new TempFolder("place");
            return new Place(folder) { Options = new(folder.At("data"), pins ?? folder.At("pins"), kind == TestDatabase.Postgres ? PostgresCluster.Shared.CreateDatabase($"r{Guid.NewGuid():N}") : null) };
        }

        /// <summary>The pins as they were at the moment of a backup.</summary>
        public async Task PinAsIn(string backup)
        {
            Directory.CreateDirectory(Options.PinDirectory);
            await using var zip = await ZipFile.OpenReadAsync(backup);
            foreach (var entry in zip.Entries.Where(e => e.FullName.StartsWith("checkpoints/", StringComparison.Ordinal)))
                await entry.ExtractToFileAsync(Path.Combine(Options.PinDirectory, entry.Name + ".checkpoint"), overwrite: true);
        }

        public async Task<bool> IsEmpty()
        {
            if (Options.Postgres is null)
                return !File.Exists(Options.SqliteFile) && !File.Exists(Options.SqliteFile + "-wal");
            await using var connection = new NpgsqlConnection(Options.Postgres);
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand("select count(*) from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'", connection);
            return (long)(await command.ExecuteScalarAsync())! == 0;
        }

        public void Dispose() => _folder.Dispose();
    }
}
