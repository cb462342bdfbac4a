using System.Buffers.Binary;
using System.IO.Compression;
using Google.Protobuf;

namespace Hele.Planning.Streets;

/// <summary>
/// Reads the PBF form of OpenStreetMap (wiki.openstreetmap.org/wiki/PBF_Format) block by block; Google.Protobuf reads the fields. The format allows 64 KiB a header and 32 MiB a
/// block: more is refused before it is read, and a packed block is unpacked to no more than it may be.
/// </summary>
static class OsmPbf
{
    const int LargestHeader = 64 << 10;

    public static void Read(Stream stream, OsmCollector collector, ImportReport report, ImportLimits limits, Action step)
    {
        Span<byte> prefix = stackalloc byte[4];
        for (var number = 0; ; number++)
        {
            step();
            var got = stream.ReadAtLeast(prefix, 4, throwOnEndOfStream: false);
            if (got == 0)
                return;
            if (got < 4)
                throw new EndOfStreamException("the file ends in the middle of a block");
            var (type, size) = Header(Exactly(stream, BinaryPrimitives.ReadInt32BigEndian(prefix), LargestHeader));
            var blob = Exactly(stream, size, limits.BlockBytes);
            if (type is not ("OSMHeader" or "OSMData"))
            {
                report.Add(ImportFinding.Unused, $"block {number}", detail: type);
                continue;
            }
            if (Unpack(blob, limits.BlockBytes) is not { } raw)
            {
                report.Add(ImportFinding.Unreadable, $"block {number}", detail: "packed in a way that isn't known here");
                continue;
            }
            if (type == "OSMHeader")
                CheckHeader(raw);
            else
                Block(raw, collector);
        }
    }

    static byte[] Exactly(Stream stream, int size, int largest)
    {
        if (size < 0 || size > largest)
            throw new TooLargeException($"a block of {size} bytes");
        var bytes = new byte[size];
        stream.ReadExactly(bytes);
        return bytes;
    }

    static (string Type, int Size) Header(byte[] bytes)
    {
        var (type, size) = ("", 0);
        var input = new CodedInputStream(bytes);
        for (uint tag; (tag = input.ReadTag()) != 0;)
        {
            switch (WireFormat.GetTagFieldNumber(tag))
            {
                case 1: type = input.ReadString(); break;
                case 3: size = input.ReadInt32(); break;
                default: input.SkipLastField(); break;
            }
        }
        return (type, size);
    }

    static byte[]? Unpack(byte[] blob, int largest)
    {
        var input = new CodedInputStream(blob);
        byte[]? raw = null;
        for (uint tag; (tag = input.ReadTag()) != 0;)
        {
            switch (WireFormat.GetTagFieldNumber(tag))
            {
                case 1:
                    raw = input.ReadBytes().ToByteArray();
                    break;
                case 3:
                    using (var zlib = new ZLibStream(new MemoryStream(input.ReadBytes().ToByteArray()), CompressionMode.Decompress))
                    {
                        var unpacked = new MemoryStream();
                        var buffer = new byte[1 << 16];
                        for (int read; (read = zlib.Read(buffer)) > 0;)
                        {
                            if (unpacked.Length + read > largest)
                                throw new TooLargeException($"a block that unpacks to more than {largest} bytes");
                            unpacked.Write(buffer, 0, read);
                        }
                        raw = unpacked.ToArray();
                    }
                    break;
                default:
                    input.SkipLastField();
                    break;
            }
        }
        return raw;
    }

    static void CheckHeader(byte[] bytes)
    {
        var input = new CodedInputStream(bytes);
        for (uint tag; (tag = input.ReadTag()) != 0;)
        {
            if (WireFormat.GetTagFieldNumber(tag) != 4)
                input.SkipLastField();
            else if (input.ReadString() is var feature and not ("OsmSchema-V0.6" or "DenseNodes"))
                throw new InvalidDataException($"the file needs what this reader hasn't: {feature}");
        }
    }

