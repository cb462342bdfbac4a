namespace Hele.Web.Pages.People;

/// <summary>The addresses of the register's pages.</summary>
public static class PeopleLinks
{
    public const string List = "/people", New = "/people/new", Export = "/people/export", CallSheet = "/people/call-sheet", Retention = "/retention";

    public static string Entry(string code) => "/people/" + code;
    public static string Death(string code) => Entry(code) + "/death";
    public static string Card(string code) => Entry(code) + "/contact.vcf";

    /// <summary>Where a number one may not open is asked for in an emergency.</summary>
    public static string BreakGlass(string code) => "/break-glass/new?person=" + code;
}
