using Hele.Civic.Kernel;

namespace Hele.Civic.Organizations;

/// <summary>What kind of body it is. What each is called and which seats it has stands in data/bodies.csv.</summary>
public enum BodyKind
{
    /// <summary>居民委员会.</summary>
    ResidentsCommittee,

    /// <summary>居务监督委员会.</summary>
    SupervisionCommittee,

    /// <summary>居民小组: whose representatives, together with the residents' committee, make the meeting of representatives.</summary>
    ResidentGroup,

    /// <summary>楼栋长: one body for all of them, each seat for a building.</summary>
    BuildingLeads,

    /// <summary>社区党委.</summary>
    PartyCommittee,

    /// <summary>网格党支部: of one grid, or of some of its buildings.</summary>
    GridBranch,

    /// <summary>联合党支部: of grids that have too few members each.</summary>
    JointBranch,

    /// <summary>功能型党支部 (the volunteers'): whose members keep their own branches; it is no grid's.</summary>
    FunctionalBranch,

    /// <summary>党小组 of adjacent buildings.</summary>
    PartyGroup,

    /// <summary>“1+X”服务团队 of a grid.</summary>
    ServiceTeam,
}

/// <summary>What somebody is in a body. A seat is no post: it gives no authority in this program.</summary>
public enum SeatKind
{
    Head,
    Deputy,
    Member,
    Organization,
    Publicity,
    Discipline,
    Representative,
    Lead,
    Cadre,
    BranchSecretary,
    AuxiliaryPolice,
    KeyMember,
    Volunteer,
    InServiceMember,
}

/// <summary>Which places a kind of body is for.</summary>
public enum Reach
{
    /// <summary>The whole community, or nowhere in particular.</summary>
    None,

    /// <summary>One grid.</summary>
    Grid,

    /// <summary>One grid, or some buildings of one.</summary>
    GridOrBuildings,

    /// <summary>Two grids or more.</summary>
    Grids,

    /// <summary>Some buildings.</summary>
    Buildings,
}

/// <summary>One kind of seat of a kind of body.</summary>
/// <param name="Wanted">How many there have to be; fewer is a vacancy.</param>
/// <param name="Most">How many there can be; null for any number.</param>
/// <param name="IsPublic">Whether everybody may know who sits there.</param>
public sealed record SeatType(SeatKind Kind, Bilingual Title, int Wanted, int? Most, bool IsPublic, Bilingual Source, bool IsVerified);

/// <summary>A kind of body as data/bodies.csv describes it, with what the program does differently for it.</summary>
public sealed record BodyType(BodyKind Kind, Bilingual Title, IReadOnlyList<SeatType> Seats)
{
    public bool IsParty => Kind is BodyKind.PartyCommittee or BodyKind.GridBranch or BodyKind.JointBranch or BodyKind.FunctionalBranch or BodyKind.PartyGroup;
    public bool IsBranch => BodyKinds.Branches.Contains(Kind);

    /// <summary>A community has one of it.</summary>
    public bool IsSingle => Kind is BodyKind.ResidentsCommittee or BodyKind.SupervisionCommittee or BodyKind.PartyCommittee or BodyKind.BuildingLeads;

    public Reach Reach => Kind switch
    {
        BodyKind.GridBranch => Reach.GridOrBuildings,
        BodyKind.JointBranch => Reach.Grids,
        BodyKind.PartyGroup or BodyKind.ResidentGroup => Reach.Buildings,
        BodyKind.ServiceTeam => Reach.Grid,
        _ => Reach.None,
    };

    /// <summary>Rule of how long its term is; null for a body without terms.</summary>
    public string? TermRule => Kind switch
    {
        BodyKind.ResidentsCommittee or BodyKind.SupervisionCommittee or BodyKind.ResidentGroup => "body.term.committee",
        BodyKind.PartyCommittee or BodyKind.GridBranch or BodyKind.JointBranch => "body.term.party",
        _ => null,
    };

    /// <summary>Rules of how few and how many sit in it; null for a body of any size.</summary>
    public (string Least, string Most)? SizeRules => Kind switch
    {
        BodyKind.ResidentsCommittee => ("body.committee.least", "body.committee.most"),
        BodyKind.SupervisionCommittee => ("body.supervision.least", "body.supervision.most"),
        _ => null,
    };

    public SeatType? Seat(SeatKind kind) => Seats.FirstOrDefault(s => s.Kind == kind);
}

/// <summary>The kinds of bodies and their seats, from data/bodies.csv: reference data, not code.</summary>
public static class BodyKinds
{
    public static readonly BodyKind[] Branches = [BodyKind.GridBranch, BodyKind.JointBranch, BodyKind.FunctionalBranch];

    private static readonly Lazy<IReadOnlyList<(BodyKind Kind, Bilingual? Title, SeatType Seat, DateOnly? From, DateOnly? To)>> Rows = new(() =>
        [.. Csv.Load(ReferenceData.Path("bodies.csv")).Select(row => (row.Get("kind", RuleSet.Named<BodyKind>), row["kind_zh"].Length > 0 ? new Bilingual(row["kind_zh"], row["kind_en"]) : (Bilingual?)null,
            new SeatType(row.Get("seat", RuleSet.Named<SeatKind>), (row["zh"], row["en"]), row.Get("wanted", Number), row["most"].Length == 0 ? null : row.Get("most", Number), row["public"] == "yes",
                (row["source"], row["source_en"]), row["source_status"] == "read"), row.Date("from"), row.Date("to")))]);

    /// <summary>A kind as it is described on a day.</summary>
    public static BodyType On(BodyKind kind, DateOnly day) => new(kind, Rows.Value.First(r => r.Kind == kind && r.Title is not null).Title!.Value,
        [.. Rows.Value.Where(r => r.Kind == kind && (r.From is null || r.From <= day) && (r.To is null || r.To >= day)).Select(r => r.Seat)]);

    public static Bilingual Title(this BodyKind kind) => Rows.Value.First(r => r.Kind == kind && r.Title is not null).Title!.Value;

    /// <summary>What a seat is called in a kind of body: the head of a committee is 主任, of a branch 支部书记.</summary>
    public static Bilingual Title(this SeatKind seat, BodyKind kind) => Rows.Value.Last(r => r.Kind == kind && r.Seat.Kind == seat).Seat.Title;

    /// <summary>The seats of which everybody may know who sits there.</summary>
    public static IReadOnlyList<(BodyKind Kind, SeatKind Seat)> Public { get; } = [.. Rows.Value.Where(r => r.Seat.IsPublic && r.To is null).Select(r => (r.Kind, r.Seat.Kind))];

    private static int Number(string text) => int.Parse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture);
}
