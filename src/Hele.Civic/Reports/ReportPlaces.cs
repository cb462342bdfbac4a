using Hele.Civic.Kernel;

namespace Hele.Civic.Reports;

/// <summary>The places of <see cref="ReportOutline"/> where a story or a signed statement can stand, by a code that stands in rows: never used for another.</summary>
public static class ReportPlaces
{
    public const int CodeLength = 20;

    public static IReadOnlyList<(string Code, ReportPlace Place)> All { get; } =
    [
        ("co-building", ReportOutline.CoBuilding), ("branches", ReportOutline.Branches), ("teams", ReportOutline.Teams), ("paired-help", ReportOutline.PairedHelp),
        ("workers", ReportOutline.Workers), ("members", ReportOutline.Members), ("volunteers", ReportOutline.Volunteers),
        ("deliberations", ReportOutline.Deliberations), ("judgement", ReportOutline.Judgement), ("mediation", ReportOutline.Mediation),
        ("services", ReportOutline.Services), ("care", ReportOutline.Care), ("circle", ReportOutline.Circle), ("supervision", ReportOutline.Supervision), ("honours", ReportOutline.Honours),
    ];

    /// <summary>Null for a code that is none.</summary>
    public static ReportPlace? Find(string? code) => All.FirstOrDefault(p => p.Code == code).Place;

    public static Bilingual TitleOf(string code) => Find(code)?.Title ?? (code, code);
}
