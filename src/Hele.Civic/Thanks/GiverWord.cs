using Hele.Civic.Kernel;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Files;
using Hele.Civic.Platform.Sealing;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Thanks;

/// <summary>The giver says anew whether and how it is shown: themselves, or to somebody of the community who takes it down. A no counts within the act.</summary>
public sealed class ChangeThanksShown(Writer writer)
{
    /// <param name="SpeaksFor">Somebody of the community takes the giver's word down.</param>
    public sealed record Input(string Code, ThanksShown? Shown, bool SpeaksFor = false);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, GiversWord.PermissionFor(input.SpeaksFor).Code + "-shown", input, async scope =>
    {
        var (thanks, refused) = await GiversWord.On(scope, viewer, input.Code, input.SpeaksFor, input.Shown != ThanksShown.No);
        if (refused is not null)
            return refused;
        if (input.Shown is not { } shown || !Enum.IsDefined(shown))
            return ThanksProblems.ShownMissing;
        if (shown == ThanksShown.Surname && thanks.GiverMasked is null && thanks.State != ThanksState.Withdrawn)
            return ThanksProblems.NoNameToShow;
        if (thanks.Shown == shown && thanks.State is not (ThanksState.Rejected or ThanksState.Withdrawn))
            return ThanksProblems.ShownAlready;
        if (thanks.SayShown(shown) is { } problem)
            return problem;
        scope.Record(thanks, ThanksEvents.ConsentChanged);
        return Outcome.Ok(thanks.PublicCode);
    }, cancel);
}

/// <summary>The giver takes it back: its words, name and photo are destroyed in this act, with the salts by which somebody could try words out against the log.</summary>
public sealed class WithdrawThanks(Writer writer)
{
    /// <inheritdoc cref="ChangeThanksShown.Input"/>
    public sealed record Input(string Code, bool SpeaksFor = false);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, GiversWord.PermissionFor(input.SpeaksFor).Code + "-withdraw", input, async scope =>
    {
        var (thanks, refused) = await GiversWord.On(scope, viewer, input.Code, input.SpeaksFor, says: false);
        if (refused is not null)
            return refused;
        if (thanks.TakeBack(scope.On, scope.Now) is { } problem)
            return problem;
        var photos = await scope.Db.Set<StoredFile>().Where(f => f.SubjectTable == ThanksQueries.Table && f.SubjectId == thanks.Id && f.State == FileState.Shown).ToListAsync();
        await Erasing.TakenBack(scope, ThanksEvents.Emptied, [(Rows, thanks), .. photos.Select(p => (Photos, (Owned)p))]);
        return Outcome.Ok(thanks.PublicCode);
    }, cancel);

    private static readonly SubjectRows Rows = new(typeof(ThanksRecord), ("感谢", "Thanks"), (db, _) => db.Set<ThanksRecord>(), Erase: (row, _) => ((ThanksRecord)row).Empty(), Erased: ThanksEvents.Withdrawn, Beside: GiversWord.DestroyKey);
    private static readonly SubjectRows Photos = new(typeof(StoredFile), ("照片", "Photo"), (db, _) => db.Set<StoredFile>(), Erase: (row, on) => ((StoredFile)row).Erase(on), Erased: FileEvents.Erased, Beside: StoredFiles.Destroy);
}

internal static class GiversWord
{
    public static Permission PermissionFor(bool speaksFor) => speaksFor ? ThanksAccess.SpeakFor : ThanksAccess.Own;

    /// <param name="says">It would say more in public, not less: whoever is thanked doesn't take that down.</param>
    public static async Task<(ThanksRecord Thanks, Problem? Refused)> On(ActScope scope, Viewer viewer, string code, bool speaksFor, bool says)
    {
        var thanks = await ThanksAccess.Visible(viewer, scope.Db.Set<ThanksRecord>()).SingleOrDefaultAsync(t => t.PublicCode == code);
        if (thanks is null || !ThanksAccess.May(viewer, thanks, PermissionFor(speaksFor)))
            return (null!, ThanksProblems.NotFound);
        return (thanks, speaksFor && says && await ThanksAccess.BarsFrom(scope.Db, viewer.PersonId, [.. thanks.To.Select(t => t.PersonId)], scope.Today) is { } barred ? barred with { Field = null } : null);
    }

    /// <summary>A name the register doesn't know is sealed under a key of the record's own.</summary>
    public static async Task DestroyKey(ActScope scope, Owned row)
    {
        var id = row.Id;
        scope.Db.RemoveRange(await scope.Db.Set<SubjectKey>().AsTracking().Where(k => k.JurisdictionId == scope.Act.JurisdictionId && k.SubjectId == id).ToListAsync());
    }
}
