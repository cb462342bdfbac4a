using System.Globalization;
using System.Security.Cryptography;
using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Rules;
using Hele.Civic.Platform.Sealing;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Appeals;

/// <summary>Draws, from the verdicts of a period that is over, as many as the rule says. A day's verdicts are drawn from once: nobody draws again until they like what they get.</summary>
public sealed class DrawCallbacks(Writer writer, JurisdictionDirectory jurisdictions)
{
    public const string Rule = "appeal.callback.share";

    public sealed record Input(DateOnly? From, DateOnly? To)
    {
        /// <summary>For the demo, whose draw is the same each time; else random.</summary>
        internal string? Seed { get; init; }
    }

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default)
    {
        var random = input.Seed ?? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        return writer.Write(act, CallbackAccess.Draw.Code, input, async scope =>
        {
            if (viewer.PostFor(CallbackAccess.Draw) is not { } post)
                return CallbackProblems.NotFound;
            if (input.From is not { } from || input.To is not { } to || to < from || to > from.AddYears(1))
                return CallbackProblems.PeriodOdd;
            if (to >= scope.Today)
                return CallbackProblems.PeriodNotOver;
            if (await scope.Db.Set<CallbackRound>().Where(r => r.From <= to && r.To >= from).OrderBy(r => r.From).FirstOrDefaultAsync() is { } there)
                return CallbackProblems.DrawnAlready.With(Day(there.From), Day(there.To));
            var lines = await CallbackRound.Lines(scope.Db, from, to, scope.Now);
            if (lines.Count == 0)
                return CallbackProblems.NothingThere;
            var share = (await RuleBook.InForce(scope.Db, await jurisdictions.Get(scope.Db, act.JurisdictionId), Rule, scope.Today)).Amount;
            var round = new CallbackRound
            {
                PublicCode = PublicCode.New().Text, From = from, To = to, Share = share, Seed = random, Listed = lines.Count, ListHash = CallbackDraw.HashOf(lines.Select(l => l.Line)),
                PostId = post.PostId, DrawnOn = scope.On, LoggedAt = scope.Now,
            };
            scope.Add(round, CallbackEvents.Drawn);
            var place = 0;
            foreach (var line in CallbackDraw.Pick(random, lines.Select(l => l.Line), CallbackDraw.HowMany(lines.Count, share)))
            {
                var verdict = lines.Find(l => l.Line == line).Verdict;
                scope.Add(new Callback { PublicCode = PublicCode.New().Text, RoundId = round.Id, AppealId = verdict.AppealId, VerdictId = verdict.Id, Place = ++place }, CallbackEvents.Picked);
            }
            return Outcome.Ok(round.PublicCode);
        }, cancel);
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>Whoever supervises records what came of a call. Where the resident says something else, the verdict is struck and they judge again, as when they contest it themselves.</summary>
public sealed class RecordCall(Writer writer, JurisdictionDirectory jurisdictions)
{
    /// <param name="Code">The call-back's.</param>
    /// <param name="Result">One of the acts of <see cref="Callback.LifeCycle"/>.</param>
    public sealed record Input(string Code, string? Result, string? Text);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, CallbackAccess.Call.Code, input, async scope =>
    {
        if (viewer.PostFor(CallbackAccess.Call) is not { } post || await scope.Db.Set<Callback>().SingleOrDefaultAsync(c => c.PublicCode == input.Code) is not { } call)
            return CallbackProblems.NotFound;
        var words = ChineseText.Clean(input.Text);
        var problems = new List<Problem>();
        if (input.Result is not (Callback.Miss or Callback.Agree or Callback.Differ))
            problems.Add(CallbackProblems.ResultMissing);
        if (words.Length > Callback.WordsLength)
            problems.Add(CallbackProblems.WordsTooLong.With(Callback.WordsLength, words.Length));
        else if (input.Result == Callback.Differ && words.Length == 0)
            problems.Add(CallbackProblems.WordsMissing);
        if (problems.Count > 0)
            return Outcome.Refused(problems);
        if (call.Ring(input.Result!, words.Length == 0 ? null : words, post.PostId, scope.On, scope.Now) is { } problem)
            return problem;
        scope.Record(call, input.Result switch { Callback.Miss => CallbackEvents.Missed, Callback.Agree => CallbackEvents.Agreed, _ => CallbackEvents.Differed });
        if (input.Result == Callback.Differ)
        {
            var appeal = await scope.Db.Set<Appeal>().SingleAsync(a => a.Id == call.AppealId);
            var verdict = await scope.Db.Set<AppealVerdict>().SingleAsync(v => v.Id == call.VerdictId);
            // The resident may have contested it, or spoken again, since the draw.
            if (verdict.ContestedOn is null && await ContestVerdict.Strike(scope, await jurisdictions.Get(scope.Db, act.JurisdictionId), appeal, verdict, words, Channel.Phone, post.PostId) is { } refused)
                return refused;
        }
        return Outcome.Ok(call.PublicCode);
    }, cancel);
}

/// <summary>The telephone number of a resident who was drawn, for whoever rings them, while the call isn't done. The resident sees who looked.</summary>
public sealed class OpenCallPhone(OpenSeals seals)
{
    /// <returns>One value: the number, null where there is none.</returns>
    public Task<Opened> Run(Viewer viewer, Act act, string code, CancellationToken cancel = default) => seals.Run(act, Way.Page, CallbackAccess.Call, async scope =>
    {
        if (viewer.PostFor(CallbackAccess.Call) is null || await scope.Db.Set<Callback>().SingleOrDefaultAsync(c => c.PublicCode == code && (c.State == CallState.Waiting || c.State == CallState.NotReached)) is not { } call)
            return null;
        var appellant = await scope.Db.Set<Appeal>().Where(a => a.Id == call.AppealId).Select(a => a.AppellantId).SingleAsync();
        return await scope.Db.Set<Person>().Where(Person.Living).SingleOrDefaultAsync(p => p.Id == appellant) is { } person ? [new SealedField(person.Id, person, nameof(Person.PhoneSealed), person.PhoneSealed)] : null;
    }, cancel: cancel);
}
