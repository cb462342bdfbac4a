using Hele.Civic.Kernel;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Accounts;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Sealing;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.People;

/// <summary>Answers a request about somebody's data. A deletion that is granted is carried out in the same act.</summary>
public sealed class AnswerDataRequest(Writer writer, ModuleList modules, ErasureList list, Database database)
{
    public static readonly EventKind Granted = new("data-request.granted", ("办理了个人信息请求", "Granted a request about data"));
    public static readonly EventKind Refused = new("data-request.refused", ("答复：不能办理个人信息请求，说明理由", "Refused a request about data, with the reason"));

    public sealed record Input(string Code, bool? Grant, string? Answer);

    public async Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default)
    {
        var erased = false;
        var outcome = await writer.Write(act, PeopleAccess.AnswerRequest.Code, input, async scope =>
        {
            erased = false;
            var request = await scope.Db.Set<DataRequest>().SingleOrDefaultAsync(r => r.PublicCode == input.Code);
            var person = request is null ? null : await scope.Db.Set<Person>().SingleAsync(p => p.Id == request.PersonId);
            if (request is null || person is null || !PeopleAccess.May(viewer, person, PeopleAccess.AnswerRequest))
                return PeopleProblems.NotFound;
            if (request.AskedById == viewer.PersonId)
                return PeopleProblems.OwnRequest;
            var answer = ChineseText.Clean(input.Answer);
            if (input.Grant is null)
                return PeopleProblems.DecisionMissing;
            if (answer.Length is 0 or > DataRequest.AnswerLength)
                return PeopleProblems.AnswerMissing.With(DataRequest.AnswerLength);
            if (request.Decide(input.Grant.Value, answer, scope.On) is { } problem)
                return problem;
            if (input.Grant == true && request.Kind == DataRequestKind.Deletion)
            {
                if (await ErasePerson.Erase(scope, modules, person, ErasureCause.Asked) is { } refused)
                    return refused;
                erased = true;
            }
            else
            {
                scope.Record(request, input.Grant.Value ? Granted : Refused);
            }
            return Outcome.Ok(request.PublicCode);
        }, cancel);
        if (outcome.Accepted && erased)
            await ErasePerson.Finish(list, database, act.JurisdictionId);
        return outcome;
    }
}

/// <summary>Destroys what is held about a person, except what a dated rule keeps. By <c>hele erase</c>, or in answer to a request.</summary>
public sealed class ErasePerson(Writer writer, ModuleList modules, ErasureList list, Database database)
{
    /// <param name="Person">Public code.</param>
    public sealed record Input(string Person);

    public async Task<Outcome> Run(Act act, Input input, CancellationToken cancel = default)
    {
        var outcome = await writer.Write(act, PeopleAccess.AnswerRequest.Code + ".erase", input, async scope =>
        {
            var person = await scope.Db.Set<Person>().SingleOrDefaultAsync(p => p.PublicCode == input.Person && p.ErasedOn == null);
            if (person is null)
                return PeopleProblems.NotFound;
            return await Erase(scope, modules, person, ErasureCause.Ordered) is { } refused ? refused : Outcome.Ok(input.Person);
        }, cancel);
        if (outcome.Accepted)
            await Finish(list, database, act.JurisdictionId);
        return outcome;
    }

    /// <summary>
    /// Erases again who stands in the list beside the pins and not in the database: an older state was put back. Before the first request.
    /// </summary>
    /// <exception cref="StartupException">There are such people and nothing can be written, so that they would be shown again.</exception>
    public async Task Reapply(LogService log, CancellationToken cancel = default)
    {
        int[] places;
        await using (var outer = await database.Read([], cancel))
            places = await outer.Db.Jurisdictions.OrderBy(j => j.Id).Select(j => j.Id).ToArrayAsync(cancel);
        foreach (var place in places)
        {
            var missing = await list.Missing(place, cancel);
            List<Guid> back;
            await using (var lease = await database.Read([place], cancel))
                back = await lease.Db.Set<Person>().Where(p => missing.Contains(p.Id) && p.ErasedOn == null).Select(p => p.Id).ToListAsync(cancel);
            if (back.Count == 0)
                continue;
            if (log.ReadOnlyReason is { } reason)
            {
                throw new StartupException((
                    $"这个数据库比锚点旁边的删除名单旧：其中有{back.Count}个人的信息后来已经删除，现在又什么都不能写（{reason.Zh}）。开始服务就会让这些信息重新出现。请放回较新的数据库，或者放回与它相符的锚点；删除名单保持原样。",
                    $"This database is older than the erasure list beside its pins: it holds {back.Count} people whose data were erased since, and nothing can be written ({reason.En}) "
                    + "Serving it would bring them back. Put the newer database back, or the pin that belongs to this one; the erasure list stays as it is."));
            }
            foreach (var id in back)
            {
                // The same id at every attempt: a start that was interrupted goes on where it was.
                var outcome = await writer.Write(new Act { OperationId = id, AccountId = SystemAccount.Id, JurisdictionId = place }, PeopleAccess.AnswerRequest.Code + ".erase-again", id, async scope =>
                {
                    var person = await scope.Db.Set<Person>().SingleAsync(p => p.Id == id);
                    return await Erase(scope, modules, person, ErasureCause.PutBack) is { } refused ? refused : Outcome.Ok(person.PublicCode);
                }, cancel);
                if (!outcome.Accepted)
                    throw new StartupException(($"放回了较旧的数据库，其中后来已删除的一个人无法再次删除：{string.Concat(outcome.Problems.Select(p => p.Sentence.Zh))}",
                        $"An older state of the database was put back, and somebody erased since can't be erased again: {string.Join(' ', outcome.Problems.Select(p => p.Sentence.En))}"));
            }
            await Finish(list, database, place);
        }
    }

    /// <summary>Inside an act: everything but the list beside the pins and the sweeping of files, which follow the commit.</summary>
    internal static async Task<Problem?> Erase(ActScope scope, ModuleList modules, Person person, ErasureCause cause)
    {
        // Whoever was erased already held no post by then; the older state may say otherwise.
        if (cause != ErasureCause.PutBack && await scope.Db.Set<Post>().Where(p => p.PersonId == person.Id).AnyAsync(Post.HeldOrWaitingOn(scope.Today)))
            return PeopleProblems.HoldsPost;
        if (person.AccountId is { } account)
        {
            var places = await scope.Db.Set<AccountPlace>().AsTracking().Where(p => p.AccountId == account).ToListAsync();
            scope.Db.RemoveRange(places.Where(p => p.JurisdictionId == scope.Act.JurisdictionId));
            if (places.All(p => p.JurisdictionId == scope.Act.JurisdictionId))
            {
                scope.Db.RemoveRange(await scope.Db.Set<AcceptedOperation>().AsTracking().Where(o => o.AccountId == account).ToListAsync());
                scope.Db.RemoveRange(await scope.Db.Set<AccountKey>().AsTracking().Where(k => k.AccountId == account).ToListAsync());
                scope.Db.RemoveRange(await scope.Db.Accounts.AsTracking().Where(a => a.Id == account).ToListAsync());
            }
        }
        await Erasing.Run(scope, modules, person.Id, cause);
        return null;
    }

    internal static async Task Finish(ErasureList list, Database database, int jurisdiction)
    {
        await list.Update(jurisdiction);
        await database.Sweep();
    }
}
