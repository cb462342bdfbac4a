using Hele.Civic.Disclosures;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Rules;
using Hele.Civic.Platform.Storage;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Disclosures.Catalogue;

/// <summary>What must be put up, by whom, how often and how long, with what this community did of it and what is due.</summary>
[Public, Indexed]
public sealed class CatalogueModel(DisclosureQueries queries, ReadSession read, CurrentViewer current, Site site, TimeProvider clock, Texts L) : PageModel
{
    private Dictionary<string, Rule> _rules = [];

    public IReadOnlyList<CatalogueLine> Lines { get; private set; } = [];
    public IEnumerable<DisclosureKind> Never => DisclosureKinds.All.Where(k => k.Nature == DisclosureNature.Never);
    public DateOnly Today => clock.Today();

    public Rule? Every(DisclosureKind kind) => kind.Every is { } rule ? _rules.GetValueOrDefault(rule) : null;
    public Rule Least(DisclosureKind kind) => _rules[kind.Min!];
    public Rule Answer(DisclosureKind kind) => _rules[kind.Answer!];
    public bool IsDefault(string? rule) => rule is not null && _rules.GetValueOrDefault(rule) is { IsVerified: false };
    public bool MayWrite(DisclosureKind kind) => DisclosureAccess.MayWrite(current.Viewer, kind);
    public string Roles(IReadOnlyList<Role> roles) => string.Join(L["、"], roles.Select(r => L[r.Title()]));

    public async Task<IActionResult> OnGetAsync()
    {
        var cancel = HttpContext.RequestAborted;
        if (current.Jurisdiction is not { Level: JurisdictionLevel.Community } here)
            return current.Viewer is null && (await site.Communities(cancel)).Count > 0 ? Redirect(PlaceHosting.ChooserFor(HttpContext)) : NotFound();
        _rules = (await RuleBook.All(await read.Db(cancel), here, Today, cancel)).ToDictionary(r => r.Id);
        Lines = await queries.Catalogue(here, cancel);
        return Page();
    }
}
