using System.Text;
using Hele.Civic.Grids;
using Hele.Civic.People;
using Hele.Civic.Platform.Imports;
using Hele.TestKit;
using Hele.Tests.Grids;
using Hele.Tests.Platform.Imports;
using Hele.Web.Pages.Imports;
using Microsoft.EntityFrameworkCore;
using MiniExcelLibs;
using Xunit;

namespace Hele.Tests.Pages.Imports;

/// <summary>A ledger by the forms alone: upload, what the columns are, what becomes of each row, the import, and taking it back.</summary>
public class ImportPageTests(TestHosts hosts) : IClassFixture<TestHosts>
{
    private static readonly string[] Headings = ["序号", "楼号", "单元", "门牌", "姓名", "与户主关系", "手机", "身份证号", "户籍"];

    private static async Task<HtmlPage> Upload(HttpClient client, byte[] bytes, string ledger = "households", string name = "户册2026.xlsx") =>
        await (await HtmlPage.Get(client, ImportLinks.New)).Form("main form").Fill("Input.Ledger", ledger).Attach("Input.File", name, bytes).Submit();

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task FromFileToUndo_ByTheFormsAlone(TestDatabase kind)
    {
        await using var host = await TestHost.Start(kind);
        var viewer = await host.Hele.Viewer(TestPeople.Zhou);
        var house = await host.Hele.House(viewer);
        var zhou = await host.As(TestPeople.Zhou);
        Assert.Contains("还没有导入过台账", (await HtmlPage.Get(zhou, "/imports")).VisibleText, StringComparison.Ordinal);
        var number = SheetFiles.Identity("19560305", 121);
        var columns = await (await Upload(zhou, SheetFiles.Table(Headings, ["1", "3号楼", "2单元", "501", "王秀英", "户主", "13800000001", number, "本地"], ["2", "3号楼", "2单元", "501", "李大力", "配偶", "138000", "", "本地"]))).ExpectRedirect("/import-files/*").Follow();
        // The samples show what is there, and no number whole.
        Assert.Contains("3号楼", columns.VisibleText, StringComparison.Ordinal);
        Assert.DoesNotContain(number, columns.Source, StringComparison.Ordinal);
        Assert.DoesNotContain("13800000001", columns.Source, StringComparison.Ordinal);
        Assert.Equal(("", "building", "name", "", "room"), (columns.Form("form[action$=Columns]")["Column.0"], columns.Form("form[action$=Columns]")["Column.1"], columns.Form("form[action$=Columns]")["Column.4"], columns.Form("form[action$=Columns]")["Column.8"], columns.Form("form[action$=Columns]")["Column.3"]));
        // Without a column that is needed it says which.
        var missing = (await columns.Form("form[action$=Columns]").Fill("Column.4", "").Submit()).Expect(400);
        Assert.Contains("还没有指明哪一列是“姓名”", missing.VisibleText, StringComparison.Ordinal);
        Assert.Equal("building", missing.Form("form[action$=Columns]")["Column.1"]);
        var wrong = await (await missing.Form("form[action$=Columns]").Fill("Column.4", "name").Submit()).ExpectRedirect().Follow();
        Assert.Contains("有1行不对，还不能导入", wrong.VisibleText, StringComparison.Ordinal);
        Assert.Contains("电话号码“138000”：手机应是11位", wrong.Text("#rows"), StringComparison.Ordinal);
        Assert.Contains("这些列不导入：序号、户籍", wrong.VisibleText, StringComparison.Ordinal);
        Assert.False(wrong.Has("form[action$=Import]"));
        // The file back, with what is wrong beside each row, and whole, so that it can be put right.
        using (var answer = await zhou.GetAsync(wrong.One("a[href$='remarks.xlsx']").GetAttribute("href"), TestContext.Current.CancellationToken))
        {
            Assert.Contains(Uri.EscapeDataString("户册2026（带说明）"), answer.Content.Headers.ContentDisposition!.ToString(), StringComparison.Ordinal);
            Assert.True(answer.Headers.CacheControl!.NoStore);
            var rows = new MemoryStream(await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Query(useHeaderRow: true).Cast<IDictionary<string, object?>>().ToList();
            Assert.Equal((number, 2.0, "新登记"), ((string)rows[0]["身份证号"]!, (double)rows[0]["原来的行号"]!, (string)rows[0]["会怎样"]!));
            Assert.Contains("手机应是11位", (string)rows[1]["说明"]!, StringComparison.Ordinal);
        }
        Assert.Equal(0, await host.Hele.Read(db => db.Set<LedgerImport>().CountAsync()));

        // Put right and sent again: the mapping is as it was left last time.
        var again = await (await Upload(zhou, SheetFiles.Table(Headings, ["1", "3号楼", "2单元", "501", "王秀英", "户主", "13800000001", number, "本地"], ["2", "3号楼", "2单元", "501", "李大力", "配偶", "13800000002", "", "本地"]))).ExpectRedirect().Follow();
        Assert.Contains("照上次的选好", again.VisibleText, StringComparison.Ordinal);
        var preview = await (await again.Form("form[action$=Columns]").Submit()).ExpectRedirect().Follow();
        Assert.Contains("全部导入（新登记2行，有变化0行）", preview.VisibleText, StringComparison.Ordinal);
        var done = await (await preview.Form("form[action$=Import]").Submit()).ExpectRedirect("/imports/*").Follow();
        Assert.Contains("已全部导入", done.VisibleText, StringComparison.Ordinal);
        Assert.Contains("2单元501", (await HtmlPage.Get(zhou, "/buildings/" + house)).Text("#households"), StringComparison.Ordinal);
        // The file is gone with the import: its page leads to what came of it, for whoever pressed twice too.
        Assert.Equal(1, await host.Hele.Read(db => db.Set<LedgerUpload>().CountAsync()));
        (await preview.Form("form[action$=Import]").Submit()).ExpectRedirect(done.Url.AbsolutePath);
        var list = await HtmlPage.Get(await host.As(TestPeople.Ma), "/imports");
        Assert.Contains("户册2026.xlsx", list.Text("#history"), StringComparison.Ordinal);
        // Her other upload is hers alone.
        Assert.False(list.Has("#waiting"));
        Assert.True((await HtmlPage.Get(zhou, "/imports")).Has("#waiting"));

        var asked = (await done.Form("#undo form").Submit()).Expect(400);
        Assert.Contains("请写明为什么撤销", asked.Problems[0], StringComparison.Ordinal);
        var undone = await (await asked.Form("#undo form").Fill("Input.Reason", "导错了社区").Submit()).ExpectRedirect().Follow();
        Assert.Contains("周丽华：导错了社区", undone.VisibleText, StringComparison.Ordinal);
        Assert.False(undone.Has("#undo"));
        Assert.Equal(0, await host.Hele.Read(db => db.Set<Household>().CountAsync()));
    }

    [Fact]
    public async Task Files_ThatCannotBeRead_AreRefusedOnThePage_AndTheChoiceStays()
    {
        var host = await hosts.On(TestDatabase.Sqlite);
        var zhou = await host.As(TestPeople.Zhou);
        foreach (var (name, bytes, words) in new (string, byte[], string)[]
        {
            ("户册.xls", SheetFiles.Container("Workbook"), "另存为”，类型选“Excel工作簿"), ("户册.xlsx", SheetFiles.Container("EncryptedPackage"), "设了打开密码"),
            ("户册.xlsm", SheetFiles.Table(["姓名"]), "带宏的文件"), ("户册.pdf", Encoding.ASCII.GetBytes("%PDF-1.7"), "不是表格文件"), ("户册.xlsx", [], "是空的"),
            ("户册.xlsx", SheetFiles.Bomb(), "解开后太大"), ("户册.xlsx", new byte[SheetReader.MostBytes + 1], "文件最大8MB"),
        })
        {
            var page = (await Upload(zhou, bytes, name: name)).Expect(400);
            Assert.Contains(words, page.Problems.Single(), StringComparison.Ordinal);
            Assert.Equal("households", page.Form("main form")["Input.Ledger"]);
        }
        var nothing = (await (await HtmlPage.Get(zhou, ImportLinks.New)).Form("main form").Submit()).Expect(400);
        Assert.Equal(2, nothing.Problems.Count);
    }

    [Fact]
    public async Task Questions_AreAnsweredOneByOne_BeforeAnythingIsImported()
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite);
        var zhou = await host.As(TestPeople.Zhou);
        var columns = await (await Upload(zhou, SheetFiles.Table(["姓名", "电话"], ["刘大勇", "13800000001"], ["陈静", "13800000002"], ["王秀英", ""]), "people")).ExpectRedirect().Follow();
        var page = await (await columns.Form("form[action$=Columns]").Submit()).ExpectRedirect().Follow();
        Assert.False(page.Has("form[action$=Import]"));
        var liu = await host.Hele.PersonCode(TestPeople.Liu);
        page = await (await page.Form("#questions form").Fill("Answer.2", liu).Submit()).ExpectRedirect().Follow();
        Assert.DoesNotContain("Answer.2", page.Form("#questions form").FieldNames);
        page = await (await page.Form("#questions form").Fill("Answer.3", LedgerContext.ANewOne).Submit()).ExpectRedirect().Follow();
        Assert.Contains("全部导入（新登记2行，有变化1行）", page.VisibleText, StringComparison.Ordinal);
        (await page.Form("form[action$=Import]").Submit()).ExpectRedirect("/imports/*");
        Assert.Equal(("138****0001", 2), await host.Hele.Read(async db => ((await db.Set<Person>().SingleAsync(p => p.Name == "刘大勇")).PhoneMasked!, await db.Set<Person>().CountAsync(p => p.Name == "陈静"))));
    }

    [Fact]
    public async Task APreview_OfARegisterThatMoved_IsShownAnew_AndNothingIsWritten()
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite);
        var zhou = await host.As(TestPeople.Zhou);
        var columns = await (await Upload(zhou, SheetFiles.Table(["姓名", "住址"], ["王秀英", "柳荫路12号院3号楼2单元501"]), "people")).ExpectRedirect().Follow();
        var preview = await (await columns.Form("form[action$=Columns]").Submit()).ExpectRedirect().Follow();
        var viewer = await host.Hele.Viewer(TestPeople.Ma);
        GridSteps.Ok(await host.Hele.Import(viewer, "people", SheetTable.Of(["姓名", "住址"], ["王秀英", "柳荫路12号院3号楼2单元501"])));
        var moved = await (await preview.Form("form[action$=Import]").Submit()).ExpectRedirect("/import-files/*").Follow(409);
        Assert.Contains("登记册有了变化", moved.VisibleText, StringComparison.Ordinal);
        Assert.Contains("是不是同一个人", moved.VisibleText, StringComparison.Ordinal);
        Assert.Equal(1, await host.Hele.Read(db => db.Set<LedgerImport>().CountAsync()));
    }

    [Fact]
    public async Task Sheets_AndHeadings_CanBeChosen_AndAFileGivenUp()
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite);
        var zhou = await host.As(TestPeople.Zhou);
        var bytes = SheetFiles.Xlsx(new SheetFiles.Part("说明", SheetFiles.Row(1, SheetFiles.T("A1", "怎么填"), SheetFiles.T("B1", "看这里"))), new SheetFiles.Part("代码", SheetFiles.Row(1, SheetFiles.T("A1", "x")), State: "hidden"),
            new SheetFiles.Part("人员", SheetFiles.Row(1, SheetFiles.T("A1", "姓名"), SheetFiles.T("B1", "电话")) + SheetFiles.Row(2, SheetFiles.T("A2", "王秀英"))));
        var page = await (await Upload(zhou, bytes, "people")).ExpectRedirect().Follow();
        // The sheet that looks like the ledger was taken by itself.
        Assert.Contains("工作表“人员”", page.VisibleText, StringComparison.Ordinal);
        Assert.Contains("隐藏的工作表没有读：代码", page.VisibleText, StringComparison.Ordinal);
        page = await (await page.Form("#sheet form").Fill("Sheet", "说明").Submit()).ExpectRedirect().Follow();
        Assert.Contains("标题行下面没有数据", page.VisibleText, StringComparison.Ordinal);
        page = await (await page.Form("#sheet form").Fill("Sheet", "人员").Fill("Heading", "2").Submit()).ExpectRedirect().Follow();
        Assert.Contains("标题行下面没有数据", page.VisibleText, StringComparison.Ordinal);
        var gone = await (await page.Form("form[action$=Discard]").Submit()).ExpectRedirect("/imports").Follow();
        Assert.Contains("什么也没有导入", gone.VisibleText, StringComparison.Ordinal);
        await HtmlPage.Get(zhou, page.Url.AbsolutePath, 404);
        Assert.Equal(0, await host.Hele.Read(db => db.Set<LedgerUpload>().CountAsync()));
    }

    [Fact]
    public async Task Templates_AreWhatTheImportTakes()
    {
        var host = await hosts.On(TestDatabase.Sqlite);
        var zhou = await host.As(TestPeople.Zhou);
        foreach (var kind in Civic.Modules.All.Ledgers)
        {
            var (file, _) = SheetReader.Read(await zhou.GetByteArrayAsync(ImportLinks.Template(kind), TestContext.Current.CancellationToken), "t.xlsx");
            Assert.Equal(kind.Columns.Select(c => c.Code), kind.Guess(file!.Sheets[0].Rows[0].Cells));
        }
        Assert.False((await HtmlPage.Get(await host.As(TestPeople.Liu), "/")).Has("a[href='/imports']"));
    }
}
