using System.Runtime.CompilerServices;
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

/// <summary>A rule as it is in force somewhere.</summary>
/// <param name="By">The jurisdiction above whose value it is; null where it is set here, by nobody, or by a level that isn't above.</param>
public sealed record RuleHere(Rule Rule, Jurisdiction? By);

/// <summary>Reads the rules of a request's jurisdiction. What lies above sets some of them: its values are public, and only they are read there.</summary>
public sealed class RuleReader(ReadSession read, Database database, JurisdictionDirectory jurisdictions)
{
    /// <summary>Every rule in force on a day.</summary>
    public async Task<IReadOnlyList<RuleHere>> InForce(Jurisdiction here, DateOnly day, CancellationToken cancel = default)
    {
        var rules = (await RuleBook.All(await read.Db(cancel), here, day, cancel)).Select(r => new RuleHere(r, null)).ToList();
        await foreach (var (above, db) in Above(here, cancel))
        {
            var theirs = (await RuleBook.All(db, above, day, cancel)).Where(r => r.SetBy != SetBy.Each && r.IsSetIn(above.Level)).ToDictionary(r => r.Id);
            rules = [.. rules.Select(r => theirs.TryGetValue(r.Rule.Id, out var rule) ? new RuleHere(rule, above) : r)];
        }
        return rules;
    }

    /// <summary>One rule as it was in force on a day, where it is set.</summary>
    public async Task<Rule> On(Jurisdiction here, string rule, DateOnly day, CancellationToken cancel = default)
    {
        var shipped = ReferenceData.Rules.InForce(rule, day, here.Code);
        if (shipped.SetBy == SetBy.Nobody || shipped.IsSetIn(here.Level))
            return await RuleBook.InForce(await read.Db(cancel), here, rule, day);
        await foreach (var (above, db) in Above(here, cancel))
        {
            if (shipped.IsSetIn(above.Level))
                return await RuleBook.InForce(db, above, rule, day);
        }
        return shipped;
    }

    /// <summary>Values that are set and not in force yet, here and above, the next one first.</summary>
    public async Task<IReadOnlyList<LocalValue>> Coming(Jurisdiction here, DateOnly today, CancellationToken cancel = default)
    {
        var coming = await After(await read.Db(cancel), here);
        await foreach (var (above, db) in Above(here, cancel))
            coming.AddRange((await After(db, above)).Where(v => v.Rule.SetBy != SetBy.Each));
        return [.. coming.OrderBy(v => v.From)];

        async Task<List<LocalValue>> After(HeleDb db, Jurisdiction place) =>
            [.. Values(await db.Set<LocalRule>().Where(r => r.JurisdictionId == place.Id && r.From > today).OrderBy(r => r.SetAt).ToListAsync(cancel), place)];
    }

    /// <summary>What the jurisdiction set for one rule, newest first, and which post did.</summary>
    public async Task<IReadOnlyList<LocalValue>> LocalValues(Jurisdiction jurisdiction, string rule, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        var rows = await db.Set<LocalRule>().Where(r => r.JurisdictionId == jurisdiction.Id && r.RuleId == rule)
            .OrderByDescending(r => r.From).ThenByDescending(r => r.SetAt).ToListAsync(cancel);
        var by = await (from e in db.Set<JournalRow>()
                        join p in db.Set<Post>() on e.PostId equals p.Id
                        where e.JurisdictionId == jurisdiction.Id && e.RowTable == "LocalRules"
                        select new { e.RowId, p.Title }).ToDictionaryAsync(e => e.RowId, e => e.Title, cancel);
        return [.. Values(rows, jurisdiction, by)];
    }

    private static IEnumerable<LocalValue> Values(IEnumerable<LocalRule> rows, Jurisdiction place, IReadOnlyDictionary<Guid, string>? posts = null) =>
        from row in rows
        let rule = ReferenceData.Rules.Find(row.RuleId, row.From, place.Code)
        where rule?.IsSetIn(place.Level) == true
        select new LocalValue(rule with { Amount = row.Amount }, row.From, row.Citation, row.SetAt, posts?.GetValueOrDefault(row.Id));

    /// <summary>What lies above, the nearest first, each in a scope of its own.</summary>
    private async IAsyncEnumerable<(Jurisdiction Place, HeleDb Db)> Above(Jurisdiction here, [EnumeratorCancellation] CancellationToken cancel)
    {
        var own = await read.Db(cancel);
        for (var above = await jurisdictions.Above(own, here.Id, cancel); above is not null; above = await jurisdictions.Above(own, above.Id, cancel))
        {
            await using var lease = await database.Read([above.Id], cancel);
            yield return (above, lease.Db);
        }
    }
}
