using System.Text.Json;

namespace Hele.Planning.Streets;

/// <summary>
/// Reads a GeoJSON collection feature by feature (RFC 7946; bounded by the largest feature allowed, whatever the file). Lines are ways: their properties are OpenStreetMap's
/// tags, or the "kind" and "kind_detail" of tiled extracts; a line without any class is a footpath, as communities draw them. Areas tagged building are buildings. Points tagged
/// barrier with opening_hours are gates.
/// </summary>
sealed class GeoJsonStreets(StreetDraft draft, WalkingRules rules, ImportLimits limits, Datum datum, List<ImportedBuilding> buildings, List<Correction> found)
{
    readonly ImportReport report = draft.Report;
    readonly Dictionary<string, (double Area, double Lat, double Lon, string? Name, int Order)> areas = [];
    int number, positions;

    public void Read(Stream stream, Action step)
    {
        var features = new Features(stream, limits.BlockBytes);
        try
        {
            while (features.Next() is { } feature)
            {
                using (feature)
                    Take(feature.RootElement);
                if (++number % 256 == 0)
                    step();
            }
            step();
        }
        finally
        {
            foreach (var (id, a) in areas.OrderBy(a => a.Value.Order))
                buildings.Add(new(id, a.Name, new(a.Lat / a.Area, a.Lon / a.Area), []));
        }
    }

