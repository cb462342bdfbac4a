using Hele.Civic.Kernel;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.People.Posts;

/// <summary>A line of the list of posts.</summary>
/// <param name="Person">Empty once the person was erased.</param>
/// <param name="ProposedBy">Null when the operator gave it from the command line.</param>
public sealed record PostLine(Guid Id, string Code, string Person, Guid PersonId, Role Role, string Scope, string Title, DateOnly From, DateOnly? To, PostState State, string? ProposedBy, string? ConfirmedBy)
{
    /// <summary>Confirmed, and its last day is over: nothing works in it any more, and what hangs on it has to be handed over.</summary>
    public bool TermIsOver(DateOnly today) => State == PostState.Confirmed && To < today;

    public bool HasNotBegun(DateOnly today) => State == PostState.Confirmed && From > today;
}

/// <summary>The list: what waits and what is held now, in full; what is over, by pages.</summary>
public sealed record PostList(IReadOnlyList<PostLine> Waiting, IReadOnlyList<PostLine> Held, IReadOnlyList<PostLine> Over, Guid? Before, Guid? After);

/// <summary>One line of a post's timeline.</summary>
/// <param name="Who">Title of the post it was done in; null for the operator.</param>
public sealed record PostEvent(string Kind, DateTimeOffset At, DateOnly On, string? Who, string? Reason);

/// <summary>What hangs on a post, by kind.</summary>
/// <param name="MayOpen">Whether this viewer may open such a record.</param>
public sealed record Hanging(Type Entity, Bilingual Title, bool MayOpen, IReadOnlyList<HangingRecord> Records);

/// <summary>A post that could take over.</summary>
public sealed record Successor(string Code, string Title, string Person);

/// <summary>A post as its page shows it to this viewer, with what they may do now.</summary>
/// <param name="Own">Why this viewer can't confirm it, because it is their own; null when they can, or when it isn't waiting.</param>
public sealed record PostView(PostLine Line, IReadOnlyList<PostEvent> Timeline, IReadOnlyList<Hanging> Hanging, IReadOnlyList<Successor> Successors, IReadOnlySet<string> Acts, Problem? Own)
{
    /// <summary>The grid, team or case it is limited to; null for the whole jurisdiction.</summary>
    public string? LimitedTo { get; init; }
}

/// <summary>Somebody who could be given a post.</summary>
/// <param name="Address">Only for viewers who may read the register.</param>
public sealed record Candidate(string Code, string Name, string? Address, bool HasAccount, IReadOnlyList<string> Posts);

/// <summary>Read side of posts.</summary>
public sealed class PostQueries(ReadSession read, ModuleList modules, TimeProvider clock)
{
    public const int PageSize = 50;

    public async Task<PostList> List(Viewer viewer, string? search, Guid? after = null, Guid? before = null, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        var found = Matching(db, viewer, search);
        var open = await Lines(db, found.Where(p => p.State == PostState.Proposed || p.State == PostState.Confirmed).OrderBy(p => p.Id)).ToListAsync(cancel);
        var over = found.Where(p => p.State != PostState.Proposed && p.State != PostState.Confirmed);
        List<PostLine> page;
        Guid? previous = null, next = null;
        if (before is { } upTo)
        {
            page = await Lines(db, over.Where(p => p.Id > upTo).OrderBy(p => p.Id).Take(PageSize + 1)).ToListAsync(cancel);
            var more = page.Count > PageSize;
            page = [.. page.Take(PageSize).Reverse()];
            (previous, next) = (more ? page[0].Id : null, page.Count > 0 ? page[^1].Id : null);
        }
        else
        {
            page = await Lines(db, (after is { } from ? over.Where(p => p.Id < from) : over).OrderByDescending(p => p.Id).Take(PageSize + 1)).ToListAsync(cancel);
            var more = page.Count > PageSize;
            page = [.. page.Take(PageSize)];
            (previous, next) = (after is not null && page.Count > 0 ? page[0].Id : null, more ? page[^1].Id : null);
        }
        return new PostList([.. open.Where(l => l.State == PostState.Proposed)], [.. open.Where(l => l.State == PostState.Confirmed)], page, previous, next);
    }

    /// <summary>All of them, for a file.</summary>
    public async Task<IReadOnlyList<PostLine>> All(Viewer viewer, string? search, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        return await Lines(db, Matching(db, viewer, search).OrderBy(p => p.Id)).ToListAsync(cancel);
    }

