using Hele.Civic.Feedback;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Hele.Civic.Demo;

internal static partial class DemoStory
{
    private static readonly Lazy<IReadOnlyList<Voice>> LazyVoices = new(() => Load<IReadOnlyList<Voice>>("demo/feedback.zh.json"));

    /// <summary>What people of the first community say about Hele.</summary>
    public static IReadOnlyList<Voice> Voices => LazyVoices.Value;

    /// <param name="Who">A person's key; empty for somebody who isn't signed in.</param>
    /// <param name="Page">Where it was written, with a star for a code.</param>
    internal sealed record Voice(string Key, DateTimeOffset At, string Who, string Kind, string Page, string Text, IReadOnlyList<Reply> Steps);

    /// <param name="Act">answer, aside or contest.</param>
    /// <param name="By">The post that answers; of a contest null.</param>
    internal sealed record Reply(string Act, DateTimeOffset At, string Text, string? By = null, string? Asked = null, string? Changed = null, string? Reason = null);
}

public static partial class DemoSeed
{
    private sealed partial class Player
    {
        private IEnumerable<Scene> Voices()
        {
            foreach (var voice in DemoStory.Voices)
            {
                yield return new(voice.Key, voice.At, id => Say(voice, id));
                for (var i = 0; i < voice.Steps.Count; i++)
                {
                    var step = voice.Steps[i];
                    yield return new($"{voice.Key}/{i + 1}", step.At, id => Reply(voice, step, id));
                }
            }
        }

        private async Task<Outcome> Say(DemoStory.Voice voice, Guid id)
        {
            var input = new FileFeedback.Input(Enum.Parse<FeedbackKind>(voice.Kind, ignoreCase: true), voice.Text, voice.Page, WantsToBeTold: voice.Who.Length > 0);
            var act = voice.Who.Length == 0 ? Act.Unnamed(id, DemoStory.Communities[0].Id) : (await ViewerOf(DemoStory.Communities[0].People, voice.Who)).Act(FeedbackAccess.File, id);
            var outcome = await services.GetRequiredService<FileFeedback>().Run(act, input, cancel);
            if (outcome.Code is { } code)
                _codes[voice.Key] = code;
            return outcome;
        }

        private async Task<Outcome> Reply(DemoStory.Voice voice, DemoStory.Reply step, Guid id)
        {
            var code = _codes[voice.Key];
            var actor = await ViewerOf(DemoStory.Communities[0].People, step.By ?? voice.Who);
            return step.Act switch
            {
                "answer" => await services.GetRequiredService<AnswerFeedback>().Run(actor, actor.Act(FeedbackAccess.Answer, id), new(code, step.Asked, step.Text, step.Changed), cancel),
                "aside" => await services.GetRequiredService<SetFeedbackAside>().Run(actor, actor.Act(FeedbackAccess.Answer, id), new(code, Enum.Parse<AsideReason>(step.Reason!.Replace("-", "", StringComparison.Ordinal), ignoreCase: true), step.Text), cancel),
                "contest" => await services.GetRequiredService<ContestFeedback>().Run(actor, actor.Act(FeedbackAccess.Contest, id), new(code, step.Text), cancel),
                _ => throw new InvalidOperationException($"data/demo: {voice.Key} has an act that the program doesn't know: {step.Act}."),
            };
        }
    }
}
