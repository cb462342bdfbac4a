using Hele.Civic.Demo;
using Hele.TestKit;
using Xunit;

namespace Hele.Tests.Cli;

/// <summary>A supervisor's kit, from a real log to another computer.</summary>
public class EvidenceCommandTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Export_ThenVerify_NeedsTheFileAlone_AndComparesWhatWasKept(TestDatabase kind)
    {
        using var hele = new CommandLine(kind);
        var until = DemoSeed.FirstAsOf;
        Assert.Equal(0, (await hele.Run("seed", "demo", "--as-of", $"{until:yyyy-MM-dd}")).Code);
        using var elsewhere = new TempFolder("kit");
        var (first, second) = (elsewhere.At("first.zip"), elsewhere.At("second.zip"));
        var made = await hele.Run("evidence", "export", "--jurisdiction", DemoSeed.Code, "--out", first);
        Assert.True(made.Code == 0, made.Error);

        // The notice board of that day, kept as a file.
        var kept = elsewhere.At("kept.checkpoint");
        await File.WriteAllTextAsync(kept, await Part(first, "checkpoint"));
        Assert.Equal(0, (await hele.Run("seed", "demo", "--as-of", $"{until.AddDays(20):yyyy-MM-dd}")).Code);
        Assert.Equal(0, (await hele.Run("evidence", "export", "--jurisdiction", DemoSeed.Code, "--out", second)).Code);

        // No --data, no --database: the file and what was kept.
        var alone = await CommandLine.Say("en", "evidence", "verify", second);
        Assert.True(alone.Code == 0, alone.Output + alone.Error);
        Assert.Contains("No checkpoint of yours was compared", alone.Output, StringComparison.Ordinal);
        Assert.Contains("appeal.filed", alone.Output, StringComparison.Ordinal);
        var compared = await CommandLine.Say("en", "evidence", "verify", second, "--pinned", kept, "--key", (await Part(first, "key")).Trim());
        Assert.True(compared.Code == 0, compared.Output + compared.Error);
        Assert.Contains("since then the log was only added to", compared.Output, StringComparison.Ordinal);

        // The newer checkpoint is not in the older kit, and what is none is refused in words.
        await File.WriteAllTextAsync(kept, await Part(second, "checkpoint"));
        var older = await CommandLine.Say("zh", "evidence", "verify", first, "--pinned", kept);
        Assert.Equal(1, older.Code);
        Assert.Contains("不通过", older.Output, StringComparison.Ordinal);
        Assert.Equal(2, (await CommandLine.Say("en", "evidence", "verify", first, "--pinned", "12 abc")).Code);
        Assert.Equal(2, (await CommandLine.Say("en", "evidence", "verify", elsewhere.At("nothing.zip"))).Code);
        Assert.False(File.Exists(first + ".part"));
    }

    private static async Task<string> Part(string kit, string name)
    {
        await using var zip = await System.IO.Compression.ZipFile.OpenReadAsync(kit);
        using var reader = new StreamReader(await zip.GetEntry(name)!.OpenAsync());
        return await reader.ReadToEndAsync();
    }
}
