using System.Numerics;
using CsCheck;
using Hele.Civic.Kernel;
using Xunit;

namespace Hele.Tests.Kernel;

public class MoneyTests
{
    [Theory]
    [InlineData("1234.5", 123450)]
    [InlineData("1,234.50", 123450)]
    [InlineData("-3", -300)]
    [InlineData("０．０１", 1)]
    public void TryParse_Yuan_IsFen(string text, long fen)
    {
        Assert.True(Money.TryParse(text, out var money));
        Assert.Equal(fen, money.Fen);
    }

    [Theory]
    [InlineData("0.001")]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("1e5")]
    [InlineData("十元")]
    [InlineData("999999999999999999999999")]
    public void TryParse_NotExactFen_IsRefused(string? text) => Assert.False(Money.TryParse(text, out _));

    [Fact]
    public void ToString_Amounts_HaveTwoDecimals()
    {
        Assert.Equal(("1,234.50", "-0.05", "0.00"), (new Money(123450).ToString(), new Money(-5).ToString(), Money.Zero.ToString()));
        Assert.Equal(new Bilingual("1,234.50元", "1,234.50 yuan"), new Money(123450).Text);
    }

    [Fact]
    public void Add_BeyondTheRange_Throws() => Assert.Throws<OverflowException>(() => new Money(long.MaxValue) + new Money(1));

    [Fact]
    public void TryParse_AnyAmountWritten_IsItself() => Gen.Long[-(long.MaxValue / 200), long.MaxValue / 200].Sample(fen =>
        Money.TryParse(new Money(fen).ToString(), out var money) && money.Fen == fen);
}

public class FractionTests
{
    private static readonly Gen<Fraction> Any = Gen.Select(Gen.Int[0, 500], Gen.Int[1, 500]).Select((part, whole) => new Fraction(part, whole));

    [Theory]
    [InlineData(35, 41, "35/41 (85.4 %)")]
    [InlineData(2, 3, "2/3 (66.7 %)")]
    [InlineData(1, 8, "1/8 (12.5 %)")]
    [InlineData(1, 16, "1/16 (6.3 %)")]
    [InlineData(0, 5, "0/5 (0.0 %)")]
    [InlineData(5, 5, "5/5 (100.0 %)")]
    [InlineData(9999, 10000, "9999/10000 (99.9 %)")] // not everything, so never shown as everything
    [InlineData(1, 10000, "1/10000 (0.1 %)")]
    [InlineData(0, 0, "0/0")]
    public void ToString_Rate_ShowsItsBase(int part, int whole, string text) => Assert.Equal(text, new Fraction(part, whole).ToString());

    [Fact]
    public void Thresholds_AtTheBoundary_TellAtLeastFromMoreThan()
    {
        var twoThirds = new Fraction(2, 3);
        Assert.True(new Fraction(40, 60).IsAtLeast(twoThirds));
        Assert.False(new Fraction(40, 60).Exceeds(twoThirds));
        Assert.True(new Fraction(41, 60).Exceeds(twoThirds));
        Assert.False(new Fraction(39, 60).IsAtLeast(twoThirds));
        Assert.False(new Fraction(0, 0).IsAtLeast(new Fraction(0, 1)));
    }

    [Fact]
    public void Equals_SameValueOtherBase_IsTrue()
    {
        Assert.Equal(new Fraction(1, 2), new Fraction(2, 4));
        Assert.Equal(new Fraction(1, 2).GetHashCode(), new Fraction(2, 4).GetHashCode());
        Assert.NotEqual(new Fraction(0, 0), new Fraction(0, 4));
        Assert.Equal("–", default(Fraction).Percent());
        Assert.Equal("86 %", new Fraction(6, 7).Percent(0));
    }

    [Fact]
    public void Constructor_NegativeOrOfNothing_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Fraction(-1, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Fraction(1, 0));
    }

    [Fact]
    public void CompareTo_AnyTwo_IsTheOrderOfTheirValues() => Gen.Select(Any, Any).Sample((a, b) =>
        a.CompareTo(b) == -b.CompareTo(a) && a == b == (a.Part * b.Whole == b.Part * a.Whole)
        && (a == b || (a < b) == ((double)a.Part / (double)a.Whole < (double)b.Part / (double)b.Whole))
        && (a != b || a.GetHashCode() == b.GetHashCode()));

    [Fact]
    public void CompareTo_HugeNumbers_IsExact()
    {
        var big = BigInteger.Pow(10, 40);
        Assert.True(new Fraction(big + 1, big * 2) > new Fraction(1, 2));
    }
}
