using System.Globalization;
using Hele.Civic.Kernel;
using Hele.Civic.ServiceCircles;
using Hele.Planning.Streets;

namespace Hele.Web.Pages.ServiceCircles;

/// <summary>What is wrong with what an address says in a field.</summary>
public enum SitingFault
{
    /// <summary>It is no whole number, or out of its range.</summary>
    Number,
    /// <summary>No group counts.</summary>
    Nobody,
    /// <summary>A cost, and not of which building.</summary>
    NoBuilding,
    /// <summary>A building beside which there must be a point and must be none.</summary>
    Both,
}

/// <summary>What is asked about the places of service points, as it stands in an address: the page and its file read the same.</summary>
public static class SitingAddress
{
    private const char Between = '~';

    /// <summary>One more house for a list, and one more cost: what the form adds to what is already chosen.</summary>
    public const string More = "more", CostOf = "costof", CostNumber = "costnumber";

    private static readonly string[] Aims = [.. Enum.GetValues<SitingAim>().Select(Name)];

    public static string Name(SitingAim aim) => aim.ToString().ToLowerInvariant();

    public static string Weight(WalkerGroup group) => "weight" + CircleAddress.Name(group);

    /// <summary>Whether the question was put: opening the page alone puts none.</summary>
    public static bool IsAsked(IQueryCollection query) => query["ask"].FirstOrDefault() == "1";

    /// <summary>What an address asks; what it doesn't say is as usual, what it says wrongly is told in <paramref name="wrong"/> by its field.</summary>
    public static SitingAsk Read(IQueryCollection query, IDictionary<string, SitingFault>? wrong = null)
    {
        int? Number(string name, int least, int most)
        {
            var typed = ChineseText.Normalize(query[name].FirstOrDefault());
            if (typed.Length == 0)
                return null;
            if (int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
                return number;
            wrong?.TryAdd(name, SitingFault.Number);
            return null;
        }

        var walk = CircleAddress.Read(query);
        var usual = SitingWeights.Usual;
        int Counts(WalkerGroup group) => Number(Weight(group), 0, SitingWeights.Most) ?? usual.Of(group);
        var costs = query["cost"].Select(typed => Cost(typed)).OfType<(string Building, int Cost)>().TakeLast(SitingAsk.MostNamed).GroupBy(c => c.Building).ToDictionary(g => g.Key, g => g.Last().Cost);
        if (Code(query[CostOf].FirstOrDefault()) is { } dearer)
        {
            if (Number(CostNumber, 0, SitingAsk.MostCost) is { } cost)
                costs[dearer] = cost;
            else
                wrong?.TryAdd(CostNumber, SitingFault.Number);
        }
        else if (ChineseText.Normalize(query[CostNumber].FirstOrDefault()).Length > 0)
        {
            wrong?.TryAdd(CostOf, SitingFault.NoBuilding);
        }
        IReadOnlyList<string> Named(string name) => [.. query[name].Append(query[name + More].FirstOrDefault()).Select(Code).OfType<string>().Distinct().Take(SitingAsk.MostNamed)];
        var (never, always) = (Named("never"), Named("always"));
        if (never.Intersect(always).Any())
            wrong?.TryAdd("always" + More, SitingFault.Both);
        var ask = new SitingAsk(Array.IndexOf(Aims, query["aim"].FirstOrDefault() ?? "") is >= 0 and var a ? (SitingAim)a : SitingAim.Most, walk.At)
        {
            Number = Number("number", 1, SitingAsk.MostNumber) ?? 1, Anew = query["anew"].FirstOrDefault() == "true", Weights = new(Counts(WalkerGroup.Adult), Counts(WalkerGroup.Older), Counts(WalkerGroup.Child), Counts(WalkerGroup.Wheelchair)),
            Always = always, Never = never, Capacity = Number("capacity", 1, SitingAsk.MostCost), Budget = Number("budget", 0, SitingAsk.MostCost), Costs = costs,
        };
        if (ask.Weights.IsNothing)
            wrong?.TryAdd(Weight(WalkerGroup.Adult), SitingFault.Nobody);
        return ask;
    }

    /// <summary>The query of it, asked; or only as it stands on the form.</summary>
    public static string Write(SitingAsk ask, bool asked = true)
    {
        var parts = new List<KeyValuePair<string, string?>> { new("aim", Name(ask.Aim)) };
        if (asked) parts.Insert(0, new("ask", "1"));
        void Number(string name, int? number, int? usual = null)
        {
            if (number is { } n && n != usual)
                parts.Add(new(name, n.ToString(CultureInfo.InvariantCulture)));
        }
        Number("number", ask.Number, 1);
        if (ask.Anew) parts.Add(new("anew", "true"));
        foreach (var group in Enum.GetValues<WalkerGroup>())
            Number(Weight(group), ask.Weights.Of(group), SitingWeights.Usual.Of(group));
        parts.AddRange(ask.Always.Select(b => KeyValuePair.Create<string, string?>("always", b)));
        parts.AddRange(ask.Never.Select(b => KeyValuePair.Create<string, string?>("never", b)));
        Number("capacity", ask.Capacity);
        Number("budget", ask.Budget);
        parts.AddRange(ask.Costs.Select(c => KeyValuePair.Create<string, string?>("cost", Cost(c.Key, c.Value))));
        // The hour is written as the walking map writes it.
        var hour = CircleAddress.Write(new(WalkerGroup.Adult, ask.At));
        return QueryString.Create(parts).ToString() + (hour.Length > 0 ? "&" + hour[1..] : "");
    }

    public static string Siting(SitingAsk ask) => CircleLinks.Siting + Write(ask) + "#answer";

    /// <summary>The same points on the walking map: what is new is added, what is given up is closed.</summary>
    public static CircleAsk Tried(SitingAsk ask, SitingOption option) => new(WalkerGroup.Adult, ask.At)
    {
        Adds = [.. option.New.Select(p => p.At).Take(CircleAsk.MostTried)], Closes = [.. option.GivenUp.Select(p => p.Point!).Take(CircleAsk.MostTried)],
    };

    public static string Cost(string building, int cost) => string.Create(CultureInfo.InvariantCulture, $"{building}{Between}{cost}");

    private static (string Building, int Cost)? Cost(string? typed) =>
        typed?.Split(Between) is [var building, var cost] && Code(building) is { } code && int.TryParse(cost, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= SitingAsk.MostCost ? (code, number) : null;

    private static string? Code(string? typed) => PublicCode.TryParse(typed, out var code) ? code.Text : null;
}
