using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;

namespace Hele.Civic.Demo;

/// <summary>Somebody of the demo who can sign in.</summary>
/// <param name="Title">What they are, for a reader: 网格员, resident.</param>
/// <param name="Role">Their post's role; null for a resident.</param>
/// <param name="SignIn">The name they sign in with.</param>
/// <param name="Phone">The number a resident signs in with; no network gives out numbers that begin like it.</param>
public sealed record DemoSignIn(string Name, Bilingual Title, Role? Role, string SignIn, string Password, string? Phone);

/// <summary>
/// The demo's people, as the start prints them. Everyone has the same published password: a demo's data is invented, and nothing real may be
/// entered into it.
/// </summary>
public static class DemoPeople
{
    public const string Password = "hele-demo-2026";

    /// <summary>Those with a post, then the residents who write on the web. Who comes to the counter instead has no account.</summary>
    public static IReadOnlyList<DemoSignIn> SignIns { get; } =
        [.. DemoStory.Place.People.Where(HasAccount).OrderBy(p => p.Post is null).Select(p => new DemoSignIn(p.Name, (p.Title, English(RoleOf(p.Post))), RoleOf(p.Post), p.Key, Password, PhoneOf(p)))];

    internal static string? PhoneOf(DemoStory.Resident person) => person.Post is null ? $"1000000{1001 + DemoStory.Place.People.TakeWhile(p => p.Key != person.Key).Count()}" : null;

    internal static bool HasAccount(DemoStory.Resident person) =>
        person.Post is not null || DemoStory.Told.Appeals.Any(a => a.Who == person.Key && !a.AtCounter);

    internal static Role? RoleOf(string? post) => post switch
    {
        null => null,
        "grid-worker" => Role.GridWorker,
        "clerk" => Role.Clerk,
        "secretary" => Role.Secretary,
        "supervisor" => Role.Supervisor,
        "system-administrator" => Role.SystemAdministrator,
        "security-administrator" => Role.SecurityAdministrator,
        _ => throw new InvalidOperationException($"data/demo/people.json names a post that the program doesn't know: {post}."),
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
