using Hele.Civic.Appeals;
using Hele.Civic.BreakGlass;
using Hele.Civic.People;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Exports;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hele.Civic.Demo;

internal static partial class DemoStory
{
    private static readonly Lazy<DeskYear> LazyDesk = new(() => Load<DeskYear>("demo/desk.zh.json"));

    /// <summary>What the first community did with sealed data, what its people asked about theirs, and what left as a file.</summary>
    public static DeskYear Desk => LazyDesk.Value;

    internal sealed record DeskYear(IReadOnlyList<Emergency> Emergencies, IReadOnlyList<Asked> Requests, IReadOnlyList<Left> Exports);

    /// <param name="By">Who opened the telephone number of <paramref name="About"/>; it is read a minute later.</param>
    internal sealed record Emergency(string Key, DateTimeOffset At, string By, string About, int Minutes, string Reason, DateTimeOffset? Ended, DateTimeOffset? Known, DateTimeOffset? Reviewed,
        [property: System.Text.Json.Serialization.JsonPropertyName("by_whom")] string? ByWhom, bool? Justified, string? Words);

    /// <param name="Answered">Null while it waits.</param>
    internal sealed record Asked(string Key, DateTimeOffset At, string Who, string Kind, string Text, DateTimeOffset? Answered, string? By, bool? Grant, string? Answer);

    /// <summary>The list of appeals, whole, as a file.</summary>
    internal sealed record Left(string Key, DateTimeOffset At, string By, string Reason);
}

public static partial class DemoSeed
{
    private sealed partial class Player
    {
        private IEnumerable<Scene> Desk()
        {
            var community = DemoStory.Communities[0];
            foreach (var told in DemoStory.Desk.Emergencies)
            {
                yield return new(told.Key, told.At, async id =>
                {
                    var opener = await ViewerOf(community.People, told.By);
                    var outcome = await services.GetRequiredService<OpenInEmergency>().Run(opener, opener.Act(EmergencyRights.Open, id), new("person.phone", await PersonOf(community, told.About), told.Reason, told.Minutes), cancel);
                    return Remembered(told.Key, outcome);
                });
                yield return new(told.Key + "/read", told.At.AddMinutes(1), async id =>
                {
                    var opener = await ViewerOf(community.People, told.By);
                    if (await WasWritten(community, id))
                        return Outcome.Again(_codes[told.Key]);
                    var opened = await services.GetRequiredService<ReadInEmergency>().Run(opener, opener.Act(EmergencyRights.Open, id), _codes[told.Key], cancel: cancel);
                    return opened.Problems.Count > 0 ? Outcome.Refused([.. opened.Problems]) : Outcome.Ok(_codes[told.Key]);
                });
                if (told.Ended is { } ended)
                    yield return new(told.Key + "/end", ended, async id =>
                    {
                        var opener = await ViewerOf(community.People, told.By);
                        return await services.GetRequiredService<EndEmergency>().Run(opener, opener.Act(EmergencyRights.Open, id), new(_codes[told.Key]), cancel);
                    });
                if (told.Known is { } known)
                    yield return new(told.Key + "/known", known, async id =>
                    {
                        var subject = await ViewerOf(community.People, told.About);
                        return await services.GetRequiredService<KnowOfEmergency>().Run(subject, subject.Act(EmergencyRights.Know, id), new(_codes[told.Key]), cancel);
                    });
                if (told.Reviewed is { } reviewed)
                    yield return new(told.Key + "/review", reviewed, async id =>
                    {
                        var reviewer = await ViewerOf(community.People, told.ByWhom!);
                        return await services.GetRequiredService<ReviewEmergency>().Run(reviewer, reviewer.Act(EmergencyRights.Review, id), new(_codes[told.Key], told.Justified, told.Words), cancel);
                    });
            }
            foreach (var told in DemoStory.Desk.Requests)
            {
                yield return new(told.Key, told.At, async id =>
                {
                    var asker = await ViewerOf(community.People, told.Who);
                    var outcome = await services.GetRequiredService<AskAboutData>().Run(asker, asker.Act(PeopleAccess.OwnData, id), new(await PersonOf(community, told.Who), Enum.Parse<DataRequestKind>(told.Kind, ignoreCase: true), told.Text), cancel);
                    return Remembered(told.Key, outcome);
                });
                if (told.Answered is { } answered)
                    yield return new(told.Key + "/answer", answered, async id =>
                    {
                        var clerk = await ViewerOf(community.People, told.By!);
                        return await services.GetRequiredService<AnswerDataRequest>().Run(clerk, clerk.Act(PeopleAccess.AnswerRequest, id), new(_codes[told.Key], told.Grant, told.Answer), cancel);
                    });
            }
            foreach (var told in DemoStory.Desk.Exports)
            {
                yield return new(told.Key, told.At, async id =>
                {
                    var exporter = await ViewerOf(community.People, told.By);
                    if (await WasWritten(community, id))
                        return Outcome.Again(told.Key);
                    var rows = await ReadIn(community, db => AppealAccess.Visible(exporter, db.Set<Appeal>()).CountAsync(cancel));
                    return await services.GetRequiredService<RecordExport>().Run(exporter, AppealAccess.List, exporter.Act(AppealAccess.List, id, told.Reason), new("appeals", "", rows), cancel);
                });
            }
        }

        /// <summary>Whether an earlier run did it: asked where the same act has other content the second time, or is refused.</summary>
        private Task<bool> WasWritten(DemoStory.Community community, Guid id) => ReadIn(community, db => db.Set<AcceptedOperation>().AnyAsync(o => o.OperationId == id, cancel));

        private Outcome Remembered(string key, Outcome outcome)
        {
            if (outcome.Code is { } code)
                _codes[key] = code;
            return outcome;
        }

        private Task<string> PersonOf(DemoStory.Community community, string signIn) =>
            ReadIn(community, db => (from p in db.Set<Person>() join a in db.Accounts on p.AccountId equals a.Id where a.SignInName == signIn select p.PublicCode).SingleAsync(cancel));
    }
}
