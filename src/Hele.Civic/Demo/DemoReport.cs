using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Hele.Civic.Reports;
using Microsoft.Extensions.DependencyInjection;

namespace Hele.Civic.Demo;

internal static partial class DemoStory
{
    private static readonly Lazy<ReportWords> LazyReport = new(() => Load<ReportWords>("demo/report.zh.json"));

    /// <summary>What the report says beside figures.</summary>
    public static ReportWords Report => LazyReport.Value;

    internal sealed record ReportWords(IReadOnlyList<Statement> Statements, IReadOnlyList<Tale> Stories);

    /// <param name="By">A person's key or a post.</param>
    internal sealed record Statement(string Key, DateTimeOffset At, string By, string Place, DateOnly From, DateOnly To, string Text, IReadOnlyList<TaleStep> Steps);

    /// <param name="Record">A matter's key.</param>
    internal sealed record Tale(string Key, DateTimeOffset At, string By, StorySource Source, string Record, string Place, string Text, IReadOnlyList<TaleStep> Steps);

    /// <param name="Act">Of a statement: confirm; of a story: agree, agree-on-paper, approve or withdraw.</param>
    internal sealed record TaleStep(string Act, DateTimeOffset At, string By);
}

public static partial class DemoSeed
{
    private sealed partial class Player
    {
        private IEnumerable<Scene> ReportWords()
        {
            foreach (var statement in DemoStory.Report.Statements)
            {
                yield return new(statement.Key, statement.At, id => Sign(statement, id));
                for (var i = 0; i < statement.Steps.Count; i++)
                {
                    var step = statement.Steps[i];
                    yield return new($"{statement.Key}/{i + 1}", step.At, id => Confirm(statement, step, id));
                }
            }
            foreach (var story in DemoStory.Report.Stories)
            {
                yield return new(story.Key, story.At, id => Write(story, id));
                for (var i = 0; i < story.Steps.Count; i++)
                {
                    var step = story.Steps[i];
                    yield return new($"{story.Key}/{i + 1}", step.At, id => GoOn(story, step, id));
                }
            }
        }

        private static DemoStory.Community First => DemoStory.Communities[0];

        private async Task<Outcome> Sign(DemoStory.Statement statement, Guid id)
        {
            var actor = await ViewerOf(First.People, statement.By);
            var outcome = await services.GetRequiredService<SignStatement>().Run(actor, actor.Act(StatementAccess.Sign, id), new(statement.Place, statement.Text, statement.From, statement.To), cancel);
            if (outcome.Code is { } code)
                _codes[statement.Key] = code;
            return outcome;
        }

        private async Task<Outcome> Confirm(DemoStory.Statement statement, DemoStory.TaleStep step, Guid id)
        {
            var actor = await ViewerOf(First.People, step.By);
            return await services.GetRequiredService<ConfirmStatement>().Run(actor, actor.Act(StatementAccess.Confirm, id), new(_codes[statement.Key], Confirms: true), cancel);
        }

        /// <summary>As with thanks: with the words of a story that was taken back went what would tell that it had been written.</summary>
        private async Task<string?> Gone(DemoStory.Tale story)
        {
            for (var i = 0; i < story.Steps.Count; i++)
            {
                if (story.Steps[i].Act == "withdraw" && await Done(OperationId($"{story.Key}/{i + 1}")) is { } there)
                    return _codes[story.Key] = there;
            }
            return null;
        }

        private async Task<Outcome> Write(DemoStory.Tale story, Guid id)
        {
            if (await Gone(story) is { } gone)
                return Outcome.Again(gone);
            var actor = await ViewerOf(First.People, story.By);
            var outcome = await services.GetRequiredService<WriteStory>().Run(actor, actor.Act(StoryAccess.Write, id), new(story.Source, _codes[story.Record], null, story.Place, story.Text), cancel);
            if (outcome.Code is { } code)
                _codes[story.Key] = code;
            return outcome;
        }

        private async Task<Outcome> GoOn(DemoStory.Tale story, DemoStory.TaleStep step, Guid id)
        {
            if (step.Act != "withdraw" && await Gone(story) is { } gone)
                return Outcome.Again(gone);
            // Somebody using the demo may have told the same matter first.
            if (!_codes.TryGetValue(story.Key, out var code))
                return StoryProblems.NotNow.With("");
            var actor = await ViewerOf(First.People, step.By);
            Act As(Permission permission) => actor.Act(permission, id);
            return step.Act switch
            {
                "agree" => await services.GetRequiredService<AgreeToStory>().Run(actor, As(StoryAccess.Own), new(code), cancel),
                "agree-on-paper" => await services.GetRequiredService<AgreeToStory>().Run(actor, As(StoryAccess.TakeConsent), new(code, OnPaper: true, Signed: true), cancel),
                "approve" => await services.GetRequiredService<ApproveStory>().Run(actor, As(StoryAccess.Check), new(code, story.Text), cancel),
                "withdraw" => await services.GetRequiredService<WithdrawStory>().Run(actor, As(StoryAccess.Own), new(code), cancel),
                _ => throw new InvalidOperationException($"data/demo: {story.Key} has an act that the program doesn't know: {step.Act}."),
            };
        }
    }
}
