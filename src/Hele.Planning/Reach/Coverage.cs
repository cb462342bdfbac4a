using Hele.Planning.Search;
using Hele.Planning.Streets;

namespace Hele.Planning.Reach;

/// <summary>
/// Who is within the limit at an hour. Whoever publishes it names <see cref="Profile"/> (group and speed), <see cref="At"/> and <see cref="LimitSeconds"/>: without them the numbers
/// mean nothing.
/// </summary>
public sealed class Coverage
{
    readonly ReachIndex index;
    readonly Joint?[] where;
    readonly long[] keys;

    internal Coverage(ReachIndex index, IReadOnlyList<ServicePoint> points, int limitSeconds, WeekMoment at, Joint?[] where, long[] keys)
    {
        (this.index, Points, LimitSeconds, At, this.where, this.keys) = (index, points, limitSeconds, at, where, keys);
        for (var b = 0; b < keys.Length; b++)
        {
            AllHouseholds += index.Buildings[b].Households;
            if (!IsCovered(b))
                continue;
            CoveredBuildings++;
            CoveredHouseholds += index.Buildings[b].Households;
        }
    }

    public WalkingProfile Profile => index.Profile;
    public WeekMoment At { get; }
    public int LimitSeconds { get; }
    public IReadOnlyList<ServicePoint> Points { get; }

    public int CoveredBuildings { get; }
    public long CoveredHouseholds { get; }
    public int AllBuildings => keys.Length;
    public long AllHouseholds { get; }

    /// <summary>How many vertices the search settled.</summary>
    public int Settled { get; internal init; }

    /// <summary>Whether somebody answers at the point at that hour and a street passes near it.</summary>
    public bool Counts(int point) => where[point] != null;

    public bool IsCovered(int building) => Milliseconds(building) is { } ms && ms <= LimitSeconds * 1000L;

    /// <summary>Milliseconds to the nearest point; null when none is reached (or wasn't searched for beyond the limit).</summary>
    public int? Milliseconds(int building) => keys[building] == long.MaxValue ? null : NearSearch.TimeOf(keys[building]);

    /// <summary>The same in whole seconds, rounded up, so that a covered building never shows more than the limit and one beyond it never less.</summary>
    public int? Seconds(int building) => Milliseconds(building) is { } ms ? (ms + 999) / 1000 : null;

    /// <summary>The number of the nearest point, of equals the first; null when none is reached.</summary>
    public int? Point(int building) => keys[building] == long.MaxValue ? null : NearSearch.LabelOf(keys[building]);

    public Standing Of(int building) => Milliseconds(building) is null
        ? index.Joints.Of(building).Length == 0 ? Standing.NotJoined : Standing.NoWay
        : IsCovered(building) ? Standing.Covered : Standing.Beyond;
}
