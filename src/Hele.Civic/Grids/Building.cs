using Hele.Civic.Kernel;
using Hele.Civic.Platform.Storage;

namespace Hele.Civic.Grids;

/// <summary>What kind of place a compound is.</summary>
public enum CompoundKind
{
    /// <summary>商品房小区, with a property company as a rule.</summary>
    Estate,

    /// <summary>单位家属院, built by an employer for its people.</summary>
    EmployerHousing,

    /// <summary>老旧小区 without property management.</summary>
    Old,

    /// <summary>临街楼院: buildings on a street, without a wall.</summary>
    Street,
}

/// <summary>小区、院落: buildings that share a wall, a name or a property company.</summary>
public sealed class Compound : Owned
{
    public const int NameLength = 40;

    public string PublicCode { get; init; } = Kernel.PublicCode.New().Text;

    /// <summary>柳荫路12号院.</summary>
    public required string Name { get; set; }

    public required CompoundKind Kind { get; set; }

    /// <summary>Whoever manages it; null where nobody does.</summary>
    public string? Manager { get; set; }

    public required DateOnly From { get; init; }

    /// <summary>Last day, inclusive; null while it stands.</summary>
    public DateOnly? To { get; private set; }
}

/// <summary>楼栋: what every grid is made of, and never split.</summary>
public sealed class Building : Owned
{
    public const int NameLength = 40, MostEntrances = 30, MostFloors = 120;

    public string PublicCode { get; init; } = Kernel.PublicCode.New().Text;

    public required Guid CompoundId { get; set; }

    /// <summary>3号楼.</summary>
    public required string Name { get; set; }

    public int? Floors { get; set; }

    /// <summary>Where it stands: ten-millionths of a degree, WGS-84. Null until somebody has said so on the map.</summary>
    public int? LonE7 { get; private set; }

    /// <inheritdoc cref="LonE7"/>
    public int? LatE7 { get; private set; }

    public required DateOnly From { get; init; }

    /// <summary>Last day, inclusive; null while it stands.</summary>
    public DateOnly? To { get; private set; }

    public Position? At => (LonE7, LatE7) is ({ } lon, { } lat) ? new(lon, lat) : null;

    public void StandAt(Position? at) => (LonE7, LatE7) = (at?.LonE7, at?.LatE7);

    public void RetireOn(DateOnly last) => To = last;
}

/// <summary>单元: a door of a building, with the flats behind it.</summary>
public sealed class Entrance : Owned
{
    public const int NameLength = 20;

    public required Guid BuildingId { get; init; }

    /// <summary>2单元.</summary>
    public required string Name { get; set; }
}

/// <summary>户: who lives behind one door, as long as they do.</summary>
public sealed class Household : Owned
{
    public const int RoomLength = 20;

    public string PublicCode { get; init; } = Kernel.PublicCode.New().Text;

    public required Guid BuildingId { get; init; }

    /// <summary>Null in a building with one door.</summary>
    public Guid? EntranceId { get; init; }

    /// <summary>302.</summary>
    public required string Room { get; init; }

    public required DateOnly From { get; init; }

    /// <summary>Last day, inclusive; null while somebody lives there.</summary>
    public DateOnly? To { get; private set; }

    public void EndOn(DateOnly last) => To = last;
}

/// <summary>How somebody belongs to a household.</summary>
public enum HouseholdRole
{
    /// <summary>户主, whom the household's letters go to.</summary>
    Head,
    Family,

    /// <summary>租户.</summary>
    Tenant,
}

/// <summary>That somebody lives in a household, from a day to a day.</summary>
public sealed class HouseholdMember : Owned
{
    public required Guid HouseholdId { get; init; }
    public required Guid PersonId { get; init; }
    public required HouseholdRole Role { get; init; }
    public required DateOnly From { get; init; }

    /// <summary>Last day, inclusive; null while they live there.</summary>
    public DateOnly? To { get; private set; }

    public void EndOn(DateOnly last) => To = last;
}
