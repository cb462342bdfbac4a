using Hele.Civic.Platform.Journal;
using Hele.TestKit;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Hele.BrowserTests;

/// <summary>A photo on its way: chosen on a telephone, kept over a mistake, seen by the resident and by whoever handles the matter, and by nobody else.</summary>
public class PhotoJourney(BrowserFixture browser)
{
    private static FilePayload File(string name, byte[] content, string type = "image/jpeg") => new() { Name = name, MimeType = type, Buffer = content };

    [Fact]
    public async Task Photo_FromAnOldPhone_IsKeptOverAMistakeAndSeenByWhoHandlesIt()
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite, listens: true, arguments: ["--environment", "Development"]);
        string code, photo;
        await using (var liu = await SignIn(host, TestPeople.Liu, Screen.Phone))
        {
            await liu.Go("/appeals/new");
            await liu.Choose("公共设施");
            await liu.Type("什么事", "楼道天花板滴水");
            await liu.Type("详细情况", "三楼天花板从昨晚开始往下滴水。");
            var input = liu.Page.Locator("[name='Input.Photos']");
            await input.SetInputFilesAsync([File("漏水.jpg", Pictures.FromTelephone(3000, 2250))]);
            await Expect(liu.Page.Locator(".photos canvas")).ToHaveCountAsync(1);
            // A second choice adds to the first, and one can be left out again.
            await input.SetInputFilesAsync([File("地面.png", Pictures.Png(), "image/png"), File("墙.jpg", Pictures.Jpeg(seed: 3))]);
            await Expect(liu.Page.Locator(".photos canvas")).ToHaveCountAsync(3);
            await liu.Page.Locator(".photos li", new() { HasText = "地面.png" }).GetByRole(AriaRole.Button).ClickAsync();
            await Expect(liu.Page.Locator(".photos canvas")).ToHaveCountAsync(2);
            Assert.Equal(2, await input.EvaluateAsync<int>("field => field.files.length"));
            await liu.Look("chosen");

            // The place is missing and the name too long: said, and the photos needn't be chosen again.
            await liu.Next();
            await liu.Type("具体位置", "3号楼3单元");
            await liu.Next();
            await liu.Page.Locator("[name='Input.OnBehalfOf']").FillAsync(new string('王', 61));
            liu.Expects(400);
            await liu.Press("提交");
            await liu.Sees("姓名最多60个字");
            await liu.Look("refused");
            await liu.Press("上一步");
            await liu.Press("上一步");
            await liu.Sees("已经收下2张");
            await Expect(liu.Page.Locator(".photos img")).ToHaveCountAsync(2);
            await liu.Look("kept");
            await liu.Next();
            await liu.Next();
            await liu.Page.Locator("[name='Input.OnBehalfOf']").FillAsync("");
            await liu.Button("提交").DblClickAsync();
            await liu.SeesTitle("诉求回执");
            code = liu.Code();
            await liu.Go("/appeals/" + code);
            await Shown(liu, 2);
            await liu.Look("matter");
            photo = (await liu.Page.Locator(".photo-list a").First.GetAttributeAsync("href"))!;
            await liu.Page.Locator(".photo-list a").First.ClickAsync();
            await liu.Page.WaitForURLAsync("**" + photo);
            // Turned upright, and made smaller before it left the telephone.
            var size = await liu.Page.EvalOnSelectorAsync<string>("img", "image => image.naturalWidth + 'x' + image.naturalHeight");
            Assert.Equal("1500x2000", size);
        }

        await using (var zhao = await SignIn(host, TestPeople.Zhao, Screen.Phone))
        {
            await zhao.Go("/appeals/" + code);
            await Shown(zhao, 2);
            await zhao.Press("受理这件诉求");
            await zhao.Sees("已受理");
            await zhao.Type("做了什么，结果怎样", "换了一段水管，不滴了。");
            await zhao.Page.Locator("[name='Answer.Photos']").SetInputFilesAsync([File("修好.jpg", Pictures.Jpeg(seed: 5))]);
            await Expect(zhao.Page.Locator("#answer canvas")).ToHaveCountAsync(1);
            await zhao.Look("answering");
            await zhao.Press("送出答复");
            await zhao.Sees("答复时的照片");
            await Shown(zhao, 3);
            await zhao.Look("answered");
        }

        // Another resident, without script: neither the matter nor the photo is there.
        await using (var chen = await SignIn(host, TestPeople.Chen, Screen.Phone, script: false))
        {
            await chen.Go("/appeals/" + code, 404);
            await chen.Go(photo, 404);
            // Their own goes the plain way.
            await chen.Go("/appeals/new");
            await chen.Choose("噪音");
            await chen.Type("什么事", "楼上装修太晚");
            await chen.Type("详细情况", "夜里十点还在敲。");
            await chen.Type("具体位置", "5号楼");
            await chen.Page.Locator("[name='Input.Photos']").SetInputFilesAsync([File("施工.jpg", Pictures.Jpeg(seed: 6))]);
            await chen.Press("提交");
            await chen.SeesTitle("诉求回执");
            await chen.Go("/appeals/" + chen.Code());
            await Expect(chen.Page.Locator(".photo-list img")).ToHaveCountAsync(1);
            await chen.Look("without-script");
        }
        Assert.True((await host.Hele.Get<LogVerification>().Run()).IsGreen);
    }

    /// <summary>So many photos that the browser could draw.</summary>
    private static async Task Shown(Journey journey, int count)
    {
        await Expect(journey.Page.Locator(".photo-list a img")).ToHaveCountAsync(count);
        foreach (var image in await journey.Page.Locator(".photo-list a img").AllAsync())
        {
            await image.ScrollIntoViewIfNeededAsync();
            await Expect(image).ToHaveJSPropertyAsync("complete", true);
            Assert.True(await image.EvaluateAsync<bool>("image => image.naturalWidth > 0"));
        }
    }

    private async Task<Journey> SignIn(TestHost host, TestPerson person, Screen screen, bool script = true)
    {
        var journey = await Journey.Begin(browser, host.Address, "photo-" + person.SignIn, screen, script);
        await journey.Go("/sign-in");
        await journey.Page.Locator("#Input_Name").FillAsync(person.SignIn);
        await journey.Page.Locator("#Input_Password").FillAsync(TestPeople.Password);
        await journey.Page.Locator("main form button.button").First.ClickAsync();
        await Expect(journey.Page.Locator("header .who")).ToHaveTextAsync(person.Name);
        return journey;
    }
}
