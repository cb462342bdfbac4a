namespace Hele.Civic.Kernel;

/// <summary>How Hele tells the time. Everything takes a <see cref="TimeProvider"/> and asks it with these.</summary>
public static class HeleClock
{
    /// <summary>The instant in UTC, cut to milliseconds: what is stored is exactly what was said, on both databases.</summary>
    public static DateTimeOffset Now(this TimeProvider clock) => Truncate(clock.GetUtcNow());

    /// <summary>The date in China now.</summary>
    public static DateOnly Today(this TimeProvider clock) => China.DateIn(clock.GetUtcNow());

    /// <summary>The same instant in UTC without what is finer than a millisecond.</summary>
    public static DateTimeOffset Truncate(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);
}

/// <summary>
/// Asia/Shanghai, held at +8 hours: there has been no summer time since 1991, and an installation must not depend on the zone
/// data of its machine.
/// </summary>
public static class China
{
    public static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    public static readonly TimeZoneInfo Zone =
        TimeZoneInfo.CreateCustomTimeZone("Asia/Shanghai", Offset, "(UTC+08:00) Asia/Shanghai", "China Standard Time");

    /// <summary>The date on which this instant falls in China.</summary>
    public static DateOnly DateIn(DateTimeOffset at) => DateOnly.FromDateTime(at.ToOffset(Offset).DateTime);

    /// <summary>The same instant, shown with China's offset.</summary>
    public static DateTimeOffset TimeIn(DateTimeOffset at) => at.ToOffset(Offset);

    /// <summary>The instant (UTC) of a date and time told in China.</summary>
    public static DateTimeOffset At(DateOnly date, TimeOnly time = default) => new DateTimeOffset(date.ToDateTime(time), Offset).ToUniversalTime();

    /// <summary>24:00 of the date, which is 0:00 of the next (UTC).</summary>
    public static DateTimeOffset EndOf(DateOnly date) => At(date.AddDays(1));
}

/// <summary>The machine's clock, cut to milliseconds, in China's zone.</summary>
public sealed class SystemClock : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => HeleClock.Truncate(base.GetUtcNow());

    public override TimeZoneInfo LocalTimeZone => China.Zone;
}

/// <summary>
/// The clock of a demo installation: starts at a chosen instant and from there runs at normal speed. It can be moved forward, never
/// back. While the demo's year is being written it stands still, so that the same seed gives the same instants.
/// </summary>
public sealed class DemoClock : TimeProvider
{
    private readonly Lock _gate = new();
    private DateTimeOffset _base;
    private long? _runningSince;

    public DemoClock(DateTimeOffset start, bool running = true)
    {
        _base = HeleClock.Truncate(start);
        _runningSince = running ? GetTimestamp() : null;
    }

    public override TimeZoneInfo LocalTimeZone => China.Zone;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return Read();
        }
    }

    /// <summary>Moves to a later instant; the clock goes on running, or standing, from there.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The instant lies before the clock's.</exception>
    public void MoveTo(DateTimeOffset at)
    {
        lock (_gate)
        {
            var target = HeleClock.Truncate(at);
            ArgumentOutOfRangeException.ThrowIfLessThan(target, Read(), nameof(at));
            _base = target;
            _runningSince = _runningSince is null ? null : GetTimestamp();
        }
    }

    /// <summary>Lets a standing clock run. Does nothing to a running one.</summary>
    public void Start()
    {
        lock (_gate)
        {
            _runningSince ??= GetTimestamp();
        }
    }

    private DateTimeOffset Read() => _runningSince is { } since ? HeleClock.Truncate(_base + GetElapsedTime(since)) : _base;
}
