using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Figures;
using Hele.Civic.Platform.Files;
using Hele.Civic.Platform.Imports;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Notices;
using Hele.Civic.Platform.Sealing;
using Hele.Civic.Platform.Search;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hele.Civic.Platform;

/// <summary>Everything a module contributes to the house. One class per module, listed by hand in <c>Modules.cs</c>.</summary>
public abstract class HeleModule
{
    public abstract Bilingual Title { get; }

    /// <summary>Operations and queries, by their own class; a page injects the class itself.</summary>
    public virtual void AddServices(IServiceCollection services) { }

    /// <summary>Tables and columns.</summary>
    public virtual void Map(ModelBuilder model) { }

    public virtual IEnumerable<EventKind> Events => [];
    public virtual IEnumerable<Permission> Permissions => [];
    public virtual IEnumerable<Figure> Figures => [];

    /// <summary>The rows that are about a person: what "my data" shows and what an erasure goes through. A guard finds tables that were forgotten.</summary>
    public virtual IEnumerable<SubjectRows> AboutPeople => [];

    /// <summary>Those of them, and of the views of them, that are kept from the person.</summary>
    public virtual IEnumerable<WithheldRows> Withheld => [];

    /// <summary>The operations that write in a second jurisdiction. No other may.</summary>
    public virtual IEnumerable<Crossing> Crossings => [];

    /// <summary>Kinds of scope a post can have in this module: the jurisdiction today; a grid, a team, a case when their modules come.</summary>
    public virtual IEnumerable<PostScope> PostScopes => [];

    /// <summary>What waits for people in their posts.</summary>
    public virtual IEnumerable<DaySource> Days => [];

    /// <summary>How it follows a death, a departure, and their corrections, in the same act.</summary>
    public virtual IEnumerable<LifeFollower> LifeFollowers => [];

    /// <summary>What hangs on a post: what has to go to a successor before the post can end. A guard finds references that were forgotten.</summary>
    public virtual IEnumerable<HandOver> HandOvers => [];

    /// <summary>Ledgers of this module's registers that a community brings along.</summary>
    public virtual IEnumerable<LedgerKind> Ledgers => [];

    /// <summary>Sealed columns that may be opened in an emergency by a post that can't open them otherwise.</summary>
    public virtual IEnumerable<EmergencySeal> EmergencySeals => [];

    /// <summary>What of its records can be found by words.</summary>
    public virtual IEnumerable<Searchable> Searchables => [];

    /// <summary>Records that files belong to, and who sees them.</summary>
    public virtual IEnumerable<FileSubject> Files => [];

    /// <summary>Which of its events are told to whom.</summary>
    public virtual IEnumerable<NoticeSource> Notices => [];

    /// <summary>Said by the one module that knows people.</summary>
    public virtual WhoCanBeTold? CanBeTold => null;

    /// <summary>Life cycles, drawn into docs/generated and tested state by act.</summary>
    public virtual IEnumerable<Transitions> LifeCycles => [];
}

/// <summary>The modules of this installation, in the order of <c>Modules.cs</c>.</summary>
public sealed class ModuleList(IReadOnlyList<HeleModule> modules)
{
    private readonly Dictionary<string, EventKind> _events = modules.SelectMany(m => m.Events).ToDictionary(e => e.Code);
    private readonly Dictionary<string, Figure> _figures = modules.SelectMany(m => m.Figures).ToDictionary(f => f.Id);

    public IReadOnlyList<HeleModule> All { get; } = modules;
    public IReadOnlyList<Figure> Figures { get; } = [.. modules.SelectMany(m => m.Figures)];
    public IReadOnlyList<SubjectRows> AboutPeople { get; } = [.. modules.SelectMany(m => m.AboutPeople)];
    public IReadOnlyList<WithheldRows> Withheld { get; } = [.. modules.SelectMany(m => m.Withheld)];
    public IReadOnlyList<Crossing> Crossings { get; } = [.. modules.SelectMany(m => m.Crossings)];
    public IReadOnlyList<DaySource> Days { get; } = [.. modules.SelectMany(m => m.Days)];

    public IReadOnlyList<LedgerKind> Ledgers { get; } = [.. modules.SelectMany(m => m.Ledgers)];

    public IReadOnlyList<PostScope> PostScopes { get; } = [.. modules.SelectMany(m => m.PostScopes)];
    public IReadOnlyList<HandOver> HandOvers { get; } = [.. modules.SelectMany(m => m.HandOvers)];
    public IReadOnlyList<EmergencySeal> EmergencySeals { get; } = [.. modules.SelectMany(m => m.EmergencySeals)];
    public IReadOnlyList<Searchable> Searchables { get; } = [.. modules.SelectMany(m => m.Searchables)];
    public IReadOnlyList<FileSubject> Files { get; } = [.. modules.SelectMany(m => m.Files)];

    /// <summary>By the code of their event.</summary>
    public IReadOnlyDictionary<string, NoticeSource> NoticeSources { get; } = modules.SelectMany(m => m.Notices).ToDictionary(n => n.Event.Code);

    /// <summary>In the order of the modules.</summary>
    public IReadOnlyList<NoticeGroup> NoticeGroups { get; } = [.. modules.SelectMany(m => m.Notices).Select(n => n.Group).Distinct()];

    public WhoCanBeTold CanBeTold { get; } = modules.Select(m => m.CanBeTold).OfType<WhoCanBeTold>().SingleOrDefault() ?? ((_, _) => Task.FromResult<IReadOnlyDictionary<Guid, Guid>>(new Dictionary<Guid, Guid>()));
    public IReadOnlyList<Permission> Permissions { get; } = [.. modules.SelectMany(m => m.Permissions)];

    public IReadOnlyList<LifeFollower> LifeFollowers { get; } = [.. modules.SelectMany(m => m.LifeFollowers)];

    /// <summary>Lets every module follow a change in somebody's life.</summary>
    public async Task Follow(ActScope scope, LifeFact fact)
    {
        foreach (var follower in LifeFollowers.Where(f => f.Follow is not null))
            await follower.Follow!(scope, fact);
    }

    /// <summary>The event kind of a code from the log; null when no module knows it.</summary>
    public EventKind? Event(string code) => _events.GetValueOrDefault(code);

    public Figure? Figure(string id) => _figures.GetValueOrDefault(id);

    /// <summary>The ledger of a code; null when no module knows it.</summary>
    public LedgerKind? Ledger(string? code) => Ledgers.FirstOrDefault(l => l.Code == code);

    /// <summary>Keys of all rows that are kept from a person.</summary>
    public async Task<IReadOnlySet<Guid>> WithheldFrom(HeleDb db, Guid person, CancellationToken cancel = default)
    {
        var keys = new HashSet<Guid>();
        foreach (var rows in Withheld)
            keys.UnionWith(await rows.Of(db, person).ToListAsync(cancel));
        return keys;
    }
}
