using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Figures;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Appeals;

/// <summary>抽样回访: whoever supervises draws some of the verdicts of a period and rings the residents. Once for each period; list, seed and share are kept, so that anybody can draw again and find the same.</summary>
public sealed class CallbackRound : Owned
{
    public required string PublicCode { get; init; }

    /// <summary>First and last day of the verdicts it draws from.</summary>
    public required DateOnly From { get; init; }
    public required DateOnly To { get; init; }

    /// <summary>How many in a hundred.</summary>
    public required int Share { get; init; }

    /// <summary>Random; with it and the list the draw can be done again.</summary>
    public required string Seed { get; init; }

    /// <summary>How many verdicts the list had, and the SHA-256 of its lines.</summary>
    public required int Listed { get; init; }
    public required string ListHash { get; init; }

    public required Guid PostId { get; init; }
    public required DateOnly DrawnOn { get; init; }
    public required DateTimeOffset LoggedAt { get; init; }

    /// <summary>The verdicts of a period as they were known at an instant: of whoever filed, and not struck by then. What is about conduct is left to those it lies with.</summary>
    public static IQueryable<AppealVerdict> ListOf(HeleDb db, DateOnly from, DateOnly to, DateTimeOffset at) =>
        db.Set<AppealVerdict>().Where(v => v.JoinId == null && !db.Set<Appeal>().Any(a => a.Id == v.AppealId && AppealKinds.Shielded.Contains(a.Kind)) && v.JudgedOn >= from && v.JudgedOn <= to && v.LoggedAt <= at && (v.ContestedAt == null || v.ContestedAt > at));

    /// <summary>The list's lines: number of the matter and round of its answer; of one round only one verdict stands at an instant.</summary>
    internal static async Task<List<(string Line, AppealVerdict Verdict)>> Lines(HeleDb db, DateOnly from, DateOnly to, DateTimeOffset at)
    {
        var list = ListOf(db, from, to, at);
        var rows = await (from v in list join a in db.Set<Appeal>() on v.AppealId equals a.Id select new { v, a.Year, a.Serial }).ToListAsync();
        return [.. rows.Select(r => (Line: Appeal.NumberOf(r.Year, r.Serial) + "/" + r.v.Round.ToString(CultureInfo.InvariantCulture), Verdict: r.v)).OrderBy(r => r.Line, StringComparer.Ordinal)];
    }
}

/// <summary>The draw: a pure function of seed, list and number.</summary>
public static class CallbackDraw
{
    /// <summary>At least one where there is any.</summary>
    public static int HowMany(int listed, int share) => listed == 0 ? 0 : Math.Max(1, (listed * share + 99) / 100);

    /// <summary>The lines whose SHA-256 of "seed/line" is smallest, in that order.</summary>
    public static IReadOnlyList<string> Pick(string seed, IEnumerable<string> lines, int count) =>
        [.. lines.OrderBy(l => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(seed + "/" + l))), StringComparer.Ordinal).ThenBy(l => l, StringComparer.Ordinal).Take(count)];

    public static string HashOf(IEnumerable<string> lines) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', lines))));
}

/// <summary>What came of a call.</summary>
public enum CallState
{
    /// <summary>Nobody has rung yet.</summary>
    Waiting,
    NotReached,

    /// <summary>The resident says what was recorded.</summary>
    Agrees,

    /// <summary>The resident says something else: the recorded verdict is struck.</summary>
    Differs,
}

/// <summary>One verdict that was drawn, and the call about it.</summary>
public sealed class Callback : Owned
{
    public const int WordsLength = 500;

