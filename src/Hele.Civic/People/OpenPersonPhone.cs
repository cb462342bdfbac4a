using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Sealing;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.People;

/// <summary>Shows a full telephone number: to whoever has to ring, to the person, to their guardian. The person sees that they did.</summary>
public sealed class OpenPersonPhone(OpenSeals seals)
{
    /// <param name="code">The person's public code.</param>
    /// <returns>One value: the number, null where there is none.</returns>
    public Task<Opened> Run(Viewer viewer, Act act, string code, Way way = Way.Page, CancellationToken cancel = default) => seals.Run(act, way, PeopleAccess.OpenPhone, async scope =>
    {
        var wards = await Wards.Of(scope.Db, viewer.PersonId, scope.Today);
        var person = await scope.Db.Set<Person>().SingleOrDefaultAsync(p => p.PublicCode == code && p.ErasedOn == null);
        return person is not null && PeopleAccess.May(viewer, person, PeopleAccess.OpenPhone, wards) ? [new SealedField(person.Id, person, nameof(Person.PhoneSealed), person.PhoneSealed)] : null;
    }, cancel: cancel);
}
