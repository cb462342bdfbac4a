using System.Buffers.Text;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Hele.Bench;

/// <summary>How one request was answered, over and over, for a while.</summary>
/// <param name="PerSecond">Answers a second, of all connections together.</param>
/// <param name="P50">Milliseconds from a request's first byte to its answer's last.</param>
/// <param name="Bytes">Of one answer, with its head.</param>
internal sealed record Answers(double PerSecond, double P50, double P99, double Max, long Bytes);

/// <summary>
/// A caller that costs little: one request, written once, sent again as soon as it is answered, on connections that stay open. It shares the processors with the server it asks, as everything here does, so that the less it
/// takes itself the fairer the fast peer is measured.
/// </summary>
internal static class PageLoad
{
    /// <param name="headers">Further lines of the request's head.</param>
    public static byte[] Request(Uri address, string path, params string[] headers) =>
        Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: {address.Authority}\r\n{string.Concat(headers.Select(h => h + "\r\n"))}\r\n");

    /// <exception cref="InvalidOperationException">An answer that isn't 200.</exception>
    public static async Task<Answers> Run(Uri address, int connections, TimeSpan length, byte[] request)
    {
        var until = Stopwatch.GetTimestamp() + (long)(length.TotalSeconds * Stopwatch.Frequency);
        var started = Stopwatch.GetTimestamp();
        var callers = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(() => Call(address, request, until))));
        var elapsed = Stopwatch.GetElapsedTime(started);
        var times = callers.SelectMany(c => c.Times).Order().ToArray();
        return new(times.Length / elapsed.TotalSeconds, times[times.Length / 2], times[(int)(times.Length * 0.99)], times[^1], callers[0].Bytes);
    }

    private static async Task<(List<double> Times, long Bytes)> Call(Uri address, byte[] request, long until)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Parse(address.Host), address.Port);
        var buffer = new byte[1 << 20];
        var times = new List<double>(1 << 14);
        var bytes = 0;
        while (Stopwatch.GetTimestamp() < until)
        {
            var sent = Stopwatch.GetTimestamp();
            await socket.SendAsync(request, SocketFlags.None);
            bytes = 0;
            do
            {
                var read = await socket.ReceiveAsync(buffer.AsMemory(bytes), SocketFlags.None);
                bytes = read > 0 ? bytes + read : throw new InvalidOperationException("The server closed the connection.");
            }
            while (!IsWhole(buffer.AsSpan(0, bytes)));
            times.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
            if (!buffer.AsSpan(0, bytes).StartsWith("HTTP/1.1 200"u8))
                throw new InvalidOperationException(Encoding.UTF8.GetString(buffer, 0, Math.Min(bytes, 400)));
        }
        return (times, bytes);
    }

    /// <summary>One answer at a time is under way, so that what ends like a last chunk is the end.</summary>
    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        var head = answer.IndexOf("\r\n\r\n"u8);
        if (head < 0)
            return false;
        var length = answer[..head].IndexOf("Content-Length: "u8);
        return length < 0 ? answer.EndsWith("0\r\n\r\n"u8) : Utf8Parser.TryParse(answer[(length + 16)..], out int bytes, out _) && answer.Length >= head + 4 + bytes;
    }
}
