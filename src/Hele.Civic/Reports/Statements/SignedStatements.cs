using Hele.Civic.Kernel;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Reports;

/// <summary>A statement in the list.</summary>
/// <param name="Post">The title of the post that signed it.</param>
public sealed record StatementLine(string Code, string Place, string Text, Period About, StatementState State, string Post, DateOnly SignedOn, string? CheckedBy, DateOnly? CheckedOn, DateOnly? WithdrawnOn, string? Reason);

/// <summary>A step of a statement.</summary>
public sealed record StatementStep(string Kind, DateTimeOffset At, DateOnly On, string? Post);

/// <param name="Acts">What this viewer may do now.</param>
/// <param name="Barred">Why a viewer who confirms others doesn't confirm this one.</param>
public sealed record StatementView(StatementLine Line, IReadOnlyList<StatementStep> Steps, IReadOnlySet<string> Acts, Problem? Barred);

/// <summary>Read side of the statements, and what of them a report holds.</summary>
public sealed class SignedStatements(ReadSession read)
{
    public const string Table = "ReportStatements";

    /// <summary>
    /// The statements of a period's report: those that were confirmed and speak of a time within it or around it. What a closed period's report says doesn't change: it holds what stood at its closing, and one
    /// that was taken back later is said beside the report.
    /// </summary>
    public async Task<IReadOnlyList<SignedWords>> In(Period period, DateTimeOffset? closedAt, CancellationToken cancel = default)
    {
        var (db, before) = (await read.Db(cancel), closedAt ?? Platform.Figures.Figure.Ever);
        var rows = await (from s in Within(db, period, before)
                          join signed in db.Set<Post>() on s.SignedByPostId equals signed.Id
                          join confirmed in db.Set<Post>() on s.CheckedByPostId equals confirmed.Id
                          orderby s.From, s.To, s.ConfirmedAt, s.PublicCode
                          select new { s, Signed = signed.Title, Confirmed = confirmed.Title }).ToListAsync(cancel);
        return [.. rows.Where(r => ReportPlaces.Find(r.s.Place) is not null).Select(r => new SignedWords(ReportPlaces.Find(r.s.Place)!, r.s.PublicCode, r.s.Text, r.s.About, r.Signed, r.s.SignedOn, r.Confirmed))];
    }

    /// <summary>Of the statements in a closed period's report, those that were taken back since.</summary>
    public async Task<IReadOnlyList<StatementLine>> WithdrawnSince(Period period, DateTimeOffset closedAt, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        return await Lines(db, Within(db, period, closedAt).Where(s => s.WithdrawnAt != null), cancel);
    }

    private static IQueryable<ReportStatement> Within(HeleDb db, Period period, DateTimeOffset before) => db.Set<ReportStatement>()
        .Where(s => s.ConfirmedAt != null && s.ConfirmedAt < before && (s.WithdrawnAt == null || s.WithdrawnAt >= before) && s.From <= period.To && s.To >= period.From);

    /// <summary>All of them, newest first.</summary>
    public async Task<IReadOnlyList<StatementLine>> List(Viewer viewer, StatementState? state = null, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        var statements = StatementAccess.Visible(viewer, db.Set<ReportStatement>());
        return await Lines(db, state is { } only ? statements.Where(s => s.State == only) : statements, cancel);
    }

    /// <summary>One with its history; null for missing and for not theirs alike.</summary>
    public async Task<StatementView?> Find(Viewer viewer, string code, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        if (await StatementAccess.Visible(viewer, db.Set<ReportStatement>()).SingleOrDefaultAsync(s => s.PublicCode == code, cancel) is not { } statement)
            return null;
        var (signs, confirms) = (viewer.PostFor(StatementAccess.Sign) is not null, viewer.PostFor(StatementAccess.Confirm) is not null);
        var barred = confirms && statement.State == StatementState.Waiting ? await StatementAccess.Bars(db, viewer, statement) : null;
        var acts = ReportStatement.LifeCycle.From(statement.State).Where(l => l.Permission == StatementAccess.Confirm ? confirms && barred is null : signs).Select(l => l.Act).ToHashSet();
        var steps = await (from r in db.Set<JournalRow>()
                           where r.RowTable == Table && r.RowId == statement.Id
                           orderby r.LeafIndex
                           select new { r.Kind, r.At, r.OnDate, Post = db.Set<Post>().Where(p => p.Id == r.PostId).Select(p => p.Title).FirstOrDefault() }).ToListAsync(cancel);
        return new((await Lines(db, db.Set<ReportStatement>().Where(s => s.Id == statement.Id), cancel))[0], [.. steps.Select(s => new StatementStep(s.Kind, s.At, s.OnDate, s.Post))], acts, barred);
    }

    private static async Task<IReadOnlyList<StatementLine>> Lines(HeleDb db, IQueryable<ReportStatement> statements, CancellationToken cancel) =>
        [.. (await (from s in statements
                    join signed in db.Set<Post>() on s.SignedByPostId equals signed.Id
                    orderby s.SignedOn descending, s.LoggedAt descending
                    select new { s, signed.Title, Checked = db.Set<Post>().Where(p => p.Id == s.CheckedByPostId).Select(p => p.Title).FirstOrDefault() }).ToListAsync(cancel))
            .Select(r => new StatementLine(r.s.PublicCode, r.s.Place, r.s.Text, r.s.About, r.s.State, r.Title, r.s.SignedOn, r.Checked, r.s.CheckedOn, r.s.WithdrawnOn, r.s.Reason))];
}

/// <summary>Statements that wait for a second person, for whoever may be it.</summary>
internal static class StatementDay
{
    private static readonly Bilingual ToConfirm = ("确认报告里的声明", "Confirm a statement for the report");

    public static async Task<IReadOnlyList<DayItem>> Of(HeleDb db, Viewer viewer, DateOnly today, CancellationToken cancel)
    {
        if (viewer.Level != JurisdictionLevel.Community || viewer.PostFor(StatementAccess.Confirm) is null)
            return [];
        var items = new List<DayItem>();
        foreach (var statement in await StatementAccess.Visible(viewer, db.Set<ReportStatement>()).Where(s => s.State == StatementState.Waiting).OrderBy(s => s.LoggedAt).ToListAsync(cancel))
        {
            if (await StatementAccess.Bars(db, viewer, statement) is null)
                items.Add(new(typeof(ReportStatement), statement.PublicCode, ChineseText.Head(statement.Text, 30), null, ToConfirm, null));
        }
        return items;
    }
}
