using Hele.TestKit;
using Hele.Web.Hosting;
using Hele.Civic.Appeals;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static Hele.Tests.Pages.Accounts.AccountSteps;

namespace Hele.Tests.Pages.Accounts;

/// <summary>A form sent after the session was over: what was typed waits for whoever typed it.</summary>
public class KeptFormTests(TestHosts hosts) : IClassFixture<TestHosts>
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Form_SentAfterTheSessionTimedOut_ComesBackAfterSignIn_AndIsFiledOnce(TestDatabase kind)
    {
        var host = await hosts.On(kind);
        var name = await host.Somebody();
        var browser = Browser(host);
        await TestHost.SignIn(browser, name, TestPeople.Password);
        var title = "灯坏了" + name;
        // With a photo, which is more than a form of text may carry and can't be given back.
        var form = (await PageSteps.AppealForm(browser, title)).Attach("Input.Photos", "漏水.jpg", [.. Pictures.Jpeg(), .. new byte[3 << 20]], "image/jpeg");
        host.Pass(TimeSpan.FromHours(13));

        var sent = (await form.Submit()).ExpectRedirect("/sign-in?return=*");
        var signIn = await sent.Follow();
        Assert.Contains("刚才写的内容已经留好", signIn.VisibleText, StringComparison.Ordinal);
        var back = await (await signIn.Form("main form").Fill("Input.Name", name).Fill("Input.Password", TestPeople.Password).Submit()).ExpectRedirect(AccessHosting.KeptPath + "?*").Follow();
        var again = back.Form("main form");
        Assert.Equal((title, PageSteps.Text), (again["Input.Title"], again["Input.Text"]));
        Assert.Equal(form["op"], again["op"]);
        Assert.Contains("照片和附件没有保留", back.VisibleText, StringComparison.Ordinal);
        (await again.Submit()).ExpectRedirect("/appeals/*");
        // Back, and once more: the same act.
        (await again.Submit()).ExpectRedirect("/appeals/*");
        Assert.Equal(1, await host.Hele.Read(db => db.Set<Appeal>().CountAsync(a => a.Title == title)));
    }

    [Fact]
    public async Task KeptForm_IsShownToNobodyElseAtThisDesk()
    {
        var host = await hosts.On(TestDatabase.Sqlite);
        var (name, next) = (await host.Somebody(), await host.Somebody());
        var browser = Browser(host);
        await TestHost.SignIn(browser, name, TestPeople.Password);
        var form = await PageSteps.AppealForm(browser, "只给本人看的话");
        host.Pass(TimeSpan.FromHours(13));
        var signIn = await (await form.Submit()).Follow();
        var theirs = await (await signIn.Form("main form").Fill("Input.Name", next).Fill("Input.Password", TestPeople.Password).Submit()).ExpectRedirect(AccessHosting.KeptPath + "?*").Follow(302);
        theirs.ExpectRedirect("/");
        Assert.DoesNotContain("只给本人看的话", theirs.Source, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cross-site")]
    [InlineData(null)]
    public async Task Form_FromElsewhereOrFromAStrangersBrowser_IsNotKept(string? site)
    {
        var host = await hosts.On(TestDatabase.Sqlite);
        var name = await host.Somebody();
        var browser = host.Browser();
        if (site is null)
            browser.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        else
            await TestHost.SignIn(browser, name, TestPeople.Password);
        host.Pass(TimeSpan.FromHours(13));
        // Without Sec-Fetch-Site a browser doesn't say that the form was ours.
        using var answer = await browser.PostAsync("/appeals/new", new FormUrlEncodedContent([new("Input.Title", "夹带的字")]), TestContext.Current.CancellationToken);
        Assert.Equal("/sign-in", answer.Headers.Location?.ToString());
    }

    private static HttpClient Browser(TestHost host)
    {
        var browser = host.Browser();
        browser.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        return browser;
    }
}
