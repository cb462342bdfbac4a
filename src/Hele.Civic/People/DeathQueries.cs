using Hele.Civic.Kernel;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.People;

/// <summary>A death as it is registered.</summary>
public sealed record DeathView(DateOnly On, DeathSource Source, string? ToldBy, string Post, DateTimeOffset At);

/// <summary>What the page about a death shows.</summary>
/// <param name="Death">Null while none is registered.</param>
/// <param name="Stops">What stops with it, from every module.</param>
public sealed record DyingView(string Code, string Name, string? Address, bool IsOwn, DeathView? Death, IReadOnlyList<Bilingual> Stops);

/// <summary>Deaths, read.</summary>
public sealed class DeathQueries(ReadSession read, ModuleList modules, TimeProvider clock)
{
    /// <summary>Null for missing and for not theirs alike.</summary>
    public async Task<DyingView?> Find(Viewer viewer, string code, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        var person = await PeopleAccess.Visible(db, modules, viewer, db.Set<Person>()).SingleOrDefaultAsync(p => p.PublicCode == code && p.ErasedOn == null, cancel);
        if (person is null || viewer.PostFor(PeopleAccess.RecordDeath) is null)
            return null;
        var death = await (from d in db.Set<Death>() where d.PersonId == person.Id && d.TakenBackOn == null join p in db.Set<Post>() on d.PostId equals p.Id
                           select new DeathView(d.DiedOn, d.Source, d.ToldBy, p.Title, d.LoggedAt)).SingleOrDefaultAsync(cancel);
        var stops = new List<Bilingual>();
        if (death is null)
        {
            foreach (var follower in modules.LifeFollowers)
                stops.AddRange(await follower.Stops(db, person.Id, clock.Today(), cancel));
        }
        return new(person.PublicCode, person.Name, person.Address, person.Id == viewer.PersonId, death, stops);
    }

    /// <summary>What one is called before whoever asks what is held.</summary>
    internal static Bilingual Words(Death death)
    {
        var source = Death.Word(death.Source);
        return death.TakenBackOn is { } back
            ? ($"{death.DiedOn:yyyy年M月d日}（{source.Zh}），{back:yyyy年M月d日}撤销", $"{death.DiedOn:d MMM yyyy} ({source.En}), taken back {back:d MMM yyyy}")
            : ($"{death.DiedOn:yyyy年M月d日}（{source.Zh}）", $"{death.DiedOn:d MMM yyyy} ({source.En})");
    }
}

/// <summary>Posts whose holder died, for whoever keeps posts.</summary>
internal static class VacantPosts
{
    private static readonly Bilingual ToEnd = ("岗位上的人已去世：终止岗位，交接手上的事", "Its holder died: end the post and hand over what hangs on it");

    public static async Task<IReadOnlyList<DayItem>> Of(HeleDb db, Viewer viewer, DateOnly today, CancellationToken cancel)
    {
        if (viewer.PostFor(PostAccess.End) is null)
            return [];
        var posts = await PostAccess.Visible(viewer, db.Set<Post>()).Where(p => p.VacantSince != null && p.State == PostState.Confirmed && (p.To == null || p.To >= today)).OrderBy(p => p.Title).Select(p => new { p.PublicCode, p.Title }).ToListAsync(cancel);
        return [.. posts.Select(p => new DayItem(typeof(Post), p.PublicCode, p.Title, null, ToEnd, null))];
    }
}
