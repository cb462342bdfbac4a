using Hele.Civic.Kernel;
using Hele.Civic.Platform.Storage;

namespace Hele.Civic.Platform.Access;

/// <summary>One thing a post can be limited to: a grid, a team, a case.</summary>
/// <param name="Code">Public code by which a form names it.</param>
public sealed record ScopePlace(Guid Id, string Code, string Title);

/// <summary>A kind of scope of posts, contributed by the module that knows what it is.</summary>
/// <param name="Code">Stable; stands in the post's row.</param>
/// <param name="Places">What can be chosen; null for the jurisdiction as a whole.</param>
/// <param name="People">Keys of the people whom posts limited to these places work for; null where it is about no people.</param>
public sealed record PostScope(string Code, Bilingual Title, Func<HeleDb, IQueryable<ScopePlace>>? Places = null, Func<HeleDb, IReadOnlyList<Guid>, IQueryable<Guid>>? People = null)
{
    public const int CodeLength = 20;

    public static readonly PostScope Jurisdiction = new("jurisdiction", ("整个辖区", "the whole jurisdiction"));
}
