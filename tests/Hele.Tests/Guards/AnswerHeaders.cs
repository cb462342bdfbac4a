using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Hele.TestKit;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Hele.Tests.Guards;

/// <summary>
/// Every answer carries the protective headers: each end point by each verb as nobody and as staff, every file, answers without a body, refusals
/// and failures. Seen to fail: its first run found the form's cookie unmarked behind https.
/// </summary>
public sealed class AnswerHeaders
{
    private static readonly string[] Indexed = ["", "board", "board/{code}", "board/catalogue", "log/{code?}", "appeals/public", "appeals/public/{code}", "rules", "feedback", "figures/public"];
    private static readonly string[] Verbs = ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE"];

    [Fact]
    public async Task EveryEndpoint_ByEveryVerb_AnswersWithTheHeaders()
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite);
        var records = await EndpointMatrix.MakeRecords(host.Hele);
        var (nobody, staff) = (host.Browser(), await host.SignIn(TestPeople.Zhou));
        var (faults, statuses) = (new List<string>(), new HashSet<HttpStatusCode>());
        foreach (var way in await EndpointMatrix.Ways(host))
        {
            foreach (var verb in Verbs)
            {
                foreach (var target in new[] { EndpointMatrix.Target.Mine, EndpointMatrix.Target.Missing })
                {
                    var value = way.Pattern.Contains('{') ? EndpointMatrix.Example(way.Pattern).Value(records, target) : "";
                    var path = Regex.Replace(Regex.Replace(way.Pattern, @"\{\*\*[^}]*\}", "0/000"), @"\{[^}]*\}", value);
                    if (path == "/sign-out" && verb == "POST")
                        continue;
                    foreach (var client in new[] { nobody, staff })
                    {
                        using var request = new HttpRequestMessage(new HttpMethod(verb), path + (way.Pattern.Contains('{') ? "?" + EndpointMatrix.Example(way.Pattern).Query : ""));
                        using var answer = await client.SendAsync(request);
                        statuses.Add(answer.StatusCode);
                        Check(answer, $"{verb} {path} as {(client == staff ? "staff" : "nobody")}", faults);
                        // What search engines may keep is said here once more by hand: a page must not come among it by accident.
                        var kept = answer.StatusCode == HttpStatusCode.OK && Indexed.Contains(way.Pattern.Trim('/'));
                        if (verb is "GET" or "HEAD" && kept == (answer.Headers.TryGetValues("X-Robots-Tag", out var robots) && robots.Single().StartsWith("noindex", StringComparison.Ordinal)))
                            faults.Add($"{verb} {path}: {(kept ? "kept from search engines" : "search engines may keep it")}");
                        if (client == staff && answer.Headers.CacheControl?.NoStore != true)
                            faults.Add($"{verb} {path}: what somebody signed in saw may be kept");
                    }
                }
            }
        }
        Assert.True(faults.Count == 0, string.Join('\n', faults.Take(30)));
        foreach (var seen in new[] { HttpStatusCode.OK, HttpStatusCode.Redirect, HttpStatusCode.BadRequest, HttpStatusCode.NotFound, HttpStatusCode.MethodNotAllowed })
            Assert.Contains(seen, statuses);
    }

    [Fact]
    public async Task Robots_MayReadWhatIsPublicAndLasts_AndNothingElse_OfADemoNothing()
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite);
        Assert.Equal("User-agent: *\nAllow: /$\nAllow: /appeals/public$\nAllow: /appeals/public/\nAllow: /board$\nAllow: /board/\nAllow: /board/catalogue$\nAllow: /feedback$\nAllow: /figures/public$\nAllow: /log$\nAllow: /log/\nAllow: /rules$\nDisallow: /\n",
            await host.Browser().GetStringAsync("/robots.txt", TestContext.Current.CancellationToken));
        await using var demo = await TestHost.Start(TestDatabase.Sqlite, arguments: ["--demo", "standard"]);
        Assert.Equal("User-agent: *\nDisallow: /\n", await demo.Browser().GetStringAsync("/robots.txt", TestContext.Current.CancellationToken));
        using var board = await demo.Browser().GetAsync("/board", TestContext.Current.CancellationToken);
        Assert.Equal("noindex", board.Headers.GetValues("X-Robots-Tag").Single());
    }

    [Fact]
    public async Task EveryFile_WholeUnchangedOrMissing_AnswersWithTheHeaders()
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite);
        var client = host.Browser();
        var faults = new List<string>();
        var files = Assets.Files.GetDirectoryContents("").Select(f => f.Name).ToList();
        Assert.True(files.Count >= 3);
        foreach (var file in files)
        {
            using var whole = await client.GetAsync("/" + file);
            Assert.Equal(HttpStatusCode.OK, whole.StatusCode);
            Check(whole, file, faults);
            using var request = new HttpRequestMessage(HttpMethod.Get, "/" + file) { Headers = { IfNoneMatch = { whole.Headers.ETag! } } };
            using var unchanged = await client.SendAsync(request);
            Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
            Check(unchanged, file + " unchanged", faults);
            using var part = new HttpRequestMessage(HttpMethod.Get, "/" + file) { Headers = { Range = new(0, 9) } };
            using var answer = await client.SendAsync(part);
            Check(answer, file + " in part", faults);
        }
        foreach (var path in new[] { "/missing.css", "/wwwroot/hele.css", "/health" })
            Check(await client.GetAsync(path), path, faults);
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Fact]
    public async Task EveryCookie_IsClosedToScriptAndToOtherSites()
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite);
        var client = host.Browser();
        var form = (await HtmlPage.Get(client, "/sign-in")).Form("main form");
        var cookies = new List<string>();
        foreach (var (path, fields) in new (string, Dictionary<string, string>?)[]
        {
            ("/sign-in", null), ("/sign-in", new() { ["__RequestVerificationToken"] = form["__RequestVerificationToken"]!, ["Input.Name"] = TestPeople.Ma.SignIn, ["Input.Password"] = TestPeople.Password }),
            ("/language", new() { ["to"] = "en" }), ("/elder-mode", new() { ["to"] = "on" }), ("/appearance", new() { ["to"] = "dark" }),
        })
        {
            // Another browser for the page, so that its form's cookie is set anew.
            using var answer = fields is null ? await host.Browser().GetAsync(path) : await client.PostAsync(path, new FormUrlEncodedContent(fields));
            cookies.AddRange(answer.Headers.GetValues("Set-Cookie"));
        }
        Assert.True(cookies.Count >= 4, string.Join('\n', cookies));
        Assert.All(cookies, cookie =>
        {
            Assert.Contains("; httponly", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Matches("; samesite=(lax|strict)", cookie.ToLowerInvariant());
            Assert.DoesNotContain("; domain=", cookie, StringComparison.OrdinalIgnoreCase);
        });
    }

    /// <summary>Behind a proxy that says https, and only when it is one that was named.</summary>
    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("10.9.8.7", false)]
    public async Task Https_SaidByAProxy_IsBelievedOnlyOfTheNamedOne(string named, bool believed)
    {
        await using var host = await Listening(named, "");
        using var client = Plain(host);
        client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        client.DefaultRequestHeaders.Add("X-Forwarded-Host", "evil.example");
        using var answer = await client.GetAsync("/sign-in");
        Assert.Equal(believed, answer.Headers.Contains("Strict-Transport-Security"));
        Assert.All(answer.Headers.GetValues("Set-Cookie"), cookie => Assert.Equal(believed, cookie.Contains("; secure", StringComparison.OrdinalIgnoreCase)));
        Assert.DoesNotContain("evil.example", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hele.example", HttpStatusCode.OK)]
    [InlineData("HELE.example", HttpStatusCode.OK)]
    [InlineData("evil.example", HttpStatusCode.BadRequest)]
    [InlineData("hele.example.evil.example", HttpStatusCode.BadRequest)]
    public async Task Host_OtherThanTheNamedOne_IsRefused(string name, HttpStatusCode expected)
    {
        await using var host = await Listening("", "hele.example");
        using var client = Plain(host);
        client.DefaultRequestHeaders.Host = name;
        using var answer = await client.GetAsync("/sign-in");
        Assert.Equal(expected, answer.StatusCode);
        var faults = new List<string>();
        Check(answer, name, faults);
        Assert.Empty(faults);
        using var away = await client.GetAsync("/appeals");
        Assert.DoesNotContain("evil", away.Headers.Location?.OriginalString ?? "", StringComparison.Ordinal);
    }

    /// <summary>Sign-in leads to an address of this site whatever name the request called.</summary>
    [Fact]
    public async Task Redirect_WithAForeignHost_StaysWithoutOne()
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/appeals?x=1") { Headers = { Host = "evil.example" } };
        using var answer = await host.Browser().SendAsync(request);
        Assert.Equal("/sign-in?return=%2Fappeals%3Fx%3D1", answer.Headers.Location!.OriginalString);
    }

    /// <summary>What the server itself refuses never reaches the program: it says nothing, not even what server it is.</summary>
    [Theory]
    [InlineData("GET / HTTP/1.1\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\nBad Header: b\r\n\r\n", 400)]
    [InlineData("GET /%2 HTTP/9\r\nHost: a\r\n\r\n", 400)]
    [InlineData("POST /sign-in HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400)]
    [InlineData("GET /hele.css%00.html HTTP/1.1\r\nHost: a\r\n\r\n", 400)]
    [InlineData("LONGHEADER", 431)]
    [InlineData("LONGLINE", 414)]
    public async Task Server_RefusingByItself_SaysNothingAboutItself(string request, int status)
    {
        await using var host = await Listening("", "");
        request = request switch
        {
            "LONGHEADER" => $"GET / HTTP/1.1\r\nHost: a\r\nX: {new string('x', Front.MostBytes / 50)}\r\n\r\n",
            "LONGLINE" => $"GET /{new string('x', 5000)} HTTP/1.1\r\nHost: a\r\n\r\n",
            _ => request,
        };
        var address = new Uri(host.Urls.Single());
        using var socket = new TcpClient();
        await socket.ConnectAsync(address.Host, address.Port);
        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request));
        using var reader = new StreamReader(socket.GetStream(), Encoding.ASCII);
        var answer = await reader.ReadToEndAsync();
        Assert.StartsWith($"HTTP/1.1 {status}", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("Server:", answer, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Kestrel", answer, StringComparison.OrdinalIgnoreCase);
    }

    private static async Task<WebApplication> Listening(string proxies, string hosts)
    {
        var folder = Directory.CreateTempSubdirectory("hele-front-").FullName;
        var app = HeleHost.Build(["--data", await TestInstallation.MakeEmpty(Path.Combine(folder, "data")), "--pins", Path.Combine(folder, "pins"), "--urls", "http://127.0.0.1:0", "--proxies", proxies, "--hosts", hosts], builder => builder.Logging.ClearProviders());
        await HeleHost.Prepare(app);
        app.Lifetime.ApplicationStopped.Register(() => Directory.Delete(folder, recursive: true));
        await app.StartAsync();
        return app;
    }

    private static HttpClient Plain(WebApplication app) =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false }) { BaseAddress = new Uri(app.Urls.Single()) };

    private static void Check(HttpResponseMessage answer, string at, List<string> faults)
    {
        at += $" ({(int)answer.StatusCode})";
        string One(string name) => answer.Headers.TryGetValues(name, out var values) || answer.Content.Headers.TryGetValues(name, out values) ? string.Join(" | ", values) : "";
        var policy = One("Content-Security-Policy").Split(';', StringSplitOptions.TrimEntries);
        foreach (var part in new[] { "default-src 'self'", "frame-ancestors 'none'", "form-action 'self'", "base-uri 'none'", "object-src 'none'" })
        {
            if (!policy.Contains(part))
                faults.Add($"{at}: the content security policy lacks {part}");
        }
        if (policy.Any(p => p.Contains("unsafe", StringComparison.Ordinal) || p.Contains('*')))
            faults.Add($"{at}: {string.Join(';', policy)}");
        foreach (var (name, value) in new[]
        {
            ("X-Content-Type-Options", "nosniff"), ("X-Frame-Options", "DENY"), ("Referrer-Policy", "same-origin"), ("Cross-Origin-Opener-Policy", "same-origin"), ("Cross-Origin-Resource-Policy", "same-origin"),
        })
        {
            if (One(name) != value)
                faults.Add($"{at}: {name} is '{One(name)}'");
        }
        if (!One("Permissions-Policy").Contains("geolocation=()", StringComparison.Ordinal))
            faults.Add($"{at}: no Permissions-Policy");
        foreach (var name in new[] { "Server", "X-Powered-By", "X-AspNet-Version", "Access-Control-Allow-Origin" })
        {
            if (One(name).Length > 0)
                faults.Add($"{at}: {name}: {One(name)}");
        }
        if (answer.Content.Headers.ContentLength > 0 && answer.Content.Headers.ContentType is { } type
            && (type.MediaType!.StartsWith("text/", StringComparison.Ordinal) && type.CharSet is not ("utf-8" or null) || (type.MediaType == "text/html" && type.CharSet != "utf-8")))
            faults.Add($"{at}: {type}");
    }
}
