using System.Diagnostics;
using Hele.Civic.Grids;
using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Imports;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;
using Hele.Planning.Streets;
using Hele.TestKit;
using Hele.Tests.Grids;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static Hele.Tests.Platform.Imports.SheetFiles;

namespace Hele.Tests.Platform.Imports;

/// <summary>A ledger comes in whole or not at all, says of each row what is wrong, makes nobody into one by their name, and can be taken back.</summary>
public class ImportLedgerTests
{
    private static Task<int> Count<T>(TestInstallation hele) where T : class => hele.Read(db => db.Set<T>().CountAsync());

    private static async Task<LedgerPlan> Plan(TestInstallation hele, Viewer viewer, string ledger, SheetTable table, IReadOnlyDictionary<int, string>? answers = null)
    {
        await using var scope = new DeskScope(hele);
        var kind = Civic.Modules.All.Ledger(ledger)!;
        return await scope.Desk.Plan(viewer, new DeskFile("", kind, "", default, new([], []), new("", Answers: answers), new("", []), table, [], false), kind.Guess(table.Headings), TestContext.Current.CancellationToken);
    }

    private sealed class DeskScope : IAsyncDisposable
    {
        private readonly Microsoft.Extensions.DependencyInjection.AsyncServiceScope _scope;

        public DeskScope(TestInstallation hele, int jurisdiction = TestInstallation.Hexi)
        {
            _scope = Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.CreateAsyncScope(hele.Services);
            Read.Allow(jurisdiction);
        }

        public ReadSession Read => Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetRequiredService<ReadSession>(_scope.ServiceProvider);
        public ImportDesk Desk => Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetRequiredService<ImportDesk>(_scope.ServiceProvider);

        public ValueTask DisposeAsync() => _scope.DisposeAsync();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Households_OfALedger_ComeInAsOneAct(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var zhou = await hele.Viewer(TestPeople.Zhou);
        var house = await hele.House(zhou);
        var code = GridSteps.Ok(await hele.ImportHouseholds(zhou,
            ["3栋", "2", "501室", "王秀英", "户主", "13800000001", Identity("19560305", 121)],
            ["三号楼", "2单元", "501", "李大力", "配偶", "", Identity("19540712", 131)],
            ["3#", "1", "302", "赵 小明", "租户", "0372-5551234", ""]));

        var lines = await hele.Query<HouseholdQueries, IReadOnlyList<HouseholdLine>>(q => q.Of(zhou, house));
        Assert.Equal([("1单元", "302", "赵 小明"), ("2单元", "501", "王秀英、李大力")], lines.Select(h => (h.Entrance!, h.Room, string.Join("、", h.Members.Select(m => m.Name)))));
        Assert.Equal([HouseholdRole.Head, HouseholdRole.Family], lines[1].Members.Select(m => m.Role));
        var wang = await hele.Read(db => db.Set<Person>().SingleAsync(p => p.Name == "王秀英"));
        Assert.Equal(("柳荫路12号院3号楼2单元501", "138****0001"), (wang.Address, wang.PhoneMasked));
        // One act: every entry carries its id, the import's own among them; and the number itself stands nowhere.
        var import = await hele.Read(db => db.Set<LedgerImport>().SingleAsync());
        Assert.Equal((code, 3, 0, 0, "户册2026.xlsx"), (import.PublicCode, import.Added, import.Changed, import.Same, import.FileName));
        var acts = await hele.Read(db => db.Set<JournalRow>().Where(j => j.LeafIndex >= import.FirstLeaf).Select(j => new { j.ActId, j.Kind }).ToListAsync());
        Assert.Single(acts.Select(a => a.ActId).Distinct());
        Assert.Equal(["household.moved-in", "household.registered", "import.done", "person.registered"], acts.Select(a => a.Kind).Distinct().Order());
        Assert.Empty(Sealing.FileSearch.Holding(hele.Options.DataDirectory, Identity("19560305", 121)));
        (await hele.Get<LogVerification>().Run(null, TestContext.Current.CancellationToken)).AssertGreen();
    }

