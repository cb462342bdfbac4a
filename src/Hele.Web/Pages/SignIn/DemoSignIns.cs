namespace Hele.Web.Pages.SignIn;

/// <summary>The demo's people on the sign-in page.</summary>
public static class DemoSignIns
{
    public static string Password => "";

    public static IReadOnlyList<DemoSignIn> All => [];
}
