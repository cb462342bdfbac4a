using Hele.Civic.Kernel;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Appeals;

/// <summary>To whom harm to a child was reported.</summary>
public enum ReportedTo
{
    Police,
    CivilAffairs,
    Education,

    /// <summary>Another authority; the words say which.</summary>
    Other,

    /// <summary>The matter was looked at and is none that has to be reported; the words say why.</summary>
    NotNeeded,
}

/// <summary>
/// 强制报告: whoever works for a residents' committee reports harm to a child, suspected harm or other danger at once. That it was done, when, to whom and by which post; an immutable row. Only those who
/// handle or supervise the matter read it: whoever raised it may be close to who does the harm.
/// </summary>
public sealed class HarmReport : Owned
{
    public const int WordsLength = 500;

    public required Guid AppealId { get; init; }
    public required ReportedTo To { get; init; }
    public required DateOnly ReportedOn { get; init; }

    /// <summary>Who took it there, what was agreed; why none is needed.</summary>
    public string? Words { get; init; }

    public required Guid PostId { get; init; }
    public required DateTimeOffset LoggedAt { get; init; }
}

/// <summary>Who records a report.</summary>
public static class HarmAccess
{
    public static readonly Permission Record = new("appeal.record-report", ("登记强制报告", "Record a mandatory report"), AppealAccess.Handlers);

    public static IEnumerable<Permission> All => [Record];
}

/// <summary>What can happen to a report.</summary>
public static class HarmEvents
{
    public static readonly EventKind Reported = new("harm-report.made", ("登记了向有关部门的报告", "Recorded the report to the authority"));
    public static readonly EventKind NotNeeded = new("harm-report.not-needed", ("看过，不属于要报告的情形", "Looked at it; nothing that has to be reported"));

    public static IEnumerable<EventKind> All => [Reported, NotNeeded];
}

/// <summary>What recording a report can be refused for.</summary>
public static class HarmProblems
{
    public static readonly Problem ToMissing = new("harm-report.to-missing", ("请选择向哪个部门报告的。", "Choose which authority it was reported to."), "To");
    public static readonly Problem OnMissing = new("harm-report.on-missing", ("请填写报告的日期，不能晚于今天。", "Give the day it was reported, not later than today."), "On");
    public static readonly Problem WordsMissing = new("harm-report.words-missing", ("请写清楚：报给了哪个部门，或者为什么不用报告。", "Say which authority it was, or why nothing has to be reported."), "Text");
    public static readonly Problem WordsTooLong = new("harm-report.words-too-long", ("最多{0}个字，现在是{1}个。", "At most {0} characters; there are {1}."), "Text");
    public static readonly Problem NoDuty = new("harm-report.no-duty", ("这一类诉求没有强制报告的规定。", "For matters of this kind nothing has to be reported."), Kind: ProblemKind.Conflict);
}

/// <summary>Whoever handles a matter about a child records that it was reported, or why it needn't be; more than one authority is more than one record.</summary>
public sealed class RecordReport(Writer writer)
{
    public sealed record Input(string Code, ReportedTo? To, DateOnly? On, string? Text);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act with { On = input.On }, HarmAccess.Record.Code, input, async scope =>
    {
        var appeal = await AppealAccess.Visible(viewer, scope.Db.Set<Appeal>()).SingleOrDefaultAsync(a => a.PublicCode == input.Code);
        if (appeal is null || AppealAccess.PostFor(viewer, HarmAccess.Record, appeal) is not { } post)
            return AppealProblems.NotFound;
        if (WaysOnward.DutyOf(appeal.Kind) is null)
            return HarmProblems.NoDuty;
        var words = ChineseText.Clean(input.Text);
        List<Problem> problems = [];
        if (input.To is not { } to || !Enum.IsDefined(to))
            problems.Add(HarmProblems.ToMissing);
        if (input.On is null || input.On > scope.Today)
            problems.Add(HarmProblems.OnMissing);
        if (words.Length > HarmReport.WordsLength)
            problems.Add(HarmProblems.WordsTooLong.With(HarmReport.WordsLength, words.Length));
        else if (words.Length == 0 && input.To is ReportedTo.Other or ReportedTo.NotNeeded)
            problems.Add(HarmProblems.WordsMissing);
        if (problems.Count > 0)
            return Outcome.Refused(problems);
        scope.Add(new HarmReport { AppealId = appeal.Id, To = input.To!.Value, ReportedOn = input.On!.Value, Words = words.Length == 0 ? null : words, PostId = post.PostId, LoggedAt = scope.Now },
            input.To == ReportedTo.NotNeeded ? HarmEvents.NotNeeded : HarmEvents.Reported);
        return Outcome.Ok(appeal.PublicCode);
    }, cancel);
}

