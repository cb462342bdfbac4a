using System.Globalization;
using System.Text;
using Hele.Civic.Kernel;

namespace Hele.Civic.GridPlanning;

/// <summary>
/// Which grid each building is in. A grid of today goes by its public code, a new one by <c>new1</c>, <c>new2</c> …; a building in none by the empty key. Written as <c>grid=building,building;grid=…</c>, grids and
/// buildings in the order of their codes, so that equal cuts are equal texts.
/// </summary>
public sealed class PlanCut : IEquatable<PlanCut>
{
    /// <summary>More grids than anybody plans for at once.</summary>
    public const int MostGrids = 60;

    private const string NewPrefix = "new";

    private readonly SortedDictionary<string, string> _gridOf;

    private PlanCut(SortedDictionary<string, string> gridOf) => _gridOf = gridOf;

    public static PlanCut Of(IEnumerable<KeyValuePair<string, string>> gridOf) => new(new SortedDictionary<string, string>(gridOf.ToDictionary(g => g.Key, g => g.Value), StringComparer.Ordinal));

    /// <summary>The grid of each building, by public codes.</summary>
    public IReadOnlyDictionary<string, string> GridOf => _gridOf;

    public IReadOnlyList<string> Keys => [.. _gridOf.Values.Where(k => k.Length > 0).Distinct().OrderBy(k => k, StringComparer.Ordinal)];

    public static bool IsNew(string key) => key.StartsWith(NewPrefix, StringComparison.Ordinal);

    /// <summary>The key of the n-th new grid, counted from 1.</summary>
    public static string New(int n) => NewPrefix + n.ToString(CultureInfo.InvariantCulture);

    public static int NumberOf(string key) => int.Parse(key.AsSpan(NewPrefix.Length), CultureInfo.InvariantCulture);

    /// <summary>A key that can be one: a public code, or a new grid's.</summary>
    public static bool IsKey(string key) =>
        IsNew(key) ? int.TryParse(key.AsSpan(NewPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n is >= 1 and <= MostGrids : PublicCode.TryParse(key, out var code) && code.Text == key;

    /// <summary>The same with one building elsewhere; unchanged where it isn't in the cut.</summary>
    public PlanCut With(string building, string grid)
    {
        if (!_gridOf.TryGetValue(building, out var now) || now == grid)
            return this;
        var copy = new SortedDictionary<string, string>(_gridOf, StringComparer.Ordinal) { [building] = grid };
        return new(copy);
    }

    /// <summary>Null for what is no cut.</summary>
    public static PlanCut? Read(string? text)
    {
        var gridOf = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in (text ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part.IndexOf('=') is var at && at < 0)
                return null;
            var key = part[..at];
            if (key.Length > 0 && !IsKey(key))
                return null;
            foreach (var building in part[(at + 1)..].Split(','))
                if (!PublicCode.TryParse(building, out var code) || code.Text != building || !gridOf.TryAdd(building, key))
                    return null;
        }
        return new(gridOf);
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var grid in _gridOf.GroupBy(g => g.Value, g => g.Key).OrderBy(g => g.Key, StringComparer.Ordinal))
            text.Append(text.Length > 0 ? ";" : "").Append(grid.Key).Append('=').AppendJoin(',', grid);
        return text.ToString();
    }

    public bool Equals(PlanCut? other) => other is not null && _gridOf.SequenceEqual(other._gridOf);

    public override bool Equals(object? other) => Equals(other as PlanCut);

    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);
}
