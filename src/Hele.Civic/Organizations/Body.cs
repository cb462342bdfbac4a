using Hele.Civic.Platform.Storage;

namespace Hele.Civic.Organizations;

/// <summary>A committee, branch, group or team of a community, from a day to a day. Nothing of it is overwritten: terms, places and seats each have their own days.</summary>
public sealed class Body : Owned
{
    public const int NameLength = 40, SpecialityLength = 60, PhoneLength = 30, ReasonLength = 200;

    public string PublicCode { get; init; } = Kernel.PublicCode.New().Text;

    public required BodyKind Kind { get; init; }

    /// <summary>第三网格第一党支部.</summary>
    public required string Name { get; set; }

    /// <summary>The body above it: a branch's committee, a group's branch.</summary>
    public Guid? ParentId { get; set; }

    /// <summary>特色服务: what a branch or team is known for.</summary>
    public string? Speciality { get; set; }

    /// <summary>A telephone of the body, shown in public: never a person's own.</summary>
    public string? DutyPhone { get; set; }

    public required DateOnly From { get; init; }

    /// <summary>Last day, inclusive; null while it exists.</summary>
    public DateOnly? To { get; private set; }

    public required DateTimeOffset LoggedAt { get; init; }
    public DateTimeOffset? EndedAt { get; private set; }

    public void EndOn(DateOnly last, DateTimeOffset at) => (To, EndedAt) = (last, at);
}

/// <summary>一届: a body's term. A body without terms has one that never ends.</summary>
public sealed class BodyTerm : Owned
{
    public required Guid BodyId { get; init; }

    /// <summary>第几届.</summary>
    public required int Number { get; init; }

    public required DateOnly From { get; init; }

    /// <summary>The last day it can have, by the rule in force when it began; null for a body without terms.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>How many are to sit in it (应选名额); null where only the wanted seats count.</summary>
    public int? Size { get; init; }

    /// <summary>How many full members a branch had when it began, as was stated; no list of them is kept here.</summary>
    public int? Members { get; init; }

    /// <summary>Last day, inclusive; null while it lasts.</summary>
    public DateOnly? To { get; private set; }

    public void EndOn(DateOnly last) => To = last;
}

/// <summary>That a body is for a grid or a building, from a day to a day.</summary>
public sealed class BodyPlace : Owned
{
    public required Guid BodyId { get; init; }
    public Guid? GridId { get; init; }
    public Guid? BuildingId { get; init; }
    public required DateOnly From { get; init; }

    /// <summary>Last day, inclusive; null while it is.</summary>
    public DateOnly? To { get; private set; }

    public void EndOn(DateOnly last) => To = last;
}

/// <summary>How somebody came to a seat.</summary>
public enum SeatWay
{
    /// <summary>选举或推选.</summary>
    Elected,

    /// <summary>补选.</summary>
    ByElection,

    /// <summary>任命或委派.</summary>
    Appointed,

    /// <summary>聘任.</summary>
    Engaged,
}

/// <summary>Why somebody left a seat.</summary>
public enum SeatEnd
{
    /// <summary>任期届满.</summary>
    TermOver,

    /// <summary>辞职.</summary>
    Resigned,

    /// <summary>罢免或免职.</summary>
    Removed,

    /// <summary>连续两次评议不称职.</summary>
    Unfit,

    /// <summary>依法自行终止; which of the law's causes is not kept.</summary>
    ByLaw,

    /// <summary>工作调整.</summary>
    Moved,

    /// <summary>离开本社区.</summary>
    Left,

    /// <summary>去世.</summary>
    Died,

    /// <summary>组织撤销.</summary>
    Dissolved,

    /// <summary>本人信息已删除: nobody is known to sit there any more.</summary>
    Erased,
}

/// <summary>席位: that somebody sits in a body, from a day to a day.</summary>
public sealed class Seat : Owned
{
    public string PublicCode { get; init; } = Kernel.PublicCode.New().Text;

    public required Guid BodyId { get; init; }

    /// <summary>The body's kind, which never changes: what the seat is called follows from both.</summary>
    public required BodyKind Of { get; init; }

    public required SeatKind Kind { get; init; }
    public required Guid TermId { get; init; }
    public required Guid PersonId { get; init; }
    public required SeatWay How { get; init; }

    /// <summary>How many households a residents' representative speaks for; null for every other seat.</summary>
    public int? Households { get; init; }

    /// <summary>The building of a building lead; null for every other seat.</summary>
    public Guid? BuildingId { get; init; }

    /// <summary>They declared that no near relative of theirs sits where the law forbids it; null where it forbids nothing. Who is whose relative is not kept.</summary>
    public bool? DeclaredNoKin { get; init; }

    public required DateOnly From { get; init; }

    /// <summary>Last day, inclusive; null while they sit.</summary>
    public DateOnly? To { get; private set; }

    public SeatEnd? Ended { get; private set; }
    public required DateTimeOffset LoggedAt { get; init; }
    public DateTimeOffset? EndedAt { get; private set; }

    public void End(DateOnly last, SeatEnd why, DateTimeOffset at) => (To, Ended, EndedAt) = (last, why, at);

    /// <summary>What ended it was a mistake.</summary>
    public void Resume() => (To, Ended, EndedAt) = (null, null, null);
}
