using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Rules;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.People;

/// <summary>A person, or their guardian, asks for deletion, correction or an explanation.</summary>
public sealed class AskAboutData(Writer writer, JurisdictionDirectory jurisdictions)
{
    public static readonly EventKind Asked = new("data-request.asked", ("提出个人信息请求", "Asked about their data"));

    /// <param name="Person">Public code of whom it is about.</param>
    public sealed record Input(string Person, DataRequestKind? Kind, string? Text);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, "data-request.ask", input, async scope =>
    {
        // Asked before it is known whether there is such a person: missing and not theirs take the same path.
        var wards = await Wards.Of(scope.Db, viewer.PersonId, scope.Today);
        var person = await scope.Db.Set<Person>().SingleOrDefaultAsync(p => p.PublicCode == input.Person && p.ErasedOn == null);
        if (person is null || !PeopleAccess.May(viewer, person, PeopleAccess.OwnData, wards))
            return PeopleProblems.NotFound;
        var text = ChineseText.Clean(input.Text);
        if (input.Kind is null)
            return PeopleProblems.RequestKindMissing;
        if (text.Length > DataRequest.TextLength)
            return PeopleProblems.RequestTooLong.With(DataRequest.TextLength, text.Length);
        if (input.Kind != DataRequestKind.Deletion && text.Length == 0)
            return PeopleProblems.RequestTextMissing;
        if (await scope.Db.Set<DataRequest>().AnyAsync(r => r.PersonId == person.Id && r.Kind == input.Kind && r.State == DataRequestState.Asked))
            return PeopleProblems.RequestWaiting;
        var rule = await RuleBook.InForce(scope.Db, await jurisdictions.Get(scope.Db, act.JurisdictionId), DataRequest.Rule, scope.Today);
        var request = scope.Add(new DataRequest
        {
            PublicCode = PublicCode.New().Text, Kind = input.Kind.Value, PersonId = person.Id, AskedById = viewer.PersonId, Text = text.Length == 0 ? null : text,
            AskedOn = scope.On, DueOn = rule.DueFrom(scope.Now, ReferenceData.Calendar).Date,
        }, Asked);
        return Outcome.Ok(request.PublicCode);
    }, cancel);
}
