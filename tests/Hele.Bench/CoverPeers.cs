using System.Diagnostics;
using Google.OrTools.LinearSolver;
using Google.OrTools.Sat;
using Hele.Planning.Placement;
using LinearExpr = Google.OrTools.Sat.LinearExpr;

namespace Hele.Bench;

/// <param name="Value">Of the best answer found; null: none.</param>
/// <param name="IsProven">It says that nothing is better.</param>
/// <param name="Seconds">Of solving alone; laying out the model isn't counted.</param>
record PeerAnswer(string Name, long? Value, bool IsProven, double Seconds)
{
    public override string ToString() => FormattableString.Invariant($"{Name} {Value?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "nothing"} {(IsProven ? "proven" : "not proven")} {Seconds:0.00} s");
}

/// <summary>
/// The solvers coverings are compared with, by OR-Tools. All are given the same merged model: free sites are 0 or 1, customers that the same sites cover are one, and where weight is sought a customer is a number from 0 to 1
/// (whole by itself), for SCIP and HiGHS, or a yes or no, for CP-SAT, which knows nothing else. SCIP and HiGHS have one thread as the search has, CP-SAT as many as there are processors.
/// </summary>
static class CoverPeers
{
    public static PeerAnswer Scip(CoverProblem problem, bool most, TimeSpan limit) => Mixed("SCIP", "SCIP", problem, most, limit);

    public static PeerAnswer Highs(CoverProblem problem, bool most, TimeSpan limit) => Mixed("HiGHS", "HIGHS", problem, most, limit);

    static PeerAnswer Mixed(string name, string kind, CoverProblem problem, bool most, TimeSpan limit)
    {
        using var solver = Solver.CreateSolver(kind) ?? throw new InvalidOperationException($"OR-Tools has no {kind} here.");
        var sites = solver.MakeBoolVarArray(problem.Sites);
        using var objective = solver.Objective();
        for (var j = 0; j < problem.Customers; j++)
        {
            var row = solver.MakeConstraint(most ? 0 : 1, double.PositiveInfinity);
            foreach (var i in problem.SitesOf(j))
                row.SetCoefficient(sites[i], 1);
            if (!most)
                continue;
            var covered = solver.MakeNumVar(0, 1, "");
            row.SetCoefficient(covered, -1);
            objective.SetCoefficient(covered, problem.Weights[j]);
        }
        if (most)
        {
            objective.SetMaximization();
            var count = solver.MakeConstraint(0, problem.Choice.Most!.Value);
            foreach (var site in sites)
                count.SetCoefficient(site, 1);
        }
        else
        {
            objective.SetMinimization();
            for (var i = 0; i < problem.Sites; i++)
                objective.SetCoefficient(sites[i], problem.Costs[i]);
        }
        solver.SetTimeLimit((long)limit.TotalMilliseconds);
        solver.SetNumThreads(1);
        // The usual gap of these solvers, a ten-thousandth, isn't a proof.
        using var parameters = new MPSolverParameters();
        parameters.SetDoubleParam(MPSolverParameters.DoubleParam.RELATIVE_MIP_GAP, 0);
        var watch = Stopwatch.StartNew();
        var status = solver.Solve(parameters);
        var seconds = watch.Elapsed.TotalSeconds;
        var found = status is Solver.ResultStatus.OPTIMAL or Solver.ResultStatus.FEASIBLE;
        return new(name, found ? (long)Math.Round(objective.Value()) : null, status == Solver.ResultStatus.OPTIMAL, seconds);
    }

    public static PeerAnswer CpSat(CoverProblem problem, bool most, TimeSpan limit)
    {
        var model = new CpModel();
        var sites = Enumerable.Range(0, problem.Sites).Select(i => model.NewBoolVar("")).ToArray();
        var covered = new List<BoolVar>();
        for (var j = 0; j < problem.Customers; j++)
        {
            List<ILiteral> row = [.. problem.SitesOf(j).ToArray().Select(i => sites[i])];
            if (most)
            {
                covered.Add(model.NewBoolVar(""));
                row.Add(covered[^1].Not());
            }
            model.AddBoolOr(row);
        }
        if (most)
        {
            model.Add(LinearExpr.Sum(sites) <= problem.Choice.Most!.Value);
            model.Maximize(LinearExpr.WeightedSum(covered, problem.Weights.ToArray()));
        }
        else
        {
            model.Minimize(LinearExpr.WeightedSum(sites, problem.Costs.ToArray()));
        }
        using var solver = new CpSolver { StringParameters = FormattableString.Invariant($"max_time_in_seconds:{limit.TotalSeconds:0.###},num_workers:{Environment.ProcessorCount}") };
        var watch = Stopwatch.StartNew();
        var status = solver.Solve(model);
        var seconds = watch.Elapsed.TotalSeconds;
        return new("CP-SAT", status is CpSolverStatus.Optimal or CpSolverStatus.Feasible ? (long)Math.Round(solver.ObjectiveValue) : null, status == CpSolverStatus.Optimal, seconds);
    }
}
