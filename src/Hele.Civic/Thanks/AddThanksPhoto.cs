using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Files;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Thanks;

/// <summary>A photo of the pennant or the letter that comes after the words: by the giver, or by somebody of the community who isn't thanked. In public it stands only once a reviewer says so.</summary>
public sealed class AddThanksPhoto(Writer writer, StoredFiles files)
{
    /// <summary>What the photo goes with. Stable: it stands in rows.</summary>
    internal const string Part = "thanks";

    /// <param name="SpeaksFor">Somebody of the community adds it for the giver.</param>
    public sealed record Input(string Code, bool SpeaksFor = false)
    {
        public IReadOnlyList<Photo> Photos { get; init; } = [];
    }

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, GiversWord.PermissionFor(input.SpeaksFor).Code + "-photo", input, async scope =>
    {
        var (thanks, refused) = await GiversWord.On(scope, viewer, input.Code, input.SpeaksFor, says: true);
        if (refused is not null)
            return refused;
        if (!IsOpen(thanks.State))
            return ThanksProblems.NotNow.With(ThanksRecord.LifeCycle.StateTitle(thanks.State));
        if (input.Photos.Count == 0)
            return FileProblems.Missing;
        if (input.Photos.Count > 1 || await scope.Db.Set<StoredFile>().AnyAsync(f => f.SubjectTable == ThanksQueries.Table && f.SubjectId == thanks.Id && f.State == FileState.Shown))
            return ThanksProblems.OnePhoto;
        if (await files.Add(scope, thanks, input.SpeaksFor ? FileSide.Community : FileSide.Resident, Part, 0, input.Photos) is { } problem)
            return problem;
        scope.Record(thanks, ThanksEvents.PhotoAdded);
        return Outcome.Ok(thanks.PublicCode);
    }, cancel);

    /// <summary>What was taken back or not acknowledged gets no photo.</summary>
    internal static bool IsOpen(ThanksState state) => state is ThanksState.Waiting or ThanksState.Public or ThanksState.Kept;
}
