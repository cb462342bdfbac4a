using System.Net;
using Hele.Civic.Appeals;
using Hele.Civic.Platform.Files;
using Hele.TestKit;
using Hele.Web.Endpoints;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Hele.Tests.Pages.Appeals;

/// <summary>Photos on the forms and on the matter, without script: what is taken, what is refused in words, and that nothing chosen has to be chosen twice.</summary>
public class PhotoPageTests(TestHosts hosts) : IClassFixture<TestHosts>
{
    private static async Task<(HtmlPage Page, string Code)> Filed(HtmlForm form)
    {
        var answer = await form.Submit();
        answer.ExpectRedirect("/appeals/*");
        var code = answer.Location!.Segments[2].TrimEnd('/');
        return (answer, code);
    }

    private static IReadOnlyList<string> Photos(HtmlPage matter) => [.. matter.Document.QuerySelectorAll(".photo-list a[href]").Select(a => a.GetAttribute("href")!)];

    private static async Task<(HttpStatusCode Status, byte[] Bytes, HttpResponseMessage Answer)> Get(HttpClient client, string path)
    {
        var answer = await client.GetAsync(path, TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken), answer);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task New_WithTwoPhotos_ShowsThemToTheResidentAndTheHandlerAndNobodyElse(TestDatabase kind)
    {
        var host = await hosts.On(kind);
        var (liu, chen, zhao) = (await host.As(TestPeople.Liu), await host.As(TestPeople.Chen), await host.As(TestPeople.Zhao));
        var (_, code) = await Filed((await PageSteps.AppealForm(liu, "带照片的事")).Attach("Input.Photos", "漏水.jpg", Pictures.FromTelephone(), "image/jpeg").Attach("Input.Photos", "墙面.png", Pictures.Png(), "image/png"));

        var own = await HtmlPage.Get(liu, "/appeals/" + code);
        Assert.Equal(2, Photos(own).Count);
        var alt = own.One(".photo-list img").GetAttribute("alt")!;
        Assert.Contains("照片1", alt, StringComparison.Ordinal);
        Assert.Contains((await host.Hele.Row(code)).Number, alt, StringComparison.Ordinal);
        Assert.Equal(2, Photos(await HtmlPage.Get(zhao, "/appeals/" + code)).Count);
        foreach (var path in Photos(own).SelectMany(p => new[] { p, p + "/small" }))
        {
            foreach (var client in new[] { liu, zhao })
            {
                var (status, bytes, answer) = await Get(client, path);
                Assert.Equal((HttpStatusCode.OK, "image/jpeg"), (status, answer.Content.Headers.ContentType!.MediaType));
                Assert.Equal([0xFF, 0xD8, 0xFF], bytes[..3]);
                Assert.Equal(FileEndpoints.Policy, Assert.Single(answer.Headers.GetValues("Content-Security-Policy")));
                Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
                Assert.True(answer.Headers.CacheControl!.NoStore);
            }
            var missing = await Get(chen, "/files/2222-3333-4444" + (path.EndsWith("/small", StringComparison.Ordinal) ? "/small" : ""));
            var forbidden = await Get(chen, path);
            Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (forbidden.Status, missing.Status));
            Assert.Equal(HttpStatusCode.Redirect, (await Get(host.Browser(), path)).Status);
        }
        // Nothing of it stands in public.
        var anybody = await HtmlPage.Get(host.Browser(), "/appeals/public?code=" + code);
        Assert.DoesNotContain("/files/", anybody.Source, StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task New_WithAMistakeElsewhere_KeepsPhotosAndWords_UntilItIsMended(TestDatabase kind)
    {
        var host = await hosts.On(kind);
        var liu = await host.As(TestPeople.Liu);
        var refused = (await (await PageSteps.AppealForm(liu, "改一处再交")).Fill("Input.Place", "").Attach("Input.Photos", "一.jpg", Pictures.Jpeg(seed: 1)).Attach("Input.Photos", "二.jpg", Pictures.Jpeg(seed: 2)).Submit()).Expect(400);
        Assert.Single(refused.Problems);
        Assert.Equal(2, refused.Document.QuerySelectorAll(".photos .photo-list img").Length);
        Assert.Contains("已经收下2张", refused.VisibleText, StringComparison.Ordinal);
        Assert.Equal("改一处再交", refused.Form("main form")["Input.Title"]);

        // A second mistake, one photo less and one more: three are wanted in the end.
        var second = refused.Form("main form").Attach("Input.Photos", "三.jpg", Pictures.Jpeg(seed: 3)).Attach("Input.Photos", "四.jpg", Pictures.Jpeg(seed: 4))
            .Check("leave-out", value: refused.One(".photo-list [name=leave-out]").GetAttribute("value"));
        refused = (await second.Submit()).Expect(400);
        Assert.Contains("已经收下3张", refused.VisibleText, StringComparison.Ordinal);

        // Somebody else with the number finds nothing.
        var chen = await host.As(TestPeople.Chen);
        var stolen = (await (await PageSteps.AppealForm(chen)).Force("kept", refused.Form("main form")["kept"]!).Submit()).Expect(400);
        Assert.Contains("先前收下的照片", Assert.Single(stolen.Problems), StringComparison.Ordinal);

        var (_, code) = await Filed(refused.Form("main form").Fill("Input.Place", "3号楼"));
        Assert.Equal(3, Photos(await HtmlPage.Get(liu, "/appeals/" + code)).Count);
        Assert.Equal(0, await host.Hele.Read(db => db.Set<KeptFile>().CountAsync()));
    }

    [Fact]
    public async Task New_WithFilesThatCantBeTaken_SaysWhichAndWhy_AndTakesTheOthers()
    {
        var host = await hosts.On(TestDatabase.Sqlite);
        var liu = await host.As(TestPeople.Liu);
        var refused = (await (await PageSteps.AppealForm(liu, "好坏都有")).Attach("Input.Photos", "好的.jpg", Pictures.Jpeg(seed: 5)).Attach("Input.Photos", "图纸.svg", Pictures.Svg(), "image/svg+xml")
            .Attach("Input.Photos", "太大.jpg", [.. Pictures.Jpeg(), .. new byte[11 << 20]], "image/jpeg").Submit()).Expect(400);
        Assert.Equal(2, refused.Problems.Count);
        Assert.Contains(refused.Problems, p => p.Contains("图纸.svg", StringComparison.Ordinal));
        Assert.Contains(refused.Problems, p => p.Contains("太大.jpg", StringComparison.Ordinal) && p.Contains("10MB", StringComparison.Ordinal));
        Assert.Contains("已经收下1张", refused.VisibleText, StringComparison.Ordinal);
        Assert.Equal(PageSteps.Text, refused.Form("main form")["Input.Text"]);
        var (_, code) = await Filed(refused.Form("main form"));
        Assert.Single(Photos(await HtmlPage.Get(liu, "/appeals/" + code)));
    }

    [Fact]
    public async Task New_WithMoreThanOneRequestMayCarry_IsToldSo_AndKeepsWhatWasTyped()
    {
        var host = await hosts.On(TestDatabase.Sqlite);
        var liu = await host.As(TestPeople.Liu);
        var form = await PageSteps.AppealForm(liu, "六张");
        for (var i = 0; i < 6; i++)
            form.Attach("Input.Photos", $"{i}.jpg", Pictures.Jpeg(60, 40, (uint)i));
        var refused = (await form.Submit()).Expect(400);
        Assert.Contains("请少选1张", Assert.Single(refused.Problems), StringComparison.Ordinal);
        Assert.Equal("六张", refused.Form("main form")["Input.Title"]);

        form = await PageSteps.AppealForm(liu, "五张十一兆的");
        for (var i = 0; i < 5; i++)
            form.Attach("Input.Photos", $"{i}.jpg", new byte[11 << 20]);
        refused = (await form.Submit()).Expect(400);
        Assert.Equal(5, refused.Problems.Count);
        Assert.Equal("五张十一兆的", refused.Form("main form")["Input.Title"]);
    }

    [Fact]
    public async Task New_WithTheSamePhotoTwice_TakesItOnce_AndPressedTwiceFilesOnce()
    {
        var host = await hosts.On(TestDatabase.Sqlite);
        var liu = await host.As(TestPeople.Liu);
        var form = (await PageSteps.AppealForm(liu, "按了两下")).Attach("Input.Photos", "a.jpg", Pictures.Jpeg(seed: 6)).Attach("Input.Photos", "同一张.jpg", Pictures.Jpeg(seed: 6));
        var answers = await Task.WhenAll(form.Submit(), form.Submit());
        Assert.Equal(answers[0].ExpectRedirect().Location, answers[1].ExpectRedirect().Location);
        var code = answers[0].Location!.Segments[2].TrimEnd('/');
        Assert.Single(Photos(await HtmlPage.Get(liu, "/appeals/" + code)));
        Assert.Equal(1, await host.Hele.Read(db => db.Set<Appeal>().CountAsync(a => a.Title == "按了两下")));
    }

    /// <summary>Without script the second press of a mended form comes when the first is answered, and what was kept for it is used up.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task New_MendedFormPressedTwice_LeadsToTheOneMatter_AndItsPhotosServeNoOther(TestDatabase kind)
    {
        var host = await hosts.On(kind);
        var liu = await host.As(TestPeople.Liu);
        var refused = (await (await PageSteps.AppealForm(liu, "改好按了两下")).Fill("Input.Place", "").Attach("Input.Photos", "一.jpg", Pictures.Jpeg(seed: 21)).Submit()).Expect(400);
        var mended = refused.Form("main form").Fill("Input.Place", "3号楼");
        var (first, code) = await Filed(mended);
        Assert.Equal(first.Location, (await mended.Submit()).ExpectRedirect().Location);
        Assert.Single(Photos(await HtmlPage.Get(liu, "/appeals/" + code)));
        // The bytes are with the matter alone.
        Assert.Equal(0, await host.Hele.Read(db => db.Set<KeptFile>().CountAsync()));

        // Another form doesn't get them, and says so with what was typed.
        var other = (await (await PageSteps.AppealForm(liu, "另一件事")).Force("kept", refused.Form("main form")["kept"]!).Submit()).Expect(400);
        Assert.Contains("先前收下的照片", Assert.Single(other.Problems), StringComparison.Ordinal);
        Assert.Equal("另一件事", other.Form("main form")["Input.Title"]);
    }

    [Fact]
    public async Task New_RequestBeyondAllMeasure_IsToldInWords_AndNothingOfItIsKept()
    {
        var host = await hosts.On(TestDatabase.Sqlite);
        var liu = await host.As(TestPeople.Liu);
        liu.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        var form = await PageSteps.AppealForm(liu, "整个相册");
        for (var i = 0; i < 7; i++)
            form.Attach("Input.Photos", $"{i}.jpg", new byte[30 << 20], "image/jpeg");
        var answer = (await form.Submit()).Expect(413);
        Assert.Contains("返回上一页少选几张", answer.VisibleText, StringComparison.Ordinal);
        Assert.Equal(0, await host.Hele.Read(db => db.Set<Appeal>().CountAsync(a => a.Title == "整个相册")));
        // What was typed before the photos isn't lost with them: it is sent again without them.
        await Filed(answer.Form("main form"));
        Assert.Equal(1, await host.Hele.Read(db => db.Set<Appeal>().CountAsync(a => a.Title == "整个相册")));
    }

    [Fact]
    public async Task IntakeAndOnTheSpot_TakePhotosToo()
    {
        var host = await hosts.On(TestDatabase.Sqlite);
        var (zhou, zhao) = (await host.As(TestPeople.Zhou), await host.As(TestPeople.Zhao));
        var asked = (await (await HtmlPage.Get(zhou, "/appeals/intake")).Form("main form[data-once]").Fill("Input.Channel", "Paper").Fill("Input.AppellantName", TestPeople.Liu.Name).Fill("Input.Kind", "noise")
            .Fill("Input.Title", "来信的事").Fill("Input.Place", "院里").Fill("Input.Text", "吵。").Attach("Input.Photos", "来信.jpg", Pictures.Jpeg(seed: 7)).Submit()).Expect(400);
        Assert.Contains("已经收下1张", asked.VisibleText, StringComparison.Ordinal);
        var (_, code) = await Filed(asked.Form("main form[data-once]").Fill("Input.Person", "none"));
        Assert.Single(Photos(await HtmlPage.Get(zhou, "/appeals/" + code)));

        var done = await (await HtmlPage.Get(zhao, "/appeals/on-the-spot")).Form("main form").Fill("Input.Kind", "facilities").Fill("Input.Title", "拍了照的灯泡").Fill("Input.Done", "换了灯泡").Fill("Input.Place", "2单元")
            .Attach("Input.Photos", "亮了.jpg", Pictures.Jpeg(seed: 8)).Submit();
        var matter = await done.Follow();
        Assert.Single(Photos(matter));
        Assert.Contains("答复时的照片", matter.VisibleText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Intake_WithAFileThatCantBeTakenAndANamesake_SaysBoth()
    {
        var host = await hosts.On(TestDatabase.Sqlite);
        var zhou = await host.As(TestPeople.Zhou);
        var asked = (await (await HtmlPage.Get(zhou, "/appeals/intake")).Form("main form[data-once]").Fill("Input.Channel", "Paper").Fill("Input.AppellantName", TestPeople.Liu.Name).Fill("Input.Kind", "noise")
            .Fill("Input.Title", "来信和附件").Fill("Input.Place", "院里").Fill("Input.Text", "吵。").Attach("Input.Photos", "附件.pdf", Pictures.Pdf(), "application/pdf").Submit()).Expect(400);
        Assert.Equal(2, asked.Problems.Count);
        Assert.Contains(asked.Problems, p => p.Contains("附件.pdf", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Matter_BothSidesAddTakeBackAndHide()
    {
        var host = await hosts.On(TestDatabase.Sqlite);
        var (liu, zhao, feng) = (await host.As(TestPeople.Liu), await host.As(TestPeople.Zhao), await host.As(TestPeople.Feng));
        var code = await PageSteps.FileAppeal(liu, "后来补照片");
        var path = "/appeals/" + code;
        Assert.Equal("请先选照片。", Assert.Single((await (await HtmlPage.Get(liu, path)).Form("#photos form").Submit()).Expect(400).Problems));
        (await (await HtmlPage.Get(liu, path)).Form("#photos form").Attach("Photos.Photos", "一.jpg", Pictures.Jpeg(seed: 9)).Attach("Photos.Photos", "二.jpg", Pictures.Jpeg(seed: 10)).Submit()).ExpectRedirect(path);
        var page = await HtmlPage.Get(liu, path);
        Assert.Equal(2, Photos(page).Count);
        Assert.Contains("添加了照片", page.VisibleText, StringComparison.Ordinal);

        // Before anybody has accepted it one is taken back; the handler has no such button, and the supervisor no button at all.
        (await page.Form(".photo-list li:first-child form").Submit()).ExpectRedirect(path);
        Assert.Single(Photos(await HtmlPage.Get(liu, path)));
        Assert.False((await HtmlPage.Get(zhao, path)).Has(".photo-list form"));
        Assert.False((await HtmlPage.Get(feng, path)).Has("#photos"));
        Assert.False((await HtmlPage.Get(feng, path)).Has("#hide"));
        await PageSteps.Accept(zhao, code);
        Assert.False((await HtmlPage.Get(liu, path)).Has(".photo-list form"));

        // The answer with what it looks like now; a slip keeps words and photo.
        var slip = (await (await PageSteps.AnswerForm(zhao, code)).Attach("Answer.Photos", "修好.jpg", Pictures.Jpeg(seed: 11)).Submit()).Expect(400);
        Assert.Contains("已经收下1张", slip.VisibleText, StringComparison.Ordinal);
        (await slip.Form("#answer form").Fill("Answer.Text", "修好了。").Submit()).ExpectRedirect(path);
        Assert.Equal(2, Photos(await HtmlPage.Get(liu, path)).Count);

        var photo = await host.Hele.Read(db => db.Set<StoredFile>().Where(f => f.State == FileState.Shown && f.Part == PhotoPart.Told && db.Set<Appeal>().Any(a => a.Id == f.SubjectId && a.PublicCode == code)).Select(f => f.PublicCode).SingleAsync());
        var form = (await HtmlPage.Get(zhao, path)).Form("#hide form").Fill("Hide.Photo", photo);
        (await form.Submit()).Expect(400);
        (await form.Fill("Hide.Why", "拍到了别人的身份证").Submit()).ExpectRedirect(path);
        var seen = await HtmlPage.Get(liu, path);
        Assert.Contains("拍到了别人的身份证", seen.VisibleText, StringComparison.Ordinal);
        Assert.Single(Photos(seen));
        Assert.Equal(HttpStatusCode.NotFound, (await Get(liu, "/files/" + photo)).Status);
        Assert.Equal(HttpStatusCode.OK, (await Get(feng, "/files/" + photo)).Status);
    }

    /// <summary>The community's photos are counted together: an answer asks for no more than can still be taken, and none asks for nothing.</summary>
    [Fact]
    public async Task Answer_WhereTheCommunityHasItsPhotos_AsksForNoMoreThanAreLeft()
    {
        var host = await hosts.On(TestDatabase.Sqlite);
        var (liu, zhao) = (await host.As(TestPeople.Liu), await host.As(TestPeople.Zhao));
        var code = await PageSteps.FileAppeal(liu, "上门时拍了五张");
        var path = "/appeals/" + code;
        await PageSteps.Accept(zhao, code);
        async Task Add(params uint[] seeds)
        {
            var form = (await HtmlPage.Get(zhao, path)).Form("#photos form");
            foreach (var seed in seeds)
                form.Attach("Photos.Photos", seed + ".jpg", Pictures.Jpeg(seed: seed));
            (await form.Submit()).ExpectRedirect(path);
        }
        await Add(31, 32, 33);
        Assert.Equal("2", (await HtmlPage.Get(zhao, path)).One("#answer [data-photos]").GetAttribute("data-most"));
        await Add(34, 35);
        Assert.False((await HtmlPage.Get(zhao, path)).Has("#answer [data-photos]"));
        await PageSteps.Answer(zhao, code, "修好了。");
        Assert.Equal(5, Photos(await HtmlPage.Get(liu, path)).Count);
    }

    [Fact]
    public async Task Paper_OfAPaperVerdict_IsPhotographed()
    {
        var host = await hosts.On(TestDatabase.Sqlite);
        var (liu, zhao, zhou) = (await host.As(TestPeople.Liu), await host.As(TestPeople.Zhao), await host.As(TestPeople.Zhou));
        var code = await PageSteps.FileAppeal(liu, "纸上评价");
        await PageSteps.Accept(zhao, code);
        await PageSteps.Answer(zhao, code, "修好了。");
        (await (await HtmlPage.Get(zhou, "/appeals/" + code)).Form("#paper form").Fill("Paper.Satisfied", "true").Attach("Paper.Photos", "纸.jpg", Pictures.Jpeg(seed: 12)).Submit()).ExpectRedirect($"/appeals/{code}/verdict");
        var page = await HtmlPage.Get(liu, "/appeals/" + code);
        Assert.Single(Photos(page));
        Assert.Contains("纸质评价的照片", page.VisibleText, StringComparison.Ordinal);
        // A matter that is over takes none.
        Assert.False(page.Has("#photos"));
    }

    [Theory]
    [InlineData("multipart/form-data")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("multipart/form-data; boundary=\"\"")]
    public async Task New_FormThatCantBeRead_IsRefusedWithoutAFault(string type)
    {
        var host = await hosts.On(TestDatabase.Sqlite);
        var liu = await host.As(TestPeople.Liu);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/appeals/new") { Content = new ByteArrayContent("--y\r\nnonsense"u8.ToArray()) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        using var answer = await liu.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }
}
