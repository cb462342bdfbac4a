using Hele.Civic.Platform.Storage;

namespace Hele.Civic.Jurisdictions;

/// <summary>
/// The first record of a jurisdiction's log: which jurisdiction this is, and whether its times are a clock's or simulated. It can never be
/// changed, so a demonstration can't later pass for the real thing.
/// </summary>
public sealed class LogOpening : Owned
{
    public required string Code { get; init; }
    public required string Name { get; init; }
    public required string Origin { get; init; }

    /// <summary>True when all times in this log come from the demo's clock.</summary>
    public required bool TimesAreSimulated { get; init; }
}
