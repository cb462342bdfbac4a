using System.Net;
using System.Net.Sockets;
using Hele.TestKit;
using Xunit;

namespace Hele.Tests.TestKit;

public class HeleProcessTests
{
    [Fact]
    public async Task Start_ThenStop_AnswersHealthAndEndsCleanly()
    {
        using var folder = new TempFolder();
        await using var hele = await HeleProcess.Start(["--data", await TestInstallation.MakeEmpty(folder.At("data")), "--demo", "none"]);
        using var client = hele.Client();
        using var answer = await client.GetAsync("/health", TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode);
        // What lies there is nobody else's to read, whatever the user's umask.
        const UnixFileMode own = UnixFileMode.UserRead | UnixFileMode.UserWrite, enter = own | UnixFileMode.UserExecute;
        Assert.All(Directory.GetDirectories(folder.At("data"), "*", SearchOption.AllDirectories).Append(folder.At("data")), f => Assert.Equal((f, enter), (f, File.GetUnixFileMode(f))));
        var kept = Directory.GetFiles(folder.At("data"), "*", SearchOption.AllDirectories);
        Assert.Contains(folder.At("data", "hele.db-wal"), kept);
        Assert.Contains(kept, f => f.StartsWith(folder.At("data", "keys", "web"), StringComparison.Ordinal));
        Assert.All(kept, f => Assert.Equal((f, own), (f, File.GetUnixFileMode(f) & ~(f.EndsWith("hele.lock", StringComparison.Ordinal) ? UnixFileMode.GroupRead | UnixFileMode.OtherRead : 0))));
        Assert.Equal(0, hele.Stop());
        Assert.False(hele.Running);
    }

    [Fact]
    public async Task Kill_OfARunningServer_EndsItWithoutAGoodbye()
    {
        using var folder = new TempFolder();
        await using var hele = await HeleProcess.Start(["--data", await TestInstallation.MakeEmpty(folder.At("data")), "--demo", "none"]);
        hele.Kill();
        Assert.Equal(137, hele.ExitCode);
        Assert.DoesNotContain("shutting down", hele.Output);
    }

    [Fact]
    public async Task Start_OnAPortInUse_ShowsWhatItSaid()
    {
        using var folder = new TempFolder();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var data = await TestInstallation.MakeEmpty(folder.At("data"));
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => HeleProcess.Start(["--data", data, "--demo", "none", "--urls", $"http://{taken.LocalEndpoint}"]));
        Assert.Contains("before it answered", failure.Message);
        Assert.Contains("address already in use", failure.Message);
    }
}
