using Hele.Civic.Feedback;
using Hele.Civic.Kernel;
using Hele.TestKit;
using Hele.Tests.Feedback;
using Hele.Web.Hosting;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Hele.Tests.Pages.Feedback;

/// <summary>From the foot of any page to the public answer, as a resident, a visitor without an account, the administrator and everybody else.</summary>
public class FeedbackPageTests
{
    private const string Name = "刘大勇", Phone = "13711118888", Private = "跟儿媳妇吵架了";

    private static async Task<HtmlPage> Send(HttpClient client, string text, string kind = "Wish", string path = "/appeals/public")
    {
        var link = (await HtmlPage.Get(client, path)).Document.QuerySelector("footer a[href^='/feedback/new']")!.GetAttribute("href")!;
        return await (await HtmlPage.Get(client, link)).Form("main form.form").Fill("Input.Kind", kind).Fill("Input.Text", text).Submit();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Note_FromAnyPageToItsPublicAnswer_ShowsTheOriginalToNobodyElse(TestDatabase kind)
    {
        await using var host = await TestHost.Start(kind);
        var (liu, sun, visitor) = (await host.SignIn(TestPeople.Liu), await host.SignIn(TestPeople.Sun), host.Browser());
        var matter = await PageSteps.FileAppeal(liu);

        // The link knows the page and nothing of the matter.
        var page = await HtmlPage.Get(liu, "/appeals/" + matter);
        Assert.Equal("/feedback/new?from=/appeals/*", page.Document.QuerySelector("footer a[href^='/feedback/new']")!.GetAttribute("href"));
        var form = await HtmlPage.Get(liu, "/feedback/new?from=/appeals/*");
        Assert.Contains("/appeals/*", form.VisibleText);
        var refused = await form.Form("main form.form").Fill("Input.Text", "").Submit();
        Assert.Equal(2, refused.Expect(400).Problems.Count);
        var sent = await refused.Form("main form.form").Fill("Input.Kind", "Burden").Fill("Input.Text", $"我是{Name}，{Phone}，{Private}，还要填四栏").Submit();
        var path = sent.ExpectRedirect("/feedback/*").Location!.AbsolutePath;
        var own = await sent.Follow();
        Assert.Contains(Private, own.Text("#original"));
        Assert.Contains("待答复", own.VisibleText);
        Assert.False(own.Has("#answer form") || own.Has("#contest form"));
        Assert.Contains(Private, (await HtmlPage.Get(liu, "/feedback")).Text("#own"));

        // Waiting it is in the list with its day, without a word of it, for anybody.
        foreach (var stranger in new[] { visitor, await host.SignIn(TestPeople.Chen), await host.SignIn(TestPeople.Zhao), await host.SignIn(TestPeople.He), await host.SignIn(TestPeople.Zhou) })
        {
            foreach (var address in new[] { "/feedback", path, "/feedback?Kind=Burden" })
                AssertNothing(await HtmlPage.Get(stranger, address));
            Assert.Contains("没有符合条件的意见", (await HtmlPage.Get(stranger, "/feedback" + host.Search(Private))).VisibleText);
        }
        Assert.Contains("内容在答复时公开", (await HtmlPage.Get(visitor, "/feedback")).VisibleText);
        await HtmlPage.Get(host.Browser(place: TestInstallation.Other), path, 404);
        await HtmlPage.Get(await host.SignIn(TestPeople.Sun, TestInstallation.Other), path, 404);

        // The administrator has it in their day, begins with the original, and can't publish what is personal.
        var day = await HtmlPage.Get(sun, "/");
        Assert.Contains("公开答复对和乐的意见", day.VisibleText);
        var theirs = await HtmlPage.Get(sun, path);
        var answer = theirs.Form("#answer form");
        Assert.Contains(Private, answer["Answer.Asked"]);
        Assert.DoesNotContain("谁提的 " + Name, theirs.VisibleText);
        var kept = await answer.Fill("Answer.Text", "已减到两栏。").Submit();
        Assert.Contains("这段话会公开，请去掉", kept.Expect(400).VisibleText);
        Assert.Equal("已减到两栏。", kept.Form("#answer form")["Answer.Text"]);
        (await kept.Form("#answer form").Fill("Answer.Asked", "还要填四栏，太多。").Fill("Answer.Changed", "减到两栏").Submit()).ExpectRedirect(path);

        foreach (var reader in new[] { visitor, await host.SignIn(TestPeople.Chen), await host.SignIn(TestPeople.Tang) })
            AssertNothing(await HtmlPage.Get(reader, "/feedback"));
        var published = await HtmlPage.Get(visitor, path);
        AssertNothing(published);
        Assert.Contains("还要填四栏，太多。", published.Text("#answer-1"));
        Assert.Contains("减到两栏", published.Text("#answer-1"));
        Assert.Contains("还要填四栏，太多。", (await HtmlPage.Get(visitor, "/feedback" + host.Search("填四栏"))).VisibleText);

        // Once it can be contested, by the sender.
        Assert.False(published.Has("#contest"));
        (await (await HtmlPage.Get(liu, path)).Form("#contest form").Fill("Contest.Text", Private + "还是四栏").Submit()).ExpectRedirect(path);
        AssertNothing(await HtmlPage.Get(visitor, path));
        Assert.Contains("还是四栏", (await HtmlPage.Get(sun, path)).Text("#original"));
        (await (await HtmlPage.Get(sun, path)).Form("#answer form").Fill("Answer.Asked", "还是四栏。").Fill("Answer.Text", "漏了一页，已补上。").Submit()).ExpectRedirect(path);
        Assert.False((await HtmlPage.Get(liu, path)).Has("#contest"));
        Assert.Equal(FeedbackState.AnsweredAgain, (await host.Hele.Note(path.Split('/')[^1])).State);

        static void AssertNothing(HtmlPage page)
        {
            // A name in the header is the reader's own; nobody of these is called so.
            foreach (var secret in new[] { Name, Phone, Private })
                Assert.DoesNotContain(secret, page.Source);
        }
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Note_WithoutSigningIn_GetsACode_AndNothingButReadingByIt(TestDatabase kind)
    {
        await using var host = await TestHost.Start(kind);
        var visitor = host.Browser();
        var sent = await Send(visitor, "看不清字");
        var path = sent.ExpectRedirect("/feedback/*").Location!.AbsolutePath;
        var code = path.Split('/')[^1];
        Assert.Contains(code, (await sent.Follow()).VisibleText);
        var later = await HtmlPage.Get(host.Browser(), path);
        Assert.DoesNotContain("看不清字", later.Source);
        Assert.Contains("已经收到，等待答复", later.VisibleText);
        // What one sends there leads to signing in and writes nothing.
        var ma = await host.SignIn(TestPeople.Ma);
        var aside = (await HtmlPage.Get(ma, path)).Form("#aside form").Fill("Aside.Reason", "NothingToAnswer").Fill("Aside.Text", "看不出说的是哪里。");
        (await aside.Submit()).ExpectRedirect(path);
        foreach (var handler in new[] { "Answer", "Aside", "Reword", "Contest" })
        {
            var token = (await HtmlPage.Get(visitor, "/sign-in")).Document.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
            using var answer = await visitor.PostAsync($"{path}?handler={handler}", new FormUrlEncodedContent([new("__RequestVerificationToken", token), new("op", Guid.NewGuid().ToString()), new("Contest.Text", "不行")]), TestContext.Current.CancellationToken);
            Assert.Contains("/sign-in", answer.Headers.Location!.ToString());
        }
        Assert.Equal(FeedbackState.SetAside, (await host.Hele.Note(code)).State);
        var shown = await HtmlPage.Get(visitor, path);
        Assert.Contains("只有辱骂，或者看不出说什么", shown.VisibleText);
        // In the community where it was said, and where none is chosen yet, by way of choosing.
        await HtmlPage.Get(host.Browser(place: TestInstallation.Other), path, 404);
        foreach (var address in new[] { path, "/feedback", "/feedback/new?from=%2F" })
            Assert.StartsWith("/?return=", (await HtmlPage.Get(host.Browser(place: null), address, 302)).Location!.PathAndQuery);
        Assert.Equal(1, await host.Hele.Read(db => db.Set<FeedbackNote>().CountAsync()));
    }

    [Fact]
    public async Task Notes_FromOneAddressWithoutSigningIn_AreHeldBackAfterSome_WithWhatWasTyped()
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite);
        var (script, neighbour, liu) = (host.BrowserFrom("203.0.113.7"), host.BrowserFrom("203.0.113.8"), await host.SignIn(TestPeople.Liu));
        for (var i = 0; i < LimitNumbers.NotesPerTenMinutes; i++)
            (await Send(script, "意见" + i)).ExpectRedirect("/feedback/*");
        var held = (await Send(script, "再来一条")).Expect(429);
        Assert.Equal("再来一条", held.Form("main form.form")["Input.Text"]);
        Assert.Contains("过十分钟再提交", held.VisibleText);
        Assert.Equal("600", held.Headers.RetryAfter!.ToString());
        (await Send(neighbour, "别人的")).ExpectRedirect("/feedback/*");
        (await Send(liu, "登录的")).ExpectRedirect("/feedback/*");
        Assert.Equal(LimitNumbers.NotesPerTenMinutes + 2, await host.Hele.Read(db => db.Set<FeedbackNote>().CountAsync()));
    }