    public static readonly Transitions<CallState> LifeCycle = new("callback", ("回访", "Call-back"),
        new Dictionary<CallState, Bilingual>
        {
            [CallState.Waiting] = ("还没有打", "Not rung yet"),
            [CallState.NotReached] = ("没有打通", "Not reached"),
            [CallState.Agrees] = ("与登记的一致", "Agrees with what was recorded"),
            [CallState.Differs] = ("与登记的不一致", "Differs from what was recorded"),
        },
        [
            (null, DrawIt, CallState.Waiting, CallbackAccess.Draw, ("时间段已经过完", "the period is over"), null),
            (CallState.Waiting, Miss, CallState.NotReached, CallbackAccess.Call, ("无", "nothing"), null),
            (CallState.NotReached, Miss, CallState.NotReached, CallbackAccess.Call, ("无", "nothing"), null),
            (CallState.Waiting, Agree, CallState.Agrees, CallbackAccess.Call, ("居民本人的话", "the resident's own word"), null),
            (CallState.NotReached, Agree, CallState.Agrees, CallbackAccess.Call, ("居民本人的话", "the resident's own word"), null),
            (CallState.Waiting, Differ, CallState.Differs, CallbackAccess.Call, ("居民本人的话", "the resident's own word"), null),
            (CallState.NotReached, Differ, CallState.Differs, CallbackAccess.Call, ("居民本人的话", "the resident's own word"), null),
        ]);

    public const string DrawIt = "draw", Miss = "miss", Agree = "agree", Differ = "differ";

    public required string PublicCode { get; init; }
    public required Guid RoundId { get; init; }
    public required Guid AppealId { get; init; }
    public required Guid VerdictId { get; init; }

    /// <summary>1 for the first that was drawn.</summary>
    public required int Place { get; init; }

    public CallState State { get; private set; }

    /// <summary>How often somebody rang.</summary>
    public int Attempts { get; private set; }

    /// <summary>What the resident said.</summary>
    public string? Words { get; private set; }

    public Guid? CalledByPostId { get; private set; }
    public DateOnly? CalledOn { get; private set; }
    public DateTimeOffset? CalledAt { get; private set; }

    public Problem? Ring(string act, string? words, Guid post, DateOnly on, DateTimeOffset at)
    {
        if (LifeCycle.Find(State, act) is not { } line)
            return CallbackProblems.CalledAlready;
        State = Enum.Parse<CallState>(line.To);
        (Attempts, Words, CalledByPostId, CalledOn, CalledAt) = (Attempts + 1, words, post, on, at);
        return null;
    }
}

/// <summary>Who draws and rings: whoever supervises, and nobody else.</summary>
public static class CallbackAccess
{
    public static readonly Permission Draw = new("appeal.callback-draw", ("抽取回访的诉求", "Draw matters to call back about"), [Role.Supervisor]);
    public static readonly Permission Call = new("appeal.callback", ("回访居民", "Call a resident back"), [Role.Supervisor]);

    public static IEnumerable<Permission> All => [Draw, Call];
}

public static class CallbackEvents
{
    public static readonly EventKind Drawn = new("callback.round-drawn", ("抽取了要回访的诉求", "Drew the matters to call back about"));
    public static readonly EventKind Picked = new("callback.picked", ("被抽中回访", "Was drawn for a call-back"));
    public static readonly EventKind Missed = new("callback.missed", ("回访没有打通", "Rang and reached nobody"));
    public static readonly EventKind Agreed = new("callback.agreed", ("回访：与登记的一致", "Called back: agrees with what was recorded"));
    public static readonly EventKind Differed = new("callback.differed", ("回访：与登记的不一致", "Called back: differs from what was recorded"));

    public static IEnumerable<EventKind> All => [Drawn, Picked, Missed, Agreed, Differed];
}

public static class CallbackProblems
{
    public static readonly Problem PeriodOdd = new("callback.period-odd", ("请写起止日期，从早到晚，最多一年。", "Give the first and the last day, in that order, at most a year apart."), "From");
    public static readonly Problem PeriodNotOver = new("callback.period-not-over", ("这段时间还没有过完，过完了再抽。", "This period isn't over yet; draw when it is."), "To");
    public static readonly Problem DrawnAlready = new("callback.drawn-already", ("{0}至{1}已经抽过，同一天的评价不抽第二次。", "{0} to {1} was drawn already; verdicts of a day are drawn once."), "From", ProblemKind.Conflict);
    public static readonly Problem NothingThere = new("callback.nothing-there", ("这段时间没有评价，没有可抽的。", "There are no verdicts in this period, so nothing can be drawn."), "From");
    public static readonly Problem ResultMissing = new("callback.result-missing", ("请选择打通没有、居民怎么说。", "Choose whether somebody was reached and what the resident says."), "Result");
    public static readonly Problem WordsMissing = new("callback.words-missing", ("请写居民怎么说。", "Write what the resident says."), "Text");
    public static readonly Problem WordsTooLong = new("callback.words-too-long", ("最多{0}个字，现在是{1}个。", "At most {0} characters; there are {1}."), "Text");
    public static readonly Problem CalledAlready = new("callback.called-already", ("这件已经回访过，结果已经记下。", "This one has been called back about; what came of it is recorded."), Kind: ProblemKind.Conflict);
    public static readonly Problem NotFound = new("callback.not-found", ("没有找到这次回访。", "This call-back was not found."), Kind: ProblemKind.NotFound);
}

