using Hele.Civic.Disclosures;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Sealing;
using Hele.TestKit;
using Hele.Tests.Disclosures;
using Hele.Tests.Figures;
using Hele.Tests.Grids;
using Hele.Web.Hosting;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Hele.Tests.Pages.Disclosures;

/// <summary>The pages of the board: written at the desk, checked by the supervisor, read and objected to by anybody, and without a name the day after.</summary>
public sealed class DisclosurePageTests
{
    [Fact]
    public async Task FromTheDeskToTheBoard_EachStepOnItsPage_WithTypedTextKept()
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite);
        var (zhou, feng, visitor) = (await host.SignIn(TestPeople.Zhou), await host.SignIn(TestPeople.Feng), host.Browser());
        Assert.Contains("现在没有正在公开的内容", (await HtmlPage.Get(visitor, "/board")).VisibleText);
        var page = await HtmlPage.Get(zhou, "/disclosures/new?kind=office-fund");
        // What is wrong is said beside its field, and nothing typed is lost.
        var refused = await page.Form("main form.form").Fill("Input.Form.Title", "第三季度办公经费收支").Fill("Input.Form.Head[opening]", "一千五").Fill("Input.Form.Lines", "2026-07-05 | 拨付 | 一万").Submit();
        var again = refused.Expect(400);
        Assert.Contains("请填金额", again.VisibleText);
        Assert.Contains("第1行的“收入（元）”看不懂", again.VisibleText);
        Assert.Equal("一千五", again.Document.QuerySelector("[name='Input.Form.Head[opening]']")!.GetAttribute("value"));
        var sent = await again.Form("main form.form").Fill("Input.Form.Head[opening]", "1500").Fill("Input.Form.Lines", "2026-07-05 | 街道拨付办公经费 | 12000\n2026-08-11 | 打印纸 | | 318.5").Submit();
        var path = sent.ExpectRedirect("/disclosures/*").Location!.AbsolutePath;
        var code = path.Split('/')[^1];
        await HtmlPage.Get(visitor, "/board/" + code, 404);

        Assert.False((await HtmlPage.Get(zhou, path)).Has("#check"));
        Assert.Contains("/disclosures/" + code, (await HtmlPage.Get(feng, "/")).Source);
        (await (await HtmlPage.Get(feng, path)).Form("#check form").Submit()).ExpectRedirect(path);
        var publish = await HtmlPage.Get(zhou, path);
        Assert.Contains("不能更短", publish.Text("#publish"));
        var early = (await publish.Form("#publish form").Fill("Publish.To", "2026-11-10").Submit()).Expect(400);
        Assert.Contains("公开不得少于15日", early.VisibleText);
        (await early.Form("#publish form").Fill("Publish.To", "2026-11-16").Submit()).ExpectRedirect(path);

        // Its own words, not those of the public list of matters: "handled in public" and "work on disclosures" are two things.
        Assert.Equal("居务公开办理", (await HtmlPage.Get(zhou, "/disclosures")).Text("h1"));
        Assert.Equal("Work on disclosures", (await HtmlPage.Get(await host.SignIn(TestPeople.Zhou, language: "en"), "/disclosures")).Text("h1"));
        var board = await HtmlPage.Get(visitor, "/board");
        Assert.Contains("第三季度办公经费收支", board.VisibleText);
        var shown = await HtmlPage.Get(visitor, "/board/" + code);
        foreach (var text in new[] { "2026-001", "12,000.00", "318.50", "期末结余：13,181.50元", "还有18天", TestPeople.Feng.PostTitle!, "第34条" })
            Assert.Contains(text, shown.VisibleText);
        Assert.Empty(shown.Document.QuerySelectorAll("meta[name=robots]"));
        Assert.Contains("data:image/svg", (await HtmlPage.Get(visitor, $"/board/{code}/sheet")).Source);
        using var proof = await visitor.GetAsync($"/board/{code}/proof", TestContext.Current.CancellationToken);
        Assert.Contains("打印纸", await proof.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

        // Objected without signing in, answered in public, corrected in sight.
        var objected = await shown.Form("#object form").Fill("Input.Text", "打印纸写多了").Submit();
        Assert.Contains("异议已收到", (await HtmlPage.Get(visitor, objected.ExpectRedirect("/board/*").Location!.PathAndQuery)).VisibleText);
        Assert.DoesNotContain("打印纸写多了", (await HtmlPage.Get(visitor, "/board/" + code)).VisibleText);
        var desk = await HtmlPage.Get(zhou, path);
        Assert.Contains("打印纸写多了", desk.Text("#objections"));
        (await desk.Form("#objections form").Fill("Answer.Asked", "打印纸的金额对不对。").Fill("Answer.Answer", "查过，写错了一位，更正。").Check("Answer.IsRight").Submit()).ExpectRedirect();
        (await (await HtmlPage.Get(zhou, path)).Form("#propose form").Fill("Edit.Form.Lines", "2026-07-05 | 街道拨付办公经费 | 12000\n2026-08-11 | 打印纸 | | 138.5").Fill("Edit.Form.Reason", "打印纸的金额写错了。").Submit()).ExpectRedirect(path);
        (await (await HtmlPage.Get(feng, path)).Form("#correction form").Submit()).ExpectRedirect(path);
        var corrected = await HtmlPage.Get(visitor, "/board/" + code);
        Assert.Contains("打印纸的金额写错了。", corrected.VisibleText);
        Assert.Contains("318.50", corrected.Text("del"));
        Assert.Contains("138.50", corrected.Text("#content"));
        Assert.Contains("打印纸的金额对不对。", corrected.Text("#objections"));
    }

    [Fact]
    public async Task SomebodyElseWasFaster_IsSaidWithWhoAndWhat_AndTheTextStays()
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite);
        var (zhou, ma) = (await host.SignIn(TestPeople.Zhou), await host.SignIn(TestPeople.Ma));
        var code = GridSteps.Ok(await host.Hele.Write(await host.Hele.Viewer(TestPeople.Zhou)));
        var (first, second) = (await HtmlPage.Get(zhou, "/disclosures/" + code), await HtmlPage.Get(ma, "/disclosures/" + code));
        (await first.Form("#edit form").Fill("Edit.Form.Head[text]", "收到意见25条。").Submit()).ExpectRedirect();
        var told = (await second.Form("#edit form").Fill("Edit.Form.Head[text]", "收到意见30条。").Submit()).Expect(409);
        Assert.Contains(TestPeople.Zhou.PostTitle!, told.Text(".summary"));
        Assert.Contains("修改后再送核对", told.Text(".summary"));
        Assert.Contains("收到意见30条。", told.Document.QuerySelector("#edit textarea[name='Edit.Form.Head[text]']")!.TextContent);
        Assert.Contains("收到意见25条。", told.Text("main"));
        // Having seen it, the second one may.
        (await told.Form("#edit form").Submit()).ExpectRedirect();
    }

    [Fact]
    public async Task Posting_IsKeptByNoSearchEngine_AndTheDayAfterNoPageHoldsAName()
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite);
        var hele = host.Hele;
        var (zhou, feng, liu, visitor) = (await host.SignIn(TestPeople.Zhou), await host.SignIn(TestPeople.Feng), await host.SignIn(TestPeople.Liu), host.Browser());
        var code = await hele.Up("low-income");
        var path = "/board/" + code;
        using (var answer = await visitor.GetAsync(path, TestContext.Current.CancellationToken))
        {
            Assert.Contains("noindex", answer.Headers.GetValues("X-Robots-Tag").Single());
            Assert.True(answer.Headers.CacheControl!.NoStore);
        }
        var shown = await HtmlPage.Get(visitor, path);
        Assert.Contains(DisclosureSteps.Name, shown.Text("#content"));
        Assert.Contains("noindex", shown.Document.QuerySelector("meta[name=robots]")!.GetAttribute("content"));
        Assert.Contains(DisclosureSteps.Name, (await HtmlPage.Get(visitor, path + "/sheet")).VisibleText);
        Assert.DoesNotContain(DisclosureSteps.Name, (await HtmlPage.Get(visitor, "/board")).Source);
        foreach (var client in new[] { visitor, liu, zhou })
            await HtmlPage.Get(client, path + "/proof", 404);

        hele.MoveTo(2026, 11, 7, 0);
        var (staff, head) = (await host.SignIn(TestPeople.Zhou), await host.SignIn(TestPeople.Feng));
        foreach (var client in new[] { visitor, staff, head })
        {
            foreach (var page in new[] { path, "/board", "/board?Past=true", "/board?Past=true&Kind=low-income", "/board/catalogue", "/" })
                Assert.DoesNotContain(DisclosureSteps.Name, (await HtmlPage.Get(client, page)).Source);
            Assert.Contains("没有找到", (await HtmlPage.Get(client, "/board" + host.Search(DisclosureSteps.Name))).VisibleText);
            Assert.Contains("这里公示过“低保初审意见公示”", (await HtmlPage.Get(client, path)).VisibleText);
            await HtmlPage.Get(client, path + "/sheet", 404);
        }
        await host.Hele.Get<Housekeeping>().Once(TestContext.Current.CancellationToken);
        Assert.Equal(DisclosureState.Archived, (await hele.Disclosed(code)).State);

        // From the archive with a purpose, which is recorded; then the page shows it once.
        var archive = await HtmlPage.Get(head, "/disclosures/" + code);
        Assert.DoesNotContain(DisclosureSteps.Name, archive.Source);
        Assert.Contains("请写明为什么查看", (await archive.Form("#open form").Submit()).Expect(400).VisibleText);
        var opened = (await archive.Form("#open form").Fill("Open.Why", "街道来函查询").Submit()).Expect(200);
        Assert.Contains(DisclosureSteps.Name, opened.VisibleText);
        Assert.Equal("街道来函查询", await hele.Read(db => db.Set<ViewRecord>().Select(v => v.Reason).SingleAsync()));
        Assert.DoesNotContain(DisclosureSteps.Name, (await HtmlPage.Get(head, "/disclosures/" + code)).Source);
        Assert.False((await HtmlPage.Get(staff, "/disclosures/" + code)).Has("#open"));
    }

    [Fact]
    public async Task Catalogue_SaysWhatIsDueAndWhatMustNeverBe_ToEverybody()
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite);
        var visitor = host.Browser();
        host.Hele.MoveTo(2027, 1, 20);
        await host.Hele.KeepDisclosures();
        var page = await HtmlPage.Get(visitor, "/board/catalogue");
        Assert.Contains("每3个月", page.Text("#office-fund"));
        Assert.Contains("至少15日", page.Text("#office-fund"));
        Assert.Contains("已超期", page.Text("#office-fund"));
        Assert.Contains("申请人姓名、家庭成员数量、保障金额", page.Text("#low-income"));
        Assert.Contains("不宜设置公示环节", page.Text("#never"));
        Assert.DoesNotContain("写这一类", page.VisibleText);
        var zhou = await host.SignIn(TestPeople.Zhou);
        var item = (await HtmlPage.Get(zhou, "/board/catalogue")).Document.QuerySelector("#office-fund a[href^='/disclosures/new']")!.GetAttribute("href")!;
        Assert.Equal("2026-Q4", (await HtmlPage.Get(zhou, item)).Document.QuerySelector("[name='Input.Covers'] option[selected]")!.GetAttribute("value"));
        var duty = await host.Hele.Read(db => db.Set<DisclosureDuty>().Where(d => d.Kind == "office-fund").Select(d => d.PublicCode).SingleAsync());
        Assert.Contains("还没有写", (await HtmlPage.Get(zhou, "/disclosures/due/" + duty)).VisibleText);
    }
}
