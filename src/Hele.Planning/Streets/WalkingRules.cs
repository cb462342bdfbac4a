using System.Globalization;
using System.Reflection;

namespace Hele.Planning.Streets;

/// <summary>
/// What tags mean for a walk: a table (walking-rules.csv: key, value, effect, note) that a community can replace, in OpenStreetMap's words. Effects: path, street, road (a big one), steps,
/// sidewalk (only with a sidewalk or permission), no, private, allow, wait, wheels, no-wheels.
/// </summary>
public sealed class WalkingRules
{
    // Before Default: that is read by them.
    static readonly string[] Known = ["path", "street", "road", "steps", "sidewalk", "no", "private", "allow", "wait", "wheels", "no-wheels"];
    static readonly string[] Classes = ["highway", "man_made", "railway", "public_transport"];

    readonly Dictionary<(string Key, string Value), string> effects = [];

    WalkingRules() { }

    /// <summary>The rules that come with the library.</summary>
    public static readonly WalkingRules Default = Parse(Embedded());

    /// <summary>The same with another wait at crossings.</summary>
    public static WalkingRules Crossing(int seconds) => seconds == Default.CrossingSeconds ? Default : Parse(Embedded(), seconds);

    /// <summary>Seconds that crossing a carriageway costs where a crossing is mapped; 0 to 600.</summary>
    public int CrossingSeconds
    {
        get;
        init => field = value is >= 0 and <= 600 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A wait at a crossing lies between 0 and 600 seconds.");
    } = 20;

    /// <summary>Reads a table of rules. A line that isn't one is an error with its number.</summary>
    public static WalkingRules Parse(string csv, int crossingSeconds = 20)
    {
        var rules = new WalkingRules { CrossingSeconds = crossingSeconds };
        var number = 0;
        foreach (var line in csv.Split('\n', StringSplitOptions.TrimEntries))
        {
            number++;
            if (line.Length == 0 || number == 1)
                continue;
            if (line.Split(',') is not [var key, var value, var effect, ..] || Array.IndexOf(Known, effect) < 0)
                throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"Line {number} isn't a walking rule: {line}"));
            rules.effects[(key, value)] = effect;
        }
        return rules;
    }

    static string Embedded()
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream("walking-rules.csv")!);
        return reader.ReadToEnd();
    }

    string? Effect(IReadOnlyDictionary<string, string> tags, string key) => tags.TryGetValue(key, out var value) ? effects.GetValueOrDefault((key, value)) : null;

    /// <summary>What a way with these tags is to a walker; null where it isn't walked.</summary>
    internal Way? Judge(IReadOnlyDictionary<string, string> tags)
    {
        string? kind = null;
        foreach (var key in Classes)
            if ((kind = Effect(tags, key)) != null)
                break;
        if (kind is null or "no")
            return null;
        var flags = kind switch { "steps" => WayFlags.Steps | WayFlags.NoWheels, "road" or "sidewalk" => WayFlags.BigRoad, _ => WayFlags.None };
        bool allowed = false, refused = false, isPrivate = false, waits = false, wheels = false;
        // foot= is about walkers, access= about everybody: the nearer word wins.
        var foot = Effect(tags, "foot");
        foreach (var (key, value) in tags)
        {
            if (key == "access" && foot != null || key == "barrier" || key == "locked")
                continue;
            switch (effects.GetValueOrDefault((key, value)))
            {
                case "allow": allowed = true; break;
                case "no" when Array.IndexOf(Classes, key) < 0: refused = true; break;
                case "private": isPrivate = true; break;
                case "wait": waits = true; break;
                case "wheels": wheels = true; break;
                case "no-wheels": flags |= WayFlags.NoWheels; break;
                case "steps": flags |= WayFlags.Steps | WayFlags.NoWheels; break;
            }
        }
        if (refused || kind == "sidewalk" && !allowed)
            return null;
        if (wheels)
            flags &= ~WayFlags.NoWheels;
        if (isPrivate)
            flags |= WayFlags.Private;
        if (waits)
            flags |= WayFlags.Crossing;
        if (tags.TryGetValue("bridge", out var bridge) && bridge != "no")
            flags |= WayFlags.Bridge;
        if (tags.TryGetValue("tunnel", out var tunnel) && tunnel != "no")
            flags |= WayFlags.Tunnel;
        var oneWay = tags.TryGetValue("oneway:foot", out var one) && one is "yes" or "1" or "-1" || tags.TryGetValue("conveying", out var conveying) && conveying is "forward" or "backward";
        return new(flags, kind is "path" or "steps", waits ? CrossingSeconds * 1000 : 0, oneWay);
    }

    /// <summary>What a barrier on a node does: null where it stops nobody.</summary>
    internal (bool Shut, WayFlags Flags)? JudgeBarrier(IReadOnlyDictionary<string, string> tags)
    {
        if (!tags.ContainsKey("barrier") && !tags.ContainsKey("locked"))
            return null;
        var foot = Effect(tags, "foot");
        var shut = (foot ?? Effect(tags, "access")) == "no" || foot is null or "no" && Effect(tags, "barrier") == "no";
        var flags = WayFlags.None;
        if ((foot ?? Effect(tags, "access")) == "private" || foot == null && Effect(tags, "locked") == "private")
            flags |= WayFlags.Private;
        if (Effect(tags, "barrier") == "no-wheels" && Effect(tags, "wheelchair") != "wheels" || Effect(tags, "wheelchair") == "no-wheels")
            flags |= WayFlags.NoWheels;
        return shut || flags != WayFlags.None ? (shut, flags) : null;
    }

    /// <param name="OnFoot">A way of walkers, not a carriageway.</param>
    internal sealed record Way(WayFlags Flags, bool OnFoot, int WaitMilliseconds, bool OneWay);
}
