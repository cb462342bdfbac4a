using Hele.Civic.Platform.Storage;

namespace Hele.Civic.Grids;

/// <summary>What a grid is for.</summary>
public enum GridKind
{
    /// <summary>综合网格, where people live.</summary>
    Comprehensive,

    /// <summary>专属网格: a market, a school, an office park.</summary>
    Special,
}

/// <summary>网格: the unit a community is served by. Departments may not draw their own.</summary>
public sealed class Grid : Owned
{
    public const int NameLength = 30, CodeLength = 15, PhoneLength = 30;

    public string PublicCode { get; init; } = Kernel.PublicCode.New().Text;

    /// <summary>The community's twelve digits and a serial of three; never used again, also when the grid is gone.</summary>
    public required string Code { get; init; }

    /// <summary>第三网格.</summary>
    public required string Name { get; set; }

    public required GridKind Kind { get; init; }

    /// <summary>The telephone of whoever is on duty, shown in public; a post's or the hall's, never a person's own.</summary>
    public string? DutyPhone { get; set; }

    public required DateOnly From { get; init; }

    /// <summary>Last day, inclusive; null while it exists.</summary>
    public DateOnly? To { get; private set; }

    public required DateTimeOffset LoggedAt { get; init; }
    public DateTimeOffset? RetiredAt { get; private set; }

    public void RetireOn(DateOnly last, DateTimeOffset at) => (To, RetiredAt) = (last, at);
}

/// <summary>A grid's outline, as long as it was this one.</summary>
public sealed class GridOutline : Owned
{
    public required Guid GridId { get; init; }

    /// <summary>WKT, WGS-84 degrees.</summary>
    public required string Outline { get; init; }

    /// <summary>Its area on the ellipsoid (<see cref="Geo.EllipsoidSquareMetres"/>), in whole square metres, as it was when it was drawn.</summary>
    public required long SquareMetres { get; init; }

    public required DateTimeOffset LoggedAt { get; init; }

    public required DateOnly From { get; init; }

    /// <summary>Last day, inclusive; null while it is this one.</summary>
    public DateOnly? To { get; private set; }

    public void EndOn(DateOnly last) => To = last;
}

/// <summary>That a building belongs to a grid, from a day to a day. At most one is open at a time: the database says so.</summary>
public sealed class GridBuilding : Owned
{
    public required Guid GridId { get; init; }
    public required Guid BuildingId { get; init; }
    public required DateOnly From { get; init; }

    /// <summary>Last day, inclusive; null while it belongs there.</summary>
    public DateOnly? To { get; private set; }

    public void EndOn(DateOnly last) => To = last;
}
