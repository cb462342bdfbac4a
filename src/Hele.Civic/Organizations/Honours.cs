using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Files;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Organizations;

/// <summary>Who may see and do what with honours. Those of the community and its bodies everybody may see, a person's only with their word; both functions default to nothing.</summary>
public static class HonourAccess
{
    public static readonly Permission Keep = new("honour.keep", ("登记荣誉", "Register honours"), [Role.Clerk, Role.Secretary]);

    public static IEnumerable<Permission> All => [Keep];

    public static bool May(Viewer? viewer, Honour honour) =>
        honour.PersonId is null || honour.NameAgreed
        || (viewer is not null && viewer.JurisdictionId == honour.JurisdictionId && (viewer.PostFor(OrganizationAccess.SeeSeats) is not null || (viewer.PersonId != Guid.Empty && honour.PersonId == viewer.PersonId)));

    /// <summary>The honours of a query that this viewer may see: the same as filtering by <see cref="May"/>.</summary>
    public static IQueryable<Honour> Visible(Viewer? viewer, IQueryable<Honour> honours)
    {
        if (viewer is null)
            return honours.Where(h => h.PersonId == null || h.NameAgreed);
        var (jurisdiction, person, all) = (viewer.JurisdictionId, viewer.PersonId, viewer.PostFor(OrganizationAccess.SeeSeats) is not null);
        return honours.Where(h => h.PersonId == null || h.NameAgreed || (h.JurisdictionId == jurisdiction && (all || (person != Guid.Empty && h.PersonId == person))));
    }
}

public static class HonourEvents
{
    public static readonly EventKind Recorded = new("honour.recorded", ("登记了荣誉", "Registered an honour"));
    public static readonly EventKind Certified = new("honour.certified", ("添加了荣誉证书的照片", "Added a photo of the certificate"));
    public static readonly EventKind Withdrawn = new("honour.withdrawn", ("登记了荣誉被撤销", "Registered that an honour was withdrawn"));

    public static IEnumerable<EventKind> All => [Recorded, Certified, Withdrawn];
}

public static class HonourProblems
{
    public static readonly Problem NotFound = new("honour.not-found", ("没有找到。", "Not found."), Kind: ProblemKind.NotFound);
    public static readonly Problem KindMissing = new("honour.kind-missing", ("请选择是哪种荣誉。", "Choose what kind of honour it is."), "Kind");
    public static readonly Problem LevelMissing = new("honour.level-missing", ("请选择是哪一级颁发的。", "Choose at which level it was awarded."), "Level");
    public static readonly Problem TitleMissing = new("honour.title-missing", ("请写荣誉的名称，最多60个字。", "Give its name, at most 60 characters."), "Title");
    public static readonly Problem IssuerMissing = new("honour.issuer-missing", ("请写由谁颁发，最多60个字。", "Say who awarded it, at most 60 characters."), "Issuer");
    public static readonly Problem DayMissing = new("honour.day-missing", ("请写颁发的日期，不能晚于今天。", "Give the day it was awarded, not after today."), "On");
    public static readonly Problem WhomMissing = new("honour.whom-missing", ("请选择是谁的荣誉。", "Choose whose honour it is."), "For");
    public static readonly Problem PersonMissing = new("honour.person-missing", ("请写全名或编码，从人员登记里选一个人。", "Give the full name or code of somebody in the register."), "Person");
    public static readonly Problem ThereAlready = new("honour.there-already", ("同一天的同名荣誉已经登记过。", "This honour of this day is registered already."), "Title", ProblemKind.Conflict);
    public static readonly Problem ReasonMissing = new("honour.reason-missing", ("请写撤销的依据，最多200个字。", "Say on what ground it was withdrawn, at most 200 characters."), "Reason");
    public static readonly Problem WithdrawnBeforeAwarded = new("honour.withdrawn-before-awarded", ("撤销的日期不能早于颁发，也不能晚于今天。", "The day lies neither before the award nor after today."), "On");
    public static readonly Problem WithdrawnAlready = new("honour.withdrawn-already", ("已经登记过撤销。", "Its withdrawal is registered already."), Kind: ProblemKind.Conflict);
}

/// <summary>Registers an honour, with photos of its certificate when there are any.</summary>
public sealed class RecordHonour(Writer writer, StoredFiles files)
{
    public const string Part = "certificate";

