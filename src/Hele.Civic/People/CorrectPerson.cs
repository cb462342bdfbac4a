using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Sealing;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.People;

/// <summary>Corrects what the register says about a person: their own entry, their ward's, or anybody's by the post that keeps the register.</summary>
public sealed class CorrectPerson(Writer writer, Seals seals)
{
    public static readonly EventKind Corrected = new("person.corrected", ("更正了登记的信息", "Corrected the entry"));

    /// <param name="Phone">Null leaves the number as it is; empty takes it away.</param>
    public sealed record Input(string Code, string? Name, string? Address, string? Phone)
    {
        /// <summary>The day they were born; null leaves what is held.</summary>
        public DateOnly? BornOn { get; init; }
    }

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, PeopleAccess.Correct.Code, input, scope => In(scope, viewer, input), cancel);

    /// <summary>The same inside another act: a stated change that its keeper confirms.</summary>
    internal async Task<Outcome> In(ActScope scope, Viewer viewer, Input input)
    {
        // Asked before it is known whether there is such a person: missing and not theirs take the same path.
        var wards = await Wards.Of(scope.Db, viewer.PersonId, scope.Today);
        var person = await scope.Db.Set<Person>().SingleOrDefaultAsync(p => p.PublicCode == input.Code && p.ErasedOn == null);
        if (person is null || !PeopleAccess.May(viewer, person, PeopleAccess.Correct, wards))
            return PeopleProblems.NotFound;
        var problems = new List<Problem>();
        var (name, address) = (ChineseText.Normalize(input.Name), ChineseText.Normalize(input.Address));
        var phone = string.IsNullOrWhiteSpace(input.Phone) ? null : Phone.Normalize(input.Phone);
        if (name.Length is 0 or > Person.NameLength) problems.Add(RegisterPerson.NameMissing);
        if (address.Length > Person.AddressLength) problems.Add(RegisterPerson.AddressTooLong);
        if (phone is "") problems.Add(Phone.Bad);
        if (Birthday.Check(input.BornOn, scope.Today) is { } impossible) problems.Add(impossible);
        if (problems.Count > 0)
            return Outcome.Refused(problems);
        (person.Name, person.Address) = (name, address.Length == 0 ? null : address);
        if (input.Phone is not null)
            await Phone.Set(scope, seals, person, phone);
        if (input.BornOn is { } born)
            await Birthday.Set(scope, seals, person, born);
        scope.Record(person, Corrected);
        return Outcome.Ok(person.PublicCode);
    }
}
