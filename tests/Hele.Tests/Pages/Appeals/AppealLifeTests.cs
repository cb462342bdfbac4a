using Hele.Civic.Appeals;
using Hele.TestKit;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Hele.Tests.Pages.Appeals;

public class AppealLifeTests(TestHosts hosts) : IClassFixture<TestHosts>
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Appeal_FromTheFormToTheVerdict_LivesWithoutScript(TestDatabase kind)
    {
        var host = await hosts.On(kind);
        var (liu, zhao) = (await host.As(TestPeople.Liu), await host.As(TestPeople.Zhao));

        var code = await PageSteps.FileAppeal(liu);
        Assert.Equal(AppealState.Filed, (await host.Hele.Row(code)).State);
        Assert.Equal(["appeal.filed"], await host.Hele.Events(code));
        var receipt = await HtmlPage.Get(liu, $"/appeals/{code}/receipt");
        Assert.Contains(code, receipt.VisibleText);
        Assert.Contains("最迟2026年11月2日受理", receipt.VisibleText);
        Assert.StartsWith("data:image/svg+xml;base64,", receipt.One(".qr img").GetAttribute("src"));

        await host.Hele.Went(await PageSteps.Accept(zhao, code), code, AppealState.Accepted, "appeal.accepted");
        await host.Hele.Went(await PageSteps.Answer(zhao, code, "灯泡已换。"), code, AppealState.Answered, "appeal.answered");
        var home = await HtmlPage.Get(liu, "/");
        Assert.Contains("请您评价", home.Text(".matters .asks"));

        await host.Hele.Went(await PageSteps.Judge(liu, code, false, "二楼还是不亮"), code, AppealState.Reopened, "appeal.judged-dissatisfied");
        await host.Hele.Went(await PageSteps.Answer(zhao, code, "二楼换了开关。"), code, AppealState.Answered, "appeal.answered");
        await host.Hele.Went(await PageSteps.Judge(liu, code, true), code, AppealState.Satisfied, "appeal.judged-satisfied");

        var matter = await HtmlPage.Get(liu, "/appeals/" + code);
        Assert.Contains("居民满意，办结", matter.Texts(".state"));
        Assert.Equal(6, matter.Texts(".timeline li").Count);
        Assert.Equal(["灯泡已换。", "二楼还是不亮", "二楼换了开关。"], matter.Texts(".timeline blockquote"));
        Assert.False(matter.Has("main form"));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Intake_ForSomebodyElseYesterday_IsMarkedAndPrints(TestDatabase kind)
    {
        var host = await hosts.On(kind);
        var zhou = await host.As(TestPeople.Zhou);
        var form = (await HtmlPage.Get(zhou, "/appeals/intake")).Form("main form[data-once]");
        Assert.Equal("2026-10-30", form["Input.ToldOn"]);
        var answer = await form.Fill("Input.AppellantName", "王桂兰").Fill("Input.ToldOn", "2026-10-29").Fill("Input.Kind", "noise").Fill("Input.Title", "夜里施工")
            .Fill("Input.Place", "12号院门口").Fill("Input.Text", "十点以后还在打钻。").Submit();
        answer.ExpectRedirect("/appeals/*/receipt".Replace("*/receipt", "*", StringComparison.Ordinal));
        var receipt = await answer.Follow();
        Assert.Contains("王桂兰", receipt.VisibleText);

        var code = answer.Location!.Segments[2].TrimEnd('/');
        var row = await host.Hele.Row(code);
        Assert.Equal((new DateOnly(2026, 10, 29), Channel.Counter, "王桂兰", (Guid?)null), (row.FiledOn, row.Channel, row.AppellantName, row.AppellantId));
        var matter = await HtmlPage.Get(zhou, "/appeals/" + code);
        Assert.Equal(["补录"], matter.Texts(".timeline .backfilled"));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task PaperVerdict_ByTheHandler_IsRefusedAndByAColleagueMarked(TestDatabase kind)
    {
        var host = await hosts.On(kind);
        var (liu, zhao, zhou) = (await host.As(TestPeople.Liu), await host.As(TestPeople.Zhao), await host.As(TestPeople.Zhou));
        var code = await PageSteps.FileAppeal(liu, "门禁坏了");
        await PageSteps.Accept(zhao, code);
        await PageSteps.Answer(zhao, code, "门禁已修。");

        // The colleague's form, with the handler's cookies and token.
        var zhouForm = (await HtmlPage.Get(zhou, "/appeals/" + code)).Form("#paper form");
        var zhaoPage = await HtmlPage.Get(zhao, "/appeals/" + code);
        Assert.False(zhaoPage.Has("#paper"));
        Assert.Contains("请一位没有经手的同事录入", zhaoPage.VisibleText);
        using var crafted = new HttpRequestMessage(HttpMethod.Post, $"/appeals/{code}?handler=Paper");
        crafted.Content = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["__RequestVerificationToken"] = zhaoPage.One("header input[name=__RequestVerificationToken]").GetAttribute("value")!,
            ["op"] = Guid.NewGuid().ToString(), ["Paper.Satisfied"] = "true", ["Paper.JudgedOn"] = "2026-10-30",
        });
        using var sent = await zhao.SendAsync(crafted);
        var refused = (await HtmlPage.From(zhao, sent)).Expect(409);
        Assert.Contains("不能录入居民的评价", refused.VisibleText);
        Assert.Equal(AppealState.Answered, (await host.Hele.Row(code)).State);

        var accepted = await zhouForm.Fill("Paper.Satisfied", "true").Fill("Paper.Remark", "修好了，谢谢").Submit();
        accepted.ExpectRedirect($"/appeals/{code}/verdict");
        Assert.Equal((AppealState.Satisfied, "appeal.judged-satisfied"), ((await host.Hele.Row(code)).State, (await host.Hele.Events(code))[^1]));
        Assert.Contains("居民纸质评价，社区工作者代录", (await HtmlPage.Get(zhao, "/appeals/" + code)).VisibleText);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Answer_AfterSomebodyWasFaster_Is409AndKeepsTheText(TestDatabase kind)
    {
        var host = await hosts.On(kind);
        var (liu, zhao, ma) = (await host.As(TestPeople.Liu), await host.As(TestPeople.Zhao), await host.As(TestPeople.Ma));
        var code = await PageSteps.FileAppeal(liu, "井盖松动");
        await PageSteps.Accept(zhao, code);
        var late = (await PageSteps.AnswerForm(ma, code)).Fill("Answer.Text", "我也写了一份答复");
        await PageSteps.Answer(zhao, code, "井盖已换。");

        var answer = (await late.Submit()).Expect(409);
        Assert.Contains("已答复未评价", answer.Text(".summary"));
        Assert.Contains("网格员", answer.Text(".notice"));
        Assert.Contains("作出答复", answer.Text(".notice"));
        Assert.Equal("我也写了一份答复", answer.Text("#kept"));
        Assert.Equal(1, await host.Hele.Read(db => db.Set<AppealAnswer>().CountAsync(x => db.Set<Appeal>().Any(a => a.Id == x.AppealId && a.PublicCode == code))));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Answer_SentTwice_IsOneAnswer(TestDatabase kind)
    {
        var host = await hosts.On(kind);
        var (liu, zhao) = (await host.As(TestPeople.Liu), await host.As(TestPeople.Zhao));
        var code = await PageSteps.FileAppeal(liu, "路灯闪");
        await PageSteps.Accept(zhao, code);
        var form = (await PageSteps.AnswerForm(zhao, code)).Fill("Answer.Text", "镇流器已换。");
        (await form.Submit()).ExpectRedirect("/appeals/" + code);
        (await form.Submit()).ExpectRedirect("/appeals/" + code);
        Assert.Equal(["appeal.filed", "appeal.accepted", "appeal.answered"], await host.Hele.Events(code));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Verdict_Refused_ShowsTheProblemBesideItsFieldAndKeepsTheWords(TestDatabase kind)
    {
        var host = await hosts.On(kind);
        var (liu, zhao) = (await host.As(TestPeople.Liu), await host.As(TestPeople.Zhao));
        var code = await PageSteps.FileAppeal(liu, "垃圾没清");
        await PageSteps.Accept(zhao, code);
        var empty = (await PageSteps.Answer(zhao, code, "  ")).Expect(400);
        Assert.Equal(["请写答复：做了什么，结果怎样。"], empty.Problems);
        await PageSteps.Answer(zhao, code, "已清。");

        var page = (await PageSteps.Judge(liu, code, false)).Expect(400);
        Assert.Contains("哪里不满意", Assert.Single(page.Problems));
        Assert.Equal("false", page.Form("#judge form")["Verdict.Satisfied"]);
        Assert.Contains("哪里不满意", page.Text("#judge .summary"));
        var again = await page.Form("#judge form").Fill("Verdict.Remark", "楼后面还有").Submit();
        await host.Hele.Went(again, code, AppealState.Reopened, "appeal.judged-dissatisfied");
    }
}
