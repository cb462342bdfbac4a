using Hele.Civic.Platform.Storage;

namespace Hele.Civic.Appeals;

/// <summary>Who sent a work order.</summary>
public enum OrderSource
{
    /// <summary>12345 政务服务便民热线.</summary>
    Hotline,
    Street,
}

/// <summary>工单: the number and the deadline under which 12345 or the street sent a matter, and the reply that went back to them.</summary>
public sealed class AppealOrder : Owned
{
    public const int NumberLength = 40, ReplyLength = AppealAnswer.TextLength;

    public required Guid AppealId { get; init; }
    public required OrderSource Source { get; init; }

    /// <summary>The sender's own number.</summary>
    public required string Number { get; init; }

    /// <summary>Last day for the reply, as the order says.</summary>
    public required DateOnly ReplyBy { get; init; }

    public required DateOnly ReceivedOn { get; init; }

    public DateOnly? RepliedOn { get; private set; }
    public string? ReplyText { get; private set; }
    public Guid? RepliedByPostId { get; private set; }

    public void Reply(Guid post, string text, DateOnly on) => (RepliedByPostId, ReplyText, RepliedOn) = (post, text, on);
}
