using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Sealing;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Disclosures;

/// <summary>Writes a correction of what is up. It counts once somebody else has checked it; until then what is up stays.</summary>
public sealed class ProposeCorrection(Writer writer, Seals seals)
{
    public sealed record Input(string Code, int Seen, DisclosureTyped Typed, string? Reason);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, DisclosureAccess.Write.Code + ".correct", input, async scope =>
    {
        var (disclosure, refused) = await Writing.On(scope, viewer, input.Code, DisclosureAccess.Write, input.Seen);
        if (refused is not null)
            return refused;
        if (!disclosure.IsUpOn(scope.Today))
            return DisclosureProblems.NotNow.With(Disclosure.LifeCycle.StateTitle(disclosure.State == DisclosureState.Shown ? DisclosureState.Archived : disclosure.State));
        var texts = await scope.Db.Set<DisclosureText>().Where(t => t.DisclosureId == disclosure.Id).OrderBy(t => t.Number).ToListAsync();
        if (texts.FirstOrDefault(t => t.IsProposal) is { } waits)
            return DisclosureProblems.CorrectionWaits.With(await scope.Db.Set<Post>().Where(p => p.Id == waits.WrittenByPostId).Select(p => p.Title).SingleAsync(), China.TimeIn(waits.LoggedAt).ToString("MM-dd HH:mm"));
        var (kind, problems, reason) = (DisclosureKinds.Of(disclosure.Kind), new List<Problem>(), ChineseText.Line(input.Reason));
        // The title is part of what was up, and stays as it was.
        var (_, content) = await Writing.Read(scope, kind, input.Typed with { Title = disclosure.Title }, problems);
        if (reason.Length is 0 or > Disclosure.ReasonLength) problems.Add(DisclosureProblems.ReasonMissing.With(Disclosure.ReasonLength));
        if (problems.Count > 0)
            return Outcome.Refused(problems);
        if (!kind.IsPersonal && texts.Single(t => t.Number == disclosure.Version).Content == content.ToJson())
            return DisclosureProblems.SameText;
        if (disclosure.ProposeCorrection() is { } problem)
            return problem;
        await Writing.Add(scope, seals, disclosure, kind, texts[^1].Number + 1, content, reason);
        scope.Record(disclosure, DisclosureEvents.CorrectionProposed);
        return Outcome.Ok(disclosure.PublicCode);
    }, cancel);
}

/// <summary>
/// Somebody else checks the correction and it goes up: the old text stays beside it, struck, with the day and the reason. The time counts anew from this day: residents must have had as long to read, and to object
/// to, what is true as the rule gives them.
/// </summary>
public sealed class CheckCorrection(Writer writer, JurisdictionDirectory jurisdictions)
{
    /// <param name="Accept">False to refuse it, with a reason.</param>
    public sealed record Input(string Code, int Seen, bool Accept, string? Reason = null);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, DisclosureAccess.Check.Code + ".correction", input, async scope =>
    {
        var (disclosure, refused) = await Writing.On(scope, viewer, input.Code, DisclosureAccess.Check, input.Seen);
        if (refused is not null)
            return refused;
        var texts = await scope.Db.Set<DisclosureText>().Where(t => t.DisclosureId == disclosure.Id).ToListAsync();
        if (texts.FirstOrDefault(t => t.IsProposal) is not { } proposal)
            return DisclosureProblems.NoCorrection;
        if (await Writing.Bars(scope.Db, viewer, proposal.WrittenByPostId) is { } bar)
            return bar;
        var checker = scope.Act.PostId!.Value;
        if (!input.Accept)
        {
            var reason = ChineseText.Line(input.Reason);
            if (reason.Length is 0 or > Disclosure.ReasonLength)
                return DisclosureProblems.ReasonMissing.With(Disclosure.ReasonLength);
            if (disclosure.RefuseCorrection() is { } not)
                return not;
            proposal.Refuse(reason, checker);
            scope.Record(disclosure, DisclosureEvents.CorrectionRefused);
            scope.Record(proposal, DisclosureEvents.TextRefused);
            return Outcome.Ok(disclosure.PublicCode);
        }
        if (!disclosure.IsUpOn(scope.Today))
            return DisclosureProblems.NotNow.With(Disclosure.LifeCycle.StateTitle(disclosure.State == DisclosureState.Shown ? DisclosureState.Archived : disclosure.State));
        var kind = DisclosureKinds.Of(disclosure.Kind);
        var least = PublishDisclosure.Least(await Writing.RuleOf(scope, jurisdictions, kind.Min!), scope.Now);
        var old = texts.Single(t => t.Number == disclosure.Version);
        if (disclosure.CorrectTo(proposal.Number, proposal.WrittenByPostId, checker, scope.Today, least, await PublishDisclosure.Objections(scope, jurisdictions, kind, least)) is { } problem)
            return problem;
        old.Replace(scope.Now);
        proposal.Show(scope.Now, disclosure.ShownTo!.Value, checker);
        scope.Record(disclosure, DisclosureEvents.Corrected);
        scope.Record(old, DisclosureEvents.TextReplaced);
        scope.Record(proposal, DisclosureEvents.TextShown);
        return Outcome.Ok(disclosure.PublicCode);
    }, cancel);
}