    /// <summary>Seen to fail: the day was compared with the identity number and then forgotten, so that nobody of a ledger had an age.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task DaysOfBirth_OfALedger_AreKeptSealed_AndAnUndoPutsThemBack(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var zhou = await hele.Viewer(TestPeople.Zhou);
        await hele.House(zhou);
        string[] headings = ["楼栋", "单元", "房号", "姓名", "与户主关系", "出生日期"];
        GridSteps.Ok(await hele.Import(zhou, "households", SheetTable.Of(headings, ["3号楼", "1单元", "101", "王秀英", "户主", "1956年3月5日"], ["3号楼", "1单元", "101", "李小满", "孙女", "2019-7-1"], ["3号楼", "1单元", "101", "李大力", "配偶", ""])));
        Task<List<(string, string?)>> Years() => hele.Read(async db => (await db.Set<Person>().Where(p => p.Address!.EndsWith("101")).OrderBy(p => p.Name).Select(p => new { p.Name, p.BornMasked }).ToListAsync()).ConvertAll(p => (p.Name, p.BornMasked)));
        Assert.Equal([("李大力", null), ("李小满", "2019-**-**"), ("王秀英", "1956-**-**")], (await Years()).OrderBy(y => y.Item1, StringComparer.Ordinal));
        var wang = await hele.Read(db => db.Set<Person>().Where(p => p.Name == "王秀英").Select(p => p.PublicCode).SingleAsync());
        async Task<string?> Day() => (await hele.Get<OpenBirthday>().Run(zhou, zhou.Act(PeopleAccess.OpenBirthday, Guid.NewGuid()), wang, cancel: TestContext.Current.CancellationToken)).Values.Single();
        Assert.Equal("1956-03-05", await Day());
        Assert.Empty(Sealing.FileSearch.Holding(hele.Options.DataDirectory, "1956-03-05"));
        var ages = await hele.Query<PopulationQueries, PopulationView>(q => q.Today(zhou));
        Assert.Equal((3, 1), (ages.People, ages.Unknown));

        // The same ledger says nothing new; another year corrects it, an empty cell takes nothing away, and an undo puts back what was sealed before.
        Assert.Contains("没有要导入的", ImportSteps.All(await hele.Import(zhou, "households", SheetTable.Of(headings, ["3号楼", "1单元", "101", "王秀英", "户主", "1956-3-5"], ["3号楼", "1单元", "101", "李小满", "孙女", ""]))), StringComparison.Ordinal);
        var import = GridSteps.Ok(await hele.Import(zhou, "people", SheetTable.Of(["姓名", "住址", "出生日期"], ["王秀英", "柳荫路12号院3号楼1单元101", "1957-3-5"], ["李大力", "柳荫路12号院3号楼1单元101", "1954-1-2"]), new Dictionary<int, string> { [2] = wang, [3] = await hele.Read(db => db.Set<Person>().Where(p => p.Name == "李大力").Select(p => p.PublicCode).SingleAsync()) }));
        Assert.Equal([("李大力", "1954-**-**"), ("李小满", "2019-**-**"), ("王秀英", "1957-**-**")], (await Years()).OrderBy(y => y.Item1, StringComparer.Ordinal));
        Assert.Equal("1957-03-05", await Day());
        GridSteps.Ok(await hele.UndoImport(zhou, import));
        Assert.Equal([("李大力", null), ("李小满", "2019-**-**"), ("王秀英", "1956-**-**")], (await Years()).OrderBy(y => y.Item1, StringComparer.Ordinal));
        Assert.Equal("1956-03-05", await Day());
        (await hele.Get<LogVerification>().Run(null, TestContext.Current.CancellationToken)).AssertGreen();
    }

