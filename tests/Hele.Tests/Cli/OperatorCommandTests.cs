using System.Text.RegularExpressions;
using Hele.Civic.Platform;
using Hele.TestKit;
using Hele.Tests.Guards;
using Xunit;

namespace Hele.Tests.Cli;

/// <summary>What an operator is told to type, they can type.</summary>
public partial class OperatorCommandTests
{
    [Fact]
    public void Name_BesideTheSources_RunsTheProject_AndElsewhereTheProgram()
    {
        using var folder = new TempFolder();
        var program = Directory.CreateDirectory(folder.At("tree/out/site/1")).FullName;
        Assert.Equal("hele", OperatorCommand.NameIn(program));
        Directory.CreateDirectory(folder.At("tree/src/Hele.Cli"));
        File.WriteAllText(folder.At("tree/src/Hele.Cli/Hele.Cli.csproj"), "<Project />");
        Assert.Equal("dotnet run --project src/Hele.Cli --", OperatorCommand.NameIn(program));
        Assert.Equal("hele", OperatorCommand.NameIn(Directory.CreateDirectory(folder.At("installed")).FullName));
        Assert.Equal("dotnet run --project src/Hele.Cli -- keys list", OperatorCommand.Line("keys list"));
    }

    [Theory]
    [InlineData("zh", "在程序目录里运行下面两条命令")]
    [InlineData("en", "in the program's directory")]
    public async Task EmptyInstallation_TellsTheCommandsThatOpenIt(string language, string where)
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite, empty: true);
        var page = await HtmlPage.Get(host.Browser(language), "/");
        Assert.Contains(where, page.VisibleText);
        Assert.Contains(OperatorCommand.Line("\\ init --data DIR"), page.VisibleText);
        Assert.Contains(OperatorCommand.Line("\\ admin create --data DIR"), page.VisibleText);
    }

    /// <summary>Seen to fail: with the sentence of the missing data as it was before, and with the command on the page of a new post.</summary>
    [Fact]
    public void NoText_CallsTheProgramByItself()
    {
        var found = Repo.Files("src", "*.cs").SelectMany(f => Texts(SourceTokens.Of(File.ReadAllText(f))).Select(t => (File: f, Text: t)))
            .Concat(Repo.Files("src", "*.cshtml", "*.json").Select(f => (File: f, Text: File.ReadAllText(f))))
            .Where(t => ByItself().IsMatch(t.Text)).Select(t => Repo.Relative(t.File));
        Assert.Empty(found);
    }

    private static IEnumerable<string> Texts(IEnumerable<Token> tokens) =>
        tokens.Where(t => t.Kind != TokenKind.Comment).SelectMany(t => Texts(t.Holes.SelectMany(h => h)).Append(t.Kind == TokenKind.Text ? t.Value : ""));

    [GeneratedRegex(@"\bhele [a-z]")]
    private static partial Regex ByItself();
}
