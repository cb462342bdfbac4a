using System.Collections.Concurrent;
using System.Reflection;
using Hele.Civic.Platform.Access;

namespace Hele.Civic.Platform.Storage;

/// <summary>The tables that are written without an act, each with its reason. None holds a fact about a matter.</summary>
public static class ExemptTables
{
    private static readonly ConcurrentDictionary<Type, bool> Known = new();

    public static bool Contains(Type type) => Known.GetOrAdd(type, t => Reason(t) is not null);

    /// <summary>Why a table is exempt; null when it isn't.</summary>
    public static string? Reason(Type type) => type == typeof(Jurisdiction)
        ? "the tree of the installation; what was decided about a jurisdiction is its LogOpening, in its own log"
        : type.GetCustomAttribute<ExemptAttribute>()?.Reason;
}
