using System.Diagnostics;
using System.Globalization;
using Hele.Planning.Placement;
using Hele.TestKit;
using Hele.TestKit.Planning;

namespace Hele.Bench;

/// <summary>The 40 p-median instances of the OR-Library against their known optima, and the p-centre of the same graphs; every bound is recomputed by a checker that shares nothing with the search.</summary>
public static class MedianBench
{
    const int Limit = 60;
    static readonly PlacementOptions Options = new() { Effort = 30 };

    public static void Run(TextWriter output)
    {
        if (TestRun.OutsideData("pmed") is not { } folder)
        {
            output.WriteLine("Medians: the instances (pmed) aren't in HELE_TEST_DATA");
            return;
        }
        // The compiler's turn, so that the first instance doesn't pay for all.
        var first = Pmed.Read(Path.Combine(folder, "pmed1.txt"));
        Medians.Solve(first, new() { Effort = 1 });
        Centres.Solve(first, new() { Effort = 1 });

        Write(output, $"Medians, effort {Options.Effort}, one thread; seconds of the search (of reading the file and all shortest paths; of checking):");
        var (reached, proven, faults, search, reading) = (0, 0, 0, 0.0, 0.0);
        var problems = new DistanceProblem[Pmed.Optima.Count];
        for (var k = 0; k < problems.Length; k++)
        {
            var watch = Stopwatch.StartNew();
            problems[k] = Pmed.Read(Path.Combine(folder, $"pmed{k + 1}.txt"));
            var read = watch.Elapsed.TotalSeconds;
            watch.Restart();
            var answer = Medians.Solve(problems[k], Options);
            var seconds = watch.Elapsed.TotalSeconds;
            watch.Restart();
            var check = MedianProof.Check(problems[k], answer);
            var wrong = check.Faults.Count > 0 || check.Bound < answer.Bound || check.Value != answer.Best?.Value || answer.Bound > Pmed.Optima[k];
            reached += answer.Best?.Value == Pmed.Optima[k] ? 1 : 0;
            proven += answer.IsProven ? 1 : 0;
            faults += wrong ? 1 : 0;
            (search, reading) = (search + seconds, reading + read);
            Write(output, $"  pmed{k + 1,-2} n {problems[k].Choice.Sites,3} p {problems[k].Choice.Most,3} found {answer.Best?.Value,5} known {Pmed.Optima[k],5} bound {answer.Bound,5} {(answer.IsProven ? "proven" : $"gap {100 * answer.Gap:0.00} %")}, {answer.Branches} branches, {seconds:0.00} s ({read:0.00}; {watch.Elapsed.TotalSeconds:0.00}){(wrong ? " WRONG: " + string.Join("; ", check.Faults) : "")}");
        }
        Write(output, $"  {reached} of {problems.Length} at the known optimum{(reached < problems.Length ? " (goal: all, MISSED)" : "")}, {proven} proven, {faults} faults; {search:0.0} s of search + {reading:0.0} s of reading and shortest paths = {search + reading:0.0} s (goal: {Limit} s{(search + reading > Limit ? ", MISSED" : "")})");

        Write(output, $"Centres of the same graphs, effort {Options.Effort}, one thread:");
        (proven, faults, search) = (0, 0, 0);
        for (var k = 0; k < problems.Length; k++)
        {
            var watch = Stopwatch.StartNew();
            var answer = Centres.Solve(problems[k], Options);
            var seconds = watch.Elapsed.TotalSeconds;
            var check = CentreProof.Check(problems[k], answer);
            var wrong = check.Faults.Count > 0 || check.Bound != answer.Bound;
            proven += answer.IsProven ? 1 : 0;
            faults += wrong ? 1 : 0;
            search += seconds;
            Write(output, $"  pmed{k + 1,-2} found {answer.Best?.Value,4} bound {answer.Bound,4} {(answer.IsProven ? "proven" : $"gap {100 * answer.Gap:0.00} %")}, {answer.Branches} branches, {seconds:0.00} s{(wrong ? " WRONG: " + string.Join("; ", check.Faults) : "")}");
        }
        Write(output, $"  {proven} of {problems.Length} proven, {faults} faults, {search:0.0} s of search");
    }

    static void Write(TextWriter output, FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
