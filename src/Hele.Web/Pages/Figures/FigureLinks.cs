using Hele.Civic.Kernel;

namespace Hele.Web.Pages.Figures;

/// <summary>The addresses of the number pages.</summary>
public static class FigureLinks
{
    public const string Dashboard = "/dashboard", Report = "/report", Periods = "/periods", Log = "/log", Rules = "/rules";

    public static string Of(string figure, Period period) => $"/figures/{figure}?period={period}";
    public static string Csv(string figure, Period period) => $"/figures/{figure}/records.csv?period={period}";
    public static string Json(string figure, Period period) => $"/figures/{figure}/records.json?period={period}";
    public static string DashboardOf(Period period) => $"{Dashboard}?period={period}";
    public static string ReportDocument(Period period) => $"{Report}.docx?period={period}";
    public static string ReportOf(Period period) => $"{Report}?period={period}";

    /// <summary>The proof page, showing the checkpoint of this size.</summary>
    public static string Checkpoint(long size) => $"{Log}?size={size}";

    public static string Rule(string id) => $"{Rules}/{id}";

    /// <summary>A reason of refusal; null for a new one.</summary>
    public const string Public = "/figures/public", PublicCsv = "/figures/public.csv", Wall = "/wall";
    public const string Components = "/components";
    public const string Method = Rules + "/method";

    public static string Reason(string? code) => code is null ? $"{Rules}/reasons" : $"{Rules}/reasons/{code}";
}
