using Hele.Web.Hosting;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Hele.Web.Endpoints;

/// <summary><c>/robots.txt</c>: what a search engine may look at, from the pages themselves (<see cref="IndexedAttribute"/>); each answer's own word (X-Robots-Tag) comes on top. Of a demo nothing.</summary>
internal static class RobotsEndpoints
{
    public static void MapRobots(this IEndpointRouteBuilder app) => app.MapGet("/robots.txt", (StartOptions options, EndpointDataSource endpoints) =>
    {
        var open = endpoints.Endpoints.OfType<RouteEndpoint>().Where(e => options.Demo is null && e.Metadata.GetMetadata<IndexedAttribute>() is not null)
            .SelectMany(e => Paths(e.RoutePattern)).Distinct().Order(StringComparer.Ordinal);
        return Results.Text($"User-agent: *\n{string.Concat(open.Select(path => $"Allow: {path}\n"))}Disallow: /\n");
    }).WithMetadata(new PublicAttribute());

    /// <summary>A route in the words of robots: up to its first parameter; where that may be missing, also the page without it.</summary>
    private static IEnumerable<string> Paths(RoutePattern route)
    {
        var same = route.PathSegments.TakeWhile(s => s.IsSimple && s.Parts[0] is RoutePatternLiteralPart).Select(s => ((RoutePatternLiteralPart)s.Parts[0]).Content).ToList();
        var path = "/" + string.Join('/', same);
        if (route.Parameters.Count == 0 || route.Parameters[0].IsOptional)
            yield return path + "$";
        if (route.Parameters.Count > 0)
            yield return path + "/";
    }
}
