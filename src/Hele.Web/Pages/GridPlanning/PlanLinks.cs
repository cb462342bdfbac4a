using System.Globalization;
using Hele.Civic.GridPlanning;
using Hele.Civic.Kernel;

namespace Hele.Web.Pages.GridPlanning;

/// <summary>The addresses of the grid planner.</summary>
public static class PlanLinks
{
    public const string Planner = "/grids/plan", Json = "/grids/plan/plan.json", GeoJson = "/grids/plan/plan.geojson", List = "/grids/plan/plan.xlsx";

    public static string Kept(string code) => "/grids/plans/" + code;

    public static string Document(string code) => $"/grids/plans/{code}/document.docx";
}

/// <summary>What the planner is asked, as it stands in an address: the page, its files and the script read the same.</summary>
public static class PlanAddress
{
    /// <summary>Of numbers that are typed.</summary>
    private const int MostGrids = PlanCut.MostGrids, MostHouseholds = 100_000;

    private const char Between = '~';

    /// <summary>What an address asks; what it doesn't say is as usual, what it says wrongly is named in <paramref name="wrong"/>: a field, <c>order</c> for a least above the most, <c>apart</c> for a pair that is none.</summary>
    public static PlanAsk Read(IQueryCollection query, ICollection<string>? wrong = null)
    {
        int? Number(string name, int most)
        {
            var typed = ChineseText.Normalize(query[name].FirstOrDefault());
            if (typed.Length == 0)
                return null;
            if (int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most)
                return number;
            wrong?.Add(name);
            return null;
        }

        var asked = query["ask"].FirstOrDefault() == "1";
        var wish = new PlanWish(Number("grids", MostGrids), Number("least", MostHouseholds), Number("most", MostHouseholds), query["even"].FirstOrDefault() is null or "households" or "older" or "members" or "all", query["even"].FirstOrDefault() is "older" or "all",
            !asked || query["keep"].FirstOrDefault() == "true", Number("moving", MostHouseholds), [.. query["lock"].SelectMany(l => (l ?? "").Split('.')).Where(IsCode).Distinct()],
            [.. query["apart"].Select(Pair).OfType<(string, string)>().Concat(Pair(query["apart-a"].FirstOrDefault() + Between + query["apart-b"].FirstOrDefault()) is { } typed ? [typed] : []).Distinct()])
        {
            EvenMembers = query["even"].FirstOrDefault() is "members" or "all",
            Within = int.TryParse(query["within"].FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var within) && PlanWish.Withins.Contains(within) ? within : PlanWish.UsualWithin,
        };
        if (wish is { Least: { } least, Most: { } most } && least > most)
            wrong?.Add("order");
        // Half a pair, or a house with itself.
        if ((query["apart-a"].FirstOrDefault() ?? "") + query["apart-b"].FirstOrDefault() is { Length: > 0 } && Pair(query["apart-a"].FirstOrDefault() + Between + query["apart-b"].FirstOrDefault()) is null)
            wrong?.Add("apart");
        // The form moves one building more.
        IReadOnlyList<(string, string)> moves = [.. Moves(query["move"]), .. Moves(query["building"].FirstOrDefault() + Between + query["to"].FirstOrDefault())];
        if (query["building"].FirstOrDefault() is { } building && query["to"].FirstOrDefault() is { } to && (building.Length == 0 || to.Length == 0))
            wrong?.Add("move");
        return new(wish, asked, Base(query["base"].FirstOrDefault()), moves, Moves(query["undone"]));
    }

