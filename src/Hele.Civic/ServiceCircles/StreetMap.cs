using Hele.Civic.Platform.Storage;
using Hele.Planning.Streets;

namespace Hele.Civic.ServiceCircles;

/// <summary>
/// 街道图: a file of streets that walks are measured on. It is kept as it came, packed, and read anew whenever the network is made, so that better rules
/// of reading and newer corrections change what comes of it. Several maps together are one network.
/// </summary>
public sealed class StreetMap : Owned
{
    public const int NameLength = 60, SourceLength = 200;

    /// <summary>Of the packed file that is kept.</summary>
    public const int MostBytes = 8 << 20;

    public string PublicCode { get; init; } = Kernel.PublicCode.New().Text;

    public required string Name { get; init; }

    /// <summary>Whose map it is and under what licence it may be used; stands wherever it is drawn.</summary>
    public required string Source { get; init; }

    /// <summary>What its positions were given in.</summary>
    public required Datum Datum { get; init; }

    /// <summary>The file, packed with gzip unless it came packed.</summary>
    public required byte[] Packed { get; init; }

    /// <summary>Ways that walkers can use, as it was read.</summary>
    public required int Ways { get; init; }

    /// <summary>What was left out or taken otherwise than it stands, all reasons together.</summary>
    public required int Findings { get; init; }

    public required DateOnly From { get; init; }

    /// <summary>Last day, inclusive; null while it is used.</summary>
    public DateOnly? To { get; private set; }

    public required DateTimeOffset LoggedAt { get; init; }

    public void EndOn(DateOnly last) => To = last;
}

/// <summary>What a community draws over its maps.</summary>
public enum CorrectionKind
{
    /// <summary>大门、小门: shut outside its hours.</summary>
    Gate,

    /// <summary>地图上没有的小路.</summary>
    Footpath,

    /// <summary>围墙、围挡: nobody passes.</summary>
    Barrier,
}

/// <summary>路况更正: what the map lacks or has wrong. It stays when a newer map comes.</summary>
public sealed class StreetCorrection : Owned
{
    public const int NameLength = 40, LineLength = 4000, HoursLength = 300, MostCorners = 100;

    public string PublicCode { get; init; } = Kernel.PublicCode.New().Text;

    public required CorrectionKind Kind { get; init; }

    public required string Name { get; init; }

    /// <summary>Positions "longitude latitude", a semicolon between; one for a gate.</summary>
    public required string Line { get; init; }

    /// <summary>When a gate is open (<see cref="OpeningHours"/>); empty for one that is always shut. Null for what isn't a gate.</summary>
    public string? Hours { get; init; }

    /// <summary>A footpath with stairs.</summary>
    public bool Steps { get; init; }

    public required DateOnly From { get; init; }

    /// <summary>Last day, inclusive; null while it holds.</summary>
    public DateOnly? To { get; private set; }

    public required DateTimeOffset LoggedAt { get; init; }

    public void EndOn(DateOnly last) => To = last;
}
