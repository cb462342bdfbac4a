using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Disclosures;

/// <summary>Puts up what was checked, from today until a day that the rule doesn't forbid.</summary>
public sealed class PublishDisclosure(Writer writer, JurisdictionDirectory jurisdictions)
{
    /// <param name="To">The last day; empty for the first the rule allows.</param>
    /// <param name="Where">The boards on which it hangs.</param>
    public sealed record Input(string Code, int Seen, string? Where, DateOnly? To = null);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, DisclosureAccess.Write.Code + ".publish", input, async scope =>
    {
        var (disclosure, refused) = await Writing.On(scope, viewer, input.Code, DisclosureAccess.Write, input.Seen);
        if (refused is not null)
            return refused;
        if (Disclosure.LifeCycle.Find(disclosure.State, Disclosure.Publish) is null)
            return DisclosureProblems.NotNow.With(Disclosure.LifeCycle.StateTitle(disclosure.State));
        var kind = DisclosureKinds.Of(disclosure.Kind);
        var rule = await Writing.RuleOf(scope, jurisdictions, kind.Min!);
        var (problems, where) = (new List<Problem>(), ChineseText.Line(input.Where));
        var least = Least(rule, scope.Now);
        var to = input.To ?? least;
        if (where.Length is 0 or > Disclosure.WhereLength) problems.Add(DisclosureProblems.WhereMissing.With(Disclosure.WhereLength));
        if (to < least) problems.Add(DisclosureProblems.TooShort.With(least.ToString("yyyy-MM-dd"), rule.Limit, rule.Source));
        else if (to > scope.Today.AddDays(Disclosure.MostDays)) problems.Add(DisclosureProblems.TooLongUp.With(scope.Today.AddDays(Disclosure.MostDays).ToString("yyyy-MM-dd")));
        if (problems.Count > 0)
            return Outcome.Refused(problems);
        var year = scope.Today.Year;
        var serial = (await scope.Db.Set<Disclosure>().Where(d => d.Year == year).MaxAsync(d => d.Serial) ?? 0) + 1;
        if (disclosure.PutUp(serial, scope.Act.PostId!.Value, scope.Today, to, least, await ObjectTo(scope, kind, to), where, scope.Now) is { } problem)
            return problem;
        var text = await scope.Db.Set<DisclosureText>().SingleAsync(t => t.DisclosureId == disclosure.Id && t.Number == disclosure.Version);
        text.Show(scope.Now, to, disclosure.CheckedByPostId!.Value);
        scope.Record(disclosure, DisclosureEvents.Published);
        scope.Record(text, DisclosureEvents.TextShown);
        await Fulfil(scope, disclosure);
        return Outcome.Ok(disclosure.PublicCode);
    }, cancel);

    /// <summary>The last of the days the rule asks for: the day it goes up isn't counted (Civil Code 201).</summary>
    public static DateOnly Least(Rule rule, DateTimeOffset now) => rule.DueFrom(now, ReferenceData.Calendar).Date;

    internal async Task<DateOnly> ObjectTo(ActScope scope, DisclosureKind kind, DateOnly to) => await Objections(scope, jurisdictions, kind, to);

    internal static async Task<DateOnly> Objections(ActScope scope, JurisdictionDirectory jurisdictions, DisclosureKind kind, DateOnly to) =>
        kind.Objection is { } rule ? (await Writing.RuleOf(scope, jurisdictions, rule)).DueFrom(scope.Now, ReferenceData.Calendar).Date : to;

    /// <summary>The period it is about is disclosed, whoever was reminded of it.</summary>
    private static async Task Fulfil(ActScope scope, Disclosure disclosure)
    {
        if (disclosure.CoversFrom is not { } from || disclosure.CoversTo is not { } to)
            return;
        var (id, code) = (disclosure.Id, disclosure.Kind);
        foreach (var duty in await scope.Db.Set<DisclosureDuty>().Where(d => d.Kind == code && d.CoversFrom >= from && d.CoversTo <= to && d.DisclosureId == null).ToListAsync())
        {
            duty.Done(id, scope.Today, scope.Now);
            scope.Record(duty, DisclosureEvents.DutyDone);
        }
    }
}

/// <summary>Takes down before its time what must not be seen. It waits for nobody, and says for good that it was taken down, by which post and why.</summary>
public sealed class WithdrawDisclosure(Writer writer)
{
    public sealed record Input(string Code, WithdrawReason? Why, string? Reason);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, DisclosureAccess.Withdraw.Code, input, async scope =>
    {
        // Whatever was changed since doesn't make it better that it is still up.
        var (disclosure, refused) = await Writing.On(scope, viewer, input.Code, DisclosureAccess.Withdraw, seen: null);
        if (refused is not null)
            return refused;
        var (problems, reason) = (new List<Problem>(), ChineseText.Line(input.Reason));
        if (input.Why is not { } why || !Enum.IsDefined(why)) problems.Add(DisclosureProblems.WhyMissing);
        if (reason.Length is 0 or > Disclosure.ReasonLength) problems.Add(DisclosureProblems.ReasonMissing.With(Disclosure.ReasonLength));
        if (problems.Count > 0)
            return Outcome.Refused(problems);
        if (disclosure.State == DisclosureState.Shown && !disclosure.IsUpOn(scope.Today))
            return DisclosureProblems.NotNow.With(Disclosure.LifeCycle.StateTitle(DisclosureState.Archived));
        if (disclosure.TakeDown(input.Why!.Value, reason, scope.Act.PostId!.Value, scope.Today, scope.Now) is { } problem)
            return problem;
        scope.Record(disclosure, DisclosureEvents.Withdrawn);
        var id = disclosure.Id;
        foreach (var duty in await scope.Db.Set<DisclosureDuty>().Where(d => d.DisclosureId == id).ToListAsync())
        {
            duty.Reopen();
            scope.Record(duty, DisclosureEvents.DutyReopened);
        }
        return Outcome.Ok(disclosure.PublicCode);
    }, cancel);
}
