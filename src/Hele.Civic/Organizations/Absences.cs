using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Organizations;

/// <summary>Whoever keeps the bodies, or somebody of themselves, says who is away from when to when and who stands in.</summary>
public sealed class SayAbsence(Writer writer)
{
    /// <param name="Person">Public code.</param>
    /// <param name="StandIn">Public code; empty for nobody.</param>
    public sealed record Input(string? Person, AbsenceKind? Kind, DateOnly? From, DateOnly? To, string? StandIn);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, OrganizationAccess.SayAbsence.Code, input, async scope =>
    {
        if (viewer.PostFor(OrganizationAccess.SayAbsence) is null)
            return OrganizationProblems.NotFound;
        var problems = new List<Problem>();
        var person = await scope.Db.Set<Person>().Where(Person.Living).SingleOrDefaultAsync(p => p.PublicCode == input.Person);
        if (person is null) problems.Add(AbsenceProblems.PersonMissing);
        else if (!OrganizationAccess.MaySayAway(viewer, person.Id)) problems.Add(AbsenceProblems.NotTheirs);
        else if (!await Absences.Serves(scope.Db, person.Id, scope.Today)) problems.Add(AbsenceProblems.ServesNowhere);
        if (input.Kind is not { } kind || !Enum.IsDefined(kind)) problems.Add(AbsenceProblems.KindMissing);
        if (input.From is not { } from || from < scope.Today.AddDays(-Absences.DaysBack)) problems.Add(AbsenceProblems.FromMissing.With(Absences.DaysBack));
        var (standIn, refused) = await Absences.StandIn(scope.Db, input.StandIn, person?.Id, input.From, input.To);
        if (refused is not null) problems.Add(refused);
        if (input.To is not { } to || to < input.From || to < scope.Today) problems.Add(AbsenceProblems.ToMissing);
        if (problems.Count > 0)
            return Outcome.Refused(problems);
        if (await Absences.Between(scope.Db, person!.Id, input.From!.Value, input.To!.Value).FirstOrDefaultAsync() is { } other)
            return AbsenceProblems.AwayAlready.With(other.From, other.To);
        return Outcome.Ok(scope.Add(Absence.Of(person!.Id, input.Kind!.Value, standIn, input.From!.Value, input.To!.Value, scope.Now), OrganizationEvents.Away).PublicCode);
    }, cancel);
}

/// <summary>They come back on another day, somebody else stands in, or it isn't so at all.</summary>
public sealed class ChangeAbsence(Writer writer)
{
    /// <param name="To">The last day they are away.</param>
    /// <param name="TakeBack">It wasn't so: nothing else of the input counts.</param>
    public sealed record Input(string Code, DateOnly? To, string? StandIn, bool TakeBack = false);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, OrganizationAccess.SayAbsence.Code + "-change", input, async scope =>
    {
        var absence = await scope.Db.Set<Absence>().SingleOrDefaultAsync(a => a.PublicCode == input.Code);
        if (absence is null || !OrganizationAccess.MaySayAway(viewer, absence.PersonId))
            return OrganizationProblems.NotFound;
        if (absence.TakenBackOn is not null)
            return AbsenceProblems.TakenBackAlready;
        if (absence.To < scope.Today)
            return AbsenceProblems.Over;
        if (input.TakeBack)
        {
            // A day somebody was away has been seen by others: it can only be ended.
            if (absence.From < scope.Today)
                return AbsenceProblems.HasBegun;
            absence.TakeBack(scope.Today);
            scope.Record(absence, OrganizationEvents.AwayTakenBack);
            return Outcome.Ok(absence.PublicCode);
        }
        var problems = new List<Problem>();
        // Back again today means that yesterday was the last day.
        if (input.To is not { } to || to < absence.From || to < scope.Today.AddDays(-1)) problems.Add(AbsenceProblems.ToMissing);
        var (standIn, refused) = await Absences.StandIn(scope.Db, input.StandIn, absence.PersonId, absence.From, input.To);
        if (refused is not null) problems.Add(refused);
        if (problems.Count > 0)
            return Outcome.Refused(problems);
        if (await Absences.Between(scope.Db, absence.PersonId, absence.From, input.To!.Value).FirstOrDefaultAsync(a => a.Id != absence.Id) is { } other)
            return AbsenceProblems.AwayAlready.With(other.From, other.To);
        if ((absence.To, absence.StandInId) == (input.To!.Value, standIn))
            return Outcome.Ok(absence.PublicCode);
        absence.Change(input.To!.Value, standIn);
        scope.Record(absence, OrganizationEvents.AwayChanged);
        return Outcome.Ok(absence.PublicCode);
    }, cancel);
}

/// <summary>Who is away on a day: the one expression that cards, routing and lists are made by.</summary>
public static class Absences
{
    /// <summary>How far back an absence can be written down: somebody falls ill in the night.</summary>
    public const int DaysBack = 7;