    /// <summary>Seen to fail: a ledger moved somebody behind another door, and their entry went on saying where they had lived.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task AnAddress_FollowsWhereTheLedgerSaysTheyLive(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var zhou = await hele.Viewer(TestPeople.Zhou);
        await hele.House(zhou);
        GridSteps.Ok(await hele.ImportHouseholds(zhou, ["3号楼", "1单元", "101", "王秀英", "户主", "13800000001", ""]));
        var (wang, liu) = (await hele.Read(db => db.Set<Person>().Where(p => p.Name == "王秀英").Select(p => p.PublicCode).SingleAsync()), await hele.PersonCode(TestPeople.Liu));
        var name = await hele.Read(db => db.Set<Person>().Where(p => p.PublicCode == liu).Select(p => p.Name).SingleAsync());
        GridSteps.Ok(await hele.Import(zhou, "households", SheetTable.Of(ImportSteps.Households, ["3号楼", "2单元", "502", "王秀英", "户主", "13800000001", ""], ["3号楼", "2单元", "601", name, "户主", "", ""]), new Dictionary<int, string> { [2] = wang, [3] = liu }));
        Assert.Equal(["柳荫路12号院3号楼2单元502", "柳荫路12号院3号楼2单元601"], await hele.Read(db => db.Set<Person>().Where(p => p.PublicCode == wang || p.PublicCode == liu).Select(p => p.Address).OrderBy(a => a).ToListAsync()));
        (await hele.Get<LogVerification>().Run(null, TestContext.Current.CancellationToken)).AssertGreen();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ALedger_WithOneRowWrong_LeavesNothingBehind(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var zhou = await hele.Viewer(TestPeople.Zhou);
        await hele.House(zhou);
        var (people, entries) = (await Count<Person>(hele), await Count<JournalRow>(hele));
        var outcome = await hele.ImportHouseholds(zhou, ["3号楼", "1单元", "101", "王秀英", "户主", "13800000001", ""], ["3号楼", "1单元", "102", "李大力", "户主", "138000", ""], ["9号楼", "1单元", "102", "李小丽", "户主", "", ""]);
        Assert.Contains("有2行不对，没有导入", ImportSteps.All(outcome), StringComparison.Ordinal);
        Assert.Contains("第4行", ImportSteps.All(await hele.ImportHouseholds(zhou, ["3号楼", "1单元", "101", "王秀英", "户主", "", ""], ["3号楼", "1单元", "102", "李大力", "户主", "", ""], ["9号楼", "1单元", "102", "李小丽", "户主", "", ""])), StringComparison.Ordinal);
        Assert.Equal((people, entries, 0, 0), (await Count<Person>(hele), await Count<JournalRow>(hele), await Count<Household>(hele), await Count<LedgerImport>(hele)));
    }

