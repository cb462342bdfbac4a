using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Organizations;

/// <summary>分工: that whoever holds a seat of a service team answers for something, from a day to a day, because they are good at it.</summary>
public sealed class SeatDuty : Owned
{
    public required Guid SeatId { get; init; }

    /// <summary>A code of data/duties.csv.</summary>
    public required string Duty { get; init; }

    /// <summary>特长: a code of data/skills.csv; null where it isn't a matter of skill.</summary>
    public string? Skill { get; init; }

    public required DateOnly From { get; init; }

    /// <summary>Last day, inclusive; null while it is theirs.</summary>
    public DateOnly? To { get; private set; }

    public void EndOn(DateOnly last) => To = last;
}

/// <summary>A duty of a service team or a skill, as the reference data name it.</summary>
/// <param name="Kinds">The kinds of matter (data/appeal-kinds.csv) that a duty is about.</param>
public sealed record TeamWord(string Code, Bilingual Title, IReadOnlyList<string> Kinds);

/// <summary>What a service team answers for, and what people are good at, from data/duties.csv and data/skills.csv: reference data, not code.</summary>
public static class TeamDuties
{
    private static readonly Lazy<IReadOnlyList<TeamWord>> LazyDuties = new(() =>
        [.. Csv.Load(ReferenceData.Path("duties.csv")).Select(row => new TeamWord(row["code"], (row["zh"], row["en"]), row["kinds"].Split(' ', StringSplitOptions.RemoveEmptyEntries)))]);

    private static readonly Lazy<IReadOnlyList<TeamWord>> LazySkills = new(() => [.. Csv.Load(ReferenceData.Path("skills.csv")).Select(row => new TeamWord(row["code"], (row["zh"], row["en"]), []))]);

    public static IReadOnlyList<TeamWord> All => LazyDuties.Value;
    public static IReadOnlyList<TeamWord> Skills => LazySkills.Value;

    public static TeamWord? Find(string? code) => All.FirstOrDefault(d => d.Code == code);

    public static TeamWord? Skill(string? code) => Skills.FirstOrDefault(d => d.Code == code);
}

/// <summary>Says what a seat of a service team answers for from today on; what it answered for before keeps its days.</summary>
public sealed class ShareDuties(Writer writer)
{
    /// <param name="Seat">Public code.</param>
    /// <param name="Duties">Codes of data/duties.csv; empty for none.</param>
    /// <param name="Skill">A code of data/skills.csv; empty for none.</param>
    public sealed record Input(string? Seat, IReadOnlyList<string> Duties, string? Skill);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, OrganizationAccess.Keep.Code + ".duties", input, async scope =>
    {
        if (string.IsNullOrEmpty(input.Seat) && viewer.PostFor(OrganizationAccess.Keep) is not null)
            return OrganizationProblems.WhoseDutyMissing;
        var seat = await scope.Db.Set<Seat>().SingleOrDefaultAsync(s => s.PublicCode == input.Seat && s.Of == BodyKind.ServiceTeam);
        if (seat is null || !OrganizationAccess.MayKeep(viewer, await scope.Db.Set<Body>().SingleAsync(b => b.Id == seat.BodyId)))
            return OrganizationProblems.NotFound;
        if (seat.To is not null)
            return OrganizationProblems.EndedAlready;
        var (duties, skill) = (input.Duties.Distinct().ToList(), string.IsNullOrEmpty(input.Skill) ? null : input.Skill);
        if (duties.Any(d => TeamDuties.Find(d) is null))
            return OrganizationProblems.DutyUnknown;
        if (skill is not null && TeamDuties.Skill(skill) is null)
            return OrganizationProblems.SkillUnknown;
        var present = await scope.Db.Set<SeatDuty>().Where(d => d.SeatId == seat.Id && d.To == null).ToListAsync();
        foreach (var gone in present.Where(d => !duties.Contains(d.Duty) || d.Skill != skill))
        {
            gone.EndOn(scope.Today);
            scope.Record(gone, OrganizationEvents.DutyGiven);
        }
        foreach (var duty in duties.Where(d => !present.Any(p => p.Duty == d && p.Skill == skill)))
            scope.Add(new SeatDuty { SeatId = seat.Id, Duty = duty, Skill = skill, From = scope.Today }, OrganizationEvents.DutyTaken);
        return Outcome.Ok(seat.PublicCode);
    }, cancel);
}
