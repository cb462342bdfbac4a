using Hele.Evidence;
using Xunit;

namespace Hele.Tests.Evidence;

/// <summary>What a log is called after its database was put back: read too loosely, one log's checkpoint passes for another's.</summary>
public class EpochNameTests
{
    private const string First = "hele.example/410105001001";

    [Fact]
    public void Of_EachEpoch_IsReadAsThatNumberAndNoOther()
    {
        Assert.Equal(First, EpochName.Of(First, 1));
        foreach (var number in new[] { 1, 2, 9, 10, 1000, EpochName.Most })
        {
            Assert.True(EpochName.TryNumber(EpochName.Of(First, number), First, out var read));
            Assert.Equal(number, read);
            Assert.True(EpochName.SameLog(First, EpochName.Of(First, number)));
        }
        Assert.Equal(First + "/9999", EpochName.Of(First, EpochName.Most));
        Assert.Throws<ArgumentOutOfRangeException>(() => EpochName.Of(First, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => EpochName.Of(First, EpochName.Most + 1));
    }

    [Theory]
    [InlineData("")]
    [InlineData("hele.example/41010500100")]
    [InlineData("hele.example/4101050010012")]
    [InlineData("hele.example/410105001002/2")]
    [InlineData(First + "/")]
    [InlineData(First + "/0")]
    [InlineData(First + "/1")]
    [InlineData(First + "/02")]
    [InlineData(First + "/+2")]
    [InlineData(First + "/2 ")]
    [InlineData(First + "/2\0")]
    [InlineData(First + "/٢")]
    [InlineData(First + "/10000")]
    [InlineData(First + "/2/2")]
    [InlineData(First + "x2")]
    public void TryNumber_ANameOfAnotherLog_IsNoEpochOfThisOne(string name)
    {
        Assert.False(EpochName.TryNumber(name, First, out _));
        Assert.False(EpochName.SameLog(name, First));
    }

    [Fact]
    public void SameLog_TwoEpochs_AreOfOneLogOnlyIfAllBeforeTheNumberIsTheSame()
    {
        Assert.True(EpochName.SameLog(First + "/2", First + "/31"));
        Assert.False(EpochName.SameLog(First + "/2", "hele.example/410105001002/2"));
        // The last part of a log's own name is a code, however it begins.
        Assert.False(EpochName.SameLog("hele.example/410105", "hele.example/410106"));
        Assert.False(EpochName.SameLog("/2", "/3"));
    }
}
