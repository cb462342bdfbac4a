using System.Diagnostics;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Hele.Civic.Platform.Storage;
using Hele.TestKit;
using Hele.Tests.Durability;
using Hele.Web.Hosting;
using Xunit;

namespace Hele.Tests.Hostile;

/// <summary>Connections that are held instead of used, and requests that two readers would read differently, against the program in a process of its own.</summary>
/// <remarks>Seen to fail: one address could open as many connections as the system gives; a form too large was a bare 400.</remarks>
public sealed partial class SlowTests(SlowTests.Running hele) : IClassFixture<SlowTests.Running>
{
    /// <summary>A slow machine is waited for; a server that is held up is not.</summary>
    private static readonly TimeSpan Quickly = TimeSpan.FromSeconds(10);

    public sealed class Running : IAsyncLifetime
    {
        private readonly TempFolder _folder = new("hele-slow");

        public HeleProcess Hele { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            var options = new StorageOptions(_folder.At("data"), _folder.At("pins"));
            await RealPlace.SetUp(options, TestDatabase.Sqlite);
            Hele = await HeleProcess.Start(options.Words());
        }

        public async ValueTask DisposeAsync()
        {
            await Hele.DisposeAsync();
            _folder.Dispose();
        }
    }

    private Uri Address => hele.Hele.Address;