/// <summary>A report as those who read it see it.</summary>
public sealed record HarmView(ReportedTo To, DateOnly On, string? Words, string? Post);

internal static class HarmReports
{
    /// <summary>Codes of the kinds whose matters are reported.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [.. AppealKinds.All.Select(k => k.Code).Where(c => WaysOnward.DutyOf(c) is not null)];

    public static void Map(ModelBuilder model, Handling handling) => model.Entity<HarmReport>(e =>
    {
        e.ToTable("HarmReports");
        e.Property(x => x.Id).NotPersonal();
        e.Property(x => x.AppealId).NotPersonal();
        e.Property(x => x.To).NotPersonal();
        e.Property(x => x.ReportedOn).NotPersonal();
        e.Property(x => x.Words).HasMaxLength(HarmReport.WordsLength).FreeText(("强制报告的说明", "What was said of a mandatory report"), handling);
        e.Property(x => x.PostId).PersonReference().PostHistory();
        e.Property(x => x.LoggedAt).NotPersonal();
        e.HasOne<Appeal>().WithMany().HasForeignKey(x => x.AppealId);
        e.HasOne<Post>().WithMany().HasForeignKey(x => x.PostId);
        e.HasIndex(x => new { x.JurisdictionId, x.AppealId });
    });
}

/// <summary>The duty stands in the day of whoever has the matter until it is recorded, whatever becomes of the matter; from the next day on it stands with the post next in line too.</summary>
internal static class HarmDay
{
    private static readonly Bilingual Report = ("强制报告：马上向公安、民政报告，再登记", "Mandatory report: tell the police and civil affairs at once, then record it");

    public static async Task<IReadOnlyList<DayItem>> Of(HeleDb db, Viewer viewer, DateOnly today, CancellationToken cancel)
    {
        if (viewer.PostFor(HarmAccess.Record) is null)
            return [];
        var mine = viewer.Posts.Where(p => HarmAccess.Record.Roles.Contains(p.Role)).Select(p => p.PostId).ToHashSet();
        var (kinds, hidden) = (HarmReports.Kinds, HiddenTexts.TitlesFrom(db, viewer));
        var lines = await AppealAccess.ToWorkOn(viewer, db.Set<Appeal>()).Where(a => kinds.Contains(a.Kind) && !db.Set<HarmReport>().Any(r => r.AppealId == a.Id))
            .Select(a => new { a.PublicCode, Title = hidden.Contains(a.Id) ? "" : a.Title, a.Place, a.FiledOn, Responsible = a.HandlerPostId ?? a.AssignedPostId }).ToListAsync(cancel);
        if (lines.Count == 0)
            return [];
        var posts = await AppealRouting.All(db, viewer.JurisdictionId, today);
        return [.. lines.Select(l => (Line: l, Held: posts.FirstOrDefault(p => p.Id == l.Responsible)))
            .Select(l => (l.Line, IsMine: l.Held is null || mine.Contains(l.Held.Id), Helps: l.Held is { } held && (held.Away || l.Line.FiledOn < today) && AppealRouting.DeputiesOf(posts, held.Id).Any(d => mine.Contains(d.Id))))
            .Where(l => l.IsMine || l.Helps)
            .Select(l => new DayItem(typeof(Appeal), l.Line.PublicCode, l.Line.Title, l.Line.Place, Report, l.Line.FiledOn, !l.IsMine) { AtOnce = true })];
    }
}
