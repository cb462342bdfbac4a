namespace Hele.Web.Pages.Appeals;

/// <summary>The addresses of the appeal's pages.</summary>
public static class AppealLinks
{
    public const string New = "/appeals/new", Intake = "/appeals/intake", OnTheSpot = "/appeals/on-the-spot", Conduct = "/appeals/conduct", List = "/appeals", Public = "/appeals/public", Referrals = "/referrals";

    public const string PublicMap = Public + "/map", PublicMapData = Public + "/map.json", Publications = "/appeals/publications", Hidden = "/appeals/hidden";

    public static string Published(string code) => Public + "/" + code;

    /// <summary>Where somebody joins a published matter that is theirs too.</summary>
    public static string Too(string published) => Published(published) + "/too";

    /// <summary>The newest of a community, for programs that watch it.</summary>
    public static string Feed(string community) => Public + "/feed/" + community;

    public static string Publication(string code) => Matter(code) + "/publication";
    public static string Same(string code) => Matter(code) + "/same";
    public static string Keeping(string code) => Matter(code) + "/keeping";

    public static string Referral(string code) => Referrals + "/" + code;

    public static string LookUp(string code) => Public + "?code=" + code;
    public static string Matter(string code) => "/appeals/" + code;
    /// <summary>The resident's paper of a verdict that was entered for them, and where its code leads without signing in.</summary>
    public static string VerdictPaper(string code) => Matter(code) + "/verdict";

    /// <summary>The same for somebody who joined.</summary>
    public static string JoinedPaper(string join) => Joined(join) + "/verdict";

    /// <inheritdoc cref="VerdictPaper"/>
    public static string Entered(string paper) => "/appeals/entered/" + paper;

    public const string CallbackList = "/appeals/callbacks";

    public static string Callbacks(string round) => CallbackList + "/" + round;
    public static string Call(string code) => "/appeals/calls/" + code;
    public static string Joint(string code) => "/appeals/joint/" + code;
    public static string Joined(string code) => "/appeals/joined/" + code;
    public static string Receipt(string code) => Matter(code) + "/receipt";
    public static string Proof(string code) => Receipt(code) + "/proof";
}