    [Fact]
    public async Task Rows_ThatAreWrong_AreToldByRowColumnAndWhatIsExpected()
    {
        await using var hele = await TestInstallation.Create(TestDatabase.Sqlite);
        var zhou = await hele.Viewer(TestPeople.Zhou);
        await hele.House(zhou);
        await hele.House(zhou, "电厂家属院");
        await hele.House(zhou, "商都家园", "5号楼");
        string[] headings = ["小区", "楼栋", "单元", "房号", "姓名", "与户主关系", "联系电话", "身份证号", "性别", "出生日期", "入住日期"];
        var good = Identity("19560305", 121);
        var plan = await Plan(hele, zhou, "households", SheetTable.Of(headings,
            ["", "3号楼", "1单元", "101", "王甲", "", "", "", "", "", ""],
            ["电厂家属院", "3号楼", "7单元", "101", "王乙", "", "", "", "", "", ""],
            ["", "5号楼", "1单元", "", "", "同学", "138001", "", "", "", ""],
            ["", "5号楼", "1单元", "101", "王丙", "", "", "4.1050519900101E+17", "", "", ""],
            ["", "5号楼", "1单元", "101", "王丁", "", "", good[..17] + (good[17] == '1' ? '2' : '1'), "", "", ""],
            ["", "5号楼", "1单元", "101", "王戊", "", "", good, "女", "1957-3-5", "2031-1-1"],
            ["", "5号楼", "1单元", "102", "王己", "", "", good, "男", "1956年3月5日", "2020.1.1"],
            ["", "5号楼", "1单元", "103", "王庚", "", "", good, "", "", ""],
            ["合计", "", "", "", "8人", "", "", "", "", "", ""],
            headings));
        string Of(int row) => string.Join(" ", plan.Lines.Single(l => l.Number == row).Remarks.Select(r => r.Sentence.Zh));
        Assert.Contains("有2个小区都有这个楼号（", Of(2), StringComparison.Ordinal);
        Assert.Contains("单元“7单元”：应是：1单元、2单元", Of(3), StringComparison.Ordinal);
        Assert.Equal(["与户主关系", "姓名", "房号", "电话号码"], plan.Lines.Single(l => l.Number == 4).Remarks.Select(r => r.Column!.Title.Zh).Order(StringComparer.Ordinal).Order());
        Assert.Contains("后几位已经丢了", Of(5), StringComparison.Ordinal);
        Assert.Contains("校验不对", Of(6), StringComparison.Ordinal);
        Assert.DoesNotContain(good[..10], Of(6), StringComparison.Ordinal);
        Assert.Contains("对不上", Of(7), StringComparison.Ordinal);
        Assert.Contains("今天之后", Of(7), StringComparison.Ordinal);
        Assert.Contains("身份证号里的1956年3月5日", Of(7), StringComparison.Ordinal);
        Assert.Equal(Verdict.New, plan.Lines.Single(l => l.Number == 8).Verdict);
        Assert.Contains("和第8行是同一个人", Of(9), StringComparison.Ordinal);
        // Sums and repeated headings are no people.
        Assert.Equal([10, 11], plan.Lines.Where(l => l.Verdict == Verdict.Skipped).Select(l => l.Number));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task TheSameLedgerAgain_ChangesNothing_AndACorrectedOneOnlyWhatItSays(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var zhou = await hele.Viewer(TestPeople.Zhou);
        var house = await hele.House(zhou);
        string[] wang = ["3号楼", "2单元", "501", "王秀英", "户主", "13800000001", Identity("19560305", 121)], li = ["3号楼", "2单元", "501", "李大力", "配偶", "", ""], zhao = ["3号楼", "2单元", "501", "赵小明", "儿子", "", ""];
        GridSteps.Ok(await hele.ImportHouseholds(zhou, wang, li));
        Assert.Contains("没有要导入的", ImportSteps.All(await hele.ImportHouseholds(zhou, wang, li)), StringComparison.Ordinal);
        // A new number, a move, somebody new: and the door they all left is empty.
        (wang[2], wang[5], li[2], zhao[2]) = ("601", "13800000002", "601", "601");
        var plan = await Plan(hele, zhou, "households", SheetTable.Of(ImportSteps.Households, wang, zhao));
        Assert.Equal("1/1/0/0/0", plan.Fingerprint);
        Assert.Contains("登记册里住在柳荫路12号院3号楼2单元501，导入后改为住在柳荫路12号院3号楼2单元601", plan.Lines[0].Remarks[0].Sentence.Zh, StringComparison.Ordinal);
        hele.Clock.MoveTo(hele.Clock.GetUtcNow() + TimeSpan.FromDays(3));
        // Without a number the name elsewhere is a namesake, or himself moved: somebody has to say.
        Assert.Contains("有1行还没有回答", ImportSteps.All(await hele.ImportHouseholds(zhou, wang, li, zhao)), StringComparison.Ordinal);
        var same = await hele.Read(db => db.Set<Person>().Where(p => p.Name == "李大力").Select(p => p.PublicCode).SingleAsync());
        GridSteps.Ok(await hele.Import(zhou, "households", SheetTable.Of(ImportSteps.Households, wang, li, zhao), new Dictionary<int, string> { [3] = same }));
        var lines = await hele.Query<HouseholdQueries, IReadOnlyList<HouseholdLine>>(q => q.Of(zhou, house));
        Assert.Equal(["601 李大力、王秀英、赵小明"], lines.Select(h => $"{h.Room} {string.Join("、", h.Members.Select(m => m.Name).Order(ChineseText.ByPinyin))}"));
        Assert.Equal("138****0002", await hele.Read(db => db.Set<Person>().Where(p => p.Name == "王秀英").Select(p => p.PhoneMasked).SingleAsync()));
        (await hele.Get<LogVerification>().Run(null, TestContext.Current.CancellationToken)).AssertGreen();
    }

    [Fact]
    public async Task Namesakes_AreAskedAbout_NeverMadeOne()
    {
        await using var hele = await TestInstallation.Create(TestDatabase.Sqlite);
        var zhou = await hele.Viewer(TestPeople.Zhou);
        await hele.House(zhou);
        // 刘大勇 has an account and nothing else to compare; of the two 王秀英 one has the same telephone, one lives elsewhere.
        var liu = await hele.PersonCode(TestPeople.Liu);
        GridSteps.Ok(await hele.ImportHouseholds(zhou, ["3号楼", "1单元", "101", "王秀英", "户主", "13800000001", Identity("19560305", 121)]));
        SheetTable rows = SheetTable.Of(ImportSteps.Households, ["3号楼", "1单元", "102", "刘大勇", "户主", "", ""], ["3号楼", "1单元", "103", "王秀英", "户主", "13800000001", Identity("19700101", 121)], ["3号楼", "1单元", "104", "王秀英", "户主", "", ""]);
        var plan = await Plan(hele, zhou, "households", rows);
        Assert.Equal([Verdict.Question, Verdict.Question, Verdict.Question], plan.Lines.Select(l => l.Verdict));
        Assert.Contains("柳荫路12号院3号楼1单元101 138****0001", plan.Lines[2].Candidates[0].Text.Zh, StringComparison.Ordinal);
        Assert.Contains("没有登记住址和电话", plan.Lines[0].Candidates[0].Text.Zh, StringComparison.Ordinal);
        Assert.Contains("有3行还没有回答", ImportSteps.All(await hele.Import(zhou, "households", rows)), StringComparison.Ordinal);
        // A code that was not among those asked about answers nothing.
        Assert.Contains("有2行还没有回答", ImportSteps.All(await hele.Import(zhou, "households", rows, new Dictionary<int, string> { [2] = liu, [3] = liu })), StringComparison.Ordinal);
        GridSteps.Ok(await hele.Import(zhou, "households", rows, new Dictionary<int, string> { [2] = liu, [3] = LedgerContext.ANewOne, [4] = LedgerContext.ANewOne }));
        Assert.Equal(1, await hele.Read(db => db.Set<Person>().CountAsync(p => p.Name == "刘大勇")));
        Assert.Equal(3, await hele.Read(db => db.Set<Person>().CountAsync(p => p.Name == "王秀英")));
        // His account stayed his, and he lives there now.
        Assert.True(await hele.Read(db => db.Set<HouseholdMember>().AnyAsync(m => m.PersonId == db.Set<Person>().Where(p => p.PublicCode == liu && p.AccountId != null).Select(p => p.Id).First())));
        Assert.Contains("姓名对不上", ImportSteps.All(await hele.ImportHouseholds(zhou, ["3号楼", "1单元", "105", "王秀芝", "户主", "", Identity("19560305", 121)])), StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Buildings_OfALedger_BringTheirCompoundsAndEntrances(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (zhou, ma) = (await hele.Viewer(TestPeople.Zhou), await hele.Viewer(TestPeople.Ma));
        await hele.Grid(ma, "第一网格", GridSteps.Square(0, 0));
        string[] headings = ["小区名称", "楼号", "单元数", "层数", "物业公司", "所属网格"];
        var withGrid = SheetTable.Of(headings, ["柳荫路12号院", "1", "2", "6层", "", "第一网格"], ["柳荫路12号院", "2号楼", "3个", "6", "", ""], ["商都家园", "1号楼", "", "18", "和顺物业", ""]);
        Assert.Contains("由书记办理", ImportSteps.All(await hele.Import(zhou, "buildings", withGrid)), StringComparison.Ordinal);
        GridSteps.Ok(await hele.Import(ma, "buildings", withGrid));
        var rows = await hele.Query<GridQueries, IReadOnlyList<BuildingLine>>(q => q.Matching(ma, new(null, null, null)));
        Assert.Equal([("商都家园1号楼", 0, 18, null), ("柳荫路12号院1号楼", 2, 6, "第一网格"), ("柳荫路12号院2号楼", 3, 6, null)], rows.Select(b => (b.Address, b.Entrances, b.Floors ?? 0, b.Grid)).OrderBy(b => b.Address, StringComparer.Ordinal));
        Assert.Equal(CompoundKind.Estate, await hele.Read(db => db.Set<Compound>().Where(c => c.Name == "商都家园").Select(c => c.Kind).SingleAsync()));
        // Fewer entrances take none away; more are added.
        var again = GridSteps.Ok(await hele.Import(zhou, "buildings", SheetTable.Of(headings, ["柳荫路12号院", "1栋", "1", "6", "", ""], ["柳荫路12号院", "2", "4", "6", "", ""])));
        Assert.Equal((0, 1, 1), await hele.Read(db => db.Set<LedgerImport>().Where(i => i.PublicCode == again).Select(i => new ValueTuple<int, int, int>(i.Added, i.Changed, i.Same)).SingleAsync()));
        (await hele.Get<LogVerification>().Run(null, TestContext.Current.CancellationToken)).AssertGreen();
    }

    [Fact]
    public async Task Buildings_WhosePlacesWereReadFromAnotherMap_StandWhereTheyAre()
    {
        await using var hele = await TestInstallation.Create(TestDatabase.Sqlite);
        var zhou = await hele.Viewer(TestPeople.Zhou);
        KeepBuilding.TryPosition(GridSteps.At(50, 50), out var at);
        string[] Row(string name, Datum datum, string said) => ["柳荫路12号院", name, .. at!.Value.Text(datum).Split(','), said];
        GridSteps.Ok(await hele.Import(zhou, "buildings", SheetTable.Of(["小区", "楼栋", "经度", "纬度", "坐标系"], Row("1号楼", Datum.Gcj02, "高德地图"), Row("2号楼", Datum.Bd09, "百度"), Row("3号楼", Datum.Wgs84, ""), Row("4号楼", Datum.Wgs84, "WGS84"))));
        Assert.All(await hele.Read(db => db.Set<Building>().ToListAsync()), b => Assert.True(Math.Abs(b.At!.Value.LonE7 - at!.Value.LonE7) < 20 && Math.Abs(b.At.Value.LatE7 - at.Value.LatE7) < 20, b.Name));
        Assert.Contains("坐标系", ImportSteps.All(await hele.Import(zhou, "buildings", SheetTable.Of(["小区", "楼栋", "经度", "纬度", "坐标系"], Row("5号楼", Datum.Gcj02, "谷歌")))), StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Undo_PutsTheRegisterBack_AndLeavesItsRecord(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var zhou = await hele.Viewer(TestPeople.Zhou);
        var house = await hele.House(zhou);
        GridSteps.Ok(await hele.ImportHouseholds(zhou, ["3号楼", "1单元", "101", "王秀英", "户主", "13800000001", Identity("19560305", 121)]));
        var before = await hele.Read(db => db.Set<Person>().OrderBy(p => p.Id).Select(p => new { p.Name, p.Address, p.PhoneMasked, p.LeftOn }).ToListAsync());
        var keys = await Count<Civic.Platform.Sealing.SubjectKey>(hele);
        var code = GridSteps.Ok(await hele.ImportHouseholds(zhou, ["3号楼", "2单元", "202", "王秀英", "户主", "13900000009", Identity("19560305", 121)], ["3号楼", "2单元", "202", "李大力", "配偶", "13800000003", ""]));
        Assert.Contains("为什么撤销", ImportSteps.All(await hele.UndoImport(zhou, code, " ")), StringComparison.Ordinal);
        GridSteps.Ok(await hele.UndoImport(zhou, code));
        Assert.Equal(before, await hele.Read(db => db.Set<Person>().OrderBy(p => p.Id).Select(p => new { p.Name, p.Address, p.PhoneMasked, p.LeftOn }).ToListAsync()));
        var lines = await hele.Query<HouseholdQueries, IReadOnlyList<HouseholdLine>>(q => q.Of(zhou, house));
        Assert.Equal(["101 王秀英"], lines.Select(h => $"{h.Room} {string.Join("、", h.Members.Select(m => m.Name))}"));
        Assert.Equal((3, keys), (await Count<ImportedRow>(hele), await Count<Civic.Platform.Sealing.SubjectKey>(hele)));
        // The number that was put back still opens under her key.
        var wang = await hele.Read(db => db.Set<Person>().Where(p => p.Name == "王秀英").Select(p => p.PublicCode).SingleAsync());
        Assert.Equal("13800000001", (await hele.Get<OpenPersonPhone>().Run(zhou, zhou.Act(PeopleAccess.OpenPhone, Guid.NewGuid()), wang, Civic.Platform.Sealing.Way.Page, TestContext.Current.CancellationToken)).Values[0]);
        Assert.Contains("已经撤销", ImportSteps.All(await hele.UndoImport(zhou, code)), StringComparison.Ordinal);
        Assert.Equal("传错了文件", await hele.Read(db => db.Set<JournalRow>().Where(j => j.Kind == LedgerImport.Undone.Code).Select(j => j.Reason).SingleAsync()));
        (await hele.Get<LogVerification>().Run(null, TestContext.Current.CancellationToken)).AssertGreen();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Undo_WhenSomebodyHasBuiltOnIt_SaysWhoAndWhen(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (zhou, ma) = (await hele.Viewer(TestPeople.Zhou), await hele.Viewer(TestPeople.Ma));
        var house = await hele.House(zhou);
        var code = GridSteps.Ok(await hele.ImportHouseholds(zhou, ["3号楼", "1单元", "101", "王秀英", "户主", "", ""], ["3号楼", "1单元", "102", "李大力", "户主", "", ""]));
        var wang = await hele.Read(db => db.Set<Person>().Where(p => p.Name == "王秀英").Select(p => p.PublicCode).SingleAsync());
        hele.Clock.MoveTo(hele.Clock.GetUtcNow() + TimeSpan.FromHours(1));
        Assert.True((await hele.Get<CorrectPerson>().Run(ma, ma.Act(PeopleAccess.Correct, Guid.NewGuid()), new(wang, "王秀瑛", "柳荫路12号院3号楼1单元101", null), TestContext.Current.CancellationToken)).Accepted);
        // And somebody has moved in with 李大力: the household is in use without having been changed.
        GridSteps.Ok(await hele.MoveIn(zhou, house, "102", await hele.PersonCode(TestPeople.Chen)));
        var refused = await hele.UndoImport(zhou, code);
        Assert.Contains("有2条登记又被改过或用到了", ImportSteps.All(refused), StringComparison.Ordinal);
        var view = await hele.Query<ImportHistory, ImportView?>(q => q.Find(zhou, code));
        Assert.Equal([(2, "王秀瑛", "更正了登记的信息", "马建军"), (3, null, null, null)], view!.InTheWay.Select(w => (w.Number, w.Name, w.Event?.Zh, w.By)));
    }

    [Fact]
    public async Task Undo_AfterItsDays_IsRefused_AndWhatItWouldHaveNeededIsGone()
    {
        await using var hele = await TestInstallation.Create(TestDatabase.Sqlite);
        var zhou = await hele.Viewer(TestPeople.Zhou);
        await hele.House(zhou);
        var code = GridSteps.Ok(await hele.ImportHouseholds(zhou, ["3号楼", "1单元", "101", "王秀英", "户主", "", ""]));
        hele.Clock.MoveTo(hele.Clock.GetUtcNow() + TimeSpan.FromDays(30));
        await hele.Get<ImportSweep>().RunDue(TestInstallation.Hexi, TestContext.Current.CancellationToken);
        Assert.NotEqual(0, await Count<ImportedRow>(hele));
        hele.Clock.MoveTo(hele.Clock.GetUtcNow() + TimeSpan.FromDays(1));
        Assert.Contains("期限是30天，已经过了", ImportSteps.All(await hele.UndoImport(zhou, code)), StringComparison.Ordinal);
        await hele.Get<ImportSweep>().RunDue(TestInstallation.Hexi, TestContext.Current.CancellationToken);
        Assert.Equal(0, await Count<ImportedRow>(hele));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task TwoImportsOfOneLedgerAtOnce_WriteItOnce(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (zhou, ma) = (await hele.Viewer(TestPeople.Zhou), await hele.Viewer(TestPeople.Ma));
        await hele.House(zhou);
        var table = SheetTable.Of(ImportSteps.Households, ["3号楼", "1单元", "101", "王秀英", "户主", "", ""], ["3号楼", "1单元", "102", "李大力", "户主", "", ""]);
        var seen = (await Plan(hele, zhou, "households", table)).Fingerprint;
        var both = await Task.WhenAll(hele.Import(zhou, "households", table, seen: seen), hele.Import(ma, "households", table, seen: seen));
        Assert.Single(both, o => o.Accepted);
        Assert.Contains("登记册有了变化", ImportSteps.All(both.Single(o => !o.Accepted)), StringComparison.Ordinal);
        Assert.Equal(2, await Count<Household>(hele));
    }

    [Fact]
    public async Task Import_ByThoseWhoMayNot_IsAsIfThereWereNone()
    {
        await using var hele = await TestInstallation.Create(TestDatabase.Sqlite);
        var zhou = await hele.Viewer(TestPeople.Zhou);
        await hele.House(zhou);
        var table = SheetTable.Of(ImportSteps.Households, ["3号楼", "1单元", "101", "王秀英", "户主", "", ""]);
        var code = GridSteps.Ok(await hele.Import(zhou, "households", table));
        foreach (var who in new[] { TestPeople.Zhao, TestPeople.Feng, TestPeople.Sun, TestPeople.He, TestPeople.Liu })
        {
            var viewer = await hele.Viewer(who);
            Assert.Equal([ImportProblems.NotFound], (await hele.Import(viewer, "households", table)).Problems);
            Assert.Equal([ImportProblems.NotFound], (await hele.UndoImport(viewer, code)).Problems);
            Assert.Null(await hele.Query<ImportHistory, ImportView?>(q => q.Find(viewer, code)));
        }
        var elsewhere = await hele.Viewer(TestPeople.Zhou, TestInstallation.Other);
        Assert.Equal([ImportProblems.NotFound], (await hele.UndoImport(elsewhere, code)).Problems);
        Assert.Null(await hele.Query<ImportHistory, ImportView?>(q => q.Find(elsewhere, code), TestInstallation.Other));
        // The other community's register knows no such building.
        Assert.Contains("没有这栋楼", ImportSteps.All(await hele.Import(elsewhere, "households", table)), StringComparison.Ordinal);
        Assert.Equal([ImportProblems.NotFound], (await hele.Import(zhou, "nothing", table)).Problems);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task AnUpload_LiesSealedForItsSenderAlone_AndForAnHour(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (zhou, ma) = (await hele.Viewer(TestPeople.Zhou), await hele.Viewer(TestPeople.Ma));
        var number = Identity("19560305", 121);
        await using var scope = new DeskScope(hele);
        var (code, problem) = await scope.Desk.Put(zhou, "households", "户册.xlsx", Table(ImportSteps.Households, ["3号楼", "1单元", "101", "王秀英", "户主", "", number]), TestContext.Current.CancellationToken);
        Assert.Null(problem);
        Assert.Equal("王秀英", (await scope.Desk.Find(zhou, code!, TestContext.Current.CancellationToken))!.Table!.Rows[0].Cells[3]);
        Assert.Null(await scope.Desk.Find(ma, code!, TestContext.Current.CancellationToken));
        await using (var elsewhere = new DeskScope(hele, TestInstallation.Other))
            Assert.Null(await elsewhere.Desk.Find(await hele.Viewer(TestPeople.Zhou, TestInstallation.Other), code!, TestContext.Current.CancellationToken));
        Assert.Empty(Sealing.FileSearch.Holding(hele.Options.DataDirectory, number));
        await scope.Read.Refresh();
        hele.Clock.MoveTo(hele.Clock.GetUtcNow() + TimeSpan.FromMinutes(59));
        await hele.Get<ImportSweep>().RunDue(TestInstallation.Hexi, TestContext.Current.CancellationToken);
        Assert.NotNull(await scope.Desk.Find(zhou, code!, TestContext.Current.CancellationToken));
        await scope.Read.Refresh();
        hele.Clock.MoveTo(hele.Clock.GetUtcNow() + TimeSpan.FromMinutes(1));
        Assert.Null(await scope.Desk.Find(zhou, code!, TestContext.Current.CancellationToken));
        await scope.Read.Refresh();
        var keys = await Count<Civic.Platform.Sealing.SubjectKey>(hele);
        await hele.Get<ImportSweep>().RunDue(TestInstallation.Hexi, TestContext.Current.CancellationToken);
        Assert.Equal((0, keys - 1), (await Count<LedgerUpload>(hele), await Count<Civic.Platform.Sealing.SubjectKey>(hele)));
    }

    /// <summary>A community of 2,860 households and 7,000 people is one act. What it takes on this machine stands in docs/measurements.md.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task AWholeCommunity_IsOneAct_AndCanBeTakenBack(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var ma = await hele.Viewer(TestPeople.Ma);
        GridSteps.Ok(await hele.Import(ma, "buildings", SheetTable.Of(["小区", "楼栋", "单元数"], Enumerable.Range(1, 40).Select(i => new[] { "柳荫路12号院", $"{i}号楼", "2" }))));
        var table = SheetTable.Of(ImportSteps.Households, ImportSteps.Many(2860, 7000, 40));
        var clock = Stopwatch.StartNew();
        var code = GridSteps.Ok(await hele.Import(ma, "households", table));
        var imported = clock.Elapsed;
        Assert.Equal((2860, 7000), (await Count<Household>(hele), await Count<HouseholdMember>(hele)));
        clock.Restart();
        GridSteps.Ok(await hele.UndoImport(ma, code));
        TestContext.Current.TestOutputHelper?.WriteLine($"{kind}: import {imported.TotalSeconds:F1} s, undo {clock.Elapsed.TotalSeconds:F1} s, peak {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MB");
        Assert.Equal((0, 0), (await Count<Household>(hele), await Count<HouseholdMember>(hele)));
    }
}
