using Hele.Civic.Kernel;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Sealing;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.People;

/// <summary>Whom the list shows.</summary>
public enum PeopleShown
{
    Everybody,
    Residents,
    Staff,
    Gone,
}

/// <summary>What the register's list is narrowed to.</summary>
/// <param name="Search">Part of a name or address, or a public code.</param>
public sealed record PeopleFilter(PeopleShown Shown = PeopleShown.Everybody, string? Search = null);

/// <summary>A line of the register. The number is the shortened one: a list opens no seal.</summary>
public sealed record PersonLine(Guid Id, string Code, string Name, string? Address, string? PhoneMasked, string? Post, DateOnly? LeftOn, DateOnly? DiedOn = null);

/// <summary>One page, by key.</summary>
/// <param name="Total">How many there are, counted no further than <see cref="PeopleQueries.CountLimit"/>.</param>
public sealed record PeoplePage(IReadOnlyList<PersonLine> Rows, Guid? Before, Guid? After, int Total);

/// <summary>A guardianship as the page of one of the two shows it.</summary>
public sealed record GuardianshipLine(string GuardianCode, string GuardianName, string WardCode, string WardName, string Basis, DateOnly From, DateOnly? To);

/// <summary>Somebody's entry as those who keep the register see it.</summary>
public sealed record PersonView(Guid Id, string Code, string Name, string? Address, string? PhoneMasked, bool SignsIn, DateOnly? LeftOn, DateOnly? DiedOn, DateOnly? KeptUntil,
    IReadOnlyList<string> Posts, IReadOnlyList<GuardianshipLine> Guardianships, bool IsOwn)
{
    /// <summary>The year they were born, where the day is held.</summary>
    public string? BornMasked { get; init; }
}

/// <summary>The register, read: straight to what a page shows, within the request's scope and the viewer's rights.</summary>
public sealed class PeopleQueries(ReadSession read, ModuleList modules, JurisdictionDirectory jurisdictions, TimeProvider clock)
{
    public const int PageSize = 20;

    /// <summary>A list is counted up to here and then said to have more.</summary>
    public const int CountLimit = 1000;

    public async Task<PeoplePage> List(Viewer viewer, PeopleFilter filter, Guid? after = null, Guid? before = null, CancellationToken cancel = default)
    {
        if (!PeopleAccess.Keeps(viewer, PeopleAccess.List))
            return new([], null, null, 0);
        var db = await read.Db(cancel);
        var people = Narrowed(db, PeopleAccess.Visible(db, modules, viewer, db.Set<Person>()).Where(p => p.ErasedOn == null), filter, clock.Today());
        var total = await people.Select(p => p.Id).Take(CountLimit + 1).CountAsync(cancel);
        if (before is { } upTo)
        {
            var rows = await Lines(db, people.Where(p => p.Id > upTo).OrderBy(p => p.Id).Take(PageSize + 1)).ToListAsync(cancel);
            var more = rows.Count > PageSize;
            rows = [.. rows.Take(PageSize).Reverse()];
            return new(rows, more ? rows[0].Id : null, rows.Count > 0 ? rows[^1].Id : null, total);
        }
        var page = after is { } from ? people.Where(p => p.Id < from) : people;
        var found = await Lines(db, page.OrderByDescending(p => p.Id).Take(PageSize + 1)).ToListAsync(cancel);
        var next = found.Count > PageSize;
        found = [.. found.Take(PageSize)];
        return new(found, after is not null && found.Count > 0 ? found[0].Id : null, next ? found[^1].Id : null, total);
    }

    /// <summary>People of exactly this name, to link a matter to one of them: no way to leaf through the register.</summary>
    public async Task<IReadOnlyList<PersonLine>> Named(Viewer viewer, string? name, CancellationToken cancel = default)
    {
        var words = ChineseText.Line(name);
        if (words.Length == 0 || !PeopleAccess.Keeps(viewer, PeopleAccess.List))
            return [];
        var db = await read.Db(cancel);
        return await Lines(db, PeopleAccess.Visible(db, modules, viewer, db.Set<Person>()).Where(Person.Here).Where(p => p.Name == words).OrderBy(p => p.Id).Take(PageSize)).ToListAsync(cancel);
    }

    /// <summary>How many a list has, counted up to the limit.</summary>
    public Task<int> Count(Viewer viewer, PeopleFilter filter, CancellationToken cancel = default) => CountUpTo(viewer, filter, CountLimit + 1, cancel);

    /// <summary>How many a list has, counted no further than asked.</summary>
    public async Task<int> CountUpTo(Viewer viewer, PeopleFilter filter, int most, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        return await Narrowed(db, PeopleAccess.Visible(db, modules, viewer, db.Set<Person>()).Where(p => p.ErasedOn == null), filter, clock.Today()).Select(p => p.Id).Take(most).CountAsync(cancel);
    }

