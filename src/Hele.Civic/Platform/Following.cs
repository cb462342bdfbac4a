using Hele.Civic.Kernel;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Platform;

/// <summary>What happened in somebody's life, as the register has it.</summary>
public enum LifeChange
{
    Died,

    /// <summary>They died on another day than was recorded.</summary>
    DeathDateCorrected,

    /// <summary>It was somebody else, or nobody: they live.</summary>
    DeathTakenBack,

    /// <summary>Gone from the community for good.</summary>
    Left,

    /// <summary>That they had left was a mistake.</summary>
    Returned,
}

/// <summary>A change that other modules follow, inside the act that records it.</summary>
/// <param name="On">The day it happened; of what is taken back, the day it was said to have happened.</param>
/// <param name="FirstAct">The act that recorded it first. What followed from it stands in the log under this id: that, and nothing else, is taken back.</param>
public sealed record LifeFact(LifeChange Change, Guid PersonId, DateOnly On, Guid FirstAct)
{
    /// <summary>The keys of the rows to which this happened in the act that is being corrected.</summary>
    public Task<List<Guid>> Touched(ActScope scope, EventKind kind)
    {
        var (jurisdiction, act, code) = (scope.Act.JurisdictionId, FirstAct, kind.Code);
        return scope.Db.Set<JournalRow>().Where(j => j.JurisdictionId == jurisdiction && j.ActId == act && j.Kind == code).Select(j => j.RowId).ToListAsync();
    }

    /// <summary>The last act that did this to a row.</summary>
    public static Task<Guid> ActOf(ActScope scope, Guid row, EventKind kind)
    {
        var (jurisdiction, code) = (scope.Act.JurisdictionId, kind.Code);
        return scope.Db.Set<JournalRow>().Where(j => j.JurisdictionId == jurisdiction && j.RowId == row && j.Kind == code).OrderByDescending(j => j.LeafIndex).Select(j => j.ActId).FirstOrDefaultAsync();
    }
}

/// <summary>
/// How a module follows what happens in somebody's life. What can be asked of the register when it is read (is this person living?) is asked there and
/// needs no follower; a follower changes the facts of its own module that a death or a move ends.
/// </summary>
/// <param name="Stops">What will stop, in words, before somebody confirms it; empty when nothing does.</param>
/// <param name="Follow">Changes the module's own rows, each with its event; null when the module has nothing to change.</param>
public sealed record LifeFollower(Func<HeleDb, Guid, DateOnly, CancellationToken, Task<IReadOnlyList<Bilingual>>> Stops, Func<ActScope, LifeFact, Task>? Follow = null);
