using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Sealing;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.People;

/// <summary>The counter enters somebody into the register. Whoever may be the same person is shown first, and needs a second, deliberate press.</summary>
public sealed class EnterPerson(Writer writer, Seals seals)
{
    /// <param name="Seen">Public codes of the people who were shown as perhaps the same; anybody else who might be is a refusal again.</param>
    /// <param name="Anyway">Somebody compared them and says that this is another person.</param>
    public sealed record Input(string? Name, string? Address, string? Phone, IReadOnlyList<string> Seen, bool Anyway)
    {
        /// <summary>The day they were born, when they say it.</summary>
        public DateOnly? BornOn { get; init; }
    }

    /// <summary>What typing alone shows to be wrong.</summary>
    public static IReadOnlyList<Problem> Check(Input input)
    {
        var problems = new List<Problem>();
        if (ChineseText.Normalize(input.Name).Length is 0 or > Person.NameLength) problems.Add(RegisterPerson.NameMissing);
        if (ChineseText.Normalize(input.Address).Length > Person.AddressLength) problems.Add(RegisterPerson.AddressTooLong);
        if (!string.IsNullOrWhiteSpace(input.Phone) && Phone.Normalize(input.Phone).Length == 0) problems.Add(Phone.Bad);
        return problems;
    }

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, PeopleAccess.Register.Code, input, async scope =>
    {
        if (!PeopleAccess.Keeps(viewer, PeopleAccess.Register))
            return PeopleProblems.NotFound;
        List<Problem> problems = [.. Check(input), .. Birthday.Check(input.BornOn, scope.Today) is { } impossible ? new[] { impossible } : []];
        if (problems.Count > 0)
            return Outcome.Refused(problems);
        var (name, address) = (ChineseText.Normalize(input.Name), ChineseText.Normalize(input.Address));
        var phone = string.IsNullOrWhiteSpace(input.Phone) ? null : Phone.Normalize(input.Phone);
        var index = phone is null ? null : Phone.Index(seals, act.JurisdictionId, phone);
        var same = await Same(scope.Db.Set<Person>(), name, address, index).Select(p => p.PublicCode).ToListAsync();
        if (same.Except(input.Anyway ? input.Seen : []).Any())
            return PeopleProblems.Duplicate;
        var person = scope.Add(new Person { PublicCode = PublicCode.New().Text, Name = name, Address = address.Length == 0 ? null : address }, RegisterPerson.Registered);
        if (phone is not null)
            await Phone.Set(scope, seals, person, phone);
        if (input.BornOn is { } born)
            await Birthday.Set(scope, seals, person, born);
        return Outcome.Ok(person.PublicCode);
    }, cancel);

    /// <summary>Who may be the same person: name and address alike, or the same number.</summary>
    internal static IQueryable<Person> Same(IQueryable<Person> people, string name, string address, byte[]? index)
    {
        var place = address.Length == 0 ? null : address;
        return people.Where(p => p.ErasedOn == null && ((p.Name == name && p.Address == place) || (index != null && p.PhoneIndex == index))).OrderBy(p => p.Id).Take(20);
    }
}
