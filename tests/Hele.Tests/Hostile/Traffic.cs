using Hele.TestKit;
using Hele.Tests.Guards;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Hele.Tests.Hostile;

/// <summary>The addresses' parameters, taken from the running program.</summary>
internal static class Traffic
{
    /// <summary>The names of the parameters an address takes, as its page or end point declares them.</summary>
    public static async Task<IReadOnlyList<string>> Parameters(TestHost host, EndpointMatrix.Way way)
    {
        var metadata = way.Endpoint.Metadata;
        IEnumerable<string> names;
        if (metadata.GetMetadata<PageActionDescriptor>() is { } page)
        {
            var compiled = await host.Hele.Services.GetRequiredService<PageLoader>().LoadAsync(page, metadata);
            names = [.. compiled.BoundProperties.Select(p => p.BindingInfo?.BinderModelName ?? p.Name), .. compiled.HandlerMethods.SelectMany(h => h.Parameters).Select(p => p.BindingInfo?.BinderModelName ?? p.Name), "handler"];
        }
        else
        {
            names = metadata.GetMetadata<System.Reflection.MethodInfo>()?.GetParameters().Where(p => p.ParameterType.IsValueType || p.ParameterType == typeof(string)).Select(p => p.Name!) ?? [];
        }
        // What the shared parts of a page read: the place in a list, its order, the way back.
        return [.. names.Concat(["after", "before", "sort", "return", "period", "Search", "v"]).Where(n => !way.Pattern.Contains("{" + n, StringComparison.Ordinal)).Distinct(StringComparer.OrdinalIgnoreCase)];
    }
}