    /// <summary>One post as this viewer may see it; null for missing and for not theirs alike.</summary>
    public async Task<PostView?> Find(Viewer viewer, string code, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        var post = await PostAccess.Visible(viewer, db.Set<Post>()).SingleOrDefaultAsync(p => p.PublicCode == code, cancel);
        if (post is null)
            return null;
        var line = await Lines(db, db.Set<Post>().Where(p => p.Id == post.Id)).SingleAsync(cancel);
        var events = await (from e in db.Set<JournalRow>()
                            where e.RowTable == "Posts" && e.RowId == post.Id
                            orderby e.LeafIndex
                            select new PostEvent(e.Kind, e.At, e.OnDate, db.Set<Post>().Where(p => p.Id == e.PostId).Select(p => p.Title).FirstOrDefault(), e.Reason)).ToListAsync(cancel);
        var acts = Post.LifeCycle.From(post.State).Where(l => PostAccess.May(viewer, post, l.Permission)).Select(l => l.Act).ToHashSet();
        var own = acts.Contains(Post.Confirm) ? await DecidePost.Own(db, post, viewer) : null;
        if (own is not null)
            acts.Remove(Post.Confirm);
        if (post.ProposedById == viewer.PersonId)
            acts.Remove(Post.Refuse);
        else
            acts.Remove(Post.Withdraw);
        var hanging = new List<Hanging>();
        var works = new List<(HandOver HandOver, List<Owned> Records)>();
        if (post.State == PostState.Confirmed)
        {
            foreach (var handOver in modules.HandOvers)
            {
                if (await handOver.Open(db, [post.Id]).ToListAsync(cancel) is not { Count: > 0 } records)
                    continue;
                hanging.Add(new Hanging(handOver.Entity, handOver.Title, records.TrueForAll(r => viewer.PostFor(handOver.SeeOne?.Invoke(r) ?? handOver.See) is not null), [.. records.Select(handOver.Line)]));
                works.Add((handOver, records));
            }
        }
        IReadOnlyList<Successor> successors = [];
        if (works.Count > 0 && acts.Contains(Post.End))
        {
            var active = await Lines(db, db.Set<Post>().Where(Post.ActiveOn(clock.Today())).Where(p => p.Id != post.Id).OrderBy(p => p.Id)).ToListAsync(cancel);
            successors = [.. active.Where(p => works.All(w => w.Records.TrueForAll(r => w.HandOver.CanGoTo(r, p.Role, p.PersonId)))).Select(p => new Successor(p.Code, p.Title, p.Person))];
        }
        return new PostView(line, events, hanging, successors, acts, own)
        {
            LimitedTo = (await Scopes(cancel)).Where(s => s.Kind.Code == post.Scope).SelectMany(s => s.Places).FirstOrDefault(p => p.Id == post.ScopeId)?.Title,
        };
    }

    /// <summary>What a post can be limited to, kind by kind; the whole jurisdiction has no places.</summary>
    public async Task<IReadOnlyList<(PostScope Kind, IReadOnlyList<ScopePlace> Places)>> Scopes(CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        var found = new List<(PostScope, IReadOnlyList<ScopePlace>)>();
        foreach (var kind in modules.PostScopes)
            found.Add((kind, kind.Places is null ? [] : await kind.Places(db).ToListAsync(cancel)));
        return found;
    }

    /// <summary>People of exactly this name: granting a post is no way to leaf through the register.</summary>
    public async Task<IReadOnlyList<Candidate>> People(Viewer viewer, string? name, string? code = null, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        var wanted = ChineseText.Normalize(name);
        if (viewer.PostFor(PostAccess.Propose) is null || (wanted.Length == 0 && code is null))
            return [];
        var people = await db.Set<Person>().Where(Person.Living).Where(p => (code != null ? p.PublicCode == code : p.Name == wanted)).OrderBy(p => p.Id).Take(PageSize).ToListAsync(cancel);
        var ids = people.Select(p => p.Id).ToList();
        var posts = await db.Set<Post>().Where(p => ids.Contains(p.PersonId)).Where(Post.ActiveOn(clock.Today())).Select(p => new { p.PersonId, p.Title }).ToListAsync(cancel);
        return [.. people.Select(p => new Candidate(p.PublicCode, p.Name, viewer.PostFor(PeopleAccess.See) is null ? null : p.Address, p.AccountId is not null,
            [.. posts.Where(x => x.PersonId == p.Id).Select(x => x.Title)]))];
    }

    /// <summary>Whether anybody but this viewer could confirm what they propose.</summary>
    public async Task<bool> SomebodyElseConfirms(Viewer viewer, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        var entries = await SamePerson.EntriesOf(db, viewer.PersonId);
        return (await db.Set<Post>().Where(Post.ActiveOn(clock.Today())).Where(p => !entries.Contains(p.PersonId)).Select(p => p.Role).ToListAsync(cancel)).Any(PostAccess.Confirm.Roles.Contains);
    }

    /// <summary>Names of those who hold system and security administration together today: said to everybody who sees the posts.</summary>
    public async Task<IReadOnlyList<string>> BothAdministrations(Viewer viewer, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        var today = clock.Today();
        var active = PostAccess.Visible(viewer, db.Set<Post>()).Where(Post.ActiveOn(today));
        return await db.Set<Person>().Where(p => active.Any(x => x.PersonId == p.Id && x.Role == Role.SystemAdministrator) && active.Any(x => x.PersonId == p.Id && x.Role == Role.SecurityAdministrator))
            .OrderBy(p => p.Id).Select(p => p.Name).ToListAsync(cancel);
    }

    private static IQueryable<Post> Matching(HeleDb db, Viewer viewer, string? search)
    {
        var posts = PostAccess.Visible(viewer, db.Set<Post>());
        var words = ChineseText.Normalize(search);
        return words.Length == 0 ? posts : posts.Where(p => p.Title.Contains(words) || db.Set<Person>().Any(x => x.Id == p.PersonId && x.Name.Contains(words)));
    }

    private static IQueryable<PostLine> Lines(HeleDb db, IQueryable<Post> posts) => posts.Select(p => new PostLine(p.Id, p.PublicCode, db.Set<Person>().Where(x => x.Id == p.PersonId).Select(x => x.Name).First(), p.PersonId,
        p.Role, p.Scope, p.Title, p.From, p.To, p.State, db.Set<Person>().Where(x => x.Id == p.ProposedById).Select(x => x.Name).FirstOrDefault(),
        db.Set<Person>().Where(x => x.Id == p.ConfirmedById).Select(x => x.Name).FirstOrDefault()));
}
