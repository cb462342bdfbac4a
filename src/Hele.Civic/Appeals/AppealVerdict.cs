using Hele.Civic.Platform.Storage;

namespace Hele.Civic.Appeals;

/// <summary>The resident's word on an answer. Whoever handled the matter can't enter it.</summary>
public sealed class AppealVerdict : Owned
{
    public const int RemarkLength = 500;

    public required Guid AppealId { get; init; }

    /// <summary>The round of the answer it judges.</summary>
    public required int Round { get; init; }

    public required bool Satisfied { get; init; }
    public string? Remark { get; init; }
    public required Channel Channel { get; init; }

    /// <summary>Who judged, when it is somebody who joined; null for whoever filed it.</summary>
    public Guid? JoinId { get; init; }

    /// <summary>It closed the matter. The satisfied verdict of somebody who joined doesn't, unless whoever filed it has withdrawn.</summary>
    public bool Closes { get; init; }

    /// <summary>Somebody who joined opened again what was closed.</summary>
    public bool ReopensClosed { get; init; }

    /// <summary>True when it was the last that the rule allows: the matter isn't handled another time but stands as an open disagreement.</summary>
    public bool EndsInDisagreement { get; init; }

    /// <summary>The post that wrote down a verdict given on paper or by telephone; null when the resident wrote it.</summary>
    public Guid? EnteredByPostId { get; init; }

    public required DateOnly JudgedOn { get; init; }
    public required DateTimeOffset LoggedAt { get; init; }

    /// <summary>Of one that was entered: the random code on the resident's paper, by which they can say that it isn't theirs.</summary>
    public string? PaperCode { get; init; }

    /// <summary>The last day on which they can.</summary>
    public DateOnly? ContestUntil { get; init; }

    /// <summary>The day the resident said that it isn't their word: it stands struck, and counts as none.</summary>
    public DateOnly? ContestedOn { get; private set; }

    public DateTimeOffset? ContestedAt { get; private set; }

    public void Strike(DateOnly on, DateTimeOffset at) => (ContestedOn, ContestedAt) = (on, at);

    /// <summary>Whether the matter stands where this verdict led it: only then does striking it lead back.</summary>
    public bool IsWhereItStands(Appeal appeal) => Round == appeal.Round && appeal.State switch
    {
        AppealState.Satisfied => Closes,
        AppealState.Reopened => !Satisfied && !EndsInDisagreement,
        AppealState.Disagreed => EndsInDisagreement,
        _ => false,
    };
}
