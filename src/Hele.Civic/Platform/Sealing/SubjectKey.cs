using Hele.Civic.Platform.Storage;

namespace Hele.Civic.Platform.Sealing;

/// <summary>
/// The key of one subject (a person, or a matter about several), wrapped by a master key. Destroying it makes every value sealed under it
/// unreadable for good, in this database and in every copy of it.
/// </summary>
[Exempt("keys of sealed values; which values there are stands in their rows")]
public sealed class SubjectKey : IFenced, IWrappedKey
{
    public required int JurisdictionId { get; init; }
    public required Guid SubjectId { get; init; }
    public required string MasterKeyId { get; set; }
    public required byte[] Wrapped { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>The key of an account's sealed sign-in data. Installation-wide, as accounts are.</summary>
[Exempt("keys of sealed sign-in data")]
public sealed class AccountKey : IWrappedKey
{
    public required Guid AccountId { get; init; }
    public required string MasterKeyId { get; set; }
    public required byte[] Wrapped { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }

    int IWrappedKey.JurisdictionId => 0;
    Guid IWrappedKey.SubjectId => AccountId;
}

/// <summary>A key wrapped by a master key.</summary>
internal interface IWrappedKey
{
    int JurisdictionId { get; }
    Guid SubjectId { get; }
    string MasterKeyId { get; set; }
    byte[] Wrapped { get; set; }
}
