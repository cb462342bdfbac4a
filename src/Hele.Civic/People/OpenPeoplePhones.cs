using Hele.Civic.Kernel;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Sealing;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.People;

/// <summary>Somebody with their full number.</summary>
/// <param name="Phone">Null where none is held, or where <paramref name="IsBroken"/>.</param>
/// <param name="IsBroken">The seal is damaged or its key is gone.</param>
public sealed record PersonWithPhone(Guid Id, string Code, string Name, string? Address, string? Phone, bool IsBroken);

/// <summary>Several people with their numbers, or why not.</summary>
/// <param name="Next">The key after which more of them follow; null at the end.</param>
public sealed record PeopleWithPhones(IReadOnlyList<PersonWithPhone> People, Guid? Next, IReadOnlyList<Problem> Problems)
{
    public bool IsOpen => Problems.Count == 0;
}

/// <summary>Full numbers of several people in one act, each with a record of its own: a page of an export, a call sheet, who was found by a number.</summary>
public sealed class OpenPeoplePhones(OpenSeals open, Seals seals, ModuleList modules)
{
    /// <summary>Most people opened in one act.</summary>
    public const int PageSize = 200;

    /// <summary>One page of the list that is shown, by key, to be written into a file.</summary>
    public Task<PeopleWithPhones> Export(Viewer viewer, Act act, PeopleFilter filter, Guid? after, CancellationToken cancel = default) =>
        Run(viewer, act, Way.Export, PeopleAccess.Export, (db, people, today) =>
        {
            var chosen = PeopleQueries.Narrowed(db, people, filter, today);
            return after is { } from ? chosen.Where(p => p.Id < from) : chosen;
        }, cancel);

    /// <summary>The people who were ticked, to be printed.</summary>
    public Task<PeopleWithPhones> CallSheet(Viewer viewer, Act act, IReadOnlyList<string> codes, CancellationToken cancel = default) =>
        Run(viewer, act, Way.Print, PeopleAccess.CallSheet, (_, people, _) => people.Where(Person.Living).Where(p => codes.Contains(p.PublicCode)), cancel);

    /// <summary>Whose number this is. Saying so is showing it, so each hit leaves a record; a number nobody has leaves none.</summary>
    /// <param name="digits">As <see cref="Phone.Normalize"/> gives it.</param>
    public Task<PeopleWithPhones> ByNumber(Viewer viewer, Act act, string digits, CancellationToken cancel = default)
    {
        var index = Phone.Index(seals, act.JurisdictionId, digits);
        return Run(viewer, act, Way.SearchHit, PeopleAccess.OpenPhone, (_, people, _) => people.Where(p => p.PhoneIndex == index), cancel);
    }

    private async Task<PeopleWithPhones> Run(Viewer viewer, Act act, Way way, Permission purpose, Func<HeleDb, IQueryable<Person>, DateOnly, IQueryable<Person>> choose, CancellationToken cancel)
    {
        List<Person> people = [];
        var more = false;
        var opened = await open.Run(act, way, purpose, async scope =>
        {
            people = [];
            if (!PeopleAccess.Keeps(viewer, purpose) || viewer.JurisdictionId != act.JurisdictionId)
                return null;
            people = await choose(scope.Db, PeopleAccess.Visible(scope.Db, modules, viewer, scope.Db.Set<Person>()).Where(p => p.ErasedOn == null), scope.Today)
                .AsNoTracking().OrderByDescending(p => p.Id).Take(PageSize + 1).ToListAsync();
            more = people.Count > PageSize;
            people = [.. people.Take(PageSize)];
            return [.. people.Select(p => new SealedField(p.Id, p, nameof(Person.PhoneSealed), p.PhoneSealed))];
        }, goOn: true, cancel);
        return opened.IsOpen
            ? new([.. people.Select((p, i) => new PersonWithPhone(p.Id, p.PublicCode, p.Name, p.Address, opened.Values[i], opened.Broken.Contains(i)))], more ? people[^1].Id : null, [])
            : new([], null, opened.Problems);
    }
}
