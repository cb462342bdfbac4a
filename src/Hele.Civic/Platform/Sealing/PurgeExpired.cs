using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Rules;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Platform.Sealing;

/// <summary>What the purge has to do with one table.</summary>
/// <param name="Due">Rows whose time is over.</param>
/// <param name="Soon">Rows whose time will be over within <see cref="PurgeExpired.SoonDays"/> days.</param>
/// <param name="IsForAppraisal">The program doesn't empty them by itself: somebody appraises the archive.</param>
public sealed record ExpiryLine(string Table, Bilingual Title, IReadOnlyList<Rule> Rules, int Due, int Soon, bool IsForAppraisal);

/// <summary>One row that is, or soon will be, due.</summary>
/// <param name="Code">The public code by which its page is found; null where it has none.</param>
public sealed record ExpiringRow(Guid Id, string? Code, DateOnly Over);

/// <summary>
/// Empties what has been kept as long as its rule says, by the same means as an erasure; asks nobody. What is due is read from the registry of
/// personal data, how long from the rules in force here on the day. Records of who looked are removed by whole days, at the earliest when the
/// law's minimum for logs is over, whatever has been set.
/// </summary>
public sealed class PurgeExpired(Writer writer, Database database, ModuleList modules, JurisdictionDirectory jurisdictions, ErasureList list, TimeProvider clock)
{
    public const string ViewsRule = "retention.views", LogRule = "log.retention", ViewsTable = "ViewRecords";

    /// <summary>How far the list of what will be due looks ahead.</summary>
    public const int SoonDays = 90;

    /// <summary>Most rows emptied in one act.</summary>
    private const int Portion = 100;

    public static readonly Permission See = new("retention.see", ("查看保存期限和清除情况", "See what is kept how long and what was purged"), [Role.Secretary, Role.Supervisor]);
    public static readonly EventKind ViewsPurged = new("retention.views-purged", ("清除了保存期满的查看记录", "Removed records of who looked whose time was over"));
    public static readonly Problem NothingDue = new("retention.nothing-due", ("没有保存期满的记录。", "Nothing's time is over."), Kind: ProblemKind.Conflict);

    /// <param name="Table">One of the registry's, or <see cref="ViewsTable"/>.</param>
    /// <param name="Rows">The rows that were found due; each is looked at again inside the act.</param>
    public sealed record Input(string Table, IReadOnlyList<Guid> Rows);

    /// <summary>Everything that is due in a jurisdiction. Said twice, or by two nodes, it is done once.</summary>
    /// <returns>How many rows were emptied and records removed.</returns>
    public async Task<int> RunDue(int jurisdiction, CancellationToken cancel = default)
    {
        var done = 0;
        foreach (var (table, rows) in await DueRows(jurisdiction, cancel))
        {
            foreach (var portion in rows.Chunk(table.About.End is null ? Portion : 1))
                done += (await Run(NewAct(jurisdiction), new(table.Name, portion), cancel)).Accepted ? portion.Length : 0;
        }
        for (var more = true; more;)
        {
            var outcome = await Run(NewAct(jurisdiction), new(ViewsTable, []), cancel);
            more = outcome.Accepted;
            done += more ? int.Parse(outcome.Code!, System.Globalization.CultureInfo.InvariantCulture) : 0;
        }
        if (done > 0)
        {
            await list.Update(jurisdiction, cancel);
            await database.Sweep(cancel);
        }
        return done;
    }

    public Task<Outcome> Run(Act act, Input input, CancellationToken cancel = default) => writer.Write(act, "retention.purge", input, async scope =>
    {
        var place = await jurisdictions.Get(scope.Db, act.JurisdictionId);
        if (input.Table == ViewsTable)
            return await Views(scope, place);
        if (ExpiredRows.Tables(scope.Db.Model, modules).SingleOrDefault(t => t.Name == input.Table) is not { IsForAppraisal: false } table)
            return NothingDue;
        var wanted = input.Rows;
        var rows = await ExpiredRows.Of(scope.Db, table, await BeganBefore(scope.Db, place, table, scope.Today)).Where(r => wanted.Contains(r.Id)).AsTracking().ToListAsync();
        if (rows.Count == 0)
            return NothingDue;
        if (table.About.End is { } end)
            return await end(scope, modules, rows.Single()) is { } refused ? refused : Outcome.Ok(table.Name);
        return Outcome.Ok((await Erasing.Rows(scope, table.About, rows)).PublicCode);
    }, cancel);

    /// <summary>What is due and what soon will be, table by table.</summary>
    public async Task<IReadOnlyList<ExpiryLine>> Plan(HeleDb db, int jurisdiction, CancellationToken cancel = default)
    {
        var (place, today) = (await jurisdictions.Get(db, jurisdiction, cancel), clock.Today());
        var lines = new List<ExpiryLine>();
        foreach (var table in ExpiredRows.Tables(db.Model, modules))
        {
            var due = await ExpiredRows.Of(db, table, await BeganBefore(db, place, table, today)).CountAsync(cancel);
            var soon = await ExpiredRows.Of(db, table, await BeganBefore(db, place, table, today.AddDays(SoonDays))).CountAsync(cancel);
            lines.Add(new(table.Name, table.About.Title, await RulesOf(db, place, table.Expiries, today), due, soon - due, table.IsForAppraisal));
        }
        var views = (await ViewsBefore(db, place, today), await ViewsBefore(db, place, today.AddDays(SoonDays)));
        var viewsDue = await db.Set<ViewRecord>().CountAsync(r => r.Hour < views.Item1, cancel);
        lines.Add(new(ViewsTable, ("查看记录", "Records of who looked"), await RulesOf(db, place, [Expiry.By(ViewsRule, nameof(ViewRecord.Hour)), Expiry.By(LogRule, nameof(ViewRecord.Hour))], today),
            viewsDue, await db.Set<ViewRecord>().CountAsync(r => r.Hour < views.Item2, cancel) - viewsDue, false));
        return lines;
    }

