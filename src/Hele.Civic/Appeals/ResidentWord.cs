using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Appeals;

/// <summary>
/// The resident's own word on their appeal: written by them, or taken down at the counter by somebody who did not handle the matter, and marked.
/// Both ways are the same act with equal rights.
/// </summary>
internal sealed record ResidentWord(Viewer Viewer, Permission Own, bool AtCounter)
{
    private Permission Permission => AtCounter ? AppealAccess.SpeakFor : Own;

    public Channel Channel => AtCounter ? Channel.Counter : Channel.Web;

    /// <summary>The post that takes it down; null when the resident writes.</summary>
    public Guid? PostId => AtCounter ? Viewer.PostFor(Permission)?.PostId : null;

    /// <summary>The appeal it is about, or why it can't be said.</summary>
    public async Task<(Appeal Appeal, Problem? Problem)> On(HeleDb db, string code)
    {
        var appeal = await AppealAccess.Visible(Viewer, db.Set<Appeal>()).SingleOrDefaultAsync(a => a.PublicCode == code);
        if (appeal is null || !AppealAccess.May(Viewer, appeal, Permission))
            return (null!, AppealProblems.NotFound);
        if (!await CanBeAsked(db, appeal))
            return (appeal, AppealProblems.AppellantDied);
        if (appeal.AppellantLeftOn is not null)
            return (appeal, JoiningProblems.FilerLeft);
        return (appeal, AtCounter && await JudgeAppeal.Handled(db, Viewer, appeal) ? AppealProblems.HandlerCantSpeak : null);
    }

    /// <summary>Whether there is anybody to ask: whoever raised it is living, or isn't in the register.</summary>
    public static Task<bool> CanBeAsked(HeleDb db, Appeal appeal) => IsThere(db, appeal.AppellantId);

    /// <summary>Whether somebody is living, or isn't in the register.</summary>
    public static async Task<bool> IsThere(HeleDb db, Guid? person) => person is not { } id || await db.Set<Person>().Where(Person.Living).AnyAsync(p => p.Id == id);

    public AppealNote Note(ActScope scope, Appeal appeal, NoteKind kind, string? text) => new()
    {
        AppealId = appeal.Id, Kind = kind, Round = appeal.Round, Text = AppealNote.Words(text), Channel = Channel, PostId = PostId, SaidOn = scope.On, LoggedAt = scope.Now,
    };
}
