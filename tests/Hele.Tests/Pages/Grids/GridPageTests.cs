using System.Text.Json;
using Hele.TestKit;
using Hele.Tests.Grids;
using Hele.Web.Pages.Grids;
using MiniExcelLibs;
using Xunit;

namespace Hele.Tests.Pages.Grids;

/// <summary>Buildings, grids and households as the committee enters them and everybody else sees them.</summary>
public class GridPageTests(TestHosts hosts) : IClassFixture<TestHosts>
{
    private static string New(string what) => what + Guid.NewGuid().ToString("N")[..6];

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task FromNothing_CompoundBuildingGridAndHousehold_ByTheFormsAlone(TestDatabase kind)
    {
        await using var host = await TestHost.Start(kind);
        var ma = await host.As(TestPeople.Ma);
        Assert.Contains("先登记小区", (await HtmlPage.Get(ma, GridLinks.Buildings)).VisibleText, StringComparison.Ordinal);
        Assert.Contains("请先登记它", (await HtmlPage.Get(ma, GridLinks.NewBuilding)).VisibleText, StringComparison.Ordinal);
        var building = await (await (await HtmlPage.Get(ma, GridLinks.NewCompound)).Form("main form").Fill("Input.Name", "柳荫路12号院").Fill("Input.Kind", "Old").Submit()).ExpectRedirect("/buildings/new?compound=*").Follow();
        var house = await (await building.Form("main form").Fill("Input.Name", "3号楼").Fill("Input.Floors", "6").Fill("Input.Entrances", "3").Fill("Input.Position", GridSteps.At(50, 50)).Submit()).ExpectRedirect("/buildings/*").Follow();
        Assert.Contains("1单元、2单元、3单元", house.VisibleText, StringComparison.Ordinal);
        Assert.Contains("没有网格", house.VisibleText, StringComparison.Ordinal);

        // What was typed stays when the outline crosses itself.
        var draw = (await HtmlPage.Get(ma, GridLinks.NewGrid)).Form("main form").Fill("Input.Name", "第一网格").Fill("Input.Kind", "Comprehensive").Fill("Input.DutyPhone", "0372-5550101");
        var crossed = (await draw.Fill("Input.Outline", "114.3 36.1, 114.301 36.101, 114.301 36.1, 114.3 36.101").Submit()).Expect(400);
        Assert.Contains("自己交叉", crossed.Problems[0], StringComparison.Ordinal);
        Assert.Equal("第一网格", crossed.Form("main form")["Input.Name"]);
        var grid = await (await crossed.Form("main form").Fill("Input.Outline", GridSteps.Square(0, 0)).Submit()).ExpectRedirect("/grids/*").Follow();
        var assign = await HtmlPage.Get(ma, GridLinks.Assign);
        Assert.Contains("划入第一网格", assign.VisibleText, StringComparison.Ordinal);
        var map = await (await assign.Form("main form").Submit()).ExpectRedirect("/grids").Follow();
        Assert.Contains("已把1栋楼划入所在的网格", map.VisibleText, StringComparison.Ordinal);
        Assert.Contains("没有重叠", map.Text("#faults"), StringComparison.Ordinal);
        Assert.Contains("柳荫路12号院3号楼", (await HtmlPage.Get(ma, grid.Url.PathAndQuery)).VisibleText, StringComparison.Ordinal);

        // Moving in: a name that fits one person is that person.
        var zhou = await host.As(TestPeople.Zhou);
        var form = (await HtmlPage.Get(zhou, house.Url.PathAndQuery)).Form("#move-in form").Fill("In.Entrance", "2单元").Fill("In.Room", "302").Fill("In.Role", "Head");
        Assert.Contains("请选择是谁", (await form.Fill("In.Name", "没有这个人").Submit()).Expect(400).VisibleText, StringComparison.Ordinal);
        var moved = await (await form.Fill("In.Name", "陈静").Submit()).ExpectRedirect().Follow();
        Assert.Contains("2单元302", moved.Text("#households"), StringComparison.Ordinal);
        Assert.Contains("陈静", moved.Text("#households"), StringComparison.Ordinal);
        var out1 = await (await moved.Form("#move-out form").Submit()).ExpectRedirect().Follow();
        Assert.DoesNotContain("陈静", out1.Text("#households"), StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Map_ForAnybody_ShowsGridsAndNobodysHousehold(TestDatabase kind)
    {
        var host = await hosts.On(kind);
        var ma = await host.Hele.Viewer(TestPeople.Ma);
        var (name, place) = (New("网格"), New("院"));
        var compound = await host.Hele.Compound(ma, place);
        var building = await host.Hele.Building(ma, compound, "1号楼", GridSteps.At(1050, 1050));
        var grid = await host.Hele.Grid(ma, name, GridSteps.Square(1000, 1000));
        GridSteps.Ok(await host.Hele.Assign(ma, grid, building));
        GridSteps.Ok(await host.Hele.MoveIn(await host.Hele.Viewer(TestPeople.Zhou), building, "302", await host.Hele.PersonCode(TestPeople.Liu)));

        var anybody = host.Browser();
        var map = await HtmlPage.Get(anybody, GridLinks.Map);
        Assert.Contains(name, map.Text("svg.map-drawing"), StringComparison.Ordinal);
        Assert.Contains("0372-5550101", map.VisibleText, StringComparison.Ordinal);
        var page = await HtmlPage.Get(anybody, GridLinks.Grid(grid));
        Assert.Contains(place + "1号楼", page.VisibleText, StringComparison.Ordinal);
        foreach (var shown in new[] { map, page })
        {
            Assert.DoesNotContain("户数", shown.VisibleText, StringComparison.Ordinal);
            Assert.DoesNotContain("刘大勇", shown.Source, StringComparison.Ordinal);
            Assert.DoesNotContain(GridLinks.Building(building), shown.Source, StringComparison.Ordinal);
        }
        var json = JsonDocument.Parse(await anybody.GetStringAsync("/map.json", TestContext.Current.CancellationToken)).RootElement;
        var dot = json.GetProperty("buildings").EnumerateArray().Single(b => b.GetProperty("name").GetString() == place + "1号楼");
        Assert.Equal(JsonValueKind.Null, dot.GetProperty("href").ValueKind);
        Assert.Equal(5, json.GetProperty("grids").EnumerateArray().Single(g => g.GetProperty("name").GetString() == name).GetProperty("ring").GetArrayLength());
        // The other community's map knows nothing of it.
        var elsewhere = host.Browser(place: TestInstallation.Other);
        Assert.DoesNotContain(name, await elsewhere.GetStringAsync("/map.json", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await HtmlPage.Get(elsewhere, GridLinks.Grid(grid), 404);
    }

    [Fact]
    public async Task House_ForASupervisor_ShowsThePlaceAndNobodyInIt()
    {
        var host = await hosts.On(TestDatabase.Sqlite);
        var zhou = await host.Hele.Viewer(TestPeople.Zhou);
        var building = await host.Hele.Building(zhou, await host.Hele.Compound(zhou, New("院")), "1号楼");
        GridSteps.Ok(await host.Hele.MoveIn(zhou, building, "101", await host.Hele.PersonCode(TestPeople.Chen), leavesOther: true));
        var page = await HtmlPage.Get(await host.As(TestPeople.Feng), GridLinks.Building(building));
        Assert.DoesNotContain("陈静", page.Source, StringComparison.Ordinal);
        Assert.False(page.Has("#households"));
        Assert.False(page.Has("#move-in"));
    }

    [Fact]
    public async Task Buildings_SearchedAndFiltered_ShowWhatFits()
    {
        var host = await hosts.On(TestDatabase.Sqlite);
        var ma = await host.Hele.Viewer(TestPeople.Ma);
        var name = New("找");
        var compound = await host.Hele.Compound(ma, name);
        var (one, two) = (await host.Hele.Building(ma, compound, "1号楼"), await host.Hele.Building(ma, compound, "2号楼"));
        var browser = await host.As(TestPeople.Ma);
        var found = await PageSteps.Find(browser, GridLinks.Buildings, name + "1号");
        Assert.True(found.Has($"a[href='{GridLinks.Building(one)}']"));
        Assert.False(found.Has($"a[href='{GridLinks.Building(two)}']"));
        var free = await HtmlPage.Get(browser, $"/buildings?Grid=none&Compound={compound}");
        Assert.True(free.Has($"a[href='{GridLinks.Building(one)}']") && free.Has($"a[href='{GridLinks.Building(two)}']"));
        Assert.Contains("没有符合条件的楼栋", (await PageSteps.Find(browser, GridLinks.Buildings, "没有这栋楼")).VisibleText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Buildings_AsAFile_HoldTheRowsOfThePage_AndNoFormula()
    {
        var host = await hosts.On(TestDatabase.Sqlite);
        var ma = await host.Hele.Viewer(TestPeople.Ma);
        var compound = await host.Hele.Compound(ma, New("=1+1"));
        await host.Hele.Building(ma, compound, "-2号楼", GridSteps.At(10, 10));
        await host.Hele.Building(ma, compound, "3号楼");
        var browser = await host.As(TestPeople.Ma);
        var page = await HtmlPage.Get(browser, $"/buildings?Compound={compound}");
        var bytes = await browser.GetByteArrayAsync(page.One(".export a").GetAttribute("href"), TestContext.Current.CancellationToken);
        var rows = new MemoryStream(bytes).Query(useHeaderRow: true).Cast<IDictionary<string, object?>>().ToList();
        Assert.Equal(["-2号楼", "3号楼"], rows.Select(r => r["楼栋"]));
        Assert.StartsWith("=1+1", (string)rows[0]["小区"]!, StringComparison.Ordinal);
        Assert.Equal((6.0, 2.0), ((double)rows[0]["层数"]!, (double)rows[0]["单元"]!));
        Assert.Null(rows[1]["经度"]);
        using var archive = new System.IO.Compression.ZipArchive(new MemoryStream(bytes));
        using var sheet = new StreamReader(archive.Entries.Single(e => e.FullName.EndsWith("sheet1.xml", StringComparison.Ordinal)).Open());
        Assert.DoesNotMatch("<(x:)?f>", await sheet.ReadToEndAsync(TestContext.Current.CancellationToken));
        await HtmlPage.Get(await host.As(TestPeople.Liu), "/buildings/list.xlsx", 404);
    }
}
