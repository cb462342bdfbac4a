using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;

namespace Hele.Civic.Organizations;

/// <summary>What kind of reason it is. There is none for illness: somebody who is ill is on leave, and why is nobody's business here.</summary>
public enum AbsenceKind
{
    /// <summary>休假.</summary>
    Leave,

    /// <summary>学习培训.</summary>
    Training,

    /// <summary>公出.</summary>
    Errand,

    /// <summary>借调或抽调.</summary>
    Lent,

    /// <summary>其他.</summary>
    Other,
}

/// <summary>不在岗: that somebody who holds a post or sits in a body isn't there from a day to a day, and who stands in for them (代班).</summary>
public sealed class Absence : Owned
{
    public static readonly EventKind Erased = new("absence.erased", ("删除了不在岗的原因", "Erased why somebody was away")) { Whole = true };

    public string PublicCode { get; init; } = Kernel.PublicCode.New().Text;

    public required Guid PersonId { get; init; }

    /// <summary>Null once its time is over.</summary>
    public AbsenceKind? Kind { get; private set; }

    /// <summary>Who stands in; null where nobody does: then the rule of who helps finds somebody.</summary>
    public Guid? StandInId { get; private set; }

    public required DateOnly From { get; init; }

    /// <summary>Last day, inclusive.</summary>
    public DateOnly To { get; private set; }

    public required DateTimeOffset LoggedAt { get; init; }

    /// <summary>The day on which it was said that it isn't so: then nobody was away.</summary>
    public DateOnly? TakenBackOn { get; private set; }

    public static Absence Of(Guid person, AbsenceKind kind, Guid? standIn, DateOnly from, DateOnly to, DateTimeOffset at) =>
        new() { PersonId = person, Kind = kind, StandInId = standIn, From = from, To = to, LoggedAt = at };

    public void Change(DateOnly to, Guid? standIn) => (To, StandInId) = (to, standIn);

    public void TakeBack(DateOnly on) => TakenBackOn = on;

    public void Erase() => Kind = null;
}
