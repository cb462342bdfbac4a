using System.Security.Cryptography;
using System.Text;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Evidence;
using Hele.TestKit;
using Xunit;

namespace Hele.Tests.Pages.Log;

/// <summary>What the public page says of a log that was restored, and what it says to whoever holds a receipt from before.</summary>
public class EpochPageTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Page_OfARestoredLog_SaysWhatWasLostAndStillChecksWhatWasGivenOutBefore(TestDatabase kind)
    {
        await using var host = await TestHost.Start(kind);
        var liu = await host.As(TestPeople.Liu);
        var code = await PageSteps.FileAppeal(liu, "恢复以前的一件");
        var before = await liu.GetStringAsync($"/appeals/{code}/receipt/proof");
        var page = $"/log/{TestInstallation.HexiCode}";
        var oldKey = (await liu.GetStringAsync(page + "/key")).Trim();
        Assert.DoesNotContain("从备份恢复过", (await HtmlPage.Get(liu, page)).Source);
        await host.Hele.Log.PinNow();

        // The pin and a receipt of two entries more than there are: what a restore has lost.
        var origin = $"{TestInstallation.OriginPrefix}/{TestInstallation.HexiCode}";
        var size = await host.Hele.Read(db => LogService.SizeOf(db, TestInstallation.Hexi));
        using var signer = new NoteSigner(origin, HKDF.DeriveKey(HashAlgorithmName.SHA256, Convert.FromHexString((await File.ReadAllTextAsync(Path.Combine(host.Hele.Options.KeyDirectory, "log.seed"))).Trim()), 32, info: Encoding.UTF8.GetBytes("hele/log/" + origin)));
        Assert.Equal(oldKey, signer.VerifierKey.ToString());
        var (lost, pin) = Lost(signer, size + 2);
        await File.WriteAllTextAsync(host.Hele.Log.PinFile(TestInstallation.HexiCode), pin);

        var place = await host.Hele.Read(async db => (await Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.ToListAsync(db.Jurisdictions)).Single(j => j.Code == TestInstallation.HexiCode));
        var (sun, he) = (await host.Hele.Viewer(TestPeople.Sun), await host.Hele.Viewer(TestPeople.He));
        var declared = await host.Hele.Get<DeclareEpoch>().Run(new Act { OperationId = Guid.NewGuid(), AccountId = SystemAccount.Id, JurisdictionId = TestInstallation.Hexi }, place,
            new(TestInstallation.Start.AddDays(-1), new(sun.AccountId, Role.SystemAdministrator), new(he.AccountId, Role.SecurityAdministrator)));
        Assert.True(declared.Accepted);

        var visitor = host.Browser();
        var shown = await HtmlPage.Get(visitor, page);
        var notice = shown.Document.QuerySelectorAll("main .notice").Select(n => n.TextContent).Single(n => n.Contains("第 2 纪元", StringComparison.Ordinal));
        Assert.Contains("从备份恢复过（第 2 纪元，2026年10月30日起）", notice);
        Assert.Contains($"恢复到的状态有 {size} 条", notice);
        Assert.Contains($"记着 {size + 2} 条", notice);
        Assert.Contains("系统管理员、安全管理员", notice);
        Assert.Contains(oldKey, notice);
        Assert.Contains(pin.Split('\n')[2], notice);
        Assert.Contains(origin + "/2", shown.One("main").TextContent);
        var key = (await visitor.GetStringAsync(page + "/key")).Trim();
        Assert.StartsWith(origin + "/2+", key);
        Assert.True(SignedNote.TryParse(await visitor.GetStringAsync(page + "/checkpoint"), out var now) && Checkpoint.TryOpen(now, new NoteVerifier(Parsed(key)), out _));
        Assert.Contains("Declared by two administrators", (await HtmlPage.Get(host.Browser("en"), page)).One("main").TextContent);

        // From before and kept: it holds, under the key of its time, and lies on the log of today.
        Assert.Equal(before, await liu.GetStringAsync($"/appeals/{code}/receipt/proof"));
        Assert.Contains("从那时到现在，日志只往后加过", await Checked(visitor, page, before));
        var ofTheLost = await Checked(visitor, page, lost);
        Assert.Contains("属于恢复备份时丢失的那一段", ofTheLost);
        // From after.
        var after = await PageSteps.FileAppeal(liu, "恢复以后的一件");
        Assert.Contains("从那时到现在，日志只往后加过", await Checked(visitor, page, await liu.GetStringAsync($"/appeals/{after}/receipt/proof")));
    }

    private static VerifierKey Parsed(string key) => VerifierKey.TryParse(key, out var parsed) ? parsed : throw new InvalidOperationException(key);

    private static async Task<string> Checked(HttpClient browser, string page, string receipt)
    {
        var answer = await (await HtmlPage.Get(browser, page)).Form("#check form").Fill("Input.Receipt", receipt).Submit();
        return answer.One("#result").TextContent;
    }

    /// <summary>A log of another course than ours, as far as it was lost.</summary>
    private static (string Receipt, string Pin) Lost(NoteSigner signer, long size)
    {
        var log = new MemoryLog();
        var salt = new byte[32];
        var entries = Enumerable.Range(0, (int)size).Select(i => new EntryBuilder(salt).Add("Title", ValueBytes.Text("丢失的一件")).Build("appeal.filed", TestInstallation.Start.AddMinutes(i), TestInstallation.HexiCode, new Guid(i, 0, 0, new byte[8]))).ToList();
        foreach (var entry in entries)
            log.Append(entry.Bytes.Span);
        var note = signer.SignNote(new Checkpoint(signer.VerifierKey.Name, size, log.Root()));
        var last = size - 1;
        return (ReceiptFile.Create(entries[^1], salt, [("Title", ValueBytes.Text("丢失的一件"))], new InclusionReceipt(last, size, entries[^1].LeafHash(), log.InclusionProof(last, size)), note, true).ToText(), note.ToString());
    }
}
