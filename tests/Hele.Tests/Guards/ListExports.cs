using System.Text.RegularExpressions;
using Hele.TestKit;
using Hele.Web.Pages.Exports;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Hele.Tests.Guards;

/// <summary>Every list that has more than one page leaves as a file, and what leaves with a record has a name there.</summary>
/// <remarks>Seen to fail: with the export taken from the list of appeals, the first; with "imports" taken from the names, the second.</remarks>
public partial class ListExports
{
    [Fact]
    public void EveryListWithPages_OffersAFile()
    {
        var (faults, lists) = (new List<string>(), 0);
        foreach (var file in Repo.Files("src/Hele.Web/Pages", "*.cshtml"))
        {
            var page = File.ReadAllText(file);
            for (var at = page.IndexOf("<h-table", StringComparison.Ordinal); at >= 0; at = page.IndexOf("<h-table", at + 1, StringComparison.Ordinal))
            {
                var tag = page[at..page.IndexOf("<h-column", at, StringComparison.Ordinal)];
                if (!tag.Contains(" next=", StringComparison.Ordinal))
                    continue;
                lists++;
                var name = Repo.Relative(file) + ": " + Caption().Match(tag).Groups[1].Value;
                if (!tag.Contains(" export=", StringComparison.Ordinal) && !Without.ContainsKey(name))
                    faults.Add(name);
            }
        }
        Assert.True(lists >= 7, $"only {lists} lists were found");
        Assert.Empty(faults);
    }

    /// <summary>Lists that offer none, with the reason.</summary>
    private static readonly Dictionary<string, string> Without = new()
    {
        ["src/Hele.Web/Pages/Posts/List/Index.cshtml: \u5df2\u7ecf\u7ed3\u675f\u7684"] = "the lower part of a list whose file, offered above, holds all of it",
        ["src/Hele.Web/Pages/Appeals/Publishing/List.cshtml: \u516c\u5f00\u5ba1\u6838"] = "a queue of work: its matters are in the files of the appeals and of the public list",
    };

    [Fact]
    public async Task EveryListWithARecord_HasANameInTheHistory()
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite);
        var pages = typeof(ExportPage).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(ExportPage))).ToList();
        Assert.NotEmpty(pages);
        await using var scope = host.Hele.Get<IServiceProvider>().CreateAsyncScope();
        foreach (var type in pages.Select(p => p.GetConstructors().Single().GetParameters().Single(x => x.ParameterType.IsSubclassOf(typeof(ListFile))).ParameterType))
        {
            var code = ((ListFile)scope.ServiceProvider.GetRequiredService(type)).Code;
            Assert.True(ListFiles.NameOf(code).Zh != code, $"{code} has no name in ListFiles");
        }
    }

    [GeneratedRegex("caption=\"@?(?:L\\[\")?([^\"\\]]*)")]
    private static partial Regex Caption();
}
