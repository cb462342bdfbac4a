namespace Hele.Planning.Streets;

/// <summary>Why something wasn't taken over from a file, or was taken otherwise than it stands there.</summary>
public enum ImportFinding
{
    /// <summary>Not a way for walkers by the rules (motorways, railways, foot=no).</summary>
    NotWalkable,
    /// <summary>A position that isn't a number or isn't on the globe.</summary>
    BadPosition,
    /// <summary>A line of fewer than two positions, or a geometry that isn't one.</summary>
    BrokenGeometry,
    /// <summary>A line that goes nowhere.</summary>
    ZeroLength,
    /// <summary>A way names a node that the file doesn't have.</summary>
    MissingNode,
    /// <summary>The same node twice with different positions: the first stands.</summary>
    DuplicateNode,
    /// <summary>A piece connected with nothing else, too small to be a network.</summary>
    Island,
    /// <summary>Hours that aren't understood: taken as always open.</summary>
    UnknownHours,
    /// <summary>One-way for walkers: taken as walked both ways.</summary>
    OneWay,
    /// <summary>A loose end joined to the street beside it.</summary>
    JoinedEnd,
    /// <summary>A gate, barrier or footpath drawn by hand that touches no street.</summary>
    LooseCorrection,
    /// <summary>A feature of a kind that the import doesn't use (points, areas).</summary>
    Unused,
    /// <summary>A record that can't be read.</summary>
    Unreadable,
    /// <summary>Reading stopped: the file ends in the middle.</summary>
    EndsEarly,
    /// <summary>Reading stopped: the file is larger, or unpacks to more, than the limits allow.</summary>
    TooLarge,
    /// <summary>So many streets upon one another that their loose ends weren't joined.</summary>
    TooDense,
}

/// <summary>One finding with where it was met.</summary>
/// <param name="Reference">The id in the file, or what else names it.</param>
public sealed record ImportExample(string Reference, GeoPoint? Place, string? Detail);

/// <summary>
/// What an import left out and why: a count for each reason and its first examples. Bounded: at most <see cref="ExamplesKept"/> examples a reason, whatever the file.
/// </summary>
public sealed class ImportReport
{
    public const int ExamplesKept = 20;
    readonly SortedDictionary<ImportFinding, (long Count, List<ImportExample> Examples)> findings = [];

    /// <summary>Where what is found goes as well: the report of the file that is being read.</summary>
    internal ImportReport? Part { get; set; }

    /// <summary>False when reading stopped before the end: what was read till then stands.</summary>
    public bool Complete => Count(ImportFinding.EndsEarly) == 0 && Count(ImportFinding.TooLarge) == 0;

    public long NodesRead { get; internal set; }
    public long WaysRead { get; internal set; }
    public long WaysTaken { get; internal set; }
    /// <summary>Metres of street in the network that came of it.</summary>
    public double Metres { get; internal set; }

    public IEnumerable<ImportFinding> Findings => findings.Keys;
    public long Count(ImportFinding finding) => findings.TryGetValue(finding, out var f) ? f.Count : 0;
    public IReadOnlyList<ImportExample> Examples(ImportFinding finding) => findings.TryGetValue(finding, out var f) ? f.Examples : [];

    /// <summary>What is found here and in none of these parts of it, such as what shows only when files are put together.</summary>
    public ImportReport Without(IEnumerable<ImportReport> parts)
    {
        var (rest, told) = (new ImportReport(), parts.ToList());
        foreach (var (finding, (count, examples)) in findings)
        {
            var others = told.SelectMany(p => p.Examples(finding)).ToHashSet();
            if (count - told.Sum(p => p.Count(finding)) is > 0 and var left)
                rest.findings[finding] = (left, [.. examples.Where(e => !others.Contains(e))]);
        }
        return rest;
    }

    internal void Add(ImportFinding finding, string reference, GeoPoint? place = null, string? detail = null, long count = 1)
    {
        var (before, examples) = findings.TryGetValue(finding, out var f) ? f : (0, []);
        if (examples.Count < ExamplesKept)
            examples.Add(new(reference, place is { IsOnEarth: true } ? place : null, detail is { Length: > 200 } ? detail[..200] : detail));
        findings[finding] = (before + count, examples);
        Part?.Add(finding, reference, place, detail, count);
    }
}

/// <summary>Limits of an import: what a file may make the importer hold.</summary>
public sealed record ImportLimits
{
    public static readonly ImportLimits Default = new();
    /// <summary>Bytes after unpacking.</summary>
    public long Bytes { get; init; } = 4L << 30;
    /// <summary>A packed file may unpack to at most so many times its own size, once past a megabyte. OpenStreetMap XML packs to about a tenth.</summary>
    public int Ratio { get; init; } = 200;
    public int Nodes { get; init; } = 20_000_000;
    /// <summary>Positions of ways, all together.</summary>
    public int WayPositions { get; init; } = 20_000_000;
    /// <summary>Bytes of one feature or block.</summary>
    public int BlockBytes { get; init; } = 32 << 20;
}
