using Hele.Civic.Disclosures;
using Hele.Civic.Kernel;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Html;

namespace Hele.Web.Pages.Disclosures;

/// <summary>The addresses of the board and of the work on it.</summary>
public static class DisclosureLinks
{
    public const string Board = "/board", Past = "/board?Past=true", Catalogue = "/board/catalogue", Desk = "/disclosures", New = "/disclosures/new";

    /// <summary>What anybody reads.</summary>
    public static string Shown(string code) => $"{Board}/{code}";

    public static string Sheet(string code) => Shown(code) + "/sheet";

    public static string Proof(string code) => Shown(code) + "/proof";

    /// <summary>Where it is written, checked and answered.</summary>
    public static string Of(string code) => $"{Desk}/{code}";

    public static string Due(string code) => $"{Desk}/due/{code}";

    public static string Write(DisclosureKind kind, Period? covers = null) => $"{New}?kind={kind.Code}" + (covers is { } period ? $"&covers={period}" : "");

    /// <summary>The newest as an Atom feed.</summary>
    public static string Feed(string community) => $"{Board}/feed/{community}";
}

/// <summary>A content before a reader.</summary>
/// <param name="IsStruck">It was corrected since.</param>
public sealed record ContentView(DisclosureKind Kind, DisclosureContent Content, bool IsStruck = false);

/// <summary>What the pages about disclosures call things.</summary>
public static class DisclosureWords
{
    public static string State(this Texts L, DisclosureState state) => L[Disclosure.LifeCycle.StateTitle(state)];

    public static IHtmlContent Badge(this Texts L, DisclosureState state) => StateTagHelper.Badge(state switch
    {
        DisclosureState.Shown or DisclosureState.Archived => Tone.Done,
        DisclosureState.Waiting or DisclosureState.Checked => Tone.Progress,
        DisclosureState.Returned or DisclosureState.Withdrawn => Tone.Refused,
        _ => Tone.Neutral,
    }, L.State(state));

    public static string Phase(this Texts L, DisclosurePhase phase) => phase switch
    {
        DisclosurePhase.Up => L["公开中|disclosure"],
        DisclosurePhase.Over => L["已期满"],
        _ => L["提前撤下|state"],
    };

    public static IHtmlContent Badge(this Texts L, DisclosurePhase phase) => StateTagHelper.Badge(phase switch { DisclosurePhase.Up => Tone.Progress, DisclosurePhase.Over => Tone.Neutral, _ => Tone.Refused }, L.Phase(phase));

    public static string Why(this Texts L, WithdrawReason why) => why switch
    {
        WithdrawReason.PersonalData => L["公开了不该公开的个人信息"],
        WithdrawReason.Mistake => L["公布错了，事情不是这样"],
        _ => L["法院或者主管部门要求撤下"],
    };

    public static string Door(this Texts L, ObjectionDoor door) => door switch
    {
        ObjectionDoor.Web => L["网上提的"],
        ObjectionDoor.Counter => L["当面提的"],
        ObjectionDoor.Phone => L["电话提的"],
        _ => L["来信提的"],
    };

    /// <summary>What it is called where no title may stand: its kind, and the period it is about.</summary>
    public static string Name(this Texts L, DisclosureKind kind, Period? covers, string? title) =>
        title ?? (covers is { } period ? L["{0}：{1}", L[kind.Title], L[period.Title]] : L[kind.Title]);

    /// <summary>A value of a field as a reader reads it.</summary>
    public static string Value(this Texts L, Fmt fmt, DisclosureField field, string stored) => field.Type switch
    {
        FieldType.Money => new Money(DisclosureContent.Number(stored)).ToString(),
        FieldType.Number => fmt.Number(DisclosureContent.Number(stored)),
        FieldType.Date => fmt.Date(DateOnly.ParseExact(stored, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)),
        _ => stored,
    };

    public static IReadOnlyList<Option> Kinds(this Texts L, IEnumerable<DisclosureKind> kinds) =>
        [.. kinds.Select(k => new Option(k.Code, L[k.Title]) { Group = k.Nature == DisclosureNature.Notice ? L["公示（决定以前，可以提异议）"] : L["居务公开"] })];
}