public static class CallbackFigures
{
    public static readonly Figure Drawn = new("callbacks.drawn", 1, ("抽中回访", "Drawn for a call-back"),
        ("居务监督委员会在统计期内随机抽中、要打电话问居民的评价。", "Verdicts that the supervision drew at random in the period, to ring the residents about them."), ("次", "verdicts"), FigureKind.Flow,
        (db, period, before) => from c in db.Set<Callback>()
                                join r in db.Set<CallbackRound>() on c.RoundId equals r.Id
                                join a in db.Set<Appeal>() on c.AppealId equals a.Id
                                where r.LoggedAt < before && r.DrawnOn >= period.From && r.DrawnOn <= period.To
                                select new FigureRecord { Id = c.Id, Code = AppealKinds.Shielded.Contains(a.Kind) ? "" : a.PublicCode, On = r.DrawnOn, LoggedAt = r.LoggedAt });

    public static readonly Figure Reached = Called("callbacks.reached", ("回访打通", "Reached on a call-back"), ("统计期内打通了电话、居民说了话的回访。", "Call-backs of the period on which the resident was reached."), differs: false, null);

    public static readonly Figure Differing = Called("callbacks.differing", ("回访不一致", "Call-backs that differ"),
        ("打通的回访中，居民说的与登记的评价不一致的；那次评价划去，由居民重新评价。", "Of the call-backs on which the resident was reached, those where they said something other than the recorded verdict; it is struck, and the resident judges again."), differs: true, "callbacks.reached");

    public static readonly Figure Missing = new("callbacks.missing", 1, ("抽中还没有回访到", "Drawn and not reached yet"),
        ("到统计期最后一天，抽中回访、还没有打通的：没有打，或者打了没有人接。", "Drawn for a call-back by the period's last day and not reached by then: nobody rang, or nobody answered."), ("次", "verdicts"), FigureKind.State,
        (db, period, before) => from c in db.Set<Callback>()
                                join r in db.Set<CallbackRound>() on c.RoundId equals r.Id
                                join a in db.Set<Appeal>() on c.AppealId equals a.Id
                                where r.LoggedAt < before && r.DrawnOn <= period.To && !((c.State == CallState.Differs || c.State == CallState.Agrees) && c.CalledAt < before && c.CalledOn <= period.To)
                                select new FigureRecord { Id = c.Id, Code = AppealKinds.Shielded.Contains(a.Kind) ? "" : a.PublicCode, On = r.DrawnOn, LoggedAt = r.LoggedAt });

    public static IEnumerable<Figure> All => [Drawn, Reached, Differing, Missing];

    private static Figure Called(string id, Bilingual title, Bilingual definition, bool differs, string? @base) => new(id, 1, title, definition, ("次", "calls"), FigureKind.Flow,
        (db, period, before) => from c in db.Set<Callback>()
                                join a in db.Set<Appeal>() on c.AppealId equals a.Id
                                where (c.State == CallState.Differs || (!differs && c.State == CallState.Agrees)) && c.CalledAt < before && c.CalledOn >= period.From && c.CalledOn <= period.To
                                select new FigureRecord { Id = c.Id, Code = AppealKinds.Shielded.Contains(a.Kind) ? "" : a.PublicCode, On = c.CalledOn!.Value, LoggedAt = c.CalledAt!.Value }, Base: @base);
}

