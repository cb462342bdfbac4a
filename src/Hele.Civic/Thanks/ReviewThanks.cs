using Hele.Civic.Appeals;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Files;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Thanks;

/// <summary>A second person finds it true and writes or approves what the public reads of it; of what is public it corrects the wording.</summary>
public sealed class PublishThanks(Writer writer)
{
    /// <param name="Photo">Nobody's face or name is in the photo, or they agreed.</param>
    /// <param name="Checked">The reviewer has looked at what seems personal.</param>
    public sealed record Input(string Code, string? Text, bool Photo, bool Checked = false);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, ThanksAccess.Review.Code, input, async scope =>
    {
        var (thanks, post, refused) = await Reviewing.On(scope, viewer, input.Code);
        if (refused is not null)
            return refused;
        if (thanks.Shown == ThanksShown.No)
            return ThanksProblems.NoConsent;
        var text = ChineseText.Clean(input.Text);
        if (text.Length is 0 or > ThanksRecord.TextLength)
            return ThanksProblems.PublicTextMissing.With(ThanksRecord.TextLength);
        if (!input.Checked && await PersonalHints.In(scope.Db, [], text) is { Count: > 0 } hints)
            return ThanksProblems.LooksPersonal.With(string.Join('\u3001', hints.Select(h => h.Words)));
        if (input.Photo && !await scope.Db.Set<StoredFile>().AnyAsync(f => f.SubjectTable == ThanksQueries.Table && f.SubjectId == thanks.Id && f.State == FileState.Shown))
            return ThanksProblems.NoPhoto;
        var corrects = thanks.State == ThanksState.Public;
        if (corrects && (thanks.PublicText, thanks.PhotoShown) == (text, input.Photo))
            return Outcome.Ok(thanks.PublicCode);
        if ((corrects ? thanks.CorrectTo(text, input.Photo, post, scope.On) : thanks.MakePublic(text, input.Photo, post, scope.On, scope.Now)) is { } problem)
            return problem;
        scope.Record(thanks, corrects ? ThanksEvents.Corrected : ThanksEvents.Published);
        return Outcome.Ok(thanks.PublicCode);
    }, cancel);
}

/// <summary>A second person finds it true and keeps it out of public, with a reason; or takes down what is public, which waits for nobody.</summary>
public sealed class KeepThanks(Writer writer)
{
    public sealed record Input(string Code, string? Reason);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, ThanksAccess.Review.Code + "-keep", input, async scope =>
    {
        var (thanks, post, refused) = await Reviewing.On(scope, viewer, input.Code, takesDown: true);
        if (refused is not null)
            return refused;
        var reason = ChineseText.Line(input.Reason);
        // That somebody said no to being public needs no other reason.
        var needsNone = thanks is { State: ThanksState.Waiting, Shown: ThanksShown.No };
        if ((reason.Length == 0 && !needsNone) || reason.Length > ThanksRecord.ReasonLength)
            return ThanksProblems.ReasonMissing.With(ThanksRecord.ReasonLength);
        var isPublic = thanks.State == ThanksState.Public;
        if ((isPublic ? thanks.TakeItDown(reason, post) : thanks.KeepIt(reason.Length == 0 ? null : reason, post, scope.On, scope.Now)) is { } problem)
            return problem;
        scope.Record(thanks, isPublic ? ThanksEvents.TakenDown : ThanksEvents.Kept);
        return Outcome.Ok(thanks.PublicCode);
    }, cancel);
}

/// <summary>A second person can't find that anybody said it, or it is no thanks: it isn't acknowledged and counts nowhere.</summary>
public sealed class RejectThanks(Writer writer)
{
    public sealed record Input(string Code, string? Reason);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, ThanksAccess.Review.Code + "-reject", input, async scope =>
    {
        var (thanks, post, refused) = await Reviewing.On(scope, viewer, input.Code);
        if (refused is not null)
            return refused;
        var reason = ChineseText.Line(input.Reason);
        if (reason.Length is 0 or > ThanksRecord.ReasonLength)
            return ThanksProblems.ReasonMissing.With(ThanksRecord.ReasonLength);
        if (thanks.RejectIt(reason, post, scope.On, scope.Now) is { } problem)
            return problem;
        scope.Record(thanks, ThanksEvents.Rejected);
        return Outcome.Ok(thanks.PublicCode);
    }, cancel);
}

file static class Reviewing
{
    /// <param name="takesDown">Who may do nothing else may still take down what is public: nobody's data wait for a second person.</param>
    public static async Task<(ThanksRecord Thanks, Guid Post, Problem? Refused)> On(ActScope scope, Viewer viewer, string code, bool takesDown = false)
    {
        var thanks = await ThanksAccess.Visible(viewer, scope.Db.Set<ThanksRecord>()).SingleOrDefaultAsync(t => t.PublicCode == code);
        if (thanks is null || !ThanksAccess.May(viewer, thanks, ThanksAccess.Review))
            return (null!, default, ThanksProblems.NotFound);
        var bar = takesDown && thanks.State == ThanksState.Public ? null : await ThanksAccess.Bars(scope.Db, viewer, thanks, scope.Today);
        return (thanks, viewer.PostFor(ThanksAccess.Review)!.PostId, bar);
    }
}
