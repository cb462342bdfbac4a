using Hele.Civic.Thanks;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Html;

namespace Hele.Web.Pages.Thanks;

/// <summary>The addresses of pennants and thanks.</summary>
public static class ThanksLinks
{
    public const string List = "/thanks", New = "/thanks/new", Taking = "/thanks/record", Records = "/thanks/records";

    public static string Of(string code) => "/thanks/" + code;

    /// <summary>Thanks from the end of one's own appeal.</summary>
    public static string For(string appeal) => $"{New}?appeal={appeal}";
}

/// <summary>What the pages about thanks call things.</summary>
public static class ThanksWords
{
    public static string Kind(this Texts L, ThanksKind kind) => kind switch
    {
        ThanksKind.Pennant => L["锦旗"],
        ThanksKind.Letter => L["感谢信"],
        _ => L["口头的感谢"],
    };

    public static string Door(this Texts L, ThanksDoor door) => door switch
    {
        ThanksDoor.Web => L["网上写的"],
        ThanksDoor.Counter => L["当面"],
        ThanksDoor.Phone => L["电话"],
        _ => L["寄来"],
    };

    public static string Shown(this Texts L, ThanksShown shown) => shown switch
    {
        ThanksShown.Surname => L["可以公开，写成“某某”，例如“刘某”"],
        ThanksShown.Unnamed => L["可以公开，不写姓名"],
        _ => L["不公开|thanks"],
    };

    public static string State(this Texts L, ThanksState state) => L[ThanksRecord.LifeCycle.StateTitle(state)];

    public static IHtmlContent Badge(this Texts L, ThanksState state) => StateTagHelper.Badge(state switch
    {
        ThanksState.Public => Tone.Done,
        ThanksState.Waiting => Tone.Progress,
        ThanksState.Rejected => Tone.Refused,
        _ => Tone.Neutral,
    }, L.State(state));

    /// <summary>Who wrote it, as everybody may know: the giver, or the community in the giver's name.</summary>
    public static string WrittenBy(this Texts L, ThanksDoor door) => door == ThanksDoor.Web ? L["感谢人自己在网上写的"] : L["社区代感谢人登记"];

    /// <summary>What can be thanked, in groups; what belongs to a matter first.</summary>
    public static IReadOnlyList<Option> Whom(this Texts L, IReadOnlyList<WhomLine> lines, IReadOnlyList<ThanksWhom>? first = null)
    {
        first ??= [];
        return [.. lines.OrderBy(l => first.Contains(l.Whom) ? 0 : l.Whom.Kind switch { ThankedKind.Holder => 1, ThankedKind.Grid => 2, ThankedKind.Post => 3, _ => 4 })
            .Select(l => new Option(l.Whom.ToString(), l.Person is { } person ? L["{0}（{1}）", person, l.Name] : l.Name)
            {
                Group = first.Contains(l.Whom) ? L["办这件事的"] : l.Whom.Kind switch { ThankedKind.Holder => L["岗位上的人"], ThankedKind.Grid => L["网格"], ThankedKind.Post => L["岗位"], _ => L["组织和团队"] },
            })];
    }
}
