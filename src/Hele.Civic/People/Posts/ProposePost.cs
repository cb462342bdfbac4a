using Hele.Civic.Kernel;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.People.Posts;

/// <summary>Proposes a post for somebody. It gives nothing before another person has confirmed it.</summary>
public sealed class ProposePost(Writer writer, ModuleList modules, JurisdictionDirectory jurisdictions)
{
    /// <param name="Person">Public code of whom it is for.</param>
    /// <param name="To">Last day, inclusive; null for as long as it lasts.</param>
    /// <param name="Scope">Kind of scope; null for the whole jurisdiction.</param>
    /// <param name="Place">Public code of the grid, team or case, where the kind asks for one.</param>
    public sealed record Input(string? Person, Role? Role, string? Title, DateOnly? From, DateOnly? To, string? Reason, string? Scope = null, string? Place = null);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act with { Reason = Text(input.Reason) }, PostAccess.Propose.Code, input, async scope =>
    {
        if (viewer.PostFor(PostAccess.Propose) is null)
            return PostProblems.NotFound;
        var problems = new List<Problem>();
        var person = await scope.Db.Set<Person>().Where(Person.Living).SingleOrDefaultAsync(p => p.PublicCode == input.Person);
        if (person is null) problems.Add(PostProblems.PersonMissing);
        if (input.Role is not { } role || !Enum.IsDefined(role)) problems.Add(PostProblems.RoleMissing);
        else if (!RoleLevels.May(role, (await jurisdictions.Get(scope.Db, act.JurisdictionId)).Level)) problems.Add(RegisterPerson.RoleElsewhere);
        var kind = modules.PostScopes.SingleOrDefault(s => s.Code == (input.Scope ?? PostScope.Jurisdiction.Code));
        Guid? limit = kind?.Places is { } places ? (await places(scope.Db).ToListAsync()).FirstOrDefault(p => p.Code == input.Place)?.Id : null;
        if (kind is null || (kind.Places is null ? input.Place is not null : limit is null))
            problems.Add(PostProblems.ScopeUnknown);
        var title = ChineseText.Normalize(input.Title);
        if (title.Length is 0 or > Post.TitleLength) problems.Add(PostProblems.TitleMissing.With(Post.TitleLength));
        if (input.From is null || input.From < scope.Today) problems.Add(PostProblems.FromMissing);
        else if (input.To < input.From) problems.Add(PostProblems.ToBeforeFrom);
        if (Text(input.Reason) is not { Length: <= Post.ReasonLength }) problems.Add(PostProblems.ReasonMissing.With(Post.ReasonLength));
        if (problems.Count > 0)
            return Outcome.Refused(problems);
        if (await SamePerson.Conflict(scope.Db, person!.Id, input.Role!.Value, limit, input.From!.Value, input.To, waiting: true) is { } conflict)
            return conflict;
        var post = scope.Add(Post.ProposedBy(viewer.PersonId, person.Id, input.Role.Value, kind!, limit, title, input.From.Value, input.To), PostEvents.Proposed);
        return Outcome.Ok(post.PublicCode);
    }, cancel);

    /// <summary>A reason as it is kept; null when there is none.</summary>
    internal static string? Text(string? reason) => ChineseText.Clean(reason) is { Length: > 0 } text ? text : null;
}
