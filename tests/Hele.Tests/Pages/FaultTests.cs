using System.Net;
using System.Text;
using Hele.Civic.Appeals;
using Hele.Civic.Platform.Journal;
using Hele.TestKit;
using Hele.Web.Hosting;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Hele.Tests.Pages;

/// <summary>What a crafted request sends where a browser would not: too much, broken, in disguise. Refused or harmless, and never a failure.</summary>
public class FaultTests(TestHosts hosts) : IClassFixture<TestHosts>
{
    [Theory]
    [InlineData("/appeals/new")]
    [InlineData("/sign-in")]
    [InlineData("/language")]
    public async Task Post_WithMoreThanAnyFormHolds_IsRefusedWithoutFailing(string path)
    {
        var host = await hosts.On(TestDatabase.Sqlite);
        var liu = await host.As(TestPeople.Liu);
        var before = await host.Hele.Count();
        var token = (await HtmlPage.Get(liu, "/appeals/new")).Form("main form")["__RequestVerificationToken"]!;
        KeyValuePair<string, string>[] usual = [new("__RequestVerificationToken", token), new("op", Guid.NewGuid().ToString()), new("Input.Kind", "facilities"), new("Input.Title", "灯"), new("Input.Place", "院里")];
        foreach (var (what, fields) in new (string, IEnumerable<KeyValuePair<string, string>>)[]
        {
            ("a field", [.. usual, new("Input.Text", new string('x', Front.MostOfAField + 1))]),
            ("a name", [.. usual, new(new string('n', 300), "x")]),
            ("fields", [.. usual, .. Enumerable.Range(0, Front.MostFields + 1).Select(i => new KeyValuePair<string, string>("f" + i, "x"))]),
        })
        {
            using var answer = await liu.PostAsync(path, new FormUrlEncodedContent(fields));
            Assert.True(answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge, $"{what} to {path}: {(int)answer.StatusCode}");
        }
        Assert.Equal(before, await host.Hele.Count());
    }

