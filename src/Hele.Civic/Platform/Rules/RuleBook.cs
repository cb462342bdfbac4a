using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Platform.Rules;

/// <summary>A jurisdiction's own value for a rule that leaves room for one, from a day on. Never changed: a new value is a new row.</summary>
public sealed class LocalRule : Owned
{
    public const int CitationLength = 200;

    public required string RuleId { get; init; }

    /// <summary>In the rule's own unit.</summary>
    public required int Amount { get; init; }

    public required DateOnly From { get; init; }

    /// <summary>Where the local value comes from: a notice, a meeting's decision.</summary>
    public required string Citation { get; init; }

    public required DateTimeOffset SetAt { get; init; }
}

/// <summary>The rules in force for a jurisdiction: the shipped set with the jurisdiction's own values over it, where it is the one that sets them.</summary>
public static class RuleBook
{
    /// <summary>Whether a jurisdiction of this level sets a value of its own.</summary>
    public static bool IsSetIn(this Rule rule, JurisdictionLevel level) => rule.SetBy switch
    {
        SetBy.Nobody => false,
        SetBy.Each => true,
        SetBy.Community => level == JurisdictionLevel.Community,
        SetBy.Subdistrict => level == JurisdictionLevel.Subdistrict,
        _ => level == JurisdictionLevel.District,
    };

    private static readonly Compiled<Func<HeleDb, int, string, DateOnly, Task<LocalRule?>>> Newest = new(() => EF.CompileAsyncQuery((HeleDb db, int jurisdiction, string rule, DateOnly date) =>
        db.Set<LocalRule>().AsNoTracking().Where(r => r.JurisdictionId == jurisdiction && r.RuleId == rule && r.From <= date).OrderByDescending(r => r.From).ThenByDescending(r => r.SetAt).FirstOrDefault()));

    /// <summary>The rule in force at a date in the jurisdiction that sets it, within the reader's or the act's scope.</summary>
    /// <exception cref="InvalidOperationException">It is set at another level: asked here, the answer would pass over the value that counts.</exception>
    public static async Task<Rule> InForce(HeleDb db, Jurisdiction jurisdiction, string rule, DateOnly date)
    {
        var shipped = ReferenceData.Rules.InForce(rule, date, jurisdiction.Code);
        if (shipped.SetBy == SetBy.Nobody)
            return shipped;
        if (!shipped.IsSetIn(jurisdiction.Level))
            throw new InvalidOperationException($"The rule {rule} is set by the {shipped.SetBy}; {jurisdiction.Code} is none.");
        var local = await Newest.For(db)(db, jurisdiction.Id, rule, date);
        return local is null ? shipped : Apply(shipped, local, jurisdiction);
    }

    /// <summary>Every rule in force at a date, with the values set here.</summary>
    public static async Task<IReadOnlyList<Rule>> All(HeleDb db, Jurisdiction jurisdiction, DateOnly date, CancellationToken cancel = default)
    {
        var locals = await db.Set<LocalRule>().Where(r => r.JurisdictionId == jurisdiction.Id && r.From <= date).ToListAsync(cancel);
        return [.. ReferenceData.Rules.All.Select(r => r.Id).Distinct().Select(id => ReferenceData.Rules.Find(id, date, jurisdiction.Code)).OfType<Rule>().Select(rule =>
            locals.Where(l => l.RuleId == rule.Id && rule.IsSetIn(jurisdiction.Level)).OrderByDescending(l => l.From).ThenByDescending(l => l.SetAt).FirstOrDefault() is { } local ? Apply(rule, local, jurisdiction) : rule)];
    }

    private static Rule Apply(Rule shipped, LocalRule local, Jurisdiction jurisdiction) => shipped with
    {
        Amount = local.Amount, Source = (local.Citation, local.Citation), SourceStatus = SourceStatus.ReadLocal, From = local.From, Place = jurisdiction.Code,
    };
}

/// <summary>Sets a jurisdiction's own value for a rule, from a day on.</summary>
public sealed class SetLocalRule(Writer writer, JurisdictionDirectory jurisdictions)
{
    public static readonly Permission Permission = new("rule.set", ("设定本地时限", "Set a local limit"), [Role.Secretary, Role.SubdistrictOfficer, Role.DistrictOfficer]);
    public static readonly EventKind Set = new("rule.set", ("设定了本地时限", "Set a local limit"));

    public static readonly Problem Unknown = new("rule.unknown", ("没有这条规则。", "There is no such rule."), Kind: ProblemKind.NotFound);
    public static readonly Problem Elsewhere = new("rule.elsewhere", ("这一时限由{0}决定，不在这里设定。", "This limit is set by {0}, not here."), Kind: ProblemKind.Conflict);
    public static readonly Problem AmountTooLarge = new("rule.amount-too-large", ("最多可设为{0}。", "It can be set to at most {0}."), nameof(Input.Amount));
    public static readonly Problem CitationMissing = new("rule.citation-missing", ("请写明依据（文件名称或会议决定）。", "Say what it rests on: the name of the document or the decision."), nameof(Input.Citation));
    public static readonly Problem NotBackwards = new("rule.not-backwards", ("新的时限不能从过去的日期起执行：已经算出的期限不会倒改。", "A new limit can't start in the past: deadlines already set are not rewritten."), nameof(Input.From));

    /// <summary>About ten years (a century for years), ten times: beyond that it is a slip, and a deadline must stay a date.</summary>
    public static int Most(RuleUnit unit) => unit switch
    {
        RuleUnit.Hour => 10 * 8784,
        RuleUnit.WorkDay => 10 * 250,
        RuleUnit.Day => 10 * 366,
        RuleUnit.Month => 10 * 12,
        RuleUnit.Time => 10,
        RuleUnit.Minute => 120,
        RuleUnit.Second => 600,
        RuleUnit.CentimetrePerSecond => 300,
        RuleUnit.Person or RuleUnit.Household => 1000,
        _ => 100,
    };

    public sealed record Input(string RuleId, int Amount, DateOnly From, string? Citation);

    public Task<Outcome> Run(Act act, Input input, CancellationToken cancel = default) => writer.Write(act, Permission.Code, input, async scope =>
    {
        var jurisdiction = await jurisdictions.Get(scope.Db, act.JurisdictionId);
        var rule = ReferenceData.Rules.Find(input.RuleId, input.From, jurisdiction.Code);
        if (rule is null)
            return Unknown;
        if (rule.SetBy != SetBy.Nobody && !rule.IsSetIn(jurisdiction.Level))
            return Elsewhere.With(rule.SetBy.Text());
        var problems = new List<Problem>();
        if (rule.MayChange(input.Amount, jurisdiction.Code) is { } refused)
            problems.Add(refused);
        else if (input.Amount > Most(rule.Unit))
            problems.Add(AmountTooLarge.With(Most(rule.Unit)));
        var citation = ChineseText.Normalize(input.Citation);
        if (citation.Length is 0 or > LocalRule.CitationLength)
            problems.Add(CitationMissing);
        if (input.From < scope.Today)
            problems.Add(NotBackwards);
        if (problems.Count > 0)
            return Outcome.Refused(problems);
        scope.Add(new LocalRule { RuleId = rule.Id, Amount = input.Amount, From = input.From, Citation = citation, SetAt = scope.Now }, Set);
        return Outcome.Ok(rule.Id);
    }, cancel);
}
