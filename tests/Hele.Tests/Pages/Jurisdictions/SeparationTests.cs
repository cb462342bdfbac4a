using Hele.Civic.Appeals;
using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Rules;
using Hele.TestKit;
using Hele.Tests.Cli;
using Xunit;

namespace Hele.Tests.Pages.Jurisdictions;

/// <summary>
/// The second community is full of marks; whoever is not in it reads everything they can reach by links, by guessing addresses, by searching and by
/// exports, and finds none.
/// </summary>
public class SeparationTests
{
    /// <summary>In every text of the second community that could be shown.</summary>
    private const string Mark = "丙九";

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task EverythingOfTheSecondCommunity_IsInNoPageListCountSearchOrExport_OfAnybodyElse(TestDatabase kind)
    {
        await using var host = await TestHost.Start(kind);
        var hele = host.Hele;
        var codes = await Fill(hele);
        var own = await hele.FileAppeal(await hele.Viewer(TestPeople.Liu), "自己的事");

        foreach (var (name, browser) in await Readers(host))
        {
            var seen = new HashSet<string>();
            var queue = new Queue<string>(["/", "/appeals", "/appeals" + host.Search(Mark[..1]), "/appeals?late=true", "/appeals/public", "/dashboard", "/report", "/rules", "/log", "/referrals", "/communities", "/communities/appeals.filed",
                "/figures/periods", "/account/data", "/data-requests", "/people", .. AppealFigures.All.Select(f => $"/figures/{f.Id}?period=2026"), .. AppealFigures.All.SelectMany(f => new[] { $"/figures/{f.Id}/records.json?period=2026", $"/figures/{f.Id}/records.csv?period=2026" }),
                .. codes.SelectMany(c => new[] { $"/appeals/{c}", $"/appeals/{c}/receipt", $"/appeals/{c}/receipt/proof", $"/referrals/{c}" })]);
            while (queue.Count > 0 && seen.Count < 160)
            {
                var path = queue.Dequeue();
                if (!seen.Add(path))
                    continue;
                using var answer = await browser.GetAsync(path, TestContext.Current.CancellationToken);
                var body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
                Assert.False(body.Contains(Mark, StringComparison.Ordinal), $"{name} reads the second community's text at {path}");
                Assert.False(codes.Any(c => body.Contains(c, StringComparison.Ordinal)) && !codes.Any(c => path.Contains(c, StringComparison.Ordinal)), $"{name} reads the second community's code at {path}");
                if (answer.Content.Headers.ContentType?.MediaType != "text/html" || codes.Any(c => path.Contains(c, StringComparison.Ordinal)))
                    continue;
                foreach (var link in (await HtmlPage.From(browser, answer)).Document.QuerySelectorAll("a[href]").Select(a => a.GetAttribute("href")!).Where(h => h.StartsWith('/') && !h.Contains('#')))
                    queue.Enqueue(link);
            }
            Assert.True(seen.Count > 20, $"{name} read {seen.Count} pages only.");
        }

        // Counts: the first community's numbers are its own, and it is one.
        var figures = await (await host.As(TestPeople.Ma)).GetStringAsync($"/figures/{AppealFigures.Filed.Id}/records.json?period=2026", TestContext.Current.CancellationToken);
        Assert.Contains(own, figures);
        Assert.Contains("\"value\":1", figures.Replace(" ", ""));
        // The mark is there for its own people: the test would see it.
        Assert.Contains(Mark, (await HtmlPage.Get(await host.As(TestPeople.Ma, TestInstallation.Other), "/appeals")).Source);
    }

