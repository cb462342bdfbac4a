using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;

namespace Hele.Civic.People;

/// <summary>Who may see and do what with a person's entry in the register. Both functions default to nothing.</summary>
public static class PeopleAccess
{
    private static readonly Role[] Keepers = [Role.GridWorker, Role.Clerk, Role.Secretary];

    public static readonly Permission See = new("person.see", ("查看人员登记", "See people in the register"), Keepers, Residents: true);
    public static readonly Permission List = new("person.list", ("人员登记列表", "List of people"), Keepers);
    // Not the grid workers': whom they must ring in a hurry they find by break-glass, which says so.
    public static readonly Permission OpenPhone = new("person.open-phone", ("查看完整电话号码", "See a full telephone number"), [Role.Clerk, Role.Secretary], Residents: true);
    public static readonly Permission OpenBirthday = new("person.open-birthday", ("查看出生日期", "See the day of birth"), [Role.Clerk, Role.Secretary], Residents: true);
    public static readonly Permission Correct = new("person.correct", ("更正人员登记", "Correct a person's entry"), [Role.Clerk, Role.Secretary], Residents: true);
    public static readonly Permission Register = new("person.register", ("登记人员", "Register people"), [Role.Clerk, Role.Secretary]);
    public static readonly Permission Export = new("person.export", ("导出人员名册（含完整号码）", "Export the register with full numbers"), [Role.Clerk, Role.Secretary]);
    public static readonly Permission CallSheet = new("person.call-sheet", ("打印联系名单（含完整号码）", "Print a call sheet with full numbers"), [Role.Clerk, Role.Secretary]);
    public static readonly Permission CheckSeals = new("seal.check", ("检查密封的内容是否完好", "Checking that what is sealed is whole"), [Role.SystemAdministrator]);
    public static readonly Permission RecordDeath = new("person.record-death", ("登记去世", "Register a death"), [Role.Clerk, Role.Secretary]);
    public static readonly Permission AnswerRequest = new("data-request.answer", ("答复个人信息请求", "Answer requests about personal data"), [Role.Clerk, Role.Secretary]);
    public static readonly Permission KeepGuardianship = new("person.guardianship", ("登记监护关系", "Register a guardianship"), [Role.Clerk, Role.Secretary]);
    public static readonly Permission OwnData = new("person.own-data", ("查看本人的信息", "See what is held about oneself"), [.. Enum.GetValues<Role>()], Residents: true);

    public static IEnumerable<Permission> All => [See, List, OpenPhone, OpenBirthday, Register, Export, CallSheet, CheckSeals, Correct, RecordDeath, AnswerRequest, KeepGuardianship, OwnData];

    /// <summary>Whether somebody entered, corrected or looks up people in a post, as the register's keepers do.</summary>
    public static bool Keeps(Viewer? viewer, Permission what) => viewer?.PostFor(what) is not null;

    /// <summary>Asked of one, as far as their role goes; which people a post of one grid reaches is asked of a query (<see cref="Visible"/>).</summary>
    /// <param name="wards">Persons whose guardian the viewer is today.</param>
    public static bool May(Viewer? viewer, Person person, Permission what, IReadOnlyCollection<Guid>? wards = null)
    {
        if (viewer is null || viewer.JurisdictionId != person.JurisdictionId || !viewer.Has(what))
            return false;
        var own = person.Id == viewer.PersonId || wards?.Contains(person.Id) == true;
        return (own && (what.Residents || what == OwnData)) || (what != OwnData && viewer.PostFor(what) is not null);
    }

    /// <summary>Whether a post for the whole community lets them do it with anybody's entry.</summary>
    public static bool KeepsAll(Viewer? viewer, Permission what) => viewer?.Posts.Any(p => what.Roles.Contains(p.Role) && p.ScopeId is null) == true;

    /// <summary>The people of a query that this viewer may see: everybody by a post for the whole community, those of its grid by one of a grid, oneself otherwise.</summary>
    public static IQueryable<Person> Visible(HeleDb db, ModuleList modules, Viewer? viewer, IQueryable<Person> people)
    {
        if (viewer is null || !viewer.Has(See))
            return people.Where(p => false);
        var (jurisdiction, person) = (viewer.JurisdictionId, viewer.PersonId);
        if (KeepsAll(viewer, See))
            return people.Where(p => p.JurisdictionId == jurisdiction);
        var places = viewer.Posts.Where(p => See.Roles.Contains(p.Role)).Select(p => p.ScopeId!.Value).ToList();
        var within = places.Count == 0 ? null : modules.PostScopes.Select(s => s.People?.Invoke(db, places)).OfType<IQueryable<Guid>>().Aggregate((IQueryable<Guid>?)null, (all, some) => all is null ? some : all.Concat(some));
        return within is null ? people.Where(p => p.JurisdictionId == jurisdiction && p.Id == person) : people.Where(p => p.JurisdictionId == jurisdiction && (p.Id == person || within.Contains(p.Id)));
    }
}
