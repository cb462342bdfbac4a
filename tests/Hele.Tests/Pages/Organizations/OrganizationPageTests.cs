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

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task TeamOnTheGridsPage_SaysWhoToTurnTo_AndTheCardCarriesWhatIsPublic(TestDatabase kind)
    {
        await using var host = await TestHost.Start(kind);
        var (ma, zhou, visitor) = (await host.Hele.Viewer(TestPeople.Ma), await host.SignIn(TestPeople.Zhou), host.Browser());
        var (one, _, _, _) = await OrganizationTests.Ground(host.Hele, ma);
        Assert.Contains("还没有", (await HtmlPage.Get(visitor, "/grids/" + one)).Text(".facts"));
        var team = await host.Hele.Body(ma, BodyKind.ServiceTeam, "第一网格服务团队", [one]);
        var cadre = GridSteps.Ok(await host.Hele.Sit(ma, team, SeatKind.Cadre, await host.Hele.CodeOf(TestPeople.Zhao)));
        GridSteps.Ok(await host.Hele.Sit(ma, team, SeatKind.Volunteer, await host.Hele.CodeOf(TestPeople.Chen)));
        // Duties are shared out on the body's page.
        var manage = await HtmlPage.Get(zhou, $"/bodies/{team}/manage");
        var refused = await manage.Form("#share form").Submit();
        Assert.Contains("请选择给谁分工", refused.Expect(400).VisibleText);
        (await refused.Form("#share form").Fill("Share.Seat", cadre).Check("Share.Duties", value: "help").Fill("Share.Skill", "care").Submit()).ExpectRedirect("/bodies/" + team);

        var page = await HtmlPage.Get(visitor, "/grids/" + one);
        Assert.Contains("赵敏", page.Text("#team"));
        Assert.Contains("困难帮扶", page.Text(".team"));
        Assert.Contains("陪护老人", page.Text(".team"));
        Assert.DoesNotContain("陈静", page.VisibleText);
        Assert.Contains("姓名不公开", page.Text("#team"));
        Assert.Equal(4, page.Document.QuerySelectorAll(".member.vacant").Length);
        Assert.Contains("赵敏（社区干部）", page.Text("#team table"));
        Assert.Contains("陈静", (await HtmlPage.Get(zhou, "/grids/" + one)).Text("#team"));

        // Whoever prints it: nothing that isn't everybody's to know, for a card outlives who printed it.
        foreach (var reader in new[] { visitor, zhou })
        {
            var card = await HtmlPage.Get(reader, $"/grids/{one}/card");
            Assert.Equal(8, card.Document.QuerySelectorAll(".contact-card").Length);
            Assert.Contains("赵敏", card.Text(".contact-card"));
            Assert.Contains("网格党支部书记空缺", card.Text(".contact-card").Replace(" ", ""));
            Assert.DoesNotContain("陈静", card.VisibleText);
            Assert.StartsWith("data:image/svg+xml;base64,", card.Document.QuerySelector(".contact-card img")!.GetAttribute("src"));
        }
        Assert.Single((await HtmlPage.Get(visitor, $"/grids/{one}/card?size=a6")).Document.QuerySelectorAll(".contact-card"));
        await HtmlPage.Get(host.Browser(place: TestInstallation.Other), $"/grids/{one}/card", 404);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Away_SaidByTheClerk_StandsOnTheGridsPageWithoutItsReason(TestDatabase kind)
    {
        await using var host = await TestHost.Start(kind);
        var ma = await host.Hele.Viewer(TestPeople.Ma);
        var (zhou, zhao, feng, visitor) = (await host.SignIn(TestPeople.Zhou), await host.SignIn(TestPeople.Zhao), await host.SignIn(TestPeople.Feng), host.Browser());
        var (one, _, _, _) = await OrganizationTests.Ground(host.Hele, ma);
        var team = await host.Hele.Body(ma, BodyKind.ServiceTeam, "第一网格服务团队", [one]);
        GridSteps.Ok(await host.Hele.Sit(ma, team, SeatKind.Cadre, await host.Hele.CodeOf(TestPeople.Zhao)));
        var refused = await (await HtmlPage.Get(zhou, "/absences")).Form("#say form").Fill("Say.Name", "没有这个人").Fill("Say.StandInName", "周丽华").Submit();
        Assert.Contains("请写到哪天为止", refused.Expect(400).VisibleText);
        Assert.Equal(("没有这个人", "周丽华"), (refused.Form("#say form")["Say.Name"], refused.Form("#say form")["Say.StandInName"]));
        (await refused.Form("#say form").Fill("Say.Name", "赵敏").Fill("Say.Kind", "Training").Fill("Say.From", "2026-10-30").Fill("Say.To", "2026-11-03").Submit()).ExpectRedirect("/absences");

        var shown = (await HtmlPage.Get(visitor, "/grids/" + one)).Text("#team");
        Assert.Contains("代班：周丽华", shown);
        Assert.DoesNotContain("学习培训", shown);
        Assert.Contains("学习培训", (await HtmlPage.Get(zhou, "/grids/" + one)).Text("#team"));
        Assert.Contains("现在不在岗", (await HtmlPage.Get(feng, "/absences")).VisibleText);
        Assert.DoesNotContain("登记不在岗", (await HtmlPage.Get(feng, "/absences")).VisibleText);

        // A grid worker changes their own, and sees no form for others.
        var own = await HtmlPage.Get(zhao, "/absences");
        Assert.Null(own.Document.QuerySelector("[name='Say.Name']"));
        var change = own.Document.QuerySelectorAll("main table a").Single().GetAttribute("href")!;
        await HtmlPage.Get(feng, change, 404);
        var wrong = await (await HtmlPage.Get(zhao, change)).Form("#change form").Fill("Edit.To", "2026-10-01").Submit();
        Assert.Contains("请写到哪天为止", wrong.Expect(400).VisibleText);
        Assert.Equal("周丽华", wrong.Form("#change form")["Edit.StandInName"]);
        (await wrong.Form("#change form").Fill("Edit.To", "2026-10-29").Submit()).Expect(400);
        (await wrong.Form("#change form").Fill("Edit.To", "2026-11-01").Submit()).ExpectRedirect("/absences");
        Assert.Equal(new DateOnly(2026, 11, 1), (await host.Hele.Read(db => db.Set<Absence>().SingleAsync())).To);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Honour_RegisteredWithItsCertificate_IsFound_AndStaysWhenWithdrawn(TestDatabase kind)
    {
        await using var host = await TestHost.Start(kind);
        var (zhou, liu, zhao, visitor) = (await host.SignIn(TestPeople.Zhou), await host.SignIn(TestPeople.Liu), await host.SignIn(TestPeople.Zhao), host.Browser());
        await HtmlPage.Get(zhao, "/honours/new", 404);
        var refused = await (await HtmlPage.Get(zhou, "/honours/new")).Form("main form.form").Fill("Input.Title", "市五好社区党组织").Attach("Input.Photos", "certificate.jpg", Pictures.Jpeg(80, 60)).Submit();
        Assert.Contains("请写由谁颁发", refused.Expect(400).VisibleText);
        // The photo that came with the refused form is kept.
        Assert.Contains("已经收下1张", refused.VisibleText);
        Assert.Equal("市五好社区党组织", refused.Form("main form.form")["Input.Title"]);
        var made = await refused.Form("main form.form").Fill("Input.Issuer", "市委组织部").Fill("Input.Kind", "Title").Fill("Input.Level", "City").Fill("Input.On", "2026-06-30").Submit();
        var path = made.ExpectRedirect("/honours/*").Location!.AbsolutePath;
        var own = await HtmlPage.Get(zhou, path);
        Assert.Equal(System.Net.HttpStatusCode.OK, (await zhou.GetAsync(own.Document.QuerySelector(".photo-list a")!.GetAttribute("href"), TestContext.Current.CancellationToken)).StatusCode);
        Assert.Contains("登录后可以看", (await HtmlPage.Get(visitor, path)).VisibleText);
        Assert.Single((await HtmlPage.Get(liu, path)).Document.QuerySelectorAll(".photo-list a"));

        // Of a person, without their word: for those who work here and themselves.
        var person = await (await HtmlPage.Get(zhou, "/honours/new")).Form("main form.form").Fill("Input.Title", "优秀志愿者").Fill("Input.Issuer", "区文明办").Fill("Input.Kind", "Title").Fill("Input.Level", "District").Fill("Input.On", "2026-05-04")
            .Fill("Input.For", "person").Fill("Input.Name", "陈静").Submit();
        person.ExpectRedirect("/honours/*");
        Assert.DoesNotContain("优秀志愿者", (await HtmlPage.Get(liu, "/honours")).VisibleText);
        Assert.Contains("陈静", (await HtmlPage.Get(zhao, "/honours")).VisibleText);
        Assert.False((await HtmlPage.Get(visitor, "/honours")).Has(".export"));
        Assert.True((await HtmlPage.Get(zhao, "/honours")).Has(".export"));

        var bare = await (await HtmlPage.Get(zhou, path + "/manage")).Form("#withdraw form").Submit();
        Assert.Contains("请写撤销的依据", bare.Expect(400).VisibleText);
        (await bare.Form("#withdraw form").Fill("Withdraw.Reason", "复评没有通过。").Submit()).ExpectRedirect(path);
        Assert.Contains("已撤销", (await HtmlPage.Get(visitor, "/honours")).VisibleText);
        Assert.Contains("复评没有通过", (await HtmlPage.Get(visitor, path)).VisibleText);
        await HtmlPage.Get(host.Browser(place: TestInstallation.Other), path, 404);
    }

    [Fact]
    public async Task Party_OnTheMap_ColoursGridsByBranch_AndMarksNobody()
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite);
        var ma = await host.Hele.Viewer(TestPeople.Ma);
        var (one, two, _, _) = await OrganizationTests.Ground(host.Hele, ma);
        await host.Hele.Body(ma, BodyKind.PartyCommittee, "河西社区党委");
        await host.Hele.Body(ma, BodyKind.GridBranch, "第一网格党支部", [one]);
        var page = await HtmlPage.Get(host.Browser(), "/party");
        Assert.Equal(["branch-0", "branch-none"], page.Document.QuerySelectorAll("#map .map-drawing path").Select(p => p.GetAttribute("class")));
        Assert.Contains("第一网格党支部", page.Text("#map .map-keys"));
        Assert.Empty(page.Document.QuerySelectorAll("#map circle"));

        // A grid with two branches is striped in both colours, and both are named: in the key, on the outline and below it.
        await host.Hele.Body(ma, BodyKind.GridBranch, "第二网格党支部", [two]);
        await host.Hele.Body(ma, BodyKind.JointBranch, "河畔联合党支部", [one, two]);
        page = await HtmlPage.Get(host.Browser(), "/party");
        Assert.Equal(["branch-several", "branch-several"], page.Document.QuerySelectorAll("#map .map-drawing path").Select(p => p.GetAttribute("class")));
        Assert.Equal(["branch-0", "branch-1", "branch-2", "branch-1"], page.Document.QuerySelectorAll("#map pattern rect").Select(p => p.GetAttribute("class")));
        Assert.Equal(page.Document.QuerySelectorAll("#map pattern")[1].Id, page.Document.QuerySelectorAll("#map .map-drawing path")[1].GetAttribute("fill")!["url(#".Length..^1]);
        foreach (var name in new[] { "第二网格党支部", "河畔联合党支部" })
        {
            Assert.Contains(name, page.Text("#map .map-keys"));
            Assert.Contains(name, page.Document.QuerySelectorAll("#map .map-drawing a")[1].GetAttribute("aria-label"));
            Assert.Contains(name, string.Join(' ', page.Texts("#map .hint")));
        }
    }
}
