using Hele.Civic.Platform.Storage;

namespace Hele.Civic.Platform.Access;

/// <summary>岗位 as authority: a role in a jurisdiction, held by a person from a day to a day.</summary>
public sealed class Post : Owned
{
    public const int TitleLength = 40;

    public required Guid PersonId { get; init; }
    public required Role Role { get; init; }

    /// <summary>How the post is called on a timeline: 一网格网格员.</summary>
    public required string Title { get; init; }

    public required DateOnly From { get; init; }

    /// <summary>Last day, inclusive; null while it lasts.</summary>
    public DateOnly? To { get; private set; }
}
