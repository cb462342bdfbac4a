using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Rules;
using Hele.Web.Hosting;
using Hele.Web.Pages.Exports;
using Hele.Web.Ui;

namespace Hele.Web.Pages.Rules;

/// <summary>Every time limit in force here today with where it comes from, as a file.</summary>
public sealed class RulesFile(RuleReader rules, CurrentViewer current, TimeProvider clock, Texts L) : ListFile
{
    public const string Path = "/rules/list.xlsx";

    public override string Code => "rules";
    public override Permission? Needs => null;

    public override Task<ListContent?> Read(ListQuery asked, CancellationToken cancel) => Task.FromResult<ListContent?>(ListContent.Of(L["规则与期限"], ListContent.Whole(() => Rows(cancel)),
    [
        new(L["规则分类"], r => L[r.Group], 20), new(L["事项"], r => L[r.Here.Rule.Subject], 32), new(L["期限"], r => L["{0}{1}|kind of limit and limit", r.Here.Rule.Kind.Text(), r.Here.Rule.Limit], 20), new(L["从何时算"], r => L[r.Here.Rule.Event], 24), new(L["由谁"], r => L[r.Here.Rule.Who]),
        new(L["依据"], r => L[r.Here.Rule.Source], 48), new(L["原文核对"], r => r.Here.Rule.Place.Length > 0 && r.Here.Rule.SourceStatus == SourceStatus.ReadLocal ? L["本辖区规定"] : L[r.Here.Rule.SourceStatus.Text()]), new(L["可否改动"], r => EditableText(L, current.Jurisdiction!, r.Here), 24),
    ]));

    private async Task<IReadOnlyList<(Bilingual Group, RuleHere Here)>> Rows(CancellationToken cancel) =>
        [.. RuleGroups.Of(await rules.InForce(current.Jurisdiction!, clock.Today(), cancel)).SelectMany(g => g.Rules, (g, here) => (g.Title, here))];

    /// <summary>How far the value can be changed and, where that isn't done here, who does it.</summary>
    internal static string EditableText(Texts L, Jurisdiction place, RuleHere here) => here.Rule.SetBy == SetBy.Nobody || here.Rule.IsSetIn(place.Level) ? L[here.Rule.Editable.Text()]
        : L["{0}，由{1}决定", here.Rule.Editable.Text(), here.By is { } by ? new Bilingual(by.Name, by.NameEn) : here.Rule.SetBy.Text()];
}
