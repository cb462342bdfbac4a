using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Appeals;

/// <summary>
/// A community's own word on a reason of refusal, from a day on: another wording of a shipped one, one of its own, or that a reason is no longer given here. Never changed: what is said anew is a new row.
/// </summary>
public sealed class LocalReason : Owned
{
    public const int TitleLength = 60, InsteadLength = 200, CitationLength = 200;

    /// <summary>How the codes of a community's own reasons begin.</summary>
    public const string OwnPrefix = "own-";

    public required string Code { get; init; }
    public required string Title { get; init; }

    /// <summary>What the resident is told to do instead.</summary>
    public required string Instead { get; init; }

    /// <summary>What it rests on: a notice, a meeting's decision.</summary>
    public required string Citation { get; init; }

    /// <summary>False: from that day on it isn't given here.</summary>
    public required bool IsGiven { get; init; }

    public required DateOnly From { get; init; }
    public required DateTimeOffset SetAt { get; init; }

    internal static void Map(ModelBuilder model) => model.Entity<LocalReason>(e =>
    {
        e.ToTable("LocalReasons");
        e.Property(x => x.Id).NotPersonal();
        e.Property(x => x.Code).HasMaxLength(AppealNote.ReasonLength).NotPersonal();
        e.Property(x => x.Title).HasMaxLength(TitleLength).NotPersonal();
        e.Property(x => x.Instead).HasMaxLength(InsteadLength).NotPersonal();
        e.Property(x => x.Citation).HasMaxLength(CitationLength).NotPersonal();
        e.Property(x => x.IsGiven).NotPersonal();
        e.Property(x => x.From).NotPersonal();
        e.Property(x => x.SetAt).NotPersonal();
        e.HasIndex(x => new { x.JurisdictionId, x.Code, x.From });
    });
}

/// <summary>The reasons of one community: the shipped ones with its own over them, on any day.</summary>
public sealed class ReasonBook(string place, IReadOnlyList<LocalReason> local)
{
    public static async Task<ReasonBook> Of(HeleDb db, Jurisdiction jurisdiction, CancellationToken cancel = default) =>
        new(jurisdiction.Code, await db.Set<LocalReason>().AsNoTracking().Where(r => r.JurisdictionId == jurisdiction.Id).ToListAsync(cancel));

    /// <summary>What may be given on a day: shipped ones in their order, then the community's own.</summary>
    public IReadOnlyList<RefusalReason> InForce(DateOnly date)
    {
        var said = local.Where(r => r.From <= date).GroupBy(r => r.Code).ToDictionary(g => g.Key, g => g.OrderByDescending(r => r.From).ThenByDescending(r => r.SetAt).First());
        var shipped = RefusalReasons.InForce(date, place);
        return [.. shipped.Where(r => !said.ContainsKey(r.Code)).Concat(said.Values.Where(r => r.IsGiven).Select(Read))
            .OrderBy(r => shipped.ToList().FindIndex(s => s.Code == r.Code) is var at && at >= 0 ? at : int.MaxValue).ThenBy(r => r.From)];
    }

    /// <summary>The reason as it was on the day it was given; null when no table knows it any more.</summary>
    public RefusalReason? On(string? code, DateOnly date) => InForce(date).FirstOrDefault(r => r.Code == code);

    /// <summary>What the community said of one reason, or of all, newest first.</summary>
    public IReadOnlyList<LocalReason> History(string? code = null) => [.. local.Where(r => code is null || r.Code == code).OrderByDescending(r => r.From).ThenByDescending(r => r.SetAt)];

    private RefusalReason Read(LocalReason r) => new(r.Code, (r.Title, r.Title), (r.Instead, r.Instead), (r.Citation, r.Citation), SourceStatus.ReadLocal, r.From, null, place);
}

