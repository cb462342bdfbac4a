using Hele.Web.Ui;
using Xunit;

namespace Hele.Tests.Ui;

public class FmtTests
{
    private static Fmt In(string language) => new(new Texts(TextCatalogue.Embedded(strict: true), language));

    private static readonly DateTimeOffset LateEvening = new(2026, 10, 30, 16, 5, 0, TimeSpan.Zero);

    [Fact]
    public void Show_InstantNearMidnight_IsTheDayInChina()
    {
        Assert.Equal("2026年10月31日 00:05", In("zh").DateTime(LateEvening));
        Assert.Equal("31 Oct 2026, 00:05", In("en").DateTime(LateEvening));
        Assert.Equal("2026年10月31日", In("zh").Date(LateEvening));
        Assert.Equal("00:05", In("zh").Time(LateEvening));
        Assert.Equal(new DateOnly(2026, 10, 31), Fmt.ChinaDate(LateEvening));
    }

    [Fact]
    public void Show_Date_InBothLanguages()
    {
        Assert.Equal("2026年3月1日", In("zh").Date(new DateOnly(2026, 3, 1)));
        Assert.Equal("1 Mar 2026", In("en").Date(new DateOnly(2026, 3, 1)));
    }

    [Fact]
    public void Write_ForProgramsAndInputs_IsIso()
    {
        Assert.Equal("2026-03-01", Fmt.Iso(new DateOnly(2026, 3, 1)));
        Assert.Equal("2026-10-31T00:05:00+08:00", Fmt.Iso(LateEvening));
    }

    [Fact]
    public void Show_Number_GroupsThousandsAndDropsEmptyDigits()
    {
        Assert.Equal("12,345", In("zh").Number(12345));
        Assert.Equal("0", In("zh").Number(0));
        Assert.Equal("1,234.5", In("en").Number(1234.50m));
        Assert.Equal("0.3", In("en").Number(1m / 3, digits: 1));
    }
}
