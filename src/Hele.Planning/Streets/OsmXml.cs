using System.Globalization;
using System.Xml;

namespace Hele.Planning.Streets;

/// <summary>Reads OpenStreetMap XML (version 0.6) element by element. No document type, no entities of a file's own, nothing fetched.</summary>
static class OsmXml
{
    public static void Read(Stream stream, OsmCollector collector, ImportReport report, ImportLimits limits, Action step)
    {
        using var xml = XmlReader.Create(stream, new()
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = limits.Bytes,
            IgnoreComments = true,
            IgnoreWhitespace = true,
            IgnoreProcessingInstructions = true,
        });
        var elements = 0;
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element)
                continue;
            if (++elements % 4096 == 0)
                step();
            switch (xml.Name)
            {
                case "node":
                    TakeNode(xml, collector, report);
                    break;
                case "way":
                    TakeWay(xml, collector, report, limits);
                    break;
            }
        }
        step();
    }

    static void TakeNode(XmlReader xml, OsmCollector collector, ImportReport report)
    {
        var (id, lat, lon) = (xml.GetAttribute("id"), xml.GetAttribute("lat"), xml.GetAttribute("lon"));
        var deleted = xml.GetAttribute("visible") == "false" || xml.GetAttribute("action") == "delete";
        Dictionary<string, string>? tags = null;
        if (!xml.IsEmptyElement)
            Children(xml, () => Tag(xml, ref tags));
        if (deleted)
            return;
        if (!long.TryParse(id, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            report.Add(ImportFinding.Unreadable, "node", detail: "no number");
        else if (!double.TryParse(lat, NumberStyles.Float, CultureInfo.InvariantCulture, out var latitude) || !double.TryParse(lon, NumberStyles.Float, CultureInfo.InvariantCulture, out var longitude))
            report.Add(ImportFinding.BadPosition, $"node {id}");
        else
            collector.Node(number, latitude, longitude, tags);
    }

    static void TakeWay(XmlReader xml, OsmCollector collector, ImportReport report, ImportLimits limits)
    {
        var id = xml.GetAttribute("id");
        var deleted = xml.GetAttribute("visible") == "false" || xml.GetAttribute("action") == "delete";
        Dictionary<string, string>? tags = null;
        var over = new List<long>();
        if (!xml.IsEmptyElement)
        {
            Children(xml, () =>
            {
                if (xml.Name == "nd")
                {
                    if (!long.TryParse(xml.GetAttribute("ref"), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var node))
                        report.Add(ImportFinding.Unreadable, $"way {id}", detail: "a node without a number");
                    else if (over.Count >= limits.WayPositions)
                        throw new TooLargeException($"a way of more than {limits.WayPositions} nodes");
                    else
                        over.Add(node);
                }
                else
                    Tag(xml, ref tags);
            });
        }
        if (deleted)
            return;
        if (!long.TryParse(id, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            report.Add(ImportFinding.Unreadable, "way", detail: "no number");
        else
            collector.Way(number, [.. over], tags ?? []);
    }

    const int MostTags = 1000;

    static void Tag(XmlReader xml, ref Dictionary<string, string>? tags)
    {
        if (xml.Name == "tag" && xml.GetAttribute("k") is { } key && xml.GetAttribute("v") is { } value && (tags ??= []).Count < MostTags)
            tags[key] = value;
    }

    static void Children(XmlReader xml, Action child)
    {
        var depth = xml.Depth;
        while (xml.Read() && xml.Depth > depth)
            if (xml.NodeType == XmlNodeType.Element)
                child();
        if (xml.EOF)
            throw new EndOfStreamException("the file ends in the middle");
    }
}