internal static class CallbackMapping
{
    private static Handling Matter(string from) => new(
        ("随机回访居民，核对登记的评价", "ringing residents at random to check recorded verdicts"),
        ("《城市居民委员会组织法》（2025修订）第32—39条；《个人信息保护法》第13条第一款第二、三项", "Organic Law of Urban Residents' Committees (2025) art. 32–39; PIPL art. 13(2)(3)"),
        ("作为居务档案保存；期满由社区鉴定后处理，系统不自行销毁", "as the affairs archive; when its time is over the community appraises it, the program destroys nothing of it by itself"), Expiry.By("retention.archive", from));

    public static void Map(ModelBuilder model)
    {
        model.Entity<CallbackRound>(e =>
        {
            e.ToTable("CallbackRounds");
            e.Property(x => x.Id).NotPersonal();
            e.Property(x => x.PublicCode).HasMaxLength(14).NotPersonal();
            e.Property(x => x.From).NotPersonal();
            e.Property(x => x.To).NotPersonal();
            e.Property(x => x.Share).NotPersonal();
            e.Property(x => x.Seed).HasMaxLength(32).NotPersonal();
            e.Property(x => x.Listed).NotPersonal();
            e.Property(x => x.ListHash).HasMaxLength(64).NotPersonal();
            e.Property(x => x.PostId).PersonReference().PostHistory();
            e.Property(x => x.DrawnOn).NotPersonal();
            e.Property(x => x.LoggedAt).NotPersonal();
            e.HasOne<Post>().WithMany().HasForeignKey(x => x.PostId);
            e.HasIndex(x => new { x.JurisdictionId, x.PublicCode }).IsUnique();
        });
        model.Entity<Callback>(e =>
        {
            e.ToTable("Callbacks");
            e.Property(x => x.Id).NotPersonal();
            e.Property(x => x.PublicCode).HasMaxLength(14).NotPersonal();
            e.Property(x => x.RoundId).NotPersonal();
            e.Property(x => x.AppealId).NotPersonal();
            e.Property(x => x.VerdictId).NotPersonal();
            e.Property(x => x.Place).NotPersonal();
            e.Property(x => x.State).NotPersonal();
            e.Property(x => x.Attempts).NotPersonal();
            e.Property(x => x.Words).HasMaxLength(Callback.WordsLength).FreeText(("回访时居民说的话", "What a resident said on a call-back"), Matter(nameof(Callback.CalledOn)));
            e.Property(x => x.CalledByPostId).PersonReference().PostHistory();
            e.Property(x => x.CalledOn).NotPersonal();
            e.Property(x => x.CalledAt).NotPersonal();
            e.HasOne<CallbackRound>().WithMany().HasForeignKey(x => x.RoundId);
            e.HasOne<Appeal>().WithMany().HasForeignKey(x => x.AppealId);
            e.HasOne<AppealVerdict>().WithMany().HasForeignKey(x => x.VerdictId);
            e.HasOne<Post>().WithMany().HasForeignKey(x => x.CalledByPostId);
            e.HasIndex(x => new { x.JurisdictionId, x.PublicCode }).IsUnique();
            e.HasIndex(x => new { x.JurisdictionId, x.VerdictId }).IsUnique();
        });
    }
}

/// <summary>The calls that wait for whoever supervises.</summary>
internal static class CallbackDay
{
    private static readonly Bilingual ToRing = ("给抽中的居民打电话", "Ring the residents who were drawn");

    public static async Task<IReadOnlyList<DayItem>> Of(HeleDb db, Viewer viewer, DateOnly today, CancellationToken cancel) => viewer.PostFor(CallbackAccess.Call) is null ? []
        : [.. (await db.Set<CallbackRound>().Where(r => db.Set<Callback>().Any(c => c.RoundId == r.Id && c.State == CallState.Waiting)).OrderBy(r => r.DrawnOn).Select(r => new { r.PublicCode, r.From, r.To }).ToListAsync(cancel))
            .Select(r => new DayItem(typeof(CallbackRound), r.PublicCode, string.Create(CultureInfo.InvariantCulture, $"{r.From:yyyy-MM-dd} – {r.To:yyyy-MM-dd}"), null, ToRing, null))];
}
