using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Deliberations;

/// <summary>The method a community adopted, from a day on. Never changed: another one is a new row.</summary>
public sealed class AdoptedMethod : Owned
{
    public const int MethodLength = 40, CitationLength = 200;

    /// <summary>A code of <see cref="DecisionMethods"/>.</summary>
    public required string Method { get; init; }

    public required DateOnly From { get; init; }

    /// <summary>What it rests on: a notice, a meeting's decision.</summary>
    public required string Citation { get; init; }

    public required DateTimeOffset SetAt { get; init; }

    internal static void Map(ModelBuilder model) => model.Entity<AdoptedMethod>(e =>
    {
        e.ToTable("AdoptedMethods");
        e.Property(x => x.Id).NotPersonal();
        e.Property(x => x.Method).HasMaxLength(MethodLength).NotPersonal();
        e.Property(x => x.From).NotPersonal();
        e.Property(x => x.Citation).HasMaxLength(CitationLength).NotPersonal();
        e.Property(x => x.SetAt).NotPersonal();
        e.HasIndex(x => new { x.JurisdictionId, x.From });
    });
}

/// <summary>A method as a community follows it.</summary>
/// <param name="Adopted">How it came to it; null where it is the default of its place.</param>
public sealed record MethodHere(DecisionMethod Method, AdoptedMethod? Adopted);

/// <summary>What one community decides by, on any day: what it adopted, else the default of its place.</summary>
public sealed class MethodBook(string place, IReadOnlyList<AdoptedMethod> adopted)
{
    public static async Task<MethodBook> Of(HeleDb db, Jurisdiction jurisdiction, CancellationToken cancel = default) =>
        new(jurisdiction.Code, await db.Set<AdoptedMethod>().AsNoTracking().Where(m => m.JurisdictionId == jurisdiction.Id).ToListAsync(cancel));

    /// <summary>What was adopted, the newest first.</summary>
    public IReadOnlyList<AdoptedMethod> History { get; } = [.. adopted.OrderByDescending(m => m.From).ThenByDescending(m => m.SetAt)];

    public MethodHere? InForce(DateOnly date) =>
        History.FirstOrDefault(m => m.From <= date) is { } row && DecisionMethods.InForce(date).FirstOrDefault(m => m.Code == row.Method) is { } method ? new(method, row)
        : DecisionMethods.Default(date, place) is { } shipped ? new(shipped, null) : null;
}

/// <summary>The secretary says by which method the community decides from a day on. What was begun under another one goes on under it.</summary>
public sealed class AdoptMethod(Writer writer, JurisdictionDirectory jurisdictions)
{
    public static readonly Permission Permission = new("deliberation.adopt-method", ("采用民主决策的方法", "Adopt a method of decision"), [Role.Secretary]);
    public static readonly EventKind Adopted = new("decision-method.adopted", ("采用了民主决策的方法", "Adopted a method of decision"));

    public static readonly Problem MethodMissing = new("decision-method.missing", ("请选择一种方法。", "Choose a method."), nameof(Input.Method));
    public static readonly Problem Same = new("decision-method.same", ("那一天起本来就用这种方法。", "From that day on this method is followed already."), nameof(Input.Method));
    public static readonly Problem CitationMissing = new("decision-method.citation-missing", ("请写明依据（文件名称或会议决定），最多{0}个字。", "Say what it rests on, the name of the document or the decision, at most {0} characters."), nameof(Input.Citation));
    public static readonly Problem NotYet = new("decision-method.not-yet", ("最早从明天起：已经开始的事仍按原来的方法办完。", "From tomorrow at the earliest: what was begun is finished by the method it was begun under."), nameof(Input.From));

    /// <param name="Method">A code of <see cref="DecisionMethods"/>.</param>
    public sealed record Input(string? Method, DateOnly? From, string? Citation);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, Permission.Code, input, async scope =>
    {
        if (viewer.PostFor(Permission) is null)
            return MethodMissing;
        var citation = ChineseText.Line(input.Citation);
        var problems = new List<Problem>();
        if (input.From is not { } from || from <= scope.Today) problems.Add(NotYet);
        else if (DecisionMethods.InForce(from).All(m => m.Code != input.Method)) problems.Add(MethodMissing);
        else if ((await MethodBook.Of(scope.Db, await jurisdictions.Get(scope.Db, act.JurisdictionId))).InForce(from)?.Method.Code == input.Method) problems.Add(Same);
        if (citation.Length is 0 or > AdoptedMethod.CitationLength) problems.Add(CitationMissing.With(AdoptedMethod.CitationLength));
        if (problems.Count > 0)
            return Outcome.Refused(problems);
        scope.Add(new AdoptedMethod { Method = input.Method!, From = input.From!.Value, Citation = citation, SetAt = scope.Now }, Adopted);
        return Outcome.Ok(input.Method!);
    }, cancel);
}

/// <summary>Reads by which method the community of a request decides.</summary>
public sealed class MethodQueries(ReadSession read)
{
    public async Task<MethodBook> Methods(Jurisdiction jurisdiction, CancellationToken cancel = default) => await MethodBook.Of(await read.Db(cancel), jurisdiction, cancel);
}
