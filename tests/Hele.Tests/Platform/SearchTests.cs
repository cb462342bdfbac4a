using Hele.Civic.Appeals;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Search;
using Hele.Civic.Platform.Storage;
using Hele.TestKit;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Xunit;

namespace Hele.Tests.Platform;

/// <summary>Finding by words: inside one jurisdiction, in the order of a list, always as the records stand.</summary>
public class SearchTests
{
    private static readonly DateOnly Today = China.DateIn(TestInstallation.Start);

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Search_ByWordsOfChineseText_FindsThemWhereverTheyStand(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (zhao, liu) = (await hele.Viewer(TestPeople.Zhao), await hele.Viewer(TestPeople.Liu));
        var code = (await hele.Get<FileAppeal>().Run(liu.Act(AppealAccess.File, Guid.NewGuid()), new("facilities", "暖气不热，供暖费能不能减免", "家里只有13度，找过物业LDX-7型号的阀门。", "西苑12号院𠮷字楼"))).Code!;
        var other = await hele.FileAppeal(liu);
        var number = (await hele.Read(db => db.Set<Appeal>().SingleAsync(a => a.PublicCode == code))).Number;
        foreach (var words in new[] { "供暖", "暖费", "减免", "免", "热", "ldx", "LDX-7", "13度", "𠮷", "𠮷字", number, "减免 物业", "供暖费能不能减免", "(供暖)", "\"供暖\" OR", code, code.ToLowerInvariant() })
        {
            var found = (await Find(hele, zhao, words)).Select(l => l.Code).ToList();
            Assert.True(words.Contains("OR", StringComparison.Ordinal) ? found.Count == 0 : found.SequenceEqual([code]), $"{words}: {found.Count}");
        }
        foreach (var words in new[] { "免减", "热供", "供暖 灯", "？！", "*", "state", "statefiled", "jurisdiction1", "%" })
            Assert.True((await Find(hele, zhao, words)).Count == 0, words);
        Assert.Equal(other, Assert.Single(await Find(hele, zhao, "三单元")).Code);
        // The other community's people find nothing of it, nor does a resident somebody else's.
        Assert.Empty(await Find(hele, await hele.Viewer(TestPeople.Zhao, TestInstallation.Other), "供暖", TestInstallation.Other));
        Assert.Empty(await Find(hele, await hele.Viewer(TestPeople.Chen), "供暖"));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Search_NarrowedAndPaged_GoesForthAndBackWithoutGaps(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (zhao, liu) = (await hele.Viewer(TestPeople.Zhao), await hele.Viewer(TestPeople.Liu));
        var codes = new List<string>();
        for (var i = 0; i < 90; i++)
            codes.Insert(0, await hele.FileAppeal(liu, $"楼道灯第{i}盏", i % 3 == 0 ? "safety" : "facilities"));
        foreach (var code in codes.Take(8))
            await hele.Accept(zhao, code);

        var safety = codes.Where((_, i) => (codes.Count - 1 - i) % 3 == 0).ToList();
        Assert.Equal(codes, await All(new(Search: "楼道")));
        Assert.Equal(safety, await All(new(Kind: "safety", Search: "楼道")));
        Assert.Equal(codes.Take(8), await All(new(AppealState.Accepted, Search: "楼道")));
        Assert.Empty(await All(new(AppealState.Answered, Search: "楼道")));
        Assert.Empty(await All(new(Search: "楼道", Grid: "AAAA-BBBB-CCCC")));
        // What the index doesn't know is asked of the records, however many hits have to be looked at.
        hele.Clock.MoveTo(TestInstallation.Start.AddDays(5));
        foreach (var code in codes.Skip(8).Take(80))
            await hele.Accept(zhao, code);
        Assert.Equal([.. codes.Take(8), .. codes.TakeLast(2)], await All(new(Search: "楼道", LateOnly: true), Today.AddDays(5)));

        async Task<List<string>> All(AppealFilter filter, DateOnly? today = null)
        {
            var (forth, after, last) = (new List<string>(), (Guid?)null, (Page<AppealLine>?)null);
            do
            {
                last = await Page(hele, zhao, filter, after, null, today ?? Today);
                Assert.True(last.Rows.Count <= AppealQueries.PageSize);
                forth.AddRange(last.Rows.Select(r => r.Code));
                after = last.After;
            }
            while (after is not null);
            var back = last.Rows.Select(r => r.Code).ToList();
            for (var before = last.Before; before is not null;)
            {
                var page = await Page(hele, zhao, filter, null, before, today ?? Today);
                back.InsertRange(0, page.Rows.Select(r => r.Code));
                before = page.Before;
            }
            Assert.Equal(forth, back);
            return forth;
        }
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Index_MadeAnew_FindsTheSame_AndWhatIsGoneIsNotFound(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (zhao, liu) = (await hele.Viewer(TestPeople.Zhao), await hele.Viewer(TestPeople.Liu));
        var code = await hele.FileAppeal(liu, "独一无二的树");
        var there = await hele.FileAppeal(await hele.Viewer(TestPeople.Liu, TestInstallation.Other), "独一无二的树");
        var id = (await hele.Read(db => db.Set<Appeal>().SingleAsync(a => a.PublicCode == code))).Id;
        await hele.Database.Index(TestInstallation.Hexi, _ => Task.FromResult<IReadOnlyList<SearchEntry>>([new(TestInstallation.Hexi, "Appeals", id, null)]));
        Assert.Empty(await Find(hele, zhao, "独一"));
        Assert.Equal(1, await hele.Get<SearchIndex>().Rebuild(TestInstallation.Hexi, TestContext.Current.CancellationToken));
        Assert.Equal(code, Assert.Single(await Find(hele, zhao, "独一")).Code);
        Assert.Equal(there, Assert.Single(await Find(hele, await hele.Viewer(TestPeople.Zhao, TestInstallation.Other), "独一", TestInstallation.Other)).Code);
        (await hele.Verify()).AssertGreen();
    }

    /// <remarks>Seen to fail without the table's secure-delete setting: the words stayed in the file.</remarks>
    [Fact]
    public async Task Sqlite_WordsTakenOutOfTheIndex_AreOutOfTheFileToo()
    {
        await using var hele = await TestInstallation.Create(TestDatabase.Sqlite);
        var id = Guid.CreateVersion7();
        await Put("qq zz vanish7 vanish8");
        await Put("qq zz");
        await hele.Database.Sweep(TestContext.Current.CancellationToken);
        DoesNotContain("vanish"u8.ToArray(), hele.Options.SqliteFile);
        await Put("qq zz vanish9");
        await hele.Database.Sweep(TestContext.Current.CancellationToken);
        Assert.True(File.ReadAllBytes(hele.Options.SqliteFile).AsSpan().IndexOf("vanish9"u8) > 0, "the test would not see it");
        await Put(null);
        await hele.Database.Sweep(TestContext.Current.CancellationToken);
        DoesNotContain("vanish"u8.ToArray(), hele.Options.SqliteFile);

        Task Put(string? tokens) => hele.Database.Index(TestInstallation.Hexi, _ => Task.FromResult<IReadOnlyList<SearchEntry>>([new(TestInstallation.Hexi, "Appeals", id, tokens)]));
        static void DoesNotContain(byte[] bytes, string file) => Assert.True(File.ReadAllBytes(file).AsSpan().IndexOf(bytes) < 0);
    }

    [Fact, Trait("Needs", "postgres")]
    public async Task Postgres_FunctionOfTheOwner_FindsOnlyWhatTheFenceLetsRead()
    {
        await using var hele = await TestInstallation.Create(TestDatabase.Postgres);
        await hele.FileAppeal(await hele.Viewer(TestPeople.Liu), "独一无二的树");
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(hele.Options.Postgres)
        {
            Username = File.ReadAllLines(Path.Combine(hele.Options.KeyDirectory, "postgres-role.secret"))[0], Password = File.ReadAllLines(Path.Combine(hele.Options.KeyDirectory, "postgres-role.secret"))[1],
        }.ToString());
        foreach (var (scope, count) in new[] { ("1", 1L), ("2", 0L), ("", 0L), ("1,2", 1L) })
        {
            foreach (var question in new[] { "select count(*) from hele_search(to_tsquery('simple', '独一'), 9223372036854775807, false, 10)", """select count(*) from "SearchRows" """ })
            {
                await using var connection = await source.OpenConnectionAsync(TestContext.Current.CancellationToken);
                await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
                await using (var fence = new NpgsqlCommand("select set_config('app.read', $1, true)", connection, transaction) { Parameters = { new() { Value = scope } } })
                    await fence.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
                await using var command = new NpgsqlCommand(question, connection, transaction);
                Assert.Equal((scope, count), (scope, (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!));
            }
        }
    }

    private static async Task<IReadOnlyList<AppealLine>> Find(TestInstallation hele, Viewer viewer, string words, int jurisdiction = TestInstallation.Hexi) =>
        (await hele.Query<AppealQueries, Page<AppealLine>>(q => q.List(viewer, new(Search: words), Today), jurisdiction)).Rows;

    private static Task<Page<AppealLine>> Page(TestInstallation hele, Viewer viewer, AppealFilter filter, Guid? after, Guid? before, DateOnly today) =>
        hele.Query<AppealQueries, Page<AppealLine>>(q => q.List(viewer, filter, today, after, before));
}
