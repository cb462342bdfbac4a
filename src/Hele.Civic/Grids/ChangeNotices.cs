using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Notices;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Grids;

/// <summary>Whoever said that something changed is told what came of it; whoever keeps that household is told that something waits, beside their day.</summary>
internal static class ChangeNotices
{
    private static readonly NoticeGroup
        Answers = new("change.answers", ("您报告的变动", "Changes you stated"), ("核实的结果：已登记，或者不属实的原因", "What came of it: registered, or why it isn't so"), NoticeWay.AtOnce),
        Waiting = new("change.waiting", ("等您核实的变动", "Changes that wait for your check"), ("您登记的住户里，有人报告了变动，或者撤回了", "Somebody said that something changed in a household you keep, or took it back"), NoticeWay.Digest);

    private static readonly NoticeSubject Change = new(typeof(StatedChange), async (db, viewer, codes, cancel) =>
        await ChangeQueries.Placed(db, StatedAccess.Visible(db, viewer, db.Set<StatedChange>()).Where(c => codes.Contains(c.PublicCode))).ToDictionaryAsync(c => c.Code, c => c.Where, cancel));

    public static IEnumerable<NoticeSource> All =>
    [
        new(StatedChange.Stated, Waiting, Change, ("有人报告了住户变动，请核实", "Somebody stated a change of a household: please check it"), Keeper),
        new(StatedChange.TakenBack, Waiting, Change, ("报告的人撤回了，不用核实了", "Taken back by whoever said it: no check is needed"), Keeper),
        new(StatedChange.Confirmed, Answers, Change, ("您报告的变动核实属实，已经登记", "What you stated was checked and registered"), Stater),
        new(StatedChange.Rejected, Answers, Change, ("您报告的变动没有登记，看原因；不对的话可以改一改再报", "What you stated wasn't registered: see why; you can put it right and say it again"), Stater),
    ];

    private static Task<NoticeTo> Stater(HeleDb db, Owned row) => Task.FromResult(new NoticeTo(((StatedChange)row).StatedById, ((StatedChange)row).PublicCode));

    /// <summary>The one who comes first for that door and kind: the grid worker of its grid, else the community's.</summary>
    private static async Task<NoticeTo> Keeper(HeleDb db, Owned row)
    {
        var change = (StatedChange)row;
        var grid = await db.Set<GridBuilding>().Where(g => g.BuildingId == change.BuildingId && g.To == null).Select(g => (Guid?)g.GridId).SingleOrDefaultAsync();
        var posts = await db.Set<Post>().Where(Post.ActiveOn(change.AnsweredOn ?? change.StatedOn)).Where(p => p.PersonId != change.StatedById && (p.Role == Role.GridWorker || p.Role == Role.Clerk || p.Role == Role.Secretary))
            .Select(p => new { p.Id, p.PersonId, p.Role, p.ScopeId }).ToListAsync();
        var registers = StatedAccess.Registers(change.Kind);
        return posts.Where(p => registers.Roles.Contains(p.Role) && (p.ScopeId is null || p.ScopeId == grid)).OrderBy(p => p.ScopeId is null).ThenBy(p => p.Role).ThenBy(p => p.Id).FirstOrDefault() is { } keeper
            ? new NoticeTo(keeper.PersonId, change.PublicCode)
            : default;
    }
}
