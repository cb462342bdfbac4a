using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Rules;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Appeals;

/// <summary>
/// A reviewer writes or approves what the public sees of an appeal, first or anew: title, the public version of the answer, how closely the place is shown. It
/// is somebody who neither raised it nor wrote the answer. What looks personal is said once and goes through only when they say they have checked it.
/// </summary>
public sealed class PublishAppeal(Writer writer, JurisdictionDirectory jurisdictions)
{
    /// <param name="Round">How many answers there were when the reviewer read it.</param>
    /// <param name="Checked">The reviewer has looked at what seems personal.</param>
    public sealed record Input(string Code, string? Title, string? Answer, PublicPlaceLevel? Place, int Round, bool Checked = false);

    /// <summary>Checks what was typed, without touching the database.</summary>
    public static List<Problem> Check(Input input)
    {
        var problems = new List<Problem>();
        var (title, answer) = (ChineseText.Line(input.Title), ChineseText.Clean(input.Answer));
        if (title.Length == 0)
            problems.Add(PublicationProblems.TitleMissing);
        else if (title.Length > AppealPublication.TitleLength)
            problems.Add(PublicationProblems.TitleTooLong.With(AppealPublication.TitleLength, title.Length));
        if (answer.Length > AppealPublication.AnswerLength)
            problems.Add(PublicationProblems.AnswerTooLong.With(AppealPublication.AnswerLength, answer.Length));
        if (input.Place is not { } level || !Enum.IsDefined(level))
            problems.Add(PublicationProblems.PlaceMissing);
        return problems;
    }

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, PublicationAccess.Review.Code, input, async scope =>
    {
        var (appeal, post, publication, refused) = await Reviewing.On(scope, viewer, input.Code);
        if (refused is not null)
            return refused;
        if (!AppealKinds.Listed.Contains(appeal.Kind))
            return PublicationProblems.NotListed;
        if (appeal.AcceptedOn is null)
            return PublicationProblems.NotAcceptedYet;
        if (input.Round != appeal.Round)
            return PublicationProblems.AnsweredMeanwhile;
        var problems = Check(input);
        var (title, answer) = (ChineseText.Line(input.Title), ChineseText.Clean(input.Answer));
        if (appeal.Round > 0 && answer.Length == 0)
            problems.Add(PublicationProblems.AnswerMissing);
        else if (appeal.Round == 0 && answer.Length > 0)
            problems.Add(PublicationProblems.AnswerTooEarly);
        if (problems.Count > 0)
            return Outcome.Refused(problems);
        var rule = await RuleBook.InForce(scope.Db, await jurisdictions.Get(scope.Db, act.JurisdictionId), PublicPlace.Rule, scope.Today);
        if ((await PublicPlace.For(scope.Db, appeal, rule.Amount)).FirstOrDefault(p => p.Level == input.Place) is not { } place)
            return PublicationProblems.PlaceMissing;
        if (!input.Checked && await PersonalHints.In(scope.Db, appeal, title, answer) is { Count: > 0 } hints)
            return PublicationProblems.LooksPersonal.With(string.Join('\u3001', hints.Select(h => h.Words)));

        var content = new AppealPublication.Content(title, answer.Length == 0 ? null : answer, appeal.Round, place);
        if (publication is { State: PublicationState.Published })
        {
            var addsAnswer = appeal.Round > publication.AnswerRound;
            if (publication.CorrectTo(content, post, scope.On, scope.Now) is { } problem)
                return problem;
            scope.Record(publication, addsAnswer ? PublicationEvents.AnswerAdded : PublicationEvents.Corrected);
        }
        else
        {
            var isNew = publication is null;
            publication ??= Reviewing.Begin(scope, appeal);
            if (publication.MakePublic(content, post, scope.On, scope.Now, isNew) is { } problem)
                return problem;
            Reviewing.Save(scope, publication, isNew, PublicationEvents.Published);
        }
        return Outcome.Ok(appeal.PublicCode);
    }, cancel);
}

/// <summary>A reviewer decides that an appeal isn't made public, or takes down what is; always with a reason.</summary>
public sealed class KeepFromPublic(Writer writer)
{
    public sealed record Input(string Code, string? Reason);

    public static List<Problem> Check(Input input)
    {
        var reason = ChineseText.Line(input.Reason);
        return reason.Length == 0 ? [PublicationProblems.ReasonMissing]
            : reason.Length > AppealPublication.ReasonLength ? [PublicationProblems.ReasonTooLong.With(AppealPublication.ReasonLength, reason.Length)] : [];
    }

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, PublicationAccess.Review.Code, input, async scope =>
    {
        var (appeal, post, publication, refused) = await Reviewing.On(scope, viewer, input.Code, takesDown: true);
        if (refused is not null)
            return refused;
        if (Check(input) is { Count: > 0 } problems)
            return Outcome.Refused(problems);
        var reason = ChineseText.Line(input.Reason);
        if (publication is { State: PublicationState.Published })
        {
            if (publication.TakeDown(AppealPublication.Withdraw, reason, post, scope.Now) is { } problem)
                return problem;
            scope.Record(publication, PublicationEvents.Withdrawn);
            return Outcome.Ok(appeal.PublicCode);
        }
        var isNew = publication is null;
        publication ??= Reviewing.Begin(scope, appeal);
        if (publication.Refuse(reason, post, scope.Now, isNew) is { } notNow)
            return notNow;
        Reviewing.Save(scope, publication, isNew, PublicationEvents.Declined);
        return Outcome.Ok(appeal.PublicCode);
    }, cancel);
}

/// <summary>What the acts of a review have in common.</summary>
file static class Reviewing
{
    /// <param name="takesDown">Who may do nothing else may still take down what is public: nobody's data wait for a second person.</param>
    public static async Task<(Appeal Appeal, Guid Post, AppealPublication? Publication, Problem? Refused)> On(ActScope scope, Viewer viewer, string code, bool takesDown = false)
    {
        var appeal = await AppealAccess.Visible(viewer, scope.Db.Set<Appeal>()).SingleOrDefaultAsync(a => a.PublicCode == code);
        if (appeal is null || AppealAccess.PostFor(viewer, PublicationAccess.Review, appeal) is not { } post)
            return (null!, default, null, AppealProblems.NotFound);
        var publication = await scope.Db.Set<AppealPublication>().SingleOrDefaultAsync(p => p.AppealId == appeal.Id);
        var bar = takesDown && publication is { State: PublicationState.Published } ? null : await PublicationAccess.Bars(scope.Db, viewer, appeal);
        return (appeal, post.PostId, publication, bar);
    }

    public static AppealPublication Begin(ActScope scope, Appeal appeal) => new() { AppealId = appeal.Id, PublicCode = PublicCode.New().Text, ReviewedOn = scope.On };

    public static void Save(ActScope scope, AppealPublication publication, bool isNew, Platform.Journal.EventKind kind)
    {
        if (isNew)
            scope.Add(publication, kind);
        else
            scope.Record(publication, kind);
    }
}