    /// <param name="Body">Public code; null for none.</param>
    /// <param name="Person">Public code; null for none. With neither it is the community's own.</param>
    public sealed record Input(HonourKind? Kind, HonourLevel? Level, string? Title, string? Issuer, DateOnly? On, bool ForBody, string? Body, bool ForPerson, string? Person, bool NameAgreed)
    {
        public IReadOnlyList<Photo> Photos { get; init; } = [];
    }

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, HonourAccess.Keep.Code, input, async scope =>
    {
        if (viewer.PostFor(HonourAccess.Keep) is null)
            return HonourProblems.NotFound;
        var (title, issuer) = (ChineseText.Line(input.Title), ChineseText.Line(input.Issuer));
        var problems = new List<Problem>();
        if (input.Kind is not { } kind || !Enum.IsDefined(kind)) problems.Add(HonourProblems.KindMissing);
        if (input.Level is not { } level || !Enum.IsDefined(level)) problems.Add(HonourProblems.LevelMissing);
        if (title.Length is 0 or > Honour.TitleLength) problems.Add(HonourProblems.TitleMissing);
        if (issuer.Length is 0 or > Honour.IssuerLength) problems.Add(HonourProblems.IssuerMissing);
        if (input.On is null || input.On > scope.Today) problems.Add(HonourProblems.DayMissing);
        var body = input.ForBody ? await scope.Db.Set<Body>().SingleOrDefaultAsync(b => b.PublicCode == input.Body) : null;
        if (input.ForBody && body is null) problems.Add(HonourProblems.WhomMissing);
        var person = input.ForPerson ? await scope.Db.Set<Person>().SingleOrDefaultAsync(p => p.PublicCode == input.Person && p.ErasedOn == null) : null;
        if (input.ForPerson && person is null) problems.Add(HonourProblems.PersonMissing);
        if (problems.Count > 0)
            return Outcome.Refused(problems);
        var (bodyId, personId) = (body?.Id, person?.Id);
        if (await scope.Db.Set<Honour>().AnyAsync(h => h.Title == title && h.AwardedOn == input.On && h.BodyId == bodyId && h.PersonId == personId && h.WithdrawnOn == null))
            return HonourProblems.ThereAlready;
        var honour = scope.Add(new Honour
        {
            Kind = input.Kind!.Value, Level = input.Level!.Value, Title = title, Issuer = issuer, BodyId = bodyId, PersonId = personId, NameAgreed = person is not null && input.NameAgreed, AwardedOn = input.On!.Value, LoggedAt = scope.Now,
        }, HonourEvents.Recorded);
        return await files.Add(scope, honour, FileSide.Community, Part, 0, input.Photos) is { } tooMany ? tooMany : Outcome.Ok(honour.PublicCode);
    }, cancel);
}

/// <summary>A photo of the certificate that was found later.</summary>
public sealed class CertifyHonour(Writer writer, StoredFiles files)
{
    public sealed record Input(string Code)
    {
        public IReadOnlyList<Photo> Photos { get; init; } = [];
    }

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, HonourAccess.Keep.Code + "-photo", input, async scope =>
    {
        if (viewer.PostFor(HonourAccess.Keep) is null || await scope.Db.Set<Honour>().SingleOrDefaultAsync(h => h.PublicCode == input.Code) is not { } honour)
            return HonourProblems.NotFound;
        if (input.Photos.Count == 0)
            return FileProblems.Missing;
        if (await files.Add(scope, honour, FileSide.Community, RecordHonour.Part, 0, input.Photos) is { } tooMany)
            return tooMany;
        scope.Record(honour, HonourEvents.Certified);
        return Outcome.Ok(honour.PublicCode);
    }, cancel);
}

/// <summary>Whoever awarded it took it back, or it was registered by mistake: it stays in the list and says so.</summary>
public sealed class WithdrawHonour(Writer writer)
{
    public sealed record Input(string Code, DateOnly? On, string? Reason);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, HonourAccess.Keep.Code + "-withdraw", input, async scope =>
    {
        if (viewer.PostFor(HonourAccess.Keep) is null || await scope.Db.Set<Honour>().SingleOrDefaultAsync(h => h.PublicCode == input.Code) is not { } honour)
            return HonourProblems.NotFound;
        if (honour.WithdrawnOn is not null)
            return HonourProblems.WithdrawnAlready;
        var (on, why) = (input.On ?? scope.Today, ChineseText.Line(input.Reason));
        var problems = new List<Problem>();
        if (on > scope.Today || on < honour.AwardedOn) problems.Add(HonourProblems.WithdrawnBeforeAwarded);
        if (why.Length is 0 or > Honour.ReasonLength) problems.Add(HonourProblems.ReasonMissing);
        if (problems.Count > 0)
            return Outcome.Refused(problems);
        honour.Withdraw(on, why, scope.Now);
        scope.Record(honour, HonourEvents.Withdrawn);
        return Outcome.Ok(honour.PublicCode);
    }, cancel);
}

