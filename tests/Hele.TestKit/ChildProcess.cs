using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Hele.TestKit;

/// <summary>Processes the tests start: output kept, signals by process id, none outlives the run.</summary>
internal static partial class ChildProcess
{
    private static readonly HashSet<Action> AtEnd = [];
    private static bool hooked;

    public const int Interrupt = 2, Quit = 3, Kill = 9, Terminate = 15;

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Send(int process, int signal);

    /// <summary>Sends a signal; false when there is no such process any more.</summary>
    public static bool Signal(int process, int signal) => process > 1 && Send(process, signal) == 0;

    /// <summary>Runs a program to its end. Throws with everything it said when its exit code is not 0.</summary>
    public static string Run(string program, IEnumerable<string> arguments, TimeSpan limit)
    {
        using var process = Process.Start(Info(program, arguments))!;
        var said = new StringBuilder();
        Collect(process, line => { lock (said) said.AppendLine(line); });
        if (!process.WaitForExit(limit))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} did not end within {limit.TotalSeconds:0} s:\n{said}");
        }

        process.WaitForExit();
        return process.ExitCode == 0 ? said.ToString() : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with code {process.ExitCode}:\n{said}");
    }

    public static ProcessStartInfo Info(string program, IEnumerable<string> arguments) => new(program, arguments)
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        RedirectStandardInput = true,
        UseShellExecute = false,
        WorkingDirectory = Path.GetTempPath(),
    };

    public static void Collect(Process process, Action<string> line)
    {
        process.OutputDataReceived += (_, e) => { if (e.Data is not null) line(e.Data); };
        process.ErrorDataReceived += (_, e) => { if (e.Data is not null) line(e.Data); };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.StandardInput.Close();
    }

    /// <summary>Runs <paramref name="stop"/> when this process ends in any way that can be noticed: its end, SIGTERM, Ctrl-C.</summary>
    public static void WhenTheRunEnds(Action stop)
    {
        lock (AtEnd)
        {
            AtEnd.Add(stop);
            if (hooked)
                return;
            hooked = true;
            // The runtime answers SIGTERM with ProcessExit; Ctrl-C goes to the test runner first, so it is asked for separately.
            AppDomain.CurrentDomain.ProcessExit += (_, _) => StopAll();
            Console.CancelKeyPress += (_, _) => StopAll();
        }
    }

    public static void Forget(Action stop)
    {
        lock (AtEnd)
            AtEnd.Remove(stop);
    }

    private static void StopAll()
    {
        Action[] all;
        lock (AtEnd)
        {
            all = [.. AtEnd];
            AtEnd.Clear();
        }

        foreach (var stop in all)
        {
            try
            {
                stop();
            }
            catch (Exception e)
            {
                Console.Error.WriteLine($"while stopping a process of the tests: {e.Message}");
            }
        }
    }
}
