using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Files;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Appeals;

/// <summary>The community answers: what was done, what came of it. Then it is the resident's turn.</summary>
public sealed class AnswerAppeal(Writer writer, StoredFiles files)
{
    public sealed record Input(string Code, string? Text)
    {
        /// <summary>What it looks like now; never asked for.</summary>
        public IReadOnlyList<Photo> Photos { get; init; } = [];
    }

    public static List<Problem> Check(Input input)
    {
        var text = ChineseText.Clean(input.Text);
        return text.Length == 0 ? [AppealProblems.AnswerMissing]
            : text.Length > AppealAnswer.TextLength ? [AppealProblems.TextTooLong.With(AppealAnswer.TextLength, text.Length)]
            : [];
    }

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, AppealAccess.Answer.Code, input, async scope =>
    {
        var appeal = await AppealAccess.Visible(viewer, scope.Db.Set<Appeal>()).SingleOrDefaultAsync(a => a.PublicCode == input.Code);
        if (appeal is null || !AppealAccess.May(viewer, appeal, AppealAccess.Answer))
            return AppealProblems.NotFound;
        if (Check(input) is { Count: > 0 } problems)
            return Outcome.Refused(problems);
        var due = appeal.DueOn;
        if (appeal.AnswerOnce() is { } problem)
            return problem;
        scope.Record(appeal, AppealEvents.Answered);
        scope.Add(new AppealAnswer
        {
            AppealId = appeal.Id, Round = appeal.Round, Text = ChineseText.Clean(input.Text), PostId = AppealAccess.PostFor(viewer, AppealAccess.Answer, appeal)!.PostId,
            AnsweredOn = scope.On, LoggedAt = scope.Now, DueOn = due,
        }, AppealEvents.AnswerWritten);
        if (await files.Add(scope, appeal, FileSide.Community, PhotoPart.Answer, appeal.Round, input.Photos) is { } tooMany)
            return tooMany;
        return Outcome.Ok(appeal.PublicCode);
    }, cancel);
}
