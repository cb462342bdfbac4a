using Hele.Civic.Kernel;
using Xunit;

namespace Hele.Tests.Kernel;

public class ClockTests
{
    private static readonly DateTimeOffset Start = new(2026, 10, 31, 9, 0, 0, China.Offset);

    [Fact]
    public void Now_SystemClock_IsUtcToTheMillisecond()
    {
        var before = TimeProvider.System.GetUtcNow();
        var now = new SystemClock().Now();
        Assert.Equal((0L, TimeSpan.Zero), (now.Ticks % TimeSpan.TicksPerMillisecond, now.Offset));
        Assert.InRange(now, before.AddMilliseconds(-1), TimeProvider.System.GetUtcNow());
    }

    [Fact]
    public void Now_ForeignClockWithTicks_IsCut() =>
        Assert.Equal(new DateTimeOffset(2026, 1, 1, 0, 0, 0, 123, TimeSpan.Zero), new Fixed(new(2026, 1, 1, 0, 0, 0, 123, 456, TimeSpan.Zero)).Now());

    [Fact]
    public void Today_EveningInUtc_IsTomorrowInChina() =>
        Assert.Equal(new(2026, 1, 2), new Fixed(new(2026, 1, 1, 16, 0, 0, TimeSpan.Zero)).Today());

    [Fact]
    public void DemoClock_Running_StartsWhereToldAndGoesOn()
    {
        var clock = new DemoClock(Start);
        Assert.InRange(clock.Now(), Start, Start.AddMinutes(1));
        Assert.True(SpinWait.SpinUntil(() => clock.Now() > Start, TimeSpan.FromSeconds(10)));
        Assert.Equal(China.Zone, clock.LocalTimeZone);
    }

    [Fact]
    public void DemoClock_Standing_MovesOnlyWhenToldAndForward()
    {
        var clock = new DemoClock(Start, running: false);
        clock.MoveTo(Start.AddDays(1));
        Assert.Equal(Start.AddDays(1), clock.Now());
        Assert.Throws<ArgumentOutOfRangeException>(() => clock.MoveTo(Start));
        clock.MoveTo(Start.AddDays(1));
        clock.Start();
        Assert.True(SpinWait.SpinUntil(() => clock.Now() > Start.AddDays(1), TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public void DemoClock_MovedWhileRunning_GoesOnFromThere()
    {
        var clock = new DemoClock(Start);
        clock.MoveTo(Start.AddHours(3));
        Assert.InRange(clock.Now(), Start.AddHours(3), Start.AddHours(3).AddMinutes(1));
    }

    [Fact]
    public void China_DateAndTime_ThereAndBack()
    {
        Assert.Equal(new DateTimeOffset(2026, 5, 8, 1, 30, 0, TimeSpan.Zero), China.At(new(2026, 5, 8), new(9, 30)));
        Assert.Equal(TimeSpan.Zero, China.At(new(2026, 5, 8)).Offset);
        Assert.Equal(China.At(new(2026, 5, 9)), China.EndOf(new(2026, 5, 8)));
        Assert.Equal(9, China.TimeIn(China.At(new(2026, 5, 8), new(9, 30))).Hour);
    }

    private sealed class Fixed(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
