namespace Hele.Web.Pages.Appeals;

/// <summary>The addresses of the appeal's pages.</summary>
public static class AppealLinks
{
    public const string New = "/appeals/new", Intake = "/appeals/intake", OnTheSpot = "/appeals/on-the-spot", Conduct = "/appeals/conduct", List = "/appeals", Public = "/appeals/public", Referrals = "/referrals";

    public static string Referral(string code) => Referrals + "/" + code;

    public static string LookUp(string code) => Public + "?code=" + code;
    public static string Matter(string code) => "/appeals/" + code;
    public static string Receipt(string code) => Matter(code) + "/receipt";
    public static string Proof(string code) => Receipt(code) + "/proof";
}
