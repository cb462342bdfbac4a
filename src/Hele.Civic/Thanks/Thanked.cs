using Hele.Civic.Grids;
using Hele.Civic.Organizations;
using Hele.Civic.People.Posts;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Thanks;

/// <summary>Whom thanks are for, as a form says it: <c>Grid:7KQ2-9XMF-3TDA</c>.</summary>
/// <param name="Code">Public code of the grid, the body or the post.</param>
public sealed record ThanksWhom(ThankedKind Kind, string Code)
{
    public override string ToString() => $"{Kind}:{Code}";

    /// <summary>Null for what is none.</summary>
    public static ThanksWhom? Of(string? text) =>
        text?.Split(':') is [var kind, { Length: > 0 } code] && Enum.TryParse<ThankedKind>(kind, out var of) && Enum.IsDefined(of) && kind == of.ToString() ? new(of, code) : null;
}

/// <summary>Something that can be thanked, for a form.</summary>
/// <param name="Name">The grid, the body or the post.</param>
/// <param name="Person">Of a holder their name.</param>
public sealed record WhomLine(ThanksWhom Whom, string Name, string? Person = null);

/// <summary>Whom thanks are for, found in the register: the record, and everybody who held what is thanked on that day.</summary>
/// <param name="People">Entries of the register; somebody with several stands in it with each.</param>
internal sealed record Thanked(ThankedKind Kind, Guid? GridId, Guid? BodyId, Guid? PostId, IReadOnlySet<Guid> People)
{
    /// <summary>Null when there is no such grid, body or post on that day.</summary>
    public static async Task<Thanked?> Find(HeleDb db, ThanksWhom? whom, DateOnly day)
    {
        switch (whom)
        {
            case { Kind: ThankedKind.Grid }:
                var grid = await db.Set<Grid>().Where(g => g.PublicCode == whom.Code && g.From <= day && (g.To == null || g.To >= day)).Select(g => (Guid?)g.Id).SingleOrDefaultAsync();
                return grid is null ? null : new(whom.Kind, grid, null, null, await Entries(db, [.. await InGrid(db, grid.Value, day)]));
            case { Kind: ThankedKind.Body }:
                var body = await db.Set<Body>().Where(b => b.PublicCode == whom.Code && b.From <= day && (b.To == null || b.To >= day)).Select(b => (Guid?)b.Id).SingleOrDefaultAsync();
                return body is null ? null : new(whom.Kind, null, body, null, await Entries(db, await Sat.In(db, body.Value, day).Select(s => s.PersonId).ToListAsync()));
            case { Kind: ThankedKind.Post or ThankedKind.Holder }:
                var post = await db.Set<Post>().Where(Post.ActiveOn(day)).Where(p => p.PublicCode == whom.Code).Select(p => new { p.Id, p.PersonId }).SingleOrDefaultAsync();
                return post is null ? null : new(whom.Kind, null, null, post.Id, await Entries(db, [post.PersonId]));
            default:
                return null;
        }
    }

    /// <summary>Whoever holds a post for this grid, and the seats of its service teams.</summary>
    private static async Task<IEnumerable<Guid>> InGrid(HeleDb db, Guid grid, DateOnly day)
    {
        var posts = await db.Set<Post>().Where(Post.ActiveOn(day)).Where(p => p.ScopeId == grid).Select(p => p.PersonId).ToListAsync();
        var teams = await (from s in Sat.On(db, day)
                           join b in db.Set<Body>() on s.BodyId equals b.Id
                           where b.Kind == BodyKind.ServiceTeam && db.Set<BodyPlace>().Any(p => p.BodyId == b.Id && p.GridId == grid && p.From <= day && (p.To == null || p.To >= day))
                           select s.PersonId).ToListAsync();
        return posts.Concat(teams);
    }

    private static async Task<IReadOnlySet<Guid>> Entries(HeleDb db, IReadOnlyList<Guid> people)
    {
        var all = new HashSet<Guid>();
        foreach (var person in people.Distinct())
            all.UnionWith(await SamePerson.EntriesOf(db, person));
        return all;
    }
}
