using Hele.Civic.Kernel;
using Hele.Civic.Platform.Files;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Thanks;
using Hele.TestKit;
using Hele.Tests.Grids;
using Hele.Tests.Thanks;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Hele.Tests.Pages.Thanks;

/// <summary>From a satisfied verdict, or the counter, by way of a second person to what anybody reads; and out of it again.</summary>
public class ThanksPageTests
{
    private const string Name = "刘大勇", Words = "晚上下楼再也不用摸黑，老父亲住院那阵子多亏了你们", Wording = "楼道灯当天就换好了。";

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Resident_ThanksAfterTheirVerdict_ASecondPersonChecks_AndTheGiverTakesItBack(TestDatabase kind)
    {
        await using var host = await TestHost.Start(kind);
        var (liu, zhou, zhao, visitor) = (await host.SignIn(TestPeople.Liu), await host.SignIn(TestPeople.Zhou), await host.SignIn(TestPeople.Zhao), host.Browser());
        var appeal = await host.Hele.SatisfiedAppeal(await host.Hele.Viewer(TestPeople.Liu));

        // The way stands at the end of their own satisfied matter, and on nobody else's.
        var link = (await HtmlPage.Get(liu, "/appeals/" + appeal)).Document.QuerySelector("#thanks a")!.GetAttribute("href")!;
        Assert.False((await HtmlPage.Get(zhou, "/appeals/" + appeal)).Has("#thanks"));
        await HtmlPage.Get(await host.SignIn(TestPeople.Chen), link, 404);
        Assert.Contains("/thanks/new", (await HtmlPage.Get(liu, "/")).Source);
        var form = await HtmlPage.Get(liu, link);
        Assert.Equal(await host.Hele.Whom(TestPeople.Zhao, ThankedKind.Post), form.Form("main form.form")["Input.Whom"]);
        var refused = (await form.Form("main form.form").Fill("Input.Text", $"我是{Name}，{Words}").Submit()).Expect(400);
        Assert.Equal(2, refused.Problems.Count);
        var sent = await refused.Form("main form.form").Fill("Input.Text", Words).Fill("Input.Shown", "Surname").Submit();
        var path = sent.ExpectRedirect("/thanks/*").Location!.AbsolutePath;
        Assert.Contains("待核对", (await sent.Follow()).VisibleText);
        Assert.Contains(Words, (await HtmlPage.Get(liu, "/thanks")).Text("#own"));
        Assert.True((await HtmlPage.Get(liu, link)).Has("a[href='" + path + "']"));

        // Nobody else reads it before it is checked, whoever is thanked least of all.
        foreach (var stranger in new[] { visitor, zhao, await host.SignIn(TestPeople.Chen), await host.SignIn(TestPeople.He), await host.SignIn(TestPeople.Sun) })
        {
            await HtmlPage.Get(stranger, path, 404);
            AssertNothing(await HtmlPage.Get(stranger, "/thanks"));
        }
        Assert.Contains("还没有公开的锦旗和感谢", (await HtmlPage.Get(visitor, "/thanks")).VisibleText);

        // The clerk has it in her day, writes the wording for the public and sees a surname.
        Assert.Contains("核对居民的感谢", (await HtmlPage.Get(zhou, "/")).VisibleText);
        var check = await HtmlPage.Get(zhou, path);
        Assert.Contains("刘某", check.VisibleText);
        Assert.DoesNotContain(Name, check.Source);
        var publish = check.Form("#publish form");
        Assert.Equal(Words, publish["Publish.Text"]);
        var warned = await publish.Fill("Publish.Text", Wording + "请打13711118888").Submit();
        Assert.Contains("可能有个人信息", warned.Expect(400).VisibleText);
        Assert.True(warned.Has("#publish input[name='Publish.Checked']"));
        (await warned.Form("#publish form").Fill("Publish.Text", Wording).Submit()).ExpectRedirect(path);

        foreach (var reader in new[] { visitor, await host.SignIn(TestPeople.Chen), await host.SignIn(TestPeople.He) })
        {
            foreach (var page in new[] { await HtmlPage.Get(reader, path), await HtmlPage.Get(reader, "/thanks"), await HtmlPage.Get(reader, "/thanks?Kind=Letter") })
            {
                AssertNothing(page);
                Assert.DoesNotContain(appeal, page.Source);
                Assert.Contains(Wording, page.VisibleText);
                Assert.Contains("刘某", page.VisibleText);
                Assert.Contains("感谢人自己在网上写的", page.VisibleText);
            }
        }
        Assert.DoesNotContain(Wording, (await HtmlPage.Get(visitor, "/thanks?Kind=Pennant")).VisibleText);
        Assert.DoesNotContain(Wording, (await HtmlPage.Get(visitor, "/thanks" + host.Search(Name))).VisibleText);
        await HtmlPage.Get(host.Browser(place: TestInstallation.Other), path, 404);
        // Whoever is thanked reads it now, and is told.
        Assert.Contains("一条感谢经核对后公开了", (await HtmlPage.Get(zhao, "/notices")).VisibleText);
        Assert.Contains(Words, (await HtmlPage.Get(zhao, path)).VisibleText);

        // A full name with a purpose, and only to who checks.
        var opened = await (await HtmlPage.Get(zhou, path)).Form("#name form").Fill("Giver.Why", "打电话核对").Submit();
        Assert.Equal(Name, opened.Expect(200).Text("#full-name"));
        Assert.False((await HtmlPage.Get(zhao, path)).Has("#name"));

        // Their no is gone from public with the request, their withdrawal with everything.
        (await (await HtmlPage.Get(liu, path)).Form("#change form").Fill("Change.Shown", "No").Submit()).ExpectRedirect(path);
        Assert.DoesNotContain(Wording, (await HtmlPage.Get(visitor, "/thanks")).Source);
        var gone = await HtmlPage.Get(visitor, path);
        Assert.Contains("已经不公开了", gone.VisibleText);
        Assert.DoesNotContain(Wording, gone.Source);
        (await (await HtmlPage.Get(liu, path)).Form("#change form[action$='Withdraw']").Submit()).ExpectRedirect(path);
        foreach (var page in new[] { await HtmlPage.Get(liu, path), await HtmlPage.Get(zhou, path), await HtmlPage.Get(zhou, "/thanks/records") })
        {
            Assert.DoesNotContain(Words, page.Source);
            Assert.DoesNotContain(Wording, page.Source);
        }
        Assert.Contains("感谢人已撤回", (await HtmlPage.Get(zhou, path)).VisibleText);

        static void AssertNothing(HtmlPage page)
        {
            foreach (var secret in new[] { Name, "老父亲住院", "摸黑", "13711118888", TestPeople.Zhao.Name })
                Assert.DoesNotContain(secret, page.Document.QuerySelector("main")!.OuterHtml);
        }
    }