    /// <summary>Acts with the second community's codes are answered as missing, and the words of the refusal hold nothing of theirs.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ActsOnTheSecondCommunitysRecords_AreMissing_AndSayNothing(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var codes = await Fill(hele);
        var (ma, tang) = (await hele.Viewer(TestPeople.Ma), await hele.Viewer(TestPeople.Tang));
        foreach (var code in codes)
        {
            foreach (var outcome in new[] { await hele.Accept(ma, code), await hele.Answer(ma, code), await hele.ReferUp(ma, code), await hele.Judge(ma, code, true), await hele.AnswerFromAbove(tang, code), await hele.ReturnFromAbove(tang, code) })
            {
                Assert.False(outcome.Accepted);
                Assert.All(outcome.Problems, p => Assert.Equal(ProblemKind.NotFound, p.Kind));
                Assert.DoesNotContain(Mark, string.Join(" ", outcome.Problems.Select(p => p.Sentence.Zh)));
            }
        }
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task CommandLine_ForTheFirstCommunity_SaysNothingOfTheSecond(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var codes = await Fill(hele);
        await hele.FileAppeal(await hele.Viewer(TestPeople.Liu), "自己的事");
        await hele.Stop();
        string[] where = ["--data", hele.Options.DataDirectory, "--pins", hele.Options.PinDirectory, .. hele.Options.Postgres is { } postgres ? new[] { "--database", postgres } : []];
        foreach (var command in new string[][]
        {
            ["figures", "--jurisdiction", TestInstallation.HexiCode, "--from", "2026-01-01", "--to", "2026-12-31", "--json"],
            ["figures", "--jurisdiction", TestInstallation.StreetCode, "--from", "2026-01-01", "--to", "2026-12-31", "--json"],
            ["figures", "--from", "2026-01-01", "--to", "2026-12-31"],
            ["verify"], ["health"],
        })
        {
            var answer = await CommandLine.Say("zh", [.. command, .. where]);
            Assert.DoesNotContain(Mark, answer.Output + answer.Error);
            Assert.All(codes, code => Assert.DoesNotContain(code, answer.Output + answer.Error));
        }
    }

    private static async Task<List<(string Name, HttpClient Browser)>> Readers(TestHost host)
    {
        var readers = new List<(string, HttpClient)> { ("nobody", host.Browser()) };
        foreach (var person in TestPeople.All)
            readers.Add((person.SignIn, await host.As(person)));
        readers.Add(("the sub-district", await host.As(TestPeople.Tang, TestInstallation.Street)));
        readers.Add(("the district", await host.As(TestPeople.Lu, TestInstallation.District)));
        return readers;
    }

    /// <summary>Appeals in several states, a local rule and a person, all with the mark; returns the appeals' codes.</summary>
    private static async Task<List<string>> Fill(TestInstallation hele)
    {
        var (liu, zhou, ma) = (await hele.Viewer(TestPeople.Liu, TestInstallation.Other), await hele.Viewer(TestPeople.Zhou, TestInstallation.Other), await hele.Viewer(TestPeople.Ma, TestInstallation.Other));
        var codes = new List<string>();
        for (var i = 0; i < 7; i++)
        {
            var filed = await hele.Get<FileAppeal>().Run(liu.Act(AppealAccess.File, Guid.NewGuid()), new("noise", $"{Mark}的事{i}", $"{Mark}写的情况。", $"{Mark}号楼"));
            codes.Add(filed.Code!);
            Assert.True((await hele.Accept(zhou, filed.Code!)).Accepted);
            Assert.True((await hele.Answer(zhou, filed.Code!, $"{Mark}答复。")).Accepted);
            Assert.True((await hele.Judge(liu, filed.Code!, i % 2 == 0, $"{Mark}评价。")).Accepted);
        }
        Assert.True((await hele.Get<SetLocalRule>().Run(ma.Act(SetLocalRule.Permission, Guid.NewGuid()), new(AppealRules.AnswerByCommunity, 2, new(2026, 11, 1), $"{Mark}号决定"))).Accepted);
        Assert.True((await hele.Get<RegisterPerson>().Run(new Act { OperationId = Guid.NewGuid(), AccountId = SystemAccount.Id, JurisdictionId = TestInstallation.Other },
            new($"{Mark}先生", $"{Mark}楼", null, null, false, Role.Clerk, $"{Mark}岗", null))).Accepted);
        return codes;
    }
}
