using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Platform.Rules;

/// <summary>A value a jurisdiction set for itself, with who set it.</summary>
/// <param name="Rule">The rule with this value, for its words.</param>
/// <param name="ByPost">The title of the post that set it.</param>
public sealed record LocalValue(Rule Rule, DateOnly From, string Citation, DateTimeOffset SetAt, string? ByPost);

/// <summary>Reads the rules within a request's scope.</summary>
public sealed class RuleReader(ReadSession read)
{
    /// <summary>Every rule in force on a day.</summary>
    public async Task<IReadOnlyList<Rule>> InForce(Jurisdiction jurisdiction, DateOnly day, CancellationToken cancel = default) =>
        await RuleBook.All(await read.Db(cancel), jurisdiction, day, cancel);

    /// <summary>What the jurisdiction set for one rule or for all, newest first.</summary>
    public async Task<IReadOnlyList<LocalValue>> LocalValues(Jurisdiction jurisdiction, string? rule = null, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        var rows = await db.Set<LocalRule>().Where(r => r.JurisdictionId == jurisdiction.Id && (rule == null || r.RuleId == rule))
            .OrderByDescending(r => r.From).ThenByDescending(r => r.SetAt).ToListAsync(cancel);
        var by = await (from e in db.Set<JournalRow>()
                        join p in db.Set<Post>() on e.PostId equals p.Id
                        where e.JurisdictionId == jurisdiction.Id && e.RowTable == "LocalRules"
                        select new { e.RowId, p.Title }).ToDictionaryAsync(e => e.RowId, e => e.Title, cancel);
        return [.. rows.Select(r => (Row: r, Rule: ReferenceData.Rules.Find(r.RuleId, r.From, jurisdiction.Code))).Where(r => r.Rule is not null)
            .Select(r => new LocalValue(r.Rule! with { Amount = r.Row.Amount }, r.Row.From, r.Row.Citation, r.Row.SetAt, by.GetValueOrDefault(r.Row.Id)))];
    }
}
