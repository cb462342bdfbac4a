using System.Net;
using Hele.Civic.People;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Accounts;
using Hele.Civic.Platform.Storage;
using Hele.TestKit;
using Hele.Web.Hosting;
using Xunit;

namespace Hele.Tests.Pages.Jurisdictions;

/// <summary>Choosing where to be.</summary>
public class PlaceTests(TestHosts hosts) : IClassFixture<TestHosts>
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Visitor_WhoHasChosenNothing_IsAskedFirst_AndGoesOnWhereTheyWanted(TestDatabase kind)
    {
        var host = await hosts.On(kind);
        var visitor = host.Browser(place: null);
        foreach (var path in new[] { "/appeals/public", "/log", "/rules" })
            (await HtmlPage.Get(visitor, path, 302)).ExpectRedirect("/?return=" + Uri.EscapeDataString(path));
        // A log that is named needs no choice.
        await HtmlPage.Get(visitor, $"/log/{TestInstallation.StreetCode}");
        var chooser = await HtmlPage.Get(visitor, "/?return=%2Fappeals%2Fpublic");
        Assert.Equal(["河西社区", "柳荫社区"], chooser.Texts("main form button"));

        var chosen = await chooser.Form("main form").Submit("柳荫社区");
        chosen.ExpectRedirect("/appeals/public");
        Assert.Contains("柳荫社区", (await HtmlPage.Get(visitor, "/")).Text("header .brand-place"));
        await HtmlPage.Get(visitor, "/appeals/public");
        // Another one at any time.
        var again = await HtmlPage.Get(visitor, "/?choose=1");
        await again.Form("main form").Submit("河西社区");
        Assert.Contains("河西社区", (await HtmlPage.Get(visitor, "/")).Text("header .brand-place"));
    }

    [Fact]
    public async Task Choice_ThatIsNone_IsRefused_AndAForgedCookieChoosesNothing()
    {
        var host = await hosts.On(TestDatabase.Sqlite);
        var visitor = host.Browser(place: null);
        foreach (var to in new[] { "", "x", "-1", "0", "1,2", "99999999999" })
            Assert.Equal(HttpStatusCode.BadRequest, (await visitor.PostAsync(PlaceHosting.SwitchPath, new FormUrlEncodedContent([new("to", to), new("return", "/")]), TestContext.Current.CancellationToken)).StatusCode);
        // Not a community, not there: as if nothing had been chosen.
        foreach (var place in new[] { TestInstallation.Street, TestInstallation.District, 77 })
            Assert.True((await HtmlPage.Get(host.Browser(place: place), "/")).Has("main form button"));
        var away = await visitor.PostAsync(PlaceHosting.SwitchPath, new FormUrlEncodedContent([new("to", "1"), new("return", "//evil.example")]), TestContext.Current.CancellationToken);
        Assert.Equal("/", away.Headers.Location!.ToString());
    }

    [Fact]
    public async Task SignedIn_WithAnotherCommunitysCookie_StaysAtHome()
    {
        var host = await hosts.On(TestDatabase.Sqlite);
        var liu = host.Browser(place: TestInstallation.Other);
        await TestHost.SignIn(liu, TestPeople.Liu.SignIn, TestPeople.Password);
        var home = await HtmlPage.Get(liu, "/");
        Assert.Equal("河西社区", home.Text("header .brand-place"));
        Assert.False(home.Has("form.places"));
    }

    /// <summary>An account with two places switches by a form in the shell; when one is taken away it is gone at the next request.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Account_WithTwoPlaces_SwitchesByForm_UntilOneIsTakenAway(TestDatabase kind)
    {
        await using var host = await TestHost.Start(kind);
        var zhao = await host.Hele.Viewer(TestPeople.Zhao);
        var act = new Act { OperationId = Guid.NewGuid(), AccountId = SystemAccount.Id, JurisdictionId = TestInstallation.Other };
        await host.Hele.Get<Writer>().Write(act, "test.second-place", 0, scope =>
        {
            var person = scope.Add(new Person { PublicCode = PublicCode.New().Text, Name = "赵敏" }, RegisterPerson.Registered);
            person.GiveAccount(zhao.AccountId);
            scope.Db.Add(new AccountPlace { AccountId = zhao.AccountId, JurisdictionId = TestInstallation.Other });
            return Task.FromResult(Outcome.Ok(person.PublicCode));
        }, TestContext.Current.CancellationToken);
        var browser = host.Browser(place: null);
        await TestHost.SignIn(browser, TestPeople.Zhao.SignIn, TestPeople.Password);

        var home = await HtmlPage.Get(browser, "/");
        Assert.Equal("河西社区", home.Text("header .brand-place"));
        await HtmlPage.Get(browser, "/appeals");
        (await home.Form("form.places").Submit("柳荫社区")).ExpectRedirect("/");
        Assert.Equal("柳荫社区", (await HtmlPage.Get(browser, "/")).Text("header .brand-place"));
        // There they are a resident.
        await HtmlPage.Get(browser, "/appeals", 404);

        await host.Hele.Database.Operate(db =>
        {
            db.Remove(new AccountPlace { AccountId = zhao.AccountId, JurisdictionId = TestInstallation.Other });
            return Task.CompletedTask;
        });
        Assert.Equal("河西社区", (await HtmlPage.Get(browser, "/")).Text("header .brand-place"));
    }
}
