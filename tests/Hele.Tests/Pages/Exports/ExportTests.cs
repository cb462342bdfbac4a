using System.Globalization;
using System.IO.Compression;
using Hele.Civic.People;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Exports;
using Hele.Civic.Platform.Imports;
using Hele.Civic.Platform.Journal;
using Hele.TestKit;
using Hele.Tests.Appeals;
using Hele.Tests.Disclosures;
using Hele.Tests.Feedback;
using Hele.Tests.Grids;
using Hele.Tests.Organizations;
using Hele.Tests.Platform;
using Hele.Tests.Platform.Imports;
using Hele.Tests.Sealing;
using Hele.Tests.Thanks;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Hele.Tests.Pages.Exports;

/// <summary>Lists as Excel files: the same rows as the page, nothing that is a formula, for nobody who can't see the list, and with a record where they are about people.</summary>
public class ExportTests(TestHosts hosts) : IClassFixture<TestHosts>
{
    private const string Why = "街道要本月的办理情况";

    private sealed record Download(string Name, byte[] Bytes)
    {
        public IReadOnlyList<Sheet> Sheets
        {
            get
            {
                var (file, problem) = SheetReader.Read(Bytes, "x.xlsx");
                Assert.Null(problem);
                return file!.Sheets;
            }
        }

        public IReadOnlyList<string> Headings => Sheets[0].Rows[0].Cells;
        public IReadOnlyList<IReadOnlyList<string>> Rows => [.. Sheets[0].Rows.Skip(1).Select(r => r.Cells)];

        /// <summary>What the second sheet says under this name.</summary>
        public string? About(string label) => Sheets[1].Rows.Where(r => r.Cells[0] == label).Select(r => r.Cells[1]).SingleOrDefault();

        public string Xml
        {
            get
            {
                using var archive = new ZipArchive(new MemoryStream(Bytes));
                using var reader = new StreamReader(archive.GetEntry("xl/worksheets/sheet1.xml")!.Open());
                return reader.ReadToEnd();
            }
        }
    }

    /// <summary>Fetches a list's file the way its button leads: at once, or over the page that asks what for.</summary>
    private static async Task<Download> Fetch(HttpClient browser, string path, string? why = Why)
    {
        using var first = await browser.GetAsync(path, TestContext.Current.CancellationToken);
        if (first.Content.Headers.ContentType?.MediaType != "text/html")
            return await Of(first);
        var form = (await HtmlPage.Get(browser, path)).Form("main form");
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent([new("__RequestVerificationToken", form["__RequestVerificationToken"]!), new("Input.Reason", why ?? ""), new("Format", "xlsx")]),
        };
        using var answer = await browser.SendAsync(request, TestContext.Current.CancellationToken);
        return await Of(answer);

        static async Task<Download> Of(HttpResponseMessage answer)
        {
            Assert.True(answer.IsSuccessStatusCode, $"{answer.RequestMessage!.RequestUri}: {answer.StatusCode}");
            Assert.Equal("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", answer.Content.Headers.ContentType!.MediaType);
            return new(answer.Content.Headers.ContentDisposition!.FileNameStar ?? answer.Content.Headers.ContentDisposition.FileName!, await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        }
    }

