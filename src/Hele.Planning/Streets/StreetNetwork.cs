namespace Hele.Planning.Streets;

/// <summary>
/// Streets as a walker has them: vertices where ways meet, end or are barred, and edges between them with their length, wait and shape. Immutable, in flat arrays, neighbours in
/// space near each other in memory; safe to read from any number of threads. Every edge is walked both ways. Made by <see cref="StreetDraft.Build"/>.
/// </summary>
public sealed class StreetNetwork
{
    internal StreetNetwork() { }

    internal int[] Lat = [], Lon = [];
    internal ushort[] VertexHours = [];
    internal byte[] VertexFlags = [];
    internal int[] EdgeA = [], EdgeB = [], Length = [], Wait = [], NameOf = [], ShapeFirst = [], ShapeLat = [], ShapeLon = [];
    internal byte[] Flags = [];
    internal ushort[] EdgeHours = [];
    /// <summary>The edges at vertex v: <c>AdjacentEdges[First[v]..First[v+1]]</c>.</summary>
    internal int[] First = [], AdjacentEdges = [];
    /// <summary>Entry 0 stands for "at any time".</summary>
    internal WeekHours[] Hours = [];
    internal string[] Names = [];

    public int VertexCount => Lat.Length;
    public int EdgeCount => EdgeA.Length;
    /// <summary>Bytes that the arrays hold, without the index of places.</summary>
    public long Bytes => 4L * (Lat.Length * 2 + EdgeA.Length * 6 + ShapeFirst.Length + ShapeLat.Length * 2L + First.Length + AdjacentEdges.Length)
        + 3L * VertexHours.Length + 3L * EdgeHours.Length;

    public GeoPoint Place(int vertex) => GeoPoint.OfE7(Lat[vertex], Lon[vertex]);
    public (int A, int B) Ends(int edge) => (EdgeA[edge], EdgeB[edge]);
    public int LengthMillimetres(int edge) => Length[edge];
    /// <summary>Milliseconds of waiting on the edge, whatever the speed.</summary>
    public int WaitMilliseconds(int edge) => Wait[edge];
    public WayFlags FlagsOf(int edge) => (WayFlags)Flags[edge];
    public string? Name(int edge) => NameOf[edge] == 0 ? null : Names[NameOf[edge]];
    /// <summary>When the vertex lets people pass; null: always.</summary>
    public WeekHours? HoursAt(int vertex) => VertexHours[vertex] == 0 ? null : Hours[VertexHours[vertex]];

    /// <summary>Who doesn't pass the vertex: private gates, turnstiles.</summary>
    public WayFlags FlagsAt(int vertex) => (WayFlags)VertexFlags[vertex];
    /// <summary>When the edge is walked; null: always.</summary>
    public WeekHours? HoursOf(int edge) => EdgeHours[edge] == 0 ? null : Hours[EdgeHours[edge]];

    /// <summary>The edge's line from its end A to its end B.</summary>
    public GeoPoint[] Shape(int edge)
    {
        var inner = ShapeFirst[edge + 1] - ShapeFirst[edge];
        var line = new GeoPoint[inner + 2];
        line[0] = Place(EdgeA[edge]);
        line[^1] = Place(EdgeB[edge]);
        for (var i = 0; i < inner; i++)
            line[i + 1] = GeoPoint.OfE7(ShapeLat[ShapeFirst[edge] + i], ShapeLon[ShapeFirst[edge] + i]);
        return line;
    }

    internal int Other(int edge, int vertex) => EdgeA[edge] ^ EdgeB[edge] ^ vertex;

    /// <summary>South-west and north-east corner of all streets.</summary>
    public (GeoPoint SouthWest, GeoPoint NorthEast) Bounds
    {
        get
        {
            if (VertexCount == 0)
                return default;
            int south = int.MaxValue, west = int.MaxValue, north = int.MinValue, east = int.MinValue;
            void See(int[] lat, int[] lon)
            {
                for (var i = 0; i < lat.Length; i++)
                    (south, west, north, east) = (Math.Min(south, lat[i]), Math.Min(west, lon[i]), Math.Max(north, lat[i]), Math.Max(east, lon[i]));
            }
            See(Lat, Lon);
            See(ShapeLat, ShapeLon);
            return (GeoPoint.OfE7(south, west), GeoPoint.OfE7(north, east));
        }
    }

    readonly Lock making = new();
    EdgeFinder? finder;

    /// <summary>The nearest edge that the profile may walk, with where on it and how far away; null where none lies within <paramref name="metres"/>.</summary>
    public EdgePlace? Nearest(GeoPoint place, WalkingProfile profile, double metres = 200)
    {
        EdgeFinder made;
        lock (making)
            made = finder ??= new EdgeFinder(this);
        return made.Nearest(place, profile, metres);
    }
}

/// <summary>A place on an edge.</summary>
/// <param name="Millimetres">From the edge's end A along its line.</param>
/// <param name="StubMillimetres">The straight way from the place asked about to the edge.</param>
public readonly record struct EdgePlace(int Edge, int Millimetres, int StubMillimetres, GeoPoint Place);
