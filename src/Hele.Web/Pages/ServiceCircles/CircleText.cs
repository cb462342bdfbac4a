using System.Globalization;
using Hele.Civic.ServiceCircles;
using Hele.Web.Ui;

namespace Hele.Web.Pages.ServiceCircles;

/// <summary>A sentence of the summary; with an address where its number opens what it counts.</summary>
public sealed record CircleLineText(string Text, string? Href = null, string Kind = "");

/// <summary>The answer in sentences, the same on the page and for the script that drags a point.</summary>
public sealed record CircleLinesView(string Basis, IReadOnlyList<CircleLineText> Lines);

/// <summary>Says what the walking map found.</summary>
public static class CircleText
{
    /// <param name="staff">Counts of households too.</param>
    /// <param name="opens">The households beyond can be opened.</param>
    /// <param name="keeps">What is tried can be written into the register.</param>
    public static CircleLinesView Summary(this Texts L, CircleAnswer answer, bool staff, bool opens, bool keeps)
    {
        var (now, lines) = (answer.Now, new List<CircleLineText>());
        if (answer.HasStreets && now.Buildings > 0)
        {
            lines.Add(new(L["走得到：{0}栋楼，共{1}栋（{2}）", now.Covered, now.Buildings, Percent(now.Covered, now.Buildings)], "#buildings", "done"));
            if (staff)
                lines.Add(new(L["走得到的住户：{0}户，共{1}户（{2}）", now.CoveredHouseholds, now.Households, Percent(now.CoveredHouseholds, now.Households)], "#buildings", "done"));
            if (staff && now.Households > now.CoveredHouseholds)
                lines.Add(new(L["走不到的住户：{0}户", now.Households - now.CoveredHouseholds], opens ? CircleLinks.Uncovered + CircleAddress.Write(answer.Ask) : "#buildings", "late"));
        }
        if (answer.Before is { } before)
        {
            var (more, fewer) = (answer.Buildings.Where(b => b.Change > 0).ToList(), answer.Buildings.Where(b => b.Change < 0).ToList());
            lines.Add(new(more.Count == 0 && fewer.Count == 0 ? L["试算：和现在一样，没有一栋楼变化。"]
                : L["试算：比现在多{0}户（{1}栋），少{2}户（{3}栋）；现在走得到的是{4}户。", more.Sum(b => (long)b.Households), more.Count, fewer.Sum(b => (long)b.Households), fewer.Count, before.CoveredHouseholds], null, "trial"));
            if (keeps && answer.Ask is { Move: { } move, MoveTo: { } to })
                lines.Add(new(L["把这个位置写进登记"], $"{CircleLinks.Point(move)}?at={Uri.EscapeDataString(CircleAddress.Place(to))}", "trial no-print"));
            foreach (var (add, number) in keeps ? answer.Ask.Adds.Select((a, i) => (a, i + 1)) : [])
                lines.Add(new(answer.Ask.Adds.Count == 1 ? L["在这里设立服务点"] : L["在第{0}处设立服务点", number], $"{CircleLinks.NewPoint}?at={Uri.EscapeDataString(CircleAddress.Place(add))}", "trial no-print"));
        }
        return new(L.Basis(answer.Ask, answer.Rules), lines);
    }

    /// <summary>A number of households as it may be told.</summary>
    public static string Households(this Texts L, long? number, bool exact) => number is not { } n ? L["不到10户"] : exact ? L["{0}户", n] : n == 0 ? L["没有"] : L["约{0}户", n];

    public static string Percent(long part, long whole) => whole == 0 ? "" : (Math.Floor(part * 1000m / whole) / 10).ToString("0.#", CultureInfo.InvariantCulture) + "%";
}
