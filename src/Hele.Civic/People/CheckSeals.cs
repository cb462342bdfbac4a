using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Sealing;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.People;

/// <summary>What is wrong with somebody's number or day of birth: the seal, or what should follow from the value and doesn't.</summary>
public enum SealFault
{
    /// <summary>It can't be opened.</summary>
    Broken,

    /// <summary>It isn't in the form in which numbers are found.</summary>
    Form,

    /// <summary>The shortened form is another number's.</summary>
    Mask,

    /// <summary>What it is found by is another number's.</summary>
    Index,

    /// <summary>The day of birth can't be opened.</summary>
    BornBroken,

    /// <summary>It is no day.</summary>
    BornForm,

    /// <summary>Beside it stands another year.</summary>
    BornMask,
}

/// <summary>One portion of the check.</summary>
/// <param name="Next">The key after which it goes on; null at the end.</param>
public sealed record SealsChecked(int Values, IReadOnlyList<(string Code, SealFault Fault)> Faults, Guid? Next, IReadOnlyList<Problem> Problems);

/// <summary>
/// Opens every number and every day of birth, portion by portion, compares them with their shortened forms and the index, and shows them to nobody. Each opening leaves a
/// record all the same, one for both: the person sees that the program looked, and for what.
/// </summary>
public sealed class CheckSeals(OpenSeals open, Seals seals)
{
    private const int Portion = 200;

    /// <param name="act">Of the installation itself.</param>
    public async Task<SealsChecked> Run(Act act, Guid? after, CancellationToken cancel = default)
    {
        List<Person> people = [];
        var opened = await open.Run(act, Way.Job, PeopleAccess.CheckSeals, async scope =>
        {
            var held = scope.Db.Set<Person>().AsNoTracking().Where(p => p.PhoneSealed != null || p.BornOnSealed != null);
            people = await (after is { } from ? held.Where(p => p.Id > from) : held).OrderBy(p => p.Id).Take(Portion).ToListAsync();
            return [.. people.SelectMany(p => new[] { new SealedField(p.Id, p, nameof(Person.PhoneSealed), p.PhoneSealed), new SealedField(p.Id, p, nameof(Person.BornOnSealed), p.BornOnSealed) })];
        }, goOn: true, cancel);
        if (!opened.IsOpen)
            return new(0, [], null, opened.Problems);
        var faults = new List<(string, SealFault)>();
        for (var i = 0; i < people.Count; i++)
        {
            var person = people[i];
            var (number, born) = (opened.Values[2 * i], opened.Values[(2 * i) + 1]);
            if (person.PhoneSealed is not null && number is null)
                faults.Add((person.PublicCode, SealFault.Broken));
            if (person.BornOnSealed is not null && born is null)
                faults.Add((person.PublicCode, SealFault.BornBroken));
            if (number is not null)
            {
                if (Phone.Normalize(number) != number)
                    faults.Add((person.PublicCode, SealFault.Form));
                if (Masking.Phone(number) != person.PhoneMasked)
                    faults.Add((person.PublicCode, SealFault.Mask));
                if (!Phone.Index(seals, person.JurisdictionId, number).AsSpan().SequenceEqual(person.PhoneIndex))
                    faults.Add((person.PublicCode, SealFault.Index));
            }
            if (born is not null)
            {
                if (Birthday.Read(born) is not { } day)
                    faults.Add((person.PublicCode, SealFault.BornForm));
                else if (Birthday.Masked(day) != person.BornMasked)
                    faults.Add((person.PublicCode, SealFault.BornMask));
            }
        }
        return new(opened.Values.Count(v => v is not null) + opened.Broken.Count, faults, people.Count == Portion ? people[^1].Id : null, []);
    }
}
