namespace Hele.Planning.Streets;

/// <summary>
/// What a community draws over the imported map. A correction isn't a change of the file: it is applied each time the network is built, so that a newer map keeps it.
/// </summary>
public abstract record Correction(string Id);

/// <summary>A gate in a street: stops everybody while it is shut. It stands where the nearest street within <see cref="StreetDraft.GateReach"/> metres passes.</summary>
/// <param name="Open">When one gets through; <see cref="WeekHours.Never"/>: walled up.</param>
public sealed record Gate(string Id, GeoPoint Place, WeekHours Open) : Correction(Id);

/// <summary>A footpath that the map lacks. Its ends join the nearest street within <see cref="StreetDraft.PathReach"/> metres.</summary>
public sealed record Footpath(string Id, IReadOnlyList<GeoPoint> Line, bool Steps = false, string? Name = null) : Correction(Id);

/// <summary>A line that nobody passes: every street that it crosses is cut there.</summary>
/// <param name="Everything">Also bridges over the line and tunnels under it.</param>
public sealed record StreetBarrier(string Id, IReadOnlyList<GeoPoint> Line, bool Everything = false) : Correction(Id);
