using System.Xml;

namespace Hele.Planning.Streets;

/// <summary>How files are read.</summary>
public sealed record StreetImportOptions
{
    public static readonly StreetImportOptions Default = new();
    public WalkingRules Rules { get; init; } = WalkingRules.Default;
    public ImportLimits Limits { get; init; } = ImportLimits.Default;
    /// <summary>Metres within which loose ends of files without node numbers (GeoJSON) join a street.</summary>
    public double JoinEndsMetres { get; init; } = 1;
    public double IslandMetres { get; init; } = NetworkOptions.Default.IslandMetres;
    public IReadOnlyList<Correction> Corrections { get; init; } = [];
}

/// <summary>A building of a file: where it is and where one goes in, as far as the map knows.</summary>
public sealed record ImportedBuilding(string Reference, string? Name, GeoPoint Place, IReadOnlyList<GeoPoint> Entrances)
{
    /// <summary>Where its walls are, ending where they began; only of those with entrances.</summary>
    public IReadOnlyList<GeoPoint> Outline { get; init; } = [];

    public bool Contains(GeoPoint place) => Ground.Inside(Outline, place);
}

/// <summary>What came of an import.</summary>
/// <param name="Files">What was found in each file by itself, in the order they were added; what comes of them together is in <paramref name="Report"/> too.</param>
public sealed record StreetImport(StreetNetwork Network, ImportReport Report, IReadOnlyList<ImportedBuilding> Buildings, IReadOnlyList<ImportReport> Files)
{
    /// <summary>Reads one file: OpenStreetMap XML or PBF, or GeoJSON, packed with gzip or not; which one is seen from its first bytes.</summary>
    /// <exception cref="OperationCanceledException" />
    public static StreetImport Read(Stream file, StreetImportOptions? options = null, Datum datum = Datum.Wgs84, IProgress<double>? progress = null, CancellationToken cancel = default)
    {
        var importer = new StreetImporter(options);
        importer.Add(file, datum, progress, cancel);
        return importer.Finish(progress, cancel);
    }
}

/// <summary>
/// Reads one or more files into one network: a map, and what a community adds to it. A file that can't be read to its end isn't an error here: what was read stands, and
/// <see cref="ImportReport.Complete"/> is false. Not thread-safe.
/// </summary>
public sealed class StreetImporter
{
    readonly StreetImportOptions options;
    readonly StreetDraft draft;
    readonly List<ImportedBuilding> buildings = [];
    readonly List<Correction> found = [];
    readonly List<ImportReport> files = [];
    bool joinEnds;

    public StreetImporter(StreetImportOptions? options = null)
    {
        this.options = options ?? StreetImportOptions.Default;
        draft = new(Report);
        draft.CrossingTakes(this.options.Rules.CrossingSeconds * 1000);
    }

    public ImportReport Report { get; } = new();

    /// <summary>Reads a file. Progress is reported while the stream knows its length.</summary>
    public void Add(Stream file, Datum datum = Datum.Wgs84, IProgress<double>? progress = null, CancellationToken cancel = default)
    {
        var limits = options.Limits;
        Report.Part = new();
        files.Add(Report.Part);
        try
        {
            using var stream = new BoundedStream(file, limits);
            var size = file.CanSeek ? file.Length : 0;
            var told = 0.0;
            void Step()
            {
                cancel.ThrowIfCancellationRequested();
                if (size > 0 && stream.Taken / (double)size - told > 0.01)
                    progress?.Report(0.7 * (told = stream.Taken / (double)size));
            }
            var first = new byte[64];
            var length = stream.ReadAtLeast(first, first.Length, throwOnEndOfStream: false);
            var head = first.AsSpan(0, length);
            if (head.StartsWith("\uFEFF"u8))
                head = head[3..];
            var start = head.TrimStart(" \t\r\n"u8);
            var rest = new Replay(head.ToArray(), stream);
            if (start.IsEmpty)
                Report.Add(ImportFinding.EndsEarly, "", detail: "empty file");
            else if (start[0] == '{')
            {
                joinEnds = true;
                new GeoJsonStreets(draft, options.Rules, limits, datum, buildings, found).Read(rest, Step);
            }
            else
            {
                var collector = new OsmCollector(draft, options.Rules, limits, datum, buildings);
                try
                {
                    if (start[0] == '<')
                    {
                        stream.LongestRun = 1 << 20;
                        OsmXml.Read(rest, collector, Report, limits, Step);
                    }
                    else if (head.IndexOf("OSMHeader"u8) is >= 0 and < 32)
                        OsmPbf.Read(rest, collector, Report, limits, Step);
                    else
                        Report.Add(ImportFinding.Unreadable, "", detail: "neither OpenStreetMap (XML, PBF) nor GeoJSON");
                }
                finally
                {
                    // Half a file has nodes and ways that stand; only a cancelled import drops them.
                    if (!cancel.IsCancellationRequested)
                        collector.Finish();
                }
            }
        }
        catch (TooLargeException e)
        {
            Report.Add(ImportFinding.TooLarge, "", detail: e.Message);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or XmlException or System.Text.Json.JsonException or Google.Protobuf.InvalidProtocolBufferException)
        {
            Report.Add(ImportFinding.EndsEarly, "", detail: e.Message);
        }
        finally
        {
            Report.Part = null;
        }
    }

    /// <summary>Makes the network of all that was added.</summary>
    public StreetImport Finish(IProgress<double>? progress = null, CancellationToken cancel = default)
    {
        var network = draft.Build(new()
        {
            JoinEndsMetres = joinEnds ? options.JoinEndsMetres : 0,
            IslandMetres = options.IslandMetres,
            Corrections = [.. found, .. options.Corrections],
        }, progress == null ? null : new Late(progress), cancel);
        return new(network, Report, buildings, files);
    }

    sealed class Late(IProgress<double> whole) : IProgress<double>
    {
        public void Report(double part) => whole.Report(0.7 + 0.3 * part);
    }

    /// <summary>The first bytes, which were looked at, and then the rest.</summary>
    sealed class Replay(byte[] first, Stream rest) : Stream
    {
        int given;
        public override int Read(Span<byte> buffer)
        {
            if (given >= first.Length)
                return rest.Read(buffer);
            var read = Math.Min(buffer.Length, first.Length - given);
            first.AsSpan(given, read).CopyTo(buffer);
            given += read;
            return read;
        }
        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));
        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
        public override void Flush() { }
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
