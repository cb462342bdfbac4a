using Hele.Civic.Grids;
using Hele.Civic.People;
using Hele.Civic.Platform.Access;
using Hele.TestKit;
using Hele.Tests.Grids;
using Hele.Web.Pages.Grids;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Hele.Tests.Pages.Grids;

/// <summary>What residents and staff say on these pages, and what its keeper makes of it.</summary>
public class StatedPageTests
{
    private static string Link(string href) => $"main a[href='{href}']";

    /// <summary>Liu and Chen live behind one door.</summary>
    private static async Task<(string Building, string Household)> House(TestHost host)
    {
        var ma = await host.Hele.Viewer(TestPeople.Ma);
        var building = await host.Hele.Building(ma, await host.Hele.Compound(ma), "3号楼");
        var household = GridSteps.Ok(await host.Hele.MoveIn(ma, building, "302", await host.Hele.PersonCode(TestPeople.Liu), on: host.Hele.Today.AddDays(-30)));
        GridSteps.Ok(await host.Hele.Get<MoveIn>().Run(ma, ma.Act(GridAccess.KeepHouseholds, Guid.NewGuid()), new(building, "1单元", "302", await host.Hele.PersonCode(TestPeople.Chen), HouseholdRole.Family, host.Hele.Today.AddDays(-30), false)));
        return (building, household);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Resident_SeesTheirHome_StatesAMove_AndReadsWhatCameOfIt(TestDatabase kind)
    {
        await using var host = await TestHost.Start(kind);
        var (_, household) = await House(host);
        var liu = await host.As(TestPeople.Liu);
        var home = await HtmlPage.Get(liu, StatedLinks.MyHome);
        Assert.Contains("柳荫路12号院3号楼1单元302", home.VisibleText, StringComparison.Ordinal);
        Assert.Contains("陈静", home.Text("#members"), StringComparison.Ordinal);
        // What links a staff member to the register isn't for a resident.
        Assert.DoesNotContain("/people/", home.Source, StringComparison.Ordinal);
        var kinds = await home.Click(Link(StatedLinks.New));
        var form = (await kinds.Click(Link(StatedLinks.State(ChangeKind.MovedOut)))).Form("main form");
        var missing = (await form.Fill("Input.Text", "去女儿那里住了").Submit()).Expect(400);
        Assert.Contains("家里的哪一位", missing.Problems[0], StringComparison.Ordinal);
        Assert.Equal("去女儿那里住了", missing.Form("main form")["Input.Text"]);
        var said = await (await missing.Form("main form").Check("Input.Members", value: await host.Hele.PersonCode(TestPeople.Chen)).Submit()).ExpectRedirect("/stated/*").Follow();
        Assert.Contains("已报告", said.VisibleText, StringComparison.Ordinal);
        Assert.True(said.Has("#wait form"));
        Assert.False(said.Has("#yes"));

        var code = said.Url.Segments[2];
        var zhou = await host.As(TestPeople.Zhou);
        Assert.Contains("陈静", (await HtmlPage.Get(await host.As(TestPeople.Zhao), "/")).VisibleText, StringComparison.Ordinal);
        Assert.Contains("搬走了", (await HtmlPage.Get(zhou, StatedLinks.List)).Text("#waiting"), StringComparison.Ordinal);
        Assert.Contains("搬走了", (await HtmlPage.Get(zhou, GridLinks.Household(household))).Text("#stated"), StringComparison.Ordinal);
        var check = await HtmlPage.Get(zhou, StatedLinks.Of(code));
        Assert.Equal(await host.Hele.PersonCode(TestPeople.Chen), check.Form("#yes form")["Yes.People"]);
        var open = (await check.Form("#no form").Fill("No.Check", "Call").Submit()).Expect(400);
        Assert.Contains("为什么不属实", open.Problems[0], StringComparison.Ordinal);
        var refused = await (await open.Form("#no form").Fill("No.Answer", "问过本人，只是出差。").Submit()).ExpectRedirect().Follow();
        Assert.Contains("核实不属实", refused.VisibleText, StringComparison.Ordinal);

        // Told, and contested.
        Assert.Contains("没有登记，看原因", (await HtmlPage.Get(liu, "/notices")).VisibleText, StringComparison.Ordinal);
        var answer = await HtmlPage.Get(liu, StatedLinks.Of(code));
        Assert.Contains("问过本人", answer.Text("#answer"), StringComparison.Ordinal);
        var again = await answer.Click(Link(StatedLinks.State(prior: code)));
        Assert.Contains("问过本人", again.VisibleText, StringComparison.Ordinal);
        Assert.Equal("去女儿那里住了", again.Form("main form")["Input.Text"]);
        var second = await (await again.Form("main form").Fill("Input.Text", "不是出差，已经搬走了").Submit()).ExpectRedirect("/stated/*").Follow();
        var yes = (await HtmlPage.Get(zhou, second.Url.PathAndQuery)).Form("#yes form").Fill("Yes.To", "Elsewhere").Fill("Yes.Check", "Visit");
        var done = await (await yes.Submit()).ExpectRedirect().Follow();
        Assert.Contains("已核实并登记", done.VisibleText, StringComparison.Ordinal);
        // Sent again, in another browser tab: who was faster is said.
        var late = (await yes.Force("op", Guid.NewGuid().ToString()).Submit()).Expect(409);
        Assert.Contains("社区工作者在", late.VisibleText, StringComparison.Ordinal);
        Assert.DoesNotContain("陈静", (await HtmlPage.Get(liu, StatedLinks.MyHome)).Text("#members"), StringComparison.Ordinal);
        Assert.Contains("已核实并登记", (await HtmlPage.Get(liu, StatedLinks.MyHome)).Text("#said"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task EveryKind_HasItsForms_ForWhoeverSaysAndWhoeverChecks()
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite);
        await House(host);
        var (liu, zhou) = (await host.As(TestPeople.Liu), await host.As(TestPeople.Zhou));
        var expected = new Dictionary<ChangeKind, string>
        {
            [ChangeKind.MovedOut] = "Yes.To", [ChangeKind.Born] = "Yes.BornOn", [ChangeKind.Died] = "Yes.Source", [ChangeKind.MovedIn] = "Yes.Role", [ChangeKind.Let] = "Yes.Landlord",
            [ChangeKind.Phone] = "Yes.Phone", [ChangeKind.Name] = "Yes.Name", [ChangeKind.Other] = "Yes.Answer",
        };
        foreach (var kind in Enum.GetValues<ChangeKind>())
        {
            var form = (await HtmlPage.Get(liu, StatedLinks.State(kind))).Form("main form");
            // Where the keeper registers one person, one is chosen.
            if (StatedChange.OfOne(kind))
                form.Fill("Input.Members", await host.Hele.PersonCode(TestPeople.Chen));
            else if (form.FieldNames.Contains("Input.Members"))
                form.Check("Input.Members", value: await host.Hele.PersonCode(TestPeople.Chen));
            if (form.FieldNames.Contains("Input.About"))
                form.Fill("Input.About", "某人");
            Assert.Equal(kind is not (ChangeKind.Born or ChangeKind.Phone or ChangeKind.Name or ChangeKind.Other), form.FieldNames.Contains("Input.HappenedOn"));
            var said = await (await form.Fill("Input.Text", "说明").Submit()).ExpectRedirect("/stated/*").Follow();
            var check = await HtmlPage.Get(zhou, said.Url.PathAndQuery);
            Assert.Contains(expected[kind], check.Form("#yes form").FieldNames);
        }
        // The grid's worker sees what the counter registers, without a form.
        var list = await HtmlPage.Get(await host.As(TestPeople.Zhao), StatedLinks.List);
        Assert.Contains("有人去世", list.Text("#with-others"), StringComparison.Ordinal);
        Assert.Contains("搬走了", list.Text("#waiting"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SomebodyNew_IsChosenOrEntered_ByWhoeverChecks()
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite);
        await House(host);
        var (liu, zhou) = (await host.As(TestPeople.Liu), await host.As(TestPeople.Zhou));
        var said = await (await (await HtmlPage.Get(liu, StatedLinks.State(ChangeKind.MovedIn))).Form("main form").Fill("Input.About", "王秀莲").Submit()).ExpectRedirect("/stated/*").Follow();
        var form = (await HtmlPage.Get(zhou, said.Url.PathAndQuery)).Form("#yes form");
        Assert.Equal("王秀莲", form["Yes.Name"]);
        await (await form.Check("Yes.People", value: "new").Fill("Yes.Role", "Family").Fill("Yes.Check", "Visit").Submit()).ExpectRedirect().Follow();
        Assert.Contains("王秀莲", (await HtmlPage.Get(liu, StatedLinks.MyHome)).Text("#members"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task StaffAndNewcomers_NameTheDoor_ResidentsDont()
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite);
        var (building, _) = await House(host);
        // A supervisor keeps no household and says what they saw.
        var feng = await host.As(TestPeople.Feng);
        var house = await HtmlPage.Get(feng, GridLinks.Building(building));
        var kinds = await house.Click(Link(StatedLinks.State(at: (building, null, null))));
        var form = (await kinds.Click(Link(StatedLinks.State(ChangeKind.MovedIn, (building, null, null))))).Form("main form");
        Assert.Equal(building, form["Input.Building"]);
        var said = await (await form.Fill("Input.Entrance", "1单元").Fill("Input.Room", "302").Fill("Input.About", "不认识的两个人").Fill("Input.Text", "楼下看见搬家车").Submit()).ExpectRedirect("/stated/*").Follow();
        // Saying something about a door doesn't tell who lives there.
        Assert.DoesNotContain("刘大勇", said.Source, StringComparison.Ordinal);
        Assert.DoesNotContain("陈静", said.Source, StringComparison.Ordinal);
        await HtmlPage.Get(await host.As(TestPeople.Liu), said.Url.PathAndQuery, 404);
        await HtmlPage.Get(await host.As(TestPeople.Liu), StatedLinks.New + "?elsewhere=true", 404);
        await HtmlPage.Get(await host.As(TestPeople.Liu), StatedLinks.State(prior: said.Url.Segments[2]), 404);
    }
}