    /// <summary>The limit of a whole body is the server's.</summary>
    [Fact]
    public async Task Post_WithABodyAboveTheLimit_IsRefusedByTheServer()
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite, listens: true);
        var liu = await host.SignIn(TestPeople.Liu);
        foreach (var path in new[] { "/appeals/new", "/language", "/sign-in" })
        {
            using var content = new ByteArrayContent(new byte[Front.MostBytes + 1]);
            content.Headers.ContentType = new("application/x-www-form-urlencoded");
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
            // The server answers at once and closes; asking first keeps the client from writing into a closed connection.
            request.Headers.ExpectContinue = true;
            using var answer = await liu.SendAsync(request);
            Assert.True(answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge, $"{path}: {(int)answer.StatusCode}");
        }
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded", "Input.Title=%")]
    [InlineData("application/x-www-form-urlencoded", "Input.Title=%ZZ&Input.Text=%C3%28")]
    [InlineData("application/x-www-form-urlencoded", "%00=%00&=&&&=x")]
    [InlineData("application/x-www-form-urlencoded; charset=utf-16", "Input.Title=x")]
    [InlineData("application/x-www-form-urlencoded; charset=no-such-charset", "Input.Title=x")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"Input.Title\"\r\n\r\nnever ends")]
    [InlineData("multipart/form-data", "no boundary")]
    [InlineData("multipart/form-data; boundary=\"\"", "empty boundary")]
    [InlineData("application/json", "{\"Input\":{\"Title\":\"x\"}}")]
    [InlineData("text/xml", "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><x>&e;</x>")]
    [InlineData("nonsense", "\u0000\u0001")]
    public async Task Post_WithABrokenBody_IsRefusedWithoutFailing(string type, string body)
    {
        var host = await hosts.On(TestDatabase.Sqlite);
        var liu = await host.As(TestPeople.Liu);
        var before = await host.Hele.Count();
        foreach (var path in new[] { "/appeals/new", "/account/data?handler=Ask", "/language", "/sign-in" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(Encoding.Latin1.GetBytes(body)) };
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
            using var answer = await liu.SendAsync(request);
            Assert.True(answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.UnsupportedMediaType, $"{path}: {(int)answer.StatusCode}");
        }
        Assert.Equal(before, await host.Hele.Count());
    }

    /// <summary>A form with a NUL in it comes from no browser.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task File_WithANulCharacter_IsRefused(TestDatabase kind)
    {
        var host = await hosts.On(kind);
        var before = await host.Hele.Count();
        (await (await PageSteps.AppealForm(await host.As(TestPeople.Liu))).Force("Input.Text", "灯\0不亮").Submit()).Expect(400);
        Assert.Equal(before, await host.Hele.Count());
    }

    /// <summary>Characters that turn the writing round, hide or steer a terminal are gone before anything is stored, on both databases alike.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task File_WithCharactersThatDeceive_StoresOnlyWhatIsSeen(TestDatabase kind)
    {
        var host = await hosts.On(kind);
        var form = await PageSteps.AppealForm(await host.As(TestPeople.Liu));
        var answer = await form.Force("op", Guid.NewGuid().ToString()).Force("Input.Title", "灯不\u202E亮\u200B\u2066了\uFEFF").Force("Input.Place", "院\u0007里\u2028门\u202C口").Force("Input.Text", "第一行\r\n第二\u200D行\u2067结束\u001B[31m").Submit();
        answer.ExpectRedirect("/appeals/*");
        var row = await host.Hele.Row(answer.Location!.Segments[2].TrimEnd('/'));
        foreach (var text in new[] { row.Title, row.Place, row.Text })
        {
            Assert.DoesNotContain(text, c => c is '\0' or '\u001B' or '\u0007' or '\u200B' or '\u2028' or '\uFEFF' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069'));
            Assert.Equal(text, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)));
        }
        Assert.Equal("灯不亮了", row.Title);
        Assert.Contains("第一行\n第", row.Text, StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task File_WithHalfACharacter_IsStoredWellFormed(TestDatabase kind)
    {
        var host = await hosts.On(kind);
        var liu = await host.As(TestPeople.Liu);
        var token = (await HtmlPage.Get(liu, "/appeals/new")).Form("main form")["__RequestVerificationToken"]!;
        // A lone surrogate as UTF-8 would carry it, and an overlong slash: neither is UTF-8.
        var body = $"__RequestVerificationToken={token}&op={Guid.NewGuid()}&Input.Kind=facilities&Input.Title=%E7%81%AF%ED%A0%80%C0%AF&Input.Place=%E9%99%A2&Input.Text=%E7%81%AF%ED%BF%BF";
        using var answer = await liu.PostAsync("/appeals/new", new StringContent(body, Encoding.ASCII, "application/x-www-form-urlencoded"));
        Assert.True((int)answer.StatusCode < 500, $"{(int)answer.StatusCode}");
        if (answer.StatusCode != HttpStatusCode.Redirect)
            return;
        var row = await host.Hele.Row(answer.Headers.Location!.OriginalString.Split('/')[2]);
        Assert.DoesNotContain(row.Title + row.Text, char.IsSurrogate);
        Assert.DoesNotContain('/', row.Title);
    }

    /// <summary>Another spelling of an address is the same page under the same fence, or none.</summary>
    [Theory]
    [InlineData("/%61ppeals")]
    [InlineData("/APPEALS")]
    [InlineData("/appeals/")]
    [InlineData("//appeals")]
    [InlineData("/./appeals")]
    [InlineData("/log/../appeals")]
    [InlineData("/log/%2e%2e/appeals")]
    [InlineData("/log/%2e%2e%2fappeals")]
    [InlineData("/appeals%2f")]
    [InlineData("/appeals.")]
    [InlineData("/appeals%00")]
    [InlineData("/appeals;x=1")]
    [InlineData("/appeals%20")]
    [InlineData("/dashboard/..;/appeals")]
    [InlineData("/hele.css/../appeals")]
    [InlineData("/%5cappeals")]
    public async Task Get_StaffPageInDisguise_IsFencedLikeThePage(string path)
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite, listens: true);
        const string mark = "只有工作人员能看到的标题";
        await host.Hele.FileAppeal(await host.Hele.Viewer(TestPeople.Liu), mark);
        // As it stands, without the client tidying it up.
        var address = new Uri(new Uri((await host.SignIn(TestPeople.Chen)).BaseAddress!.ToString()).GetLeftPart(UriPartial.Authority) + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        foreach (var (client, signedIn) in new[] { (host.Browser(), false), (await host.SignIn(TestPeople.Chen), true) })
        {
            using var answer = await client.GetAsync(address);
            var body = await answer.Content.ReadAsStringAsync();
            Assert.DoesNotContain(mark, body, StringComparison.Ordinal);
            Assert.True(answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.BadRequest || (!signedIn && answer.StatusCode == HttpStatusCode.Redirect), $"{path}: {(int)answer.StatusCode}");
        }
    }

    [Theory]
    [InlineData("/..%2f..%2fetc/passwd")]
    [InlineData("/%2e%2e/%2e%2e/etc/passwd")]
    [InlineData("/log/999101001001/tile/0/..%2f..%2f..%2fhele.db")]
    [InlineData("/log/999101001001/tile/entries/000")]
    [InlineData("/appsettings.json")]
    [InlineData("/.git/config")]
    [InlineData("/hele-data/hele.db")]
    public async Task Get_AFileOutsideThoseServed_IsMissing(string path)
    {
        var host = await hosts.On(TestDatabase.Sqlite);
        using var answer = await host.Browser().GetAsync(path);
        Assert.True(answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.BadRequest, $"{path}: {(int)answer.StatusCode}");
    }

    [Theory]
    [InlineData("?sort=-due&after=%00")]
    [InlineData("?after=00000000-0000-0000-0000-000000000000&before=x")]
    [InlineData("?Search=CfDJ8%F0%9F%92%A9%00%25_[]'\"--;")]
    [InlineData("?State=9999")]
    [InlineData("?State=1&State=2&state=3")]
    [InlineData("?Kind=<script>alert(1)</script>")]
    [InlineData("?LateOnly=perhaps")]
    public async Task Get_ListWithStrangeParameters_AnswersAndEchoesNothingRaw(string query)
    {
        foreach (var kind in new[] { TestDatabase.Sqlite, TestDatabase.Postgres })
        {
            var host = await hosts.On(kind);
            using var answer = await (await host.As(TestPeople.Zhou)).GetAsync("/appeals" + query);
            Assert.True((int)answer.StatusCode is 200 or 400, $"{query}: {(int)answer.StatusCode}");
            Assert.DoesNotContain("<script>alert", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    /// <summary>Another account's operation id opens and repeats nothing of theirs.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Act_WithAnotherAccountsOperationId_IsNeitherTheirResultNorTheirs(TestDatabase kind)
    {
        var host = await hosts.On(kind);
        var theirs = Guid.CreateVersion7();
        var (liu, zhao) = (await host.Hele.Viewer(TestPeople.Liu), await host.As(TestPeople.Zhao));
        var code = await host.Hele.FileAppeal(liu, operation: theirs);
        // Staff send the resident's operation id with their own act, and the resident's own answer stays the resident's.
        var answer = await (await HtmlPage.Get(zhao, "/appeals/" + code)).Form("#accept form").Force("op", theirs.ToString()).Submit();
        answer.ExpectRedirect("/appeals/" + code);
        var acts = await host.Hele.Read(db => db.Set<AcceptedOperation>().Where(o => o.OperationId == theirs).Select(o => new { o.AccountId, o.Operation }).ToListAsync());
        Assert.Equal(["appeal.accept", "appeal.file"], acts.Select(a => a.Operation).Order());
        Assert.Equal(2, acts.Select(a => a.AccountId).Distinct().Count());
        Assert.Equal(AppealState.Accepted, (await host.Hele.Row(code)).State);
    }
}
