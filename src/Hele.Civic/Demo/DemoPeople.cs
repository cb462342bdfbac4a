using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;

namespace Hele.Civic.Demo;

/// <summary>Somebody of the demo who can sign in.</summary>
/// <param name="Title">What they are, for a reader: 网格员, resident.</param>
/// <param name="Role">Their post's role; null for a resident.</param>
/// <param name="SignIn">The name they sign in with.</param>
/// <param name="Phone">The number a resident signs in with; no network gives out numbers that begin like it.</param>
/// <param name="Place">The community, sub-district or district that knows them.</param>
public sealed record DemoSignIn(string Name, Bilingual Title, Role? Role, string SignIn, string Password, string? Phone, Bilingual Place);

/// <summary>
/// The demo's people, as the start prints them. Everyone has the same published password: a demo's data is invented, and nothing real may be
/// entered into it.
/// </summary>
public static class DemoPeople
{
    public const string Password = "hele-demo-2026";

    /// <summary>
    /// Place by place; in each those with a post, then the residents who write on the web. Who comes to the counter instead has no account.
    /// </summary>
    public static IReadOnlyList<DemoSignIn> SignIns { get; } =
    [
        .. DemoStory.Communities.SelectMany(c => In(c.People, (c.Name, c.NameEn))),
        .. new[] { DemoStory.Over.Street, DemoStory.Over.District }.SelectMany(u => In(u.People, (u.Name, u.NameEn))),
    ];

    /// <summary>What the households' people are called, who don't sign in, and who came to them in the year.</summary>
    public static IEnumerable<string> Neighbours => DemoStory.Communities.SelectMany(c => c.Town.Names);

    internal static string? PhoneOf(DemoStory.Resident person) =>
        person.Post is null ? $"1000000{1001 + DemoStory.Communities.SelectMany(c => c.People).TakeWhile(p => p.Key != person.Key).Count()}" : null;

    private static IEnumerable<DemoSignIn> In(IEnumerable<DemoStory.Resident> people, Bilingual place) =>
        people.Where(HasAccount).OrderBy(p => p.Post is null).Select(p => new DemoSignIn(p.Name, (p.Title, English(RoleOf(p.Post))), RoleOf(p.Post), p.Key, Password, PhoneOf(p), place));

    internal static bool HasAccount(DemoStory.Resident person) =>
        person.Post is not null || DemoStory.Communities.Any(c => c.Told.Appeals.Any(a => a.Who == person.Key && !a.AtCounter));

    internal static Role? RoleOf(string? post) => post switch
    {
        null => null,
        "grid-worker" => Role.GridWorker,
        "clerk" => Role.Clerk,
        "secretary" => Role.Secretary,
        "supervisor" => Role.Supervisor,
        "system-administrator" => Role.SystemAdministrator,
        "security-administrator" => Role.SecurityAdministrator,
        "subdistrict-officer" => Role.SubdistrictOfficer,
        "district-officer" => Role.DistrictOfficer,
        _ => throw new InvalidOperationException($"data/demo names a post that the program doesn't know: {post}."),
    };

    private static string English(Role? role) => role switch
    {
        null => "resident",
        Role.GridWorker => "grid worker",
        Role.Clerk => "community worker",
        Role.Secretary => "secretary of the community's Party committee",
        Role.Supervisor => "head of the residents' affairs supervision committee",
        { } other => other.Title().En.ToLowerInvariant(),
    };
}