    /// <summary>One entry; null for missing and for not theirs alike.</summary>
    public async Task<PersonView?> Find(Viewer viewer, string code, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        var person = await PeopleAccess.Visible(db, modules, viewer, db.Set<Person>()).SingleOrDefaultAsync(p => p.PublicCode == code && p.ErasedOn == null, cancel);
        if (person is null)
            return null;
        var (id, today) = (person.Id, clock.Today());
        var posts = await db.Set<Post>().Where(p => p.PersonId == id && p.From <= today && (p.To == null || p.To >= today)).OrderBy(p => p.Id).Select(p => p.Title).ToListAsync(cancel);
        var guardianships = await db.Set<Guardianship>().Where(g => g.GuardianId == id || g.WardId == id).OrderByDescending(g => g.Id)
            .Select(g => new
            {
                g.Basis, g.From, g.To,
                Guardian = db.Set<Person>().Where(p => p.Id == g.GuardianId).Select(p => new { p.PublicCode, p.Name }).First(),
                Ward = db.Set<Person>().Where(p => p.Id == g.WardId).Select(p => new { p.PublicCode, p.Name }).First(),
            }).ToListAsync(cancel);
        DateOnly? until = null;
        if (person.LeftOn is { } left)
        {
            var rule = await Platform.Rules.RuleBook.InForce(db, await jurisdictions.Get(db, viewer.JurisdictionId, cancel), PeopleModule.PersonRule, today);
            until = ExpiredRows.Over(rule, left).AddDays(-1);
        }
        return new(id, person.PublicCode, person.Name, person.Address, person.PhoneMasked, person.AccountId is not null && person.DiedOn is null, person.LeftOn, person.DiedOn, until, posts,
            [.. guardianships.Select(g => new GuardianshipLine(g.Guardian.PublicCode, g.Guardian.Name, g.Ward.PublicCode, g.Ward.Name, g.Basis, g.From, g.To))], id == viewer.PersonId) { BornMasked = person.BornMasked };
    }

    /// <summary>Who may be the person that is just being entered, by name and address. Whoever holds the typed number is found by <see cref="OpenPeoplePhones.ByNumber"/>, which says so to them.</summary>
    public async Task<IReadOnlyList<PersonLine>> PerhapsTheSame(Viewer viewer, string? name, string? address, CancellationToken cancel = default)
    {
        if (!PeopleAccess.Keeps(viewer, PeopleAccess.Register))
            return [];
        var db = await read.Db(cancel);
        return await Lines(db, EnterPerson.Same(PeopleAccess.Visible(db, modules, viewer, db.Set<Person>()), ChineseText.Normalize(name), ChineseText.Normalize(address), null)).ToListAsync(cancel);
    }

    /// <summary>Whoever of the living is called exactly so, or has this code: whom a form offers.</summary>
    public async Task<IReadOnlyList<PersonLine>> ByNameOrCode(Viewer viewer, string? typed, CancellationToken cancel = default)
    {
        var words = ChineseText.Normalize(typed);
        if (words.Length == 0 || !PeopleAccess.Keeps(viewer, PeopleAccess.List))
            return [];
        var db = await read.Db(cancel);
        var people = PeopleAccess.Visible(db, modules, viewer, db.Set<Person>()).Where(Person.Living);
        people = PublicCode.TryParse(words, out var code) ? people.Where(p => p.PublicCode == code.Text) : people.Where(p => p.Name == words);
        return await Lines(db, people.OrderBy(p => p.Id).Take(10)).ToListAsync(cancel);
    }

    /// <summary>The chosen people, by their codes.</summary>
    public async Task<IReadOnlyList<PersonLine>> Chosen(Viewer viewer, IReadOnlyList<string> codes, CancellationToken cancel = default)
    {
        if (!PeopleAccess.Keeps(viewer, PeopleAccess.List))
            return [];
        var db = await read.Db(cancel);
        return await Lines(db, PeopleAccess.Visible(db, modules, viewer, db.Set<Person>()).Where(Person.Living).Where(p => codes.Contains(p.PublicCode)).OrderByDescending(p => p.Id)).ToListAsync(cancel);
    }

    /// <summary>The people of a query that a filter leaves.</summary>
    internal static IQueryable<Person> Narrowed(HeleDb db, IQueryable<Person> people, PeopleFilter filter, DateOnly today)
    {
        var posts = db.Set<Post>().Where(p => p.From <= today && (p.To == null || p.To >= today));
        people = filter.Shown switch
        {
            PeopleShown.Staff => people.Where(p => posts.Any(x => x.PersonId == p.Id)),
            PeopleShown.Residents => people.Where(p => p.LeftOn == null && !posts.Any(x => x.PersonId == p.Id)),
            PeopleShown.Gone => people.Where(p => p.LeftOn != null),
            _ => people,
        };
        var words = ChineseText.Normalize(filter.Search);
        if (PublicCode.TryParse(words, out var code))
            return people.Where(p => p.PublicCode == code.Text);
        return words.Length == 0 ? people : people.Where(p => p.Name.Contains(words) || (p.Address != null && p.Address.Contains(words)));
    }

    private IQueryable<PersonLine> Lines(HeleDb db, IQueryable<Person> people)
    {
        var today = clock.Today();
        return people.Select(p => new PersonLine(p.Id, p.PublicCode, p.Name, p.Address, p.PhoneMasked,
            db.Set<Post>().Where(x => x.PersonId == p.Id && x.From <= today && (x.To == null || x.To >= today)).OrderBy(x => x.Id).Select(x => x.Title).FirstOrDefault(), p.LeftOn, p.DiedOn));
    }
}
