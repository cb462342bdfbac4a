using Hele.Civic.Appeals;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Files;
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

    /// <summary>All that a matter can carry: five on each side, one hidden; read at the desk and on the phone, in both languages, in large letters, by keyboard.</summary>
    [Fact]
    public async Task Photos_OfAFullMatter_ReadWellEverywhere()
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite, listens: true, arguments: ["--environment", "Development"]);
        var (liu, zhao) = (await host.Hele.Viewer(TestPeople.Liu), await host.Hele.Viewer(TestPeople.Zhao));
        async Task<IReadOnlyList<Photo>> Made(uint from, int count)
        {
            var photos = new List<Photo>();
            for (var i = from; i < from + count; i++)
            {
                var bytes = Pictures.Jpeg(i % 2 == 0 ? 640 : 360, 480, seed: i * 1000);
                photos.Add((await host.Hele.Get<PhotoReader>().Read("photo.jpg", bytes, bytes.Length, TestContext.Current.CancellationToken)).Photo!);
            }
            return photos;
        }
        Known.Typed("楼道漏水");
        Known.Typed("三楼天花板往下滴水。");
        var code = (await host.Hele.Get<FileAppeal>().Run(liu.Act(AppealAccess.File, Guid.NewGuid()), new("facilities", "楼道漏水", "三楼天花板往下滴水。", "3号楼") { Photos = await Made(1, 5) })).Code!;
        await host.Hele.Accept(zhao, code);
        Assert.True((await host.Hele.Get<AddPhotos>().Run(zhao, zhao.Act(AppealAccess.AddPhotos, Guid.NewGuid()), new(code, false) { Photos = await Made(11, 2) })).Accepted);

        await using (var desk = await SignIn(host, TestPeople.Zhao, Screen.Desk, language: "en-GB"))
        {
            await desk.Go("/appeals/" + code);
            await Shown(desk, 7);
            await desk.Page.Locator("#hide > summary").ClickAsync();
            await desk.Page.Locator("#photos > summary").ClickAsync();
            // Too many, and one that is none: both are said where the field stands.
            await desk.Page.Locator("[name='Photos.Photos']").SetInputFilesAsync([.. Enumerable.Range(1, 4).Select(i => File(i + ".jpg", Pictures.Jpeg(seed: (uint)i)))]);
            await Expect(desk.Page.Locator("#photos canvas")).ToHaveCountAsync(3);
            await Expect(desk.Page.Locator("#photos [role=alert]")).ToHaveTextAsync("At most 3 photos.");
            // By keyboard: each button says which photo it is for, and the focus stays in the field.
            await desk.Page.GetByRole(AriaRole.Button, new() { Name = "2.jpg" }).FocusAsync();
            await desk.Page.Keyboard.PressAsync("Enter");
            await Expect(desk.Page.Locator("#photos canvas")).ToHaveCountAsync(2);
            await Expect(desk.Page.Locator("[name='Photos.Photos']")).ToBeFocusedAsync();
            await English.Check(desk);
            await desk.Look("full-desk-english");
            await desk.Page.Locator("[name='Photos.Photos']").SetInputFilesAsync([File("plan.pdf", Pictures.Pdf(), "application/pdf")]);
            desk.Expects(400);
            await desk.Page.Locator("#photos form button:not([type=button])").ClickAsync();
            await desk.Sees("“plan.pdf” is a document");
            await Expect(desk.Page.Locator("#photos .photo-list img")).ToHaveCountAsync(2);
            await English.Check(desk);
            await desk.Look("refused-desk-english");
            await desk.Go("/appeals/" + code);
            await desk.Page.Locator("#hide > summary").ClickAsync();
            await desk.Page.Locator("#hide [type=radio]").Nth(1).CheckAsync();
            await desk.Page.Locator("[name='Hide.Why']").FillAsync("An identity card can be read on it");
            await desk.Page.Locator("#hide form button").ClickAsync();
            await Shown(desk, 6);
            await desk.Look("hidden-desk-english");
        }

        await using var phone = await SignIn(host, TestPeople.Liu, Screen.Phone);
        await phone.Page.Locator("header form[action='/elder-mode'] button").ClickAsync();
        await phone.Go("/appeals/" + code);
        await Shown(phone, 6);
        await phone.Look("full-elder");
        await phone.Go("/appeals/new");
        await phone.Choose("公共设施");
        await phone.Type("什么事", "楼道漏水");
        await phone.Page.Locator("[name='Input.Photos']").SetInputFilesAsync([File(string.Concat(Enumerable.Repeat("楼道里堆放的杂物", 6)) + ".jpg", Pictures.Jpeg(seed: 3)), File("b.svg", Pictures.Svg(), "image/svg+xml")]);
        await Expect(phone.Page.Locator(".photos .photo-list li")).ToHaveCountAsync(2);
        await Expect(phone.Page.Locator(".photos canvas").First).ToBeVisibleAsync();
        await phone.Look("chosen-elder");
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

    private async Task<Journey> SignIn(TestHost host, TestPerson person, Screen screen, bool script = true, string language = "zh-CN")
    {
        var journey = await Journey.Begin(browser, host.Address, "photo-" + person.SignIn, screen, script, language);
        await journey.Go("/sign-in");
        await journey.Page.Locator("#Input_Name").FillAsync(person.SignIn);
        await journey.Page.Locator("#Input_Password").FillAsync(TestPeople.Password);
        await journey.Page.Locator("main form button.button").First.ClickAsync();
        await Expect(journey.Page.Locator("header .who")).ToHaveTextAsync(person.Name);
        return journey;
    }
}