    private static string Button(HtmlPage page) => page.One(".export a").GetAttribute("href")!;

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ComplaintsAboutConduct_AreInTheSupervisorsFileOnly(TestDatabase kind)
    {
        await using var host = await TestHost.Start(kind);
        var liu = await host.Hele.Viewer(TestPeople.Liu);
        await host.Hele.FileAppeal(liu, "夜里太吵", "noise");
        var code = await host.Hele.FileConduct(liu, TestPeople.Zhou);
        foreach (var (person, rows) in new[] { (TestPeople.Zhou, 1), (TestPeople.Ma, 1), (TestPeople.Zhao, 1), (TestPeople.Feng, 2) })
        {
            var browser = await host.As(person);
            var file = await Fetch(browser, "/appeals/export");
            Assert.Equal((rows, person == TestPeople.Feng), (file.Rows.Count, file.Rows.Any(r => r.Contains(code))));
            Assert.Equal(person == TestPeople.Feng ? 1 : 0, (await Fetch(browser, "/appeals/export?Kind=conduct")).Rows.Count);
            var counted = await Fetch(browser, "/figures/appeals.filed/records.xlsx?period=2026");
            Assert.Equal((2, "只计数，不列出"), (counted.Rows.Count, counted.Rows.Select(r => r[0]).Single(c => c.Length != code.Length)));
        }
        Assert.Empty((await Fetch(host.Browser(), "/appeals/public.xlsx")).Rows);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Appeals_AsTheListIsNarrowed_WithWhoAndWhyInTheFileAndInTheLog(TestDatabase kind)
    {
        await using var host = await TestHost.Start(kind);
        var liu = await host.Hele.Viewer(TestPeople.Liu);
        foreach (var title in new[] { "=1+1看灯", "@看灯", "\t看灯", "-看灯" })
            await host.Hele.FileAppeal(liu, title);
        for (var i = 0; i < 22; i++)
            await host.Hele.FileAppeal(liu, $"第{i}盏灯", "facilities");
        await host.Hele.FileAppeal(liu, "夜里太吵", "noise");
        var zhou = await host.As(TestPeople.Zhou);

        var page = await HtmlPage.Get(zhou, "/appeals?Kind=facilities");
        var file = await Fetch(zhou, Button(page));
        // The whole list, not its first page of twenty.
        Assert.Equal(26, file.Rows.Count);
        Assert.DoesNotContain(file.Rows, r => r.Contains("夜里太吵"));
        foreach (var row in page.Texts("tbody tr th a"))
            Assert.Contains(file.Rows, r => r[1] == row);
        Assert.Contains(file.Rows, r => r[1] == "=1+1看灯");
        // A text cell, marked as one that was typed as text; no formula anywhere.
        Assert.DoesNotMatch("<(x:)?f[ >]", file.Xml);
        Assert.Matches("s=\"3\" t=\"inlineStr\"><is><t xml:space=\"preserve\">=1\\+1看灯", file.Xml);
        var filed = file.Headings.ToList().IndexOf("提交");
        Assert.All(file.Rows, r => Assert.Equal("2026-10-30", r[filed]));
        Assert.EndsWith("_2026-10-30.xlsx", file.Name, StringComparison.Ordinal);
        Assert.StartsWith("诉求_", file.Name, StringComparison.Ordinal);
        Assert.Equal(("26", Why, "周丽华（社区工作者）"), (file.About("行数"), file.About("用途"), file.About("由谁导出")));
        Assert.NotNull(file.About("条件：类别"));

        // By words: nothing else, and the words stand in the file and in no address and no record.
        var found = await PageSteps.Find(zhou, "/appeals", "太吵");
        var quiet = await Fetch(zhou, Button(found));
        Assert.Equal("夜里太吵", Assert.Single(quiet.Rows)[1]);
        Assert.DoesNotContain("太吵", Uri.UnescapeDataString(Button(found)), StringComparison.Ordinal);
        Assert.Equal("太吵", quiet.About("条件：找"));

        var records = await host.Hele.Read(db => db.Set<ListExport>().OrderBy(e => e.Rows).ToListAsync());
        Assert.Equal([("appeals", "Search", 1), ("appeals", "Kind=facilities", 26)], records.Select(r => (r.List, r.Filter, r.Rows)));
        Assert.All(await host.Hele.Read(db => db.Set<JournalRow>().Where(j => j.RowTable == "ListExports").Select(j => j.Reason).ToListAsync()), reason => Assert.Equal(Why, reason));

        // Without a purpose nothing leaves and nothing is recorded; what was chosen stays.
        var refused = (await (await HtmlPage.Get(zhou, "/appeals/export?Kind=facilities")).Form("main form").Fill("Input.Reason", " ").Submit()).Expect(400);
        Assert.Contains("请写明用途", string.Join(' ', refused.Problems), StringComparison.Ordinal);
        Assert.Equal(2, await host.Hele.Read(db => db.Set<ListExport>().CountAsync()));

        // The secretary and the supervisors see what left; who can't see a list gets no file of it, and another community's people none of this one's rows.
        var history = await HtmlPage.Get(await host.As(TestPeople.Feng), "/exports");
        Assert.Contains(Why, history.VisibleText, StringComparison.Ordinal);
        await HtmlPage.Get(zhou, "/exports", 404);
        await HtmlPage.Get(await host.As(TestPeople.Liu), "/appeals/export", 404);
        await HtmlPage.Get(await host.As(TestPeople.He), "/appeals/export", 404);
        Assert.Empty((await Fetch(await host.As(TestPeople.Zhou, TestInstallation.Other), "/appeals/export")).Rows);
        Assert.False((await HtmlPage.Get(await host.As(TestPeople.Zhou, TestInstallation.Other), "/appeals")).Has(".export"));
        (await host.Hele.Verify()).AssertGreen();
    }

    /// <summary>Each list on its page and in its file: as many rows, and in each row of the page what the file's row begins with.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task EveryList_HoldsInItsFileTheRowsOfItsPage(TestDatabase kind)
    {
        await using var host = await TestHost.Start(kind);
        var hele = host.Hele;
        var (liu, ma, zhou, zhao) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Ma), await hele.Viewer(TestPeople.Zhou), await hele.Viewer(TestPeople.Zhao));
        var appeal = await hele.FileAppeal(liu, "水泵坏了");
        await hele.FileAppeal(liu, "灯不亮");
        await hele.Accept(zhao, appeal);
        Assert.True((await hele.Publish(ma, appeal, "水泵坏了")).Accepted);
        await hele.ReferUp(zhao, appeal);
        var compound = await hele.Compound(ma, "柳荫路12号院");
        var house = await hele.Building(ma, compound, "3号楼");
        await hele.Building(ma, compound, "4号楼");
        Assert.True((await hele.MoveIn(zhou, house, "302", await hele.PersonCode(TestPeople.Liu))).Accepted);
        foreach (var honour in new[] { "先进社区", "文明社区" })
            Assert.True((await HonourTests.Record(hele, ma, honour)).Accepted);
        Assert.True((await hele.PublishThanks(ma, (await hele.Give(liu)).Code!, "楼道灯当天就换好了。")).Accepted);
        foreach (var who in new[] { TestPeople.Zhao, TestPeople.Zhou })
            Assert.True((await hele.Away(ma, await hele.PersonCode(who), new(2026, 11, 2), new(2026, 11, 3))).Accepted);
        foreach (var disclosed in new[] { "小游园改造意见征集结果", "楼道清理办法" })
            await hele.Up(typed: DisclosureSteps.Other(disclosed));
        var note = (await hele.Say(liu)).Code!;
        Assert.True((await hele.Say(liu, "第二条")).Accepted);
        Assert.True((await hele.Reply(ma, note)).Accepted);
        foreach (var what in new[] { DataRequestKind.Explanation, DataRequestKind.Correction })
            Assert.True((await hele.Get<AskAboutData>().Run(liu, liu.Act(PeopleAccess.OwnData, Guid.NewGuid()), new(await hele.PersonCode(TestPeople.Liu), what, "改地址"))).Accepted);
        var emergency = await hele.OpenInEmergency(zhao, await SealingTests.Register(hele, "鲁智深", "13900000001"));
        Assert.True(emergency.Accepted);
        Assert.True((await hele.Get<ImportLedger>().Run(zhou, zhou.Act(ImportAccess.Import, Guid.NewGuid()), new("people", SheetTable.Of(["姓名", "电话"], [["导入人", "13900000002"]])))).Accepted);

