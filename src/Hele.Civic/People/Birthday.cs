using System.Globalization;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Sealing;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.People;

/// <summary>The day somebody was born, which is sealed: of a child under fourteen it is sensitive, and a child is who it is entered for.</summary>
public static class Birthday
{
    /// <summary>The earliest day anybody living can have been born on.</summary>
    public static readonly DateOnly Earliest = new(1900, 1, 1);

    public static readonly Problem Impossible = new("person.birthday-impossible", ("出生日期不能晚于今天，也不能早于1900年。", "The day of birth can't lie after today, nor before 1900."), "BornOn");

    /// <summary>What is wrong with a day that was said; null for none.</summary>
    public static Problem? Check(DateOnly? on, DateOnly today) => on > today || on < Earliest ? Impossible : null;

    /// <summary>Seals it for a person who was added to the act; beside it stands the year alone.</summary>
    public static async Task Set(ActScope scope, Seals seals, Person person, DateOnly on) =>
        person.BeBorn(await seals.Seal(scope, person.Id, person, nameof(Person.BornOnSealed), Written(on)), Masked(on));

    /// <summary>As it stands under the seal.</summary>
    public static string Written(DateOnly on) => on.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Null for what isn't written so.</summary>
    public static DateOnly? Read(string written) => DateOnly.TryParseExact(written, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>As lists show it.</summary>
    public static string Masked(DateOnly on) => on.ToString("yyyy-**-**", CultureInfo.InvariantCulture);
}

/// <summary>Shows the day of birth: to whoever keeps the register, to the person, to their guardian. The person, or the guardian, sees that they did.</summary>
public sealed class OpenBirthday(OpenSeals seals)
{
    /// <param name="code">The person's public code.</param>
    /// <returns>One value, yyyy-MM-dd; null where there is none.</returns>
    public Task<Opened> Run(Viewer viewer, Act act, string code, Way way = Way.Page, CancellationToken cancel = default) => seals.Run(act, way, PeopleAccess.OpenBirthday, async scope =>
    {
        var wards = await Wards.Of(scope.Db, viewer.PersonId, scope.Today);
        var person = await scope.Db.Set<Person>().SingleOrDefaultAsync(p => p.PublicCode == code && p.ErasedOn == null);
        return person is not null && PeopleAccess.May(viewer, person, PeopleAccess.OpenBirthday, wards) ? [new SealedField(person.Id, person, nameof(Person.BornOnSealed), person.BornOnSealed)] : null;
    }, cancel: cancel);
}
