using CsCheck;
using Hele.Civic.Kernel;
using Xunit;

namespace Hele.Tests.Kernel;

public class DeadlineTests
{
    private static readonly WorkingCalendar Calendar = ReferenceData.Calendar;
    private static readonly Gen<DateOnly> KnownDate = Gen.Int[new DateOnly(2025, 1, 1).DayNumber, new DateOnly(2026, 6, 30).DayNumber].Select(DateOnly.FromDayNumber);
    private static readonly Gen<RuleUnit> DateUnit = Gen.Int[0, 3].Select(i => (RuleUnit)i);

    [Theory]
    [InlineData("2026-04-30", 5, RuleUnit.WorkDay, "2026-05-11")] // five days off, then 6 7 8, the worked Saturday 9, Monday 11
    [InlineData("2026-04-30", 1, RuleUnit.WorkDay, "2026-05-06")]
    [InlineData("2026-05-08", 1, RuleUnit.WorkDay, "2026-05-09")]
    [InlineData("2026-02-13", 3, RuleUnit.WorkDay, "2026-02-25")] // the worked Saturday 14, then the festival until 23, 24, 25
    [InlineData("2026-03-02", 7, RuleUnit.Day, "2026-03-09")]
    [InlineData("2026-02-25", 3, RuleUnit.Day, "2026-02-28")] // ends on a worked Saturday: no roll
    [InlineData("2026-03-04", 3, RuleUnit.Day, "2026-03-09")] // Saturday rolls to Monday
    [InlineData("2026-09-21", 15, RuleUnit.Day, "2026-10-08")] // 6 October rolls over the holiday
    [InlineData("2026-04-29", 3, RuleUnit.Day, "2026-05-06")]
    [InlineData("2026-07-01", 30, RuleUnit.Day, "2026-07-31")]
    [InlineData("2026-08-31", 1, RuleUnit.Month, "2026-09-30")] // no 31 September: the month's end
    [InlineData("2025-12-31", 2, RuleUnit.Month, "2026-02-28")]
    [InlineData("2026-03-15", 6, RuleUnit.Month, "2026-09-15")]
    [InlineData("2026-04-02", 1, RuleUnit.Month, "2026-05-06")]
    [InlineData("2025-05-11", 1, RuleUnit.Year, "2026-05-11")]
    public void Count_CivilCode_EndsOn(string start, int amount, RuleUnit unit, string due)
    {
        var result = Deadline.Count(DateOnly.Parse(start), amount, unit, RuleKind.Max, Calendar);
        Assert.Equal((DateOnly.Parse(due), false), (result.Date, result.Provisional));
    }

    [Fact]
    public void Count_ReferredUpBeforeLabourDay_EndsOnTheMondayAtMidnight()
    {
        // The street's five working days of an appeal referred up on Thursday 2026-04-30.
        var rule = ReferenceData.Rules.InForce("appeal.answer.street", new(2026, 4, 30), "410000000000");
        var due = rule.DueFrom(China.At(new(2026, 4, 30), new(16, 30)), Calendar);
        Assert.Equal(new(2026, 5, 11), due.Date);
        Assert.Equal(new DateTimeOffset(2026, 5, 11, 16, 0, 0, TimeSpan.Zero), due.At);
        Assert.False(due.IsMissedAt(China.At(new(2026, 5, 11), new(23, 59, 59, 999))));
        Assert.True(due.IsMissedAt(China.At(new(2026, 5, 12))));
    }

    [Fact]
    public void Count_LateEveningInUtc_UsesTheDateInChina()
    {
        // 23:30 UTC on Monday is Tuesday morning in China.
        var due = Deadline.Count(new DateTimeOffset(2026, 3, 9, 23, 30, 0, TimeSpan.Zero), 1, RuleUnit.WorkDay, RuleKind.Max, Calendar);
        Assert.Equal(new(2026, 3, 11), due.Date);
    }