        var (clerk, supervisor, secretary, street) = (await host.As(TestPeople.Zhou), await host.As(TestPeople.Feng), await host.As(TestPeople.Ma), await host.As(TestPeople.Tang, TestInstallation.Street));
        await Same(clerk, "/appeals", "tbody tr", 1);
        await Same(street, "/referrals", "tbody tr", 0);
        await Same(secretary, "/posts", "#waiting tbody tr, #held tbody tr, #over tbody tr", 0);
        await Same(clerk, "/buildings?Compound=" + compound, "table:has(th[scope=row] a[href^='/buildings/']) tbody tr:has(td + td + td + td)", 1);
        await Same(clerk, "/buildings/" + house, "#households tbody tr", 3);
        await Same(clerk, "/data-requests", "article.card, tbody tr", 1);
        await Same(supervisor, "/break-glass", "#review tbody tr, #reviewed tbody tr", 0);
        await Same(secretary, "/feedback", "#to-answer tbody tr", 0, "#to-answer .export a");
        await Same(secretary, "/feedback", "section ~ div.table-wrap tbody tr, main > .table-wrap tbody tr", 0, "a[href^='/feedback/list.xlsx']");
        await Same(clerk, "/imports", "#history tbody tr", 0);
        await Same(secretary, "/retention", "#plan tbody tr", 0);
        await Same(clerk, "/figures/appeals.filed?period=2026", "#records tbody tr", 0);
        await Same(clerk, "/report?period=2026", ".basis tbody tr", 0);
        await Same(clerk, "/appeals/public", "table:has(th[scope=row] a[href^='/appeals/public/']) tbody tr", 0);
        await Same(clerk, "/people", "tbody tr", 1);
        await Same(clerk, "/honours", "tbody tr", 0);
        await Same(clerk, "/thanks/records", "tbody tr", 0);
        await Same(clerk, "/thanks", "tbody tr", 0, "a[href^='/thanks/list.xlsx']");
        await Same(clerk, "/board", "tbody tr", 0);
        await Same(clerk, "/disclosures", "tbody tr", 0);
        await Same(clerk, "/absences", "tbody tr", 0);
        await Same(secretary, "/exports", "tbody tr", 0);
        // Households of all buildings that the list shows.
        Assert.Equal("302", Assert.Single((await Fetch(clerk, "/buildings/households?Compound=" + compound)).Rows)[3]);
        // Rules stand in several tables of one page.
        var rules = await Fetch(clerk, Button(await HtmlPage.Get(clerk, "/rules")));
        Assert.Equal((await HtmlPage.Get(clerk, "/rules")).Texts("section.rules:not(#refusals):not(#telling):not(#methods) tbody tr").Count, rules.Rows.Count);