    public static IQueryable<Absence> On(HeleDb db, DateOnly day) => db.Set<Absence>().Where(a => a.TakenBackOn == null && a.From <= day && a.To >= day);

    /// <summary>The absences of somebody that touch these days, first things first.</summary>
    internal static IQueryable<Absence> Between(HeleDb db, Guid person, DateOnly first, DateOnly last) =>
        db.Set<Absence>().Where(a => a.PersonId == person && a.TakenBackOn == null && a.From <= last && a.To >= first).OrderBy(a => a.From);

    /// <summary>They hold a post or sit somewhere: of nobody else it is written down where they are.</summary>
    internal static async Task<bool> Serves(HeleDb db, Guid person, DateOnly today) =>
        await db.Set<Post>().Where(Post.ActiveOn(today)).AnyAsync(p => p.PersonId == person) || await Sat.On(db, today).AnyAsync(s => s.PersonId == person);

    internal static async Task<(Guid? Person, Problem? Refused)> StandIn(HeleDb db, string? code, Guid? away, DateOnly? from, DateOnly? to)
    {
        if (string.IsNullOrEmpty(code))
            return (null, null);
        if (await db.Set<Person>().Where(Person.Living).SingleOrDefaultAsync(p => p.PublicCode == code && p.LeftOn == null) is not { } person)
            return (null, AbsenceProblems.StandInMissing);
        if (person.Id == away)
            return (null, AbsenceProblems.StandsInForThemselves);
        if (from is { } first && to is { } last && await Between(db, person.Id, first, last).FirstOrDefaultAsync() is { } other)
            return (null, AbsenceProblems.StandInAway.With(other.From, other.To));
        return (person.Id, null);
    }
}

/// <summary>An absence in the list of those who work here.</summary>
/// <param name="Kind">Null once its time is over.</param>
/// <param name="As">The posts and seats they are missed in.</param>
/// <param name="StandInCode">Public code of who stands in.</param>
/// <param name="MayChange">It is theirs, or the viewer keeps the bodies, and it isn't over.</param>
public sealed record AbsenceLine(string Code, string Person, IReadOnlyList<string> As, AbsenceKind? Kind, string? StandIn, string? StandInCode, DateOnly From, DateOnly To, DateOnly? TakenBackOn, bool MayChange);

/// <summary>Absences, for those who work in the community.</summary>
public sealed class AbsenceQueries(ReadSession read, TimeProvider clock)
{
    public const int Most = 200;

    /// <summary>Those of today and to come first; then those of the last year.</summary>
    public async Task<IReadOnlyList<AbsenceLine>> List(Viewer viewer, CancellationToken cancel = default, int most = Most)
    {
        var (db, since) = (await read.Db(cancel), clock.Today().AddYears(-1));
        return viewer.PostFor(OrganizationAccess.SeeSeats) is null ? [] : await Lines(db, viewer, db.Set<Absence>().Where(a => a.To >= since), cancel, most);
    }

    public async Task<AbsenceLine?> Find(Viewer viewer, string code, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        return viewer.PostFor(OrganizationAccess.SeeSeats) is null ? null : (await Lines(db, viewer, db.Set<Absence>().Where(a => a.PublicCode == code), cancel)).SingleOrDefault();
    }

    /// <summary>The viewer's own code in the register.</summary>
    public async Task<string?> CodeOf(Viewer viewer, CancellationToken cancel = default)
    {
        var (db, person) = (await read.Db(cancel), viewer.PersonId);
        return await db.Set<Person>().Where(p => p.Id == person).Select(p => p.PublicCode).SingleOrDefaultAsync(cancel);
    }

    /// <summary>Whoever has exactly this name or code and serves here.</summary>
    public async Task<IReadOnlyList<(string Code, string Name, string As)>> Serving(Viewer viewer, string? typed, CancellationToken cancel = default)
    {
        var words = ChineseText.Normalize(typed);
        if (viewer.PostFor(OrganizationAccess.SayAbsence) is null || words.Length == 0)
            return [];
        var (db, today) = (await read.Db(cancel), clock.Today());
        var found = db.Set<Person>().Where(Person.Living).Where(p => p.LeftOn == null);
        found = PublicCode.TryParse(words, out var code) ? found.Where(p => p.PublicCode == code.Text) : found.Where(p => p.Name == words);
        var people = await found.Where(p => db.Set<Post>().Where(Post.ActiveOn(today)).Any(x => x.PersonId == p.Id) || Sat.On(db, today, null).Any(s => s.PersonId == p.Id)).OrderBy(p => p.Id).Take(10).ToListAsync(cancel);
        var serves = await As(db, [.. people.Select(p => p.Id)], today, cancel);
        return [.. people.Select(p => (p.PublicCode, p.Name, string.Join(" · ", serves[p.Id].Take(3))))];
    }

