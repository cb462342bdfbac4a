using Hele.Civic.Jurisdictions;
using Hele.Civic.People;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Accounts;
using Hele.Civic.Platform.Storage;
using Hele.TestKit;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Hele.Tests.Pages.Posts;

/// <summary>Posts through the pages: proposing, confirming, handing over, ending, and what whoever left can still reach.</summary>
public class PostPageTests
{
    private static async Task<HtmlPage> Propose(HttpClient browser, string name, string role = "GridWorker", string title = "第五网格网格员")
    {
        var found = await PageSteps.Find(browser, "/posts/new", name);
        var form = (await found.Click("选" + name)).Form("main form.form").Fill("Input.Role", role).Fill("Input.Title", title).Fill("Input.Reason", "五网格新设");
        return await form.Submit();
    }

    private static string CodeIn(HtmlPage answer) => answer.Location!.OriginalString.Split('/')[^1];

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Post_ProposedByOneConfirmedByTheOther_WorksUntilItIsHandedOverAndEnded(TestDatabase kind)
    {
        await using var host = await TestHost.Start(kind);
        var (he, ma, liu) = (await host.SignIn(TestPeople.He), await host.SignIn(TestPeople.Ma), await host.SignIn(TestPeople.Liu));

        var proposed = await Propose(he, "刘大勇");
        var code = CodeIn(proposed.ExpectRedirect("/posts/*"));
        var own = await proposed.Follow();
        Assert.Contains("这是您自己提出的", own.VisibleText);
        Assert.True(own.Has("#withdraw form"));
        Assert.False(own.Has("#decide form"));
        Assert.DoesNotContain("href=\"/appeals\"", (await HtmlPage.Get(liu, "/")).Source);

        Assert.Contains("刘大勇", (await HtmlPage.Get(ma, "/posts")).Text("#waiting"));
        var decide = (await HtmlPage.Get(ma, "/posts/" + code)).Form("#decide form");
        Assert.Contains("请选择同意或不同意", (await decide.Submit()).Expect(400).VisibleText);
        (await decide.Fill("Decision.Agree", "true").Submit()).ExpectRedirect("/posts/" + code);
        Assert.Equal(PostState.Confirmed, (await host.Hele.Post(code)).State);
        Assert.Contains("何琳提出，马建军确认", (await HtmlPage.Get(ma, "/posts")).Text("#held"));

        // The new grid worker takes on a matter; the post can't end while it hangs there.
        var appeal = await host.Hele.FileAppeal(await host.Hele.Viewer(TestPeople.Chen));
        (await PageSteps.Accept(liu, appeal)).ExpectRedirect();
        var page = await HtmlPage.Get(he, "/posts/" + code);
        var number = (await host.Hele.Row(appeal)).Number;
        Assert.Contains(number, page.Text("#hanging"));
        // The security administrator sees its number, not what it says, and gets no link; the secretary does.
        Assert.DoesNotContain("楼道灯不亮", page.Source);
        Assert.DoesNotContain("/appeals/" + appeal, page.Source);
        Assert.Contains("/appeals/" + appeal, (await HtmlPage.Get(ma, "/posts/" + code)).Source);
        var refused = await page.Form("#end form").Fill("Ending.Reason", "不干了").Submit();
        Assert.Contains("还有1件", refused.Expect(409).VisibleText);
        Assert.Equal("不干了", refused.Form("#end form")["Ending.Reason"]);

        (await refused.Form("#end form").Fill("Ending.Successor", await host.Hele.PostCode(TestPeople.Zhao)).Submit()).ExpectRedirect("/posts");

        // Whoever left is a resident again with the very next request.
        foreach (var path in new[] { "/appeals", "/appeals/" + appeal, "/dashboard", "/break-glass/new", "/posts" })
            await HtmlPage.Get(liu, path, 404);
        Assert.DoesNotContain("href=\"/appeals\"", (await HtmlPage.Get(liu, "/")).Source);
        var timeline = (await HtmlPage.Get(ma, "/appeals/" + appeal)).Text(".timeline");
        Assert.Contains("第五网格网格员", timeline);
        Assert.Contains("移交给接手的岗位", timeline);
        Assert.Contains("已终止", (await HtmlPage.Get(ma, "/posts")).Text("#over"));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task New_WithWrongInput_KeepsWhatWasTyped_AndTheSameFormTwiceIsOne(TestDatabase kind)
    {
        await using var host = await TestHost.Start(kind);
        var ma = await host.SignIn(TestPeople.Ma);
        var chen = await host.Hele.PersonCode(TestPeople.Chen);
        var form = (await HtmlPage.Get(ma, "/posts/new?person=" + chen)).Form("main form.form");
        var refused = await form.Fill("Input.Title", "第六网格网格员").Fill("Input.From", "2026-10-01").Submit();
        Assert.Equal(3, refused.Expect(400).Problems.Count);
        Assert.Equal(("第六网格网格员", "2026-10-01"), (refused.Form("main form.form")["Input.Title"], refused.Form("main form.form")["Input.From"]));
        Assert.Contains("陈静", refused.VisibleText);
        var good = refused.Form("main form.form").Fill("Input.From", "2026-10-30").Fill("Input.Role", "GridWorker").Fill("Input.Reason", "新设网格");
        var (first, second) = (await good.Submit(), await good.Submit());
        Assert.Equal(first.ExpectRedirect("/posts/*").Location, second.ExpectRedirect("/posts/*").Location);
        Assert.Equal(1, await host.Hele.Read(db => db.Set<Post>().CountAsync(p => p.State == PostState.Proposed)));
        Assert.Contains("没有这个姓名", (await PageSteps.Find(ma, "/posts/new", "陈")).VisibleText);
        // A forged state, confirmer or jurisdiction is no field of the form.
        var forged = await (await HtmlPage.Get(ma, "/posts/new?person=" + await host.Hele.PersonCode(TestPeople.Liu))).Form("main form.form").Fill("Input.Role", "Clerk").Fill("Input.Title", "岗").Fill("Input.Reason", "理由")
            .Force("Input.State", "Confirmed").Force("Input.ConfirmedById", Guid.NewGuid().ToString()).Force("Input.JurisdictionId", "2").Submit();
        var post = await host.Hele.Post(CodeIn(forged.ExpectRedirect("/posts/*")));
        Assert.Equal((PostState.Proposed, null, 1), (post.State, post.ConfirmedById, post.JurisdictionId));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task BothAdministrations_AreSaidOnEveryPageTheySee_AndOnTheListToEverybody(TestDatabase kind)
    {
        await using var host = await TestHost.Start(kind);
        var hele = host.Hele;
        await hele.Grant(await hele.Viewer(TestPeople.He), await hele.Viewer(TestPeople.Ma), await hele.PersonCode(TestPeople.Sun), Role.SecurityAdministrator, "安全管理员");
        var (sun, feng) = (await host.SignIn(TestPeople.Sun), await host.SignIn(TestPeople.Feng));
        foreach (var path in new[] { "/", "/posts", "/account/data", "/log", "/appeals/public" })
            Assert.Contains("您一人同时担任系统管理员和安全管理员", (await HtmlPage.Get(sun, path)).Text("#standing-warning"));
        var list = await HtmlPage.Get(feng, "/posts");
        Assert.False(list.Has("#standing-warning"));
        Assert.Contains("孙伟同时担任系统管理员和安全管理员", list.VisibleText);
    }

    /// <summary>A real installation on its first day: one secretary, made on the command line.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Empty_WithTheFirstSecretaryAlone_SaysWhoCouldConfirmAndHowToGetThem(TestDatabase kind)
    {
        await using var host = await TestHost.Start(kind, empty: true);
        var hele = host.Hele;
        await hele.Get<OpenJurisdiction>().Run(new(1, null, JurisdictionLevel.Community, "410105001001", "河西社区", "Hexi", "hele.test", Simulated: false));
        async Task Person(string name, string signIn, Role? role, string? title) => Assert.True((await hele.Get<RegisterPerson>().Run(new Act { OperationId = Guid.NewGuid(), AccountId = SystemAccount.Id, JurisdictionId = 1 },
            new(name, null, signIn, TestPeople.PasswordHash, false, role, title, null))).Accepted);
        await Person("马建军", "ma-jianjun", Role.Secretary, "社区党委书记");
        await Person("周丽华", "zhou-lihua", null, null);
        var ma = host.Browser();
        await TestHost.SignIn(ma, "ma-jianjun", TestPeople.Password);

        Assert.Contains("运维人员在服务器上设立", (await HtmlPage.Get(ma, "/posts")).Text("#held"));
        Assert.Contains(OperatorCommand.Line("\\ admin create --data DIR --role SecurityAdministrator"), (await HtmlPage.Get(ma, "/posts/new")).VisibleText);
        var proposed = await Propose(ma, "周丽华", "Clerk", "社区工作者");
        Assert.True((await proposed.ExpectRedirect("/posts/*").Follow()).Has("#withdraw form"));

        await Person("何琳", "he-lin", Role.SecurityAdministrator, "安全管理员");
        Assert.DoesNotContain("admin create", (await HtmlPage.Get(ma, "/posts/new")).VisibleText);
        var he = host.Browser();
        await TestHost.SignIn(he, "he-lin", TestPeople.Password);
        (await (await HtmlPage.Get(he, "/posts/" + CodeIn(proposed))).Form("#decide form").Fill("Decision.Agree", "true").Submit()).ExpectRedirect();
        Assert.Equal(PostState.Confirmed, (await hele.Post(CodeIn(proposed))).State);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Withdraw_AndAfterwardsConfirm_IsRefusedInWords(TestDatabase kind)
    {
        await using var host = await TestHost.Start(kind);
        var (he, ma) = (await host.SignIn(TestPeople.He), await host.SignIn(TestPeople.Ma));
        var code = CodeIn((await Propose(he, "陈静")).ExpectRedirect("/posts/*"));
        var decide = (await HtmlPage.Get(ma, "/posts/" + code)).Form("#decide form").Fill("Decision.Agree", "true");
        (await (await HtmlPage.Get(he, "/posts/" + code)).Form("#withdraw form").Submit()).ExpectRedirect("/posts/" + code);
        var late = await decide.Submit();
        Assert.Contains("这个岗位现在是“已撤回”", late.Expect(409).VisibleText);
    }
}