        // A figure's file says for which period, and which checkpoint covers it.
        var figure = await Fetch(clerk, "/figures/appeals.filed/records.xlsx?period=2026");
        Assert.Equal("2", figure.About("数值"));
        Assert.StartsWith("日志第 ", figure.About("校验点"), StringComparison.Ordinal);
        (await hele.Verify()).AssertGreen();

        async Task Same(HttpClient browser, string path, string rows, int column, string? button = null)
        {
            var page = await HtmlPage.Get(browser, path);
            var file = await Fetch(browser, button is null ? Button(page) : page.One(button).GetAttribute("href")!);
            var shown = page.Texts(rows);
            Assert.True(shown.Count > 0, path);
            Assert.True(shown.Count == file.Rows.Count, $"{path}: {shown.Count} rows on the page, {file.Rows.Count} in the file");
            foreach (var row in file.Rows.Where(r => column < r.Count))
            {
                var first = DateOnly.TryParseExact(row[column], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? $"{day.Year}年{day.Month}月{day.Day}日" : row[column];
                Assert.True(shown.Any(s => s.Contains(first, StringComparison.Ordinal)), $"{path}: {first}");
            }
        }
    }

    [Fact]
    public async Task People_AsExcel_LeavesTheLookAtEachNumberAndTheExport()
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite);
        await SealingTests.Register(host.Hele, "鲁智深", "13900000001");
        var zhou = await host.As(TestPeople.Zhou);
        var file = await Fetch(zhou, Button(await HtmlPage.Get(zhou, "/people?Shown=Residents")));
        Assert.Contains(file.Rows, r => r[1] == "鲁智深" && r[3] == "13900000001");
        var look = Assert.Single(await host.Hele.Read(db => db.Set<Civic.Platform.Sealing.ViewRecord>().ToListAsync()));
        Assert.Equal((Civic.Platform.Sealing.Way.Export, Why), (look.Way, look.Reason));
        var export = Assert.Single(await host.Hele.Read(db => db.Set<ListExport>().ToListAsync()));
        Assert.Equal(("people", "Shown=Residents", file.Rows.Count), (export.List, export.Filter, export.Rows));
        Assert.False((await HtmlPage.Get(await host.As(TestPeople.Zhao), "/people")).Has(".export"));
    }

    [Fact]
    public async Task ALateReader_InEnglish_GetsEnglishHeadings_AndAHouseOfTheOtherCommunityIsMissing()
    {
        var host = await hosts.On(TestDatabase.Sqlite);
        var ma = await host.Hele.Viewer(TestPeople.Ma);
        var house = await host.Hele.House(ma);
        var english = await host.SignIn(TestPeople.Ma, language: "en");
        var file = await Fetch(english, "/buildings/list.xlsx");
        Assert.Equal("Building", file.Headings[1]);
        Assert.StartsWith("Buildings", file.Name, StringComparison.Ordinal);
        await HtmlPage.Get(await host.As(TestPeople.Ma, TestInstallation.Other), $"/buildings/{house}/export", 404);
        // A supervisor sees buildings, and not who lives there.
        await HtmlPage.Get(await host.As(TestPeople.Feng), $"/buildings/{house}/export", 404);
    }
}
