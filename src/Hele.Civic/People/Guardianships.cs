using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.People;

/// <summary>Whose guardian somebody is.</summary>
public static class Wards
{
    /// <summary>Persons whose guardian this person is on a day.</summary>
    public static async Task<List<Guid>> Of(HeleDb db, Guid person, DateOnly on, CancellationToken cancel = default) =>
        await db.Set<Guardianship>().Where(g => g.GuardianId == person && g.From <= on && (g.To == null || g.To >= on)).Select(g => g.WardId).ToListAsync(cancel);
}

/// <summary>Registers who answers for whom, or that it has ended.</summary>
public sealed class KeepGuardianship(Writer writer)
{
    public static readonly EventKind Registered = new("guardianship.registered", ("登记了监护关系", "Registered a guardianship"));
    public static readonly EventKind Ended = new("guardianship.ended", ("监护关系终止", "Ended a guardianship"));

    public static readonly Problem BasisMissing = new("guardianship.basis-missing", ("请写明依据，例如：父母（已看户口簿）。最多200个字。", "Say what it rests on, e.g. parents (household book seen). At most 200 characters."), nameof(Input.Basis));
    public static readonly Problem Self = new("guardianship.self", ("监护人和被监护人不能是同一人。", "Nobody is their own guardian."), "Other");
    public static readonly Problem There = new("guardianship.there", ("这段监护关系已经登记过了。", "This guardianship is registered already."), Kind: ProblemKind.Conflict);
    public static readonly Problem NotThere = new("guardianship.not-there", ("没有登记这样的监护关系。", "No such guardianship is registered."), Kind: ProblemKind.Conflict);

    /// <param name="Guardian">Public code.</param>
    /// <param name="Ward">Public code.</param>
    /// <param name="End">True to end it today.</param>
    public sealed record Input(string Guardian, string Ward, string? Basis, bool End = false);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, PeopleAccess.KeepGuardianship.Code, input, async scope =>
    {
        var guardian = await scope.Db.Set<Person>().SingleOrDefaultAsync(p => p.PublicCode == input.Guardian && p.ErasedOn == null);
        var ward = await scope.Db.Set<Person>().SingleOrDefaultAsync(p => p.PublicCode == input.Ward && p.ErasedOn == null);
        if (guardian is null || ward is null || !PeopleAccess.May(viewer, ward, PeopleAccess.KeepGuardianship))
            return PeopleProblems.NotFound;
        var present = await scope.Db.Set<Guardianship>().FirstOrDefaultAsync(g => g.GuardianId == guardian.Id && g.WardId == ward.Id && (g.To == null || g.To >= scope.Today));
        if (input.End)
        {
            if (present is null)
                return NotThere;
            present.EndOn(scope.Today.AddDays(-1));
            scope.Record(present, Ended);
            return Outcome.Ok(ward.PublicCode);
        }
        var basis = ChineseText.Line(input.Basis);
        if (basis.Length is 0 or > Guardianship.BasisLength)
            return BasisMissing;
        if (guardian.Id == ward.Id)
            return Self;
        if (!guardian.IsLiving || !ward.IsLiving)
            return PeopleProblems.Dead;
        if (present is not null)
            return There;
        scope.Add(new Guardianship { GuardianId = guardian.Id, WardId = ward.Id, Basis = basis, From = scope.On }, Registered);
        return Outcome.Ok(ward.PublicCode);
    }, cancel);
}
