using Hele.Civic.Kernel;
using Hele.Civic.Platform.Journal;
using Hele.TestKit;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Hele.BrowserTests;

/// <summary>A clerk tells a story from a matter, has the consent on paper at the counter, the supervision reads it, the report tells it, on the page and in the document.</summary>
public class StoryJourney(BrowserFixture browser, DemoServer demo)
{
    [Fact]
    public async Task Story_FromTheRecordByTheCounterAndTheSecondReader_ToThePageAndTheDocument()
    {
        const string words = "居民刘某反映楼道灯不亮，当天就换好了，刘某说老人晚上敢出门了。";
        await using var host = await TestHost.Start(TestDatabase.Sqlite, listens: true, from: China.At(new DateOnly(2026, 5, 12), new TimeOnly(10, 0)), arguments: ["--environment", "Development"]);
        var (resident, worker) = (await host.Hele.Viewer(TestPeople.Liu), await host.Hele.Viewer(TestPeople.Zhao));
        var appeal = await host.Hele.FileAppeal(resident);
        Assert.True((await host.Hele.Accept(worker, appeal)).Accepted);
        Assert.True((await host.Hele.Answer(worker, appeal)).Accepted);
        Assert.True((await host.Hele.Judge(resident, appeal, satisfied: true)).Accepted);

        string path;
        await using (var zhou = await SignIn(TestPeople.Zhou, Screen.Desk))
        {
            await zhou.Go("/report/stories/new");
            await zhou.Type("记录的编号", appeal);
            await zhou.Press("按这条记录起头");
            await zhou.Look("draft");
            zhou.Expects(400);
            await zhou.Type("案例", "刘大勇说灯亮了。");
            await zhou.Press("保存，去征求当事人同意");
            await zhou.Sees("还有姓名、电话或住址：刘大勇");
            await zhou.Look("draft-refused");
            await zhou.Type("案例", words);
            await zhou.Press("保存，去征求当事人同意");
            await zhou.Sees("草稿已封存");
            path = new Uri(zhou.Page.Url).AbsolutePath;
            await zhou.Press("看写了什么");
            await zhou.Sees(words);
            await zhou.PrintLook("consent-paper");
            await zhou.Page.Locator("#paper label:has(input[type=checkbox])").ClickAsync();
            await zhou.Press("登记同意");
            await zhou.Sees("已登记同意");
            await zhou.Look("agreed");
        }
        await using (var feng = await SignIn(TestPeople.Feng, Screen.Phone))
        {
            await feng.Sees("以第二个人的身份看案例");
            await feng.Go(path);
            await feng.Press("看写了什么");
            await feng.Sees(words);
            await feng.Look("second-reader");
            await feng.Press("没有问题，写进报告");
            await feng.Sees("写进报告的是这段话");
            await feng.Go("/report?period=2026-05");
            await feng.Sees(words);
            await feng.Look("report");
            await feng.PrintLook("report-printed");
            var file = await feng.Page.Context.APIRequest.GetAsync(new Uri(host.Address, "/report.docx?period=2026-05").ToString());
            Assert.Equal(200, file.Status);
            using var zip = new System.IO.Compression.ZipArchive(new MemoryStream(await file.BodyAsync()));
            using var text = new StreamReader(zip.GetEntry("word/document.xml")!.Open());
            Assert.Contains(words, await text.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
        Assert.True((await host.Hele.Get<LogVerification>().Run()).IsGreen);

        async Task<Journey> SignIn(TestPerson person, Screen screen)
        {
            var journey = await Journey.Begin(browser, host.Address, $"story-{person.SignIn}", screen);
            await journey.Go("/sign-in");
            await journey.Page.Locator("#Input_Name").FillAsync(person.SignIn);
            await journey.Page.Locator("#Input_Password").FillAsync(TestPeople.Password);
            await journey.Page.Locator("main form button.button").First.ClickAsync();
            await Expect(journey.Page.Locator("header .who")).ToHaveTextAsync(person.Name);
            return journey;
        }
    }

    [Theory]
    [InlineData(Screen.Phone, "zh-CN")]
    [InlineData(Screen.Desk, "en-GB")]
    public async Task ReportPages_InElderModeAndInEnglish_FitTheScreen(Screen screen, string language)
    {
        await using var secretary = await Journey.Begin(browser, demo.Address, $"report-words-{screen}-{language}", screen, language: language);
        await secretary.SignIn("ma-jianjun");
        await secretary.Page.Locator("header form[action='/elder-mode'] button").ClickAsync();
        foreach (var path in new[] { "/report", "/report/stories", "/report/stories/new", "/report/statements", "/report/statements/new", "/figures/grids.area" })
        {
            await secretary.Go(path);
            if (language == "en-GB")
                await English.Check(secretary);
            await secretary.Look(path.Trim('/').Replace('/', '-'));
        }
    }
}
