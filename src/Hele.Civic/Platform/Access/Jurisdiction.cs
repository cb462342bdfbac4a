namespace Hele.Civic.Platform.Access;

public enum JurisdictionLevel { District, Subdistrict, Community }

/// <summary>
/// 辖区: the tenant. Districts, sub-districts and communities form a tree; each has rows and a log of its own. The row itself is reference
/// data of the installation; what was decided about it stands in the log as <see cref="LogOpening"/>.
/// </summary>
public sealed class Jurisdiction
{
    public const int NameLength = 60;
    public const int CodeLength = 24;
    public const int OriginLength = 200;

    public required int Id { get; init; }
    public int? ParentId { get; init; }
    public required JurisdictionLevel Level { get; init; }

    /// <summary>The statistical division code (12 digits for a community), which also names the log and the place of rules.</summary>
    public required string Code { get; init; }

    public required string Name { get; init; }

    /// <summary>Name for the English interface.</summary>
    public required string NameEn { get; init; }

    /// <summary>The log's own name, PREFIX/code: the origin line of its checkpoints, until a restore begins a new epoch (<see cref="Journal.LogNames"/>).</summary>
    public required string Origin { get; init; }
}
