using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Hele.Evidence;
using Xunit;

namespace Hele.Tests.Evidence;

/// <summary>The page that verifies in a browser, as a file: what it lets run, and that it has every word. What it says is tested in a browser.</summary>
public class VerifierPageTests
{
    private static readonly string Page = new UTF8Encoding(false, true).GetString(VerifierPage.Html.Span);

    private static IEnumerable<(string Name, Template Says)> Templates() =>
        typeof(Sentences).GetFields(BindingFlags.Static | BindingFlags.NonPublic).Where(f => f.FieldType == typeof(Template)).Select(f => (f.Name, (Template)f.GetValue(null)!));

    private static string Only(string pattern)
    {
        var found = Regex.Matches(Page, pattern, RegexOptions.Singleline);
        Assert.Single(found);
        return found[0].Groups[1].Value;
    }

    [Fact]
    public void Html_ItsPolicy_LetsExactlyItsOwnScriptAndStyleIn()
    {
        var policy = Only("http-equiv=\"Content-Security-Policy\" content=\"([^\"]*)\"");
        static string Hash(string inline) => "'sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(inline))) + "'";
        Assert.Contains("default-src 'none'", policy);
        Assert.Contains("script-src " + Hash(Only("<script>(.*?)</script>")), policy);
        Assert.Contains("style-src " + Hash(Only("<style>(.*?)</style>")), policy);
        Assert.DoesNotContain("\r", Page);
        Assert.DoesNotContain("export {", Page);
        Assert.DoesNotMatch(@"\{(script-hash|style-hash|says|style|script)\}", Page);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(VerifierPage.Html.Span)), VerifierPage.Sha256Hex);
    }

    [Fact]
    public void Html_EverySentence_StandsInItInBothLanguages()
    {
        var says = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(Only("<script[^>]*type=\"application/json\"[^>]*>(.*?)</script>"))!;
        Assert.Equal(Templates().Select(t => (t.Name, t.Says.Zh, t.Says.En)), says.Select(s => (s.Key, s.Value.Text("zh"), s.Value.Text("en"))));
        // As they are, not as \uXXXX: the file is also read.
        Assert.All(Templates(), t => Assert.Contains(t.Says.Zh, Page, StringComparison.Ordinal));
    }

    [Fact]
    public void Sentences_BothLanguages_HaveWordsAndTheSameBlanks() => Assert.All(Templates(), t =>
    {
        static IEnumerable<string> Blanks(string text) => Regex.Matches(text, @"\{\d\}").Select(m => m.Value).Order(StringComparer.Ordinal);
        Assert.Equal(Blanks(t.Says.Zh), Blanks(t.Says.En));
        Assert.Matches(@"[\u4e00-\u9fff]", t.Says.Zh);
        Assert.Matches("[a-z]", t.Says.En);
        Assert.DoesNotMatch(@"[\u4e00-\u9fff]", t.Says.En);
    });
}