    private async Task<IReadOnlyList<AbsenceLine>> Lines(HeleDb db, Viewer viewer, IQueryable<Absence> absences, CancellationToken cancel, int most = Most)
    {
        var today = clock.Today();
        var rows = await (from a in absences
                          join p in db.Set<Person>() on a.PersonId equals p.Id
                          orderby a.To descending, a.Id
                          select new { Absence = a, p.Name, StandIn = db.Set<Person>().Where(x => x.Id == a.StandInId).Select(x => new { x.Name, x.PublicCode }).FirstOrDefault() }).Take(most).ToListAsync(cancel);
        var serves = await As(db, [.. rows.Select(r => r.Absence.PersonId).Distinct()], today, cancel);
        return [.. rows.OrderBy(r => r.Absence.To < today || r.Absence.TakenBackOn is not null).ThenByDescending(r => r.Absence.To < today ? r.Absence.From : DateOnly.MinValue).ThenBy(r => r.Absence.From).ThenBy(r => r.Name, ChineseText.ByPinyin)
            .Select(r => new AbsenceLine(r.Absence.PublicCode, r.Name, [.. serves[r.Absence.PersonId]], r.Absence.Kind, r.StandIn?.Name, r.StandIn?.PublicCode, r.Absence.From, r.Absence.To, r.Absence.TakenBackOn,
                OrganizationAccess.MaySayAway(viewer, r.Absence.PersonId) && r.Absence.TakenBackOn is null && r.Absence.To >= today))];
    }

    private static async Task<ILookup<Guid, string>> As(HeleDb db, IReadOnlyList<Guid> people, DateOnly today, CancellationToken cancel)
    {
        var posts = await db.Set<Post>().Where(Post.ActiveOn(today)).Where(p => people.Contains(p.PersonId)).OrderBy(p => p.Id).Select(p => new { p.PersonId, As = p.Title }).ToListAsync(cancel);
        var seats = await (from s in Sat.On(db, today) where people.Contains(s.PersonId) join b in db.Set<Body>() on s.BodyId equals b.Id orderby s.Of, b.Name select new { s.PersonId, As = b.Name }).ToListAsync(cancel);
        return posts.Concat(seats).DistinctBy(x => (x.PersonId, x.As)).ToLookup(x => x.PersonId, x => x.As);
    }
}

/// <summary>What can be refused about absences.</summary>
public static class AbsenceProblems
{
    public static readonly Problem PersonMissing = new("absence.person-missing", ("请写全名或编码，选出谁不在岗。", "Give the full name or code of who is away."), "Person");
    public static readonly Problem NotTheirs = new("absence.not-theirs", ("只能登记自己不在岗；别人的请社区工作者或书记登记。", "You can register your own absence only; the clerk or the secretary registers others'."), "Person");
    public static readonly Problem ServesNowhere = new("absence.serves-nowhere", ("这个人没有岗位，也不在任何组织任职，不用登记。", "They hold no post and sit in no body: nothing has to be registered."), "Person");
    public static readonly Problem KindMissing = new("absence.kind-missing", ("请选择原因的种类。", "Choose the kind of reason."), "Kind");
    public static readonly Problem FromMissing = new("absence.from-missing", ("请写从哪天起，最多补记{0}天前的。", "Give the first day, at most {0} days back."), "From");
    public static readonly Problem ToMissing = new("absence.to-missing", ("请写到哪天为止，不能早于第一天，也不能已经过去。", "Give the last day, neither before the first nor over."), "To");
    public static readonly Problem AwayAlready = new("absence.away-already", ("这些天已经登记过：{0:yyyy-MM-dd}到{1:yyyy-MM-dd}。", "Registered already for {0:yyyy-MM-dd} to {1:yyyy-MM-dd}."), "From", ProblemKind.Conflict);
    public static readonly Problem StandInMissing = new("absence.stand-in-missing", ("没有找到代班的人，请写登记里的全名或编码。", "Who stands in wasn't found: give the full name or code of the register."), "StandIn");
    public static readonly Problem StandsInForThemselves = new("absence.stands-in-for-themselves", ("代班的要是另一个人。", "Somebody else has to stand in."), "StandIn");
    public static readonly Problem StandInAway = new("absence.stand-in-away", ("代班的人{0:yyyy-MM-dd}到{1:yyyy-MM-dd}也不在岗，请另选。", "They are away themselves from {0:yyyy-MM-dd} to {1:yyyy-MM-dd}; choose somebody else."), "StandIn", ProblemKind.Conflict);
    public static readonly Problem TakenBackAlready = new("absence.taken-back-already", ("已经撤销过。", "It was taken back already."), Kind: ProblemKind.Conflict);
    public static readonly Problem Over = new("absence.over", ("已经结束，不能再改。", "It is over and can't be changed."), Kind: ProblemKind.Conflict);
    public static readonly Problem HasBegun = new("absence.has-begun", ("已经开始，不能撤销；请改最后一天。", "It has begun and can't be taken back; change its last day."), "To", ProblemKind.Conflict);
}
