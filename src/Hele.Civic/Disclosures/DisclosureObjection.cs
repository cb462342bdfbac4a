using Hele.Civic.Platform.Storage;

namespace Hele.Civic.Disclosures;

/// <summary>How an objection came.</summary>
public enum ObjectionDoor
{
    Web,
    Counter,
    Phone,
    Mail,
}

/// <summary>
/// 异议: somebody says, signed in or not, that what is up isn't so. Its words aren't public; what whoever answers writes of them is, with the answer. Of a kind with personal data the words are sealed: they tell of a household.
/// </summary>
public sealed class DisclosureObjection : Owned
{
    public const int TextLength = 1000, AskedLength = 500, AnswerLength = 1000;

    public string PublicCode { get; init; } = Kernel.PublicCode.New().Text;
    public required Guid DisclosureId { get; init; }
    public required ObjectionDoor Door { get; init; }

    /// <summary>Whoever wrote it, when they were signed in. Shown to nobody.</summary>
    public Guid? SenderId { get; private set; }

    /// <summary>Who took it down for somebody.</summary>
    public Guid? EnteredByPostId { get; init; }

    public string? Text { get; private set; }
    public byte[]? TextSealed { get; private set; }
    public required DateOnly FiledOn { get; init; }
    public required DateTimeOffset FiledAt { get; init; }
    public required DateOnly DueOn { get; init; }

    /// <summary>What was objected, as the public reads it.</summary>
    public string? Asked { get; private set; }

    public string? Answer { get; private set; }

    /// <summary>The disclosure will be put right because of it.</summary>
    public bool IsRight { get; private set; }

    public Guid? AnsweredByPostId { get; private set; }
    public DateOnly? AnsweredOn { get; private set; }
    public DateTimeOffset? AnsweredAt { get; private set; }

    public void Write(Guid? sender, string? text, byte[]? textSealed) => (SenderId, Text, TextSealed) = (sender, text, textSealed);

    public void AnswerIt(string asked, string answer, bool isRight, Guid post, DateOnly on, DateTimeOffset at) => (Asked, Answer, IsRight, AnsweredByPostId, AnsweredOn, AnsweredAt) = (asked, answer, isRight, post, on, at);

    public void Erase() => (SenderId, Text, TextSealed) = (null, null, null);
}
