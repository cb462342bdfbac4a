using System.Diagnostics;
using System.Globalization;
using Hele.Planning.Roster;
using Hele.TestKit;
using Hele.TestKit.Planning;

namespace Hele.Bench;

/// <summary>Rounds on the published instances against the best published cost, each plan judged by a checker that shares nothing with the search; and the demo community's week.</summary>
public static class RosterBench
{
    const int Limit = 60;

    /// <param name="parts">weeks, rounds; both without any.</param>
    public static void Run(TextWriter output, IReadOnlyCollection<string> parts)
    {
        if (parts.Count == 0 || parts.Contains("weeks"))
            Weeks(output);
        if (parts.Count > 0 && !parts.Contains("rounds"))
            return;
        if (TestRun.OutsideData("hhcrsp") is { } folder)
            Rounds(output, folder);
        else
            output.WriteLine("Rounds: the instances (hhcrsp) aren't in HELE_TEST_DATA");
    }

    static void Rounds(TextWriter output, string folder)
    {
        var published = Hhcrsp.Published(folder);
        // The steps are chosen so that the largest end well within the limit; the limit cuts off what doesn't.
        var (gaps, faults, slowest) = (new List<double>(), 0, 0.0);
        output.WriteLine($"Rounds, {Environment.ProcessorCount} threads, at most {Limit} s each:");
        foreach (var file in Directory.GetFiles(folder, "Instanz*.txt").Order(StringComparer.Ordinal))
        {
            var instance = Hhcrsp.Read(file);
            var problem = instance.ToProblem();
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(Limit));
            var watch = Stopwatch.StartNew();
            var plan = RoundsSearch.Solve(problem, new() { Steps = instance.Patients <= 10 ? 20_000 : instance.Patients <= 25 ? 200_000 : 300_000, Chains = 2, Threads = Environment.ProcessorCount, Enough = limit.Token });
            var seconds = watch.Elapsed.TotalSeconds;
            var wrong = instance.Faults(plan);
            var gap = Math.Round(plan.Cost / published[instance.Name] - 1, 5) + 0.0;
            gaps.Add(gap);
            faults += wrong.Count;
            slowest = Math.Max(slowest, seconds);
            Write(output, $"  {instance.Name,-24} {plan.Cost,8:0.00} best published {published[instance.Name],7:0.0} gap {100 * gap,6:+0.00;-0.00;0.00} % {seconds,5:0.0} s{(limit.IsCancellationRequested ? " (cut off)" : "")} {(wrong.Count == 0 ? "right" : $"WRONG: {wrong[0]}")}");
        }
        Write(output, $"  mean gap {100 * gaps.Average():+0.00;-0.00;0.00} % (goal: at most +1 %{(gaps.Average() <= 0.01 ? "" : ", MISSED")}), worst {100 * gaps.Max():+0.00;-0.00;0.00} %, {faults} faults, slowest {slowest:0.0} s (limit {Limit})");
    }

    static void Weeks(TextWriter output)
    {
        foreach (var days in new[] { 7, 28 })
        {
            var problem = CommunityWeek.Draw(days: days);
            if (days == 7)
                RosterSearch.Solve(problem, new() { Steps = 500 });
            var watch = Stopwatch.StartNew();
            // On a busy machine the clock tells of the others; the processor's seconds are the work.
            var before = Process.GetCurrentProcess().TotalProcessorTime;
            var plan = RosterSearch.Solve(problem);
            var (seconds, work) = (watch.Elapsed.TotalSeconds, (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds);
            Write(output, $"Roster, {problem.Recipients.Count} recipients with {problem.Recipients.Sum(r => r.Rhythms.Count)} rhythms, {problem.Visitors.Count} visitors, {days} days: {seconds:0.00} s{(days == 7 ? $" (goal: under 2 s{(seconds < 2 ? "" : ", MISSED")})" : "")}, {work:0.00} s of processor; {plan.Contacts.Count} contacts, {plan.Cost}, {plan.Unmet.Count} gaps not held, shares {plan.Loads.Min(l => l.Share):0%} to {plan.Loads.Max(l => l.Share):0%}");
            var absent = plan.Loads.MaxBy(l => l.Contacts)!.Visitor;
            var from = problem.First.AddDays(2).ToDateTime(default);
            var changed = problem with { Visitors = [.. problem.Visitors.Select((v, i) => i == absent ? v with { Absences = [.. v.Absences, new(from, from.AddDays(2))] } : v)] };
            watch.Restart();
            var again = RosterSearch.Replan(plan, changed, from);
            Write(output, $"  the busiest visitor away for two days: {watch.Elapsed.TotalSeconds:0.00} s; {plan.Contacts.Count(c => c.Visitors.Contains(absent) && c.Start >= from && c.Start < from.AddDays(2))} contacts hit, {again.Changes.Count} changes, {again.Plan.Cost}");
        }
    }

    static void Write(TextWriter output, FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
