using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Files;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Appeals;

/// <summary>What a photo of an appeal goes with. Stable: they stand in rows.</summary>
public static class PhotoPart
{
    public const string Told = "told", Answer = "answer", Paper = "paper";
}

/// <summary>A photo as the matter's page shows it.</summary>
/// <param name="By">The post that added it; null for the resident.</param>
/// <param name="IsOpen">Whether this viewer may open it; of a hidden one others see only that it was hidden, and why.</param>
public sealed record PhotoView(string Code, int Number, string Part, int Round, FileSide Side, int Width, int Height, string? By, DateOnly On, FileState State, string? HiddenFor, string? HiddenBy, bool IsOpen,
    bool MayTakeBack, bool MayHide);

/// <summary>Photos added to a matter later: by its resident, by somebody who takes them for the resident at the counter, or by whoever handles it. Never asked for.</summary>
public sealed class AddPhotos(Writer writer, StoredFiles files)
{
    /// <param name="Own">By the resident, to what is their own.</param>
    public sealed record Input(string Code, bool Own)
    {
        public IReadOnlyList<Photo> Photos { get; init; } = [];

        internal Permission Permission => Own ? AppealAccess.AddOwnPhotos : AppealAccess.AddPhotos;
    }

    /// <summary>A matter that is over stands as it is.</summary>
    internal static bool IsOpen(AppealState state) => state is not (AppealState.RefusalUpheld or AppealState.Satisfied or AppealState.Disagreed or AppealState.Withdrawn or AppealState.Merged);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, input.Permission.Code, input, async scope =>
    {
        var appeal = await AppealAccess.Visible(viewer, scope.Db.Set<Appeal>()).SingleOrDefaultAsync(a => a.PublicCode == input.Code);
        if (appeal is null || !AppealAccess.May(viewer, appeal, input.Permission))
            return AppealProblems.NotFound;
        if (!IsOpen(appeal.State))
            return AppealProblems.NotNow.With(Appeal.LifeCycle.StateTitle(appeal.State));
        if (input.Photos.Count == 0)
            return FileProblems.Missing;
        if (await files.Add(scope, appeal, input.Own ? FileSide.Resident : FileSide.Community, PhotoPart.Told, appeal.Round, input.Photos) is { } problem)
            return problem;
        scope.Record(appeal, AppealEvents.PhotosAdded);
        return Outcome.Ok(appeal.PublicCode);
    }, cancel);
}

/// <summary>Whoever added a photo takes it back, as long as nobody has begun to handle the matter: bytes and key are destroyed.</summary>
public sealed class TakePhotoBack(Writer writer)
{
    public sealed record Input(string Code, string Photo);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, AppealAccess.TakePhotoBack.Code, input, async scope =>
    {
        var (appeal, file) = await Find(scope, viewer, input.Code, input.Photo);
        if (appeal is null || file is null || file.AddedById != viewer.PersonId)
            return AppealProblems.NotFound;
        if (!IsEarly(appeal.State))
            return AppealProblems.PhotoStays;
        file.TakeBack(scope.On);
        await StoredFiles.Destroy(scope, file);
        scope.Record(file, FileEvents.TakenBack);
        return Outcome.Ok(appeal.PublicCode);
    }, cancel);

    /// <summary>Nobody has begun to handle it.</summary>
    internal static bool IsEarly(AppealState state) => state is AppealState.Filed;

    /// <summary>An appeal this viewer sees, and one of its photos that is shown.</summary>
    internal static async Task<(Appeal? Appeal, StoredFile? File)> Find(ActScope scope, Viewer viewer, string code, string photo)
    {
        var appeal = await AppealAccess.Visible(viewer, scope.Db.Set<Appeal>()).SingleOrDefaultAsync(a => a.PublicCode == code);
        return (appeal, appeal is null ? null : await scope.Db.Set<StoredFile>().SingleOrDefaultAsync(f => f.PublicCode == photo && f.SubjectId == appeal.Id && f.State == FileState.Shown));
    }
}

/// <summary>Somebody of the community hides a photo that must not be seen, and says why. It is hidden, not deleted: whoever supervises sees it and the reason.</summary>
public sealed class HidePhoto(Writer writer)
{
    public sealed record Input(string Code, string Photo, string? Why);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, AppealAccess.HidePhoto.Code, input, async scope =>
    {
        var (appeal, file) = await TakePhotoBack.Find(scope, viewer, input.Code, input.Photo);
        if (appeal is null || file is null || AppealAccess.PostFor(viewer, AppealAccess.HidePhoto, appeal) is not { } post)
            return AppealProblems.NotFound;
        var why = ChineseText.Line(input.Why);
        if (why.Length is 0 or > StoredFile.ReasonLength)
            return AppealProblems.HideReasonMissing.With(StoredFile.ReasonLength);
        file.Hide(post.PostId, why, scope.On);
        scope.Record(file, FileEvents.Hidden);
        return Outcome.Ok(appeal.PublicCode);
    }, cancel);
}
