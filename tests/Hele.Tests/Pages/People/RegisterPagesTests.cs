using Hele.Civic.People;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Sealing;
using Hele.TestKit;
using Hele.Tests.Platform;
using Hele.Tests.Sealing;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Hele.Tests.Pages.People;

/// <summary>The register's pages: entering, finding, correcting, guardianships, files, and everything that must not work.</summary>
public class RegisterPagesTests(TestHosts hosts) : IClassFixture<TestHosts>
{
    private static int _numbers;

    /// <summary>A number nobody else in this class's installation has.</summary>
    private static string NewNumber() => $"1377{Interlocked.Increment(ref _numbers):D7}";

    private static Task<Person> Row(TestHost host, string code) => host.Hele.Read(db => db.Set<Person>().SingleAsync(p => p.PublicCode == code));

    private static async Task<HtmlForm> NewForm(HttpClient browser, string name, string address, string phone) =>
        (await HtmlPage.Get(browser, "/people/new")).Form("main form").Fill("Input.Name", name).Fill("Input.Address", address).Fill("Input.Phone", phone);

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task New_FilledIn_IsRegisteredOnceHoweverOftenItIsSent(TestDatabase kind)
    {
        var host = await hosts.On(kind);
        var clerk = await host.As(TestPeople.Zhou);
        var number = NewNumber();
        var form = await NewForm(clerk, "呼延灼", "梁山路1号", number);
        var answer = await form.Submit();
        answer.ExpectRedirect("/people/*");
        Assert.Equal(answer.Location, (await form.Submit()).Location);
        var code = answer.Location!.Segments[^1];
        var person = await Row(host, code);
        Assert.Equal(("呼延灼", "梁山路1号", Civic.Kernel.Masking.Phone(number)), (person.Name, person.Address, person.PhoneMasked));
        Assert.Equal(["person.registered"], await host.Hele.Read(db => db.Set<JournalRow>().Where(j => j.RowId == person.Id).Select(j => j.Kind).ToListAsync()));
        var page = await answer.Follow();
        Assert.Contains("已登记", page.VisibleText);
        Assert.DoesNotContain(number, page.Source);
        Assert.Equal("梁山路1号", (await host.Hele.Read(db => db.Set<Person>().Where(p => p.Name == "呼延灼").ToListAsync())).Single().Address);

        // The same form with other content says so and keeps what was typed.
        var other = await form.Fill("Input.Name", "呼延丙").Submit();
        other.Expect(409);
        Assert.Equal("呼延丙", other.Form("main form")["Input.Name"]);
        Assert.Contains("已经提交过一次", other.VisibleText);
    }