    void Take(JsonElement feature)
    {
        var tags = new Dictionary<string, string>();
        var reference = "#" + (number + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (feature.ValueKind != JsonValueKind.Object)
        {
            report.Add(ImportFinding.Unreadable, reference);
            return;
        }
        if (feature.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object)
            foreach (var p in properties.EnumerateObject())
                if (p.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False)
                    tags[p.Name] = p.Value.ValueKind is JsonValueKind.True ? "yes" : p.Value.ValueKind is JsonValueKind.False ? "no" : p.Value.ToString();
        if (tags.TryGetValue("id", out var id) || tags.TryGetValue("@id", out id))
            reference = id;
        else if (feature.TryGetProperty("id", out var own) && own.ValueKind is JsonValueKind.String or JsonValueKind.Number)
            reference = own.ToString();
        if (!feature.TryGetProperty("geometry", out var geometry) || geometry.ValueKind != JsonValueKind.Object
            || !geometry.TryGetProperty("type", out var type) || !geometry.TryGetProperty("coordinates", out var coordinates) || coordinates.ValueKind != JsonValueKind.Array)
        {
            report.Add(ImportFinding.BrokenGeometry, reference);
            return;
        }
        switch (type.ValueKind == JsonValueKind.String ? type.GetString() : null)
        {
            case "LineString":
                TakeLines([coordinates], tags, reference);
                break;
            case "MultiLineString":
                TakeLines(coordinates.EnumerateArray(), tags, reference);
                break;
            case "Polygon" when IsBuilding(tags):
                TakeArea(coordinates, tags, reference);
                break;
            case "MultiPolygon" when IsBuilding(tags):
                foreach (var polygon in coordinates.EnumerateArray())
                    TakeArea(polygon, tags, reference);
                break;
            case "Point" when IsBuilding(tags) && Position(coordinates) is { } place:
                // The middle of a building, told for its name's sake: an outline with the same id outweighs it.
                Weigh(place, 1e-14, tags, reference);
                break;
            case "Point" when tags.ContainsKey("barrier") || tags.ContainsKey("opening_hours"):
                TakeGate(coordinates, tags, reference);
                break;
            case "Point" or "MultiPoint" or "Polygon" or "MultiPolygon":
                report.Add(ImportFinding.Unused, reference);
                break;
            default:
                report.Add(ImportFinding.BrokenGeometry, reference);
                break;
        }
    }

    static bool IsBuilding(Dictionary<string, string> tags) =>
        tags.TryGetValue("building", out var b) && b != "no" || tags.TryGetValue("kind", out var kind) && kind is "building" or "building_part";

    /// <summary>The words of tiled extracts in those of OpenStreetMap.</summary>
    static void Translate(Dictionary<string, string> tags)
    {
        if (tags.TryGetValue("kind", out var kind) && !tags.ContainsKey("highway"))
        {
            var detail = tags.GetValueOrDefault("kind_detail");
            if (kind is "path" or "minor_road" or "major_road" or "highway" or "other")
                tags[detail == "pier" ? "man_made" : "highway"] = detail ?? (kind == "highway" ? "motorway" : kind == "path" ? "path" : "road");
            else
                tags["highway"] = kind; // rail, ferry: no rule knows it.
        }
        if (tags.GetValueOrDefault("is_bridge") == "yes")
            tags["bridge"] = "yes";
        if (tags.GetValueOrDefault("is_tunnel") == "yes")
            tags["tunnel"] = "yes";
        string[] classes = ["highway", "man_made", "railway", "public_transport", "route", "waterway", "aerialway", "power", "boundary"];
        if (!classes.Any(tags.ContainsKey))
            tags["highway"] = "path";
    }

    void TakeLines(IEnumerable<JsonElement> lines, Dictionary<string, string> tags, string reference)
    {
        report.WaysRead++;
        Translate(tags);
        if (rules.Judge(tags) is not { } way)
        {
            report.Add(ImportFinding.NotWalkable, reference, detail: OsmCollector.Why(tags));
            return;
        }
        if (way.OneWay)
            report.Add(ImportFinding.OneWay, reference);
        var draftWay = OsmCollector.Describe(tags, way, reference, report);
        foreach (var line in lines)
        {
            draft.AddWay(Line(line, reference), draftWay, reference);
        }
    }

    List<GeoPoint> Line(JsonElement coordinates, string reference)
    {
        var places = new List<GeoPoint>();
        if (coordinates.ValueKind != JsonValueKind.Array)
            return places;
        if ((positions += coordinates.GetArrayLength()) > limits.WayPositions)
            throw new TooLargeException($"more than {limits.WayPositions} positions");
        foreach (var position in coordinates.EnumerateArray())
        {
            if (Position(position) is { } place)
                places.Add(place);
            else
                report.Add(ImportFinding.BadPosition, reference);
        }
        return places;
    }

    GeoPoint? Position(JsonElement position)
    {
        if (position.ValueKind != JsonValueKind.Array || position.GetArrayLength() < 2 || position[0].ValueKind != JsonValueKind.Number || position[1].ValueKind != JsonValueKind.Number
            || !position[0].TryGetDouble(out var lon) || !position[1].TryGetDouble(out var lat))
            return null;
        var place = new GeoPoint(lat, lon);
        return place.IsOnEarth ? Coordinates.ToWgs84(place, datum) : null;
    }

    /// <summary>Pieces with one id are one building, as tiles cut it: its middle is weighed by area.</summary>
    void TakeArea(JsonElement polygon, Dictionary<string, string> tags, string reference)
    {
        if (polygon.ValueKind != JsonValueKind.Array || polygon.GetArrayLength() == 0 || Line(polygon[0], reference) is not { Count: >= 4 } ring)
        {
            report.Add(ImportFinding.BrokenGeometry, reference);
            return;
        }
        var (place, area) = Middle(ring);
        Weigh(place, area, tags, reference);
    }

    void Weigh(GeoPoint place, double area, Dictionary<string, string> tags, string reference)
    {
        var (a, lat, lon, name, order) = areas.GetValueOrDefault(reference, (0, 0, 0, null, areas.Count));
        areas[reference] = (a + area, lat + place.Latitude * area, lon + place.Longitude * area, name ?? tags.GetValueOrDefault("name"), order);
    }

    /// <summary>The centroid of a ring and its area (in square degrees; never zero).</summary>
    internal static (GeoPoint Place, double Area) Middle(IReadOnlyList<GeoPoint> ring)
    {
        var origin = ring[0];
        double area = 0, lat = 0, lon = 0;
        for (var i = 0; i + 1 < ring.Count; i++)
        {
            var (ay, ax) = (ring[i].Latitude - origin.Latitude, ring[i].Longitude - origin.Longitude);
            var (by, bx) = (ring[i + 1].Latitude - origin.Latitude, ring[i + 1].Longitude - origin.Longitude);
            var cross = ax * by - ay * bx;
            area += cross / 2;
            lat += (ay + by) * cross / 6;
            lon += (ax + bx) * cross / 6;
        }
        return Math.Abs(area) < 1e-14
            ? (new(ring.Average(p => p.Latitude), ring.Average(p => p.Longitude)), 1e-14)
            : (new(origin.Latitude + lat / area, origin.Longitude + lon / area), Math.Abs(area));
    }

    void TakeGate(JsonElement coordinates, Dictionary<string, string> tags, string reference)
    {
        if (Position(coordinates) is not { } place)
        {
            report.Add(ImportFinding.BadPosition, reference);
            return;
        }
        if (!tags.TryGetValue("opening_hours", out var text))
        {
            if (rules.JudgeBarrier(tags) is { Shut: true })
                found.Add(new Gate(reference, place, WeekHours.Never));
            else
                report.Add(ImportFinding.Unused, reference, place);
        }
        else if (WeekHours.Parse(text) is { } hours)
            found.Add(new Gate(reference, place, hours));
        else
            report.Add(ImportFinding.UnknownHours, reference, place, text);
    }

    /// <summary>The features of a collection, one after the other, out of a buffer no larger than the largest of them.</summary>
    sealed class Features(Stream stream, int largest)
    {
        byte[] buffer = new byte[1 << 16];
        int start, end;
        bool last, inside, finished;
        JsonReaderState state;

        public JsonDocument? Next()
        {
            while (!finished)
            {
                var (found, document) = Try();
                if (document != null)
                    return document;
                if (!found && !finished)
                    More();
            }
            return null;
        }

        (bool Found, JsonDocument? Document) Try()
        {
            var reader = new Utf8JsonReader(buffer.AsSpan(start, end - start), last, state);
            if (!inside)
            {
                var (safeState, safe) = (state, 0);
                while (reader.Read())
                {
                    if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1 && reader.ValueTextEquals("features"u8))
                    {
                        if (!reader.Read())
                            break;
                        if (reader.TokenType == JsonTokenType.StartArray)
                        {
                            inside = true;
                            Commit(reader.CurrentState, (int)reader.BytesConsumed);
                            return (true, null);
                        }
                    }
                    (safeState, safe) = (reader.CurrentState, (int)reader.BytesConsumed);
                    if (reader is { TokenType: JsonTokenType.EndObject, CurrentDepth: 0 })
                        throw new JsonException("no list of features");
                }
                Commit(safeState, safe);
                return (false, null);
            }
            if (!reader.Read())
                return (false, null);
            if (reader.TokenType == JsonTokenType.EndArray)
            {
                finished = true;
                return (true, null);
            }
            var from = start + (int)reader.TokenStartIndex;
            if (!reader.TrySkip())
                return (false, null);
            var document = JsonDocument.Parse(buffer.AsMemory(from, start + (int)reader.BytesConsumed - from).ToArray());
            Commit(reader.CurrentState, (int)reader.BytesConsumed);
            return (true, document);
        }

        void Commit(JsonReaderState after, int consumed)
        {
            state = after;
            start += consumed;
        }

        void More()
        {
            if (last)
                throw new JsonException("the file ends in the middle");
            if (start > 0)
            {
                buffer.AsSpan(start, end - start).CopyTo(buffer);
                (start, end) = (0, end - start);
            }
            if (end == buffer.Length)
            {
                if (buffer.Length >= largest)
                    throw new TooLargeException($"a feature of more than {largest} bytes");
                Array.Resize(ref buffer, Math.Min(buffer.Length * 2, largest));
            }
            var read = stream.ReadAtLeast(buffer.AsSpan(end), buffer.Length - end, throwOnEndOfStream: false);
            last = end + read < buffer.Length;
            end += read;
        }
    }
}
