using CsCheck;
using Hele.Civic.Kernel;
using Xunit;

namespace Hele.Tests.Kernel;

public class IdentifiersTests
{
    private static readonly DateOnly Today = new(2026, 10, 31);

    [Theory]
    [InlineData("11010519491231002X", true)] // the standard's own examples
    [InlineData("440524188001010014", true)]
    [InlineData("11010519491231002x", true)]
    [InlineData("110105194912310021", false)]
    [InlineData("11010519490231002X", false)] // 31 February
    [InlineData("11010520991231002X", false)]
    [InlineData("1101051949123100２X", false)]
    [InlineData("", false)]
    public void IsCitizenNumber_Vectors_AreJudged(string number, bool valid) => Assert.Equal(valid, Identifiers.IsCitizenNumber(number, Today));

    [Theory]
    [InlineData("91350100M000100Y43", true)]
    [InlineData("91350100M000100Y44", false)]
    [InlineData("91350100M000100I43", false)] // a letter outside the alphabet
    [InlineData("91350100M000100Y4", false)]
    public void IsCreditCode_Vectors_AreJudged(string code, bool valid) => Assert.Equal(valid, Identifiers.IsCreditCode(code));

    [Theory]
    [InlineData("M000100Y4", true)]
    [InlineData("D2143569X", true)]
    [InlineData("D21435690", false)]
    public void IsOrganizationCode_Vectors_AreJudged(string code, bool valid) => Assert.Equal(valid, Identifiers.IsOrganizationCode(code));

    [Fact]
    public void IsCitizenNumber_OneWrongDigit_IsFound() => Gen.Select(Gen.Int[0, 16], Gen.Int[1, 9]).Sample((at, by) =>
    {
        var digits = "440524188001010014".ToCharArray();
        digits[at] = (char)('0' + ((digits[at] - '0' + by) % 10));
        return !Identifiers.IsCitizenNumber(new string(digits), Today);
    });

    [Fact]
    public void IsCreditCode_OneWrongCharacter_IsFound()
    {
        const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY", Good = "91350100M000100Y43";
        Gen.Select(Gen.Int[0, 17], Gen.Int[1, 30]).Sample((at, by) =>
        {
            var code = Good.ToCharArray();
            code[at] = Alphabet[(Alphabet.IndexOf(code[at]) + by) % 31];
            return !Identifiers.IsCreditCode(new string(code));
        });
    }
}
