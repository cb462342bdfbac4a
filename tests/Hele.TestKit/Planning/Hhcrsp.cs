using System.Globalization;
using Hele.Planning.Roster;

namespace Hele.TestKit.Planning;

/// <summary>
/// Reads instances of the home health care routing and scheduling problem in the text form of Mankowska, Meisel and Bierwirth (2014) and judges rounds for them. The judge is written from the published model, over the numbers
/// of the file and without anything of the search.
/// </summary>
public sealed class Hhcrsp
{
    readonly Dictionary<string, double[][]> tables;

    Hhcrsp(string name, Dictionary<string, double[][]> tables) => (Name, this.tables) = (name, tables);

    public string Name { get; }
    public int Patients => (int)tables["nbNodes"][0][0] - 2;

    public static Hhcrsp Read(string file)
    {
        var tables = new Dictionary<string, double[][]>();
        string? name = null;
        var rows = new List<double[]>();
        foreach (var line in File.ReadLines(file))
        {
            var cells = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (cells.Length == 0)
                continue;
            if (char.IsLetter(cells[0][0]))
            {
                if (name != null)
                    tables[name] = [.. rows];
                (name, rows) = (cells[0], []);
            }
            else
                rows.Add([.. cells.Select(c => double.Parse(c, CultureInfo.InvariantCulture))]);
        }
        tables[name!] = [.. rows];
        return new(Path.GetFileNameWithoutExtension(file), tables);
    }

    /// <summary>The best published cost by instance.</summary>
    public static Dictionary<string, double> Published(string folder) => File.ReadLines(Path.Combine(folder, "best_known_brkga_mp_ipr.csv")).Skip(1)
        .Select(l => l.Split(',')).ToDictionary(c => c[0], c => double.Parse(c[1], CultureInfo.InvariantCulture));

    /// <summary>The visits in the order of patients and of the services each needs.</summary>
    IEnumerable<(int Node, int Service)> Operations()
    {
        for (var node = 1; node <= Patients; node++)
            for (var service = 0; service < tables["r"][node].Length; service++)
                if (tables["r"][node][service] != 0)
                    yield return (node, service);
    }

    double Duration(int node, int carer, int service) => tables["p"][node * tables["a"].Length + carer][service];

    /// <param name="twoCarers">Nobody does both services of a patient: so the published solver whose values stand beside the instances understands them.</param>
    public RoundsProblem ToProblem(bool twoCarers = true)
    {
        var d = tables["d"];
        var travel = new double[d.Length, d.Length];
        for (var i = 0; i < d.Length; i++)
            for (var j = 0; j < d.Length; j++)
                travel[i, j] = d[i][j];
        var operations = Operations().ToList();
        var carers = tables["a"].Select(a => new RoundCarer(0, d.Length - 1, tables["e"][0][0], [.. Enumerable.Range(0, a.Length).Where(s => a[s] != 0)])).ToList();
        var visits = operations.Select(o => new RoundVisit(o.Node, o.Service, Duration(o.Node, 0, o.Service), tables["e"][0][o.Node], tables["l"][0][o.Node])).ToList();
        foreach (var (node, service) in operations)
            for (var c = 1; c < carers.Count; c++)
                if (Duration(node, c, service) != Duration(node, 0, service))
                    throw new InvalidDataException($"{Name}: the time of a service depends on who does it.");
        var pairs = operations.Index().GroupBy(o => o.Item.Node).Where(g => g.Count() == 2)
            .Select(g => new VisitPair(g.First().Index, g.Last().Index, tables["mind"][0][g.Key], tables["maxd"][0][g.Key], twoCarers)).ToList();
        return new(travel, carers, visits, pairs, new(1 / 3.0, 1 / 3.0, 1 / 3.0));
    }

    /// <summary>What is wrong with a plan by the published model; nothing when it is right and costs what it says.</summary>
    public IReadOnlyList<string> Faults(RoundsPlan plan, bool twoCarers = true)
    {
        const double grain = 1e-5;
        var faults = new List<string>();
        var operations = Operations().ToList();
        var (d, e, l) = (tables["d"], tables["e"][0], tables["l"][0]);
        var done = new int[operations.Count];
        double walked = 0, late = 0, largest = 0;
        for (var carer = 0; carer < plan.Rounds.Count; carer++)
        {
            var (at, free) = (0, e[0]);
            foreach (var v in plan.Rounds[carer])
            {
                var (node, service) = operations[v];
                done[v]++;
                if (tables["a"][carer][service] == 0)
                    faults.Add($"carer {carer} hasn't the skill of service {service} at {node}");
                walked += d[at][node];
                if (plan.Starts[v] < free + d[at][node] - grain)
                    faults.Add($"visit {v} begins at {plan.Starts[v]}, but carer {carer} arrives at {free + d[at][node]}");
                if (plan.Starts[v] < e[node] - grain)
                    faults.Add($"visit {v} begins at {plan.Starts[v]}, before {e[node]}");
                (at, free) = (node, plan.Starts[v] + Duration(node, carer, service));
                var mine = Math.Max(0, plan.Starts[v] - l[node]);
                (late, largest) = (late + mine, Math.Max(largest, mine));
            }
            walked += d[at][^1];
        }
        for (var v = 0; v < done.Length; v++)
            if (done[v] != 1)
                faults.Add($"visit {v} is done {done[v]} times");
        var doubles = tables["DS"].SelectMany(row => row).Select(n => (int)n - 1).ToHashSet();
        foreach (var two in operations.Index().GroupBy(o => o.Item.Node).Where(g => g.Count() > 1 || doubles.Contains(g.Key)))
        {
            if (two.Count() != 2 || !doubles.Contains(two.Key))
                faults.Add($"patient {two.Key} isn't one of two services in both lists");
            if (twoCarers && plan.Rounds.Any(r => two.All(o => r.Contains(o.Index))))
                faults.Add($"patient {two.Key}: one carer does both services");
            var between = plan.Starts[two.Last().Index] - plan.Starts[two.First().Index];
            if (between < tables["mind"][0][two.Key] - grain || between > tables["maxd"][0][two.Key] + grain)
                faults.Add($"patient {two.Key}: {between} between the services");
        }
        var cost = (walked + late + largest) / 3;
        if (Math.Abs(cost - plan.Cost) > grain)
            faults.Add($"costs {cost}, not {plan.Cost}");
        return faults;
    }
}
