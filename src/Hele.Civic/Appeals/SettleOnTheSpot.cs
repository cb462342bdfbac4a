using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Files;
using Hele.Civic.Platform.Storage;

namespace Hele.Civic.Appeals;

/// <summary>
/// A small matter settled where it was told: one screen, one act. It is filed and answered, and waits for the resident's word like any other; who settled it
/// can't enter that word.
/// </summary>
public sealed class SettleOnTheSpot(Writer writer, JurisdictionDirectory jurisdictions, StoredFiles files)
{
    /// <param name="What">One line: what it was.</param>
    /// <param name="Done">What was done.</param>
    public sealed record Input(string? Kind, string? What, string? Done, string? Building, string? Place, string? AppellantName, string? Person = null)
    {
        /// <summary>What it looks like now; never asked for.</summary>
        public IReadOnlyList<Photo> Photos { get; init; } = [];
    }

    private static FileAppeal.Input Filed(Input input) =>
        new(input.Kind, input.What, input.What, input.Place, input.AppellantName) { Channel = Channel.Counter, Building = input.Building, Person = input.Person, OnTheSpot = true };

    public static List<Problem> Check(Input input, DateOnly today)
    {
        var done = ChineseText.Clean(input.Done);
        return [.. FileAppeal.Check(Filed(input), today).Where(p => p.Code != AppealProblems.TextMissing.Code),
            .. StoredFiles.Check(0, input.Photos.Count) is { } tooMany ? new[] { tooMany } : [],
            .. done.Length == 0 ? [AppealProblems.DoneMissing] : done.Length > AppealAnswer.TextLength ? new[] { AppealProblems.TextTooLong.With(AppealAnswer.TextLength, done.Length) with { Field = "Done" } } : []];
    }

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, AppealAccess.OnTheSpot.Code, input, async scope =>
    {
        if (viewer.PostFor(AppealAccess.OnTheSpot) is not { } post)
            return AppealProblems.NotFound;
        if (Check(input, scope.Today) is { Count: > 0 } missing)
            return Outcome.Refused(missing);
        var (appeal, problems) = await FileAppeal.Enter(scope, jurisdictions, Filed(input));
        if (appeal is null)
            return Outcome.Refused(problems);
        appeal.SettleOnTheSpot(post.PostId, scope.On);
        scope.Add(appeal, AppealEvents.SettledOnTheSpot);
        await AppealUrgency.Met(scope, await jurisdictions.Get(scope.Db, act.JurisdictionId), appeal);
        scope.Add(new AppealAnswer { AppealId = appeal.Id, Round = 1, Text = ChineseText.Clean(input.Done), PostId = post.PostId, AnsweredOn = scope.On, LoggedAt = scope.Now }, AppealEvents.AnswerWritten);
        if (await files.Add(scope, appeal, FileSide.Community, PhotoPart.Answer, 1, input.Photos) is { } tooMany)
            return tooMany;
        return Outcome.Ok(appeal.PublicCode);
    }, cancel);
}
