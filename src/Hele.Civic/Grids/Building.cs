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

    public required DateTimeOffset LoggedAt { get; init; }

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

    public required DateTimeOffset LoggedAt { get; init; }

    /// <summary>When its end was written down.</summary>
    public DateTimeOffset? EndLoggedAt { get; private set; }

    public void EndOn(DateOnly last, DateTimeOffset at) => (To, EndLoggedAt) = (last, at);

    /// <summary>What ended it was a mistake.</summary>
    public void Resume() => (To, EndLoggedAt) = (null, null);
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

    /// <summary>How they came to belong to it.</summary>
    public required MemberCause Came { get; init; }

    /// <summary>Last day, inclusive; null while they live there.</summary>
    public DateOnly? To { get; private set; }

    /// <summary>How it ended; null while it lasts.</summary>
    public MemberCause? Went { get; private set; }

    public required DateTimeOffset LoggedAt { get; init; }

    /// <summary>When its end was written down.</summary>
    public DateTimeOffset? EndLoggedAt { get; private set; }

    public void EndOn(DateOnly last, MemberCause why, DateTimeOffset at) => (To, Went, EndLoggedAt) = (last, why, at);

    /// <summary>What ended it was a mistake.</summary>
    public void Resume() => (To, Went, EndLoggedAt) = (null, null, null);
}

/// <summary>Why a membership of a household began or ended: what the figures of births, deaths and moves are counted by.</summary>
public enum MemberCause
{
    /// <summary>From or to somewhere outside the community, or where nobody has said.</summary>
    Move,

    /// <summary>Between two doors of the community, or by dividing or joining households: no arrival and no departure.</summary>
    Within,

    Birth,
    Death,

    /// <summary>Gone from the community for good.</summary>
    Left,
}

/// <summary>人户状态: whether somebody lives where their household registration is. The words are those of the community's yearly statistics.</summary>
public enum Presence
{
    /// <summary>人户一致: registered here and living here.</summary>
    Both,

    /// <summary>人在户不在: living here, registered elsewhere; counted as floating (流动).</summary>
    PersonOnly,

    /// <summary>户在人不在: registered here, living elsewhere.</summary>
    RegistrationOnly,
}

/// <summary>Which of these somebody is in a household, from a day to a day.</summary>
public sealed class MemberPresence : Owned
{
    public required Guid MemberId { get; init; }
    public required Presence Presence { get; init; }
    public required DateOnly From { get; init; }

    /// <summary>Last day, inclusive; null while it is so. Ends by itself with the membership.</summary>
    public DateOnly? To { get; private set; }

    public required DateTimeOffset LoggedAt { get; init; }
    public DateTimeOffset? EndLoggedAt { get; private set; }

    public void EndOn(DateOnly last, DateTimeOffset at) => (To, EndLoggedAt) = (last, at);
}

/// <summary>产权人: whose a flat is, from a day to a day. The flat is named by its door, because it stays when a household goes.</summary>
public sealed class FlatOwner : Owned
{
    public required Guid BuildingId { get; init; }
    public Guid? EntranceId { get; init; }
    public required string Room { get; init; }

    /// <summary>The owner in the register; null for one who isn't in it.</summary>
    public Guid? PersonId { get; init; }

    /// <summary>The owner's name, where they aren't in the register. Null once erased.</summary>
    public string? Name { get; private set; }

    public required DateOnly From { get; init; }

    /// <summary>Last day, inclusive; null while it is theirs.</summary>
    public DateOnly? To { get; private set; }

    public void Call(string? name) => Name = name;

    public void EndOn(DateOnly last) => To = last;

    public void Erase() => Name = null;
}

/// <summary>租住: a household rents the flat it lives in, until a day; ended only by somebody's record, never by the calendar.</summary>
public sealed class Tenancy : Owned
{
    public const int NameLength = 60, NoteLength = 200;

    public string PublicCode { get; init; } = Kernel.PublicCode.New().Text;

    public required Guid HouseholdId { get; init; }

    /// <summary>The landlord in the register; null for one who isn't in it.</summary>
    public Guid? LandlordId { get; init; }

    /// <summary>The landlord's name, where they aren't in the register. Null once erased.</summary>
    public string? Landlord { get; private set; }

    public required DateOnly From { get; init; }

    /// <summary>The day the contract runs out; null where it names none.</summary>
    public DateOnly? Until { get; private set; }

    /// <summary>Somebody of the community saw the contract.</summary>
    public required bool ContractSeen { get; init; }

    /// <summary>The last day, when it has ended.</summary>
    public DateOnly? EndedOn { get; private set; }

    public void LetBy(string? landlord) => Landlord = landlord;

    public void RunUntil(DateOnly? until) => Until = until;

    public void EndOn(DateOnly last) => EndedOn = last;

    public void Erase() => Landlord = null;
}
