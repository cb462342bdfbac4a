using CsCheck;
using Hele.Civic.Kernel;
using Xunit;

namespace Hele.Tests.Kernel;

public class WorkingCalendarTests
{
    private static readonly WorkingCalendar Calendar = ReferenceData.Calendar;
    private static readonly Gen<DateOnly> AnyDate = Gen.Int[new DateOnly(2024, 1, 1).DayNumber, new DateOnly(2030, 12, 31).DayNumber].Select(DateOnly.FromDayNumber);

    [Theory]
    [InlineData("2026-01-04", true)] // Sundays and Saturdays worked instead
    [InlineData("2026-02-14", true)]
    [InlineData("2026-02-28", true)]
    [InlineData("2026-05-09", true)]
    [InlineData("2026-09-20", true)]
    [InlineData("2026-10-10", true)]
    [InlineData("2025-10-11", true)]
    [InlineData("2026-02-23", false)] // a Monday off
    [InlineData("2026-05-04", false)]
    [InlineData("2026-10-07", false)]
    [InlineData("2025-10-08", false)]
    [InlineData("2026-05-10", false)] // an ordinary Sunday
    [InlineData("2026-05-11", true)]
    [InlineData("2026-03-08", false)] // a half-day for some, a Sunday
    [InlineData("2027-02-05", false)] // no notice yet: the eve of the Spring Festival by the moon
    [InlineData("2027-02-09", true)]
    [InlineData("2027-10-05", true)]
    public void IsWorkingDay_NoticeOrOrdinaryWeek_IsAsPublished(string date, bool worked) =>
        Assert.Equal(worked, Calendar.IsWorkingDay(DateOnly.Parse(date)));

    [Theory]
    [InlineData(2025, "01-01 01-28 01-29 01-30 01-31 04-04 05-01 05-02 05-31 10-01 10-02 10-03 10-06")]
    [InlineData(2026, "01-01 02-16 02-17 02-18 02-19 04-05 05-01 05-02 06-19 09-25 10-01 10-02 10-03")]
    [InlineData(2027, "01-01 02-05 02-06 02-07 02-08 04-05 05-01 05-02 06-09 09-15 10-01 10-02 10-03")]
    [InlineData(2028, "01-01 01-25 01-26 01-27 01-28 04-04 05-01 05-02 05-28 10-01 10-02 10-03")] // Mid-Autumn falls on 3 October
    public void IsLegalHoliday_WholeYear_IsTheThirteenStatutoryDays(int year, string days) =>
        Assert.Equal(days, string.Join(' ', Period.Year(year).Dates().Where(Calendar.IsLegalHoliday).Select(date => date.ToString("MM-dd"))));

    [Fact]
    public void IsLegalHoliday_YearsWithANotice_AreAllDaysOff() =>
        Assert.All(Period.Parse("2025-01-01..2026-12-31").Dates().Where(Calendar.IsLegalHoliday), date => Assert.False(Calendar.IsWorkingDay(date)));

    [Fact]
    public void Load_ShippedData_HasTheNoticesNumbers()
    {
        // 33 days off in 2026 and 28 in 2025, six and five weekend days worked.
        Assert.Equal((28, 5), Count(2025));
        Assert.Equal((33, 6), Count(2026));
        Assert.Equal([2025, 2026], Calendar.Years.Order());

        static (int Off, int Worked) Count(int year)
        {
            var rows = Period.Year(year).Dates().Select(Calendar.RowOf).OfType<Holiday>().ToList();
            Assert.All(rows, row => Assert.True(row.Name.En.Length > 0 && row.Source.Length > 0));
            Assert.All(rows.Where(row => !row.Off), row => Assert.True(row.Date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday));
            return (rows.Count(row => row.Off), rows.Count(row => !row.Off));
        }
    }

    [Fact]
    public void IsProvisional_YearWithoutANotice_IsTrue()
    {
        Assert.False(Calendar.IsProvisional(new(2026, 12, 31)));
        Assert.True(Calendar.IsProvisional(new(2027, 1, 1)));
        Assert.True(Calendar.IsProvisional(new(2024, 12, 31)));
        Assert.True(Calendar.IsProvisional(new(2026, 12, 31), new(2027, 1, 4)));
    }

    [Fact]
    public void AddWorkingDays_AcrossTheWorkedSaturday_CountsIt()
    {
        Assert.Equal(new(2026, 5, 11), Calendar.AddWorkingDays(new(2026, 4, 30), 5));
        Assert.Equal(new(2026, 4, 30), Calendar.AddWorkingDays(new(2026, 5, 11), -5));
        Assert.Equal(new(2026, 5, 2), Calendar.AddWorkingDays(new(2026, 5, 2), 0));
    }

    [Fact]
    public void Constructor_SameDateTwice_Throws()
    {
        var row = new Holiday(new(2026, 1, 1), ("元旦", "New Year's Day"), true, "test");
        Assert.Throws<FormatException>(() => new WorkingCalendar([row, row]));
    }

    [Fact]
    public void AddWorkingDays_InTwoParts_IsTheSame() =>
        Gen.Select(AnyDate, Gen.Int[0, 40], Gen.Int[0, 40]).Sample((date, a, b) =>
            Calendar.AddWorkingDays(Calendar.AddWorkingDays(date, a), b) == Calendar.AddWorkingDays(date, a + b));

    [Fact]
    public void AddWorkingDays_ForwardAndCounted_Agree() =>
        Gen.Select(AnyDate, Gen.Int[1, 60]).Sample((date, n) =>
        {
            var to = Calendar.AddWorkingDays(date, n);
            return Calendar.IsWorkingDay(to) && Calendar.WorkingDaysBetween(date, to) == n && Calendar.WorkingDaysBetween(to, date) == -n;
        });

    [Fact]
    public void AddWorkingDays_Negative_IsTheWayBackFromAWorkingDay() =>
        Gen.Select(AnyDate, Gen.Int[0, 60]).Sample((date, n) =>
        {
            var start = Calendar.OnOrAfter(date);
            return Calendar.AddWorkingDays(Calendar.AddWorkingDays(start, n), -n) == start;
        });
}

file static class Days
{
    public static IEnumerable<DateOnly> Dates(this Period period) => Enumerable.Range(0, period.Days).Select(period.From.AddDays);
}
