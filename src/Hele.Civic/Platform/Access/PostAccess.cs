namespace Hele.Civic.Platform.Access;

/// <summary>
/// Who may see and do what with posts. Granting and ending are the security administrator's, and the secretary's where there is none yet; the
/// supervisor reads. Both functions default to nothing.
/// </summary>
public static class PostAccess
{
    private static readonly Role[] Keepers = [Role.Secretary, Role.SecurityAdministrator];

    public static readonly Permission See = new("post.see", ("查看岗位", "See posts"), [.. Keepers, Role.Supervisor, Role.SystemAdministrator]);
    public static readonly Permission Propose = new("post.propose", ("提出任用", "Propose a post"), Keepers);
    public static readonly Permission Confirm = new("post.confirm", ("确认任用", "Confirm a post"), Keepers);
    public static readonly Permission End = new("post.end", ("终止岗位", "End a post"), Keepers);

    public static IEnumerable<Permission> All => [See, Propose, Confirm, End];

    /// <summary>
    /// As far as who they are goes: that it is not their own grant is decided where the persons are known. A secretary can't end the post of
    /// who watches over them.
    /// </summary>
    public static bool May(Viewer? viewer, Post post, Permission what) => viewer is not null && viewer.JurisdictionId == post.JurisdictionId && viewer.PostFor(what) is not null
        && !(what == End && post.Role == Role.Supervisor && viewer.Posts.All(p => p.Role != Role.SecurityAdministrator));

    /// <summary>The posts of a query that this viewer may see: the same as filtering by <see cref="May"/> See.</summary>
    public static IQueryable<Post> Visible(Viewer? viewer, IQueryable<Post> posts)
    {
        if (viewer?.PostFor(See) is null)
            return posts.Where(p => false);
        var jurisdiction = viewer.JurisdictionId;
        return posts.Where(p => p.JurisdictionId == jurisdiction);
    }
}