    /// <summary>The day of birth is never asked for, is sealed like a ledger's, and can be added or put right later; a day that is none isn't left out silently.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task New_WithADayOfBirth_IsSealed_AndCanBePutRight(TestDatabase kind)
    {
        var host = await hosts.On(kind);
        var clerk = await host.As(TestPeople.Zhou);
        var name = "花荣" + Guid.NewGuid().ToString("N")[..6];
        var form = (await NewForm(clerk, name, "清风寨2号", "")).Fill("Input.BornOn", "2126-01-01");
        Assert.Contains("不能晚于今天", string.Join(' ', (await form.Submit()).Expect(400).Problems));
        var none = await form.Fill("Input.BornOn", "去年").Submit();
        Assert.NotEmpty(none.Expect(400).Problems);
        Assert.Equal(name, none.Form("main form")["Input.Name"]);
        var entered = await none.Form("main form").Fill("Input.BornOn", "1950-03-07").Submit();
        entered.ExpectRedirect("/people/*");
        var code = entered.Location!.Segments[^1];
        var person = await Row(host, code);
        Assert.Equal("1950-**-**", person.BornMasked);
        Assert.DoesNotContain("1950-03-07", System.Text.Encoding.UTF8.GetString(person.BornOnSealed!));
        var page = await entered.Follow();
        Assert.Contains("1950-**-**", page.Text("#held"));
        Assert.Contains("1950年3月7日", (await page.Form("birthday-form").Submit()).Text("#birthday"));

        // Corrected without it, it stays; with another, that is it.
        (await page.Form("#correct form").Fill("Correct.Address", "清风寨3号").Submit()).ExpectRedirect();
        Assert.Equal("1950-**-**", (await Row(host, code)).BornMasked);
        (await (await HtmlPage.Get(clerk, "/people/" + code)).Form("#correct form").Fill("Correct.BornOn", "1951-03-07").Submit()).ExpectRedirect();
        Assert.Contains("1951年3月7日", (await (await HtmlPage.Get(clerk, "/people/" + code)).Form("birthday-form").Submit()).Text("#birthday"));
        Assert.True((await host.Hele.Get<LogVerification>().Run()).IsGreen);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task New_WithWrongTyping_SaysEachFaultAndKeepsIt(TestDatabase kind)
    {
        var host = await hosts.On(kind);
        var answer = await (await NewForm(await host.As(TestPeople.Zhou), "", new string('长', 121), "abc")).Submit();
        answer.Expect(400);
        Assert.Equal(3, answer.Problems.Count);
        Assert.Equal("abc", answer.Form("main form")["Input.Phone"]);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task New_OfSomebodyWhoMayBeThere_NeedsASecondDeliberatePress(TestDatabase kind)
    {
        var host = await hosts.On(kind);
        var clerk = await host.As(TestPeople.Zhou);
        var number = NewNumber();
        var there = await SealingTests.Register(host.Hele, "西门庆", number);
        var id = (await Row(host, there)).Id;

        // By number: that it is hers is shown, and she gets to know.
        var shown = await (await NewForm(clerk, "西门小庆", "", number)).Submit();
        shown.Expect(409);
        Assert.Contains("号码相同", shown.Text("#same"));
        Assert.Contains(there, shown.Source);
        Assert.Equal([Way.SearchHit], await host.Hele.Read(db => db.Set<ViewRecord>().Where(r => r.SubjectId == id).Select(r => r.Way).ToListAsync()));
        // Pressed again without the tick, or ticked without having been shown whom: refused.
        (await shown.Form("main form").Submit()).Expect(409);
        (await shown.Form("main form").Check("Input.Anyway").Force("Input.Seen", "2222-3333-4444").Submit()).Expect(409);
        Assert.Equal(0, await host.Hele.Read(db => db.Set<Person>().CountAsync(p => p.Name == "西门小庆")));
        (await shown.Form("main form").Check("Input.Anyway").Submit()).ExpectRedirect("/people/*");
        Assert.Equal(1, await host.Hele.Read(db => db.Set<Person>().CountAsync(p => p.Name == "西门小庆")));

        // By name and address, with no number at all.
        var alike = await (await NewForm(clerk, "西门庆", "柳荫路12号院5号楼1单元301", "")).Submit();
        Assert.Contains("西门庆", alike.Expect(409).Text("#same"));
        // The ticked people are those shown: with another name somebody else has to be compared.
        await SealingTests.Register(host.Hele, "武大", null);
        (await alike.Form("main form").Fill("Input.Name", "武大").Check("Input.Anyway").Submit()).Expect(409);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task List_SearchedFilteredAndPaged_ShowsNoNumberAndLeavesNoRecord(TestDatabase kind)
    {
        await using var host = await TestHost.Start(kind);
        var clerk = await host.As(TestPeople.Zhou);
        for (var i = 0; i < 25; i++)
            await SealingTests.Register(host.Hele, $"皇甫{i:D2}", $"135000000{i:D2}");
        var first = await PageSteps.Find(clerk, "/people", "皇甫");
        Assert.Equal(20, first.Texts("main tbody tr").Count);
        Assert.Contains("共25人", first.VisibleText);
        var second = await first.Click("下一页");
        Assert.Equal(5, second.Texts("main tbody tr").Count);
        Assert.Empty(first.Texts("main tbody th").Intersect(second.Texts("main tbody th")));
        Assert.Equal(20, (await second.Click("上一页")).Texts("main tbody tr").Count);
        Assert.DoesNotContain("13500000003", first.Source + second.Source);
        Assert.Equal(TestPeople.All.Count(p => p.Role is not null), (await HtmlPage.Get(clerk, "/people?Shown=Staff")).Texts("main tbody tr").Count);
        Assert.Contains("没有符合条件的人", (await PageSteps.Find(clerk, "/people", "没有这个人%_'")).VisibleText);
        Assert.Empty((await HtmlPage.Get(clerk, "/people?Shown=Nonsense&after=x&before=y")).Texts(".problem"));
        // The other community's people are nobody here.
        Assert.Contains("没有符合条件的人", (await PageSteps.Find(await host.As(TestPeople.Zhou, TestInstallation.Other), "/people", "皇甫")).VisibleText);
        Assert.Equal(0, await host.Hele.Read(db => db.Set<ViewRecord>().CountAsync()));

        var nobody = await (await HtmlPage.Get(clerk, "/people")).Form("by-number").Fill("Number", "13999999999").Submit();
        Assert.Contains("没有人登记过这个号码", nobody.Expect(200).Text("#found"));
        (await (await HtmlPage.Get(clerk, "/people")).Form("by-number").Fill("Number", "12").Submit()).Expect(400);
        Assert.Equal(0, await host.Hele.Read(db => db.Set<ViewRecord>().CountAsync()));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Export_OfAListWithEvilNamesAndABrokenSeal_IsSafeWholeAndRecordedForEach(TestDatabase kind)
    {
        await using var host = await TestHost.Start(kind);
        var clerk = await host.As(TestPeople.Zhou);
        await host.Hele.Get<RegisterPerson>().Run(new Act { OperationId = Guid.NewGuid(), AccountId = SystemAccount.Id, JurisdictionId = TestInstallation.Hexi },
            new("=HYPERLINK(\"http://x\",\"看\")", "-1+1,\"院\"", null, null, false, null, null, null, "13500000001"));
        for (var i = 0; i < OpenPeoplePhones.PageSize + 5; i++)
            await SealingTests.Register(host.Hele, $"张{i}", $"136{i:D8}");
        var broken = await SealingTests.Register(host.Hele, "坏封", "13500000002");
        await new BehindTheBack(host.Hele).One("""UPDATE "People" SET "PhoneSealed" = @p0 WHERE "PublicCode" = @p1""", new byte[] { 1, 2, 3 }, broken);

        var refused = await (await HtmlPage.Get(clerk, "/people/export")).Form("main form").Fill("Input.Reason", " ").Submit();
        Assert.Contains("请写明用途", string.Join(' ', refused.Expect(400).Problems));
        Assert.Equal(0, await host.Hele.Read(db => db.Set<ViewRecord>().CountAsync()));

        var before = await host.Hele.Read(db => db.Set<Civic.Platform.Journal.AcceptedOperation>().CountAsync(o => o.Operation == "seal.open"));
        var file = await (await HtmlPage.Get(clerk, "/people/export?Shown=Residents")).Form("main form").Fill("Input.Reason", "通知停水").Submit("csv");
        Assert.StartsWith("attachment; filename=\"hele-people-2026-10-30.csv\"", (await Raw(clerk)).Disposition);
        using var reader = new StringReader(file.Expect(200).Source.TrimStart('\uFEFF'));
        var rows = Civic.Kernel.Csv.Rows(reader);
        // The residents of the installation, one with a formula, the many, the broken one.
        Assert.Equal(2 + 1 + OpenPeoplePhones.PageSize + 5 + 1, rows.Count);
        Assert.Equal(rows.Count, rows.Select(r => r["编码"]).Distinct().Count());
        var evil = rows.Single(r => r["电话号码"] == "13500000001");
        Assert.Equal(("'=HYPERLINK(\"http://x\",\"看\")", "'-1+1,\"院\""), (evil["姓名"], evil["住址"]));
        Assert.Equal("密封已损坏，打不开", rows.Single(r => r["姓名"] == "坏封")["电话号码"]);
        // One act a page, one record for each who has a number.
        Assert.Equal(before + 4, await host.Hele.Read(db => db.Set<Civic.Platform.Journal.AcceptedOperation>().CountAsync(o => o.Operation == "seal.open")));
        Assert.Equal(2 * (OpenPeoplePhones.PageSize + 7), await host.Hele.Read(db => db.Set<ViewRecord>().CountAsync(r => r.Way == Way.Export && r.Reason == "通知停水")));

        async Task<(string Disposition, int Length)> Raw(HttpClient browser)
        {
            var form = await HtmlPage.Get(browser, "/people/export?Shown=Residents");
            using var request = new HttpRequestMessage(HttpMethod.Post, "/people/export?Shown=Residents")
            {
                Content = new FormUrlEncodedContent([new("__RequestVerificationToken", form.Form("main form")["__RequestVerificationToken"]!), new("Input.Reason", "通知停水")]),
            };
            using var answer = await browser.SendAsync(request, TestContext.Current.CancellationToken);
            return (answer.Content.Headers.ContentDisposition!.ToString(), (await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Length);
        }
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Entry_CorrectedWithWrongAndRightTyping_KeepsItThenSavesIt(TestDatabase kind)
    {
        var host = await hosts.On(kind);
        var clerk = await host.As(TestPeople.Zhou);
        var code = await SealingTests.Register(host.Hele, "鲁智深", NewNumber());
        var wrong = await (await HtmlPage.Get(clerk, "/people/" + code)).Form("#correct form").Fill("Correct.Name", "鲁达").Fill("Correct.Phone", "99").Submit();
        wrong.Expect(400);
        Assert.Equal("鲁达", wrong.Form("#correct form")["Correct.Name"]);
        Assert.True(wrong.Has("#correct[open]"));
        var number = NewNumber();
        (await wrong.Form("#correct form").Fill("Correct.Phone", number).Submit()).ExpectRedirect("/people/" + code);
        Assert.Equal(("鲁达", Civic.Kernel.Masking.Phone(number)), ((await Row(host, code)).Name, (await Row(host, code)).PhoneMasked));
        (await (await HtmlPage.Get(clerk, "/people/" + code)).Form("#correct form").Check("Correct.NoPhone").Submit()).ExpectRedirect();
        Assert.Null((await Row(host, code)).PhoneSealed);

        // A grid worker sees the entry and has no forms; a post made up is refused like a missing page.
        var grid = await host.As(TestPeople.Zhao);
        var seen = await HtmlPage.Get(grid, "/people/" + code);
        Assert.False(seen.Has("#correct") || seen.Has("#guard"));
        using var forged = new HttpRequestMessage(HttpMethod.Post, $"/people/{code}?handler=Correct")
        {
            Content = new FormUrlEncodedContent([new("__RequestVerificationToken", seen.Document.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!), new("op", Guid.NewGuid().ToString()), new("Correct.Name", "改了"), new("Code", code)]),
        };
        using var answer = await grid.SendAsync(forged, TestContext.Current.CancellationToken);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("鲁达", (await Row(host, code)).Name);
        // The other community's clerk finds nobody.
        await HtmlPage.Get(await host.As(TestPeople.Zhou, TestInstallation.Other), "/people/" + code, 404);
        await HtmlPage.Get(clerk, "/people/nonsense", 404);
        // A resident's own entry is a page of theirs; another's is missing.
        var liu = await host.Hele.Viewer(TestPeople.Liu);
        var own = await host.Hele.Read(db => db.Set<Person>().Where(p => p.Id == liu.PersonId).Select(p => p.PublicCode).SingleAsync());
        (await HtmlPage.Get(await host.As(TestPeople.Liu), "/people/" + own, 302)).ExpectRedirect("/account/data");
        await HtmlPage.Get(await host.As(TestPeople.Liu), "/people/" + code, 404);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Guardianship_RegisteredAndEndedOnThePage_WithItsRefusals(TestDatabase kind)
    {
        var host = await hosts.On(kind);
        var clerk = await host.As(TestPeople.Zhou);
        var ward = await SealingTests.Register(host.Hele, "宋小宝", null);
        var one = await SealingTests.Register(host.Hele, "宋江同名", null);
        var two = await SealingTests.Register(host.Hele, "宋江同名", null);
        var form = (await HtmlPage.Get(clerk, "/people/" + ward)).Form("#guard form");
        Assert.Contains("请选择谁是监护人", string.Join(' ', (await form.Fill("Guard.Other", "宋江同名").Submit()).Expect(400).Problems));
        Assert.Contains("没有这个人", string.Join(' ', (await form.Fill("Guard.Side", "ward").Fill("Guard.Other", "没有此人").Submit()).Expect(400).Problems));
        var several = await form.Fill("Guard.Other", "宋江同名").Fill("Guard.Basis", "父亲，已看户口簿").Submit();
        Assert.Contains("请填编码", string.Join(' ', several.Expect(400).Problems));
        Assert.Contains(one, several.Text("#same-name"));
        Assert.Equal("父亲，已看户口簿", several.Form("#guard form")["Guard.Basis"]);
        Assert.Contains("不能是同一人", string.Join(' ', (await form.Fill("Guard.Other", ward).Submit()).Expect(400).Problems));
        (await several.Form("#guard form").Fill("Guard.Other", two.ToLowerInvariant()).Submit()).ExpectRedirect("/people/" + ward);
        (await several.Form("#guard form").Force("op", Guid.NewGuid().ToString()).Fill("Guard.Other", two).Submit()).Expect(409);
        var guardianship = await host.Hele.Read(db => db.Set<Guardianship>().SingleAsync(g => db.Set<Person>().Any(p => p.Id == g.WardId && p.PublicCode == ward)));
        Assert.Null(guardianship.To);
        var ended = await (await HtmlPage.Get(clerk, "/people/" + two)).Form("#guardianships td form").Submit();
        ended.ExpectRedirect("/people/" + two);
        Assert.NotNull(await host.Hele.Read(db => db.Set<Guardianship>().Where(g => g.Id == guardianship.Id).Select(g => g.To).SingleAsync()));
        Assert.False((await ended.Follow()).Has("#guardianships td form"));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Left_RegisteredOnThePage_SaysUntilWhenItIsKept(TestDatabase kind)
    {
        var host = await hosts.On(kind);
        var clerk = await host.As(TestPeople.Zhou);
        var code = await SealingTests.Register(host.Hele, "林冲", null);
        var wrong = await (await HtmlPage.Get(clerk, "/people/" + code)).Form("#left form").Fill("Left.On", "2026-12-01").Submit();
        Assert.Contains("不能晚于今天", string.Join(' ', wrong.Expect(400).Problems));
        (await wrong.Form("#left form").Fill("Left.On", "2026-10-01").Submit()).ExpectRedirect();
        Assert.Contains("登记保存到2028年10月1日", (await HtmlPage.Get(clerk, "/people/" + code)).Text("#held"));
        Assert.Contains("林冲", (await HtmlPage.Get(clerk, "/people?Shown=Gone")).VisibleText);
        (await (await HtmlPage.Get(clerk, "/people/" + code)).Form("#left form").Submit()).ExpectRedirect();
        Assert.Null((await Row(host, code)).LeftOn);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Card_OfAPersonWithSpecialCharacters_IsEscapedAndFolded(TestDatabase kind)
    {
        var host = await hosts.On(kind);
        var number = NewNumber();
        var outcome = await host.Hele.Get<RegisterPerson>().Run(new Act { OperationId = Guid.NewGuid(), AccountId = SystemAccount.Id, JurisdictionId = TestInstallation.Hexi },
            new("甲;乙,丙\\丁", string.Concat(Enumerable.Repeat("很长的地址，", 15)), null, null, false, null, null, null, number));
        using var answer = await (await host.As(TestPeople.Ma)).GetAsync($"/people/{outcome.Code}/contact.vcf", TestContext.Current.CancellationToken);
        Assert.Equal("text/vcard; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
        var card = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("FN:甲\\;乙\\,丙\\\\丁\r\n", card);
        Assert.Contains($"TEL;TYPE=CELL:{number}\r\n", card);
        Assert.All(card.Split("\r\n"), line => Assert.True(System.Text.Encoding.UTF8.GetByteCount(line) <= 75, line));
        Assert.Equal(card, card.Replace("\r\n", "\n").Replace("\n", "\r\n"));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task CallSheet_WithoutAnybodyOrAPurpose_IsRefusedAndForeignCodesAreNobody(TestDatabase kind)
    {
        var host = await hosts.On(kind);
        var clerk = await host.As(TestPeople.Zhou);
        var (number, foreign) = (NewNumber(), NewNumber());
        var code = await SealingTests.Register(host.Hele, "花荣", number);
        var elsewhere = await SealingTests.Register(host.Hele, "别家花荣", foreign, TestInstallation.Other);
        (await HtmlPage.Get(clerk, "/people/call-sheet", 302)).ExpectRedirect("/people");
        var list = await PageSteps.Find(clerk, "/people", code);
        Assert.Contains("请先勾选", (await list.Form("people").Submit()).Expect(400).VisibleText);
        var asked = await list.Form("people").Check("Codes", value: code).Submit();
        Assert.Contains("花荣", asked.Expect(200).Text("#chosen"));
        Assert.DoesNotContain(number, asked.Source);
        Assert.Contains("请写明用途", string.Join(' ', (await asked.Form("main form").Submit()).Expect(400).Problems));
        var sheet = await asked.Form("main form").Force("Codes", elsewhere).Fill("Input.Reason", "通知停水").Submit();
        Assert.DoesNotContain(foreign, sheet.Source);
        Assert.Contains(number, (await asked.Form("main form").Fill("Input.Reason", "通知停水").Submit()).Expect(200).Source);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Retention_Page_CountsOpenTheirRecordsAndPurgedOnesAreSaid(TestDatabase kind)
    {
        await using var host = await TestHost.Start(kind);
        var zhou = await host.Hele.Viewer(TestPeople.Zhou);
        var code = await SealingTests.Register(host.Hele, "阮小二", "13500000009");
        Assert.True((await host.Hele.Get<PersonLeft>().Run(zhou, zhou.Act(PeopleAccess.Correct, Guid.NewGuid()), new(code, new DateOnly(2026, 10, 1)))).Accepted);
        host.Hele.Clock.MoveTo(Civic.Kernel.China.At(new DateOnly(2028, 9, 1)));
        var secretary = await host.SignIn(TestPeople.Ma);
        var rows = await HtmlPage.Get(secretary, "/retention?table=People");
        Assert.Contains(code, rows.Text("#rows"));
        Assert.Contains("2028年10月1日", rows.Text("#rows"));
        Assert.DoesNotContain("阮小二", rows.VisibleText);
        Assert.Contains("阮小二", (await rows.Click(code)).VisibleText);
        host.Hele.Clock.MoveTo(Civic.Kernel.China.At(new DateOnly(2028, 10, 2)));
        await host.Hele.Get<Hele.Web.Hosting.Housekeeping>().Once(TestContext.Current.CancellationToken);
        var supervisor = await host.SignIn(TestPeople.Feng);
        var after = await HtmlPage.Get(supervisor, "/retention");
        Assert.Contains("保存期满", after.Text("#purged"));
        var erasure = await host.Hele.Read(db => db.Set<Erasure>().Select(e => e.PublicCode).SingleAsync());
        Assert.Contains(code, (await HtmlPage.Get(supervisor, "/retention?erasure=" + erasure)).Text("#emptied"));
        Assert.Empty((await HtmlPage.Get(supervisor, "/retention?table=Journal&erasure=x")).Texts("#rows"));
        await HtmlPage.Get(await host.SignIn(TestPeople.Zhao), "/retention", 404);
        await HtmlPage.Get(await host.SignIn(TestPeople.Zhou), "/people/" + code, 404);
        (await host.Hele.Verify()).AssertGreen();
    }
}
