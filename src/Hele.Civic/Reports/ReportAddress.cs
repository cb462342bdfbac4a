using Hele.Civic.Platform.Figures;

namespace Hele.Civic.Reports;

/// <summary>Where a figure is opened on an installation: an address that asks who is there, never a key.</summary>
public static class ReportAddress
{
    public static string Of(FigureValue value) => $"/figures/{value.Figure.Id}?period={value.Period}";

    /// <summary>The same on a site, such as https://hele.example; null without one.</summary>
    public static Uri? On(string? site, FigureValue value) => site is null ? null : new Uri(site.TrimEnd('/') + Of(value));
}