    /// <summary>A photo that comes later: by the giver or by staff who aren't thanked, one, and public only when the reviewer says so.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Photo_AddedLater_ByTheGiverOrTheOffice_IsPublicOnlyWhenTheReviewerSaysSo(TestDatabase kind)
    {
        await using var host = await TestHost.Start(kind);
        var (liu, zhou, feng, zhao, visitor) = (await host.SignIn(TestPeople.Liu), await host.SignIn(TestPeople.Zhou), await host.SignIn(TestPeople.Feng), await host.SignIn(TestPeople.Zhao), host.Browser());
        var hele = host.Hele;
        var code = (await hele.Give(await hele.Viewer(TestPeople.Liu))).Code!;
        (await (await HtmlPage.Get(feng, "/thanks/" + code)).Form("#publish form").Fill("Publish.Text", Wording).Submit()).ExpectRedirect();
        // Whoever is thanked has no form; nothing chosen, and a file that is none, are said.
        Assert.False((await HtmlPage.Get(zhao, "/thanks/" + code)).Has("#photo"));
        var page = await HtmlPage.Get(liu, "/thanks/" + code);
        Assert.NotEmpty((await page.Form("#photo form").Submit()).Expect(400).Problems);
        Assert.NotEmpty((await page.Form("#photo form").Attach("Photo.Photos", "a.jpg", [1, 2, 3], "image/jpeg").Submit()).Expect(400).Problems);
        (await page.Form("#photo form").Attach("Photo.Photos", "信.jpg", Pictures.Jpeg(), "image/jpeg").Submit()).ExpectRedirect("/thanks/" + code);
        page = await HtmlPage.Get(liu, "/thanks/" + code);
        Assert.True(page.Has("main .photo-list a"));
        Assert.False(page.Has("#photo"));
        Assert.Equal(["thanks.given", "thanks.published", "thanks.photo-added"], await hele.EventsOfThanks(code));
        Assert.False((await HtmlPage.Get(visitor, "/thanks/" + code)).Has("main img"));
        (await (await HtmlPage.Get(feng, "/thanks/" + code)).Form("#publish form").Check("Publish.Photo").Submit()).ExpectRedirect();
        Assert.True((await HtmlPage.Get(visitor, "/thanks/" + code)).Has("main img"));

        // At the counter a colleague adds it for whoever brought the pennant; a second one is one too many.
        var pennant = (await hele.Record(await hele.Viewer(TestPeople.Feng))).Code!;
        var desk = (await HtmlPage.Get(zhou, "/thanks/" + pennant)).Form("#photo form").Attach("Photo.Photos", "锦旗.jpg", Pictures.Jpeg(), "image/jpeg");
        (await desk.Submit()).ExpectRedirect();
        Assert.Contains("照片最多1张", (await desk.Force("op", Guid.NewGuid().ToString()).Submit()).Expect(400).VisibleText);
        // Taken back, it is destroyed with the words.
        (await (await HtmlPage.Get(liu, "/thanks/" + code)).Form("#change form:last-of-type").Submit()).ExpectRedirect();
        Assert.Equal(0, await hele.Read(async db => { var id = await db.Set<ThanksRecord>().Where(t => t.PublicCode == code).Select(t => t.Id).SingleAsync(); return await db.Set<StoredFile>().CountAsync(f => f.SubjectId == id && f.State == FileState.Shown); }));
        Assert.True((await hele.Get<LogVerification>().Run()).IsGreen);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Clerk_WritesAPennantDownWithItsPhoto_AndItIsPublicOnlyWhenTheReviewerSaysSo(TestDatabase kind)
    {
        await using var host = await TestHost.Start(kind);
        var (zhou, feng, zhao, visitor) = (await host.SignIn(TestPeople.Zhou), await host.SignIn(TestPeople.Feng), await host.SignIn(TestPeople.Zhao), host.Browser());
        var form = (await HtmlPage.Get(zhou, "/thanks/record")).Form("main form.form");
        var refused = (await form.Submit()).Expect(400);
        Assert.Equal(6, refused.Problems.Count);
        // Not to oneself; what was typed stays.
        var own = await refused.Form("main form.form").Fill("Input.Kind", "Pennant").Fill("Input.Door", "Counter").Fill("Input.Whom", await host.Hele.Whom(TestPeople.Zhou)).Fill("Input.Text", Words).Fill("Input.GiverName", "曲长明").Fill("Input.Shown", "Unnamed")
            .Attach("Input.Photos", "锦旗.jpg", Pictures.Jpeg(), "image/jpeg").Submit();
        Assert.Contains("感谢的就是您", own.Expect(409).VisibleText);
        Assert.Equal(Words, own.Form("main form.form")["Input.Text"]);
        var sent = await own.Form("main form.form").Fill("Input.Whom", await host.Hele.Whom(TestPeople.Zhao)).Submit();
        var path = sent.ExpectRedirect("/thanks/*").Location!.AbsolutePath;
        var mine = await sent.Follow();
        Assert.Contains("要由另一个人核对", mine.VisibleText);
        Assert.False(mine.Has("#publish") || mine.Has("#keep") || mine.Has("#reject"));
        Assert.Contains("社区工作者代感谢人登记", mine.VisibleText);

        var photo = (await HtmlPage.Get(feng, path)).Document.QuerySelector("main .photo-list a")!.GetAttribute("href")!;
        var publicPhoto = photo.Replace("/files/", "/public-files/", StringComparison.Ordinal);
        async Task<int> Status(HttpClient client, string address) => (int)(await client.GetAsync(address, TestContext.Current.CancellationToken)).StatusCode;
        (await (await HtmlPage.Get(feng, path)).Form("#publish form").Fill("Publish.Text", Wording).Submit()).ExpectRedirect(path);
        Assert.Equal((404, 302), (await Status(visitor, publicPhoto), await Status(visitor, photo)));
        Assert.False((await HtmlPage.Get(visitor, path)).Has("main img"));
        (await (await HtmlPage.Get(feng, path)).Form("#publish form").Check("Publish.Photo").Submit()).ExpectRedirect(path);
        Assert.Equal((200, 200), (await Status(visitor, publicPhoto), await Status(visitor, publicPhoto + "/small")));
        Assert.Equal(404, await Status(host.Browser(place: TestInstallation.Other), publicPhoto));
        var shown = await HtmlPage.Get(visitor, path);
        Assert.Equal(publicPhoto, shown.Document.QuerySelector("main .photo-list a")!.GetAttribute("href"));
        Assert.Contains("已更正", shown.VisibleText);
        Assert.Contains("社区代感谢人登记", shown.VisibleText);
        Assert.Contains("不写姓名", shown.VisibleText);
        Assert.DoesNotContain("曲", shown.Document.QuerySelector("main")!.OuterHtml);
        // Taken down: the words and the photo are gone with the request.
        (await (await HtmlPage.Get(zhou, path)).Form("#keep form").Fill("Keep.Reason", "照片里有门牌。").Submit()).ExpectRedirect(path);
        Assert.Equal((404, 404), (await Status(visitor, publicPhoto), await Status(visitor, publicPhoto + "/small")));
        Assert.Contains("已经不公开了", (await HtmlPage.Get(visitor, path)).VisibleText);
        Assert.Contains("照片里有门牌。", (await HtmlPage.Get(feng, path)).VisibleText);

        // A grid worker lists what is theirs; a resident has no list, and a visitor who posts is asked to sign in.
        Assert.Contains(Words, (await HtmlPage.Get(zhao, "/thanks/records")).VisibleText);
        await HtmlPage.Get(await host.SignIn(TestPeople.Liu), "/thanks/records", 404);
        var token = (await HtmlPage.Get(visitor, "/sign-in")).Document.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        foreach (var handler in new[] { "Publish", "Keep", "Reject", "Change", "Withdraw", "Giver", "Photo" })
        {
            using var answer = await visitor.PostAsync($"{path}?handler={handler}", new FormUrlEncodedContent([new("__RequestVerificationToken", token), new("op", Guid.NewGuid().ToString())]), TestContext.Current.CancellationToken);
            Assert.Contains("/sign-in", answer.Headers.Location!.ToString());
        }
        Assert.Equal(ThanksState.Kept, (await host.Hele.Thanks(path.Split('/')[^1])).State);
    }

    [Fact]
    public async Task Lists_Page_NarrowAndLeaveAsAFile_WithoutAnybodysName()
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite);
        var (hele, visitor, zhou) = (host.Hele, host.Browser(), await host.SignIn(TestPeople.Zhou));
        var (clerk, feng) = (await hele.Viewer(TestPeople.Zhou), await hele.Viewer(TestPeople.Feng));
        for (var i = 0; i < 23; i++)
        {
            hele.Clock.MoveTo(TestInstallation.Start.AddMinutes(i));
            var code = GridSteps.Ok(await hele.Record(clerk, text: $"秘密{i}，楼道灯换好了。", kind: i % 2 == 0 ? ThanksKind.Pennant : ThanksKind.Letter));
            GridSteps.Ok(await hele.PublishThanks(feng, code, $"第{i}次换好了灯。"));
        }
        GridSteps.Ok(await hele.Record(clerk, text: "还没核对的。"));
        var first = await HtmlPage.Get(visitor, "/thanks");
        Assert.Equal(20, first.Document.QuerySelectorAll("main tbody tr").Length);
        var next = first.Document.QuerySelector("main a[href*='after=']")!.GetAttribute("href")!;
        Assert.Equal(3, (await HtmlPage.Get(visitor, "/thanks" + next[next.IndexOf('?', StringComparison.Ordinal)..])).Document.QuerySelectorAll("main tbody tr").Length);
        Assert.Equal(12, (await HtmlPage.Get(visitor, "/thanks?Kind=Pennant")).Document.QuerySelectorAll("main tbody tr").Length);
        Assert.Equal(1, (await HtmlPage.Get(zhou, "/thanks/records?State=Waiting")).Document.QuerySelectorAll("main tbody tr").Length);
        using var file = await visitor.GetAsync("/thanks/list.xlsx?Kind=Pennant", TestContext.Current.CancellationToken);
        Assert.Equal(200, (int)file.StatusCode);
        var (read, problem) = Civic.Platform.Imports.SheetReader.Read(await file.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken), "x.xlsx");
        Assert.Null(problem);
        var cells = read!.Sheets.SelectMany(s => s.Rows).SelectMany(r => r.Cells).ToList();
        Assert.Equal(13, read.Sheets[0].Rows.Count);
        Assert.Contains("第0次换好了灯。", cells);
        foreach (var secret in new[] { "秘密", "曲长明", "还没核对", "赵敏" })
            Assert.DoesNotContain(cells, c => c.Contains(secret, StringComparison.Ordinal));
    }
}
