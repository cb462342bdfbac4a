using Hele.Civic.Disclosures;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Rules;
using Hele.Civic.Platform.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Hele.Civic.Demo;

internal static partial class DemoStory
{
    private static readonly Lazy<BoardStory> LazyBoard = new(() => Load<BoardStory>("demo/disclosures.zh.json"));

    /// <summary>What was put up in the year, and which periods were due.</summary>
    public static BoardStory Board => LazyBoard.Value;

    internal sealed record BoardStory(IReadOnlyList<Disclosed> Disclosures, IReadOnlyList<Owed> Duties);

    /// <param name="By">A person's key or a post.</param>
    /// <param name="In">Code of the community; null for the first.</param>
    internal sealed record Disclosed(string Key, string Kind, DateTimeOffset At, string By, IReadOnlyList<BoardStep> Steps, string? Covers = null, string? Title = null, Dictionary<string, string?>? Head = null, string? Lines = null, string? In = null)
    {
        public Community Community => In is null ? Communities[0] : Communities.Single(c => c.Code == In);
    }

    /// <param name="Act">check, publish, object, answer, propose, correct, withdraw or end.</param>
    /// <param name="Key">Of an objection, by which its answer finds it.</param>
    internal sealed record BoardStep(string Act, DateTimeOffset At, string? By = null, string? Where = null, DateOnly? To = null, string? Text = null, string? Key = null, string? Door = null, string? Objection = null, string? Asked = null, bool Right = false, string? Reason = null,
        string? Lines = null, string? Why = null);

    internal sealed record Owed(string Kind, string Covers, DateTimeOffset At, DateTimeOffset RemindAt, string? In = null)
    {
        public Community Community => In is null ? Communities[0] : Communities.Single(c => c.Code == In);
    }
}

public static partial class DemoSeed
{
    private sealed partial class Player
    {
        private IEnumerable<Scene> OnTheBoard()
        {
            foreach (var owed in DemoStory.Board.Duties)
            {
                var key = $"duty/{owed.Community.Code}/{owed.Kind}/{owed.Covers}";
                yield return new(key, owed.At, async id =>
                {
                    var period = Period.Parse(owed.Covers);
                    var outcome = await services.GetRequiredService<OpenDuty>().Run(BySystem(owed.Community, id), new(owed.Kind, period.From, period.To), cancel);
                    if (outcome.Code is { } code)
                        _codes[key] = code;
                    return outcome;
                });
                yield return new(key + "/remind", owed.RemindAt, id => services.GetRequiredService<RemindOfDuty>().Run(BySystem(owed.Community, id), new(_codes[key]), cancel));
            }
            foreach (var told in DemoStory.Board.Disclosures)
            {
                yield return new(told.Key, told.At, async id =>
                {
                    var writer = await ViewerOf(told.Community.People, told.By);
                    var outcome = await services.GetRequiredService<WriteDisclosure>().Run(writer, writer.Act(DisclosureAccess.Write, id), new(told.Kind, told.Covers, Typed(told, told.Lines)), cancel);
                    if (outcome.Code is { } code)
                        _codes[told.Key] = code;
                    return outcome;
                });
                // Each act names the state it was done on: the same every time the year is played.
                var seen = 1;
                for (var i = 0; i < told.Steps.Count; i++)
                {
                    var (step, on) = (told.Steps[i], seen);
                    if (step.Act is not ("object" or "answer"))
                        seen++;
                    yield return new($"{told.Key}/{i + 1}", step.At, id => OnTheBoard(told, step, on, id));
                }
            }
        }

        private async Task<Outcome> OnTheBoard(DemoStory.Disclosed told, DemoStory.BoardStep step, int seen, Guid id)
        {
            // Somebody using the demo may have been first with that period.
            if (!_codes.TryGetValue(told.Key, out var code))
                return DisclosureProblems.NotNow.With("");
            if (step.Act == "end")
                return await services.GetRequiredService<EndDisclosure>().Run(BySystem(told.Community, id), new(code), cancel);
            var actor = await ViewerOf(told.Community.People, step.By!);
            switch (step.Act)
            {
                case "check":
                    return await services.GetRequiredService<CheckDisclosure>().Run(actor, actor.Act(DisclosureAccess.Check, id), new(code, seen), cancel);
                case "publish":
                    return await services.GetRequiredService<PublishDisclosure>().Run(actor, actor.Act(DisclosureAccess.Write, id), new(code, seen, step.Where, step.To), cancel);
                case "object":
                    var door = step.Door is { } named ? RuleSet.Named<ObjectionDoor>(named) : (ObjectionDoor?)null;
                    var objected = await services.GetRequiredService<ObjectToDisclosure>().Run(actor, actor.Act(door is null ? DisclosureAccess.Object : DisclosureAccess.TakeDown, id), new(code, step.Text, door, door is not null), cancel);
                    if (objected.Code is { } objection)
                        _codes[step.Key!] = objection;
                    return objected;
                case "answer":
                    return !_codes.TryGetValue(step.Objection!, out var asked) ? DisclosureProblems.NotNow.With("")
                        : await services.GetRequiredService<AnswerObjection>().Run(actor, actor.Act(DisclosureAccess.Answer, id), new(code, asked, step.Asked, step.Text, step.Right, Checked: true), cancel);
                case "propose":
                    return await services.GetRequiredService<ProposeCorrection>().Run(actor, actor.Act(DisclosureAccess.Write, id), new(code, seen, Typed(told, step.Lines), step.Reason), cancel);
                case "correct":
                    return await services.GetRequiredService<CheckCorrection>().Run(actor, actor.Act(DisclosureAccess.Check, id), new(code, seen, true), cancel);
                case "withdraw":
                    return await services.GetRequiredService<WithdrawDisclosure>().Run(actor, actor.Act(DisclosureAccess.Withdraw, id), new(code, RuleSet.Named<WithdrawReason>(step.Why!), step.Reason), cancel);
                default:
                    throw new InvalidOperationException($"data/demo: {told.Key} has an act that the program doesn't know: {step.Act}.");
            }
        }

        /// <summary>Among seven thousand names some word is always one: the demo's texts were read by somebody.</summary>
        private static DisclosureTyped Typed(DemoStory.Disclosed told, string? lines) => new(told.Title, told.Head ?? [], lines, Checked: true);

        private static Act BySystem(DemoStory.Community community, Guid id) => new() { OperationId = id, AccountId = SystemAccount.Id, JurisdictionId = community.Id };
    }
}