    /// <summary>The query of it, without what is as usual.</summary>
    public static string Write(PlanAsk ask)
    {
        var parts = new List<KeyValuePair<string, string?>>();
        void Number(string name, int? number)
        {
            if (number is { } n)
                parts.Add(new(name, n.ToString(CultureInfo.InvariantCulture)));
        }
        if (ask.Asked) parts.Add(new("ask", "1"));
        Number("grids", ask.Wish.Grids);
        Number("least", ask.Wish.Least);
        Number("most", ask.Wish.Most);
        if ((ask.Wish.EvenHouseholds, ask.Wish.EvenOlder, ask.Wish.EvenMembers) switch { (false, _, _) => "none", (_, true, true) => "all", (_, true, _) => "older", (_, _, true) => "members", _ => null } is { } even)
            parts.Add(new("even", even));
        if (ask.Wish is { EvenHouseholds: true, Within: not PlanWish.UsualWithin })
            Number("within", ask.Wish.Within);
        if (ask.Asked && ask.Wish.KeepToday) parts.Add(new("keep", "true"));
        Number("moving", ask.Wish.MostMoved);
        if (ask.Wish.Locked.Count > 0) parts.Add(new("lock", string.Join('.', ask.Wish.Locked)));
        parts.AddRange(ask.Wish.Apart.Select(p => new KeyValuePair<string, string?>("apart", p.A + Between + p.B)));
        if (ask.Base is { } from) parts.Add(new("base", from));
        if (ask.Moves.Count > 0) parts.Add(new("move", Text(ask.Moves)));
        if (ask.Undone.Count > 0) parts.Add(new("undone", Text(ask.Undone)));
        return QueryString.Create(parts).ToString();
    }

    /// <summary>What was wished for; null where nothing was asked, and a plan can break nothing.</summary>
    public static PlanWish? WishOf(PlanAsk ask) => ask.Asked ? ask.Wish : null;

    /// <summary>What was wished for when a plan came about; null where it was drawn by hand alone.</summary>
    public static PlanWish? WishOf(PlanDraft draft) => WishOf(Read(new QueryCollection(Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(draft.Wish))));

    public static string Planner(PlanAsk ask, string anchor = "#plan") => PlanLinks.Planner + Write(ask) + anchor;

    /// <summary>The same with a plan to look at.</summary>
    public static PlanAsk Looking(PlanAsk ask, string from) => ask with { Base = from, Moves = [], Undone = [] };

    /// <summary>The same with a building moved.</summary>
    public static PlanAsk Moved(PlanAsk ask, string building, string grid) => ask with { Moves = [.. ask.Moves, (building, grid)], Undone = [] };

    /// <summary>The last move taken back; null where none was made.</summary>
    public static PlanAsk? Undo(PlanAsk ask) => ask.Moves.Count == 0 ? null : ask with { Moves = [.. ask.Moves.SkipLast(1)], Undone = [.. ask.Undone, ask.Moves[^1]] };

    /// <summary>What was taken back last, made again.</summary>
    public static PlanAsk? Redo(PlanAsk ask) => ask.Undone.Count == 0 ? null : ask with { Moves = [.. ask.Moves, ask.Undone[^1]], Undone = [.. ask.Undone.SkipLast(1)] };

    public static string Pair((string A, string B) pair) => pair.A + Between + pair.B;

    private static string Text(IReadOnlyList<(string Building, string Grid)> moves) => string.Join('.', moves.Select(m => m.Building + Between + m.Grid));

    private static IReadOnlyList<(string, string)> Moves(Microsoft.Extensions.Primitives.StringValues typed)
    {
        var moves = new List<(string, string)>();
        foreach (var part in typed.SelectMany(t => (t ?? "").Split('.')))
            if (part.Split(Between) is [var building, var grid] && IsCode(building) && PlanCut.IsKey(grid) && moves.Count < PlanAsk.MostMoves)
                moves.Add((building, grid));
        return moves;
    }

    private static (string, string)? Pair(string? typed) => (typed ?? "").Split(Between) is [var a, var b] && IsCode(a) && IsCode(b) && a != b ? string.CompareOrdinal(a, b) < 0 ? (a, b) : (b, a) : null;

    private static string? Base(string? typed)
    {
        if (typed == PlanAsk.Today || (int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n is >= 1 and <= 20))
            return typed;
        foreach (var prefix in new[] { PlanAsk.Plan, PlanAsk.Before })
            if (typed?.StartsWith(prefix, StringComparison.Ordinal) == true && IsCode(typed[prefix.Length..]))
                return typed;
        return null;
    }

    private static bool IsCode(string typed) => PublicCode.TryParse(typed, out var code) && code.Text == typed;
}
