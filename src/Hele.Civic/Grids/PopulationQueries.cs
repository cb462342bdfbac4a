using System.Globalization;
using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Grids;

/// <summary>How many reach an age between these this year.</summary>
/// <param name="To">Null for the oldest.</param>
public sealed record AgeBand(int From, int? To, int People);

/// <summary>Who lives here today.</summary>
/// <param name="Unknown">Of whom no year of birth is known.</param>
/// <param name="Whole">Of the whole community; else of the viewer's own grids.</param>
public sealed record PopulationView(int People, int Households, int Tenants, int Unknown, IReadOnlyList<AgeBand> Ages, bool Whole);

/// <summary>The people of the register of households by their ages, as far as the viewer keeps them.</summary>
public sealed class PopulationQueries(ReadSession read, TimeProvider clock)
{
    private const int Years = 10, Oldest = 90;

    public async Task<PopulationView> Today(Viewer viewer, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        var households = GridAccess.Visible(db, viewer, db.Set<Household>()).Where(h => h.To == null);
        var members = db.Set<HouseholdMember>().Where(m => m.To == null && households.Any(h => h.Id == m.HouseholdId));
        // The day is sealed; the year, which stands beside it, is all that an age by tens needs.
        var years = await (from m in members join p in db.Set<Person>() on m.PersonId equals p.Id group m by p.BornMasked into g select new { g.Key, Count = g.Count() }).ToListAsync(cancel);
        var ages = new int[(Oldest / Years) + 1];
        var unknown = 0;
        foreach (var year in years)
        {
            if (year.Key is { Length: >= 4 } born && int.TryParse(born.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture, out var of))
                ages[Math.Clamp((clock.Today().Year - of) / Years, 0, ages.Length - 1)] += year.Count;
            else
                unknown += year.Count;
        }
        return new(years.Sum(y => y.Count), await households.CountAsync(cancel), await members.CountAsync(m => m.Role == HouseholdRole.Tenant, cancel), unknown,
            [.. ages.Select((count, i) => new AgeBand(i * Years, i == ages.Length - 1 ? null : (i * Years) + Years - 1, count))], viewer.Posts.Any(p => p.ScopeId is null && GridAccess.SeeHouseholds.Roles.Contains(p.Role)));
    }
}
