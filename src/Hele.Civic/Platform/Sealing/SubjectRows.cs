using Hele.Civic.Kernel;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;

namespace Hele.Civic.Platform.Sealing;

/// <summary>Why a row isn't erased: the article that keeps it, and until when; then it is kept in storage only.</summary>
/// <param name="Until">Null while the matter goes on.</param>
public sealed record Kept(Bilingual Article, DateOnly? Until);

/// <summary>The rows of one table that are about a person, as their module knows them.</summary>
/// <param name="Entity">The table's type.</param>
/// <param name="Title">What such a row is called before the person: 诉求.</param>
/// <param name="Of">The rows about this person, newest first; tracked when the context tracks.</param>
/// <param name="Name">What one row is called in a list; null where the title is enough.</param>
/// <param name="Keep">Why a row stays when the person asks for deletion; null when it goes.</param>
/// <param name="Erase">Takes the person out of the row. Null for tables of which every row is kept.</param>
/// <param name="Erased">The event of it; its entry commits the whole row (<see cref="EventKind.Whole"/>).</param>
/// <param name="Beside">Takes away what belongs to the row and lies outside of it, in the same act.</param>
/// <param name="IsAppraised">When its time is over a person appraises it, though the program could empty it when somebody asks.</param>
/// <param name="End">For the table of the persons themselves: ends everything about the person of this row, when its time is over.</param>
public sealed record SubjectRows(Type Entity, Bilingual Title, Func<HeleDb, Guid, IQueryable<Owned>> Of, Func<Owned, Bilingual>? Name = null,
    Func<Owned, DateOnly, Kept?>? Keep = null, Action<Owned, DateOnly>? Erase = null, EventKind? Erased = null,
    Func<ActScope, ModuleList, Owned, Task<Problem?>>? End = null, Func<ActScope, Owned, Task>? Beside = null, bool IsAppraised = false)
{
    /// <summary>Of a row that stays when its person is erased: ends what still runs in it, with its event, so that nobody nameless goes on holding it.</summary>
    public Action<ActScope, Owned>? Closes { get; init; }
}

/// <summary>
/// Rows of one table that are kept from the person they are about: reports of harm (PIPL 18, 45), what a dated rule doesn't tell. They stand neither in "my
/// data" nor in the answer to a request, and an erasure leaves them as they are and doesn't speak of them; their own time ends them.
/// </summary>
/// <param name="Entity">The table's type; another module's too, where it holds what was done with one's own rows.</param>
/// <param name="Article">What keeps them back.</param>
/// <param name="Of">The keys of those about this person.</param>
public sealed record WithheldRows(Type Entity, Bilingual Article, Func<HeleDb, Guid, IQueryable<Guid>> Of);
