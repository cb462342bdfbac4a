using Hele.Civic.Platform.Storage;

namespace Hele.Civic.ServiceCircles;

/// <summary>Whose walk is measured.</summary>
public enum WalkerGroup
{
    Adult,

    /// <summary>Sixty and over.</summary>
    Older,
    Child,

    /// <summary>Without stairs.</summary>
    Wheelchair,
}

/// <summary>
/// 测算: how the circle stood on a day, with all that the numbers mean nothing without: hour, limit, speed of each group. Written once and never changed; what the report tells
/// and what is shown to the public as worked out comes from here.
/// </summary>
public sealed class CircleReading : Owned
{
    public string PublicCode { get; init; } = Kernel.PublicCode.New().Text;

    /// <summary>Counted up from 1: of several on one day the last one counts.</summary>
    public required int Number { get; init; }

    public required DateOnly On { get; init; }
    public required DateTimeOffset LoggedAt { get; init; }

    /// <summary>1 = Monday.</summary>
    public required int WeekDay { get; init; }

    /// <summary>Minutes since midnight.</summary>
    public required int Minute { get; init; }

    public required int LimitMinutes { get; init; }

    /// <summary>Centimetres a second.</summary>
    public required int AdultSpeed { get; init; }

    /// <inheritdoc cref="AdultSpeed"/>
    public required int OlderSpeed { get; init; }

    /// <inheritdoc cref="AdultSpeed"/>
    public required int ChildSpeed { get; init; }

    /// <inheritdoc cref="AdultSpeed"/>
    public required int WheelchairSpeed { get; init; }

    /// <summary>Service points at which somebody answers at that hour.</summary>
    public required int OpenPoints { get; init; }

    /// <summary>People who help nearby at that hour.</summary>
    public required int Helpers { get; init; }
}

/// <summary>One building in a reading: whether each group reaches a point or somebody who helps within the limit.</summary>
public sealed class CircleLine : Owned
{
    public required Guid ReadingId { get; init; }
    public required Guid BuildingId { get; init; }

    /// <summary>Seconds of an adult to the nearest public service point; null where none is reached.</summary>
    public int? Seconds { get; init; }

    public required bool Adult { get; init; }
    public required bool Older { get; init; }
    public required bool Child { get; init; }
    public required bool Wheelchair { get; init; }
}
