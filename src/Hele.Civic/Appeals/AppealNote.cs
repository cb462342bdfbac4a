using Hele.Civic.Kernel;
using Hele.Civic.Platform.Storage;

namespace Hele.Civic.Appeals;

/// <summary>What a note says of an appeal.</summary>
public enum NoteKind
{
    Refused,
    Contested,
    Overruled,
    Upheld,
    HandedBack,
    PassedOn,
    Withdrawn,
    Resumed,
    StillSolved,
    NotSolved,
    ResidentStatement,
    CommunityStatement,

    /// <summary>A post asked who raised it, saying what for.</summary>
    NameOpened,

    /// <summary>Its kind was put right; the reason column has the new kind's code.</summary>
    KindCorrected,

    /// <summary>Whoever filed it withdrew, and it goes on for those who joined.</summary>
    SteppedBack,

    /// <summary>It goes along with an earlier matter that is the same.</summary>
    Merged,

    /// <summary>It is handled by itself again.</summary>
    Split,

    /// <summary>The resident said that a verdict entered for them isn't theirs.</summary>
    VerdictContested,

    /// <summary>Whoever supervises asked how that came, and says what they found.</summary>
    ContestLookedInto,

    /// <summary>The first response to an urgent matter.</summary>
    Responded,
}

/// <summary>A step of an appeal that is neither answer nor verdict, with the words that were given. Each stands for good.</summary>
public sealed class AppealNote : Owned
{
    public const int TextLength = 500, ReasonLength = 30;

    public required Guid AppealId { get; init; }
    public required NoteKind Kind { get; init; }

    /// <summary>How many answers the appeal had had.</summary>
    public required int Round { get; init; }

    /// <summary>Code of the reason of a refusal (data/refusal-reasons.csv), or of the kind it was put right to.</summary>
    public string? Reason { get; init; }

    public string? Text { get; init; }

    /// <summary>By which door the resident's word came in; of the community's own notes it says nothing.</summary>
    public Channel Channel { get; init; } = Channel.Web;

    /// <summary>The post that said it, or took the resident's word down; null when the resident wrote it.</summary>
    public Guid? PostId { get; init; }

    /// <summary>The post that it was handed to.</summary>
    public Guid? ToPostId { get; init; }

    public required DateOnly SaidOn { get; init; }
    public required DateTimeOffset LoggedAt { get; init; }

    /// <summary>Cleaned words; null for none.</summary>
    internal static string? Words(string? text) => ChineseText.Clean(text) is { Length: > 0 } said ? said : null;

    /// <summary>What is wrong with the words of a note.</summary>
    /// <param name="missing">What is said when there are none; null when there need be none.</param>
    internal static List<Problem> Check(string? text, Problem? missing)
    {
        var said = Words(text);
        return said is null ? (missing is null ? [] : [missing]) : said.Length > TextLength ? [AppealProblems.NoteTooLong.With(TextLength, said.Length)] : [];
    }
}