/// <summary>What a list of honours is narrowed to.</summary>
/// <param name="Body">Public code.</param>
public sealed record HonourFilter(HonourKind? Kind = null, HonourLevel? Level = null, string? Body = null, string? Search = null);

/// <summary>An honour in a list.</summary>
/// <param name="Body">Whose it is, where it is a body's, with its code; likewise <paramref name="Person"/>. Neither: the community's.</param>
public sealed record HonourLine(string Code, HonourKind Kind, HonourLevel Level, string Title, string Issuer, string? Body, string? BodyCode, string? Person, DateOnly AwardedOn, DateOnly? WithdrawnOn, string? WithdrawnFor, int Photos);

/// <summary>An honour's page.</summary>
/// <param name="Certificates">Codes and numbers of the photos of its certificate, for viewers who may open photos.</param>
public sealed record HonourView(HonourLine Line, bool NameAgreed, IReadOnlyList<(string Code, int Number)> Certificates);

/// <summary>Honours, read within the viewer's rights.</summary>
public sealed class HonourQueries(ReadSession read)
{
    public const int Most = 2000;

    public async Task<IReadOnlyList<HonourLine>> List(Viewer? viewer, HonourFilter filter, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        var honours = HonourAccess.Visible(viewer, db.Set<Honour>());
        if (filter.Kind is { } kind)
            honours = honours.Where(h => h.Kind == kind);
        if (filter.Level is { } level)
            honours = honours.Where(h => h.Level == level);
        if (!string.IsNullOrEmpty(filter.Body))
            honours = honours.Where(h => db.Set<Body>().Any(b => b.Id == h.BodyId && b.PublicCode == filter.Body));
        var words = ChineseText.Normalize(filter.Search);
        if (PublicCode.TryParse(words, out var code))
            honours = honours.Where(h => h.PublicCode == code.Text);
        else if (words.Length > 0)
            honours = honours.Where(h => h.Title.Contains(words) || h.Issuer.Contains(words) || db.Set<Body>().Any(b => b.Id == h.BodyId && b.Name.Contains(words)) || db.Set<Person>().Any(p => p.Id == h.PersonId && p.Name.Contains(words)));
        return await Lines(db, honours, cancel);
    }

    public async Task<HonourView?> Find(Viewer? viewer, string code, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        if (await HonourAccess.Visible(viewer, db.Set<Honour>()).SingleOrDefaultAsync(h => h.PublicCode == code, cancel) is not { } honour)
            return null;
        var line = (await Lines(db, db.Set<Honour>().Where(h => h.Id == honour.Id), cancel))[0];
        var photos = viewer?.Has(StoredFiles.See) == true
            ? await db.Set<StoredFile>().Where(f => f.SubjectTable == "Honours" && f.SubjectId == honour.Id && f.State == FileState.Shown).OrderBy(f => f.Number).Select(f => new { f.PublicCode, f.Number }).ToListAsync(cancel) : [];
        return new HonourView(line, honour.NameAgreed, [.. photos.Select(p => (p.PublicCode, p.Number))]);
    }

    private static async Task<IReadOnlyList<HonourLine>> Lines(HeleDb db, IQueryable<Honour> honours, CancellationToken cancel)
    {
        var rows = await honours.OrderByDescending(h => h.AwardedOn).ThenBy(h => h.PublicCode).Take(Most).Select(h => new
        {
            Honour = h, Body = db.Set<Body>().Where(b => b.Id == h.BodyId).Select(b => new { b.Name, b.PublicCode }).FirstOrDefault(),
            Person = db.Set<Person>().Where(p => p.Id == h.PersonId).Select(p => p.Name).FirstOrDefault(),
            Photos = db.Set<StoredFile>().Count(f => f.SubjectTable == "Honours" && f.SubjectId == h.Id && f.State == FileState.Shown),
        }).ToListAsync(cancel);
        return [.. rows.Select(r => new HonourLine(r.Honour.PublicCode, r.Honour.Kind, r.Honour.Level, r.Honour.Title, r.Honour.Issuer, r.Body?.Name, r.Body?.PublicCode, r.Person, r.Honour.AwardedOn, r.Honour.WithdrawnOn, r.Honour.WithdrawnFor, r.Photos))];
    }
}
