using Hele.Civic.Appeals;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Sealing;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Disclosures;

/// <summary>Somebody objects to what is up: signed in or not, or on paper, by telephone and at the counter through somebody of the community.</summary>
public sealed class ObjectToDisclosure(Writer writer, JurisdictionDirectory jurisdictions, Seals seals)
{
    /// <param name="Door">How it came, where somebody of the community takes it down; null where whoever objects writes it.</param>
    public sealed record Input(string Code, string? Text, ObjectionDoor? Door = null, bool TakesDown = false);

    public static Problem? CheckText(string? text) =>
        ChineseText.Clean(text).Length is 0 or > DisclosureObjection.TextLength ? DisclosureProblems.ObjectionMissing.With(DisclosureObjection.TextLength) : null;

    /// <param name="viewer">Null for somebody who isn't signed in.</param>
    public Task<Outcome> Run(Viewer? viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, (input.TakesDown ? DisclosureAccess.TakeDown : DisclosureAccess.Object).Code, input, async scope =>
    {
        if (input.TakesDown && viewer?.PostFor(DisclosureAccess.TakeDown) is null)
            return DisclosureProblems.NotFound;
        var disclosure = await scope.Db.Set<Disclosure>().AsNoTracking().SingleOrDefaultAsync(d => d.PublicCode == input.Code);
        if (disclosure is null || disclosure.State is not (DisclosureState.Shown or DisclosureState.Archived))
            return DisclosureProblems.NotFound;
        if (scope.Today > disclosure.ObjectTo || disclosure.State == DisclosureState.Archived)
            return DisclosureProblems.ObjectionTooLate.With(disclosure.ObjectTo!.Value.ToString("yyyy-MM-dd"));
        var problems = new List<Problem>();
        if (CheckText(input.Text) is { } missing) problems.Add(missing);
        if (input.TakesDown && (input.Door is not { } door || !Enum.IsDefined(door) || door == ObjectionDoor.Web)) problems.Add(DisclosureProblems.DoorMissing);
        if (problems.Count > 0)
            return Outcome.Refused(problems);
        var kind = DisclosureKinds.Of(disclosure.Kind);
        var rule = await Writing.RuleOf(scope, jurisdictions, kind.Answer!);
        var objection = new DisclosureObjection
        {
            DisclosureId = disclosure.Id, Door = input.TakesDown ? input.Door!.Value : ObjectionDoor.Web, EnteredByPostId = input.TakesDown ? scope.Act.PostId : null,
            FiledOn = scope.Today, FiledAt = scope.Now, DueOn = rule.DueFrom(scope.Now, ReferenceData.Calendar).Date,
        };
        scope.Add(objection, DisclosureEvents.Objected);
        var (text, sender) = (ChineseText.Clean(input.Text), input.TakesDown ? null : scope.Act.PersonId);
        if (kind.IsPersonal)
            objection.Write(sender, null, await seals.Seal(scope, objection.Id, objection, nameof(DisclosureObjection.TextSealed), text));
        else
            objection.Write(sender, text, null);
        return Outcome.Ok(objection.PublicCode);
    }, cancel);
}

/// <summary>Answers an objection in public: what was objected, in words without personal data, and what is so.</summary>
public sealed class AnswerObjection(Writer writer)
{
    /// <param name="IsRight">It is right, and the disclosure will be corrected or taken down.</param>
    /// <param name="Checked">Whoever answers has looked at what seems personal.</param>
    public sealed record Input(string Code, string Objection, string? Asked, string? Answer, bool IsRight, bool Checked = false);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, DisclosureAccess.Answer.Code, input, async scope =>
    {
        var (disclosure, refused) = await Writing.On(scope, viewer, input.Code, DisclosureAccess.Answer, seen: null);
        if (refused is not null)
            return refused;
        if (await scope.Db.Set<DisclosureObjection>().SingleOrDefaultAsync(o => o.DisclosureId == disclosure.Id && o.PublicCode == input.Objection) is not { } objection)
            return DisclosureProblems.NotFound;
        if (objection.AnsweredByPostId is { } by)
            return DisclosureProblems.AnsweredAlready.With(await scope.Db.Set<Post>().Where(p => p.Id == by).Select(p => p.Title).SingleAsync(), $"{objection.AnsweredOn:yyyy-MM-dd}");
        var (asked, answer, problems) = (ChineseText.Clean(input.Asked), ChineseText.Clean(input.Answer), new List<Problem>());
        if (asked.Length is 0 or > DisclosureObjection.AskedLength) problems.Add(DisclosureProblems.AskedMissing.With(DisclosureObjection.AskedLength));
        if (answer.Length is 0 or > DisclosureObjection.AnswerLength) problems.Add(DisclosureProblems.AnswerMissing.With(DisclosureObjection.AnswerLength));
        foreach (var (field, text) in input.Checked ? [] : new[] { (nameof(Input.Asked), asked), (nameof(Input.Answer), answer) })
        {
            if (await PersonalHints.In(scope.Db, [], text) is { Count: > 0 } hints)
                problems.Add(DisclosureProblems.PersonalWords.With(string.Join('\u3001', hints.Select(h => h.Words).Take(6))).On(field));
        }
        if (problems.Count > 0)
            return Outcome.Refused(problems);
        objection.AnswerIt(asked, answer, input.IsRight, scope.Act.PostId!.Value, scope.Today, scope.Now);
        scope.Record(objection, DisclosureEvents.ObjectionAnswered);
        return Outcome.Ok(disclosure.PublicCode);
    }, cancel);
}
