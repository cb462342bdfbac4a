using Hele.Civic.Platform.Journal;

namespace Hele.Civic.Organizations;

/// <summary>What can happen to bodies and their seats.</summary>
public static class OrganizationEvents
{
    public static readonly EventKind Established = new("body.established", ("成立了组织", "Established a body"));
    public static readonly EventKind Corrected = new("body.corrected", ("更正了组织", "Corrected a body"));
    public static readonly EventKind Dissolved = new("body.dissolved", ("撤销了组织", "Dissolved a body"));
    public static readonly EventKind TermBegan = new("body.term-began", ("新一届开始", "A term began"));
    public static readonly EventKind TermEnded = new("body.term-ended", ("一届结束", "A term ended"));
    public static readonly EventKind PlaceTaken = new("body.place-taken", ("划归组织负责", "A place came to a body"));
    public static readonly EventKind PlaceGiven = new("body.place-given", ("不再由组织负责", "A place left a body"));
    public static readonly EventKind Seated = new("seat.taken", ("任职", "Took a seat"));
    public static readonly EventKind Unseated = new("seat.ended", ("离任", "Left a seat"));
    public static readonly EventKind HolderDied = new("seat.holder-died", ("因去世离任", "The seat ended with a death"));
    public static readonly EventKind HolderErased = new("seat.holder-erased", ("任职人的信息已删除，席位空出", "The seat ended: its holder's data were erased"));
    public static readonly EventKind HolderLeft = new("seat.holder-left", ("因离开本社区离任", "The seat ended: its holder left the community"));
    public static readonly EventKind Resumed = new("seat.resumed", ("更正后恢复任职", "The seat goes on: what ended it was a mistake"));

    public static readonly EventKind DutyTaken = new("duty.taken", ("承担分工", "Took on a duty"));
    public static readonly EventKind DutyGiven = new("duty.ended", ("分工结束", "Gave a duty up"));
    public static readonly EventKind Away = new("absence.said", ("登记了不在岗", "Registered that somebody is away"));
    public static readonly EventKind AwayChanged = new("absence.changed", ("更改了不在岗的日期或代班", "Changed until when somebody is away, or who stands in"));
    public static readonly EventKind AwayTakenBack = new("absence.taken-back", ("撤销了不在岗的登记", "Took back that somebody is away"));

    public static IEnumerable<EventKind> All => [DutyTaken, DutyGiven, Away, AwayChanged, AwayTakenBack, Absence.Erased, Established, Corrected, Dissolved, TermBegan, TermEnded, PlaceTaken, PlaceGiven, Seated, Unseated, HolderDied, HolderErased, HolderLeft, Resumed];
}