    [Fact]
    public void Count_Hours_RunFromTheInstantOverDaysOff()
    {
        var start = China.At(new(2026, 5, 1), new(23, 15));
        var due = Deadline.Count(start, 2, RuleUnit.Hour, RuleKind.Max, Calendar);
        Assert.Equal((new DateOnly(2026, 5, 2), start.AddHours(2), true), (due.Date, due.At, due.ToTheInstant));
        Assert.False(due.IsMissedAt(due.At));
        Assert.True(due.IsMissedAt(due.At.AddMilliseconds(1)));
    }

    [Fact]
    public void Count_HoursFromADate_Throws() =>
        Assert.Throws<ArgumentException>(() => Deadline.Count(new DateOnly(2026, 1, 5), 2, RuleUnit.Hour, RuleKind.Max, Calendar));

    [Fact]
    public void Count_Threshold_DoesNotRoll() =>
        Assert.Equal(new(2026, 5, 2), Deadline.Count(new DateOnly(2025, 11, 2), 6, RuleUnit.Month, RuleKind.Threshold, Calendar).Date);

    [Theory]
    [InlineData("2026-12-30", 3, RuleUnit.WorkDay, true)]
    [InlineData("2026-12-30", 1, RuleUnit.WorkDay, false)]
    [InlineData("2026-12-01", 60, RuleUnit.Day, true)]
    [InlineData("2026-12-01", 14, RuleUnit.Day, false)]
    public void Count_IntoAYearWithoutANotice_IsProvisional(string start, int amount, RuleUnit unit, bool provisional) =>
        Assert.Equal(provisional, Deadline.Count(DateOnly.Parse(start), amount, unit, RuleKind.Max, Calendar).Provisional);

    [Fact]
    public void LatestBefore_ElectionDay_CountsBackWithoutRolling()
    {
        Assert.Equal(new(2026, 9, 26), Deadline.LatestBefore(new(2026, 10, 16), 20, RuleUnit.Day, Calendar));
        Assert.Equal(new(2026, 4, 30), Deadline.LatestBefore(new(2026, 5, 11), 5, RuleUnit.WorkDay, Calendar));
    }

    [Fact]
    public void Count_AnyLimit_EndsOnAWorkingDayNotBeforeItsNominalEnd() =>
        Gen.Select(KnownDate, Gen.Int[1, 120], DateUnit).Sample((start, amount, unit) =>
        {
            var due = Deadline.Count(start, unit == RuleUnit.Year ? 1 : unit == RuleUnit.Month ? (amount % 6) + 1 : amount, unit, RuleKind.Max, Calendar);
            return Calendar.IsWorkingDay(due.Date) && due.Date > start && due.At == China.EndOf(due.Date);
        });

    [Fact]
    public void Count_OneMore_NeverEndsEarlier() =>
        Gen.Select(KnownDate, Gen.Int[1, 60], DateUnit).Sample((start, amount, unit) =>
            Deadline.Count(start, amount, unit, RuleKind.Max, Calendar).Date <= Deadline.Count(start, amount + 1, unit, RuleKind.Max, Calendar).Date);

    [Fact]
    public void Count_LaterStart_NeverEndsEarlier() =>
        Gen.Select(KnownDate, Gen.Int[1, 40], Gen.Int[1, 60], DateUnit).Sample((start, later, amount, unit) =>
            Deadline.Count(start, amount, unit, RuleKind.Max, Calendar).Date <= Deadline.Count(start.AddDays(later), amount, unit, RuleKind.Max, Calendar).Date);

    [Fact]
    public void Count_RolledDays_AreAllDaysOff() =>
        Gen.Select(KnownDate, Gen.Int[1, 90]).Sample((start, amount) =>
        {
            var last = Deadline.Count(start, amount, RuleUnit.Day, RuleKind.Max, Calendar).Date;
            for (var day = start.AddDays(amount); day < last; day = day.AddDays(1))
            {
                if (Calendar.IsWorkingDay(day))
                {
                    return false;
                }
            }

            return last >= start.AddDays(amount);
        });
}
