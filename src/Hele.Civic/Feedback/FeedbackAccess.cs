using Hele.Civic.Platform.Access;

namespace Hele.Civic.Feedback;

/// <summary>
/// Who may see and do what with a note about Hele. It says something of the program and nothing of a matter, so the system administrator, who reads no case, answers it too.
/// Both functions default to nothing.
/// </summary>
public static class FeedbackAccess
{
    private static readonly Role[] Answerers = [Role.SystemAdministrator, Role.Secretary, Role.SubdistrictOfficer, Role.DistrictOfficer];

    /// <summary>Signed in or not: everybody says it for themselves, in no post.</summary>
    public static readonly Permission File = new("feedback.file", ("对和乐提意见", "Say something about Hele"), [], Residents: true);

    public static readonly Permission See = new("feedback.see", ("查看意见原文", "See notes as they were written"), [.. Answerers, Role.Supervisor], Residents: true);
    public static readonly Permission Answer = new("feedback.answer", ("公开答复意见", "Answer notes in public"), Answerers);
    public static readonly Permission Contest = new("feedback.contest", ("不认可答复", "Contest an answer"), [], Residents: true);

    public static IEnumerable<Permission> All => [File, See, Answer, Contest];

    public static bool May(Viewer? viewer, FeedbackNote note, Permission what)
    {
        if (viewer is null || viewer.JurisdictionId != note.JurisdictionId || !viewer.Has(what))
            return false;
        var own = note.SenderId is { } sender && sender == viewer.PersonId;
        return (own && what.Residents) || viewer.PostFor(what) is not null;
    }

    /// <summary>The notes of a query that this viewer may see as they were written: the same as filtering by <see cref="May"/> See.</summary>
    public static IQueryable<FeedbackNote> Visible(Viewer? viewer, IQueryable<FeedbackNote> notes)
    {
        if (viewer is null || !viewer.Has(See))
            return notes.Where(n => false);
        var (jurisdiction, person) = (viewer.JurisdictionId, viewer.PersonId);
        return viewer.PostFor(See) is not null ? notes.Where(n => n.JurisdictionId == jurisdiction) : notes.Where(n => n.JurisdictionId == jurisdiction && n.SenderId == person);
    }
}
