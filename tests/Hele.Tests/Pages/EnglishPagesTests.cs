using System.Text.RegularExpressions;
using Hele.Civic.Appeals;
using Hele.TestKit;
using Xunit;

namespace Hele.Tests.Pages;

/// <summary>In English no page says anything in Chinese but what people wrote and what they are called.</summary>
public class EnglishPagesTests
{
    private const string Title = "灯坏", Place = "三号楼", Text = "晚上看不见", Answer = "换好了", Remark = "还是不亮", Reason = "社区没有钱换";
    private static readonly string[] Data = [Title, Place, Text, Answer, Remark, "王桂兰", "刘大勇", "赵敏", "周丽华", "马建军", "冯淑珍", "居务监督委员会主任", "社区党委书记", "社区工作者", "网格员", "中文", "唐敏", "街道工作人员", "陆卫国", "区级工作人员", "柳荫街道", "河西社区", Reason, "系统管理员", "安全管理员", "孙伟", "何琳"];

    [Fact]
    public async Task Read_EveryPageInEnglish_HasNoHanOutsideData()
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite);
        var liu = await host.SignIn(TestPeople.Liu, language: "en");
        var zhao = await host.SignIn(TestPeople.Zhao, language: "en");
        var zhou = await host.SignIn(TestPeople.Zhou, language: "en");
        var nobody = host.Browser("en");

        foreach (var path in new[] { "/", "/sign-in", "/appeals/public", "/appeals/public?kind=noise" })
            Read(await nobody.GetPage(path));
        foreach (var path in new[] { "/", "/appeals/new", "/appeals/conduct", "/account/password", "/missing" })
            Read(await liu.GetPage(path));
        foreach (var path in new[] { "/", "/appeals", "/appeals?late=true", "/appeals" + host.Search("x"), "/appeals/intake", "/appeals/conduct" })
            Read(await zhao.GetPage(path));

        Read(await (await HtmlPage.Get(await host.SignIn(TestPeople.Feng, language: "en"), "/appeals/conduct")).Form("main form").Submit());
        Read(await (await HtmlPage.Get(liu, "/appeals/conduct")).Form("main form").Fill("Input.Aspect", "lead").Submit());
        Read(await (await HtmlPage.Get(liu, "/appeals/new")).Form("main form").Submit());
        var form = (await HtmlPage.Get(liu, "/appeals/new")).Form("main form").Fill("Input.Kind", "facilities").Fill("Input.Title", Title).Fill("Input.Place", Place).Fill("Input.Text", Text);
        var code = (await form.Submit()).Location!.Segments[2].TrimEnd('/');
        Read(await form.Fill("Input.Text", Text + Text).Submit());
        await All();
        var accepted = await PageSteps.Accept(zhao, code);
        Read(await accepted.Follow());
        await All();
        Read(await PageSteps.Answer(zhao, code, ""));
        var second = (await PageSteps.AnswerForm(zhou, code)).Fill("Answer.Text", Answer);
        Read(await (await PageSteps.Answer(zhao, code, Answer)).Follow());
        Read((await second.Submit()).Expect(409));
        await All();
        Read(await PageSteps.Judge(liu, code, false, ""));
        Read(await (await PageSteps.Judge(liu, code, false, Remark)).Follow());
        await All();
        host.Hele.Clock.MoveTo(host.Hele.Clock.GetUtcNow().AddDays(30));
        liu = await host.SignIn(TestPeople.Liu, language: "en");
        zhao = await host.SignIn(TestPeople.Zhao, language: "en");
        zhou = await host.SignIn(TestPeople.Zhou, language: "en");
        await All();
        await PageSteps.Answer(zhao, code, Answer);
        var paper = (await HtmlPage.Get(zhou, "/appeals/" + code)).Form("#paper form").Fill("Paper.Satisfied", "true").Fill("Paper.JudgedOn", "x");
        Read(await paper.Submit());
        Read(await (await paper.Fill("Paper.JudgedOn", "2026-11-29").Submit()).Follow());
        await All();

        async Task All()
        {
            foreach (var path in new[] { "/", "/appeals/" + code, $"/appeals/{code}/receipt" })
            {
                Read(await liu.GetPage(path));
                Read(await zhao.GetPage(path));
            }
            Read(await zhou.GetPage("/appeals/" + code));
            Read(await zhao.GetPage("/appeals"));
            Read(await nobody.GetPage("/appeals/public"));
        }
    }

    [Fact]
    public async Task Read_PagesOfTheTreeInEnglish_HaveNoHanOutsideData()
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite);
        foreach (var path in new[] { "/", "/?choose=1" })
            Read(await host.Browser("en", place: null).GetPage(path));
        var (liu, zhou, tang, lu) = (await host.SignIn(TestPeople.Liu, language: "en"), await host.SignIn(TestPeople.Zhou, language: "en"), await host.SignIn(TestPeople.Tang, language: "en"), await host.SignIn(TestPeople.Lu, language: "en"));
        foreach (var path in new[] { "/", "/referrals", "/referrals?state=Answered", "/communities", "/communities/appeals.judged", "/communities?period=x" })
        {
            Read(await tang.GetPage(path));
            Read(await lu.GetPage(path));
        }
        var form = (await HtmlPage.Get(liu, "/appeals/new")).Form("main form").Fill("Input.Kind", "facilities").Fill("Input.Title", Title).Fill("Input.Place", Place).Fill("Input.Text", Text);
        var code = (await form.Submit()).Location!.Segments[2].TrimEnd('/');
        await PageSteps.Accept(zhou, code);
        Read(await PageSteps.ReferUp(zhou, code, ""));
        Read(await (await PageSteps.ReferUp(zhou, code, Reason)).Follow());
        await Everybody();
        Read(await PageSteps.ReturnFromAbove(tang, await host.Hele.ReferralOf(code), "", ""));
        Read(await (await PageSteps.ReturnFromAbove(tang, await host.Hele.ReferralOf(code), "NeedsMore", Remark)).Follow());
        await Everybody();
        await PageSteps.ReferUp(zhou, code, Reason);
        var late = (await HtmlPage.Get(tang, "/referrals/" + await host.Hele.ReferralOf(code))).Form("#return form").Fill("Return.Why", "NotThisLevel").Fill("Return.Note", Remark);
        Read(await PageSteps.AnswerFromAbove(tang, await host.Hele.ReferralOf(code), ""));
        Read(await (await PageSteps.AnswerFromAbove(tang, await host.Hele.ReferralOf(code), Answer)).Follow());
        Read((await late.Submit()).Expect(409));
        await Everybody();

        async Task Everybody()
        {
            Read(await liu.GetPage("/appeals/" + code));
            Read(await zhou.GetPage("/appeals/" + code));
            Read(await zhou.GetPage("/appeals"));
            foreach (var path in new[] { "/", "/referrals", "/referrals/" + await host.Hele.ReferralOf(code) })
                Read(await tang.GetPage(path));
        }
    }

    private static void Read(HtmlPage page)
    {
        Assert.Equal("en", page.Document.DocumentElement.GetAttribute("lang"));
        var source = page.Source;
        foreach (var data in Data)
            source = source.Replace(data, "", StringComparison.Ordinal);
        var found = Regex.Match(source, @".{0,60}[\p{IsCJKUnifiedIdeographs}\u3000-\u303f\uff00-\uffef].{0,60}");
        Assert.False(found.Success, $"{page.Url.PathAndQuery}: {found.Value}");
    }
}

file static class Pages
{
    public static async Task<HtmlPage> GetPage(this HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path);
        return await HtmlPage.From(client, answer);
    }
}
