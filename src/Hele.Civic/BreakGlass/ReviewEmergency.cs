using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.BreakGlass;

/// <summary>Somebody else judges an emergency access: justified, or not, in words. One that still runs ends with it.</summary>
public sealed class ReviewEmergency(Writer writer)
{
    public sealed record Input(string Code, bool? Justified, string? Words);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, EmergencyRights.Review.Code, input, async scope =>
    {
        var access = await scope.Db.Set<EmergencyAccess>().SingleOrDefaultAsync(a => a.PublicCode == input.Code);
        var sight = await EmergencySight.Of(scope.Db, viewer, scope.Today);
        if (access is null || !EmergencyRights.May(viewer, access, EmergencyRights.Review, sight))
            return EmergencyProblems.NotFound;
        if (sight.Entries.Contains(access.OpenerId))
            return EmergencyProblems.OwnAccess;
        var problems = new List<Problem>();
        var words = ChineseText.Clean(input.Words);
        if (input.Justified is null) problems.Add(EmergencyProblems.JudgementMissing);
        if (words.Length is 0 or > EmergencyAccess.WordsLength) problems.Add(EmergencyProblems.WordsMissing.With(EmergencyAccess.WordsLength));
        if (problems.Count > 0)
            return Outcome.Refused(problems);
        if (access.Review(input.Justified!.Value, words, viewer.PostFor(EmergencyRights.Review)!.PostId, scope.On) is { } problem)
            return problem;
        scope.Record(access, input.Justified.Value ? EmergencyEvents.Justified : EmergencyEvents.NotJustified);
        return Outcome.Ok(access.PublicCode);
    }, cancel);
}
