using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.BreakGlass;

/// <summary>Whoever opened something in an emergency ends it before its time.</summary>
public sealed class EndEmergency(Writer writer)
{
    public sealed record Input(string Code);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, EmergencyRights.Open.Code + ".end", input, async scope =>
    {
        var access = await scope.Db.Set<EmergencyAccess>().SingleOrDefaultAsync(a => a.PublicCode == input.Code);
        if (access is null || !EmergencyRights.May(viewer, access, EmergencyRights.Open, EmergencySight.None))
            return EmergencyProblems.NotFound;
        if (access.EndIt() is { } problem)
            return problem;
        scope.Record(access, EmergencyEvents.Ended);
        return Outcome.Ok(access.PublicCode);
    }, cancel);
}

/// <summary>The person it is about, or their guardian, says that they know.</summary>
public sealed class KnowOfEmergency(Writer writer)
{
    public sealed record Input(string Code);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, EmergencyRights.Know.Code, input, async scope =>
    {
        var access = await scope.Db.Set<EmergencyAccess>().SingleOrDefaultAsync(a => a.PublicCode == input.Code);
        var sight = await EmergencySight.Of(scope.Db, viewer, scope.Today);
        if (access is null || !EmergencyRights.May(viewer, access, EmergencyRights.Know, sight))
            return EmergencyProblems.NotFound;
        if (access.KnownOn is not null)
            return EmergencyProblems.KnownAlready;
        access.KnowOn(scope.Today);
        scope.Record(access, EmergencyEvents.Known);
        return Outcome.Ok(access.PublicCode);
    }, cancel);
}
