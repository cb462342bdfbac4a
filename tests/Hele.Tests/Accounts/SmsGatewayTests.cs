using Hele.Civic.Platform.Accounts;
using Hele.Civic.Platform.Storage;
using Hele.TestKit;
using Xunit;

namespace Hele.Tests.Accounts;

/// <summary>One configurable request, against a real listener.</summary>
public class SmsGatewayTests
{
    [Fact]
    public async Task Json_IsEscapedAndSentAsDescribed()
    {
        await using var sms = SmsListener.Start();
        using var gateway = SmsGateway.Load(sms.File($$"""
            {"url":"{{sms.Address}}v1/{phone}?k=1","method":"PUT","headers":{"Content-Type":"application/json; charset=utf-8","Authorization":"Bearer a b"},"bodyTemplate":"{\"m\":\"{text}\",\"p\":\"{phone}\",\"braces\":\"{other}\"}"}
            """));
        Assert.Null(await gateway.Send("1\"{code}&/", "123456", TestContext.Current.CancellationToken));
        var request = await sms.NextRequest();
        Assert.Equal(("PUT", "/v1/1%22%7Bcode%7D%26%2F?k=1", "Bearer a b"), (request.Method, request.PathAndQuery, request.Authorization));
        Assert.Equal("application/json; charset=utf-8", request.ContentType);
        var body = System.Text.Json.JsonDocument.Parse(request.Body).RootElement;
        Assert.Equal("1\"{code}&/", body.GetProperty("p").GetString());
        Assert.Contains("123456", body.GetProperty("m").GetString());
        Assert.Equal("{other}", body.GetProperty("braces").GetString());
    }

    [Fact]
    public async Task Form_IsUrlEncoded()
    {
        await using var sms = SmsListener.Start();
        using var gateway = SmsGateway.Load(sms.File($$"""
            {"url":"{{sms.Address}}","headers":{"content-type":"application/x-www-form-urlencoded"},"bodyTemplate":"to={phone}&text={text}","expectedStatus":202}
            """));
        sms.Status = 202;
        Assert.Null(await gateway.Send("13800000000&x=1", "654321", TestContext.Current.CancellationToken));
        var request = await sms.NextRequest();
        var fields = System.Web.HttpUtility.ParseQueryString(request.Body);
        Assert.Equal("13800000000&x=1", fields["to"]);
        Assert.Contains("654321", fields["text"]);
        Assert.Null(fields["x"]);
    }

    [Fact]
    public async Task AnotherStatus_ARedirectOrNobody_IsAFailureWithoutNumberAndCode()
    {
        var sms = SmsListener.Start();
        using var gateway = SmsGateway.Load(sms.File());
        (sms.Status, sms.Location) = (302, sms.Address + "elsewhere");
        Assert.Equal("the gateway answered 302", await gateway.Send("13800000000", "123456", TestContext.Current.CancellationToken));
        (sms.Status, sms.Location) = (500, null);
        Assert.Equal("the gateway answered 500", await gateway.Send("13800000000", "123456", TestContext.Current.CancellationToken));
        Assert.Equal(2, sms.Received);
        await sms.DisposeAsync();
        var failure = await gateway.Send("13800000000", "123456", TestContext.Current.CancellationToken);
        Assert.StartsWith("the gateway can't be reached", failure);
        Assert.DoesNotContain("13800000000", failure);
    }

    [Theory]
    [InlineData("""{"url":"http://sms.example/send?to={phone}&c={code}","method":"GET"}""", "https")]
    [InlineData("""{"url":"ftp://127.0.0.1/{phone}{code}","method":"GET"}""", "no web address")]
    [InlineData("""{"url":"https://{phone}.example/{code}","method":"GET"}""", "host's name")]
    [InlineData("""{"url":"https://sms.example/send?to={phone}","method":"GET"}""", "{code}")]
    [InlineData("""{"url":"https://sms.example/send","method":"DELETE","bodyTemplate":"{phone}{code}"}""", "method")]
    [InlineData("""{"url":"https://sms.example/send","bodyTemplate":"{phone}{code}"}""", "Content-Type")]
    [InlineData("""{"url":"https://sms.example/send","headers":{"Content-Type":"text/xml"},"bodyTemplate":"{phone}{code}"}""", "Content-Type")]
    [InlineData("""{"url":"https://sms.example/send","bodyTemplat":"{phone}{code}"}""", "bodyTemplat")]
    [InlineData("not json", "--sms")]
    public async Task Description_ThatIsWrong_StopsTheStart(string json, string says)
    {
        await using var sms = SmsListener.Start();
        Assert.Contains(says, Assert.Throws<StartupException>(() => SmsGateway.Load(sms.File(json))).Message);
        Assert.Contains("--sms", Assert.Throws<StartupException>(() => SmsGateway.Load("/no/such/file")).Message);
    }
}
