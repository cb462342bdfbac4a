using System.Text;
using Hele.Civic.Platform.Accounts;
using OtpNet;
using Xunit;

namespace Hele.Tests.Accounts;

/// <summary>RFC 6238, against its own examples and against somebody else's code.</summary>
public class TotpTests
{
    /// <summary>RFC 6238 appendix B gives eight digits; six are their end.</summary>
    [Theory]
    [InlineData(59, "287082"), InlineData(1111111109, "081804"), InlineData(1111111111, "050471"), InlineData(1234567890, "005924"), InlineData(2000000000, "279037"), InlineData(20000000000, "353130")]
    public void Code_OfTheRfcsSecret_IsTheRfcsCode(long seconds, string code) =>
        Assert.Equal(code, Civic.Platform.Accounts.Totp.Code(Encoding.ASCII.GetBytes("12345678901234567890"), seconds / 30));

    [Fact]
    public void Codes_AndTexts_AreThoseOfAnotherImplementation()
    {
        var now = new DateTimeOffset(2026, 10, 30, 1, 0, 0, TimeSpan.Zero);
        for (var i = 0; i < 50; i++)
        {
            var secret = Civic.Platform.Accounts.Totp.NewSecret();
            Assert.Equal(Base32Encoding.ToString(secret).TrimEnd('='), Civic.Platform.Accounts.Totp.Text(secret));
            var at = now.AddSeconds(i * 977);
            Assert.Equal(new OtpNet.Totp(secret).ComputeTotp(at.UtcDateTime), Civic.Platform.Accounts.Totp.Code(secret, at.ToUnixTimeSeconds() / 30));
        }
    }

    [Fact]
    public void Step_IsTakenOnceAndOnlyForward_WithinAStepOfNow()
    {
        var secret = Civic.Platform.Accounts.Totp.NewSecret();
        var now = new DateTimeOffset(2026, 10, 30, 1, 0, 0, TimeSpan.Zero);
        var step = now.ToUnixTimeSeconds() / 30;
        string Code(long s) => Civic.Platform.Accounts.Totp.Code(secret, s);
        Assert.Equal(step, Civic.Platform.Accounts.Totp.StepOf(secret, Code(step), now, null));
        Assert.Equal(step - 1, Civic.Platform.Accounts.Totp.StepOf(secret, Code(step - 1), now, null));
        Assert.Equal(step + 1, Civic.Platform.Accounts.Totp.StepOf(secret, Code(step + 1), now, step));
        Assert.Null(Civic.Platform.Accounts.Totp.StepOf(secret, Code(step), now, step));
        Assert.Null(Civic.Platform.Accounts.Totp.StepOf(secret, Code(step - 1), now, step));
        Assert.Null(Civic.Platform.Accounts.Totp.StepOf(secret, Code(step - 2), now, null));
        Assert.Null(Civic.Platform.Accounts.Totp.StepOf(secret, Code(step + 2), now, null));
        foreach (var wrong in new[] { "", "12345", "1234567", "abcdef", "一二三四五六" })
            Assert.Null(Civic.Platform.Accounts.Totp.StepOf(secret, wrong, now, null));
    }
}