    /// <summary>The rows behind a number of <see cref="Plan"/>; the first of them when there are many. Views are not listed: whose they are is their subject's to see.</summary>
    public async Task<IReadOnlyList<ExpiringRow>> RowsOf(HeleDb db, int jurisdiction, string name, int most, CancellationToken cancel = default)
    {
        if (ExpiredRows.Tables(db.Model, modules).SingleOrDefault(t => t.Name == name) is not { } table)
            return [];
        var (place, today) = (await jurisdictions.Get(db, jurisdiction, cancel), clock.Today());
        var rules = await RulesOf(db, place, table.Expiries, today);
        var code = table.Type.FindProperty("PublicCode");
        return [.. (await ExpiredRows.Of(db, table, await BeganBefore(db, place, table, today.AddDays(SoonDays))).Take(most).ToListAsync(cancel))
            .Select(row => new ExpiringRow(row.Id, code?.GetGetter().GetClrValue(row) as string, OverOn(table.Type, table.Expiries, rules, row)!.Value)).OrderBy(r => r.Over)];
    }

    /// <summary>The first day on which nothing of a row is kept any more; null while a time hasn't begun.</summary>
    internal static DateOnly? OverOn(Microsoft.EntityFrameworkCore.Metadata.IEntityType type, IReadOnlyList<Expiry> expiries, IReadOnlyList<Rule> rules, Owned row)
    {
        DateOnly? last = null;
        for (var i = 0; i < expiries.Count; i++)
        {
            DateOnly began;
            switch (type.FindProperty(expiries[i].From!)!.GetGetter().GetClrValue(row))
            {
                case DateOnly day: began = day; break;
                case DateTimeOffset instant: began = China.DateIn(instant); break;
                default: return null;
            }
            var over = ExpiredRows.Over(rules[i], began);
            last = last is null || over > last ? over : last;
        }
        return last;
    }

    internal static async Task<IReadOnlyList<Rule>> RulesOf(HeleDb db, Jurisdiction place, IEnumerable<Expiry> expiries, DateOnly today)
    {
        var rules = new List<Rule>();
        foreach (var expiry in expiries)
            rules.Add(await RuleBook.InForce(db, place, expiry.Rule!, today));
        return rules;
    }

    private static Act NewAct(int jurisdiction) => new() { OperationId = Guid.CreateVersion7(), AccountId = SystemAccount.Id, JurisdictionId = jurisdiction };

    private async Task<List<(ExpiringTable Table, List<Guid> Rows)>> DueRows(int jurisdiction, CancellationToken cancel)
    {
        await using var lease = await database.Read([jurisdiction], cancel);
        var (place, today) = (await jurisdictions.Get(lease.Db, jurisdiction, cancel), clock.Today());
        var due = new List<(ExpiringTable, List<Guid>)>();
        foreach (var table in ExpiredRows.Tables(lease.Db.Model, modules).Where(t => !t.IsForAppraisal))
            due.Add((table, await ExpiredRows.Of(lease.Db, table, await BeganBefore(lease.Db, place, table, today)).Select(r => r.Id).ToListAsync(cancel)));
        return due;
    }

    private static async Task<IReadOnlyList<DateOnly>> BeganBefore(HeleDb db, Jurisdiction place, ExpiringTable table, DateOnly today) =>
        [.. (await RulesOf(db, place, table.Expiries, today)).Select(rule => ExpiredRows.BeganBefore(rule, today))];

    /// <summary>The hour before which no record is kept: by the community's rule, and never earlier than the law lets logs go.</summary>
    private static async Task<DateTimeOffset> ViewsBefore(HeleDb db, Jurisdiction place, DateOnly today)
    {
        var (own, law) = (await RuleBook.InForce(db, place, ViewsRule, today), await RuleBook.InForce(db, place, LogRule, today));
        var (a, b) = (ExpiredRows.BeganBefore(own, today), ExpiredRows.BeganBefore(law, today));
        return China.At(a < b ? a : b);
    }

    private static async Task<Outcome> Views(ActScope scope, Jurisdiction place)
    {
        var before = await ViewsBefore(scope.Db, place, scope.Today);
        if (await scope.Db.Set<ViewRecord>().Where(r => r.Hour < before).OrderBy(r => r.Hour).Select(r => (DateTimeOffset?)r.Hour).FirstOrDefaultAsync() is not { } oldest)
            return NothingDue;
        // A day at a time keeps the act short; in an installation that runs there is never more.
        var through = oldest.AddDays(1) < before ? oldest.AddDays(1) : before;
        var records = await scope.Db.Set<ViewRecord>().AsTracking().Where(r => r.Hour < through).ToListAsync();
        scope.Add(new ViewPurge { Before = through, Records = records.Count, On = scope.Today }, ViewsPurged);
        scope.Db.RemoveRange(records);
        return Outcome.Ok(records.Count.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }
}
