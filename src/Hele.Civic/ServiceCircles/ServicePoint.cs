using Hele.Civic.Grids;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Storage;

namespace Hele.Civic.ServiceCircles;

/// <summary>服务点: a public place where somebody of the Party's organisation or a volunteer answers at told hours.</summary>
public sealed class ServicePoint : Owned
{
    public const int NameLength = 40, PhoneLength = 30, KindLength = 30;

    public string PublicCode { get; init; } = Kernel.PublicCode.New().Text;

    /// <summary>A code of data/service-point-kinds.csv.</summary>
    public required string Kind { get; set; }

    public required string Name { get; set; }

    /// <summary>The point's own telephone, shown in public; never a person's.</summary>
    public string? Phone { get; set; }

    /// <summary>Where it is: ten-millionths of a degree, WGS-84.</summary>
    public required int LonE7 { get; set; }

    /// <inheritdoc cref="LonE7"/>
    public required int LatE7 { get; set; }

    /// <summary>When somebody answers there (<see cref="OpeningHours"/>).</summary>
    public required string Hours { get; set; }

    public required DateOnly From { get; init; }

    /// <summary>Last day, inclusive; null while it is there.</summary>
    public DateOnly? To { get; private set; }

    public required DateTimeOffset LoggedAt { get; init; }
    public DateTimeOffset? ClosedAt { get; private set; }

    public Position At => new(LonE7, LatE7);

    public void CloseOn(DateOnly last, DateTimeOffset at) => (To, ClosedAt) = (last, at);
}

/// <summary>
/// 就近帮忙的人: a Party member or volunteer who agreed to be turned to by neighbours at told hours. Where they live follows from the register of households: who moves helps
/// from there, who is gone helps no more. In public they are never a marker, a path or a zone.
/// </summary>
public sealed class NearbyHelper : Owned
{
    public string PublicCode { get; init; } = Kernel.PublicCode.New().Text;

    public required Guid PersonId { get; init; }

    /// <summary>When they may be turned to (<see cref="OpeningHours"/>); null once erased.</summary>
    public required string? Hours { get; set; }

    /// <summary>The day they said yes to it.</summary>
    public required DateOnly AgreedOn { get; init; }

    public required DateOnly From { get; init; }

    /// <summary>Last day, inclusive; null while they help.</summary>
    public DateOnly? To { get; private set; }

    public required DateTimeOffset LoggedAt { get; init; }
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>Its last day is never before its first.</summary>
    public void EndOn(DateOnly last, DateTimeOffset at) => (To, EndedAt) = (last < From ? From : last, at);

    /// <summary>What ended it was a mistake.</summary>
    public void Resume() => (To, EndedAt) = (null, null);

    public void Erase() => Hours = null;
}

/// <summary>A kind of service point.</summary>
public sealed record ServicePointKind(string Code, Bilingual Title);

/// <summary>The kinds of data/service-point-kinds.csv.</summary>
public static class ServicePointKinds
{
    private static readonly Lazy<IReadOnlyList<ServicePointKind>> Loaded = new(() =>
        [.. Csv.Load(ReferenceData.Path("service-point-kinds.csv")).Select(row => new ServicePointKind(row["code"], (row["title"], row["title_en"])))]);

    public static IReadOnlyList<ServicePointKind> All => Loaded.Value;

    public static ServicePointKind? Find(string? code) => All.FirstOrDefault(k => k.Code == code);
}
