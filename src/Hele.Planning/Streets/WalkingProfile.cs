namespace Hele.Planning.Streets;

/// <summary>
/// Whose walk is measured. The speeds are defaults that a community sets anew: 1.1 m/s is the kilometre in fifteen minutes of the Chinese living-circle standards.
/// </summary>
/// <param name="Code">Names the group wherever a coverage is published.</param>
/// <param name="MillimetresPerSecond">1 to 10,000.</param>
/// <param name="OnWheels">Takes no stairs, no turnstile, nothing tagged as impassable for wheelchairs.</param>
/// <param name="Private">Whether ways and gates tagged private are walked.</param>
public sealed record WalkingProfile(string Code, int MillimetresPerSecond, bool OnWheels = false, PrivateWays Private = PrivateWays.Never)
{
    public static readonly WalkingProfile Adult = new("adult", 1100), Older = new("older", 800), Child = new("child", 800), Wheelchair = new("wheelchair", 700, OnWheels: true);

    public int MillimetresPerSecond { get; init; } = MillimetresPerSecond is >= 1 and <= 10_000
        ? MillimetresPerSecond
        : throw new ArgumentOutOfRangeException(nameof(MillimetresPerSecond), MillimetresPerSecond, "A walking speed lies between 1 mm/s and 10 m/s.");

    /// <summary>Milliseconds for a way of so many millimetres, rounded.</summary>
    public int Milliseconds(int millimetres) => (int)Math.Min(int.MaxValue / 8, ((long)millimetres * 1000 + MillimetresPerSecond / 2) / MillimetresPerSecond);

    internal bool Takes(WayFlags way) => ((way & WayFlags.NoWheels) == 0 || !OnWheels) && ((way & WayFlags.Private) == 0 || Private != PrivateWays.Never);
}

/// <summary>When a walk takes ways and gates tagged private.</summary>
public enum PrivateWays
{
    /// <summary>A stranger's walk.</summary>
    Never,
    /// <summary>Where the walk begins and where it ends: whoever lives behind a private gate comes out of it, and nobody passes through.</summary>
    AtTheEnds,
    Always,
}

/// <summary>What a way or a barrier is, as far as a walk asks.</summary>
[Flags]
public enum WayFlags : byte
{
    None = 0,
    Steps = 1,
    NoWheels = 2,
    Private = 4,
    Crossing = 8,
    Bridge = 16,
    Tunnel = 32,
    /// <summary>Drawn by hand, not from the map's source.</summary>
    Drawn = 64,
    /// <summary>A carriageway that separates: primary, secondary and trunk roads.</summary>
    BigRoad = 128,
}
