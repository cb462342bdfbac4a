using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Appeals;

/// <summary>Read side of the form for complaints about conduct.</summary>
public sealed class ConductQueries(ReadSession read, TimeProvider clock)
{
    /// <summary>The posts held today that a complaint can be about: whoever works for the community, by post and name.</summary>
    public Task<IReadOnlyList<Taker>> Posts(CancellationToken cancel = default) => Held(null, cancel);

    /// <summary>The supervisors of today, to whom a resident can be handed.</summary>
    public Task<IReadOnlyList<Taker>> Supervisors(CancellationToken cancel = default) => Held(Role.Supervisor, cancel);

    private async Task<IReadOnlyList<Taker>> Held(Role? role, CancellationToken cancel)
    {
        var db = await read.Db(cancel);
        return await (from p in db.Set<Post>().Where(Post.ActiveOn(clock.Today()))
                      join person in db.Set<Person>() on p.PersonId equals person.Id
                      where (role == null || p.Role == role) && person.ErasedOn == null
                      orderby p.Role, p.Title, person.Name
                      select new Taker(p.PublicCode, p.Title, person.Name)).ToListAsync(cancel);
    }
}
