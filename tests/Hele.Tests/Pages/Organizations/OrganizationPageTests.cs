using Hele.Civic.Kernel;
using Hele.Civic.Organizations;
using Hele.Civic.Platform.Journal;
using Hele.TestKit;
using Hele.Tests.Grids;
using Hele.Tests.Organizations;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Hele.Tests.Pages.Organizations;

/// <summary>From a grid without a branch to one with its secretary, as the secretary, the clerk and a visitor.</summary>
public class OrganizationPageTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Branch_FoundedFromTheGap_ClosesIt_AndItsSecretaryIsPublic(TestDatabase kind)
    {
        await using var host = await TestHost.Start(kind);
        var (ma, zhou, liu, visitor) = (await host.SignIn(TestPeople.Ma), await host.SignIn(TestPeople.Zhou), await host.SignIn(TestPeople.Liu), host.Browser());
        var (one, _, _, _) = await OrganizationTests.Ground(host.Hele, await host.Hele.Viewer(TestPeople.Ma));
        await host.Hele.Somebody("任新华");
        Assert.Contains("还没有登记社区党委", (await HtmlPage.Get(visitor, "/party")).VisibleText);
        await host.Hele.Body(await host.Hele.Viewer(TestPeople.Ma), BodyKind.PartyCommittee, "河西社区党委");

        var tree = await HtmlPage.Get(ma, "/party");
        Assert.Contains("还没有党支部的网格（2个）", tree.Text("#faults"));
        var link = tree.Document.QuerySelectorAll("#faults a").Single(a => a.TextContent.Contains("在第一网格成立党支部", StringComparison.Ordinal)).GetAttribute("href")!;
        var refused = await (await HtmlPage.Get(ma, link)).Form("main form.form").Fill("Input.Name", "第一网格党支部").Fill("Input.Members", "2").Submit();
        Assert.Contains("成立党支部要有正式党员3人以上", refused.Expect(400).VisibleText);
        Assert.Equal("第一网格党支部", refused.Form("main form.form")["Input.Name"]);
        var made = await refused.Form("main form.form").Fill("Input.Members", "9").Fill("Input.Speciality", "周末理发").Submit();
        var manage = made.ExpectRedirect("/bodies/*").Location!.AbsolutePath;
        Assert.EndsWith("/manage", manage, StringComparison.Ordinal);
        var page = await made.Follow();
        Assert.Contains("支部书记", page.Text("#take"));
        var missing = await page.Form("#take form").Fill("Take.Seat", "Head").Fill("Take.How", "Elected").Fill("Take.Name", "没有这个人").Submit();
        Assert.Contains("从人员登记里选一个人", missing.Expect(400).VisibleText);
        (await missing.Form("#take form").Fill("Take.Name", "任新华").Submit()).ExpectRedirect(manage);
        var body = manage[..^"/manage".Length];

        foreach (var reader in new[] { visitor, liu })
        {
            var shown = await HtmlPage.Get(reader, "/party");
            Assert.Contains("还没有党支部的网格（1个）", shown.Text("#faults"));
            Assert.Contains("任新华", shown.VisibleText);
            Assert.DoesNotContain("成立党支部", shown.VisibleText);
            Assert.Contains("任新华", (await HtmlPage.Get(reader, body)).VisibleText);
            // No count of members, no way into the register.
            Assert.DoesNotContain("/people/", (await HtmlPage.Get(reader, body)).Source);
        }
        // The clerk sees everything and registers nothing of the Party.
        Assert.DoesNotContain("登记任职和变动", (await HtmlPage.Get(zhou, body)).VisibleText);
        await HtmlPage.Get(zhou, manage, 404);
        Assert.Contains("/people/", (await HtmlPage.Get(zhou, body)).Source);

        // Leaving needs a cause and a reason; then the office is empty, and the roll remembers.
        var left = await (await HtmlPage.Get(ma, manage)).Form("#leave form").Submit();
        Assert.Equal(3, left.Expect(400).Problems.Count);
        var code = (await host.Hele.Read(db => db.Set<Seat>().SingleAsync())).PublicCode;
        (await left.Form("#leave form").Fill("Leave.Seat", code).Fill("Leave.Why", "Resigned").Fill("Leave.Reason", "书面辞职。").Submit()).ExpectRedirect(manage);
        // The last day counts.
        Assert.Contains("离任", (await HtmlPage.Get(visitor, body)).VisibleText);
        host.Hele.Clock.MoveTo(host.Hele.Clock.Now().AddDays(1));
        Assert.DoesNotContain("任新华", (await HtmlPage.Get(visitor, body)).VisibleText + (await HtmlPage.Get(visitor, "/party")).VisibleText);
        Assert.Contains("辞职", (await HtmlPage.Get(await host.SignIn(TestPeople.Ma), body)).VisibleText);
        Assert.Equal(["seat.taken", "seat.ended"], await host.Hele.Read(db => db.Set<JournalRow>().Where(r => r.RowTable == "Seats").OrderBy(r => r.LeafIndex).Select(r => r.Kind).ToListAsync()));

        await HtmlPage.Get(host.Browser(place: TestInstallation.Other), body, 404);
        Assert.Contains("第一网格党支部", (await HtmlPage.Get(visitor, "/bodies")).VisibleText);
        Assert.Contains(GridSteps.Ok((await host.Hele.Establish(await host.Hele.Viewer(TestPeople.Zhou), BodyKind.BuildingLeads, "楼栋长"))), (await HtmlPage.Get(await host.SignIn(TestPeople.Zhou), "/bodies")).Source);
    }

    [Fact]
    public async Task Figure_OpensTheBodiesBehindIt_AndMyDataShowsTheSeat()
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite);
        var ma = await host.Hele.Viewer(TestPeople.Ma);
        var code = await host.Hele.Body(ma, BodyKind.ResidentsCommittee, "河西社区居民委员会");
        GridSteps.Ok(await host.Hele.Sit(ma, code, SeatKind.Head, await host.Hele.CodeOf(TestPeople.Liu)));
        var page = await HtmlPage.Get(await host.SignIn(TestPeople.Ma), "/figures/seats.held?period=2026-10");
        Assert.Equal("/bodies/" + code, page.Document.QuerySelector("#records th a")!.GetAttribute("href"));
        Assert.Contains("居民委员会 · 主任", (await HtmlPage.Get(await host.SignIn(TestPeople.Liu), "/account/data")).VisibleText);
    }
}
