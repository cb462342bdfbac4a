using Hele.Civic.Kernel;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Rules;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.BreakGlass;

/// <summary>Opens one sealed record that the viewer's permissions don't open, for a reason and a time. Reading it is <see cref="ReadInEmergency"/>.</summary>
public sealed class OpenInEmergency(Writer writer, ModuleList modules, JurisdictionDirectory jurisdictions, TellRules telling)
{
    /// <param name="Seal">Kind of what is to be opened: <c>person.phone</c>.</param>
    /// <param name="Code">Public code of the record.</param>
    public sealed record Input(string? Seal, string? Code, string? Reason, int? Minutes);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, EmergencyRights.Open.Code, input, async scope =>
    {
        if (viewer.PostFor(EmergencyRights.Open) is not { } post)
            return EmergencyProblems.NotFound;
        var seal = modules.EmergencySeals.SingleOrDefault(s => s.Code == input.Seal);
        var code = PublicCode.TryParse(input.Code, out var parsed) ? parsed.Text : "";
        var row = seal is null ? null : await seal.ByCode(scope.Db, code).SingleOrDefaultAsync();
        var reason = ChineseText.Clean(input.Reason);
        var problems = new List<Problem>();
        if (seal is null) problems.Add(EmergencyProblems.KindMissing);
        else if (row is null) problems.Add(EmergencyProblems.RecordMissing);
        if (ChineseText.Normalize(reason).Length < EmergencyAccess.ReasonAtLeast || reason.Length > EmergencyAccess.ReasonLength)
            problems.Add(EmergencyProblems.ReasonMissing.With(EmergencyAccess.ReasonAtLeast, EmergencyAccess.ReasonLength));
        if (input.Minutes is not (>= 1 and <= EmergencyAccess.MaxMinutes)) problems.Add(EmergencyProblems.MinutesWrong.With(EmergencyAccess.MaxMinutes));
        if (problems.Count > 0)
            return Outcome.Refused(problems);
        if (seal!.Opens(viewer, row!))
            return EmergencyProblems.NotNeeded;
        if (seal.Bytes(row!) is null)
            return EmergencyProblems.NothingThere;
        if (await scope.Db.Set<EmergencyAccess>().AnyAsync(a => a.OpenerId == viewer.PersonId && a.Seal == seal.Code && a.RowId == row!.Id && a.State == EmergencyState.Opened && a.EndsAt > scope.Now))
            return EmergencyProblems.Running;

        var jurisdiction = await jurisdictions.Get(scope.Db, act.JurisdictionId);
        var review = await RuleBook.InForce(scope.Db, jurisdiction, EmergencyAccess.ReviewRule, scope.Today);
        var tell = telling.InForce(seal.Code, scope.Today, jurisdiction.Code);
        var access = scope.Add(new EmergencyAccess
        {
            Seal = seal.Code, RowTable = scope.Db.Model.FindEntityType(seal.Entity)!.GetTableName()!, RowId = row!.Id, RowCode = code, SubjectId = seal.Subject(row),
            OpenerId = viewer.PersonId, OpenerAccountId = viewer.AccountId, OpenerPostId = post.PostId, Reason = reason, OpenedAt = scope.Now, EndsAt = scope.Now.AddMinutes(input.Minutes!.Value),
            ReviewDueOn = review.DueFrom(scope.Now, ReferenceData.Calendar).Date, Tell = tell?.Tell ?? true, TellCitation = tell?.Source.Zh ?? "",
        }, EmergencyEvents.Opened);
        return Outcome.Ok(access.PublicCode);
    }, cancel);
}