    static void Block(byte[] bytes, OsmCollector collector)
    {
        var (granularity, latOffset, lonOffset) = (100, 0L, 0L);
        var strings = new List<string>();
        var groups = new List<ByteString>();
        var input = new CodedInputStream(bytes);
        for (uint tag; (tag = input.ReadTag()) != 0;)
        {
            switch (WireFormat.GetTagFieldNumber(tag))
            {
                case 1:
                    var table = input.ReadBytes().CreateCodedInput();
                    for (uint inner; (inner = table.ReadTag()) != 0;)
                    {
                        if (WireFormat.GetTagFieldNumber(inner) == 1)
                            strings.Add(table.ReadBytes().ToStringUtf8());
                        else
                            table.SkipLastField();
                    }
                    break;
                case 2: groups.Add(input.ReadBytes()); break;
                case 17: granularity = input.ReadInt32(); break;
                case 19: latOffset = input.ReadInt64(); break;
                case 20: lonOffset = input.ReadInt64(); break;
                default: input.SkipLastField(); break;
            }
        }
        string Text(long i) => i >= 0 && i < strings.Count ? strings[(int)i] : throw new InvalidDataException("a text that the block doesn't have");
        double Degrees(long offset, long value) => 1e-9 * (offset + (double)granularity * value);
        foreach (var group in groups)
        {
            var part = group.CreateCodedInput();
            for (uint tag; (tag = part.ReadTag()) != 0;)
            {
                switch (WireFormat.GetTagFieldNumber(tag))
                {
                    case 1: Plain(part.ReadBytes()); break;
                    case 2: Dense(part.ReadBytes()); break;
                    case 3: Way(part.ReadBytes()); break;
                    default: part.SkipLastField(); break;
                }
            }
        }

        void Plain(ByteString node)
        {
            var (id, lat, lon) = (0L, 0L, 0L);
            List<long> keys = [], values = [];
            var part = node.CreateCodedInput();
            for (uint tag; (tag = part.ReadTag()) != 0;)
            {
                switch (WireFormat.GetTagFieldNumber(tag))
                {
                    case 1: id = part.ReadSInt64(); break;
                    case 2: Numbers(part, tag, keys, i => i.ReadUInt32()); break;
                    case 3: Numbers(part, tag, values, i => i.ReadUInt32()); break;
                    case 8: lat = part.ReadSInt64(); break;
                    case 9: lon = part.ReadSInt64(); break;
                    default: part.SkipLastField(); break;
                }
            }
            collector.Node(id, Degrees(latOffset, lat), Degrees(lonOffset, lon), keys.Count == 0 ? null : Tags(keys, values));
        }

        void Dense(ByteString dense)
        {
            List<long> ids = [], lats = [], lons = [], texts = [];
            var part = dense.CreateCodedInput();
            for (uint tag; (tag = part.ReadTag()) != 0;)
            {
                switch (WireFormat.GetTagFieldNumber(tag))
                {
                    case 1: Numbers(part, tag, ids, i => i.ReadSInt64()); break;
                    case 8: Numbers(part, tag, lats, i => i.ReadSInt64()); break;
                    case 9: Numbers(part, tag, lons, i => i.ReadSInt64()); break;
                    case 10: Numbers(part, tag, texts, i => i.ReadInt32()); break;
                    default: part.SkipLastField(); break;
                }
            }
            if (lats.Count != ids.Count || lons.Count != ids.Count)
                throw new InvalidDataException("a block with more nodes than positions");
            var (id, lat, lon, next) = (0L, 0L, 0L, 0);
            for (var i = 0; i < ids.Count; i++)
            {
                (id, lat, lon) = (id + ids[i], lat + lats[i], lon + lons[i]);
                Dictionary<string, string>? tags = null;
                while (next < texts.Count && texts[next] != 0)
                {
                    if (next + 1 >= texts.Count)
                        throw new InvalidDataException("a tag without a value");
                    (tags ??= [])[Text(texts[next])] = Text(texts[next + 1]);
                    next += 2;
                }
                next++;
                collector.Node(id, Degrees(latOffset, lat), Degrees(lonOffset, lon), tags);
            }
        }

        void Way(ByteString way)
        {
            var id = 0L;
            List<long> keys = [], values = [], refs = [];
            var part = way.CreateCodedInput();
            for (uint tag; (tag = part.ReadTag()) != 0;)
            {
                switch (WireFormat.GetTagFieldNumber(tag))
                {
                    case 1: id = part.ReadInt64(); break;
                    case 2: Numbers(part, tag, keys, i => i.ReadUInt32()); break;
                    case 3: Numbers(part, tag, values, i => i.ReadUInt32()); break;
                    case 8: Numbers(part, tag, refs, i => i.ReadSInt64()); break;
                    default: part.SkipLastField(); break;
                }
            }
            for (var i = 1; i < refs.Count; i++)
                refs[i] += refs[i - 1];
            collector.Way(id, [.. refs], Tags(keys, values));
        }

        Dictionary<string, string> Tags(List<long> keys, List<long> values)
        {
            var tags = new Dictionary<string, string>();
            for (var i = 0; i < Math.Min(keys.Count, values.Count); i++)
                tags[Text(keys[i])] = Text(values[i]);
            return tags;
        }
    }

    /// <summary>A repeated field, packed or one by one.</summary>
    static void Numbers(CodedInputStream input, uint tag, List<long> into, Func<CodedInputStream, long> read)
    {
        if (WireFormat.GetTagWireType(tag) != WireFormat.WireType.LengthDelimited)
        {
            into.Add(read(input));
            return;
        }
        var packed = input.ReadBytes().CreateCodedInput();
        while (!packed.IsAtEnd)
            into.Add(read(packed));
    }
}
