using Hele.Civic.Kernel;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Sealing;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.BreakGlass;

/// <summary>Reads what was opened in an emergency: that one value, while the time runs, by whoever opened it. Each look is a record with the reason.</summary>
public sealed class ReadInEmergency(OpenSeals seals, Database database, ModuleList modules)
{
    /// <param name="code">Public code of the access.</param>
    /// <returns>One value. Refused when the time is over or it was ended; missing for everybody else.</returns>
    public async Task<Opened> Run(Viewer viewer, Act act, string code, Way way = Way.Page, CancellationToken cancel = default)
    {
        // The reason goes with the act, so it is looked up first; whether it may still be read is decided inside.
        string? reason;
        await using (var lease = await database.Read([viewer.JurisdictionId], cancel))
            reason = await lease.Db.Set<EmergencyAccess>().Where(a => a.PublicCode == code && a.OpenerId == viewer.PersonId).Select(a => a.Reason).SingleOrDefaultAsync(cancel);
        Problem? refused = null;
        var opened = await seals.Run(act with { Reason = reason }, way, EmergencyRights.Open, async scope =>
        {
            refused = null;
            var access = await scope.Db.Set<EmergencyAccess>().SingleOrDefaultAsync(a => a.PublicCode == code);
            if (access is null || !EmergencyRights.May(viewer, access, EmergencyRights.Open, EmergencySight.None))
                return null;
            if (!access.IsRunningAt(scope.Now) || !await scope.Db.Set<Post>().Where(Post.ActiveOn(scope.Today)).AnyAsync(p => p.Id == access.OpenerPostId))
            {
                refused = EmergencyProblems.Over;
                return null;
            }
            var seal = modules.EmergencySeals.Single(s => s.Code == access.Seal);
            var row = await seal.ByCode(scope.Db, access.RowCode).SingleOrDefaultAsync();
            return row is not null && row.Id == access.RowId ? [new SealedField(access.SubjectId, row, seal.Property, seal.Bytes(row))] : null;
        }, cancel: cancel);
        return refused is null ? opened : new Opened([], [refused]);
    }
}
