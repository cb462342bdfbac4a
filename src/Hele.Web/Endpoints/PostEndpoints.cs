using System.Text;
using Hele.Civic.Kernel;
using Hele.Civic.People.Posts;
using Hele.Civic.Platform.Access;
using Hele.Web.Hosting;
using Hele.Web.Pages.Posts;
using Hele.Web.Ui;

namespace Hele.Web.Endpoints;

/// <summary>The list of posts as a file, for whoever may see it on the page.</summary>
public static class PostEndpoints
{
    public static void MapPosts(this IEndpointRouteBuilder app) =>
        app.MapGet(PostLinks.Csv, async (string? search, PostQueries posts, CurrentViewer current, SearchWords words, Texts L, CancellationToken cancel) =>
        {
            var text = new StringBuilder(Csv.Line(L["岗位"], L["姓名"], L["角色"], L["范围"], L["从"], L["到"], L["状态"], L["提出|propose"], L["确认"])).Append("\r\n");
            foreach (var p in await posts.All(current.Required, words.Open(search), cancel))
                text.Append(Csv.Line(Cell(p.Title), Cell(p.Person), L[p.Role.Title()], L.Scope(p.Scope), Fmt.Iso(p.From), p.To is { } to ? Fmt.Iso(to) : "", L.State(p.State), Cell(p.ProposedBy ?? ""), Cell(p.ConfirmedBy ?? ""))).Append("\r\n");
            // With the mark, else spreadsheets read the characters wrongly.
            return Results.File([.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(text.ToString())], "text/csv; charset=utf-8", "posts.csv");
        }).WithMetadata(new NeedsAttribute("post.see"));

    /// <summary>What people typed can't become a formula in a spreadsheet.</summary>
    private static string Cell(string typed) => typed.Length > 0 && typed[0] is '=' or '+' or '-' or '@' or '\t' ? "'" + typed : typed;
}
