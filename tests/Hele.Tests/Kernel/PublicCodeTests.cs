using System.Text.RegularExpressions;
using CsCheck;
using Hele.Civic.Kernel;
using Xunit;

namespace Hele.Tests.Kernel;

public class PublicCodeTests
{
    [Fact]
    public void Alphabet_Letters_AreThirtyWithoutLookAlikes()
    {
        Assert.Equal(30, PublicCode.Alphabet.Distinct().Count());
        Assert.DoesNotContain(PublicCode.Alphabet, c => "0O1ILU".Contains(c));
    }

    [Fact]
    public void New_ManyCodes_AreWellFormedAndDifferent()
    {
        var codes = Enumerable.Range(0, 2000).Select(_ => PublicCode.New().Text).ToList();
        Assert.All(codes, code => Assert.Matches(new Regex($"^[{PublicCode.Alphabet}]{{4}}(-[{PublicCode.Alphabet}]{{4}}){{2}}$"), code));
        Assert.Equal(codes.Count, codes.Distinct().Count());
    }

    [Fact]
    public void From_ManySeeds_UsesEveryLetterEquallyOften()
    {
        // Fixed seeds, so no chance: 8,000 expected of each letter, four standard deviations either way. Taking every byte modulo 30
        // would give 8,437 and 7,500.
        var counts = Enumerable.Range(0, 20_000).SelectMany(i => PublicCode.From(BitConverter.GetBytes(i)).Text.Replace("-", "")).CountBy(c => c).ToList();
        Assert.Equal(30, counts.Count);
        Assert.All(counts, count => Assert.InRange(count.Value, 7650, 8350));
    }

    [Fact]
    public void From_SameBytes_IsTheSameCode()
    {
        Assert.Equal(PublicCode.From([1, 2, 3]), PublicCode.From([1, 2, 3]));
        Assert.NotEqual(PublicCode.From([1, 2, 3]), PublicCode.From([1, 2, 4]));
        // Fixed: the demo's addresses appear in documents.
        Assert.Equal("XAX7-KRH2-8YJQ", PublicCode.From("hele"u8).Text);
    }

    [Theory]
    [InlineData("7KQ2-9XMF-3TDA")]
    [InlineData("7kq29xmf3tda")]
    [InlineData(" 7kq2 9xmf 3tda ")]
    [InlineData("７ＫＱ２－９ＸＭＦ－３ＴＤＡ")]
    [InlineData("7KQ2–9XMF—3TDA")]
    [InlineData("7KQ29-XMF3TDA")]
    public void TryParse_AsPeopleType_IsTheCanonicalCode(string typed)
    {
        Assert.True(PublicCode.TryParse(typed, out var code));
        Assert.Equal("7KQ2-9XMF-3TDA", code.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("7KQ2-9XMF-3TD")]
    [InlineData("7KQ2-9XMF-3TDAA")]
    [InlineData("7KQ2-9XMF-3TD0")]
    [InlineData("7KQ2-9XMF-3TDI")]
    [InlineData("7KQ2/9XMF/3TDA")]
    public void TryParse_NoCode_IsRefused(string? typed)
    {
        Assert.False(PublicCode.TryParse(typed, out _));
        Assert.Throws<FormatException>(() => PublicCode.Parse(typed));
    }

    [Fact]
    public void Parse_AnyCodeWritten_IsItself() => Gen.Byte.Array[0, 40].Sample(seed =>
    {
        var code = PublicCode.From(seed);
        return PublicCode.Parse(code.Text) == code && PublicCode.Parse(code.Text.Replace("-", "").ToLowerInvariant()) == code;
    });

    [Fact]
    public void TryParse_AnyText_DoesNotThrow() => Gen.String.Sample(text => { PublicCode.TryParse(text, out _); });
}
