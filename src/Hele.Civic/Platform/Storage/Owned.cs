namespace Hele.Civic.Platform.Storage;

/// <summary>
/// A record that belongs to one jurisdiction. Its primary key is (JurisdictionId, Id) and every reference to another owned record
/// carries the JurisdictionId along (<see cref="JurisdictionKeyConvention"/>), so that the database itself refuses a row that points
/// into another jurisdiction. Every change of an owned record is an event in the jurisdiction's log.
/// </summary>
public abstract class Owned
{
    /// <summary>Set by Storage from the act; never by hand.</summary>
    public int JurisdictionId { get; internal set; }

    /// <summary>UUID version 7, made in code, so that insertion order is index order.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();
}

/// <summary>
/// A table that holds no fact about a matter (sessions, counters, keys, caches): it is written without an act and not committed to the
/// log. The list of them with a reason each is <see cref="ExemptTables"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ExemptAttribute(string reason) : Attribute
{
    public string Reason { get; } = reason;
}
