using CsCheck;
using Hele.Civic.ServiceCircles;
using Hele.Planning.Streets;
using Xunit;

namespace Hele.Tests.ServiceCircles;

public class OpeningHoursTests
{
    private static readonly Gen<HourSpan> Span = Gen.Select(Gen.Int[1, 7].HashSet[1, 7], Gen.Int[0, 95], Gen.Int[0, 95]).Select((days, from, to) => new HourSpan([.. days.Order()], Quarter(from), Quarter(to)));

    private static TimeOnly Quarter(int of) => new(of / 4, of % 4 * 15);

    /// <summary>What is written is open exactly when the spans say, by the engine's own reading; and read again it is written alike.</summary>
    [Fact]
    public void Write_AnySpans_IsOpenWhenTheySay_AndIsItselfWhenReadAgain() => Span.Array[0, 4].Where(s => new HoursInput(false, s).Check() is null).Sample(spans =>
    {
        var text = OpeningHours.Write(spans);
        var hours = OpeningHours.Of(text);
        for (var day = 1; day <= 7; day++)
        {
            for (var quarter = 0; quarter < 96; quarter++)
                Assert.Equal(spans.Any(s => Open(s, day, quarter)), hours.IsOpen(new(day, quarter / 4, quarter % 4 * 15)));
        }
        Assert.Equal(text, OpeningHours.Write(OpeningHours.Read(text)));

        static bool Open(HourSpan span, int day, int quarter)
        {
            var (from, length) = ((span.From.Hour * 4) + (span.From.Minute / 15), span.To == span.From ? 96 : (int)(span.To - span.From).TotalMinutes / 15);
            // Over midnight it runs into the next day.
            return span.Days.Any(d => ((((day - d) * 96) + quarter - from + (7 * 96)) % (7 * 96)) < length);
        }
    }, iter: 150);

    [Fact]
    public void Write_EqualDays_StandTogether()
    {
        HourSpan[] spans = [new([1, 2, 3, 4, 5], new(8, 30), new(12, 0)), new([6], new(9, 0), new(11, 30)), new([1, 2, 3, 4, 5], new(14, 0), new(17, 30)), new([7], new(9, 0), new(11, 30))];
        Assert.Equal("Mo-Fr 08:30-12:00,14:00-17:30; Sa,Su 09:00-11:30", OpeningHours.Write(spans));
        Assert.Equal("off", OpeningHours.Write([]));
        Assert.Equal("We 18:00-24:00", OpeningHours.Write([new([3], new(18, 0), TimeOnly.MinValue)]));
        Assert.Equal(WeekHours.Always, OpeningHours.Of(OpeningHours.Always));
    }

    [Fact]
    public void Check_SpansThatLieOnEachOther_AcrossMidnightToo_AreRefused()
    {
        Assert.Null(new HoursInput(false, [new([1], new(22, 0), new(6, 0)), new([2], new(6, 0), new(8, 0))]).Check());
        Assert.Equal(CircleProblems.HoursCross, new HoursInput(false, [new([1], new(22, 0), new(6, 0)), new([2], new(5, 0), new(8, 0))]).Check());
        Assert.Equal(CircleProblems.HoursCross, new HoursInput(false, [new([7], new(22, 0), new(6, 0)), new([1], new(5, 59), new(8, 0))]).Check());
        Assert.Equal(CircleProblems.HoursMissing, new HoursInput(false, []).Check());
        Assert.Equal(CircleProblems.HoursOdd, new HoursInput(false, [null]).Check());
        Assert.Null(new HoursInput(true, []).Check());
    }
}
