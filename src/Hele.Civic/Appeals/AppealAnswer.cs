using Hele.Civic.Platform.Storage;

namespace Hele.Civic.Appeals;

/// <summary>An answer to an appeal. Each stands for good; a second answer is a second row.</summary>
public sealed class AppealAnswer : Owned
{
    public const int TextLength = 2000;

    public required Guid AppealId { get; init; }

    /// <summary>1 for the first answer.</summary>
    public required int Round { get; init; }

    public required string Text { get; init; }

    /// <summary>The post that gave it; null when it came from above.</summary>
    public Guid? PostId { get; init; }

    /// <summary>The name of the sub-district it came from; null when the community answered itself.</summary>
    public string? FromUnit { get; init; }

    public required DateOnly AnsweredOn { get; init; }
    public required DateTimeOffset LoggedAt { get; init; }

    /// <summary>The day it was due by.</summary>
    public DateOnly? DueOn { get; init; }
}