    [Fact]
    public async Task Overdue_ShowsOnTheNote_ToEverybody()
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite);
        var code = (await host.Hele.Say(null)).Code!;
        host.Hele.Clock.MoveTo(China.At(new(2026, 11, 13), new(18, 0)));
        Assert.DoesNotContain("已超期", (await HtmlPage.Get(host.Browser(), "/feedback/" + code)).VisibleText);
        host.Hele.Clock.MoveTo(China.At(new(2026, 11, 14), new(9, 0)));
        Assert.Contains("已超期", (await HtmlPage.Get(host.Browser(), "/feedback/" + code)).VisibleText);
        Assert.Contains("已超期", (await HtmlPage.Get(host.Browser(), "/feedback")).VisibleText);
        Assert.Contains("已超期", (await HtmlPage.Get(await host.SignIn(TestPeople.Ma), "/")).VisibleText);
    }

    [Fact]
    public async Task Link_StandsAtTheFootOfEveryPage_EvenOfAMissingOne()
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite);
        foreach (var (path, status, from) in new[] { ("/", 200, "/"), ("/sign-in", 200, "/sign-in"), ("/log?size=3", 200, "/log"), ("/no-such/2222-3333-4444", 404, "/no-such/*") })
            Assert.Equal("/feedback/new?from=" + from, (await HtmlPage.Get(host.Browser(), path, status)).Document.QuerySelector("footer a[href^='/feedback/new']")!.GetAttribute("href"));
    }

    /// <summary>A number opens the records behind it, and these are no appeals.</summary>
    [Fact]
    public async Task Figure_OpensTheNotesBehindIt()
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite);
        var code = (await host.Hele.Say(null)).Code!;
        var page = await HtmlPage.Get(await host.SignIn(TestPeople.Ma), "/figures/feedback.filed?period=2026-10");
        Assert.Equal("/feedback/" + code, page.Document.QuerySelector("#records th a")!.GetAttribute("href"));
    }
}
