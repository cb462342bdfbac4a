using System.Text;
using Hele.Civic.Appeals;
using Hele.Civic.People;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Files;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Sealing;
using Hele.Civic.Platform.Storage;
using Hele.TestKit;
using Hele.Tests.Platform;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Hele.Tests.Files;

/// <summary>Photos as they lie in the database: within the act or not at all, sealed, compared by verify, gone without a trace.</summary>
public class StoredFileTests
{
    private static async Task<Photo> Photo(TestInstallation hele, uint seed = 1)
    {
        var bytes = Pictures.Jpeg(seed: seed);
        return (await hele.Get<PhotoReader>().Read("漏水.jpg", bytes, bytes.Length, TestContext.Current.CancellationToken)).Photo!;
    }

    private static FileAppeal.Input Told(params IReadOnlyList<Photo> photos) => new("facilities", "楼道漏水", "三楼天花板往下滴水。", "3号楼") { Photos = photos };

    private static Task<Outcome> File(TestInstallation hele, Viewer viewer, FileAppeal.Input input, Guid? operation = null) =>
        hele.Get<FileAppeal>().Run(viewer.Act(AppealAccess.File, operation ?? Guid.NewGuid()), input);

    private static Task<Outcome> Add(TestInstallation hele, Viewer viewer, string code, bool own, params IReadOnlyList<Photo> photos) =>
        hele.Get<AddPhotos>().Run(viewer, viewer.Act(own ? AppealAccess.AddOwnPhotos : AppealAccess.AddPhotos, Guid.NewGuid()), new(code, own) { Photos = photos });

    private static Task<List<StoredFile>> Files(TestInstallation hele) => hele.Read(db => db.Set<StoredFile>().OrderBy(f => f.Number).ToListAsync());

    private static Task<byte[]?> Open(TestInstallation hele, Viewer viewer, string code, bool small = false) =>
        hele.Read(db => hele.Get<StoredFiles>().Open(db, viewer, code, small, TestContext.Current.CancellationToken), viewer.JurisdictionId);

