using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.People;

/// <summary>Registers that somebody has left the community for good (moved away), from which day their entry is kept for a time only; or that it wasn't so.</summary>
public sealed class PersonLeft(Writer writer, ModuleList modules)
{
    public static readonly EventKind Left = new("person.left", ("登记为已离开本社区", "Registered as having left the community"));
    public static readonly EventKind Returned = new("person.returned", ("撤销了已离开的登记", "Took back that they had left"));

    /// <param name="On">The day they left; null with <paramref name="Back"/>.</param>
    public sealed record Input(string Code, DateOnly? On, bool Back = false);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, "person.left", input, scope => In(scope, viewer, input), cancel);

    /// <summary>The same inside another act: a stated change that its keeper confirms.</summary>
    internal async Task<Outcome> In(ActScope scope, Viewer viewer, Input input)
    {
        var person = await scope.Db.Set<Person>().SingleOrDefaultAsync(p => p.PublicCode == input.Code && p.ErasedOn == null);
        if (person is null || !PeopleAccess.Keeps(viewer, PeopleAccess.Correct) || !PeopleAccess.May(viewer, person, PeopleAccess.Correct))
            return PeopleProblems.NotFound;
        if (person.DiedOn is not null)
            return PeopleProblems.Dead;
        if (input.Back)
        {
            if (person.LeftOn is null)
                return PeopleProblems.NotLeft;
            var left = person.LeftOn.Value;
            person.Leave(null);
            scope.Record(person, Returned);
            await modules.Follow(scope, new(LifeChange.Returned, person.Id, left, await LifeFact.ActOf(scope, person.Id, Left)));
            return Outcome.Ok(person.PublicCode);
        }
        if (person.LeftOn is not null)
            return PeopleProblems.AlreadyLeft;
        if (input.On is not { } on)
            return PeopleProblems.LeftMissing;
        if (on > scope.Today)
            return PeopleProblems.LeftInFuture;
        if (await scope.Db.Set<Post>().AnyAsync(p => p.PersonId == person.Id && (p.To == null || p.To >= scope.Today)))
            return PeopleProblems.HoldsPost;
        person.Leave(on);
        scope.Record(person, Left);
        await modules.Follow(scope, new(LifeChange.Left, person.Id, on, scope.Act.OperationId));
        return Outcome.Ok(person.PublicCode);
    }
}
