using System.Diagnostics;
using System.Text;

namespace Hele.TestKit;

/// <summary>
/// Hele as a process of its own, for what cannot be tried inside the tests' process: kill, restart, locks, the browser.
/// It listens on a free loopback port and is stopped when the run ends.
/// </summary>
public sealed class HeleProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly string noted;
    private readonly Action atEnd;

    private HeleProcess(Process process, Uri address)
    {
        this.process = process;
        Address = address;
        // ./test reads these when a runner itself was killed.
        noted = Path.Combine(Path.GetTempPath(), $"hele-{process.Id}.pid");
        File.WriteAllText(noted, $"{process.Id}\n");
        atEnd = Kill;
        ChildProcess.WhenTheRunEnds(atEnd);
        ChildProcess.Collect(process, line =>
        {
            lock (output)
                output.AppendLine(line);
        });
    }

    public Uri Address { get; }

    public int Id => process.Id;

    public bool Running => !process.HasExited;

    /// <summary>After the end: 137 when it was killed.</summary>
    public int ExitCode => process.ExitCode;

    /// <summary>Everything it has written so far, both streams.</summary>
    public string Output
    {
        get
        {
            lock (output)
                return output.ToString();
        }
    }

    /// <summary>
    /// Starts it and returns when /health answers 200. <paramref name="arguments"/> go to the program ("--data", folder, …); --urls is added
    /// unless given. Throws with its output when it ends or does not answer in time.
    /// </summary>
    /// <param name="dll">The Hele.Web.dll to start; by default the one beside the tests.</param>
    /// <param name="environment">Variables set for it; a null value removes one.</param>
    /// <param name="under">A program with its words that runs it in its own place: <c>unshare -m …</c>.</param>
    public static async Task<HeleProcess> Start(IEnumerable<string> arguments, string? dll = null, TimeSpan? limit = null,
        IReadOnlyDictionary<string, string?>? environment = null, params IReadOnlyList<string> under)
    {
        var hele = Launch(arguments, dll, environment, under);
        await hele.WaitForHealth(limit ?? TimeSpan.FromSeconds(60));
        return hele;
    }

    /// <summary>Starts it without waiting: for a start that is to be refused, or killed half-way.</summary>
    public static HeleProcess Launch(IEnumerable<string> arguments, string? dll = null, IReadOnlyDictionary<string, string?>? environment = null, params IReadOnlyList<string> under)
    {
        var all = arguments.ToList();
        var at = all.IndexOf("--urls");
        if (at < 0)
        {
            all.AddRange(["--urls", $"http://127.0.0.1:{Ports.Free()}"]);
            at = all.Count - 2;
        }

        dll ??= Path.Combine(AppContext.BaseDirectory, "Hele.Web.dll");
        string[] line = [.. under, "dotnet", dll, .. all];
        var info = ChildProcess.Info(line[0], line[1..]);
        info.Environment["ASPNETCORE_CONTENTROOT"] = Path.GetDirectoryName(dll);
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
        {
            if (value is null)
                info.Environment.Remove(name);
            else
                info.Environment[name] = value;
        }

        return new(Process.Start(info)!, new Uri(all[at + 1]));
    }

    /// <summary>Returns when /health answers 200.</summary>
    public async Task WaitForHealth(TimeSpan limit)
    {
        using var client = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(5) };
        var clock = Stopwatch.StartNew();
        var last = "no answer";
        while (clock.Elapsed < limit)
        {
            if (process.HasExited)
                throw new InvalidOperationException($"Hele ended with code {process.ExitCode} before it answered:\n{Output}");
            try
            {
                using var answer = await client.GetAsync("/health");
                if (answer.IsSuccessStatusCode)
                    return;
                last = $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}";
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
            {
                last = e.Message;
            }

            await Task.Delay(50);
        }

        Kill();
        throw new TimeoutException($"Hele's /health did not answer 200 within {limit.TotalSeconds:0} s (last: {last}):\n{Output}");
    }

    /// <summary>A client for it that keeps cookies and follows no redirect, as <see cref="HtmlPage"/> wants it.</summary>
    public HttpClient Client() => new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = Address };

    /// <summary>SIGKILL: nothing of it gets to finish. Returns when it is gone.</summary>
    public void Kill()
    {
        ChildProcess.Signal(Running ? process.Id : 0, ChildProcess.Kill);
        Ended();
    }

    /// <summary>SIGTERM, as a service manager stops it; returns its exit code. Throws when it takes longer than the limit.</summary>
    public int Stop(TimeSpan? limit = null)
    {
        ChildProcess.Signal(Running ? process.Id : 0, ChildProcess.Terminate);
        if (process.WaitForExit(limit ?? TimeSpan.FromSeconds(30)))
        {
            Ended();
            return process.ExitCode;
        }

        Kill();
        throw new TimeoutException($"Hele did not stop on SIGTERM:\n{Output}");
    }

    /// <summary>Waits for an end that it comes to by itself (a refused start) and returns the exit code.</summary>
    public int WaitForEnd(TimeSpan limit)
    {
        if (!process.WaitForExit(limit))
        {
            Kill();
            throw new TimeoutException($"Hele was expected to end by itself within {limit.TotalSeconds:0} s:\n{Output}");
        }

        Ended();
        return process.ExitCode;
    }

    public ValueTask DisposeAsync()
    {
        Kill();
        process.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Ended()
    {
        // Without a limit this also waits for the last lines of its output.
        process.WaitForExit();
        File.Delete(noted);
        ChildProcess.Forget(atEnd);
    }
}
