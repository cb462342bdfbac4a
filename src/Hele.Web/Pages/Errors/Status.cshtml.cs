using System.Security.Cryptography;
using Hele.Civic.Platform.Storage;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Errors;

/// <summary>What is shown instead of a page: for a bare status and for a failure. Missing and forbidden are one answer, 404.</summary>
[AllowAnonymous]
[IgnoreAntiforgeryToken]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class StatusModel(Texts L, Shell shell, ILogger<StatusModel> log) : PageModel
{
    private const string ReferenceAlphabet = "23456789ABCDEFGHJKMNPQRSTVWXYZ";

    public string Title { get; private set; } = "";

    public string Sentence { get; private set; } = "";

    /// <summary>Written into the server's log beside the failure.</summary>
    public string? Reference { get; private set; }

    /// <summary>What was typed into a form that couldn't be taken.</summary>
    public UnsentForm? Typed { get; private set; }

    /// <summary>The page that was asked for.</summary>
    public string Address { get; private set; } = "/";

    /// <summary>Whether trying the same page again may help.</summary>
    public bool Again { get; private set; }

    public void OnGet()
    {
    }

    // Not OnGet: the page is also shown for the other methods.
    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        Address = LocalPath.Current(HttpContext);
        var failure = HttpContext.Features.Get<IExceptionHandlerPathFeature>();
        var bare = HttpContext.Features.Get<IStatusCodeReExecuteFeature>();
        var trouble = failure is null ? null : StorageTrouble.Of(failure.Error);
        var code = trouble is not null ? 503 : failure is not null ? 500 : bare is not null ? int.Parse((string)RouteData.Values["code"]!) : 404;
        if (code == 403)
            code = 404;
        Response.StatusCode = code;

        var writing = code == 503 ? (await shell.Get()).Writing : null;
        (Title, Sentence, Again) = code switch
        {
            400 when UnsentForm.IsExpired(HttpContext) => (L["页面放得太久了"], L["页面放得太久了，请返回重新提交；您写的内容还在。"], true),
            400 => (L["没有看懂这次提交"], L["提交的内容不完整或格式不对。请返回上一页，检查后再试。"], false),
            404 => (L["找不到这一页"], L["地址可能写错了，内容可能已经移走，也可能不对您开放。"], false),
            405 => (L["不能这样打开这一页"], L["请从页面上的链接或按钮进入。"], false),
            409 => (L["情况已经变了"], L["别人刚刚处理过，或者这件事已经不在原来的状态。请重新打开页面，看看现在的情况。"], true),
            413 => (L["内容太大了"], L["照片或附件超过了允许的大小。请返回上一页，减少或缩小后再试。"], false),
            429 => (L["操作太快了"], Limits.Wait(HttpContext) is { TotalMinutes: > 1 } wait ? L["请等{0}分钟再试。", (int)Math.Ceiling(wait.TotalMinutes)] : L["请等一分钟再试。"], true),
            503 when trouble is not null => (L["现在用不了"], L["不是您的操作造成的：{0}。请过一会儿再试；已经提交成功的内容不会丢。", trouble.Reason], true),
            503 when writing is var (done, total) => (L["演示的一年正在写入"], L["已写{0}%，写完才能登录和填写。这一页会自己刷新。", done * 100 / total], true),
            503 => (L["系统正忙"], L["请稍等一会儿再试，已经提交成功的内容不会丢。"], true),
            500 => (L["系统出错了"], L["这是我们的问题，不是您的操作造成的。请稍后再试；已经提交成功的内容不会丢。"], true),
            _ => (L["没有办成"], L["请返回上一页再试一次。"], false),
        };

        if (trouble is not null)
        {
            Response.Headers.RetryAfter = "60";
            log.LogError("Storage: {Trouble}. {Failure} {Remedy}", trouble.Reason.En, failure!.Error.GetBaseException().Message, trouble.Remedy.En);
        }
        if (code == 500)
        {
            Reference = RandomNumberGenerator.GetString(ReferenceAlphabet, 4) + "-" + RandomNumberGenerator.GetString(ReferenceAlphabet, 4);
            // The pattern, not the address: that is anything a stranger likes.
            log.LogError(failure?.Error, "Failure {Reference} at {Route}", Reference, failure?.Endpoint is RouteEndpoint page ? "/" + page.RoutePattern.RawText?.TrimStart('/') : "(no page)");
        }

        var expired = UnsentForm.IsExpired(HttpContext);
        if ((expired || code is 413 or 429 or 500 or 503) && await UnsentForm.Of(HttpContext) is { } typed)
        {
            Typed = typed;
            Sentence = code == 413 ? L["照片或附件加起来太大，没有收下。您写的内容都在下面：可以先不带照片提交，也可以返回上一页少选几张。"]
                : expired ? L["页面放得太久了，没有提交成功。您写的内容都在下面，看一遍后点“重新提交”。"]
                : L["{0}您写的内容都在下面，可以再点“重新提交”，不会重复。", Sentence];
        }
        await next();
    }
}
