using System.Net;
using Hele.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Hele.Tests.TestKit;

public sealed class HtmlPageTests : IAsyncLifetime
{
    private const string Page = """
        <!doctype html><title>提交 诉求</title>
        <form method="get" action="/search"><input name="q" value="&#x4F9B;&#x6696;"><button>找</button></form>
        <form method="post" name="file">
          <input type="hidden" name="token" value="a&amp;b">
          <input name="Title"><p class="problem">请填写标题</p>
          <textarea name="Text">旧的
        文字</textarea>
          <select name="Kind"><option value="1">一</option><option value="2" selected>二</option></select>
          <input type="radio" name="Way" value="web" checked><input type="radio" name="Way" value="desk">
          <input type="checkbox" name="Public" value="true"><input type="hidden" name="Public" value="false">
          <input name="Closed" value="x" disabled>
          <button name="act" value="send">提交</button><button name="act" value="save">保存草稿</button>
        </form>
        """;

    private readonly WebApplication app;
    private HttpClient client = null!;

    public HtmlPageTests()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapGet("/form", () => Results.Content(Page, "text/html; charset=utf-8"));
        app.MapPost("/form", async (HttpContext http) =>
        {
            var form = await http.Request.ReadFormAsync();
            http.Response.Cookies.Append("sent", WebUtility.UrlEncode(string.Join(";", form.Select(f => $"{f.Key}={f.Value}"))));
            return Results.Redirect("/sent");
        });
        app.MapGet("/sent", (HttpContext http) => Results.Content($"<p id=sent>{WebUtility.HtmlEncode(WebUtility.UrlDecode(http.Request.Cookies["sent"]))}</p>", "text/html; charset=utf-8"));
        app.MapGet("/search", (string q) => Results.Content($"<a href='/form'>回到  表单</a><b>{q}</b><script>var a = '看不见';</script>", "text/html; charset=utf-8"));
    }

    public async ValueTask InitializeAsync()
    {
        await app.StartAsync();
        client = new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new(app.Urls.First()) };
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await app.DisposeAsync();
    }

    [Fact]
    public async Task Submit_FilledForm_SendsWhatABrowserWould()
    {
        var page = await HtmlPage.Get(client, "/form");
        var answer = await page.Form("file").Fill("Title", "楼道灯").Fill("Way", "desk").Check("Public").Submit("保存草稿");
        var sent = await answer.ExpectRedirect("/sent").Follow();
        Assert.Equal("token=a&b;Title=楼道灯;Text=旧的 文字;Kind=2;Way=desk;Public=true,false;act=save", sent.Text("#sent"));
    }

    [Fact]
    public async Task Submit_WithoutAButtonNamed_PressesTheFirst()
    {
        var answer = await (await HtmlPage.Get(client, "/form")).Form().Submit();
        var sent = await answer.Follow();
        Assert.Contains("Public=false;act=send", sent.Text("#sent"));
    }

    [Fact]
    public async Task Submit_FormWithMethodGet_PutsTheFieldsIntoTheAddress()
    {
        var page = await HtmlPage.Get(client, "/form");
        var found = await page.Form("[action='/search']").Submit("找");
        Assert.Equal("供暖", found.Expect(200).Text("b"));
        Assert.Equal("回到 表单 供暖", found.VisibleText.Replace("表单供暖", "表单 供暖"));
        Assert.Equal("提交 诉求", (await found.Click("回到 表单")).Title);
    }

    [Fact]
    public async Task Problems_OnAPage_AreReadWithTheirText() =>
        Assert.Equal(["请填写标题"], (await HtmlPage.Get(client, "/form")).Problems);

    [Fact]
    public async Task Fill_WhatThePageDoesNotOffer_FailsTheTest()
    {
        var form = (await HtmlPage.Get(client, "/form")).Form("file");
        Assert.Contains("no field 'Nothing'", Assert.ThrowsAny<Exception>(() => form.Fill("Nothing", "x")).Message);
        Assert.Contains("offers no '3', only: 1, 2", Assert.ThrowsAny<Exception>(() => form.Fill("Kind", "3")).Message);
        Assert.Equal("3", form.Force("Kind", "3")["Kind"]);
    }

    [Fact]
    public async Task Get_OfAnotherStatusThanExpected_FailsTheTest()
    {
        Assert.Contains("answered 404, expected 200", (await Assert.ThrowsAnyAsync<Exception>(() => HtmlPage.Get(client, "/none"))).Message);
        await HtmlPage.Get(client, "/none", 404);
    }
}
