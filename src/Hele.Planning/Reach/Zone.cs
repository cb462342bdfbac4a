using System.Text.Json;
using Hele.Planning.Search;
using Hele.Planning.Streets;

namespace Hele.Planning.Reach;

/// <summary>One piece of a zone: its outline anticlockwise, its holes clockwise; each ring ends where it began.</summary>
public sealed record ZonePiece(IReadOnlyList<GeoPoint> Outline, IReadOnlyList<IReadOnlyList<GeoPoint>> Holes);

/// <summary>
/// The ground within the limit: a band on both sides of every stretch of street that is reached in time. It says what can be drawn, not who is covered: that is
/// <see cref="Coverage"/>'s answer, building by building.
/// </summary>
public sealed record Zone(IReadOnlyList<ZonePiece> Pieces, double BandMetres)
{
    /// <summary>Whether a place lies in the zone.</summary>
    public bool Contains(GeoPoint place) => Pieces.Any(p => Ground.Inside(p.Outline, place) && !p.Holes.Any(h => Ground.Inside(h, place)));

    /// <summary>The zone as a GeoJSON MultiPolygon, six decimals (a tenth of a metre).</summary>
    public string ToGeoJson()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("type", "MultiPolygon");
            json.WriteStartArray("coordinates");
            foreach (var piece in Pieces)
            {
                json.WriteStartArray();
                foreach (var ring in piece.Holes.Prepend(piece.Outline))
                {
                    json.WriteStartArray();
                    foreach (var p in ring)
                    {
                        json.WriteStartArray();
                        json.WriteNumberValue(Math.Round(p.Longitude, 6));
                        json.WriteNumberValue(Math.Round(p.Latitude, 6));
                        json.WriteEndArray();
                    }
                    json.WriteEndArray();
                }
                json.WriteEndArray();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }
}

public sealed partial class ReachIndex
{
    /// <summary>The zone of the points at which somebody answers at that hour.</summary>
    /// <param name="bandMetres">How far the zone reaches to either side of a street; 5 to 200.</param>
    public Zone ZoneOf(IReadOnlyList<ServicePoint> points, int limitSeconds, WeekMoment at, double bandMetres = 30, CancellationToken cancel = default)
    {
        CheckLimit(limitSeconds);
        if (!(bandMetres is >= 5 and <= 200))
            throw new ArgumentOutOfRangeException(nameof(bandMetres), bandMetres, "A band lies between 5 and 200 m.");
        var stretches = new List<List<GeoPoint>>();
        var ready = At(at);
        var graph = ready.Graph;
        var limit = limitSeconds * 1000;
        var search = ready.Lend();
        // Where one starts inside an area, by the area.
        var inside = new Dictionary<int, List<(int Vertex, int Time)>>();
        try
        {
            foreach (var point in points)
            {
                if (!point.AnswersAt(at) || Join(point.Place) is not { } joint || graph.EdgeTime[joint.Edge] < 0)
                    continue;
                ready.Seed(search, joint.Hook, 0);
                // Along the point's own edge, to both sides.
                var left = limit - Profile.Milliseconds(joint.StubMillimetres);
                if (left < 0)
                    continue;
                var far = (int)Math.Min(int.MaxValue / 2, (long)left * Network.Length[joint.Edge] / graph.EdgeTime[joint.Edge]);
                stretches.Add(Along(joint.Edge, Math.Max(0, joint.Millimetres - far), Math.Min(Network.Length[joint.Edge], joint.Millimetres + far)));
                if (graph.AreaOf(joint.Edge) is >= 0 and var area)
                    (inside.TryGetValue(area, out var list) ? list : inside[area] = []).AddRange(ready.Ends(joint.Hook));
            }
            cancel.ThrowIfCancellationRequested();
            search.Run(limit, cancel);
            foreach (var v in search.Reached)
                From(v, search.Time(v), -1);
            for (var a = 0; a < graph.Areas?.All.Count; a++)
            {
                cancel.ThrowIfCancellationRequested();
                var starts = graph.Areas.All[a].Exits.Where(v => search.Time(v) <= limit).Select(v => (v, search.Time(v))).Concat(inside.GetValueOrDefault(a) ?? []).ToArray();
                foreach (var (v, time) in graph.Areas.Within(a, starts, limit))
                    From(v, time, a);
            }
        }
        finally
        {
            ready.GiveBack(search);
        }
        return new(BandOutline.Of(stretches, bandMetres, cancel), bandMetres);

        void From(int v, int time, int area)
        {
            for (var i = Network.First[v]; i < Network.First[v + 1]; i++)
            {
                var edge = Network.AdjacentEdges[i];
                if (graph.EdgeTime[edge] < 0 || graph.AreaOf(edge) != area)
                    continue;
                var far = (int)Math.Min(Network.Length[edge], (long)(limit - time) * Network.Length[edge] / graph.EdgeTime[edge]);
                stretches.Add(Network.EdgeA[edge] == v ? Along(edge, 0, far) : Along(edge, Network.Length[edge] - far, Network.Length[edge]));
            }
        }
    }
}