    [Fact]
    public async Task HeldConnections_AreClosed_AndMeanwhileEverybodyElseIsServed()
    {
        var clock = Stopwatch.StartNew();
        // Five ways of holding one: nothing said, half a line, half the headers, a body that never comes, one that was of use before.
        string[] beginnings =
        [
            "", "GET /sign-", "GET /sign-in HTTP/1.1\r\nHost: localhost\r\nX-A: ",
            "POST /feedback/new HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\nI",
            "POST /feedback/new HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=b\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n--b\r\n",
        ];
        var held = new List<(TcpClient Socket, int Way)>();
        for (var i = 0; i < 500; i++)
        {
            var socket = await RequestTests.Open(Address);
            held.Add((socket, i % beginnings.Length));
            await RequestTests.Send(socket, beginnings[i % beginnings.Length]);
        }
        for (var i = 0; i < 20; i++)
        {
            using var client = hele.Hele.Client();
            client.Timeout = Quickly;
            await HtmlPage.Get(client, "/sign-in");
        }
        // Read to the end: whatever is closed ends. Which it is by the server's own limits, long before anything else would.
        foreach (var (socket, way) in held.Where(h => h.Way is 1 or 2 or 3 or 4))
        {
            var answer = await RequestTests.ReadAll(socket).WaitAsync(TimeSpan.FromSeconds(90));
            Assert.Matches(@"^(HTTP/1\.1 (408|400) |$)", answer);
            Assert.DoesNotContain("Exception", answer, StringComparison.Ordinal);
        }
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(120), $"They were held for {clock.Elapsed.TotalSeconds:0} s.");
        held.ForEach(h => h.Socket.Dispose());
        Quiet();
    }

    [Fact]
    public async Task OneAddress_HoldsOnlyItsShare_AndIsServedAgainAfterwards()
    {
        var held = new List<TcpClient>();
        for (var i = 0; i < Front.MostConnectionsOfAnAddress; i++)
        {
            held.Add(await RequestTests.Open(Address, "127.0.0.9"));
            // Answered once, it is counted: a later one that is looked at earlier would take its place.
            await RequestTests.Send(held[i], "HEAD /hele.css HTTP/1.1\r\nHost: localhost\r\n\r\n");
            Assert.StartsWith("HTTP/1.1 200", await Head(held[i]), StringComparison.Ordinal);
        }
        // The newest is closed without a word.
        Assert.Equal("", await AskAnew("127.0.0.9"));
        Assert.StartsWith("HTTP/1.1 200", await AskAnew("127.0.0.10"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 200", await Ask(held[0]), StringComparison.Ordinal);
        held.ForEach(h => h.Dispose());
        for (var tries = 0; ; tries++)
        {
            if ((await AskAnew("127.0.0.9")).StartsWith("HTTP/1.1 200", StringComparison.Ordinal))
                break;
            Assert.True(tries < 1000, "Its closed connections are still counted.");
        }
        Quiet();

        static async Task<string> Head(TcpClient socket)
        {
            var (head, piece) = ("", new byte[1]);
            while (!head.EndsWith("\r\n\r\n", StringComparison.Ordinal))
            {
                Assert.Equal(1, await socket.GetStream().ReadAsync(piece).AsTask().WaitAsync(TimeSpan.FromSeconds(30)));
                head += (char)piece[0];
            }
            return head;
        }

        // Closed without a word: while it is still being opened, while it asks, or instead of an answer.
        async Task<string> AskAnew(string from)
        {
            try
            {
                using var socket = await RequestTests.Open(Address, from);
                return await Ask(socket);
            }
            catch (Exception closed) when (closed is IOException or SocketException)
            {
                return "";
            }
        }

        static async Task<string> Ask(TcpClient socket)
        {
            await RequestTests.Send(socket, "GET /hele.css HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            return await RequestTests.ReadAll(socket).WaitAsync(TimeSpan.FromSeconds(30));
        }
    }

    /// <summary>What a proxy might take for one request and the program for two, or the other way round: refused, and what follows it isn't read as a request.</summary>
    [Theory]
    [InlineData("Content-Length: 4\r\nTransfer-Encoding: chunked", "0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\nContent-Length: 60", "0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity", "0\r\n\r\n")]
    [InlineData("Transfer-Encoding: identity, chunked", "0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked, identity", "0\r\n\r\n")]
    [InlineData("Transfer-Encoding: xchunked", "0\r\n\r\n")]
    [InlineData("Transfer-Encoding : chunked", "0\r\n\r\n")]
    [InlineData("Transfer-Encoding: \u000bchunked", "0\r\n\r\n")]
    [InlineData("Transfer-Encoding:\r\n chunked", "0\r\n\r\n")]
    [InlineData("X: y\rTransfer-Encoding: chunked", "0\r\n\r\n")]
    [InlineData("Content-Length: 5\r\nContent-Length: 6", "to=en")]
    [InlineData("Content-Length: 5, 5", "to=en")]
    [InlineData("Content-Length: 0x5", "to=en")]
    [InlineData("Content-Length: -5", "to=en")]
    [InlineData("Content-Length: 99999999999999999999", "to=en")]
    [InlineData("Transfer-Encoding: chunked", "5;\nto=en\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked", "0x5\r\nto=en\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked", "-5\r\nto=en\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked", "FFFFFFFFFFFFFFFFF\r\nto=en\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked", "5\r\nto=enXX0\r\n\r\n")]
    public async Task RequestReadInTwoWays_IsRefused_AndNothingIsSmuggledInBehindIt(string lengths, string body)
    {
        var answer = await RequestTests.Raw(Address, $"POST /language HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n{lengths}\r\n\r\n{body}GET /hele.css HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        Assert.Single(Answers().Matches(answer));
        Assert.Matches(@"^HTTP/1\.1 (400|413|501) ", answer);
        Assert.DoesNotContain("text/css", answer, StringComparison.Ordinal);
        Quiet();
    }

    /// <summary>Several requests sent at once are answered each, in their order.</summary>
    [Fact]
    public async Task RequestsInOneGo_AreAnsweredInTheirOrder()
    {
        var answer = await RequestTests.Raw(Address, string.Concat(new[] { "/health", "/hele.css", "/missing" }.Select(path => $"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n")) + "GET /favicon.svg HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        Assert.Equal(["200", "200", "404", "200"], Answers().Matches(answer).Select(m => m.Groups[1].Value));
        Assert.Matches(new Regex("text/plain.*text/css.*text/html.*image/svg", RegexOptions.Singleline), answer);
    }

    private void Quiet()
    {
        Assert.True(hele.Hele.Running);
        Assert.DoesNotContain("unhandled", hele.Hele.Output, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("   at ", hele.Hele.Output, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"HTTP/1\.1 (\d{3}) ")]
    private static partial Regex Answers();
}
