using CsCheck;
using Hele.Civic.Kernel;
using Xunit;

namespace Hele.Tests.Kernel;

public class PeriodTests
{
    [Theory]
    [InlineData("2026", "2026-01-01", "2026-12-31", "2026年", "2026", "2025")]
    [InlineData("2026-H1", "2026-01-01", "2026-06-30", "2026年上半年", "first half of 2026", "2025-H2")]
    [InlineData("2026-Q3", "2026-07-01", "2026-09-30", "2026年第三季度", "third quarter of 2026", "2026-Q2")]
    [InlineData("2026-Q1", "2026-01-01", "2026-03-31", "2026年第一季度", "first quarter of 2026", "2025-Q4")]
    [InlineData("2026-10", "2026-10-01", "2026-10-31", "2026年10月", "October 2026", "2026-09")]
    [InlineData("2026-03", "2026-03-01", "2026-03-31", "2026年3月", "March 2026", "2026-02")]
    [InlineData("2025-11-03..2026-10-30", "2025-11-03", "2026-10-30", "2025年11月3日至2026年10月30日", "3 November 2025 to 30 October 2026", "2024-11-06..2025-11-02")]
    [InlineData("2026-02-01..2026-03-31", "2026-02-01", "2026-03-31", "2026年2月1日至2026年3月31日", "1 February 2026 to 31 March 2026", "2025-12-01..2026-01-31")]
    [InlineData("2026-10-31..2026-10-31", "2026-10-31", "2026-10-31", "2026年10月31日", "31 October 2026", "2026-10-30..2026-10-30")]
    public void Parse_EachForm_HasItsDatesTitleAndPrevious(string text, string from, string to, string zh, string en, string previous)
    {
        var period = Period.Parse(text);
        Assert.Equal((DateOnly.Parse(from), DateOnly.Parse(to)), (period.From, period.To));
        Assert.Equal(new Bilingual(zh, en), period.Title);
        Assert.Equal(text, period.ToString());
        Assert.Equal(previous, period.Previous.ToString());
    }

    [Theory]
    [InlineData("2026-01-01..2026-12-31", "2026")]
    [InlineData("2026-01-01..2026-03-31", "2026-Q1")]
    [InlineData("2026-q4", "2026-Q4")]
    public void Parse_SameSpanOtherwiseWritten_IsTheSamePeriod(string text, string shortest)
    {
        Assert.Equal(Period.Parse(shortest), Period.Parse(text));
        Assert.Equal(shortest, Period.Parse(text).ToString());
        Assert.True(Period.Parse(text).IsFixed);
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("26")]
    [InlineData("2026-13")]
    [InlineData("2026-Q5")]
    [InlineData("2026-H3")]
    [InlineData("2026-1")]
    [InlineData("0000")]
    [InlineData("9999-Q4")]
    [InlineData("2026-03-31..2026-03-01")]
    [InlineData("2026-02-30..2026-03-01")]
    [InlineData("２０２６")]
    public void TryParse_NoPeriod_IsRefused(string? text) => Assert.False(Period.TryParse(text, out _));

    [Fact]
    public void Contains_Edges_GoByTheDateInChina()
    {
        var october = Period.Parse("2026-10");
        Assert.True(october.Contains(new DateOnly(2026, 10, 1)) && october.Contains(new DateOnly(2026, 10, 31)));
        Assert.False(october.Contains(new DateOnly(2026, 11, 1)) || october.Contains(new DateOnly(2026, 9, 30)));
        Assert.True(october.Contains(new DateTimeOffset(2026, 9, 30, 16, 0, 0, TimeSpan.Zero)));
        Assert.False(october.Contains(new DateTimeOffset(2026, 10, 31, 16, 0, 0, TimeSpan.Zero)));
        Assert.True(october.Contains(october.Start) && !october.Contains(october.End));
    }

    [Fact]
    public void Constructor_EndBeforeBeginning_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Period(new(2026, 1, 2), new(2026, 1, 1)));

    [Fact]
    public void Parse_AnyPeriodWritten_IsItselfAndFollowsItsPrevious() => Gen.Select(Gen.Int[0, 20000], Gen.Int[0, 2000]).Sample((start, length) =>
    {
        var from = new DateOnly(1990, 1, 1).AddDays(start);
        var period = new Period(from, from.AddDays(length));
        return Period.Parse(period.ToString()) == period && period.Previous.To.AddDays(1) == period.From
            && (!period.IsFixed || period.Previous.Kind == period.Kind);
    });
}
