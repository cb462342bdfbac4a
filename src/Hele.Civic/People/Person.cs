using Hele.Civic.Platform.Storage;

namespace Hele.Civic.People;

/// <summary>A person as a jurisdiction knows them. One person, many roles; the account, if they have one, is installation-wide.</summary>
public sealed class Person : Owned
{
    public const int NameLength = 60;
    public const int AddressLength = 120;

    public required string Name { get; init; }

    /// <summary>Where they live, as spoken: 柳荫路12号院3号楼2单元。</summary>
    public string? Address { get; init; }

    public Guid? AccountId { get; init; }
}