/// <summary>The secretary words a reason of refusal for this community, adds one of its own, or says that one isn't given here any more. From a later day on: what was told stays as it was told.</summary>
public sealed class SetReason(Writer writer, JurisdictionDirectory jurisdictions)
{
    public static readonly Permission Permission = new("appeal.set-reason", ("设定本社区的不予受理原因", "Set a community's own reasons of refusal"), [Role.Secretary]);
    public static readonly EventKind Set = new("refusal-reason.set", ("设定了不予受理的原因", "Set a reason of refusal"));
    public static readonly EventKind Ended = new("refusal-reason.ended", ("不再使用这个不予受理的原因", "Ended a reason of refusal"));

    public static readonly Problem Unknown = new("refusal-reason.unknown", ("没有这个原因。", "There is no such reason."), Kind: ProblemKind.NotFound);
    public static readonly Problem TitleMissing = new("refusal-reason.title-missing", ("请写原因，最多{0}个字。", "Give the reason, at most {0} characters."), nameof(Input.Title));
    public static readonly Problem InsteadMissing = new("refusal-reason.instead-missing", ("请写居民可以怎样办，最多{0}个字：不予受理也要说清该找哪里。", "Say what the resident can do instead, at most {0} characters: whoever is refused is told where to go."), nameof(Input.Instead));
    public static readonly Problem CitationMissing = new("refusal-reason.citation-missing", ("请写明依据（文件名称或会议决定），最多{0}个字。", "Say what it rests on, the name of the document or the decision, at most {0} characters."), nameof(Input.Citation));
    public static readonly Problem NotYet = new("refusal-reason.not-yet", ("最早从明天起：已经说给居民的原因不会倒改。", "From tomorrow at the earliest: what residents were told isn't rewritten."), nameof(Input.From));
    public static readonly Problem NotTheLast = new("refusal-reason.not-the-last", ("至少要留一个原因，不然什么都不能不予受理。", "One reason has to stay; without any, nothing could be refused."), Kind: ProblemKind.Conflict);

    /// <param name="Code">A reason that is there; null for a new one of the community's own.</param>
    /// <param name="End">From that day on it isn't given here.</param>
    public sealed record Input(string? Code, string? Title, string? Instead, string? Citation, DateOnly? From, bool End = false);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, Permission.Code, input, async scope =>
    {
        if (viewer.PostFor(Permission) is null)
            return Unknown;
        var book = await ReasonBook.Of(scope.Db, await jurisdictions.Get(scope.Db, act.JurisdictionId));
        var there = input.Code is null ? null : Known(book, input.Code, scope.Today);
        if (input.Code is not null && there is null)
            return Unknown;
        var (title, instead, citation) = (ChineseText.Line(input.End ? there?.Title.Zh : input.Title), ChineseText.Clean(input.End ? there?.Instead.Zh : input.Instead), ChineseText.Line(input.Citation));
        var problems = new List<Problem>();
        if (title.Length is 0 or > LocalReason.TitleLength) problems.Add(TitleMissing.With(LocalReason.TitleLength));
        if (instead.Length is 0 or > LocalReason.InsteadLength) problems.Add(InsteadMissing.With(LocalReason.InsteadLength));
        if (citation.Length is 0 or > LocalReason.CitationLength) problems.Add(CitationMissing.With(LocalReason.CitationLength));
        if (input.From is not { } from || from <= scope.Today) problems.Add(NotYet);
        else if (input.End && book.InForce(from).All(r => r.Code == input.Code)) problems.Add(NotTheLast);
        if (problems.Count > 0)
            return Outcome.Refused(problems);
        var code = input.Code ?? LocalReason.OwnPrefix + PublicCode.New().Text;
        scope.Add(new LocalReason { Code = code, Title = title, Instead = instead, Citation = citation, IsGiven = !input.End, From = input.From!.Value, SetAt = scope.Now }, input.End ? Ended : Set);
        return Outcome.Ok(code);
    }, cancel);

    /// <summary>A reason that is given, will be, or was: as it stands last.</summary>
    public static RefusalReason? Known(ReasonBook book, string code, DateOnly today)
    {
        if (book.On(code, today) is { } given)
            return given;
        return book.History(code) is [var last, ..] ? new(code, (last.Title, last.Title), (last.Instead, last.Instead), (last.Citation, last.Citation), SourceStatus.ReadLocal, last.From, null, "") : null;
    }
}
