using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Hele.BrowserTests;

/// <summary>The Party's organisation on the grids of the second community: the secretary closes a gap, a visitor sees who answers there.</summary>
public class OrganizationJourney(BrowserFixture browser, DemoServer demo)
{
    [Fact]
    public async Task Secretary_FoundsABranchWhereNoneIs_SeatsItsSecretary_AndTheGapIsGone()
    {
        await using var secretary = await Journey.Begin(browser, demo.Address, "organizations-secretary", Screen.Phone);
        await secretary.SignIn("qin-weimin");
        await secretary.Go("/party");
        await secretary.Sees("还没有党支部的网格（1个）");
        await secretary.Look("gaps");
        await secretary.Click("在第三网格成立党支部");
        await secretary.Type("名称", "东桥第三网格党支部");
        await secretary.Type("正式党员人数", "2");
        await secretary.Press("成立");
        secretary.Expects(400);
        await secretary.Sees("成立党支部要有正式党员3人以上");
        await secretary.Look("too-few");
        await secretary.Type("正式党员人数", "8");
        await secretary.Press("成立");
        await secretary.Sees("接下来登记谁任职");
        await secretary.Page.Locator("#Take_Seat").SelectOptionAsync("Head");
        await secretary.Type("谁任职？写全名或编码", "彭长顺");
        await secretary.Page.Locator("#Take_How").SelectOptionAsync("Elected");
        await secretary.Press("登记任职");
        await secretary.Sees("已登记任职。");
        await secretary.Look("seated");
        await secretary.Go("/party");
        await secretary.Sees("彭长顺");
        Assert.Equal(0, await secretary.Page.GetByText("还没有党支部的网格").CountAsync());
        await secretary.Look("gap-gone");
    }

    [Theory]
    [InlineData(Screen.Phone)]
    [InlineData(Screen.Desk)]
    public async Task Visitor_WithoutScript_SeesBodiesAndPublicOffices_AndNoOthers(Screen screen)
    {
        await using var visitor = await Journey.Begin(browser, demo.Address, $"organizations-visitor-{screen}", screen, script: false);
        await visitor.SignIn("wu-xiuying");
        await visitor.Go("/bodies");
        await visitor.Look("bodies");
        await visitor.Click("第六网格第一党支部");
        await visitor.Sees("陶庆山");
        await visitor.Look("branch");
        await Expect(visitor.Page.GetByText("洪秀珍")).ToHaveCountAsync(0);
    }
}
