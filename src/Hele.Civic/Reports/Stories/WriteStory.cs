using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Sealing;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Reports;

/// <summary>Somebody drafts a story from a record. Its words are sealed until it stands.</summary>
public sealed class WriteStory(Writer writer, Seals seals)
{
    /// <param name="Record">Public code of the record, or an appeal's number.</param>
    /// <param name="Subject">Of a household: public code of the person it is about.</param>
    /// <param name="Place">A code of <see cref="ReportPlaces"/>.</param>
    public sealed record Input(StorySource? Source, string? Record, string? Subject, string? Place, string? Text);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, StoryAccess.Write.Code, input, async scope =>
    {
        if (viewer.PostFor(StoryAccess.Write) is not { } post)
            return StoryProblems.NotFound;
        if (input.Source is not { } source || !Enum.IsDefined(source))
            return StoryProblems.SourceMissing;
        var (record, unfit) = await StoryRecord.Find(scope.Db, viewer, source, input.Record, input.Subject, scope.Today);
        var problems = unfit is null ? [] : new List<Problem> { unfit };
        if (ReportPlaces.Find(input.Place) is null) problems.Add(StoryProblems.PlaceMissing);
        var text = ChineseText.Clean(input.Text);
        problems.AddRange(await StoryText.Problems(scope.Db, text, record?.Names ?? []));
        if (problems.Count > 0)
            return Outcome.Refused(problems);
        var (appeal, thanks) = (record!.AppealId, record.ThanksId);
        if (await scope.Db.Set<ReportStory>().AnyAsync(s => ((appeal != null && s.AppealId == appeal) || (thanks != null && s.ThanksId == thanks)) && s.State != StoryState.Withdrawn && s.State != StoryState.Dropped))
            return StoryProblems.ThereAlready;
        var story = new ReportStory
        {
            Source = source, AppealId = appeal, ThanksId = thanks, HouseholdId = record.HouseholdId, Place = input.Place!, HappenedOn = record.On == DateOnly.MinValue ? scope.On : record.On,
            WrittenByPostId = post.PostId, WrittenOn = scope.On, LoggedAt = scope.Now,
        };
        story.About(record.SubjectId, record.SubjectName.Length == 0 ? null : record.SubjectId is null ? StoryText.Masked(record.SubjectName) : Masking.Surname(record.SubjectName));
        scope.Add(story, StoryEvents.Written);
        await StoryText.Seal(scope, seals, story, text);
        return Outcome.Ok(story.PublicCode);
    }, cancel);
}

/// <summary>The words of a draft are changed, or its place. What was sent back by the second reader is changed here, and agreed to anew.</summary>
public sealed class EditStory(Writer writer, Seals seals)
{
    public sealed record Input(string Code, string? Place, string? Text);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, StoryAccess.Write.Code + "-edit", input, async scope =>
    {
        if (await StoryText.Of(scope, viewer, input.Code, StoryAccess.Write) is not { } story)
            return StoryProblems.NotFound;
        var problems = new List<Problem>();
        if (ReportPlaces.Find(input.Place) is null) problems.Add(StoryProblems.PlaceMissing);
        var text = ChineseText.Clean(input.Text);
        problems.AddRange(await StoryText.Problems(scope.Db, text, await StoryText.NamesOf(scope.Db, story)));
        if (problems.Count > 0)
            return Outcome.Refused(problems);
        if (story.EditTo(input.Place!) is { } problem)
            return problem;
        await StoryText.Seal(scope, seals, story, text);
        scope.Record(story, StoryEvents.Edited);
        return Outcome.Ok(story.PublicCode);
    }, cancel);
}

/// <summary>Shows the words of a draft: to whoever writes and reads stories, and to whoever it is about. Each look leaves a record.</summary>
public sealed class OpenStory(OpenSeals seals)
{
    /// <returns>One value: the words.</returns>
    public Task<Opened> Run(Viewer viewer, Act act, string code, CancellationToken cancel = default) => seals.Run(act, Way.Page, StoryAccess.Read, async scope =>
        await StoryText.Of(scope, viewer, code, StoryAccess.Read) is { TextSealed: not null } story ? [new SealedField(story.SubjectId ?? story.Id, story, nameof(ReportStory.TextSealed), story.TextSealed)] : null, cancel: cancel);
}

internal static class StoryText
{
    public static async Task<ReportStory?> Of(ActScope scope, Viewer viewer, string code, Permission what) =>
        await StoryAccess.Visible(viewer, scope.Db.Set<ReportStory>()).SingleOrDefaultAsync(s => s.PublicCode == code) is { } story && StoryAccess.May(viewer, story, what) ? story : null;

    public static async Task<IReadOnlyList<Problem>> Problems(HeleDb db, string text, IReadOnlyList<string?> names)
    {
        if (text.Length is 0 or > ReportStory.TextLength)
            return [StoryProblems.TextMissing.With(ReportStory.TextLength)];
        return await ReportText.Names(db, text, [.. names]) is { Count: > 0 } found ? [StoryProblems.NamesSomebody.With(string.Join('\u3001', found))] : [];
    }

    /// <summary>The names that the story's record knows and the register may not.</summary>
    public static async Task<IReadOnlyList<string?>> NamesOf(HeleDb db, ReportStory story) => story.AppealId is { } id
        ? await db.Set<Appeals.Appeal>().Where(a => a.Id == id).Select(a => new[] { a.AppellantName, a.OnBehalfOf }).SingleAsync() : [];

    /// <summary>A name that stands here masked already stays as it is.</summary>
    public static string Masked(string name) => name.EndsWith(Masking.Surname("A")[1..], StringComparison.Ordinal) ? name : Masking.Surname(name);

    public static async Task Seal(ActScope scope, Seals seals, ReportStory story, string text) =>
        story.Word(await seals.Seal(scope, story.SubjectId ?? story.Id, story, nameof(ReportStory.TextSealed), text), Index(seals, scope.Act.JurisdictionId, text));

    public static byte[] Index(Seals seals, int jurisdiction, string text) => seals.Index(jurisdiction, ReportStories.Table, nameof(ReportStory.TextIndex), text);
}
