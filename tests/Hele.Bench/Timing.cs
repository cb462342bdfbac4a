using System.Diagnostics;

namespace Hele.Bench;

/// <summary>One question asked over and over by one caller.</summary>
internal static class Timing
{
    /// <param name="before">How often it is asked first, unmeasured.</param>
    /// <returns>Milliseconds of each round, the shortest first.</returns>
    public static async Task<double[]> Of(Func<Task> question, int before, int rounds)
    {
        for (var i = 0; i < before; i++)
            await question();
        var times = new double[rounds];
        for (var i = 0; i < rounds; i++)
        {
            var started = Stopwatch.GetTimestamp();
            await question();
            times[i] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }
        Array.Sort(times);
        return times;
    }
}