    private static async Task<(int Files, int Bytes, int Keys)> Counts(TestInstallation hele) =>
        (await hele.Read(db => db.Set<StoredFile>().CountAsync()), await hele.Read(db => db.Set<FileBytes>().CountAsync()), await hele.Read(db => db.Set<SubjectKey>().CountAsync()));

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task File_WithPhotos_KeepsThemSealedWithTheirEvents(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var liu = await hele.Viewer(TestPeople.Liu);
        var (one, two) = (await Photo(hele), await Photo(hele, 2));
        var code = (await File(hele, liu, Told(one, two))).Code!;

        var files = await Files(hele);
        Assert.Equal([(1, FileSide.Resident, PhotoPart.Told, 640, 480), (2, FileSide.Resident, PhotoPart.Told, 640, 480)], files.Select(f => (f.Number, f.Side, f.Part, f.Width, f.Height)));
        Assert.All(files, f => Assert.Equal((liu.PersonId, null, FileState.Shown), (f.AddedById, f.AddedByPostId, f.State)));
        Assert.Equal(2, await hele.Read(db => db.Set<JournalRow>().CountAsync(j => j.Kind == FileEvents.Added.Code)));
        Assert.Equal(one.Full, await Open(hele, liu, files[0].PublicCode));
        Assert.Equal(two.Small, await Open(hele, liu, files[1].PublicCode, small: true));
        // What lies in the database is no picture.
        var stored = await hele.Read(db => db.Set<FileBytes>().ToListAsync());
        Assert.All(stored.SelectMany(b => new[] { b.FullSealed!, b.SmallSealed! }), b => Assert.DoesNotContain("JFIF", Encoding.Latin1.GetString(b), StringComparison.Ordinal));
        Assert.Equal(2, (await hele.Query<AppealQueries, AppealView?>(q => q.Find(liu, code)))!.Photos.Count);
        (await hele.Verify()).AssertGreen();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task File_SameFormTwice_IsOneMatterAndOtherPhotosAreOtherContent(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var liu = await hele.Viewer(TestPeople.Liu);
        var operation = Guid.CreateVersion7();
        // As two presses of one button: each request has read the same file for itself.
        var (first, again) = (await Photo(hele), await Photo(hele));
        var answers = await Task.WhenAll(File(hele, liu, Told(first), operation), File(hele, liu, Told(again), operation));
        Assert.Equal(answers[0].Code, answers[1].Code);
        Assert.Single(answers, a => a.Replayed);
        Assert.Equal((1, 1, 1), await Counts(hele));

        var other = await File(hele, liu, Told(await Photo(hele, 9)), operation);
        Assert.Equal(StorageProblems.OtherContent.Code, Assert.Single(other.Problems).Code);
        Assert.Equal((1, 1, 1), await Counts(hele));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Act_ThatIsRefusedOrFails_LeavesNoFile(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, zhao) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Zhao));
        var photo = await Photo(hele);
        var six = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Photo(hele, (uint)i)));
        Assert.Contains((await File(hele, liu, Told(six))).Problems, p => p.Code == FileProblems.TooMany.Code);
        Assert.Contains((await File(hele, liu, Told(photo) with { Building = "2222-3333-4444" })).Problems, p => p.Code == AppealProblems.BuildingUnknown.Code);
        // Everything is decided and the row is written; then the act fails.
        var behind = new BehindTheBack(hele);
        await behind.Run(behind.IsSqlite ? """CREATE TRIGGER no BEFORE INSERT ON "ColumnTies" WHEN NEW."RowTable" = 'StoredFiles' BEGIN SELECT RAISE(ABORT, 'not today'); END"""
            : """create function no() returns trigger language plpgsql as $$ begin if new."RowTable" = 'StoredFiles' then raise exception 'not today'; end if; return new; end $$""");
        if (!behind.IsSqlite)
            await behind.Run("""create trigger no before insert on "ColumnTies" for each row execute function no()""");
        await Assert.ThrowsAnyAsync<Exception>(() => File(hele, liu, Told(photo)));
        await behind.Run(behind.IsSqlite ? "DROP TRIGGER no" : """drop trigger no on "ColumnTies" """);
        Assert.Equal((0, 0, 0), await Counts(hele));
        Assert.True((await File(hele, liu, Told(photo))).Accepted);
        Assert.Equal((1, 1, 1), await Counts(hele));
        (await hele.Verify()).AssertGreen();
        Assert.False((await Add(hele, zhao, "2222-3333-4444", own: false, photo)).Accepted);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Add_ByBothSides_CountsEachForItself(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, chen, zhao, feng) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Chen), await hele.Viewer(TestPeople.Zhao), await hele.Viewer(TestPeople.Feng));
        var photos = await Task.WhenAll(Enumerable.Range(0, 5).Select(i => Photo(hele, (uint)i)));
        var code = (await File(hele, liu, Told(photos[..3]))).Code!;
        Assert.Equal(FileProblems.TooMany.Code, Assert.Single((await Add(hele, liu, code, own: true, photos[..3])).Problems).Code);
        Assert.True((await Add(hele, liu, code, own: true, photos[..2])).Accepted);
        Assert.True((await Add(hele, zhao, code, own: false, photos)).Accepted);
        Assert.Equal(10, (await Files(hele)).Count);
        Assert.Equal(FileProblems.Missing.Code, Assert.Single((await Add(hele, zhao, code, own: false)).Problems).Code);
        // Not their matter, not their part, nobody's at all.
        foreach (var (viewer, own) in new[] { (chen, true), (chen, false), (liu, false), (zhao, true), (feng, false), (await hele.Viewer(TestPeople.Zhao, TestInstallation.Other), false) })
            Assert.Equal(AppealProblems.NotFound.Code, Assert.Single((await Add(hele, viewer, code, own, photos[..1])).Problems).Code);
        // The clock stays where it was: a photo is no step.
        Assert.Equal(AppealState.Filed, (await hele.Read(db => db.Set<Appeal>().SingleAsync())).State);
        (await hele.Verify()).AssertGreen();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Answer_SettledOnTheSpotAndPaper_CarryTheirPhotos(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, zhao, zhou) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Zhao), await hele.Viewer(TestPeople.Zhou));
        var photo = await Photo(hele);
        var code = await hele.FileAppeal(liu);
        await hele.Accept(zhao, code);
        Assert.True((await hele.Get<AnswerAppeal>().Run(zhao, zhao.Act(AppealAccess.Answer, Guid.NewGuid()), new(code, "修好了。") { Photos = [photo] })).Accepted);
        Assert.True((await hele.Get<JudgeAppeal>().Run(zhou, zhou.Act(AppealAccess.EnterVerdict, Guid.NewGuid()), new(code, true, null, OnPaper: true, new DateOnly(2026, 10, 30)) { Photos = [await Photo(hele, 2)] })).Accepted);
        Assert.True((await hele.Get<SettleOnTheSpot>().Run(zhao, zhao.Act(AppealAccess.OnTheSpot, Guid.NewGuid()), new("facilities", "灯泡坏了", "换了。", "", "2单元", "") { Photos = [await Photo(hele, 3)] })).Accepted);
        Assert.Equal([(PhotoPart.Answer, 1, FileSide.Community), (PhotoPart.Answer, 1, FileSide.Community), (PhotoPart.Paper, 1, FileSide.Community)],
            (await Files(hele)).Select(f => (f.Part, f.Round, f.Side)).Order());
        (await hele.Verify()).AssertGreen();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Open_ByAnybodyElse_IsAsMissing(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var liu = await hele.Viewer(TestPeople.Liu);
        await File(hele, liu, Told(await Photo(hele)));
        var code = (await Files(hele)).Single().PublicCode;
        foreach (var person in new[] { TestPeople.Liu, TestPeople.Zhao, TestPeople.Zhou, TestPeople.Ma, TestPeople.Feng })
            Assert.NotNull(await Open(hele, await hele.Viewer(person), code));
        foreach (var person in new[] { TestPeople.Chen, TestPeople.Sun, TestPeople.He })
            Assert.Null(await Open(hele, await hele.Viewer(person), code));
        foreach (var person in new[] { TestPeople.Liu, TestPeople.Ma })
            Assert.Null(await Open(hele, await hele.Viewer(person, TestInstallation.Other), code));
        // With a scope that isn't theirs, the record's own fence still stands.
        Assert.Null(await hele.Read(async db => await hele.Get<StoredFiles>().Open(db, await hele.Viewer(TestPeople.Ma, TestInstallation.Other), code, false), TestInstallation.Hexi));
        Assert.Null(await Open(hele, liu, "2222-3333-4444"));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task TakeBack_BeforeAcceptance_DestroysBytesAndKey_AndLaterIsTooLate(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, zhao, chen) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Zhao), await hele.Viewer(TestPeople.Chen));
        var code = (await File(hele, liu, Told(await Photo(hele), await Photo(hele, 2)))).Code!;
        var files = await Files(hele);
        Task<Outcome> Back(Viewer viewer, StoredFile file) => hele.Get<TakePhotoBack>().Run(viewer, viewer.Act(AppealAccess.TakePhotoBack, Guid.NewGuid()), new(code, file.PublicCode));

        Assert.Equal(AppealProblems.NotFound.Code, Assert.Single((await Back(chen, files[0])).Problems).Code);
        Assert.Equal(AppealProblems.NotFound.Code, Assert.Single((await Back(zhao, files[0])).Problems).Code);
        Assert.True((await Back(liu, files[0])).Accepted);
        Assert.Equal((2, 1, 1), await Counts(hele));
        Assert.Null(await Open(hele, liu, files[0].PublicCode));
        Assert.NotNull(await Open(hele, liu, files[1].PublicCode));
        Assert.Equal(AppealProblems.NotFound.Code, Assert.Single((await Back(liu, files[0])).Problems).Code);

        await hele.Accept(zhao, code);
        Assert.Equal(AppealProblems.PhotoStays.Code, Assert.Single((await Back(liu, files[1])).Problems).Code);
        // A number is used once.
        await Add(hele, liu, code, own: true, await Photo(hele, 3));
        Assert.Equal([2, 3], (await hele.Query<AppealQueries, AppealView?>(q => q.Find(liu, code)))!.Photos.Select(p => p.Number));
        (await hele.Verify()).AssertGreen();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Hide_WithAReason_ShowsItToWhoSupervisesAlone_AndDeletesNothing(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, zhao, feng) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Zhao), await hele.Viewer(TestPeople.Feng));
        var code = (await File(hele, liu, Told(await Photo(hele)))).Code!;
        var file = (await Files(hele)).Single();
        Task<Outcome> Hide(Viewer viewer, string? why) => hele.Get<HidePhoto>().Run(viewer, viewer.Act(AppealAccess.HidePhoto, Guid.NewGuid()), new(code, file.PublicCode, why));

        Assert.Equal(AppealProblems.HideReasonMissing.Code, Assert.Single((await Hide(zhao, " ")).Problems).Code);
        Assert.Equal(AppealProblems.NotFound.Code, Assert.Single((await Hide(liu, "不好看")).Problems).Code);
        Assert.Equal(AppealProblems.NotFound.Code, Assert.Single((await Hide(feng, "不好看")).Problems).Code);
        Assert.True((await Hide(zhao, "拍到了别人的身份证")).Accepted);
        Assert.Null(await Open(hele, liu, file.PublicCode));
        Assert.Null(await Open(hele, zhao, file.PublicCode));
        Assert.NotNull(await Open(hele, feng, file.PublicCode));
        var seen = Assert.Single((await hele.Query<AppealQueries, AppealView?>(q => q.Find(liu, code)))!.Photos);
        Assert.Equal((false, "拍到了别人的身份证", FileState.Hidden), (seen.IsOpen, seen.HiddenFor, seen.State));
        Assert.Equal((1, 1, 1), await Counts(hele));
        (await hele.Verify()).AssertGreen();
    }

    public static TheoryData<TestDatabase, string> Tamperings()
    {
        var data = new TheoryData<TestDatabase, string>();
        foreach (var kind in new BothDatabases().Select(row => row.Data))
        {
            foreach (var way in new[] { "full", "small", "swapped", "deleted", "stranger", "hash" })
                data.Add(kind, way);
        }
        return data;
    }

    [Theory, MemberData(nameof(Tamperings))]
    public async Task Verify_BytesChangedBehindTheProgram_AreFound(TestDatabase kind, string way)
    {
        await using var hele = await TestInstallation.Create(kind);
        var liu = await hele.Viewer(TestPeople.Liu);
        await File(hele, liu, Told(await Photo(hele), await Photo(hele, 2)));
        (await hele.Verify()).AssertGreen();
        var files = await Files(hele);
        var bytes = await hele.Read(db => db.Set<FileBytes>().ToDictionaryAsync(b => b.FileId));
        var behind = new BehindTheBack(hele);
        byte[] Flipped(byte[] from) => [.. from[..^1], (byte)(from[^1] ^ 1)];
        var (first, second) = (files[0].Id, files[1].Id);
        await (way switch
        {
            "full" => behind.One("""UPDATE "FileBytes" SET "FullSealed" = @p0 WHERE "FileId" = @p1""", Flipped(bytes[first].FullSealed!), first),
            "small" => behind.One("""UPDATE "FileBytes" SET "SmallSealed" = @p0 WHERE "FileId" = @p1""", Flipped(bytes[first].SmallSealed!), first),
            "swapped" => behind.One("""UPDATE "FileBytes" SET "FullSealed" = @p0, "SmallSealed" = @p1 WHERE "FileId" = @p2""", bytes[second].FullSealed, bytes[second].SmallSealed, first),
            "deleted" => behind.One("""DELETE FROM "FileBytes" WHERE "FileId" = @p0""", first),
            "stranger" => behind.One("""INSERT INTO "FileBytes" ("JurisdictionId", "FileId", "FullSealed", "SmallSealed") VALUES (1, @p0, @p1, @p1)""", Guid.NewGuid(), new byte[] { 1 }),
            _ => behind.One("""UPDATE "StoredFiles" SET "Sha256" = @p0 WHERE "Id" = @p1""", new byte[32], first),
        });
        var report = await hele.Verify();
        if (way == "hash")
            Assert.Equal([FindingKind.FileChanged, FindingKind.ValueChanged], report.Findings.Select(f => f.Kind).Order().ToHashSet().OrderBy(k => k == FindingKind.ValueChanged));
        else
            report.Only(FindingKind.FileChanged);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Erasure_DestroysWhatThePersonPhotographed_AndLeavesWhatTheCommunityAdded(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, zhao, ma) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Zhao), await hele.Viewer(TestPeople.Ma));
        var (own, after) = (await Photo(hele), await Photo(hele, 2));
        var code = (await File(hele, liu, Told(own))).Code!;
        await hele.Accept(zhao, code);
        Assert.True((await hele.Get<AnswerAppeal>().Run(zhao, zhao.Act(AppealAccess.Answer, Guid.NewGuid()), new(code, "修好了。") { Photos = [after] })).Accepted);
        var request = (await hele.Get<AskAboutData>().Run(liu, liu.Act(PeopleAccess.OwnData, Guid.NewGuid()), new(await hele.PersonCode(TestPeople.Liu), DataRequestKind.Deletion, "搬走了"))).Code!;
        Assert.True((await hele.Get<AnswerDataRequest>().Run(ma, ma.Act(PeopleAccess.AnswerRequest, Guid.NewGuid()), new(request, true, "已删除"))).Accepted);

        var files = await Files(hele);
        Assert.Equal([(FileState.Erased, null, null), (FileState.Shown, zhao.PersonId, files[1].Sha256)], files.Select(f => (f.State, f.AddedById, f.Sha256)));
        Assert.Equal(files[1].Id, (await hele.Read(db => db.Set<FileBytes>().SingleAsync())).FileId);
        Assert.False(await hele.Read(db => db.Set<SubjectKey>().AnyAsync(k => k.SubjectId == files[0].Id)));
        Assert.NotNull(await Open(hele, zhao, files[1].PublicCode));
        Assert.Null(await Open(hele, zhao, files[0].PublicCode));
        (await hele.Verify()).AssertGreen();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Kept_ForHalfAnHour_ForOneAccountAndFormAlone(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, chen) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Chen));
        var (kept, form) = (hele.Get<KeptFiles>(), Guid.NewGuid());
        var photos = new[] { await Photo(hele, 3), await Photo(hele, 1), await Photo(hele, 2) };
        await kept.Keep(liu.AccountId, form, photos);
        await kept.Keep(liu.AccountId, form, photos);
        var found = (await kept.Find(liu.AccountId, form))!;
        Assert.Equal(photos.Select(p => (p.Sha256, p.Name)), found.Select(p => (p.Sha256, p.Name)));
        Assert.Equal(photos[0].Full, found[0].Full);
        Assert.Null(await kept.Find(chen.AccountId, form));
        Assert.Null(await kept.Find(liu.AccountId, Guid.NewGuid()));
        var stored = await hele.Read(db => db.Set<KeptFile>().Select(k => k.PhotosSealed!).SingleAsync());
        Assert.DoesNotContain("JFIF", Encoding.Latin1.GetString(stored), StringComparison.Ordinal);
        Assert.DoesNotContain("漏水", Encoding.UTF8.GetString(stored), StringComparison.Ordinal);

        for (var i = 0; i < KeptFiles.Most + 2; i++)
        {
            hele.Clock.MoveTo(hele.Clock.GetUtcNow().AddSeconds(1));
            await kept.Keep(liu.AccountId, Guid.NewGuid(), photos[..1]);
        }
        Assert.Equal(KeptFiles.Most, await hele.Read(db => db.Set<KeptFile>().CountAsync()));
        Assert.Null(await kept.Find(liu.AccountId, form));

        await kept.Keep(chen.AccountId, form, photos);
        hele.Clock.MoveTo(hele.Clock.GetUtcNow() + KeptFiles.Lasts);
        Assert.Null(await kept.Find(chen.AccountId, form));
        await kept.Sweep();
        Assert.Equal(0, await hele.Read(db => db.Set<KeptFile>().CountAsync()));
    }
}
