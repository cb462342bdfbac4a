using Hele.Civic.Disclosures;
using Hele.Web.Hosting;
using Hele.Web.Pages.Disclosures;
using Hele.Web.Ui;

namespace Hele.Web.Endpoints;

/// <summary>The newest disclosures of a community as a feed: of kinds without personal data, the title and where it is read. A reader keeps what it fetched, so no posting ever goes in.</summary>
public static class DisclosureEndpoints
{
    private const int Most = 30;

    public static void MapDisclosures(this IEndpointRouteBuilder app) => app.MapGet(DisclosureLinks.Feed("{community}"), async (string community, HttpContext context, FindDisclosed find, Texts L, Fmt fmt) =>
        await find.Newest(community, Most, context.RequestAborted) is not var (place, rows) ? Results.NotFound()
            : AtomFeed.Answer(context, L, place, name => L["{0}：居务公开", name], DisclosureLinks.Feed(community), DisclosureLinks.Board, rows.Select(row => new AtomEntry(
                L.Name(row.Kind, row.Covers, row.Title), DisclosureLinks.Shown(row.Code), Changed(row), row.Kind.Code, L[row.Kind.Title], L["第{0}号，从{1}公开到{2}", row.Number, fmt.Date(row.From), fmt.Date(row.To)]))))
        .WithMetadata(new PublicAttribute());

    /// <summary>When it last changed for its readers: put up, or corrected.</summary>
    private static DateTimeOffset Changed(PublicDisclosure row) => row.Texts.Select(t => t.ShownAt).DefaultIfEmpty(row.Steps[^1].At).Max();
}
