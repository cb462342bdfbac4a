using Hele.Civic.Appeals;
using Hele.Civic.BreakGlass;
using Hele.Civic.Deliberations;
using Hele.Civic.Kernel;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Rules;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Rules;

/// <summary>A day that isn't an ordinary one.</summary>
public sealed record CalendarLine(DateOnly From, DateOnly To, Bilingual Name, bool Off, string? Source);

/// <summary>Every time limit in force here today with where it comes from, and the calendar working days are counted by.</summary>
[Public, Indexed]
public sealed class RulesModel(RuleReader rules, AppealQueries appeals, MethodQueries methods, TellRules telling, ModuleList modules, Site site, CurrentViewer current, TimeProvider clock, Texts L) : PageModel
{
    public IReadOnlyList<(string Id, Bilingual Title, IReadOnlyList<RuleHere> Rules)> Groups { get; private set; } = [];

    /// <summary>Values that are set and not in force yet.</summary>
    public IReadOnlyList<LocalValue> Coming { get; private set; } = [];

    /// <summary>For each kind of sealed value that can be opened in an emergency, whether its person is told; a rule of null: where none says otherwise, they are.</summary>
    public IReadOnlyList<(Bilingual What, TellRule? Rule)> Telling { get; private set; } = [];

    /// <summary>Why an appeal may not be accepted here today.</summary>
    public IReadOnlyList<RefusalReason> Refusals { get; private set; } = [];

    /// <summary>What will be said of them, and isn't yet.</summary>
    public IReadOnlyList<LocalReason> ComingReasons { get; private set; } = [];

    /// <summary>By which method the community decides today; null in a place that is no community, or before any binds.</summary>
    public MethodHere? Method { get; private set; }

    /// <summary>What was adopted, and isn't followed yet, the next one first.</summary>
    public IReadOnlyList<AdoptedMethod> ComingMethods { get; private set; } = [];

    /// <summary>The methods followed elsewhere.</summary>
    public IReadOnlyList<DecisionMethod> OtherMethods { get; private set; } = [];

    /// <summary>The limit that binds a step, as it is in force here.</summary>
    public Rule? LimitOf(DecisionStep step) => Groups.SelectMany(g => g.Rules).Select(r => r.Rule).FirstOrDefault(r => r.Id == step.Rule);

    public bool MayAdopt => current.Viewer?.PostFor(AdoptMethod.Permission) is not null;

    public bool MaySetReasons => current.Viewer?.PostFor(SetReason.Permission) is not null;

    public DateOnly Today { get; } = clock.Today();

    public int Year { get; private set; }

    public IReadOnlyList<int> Years { get; private set; } = [];

    public IReadOnlyList<CalendarLine> Calendar { get; private set; } = [];

    /// <summary>No notice has been published for this year, or it isn't in the data.</summary>
    public bool IsProvisional { get; private set; }

    public bool MaySet => current.Viewer?.PostFor(SetLocalRule.Permission) is not null;

    /// <summary>How far the value can be changed and, where that isn't done here, who does it.</summary>
    public string EditableText(RuleHere here) => RulesFile.EditableText(L, current.Jurisdiction!, here);

    public bool MaySetHere(RuleHere here) => MaySet && here.Rule.IsSetIn(current.Jurisdiction!.Level);

    public async Task<IActionResult> OnGetAsync(int? year)
    {
        if (current.Jurisdiction is null && (await site.Communities(HttpContext.RequestAborted)).Count > 0)
            return Redirect(PlaceHosting.ChooserFor(HttpContext));
        if (current.Jurisdiction is { } jurisdiction)
        {
            Groups = RuleGroups.Of(await rules.InForce(jurisdiction, Today, HttpContext.RequestAborted));
            Coming = await rules.Coming(jurisdiction, Today, HttpContext.RequestAborted);
            var reasons = await appeals.Reasons(jurisdiction, HttpContext.RequestAborted);
            Refusals = reasons.InForce(Today);
            ComingReasons = [.. reasons.History().Where(r => r.From > Today).OrderBy(r => r.From).ThenBy(r => r.SetAt)];
            if (jurisdiction.Level == JurisdictionLevel.Community)
            {
                var book = await methods.Methods(jurisdiction, HttpContext.RequestAborted);
                Method = book.InForce(Today);
                ComingMethods = [.. book.History.Where(m => m.From > Today).Reverse()];
                OtherMethods = [.. DecisionMethods.InForce(Today).Where(m => m.Code != Method?.Method.Code)];
            }
            Telling = [.. modules.EmergencySeals.Select(s => (s.Title, telling.InForce(s.Code, Today, jurisdiction.Code)))];
        }
        var calendar = ReferenceData.Calendar;
        Years = [.. calendar.Years.Append(Today.Year).Append(Today.Year + 1).Distinct().Order()];
        Year = year is { } asked && Years.Contains(asked) ? asked : Today.Year;
        IsProvisional = calendar.IsProvisional(new DateOnly(Year, 1, 1));
        Calendar = [.. Lines(calendar, Year)];
        return Page();
    }

    /// <summary>Neighbouring days of one festival as one line.</summary>
    private static IEnumerable<CalendarLine> Lines(WorkingCalendar calendar, int year)
    {
        CalendarLine? line = null;
        for (var day = new DateOnly(year, 1, 1); day.Year == year; day = day.AddDays(1))
        {
            var next = calendar.RowOf(day) is { } row ? new CalendarLine(day, day, row.Name, row.Off, row.Source)
                : calendar.IsProvisional(day) && WorkingCalendar.Festival(day) is { } festival ? new CalendarLine(day, day, festival, true, null)
                : null;
            if (line is not null && next is not null && line.Name == next.Name && line.Off == next.Off && line.Source == next.Source)
            {
                line = line with { To = day };
                continue;
            }
            if (line is not null)
                yield return line;
            line = next;
        }
        if (line is not null)
            yield return line;
    }
}
